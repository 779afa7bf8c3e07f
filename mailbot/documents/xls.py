"""Excel 97–2003 workbooks (xls): the cells of the sheets that are shown, as shown."""

from __future__ import annotations

import io
import struct

import olefile
import xlrd
from xlrd.biffh import XL_EOF, XL_FILEPASS
from xlrd.sheet import Cell as XlsCell

from mailbot.documents.content import MOST_BLOCKS, BlockBudget, Content, Protected, Unreadable
from mailbot.documents.number_format import shown
from mailbot.documents.sheet import MOST_COLUMNS, MOST_ROWS, Hidden, sheet_grid
from mailbot.documents.sheet_cell import WHITE, Edge, Place, SheetCell, Shown
from mailbot.domain.document import Block, Location, Span, Table, Unit
from mailbot.domain.noticed import Noticed
from mailbot.domain.statement import say
from mailbot.text.characters import TICKED, UNTICKED

_MOST_BYTES = 30 * 1024 * 1024
#: What each record of a workbook begins with: which one it is, and how many bytes follow.
_HEAD = struct.Struct("<HH")
#: A ground of one colour; the number of a ground that nobody painted; those of white.
_SOLID = 1
_PAPER = 65
_WHITES = (1, 9)


def read(data: bytes, where: Location) -> Content:
    """A grid for each sheet that is shown; a source is "blad Deelnemers, cel B3".

    Raises ``Protected`` for a password, ``Unreadable`` for damage.
    """
    records = _stream(data)
    try:
        book = xlrd.open_workbook(file_contents=records, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if _has_password(records):
            raise Protected("FILEPASS") from error
        raise Unreadable("damaged workbook") from error
    budget = BlockBudget()
    grids = [_grid(book, sheet, budget, where) for sheet in book.sheets() if sheet.visibility == 0]
    blocks: tuple[Block, ...] = tuple(grid for grid in grids if grid)
    is_cut = any(sheet.nrows > MOST_ROWS or sheet.ncols > MOST_COLUMNS for sheet in book.sheets())
    note = say(Noticed.ROWS_CUT, rows=MOST_ROWS, columns=MOST_COLUMNS)
    return Content(blocks, notes=(note,) if is_cut else ())


def _stream(data: bytes) -> bytes:
    """The records of the workbook. olefile takes them out of their container: xlrd's own way
    never ends where a damaged container's sectors run in a circle."""
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        for name in ("Workbook", "Book"):
            if container.exists(name):
                return bytes(container.openstream(name).read(_MOST_BYTES))
    raise Unreadable("no workbook in the container")


def _has_password(records: bytes) -> bool:
    """Whether a FILEPASS record stands in the first substream: the records behind it are encrypted, but for
    their heads (a number and a length, two bytes each)."""
    at = 0
    while at + _HEAD.size <= len(records):
        number, length = _HEAD.unpack_from(records, at)
        if number == XL_EOF:
            return False
        if number == XL_FILEPASS:
            return True
        at += _HEAD.size + length
    return False


def _grid(book: xlrd.Book, sheet: xlrd.sheet.Sheet, budget: BlockBudget, where: Location) -> Table | None:
    cells: dict[Place, SheetCell] = {}
    for row in range(min(sheet.nrows, MOST_ROWS)):
        for column in range(min(sheet.row_len(row), MOST_COLUMNS)):
            cell = sheet.cell(row, column)
            text = _text(book, cell)
            ground, edges = _look(_style(book, cell))
            if text:
                budget.spend()
                runs = sheet.rich_text_runlist_map.get((row, column), [])
                cells[row, column] = SheetCell(_struck(book, cell, text, runs), ground=ground, edges=edges)
            elif (ground or edges) and len(cells) < MOST_BLOCKS:
                cells[row, column] = SheetCell(ground=ground, edges=edges)
    merged = {
        (top, left): (min(bottom - top, 500), min(right - left, MOST_COLUMNS))
        for top, bottom, left, right in sheet.merged_cells[:2_000]
    }
    # A row that a filter hides is not told from one that somebody hid.
    hidden = Hidden(columns=frozenset(n for n, column in sheet.colinfo_map.items() if column.hidden))
    return sheet_grid(cells, merged, where.at(Unit.SHEET, sheet.name), hidden)


def _text(book: xlrd.Book, cell: XlsCell) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return TICKED if cell.value else UNTICKED
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        style = _style(book, cell)
        found = book.format_map.get(style.format_key) if style else None
        return shown(float(cell.value), found.format_str if found else "", book.datemode == 1)
    return ""


def _style(book: xlrd.Book, cell: XlsCell) -> xlrd.formatting.XF | None:
    known = cell.xf_index is not None and cell.xf_index < len(book.xf_list)
    return book.xf_list[cell.xf_index] if known else None


def _look(style: xlrd.formatting.XF | None) -> tuple[str, frozenset[Edge]]:
    """The colour of a cell's ground, as a workbook numbers it, and the sides on which lines are drawn."""
    if style is None:
        return "", frozenset()
    shade = style.background.pattern_colour_index if style.background.fill_pattern == _SOLID else _PAPER
    lines = {
        Edge.TOP: style.border.top_line_style,
        Edge.BOTTOM: style.border.bottom_line_style,
        Edge.LEFT: style.border.left_line_style,
        Edge.RIGHT: style.border.right_line_style,
    }
    ground = "" if shade == _PAPER else WHITE if shade in _WHITES else str(shade)
    return ground, frozenset(edge for edge, line in lines.items() if line)


def _struck(book: xlrd.Book, cell: XlsCell, text: str, runs: list[tuple[int, int]]) -> Shown:
    """The text in spans: ``runs`` say from which character on which font is used."""
    style = _style(book, cell)
    first = style.font_index if style else 0
    starts = [(0, first), *runs[:200]]
    ends = [*(start for start, _ in runs[:200]), len(text)]
    return tuple(
        Span(text[start:end], struck=bool(font < len(book.font_list) and book.font_list[font].struck_out))
        for (start, font), end in zip(starts, ends, strict=True)
    )
