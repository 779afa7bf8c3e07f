"""One worksheet: cells read and set where they stand, all else in the part left as it is.

ECMA-376 part 1, 18.3. Rows and columns count from 1. What is set keeps the format the cell has;
a format is given only to cells that had none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from lxml import etree

from mailbot.xlsx.cell import (
    Content,
    Formula,
    column_of,
    format_of,
    has_formula,
    outermost,
    put,
    reworded,
    rich_text,
    row_as_text,
    unescape,
    wrapped_lines,
)
from mailbot.xlsx.cell_names import boundaries, column_letters
from mailbot.xlsx.dates import epoch_of, moment_of
from mailbot.xlsx.package import MAIN, drop, parse, q, told_as_damage
from mailbot.xlsx.references import Move
from mailbot.xlsx.rows import PackedRows, TreeRows, split
from mailbot.xlsx.styles import Style

if TYPE_CHECKING:
    from mailbot.xlsx.workbook import Workbook


_C, _V, _IS = q("c"), q("v"), q("is")
LAST_ROW = 1_048_576
#: Elements of a worksheet in the order the schema wants them.
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations",
    "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
    "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
    "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip


class Worksheet:
    """The cells of one worksheet part of a package."""

    def __init__(self, book: Workbook, part: str, title: str) -> None:
        self.book, self.part, self.title = book, part, title
        self.root = book.package.tree(part, split)
        self._rows = self._found_rows()
        self._indexed: dict[int, dict[int, etree._Element]] = {}
        self._read: tuple[int, dict[int, etree._Element]] = 0, {}
        self._end = max(self._rows, default=0)
        self._last: tuple[int, int] | None = None

    @told_as_damage()
    def _found_rows(self) -> TreeRows | PackedRows:
        packed = self.book.package.apart(self.part)
        return packed if isinstance(packed, PackedRows) else TreeRows(self.ensure("sheetData"))

    def let_go(self) -> None:
        """Forgets its cells, which are then held by the package alone."""
        self._rows, self._indexed, self._read = TreeRows(etree.Element(q("sheetData"))), {}, (0, {})

    def _cells(self, number: int) -> dict[int, etree._Element]:
        """The cells of a row by column; looked at once."""
        cells = self._indexed.get(number)
        if cells is None and number not in self._rows:
            return {}
        if cells is None and self._rows.keeps(number):
            cells = self._indexed[number] = self._by_column(self._rows.glance(number))
        if cells is None:
            if self._read[0] != number:
                self._read = number, self._by_column(self._rows.glance(number))
            cells = self._read[1]
        return cells

    @told_as_damage()
    def _by_column(self, row: etree._Element) -> dict[int, etree._Element]:
        cells: dict[int, etree._Element] = {}
        column = 0
        for cell in row:
            letters = (cell.get("r") or "").rstrip("0123456789")
            column = column_of(letters) if letters else column + 1
            cells[column] = cell
        return cells

    # ------------------------------------------------------------ reading

    @property
    def last_row(self) -> int:
        """The last row with content in any cell; 0 for an empty sheet."""
        return self._extent()[0]

    @property
    def last_column(self) -> int:
        """The last column with content in any cell; 0 for an empty sheet."""
        return self._extent()[1]

    def filled(self, first: int) -> Iterator[int]:
        """The rows from ``first`` on with content in any cell, in order. A cell in the last of a
        million rows makes no more of them."""
        return (number for number, row in self._rows.each(first) if outermost(row))

    def _extent(self) -> tuple[int, int]:
        if self._last is None:
            rows = {number: outermost(row) for number, row in self._rows.each()}
            self._last = max((r for r, c in rows.items() if c), default=0), max(rows.values(), default=0)
        return self._last

    def get(self, row: int, column: int) -> Content:
        """What stands in a cell; of a formula the value it had when the file was saved."""
        cell = self._cells(row).get(column)
        return None if cell is None else self._value(cell)

    def column(self, column: int, first: int) -> Iterator[tuple[int, Content]]:
        """What stands in a column from row ``first`` on, row by row, without a look at the others."""
        letters = column_letters(column)
        for number, row in self._rows.each(first):
            place = f"{letters}{number}"
            cell = next((cell for cell in row if cell.get("r") == place), None)
            yield number, None if cell is None else self._value(cell)

    def formula(self, row: int, column: int) -> bool:
        """Whether a formula stands in the cell."""
        cell = self._cells(row).get(column)
        return cell is not None and has_formula(cell)

    def _value(self, cell: etree._Element) -> Content:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = next(cell.iterchildren(_IS), None)
            return "" if inline is None else rich_text(inline)
        raw = cell.findtext(_V)
        if raw is None:
            return None
        if kind == "s":
            index = int(raw) if raw.isdecimal() else -1
            return self.book.strings[index] if 0 <= index < len(self.book.strings) else None
        if kind in ("str", "d"):
            return unescape(raw)
        if kind == "b":
            return raw.strip() in ("1", "true")
        return None if kind == "e" else self._number(cell, raw)

    def _number(self, cell: etree._Element, raw: str) -> Content:
        """A number as its format shows it: a moment, or a number without a point where it is whole."""
        try:
            number = float(raw)
        except ValueError:
            return None
        if format_of(cell) in self.book.styles.dates:
            try:
                moment = moment_of(number, from_1904=self.book.from_1904)
            except (ValueError, OverflowError):
                return number
            return number if moment is None else moment
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    @told_as_damage()
    def covered(self) -> set[tuple[int, int]]:
        """The cells that merged ones hide: all but the first of each merged range."""
        hidden: set[tuple[int, int]] = set()
        for element in self.root.iter(q("mergeCell")):
            first, top, last, bottom = boundaries(element.get("ref") or "A1")
            if top and first and bottom and last and (bottom - top + 1) * (last - first + 1) < 100_000:
                cells = ((r, c) for r in range(top, bottom + 1) for c in range(first, last + 1))
                hidden |= {cell for cell in cells if cell != (top, first)}
        return hidden

    def split(self, columns: set[int]) -> None:
        """Splits merged cells that hide cells of these columns."""
        for element in list(self.root.iter(q("mergeCell"))):
            first, _, last, bottom = boundaries(element.get("ref") or "A1")
            if any((first or 1) <= column <= (last or 1) for column in columns) and (bottom or 1) > 1:
                drop(element)

    def has(self, row: int) -> bool:
        """Whether there is such a row, be it an empty one."""
        return row in self._rows

    # ------------------------------------------------------------ setting

    def set(self, row: int, column: int, value: Content | Formula, style: Style | None = None) -> None:
        """Puts a value into a cell. ``style`` is for a cell that has no format of its own, or one that shows
        a moment as a mere number."""
        self._set(row, column, value, None if style is None else self.book.styles.index(style))

    def _set(self, row: int, column: int, value: Content | Formula, style: int | None) -> None:
        cell = self._cell(row, column)
        unshown = isinstance(value, date) and format_of(cell) not in self.book.styles.dates
        if style is not None and (unshown or not cell.get("s")):
            cell.set("s", str(style))
        if isinstance(value, str) and value and reworded(cell, value):
            return
        if self._last and value is not None:
            self._last = max(self._last[0], row), max(self._last[1], column)
        elif self._last and (row == self._last[0] or column == self._last[1]) and len(cell):
            self._last = None  # it may have been the outermost one
        put(cell, value, epoch_of(self.book.from_1904))

    def add(self, rows: Mapping[int, Sequence[tuple[int, Content | Formula, int]]]) -> None:
        """Sets many cells, (column, value, number of the format), in rows most of which are not there yet:
        those are made as text, which is many times faster."""
        new = {at: cells for at, cells in sorted(rows.items()) if at not in self._rows}
        for at in rows.keys() - new.keys():
            for column, value, style in rows[at]:
                self._set(at, column, value, style)
        text = "".join(row_as_text(at, cells, epoch_of(self.book.from_1904)) for at, cells in new.items())
        for at, row in zip(new, list(parse(f'<x xmlns="{MAIN}">{text}</x>'.encode())), strict=True):
            self._rows.put(at, row)
            self._end = max(self._end, at)
        if new:
            self._grown()
        self._last = None

    def style(self, row: int, column: int, style: Style) -> None:
        """Gives a cell a format if it has none."""
        cell, number = self._cell(row, column), self.book.styles.index(style)
        if not cell.get("s"):
            cell.set("s", str(number))

    def fill(self, row: int, column: int) -> str:
        """The colour that a cell is filled with, as RRGGBB; empty for none."""
        cell = self._cells(row).get(column)
        return "" if cell is None else self.book.styles.fill(format_of(cell))

    def restyle(self, row: int, column: int, style: Style) -> None:
        """Gives a cell a format in place of the one it has."""
        self._cell(row, column).set("s", str(self.book.styles.index(style)))

    def height(self, row: int, points: float) -> None:
        """Sets a row's height, in points."""
        element = self._row(row)
        element.set("ht", f"{points:g}")
        element.set("customHeight", "1")

    def fit(self, row: int, texts: Iterable[tuple[str, float]], *, grow: bool = False) -> None:
        """Makes a row high enough for wrapped texts in columns of these widths (in characters).
        Excel and LibreOffice fit it exactly as soon as someone types in it. One that somebody, or a program
        that saved it, gave a height keeps that, but where it is to ``grow`` it does if it is too low."""
        element = self._row(row)
        lines = max((wrapped_lines(text, width) for text, width in texts), default=1)
        wanted = 3 + 13 * min(lines, 31)
        kept = element.get("customHeight") in ("1", "true")  # LibreOffice says "false" of every other row
        if not kept or (grow and float(element.get("ht", 0)) < wanted):
            element.set("ht", f"{wanted}")

    def free_height(self, row: int) -> None:
        """Lets Excel choose a row's height again."""
        for name in ("ht", "customHeight"):
            self._row(row).attrib.pop(name, "")

    def _row(self, number: int) -> etree._Element:
        if number not in self._rows:
            self._rows.put(number, etree.Element(q("row"), r=str(number)))
            self._end = max(self._end, number)
        self._read = 0, {}  # it may be another element from now on
        return self._rows[number]

    def _cell(self, row: int, column: int) -> etree._Element:
        element = self._row(row)
        cells = self._cells(row)
        if column not in cells:
            cell = etree.Element(_C, r=f"{column_letters(column)}{row}")
            later = min((c for c in cells if c > column), default=None)
            if later is None:
                element.append(cell)
            else:
                cells[later].addprevious(cell)
            cells[column] = cell
            element.attrib.pop("spans", "")  # an optimisation hint that would now be wrong
            self._grown()
        return cells[column]

    def _grown(self) -> None:
        """Takes out how far the cells reach, which a program wrote that saved the file: readers that go by it
        would not see what came since."""
        if (reach := self.root.find(q("dimension"))) is not None:
            self.root.remove(reach)

    def move(self, move: Move) -> None:
        """Moves the cells themselves; ``row_shift.move_rows`` also moves all that refers to them."""
        room = LAST_ROW  # what stands at the very bottom stays there: Excel knows no row below it
        places: dict[int, int | None] = {}
        for number in sorted(self._rows, reverse=True):
            place = places[number] = move.row(number)
            if place is not None:
                places[number] = min(place, room)
                room = min(place, room) - 1
        self._rows.move(places)
        self._indexed, self._read, self._last = {}, (0, {}), None
        self._end = max(self._rows, default=0)

    # ------------------------------------------------------------ the parts around the cells

    def section(self, name: str) -> etree._Element | None:
        """An element of the worksheet beside its cells, or None."""
        return self.root.find(q(name))

    def ensure(self, name: str) -> etree._Element:
        """An element of the worksheet, made where it was missing."""
        found = self.root.find(q(name))
        if found is None:
            found = etree.Element(q(name))
            self.put(found)
        return found

    def put(self, element: etree._Element) -> None:
        """Puts an element where the schema wants it, after others of its name."""
        place = ORDER.index(etree.QName(element).localname)
        for child in self.root:
            name = etree.QName(child).localname
            if name in ORDER and ORDER.index(name) > place:
                child.addprevious(element)
                return
        self.root.append(element)
