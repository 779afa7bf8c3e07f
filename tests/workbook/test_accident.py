"""How many rows may be gone at once before it is taken for an accident."""

from __future__ import annotations

import pytest

from mailbot.workbook.base import Base
from mailbot.workbook.merge import accident
from mailbot.workbook.snapshot import Snapshot, SnapshotRow


@pytest.mark.parametrize(
    ("gone", "of", "is_accident"),
    [(3, 3, False), (3, 12, False), (4, 12, True), (4, 40, True), (4, 41, False), (12, 120, True)],
)
def test_an_accident_is_more_than_three_rows_and_a_tenth_of_the_sheet(
    gone: int, of: int, is_accident: bool
) -> None:
    base = Base(number=7, rows={f"INS-{nr:04d}": {} for nr in range(of)})
    left = tuple(SnapshotRow(at, nr, {}) for at, nr in enumerate(list(base.rows)[gone:], start=2))
    assert bool(accident(base, Snapshot(number=7, rows=left))) is is_accident
