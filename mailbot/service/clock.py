"""The clock of the machine."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


def booted(at: datetime) -> datetime:
    """When the machine started, by the clock that says it is ``at`` now."""
    return at - timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME))
