"""Mail that no person sent is never read as a registration, and never answered (RFC 3834)."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.access import Right, Writer, access_of
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.registration import Registration
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Person

NAME = "automatische mail"
#: Characters of what a server wrote, in a case.
_TOLD = 400


def automatic(draft: DecisionDraft) -> DecisionDraft:
    """Settles automatic mail; a returned mail of ours is tied to the registration it was for."""
    message = draft.arrival.message
    if message.not_given:
        return _not_given(draft)
    if not message.automatic:
        return draft.find(NAME, "een persoon stuurde dit")
    draft = draft.find(NAME, message.automatic)
    if message.bounce is not None:
        draft = _undelivered(draft, message.bounce.recipient.lower())
    return draft.settle(Outcome.AUTOMATIC, answer=False)


def _not_given(draft: DecisionDraft) -> DecisionDraft:
    """A message that the mail server has and cannot give: a person reads it there."""
    lines = (block.text.strip() for block in draft.arrival.message.body if block.text.strip())
    told = " ".join(" / ".join(lines).split())[:_TOLD]
    return (
        draft.find(NAME, "de mailserver gaf een vervanging")
        .open_case(
            CaseKind.UNREADABLE,
            (say(Says.SERVER_COULD_NOT_GIVE, told=told),),
            (Choice.DONE,),
        )
        .settle(Outcome.REVIEW, answer=False)
    )


def _went_to(draft: DecisionDraft, registration: Registration) -> bool:
    """Whether the mail that came back was sent to this registration's own address: another's address
    that is wrong says nothing of theirs."""
    reader = Writer(draft.context.returned_to)
    form = draft.settings.form_of(draft.settings.events[registration.event])
    return access_of(reader, registration, form, draft.settings, draft.context).may(Right.CONFIRM)


def _undelivered(draft: DecisionDraft, recipient: str) -> DecisionDraft:
    bounce = draft.arrival.message.bounce
    assert bounce is not None
    touched = [r for r in draft.context.registrations if r.nr in draft.context.thread]
    for registration in touched:
        event = draft.settings.events.get(registration.event)
        if event is None or registration.bounced or not _went_to(draft, registration):
            continue
        entry = Entry(len(draft.entries), Person(), current=registration, mail=False)
        marked = replace(
            entry.settled(Outcome.AUTOMATIC, registration.status, "mail niet bezorgd"), bounced=True
        )
        draft = replace(draft, event=event, entries=(*draft.entries, marked)).open_case(
            CaseKind.UNDELIVERED,
            (say(Says.RETURNED, to=recipient, reason=bounce.reason),),
            (Choice.DONE,),
            entry=marked,
        )
    return draft
