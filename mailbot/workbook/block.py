"""A piece of a sheet that mailbot draws anew each time; what stands beside or below it is hers.

Where the piece lies is kept as a name of the sheet, which moves along when she puts rows or
columns before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils.cell import get_column_letter, range_boundaries

from mailbot.workbook import moving
from mailbot.workbook.look import quoted
from mailbot.workbook.references import Move
from mailbot.workbook.sheet import Content, Formula, Sheet
from mailbot.workbook.styles import Style

_NAME = "mailbot_blok"
_PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Line:
    """A row to draw: values and how they look. ``height`` is in points, 0 for Excel's own."""

    cells: Sequence[Content | Formula] = ()
    styles: Sequence[Style] = field(default=(_PLAIN,))
    height: float = 0

    def style(self, index: int) -> Style:
        """How the cell at ``index`` looks; the last style goes on."""
        return self.styles[min(index, len(self.styles) - 1)]


def origin(sheet: Sheet) -> tuple[int, int]:
    """The row and column of the block's first cell."""
    found = _place(sheet, _NAME)
    return (found[1], found[0]) if found else (1, 1)


def draw(sheet: Sheet, lines: Sequence[Line], width: int, marks: Mapping[str, tuple[int, int]]) -> None:
    """Draws the lines, ``width`` columns wide, in place of those drawn before.

    ``marks`` are rows of the block (first and last, from 0) that charts draw from; where they
    moved, the charts follow.
    """
    top, left = origin(sheet)
    old = _place(sheet, _NAME)
    if old:
        height = old[3] - top + 1
        if len(lines) > height:
            moving.move_rows(sheet, Move(after=old[3], count=len(lines) - height))
        elif len(lines) < height:
            moving.move_rows(sheet, Move(gone=frozenset(range(top + len(lines), old[3] + 1))))
    styles = sheet.book.styles
    known: dict[int, int] = {}
    for at, line in enumerate(lines, start=top):
        first = line.cells[0] if line.cells else None
        same = isinstance(first, str) and bool(first) and sheet.get(at, left) == first
        for index in range(width):
            value = line.cells[index] if index < len(line.cells) else None
            look = line.style(index)
            style = known.get(id(look))
            if style is None:  # telling a format by what it is takes longer than by which it is
                style = known[id(look)] = styles.index(look)
            stands = None if sheet.formula(at, left + index) else sheet.get(at, left + index)
            if isinstance(value, Formula) or stands != value or value is None:
                sheet.set(at, left + index, value, style)
            if not same:  # a row that says the same keeps the look she gave it
                sheet.restyle(at, left + index, style)
        if line.height:
            sheet.height(at, line.height)
        elif not same:
            sheet.free_height(at)
    _keep(sheet, _NAME, left, top, left + width - 1, top + len(lines) - 1)
    for name, (first_row, last_row) in marks.items():
        before = _place(sheet, f"mailbot_{name}")
        _keep(sheet, f"mailbot_{name}", left, top + first_row, left, top + last_row)
        if before:
            _follow(sheet, (before[1], before[3]), (top + first_row, top + last_row))


def _place(sheet: Sheet, name: str) -> tuple[int, int, int, int] | None:
    cells = sheet.book.defined(name, sheet).rpartition("!")[2].replace("$", "")
    if not re.fullmatch(r"[A-Z]+[0-9]+:[A-Z]+[0-9]+", cells):
        return None
    first, top, last, bottom = range_boundaries(cells)
    return (first or 1, top or 1, last or 1, bottom or 1)


def _keep(sheet: Sheet, name: str, left: int, top: int, right: int, bottom: int) -> None:
    area = f"${get_column_letter(left)}${top}:${get_column_letter(right)}${bottom}"
    sheet.book.define(name, sheet, f"{quoted(sheet.title)}!{area}", hidden=True)


def _follow(sheet: Sheet, old: tuple[int, int], new: tuple[int, int]) -> None:
    """Charts that drew from the old rows draw from the new ones."""
    package = sheet.book.package
    wanted = re.compile(rf"(\$?[A-Z]+\$?){old[0]}:(\$?[A-Z]+\$?){old[1]}$")
    for drawing in package.related(sheet.part, "drawing").values():
        for part in package.related(drawing, "chart").values():
            for formula in package.tree(part).iter("{*}f"):
                name, mark, cells = (formula.text or "").rpartition("!")
                if name.strip("'").replace("''", "'").casefold() == sheet.title.casefold():
                    moved = wanted.sub(rf"\g<1>{new[0]}:\g<2>{new[1]}", cells)
                    formula.text = f"{name}{mark}{moved}"
