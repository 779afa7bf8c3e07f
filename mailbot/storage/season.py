"""Totals of events that are over. Each registration counts once: as a row for as long as there is one, and in
stored totals from the moment its names are destroyed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from mailbot.config.settings import Settings
from mailbot.domain.event import Event
from mailbot.domain.form import ROLE
from mailbot.domain.registration import Registration, Status
from mailbot.domain.season import ATTENDED, EXCUSED, REGISTERED, WITHDRAWN, Counts, EventTotals
from mailbot.matching.functions import OTHER, kind_of
from mailbot.storage.health import fact, facts, note
from mailbot.storage.schema.tables import registration
from mailbot.storage.serialization import REGISTRATION, TOTALS, to_json
from mailbot.storage.workbooks import all_wanted

_KEPT = "season:"
_STATUS = {Status.REGISTERED: REGISTERED, Status.EXCUSED: EXCUSED, Status.CANCELLED: WITHDRAWN}


def keep(tx: sa.Connection, rows: Iterable[Registration], over: Mapping[str, Event]) -> None:
    """Adds rows whose names are about to be destroyed to the totals of their events, of those that are
    ``over``."""
    by_event: dict[str, list[Registration]] = {}
    for row in rows:
        if row.event in over:
            by_event.setdefault(row.event, []).append(row)
    for event, here in by_event.items():
        whole = _named(_sum(_kept(tx, event), _counted(event, here)), over[event])
        note(tx, f"{_KEPT}{event}", to_json(TOTALS, whole))


def totals(
    tx: sa.Connection, settings: Settings, now: datetime, counted: dict[str, tuple[int, EventTotals]]
) -> tuple[EventTotals, ...]:
    """The totals of every event that is over, the last one last; of one whose file is gone, those kept.
    ``counted`` holds those of its rows, with the state of the ledger that they were counted in: only where
    something changed since they are counted anew."""
    over, wanted = over_at(settings, now), all_wanted(tx)
    kept = {key.removeprefix(_KEPT) for key in facts(tx, _KEPT)}
    found = [_kept(tx, event) for event in kept if event not in settings.events]
    for event in over.values():
        state = wanted.get(event.id, 0)
        if event.id not in counted or counted[event.id][0] != state:
            data = tx.scalars(sa.select(registration.c.data).where(registration.c.event == event.id))
            rows = (REGISTRATION.validate_json(one) for one in data)
            counted[event.id] = (state, _counted(event.id, rows))
        found.append(_named(_sum(_kept(tx, event.id), counted[event.id][1]), event))
    return tuple(sorted(found, key=lambda one: (one.day, one.event)))


def over_at(settings: Settings, now: datetime) -> dict[str, Event]:
    """The events that are over, without those that did not take place: cancelled, or another came for it."""
    held = (one for one in settings.events.values() if not settings.is_off(one))
    return {one.id: one for one in held if one.is_over(now, settings.zone)}


def _named(counted: EventTotals, event: Event) -> EventTotals:
    return replace(counted, title=event.title, day=event.starts.date().isoformat() if event.starts else "")


def _kept(tx: sa.Connection, event: str) -> EventTotals:
    held = fact(tx, f"{_KEPT}{event}")
    return TOTALS.validate_json(held) if held else EventTotals(event)


def _counted(event: str, rows: Iterable[Registration]) -> EventTotals:
    organisations: dict[str, Counter[str]] = {}
    functions: dict[str, Counter[str]] = {}
    for row in rows:
        if row.is_struck:
            continue
        status = [_STATUS[row.status]] if row.status in _STATUS else []
        counted = [*status, *([ATTENDED] if row.was_there else [])]
        if not counted:
            continue
        organisations.setdefault(row.organisation_known or OTHER, Counter()).update(counted)
        functions.setdefault(kind_of(row.text(ROLE)), Counter()).update(counted)
    return EventTotals(event, organisations=organisations, functions=functions)


def _sum(one: EventTotals, other: EventTotals) -> EventTotals:
    return replace(
        one,
        organisations=_added(one.organisations, other.organisations),
        functions=_added(one.functions, other.functions),
    )


def _added(one: Counts, other: Counts) -> Counts:
    names = {**one, **other}
    return {name: dict(Counter(one.get(name, {})) + Counter(other.get(name, {}))) for name in names}
