"""Pleas that ask for nothing but what the sentences before them say: "Els Maes komt. Ik verzoek u haar
inschrijving te noteren." By themselves they would be a wish of their writer's, a question or a change."""

from __future__ import annotations

import re

from mailbot.domain.submission import ActKind, acts_here
from mailbot.intent.acts import acts_in
from mailbot.intent.agreement import IDLE
from mailbot.intent.lexicon import Lexicon, language_of, lexicon, spaced
from mailbot.intent.person_mentions import like_names
from mailbot.intent.sentences import Sentence

#: Words that such a plea is made of.
_WORDS = (
    "plea",
    "asked_on",
    "asked_off",
    "asked_around",
    "asked_orders",
    "asked_instead",
    "echoed",
    "put_on",
)
#: What it may ask, by the words for it, and what must be said beside it for that, and what must not.
_ASKED = {"asked_on": ActKind.COME, "asked_off": ActKind.NOT_COME, "leave": ActKind.NOT_COME}
_FITS = {
    ActKind.COME: frozenset({ActKind.COME, ActKind.BRING, ActKind.RESTORE, ActKind.SUBSTITUTE}),
    ActKind.NOT_COME: frozenset({ActKind.NOT_COME, ActKind.SUBSTITUTE}),
}
_SHORTEST, _LONGEST = 2, 24
_VALUE = re.compile(r"\d|@")


def without_echoed_pleas(said: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The sentences without the pleas that another one says already, where they would be read as more."""
    pleas = [one for one in said if _pleads(one)]
    rest = tuple(one for one in said if one not in pleas)
    if not pleas or not rest:
        return said
    kinds = {act.kind for act in acts_here(acts_in(rest))} - IDLE
    more = {act.words for act in acts_in(said) if act.kind not in IDLE}
    echoed = [one for one in pleas if (one.text in more or one.asks) and _fits(one, kinds)]
    return tuple(one for one in said if one not in echoed)


def _fits(plea: Sentence, kinds: set[ActKind]) -> bool:
    """Whether what is said beside a plea, of these ``kinds``, is all that it can ask."""
    asked = _asked(plea)
    opposite = _FITS[ActKind.COME if asked is ActKind.NOT_COME else ActKind.NOT_COME] - {ActKind.SUBSTITUTE}
    return asked is not None and bool(kinds & _FITS[asked]) and not kinds & opposite


def _asked(plea: Sentence) -> ActKind | None:
    """What a plea asks; None where that is nothing, or two things."""
    said = spaced(plea.plain)
    lex = lexicon(language_of(said))
    kinds = {kind for concept, kind in _ASKED.items() if lex.says(concept, said)}
    if ActKind.NOT_COME in kinds and lex.says("asked_off_apart", said):
        return ActKind.NOT_COME
    return kinds.pop() if len(kinds) == 1 else None


def _pleads(sentence: Sentence) -> bool:
    """Whether each word of a sentence is one of a request for what was told, and it speaks neither of its
    writer nor of anybody by name."""
    said = spaced(sentence.plain)
    lex = lexicon(language_of(said))
    fits = _SHORTEST <= len(said.split()) <= _LONGEST
    if not fits or _VALUE.search(sentence.text) or like_names(sentence.text) or _is_its_own(said, lex):
        return False
    return lex.consists_of(_WORDS, said)


def _is_its_own(said: str, lex: Lexicon) -> bool:
    """Whether a plea denies something, depends on something, or is of its writer or of more people."""
    if any(spaced(one) in said for one in lex.if_words) or lex.says("not", said):
        return True
    asks_for_oneself = lex.says("asks_for_oneself", said) and not lex.says("asks_us", said)
    return asks_for_oneself or lex.says("own_or_more", said)
