"""Dates as people write them, in every language that they write to us in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mailbot.text.lexicon import MONTHS, WEEKDAYS, either, words_of
from mailbot.text.normalize import plain

_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:ste|de|e|er|\.)?\s+(?P<month>{either(*MONTHS)})\b\.?(?:\s+(?P<year>\d{{4}}))?"
    r"|\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"
    r"|(?<![\d/.])(?P<day2>\d{1,2})\s?[/.-]\s?(?P<month2>\d{1,2})\s?[/.-]\s?(?P<year2>\d{4}|\d{2})\b(?![/.]\d)"
)

_WITHOUT_YEAR = re.compile(r"(\d{1,2}) ?[/-] ?(\d{1,2})\b(?! ?[/.-] ?\d)")

#: The same anywhere in a text, with a stroke alone: "9-12" may be from nine to twelve.
_SHORT = re.compile(r"(?<![\d/.,-])(\d{1,2}) ?/ ?(\d{1,2})\b(?! ?[/.-] ?\d)")

#: Three letters of one, as they are written before a number: "Wed 8", "don. 9".
_SHORTENED = either(*{day[:3] for day in WEEKDAYS})
#: What may stand before a date: "donderdag 5 november", "do. 5/11".
_BEFORE = re.compile(rf"(?:{either(*WEEKDAYS)}|{either(*{day[:2] for day in WEEKDAYS})}|{_SHORTENED})[.,]* ")
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


def without_dates(text: str) -> str:
    """Plain letters without the dates in them."""
    return _DATE.sub(" ", text)


def date_at_start(text: str) -> tuple[date, str] | None:
    """The date with which a text begins, a day of the week before it or not, and what follows it (folded as
    ``plain`` does); None where it begins with none, names a day that does not exist
    or gives no year of four digits."""
    folded = _behind_weekday(text)
    match = _DATE.match(folded)
    # of a year in two digits nobody knows the century: one may be born in it
    if match is None or len(match["year"] or match["y"] or match["year2"] or "") != 4:
        return None
    day = _day(match)
    try:
        return date(day.year, day.month, day.day), folded[match.end() :].strip(" ,")
    except ValueError:
        return None


def day_at_start(text: str) -> tuple[Day, str] | None:
    """As ``date_at_start``, for a day of our time: of this century where the year has two digits, and
    without one ("21/1") where none stands there. The day may be one that does not exist."""
    folded = _behind_weekday(text)
    match = _DATE.match(folded)
    if match:
        return _day(match), folded[match.end() :].strip(" ,")
    short = _WITHOUT_YEAR.match(folded)
    return (Day(int(short[1]), int(short[2])), folded[short.end() :].strip(" ,")) if short else None


def _behind_weekday(text: str) -> str:
    """A text as ``plain`` folds it, without the day of the week before its date."""
    folded = plain(text)
    named = _BEFORE.match(folded)
    return folded[named.end() :] if named else folded


def dates_in(text: str) -> tuple[tuple[Day, int], ...]:
    """All dates in a text, each once, with where it begins in ``plain(text)``."""
    found: dict[Day, int] = {}
    for match in _DATE.finditer(plain(text)):
        day = _day(match)
        if _may_exist(day):
            found.setdefault(day, match.start())
    return tuple(found.items())


def days_in(text: str) -> tuple[Day, ...]:
    """All days in a sender's words: the dates in them, and what may be one without its month in letters and
    without a year ("op 17/12"). A form has numbers of pages that look like that."""
    short = (Day(int(one[1]), int(one[2])) for one in _SHORT.finditer(plain(text)))
    return (*(day for day, _ in dates_in(text)), *(day for day in short if _may_exist(day)))


def bare_days_in(text: str) -> frozenset[int]:
    """The days of a month that a text names without a month ("de 19de kan ik niet"), beside words of who
    comes or does not: no number of an item or of an edition."""
    said = plain(text)
    return frozenset(int(one[1]) for bare in _BARE for one in bare.finditer(said) if 1 <= int(one[1]) <= 31)


_BARE = tuple(re.compile(one) for one in words_of("day", "bare"))


def _may_exist(day: Day) -> bool:
    return 1 <= day.month <= 12 and 1 <= day.day <= 31


def _day(match: re.Match[str]) -> Day:
    """What a match of ``_DATE`` says; month and day may be numbers that no month and day have."""
    day = int(match["day"] or match["d"] or match["day2"])
    month = MONTHS.get(match["month"] or "") or int(match["m"] or match["month2"] or 0)
    year = int(match["year"] or match["y"] or match["year2"] or 0)
    return Day(day, month, year + 2000 if 0 < year < 100 else year)
