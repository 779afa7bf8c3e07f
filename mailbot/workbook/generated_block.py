"""A block of a sheet that mailbot draws again each time; what stands beside or below it is the secretary's.

Where the block lies is kept as a defined name of the sheet, which Excel moves along when she inserts rows
or columns before it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from mailbot.workbook.theme import quoted
from mailbot.xlsx import row_shift
from mailbot.xlsx.cell import Content, Formula
from mailbot.xlsx.cell_names import boundaries, column_letters
from mailbot.xlsx.references import Move
from mailbot.xlsx.styles import Style, Styles
from mailbot.xlsx.worksheet import Worksheet

if TYPE_CHECKING:
    from lxml import etree

_NAME = "mailbot_blok"
_PLAIN = Style()


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A row to draw: values and how they look. ``height`` is in points, 0 for Excel's own."""

    cells: Sequence[Content | Formula] = ()
    styles: Sequence[Style] = field(default=(_PLAIN,))
    height: float = 0

    def style(self, index: int) -> Style:
        """How the cell at ``index`` (from 0) looks; behind the last style, as that."""
        return self.styles[min(index, len(self.styles) - 1)]

    def value(self, index: int) -> Content | Formula:
        """What stands at ``index`` (from 0); None behind the last cell."""
        return self.cells[index] if index < len(self.cells) else None


def origin(sheet: Worksheet) -> tuple[int, int]:
    """The row and column of the block's first cell."""
    found = _place(sheet, _NAME)
    return (found[1], found[0]) if found else (1, 1)


def covers(sheet: Worksheet, row: int, column: int) -> bool:
    """Whether a cell lies in the block."""
    left, top, right, bottom = _place(sheet, _NAME) or (1, 1, 0, 0)
    return left <= column <= right and top <= row <= bottom


def draw(
    sheet: Worksheet,
    lines: Sequence[BlockLine],
    width: int,
    marks: Mapping[str, tuple[int, int]] = MappingProxyType({}),
    before: Sequence[str] = (),
) -> list[str]:
    """Draws the lines, ``width`` columns wide, in place of those drawn before; gives digests of them.

    ``before`` are the digests of the lines that stand there, where nobody touched the sheet since
    they were drawn: those that stay are then left alone. ``marks`` are rows of the block (first
    and last, from 0) that charts draw from; where they moved, the charts follow.
    """
    top, left = origin(sheet)
    old = _place(sheet, _NAME)
    styles = _Styles(sheet.book.styles)
    drawn = [[(left + i, line.value(i), styles.index(line.style(i))) for i in range(width)] for line in lines]
    prints = [
        f"{zlib.crc32(repr((cells, line.height)).encode()):08x}"
        for cells, line in zip(drawn, lines, strict=True)
    ]
    height = old[3] - top + 1 if old else 0
    charts = {name: _drawing_from(sheet, _place(sheet, f"mailbot_{name}")) for name in marks}
    head, tail = _alike(before, prints) if len(before) == height else (0, 0)
    if old:
        _resize(sheet, top, height, len(lines), tail)
    changed = range(head, len(lines) - tail)
    new = [index for index in changed if not sheet.has(top + index)]
    for index in changed:
        if sheet.has(top + index):
            _redraw(sheet, top + index, left, lines[index], width)
    sheet.add({top + index: drawn[index] for index in new})
    for index in new:
        if lines[index].height:
            sheet.height(top + index, lines[index].height)
    _keep(sheet, _NAME, left, top, left + width - 1, top + len(lines) - 1)
    for name, (first_row, last_row) in marks.items():
        _keep(sheet, f"mailbot_{name}", left, top + first_row, left, top + last_row)
        for formula, before_rows, columns in charts[name]:
            formula.text = f"{before_rows}{columns[0]}{top + first_row}:{columns[1]}{top + last_row}"
    return prints


def _resize(sheet: Worksheet, top: int, height: int, wanted: int, tail: int) -> None:
    """Makes a block of ``height`` rows one of as many as are ``wanted``, before the last ones, the ``tail``,
    which stay."""
    if wanted > height:
        row_shift.move_rows(sheet, Move(after=top + height - 1 - tail, count=wanted - height))
    elif wanted < height:
        first = top + wanted - tail
        row_shift.move_rows(sheet, Move(gone=frozenset(range(first, first + height - wanted))))


class _Styles:
    """Formats by identity, since comparing them by value takes longer."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._known: dict[int, int] = {}

    def index(self, style: Style) -> int:
        number = self._known.get(id(style))
        if number is None:
            number = self._known[id(style)] = self._styles.index(style)
        return number


def _alike(before: Sequence[str], now: Sequence[str]) -> tuple[int, int]:
    """How many lines at the start, and how many at the end, are the same."""
    most = min(len(before), len(now))
    head = next((i for i in range(most) if before[i] != now[i]), most)
    tail = next((i for i in range(most - head) if before[-1 - i] != now[-1 - i]), most - head)
    return head, tail


def _redraw(sheet: Worksheet, at: int, left: int, line: BlockLine, width: int) -> None:
    first = line.value(0)
    same = isinstance(first, str) and bool(first) and sheet.get(at, left) == first
    for index in range(width):
        column, value, style = left + index, line.value(index), line.style(index)
        stands = None if sheet.formula(at, column) else sheet.get(at, column)
        if isinstance(value, Formula) or stands != value or value is None:
            sheet.set(at, column, value, style)
        if not same or (stands is None) != (value is None):
            sheet.restyle(at, column, style)  # what says the same keeps the look she gave it
    if line.height:
        sheet.height(at, line.height)
    elif not same:
        sheet.free_height(at)


def _place(sheet: Worksheet, name: str) -> tuple[int, int, int, int] | None:
    cells = sheet.book.defined(name, sheet).rpartition("!")[2].replace("$", "")
    if not re.fullmatch(r"[A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?", cells):  # LibreOffice writes one cell as one
        return None
    first, top, last, bottom = boundaries(cells)
    return (first or 1, top or 1, last or 1, bottom or 1)


def _keep(sheet: Worksheet, name: str, left: int, top: int, right: int, bottom: int) -> None:
    area = f"${column_letters(left)}${top}:${column_letters(right)}${bottom}"
    sheet.book.define(name, sheet, f"{quoted(sheet.title)}!{area}", hidden=True)


def _drawing_from(
    sheet: Worksheet, place: tuple[int, int, int, int] | None
) -> list[tuple[etree._Element, str, tuple[str, str]]]:
    """The formulas of charts that draw from these rows, each with what stands before the cells and the first
    and last column. To be asked before rows move: of a row that goes no reference to it is left."""
    if place is None:
        return []
    one = "?" if place[1] == place[3] else ""
    wanted = re.compile(rf"(\$?[A-Z]+\$?){place[1]}(?::(\$?[A-Z]+\$?){place[3]}){one}")
    package, found = sheet.book.package, []
    for drawing in package.related(sheet.part, "drawing").values():
        for part in package.related(drawing, "chart").values():
            for formula in package.tree(part).iter("{*}f"):
                name, mark, cells = (formula.text or "").rpartition("!")
                same = name.strip("'").replace("''", "'").casefold() == sheet.title.casefold()
                if same and (rows := wanted.fullmatch(cells)):
                    found.append((formula, f"{name}{mark}", (rows[1], rows[2] or rows[1])))
    return found
