"""A list that mailbot and the secretary both write in: a row of headers, and a row for each thing it lists.
Columns are known by their key, wherever they stand; between and beside them there may be columns of hers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from mailbot.domain.statement import Statement
from mailbot.wording import as_told
from mailbot.workbook import theme
from mailbot.workbook.layout import folded
from mailbot.workbook.values import plain
from mailbot.xlsx import row_shift
from mailbot.xlsx.cell import Content
from mailbot.xlsx.references import Move
from mailbot.xlsx.styles import TEXT, Style
from mailbot.xlsx.worksheet import Worksheet

#: The column that says what is wrong in a row.
PROBLEM = "problem"
WRONG = Style(TEXT, border="b", wrap=True, colour="8F3A26")
_RED = "F8D7D3"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list. What has no column in the list is empty, and is not set."""

    sheet: Worksheet
    at: int
    columns: Mapping[str, int]

    def get(self, key: str) -> Content:
        """What stands in a cell."""
        return self.sheet.get(self.at, self.columns[key]) if key in self.columns else None

    def text(self, key: str) -> str:
        """What stands in a cell, as she reads it."""
        return plain(self.get(key))

    def set(self, key: str, content: Content, style: Style | None = None) -> None:
        """Puts a value into a cell; one without a format of its own gets ``style``."""
        if key in self.columns:
            self.sheet.set(self.at, self.columns[key], content, style)

    def style(self, key: str, style: Style) -> None:
        """Gives a cell a format if it has none."""
        if key in self.columns:
            self.sheet.style(self.at, self.columns[key], style)

    def restyle(self, key: str, style: Style) -> None:
        """Gives a cell a format in place of the one it has."""
        if key in self.columns:
            self.sheet.restyle(self.at, self.columns[key], style)


def lay_out(
    sheet: Worksheet, headers: Sequence[str], widths: Sequence[float], *, frozen: int = 0, height: float = 34
) -> None:
    """The headers of a new list, in the first row, and its columns; the first ``frozen`` stay in sight.
    ``widths`` are in characters, ``height`` that of the header in points."""
    for index, header in enumerate(headers, start=1):
        sheet.set(1, index, header, theme.HEADER)
    theme.columns(sheet, widths)
    sheet.height(1, height)
    theme.view(sheet, freeze_rows=1, freeze_columns=frozen)


def with_headers(
    sheet: Worksheet, at: int, found: Mapping[str, int], headers: Mapping[str, str]
) -> dict[str, int]:
    """The column of each header, which says again what it said at first. Those that are not ``found`` come
    back behind the others. ``at`` is the row of the headers."""
    columns = dict(found)
    for key, header in headers.items():
        if key not in columns:
            columns[key] = sheet.last_column + 1
        if folded(plain(sheet.get(at, columns[key]))) != folded(header):
            sheet.set(at, columns[key], header, theme.HEADER)
    return columns


def mark(line: ListRow, wrong: Mapping[str, Statement], styles: Mapping[str, Style]) -> None:
    """Says in a row all that is ``wrong`` there, by column, and makes those cells red; what is mended is red
    no more. ``styles`` are the looks of the cells that can be wrong."""
    said = "; ".join(map(as_told, wrong.values()))
    if line.text(PROBLEM) != said:
        line.set(PROBLEM, said or None, WRONG)
    for key, style in styles.items():
        if key in wrong:
            line.restyle(key, replace(style, fill=_RED, colour=WRONG.colour))
        elif line.sheet.fill(line.at, line.columns[key]) == _RED:
            line.restyle(key, style)


def placed(
    sheet: Worksheet, header: int, stands: Mapping[int, int], leave: Set[int], wanted: Sequence[int]
) -> dict[int, int]:
    """The row of each number that is ``wanted``: where it ``stands``, or a new one right below the list. The
    rows that ``leave`` go out."""
    gone = Move(gone=frozenset(leave))
    if gone.gone:
        row_shift.move_rows(sheet, gone)
    places = {key: gone.row(at) or 0 for key, at in stands.items()}
    new = [key for key in wanted if key not in places]
    last = max([header, *places.values()])
    if new and sheet.last_row > last:
        row_shift.move_rows(sheet, Move(after=last, count=len(new)))
    return {**places, **{key: at for at, key in enumerate(new, start=last + 1)}}
