"""Spreadsheets of LibreOffice and its like (ods): the text of each cell as it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from lxml import etree

from mailbot.documents.content import BlockBudget, Content
from mailbot.documents.markup import local
from mailbot.documents.odf import OdfStyles, count, opened, value
from mailbot.documents.odt_line import OdtLine
from mailbot.documents.sheet import MOST_COLUMNS, MOST_ROWS, Hidden, sheet_grid
from mailbot.documents.sheet_cell import Place, SheetCell, Shown
from mailbot.domain.document import Block, Location, Span, Table, Unit
from mailbot.text.characters import TICKED, UNTICKED

_HIDDEN = "collapse"  # a row that a filter hides is "filter"
_MOST_PAINTED = 50  # cells side by side or below each other; more are a ground, and no mark
_FAR = 10_000_000  # rows and columns are counted, however many are claimed


def read(data: bytes, where: Location) -> Content:
    """A grid for each sheet that is shown; a source is "blad Deelnemers, cel B3".

    Raises ``Unreadable`` or one of its kinds.
    """
    content, furniture = opened(data)
    styles = OdfStyles(furniture, content)
    budget = BlockBudget()
    blocks: list[Block] = []
    for table in (element for element in content.iter() if local(element) == "table"):
        if value(table, "style-name") not in styles.hidden_tables:
            grid = _grid(table, styles, budget, where)
            blocks += [grid] if grid else []
    return Content(tuple(blocks))


def _grid(table: etree._Element, styles: OdfStyles, budget: BlockBudget, where: Location) -> Table | None:
    cells: dict[Place, SheetCell] = {}
    merged: dict[Place, tuple[int, int]] = {}
    hidden_rows: set[int] = set()
    number = 0
    for row in (element for element in table.iter() if local(element) == "table-row"):
        repeated = count(row, "number-rows-repeated", _FAR)
        rows = range(number, min(number + repeated, MOST_ROWS))
        if value(row, "visibility") == _HIDDEN:
            hidden_rows.update(rows)
        column = 0
        for element in (one for one in row if local(one) in _CELLS):
            budget.spend()
            again = count(element, "number-columns-repeated", _FAR)
            columns = range(column, min(column + again, MOST_COLUMNS))
            cell = _cell(element, styles, few=again * repeated <= _MOST_PAINTED)
            if cell is not None:
                for place in product(rows, columns):
                    budget.spend()
                    cells[place] = cell
            wide = count(element, "number-columns-spanned", MOST_COLUMNS)
            high = count(element, "number-rows-spanned", 500)
            if (wide > 1 or high > 1) and rows and columns:
                merged[number, column] = (high, wide)
            column += again
        number += repeated
    hidden = Hidden(frozenset(hidden_rows), frozenset(_hidden_columns(table)))
    return sheet_grid(cells, merged, where.at(Unit.SHEET, value(table, "name")), hidden)


def _cell(element: etree._Element, styles: OdfStyles, *, few: bool) -> SheetCell | None:
    """What a cell shows and how it looks, which is asked of a ``few`` alike only; None for nothing."""
    shown = _shown(element, styles) if len(element) or value(element, "value-type") else ()
    ground, edges = styles.cell_look(value(element, "style-name")) if few else ("", frozenset())
    cell = SheetCell(shown, ground=ground, edges=edges, computed=bool(value(element, "formula")))
    return cell if cell != SheetCell() else None


_CELLS = frozenset({"table-cell", "covered-table-cell"})


def _hidden_columns(table: etree._Element) -> Iterator[int]:
    number = 0
    for column in (element for element in table.iter() if local(element) == "table-column"):
        after = number + count(column, "number-columns-repeated", _FAR)
        if value(column, "visibility") == _HIDDEN:
            yield from range(number, min(after, MOST_COLUMNS))
        number = after


def _shown(cell: etree._Element, styles: OdfStyles) -> Shown:
    if value(cell, "value-type") == "boolean":
        return (Span(TICKED if value(cell, "boolean-value") == "true" else UNTICKED),)
    struck = bool(styles.struck("table-cell", value(cell, "style-name")))
    spans: list[Span] = []
    for paragraph in cell:
        if local(paragraph) == "p":
            line = OdtLine(styles, {})
            line.read(paragraph, struck)
            spans += [Span("\n"), *line.spans] if spans else line.spans
    return tuple(spans)
