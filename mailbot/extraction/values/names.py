"""Names of people, particles kept as written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mailbot.domain.doubt import Reason
from mailbot.domain.submission import Code
from mailbot.extraction.lexicon import phrases
from mailbot.extraction.values.result import ParsedValue, doubted
from mailbot.matching.given_names import is_given, told_apart
from mailbot.matching.names import PARTICLES
from mailbot.text.lexicon import AN_AND
from mailbot.text.normalize import fold, letters, plain, tidy
from mailbot.text.pages import holds_page

_TITLES = re.compile(rf"^(?:{phrases('title')}\b\.?\s*)+", re.I)
#: Between the names of several people.
PER_NAME = re.compile(rf"\s+(?:{AN_AND}|u\.|\+|&|/)\s+|\s*[;\n|]\s*|\s*/\s*")
_BULLET = re.compile(r"^(?:[-•*–·]|\d{1,2}[.)])\s*")
_BEHIND = re.compile(r"\s*[,(]\s*|\s+[-–]\s+")
_IS_FULL = re.compile(r"[^\W\d_][\w'’-]*(?:\s+[\w'’-]+){1,4}$")
#: "Jan." ends a sentence, "Jan P." an initial and "Maes jr." a word cut short.
_END_OF_SENTENCE = re.compile(r"(?<=\w{3})\.$")
#: "zelfde naam, Rita": a word that points at another answer, and is no name.
_POINTS = re.compile(rf"\b{phrases('same_as_above')}\b", re.I)
#: "An Smet namens Jan Peeters": in whose name or place somebody comes, which a "ja" would make a name of.
_FOR_ANOTHER = re.compile(rf"\b{phrases('for_another')}(?!\w)", re.I)
#: "Marc Thys (papa van Bo)", and no "An (Anneke) Peeters".
_TOLD_BESIDE = re.compile(r"\([^()]*\w\s[^()]*\w\S*\)")
#: "J.P.Claes" and "Mevr.Claes", without a space.
_INITIALS = re.compile(rf"\b(?:(?:[A-ZÀ-Þ]|(?i:{phrases('title_unspaced')}))\.)+(?=[A-ZÀ-Þ][a-zà-ÿ])")
#: "m. claes": a title, or an initial that the other words say is written small.
_TITLE_OR_INITIAL = re.compile(r"m\. ?[^\W\d_][\w'’-]+")
_SMALL_CAPS = re.compile(r"^[^a-zà-ÿ]{2,}$")


def several(text: str) -> tuple[str, ...]:
    """The names in a text that holds more than one ("Jan Peeters en An Smet"); one otherwise."""
    return tuple(piece for piece in map(tidy, PER_NAME.split(text.strip())) if piece)


def full_names(text: str) -> tuple[tuple[str, str], ...]:
    """Each full name in a list, with what stands behind it ("Jan Peeters, schepen"); none where
    the text may be one name ("Peeters, Jan")."""
    found: list[tuple[str, str]] = []
    for one in several(text):
        bare = _BULLET.sub("", one)
        pieces = [piece.strip() for piece in bare.split(",")]
        if len(pieces) > 1 and all(_IS_FULL.match(piece) for piece in pieces):
            found += [(piece, "") for piece in pieces]
            continue
        name, more = _BEHIND.split(bare, maxsplit=1) if _BEHIND.search(bare) else (bare, "")
        if not _IS_FULL.match(name):
            return ()
        found.append((name, more))
    return tuple(found)


def read_name(text: str) -> ParsedValue:
    """A name as written; doubted where it holds digits, an address, several people or words about them. The
    address of a page is no answer: a "ja" would not make a name of it."""
    seen = _END_OF_SENTENCE.sub("", tidy(text))
    if holds_page(_INITIALS.sub(" ", seen)):
        return doubted(None, Code.INVALID, Reason.NAME, seen)
    if _FOR_ANOTHER.search(seen):
        return doubted(None, Code.INVALID, Reason.MORE_THAN_NAME, seen)
    if "@" in seen or any(c.isdigit() for c in seen):
        return doubted(seen, Code.UNSURE, Reason.NAME, seen)
    if len(several(text)) > 1:
        return doubted(seen, Code.AMBIGUOUS, Reason.MANY_PEOPLE, seen)
    if len(seen) > 60 or seen.count(" ") > 6 or ":" in seen or not any(c.isalpha() for c in seen):
        return doubted(seen, Code.UNSURE, Reason.NAME, seen)
    if _TOLD_BESIDE.search(seen) or _POINTS.search(seen) or _TITLE_OR_INITIAL.fullmatch(seen):
        return doubted(seen, Code.UNSURE, Reason.MORE_THAN_NAME, seen)
    return ParsedValue(seen, seen=seen)


@dataclass(frozen=True, slots=True)
class FullName:
    """A name in two, and whether it is certain which is which."""

    given: str
    family: str
    sure: bool


def split_name(text: str, *, given_first: bool, email: str = "") -> FullName | None:
    """A full name split in first and last; None where it is a single word.

    Certain by a comma ("Peeters, Jan"), capitals ("PEETERS Jan"), a particle ("Jan Van den
    Broeck"), an initial, the mail address (jan.peeters@, jpeeters@), or where the only known first name of
    two words stands where the label asks it; else in the label's order, and not certain.
    """
    name = _TITLES.sub("", tidy(text))
    before, comma, behind = (piece.strip() for piece in name.partition(","))
    if comma and behind[:1].islower() and before[:1].isupper() and " " in before:  # "Jan Peeters, schepen"
        split = split_name(before, given_first=given_first, email=email)
        return replace(split, sure=False) if split else None
    if comma:
        return FullName(behind, before, sure="," not in behind) if before and behind else None
    words = name.split()
    if len(words) < 2:
        return None
    if known := _by_mail(words, email) or _by_initials(words) or _by_capitals(words) or _by_particle(words):
        return known
    if told := told_apart(name):
        is_in_front = told[0] == words[0]
        if is_in_front or not given_first:
            return FullName(*told, sure=is_in_front is given_first)
    if given_first:
        return FullName(words[0], " ".join(words[1:]), False)
    return FullName(words[-1], " ".join(words[:-1]), False)


def _by_initials(words: list[str]) -> FullName | None:
    """ "V. Pattyn", "Pattyn V.": initials stand for a first name; behind one ("Jan P.") for either."""
    initials = [bool(_DOTTED.fullmatch(word)) for word in words]
    if all(initials) or not any(initials):
        return None
    turn = initials.index(not initials[0])
    if len(set(initials[turn:])) > 1:
        return None
    one, other = " ".join(words[:turn]), " ".join(words[turn:])
    if initials[0]:
        return FullName(one, other, True)
    return FullName(other, one, sure=not any(map(is_given, words[:turn])))


#: Initials are written with their dots: "DE" and "I" are not sure to be any.
_DOTTED = re.compile(r"(?:[A-Z]\.-?)+")


def _by_capitals(words: list[str]) -> FullName | None:
    """ "PEETERS Jan": the capitals are the family name, where they turn once."""
    capitals = [bool(_SMALL_CAPS.match(word)) for word in words]
    if all(capitals) or not any(capitals):
        return None
    turn = capitals.index(not capitals[0])
    if len(set(capitals[turn:])) > 1:
        return None
    one, other = " ".join(words[:turn]), " ".join(words[turn:])
    return FullName(other, one, True) if capitals[0] else FullName(one, other, True)


def _by_particle(words: list[str]) -> FullName | None:
    """ "Jan Van den Broeck", "Van den Broeck Jan": a family name begins with its particles."""
    particles = [_is_particle(word) for word in words]
    if particles[0]:
        last = next((i for i, particle in enumerate(particles) if not particle), len(words))
        return FullName(words[-1], " ".join(words[:-1]), last == len(words) - 2)
    if not any(particles[1:-1]):
        return None
    turn = particles.index(True)
    return FullName(" ".join(words[:turn]), " ".join(words[turn:]), turn == 1)


def _by_mail(words: list[str], email: str) -> FullName | None:
    """ "jan.peeters@", "j.peeters@", "peeters.j@" and "jpeeters@" tell which word is the first name, unless
    the other alone is known as one: some bodies write the last name first."""
    local = plain(email.partition("@")[0])
    parts = [letters(part) for part in re.split(r"[._-]", local) if part]
    found = {split for turn in range(1, len(words)) if (split := _as_spelt(words, turn, parts))}
    split = found.pop() if len(found) == 1 else None
    told = told_apart(" ".join(words))
    return split if split and (told is None or told == (split.given, split.family)) else None


def _as_spelt(words: list[str], turn: int, parts: list[str]) -> FullName | None:
    """The name cut before one of its words, where the parts of a mail address spell the two halves."""
    halves = " ".join(words[:turn]), " ".join(words[turn:])
    one, other = map(letters, halves)
    if len(parts) == 1:
        parts = [parts[0][:1], parts[0][1:]] if parts[0][1:] in (one, other) else []
    if len(parts) != 2 or not one or not other:
        return None
    first, last = parts
    if (first, last) in ((one, other), (one[0], other), (other, one[0])):
        return FullName(*halves, True)
    if (first, last) in ((other, one), (other[0], one), (one, other[0])):
        return FullName(halves[1], halves[0], True)
    return None


def _is_particle(word: str) -> bool:
    return fold(word) in PARTICLES
