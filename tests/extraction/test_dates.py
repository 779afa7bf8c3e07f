"""Days as people write them, and which dates they may be."""

from __future__ import annotations

from datetime import date

import pytest

from mailbot.text.dates import Day, dates_in, name_any

MEETING = date(2026, 12, 3)


@pytest.mark.parametrize(
    "written",
    [
        "3 december 2026",
        "3 dec. 2026",
        "3 décembre 2026",
        "3 december",
        "3/12/2026",
        "3-12-26",
        "3.12.26",
        "2026-12-03",
    ],
)
def test_a_day_in_any_writing_may_be_that_date(written: str) -> None:
    ((day, _),) = dates_in(f"op {written} om 14 uur")
    assert day.may_be(MEETING)


@pytest.mark.parametrize("written", ["3 december 2025", "3/12/25", "2027-12-03", "4 december", "12/3/2026"])
def test_another_year_or_day_is_another_date(written: str) -> None:
    ((day, _),) = dates_in(f"op {written} om 14 uur")
    assert not day.may_be(MEETING)


@pytest.mark.parametrize("written", ["32/12/2026", "3/13/2026", "1.2.3.4", "050/12 34 56", "2026"])
def test_what_is_no_day_is_none(written: str) -> None:
    assert dates_in(written) == ()


def test_each_day_is_told_once_with_where_it_begins() -> None:
    assert dates_in("Op 3 december, ja 3 december, of 4/12") == ((Day(3, 12), 3),)
    assert dates_in("Op 3 december of 4/12/2026") == ((Day(3, 12), 3), (Day(4, 12, 2026), 17))


def test_one_of_several_days_is_enough() -> None:
    days = (Day(1, 12), Day(3, 12))
    assert name_any(days, (MEETING,))
    assert not name_any(days, (date(2026, 12, 4),))
    assert not name_any((), (MEETING,))
