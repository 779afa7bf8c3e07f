"""What reading one answer gave."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.domain.submission import Code, Value


@dataclass(frozen=True, slots=True)
class ParsedValue:
    """An answer: its ``value`` (None where left open), and where it is doubted the ``code`` and
    why, in Dutch, as ``Problem.text`` has it. ``seen`` is what stood there."""

    value: Value | None = None
    code: Code | None = None
    text: str = ""
    seen: str = ""


OPEN_ANSWER = ParsedValue()


def doubted(value: Value | None, code: Code, text: str, seen: str) -> ParsedValue:
    """An answer with a doubt."""
    return ParsedValue(value, code, text, seen)
