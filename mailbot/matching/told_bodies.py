"""The body that words tell beside somebody's name: "Kristof Pauwels van Torhout", "Els Maes (Damme)"."""

from __future__ import annotations

import re

from mailbot.matching.given_names import is_given
from mailbot.matching.organisations import Directory
from mailbot.text.lexicon import OF_PLACE, either
from mailbot.text.normalize import letters

_OF = either(*OF_PLACE)
_TOWN = r"[A-ZÀ-ÖØ-Þ][\w'’-]*(?: [A-ZÀ-ÖØ-Þ][\w'’-]*)?"
_NAME_OF_TOWN = re.compile(rf"(?P<name>\S+(?: \S+)*?) {_OF} (?P<town>{_TOWN})")
#: Where somebody is from, right behind their name: in brackets, or behind a comma and what they are there.
_BEHIND = re.compile(
    r"\s*(?:\((?P<brackets>[^()\n]{1,40})\)"
    rf"|(?:,\s*(?:[a-zà-ÿ]+ ){{0,3}}?)?{_OF} (?:[a-zà-ÿ]+ ){{0,2}}?(?P<town>{_TOWN}))"
)


def without_town(name: str, known: Directory) -> tuple[str, str]:
    """A name without where somebody is from, and that town as it was written; the name and "" where it has
    none. Two words in front are a name, and so is one that is no first name: "Jan van Damme" is one of
    three."""
    found = _NAME_OF_TOWN.fullmatch(name)
    if found is None or letters(found["town"]) not in known.spellings:
        return name, ""
    is_name = " " in found["name"] or not is_given(found["name"])
    return (found["name"], found["town"]) if is_name else (name, "")


def told_body(name: str, words: str, known: Directory) -> str:
    """The name in the list of the body that some words tell of somebody whom they name, in the name itself or
    right behind it; empty where they tell none, or two."""
    name, town = without_town(name, known)
    behind = (_BEHIND.match(words, one.end()) for one in re.finditer(re.escape(name), words))
    told = {town, *(one["brackets"] or one["town"] for one in behind if one)}
    bodies = {known.recognise(one) for one in told if one} - {""}
    return bodies.pop() if len(bodies) == 1 else ""
