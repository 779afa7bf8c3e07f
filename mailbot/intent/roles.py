"""The function that words give somebody: "schepen van cultuur Wim Claes", "als raadslid schrijf ik mij in".

Words as written go in; the function comes out in the same words, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = (
    r"(?:burgemeester|schepen|\w*raadslid|directeur|voorzitter|secretaris|\w*medewerk(?:er|ster)|\w*ambtenaar"
    r"|\w*deskundige|co[oö]rdinator|adviseur|\w+hoofd|\w*verantwoordelijke|\w*manager|jurist|\w*consulent"
    r"|\w*leider|bourgmestre|[eé]chevine?|conseill\w+|mayor)\b"
)
#: A word for a function.
ROLES = re.compile(rf"\b{_WORD}")
#: With what it is of, which is no place: "schepen van cultuur en sport".
_WHOLE = (
    rf"(?i:\b(?:algemeen |financieel |adjunct-)?{_WORD})"
    r"(?:\s+(?:van|de|du)\s+(?!gemeente\b|stad\b|ocmw\b|het\b|de\b|mijn\b)[a-zà-ÿ]\w+(?:\s+en\s+[a-zà-ÿ]\w+)?)?"
)
_BEFORE = re.compile(rf"(?P<role>{_WHOLE})\s*,?\s*$")
#: Of the writer; "als burgemeester Claes komt" is about another, and a condition.
_AS = re.compile(
    r"\b(?i:als|in (?:mijn|de) (?:hoedanigheid|functie) van|en (?:ma )?qualité de|en tant que"
    r"|in my capacity as)"
    rf"\s+(?P<role>{_WHOLE})(?!\s+[A-ZÀ-Þ])(?=.{{0,80}}\b(?i:ik|mij|me|mijn|je|i)\b)"
)


def role_before(name: str, text: str) -> str:
    """The function that stands before a name."""
    before, found, _ = text.partition(name)
    said = _BEFORE.search(before[-120:]) if found else None
    return said["role"] if said else ""


def role_of_writer(lines: Iterable[str]) -> str:
    """The function as which somebody says that they write."""
    said = next(filter(None, map(_AS.search, lines)), None)
    return said["role"] if said else ""
