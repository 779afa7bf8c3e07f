"""What stands in columns of hers in rows of Deelnemers that she deleted, so that it comes back with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from mailbot.workbook.base import HerCell, HerCells
from mailbot.workbook.layout import PARTICIPANTS, Layout, folded
from mailbot.workbook.snapshot import Snapshot
from mailbot.workbook.values import plain
from mailbot.xlsx.cell import Content
from mailbot.xlsx.styles import DATE, DATE_TIME, Style
from mailbot.xlsx.worksheet import Worksheet


def of_rows(found: Snapshot, layout: Layout, nrs: Collection[str]) -> dict[str, dict[str, HerCell]]:
    """What stands in the columns of hers, in the rows of these references, as far as they are ``found``. A
    formula is left out: its cells are not those of another row."""
    sheet = found.book.sheet(layout.sheet(PARTICIPANTS)) if found.book else None
    if sheet is None or found.damaged:
        return {}
    columns = list(_columns(sheet, found.header, found.columns.values()))
    return {
        row.nr: {
            name: _kept(cell)
            for name, at in columns
            if not sheet.formula(row.at, at) and (cell := sheet.get(row.at, at)) not in (None, "")
        }
        for row in found.rows
        if row.nr in nrs
    }


def put_back(sheet: Worksheet, header: int, ours: Collection[int], rows: Mapping[int, HerCells]) -> None:
    """Puts cells of hers into ``rows``, by their place, where their columns still are and nothing else
    stands there."""
    columns = {folded(name): at for name, at in _columns(sheet, header, ours)}
    for row, cells in rows.items():
        for name, held in cells.items():
            at = columns.get(folded(name))
            if at is not None and sheet.get(row, at) is None and not sheet.formula(row, at):
                content = datetime.fromisoformat(held[0]) if isinstance(held, list) else held
                sheet.set(row, at, content, _look(content))


def _columns(sheet: Worksheet, header: int, ours: Collection[int]) -> Iterator[tuple[str, int]]:
    """The columns of hers, by header."""
    for at in range(1, sheet.last_column + 1):
        name = "" if at in ours else plain(sheet.get(header, at))
        if name:
            yield name, at


def _kept(cell: Content) -> HerCell:
    if isinstance(cell, date):
        return [cell.isoformat()]
    assert cell is not None
    return cell


def _look(content: Content) -> Style | None:
    if not isinstance(content, datetime):
        return None
    return Style(DATE_TIME if (content.hour, content.minute) != (0, 0) else DATE)
