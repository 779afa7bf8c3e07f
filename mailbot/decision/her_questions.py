"""Mail that answers a question of the secretary's (``navragen``): it is shown in the row of the case in
which she asked, or that row in the case of its own that it needs."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.unclear import said
from mailbot.domain.case import ABOUT_A_MESSAGE, ASKED, GOES_ON, Case, Choice
from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, say


def asked_about(draft: DecisionDraft, asked: PendingQuestion) -> Case | None:
    """The case in which she asked what the mail answers; None where it is closed, or asked again since."""
    waiting = [one for one in draft.context.open_cases if ASKED in one.payload]
    found = [one for one in waiting if one.payload[ASKED] == str(asked.case)]
    # A former mailbot kept no more than that she asked.
    found = found or [one for one in waiting if one.payload[ASKED] == "ja" and one.event == asked.event]
    return found[0] if len(found) == 1 else None


def with_answer(draft: DecisionDraft, case: Case, *done: Statement) -> DecisionDraft:
    """The draft with her case closed and open again with the answer in it; ``done`` is what followed on the
    answer by itself."""
    payload = {key: value for key, value in case.payload.items() if key != ASKED} | _in_row_of(case)
    to = draft.context.answers_mail_to
    other = to and draft.sender.email.lower() != to
    by = (say(Says.OF_ADDRESS, address=draft.sender.email),) if other else ()
    says = (*case.says, say(Says.ANSWERED, by=by, words=said(draft)), *done)
    choices = tuple(one for one in case.choices if one is not Choice.UNDO)
    again = replace(
        case, id=0, opened=draft.now, says=says, choices=choices, key=f"{case.key}+", payload=payload
    )
    draft = draft.saw("geval", Saw.JOINED_CASE, case=case.id)
    return replace(draft, cases=(*draft.cases, again), closes=(*draft.closes, case.id))


def in_one_case(draft: DecisionDraft) -> DecisionDraft:
    """The draft, whose mail answers what she asked in a case and needs a decision of its own, with all of
    both in one case. Hers stays, with the answer in it, where it is about a registration or there is more
    than one other."""
    asked = draft.context.asked
    if asked is None or asked.kind is not Ask.REMARK or draft.override.waived or not draft.cases:
        return draft
    case = asked_about(draft, asked)
    if case is None or case.id in draft.closes:
        return draft
    if case.kind not in ABOUT_A_MESSAGE or case.registration or len(draft.cases) != 1:
        return with_answer(draft, case)
    (own,) = draft.cases
    payload = {**own.payload, **_in_row_of(case)}
    whole = replace(own, says=(*case.says, *own.says), payload=payload)
    return replace(draft, cases=(whole,), closes=(*draft.closes, case.id))


def _in_row_of(case: Case) -> dict[str, str]:
    return {GOES_ON: str(case.id)}
