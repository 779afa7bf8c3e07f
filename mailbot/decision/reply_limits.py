"""Whether a decision is answered, and whether the secretary hears of it at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.decision.draft import DecisionDraft
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Note, Outcome
from mailbot.domain.event import Calendar
from mailbot.matching.names import email_of

NAME = "antwoord"

#: Outcomes that only who mailed hears of, if anybody.
_SENDER_ONLY = frozenset({Outcome.REVIEW, Outcome.INCOMPLETE, Outcome.UNCHANGED, Outcome.AUTOMATIC})


def limited(draft: DecisionDraft) -> DecisionDraft:
    """Takes the answer away from bulk mail and from who had too many today (a loop of two
    machines ends here); the last answer of the day says that it is the last. Whom a mail is about
    hears of it all the same, until too many did."""
    limits, known = draft.settings.limits, draft.known
    if draft.arrival.message.no_answer:
        return replace(draft, answer=False).find(NAME, f"geen: {draft.arrival.message.no_answer}")
    if draft.ruling.waived:
        return draft.find(NAME, "het secretariaat besliste")
    others = _to_others(draft)
    if others and known.drawn_today and known.drawn_today + others > limits.mails_to_others:
        return _told_nobody(draft).find(NAME, f"geen: al {known.drawn_today} mails aan anderen")
    if known.answered_today >= limits.answers_per_sender:
        return replace(draft, to_sender=False).find(NAME, f"geen: al {known.answered_today} vandaag")
    if known.answered_in_thread >= limits.answers_per_thread:
        return replace(draft, to_sender=False).find(
            NAME, f"geen: al {known.answered_in_thread} in dit gesprek"
        )
    if draft.answer and known.answered_today == limits.answers_per_sender - 1:
        entries = tuple(replace(e, notes=(*e.notes, Note.LAST_ANSWER)) for e in draft.entries)
        return replace(draft, entries=entries, last_answer=True).find(NAME, "het laatste van vandaag")
    return draft.find(NAME, "mag" if draft.answer else "geen")


def _to_others(draft: DecisionDraft) -> int:
    """How many mails to others than who mailed may follow: to each person word and a calendar entry,
    and the answer itself where it goes elsewhere."""
    message = draft.arrival.message
    sender = message.sender.email.lower()
    answered = draft.answered_to or message.reply_to or message.sender
    people = [e for e in draft.entries if e.outcome not in _SENDER_ONLY and e.mail]
    own = [email_of(entry.answers, draft.form) for entry in people]
    invites = draft.event is not None and draft.event.calendar is Calendar.INVITE and draft.event.starts
    each = 2 if invites else 1
    return each * sum(bool(one) and one != sender for one in own) + (answered.email.lower() != sender)


def _told_nobody(draft: DecisionDraft) -> DecisionDraft:
    """Without an answer; where something is noted that nobody hears of, she does, once a day."""
    draft = replace(draft, answer=False)
    if not any(entry.status for entry in draft.entries):
        return draft
    draft = draft.open_case(
        CaseKind.UNCLEAR,
        f"Door mails van {draft.sender.email}, of over dezelfde adressen, gingen vandaag al "
        f"{draft.known.drawn_today} mails naar anderen. Wat nog volgt wordt genoteerd, maar niemand hoort "
        "het: is dit in orde?",
        (Choice.DONE,),
    )
    told = replace(draft.cases[-1], key=f"drawn:{draft.sender.email.lower()}:{draft.received:%Y%m%d}")
    return replace(draft, cases=(*draft.cases[:-1], told))


def is_near(draft: DecisionDraft) -> bool:
    """Whether the event starts within a day, so that every change is told at once."""
    start = draft.event.starts_at(draft.settings.zone) if draft.event else None
    return start is not None and start - timedelta(hours=24) <= draft.now < start
