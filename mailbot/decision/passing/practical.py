"""Practical information, some days before the event, to those who come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.decision.passing.frame import Moment, scheduled, stale
from mailbot.model import Announcing, Decision


def practical(moment: Moment) -> Decision | None:
    """Announces the mail a day ahead, then sends it; it moves with the date."""
    event = moment.event
    start = event.starts_at(moment.settings.zone)
    key = f"{Announcing.PRACTICAL}:{event.id}:{moment.version}"
    overtaken = stale(moment, Announcing.PRACTICAL, key)
    wanted = bool(event.practical) and event.practical_days is not None and not moment.off
    if start is None or not wanted or moment.now >= start:
        open_now = moment.open_case(key)
        overtaken = (*overtaken, *((open_now.id,) if open_now else ()))
        return moment.opened(closes=overtaken) if overtaken else None
    due = start - timedelta(days=event.practical_days or 0)
    decision = scheduled(moment, Announcing.PRACTICAL, due, f"Praktische informatie: {event.practical}")
    if decision is None:
        return moment.opened(closes=overtaken) if overtaken else None
    return replace(decision, closes=(*decision.closes, *overtaken))
