"""What kind of function somebody has, for figures that name nobody."""

from __future__ import annotations

import re

from mailbot.text.lexicon import AN_AND, words_of
from mailbot.text.normalize import plain

OTHER, NONE = "andere", "niet ingevuld"
#: Kinds, as the overview calls them, and the entries of the lexicon that tell them, the more telling first.
_KINDS = tuple(
    (kind, "|".join(words_of("function", entry)))
    for kind, entry in (
        ("burgemeester", "mayor"),
        ("schepen", "alderman"),
        ("raadslid", "councillor"),
        ("algemeen directeur", "general_director"),
        ("financieel directeur", "financial_director"),
        ("leidinggevende", "head"),
        ("medewerker", "staff"),
    )
)
_FOUND = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _KINDS)


def kind_of(role: str) -> str:
    """The kind of a function as somebody wrote it; never the words themselves, which may tell who it is."""
    said = plain(role)
    if not said.strip():
        return NONE
    return next((kind for kind, words in _FOUND if words.search(said)), OTHER)


_OF_WHAT, _WHOSE = ("|".join(words_of("function", key)) for key in ("of_what", "whose"))
_ANY = "|".join(words for _, words in _KINDS)
_TITLE_BEFORE = re.compile(rf"\b(?:{_ANY})(?: (?:{_OF_WHAT}) \w+(?: {AN_AND} \w+)?)?,? ?$")
_TITLE_BEHIND = re.compile(rf" ?(?:,|\() ?(?:(?:{_WHOSE}) )?(?:{_ANY})\b")


def without_person(name: str, text: str) -> str:
    """A text in plain letters without somebody's name and the function beside it: of "de burgemeester wordt
    vervangen door schepen An Bos" the function that is left is the other's."""
    before, found, behind = plain(text).partition(plain(name))
    if not (name and found):
        return plain(text)
    own = _TITLE_BEHIND.match(behind)
    return f"{_TITLE_BEFORE.sub(' ', before)} {behind[own.end() :] if own else behind}"


def kinds_in(text: str) -> frozenset[str]:
    """The kinds of the functions that a text in plain letters names."""
    return frozenset(kind for kind, words in _FOUND if words.search(text))
