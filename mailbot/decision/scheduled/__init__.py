"""What the passing of time, and a change in an event file, bring about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.scheduled.checks import CHECKS
from mailbot.decision.scheduled.context import EventSnapshot, gathered
from mailbot.domain.announcement import EventFacts
from mailbot.domain.decision import Decision, EventState
from mailbot.domain.event import Event
from mailbot.domain.registration import Status


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
    return any(check.wants_all(snapshot, counts) for check in CHECKS)


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
    return tuple(d for check in CHECKS if (d := gathered(check.finds(snapshot), snapshot)) is not None)
