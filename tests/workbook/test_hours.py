"""The hours of a meeting, as she types them in ``bijeenkomsten.xlsx``."""

from __future__ import annotations

import tomllib
from datetime import datetime

import pytest

from mailbot.workbook.event_file import applied

_HELD = 'id = "kis"\nstarts = 2026-12-03T14:00:00\nends = 2026-12-03T17:00:00\n'


def moments(**edits: str) -> tuple[datetime, datetime, set[str]]:
    """Begin, end and the keys that are wrong once she typed this."""
    text, wrong = applied(_HELD, "kis", edits, new=False)
    document = tomllib.loads(text)
    return document["starts"], document["ends"], {*wrong}


@pytest.mark.parametrize(
    "typed",
    ["14.30–17.30", "14:30 - 17:30", "14u30 tot 17u30", "3/12/2026 14.30-17.30", "do 3/12, 14u30–17u30"],
)
def test_both_hours_can_be_typed_as_the_begin(typed: str) -> None:
    starts, ends, wrong = moments(starts=typed)
    assert (f"{starts:%d %H:%M}", f"{ends:%d %H:%M}", wrong) == ("03 14:30", "03 17:30", set())


def test_another_day_can_be_typed_with_both_hours() -> None:
    starts, ends, wrong = moments(starts="14-12-2026 14:00 - 16:00")
    assert (f"{starts:%d %H:%M}", f"{ends:%d %H:%M}", wrong) == ("14 14:00", "14 16:00", set())


@pytest.mark.parametrize("typed", ["3/12 - 4/12", "14.30-", "namiddag - 17.30", "14.30-17.30-18.30"])
def test_what_is_no_hour_is_told_and_changes_nothing(typed: str) -> None:
    starts, ends, wrong = moments(starts=typed)
    assert (f"{starts:%H:%M}", f"{ends:%H:%M}", wrong) == ("14:00", "17:00", {"starts"})


def test_an_end_in_its_own_cell_leaves_the_begin_to_one_hour() -> None:
    starts, ends, wrong = moments(starts="14.30-17.30", ends="18.00")
    assert (f"{starts:%H:%M}", f"{ends:%H:%M}", wrong) == ("14:00", "18:00", {"starts"})
