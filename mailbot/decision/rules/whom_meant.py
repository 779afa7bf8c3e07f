"""Whom words mean that name nobody ("de burgemeester komt niet", "hij kan toch komen"): the one whom the mail
that they answer is about, where their function or a pronoun says no other."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
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
    """The draft with whom its words mean, by name, as if they had said it: all else is judged as always."""
    said = draft.submission
    names_nobody = not (said.people or said.named or said.told or said.nrs or said.question.strip())
    if said.intent not in _UNDECIDED or not names_nobody or draft.override.waived or draft.passed_on:
        return draft.saw(NAME, Saw.NOTHING)
    acts = [act for act in said.acts if act.kind not in _ADDS_NOTHING]
    kinds = {act.kind for act in acts}
    if len(kinds) != 1 or not kinds <= {*_PRESENCE} or not all(map(_is_plain, acts)):
        return draft.saw(NAME, Saw.NOTHING)
    thread = [one for one in draft.at_event if one.nr in draft.context.thread]
    about = [one for one in thread if all(_fits(act, one) for act in acts)]
    if len(about) != 1 or any(_is_writers(one, draft) for one in thread):
        return draft.saw(NAME, Saw.NOTHING)
    name = name_of(about[0].answers, draft.form)
    intent = _PRESENCE[kinds.pop()]
    if intent is Intent.EXCUSE and all(act.asked_out for act in acts):
        intent = Intent.WITHDRAW
    draft = draft.saw(NAME, Saw.WISH, wish=intent, nrs=(about[0].nr,))
    return replace(draft, submission=replace(said, intent=intent, named=(name,) if name else ()))


def _is_plain(act: Act) -> bool:
    """Whether an act of somebody else is agreed, and of one person who is not named."""
    somebody = act.who is Who.MAYOR or (act.who is Who.COLLEAGUE and act.pointed)
    return act.agreed and not act.elsewhere and not act.by_reason and not act.people and somebody


def _fits(act: Act, one: Registration) -> bool:
    return act.who is not Who.MAYOR or kind_of(one.text(ROLE)) == _MAYOR


def _is_writers(one: Registration, draft: DecisionDraft) -> bool:
    """Whether a registration is that of who writes: by the name that is shown, else by the address."""
    speaker = draft.speaker
    if shown := name_shown(speaker.name):
        return same_name(shown, name_of(one.answers, draft.form))
    return email_of(one.answers, draft.form) == speaker.email.lower()
