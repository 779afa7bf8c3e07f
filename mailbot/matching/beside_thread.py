"""Which other event than that of its thread the words of a mail are about.

People answer the mail that lies on top: "ik kan niet komen naar het Overleg Jeugdwerking" below our mail of
another event is about that overleg. Words that say so of one event by its title, and nothing else, are about
it. Words that may say so (its day, its house, a word of its title, "het andere", both titles, a title beside
what is said) are a doubt: nothing is done at either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailbot.config.settings import Settings
from mailbot.domain.event import Event
from mailbot.matching.events import names_title
from mailbot.matching.subject_matter import days_held, is_neutral, says_an_act, without_reason
from mailbot.matching.unknown_events import meeting_words, organisation_words
from mailbot.text.dates import days_in, name_any
from mailbot.text.lexicon import AFTER_ALL, BUT, JOINING, NOT, either, words_of
from mailbot.text.normalize import letters, plain


@dataclass(frozen=True, slots=True)
class Beside:
    """The ``events`` that words are or may be about beside that of their thread; ``surely``: about the only
    one of these, and nothing else. ``another``: they say "the other one" without a name."""

    events: tuple[Event, ...] = ()
    surely: bool = False
    another: bool = False


_PIECES = re.compile(rf"[.!?;:,()]+|\s(?={either(*JOINING, *BUT)}\s)")
#: Where a line ends that does not go on in small letters below.
_NEW_LINE = re.compile(r"\n\s*\n|\n(?=\s*[A-ZÀ-Þ])")
#: Words by which a piece says something of an event that another piece does not name.
_SAYS_MORE = re.compile(rf"\b{either(*NOT, *AFTER_ALL, *words_of('meeting', 'says_more'))}\b")
_BEFORE, _ARTICLES, _IN_TOWN = (
    "|".join(words_of("subject", key)) for key in ("prepositions", "determiners", "in_town")
)
_TO = rf"(?:{_BEFORE}|{_IN_TOWN}) (?:(?:{_ARTICLES}) )*"
_ANOTHER = re.compile(rf"\b(?:{'|'.join(words_of('meeting', 'the_other'))})")
_TO_PLACE = "|".join(words_of("meeting", "to_place"))
_LONG_WORD = 5
_LOOKED_AT = 4_000


def beside_thread(words: str, of_thread: Event, ahead: Sequence[Event], settings: Settings) -> Beside:
    """What ``words`` are about beside the event ``of_thread``; ``ahead`` are those that are open. A title
    names one that is over as well."""
    others = [e for e in settings.events.values() if e.id != of_thread.id and not e.is_draft]
    pieces = [*_pieces(words[:_LOOKED_AT], (of_thread, *others))]
    named = [e for e in others if any(_is_titled(piece, e, of_thread) for piece in pieces)]
    if named:
        return Beside(tuple(named), _surely(pieces, named, of_thread))
    acting = [without_reason(piece) for piece in pieces if says_an_act(piece)]
    others = [e for e in others if e in ahead]
    hinted = [e for e in others if any(_is_hinted(piece, e, of_thread, settings) for piece in acting)]
    another = bool(others) and any(_ANOTHER.search(piece) for piece in pieces)
    return Beside(tuple(hinted), another=another)


def _pieces(words: str, events: Sequence[Event]) -> Iterator[str]:
    """What words say, piece by piece in plain letters; a title stays whole, on however many lines."""
    for event in events:
        title = r"\W+".join(map(re.escape, re.findall(r"\w+", event.title)))
        if title:
            words = re.sub(title, lambda found: re.sub(r"\W+", "_", found[0]).lower(), words, flags=re.I)
    lines = map(plain, _NEW_LINE.split(words))
    return (piece.strip() for line in lines for piece in _PIECES.split(line) if piece.strip())


def _is_titled(piece: str, event: Event, of_thread: Event) -> bool:
    """Whether a piece names an event by its title, or by a word for it that the other one's has not."""
    said, title = letters(without_reason(piece)), letters(event.title)
    if title in letters(of_thread.title):
        return False  # a series has one title
    if title in said:
        return True
    by_slip = names_title(without_reason(piece), event) and not names_title(piece, of_thread)
    called = {*meeting_words(event.title)} - {*re.findall(r"[\w-]+", plain(of_thread.title))}
    return by_slip or not called.isdisjoint(re.findall(r"[\w-]+", without_reason(piece)))


def _surely(pieces: Sequence[str], named: Sequence[Event], of_thread: Event) -> bool:
    """Whether one event is named, in each piece that says who comes or stays away, and no other piece may say
    so of another event."""
    about = [piece for piece in pieces if _is_titled(piece, named[0], of_thread)]
    rest = [piece for piece in pieces if piece not in about]
    return (
        len(named) == 1
        and all(map(says_an_act, about))
        and not any(names_title(piece.replace("_", " "), of_thread) for piece in pieces)
        and not any(says_an_act(piece) or _SAYS_MORE.search(piece) for piece in rest)
    )


def _is_hinted(piece: str, event: Event, of_thread: Event, settings: Settings) -> bool:
    """Whether a piece has the day of an event, its house or town, or a word of its title behind a
    preposition, that the event of the thread does not have."""
    days = days_in(piece)
    if name_any(days, days_held(event)) and not name_any(days, days_held(of_thread)):
        return True
    own = {*_long_words(f"{of_thread.title} {of_thread.place}")}
    bodies = organisation_words(settings.organisations.organisations)
    title = {word for word in _long_words(event.title) if not is_neutral(word) and word not in bodies} - own
    place = {*_long_words(event.place)} - own
    to = rf"\b{_TO}(?:\w+ )?" if title else ""
    return any(re.search(rf"{to}{re.escape(word)}\b", piece) for word in title) or any(
        re.search(rf"\b(?:{_TO_PLACE}) (?:\w+ ){{0,2}}{re.escape(word)}\b", piece) for word in place
    )


def _long_words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z][\w'-]*", plain(text)) if len(word) >= _LONG_WORD]
