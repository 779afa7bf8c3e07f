"""The row of headers of a sheet: she may put lines above it, and sort or move its columns."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.workbook.layout import folded
from mailbot.workbook.values import plain
from mailbot.xlsx.worksheet import Worksheet

#: Rows in which the headers are looked for.
_WITHIN = 15


def columns_in(sheet: Worksheet, row: int, wanted: Mapping[str, str]) -> dict[str, int]:
    """Key → column, of the headers that stand in a row. ``wanted`` gives the key of each header, as
    ``folded`` has it; of two columns with one key the first counts."""
    columns: dict[str, int] = {}
    for index in range(1, sheet.last_column + 1):
        key = wanted.get(folded(plain(sheet.get(row, index))))
        if key is not None:
            columns.setdefault(key, index)
    return columns


def header_row(sheet: Worksheet, wanted: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """The row that holds most of the wanted headers, the first of equals, and the column of each; row 1
    and no columns where there are none."""
    found: tuple[int, dict[str, int]] = 1, {}
    for row in range(1, min(sheet.last_row, _WITHIN) + 1):
        columns = columns_in(sheet, row, wanted)
        if len(columns) > len(found[1]):
            found = row, columns
    return found
