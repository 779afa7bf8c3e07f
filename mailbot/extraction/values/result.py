"""What reading one answer gave."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.domain.doubt import Reason
from mailbot.domain.submission import Code, Value


@dataclass(frozen=True, slots=True)
class ParsedValue:
    """An answer: its ``value`` (None where left open), and where it is doubted the ``code``, with the
    ``reason`` and ``detail`` as ``Problem`` has them. ``seen`` is what stood there."""

    value: Value | None = None
    code: Code | None = None
    reason: Reason = Reason.UNCLEAR
    seen: str = ""
    detail: str = ""


OPEN_ANSWER = ParsedValue()


def doubted(value: Value | None, code: Code, reason: Reason, seen: str, detail: str = "") -> ParsedValue:
    """An answer with a doubt."""
    return ParsedValue(value, code, reason, seen, detail)
