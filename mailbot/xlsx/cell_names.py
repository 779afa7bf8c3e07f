"""Names of cells, columns and ranges (ECMA-376 §18.18.7), as ``openpyxl.utils.cell`` reads and writes them.

Of our own, since the import of that module brings in all of openpyxl, a fifth of a start.
"""

from __future__ import annotations

import re
from functools import cache

#: The last column that three letters name; Excel's own last one is XFD, 16,384.
_LAST = 18_278
_RANGE = re.compile(r"\$?([A-Za-z]{1,3})?\$?([0-9]+)?(:\$?([A-Za-z]{1,3})?\$?([0-9]+)?)?")

#: First column, first row, last column, last row; None where a range is of whole columns or rows.
Boundaries = tuple[int | None, int | None, int | None, int | None]


@cache
def column_letters(number: int) -> str:
    """The letters of a column: 28 → "AB". Raises ``ValueError`` for one that has none."""
    if not 1 <= number <= _LAST:
        raise ValueError(f"no column {number}")
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """The column of letters, in whatever case: "AB" → 28. Raises ``ValueError`` for what is none."""
    if not re.fullmatch(r"[A-Za-z]{1,3}", letters):
        raise ValueError(f"no column {letters!r}")
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def boundaries(name: str) -> Boundaries:
    """The corners of a range ("A1:C3"), a cell, whole columns ("A:C") or rows ("1:3"). Raises ``ValueError``
    for what is none of these."""
    found = _RANGE.fullmatch(name)
    if not found:
        raise ValueError(f"no range {name!r}")
    first_column, first_row, several, last_column, last_row = found.groups()
    if several:
        columns, rows = (first_column, last_column), (first_row, last_row)
        whole = (all(columns) and not any(rows)) or (all(rows) and not any(columns))
        if not (all((*columns, *rows)) or whole):
            raise ValueError(f"no range {name!r}")
    left = column_number(first_column) if first_column else None
    top = int(first_row) if first_row else None
    return left, top, column_number(last_column) if last_column else left, int(last_row) if last_row else top
