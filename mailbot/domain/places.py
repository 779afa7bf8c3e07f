"""Who holds a place at an event: what the rules decide by, and what the secretary's overview counts."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailbot.domain.event import Event
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, Statement, say


def completes_in_time(registration: Registration, event: Event, now: datetime) -> bool:
    """Whether an incomplete registration still keeps its arrival at ``now`` (aware)."""
    return now <= completes_by(registration, event)


def completes_by(registration: Registration, event: Event) -> datetime:
    """Until when an incomplete registration keeps its arrival: so many days from our first question, however
    long its mail had waited for a decision before."""
    return (registration.asked_at or registration.arrived) + timedelta(days=event.completion_days)


def holds_place(registration: Registration | None, event: Event, now: datetime) -> bool:
    """Whether a place is kept for it: registered, or incomplete within its time. An incomplete
    one with a ``reason`` came when there was no place to keep."""
    if registration is None:
        return False
    if registration.status is Status.INCOMPLETE:
        return not registration.found_no_place and completes_in_time(registration, event, now)
    return registration.status.is_coming


def why_full(event: Event, organisation: str, taken: int, taken_by: int) -> Statement | None:
    """Why there is no place for one more, where ``taken`` are, and ``taken_by`` of them by the
    ``organisation`` ("" for none); None where there is."""
    allowed = event.per_organisation
    if allowed is not None and organisation and taken_by >= allowed:
        return say(Says.FULL_BODY, count=allowed)
    if event.capacity is not None and taken >= event.capacity:
        return say(Says.FULL, count=event.capacity)
    return None
