"""Excel workbooks (xlsx, xlsm; ECMA-376): the cells of the sheets that are shown, as shown.

Sheets are streamed from their XML, within bounds on rows and columns: a single cell at
XFD1048576 makes libraries build the whole sheet, and they do not tell a formula that was
never calculated from an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from lxml import etree

from mailbot.documents.archive import Archive
from mailbot.documents.content import BlockBudget, Content
from mailbot.documents.markup import local, parse
from mailbot.documents.number_format import shown
from mailbot.documents.part_relations import relations
from mailbot.documents.sheet import MOST_COLUMNS, MOST_ROWS, Hidden, column_number, sheet_grid
from mailbot.documents.sheet_cell import WHITE, Edge, Place, SheetCell, Shown
from mailbot.documents.xlsx_drawing import texts, ticks
from mailbot.documents.xlsx_lists import offered
from mailbot.domain.document import Block, Location, Paragraph, Span, Table, Unit
from mailbot.domain.noticed import Noticed
from mailbot.domain.statement import Statement, say
from mailbot.text.characters import TICKED, UNTICKED

_T = TypeVar("_T")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

# The number formats that a workbook does not spell out (18.8.30); 14 and 22 follow the country.
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "d/m/yyyy", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
}  # fmt: skip


#: White in the colours that a workbook numbers, and the ground of a window.
_WHITE = frozenset({"1", "9", "65"})


@dataclass(frozen=True, slots=True)
class _Style:
    """How a cell looks: its number format, whether it stays open in a locked sheet, struck out, bold,
    on a ground of which colour, and with lines on which of its sides."""

    code: str = ""
    unlocked: bool = False
    struck: bool = False
    bold: bool = False
    ground: str = ""
    edges: frozenset[Edge] = frozenset()


_PLAIN = _Style()


def read(data: bytes, where: Location) -> Content:
    """A grid for each sheet that is shown; a source is "blad Deelnemers, cel B3".

    A formula without a stored result is empty, and a note says so. Raises ``Unreadable`` or
    one of its kinds.
    """
    archive = Archive(data)
    book_path = next(
        (path for kind, path in relations(archive, "") if kind == "officeDocument"), "xl/workbook.xml"
    )
    book = parse(archive.read(book_path))
    paths = dict(relations(archive, book_path, by_id=True))
    by_kind = dict(relations(archive, book_path))
    sheets = [
        (element, element.get("name", ""), paths.get(_relation(element), ""))
        for element in book.iter()
        if local(element) == "sheet"
    ]
    workbook = _Workbook(archive, book, by_kind, {name: path for _, name, path in sheets})
    blocks: list[Block] = []
    for sheet, name, path in sheets:
        if sheet.get("state", "visible") == "visible" and path in archive.names and "chartsheet" not in path:
            grid = workbook.grid(parse(archive.read(path)), name, where, ticks(archive, path))
            blocks += [grid] if grid else []
            place = where.at(Unit.SHEET, name).at(Unit.BOX)
            blocks += [Paragraph((Span(line),), place) for line in texts(archive, path)]
    return Content(
        tuple(blocks),
        notes=tuple(workbook.notes),
        macros=archive.has_macros,
        uncalculated=workbook.uncalculated,
    )


def _relation(sheet: etree._Element) -> str:
    return sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or ""


class _Workbook:
    """What sheets share: texts, formats, the calendar, and the notes gathered on the way."""

    def __init__(
        self, archive: Archive, book: etree._Element, by_kind: dict[str, str], sheets: Mapping[str, str]
    ) -> None:
        self._archive, self._sheets = archive, sheets
        self._read: dict[str, Mapping[Place, str]] = {}
        self._names = {
            element.get("name", ""): element.text or ""
            for element in book.iter()
            if local(element) == "definedName"
        }
        self.notes: list[Statement] = []
        self.uncalculated = False
        self._budget = BlockBudget()
        self._since_1904 = any(
            element.get("date1904") in ("1", "true")
            for element in book.iter()
            if local(element) == "workbookPr"
        )
        strings = by_kind.get("sharedStrings", "")
        self._strings = (
            [_spans(item) for item in parse(archive.read(strings))] if strings in archive.names else []
        )
        styles = by_kind.get("styles", "")
        self._styles = _styles(parse(archive.read(styles))) if styles in archive.names else []

    def grid(
        self, sheet: etree._Element, name: str, where: Location, ticks: Mapping[tuple[int, int], str]
    ) -> Table | None:
        """The grid of one sheet, ``ticks`` (by row and column) put into the cells they stand on;
        and notes of what could not be shown."""
        place = where.at(Unit.SHEET, name)
        cells, without_value, cut = self._cells(sheet)
        if without_value:
            self.uncalculated = True
            self.notes.append(say(Noticed.FORMULA_EMPTY, sheet=name))
        if cut:
            self.notes.append(say(Noticed.SHEET_CUT, sheet=name, rows=MOST_ROWS, columns=MOST_COLUMNS))
        lists = offered(sheet, name, self._names, self._texts)
        for at, tick in ticks.items():
            if _is_near(*at):
                before = cells.get(at, SheetCell())
                shown = (*before.spans, Span(f" {tick}" if before.spans else tick))
                cells[at] = replace(before, spans=shown)
        return sheet_grid(cells, _merged(sheet), place, _hidden(sheet), lists)

    def _texts(self, name: str) -> Mapping[Place, str]:
        """What the cells of a sheet say, shown or not; nothing where there is no such sheet."""
        path = self._sheets.get(name, "")
        if name not in self._read:
            cells = self._cells(parse(self._archive.read(path)))[0] if path in self._archive.names else {}
            said = {at: "".join(span.text for span in cell.spans) for at, cell in cells.items()}
            self._read[name] = said
        return self._read[name]

    def _cells(self, sheet: etree._Element) -> tuple[dict[Place, SheetCell], bool, bool]:
        """The cells of a sheet by their place; and whether some have no value yet, or stand too far away."""
        cells: dict[Place, SheetCell] = {}
        is_locked = any(_is_on(element, "sheet") for element in sheet if local(element) == "sheetProtection")
        without_value = cut = False
        for row, row_element in _rows(sheet):
            column = -1
            for cell in row_element:
                column = _column(cell.get("r", ""), column + 1)
                self._budget.spend()
                if not _is_near(row, column):
                    cut = True
                    continue
                spans, is_lost = self._shown(cell)
                without_value = without_value or is_lost
                style = self._style(cell)
                if style.struck:
                    spans = tuple(replace(span, struck=True) for span in spans)
                is_open = is_locked and style.unlocked
                is_formula = any(local(child) == "f" for child in cell)
                cells[row, column] = SheetCell(
                    spans, is_open, style.bold, style.ground, style.edges, is_formula
                )
        return cells, without_value, cut

    def _shown(self, cell: etree._Element) -> tuple[Shown, bool]:
        """What a cell shows, and whether it is a formula without a result."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return next((_spans(child) for child in cell if local(child) == "is"), ()), False
        value = next((child.text or "" for child in cell if local(child) == "v"), None)
        if not value:
            return (), any(local(child) == "f" for child in cell) and kind != "str"
        if kind == "s":
            index = int(value) if value.isdecimal() else -1
            return (self._strings[index] if 0 <= index < len(self._strings) else ()), False
        if kind == "b":
            return (Span(TICKED if value.strip() in ("1", "true") else UNTICKED),), False
        if kind == "e":
            return (), True
        return (Span(self._formatted(value, self._style(cell).code) if kind == "n" else value),), False

    def _style(self, cell: etree._Element) -> _Style:
        index = _number(cell.get("s", "0"), 0)
        return self._styles[index] if index < len(self._styles) else _PLAIN

    def _formatted(self, value: str, code: str) -> str:
        try:
            return shown(float(value), code, self._since_1904)
        except ValueError:
            return value


def _styles(root: etree._Element) -> list[_Style]:
    """The styles that cells name by number."""
    codes = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in root.iter()
        if local(element) == "numFmt"
    }
    fonts = [(_is_on_in(font, "strike"), _is_on_in(font, "b")) for font in _inside(root, "fonts")]
    grounds = [_ground(fill) for fill in _inside(root, "fills")]
    borders = [_edges(border) for border in _inside(root, "borders")]
    styles: list[_Style] = []
    for style in _inside(root, "cellXfs"):
        number, font = style.get("numFmtId", "0"), _number(style.get("fontId", "0"), 0)
        struck, bold = fonts[font] if font < len(fonts) else (False, False)
        protections = (child for child in style if local(child) == "protection")
        styles.append(
            _Style(
                codes.get(number, _BUILT_IN.get(_number(number, 0), "")),
                any(child.get("locked") in ("0", "false") for child in protections),
                struck,
                bold,
                _nth(grounds, style.get("fillId", "0"), ""),
                _nth(borders, style.get("borderId", "0"), frozenset()),
            )
        )
    return styles


def _inside(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    """What stands in the parts of a sheet or style sheet that have one of these names."""
    return (child for part in root if local(part) in names for child in part)


def _number(text: str, otherwise: int) -> int:
    """A number as a file writes it; ``otherwise`` for what is none, or too large to be meant."""
    return int(text) if text.isdecimal() and len(text) < 8 else otherwise


def _nth(looks: Sequence[_T], number: str, otherwise: _T) -> _T:
    index = _number(number, len(looks))
    return looks[index] if index < len(looks) else otherwise


def _ground(fill: etree._Element) -> str:
    """The one colour of a fill, as a workbook names it; the first two of a workbook are none and a grey that
    no cell has."""
    solid = [child for child in fill if child.get("patternType") == "solid"]
    if not solid:
        return ""
    shades = [shade for child in solid for shade in child if local(shade) == "fgColor"]
    is_white = any(
        shade.get("rgb", "").upper() in ("FFFFFFFF", "00FFFFFF")
        or shade.get("theme") == "0"
        or shade.get("indexed") in _WHITE
        for shade in shades
    )
    return WHITE if is_white else str([sorted(shade.items()) for shade in shades])


#: How a workbook calls the sides of a cell; a sheet that is read from right to left names them otherwise.
_SIDES = {
    "top": Edge.TOP,
    "bottom": Edge.BOTTOM,
    "left": Edge.LEFT,
    "start": Edge.LEFT,
    "right": Edge.RIGHT,
    "end": Edge.RIGHT,
}


def _edges(border: etree._Element) -> frozenset[Edge]:
    """The sides on which a border draws a line."""
    drawn = (side for side in border if side.get("style", "none") != "none")
    return frozenset(_SIDES[local(side)] for side in drawn if local(side) in _SIDES)


def _is_on_in(looks: Iterable[etree._Element], name: str) -> bool:
    """Whether a font is struck out ("strike") or bold ("b")."""
    return any(local(look) == name and look.get("val", "1") not in ("0", "false") for look in looks)


def _spans(item: etree._Element) -> Shown:
    """A string with the runs of its own format; pronunciation marks are no text."""
    spans: list[Span] = []
    for piece in item:
        if local(piece) == "t":
            spans.append(Span(piece.text or ""))
        elif local(piece) == "r":
            looks = [look for child in piece if local(child) == "rPr" for look in child]
            text = "".join(child.text or "" for child in piece if local(child) == "t")
            lined = any(local(look) == "u" and look.get("val") != "none" for look in looks)
            struck, bold = _is_on_in(looks, "strike"), _is_on_in(looks, "b")
            spans.append(Span(text, struck=struck, underlined=lined, bold=bold))
    return tuple(spans)


def _rows(sheet: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The rows, each with its index; one without a number stands below the one before it."""
    row = -1
    for element in _inside(sheet, "sheetData"):
        if local(element) == "row":
            row = _number(element.get("r", ""), row + 2) - 1
            yield row, element


def _hidden(sheet: etree._Element) -> Hidden:
    """What is hidden; rows that a filter hides are people whom somebody only did not look at."""
    columns: set[int] = set()
    for element in _inside(sheet, "cols"):
        first, last = element.get("min", ""), element.get("max", "")
        if _is_on(element, "hidden") and first.isdecimal() and last.isdecimal():
            columns.update(range(int(first) - 1, min(int(last), MOST_COLUMNS)))
    filters = (part for part in sheet if local(part) in ("cols", "sheetPr", "autoFilter"))
    is_filtered = any(_is_on(p, "filterMode") or (local(p) == "autoFilter" and len(p)) for p in filters)
    rows = () if is_filtered else (row for row, element in _rows(sheet) if _is_on(element, "hidden"))
    return Hidden(frozenset(rows), frozenset(columns))


def _is_on(element: etree._Element, name: str) -> bool:
    return element.get(name) in ("1", "true")


def _merged(sheet: etree._Element) -> dict[tuple[int, int], tuple[int, int]]:
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for element in _inside(sheet, "mergeCells"):
        ends = _REFERENCE.findall(element.get("ref", ""))
        if len(ends) == 2 and len(merged) < 2_000:
            (left, top), (right, bottom) = ((column_number(name), int(row) - 1) for name, row in ends)
            if _is_near(top, left):
                high, wide = (
                    min(bottom - top + 1, MOST_ROWS - top),
                    min(right - left + 1, MOST_COLUMNS - left),
                )
                merged[top, left] = (max(1, min(high, 500)), max(1, wide))
    return merged


def _is_near(row: int, column: int) -> bool:
    """Whether a cell is one of those that are read."""
    return row < MOST_ROWS and column < MOST_COLUMNS


def _column(reference: str, otherwise: int) -> int:
    found = _REFERENCE.fullmatch(reference)
    return column_number(found[1]) if found else otherwise
