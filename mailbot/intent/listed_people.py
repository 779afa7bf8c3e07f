"""Whom plain words list: "Wij komen met drie: Jan Peeters (schepen), ...", a line each or in a sentence.

A name is told by its capitals, and a sentence says that they come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from mailbot.domain.message import Address
from mailbot.domain.submission import ActKind
from mailbot.intent.acts import acts_in
from mailbot.intent.asked_of_named import asked_of_named, only_tells_of
from mailbot.intent.clause import DETAILS, Clause, elsewhere
from mailbot.intent.company import writer_comes
from mailbot.intent.echoed_pleas import without_echoed_pleas
from mailbot.intent.lexicon import language_of, lexicon, pattern, spaced
from mailbot.intent.person_mentions import NAME, like_names, names
from mailbot.intent.questions import is_question
from mailbot.intent.roles import ROLES
from mailbot.intent.sentences import Sentence, sentences
from mailbot.intent.told_details import (
    SPEAKS,
    around,
    is_detail,
    is_for_a_purpose,
    reached_at,
    stays_away,
)
from mailbot.matching.addresses import addresses_in
from mailbot.matching.names import belongs_to_another
from mailbot.matching.shown_names import name_shown
from mailbot.text.lexicon import AN_AND, LANGUAGES
from mailbot.text.normalize import letters, plain, tidy

_WHOSE = rf"(?:{pattern('whose_list')}\s+)?"
_TITLE = rf"(?:(?:{_WHOSE}{pattern('list_mister')}|{_WHOSE}(?P<office>{pattern('list_office')}))\s+)?"
_SOMEBODY = re.compile(
    rf"\W{{0,3}}(?:\d{{1,2}}[.)]\s*)?(?i:{_TITLE})(?P<name>{NAME})(?P<about>\s*(?:[,;:(|/–-].*)?)"
)
#: Behind this a sentence lists who comes.
_NAMELY = re.compile(rf":\s|\b{pattern('made_of')}\s|,\s*{pattern('namely')}\s")
#: "Deelnemers Damme:", "Onze inschrijvingen voor 3 december:": who follows, a line each.
_LIST = re.compile(rf"(?:{pattern('before_heads_list')} )*{pattern('heads_list')}\b[^.?!:]{{0,80}}")
_LISTED = re.compile(rf"\b{pattern('to_be_noted')}$")
_ALSO = re.compile(rf"\b{pattern('along_with')} (?:[a-zà-ÿ-]+ ){{0,2}}({NAME})")
#: "mijn collega's Els Maes (schepen) en Jan Poot": two or more, named behind what they are called.
_ONE = rf"{NAME}(?:\s*\([^()]*\))?"
_COLLEAGUES = re.compile(
    rf"\b(?:{pattern('colleagues')}|{pattern('along_with')})[:,]?\s+(?P<names>{_ONE}(?:\s*,\s*{_ONE})*\s*,?\s+(?:{AN_AND}|&)\s+{_ONE})"
)
#: Words right before, by which they need not come: "namens mijn collega's", "de agenda aan mijn collega's".
_FOR_OTHERS = re.compile(rf"\b(?:{pattern('in_the_name_of')})(?:\s+\w+)?\s*$", re.I)
IN_BRACKETS = re.compile(r"\([^()]*\)")
_AND = re.compile(rf"(?:,|;|\b{AN_AND}\b|&)(?![^()]*\))")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody by name, with the words that stand beside it. ``alone``: nothing else than their data can
    stand there, since a list has them, or a sentence names nobody else."""

    name: str
    about: str = ""
    email: str = ""
    alone: bool = False


def told_more(one: Named, more: str) -> Named:
    """Somebody with further words beside their name, where there are any."""
    return replace(one, about=" | ".join(filter(None, (one.about, more)))) if more else one


def lists_people(lines: Sequence[str]) -> bool:
    """Whether people stand below a line that says that they are to be put on the list."""
    said = (sentence for sentence in sentences(lines) if _says_it(sentence))
    return any(True for _ in listed_below(lines)) or any(enumerated(list_of(one.text)) for one in said)


_INTRODUCES = re.compile(rf"{pattern('introduces')} ", re.I)


def introduced(lines: Sequence[str]) -> tuple[Named, ...]:
    """The colleague whose name and address are all that a sentence tells: "Mijn collega is Els Maes, schepen,
    els@x.example". An answer to the question who else comes says no more."""
    said = (sentence.text for sentence in sentences(lines) if not is_question(sentence))
    behind = [text[found.end() :] for text in said if (found := _INTRODUCES.match(text))]
    return tuple(one for text in behind if addresses_in(text) for one in enumerated(text))


def data_below(lines: Sequence[str], name: str) -> Iterator[str]:
    """What sentences behind the one that names the only one who comes tell of them: "Zijn gsm: 0478 12 34
    56", "Zij is jurist"."""
    named = False
    for sentence in sentences(lines):
        words = spaced(sentence.plain)
        who = lexicon(language_of(words)).who
        theirs = not who["writer"].search(words) and not who["mine"].search(words)
        theirs &= not any(belongs_to_another(address, name) for address in addresses_in(sentence.text))
        theirs &= not is_for_a_purpose(sentence.plain)
        told = theirs and (addresses_in(sentence.text) or reached_at(sentence.text))
        if named and (told or only_tells_of(sentence.text, {name})):
            yield sentence.text
        named = named or name in sentence.text


#: The writer, as a line of a list.
SELF = Named("ikzelf")
_SELF_LINE = re.compile(rf"\W{{0,3}}(?:\d{{1,2}}[.)]\s*)?{pattern('writer_listed')}\W{{0,3}}")


def listed_below(lines: Sequence[str], *, everybody: bool = False) -> Iterator[Named]:
    """A line each, below one that says that they come; ``everybody``: also who seems not to."""
    begun = False
    for line in map(tidy, lines):
        one = _SOMEBODY.fullmatch(line)
        head, colon, tail = line.partition(":")
        begins = bool(colon and _heads_list(plain(head)))
        if begins or (colon and not tail and _comes(plain(head))):
            begun, one = True, _SOMEBODY.fullmatch(tail.strip())
            if begins and one and (name := _person_named(one["name"])):
                yield Named(name, one["about"], alone=True)
        elif begun and _SELF_LINE.fullmatch(plain(line)):
            yield SELF
        elif begun and one and (name := _person_named(one["name"])):
            if everybody or not stays_away(line):
                yield Named(name, one["about"], alone=True)
        else:
            begun = False


def headed(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each line of a few words before a colon, and whom it heads: who stands behind it, or a line each
    below; of nobody none. Without a colon it is a line of its own that names nobody and no function."""
    said = [tidy(line) for line in lines if tidy(line)]
    for number, line in enumerate(said):
        if _is_bare_heading(line) and (under := [*takewhile(is_of_somebody, said[number + 1 :])]):
            yield line, ", ".join(one.strip("-*•–· ") for one in under)
        for found in _HEADS.finditer(line):
            behind = line[found.end() :].strip()
            below = [
                one.strip("-*•–· ") for one in takewhile(is_of_somebody, said[number + 1 :]) if not behind
            ]
            here = _FIRST_SENTENCE.match(behind)[0]  # type: ignore[index]  # an empty text has one too
            who = here if names(here) or enumerated(here) else ", ".join(below)
            if who:
                yield found["head"], who


def _is_bare_heading(line: str) -> bool:
    """Whether a few words without a sign may head the lines below."""
    few = len(line.split()) <= _HEADING and not re.search(r"[:.!?,;]", line)
    return few and not is_of_somebody(line) and not ROLES.search(plain(line))


#: Words.
_HEADING = 6
_FIRST_SENTENCE = re.compile(r"(?:[^.!?]|[.](?!\s|$))*")
#: A few words before a colon, where a sentence begins.
_HEADS = re.compile(r"(?:^|(?<=[.!?] ))(?P<head>[^.:!?]{3,60}):")


def _heads_list(head: str) -> bool:
    """Whether words above a list say that who follows is on it, and not who was, is no longer, or is on that
    of another meeting."""
    if not (_LIST.fullmatch(head) or _LISTED.search(head)):
        return False
    said = spaced(head)
    lex = lexicon(language_of(said))
    return not (elsewhere(Clause(said, lex)) or any(lex.says(one, said) for one in _NO_LIST))


#: What makes a heading that of those who are not meant to come.
_NO_LIST = ("gone_by", "past", "not", "leave", "away")


def named_in_sentences(lines: Sequence[str]) -> Iterator[Named]:
    """Those whom a sentence that says that somebody comes names, all that it lists first."""
    for sentence in sentences(lines):
        if not _says_it(sentence):
            continue
        text = tidy(IN_BRACKETS.sub(" ", sentence.text))
        everybody = enumerated(list_of(sentence.text))
        yield from everybody
        if not everybody:
            also = (_person_named(found) for found in _ALSO.findall(text))
            asked = asked_of_named(sentence.text)
            people = asked.people if asked else names(text)
            named = dict.fromkeys((*people, *filter(None, also)))
            for name in named:
                address = _spelling(name, sentence.text)
                beside = around(name, sentence.text)
                if asked:
                    details = filter(is_detail, (*beside.split(" | "), *_behind_commas(name, sentence.text)))
                    beside = " | ".join(dict.fromkeys(details))
                told = (beside, address)
                yield Named(name, " | ".join(filter(None, told)), alone=len(named) == 1)


def _behind_commas(name: str, text: str) -> list[str]:
    """The pieces behind the only name in a text: of several, one may be of any."""
    return text.partition(name)[2].split(",")[1:] if like_names(text) == (name,) else []


def _spelling(name: str, text: str) -> str:
    """The one address in a text that is made of a whole name; else empty."""
    found = [one for one in addresses_in(text) if letters(one.partition("@")[0]) == letters(name)]
    return found[0] if len(found) == 1 else ""


def list_of(text: str) -> str:
    """What a sentence lists: behind a colon, behind "zal bestaan uit", or the names behind "mijn collega's";
    empty where it lists nothing."""
    if found := _NAMELY.search(text):
        return text[found.end() :]
    named = _COLLEAGUES.search(text)
    return named["names"] if named and not _FOR_OTHERS.search(text[: named.start()]) else ""


def enumerated(text: str) -> tuple[Named, ...]:
    """ "Jan Peeters (schepen), Els Maes, diensthoofd, els@x.example en Koen De Smet"; none unless all of it
    is names and what is told of the one before."""
    people: list[Named] = []
    for piece in (tidy(piece) for piece in _AND.split(text[:1500].strip(" .")) if piece.strip()):
        one = _SOMEBODY.fullmatch(piece)
        if people and _excepts(piece):
            return ()
        if one and (name := _person_named(one["name"])):
            people.append(Named(name, " | ".join(filter(None, (one["office"], one["about"]))), alone=True))
        elif len(people) > 1 and (of_all := told_of_all(piece)):
            people = [told_more(one, of_all) for one in people]
        elif people and is_detail(piece):
            people[-1] = replace(people[-1], about=f"{people[-1].about} | {piece}")
        else:
            return ()
    return tuple(people)


def _excepts(piece: str) -> bool:
    """Whether a piece of a list takes somebody out of it: "allen raadslid behalve Rita"."""
    said = spaced(piece)
    return any(lexicon(one).says("left_out", said) for one in LANGUAGES)


def told_of_all(piece: str) -> str:
    """What a few words behind a list tell of all in it: "beiden raadslid in Damme"; empty for any other. An
    address or a number is of one of them."""
    first, _, rest = piece.partition(" ")
    everybody = any(lexicon(one).who["all_of_them"].search(spaced(first)) for one in LANGUAGES)
    return rest if everybody and is_detail(rest) and not (addresses_in(rest) or reached_at(rest)) else ""


def writer_named(lines: Sequence[str], sender: Address) -> str:
    """The sender's name where they say that they come themselves."""
    name = name_shown(sender.name)
    below = tuple(one.name for one in listed_below(lines) if one is not SELF)
    told = False  # whether a sentence before named who comes
    for sentence in without_echoed_pleas(sentences(lines)):
        if not _says_it(sentence):
            continue
        named = names(IN_BRACKETS.sub(" ", sentence.text))
        named += tuple(one.name for one in enumerated(list_of(sentence.text)))
        listed = below if sentence.text.endswith(":") else ()  # "ik wil inschrijven:" is of those below
        others = {letters(one) for one in (*named, *listed)} - {letters(name)}
        if writer_comes(sentence, len(others), of_named=told):
            return name
        told = told or bool(others)
    return ""


#: Acts that put somebody on the list, and those that make it no longer certain.
_COMING = frozenset({ActKind.COME, ActKind.BRING, ActKind.PLACES, ActKind.PARTIAL})


def _says_it(sentence: Sentence) -> bool:
    """Whether a sentence, and no question, says that somebody comes to one of our meetings, and beside it at
    most what they eat or need."""
    if is_question(sentence):
        return False
    acts = [act for act in acts_in((sentence,)) if act.kind is not ActKind.CHANGE or act.field not in DETAILS]
    return bool(acts) and all(act.kind in _COMING and not act.elsewhere for act in acts)


def _comes(text: str) -> bool:
    """Whether the words above a list say that who follows comes, whatever their writer does: "zelf kan ik
    niet, maar schrijf graag in:"."""
    return any(_says_it(one) or _comes_without_writer(one) for one in sentences([text]))


def _comes_without_writer(sentence: Sentence) -> bool:
    if is_question(sentence):
        return False
    acts = acts_in((sentence,))
    others = [act for act in acts if not (act.kind is ActKind.NOT_COME and act.of_self and not act.people)]
    return bool(others) and all(act.kind in _COMING and not act.elsewhere for act in others)


def lines_of_people(lines: Sequence[str]) -> int:
    """How many lines of a list, numbered or with a bullet, are somebody's name and what is told of them."""
    return sum(is_of_somebody(line) for line in lines if _ITEM.match(line))


def is_of_somebody(line: str) -> bool:
    """Whether a line is somebody's name and what is told of them, and no words of who writes it."""
    one = _SOMEBODY.fullmatch(tidy(line))
    return bool(one and _person_named(one["name"]) and not SPEAKS.search(one["about"] or ""))


_ITEM = re.compile(r"\s*(?:\d{1,2}[.)]|[-*•–·])\s*\w")


def _person_named(text: str) -> str:
    """A first and last name without titles; empty where it is none."""
    name = next(iter(names(f"{tidy(text)} komt")), "")
    return name if " " in name else ""
