"""Comma-, semicolon- or tab-separated values, as Excel writes them anywhere in Europe."""

from __future__ import annotations

import csv
import io

from mailbot.documents.content import BlockBudget, Content
from mailbot.documents.sheet import sheet_grid
from mailbot.documents.sheet_cell import Place, SheetCell
from mailbot.documents.txt import decode
from mailbot.domain.document import Location, Span

_SEPARATORS = ";,\t|"


def read(data: bytes, where: Location) -> Content:
    """One grid; a source is "rij 3, kolom 2"."""
    text = decode(data)
    declared, _, rest = text.partition("\n")
    if declared.strip().lower().startswith("sep=") and len(declared.strip()) == 5:
        separator, text = declared.strip()[4], rest  # Excel's own way of saying it
    else:
        separator = _separator(text)
    budget = BlockBudget()
    cells: dict[Place, SheetCell] = {}
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=None), delimiter=separator)):
        budget.spend(1 + len(row))
        cells.update({(number, column): SheetCell((Span(value),)) for column, value in enumerate(row)})
    grid = sheet_grid(cells, {}, where)
    return Content((grid,) if grid else ())


def _separator(text: str) -> str:
    """The sign that cuts most lines into the same number of pieces, more than one."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]

    def score(separator: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        usual = max(set(counts), key=lambda count: (counts.count(count), count), default=1)
        return (counts.count(usual) if usual > 1 else 0, usual)

    return max(_SEPARATORS, key=score)
