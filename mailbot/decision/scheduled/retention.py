"""After the event: sensitive answers are cleared, and the list is proposed for destruction."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.config.settings import Settings
from mailbot.decision.scheduled.context import EventSnapshot
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import MAILBOT, Decision, LogLine, Outcome, Result
from mailbot.domain.done import Done
from mailbot.domain.event import Event
from mailbot.domain.form import keys_of_cleared
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, say


def retention(snapshot: EventSnapshot) -> Decision | None:
    """Clears what must not be kept ``clear_after_days`` after the event; what is in the list of
    participants only a person may destroy (archive law): that is proposed."""
    event, now = snapshot.event, snapshot.now
    end = event.ends_at(snapshot.settings.zone)
    if end is None or now < end + timedelta(days=event.clear_after_days):
        return None
    rows = snapshot.state.registrations
    keys = keys_of_cleared(snapshot.settings.cleared_of(event))
    cleared = ((row, _without(row, keys)) for row in rows)
    results = [Result(Outcome.UNCHANGED, after, row, mail=False) for row, after in cleared if after != row]
    key = f"destroy:{event.id}"
    propose = now >= end + timedelta(days=snapshot.settings.retention.keep_mail_days)
    cases: tuple[Case, ...] = ()
    if propose and rows and snapshot.is_new(key):
        says = (say(Says.TO_DESTROY, title=event.title, count=len(rows)),)
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


def _without(row: Registration, keys: Set[str]) -> Registration:
    """The registration without what is held of these fields."""
    return replace(
        row,
        answers={key: value for key, value in row.answers.items() if key not in keys},
        doubts=tuple(one for one in row.doubts if one.field not in keys),
        unsent_changes=tuple(one for one in row.unsent_changes if one.key not in keys),
    )


def wants_all(snapshot: EventSnapshot, _: Mapping[Status, int]) -> bool:
    """Once answers are to be cleared."""
    event, end = snapshot.event, snapshot.event.ends_at(snapshot.settings.zone)
    return end is not None and snapshot.now >= end + timedelta(days=event.clear_after_days)


def moments(event: Event, settings: Settings) -> tuple[datetime, ...]:
    """When answers are to be cleared, and when the list is proposed for destruction."""
    end = event.ends_at(settings.zone)
    days = (event.clear_after_days, settings.retention.keep_mail_days)
    return tuple(end + timedelta(days=each) for each in days) if end is not None else ()
