"""Sentences of which one half puts somebody on the list and the other takes somebody off it, or excuses them:
"schrijf mij uit en Henk Claes in"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from mailbot.domain.submission import Act, ActKind, Who
from mailbot.intent.asked_of_named import asked_of_named
from mailbot.intent.clause import Clause
from mailbot.intent.lexicon import Lexicon, pattern, spaced
from mailbot.intent.person_mentions import like_names, names
from mailbot.intent.sentences import Sentence
from mailbot.text.lexicon import AN_AND, AND, BUT, either
from mailbot.text.normalize import plain

_JOINT = re.compile(rf"\s+{AN_AND}\s+")
#: Joints of a sentence that are tried.
_FEW = 2
#: Words of what a writer says of themselves beside a request about others.
_LONGEST_OWN = 24
#: Words of a request before whom it is about, which the second half leaves out: "wil u".
_OPENING = 2
#: Beside these a word of coming tells of before.
_OVER = ("not", "past", "registered_by", "had_done")


def said_in_halves(sentence: Sentence, lex: Lexicon, one_act: Callable[[str], Act | None]) -> tuple[Act, ...]:
    """The two acts of a sentence that asks to take somebody off, or to excuse them, and to put another on,
    with one verb or two: "gelieve Els Maes in te schrijven en Henk Claes te verontschuldigen". A doubt where
    each half has a word of its own, and one of them was not read: "gelieve de komst van Els Maes te noteren
    en Henk Claes te verontschuldigen". Nothing for any other. ``one_act`` reads a part as a sentence."""
    if not like_names(sentence.text):
        return ()
    if own := _beside_own(sentence.text, one_act):
        return tuple(replace(act, words=sentence.text) for act in own)
    joints = [*_JOINT.finditer(sentence.text)][:_FEW]
    halves = [(sentence.text[: one.start()], sentence.text[one.end() :]) for one in joints]
    for first, second in halves:
        if both := _both(first, second, "?" * sentence.asks, one_act):
            return tuple(replace(act, words=sentence.text) for act in both)
    people = names(sentence.text)
    if people and any(_are_opposed(*one, lex) for one in halves):
        return (Act(ActKind.UNSURE, Who.NAMED, people, words=sentence.text),)
    return ()


def _beside_own(text: str, one_act: Callable[[str], Act | None]) -> tuple[Act, Act] | None:
    """What a request to take people by name off says, and that its writer comes, on either side of a comma:
    "schrap Els Maes maar, ik kom wel". That "wel" brings nobody back."""
    for comma in [*_COMMA.finditer(text)][:_FEW]:
        halves = text[: comma.start()], text[comma.end() :]
        for asking, own in (halves, halves[::-1]):
            asked = asked_of_named(asking)
            if asked is None or asked.kind is not ActKind.NOT_COME or len(own.split()) > _LONGEST_OWN:
                continue
            leaves, comes = one_act(asking), one_act(own) or one_act(_AFTER_ALL.sub(" ", own))
            if leaves and leaves.people and comes and _is_own_coming(comes):
                return leaves, comes
    return None


def _is_own_coming(act: Act) -> bool:
    """Whether an act is a coming of its writer."""
    return act.kind is ActKind.COME and act.of_self and not act.people


_COMMA = re.compile(rf"\s*[,;]\s+(?:{either(*AND, *BUT)}\s+)?")
_AFTER_ALL = re.compile(rf"\s{pattern('after_all')}\b")


def _both(first: str, second: str, mark: str, one_act: Callable[[str], Act | None]) -> tuple[Act, Act] | None:
    """What two halves say of two, the second with the words that the first opens with as well; None where
    that is not a coming and a staying away."""
    found = one_act(first + mark)
    if found is None:
        return None
    opening = first.split()
    whole = (" ".join((*opening[:words], second)) for words in range(_OPENING + 1))
    others = (one_act(one) for one in whole)
    other = next((one for one in others if one and one.kind is not found.kind), None)
    return (found, other) if other and found.people != other.people else None


def _are_opposed(first: str, second: str, lex: Lexicon) -> bool:
    """Whether one of two halves tells of somebody's coming, and the other of somebody's staying away. An
    "and" between two names parts nothing: "de inschrijvingen van Jan Peeters en Els Maes annuleren"."""
    halves = [Clause(spaced(plain(one)), lex) for one in (first, second)]
    listed = first.endswith(names(first)[-1:]) and second.startswith(names(second)[:1])
    of_somebody = all(
        like_names(text) or lex.who["writer"].search(half.text)
        for text, half in zip((first, second), halves, strict=True)
    )
    before, behind = map(_says, halves)
    return of_somebody and not listed and {before, behind} == {ActKind.COME, ActKind.NOT_COME}


def _says(half: Clause) -> ActKind | None:
    """Which of coming and staying away a half has a word for; None where it is of before, or has neither."""
    if half.says("leave", "away"):
        return ActKind.NOT_COME
    return ActKind.COME if half.says("come", "come_noun") and not half.says(*_OVER) else None
