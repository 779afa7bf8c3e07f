"""One worksheet: cells read and set where they stand, all else in the part left as it is.

ECMA-376 part 1, 18.3. Rows and columns count from 1. What is set keeps the format the cell has;
a format is given only to cells that had none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from textwrap import wrap
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as markup

from lxml import etree

from mailbot.domain.statement import Says
from mailbot.text.characters import TURNING
from mailbot.xlsx.cell_names import boundaries, column_letters, column_number
from mailbot.xlsx.dates import epoch_of, moment_of
from mailbot.xlsx.package import MAIN, DamagedError, drop, parse, q, told_as_damage
from mailbot.xlsx.references import Move
from mailbot.xlsx.rows import PackedRows, TreeRows, split
from mailbot.xlsx.styles import Style

if TYPE_CHECKING:
    from mailbot.xlsx.workbook import Workbook

#: What a cell holds: nothing, text, a number, a yes/no of Excel's own, a date (local time).
Content = str | int | float | bool | date | datetime | None

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_C, _F, _V, _IS, _T = q("c"), q("f"), q("v"), q("is"), q("t")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MOST = 32_767  # characters Excel takes in a cell
#: What of a column's width a line of words may fill where the font is wider than Arial.
_SNUG = 0.9
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


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of mailbot's own (without "="), with the value it has now for previews."""

    text: str
    value: str | float


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
            column = _column(letters) if letters else column + 1
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
        return (number for number, row in self._rows.each(first) if _outermost(row))

    def _extent(self) -> tuple[int, int]:
        if self._last is None:
            rows = {number: _outermost(row) for number, row in self._rows.each()}
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
        return cell is not None and _has_formula(cell)

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
        if _style_of(cell) in self.book.styles.dates:
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
        unshown = isinstance(value, date) and _style_of(cell) not in self.book.styles.dates
        if style is not None and (unshown or not cell.get("s")):
            cell.set("s", str(style))
        if isinstance(value, str) and value and _reworded(cell, value):
            return
        if self._last and value is not None:
            self._last = max(self._last[0], row), max(self._last[1], column)
        elif self._last and (row == self._last[0] or column == self._last[1]) and len(cell):
            self._last = None  # it may have been the outermost one
        _put(cell, value, epoch_of(self.book.from_1904))

    def add(self, rows: Mapping[int, Sequence[tuple[int, Content | Formula, int]]]) -> None:
        """Sets many cells, (column, value, number of the format), in rows most of which are not there yet:
        those are made as text, which is many times faster."""
        new = {at: cells for at, cells in sorted(rows.items()) if at not in self._rows}
        for at in rows.keys() - new.keys():
            for column, value, style in rows[at]:
                self._set(at, column, value, style)
        text = "".join(_row_xml(at, cells, epoch_of(self.book.from_1904)) for at, cells in new.items())
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
        return "" if cell is None else self.book.styles.fill(_style_of(cell))

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
        lines = max((wrapped_lines(text, _SNUG * width) for text, width in texts), default=1)
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


@cache
def _column(letters: str) -> int:
    return column_number(letters.strip("$"))


def _style_of(cell: etree._Element) -> int:
    try:
        return int(cell.get("s") or 0)
    except ValueError:
        raise DamagedError(Says.FILE_DAMAGED) from None


def _has_formula(cell: etree._Element) -> bool:
    return len(cell) > 0 and cell[0].tag == _F


def _reworded(cell: etree._Element, text: str) -> bool:
    """Puts plain text in place of plain text; False where the cell holds anything else."""
    if cell.get("t") != "inlineStr" or len(cell) != 1 or len(cell[0]) != 1 or cell[0][0].tag != _T:
        return False
    cell[0][0].text = escape(text)
    if text != text.strip() or "\n" in text:
        cell[0][0].set(_SPACE, "preserve")
    return True


def _put(cell: etree._Element, value: Content | Formula, epoch: datetime) -> None:
    """Makes a value the only content of a cell, of the type that goes with it."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", "")
    cell.attrib.pop("cm", "")
    cell.attrib.pop("vm", "")
    if isinstance(value, Formula):
        etree.SubElement(cell, _F).text = value.text
        if isinstance(value.value, str):
            cell.set("t", "str")
        etree.SubElement(cell, _V).text = escape(str(value.value))
    elif isinstance(value, bool):
        cell.set("t", "b")
        etree.SubElement(cell, _V).text = str(int(value))
    elif isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, _IS), _T)
        text.text = escape(value)
        if value != value.strip() or "\n" in value:
            text.set(_SPACE, "preserve")
    elif value is not None:
        number = serial(value, epoch) if isinstance(value, date) else value
        etree.SubElement(cell, _V).text = repr(number)


def _row_xml(at: int, cells: Sequence[tuple[int, Content | Formula, int]], epoch: datetime) -> str:
    inside = "".join(
        _cell_xml(f"{_letters(column)}{at}", value, style, epoch) for column, value, style in cells
    )
    return f'<row r="{at}">{inside}</row>'


def _cell_xml(place: str, value: Content | Formula, style: int, epoch: datetime) -> str:
    start = f'<c r="{place}" s="{style}"'
    if value is None:
        return f"{start}/>"
    if isinstance(value, Formula):
        kind = ' t="str"' if isinstance(value.value, str) else ""
        return f"{start}{kind}><f>{_xml(value.text)}</f><v>{_xml(escape(str(value.value)))}</v></c>"
    if isinstance(value, bool):
        return f'{start} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        keep = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
        return f'{start} t="inlineStr"><is><t{keep}>{_xml(escape(value))}</t></is></c>'
    number = serial(value, epoch) if isinstance(value, date) else value
    return f"{start}><v>{number!r}</v></c>"


def _xml(text: str) -> str:
    return markup(text, {"\r": "&#13;"})


@cache
def _letters(column: int) -> str:
    return column_letters(column)


def _filled(cell: etree._Element) -> bool:
    return len(cell) > 0 and any(child.text or len(child) for child in cell)


@told_as_damage()
def _outermost(row: etree._Element) -> int:
    """The last column of a row that holds anything; 0 for none."""
    for place in range(len(row) - 1, -1, -1):
        if _filled(row[place]):
            letters = (row[place].get("r") or "").rstrip("0123456789")
            return _column(letters) if letters else place + 1
    return 0


def rich_text(element: etree._Element) -> str:
    """The plain text of a string item: its runs, without phonetic hints."""
    if len(element) == 1 and element[0].tag == _T:  # plain, as nearly all are
        return unescape(element[0].text or "")
    texts = [child for child in element.iter(_T) if etree.QName(child.getparent()).localname != "rPh"]
    return unescape("".join(text.text or "" for text in texts))


def escape(text: str) -> str:
    """Text as it is written into a cell: nothing in it taken for an escape."""
    clean = legal(text)
    return _ESCAPE.sub(lambda match: f"_x005F{match[0]}", clean) if "_x" in clean else clean


def legal(text: str) -> str:
    """Text that a cell can hold: no characters that XML forbids, not too long."""
    return _ILLEGAL.sub("", TURNING.sub("", text.replace("\r\n", "\n")))[:_MOST]


def unescape(text: str) -> str:
    """Text as Excel shows it (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def serial(moment: date, epoch: datetime) -> int | float:
    """A local date or time as the number of days that Excel counts; right from March 1900 on."""
    if not isinstance(moment, datetime):
        return (moment - epoch.date()).days
    return round((moment - epoch).total_seconds() / 86_400, 10)


def wrapped_lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column of that many characters."""
    most = max(1, int(width))
    return sum(len(wrap(line, most)) if len(line) > most else 1 for line in text.split("\n"))
