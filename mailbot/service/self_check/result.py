"""What one check found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from mailbot.config.settings import ConfigurationError
from mailbot.storage import StoreTrouble
from mailbot.transport.connection import MailServerTrouble

#: How far two clocks may lie apart.
CLOCK = timedelta(minutes=2)


class CheckState(StrEnum):
    """How a check ended, as `check --json` says it."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was tried: which check, on what, how it ended, what was seen, what mends it.
    ``status`` is the exit status that a fault asks for: 1 outside, 2 configuration."""

    check: str
    subject: str
    state: CheckState
    says: str
    mend: str = ""
    status: int = 0


def ok(check: str, subject: str, says: str) -> Checked:
    """Something that is as it should be."""
    return Checked(check, subject, CheckState.OK, says)


def warning(check: str, subject: str, says: str, mend: str) -> Checked:
    """Something that mailbot runs with, and that is hardly meant."""
    return Checked(check, subject, CheckState.WARNING, says, mend)


def outside(check: str, subject: str, says: str, mend: str) -> Checked:
    """Something outside that does not work now."""
    return Checked(check, subject, CheckState.FAULT, says, mend, 1)


def misconfigured(check: str, subject: str, says: str, mend: str) -> Checked:
    """Something in the configuration that cannot work."""
    return Checked(check, subject, CheckState.FAULT, says, mend, 2)


def of_error(check: str, subject: str, error: Exception) -> Checked:
    """The fault that an error of mailbot's own kinds stands for."""
    match error:
        case MailServerTrouble():
            where = "" if error.where == subject else f"{error.where}: "
            return outside(check, subject, f"{where}{error.what}", error.mend)
        case StoreTrouble():
            return outside(check, subject, str(error), "")
        case ConfigurationError():
            return misconfigured(check, subject, error.said, error.mend)
    raise error
