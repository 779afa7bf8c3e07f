"""The function that words give somebody: "schepen van cultuur Wim Claes", "als raadslid schrijf ik mij in".

Words as written go in; the function comes out in the same words, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.text.normalize import plain

_WORD = (
    r"(?:burgemeester|schepen|\w*raadslid|\w*directeur|voorzitter|secretaris|\w*medewerk(?:er|ster)|\w*ambtenaar"
    r"|\w*deskundige|co[oö]rdinator|adviseur|\w+hoofd|\w*verantwoordelijke|\w*manager|jurist|\w*consulent"
    r"|\w*leider|bourgmestre|[eé]chevine?|conseill\w+|mayor|officer|manager|director|coordinator|clerk|alderman"
    r"|councillor|adviser|advisor)\b"
)
#: A word for a function.
ROLES = re.compile(rf"\b{_WORD}")
#: Words of which one of the first three is a function: "policy officer", "adjunct-directeur".
_ENDS = re.compile(rf"(?:[\w-]+ ){{0,2}}[\w-]*?\b{_WORD}")
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

#: "Ik ben sinds mei diensthoofd burgerzaken", "I work as a policy officer for the city".
_IS = re.compile(
    r"\b(?:ik (?:ben|werk)|i am|i'm|i work|je suis|je travaille)"
    r"(?: (?:sinds|vanaf|since|depuis)"
    r" (?:\d{1,2}(?:er)? \w+(?: \d{4})?|\d{4}|(?:vorige?|deze) \w+|\w+(?: \d{4})?))?"
    r"(?: (?:nu|intussen|ondertussen|inmiddels|momenteel|now|currently|maintenant))?"
    r"(?: (?:als|as|comme))?(?: (?:een|de|a|an|the|le|la|un|une))?"
    r" (?P<role>[a-zà-ÿ-]+(?: [a-zà-ÿ-]+){0,4}?)"
    r"(?=[,.;!]|$| (?:bij|voor|van (?:de |het )?(?:gemeente|stad|ocmw|provincie)|in|te|en|at|for|of the|with"
    r"|a la|de la)\b)",
    re.I,
)


#: Words that deny a function, and the name of somebody: "ik ben burgemeester Claes aan het vervangen".
_IS_NOT = re.compile(r"\b(?i:niet|geen|geweest|not|no|pas|plus)\b|[a-zà-ÿ]\s+[A-ZÀ-Þ]")


def role_stated(text: str) -> str:
    """The function that the writer says to have now; empty where the words for it are no function."""
    found = (said["role"] for said in _IS.finditer(text))
    return next((role for role in found if _ENDS.match(plain(role)) and not _IS_NOT.search(role)), "")


def role_before(name: str, text: str) -> str:
    """The function that stands before a name."""
    before, found, _ = text.partition(name)
    said = _BEFORE.search(before[-120:]) if found else None
    return said["role"] if said else ""


def role_of_writer(lines: Iterable[str]) -> str:
    """The function as which somebody says that they write."""
    told = [*lines]
    said = next(filter(None, map(_AS.search, told)), None)
    return said["role"] if said else next(filter(None, map(role_stated, told)), "")
