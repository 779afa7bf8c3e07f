"""Headings: what the labels below them are about.

"Naam" under "Facturatiegegevens" is not the participant's, and under "Gegevens van de gemeente"
it is the municipality's.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cache, lru_cache

from mailbot.domain.form import Form
from mailbot.extraction.lexicon import lexicon
from mailbot.text.normalize import letters, plain

#: What a section is about.
PARTICIPANT, ORGANISATION, CONTACT, OTHER = "participant", "organisation", "contact", "other"
SUBSTITUTE = "substitute"
#: How to reach who organises it, below the questions of the form.
ORGANISER = "organiser"
#: When and where it is; who registers may be asked something of it there.
PRACTICAL = "practical"
#: What is about somebody else, or no person, than who registers.
APART = frozenset({CONTACT, OTHER, SUBSTITUTE, PRACTICAL})

#: What the words of the lexicon say that a heading is about; where several fit, the first.
_ABOUT = {
    "contact": CONTACT,
    "other": OTHER,
    "practical": PRACTICAL,
    "substitute": SUBSTITUTE,
    "filled_in_by": CONTACT,
    "participant": PARTICIPANT,
    "role": OTHER,
    "organisation": ORGANISATION,
}
_TELLING, _ENDING = 5, 2  # letters of a word that tells what a heading is about, and of an ending
_LONGEST, _MOST_WORDS, _MOST_UNMARKED = 70, 9, 6


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = lexicon().headings
    return tuple((about, re.compile("|".join(map(_pattern, known[key])))) for key, about in _ABOUT.items())


def _pattern(words: str) -> str:
    """ "factu*" is how a word begins, "gegevens … stad" a word and another behind it, "=bestuur" all that
    stands there but for an article."""
    if words.startswith("="):
        return rf"^(?:\w{{1,4}} )?{re.escape(plain(words[1:]))}$"
    pattern = r"\b.*\b".join(re.escape(plain(part)) for part in words.rstrip("*").split("…"))
    return rf"\b{pattern}" + ("" if words.endswith("*") else r"\b")


def says_whom_to_ask(text: str, ours: Set[str] = frozenset()) -> bool:
    """Whether a short line heads how to reach who organises it ("Inlichtingen", "Contact bij ons"); ``ours``
    are our names, as letters, that may stand right behind "Contact"."""
    words = plain(text).strip(" :-–.*_=?")
    fits = 0 < len(words) <= _LONGEST and len(words.split()) <= _MOST_UNMARKED and "@" not in words
    return fits and (_whom_to_ask().search(words) is not None or _names_us(words, ours))


def _names_us(words: str, ours: Set[str]) -> bool:
    """Whether words are one of how to reach somebody and our name: "Contact WVI"."""
    begun, _, name = words.partition(" ")
    return begun.strip(":") in lexicon().headings["reach"] and letters(name) in ours


@cache
def _whom_to_ask() -> re.Pattern[str]:
    known = lexicon().headings
    return re.compile("|".join(map(_pattern, (*known["contact"], *known["organiser"]))))


@cache
def _numbered() -> re.Pattern[str]:
    """ "Deelnemer 2", "Tweede deelnemer", "2. persoon"."""
    person = "|".join(map(re.escape, lexicon().person))
    ordinals = "|".join(map(re.escape, lexicon().ordinals))
    return re.compile(
        rf"^(?:(?:{person})\s*(?:nr\.?|nummer|#)?\s*(\d{{1,2}})\b"
        rf"|({ordinals}|\d{{1,2}}[.)]|\d{{1,2}}(?:ste|de|e))\s+(?:{person})\b)"
    )


@dataclass(frozen=True, slots=True)
class Section:
    """What a heading announces: ``about`` (empty where it does not say) and the ``number`` of
    the person it begins ("Deelnemer 2"), 0 for none."""

    about: str
    number: int = 0


@lru_cache(maxsize=32)
def own_words(form: Form) -> frozenset[str]:
    """The words of a form's own questions that may tell what a heading is about."""
    texts = (plain(text) for field in form.fields for text in field.labels)
    return frozenset(word for text in texts for word in re.findall(r"\w+", text) if len(word) >= _TELLING)


def is_headed_by(heading: str, words: Set[str]) -> bool:
    """Whether a word of a heading is one of these, perhaps with an ending more or less: "Ouders" is the word
    of "Naam van de ouder"."""
    above = [word for word in re.findall(r"\w+", plain(heading)) if len(word) >= _TELLING]
    return any(
        one.startswith(other) or other.startswith(one)
        for one in above
        for other in words
        if abs(len(one) - len(other)) <= _ENDING
    )


@lru_cache(maxsize=2048)
def section(text: str, heading: bool) -> Section | None:
    """The section that this line begins, or None for a line that is no heading.

    ``heading``: the document itself says it is one.
    """
    words = plain(text).strip(" :-–.*_=")
    if not words or len(words) > _LONGEST or len(words.split()) > _MOST_WORDS or "@" in words:
        return None
    if found := _numbered().match(words):
        said = found[1] or found[2]
        return Section(PARTICIPANT, lexicon().ordinals.get(said) or int(re.sub(r"\D", "", said)))
    for about, pattern in _patterns():
        if pattern.search(words) and (heading or len(words.split()) <= _MOST_UNMARKED):
            return Section(about)
    return Section("") if heading else None
