"""Mail for an event waits while the secretary has not yet agreed on what was read of its own form."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft
from mailbot.domain.case import OF_FORM, CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.form import Form
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say

NAME = "formulier nagekeken"


def form_agreed(draft: DecisionDraft) -> DecisionDraft:
    """One case for a message about an event whose form was drafted and is not agreed: nothing is recorded,
    and nobody is mailed. Once she agrees, it is judged anew by its arrival."""
    form = _form(draft)
    if form is None or form.agreed:
        return draft
    return (
        draft.saw(NAME, Saw.FORM_NOT_AGREED_YET, form=form.own)
        .open_case(
            CaseKind.PERHAPS,
            (say(Says.FORM_NOT_AGREED, subject=draft.arrival.message.subject, form=form.own),),
            (Choice.DONE,),
            payload={OF_FORM: form.id},
        )
        .settle(Outcome.REVIEW, answer=False)
    )


def _form(draft: DecisionDraft) -> Form | None:
    """The form of the event, or else the one that was read, where some event has it."""
    if draft.event is not None:
        return draft.form
    used = any(event.form == draft.submission.form for event in draft.settings.events.values())
    return draft.settings.forms.get(draft.submission.form) if used else None
