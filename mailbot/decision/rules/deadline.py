"""The deadline judges new people only, by the mail server's time (CONTRACT.md, "An event")."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import local
from mailbot.decision.arrival_time import across_deadline, noted
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.giving_place import choices, places
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Note, Outcome
from mailbot.domain.event import Late
from mailbot.domain.places import completes_in_time
from mailbot.domain.registration import Status
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, say

NAME = "uiterste datum"


def deadline(draft: DecisionDraft) -> DecisionDraft:
    """Settles new people who come too late, as the event wants it; marks changes as late."""
    return noted(draft).each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    event, settings, current = draft.event, draft.settings, entry.current
    assert event is not None
    arrived = _arrival(draft, entry)
    entry = replace(entry, arrived=arrived)
    known = current is not None and current.status not in (Status.LATE, Status.INCOMPLETE)
    if known or entry.place_of is not None:
        if not draft.is_late:
            return draft.saw(NAME, Saw.IN_TIME), entry
        draft = draft.saw(NAME, Saw.LATE_BUT_KNOWN)
        return draft, replace(entry, after_deadline=True, notes=(*entry.notes, Note.AFTER_DEADLINE))
    if _was_accepted_late(draft, entry):
        return draft.saw(NAME, Saw.LATE_BUT_KNOWN), replace(entry, after_deadline=True)
    if (both := across_deadline(draft, arrived)) and CaseKind.LATE not in draft.override.waived:
        return _doubted(draft.found(NAME, both), entry, both)
    if not event.is_late(arrived, settings.zone):
        return draft.saw(NAME, Saw.IN_TIME), entry
    return _late(draft, entry)


def _was_accepted_late(draft: DecisionDraft, entry: Entry) -> bool:
    """Whether somebody completes a registration that was too late itself and waits for answers all the same:
    she let them in, since without her word it were "te laat"; who waits because they are late still does."""
    event, current = draft.event, entry.current
    assert event is not None
    if current is None or current.status is not Status.INCOMPLETE:
        return False
    waits = current.reason.code is Says.ARRIVED_WAITS if isinstance(current.reason, Statement) else False
    return not waits and event.is_late(current.arrived, draft.settings.zone)


def _arrival(draft: DecisionDraft, entry: Entry) -> datetime:
    """The arrival that counts: the first one, of who is in or completes their answers in time; of who takes
    a place, that of who leaves it."""
    event, current = draft.event, entry.current
    assert event is not None
    if entry.place_of is not None and entry.arrived is not None:
        return entry.arrived
    if current is not None and current.status is Status.INCOMPLETE:
        keeps = completes_in_time(current, event, draft.received)
    else:
        keeps = current is not None and current.status.is_in
    return current.arrived if keeps and current is not None else entry.arrived or draft.received


def _late(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    """A new person after the deadline, as the event wants it."""
    event, settings = draft.event, draft.settings
    assert event is not None
    when = local(entry.arrived or draft.received, settings.zone).isoformat()
    why = say(Says.ARRIVED_LATE, when=when)
    draft, entry = draft.found(NAME, why), replace(entry, after_deadline=True)
    if draft.override.waived & {CaseKind.LATE, CaseKind.FORWARDED}:
        return draft, entry
    inner = draft.arrival.message.forwarded
    if inner is not None and draft.answered_to is not None:
        # Passed on in words, without headers of its own, it has the hour of its sender's clock.
        sent = local(inner.date, settings.zone) if inner.date and inner.message_id else inner.date
        dated = say(Says.INNER_DATED, sent=sent.isoformat()) if sent else say(Says.INNER_UNDATED)
        draft = draft.open_case(
            CaseKind.FORWARDED,
            (say(Says.PASSED_ON_LATE, by=draft.arrival.message.sender.email, why=why, dated=dated),),
            choices(draft),
            entry=entry,
            payload=places(draft),
        )
        return draft, entry.settled(Outcome.REVIEW, Status.LATE, why)
    if event.late is Late.REFUSE:
        return draft, entry.settled(Outcome.LATE, Status.LATE, why)
    if event.late is Late.WAITLIST:
        return draft, replace(
            entry,
            waits=say(Says.ARRIVED_WAITS, when=when),
        )
    draft = draft.open_case(
        CaseKind.LATE,
        (say(Says.NEW_LATE, why=why), *_late_before(draft, entry)),
        choices(draft),
        entry=entry,
        payload=places(draft),
    )
    return draft, entry.settled(Outcome.REVIEW, Status.LATE, why)


def _late_before(draft: DecisionDraft, entry: Entry) -> tuple[Statement, ...]:
    """That somebody was too late before and was not let in, where nothing of that waits for her any more."""
    current = entry.current
    was_late = current is not None and current.status is Status.LATE
    waits = any(
        current is not None and one.registration == current.nr and one.kind is CaseKind.LATE
        for one in draft.context.open_cases
    )
    return (say(Says.LATE_BEFORE),) if was_late and not waits else ()


def _doubted(draft: DecisionDraft, entry: Entry, both: Statement) -> tuple[DecisionDraft, Entry]:
    """A new person of whom two clocks disagree whether they are in time: a person decides."""
    draft = draft.open_case(
        CaseKind.LATE,
        (say(Says.NEW_PERHAPS_LATE, why=both),),
        (Choice.ACCEPT, Choice.WAITLIST, Choice.REFUSE, Choice.ASK, Choice.DONE),
        entry=entry,
    )
    return draft, entry.settled(Outcome.REVIEW, Status.LATE, both)
