"""Dates as people write them, in every language that they write to us in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mailbot.text.lexicon import MONTHS, WEEKDAYS, either
from mailbot.text.normalize import plain

_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:ste|de|e|er|\.)?\s+(?P<month>{either(*MONTHS)})\b\.?(?:\s+(?P<year>\d{{4}}))?"
    r"|\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"
    r"|(?<![\d/.])(?P<day2>\d{1,2})\s?[/.-]\s?(?P<month2>\d{1,2})\s?[/.-]\s?(?P<year2>\d{4}|\d{2})\b(?![/.]\d)"
)


#: Three letters of one, as they are written before a number: "Wed 8", "don. 9".
_SHORTENED = either(*{day[:3] for day in WEEKDAYS})
_DAY_NAMED = re.compile(rf"\b{either(*WEEKDAYS)}\b|^{_SHORTENED}\.? \d{{1,2}}\b")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month; ``year`` is 0 where it was left out."""

    day: int
    month: int
    year: int = 0

    def may_be(self, other: date) -> bool:
        """Whether it may stand for that date: a day without a year may be of any year."""
        return (self.day, self.month) == (other.day, other.month) and self.year in (0, other.year)


def names_a_day(text: str) -> bool:
    """Whether a text says a day of the week or of a month."""
    return bool(_DAY_NAMED.search(plain(text)) or dates_in(text))


def name_any(days: Iterable[Day], dates: Iterable[date]) -> bool:
    """Whether one of the ``days`` that a text names may be one of these ``dates``."""
    known = tuple(dates)
    return any(day.may_be(one) for day in days for one in known)


def dates_in(text: str) -> tuple[tuple[Day, int], ...]:
    """All dates in a text, each once, with where it begins in ``plain(text)``."""
    found: dict[Day, int] = {}
    for match in _DATE.finditer(plain(text)):
        day = int(match["day"] or match["d"] or match["day2"])
        month = MONTHS.get(match["month"] or "") or int(match["m"] or match["month2"] or 0)
        year = int(match["year"] or match["y"] or match["year2"] or 0)
        year += 2000 if 0 < year < 100 else 0
        if 1 <= month <= 12 and 1 <= day <= 31:
            found.setdefault(Day(day, month, year), match.start())
    return tuple(found.items())
