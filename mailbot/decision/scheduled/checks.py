"""All that is watched at an event as time passes: one file each, and here their order."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.decision.scheduled import (
    freed_places,
    incomplete,
    obsolete_cases,
    practical,
    reminder,
    replaced,
    rescheduled,
    retention,
    thanks,
)
from mailbot.decision.scheduled.context import Check, EventSnapshot
from mailbot.domain.registration import Status


def _few_are_enough(_snapshot: EventSnapshot, _counts: Mapping[Status, int]) -> bool:
    """What such a check looks at is always among the few: who is incomplete, and one who is registered."""
    return False


CHECKS: tuple[Check, ...] = (
    # cases that settled themselves
    Check(obsolete_cases.obsolete_cases, obsolete_cases.wants_all),
    # another date or place, or cancelled
    Check(rescheduled.rescheduled, rescheduled.wants_all),
    # by another event
    Check(replaced.replaced, replaced.wants_all),
    # a closed list that has not answered
    Check(reminder.reminder, reminder.wants_all, reminder.moments),
    # some days before
    Check(practical.practical, _few_are_enough, practical.moments),
    # afterwards
    Check(thanks.thanks, thanks.wants_all, thanks.moments),
    # asked, and not answered in time
    Check(incomplete.incomplete, _few_are_enough),
    # too few, or one that is free
    Check(freed_places.freed_places, freed_places.wants_all),
    # what must no longer be held
    Check(retention.retention, retention.wants_all, retention.moments),
)
