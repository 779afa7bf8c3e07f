"""Acts that both readers weighed → the one intent that is done for them, or a doubt of it."""

from __future__ import annotations

from collections.abc import Sequence, Set

from mailbot.domain.submission import Act, ActKind, Intent, Who, acts_here
from mailbot.intent.agreement import IDLE
from mailbot.intent.clause import DETAILS
from mailbot.intent.sentences import LABELLED
from mailbot.intent.told_details import own_number

#: Characters of an answer between quoted lines, and of a value behind a label; of that label.
LONGEST_LABELLED, _LONGEST_LABEL = 80, 25
#: Acts that name whom they are about.
ABOUT_SOMEBODY = frozenset({ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE, ActKind.SUBSTITUTE})
#: What is done for kinds that stand together; any other company is for a person.
_DONE = {
    frozenset({ActKind.COME}): Intent.REGISTER,
    frozenset({ActKind.NOT_COME}): Intent.EXCUSE,
    frozenset({ActKind.RESTORE}): Intent.RESTORE,
    frozenset({ActKind.SUBSTITUTE}): Intent.SUBSTITUTE,
    frozenset({ActKind.NOT_COME, ActKind.SUBSTITUTE}): Intent.SUBSTITUTE,
    frozenset({ActKind.CHANGE}): Intent.CHANGE,
    frozenset({ActKind.DENY, ActKind.CHANGE}): Intent.CHANGE,
    frozenset({ActKind.DENY}): Intent.DENY,
}
#: Who registers and says what they eat in a sentence of its own; of somebody known a person reads it.
_COMES_WITH = frozenset({ActKind.COME, ActKind.CHANGE})
#: Said beside a coming, another meeting in the same words is why: "ik kom later, eerst nog schepencollege".
_OPEN = frozenset({ActKind.PARTIAL, ActKind.CONDITION, ActKind.UNSURE})
#: What a person reads in any case: nothing is done on them, so that no second reader is needed.
_READ_BY_SOMEBODY = frozenset({Intent.CHANGE, Intent.DENY})


def intent_of(acts: tuple[Act, ...]) -> Intent:
    """The one intent of these acts, or ``UNCLEAR``; ``NONE`` where none concerns us."""
    comes = bool(acts_here(acts, ActKind.COME))
    ours = [act for act in acts if not act.elsewhere or (comes and act.kind in _OPEN)]
    here = [act for act in ours if act.kind not in IDLE]
    kinds = _without_data({act.kind for act in here} - {ActKind.QUESTION, ActKind.CONFIRM}, here)
    if not kinds:
        return _wants_nothing(acts)
    intent = _DONE.get(kinds, Intent.UNCLEAR)
    if intent in _READ_BY_SOMEBODY:
        return intent
    return _carried_out(intent, [act for act in here if act.kind in kinds])


def _without_data(kinds: Set[ActKind], acts: Sequence[Act]) -> frozenset[ActKind]:
    """The kinds of acts without a change where that only gives data: of who comes, or comes instead."""
    changes = [act for act in acts if act.kind is ActKind.CHANGE]
    own = not any(act.people for act in acts if act.kind is ActKind.COME)
    if kinds == _COMES_WITH and all(
        act.field in DETAILS or (own and own_number(act.words)) for act in changes
    ):
        return frozenset({ActKind.COME})
    if ActKind.SUBSTITUTE in kinds and all(_is_data(act) or _is_of_newcomer(act) for act in changes):
        return frozenset(kinds - {ActKind.CHANGE})
    return frozenset(kinds)


def data_in(text: str) -> str | None:
    """The value of a line of data, as "E-mail: jan@damme.example" below who comes instead; None for any
    other."""
    said = LABELLED.fullmatch(text.strip(" ."))
    short = (
        said is not None and len(said["label"]) <= _LONGEST_LABEL and len(said["value"]) <= LONGEST_LABELLED
    )
    return said["value"] if said and short else None


def _is_data(act: Act) -> bool:
    """Whether what looks like a change is a line of data, of whom the words beside it name."""
    return data_in(act.words) is not None


def _is_of_newcomer(act: Act) -> bool:
    """Whether a change only tells what a "she" eats: who comes instead, of whom it is noted."""
    return act.field == _DIET and act.pointed and not (act.of_self or act.people)


_DIET = "diet"


def _wants_nothing(acts: tuple[Act, ...]) -> Intent:
    """The intent where no act about us is more than a yes or thanks."""
    kinds = {act.kind for act in acts}
    if kinds and kinds <= _SMALL and all(act.agreed and not act.elsewhere for act in acts):
        return Intent.CONFIRM if ActKind.CONFIRM in kinds else Intent.THANKS
    return Intent.UNCLEAR if any(act.elsewhere and not act.agreed for act in acts) else Intent.NONE


_SMALL = frozenset({ActKind.CONFIRM, ActKind.THANKS})


def _carried_out(intent: Intent, wanted: list[Act]) -> Intent:
    """The intent of acts that both readers found, and that say who; a doubt of any other."""
    several = len({(act.who, act.people) for act in wanted if act.kind is ActKind.NOT_COME}) > 1
    if several and not all(act.agreed and says_who(act) for act in wanted):
        return Intent.UNCLEAR
    if intent is Intent.SUBSTITUTE:  # who is replaced does not come: that needs no saying
        wanted = [act for act in wanted if act.kind is ActKind.SUBSTITUTE or act.people]
    if not all(act.agreed and says_who(act) for act in wanted):
        return Intent.MAYBE_WITHDRAW if intent is Intent.EXCUSE else Intent.UNCLEAR
    leaves = intent is Intent.EXCUSE and all(act.asked_out for act in wanted)
    return Intent.WITHDRAW if leaves else intent


def says_who(act: Act) -> bool:
    """Whether the act is the writer's own, or names those it is about."""
    return act.who is Who.WRITER or bool(act.people) or act.kind is ActKind.SUBSTITUTE
