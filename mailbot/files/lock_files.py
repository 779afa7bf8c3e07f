"""The lock files by which Excel and LibreOffice say that somebody has a file open."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from mailbot.domain.file_says import FileSays
from mailbot.domain.statement import Statement, say

STALE = timedelta(hours=12)


def lock(path: Path, now: datetime) -> Statement | None:
    """Who has a file open, by the lock files of Excel and LibreOffice; None for nobody. A lock
    older than 12 hours was left over and does not count."""
    held = [file.name for file, old in locks(path, now) if not old]
    return say(FileSays.WORKBOOK_OPEN, file=held[0]) if held else None


def locks(path: Path, now: datetime) -> list[tuple[Path, bool]]:
    """The lock files there are, and whether each was left over."""
    found = []
    for name in (f"~${path.name}", f".~lock.{path.name}#"):
        file = path.with_name(name)
        try:
            age = now.timestamp() - file.lstat().st_mtime
        except OSError:
            continue
        found.append((file, age >= STALE.total_seconds()))
    return found
