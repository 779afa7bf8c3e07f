"""A calendar's answer to our invitation (RFC 5546): declining withdraws, and a person has a look. Who did
not decline themselves is told at once.

The UID of an entry can be guessed, and an invitation can be passed on: only the invited address itself,
or who answers for it and has to do with the registration, withdraws. Words beside the answer are read
like any others.
"""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.access import Right, access
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.unclear import by_her_reading, review
from mailbot.domain.case import KNOWN, CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.message import CalendarReply
from mailbot.domain.registration import Registration, Status
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, Told, say
from mailbot.domain.submission import Intent, Person
from mailbot.matching.names import email_of

NAME = "agenda-antwoord"

#: Words beside a decline that say another thing than not coming. Where they let somebody come in the place
#: and are understood by half, a person decides: the place would be given away.
_OTHERWISE = (Intent.REGISTER, Intent.RESTORE, Intent.SUBSTITUTE)
#: What somebody did who wrote something with it.
_DID = {
    "ACCEPTED": Says.WROTE_ACCEPTING,
    "TENTATIVE": Says.WROTE_TENTATIVE,
    "DECLINED": Says.WROTE_DECLINING,
}


def calendar_decline(draft: DecisionDraft) -> DecisionDraft:
    """Withdraws the registration whose invitation was declined, and shows the secretary what was
    written with an answer; every other calendar answer is automatic mail."""
    reply = draft.arrival.message.calendar_reply
    if reply is None:
        return draft.saw(NAME, Saw.NO_CALENDAR_ANSWER)
    known = [uid for uid in (reply.uid, *reply.others) if uid in draft.context.calendar_uids]
    nr = draft.context.calendar_uids[known[0]] if known else ""
    registration = next((r for r in draft.context.registrations if r.nr == nr), None)
    event = draft.settings.events.get(registration.event) if registration else None
    if registration is None or event is None:
        if reply.words and not draft.arrival.message.automatic:
            return draft.saw(NAME, Saw.INVITATION_OF_OTHERS)
        return _nothing(draft, reply.partstat)
    about = replace(draft.submission, nrs=(registration.nr,))
    draft = replace(draft, event=event, submission=about)
    if reply.others:  # an answer to each, of which one would be carried out
        return review(draft, NAME, say(Says.SEVERAL_INVITATIONS, who=reply.attendee))
    if reply.partstat == "DELEGATED":
        passed_on = say(Says.PASSED_INVITATION_ON, who=reply.attendee, to=reply.delegated_to)
        return review(draft, NAME, passed_on)
    if reply.partstat == "COUNTER":
        return review(draft, NAME, say(Says.OTHER_MOMENT, who=reply.attendee))
    if reply.partstat == "DECLINED":
        return _declined(draft, reply, registration)
    return _written(draft, reply) if _says_something(draft) else _nothing(draft, reply.partstat)


def _declined(draft: DecisionDraft, reply: CalendarReply, registration: Registration) -> DecisionDraft:
    agreed = CaseKind.UNRELATED in draft.override.waived
    by_themselves = draft.sender.email.lower() == email_of(registration.answers, draft.form)
    entry = Entry(0, Person(), current=registration, mail=agreed or not by_themselves)
    if not registration.status.is_expected:
        if _says_something(draft):
            return _written(draft, reply)
        return _nothing(draft, say(Saw.DECLINED_AND_OUT, nr=registration.nr, status=str(registration.status)))
    if not agreed and not _is_theirs(draft, reply, registration):
        return _asked(draft, entry, reply)
    if draft.submission.intent in _OTHERWISE and by_her_reading(draft):
        return draft.saw(NAME, Saw.DECLINED_WITH_SUBSTITUTE)
    if not agreed and (draft.submission.intent in _OTHERWISE or draft.submission.replaces):
        if draft.submission.intent is Intent.SUBSTITUTE and not draft.arrival.message.automatic:
            return draft.saw(NAME, Saw.DECLINED_WITH_SUBSTITUTE)
        return _written(draft, reply)
    entry = entry.settled(Outcome.CANCELLED, Status.CANCELLED, say(Says.ENTRY_DECLINED))
    draft = replace(draft, entries=(entry,))
    if not agreed:
        draft = _told(draft, entry, reply)
    draft = replace(draft, to_sender=False)  # a calendar's answer is answered by nothing
    return draft.saw(NAME, Saw.DECLINED_ITS_INVITATION, nr=registration.nr).settle(
        Outcome.CANCELLED, answer=entry.mail
    )


def _nothing(draft: DecisionDraft, why: Told) -> DecisionDraft:
    return draft.saw(NAME, Saw.NOTHING_FOLLOWS, why=why).settle(Outcome.AUTOMATIC, answer=False)


def _says_something(draft: DecisionDraft) -> bool:
    """Whether words stand beside the answer that are more than thanks or a yes."""
    submission = draft.submission
    said_more = submission.intent not in (Intent.THANKS, Intent.CONFIRM) or submission.question
    return bool(submission.words.strip() and said_more)


def _written(draft: DecisionDraft, reply: CalendarReply) -> DecisionDraft:
    kind = CaseKind.QUESTION if draft.submission.question.strip() else CaseKind.UNCLEAR
    return review(draft, NAME, say(_DID.get(reply.partstat, Says.WROTE_TO_CALENDAR)), kind)


def _told(draft: DecisionDraft, entry: Entry, reply: CalendarReply) -> DecisionDraft:
    return draft.open_case(
        CaseKind.CALENDAR_DECLINE,
        (
            say(Says.INVITATION_DECLINED, who=_by_whom(draft, reply)),
            *_beside(reply),
            say(Says.STAYS_OUT_OR_RETURNS),
        ),
        (Choice.ACCEPT, Choice.REGISTER, Choice.DONE),
        entry=entry,
    )


def _beside(reply: CalendarReply) -> tuple[Statement, ...]:
    return (say(Says.WRITTEN_BESIDE, words=reply.words),) if reply.words else ()


def _is_theirs(draft: DecisionDraft, reply: CalendarReply, registration: Registration) -> bool:
    """Whether who declined is who was invited, or answers for them and may decline in their name."""
    if reply.attendee.lower() != email_of(registration.answers, draft.form):
        return False
    may, sender = access(draft, registration), draft.sender.email.lower()
    return may.may(Right.DECLINE_FOR if sender == reply.sent_by.lower() else Right.DECLINE)


def _by_whom(draft: DecisionDraft, reply: CalendarReply) -> str | Statement:
    """Who declined, and who sent that where it is another."""
    sender, attendee = draft.sender.email, reply.attendee
    same = sender.lower() == attendee.lower()
    return sender if same else say(Says.SENT_FOR, attendee=attendee, sender=sender)


def _asked(draft: DecisionDraft, entry: Entry, reply: CalendarReply) -> DecisionDraft:
    by = _by_whom(draft, reply)
    return (
        draft.saw(NAME, Saw.DECLINED_BY_OTHER, by=draft.sender.email)
        .open_case(
            CaseKind.UNRELATED,
            (say(Says.INVITATION_DECLINED_BY_OTHER, whose=draft.who(entry), by=by), *_beside(reply)),
            (Choice.ACCEPT, Choice.REFUSE, Choice.DONE),
            entry=entry,
            payload={KNOWN: "ja"} if entry.current and access(draft, entry.current).known else {},
        )
        .settle(Outcome.REVIEW, answer=False)
    )
