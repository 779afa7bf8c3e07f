"""Practical information, some days before the event, to those who come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.config.settings import Settings
from mailbot.decision.scheduled.context import A_DAY, EventSnapshot, proposed, withdrawn
from mailbot.domain.announcement import Announcing
from mailbot.domain.decision import Decision
from mailbot.domain.event import Event
from mailbot.domain.mailing import Audience


def practical(snapshot: EventSnapshot) -> Decision | None:
    """Proposes the row a day ahead; it moves with the date, and waits while people were not told of
    that."""
    event = snapshot.event
    if not snapshot.is_told:
        return None
    start = event.starts_at(snapshot.settings.zone)
    wanted = bool(event.practical) and event.practical_days is not None and not snapshot.off
    if start is None or not wanted or snapshot.now >= start:
        return withdrawn(snapshot, Announcing.PRACTICAL)
    obsolete = withdrawn(snapshot, Announcing.PRACTICAL, f"{Announcing.PRACTICAL}:{event.id}:{snapshot.news}")
    if not any(row.status.is_coming for row in snapshot.state.registrations):
        return obsolete
    due = _due(event, start)
    row = proposed(snapshot, Announcing.PRACTICAL, snapshot.news, due, Audience.REGISTERED, event.practical)
    if row is None or obsolete is None:
        return row or obsolete
    return replace(row, mailings=(*obsolete.mailings, *row.mailings), closes=obsolete.closes)


def moments(event: Event, settings: Settings) -> tuple[datetime, ...]:
    """When the time alone changes what is proposed, besides the start."""
    start = event.starts_at(settings.zone)
    return (_due(event, start) - A_DAY,) if start is not None else ()


def _due(event: Event, start: datetime) -> datetime:
    return start - timedelta(days=event.practical_days or 0)
