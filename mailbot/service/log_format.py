"""How log lines look: text for people, or JSON for who collects them; with the priority that the
journal understands (sd-daemon(3)) where it is the journal that reads."""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime
from typing import TextIO

#: syslog's levels, as the journal takes them before a line, the gravest first: <3> is an error.
_PRIORITY = {logging.CRITICAL: 2, logging.ERROR: 3, logging.WARNING: 4, logging.INFO: 6}
TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
#: Without the time: the journal has its own.
JOURNAL = "%(levelname)s %(name)s: %(message)s"


class TextFormatter(logging.Formatter):
    """Lines for people. Under the journal each line of a message carries its priority, since the
    journal takes every line for itself."""

    def __init__(self, *, journal: bool) -> None:
        super().__init__(JOURNAL if journal else TEXT)
        self._journal = journal

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        if not self._journal:
            return text
        return "\n".join(f"<{_priority(record)}>{line}" for line in text.splitlines() or [""])


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and error where there is a traceback."""

    def __init__(self, *, journal: bool) -> None:
        super().__init__()
        self._journal = journal

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        line = json.dumps(said, ensure_ascii=False)
        return f"<{_priority(record)}>{line}" if self._journal else line


def _priority(record: logging.LogRecord) -> int:
    return next((number for level, number in _PRIORITY.items() if record.levelno >= level), 7)


def to_journal(stream: TextIO) -> bool:
    """Whether a stream leads to the journal: systemd names the device and inode that it made."""
    device, _, inode = os.environ.get("JOURNAL_STREAM", "").partition(":")
    try:
        found = os.fstat(stream.fileno())
    except (OSError, ValueError):  # io.UnsupportedOperation is both
        return False
    return (device, inode) == (str(found.st_dev), str(found.st_ino))


def use(form: str, stream: TextIO | None = None) -> None:
    """Lets every handler of the root logger that writes to a stream write in this form, "text" or "json"."""
    stream = stream or sys.stderr
    kind = JsonFormatter if form == "json" else TextFormatter
    formatter = kind(journal=to_journal(stream))
    for handler in logging.getLogger().handlers:
        if type(handler) is logging.StreamHandler:
            handler.setFormatter(formatter)
