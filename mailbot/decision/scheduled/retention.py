"""After the event: sensitive answers are cleared, and the list is proposed for destruction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.config.settings import Settings
from mailbot.decision.scheduled.context import EventSnapshot
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import MAILBOT, Decision, LogLine, Outcome, Result
from mailbot.domain.done import Done
from mailbot.domain.event import Event
from mailbot.domain.registration import Change, Status
from mailbot.domain.statement import Says, say


def retention(snapshot: EventSnapshot) -> Decision | None:
    """Clears what must not be kept ``clear_after_days`` after the event; what is in the list of
    participants only a person may destroy (archive law): that is proposed."""
    event, now = snapshot.event, snapshot.now
    end = event.ends_at(snapshot.settings.zone)
    if end is None or now < end + timedelta(days=event.clear_after_days):
        return None
    results = []
    cleared = snapshot.form.cleared_keys
    for row in snapshot.state.registrations:
        gone = cleared & set(row.answers)
        if not gone and not cleared & {p.field for p in row.doubts} | cleared & {
            c.key for c in row.unsent_changes
        }:
            continue
        kept = {key: value for key, value in row.answers.items() if key not in cleared}
        doubts = tuple(p for p in row.doubts if p.field not in cleared)
        unsent_changes: tuple[Change, ...] = tuple(c for c in row.unsent_changes if c.key not in cleared)
        after = replace(row, answers=kept, doubts=doubts, unsent_changes=unsent_changes)
        results.append(Result(Outcome.UNCHANGED, after, row, mail=False))
    key = f"destroy:{event.id}"
    propose = now >= end + timedelta(days=snapshot.settings.retention.keep_mail_days)
    cases: tuple[Case, ...] = ()
    if propose and snapshot.state.registrations and snapshot.is_new(key):
        says = (say(Says.TO_DESTROY, title=event.title, count=len(snapshot.state.registrations)),)
        case = snapshot.case(CaseKind.DESTROY, key, event.title, says, (Choice.ACCEPT, Choice.REFUSE))
        cases = (case,)
    if not results and not cases:
        return None
    log = (
        (LogLine(MAILBOT, say(Done.SENSITIVE_CLEARED, count=len(results)), event=event.id),)
        if results
        else ()
    )
    return Decision(Outcome.UNCHANGED, event.id, results=tuple(results), cases=cases, log=log, answer=False)


def wants_all(snapshot: EventSnapshot, _: Mapping[Status, int]) -> bool:
    """Once answers are to be cleared."""
    event, end = snapshot.event, snapshot.event.ends_at(snapshot.settings.zone)
    return end is not None and snapshot.now >= end + timedelta(days=event.clear_after_days)


def moments(event: Event, settings: Settings) -> tuple[datetime, ...]:
    """When answers are to be cleared, and when the list is proposed for destruction."""
    end = event.ends_at(settings.zone)
    days = (event.clear_after_days, settings.retention.keep_mail_days)
    return tuple(end + timedelta(days=each) for each in days) if end is not None else ()
