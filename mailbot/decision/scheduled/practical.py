"""Practical information, some days before the event, to those who come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.decision.scheduled.context import EventSnapshot, proposed, stale
from mailbot.domain.announcement import Announcing
from mailbot.domain.decision import Decision


def practical(moment: EventSnapshot) -> Decision | None:
    """Proposes the mail a day ahead; it moves with the date, and waits while people were not told of
    that."""
    event = moment.event
    if not moment.is_told:
        return None
    start = event.starts_at(moment.settings.zone)
    key = f"{Announcing.PRACTICAL}:{event.id}:{moment.news}"
    overtaken = stale(moment, Announcing.PRACTICAL, key)
    wanted = bool(event.practical) and event.practical_days is not None and not moment.off
    if start is None or not wanted or moment.now >= start:
        open_now = moment.open_case(key)
        overtaken = (*overtaken, *((open_now.id,) if open_now else ()))
        return moment.opened(closes=overtaken) if overtaken else None
    due = start - timedelta(days=event.practical_days or 0)
    what = f"Praktische informatie: {event.practical}"
    decision = proposed(moment, Announcing.PRACTICAL, moment.news, due, what)
    if decision is None:
        return moment.opened(closes=overtaken) if overtaken else None
    return replace(decision, closes=(*decision.closes, *overtaken))
