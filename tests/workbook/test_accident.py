"""When a workbook cannot be the secretary's own work: the bounds, from both sides."""

from __future__ import annotations

import pytest

from mailbot.domain.file_says import FileSays
from mailbot.domain.statement import Statement, say
from mailbot.workbook.base import Base
from mailbot.workbook.merge import accident
from mailbot.workbook.snapshot import Snapshot, SnapshotRow


def what_is_told(known: int, left: int) -> Statement | None:
    """What is told where ``left`` of ``known`` rows stand there yet."""
    names = [f"INS-{number:04d}" for number in range(known)]
    base = Base(number=5, rows={name: {} for name in names})
    rows = tuple(SnapshotRow(at, name, {}) for at, name in enumerate(names[:left], start=2))
    return accident(base, Snapshot(number=5, rows=rows))


@pytest.mark.parametrize(("known", "left"), [(3, 0), (20, 17), (41, 37), (1_000, 901)])
def test_three_rows_or_less_than_a_tenth_may_be_deleted_at_once(known: int, left: int) -> None:
    assert what_is_told(known, left) is None


@pytest.mark.parametrize(("known", "left"), [(4, 0), (20, 16), (40, 36), (1_000, 900)])
def test_more_than_three_rows_and_a_tenth_at_once_are_an_accident(known: int, left: int) -> None:
    assert what_is_told(known, left) == say(FileSays.ROWS_GONE, missing=known - left, known=known)


def test_a_file_of_another_write_is_none_of_hers() -> None:
    assert accident(Base(number=5), Snapshot(number=6)) == say(FileSays.UNKNOWN_VERSION)
