"""What the passing of time, and a change in an event file, bring about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.scheduled.context import Check, EventSnapshot, WantsAll, gathered
from mailbot.decision.scheduled.freed_places import freed_places
from mailbot.decision.scheduled.freed_places import wants_all as of_freed_places
from mailbot.decision.scheduled.incomplete import incomplete
from mailbot.decision.scheduled.obsolete_cases import obsolete_cases
from mailbot.decision.scheduled.obsolete_cases import wants_all as of_obsolete_cases
from mailbot.decision.scheduled.practical import practical
from mailbot.decision.scheduled.reminder import reminder
from mailbot.decision.scheduled.reminder import wants_all as of_reminder
from mailbot.decision.scheduled.replaced import replaced
from mailbot.decision.scheduled.replaced import wants_all as of_replaced
from mailbot.decision.scheduled.rescheduled import rescheduled
from mailbot.decision.scheduled.rescheduled import wants_all as of_rescheduled
from mailbot.decision.scheduled.retention import retention
from mailbot.decision.scheduled.retention import wants_all as of_retention
from mailbot.decision.scheduled.thanks import thanks
from mailbot.decision.scheduled.thanks import wants_all as of_thanks
from mailbot.domain.announcement import EventFacts
from mailbot.domain.decision import Decision, EventState
from mailbot.domain.event import Event
from mailbot.domain.registration import Status

#: All that is watched; each by itself, in this order.
CHECKS: tuple[Check, ...] = (
    obsolete_cases,  # cases that settled themselves
    rescheduled,  # another date or place, or cancelled
    replaced,  # by another event
    reminder,  # a closed list that has not answered
    practical,  # some days before
    thanks,  # afterwards
    incomplete,  # asked, and not answered in time
    freed_places,  # too few, or one that is free
    retention,  # what must no longer be held
)


#: Which of them look at more than a few registrations, and when; one that is not here always may.
_WANTS_ALL: Mapping[Check, WantsAll] = {
    obsolete_cases: of_obsolete_cases,
    rescheduled: of_rescheduled,
    replaced: of_replaced,
    reminder: of_reminder,
    practical: lambda *_: False,  # whether one is registered is seen in the few
    thanks: of_thanks,
    incomplete: lambda *_: False,  # which are all among the few
    freed_places: of_freed_places,
    retention: of_retention,
}


def wants_all(
    event: Event,
    told: EventFacts | None,
    state: EventState,
    counts: Mapping[Status, int],
    settled: frozenset[str],
    settings: Settings,
    now: datetime,
) -> bool:
    """Whether ``decide_scheduled`` may need all registrations of an event, where ``state`` has but few: those
    that are incomplete, those that an open case is about, and one that is registered, if there is any.
    ``counts`` are the numbers of all by status. Reading ten thousand takes a third of a second, and an event
    is looked at after each mail for it."""
    snapshot = EventSnapshot(event, told, state, settled, settings, now)
    return any(check not in _WANTS_ALL or _WANTS_ALL[check](snapshot, counts) for check in CHECKS)


def decide_scheduled(
    event: Event,
    told: EventFacts | None,
    state: EventState,
    settled: frozenset[str],
    settings: Settings,
    now: datetime,
) -> tuple[Decision, ...]:
    """What is due at one event at ``now`` (aware); nothing, where nothing is.

    ``told`` are the facts that people have of it, None where it was never looked at: it then only
    gets them. ``state`` is all the ledger holds of it, its open cases included; ``settled`` are
    the keys of its cases that were closed: what was decided once is not proposed again.
    """
    snapshot = EventSnapshot(event, told, state, settled, settings, now)
    return tuple(d for check in CHECKS if (d := gathered(check(snapshot), snapshot)) is not None)
