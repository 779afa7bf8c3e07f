"""The function that words give somebody: "schepen van cultuur Wim Claes", "als raadslid schrijf ik mij in".

Words as written go in; the function comes out in the same words, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.intent.lexicon import is_word, pattern, turns_of_phrase
from mailbot.text.lexicon import AN_AND
from mailbot.text.normalize import plain

_WORD = rf"{pattern('role')}\b"
#: A word for a function.
ROLES = re.compile(rf"\b{_WORD}")
#: Words of which one of the first three is a function: "policy officer", "adjunct-directeur".
_ENDS = re.compile(rf"(?:[\w-]+ ){{0,2}}[\w-]*?\b{_WORD}")
#: With what it is of, which is no place: "schepen van cultuur en sport".
WHOLE = (
    rf"(?i:\b{pattern('before_role')}?(?:\w+-)?{_WORD})"
    rf"(?:\s+{pattern('role_of')}\s+(?!{pattern('no_matter_of_role')}\b)[a-zà-ÿ]\w+(?:\s+{AN_AND}\s+[a-zà-ÿ]\w+)?)?"
)
#: Where somebody has a function, before their name: "de burgemeester van Damme, Els Maes".
_OF_A_PLACE = rf"(?:\s+{pattern('of_a_place')}\s+(?:[a-zà-ÿ]+\s+){{0,2}}[A-ZÀ-Þ][\w-]+(?=\s*,))?"
_BEFORE = re.compile(rf"(?P<role>{WHOLE}(?P<of>(?:\s+[a-zà-ÿ]{{4,}}){{0,2}})){_OF_A_PLACE}\s*,?\s*$")
#: Of the writer; "als burgemeester Claes komt" is about another, and a condition.
_AS = re.compile(
    rf"\b(?i:{pattern('as_role')})"
    rf"\s+(?P<role>{WHOLE})(?!\s+[A-ZÀ-Þ])(?=.{{0,80}}\b(?i:{pattern('of_self')})\b)"
)
#: Since when: "nu", "sinds mei", "een".
_LATELY = rf"(?:{pattern('lately')}|{pattern('since_when')})"
#: "Ik ben sinds mei diensthoofd burgerzaken", "I work as a policy officer for the city".
_IS = re.compile(
    rf"\b{pattern('i_am')}(?: {pattern('lately')})*(?: {pattern('as_one')})?(?: {pattern('article')})?"
    r" (?P<role>[a-zà-ÿ-]+(?: [a-zà-ÿ-]+){0,4}?)"
    rf"(?=[,.;!]|$| {pattern('behind_role')}\b)",
    re.I,
)


#: Words that deny a function, and the name of somebody: "ik ben burgemeester Claes aan het vervangen".
_IS_NOT = re.compile(rf"\b(?i:{pattern('denies_role')})\b|[a-zà-ÿ]\s+[A-ZÀ-Þ]")


def role_stated(text: str) -> str:
    """The function that the writer says to have now; empty where the words for it are no function."""
    found = (said["role"] for said in _IS.finditer(text))
    return next((role for role in found if _ENDS.match(plain(role)) and not _IS_NOT.search(role)), "")


_GOES_ON = rf"{pattern('goes_on_else')}\b"
_ROLE_WORDS = rf"[^\W\d_][\w'’-]*(?: (?!{_GOES_ON})[^\W\d_][\w'’-]*){{0,4}}?"
_MARK, _MARK_END = "[\"'‘“«]?", "[\"'’”»]?"
#: Where a function ends: at a sign, or at words that deny another or are no part of it.
_ENDED = rf"(?={_MARK_END}\s*(?:[,.;!:)?🎈-🙏]|$)|{_MARK_END} {pattern('ends_role')}\b)"
_ROLE = rf"{_MARK}(?P<role>{_ROLE_WORDS}){_ENDED}"
_CALLED = pattern("role_called")
#: How people say what their function has become, whatever it was.
_NEW_ROLE = tuple(
    re.compile(said, re.I)
    for said in (
        # "mijn functie is diensthoofd", "functietitel mag managing partner worden", "fonction : attachee"
        rf"\b{_CALLED}\b[^.;:,\d]{{0,40}}?(?: {pattern('role_is')}|\s?:)(?: {_LATELY})* {_ROLE}",
        *turns_of_phrase(
            "new_role", role=_ROLE, old_role=rf"{_MARK}[\w'’ -]{{2,40}}?{_MARK_END}", lately=_LATELY
        ),
    )
)
_NAMES_ROLE = re.compile(rf"\b{_CALLED}\b", re.I)
#: Words that are no part of a function.
_NO_ROLE = re.compile(rf"\b{pattern('no_role')}\b", re.I)


def new_role(text: str) -> str:
    """The function that a text says to be the right one now: of a word that is a function, or where the text
    names the field; empty where it says none."""
    for way in _NEW_ROLE:
        for said in way.finditer(text):
            role = said["role"].strip(" \"'’”»")
            called = _NAMES_ROLE.search(text) or _ENDS.match(plain(role))
            if called and not (_NO_ROLE.search(role) or _is_where(role)):
                return role
    return ""


def _is_where(role: str) -> bool:
    """Whether what stands behind an "in" tells where or how something is noted: "in die zin", "in uw lijst".
    It opens as no function does, and has no word for one."""
    return bool(_OPENS_NONE.match(plain(role))) and not ROLES.search(plain(role))


_OPENS_NONE = re.compile(rf"{pattern('opens_no_role')}\b")
#: "Ik ben geen schepen meer", "je ne suis plus échevin".
_DENIED = re.compile(rf"\b{pattern('is_not_that')} (?:[\w-]+ )?{_WORD}")


def denies_role(text: str) -> bool:
    """Whether a text in plain letters says of somebody that they do not have a function, or no longer."""
    return bool(_DENIED.search(text))


_ANYWHERE = re.compile(WHOLE)


def roles_in(text: str) -> tuple[str, ...]:
    """The functions that a text names, as it writes them, in order."""
    return tuple(found[0] for found in _ANYWHERE.finditer(text))


def role_before(name: str, text: str) -> str:
    """The function that stands before a name, without the capital of a sentence that it begins; with what it
    is of where that are words that no lexicon has ("directeur woonzorg", and not "directeur komt graag")."""
    before, found, _ = text.partition(name)
    said = _BEFORE.search(before[-120:]) if found else None
    if not said or any(map(is_word, plain(said["of"]).split())):
        return ""
    role, begins = said["role"], before[-120:][: said.start()].rstrip()[-1:] in ("", ".", "!", "?", ":")
    return role[0].lower() + role[1:] if begins and role[1:].islower() else role


def role_of_writer(lines: Iterable[str]) -> str:
    """The function as which somebody says that they write."""
    told = [*lines]
    said = next(filter(None, map(_AS.search, told)), None)
    return said["role"] if said else next(filter(None, map(role_stated, told)), "")
