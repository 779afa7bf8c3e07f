"""References in formulas and ranges, moved along when rows come in or go out.

The rules are those that Excel follows: a range keeps to its cells, one that ends on the last row
of the list grows with the list, a reference to a row that is gone becomes ``#REF!``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.formula.tokenizer import Token

_CELLS = re.compile(r"(\$?[A-Z]{1,3})(\$?)([0-9]+)(?::(\$?[A-Z]{1,3})(\$?)([0-9]+))?")
_ROWS = re.compile(r"(\$?)([0-9]+):(\$?)([0-9]+)")
_NUMBERS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Move:
    """``count`` rows come in below row ``after`` (ranges of several rows that end on it grow), and
    the rows ``gone`` go out; both in the numbers from before."""

    after: int = 0
    count: int = 0
    gone: frozenset[int] = frozenset()

    def row(self, number: int) -> int | None:
        """Where a row is afterwards; None if it is gone."""
        if number in self.gone:
            return None
        shifted = number - bisect_left(self._gone_in_order, number)
        return shifted + self.count if self.count and number > self.after else shifted

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """Where a range of rows is afterwards; None if all of it is gone."""
        grows = self.count if self.count and first < last == self.after else 0
        while first <= last and first in self.gone:
            first += 1
        while last >= first and last in self.gone:
            last -= 1
        start, end = self.row(first), self.row(last)
        return None if first > last or start is None or end is None else (start, end + grows)

    @cached_property
    def _gone_in_order(self) -> list[int]:
        return sorted(self.gone)

    @property
    def first(self) -> int:
        """The first row for which anything changes."""
        return min([*self.gone, self.after if self.count else 1 << 30])


def moved_range(reference: str, move: Move) -> str:
    """A range such as "A2:F61" afterwards; empty if it is gone."""
    match = _CELLS.fullmatch(reference)
    if not match:
        return reference
    column, fixed, row, column2, fixed2, row2 = match.groups()
    span = move.span(int(row), int(row2 or row))
    if span is None:
        return ""
    start = f"{column}{fixed}{span[0]}"
    return start if column2 is None else f"{start}:{column2}{fixed2}{span[1]}"


def moved_ranges(references: str, move: Move) -> str:
    """A list of ranges (``sqref``) afterwards."""
    return " ".join(filter(None, (moved_range(reference, move) for reference in references.split())))


def moved_formula(formula: str, move: Move, concerned: Callable[[str], bool]) -> str:
    """A formula (without "=") afterwards. ``concerned`` tells whether a sheet's name, as written
    before "!", empty for none, is the sheet whose rows move."""
    if not any(int(number) >= move.first for number in _NUMBERS.findall(formula) if len(number) < 8):
        return formula
    # Here, since most cycles move none: it brings in all of openpyxl.
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import TokenizerError

    try:
        tokens = Tokenizer(f"={formula}").items
    except (TokenizerError, IndexError):
        return formula
    return "".join(_moved_token(token, move, concerned) for token in tokens)


def _moved_token(token: Token, move: Move, concerned: Callable[[str], bool]) -> str:
    text: str = token.value
    if token.type != token.OPERAND or token.subtype != token.RANGE:
        return text
    sheet, mark, cells = text.rpartition("!")
    name = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    if not concerned(name):
        return text
    if rows := _ROWS.fullmatch(cells):
        span = move.span(int(rows[2]), int(rows[4]))
        return f"{sheet}{mark}" + (f"{rows[1]}{span[0]}:{rows[3]}{span[1]}" if span else "#REF!")
    if _CELLS.fullmatch(cells):
        return f"{sheet}{mark}{moved_range(cells, move) or '#REF!'}"
    return text
