"""The clock of the machine."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)
