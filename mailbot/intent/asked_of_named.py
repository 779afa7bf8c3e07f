"""Requests about people by name, to the last word of them: "Zou u ook Els Maes nog kunnen toevoegen?".

Whether such a sentence ends with a question mark or not, it asks for what we do: to put somebody on the list,
or to take them off. It is one only where all its words are those of such a request; any other (a "not", an
"if", another meeting) leaves it to those who read sentences by what is said in them.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from mailbot.domain.submission import ActKind
from mailbot.intent.lexicon import Lexicon, as_written, language_of, lexicon, pattern, spaced
from mailbot.intent.person_mentions import like_names, without_apposition
from mailbot.intent.roles import ROLES
from mailbot.matching.addresses import addresses_in
from mailbot.text.lexicon import AN_AND, LANGUAGES
from mailbot.text.normalize import plain
from mailbot.text.phones import LIKE_PHONE

#: Words of such a request: a longer one says more.
_LONGEST = 24
_PIECE = re.compile(r"[,;:?!()–—]|\s-\s|\.(?=\s|$)")
#: What stands for a name, and for an address or a number, among plain words.
_NAME, _DATA = "qname", "qdata"
#: Somebody who is in the list behind an "and" and has no name there.
_JOINED = re.compile(rf" {AN_AND} ")
#: Words for what is done to whom is named; those that say that they come are a request with an "also" alone.
_VERBS = {"asked_on": ActKind.COME, "asked_off": ActKind.NOT_COME}
_ALL = ("asked_on", "asked_off", "asked_done", "asked_along", "asked_also", "asked_around")
#: Words of what a detail of somebody is told in.
_DETAIL = 6


@dataclass(frozen=True, slots=True)
class AskedOfNamed:
    """What a sentence asks (``COME`` and ``BRING``: to put on the list, ``NOT_COME``: to take off,
    ``SUBSTITUTE``: to put somebody in another's place), of which people; of nobody by name it is of whom a
    "her" means."""

    kind: ActKind
    people: tuple[str, ...]
    words: str


@lru_cache(maxsize=512)
def asked_of_named(text: str) -> AskedOfNamed | None:
    """What a sentence, as it was written, asks about people by name, or about a "her"; None where it says
    anything else besides."""
    people = like_names(without_apposition(text))
    said = _words_of(text, people)
    lex = lexicon(language_of(said))
    rest = spaced(" ".join(word for word in said.split() if word != _NAME and not ROLES.fullmatch(word)))
    short = len(said.split()) <= _LONGEST
    if (
        not short
        or not (people or lex.who["pronoun"].search(rest))
        or not _known(lex.language, instead=lex.says("instead", rest)).fullmatch(rest)
    ):
        return None
    kind = _kind(said, rest, lex, asks=text.rstrip("\"') ").endswith("?"))
    if kind is ActKind.COME and any(lex.says(one, rest) for one in ("bring", "asked_also")):
        kind = ActKind.BRING
    words = said.replace(_NAME, "|", 1).replace(_NAME, " ").replace("|", plain(" ".join(people)))
    return AskedOfNamed(kind, people, " ".join(words.split())) if kind else None


def _words_of(text: str, people: tuple[str, ...]) -> str:
    """The plain words of a sentence, without the data of those whom it names."""
    text = without_apposition(text)
    for address in addresses_in(text):
        text = text.replace(address, f" {_DATA} ")
    text = LIKE_PHONE.sub(f" {_DATA} ", text)
    for name in people:
        text = text.replace(name, f" {_NAME} ")
    pieces = (piece for piece in _PIECE.split(text) if _NAME in piece or not _is_detail(piece))
    return spaced(as_written(plain(" ".join(pieces).replace(_DATA, " "))))


def _is_detail(piece: str) -> bool:
    """Whether a piece between commas only tells somebody's function, address or number."""
    words = plain(piece)
    rest = spaced(words.replace(_DATA, " "))
    gives = _DATA in piece and any(lexicon(one).consists_of("told_around", rest) for one in LANGUAGES)
    return gives or (len(words.split()) <= _DETAIL and bool(ROLES.search(words)))


def _kind(said: str, rest: str, lex: Lexicon, *, asks: bool) -> ActKind | None:
    """What known words ask; None where they ask nothing, or two things, or name only some whom they are
    about."""
    kinds = {kind for concept, kind in _VERBS.items() if lex.says(concept, rest)}
    may = bool(_MAY.search(said) or lex.says("asks_us", rest))
    if lex.says("instead", rest):
        return ActKind.SUBSTITUTE if may or not asks else None
    some = _NAME in said and not _is_one_group(said)
    if lex.says("asked_off_apart", rest):
        kinds = {ActKind.NOT_COME}  # "schrijf ... uit"
    if some or len(kinds) > 1:
        return None
    if kinds:
        return kinds.pop() if _asks_it(said, rest, lex, asks=asks) else None
    also = lex.says("asked_also", rest) and lex.says("asked_along", rest)
    writes = bool(lex.who["writer"].search(rest))
    return ActKind.COME if also and not writes and (may or not asks) else None


def _asks_it(said: str, rest: str, lex: Lexicon, *, asks: bool) -> bool:
    """Whether words for putting on the list or taking off ask for it: what is done already tells it ("Els is
    uitgeschreven"), and a question without a formula of request asks whether it is, or who may ("Kan Els Maes
    ook inschrijven?")."""
    passive = lex.says("asked_passive", rest)
    if lex.says("asked_done", rest) and not passive:
        return False
    to_us = any(lex.says(one, rest) for one in ("asks_us", "asks_for_oneself", "asked_orders"))
    return not asks or to_us or bool(_TAG.search(said)) or (passive and bool(_THEY.search(said)))


#: Who is named as who may do something, and what asks behind a wish whether it can be.
_THEY = re.compile(rf" {pattern('may_they')} (?:\S+ ){{0,3}}{_NAME} ")
_TAG = re.compile(pattern("is_that_so"))
#: How a question asks that somebody may come, and not whether they will.
_MAY = re.compile(rf" {pattern('may_they')} (?:\S+ ){{0,4}}{_NAME} |{pattern('is_that_so')}")


def _is_one_group(said: str) -> bool:
    """Whether all names stand together, with nothing between two of them but an "and" and words for who that
    is ("An Maes en onze schepen Jan Claes"), and no "and" joins anybody else to them."""
    between = said.split(_NAME)[1:-1]
    together = all(not words.strip() or _BETWEEN.fullmatch(words) for words in between)
    return together and len(_JOINED.findall(said)) == sum(bool(words.strip()) for words in between)


#: What joins two names, which a comma does without a word.
_BETWEEN = re.compile(rf" {AN_AND} (?:\S+ ){{0,3}}")


def only_tells_of(text: str, people: Set[str]) -> bool:
    """Whether a sentence, as it was written, only gives an address, a number or the function of these people:
    "Haar mail is els@x.example", "Diensthoofd bij ons"."""
    named = like_names(without_apposition(text))
    said = _words_of(text, named)
    lex = lexicon(language_of(said))
    if not {*named} <= people or len(said.split()) > _LONGEST or "?" in text:
        return False
    words = [word for word in said.split() if word != _NAME and not ROLES.fullmatch(word)]
    gives = bool(ROLES.search(plain(text)) or addresses_in(text) or LIKE_PHONE.search(text))
    if gives and lex.consists_of("told_around", spaced(" ".join(words)) if words else ""):
        return True
    about = lex.find("who_they_are", said)
    return (
        about is not None
        and len(said.split()) <= _DETAIL + 2
        and not any(lex.says(one, said) for one in _MORE)
    )


#: What makes words about somebody more than who that is: whether they come, how, or that it is open.
_MORE = (
    "not",
    "leave",
    "away",
    "hindered",
    "unsure",
    "condition",
    "come",
    "come_noun",
    "partial",
    "diet_said",
    "instead",
    "bring",
)


@lru_cache(maxsize=8)
def _known(language: str, *, instead: bool) -> re.Pattern[str]:
    """Nothing but words of such a request, with a space on both sides; with those of standing in where it is
    one of ``instead``."""
    concepts = lexicon(language).concepts
    names = (*_ALL, "asked_instead") if instead else _ALL
    return re.compile(f" (?:{'|'.join(concepts[one].pattern for one in names)})*")
