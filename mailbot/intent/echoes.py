"""Acts of a mail that say again what another one of it says already, in other words: they ask for nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mailbot.domain.submission import Act, ActKind, acts_here
from mailbot.intent.asked_of_named import asked_of_named
from mailbot.intent.clause import (
    VALUE,
)
from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.intent.substitutes import standin
from mailbot.intent.verdicts import PRESENCE

#: Acts of people whose data may stand beside them.
_WITH_DATA = frozenset({ActKind.COME, ActKind.BRING, ActKind.SUBSTITUTE})
#: What stands beside a change that names nothing, and is not what it asks for.
_ECHOED = frozenset({ActKind.CHANGE, ActKind.THANKS, ActKind.OTHER, ActKind.CONFIRM, ActKind.QUESTION})
#: Of acts beside each other, which say more than which: a wish than thanks, "komt later" than "komt".
_SAYS_MORE: tuple[tuple[frozenset[ActKind], frozenset[ActKind]], ...] = (
    (
        frozenset(ActKind) - {ActKind.THANKS, ActKind.OTHER},
        frozenset({ActKind.THANKS, ActKind.OTHER}),
    ),
    (
        frozenset({ActKind.RESTORE, ActKind.CONDITION, ActKind.UNSURE, ActKind.BRING}),
        frozenset({ActKind.COME}),
    ),
    (
        frozenset({ActKind.RESTORE, ActKind.CONDITION}),
        frozenset({ActKind.NOT_COME}),
    ),
    (
        frozenset(ActKind) - {ActKind.CONFIRM, ActKind.DENY, ActKind.THANKS, ActKind.OTHER, ActKind.QUESTION},
        frozenset({ActKind.CONFIRM, ActKind.DENY}),
    ),
)


def without_echoes(acts: list[Act]) -> list[Act]:
    """Without what another act says more fully."""
    kinds = {act.kind for act in acts}
    hidden = frozenset().union(*(echoes for saying, echoes in _SAYS_MORE if kinds & saying))
    for is_beside, echoes in _BESIDE:
        if is_beside(acts):
            acts = [act for act in acts if not echoes(act)]
    return [act for act in acts if act.elsewhere or act.kind not in hidden]


def _restores(acts: Sequence[Act]) -> bool:
    return any(act.kind is ActKind.RESTORE for act in acts)


def _was_off(act: Act) -> bool:
    """Whether an act only tells that its writer had withdrawn before."""
    said = spaced(act.words)
    lex = lexicon(language_of(said))
    return act.kind is ActKind.UNSURE and any(lex.says(one, said) for one in ("was_off", "has_left"))


def _writer_says(acts: Sequence[Act]) -> bool:
    """Whether somebody says of themselves that they come or do not."""
    return any(act.kind in PRESENCE and act.of_self for act in acts)


def _suits_badly(act: Act) -> bool:
    """Whether an act only tells that a day suits its writer badly."""
    said = spaced(act.clause)
    return act.kind is ActKind.UNSURE and lexicon(language_of(said)).says("suits_badly", said)


def _are_of_one(acts: Sequence[Act]) -> bool:
    """Whether all people by name whose data may stand beside them are the same."""
    return len({act.people for act in acts if _is_with_data(act)}) == 1


def _is_with_data(act: Act) -> bool:
    """Whether an act of people by name may have their data beside it."""
    named = bool(act.people) or (act.kind is ActKind.SUBSTITUTE and standin(act.words) is not None)
    return act.kind in _WITH_DATA and named and not act.elsewhere


def _is_data_of_another(act: Act) -> bool:
    """Whether a sentence without a word for a change only gives a value, and not of the writer: "zijn gsm:
    0478 12 34 56", below who comes."""
    if act.kind is not ActKind.CHANGE or not VALUE.search(act.words):
        return False
    said = spaced(act.words)
    lex = lexicon(language_of(said))
    own = any(lex.who[one].search(said) for one in ("writer", "mine"))
    return not lex.says("bare_change", said) and not own


def _somebody_stands_in(acts: Sequence[Act]) -> bool:
    return bool(acts_here(acts, ActKind.SUBSTITUTE))


def _asks_to_note_them(act: Act) -> bool:
    """ "Gelieve haar te noteren": of who comes instead, whom the words before name."""
    asked = asked_of_named(act.words) if act.kind in (ActKind.COME, ActKind.BRING) else None
    return asked is not None and not act.people and act.pointed


def _tells_how_they_come(act: Act) -> bool:
    """ "Ze komt met de trein": of who comes instead, whom the words before name."""
    said = spaced(act.words)
    too = lexicon(language_of(said)).says("too", said)
    return act.kind is ActKind.COME and not act.people and act.pointed and not (act.of_self or too)


def _wants_something(acts: Sequence[Act]) -> bool:
    """Whether anything is said that a change may point to."""
    return not {act.kind for act in acts} <= _ECHOED


def _asks_for_that(act: Act) -> bool:
    """ "Kan dat aangepast worden?": a change without a field or anybody, of what it points to beside it."""
    bare = act.kind is ActKind.CHANGE and not act.field and not act.people and not VALUE.search(act.words)
    said = spaced(act.words)
    points = lexicon(language_of(said)).says("pointing", said)
    return bare and points and len(act.words.split()) <= _FEW_WORDS


#: Words of a plea to change what is meant, with all its courtesy.
_FEW_WORDS = 12
#: Beside acts of the first kind, those of the second ask for nothing, in this order.
_BESIDE: tuple[tuple[Callable[[Sequence[Act]], bool], Callable[[Act], bool]], ...] = (
    (_restores, _was_off),  # "ik had mij afgemeld. Ik kan nu toch komen."
    (_writer_says, _suits_badly),  # "Dat past mij slecht. Ik kom niet."
    (_are_of_one, _is_data_of_another),
    (_somebody_stands_in, _asks_to_note_them),
    (_somebody_stands_in, _tells_how_they_come),
    (_wants_something, _asks_for_that),
)
