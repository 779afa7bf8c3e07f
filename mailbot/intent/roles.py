"""The function that words give somebody: "schepen van cultuur Wim Claes", "als raadslid schrijf ik mij in".

Words as written go in; the function comes out in the same words, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.intent.lexicon import pattern
from mailbot.text.normalize import plain

_WORD = rf"{pattern('role')}\b"
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
    rf"\b(?i:{pattern('as_role')})"
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


#: Words that go on with something else than a function.
_GOES_ON = r"(?:niet|geen|maar|en niet|ipv|sinds|not|et non|mais|but)\b"
_ROLE_WORDS = rf"[^\W\d_][\w'’-]*(?: (?!{_GOES_ON})[^\W\d_][\w'’-]*){{0,4}}?"
_MARK, _MARK_END = "[\"'‘“«]?", "[\"'’”»]?"
#: Where a function ends: at a sign, or at words that deny another or are no part of it.
_ENDED = (
    rf"(?={_MARK_END}\s*(?:[,.;!:)?🎈-🙏]|$)|{_MARK_END} (?:(?:en|et|and) (?:niet|geen|non|not|no)"
    r"|niet|geen|ipv|in plaats|not|worden|geworden|aanpassen|in te|te)\b)"
)
_ROLE = rf"{_MARK}(?P<role>{_ROLE_WORDS}){_ENDED}"
_CALLED = (
    r"(?:\w*functie\w*|(?:job|functie)?titel|ambt|fonction|titre|job title|title|role|position|hoedanigheid)"
)
_LATELY = rf"(?:{pattern('lately')}|sinds \w+|een)"
#: How people say what their function has become, whatever it was.
_NEW_ROLE = tuple(
    re.compile(said, re.I)
    for said in (
        # "geen consulent meer maar diensthoofd", "niet bediende maar chef de service"
        rf"\b(?:niet|geen|pas|not)(?: meer| langer| a| an| een| de)? {_MARK}[\w'’ -]{{2,40}}?{_MARK_END},?"
        rf" (?:meer )?(?:maar|mais|but)(?: wel| nu| gewoon| intussen)? (?:een |a |an )?{_ROLE}",
        # "mijn functie is diensthoofd", "functietitel mag managing partner worden", "fonction : attachee"
        rf"\b{_CALLED}\b[^.;:,\d]{{0,40}}?(?: (?:is|wordt|werd|mag|moet|naar|in|est|to|sera|luidt)|\s?:)"
        rf"(?: {_LATELY})* {_ROLE}",
        # "sinds deze week ben ik coordinator mobiliteit", "ik ben intussen schepen"
        rf"\b(?:ben|werd) ik (?:{_LATELY} )*{_ROLE}",
        rf"\bik ben (?:{_LATELY} )*{_ROLE}",
        rf"\b(?:i am|i'm|je suis)(?: (?:now|a|an|the|maintenant|une?))* {_ROLE}",
    )
)
_NAMES_ROLE = re.compile(rf"\b{_CALLED}\b", re.I)
#: Words that are no part of a function.
_NO_ROLE = re.compile(
    r"\b(?:ik|mij|mijn|je|u|uw|wij|we|niet|geen|dat|dit|fout|verkeerd|juist|correct|veranderd|gewijzigd|aangepast"
    r"|klopt|klopte|idem|zelfde|ok|oke|moet|mag|wordt|worden|zijn|is|te|aub|graag|not|no|pas|i|wrong|aan|op|it|that)\b",
    re.I,
)


def new_role(text: str) -> str:
    """The function that a text says to be the right one now: of a word that is a function, or where the text
    names the field; empty where it says none."""
    for way in _NEW_ROLE:
        for said in way.finditer(text):
            role = said["role"].strip(" \"'’”»")
            called = _NAMES_ROLE.search(text) or _ENDS.match(plain(role))
            if called and not _NO_ROLE.search(role):
                return role
    return ""


def role_before(name: str, text: str) -> str:
    """The function that stands before a name, without the capital of a sentence that it begins."""
    before, found, _ = text.partition(name)
    said = _BEFORE.search(before[-120:]) if found else None
    if not said:
        return ""
    role, begins = said["role"], before[-120:][: said.start()].rstrip()[-1:] in ("", ".", "!", "?", ":")
    return role[0].lower() + role[1:] if begins and role[1:].islower() else role


def role_of_writer(lines: Iterable[str]) -> str:
    """The function as which somebody says that they write."""
    told = [*lines]
    said = next(filter(None, map(_AS.search, told)), None)
    return said["role"] if said else next(filter(None, map(role_stated, told)), "")
