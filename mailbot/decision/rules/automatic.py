"""Mail that no person sent is never read as a registration, and never answered (RFC 3834)."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.concern import concern
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.unclear import by_her_reading
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.message import Bounce, MachineSign
from mailbot.domain.registration import Registration
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Person, SubmissionKind
from mailbot.matching.names import email_of, same_address

NAME = "automatische mail"
#: Characters of what a server wrote, in a case.
_TOLD = 400


def automatic(draft: DecisionDraft) -> DecisionDraft:
    """Settles automatic mail; a returned mail of ours is tied to the registration it was for."""
    message = draft.arrival.message
    if message.not_given:
        return _not_given(draft)
    if not message.automatic or by_her_reading(draft):
        return draft.saw(NAME, Saw.SENT_BY_A_PERSON)
    if message.automatic is MachineSign.LIST and _is_for_us(draft):
        return draft.saw(NAME, Saw.PASSED_ON_BY_LIST)
    draft = draft.found(NAME, say(Says.MACHINE, sign=message.automatic))
    if message.bounce is not None:
        draft = _undelivered(draft, message.bounce)
    return draft.settle(Outcome.AUTOMATIC, answer=False)


def _is_for_us(draft: DecisionDraft) -> bool:
    """Whether what bears the fields of a list is a form, which keeps its outcome however it is sent, or else
    concerns a registration: what may be a form, and what its people write."""
    found = draft.submission.found
    if found is SubmissionKind.FORM:
        return True
    return (found is SubmissionKind.PERHAPS or _is_of_a_person(draft)) and concern(draft) is not None


def _is_of_a_person(draft: DecisionDraft) -> bool:
    """Whether what bears the fields of a list answers a mail of ours, or comes from an address that is
    registered or that registered somebody: their provider may put these fields in every mail."""
    context, message = draft.context, draft.arrival.message
    if context.thread or context.thread_event:
        return True
    writers = {same_address(one.email) for one in (message.sender, message.reply_to) if one is not None}
    form_of, events = draft.settings.form_of, draft.settings.events
    known = (
        address
        for row in context.registrations
        if row.event in events
        for address in (same_address(row.sender), email_of(row.answers, form_of(events[row.event])))
    )
    return not writers.isdisjoint(filter(None, known))


def _not_given(draft: DecisionDraft) -> DecisionDraft:
    """A message that the mail server has and cannot give: a person reads it there."""
    lines = (block.text.strip() for block in draft.arrival.message.body if block.text.strip())
    told = " ".join(" / ".join(lines).split())[:_TOLD]
    return (
        draft.saw(NAME, Saw.STAND_IN)
        .open_case(
            CaseKind.UNREADABLE,
            (say(Says.SERVER_COULD_NOT_GIVE, told=told),),
            (Choice.DONE,),
        )
        .settle(Outcome.REVIEW, answer=False)
    )


def _went_to(draft: DecisionDraft, registration: Registration) -> bool:
    """Whether the mail that came back was sent to this registration's own address, or where it has none to
    who sent it in: another's address that is wrong says nothing of theirs."""
    form = draft.settings.form_of(draft.settings.events[registration.event])
    theirs = email_of(registration.answers, form) or same_address(registration.sender)
    return bool(theirs) and theirs == same_address(draft.context.returned_to)


def _undelivered(draft: DecisionDraft, bounce: Bounce) -> DecisionDraft:
    """Marks whom the mail that came back was for. The address is that to which we sent it: whom the report
    names, anybody can have written."""
    touched = [r for r in draft.context.registrations if r.nr in draft.context.thread]
    if not any(r.event in draft.settings.events and _went_to(draft, r) for r in touched):
        return _of_nobody_listed(draft, bounce)
    for registration in touched:
        event = draft.settings.events.get(registration.event)
        if event is None or registration.bounced or not _went_to(draft, registration):
            continue
        entry = Entry(draft.next_index, Person(), current=registration, mail=False)
        marked = replace(
            entry.settled(Outcome.AUTOMATIC, registration.status, say(Says.NOT_DELIVERED)), bounced=True
        )
        draft = replace(draft, event=event, entries=(*draft.entries, marked)).open_case(
            CaseKind.UNDELIVERED,
            (say(Says.RETURNED, to=draft.context.returned_to, reason=bounce.reason),),
            (Choice.DONE,),
            entry=marked,
        )
    return draft


def _of_nobody_listed(draft: DecisionDraft, bounce: Bounce) -> DecisionDraft:
    """A case about a mail to many that came back and went to nobody who is registered: to a list of hers, or
    to who sent somebody else in. The return of an answer says nothing of whom it was about."""
    context, to = draft.context, draft.context.returned_to
    if not context.returned_subject:
        return draft
    told = say(Says.RETURNED_FROM, subject=context.returned_subject, to=to, reason=bounce.reason)
    event = draft.settings.events.get(context.returned_event)
    draft = replace(draft, event=event).open_case(CaseKind.UNDELIVERED, (told,), (Choice.DONE,))
    key = f"undelivered:{context.returned_event}:{to}:{context.returned_subject}"
    return replace(draft, cases=(*draft.cases[:-1], replace(draft.cases[-1], who=to, key=key)))
