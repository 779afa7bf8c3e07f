"""Words that name an event of ours by the meeting of before: "het verslag van de vorige editie", "het
Kennisplatform van vorig jaar".

Words as written and an event go in; whether they name it only so comes out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mailbot.domain.event import Event
from mailbot.matching.subject_matter import names_event
from mailbot.matching.unknown_events import meeting_words
from mailbot.text.lexicon import either, words_of
from mailbot.text.normalize import plain

_YEAR = re.compile(r"\b20\d\d\b")


def _phrases(key: str) -> str:
    return either(*words_of("subject", key))


_FORMER, _EDITION = _phrases("former"), _phrases("edition_nouns")
_ONCE, _NOW, _OF_IT = _phrases("once"), re.compile(rf"\b{_phrases('this_time')}\b"), _phrases("of_it")


def names_only_past(subject: str, words: str, event: Event) -> bool:
    """Whether subject and words name a meeting of before, and nothing of the one that comes: neither by its
    name nor by a word for this time."""
    said = plain(f"{subject} . {words}")
    year = str(event.starts.year) if event.starts else ""
    said = _YEAR.sub(lambda found: " " if found[0] == year else found[0], said)
    rest = _of_before(event.title).sub(" ", said)
    return rest != said and not names_event(rest, event) and not _NOW.search(rest)


_SAME_NOTED = re.compile(rf"\b{_phrases('same_noted')}(?!\w)")
#: Words, all of them of asking for the same once more; two at least, or "ja" would be one.
_AGAIN = re.compile(rf"(?:{_phrases('again')}[ .,!]*){{2,8}}")


def same_again(words: str) -> bool:
    """Whether words of somebody who was registered before ask for the same once more: "zelfde gegevens",
    "graag opnieuw, zoals vorig jaar"."""
    said = plain(words).strip()
    return bool(_SAME_NOTED.search(said) or _AGAIN.fullmatch(said))


@lru_cache(maxsize=64)
def _of_before(title: str) -> re.Pattern[str]:
    """What names the meeting of before: an edition that is called a former one, perhaps of ours, and ours
    beside a former time or year."""
    called = either(*map(re.escape, sorted({plain(title), *meeting_words(title)}, key=len, reverse=True)))
    return re.compile(
        rf"\b{_FORMER} (?:\w+ )?{_EDITION}\b(?: {_OF_IT} (?:\w+ )?{called})?"
        rf"|\b{_FORMER} {called}\b"
        rf"|\b{called}\b(?: {_OF_IT})? (?:{_ONCE}|20\d\d\b)"
        rf"|\b{_ONCE}\b[^.?!;,\n]*?\b{called}\b"
    )
