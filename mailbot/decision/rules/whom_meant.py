"""Whom words mean that name nobody ("de burgemeester komt niet", "hij kan toch komen"): the person of the
mail that they answer, unless their function or a pronoun says another; and the two of it, where they speak of
both ("beiden zijn verhinderd")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.intents import LEAVING
from mailbot.domain.form import ROLE
from mailbot.domain.registration import Registration
from mailbot.domain.saw import Saw
from mailbot.domain.submission import Act, ActKind, Intent, Who
from mailbot.matching.functions import kind_of
from mailbot.matching.names import email_of, name_of, same_name
from mailbot.matching.shown_names import name_shown

NAME = "wie bedoeld is"

#: What both readers must have found, and nothing beside it.
_PRESENCE = {
    ActKind.NOT_COME: Intent.EXCUSE,
    ActKind.COME: Intent.REGISTER,
    ActKind.RESTORE: Intent.RESTORE,
}
_ADDS_NOTHING = frozenset({ActKind.THANKS, ActKind.OTHER, ActKind.CONFIRM})
_UNDECIDED = frozenset({Intent.MAYBE_WITHDRAW, Intent.UNCLEAR})
_MAYOR = kind_of("burgemeester")


def whom_meant(draft: DecisionDraft) -> DecisionDraft:
    """Returns the draft as if its words had named the person whom they mean, so that the rules after it
    judge them as any other words; unchanged where that is not certain."""
    said = draft.submission
    acts = [act for act in said.acts if act.kind not in _ADDS_NOTHING]
    if both := _both_meant(draft, acts):
        draft = draft.saw(NAME, Saw.WISH, wish=Intent.WITHDRAW, nrs=tuple(one.nr for one in both))
        names = tuple(name_of(one.answers, draft.form) for one in both)
        return replace(draft, submission=replace(said, intent=Intent.WITHDRAW, named=names))
    intent = _wish(acts)
    about = _one_meant(draft, acts) if intent is not None and _names_nobody(draft) else None
    if intent is None or about is None:
        return draft.saw(NAME, Saw.NOTHING)
    name = name_of(about.answers, draft.form)
    draft = draft.saw(NAME, Saw.WISH, wish=intent, nrs=(about.nr,))
    return replace(draft, submission=replace(said, intent=intent, named=(name,) if name else ()))


def _names_nobody(draft: DecisionDraft, intents: frozenset[Intent] = _UNDECIDED) -> bool:
    """Whether words of the sender with one of these ``intents`` name nobody, ask nothing, and nobody decided
    about them."""
    said = draft.submission
    names = said.people or said.named or said.told or said.nrs or said.question.strip()
    return said.intent in intents and not (names or draft.override.waived or draft.passed_on)


def _both_meant(draft: DecisionDraft, acts: Sequence[Act]) -> tuple[Registration, ...]:
    """The two of the thread, whom their sender takes off by a word for both; nobody where more are in it."""
    two = tuple(one for one in draft.at_event if one.nr in draft.context.thread)
    leave = all(act.kind is ActKind.NOT_COME and _may_be_both(act) for act in acts)
    if len(two) != _TWO or not (acts and leave and any(act.of_both for act in acts)):
        return ()
    own = all(one.sent_by(draft.sender.email) and not one.status.is_out for one in two)
    named = all(name_of(one.answers, draft.form) for one in two)
    return two if own and named and _names_nobody(draft, _UNDECIDED | LEAVING) else ()


_TWO = 2


def _may_be_both(act: Act) -> bool:
    """Whether both readers agree on an act that says of both, or only points to them, and names nobody."""
    plain = act.agreed and not (act.elsewhere or act.by_reason or act.people)
    return plain and (act.pointed or act.of_both)


def _wish(acts: Sequence[Act]) -> Intent | None:
    """The intent of all these acts about one unnamed person; None where they differ, or say more."""
    kinds = {act.kind for act in acts}
    if len(kinds) != 1 or not kinds <= {*_PRESENCE} or not all(map(_is_plain, acts)):
        return None
    intent = _PRESENCE[kinds.pop()]
    return Intent.WITHDRAW if intent is Intent.EXCUSE and all(act.asked_out for act in acts) else intent


def _one_meant(draft: DecisionDraft, acts: Sequence[Act]) -> Registration | None:
    """The registration of the thread that all these acts fit; None where several do, or the thread is about
    the writer too."""
    thread = [one for one in draft.at_event if one.nr in draft.context.thread]
    about = [one for one in thread if all(_fits(act, one) for act in acts)]
    return about[0] if len(about) == 1 and not any(_is_writers(one, draft) for one in thread) else None


def _is_plain(act: Act) -> bool:
    """Whether both readers agree on an act, and it is about one other person without a name."""
    somebody = act.who is Who.MAYOR or (act.who is Who.COLLEAGUE and act.pointed)
    return act.agreed and not act.elsewhere and not act.by_reason and not act.people and somebody


def _fits(act: Act, one: Registration) -> bool:
    return act.who is not Who.MAYOR or kind_of(one.text(ROLE)) == _MAYOR


def _is_writers(one: Registration, draft: DecisionDraft) -> bool:
    """Whether a registration is the writer's: by the name that is displayed, or else by the address."""
    first_person = draft.first_person
    if shown := name_shown(first_person.name):
        return same_name(shown, name_of(one.answers, draft.form))
    return email_of(one.answers, draft.form) == first_person.email.lower()
