"""Practical information, some days before the event, to those who come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.decision.scheduled.context import EventSnapshot, proposed, stale
from mailbot.domain.announcement import Announcing
from mailbot.domain.decision import Decision


def practical(snapshot: EventSnapshot) -> Decision | None:
    """Proposes the mail a day ahead; it moves with the date, and waits while people were not told of
    that."""
    event = snapshot.event
    if not snapshot.is_told:
        return None
    start = event.starts_at(snapshot.settings.zone)
    key = f"{Announcing.PRACTICAL}:{event.id}:{snapshot.news}"
    overtaken = stale(snapshot, Announcing.PRACTICAL, key)
    wanted = bool(event.practical) and event.practical_days is not None and not snapshot.off
    if start is None or not wanted or snapshot.now >= start:
        open_now = snapshot.open_case(key)
        overtaken = (*overtaken, *((open_now.id,) if open_now else ()))
        return snapshot.opened(closes=overtaken) if overtaken else None
    due = start - timedelta(days=event.practical_days or 0)
    what = f"Praktische informatie: {event.practical}"
    decision = proposed(snapshot, Announcing.PRACTICAL, snapshot.news, due, what)
    if decision is None:
        return snapshot.opened(closes=overtaken) if overtaken else None
    return replace(decision, closes=(*decision.closes, *overtaken))
