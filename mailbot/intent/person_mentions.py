"""The people that a sentence names: "Jan Peeters en An De Smet kunnen er niet bij zijn"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.intent.lexicon import is_word, language_of, listed, pattern, spaced, turns_of_phrase
from mailbot.matching.given_names import is_given
from mailbot.matching.names import PARTICLES
from mailbot.text.lexicon import AN_AND

_UPPER = r"A-ZÀ-ÖØ-Þ"
#: A word with a capital, which begins behind no other letter: a line of capitals is one, and not one at each.
TOKEN = rf"(?<![^\W\d_])[{_UPPER}][\w'’-]*[\w]"
_PARTICLE = rf"(?:['’]?(?:{'|'.join(PARTICLES)}))"
_INITIALS = rf"(?:[{_UPPER}]\.\s?){{1,3}}"
NAME = rf"(?:{_INITIALS})?{TOKEN}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{TOKEN}){{0,4}}"
#: What may stand before a name.
CALLED = rf"(?:(?:{pattern('office')}|{pattern('mister')}|{pattern('called')})\s+){{0,2}}"
#: The same by any function: "en hoofdinspecteur Luc Acke", "en onze kwaliteitscoördinator".
_BY_ROLE = rf"(?:{pattern('called')}\s+)?(?:[a-zà-ÿ-]+\s+)?{pattern('role')}\s+"
_AND = rf"\s*(?:,\s*(?:{AN_AND}\s+)?|\s+{AN_AND}\s+|\s+&\s+)(?:{_BY_ROLE}|{CALLED})"
_NAMES = rf"(?P<names>{NAME}(?:{_AND}{NAME}){{0,9}})"
#: With a capital or without; in a line of capitals it is part of anything.
_IS_OFFICE = re.compile(rf"(?i:{pattern('office')})")
_OFFICE = rf"(?![{_UPPER}]{{2}})(?i:{pattern('office')})"
#: Words before a name; a place follows "de burgemeester van".
_ROLE = r"(?:(?:[a-zà-ÿ-]+\.?\s+){1,3}?(?<!\bvan )(?<!\bte )(?<!\buit ))??"
_FULL = rf"{TOKEN}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{TOKEN}){{1,4}}"
#: A full name between commas, where one such as "Dirk De fauw" is written as it is in the register.
_ASIDE = rf"(?:{TOKEN}\s+(?:{'|'.join(one.capitalize() for one in PARTICLES)})\s+[a-zà-ÿ][\w'’-]+|{_FULL})"

_TURNS = turns_of_phrase(
    "named",
    names=_NAMES,
    full=rf"(?P<names>{_FULL})",
    full_names=rf"(?P<names>{_FULL}(?:{_AND}{NAME}){{0,9}})",
    aside=_ASIDE,
    token=TOKEN,
    verb=pattern("name_verb"),
    role=_ROLE,
    called=CALLED,
    office=_OFFICE,
)
_PATTERNS = tuple(
    re.compile(one)
    for one in (
        *_TURNS,
        rf"{_NAMES}\s+(?:{pattern('before_verdict')}\s+)?{pattern('verdict')}\b",
        rf"\b(?:{_OFFICE}|(?i:{pattern('mister')}))\s+{_NAMES}",
    )
)

#: Whoever a sentence begins with: what it goes on to say is of them, where no other words tell.
_BEGINS = re.compile(rf"^(?P<names>{_FULL}(?:{_AND}{NAME}){{0,9}})(?!{_AND}{TOKEN})\s+[a-zà-ÿ]")

#: Words with a capital that are no name: first words of a sentence, titles, bodies, days.
_NO_NAME = listed("no_name")
#: What opens a request or a question, with a capital there: "Schrijf Jan Peeters terug in", "Komt Els Maes in
#: mijn plaats?". Only in front of a name, for some are a family name as well.
_OPENS_REQUEST = listed("opens_request")
#: Languages; behind a word that is no name, one of them alone is nobody: "mijn Frans is niet zo goed".
_LANGUAGES = listed("languages")
_JOIN = re.compile(_AND)
#: Words for a body, whose name follows, and that are part of nobody's.
_BODIES = listed("bodies")
#: A body: "de raadsleden van gemeente Damme kunnen ...", or an office of one:
#: "de burgemeester van Damme".
_BODY_BEFORE = re.compile(
    rf"\b(?:{'|'.join(_BODIES)})\s+(?:van\s+)?$"
    rf"|\b(?!collega){pattern('office')}\s+{pattern('of_a_place')}\s+(?:de\s+|het\s+)?$",
    re.I,
)

#: One word behind these is the body that people come for, where others are named in full: "voor Knokke-Heist
#: mag u Els Debruyne noteren".
_FOR_ONE_WORD = re.compile(rf"\b{pattern('for_a_body')}\s+({TOKEN})(?!\s+{TOKEN})")


def names(text: str) -> tuple[str, ...]:
    """The people named in a sentence as those who come or do not come, in order, none twice.

    ``text`` is as written: capitals tell a name. Titles and first words that are no name are
    left off; an organisation is no person, and what stands in brackets behind a name is of whom it is:
    "Jan Peeters (schepen Damme) kan niet".
    """
    text = without_apposition(text[:_LONGEST_READ])
    found: list[str] = []
    matches = [
        match
        for one in _PATTERNS
        for match in one.finditer(text)
        if not _BODY_BEFORE.search(text[: match.start("names")]) and not _is_a_place(match["names"], text)
    ]
    for match in matches or _BEGINS.finditer(text):
        found += filter(None, map(without_titles, _JOIN.split(match["names"])))
    found = [name for name in found if not (_is_mere_word(name, text) or _IN_A_TOWN.fullmatch(name))]
    if any(" " in name for name in found):
        found = [name for name in found if name not in _FOR_ONE_WORD.findall(text)]
    whole = dict.fromkeys(found)
    people = [name for name in whole if not any(name != other and name in other for other in whole)]
    return tuple(sorted(people, key=lambda name: text.find(name) if name in text else len(text)))


#: What is left of a title before a town: "Kennisplatform in Beernem".
_IN_A_TOWN = re.compile(rf"{pattern('in_a_place')} \S+")


def _is_mere_word(name: str, text: str) -> bool:
    """Whether what looks like a single name is a word that begins a sentence ("Daar is iets misgelopen"), or
    may be any noun of German ("mein Zug fällt aus")."""
    if " " in name or is_given(name):
        return False
    return (text.startswith(name) and is_word(_plain(name))) or language_of(spaced(text)) == _CAPITALISES


#: The language that writes each noun with a capital.
_CAPITALISES = "de"


def _is_a_place(name: str, text: str) -> bool:
    """Whether what looks like a name begins with an article and is where somebody goes or is: "naar De Kleine
    Beer komen"."""
    before, _, _ = text.partition(name)
    return bool(_IN_A_PLACE.search(before))


#: Where somebody goes or is; a verb's "in" has its object behind a colon.
_IN_A_PLACE = re.compile(rf"(?<![\w'’-]){pattern('in_a_place')}\s+$", re.I)


def places_headed_for(text: str) -> tuple[str, ...]:
    """Where a sentence says that somebody comes, by its capitals: "naar De Grote Post komen"."""
    return tuple(found["place"] for found in _TOWARDS.finditer(text[:_LONGEST_READ]))


_TOWARDS = re.compile(
    rf"(?i:\b{pattern('towards')}\s+(?:{pattern('before_body_told')}\s+)?)(?P<place>{NAME})"
)


def without_apposition(text: str) -> str:
    """A text without what stands in brackets behind a name: "Jan Peeters (schepen Damme) kan niet"."""
    return _BEHIND_A_NAME.sub(r"\1", text)


def only_names(text: str) -> tuple[str, ...]:
    """The full names in a text that holds nothing else, but for what stands in brackets behind one; else
    nobody."""
    pieces = [piece for piece in map(str.strip, _JOIN.split(_BRACKETS.sub("", text).strip(" .;"))) if piece]
    found = [without_titles(piece) if _WHOLE.fullmatch(piece) else "" for piece in pieces]
    return tuple(found) if found and all(" " in name for name in found) else ()


def like_names(text: str) -> tuple[str, ...]:
    """Whatever in a text may be the full name of somebody, by its capitals alone: a body and a title may be
    among them."""
    found = (tuple(_runs(match["names"])) for match in _ANYBODY.finditer(text[:_LONGEST_READ]))
    return tuple(dict.fromkeys(name for some in found for name in some))


_ANYBODY = re.compile(rf"(?P<names>{_FULL})")


def _runs(piece: str) -> Iterator[str]:
    """The runs of words in a piece that may be a name, at words that are none."""
    run: list[str] = []
    for word in (*piece.split(), ""):
        if word and (_plain(word) not in _NO_NAME or word in PARTICLES):
            run.append(word)
            continue
        while run and (run[0] in PARTICLES or _plain(run[0]) in _OPENS_REQUEST):
            run.pop(0)
        if len([one for one in run if one not in PARTICLES]) > 1:
            yield " ".join(run)
        run = []


#: Characters of a sentence that are read.
_LONGEST_READ = 1_500
_BEHIND_A_NAME = re.compile(rf"({TOKEN})\s*\([^()]*\)")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_WHOLE = re.compile(rf"{CALLED}{NAME}")


#: What French elides before a name: "c'est Jan Peeters qui".
ELIDED = re.compile(r"^(?:[Cc]['’]est|[Cc]e sera|[CcDdLlQq]u?['’])\s*")


def without_titles(piece: str) -> str:
    """The name in a piece of a sentence, without titles before it and a body behind it; empty for none."""
    words = _without_role(_without_opening(ELIDED.sub("", piece).split()))
    body = next((at for at, word in enumerate(words) if _plain(word) in _BODIES), len(words))
    words = words[:body]  # "Jan Peeters van Gemeente Damme"
    first = words[: _family_name_at(words)]  # what is no name elsewhere is part of one: "Bart De Vos"
    family = words[len(first) :]
    while not family and first and (_plain(first[-1]) in _NO_NAME or _plain(first[-1]) in PARTICLES):
        first.pop()
    if any(_plain(word) in _NO_NAME and _plain(word) not in PARTICLES for word in first):
        return ""
    return "" if _is_acronym((*first, *family)) else " ".join((*first, *family))


def _without_opening(words: list[str]) -> list[str]:
    """The words from the first on that may be a name; none behind the word for a body, nor where a word that
    is no name leads to a language ("in het Frans")."""
    if len(words) > 1 and _plain(words[0]) in _OPENS_REQUEST:
        words = words[1:]
    without_name = bool(words) and _plain(words[0]) in _NO_NAME
    while words and _is_no_name(words):
        if _plain(words[0]) in _BODIES:
            return []
        words = words[1:]
    is_language = without_name and len(words) == 1 and _plain(words[0]) in _LANGUAGES
    return [] if is_language else words


def _without_role(words: list[str]) -> list[str]:
    """The words without a function in one word before a whole name: "ICT-verantwoordelijke Katrien Wybo"."""
    called = len(words) > _FAMILY and _ONE_ROLE.fullmatch(_plain(words[0]))
    return words[1:] if called else words


_ONE_ROLE = re.compile(rf"(?:[\w-]*-)?{pattern('role')}")


def _is_acronym(words: tuple[str, ...]) -> bool:
    """Whether all that is left is the short name of a body: "de inschrijvingen van de WVI", "VVSG"."""
    return len(words) == 1 and bool(_ACRONYM.fullmatch(words[0]))


#: Up to three capitals, or capitals without a vowel.
_ACRONYM = re.compile(r"[A-Z]{2,3}|[B-DF-HJ-NP-TV-XZ]{4,}")


def _family_name_at(words: list[str]) -> int:
    """Where behind a first name a family name of two words with a capital begins that no office is ("De Vos",
    and not "De Burgemeester"); the end where none does."""
    if len(words) > _FAMILY and words[-_FAMILY] == "De" and not _IS_OFFICE.fullmatch(words[-1]):
        return len(words) - _FAMILY
    return len(words)


def _is_no_name(words: list[str]) -> bool:
    """Whether the first of some words is none of a name: a title, an office before a name, a first word."""
    if len(words) > 1 and _IS_OFFICE.fullmatch(words[0]):
        return True
    return _plain(words[0]) in _NO_NAME and not _is_family_name(words)


#: Words of such a family name.
_FAMILY = 2


def _is_family_name(words: list[str]) -> bool:
    """ "De Smet" and no "De Burgemeester"."""
    return len(words) > 1 and _plain(words[0]) == "de" and _plain(words[1]) not in _NO_NAME


def _plain(word: str) -> str:
    return word.lower().strip(".,'’").replace("’", "").replace("'", "")
