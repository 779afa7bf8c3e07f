"""When the time alone may bring something about at an event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from mailbot.config.settings import Settings
from mailbot.decision.scheduled.checks import CHECKS
from mailbot.domain.decision import EventState
from mailbot.domain.event import Event
from mailbot.domain.places import completes_by
from mailbot.domain.registration import Status

#: However far off the next known moment is, should a check forget one of its own.
AT_LEAST = timedelta(hours=1)


def next_look(event: Event, state: EventState, settings: Settings, now: datetime) -> datetime:
    """Until when ``decide_scheduled`` gives at any time what it gives at ``now`` (aware), where ``state``
    does not change. ``now`` itself where a moment is just there: some checks ask for what is past."""
    coming = (one for one in _moments(event, state, settings) if one >= now)
    return min((*coming, now + AT_LEAST))


def _moments(event: Event, state: EventState, settings: Settings) -> Iterator[datetime]:
    for one in filter(None, (event, settings.successor_of(event))):
        yield from filter(None, (one.starts_at(settings.zone), one.ends_at(settings.zone)))
    for check in CHECKS:
        yield from check.moments(event, settings)
    for row in state.registrations:
        if row.status is Status.INCOMPLETE:
            yield completes_by(row, event)
