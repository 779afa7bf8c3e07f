"""Cells of a sheet, by their place, as one grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mailbot.glyphs import tidy
from mailbot.model import Block, Cell, Grid, Paragraph, Span

MOST_ROWS = 5_000
MOST_COLUMNS = 200


def sheet_grid(
    cells: Mapping[tuple[int, int], str],
    merged: Mapping[tuple[int, int], tuple[int, int]],
    where: str,
    source: Callable[[int, int], str],
    open_cells: frozenset[tuple[int, int]] = frozenset(),
) -> Grid | None:
    """The grid of the shown texts in ``cells`` by (row, column) from 0; None where all is empty.

    ``merged`` gives (rows, columns) for the first cell of each merged block. ``open_cells`` may
    be typed in while the sheet is locked: slots. Rows without text or slot are left out, and
    rows are as wide as the widest.
    """
    shown = {place: text for place, raw in cells.items() if (text := tidy(raw)).strip()}
    rows = sorted({row for row, _ in shown} | {row for row, _ in open_cells})
    if not shown:
        return None
    width = 1 + max(column for _, column in [*shown, *open_cells])
    kept = {row: number for number, row in enumerate(rows)}
    covered = {
        (row + down, column + right)
        for (row, column), (high, wide) in merged.items()
        for down in range(high)
        for right in range(wide)
        if (down or right) and row + down in kept
    }
    grid: list[tuple[Cell, ...]] = []
    for row in rows:
        line: list[Cell] = []
        for column in range(width):
            if (row, column) in covered:
                continue
            high, wide = merged.get((row, column), (1, 1))
            place = source(row, column)
            text = shown.get((row, column), "")
            blocks = _blocks(text, place, (row, column) in open_cells)
            spans_rows = sum(row + down in kept for down in range(high))
            line.append(Cell(blocks, place, min(wide, width - column), max(1, spans_rows), column))
        grid.append(tuple(line))
    return Grid(tuple(grid), where)


def _blocks(text: str, place: str, slot: bool) -> tuple[Block, ...]:
    if slot:
        return (Paragraph((Span(text.strip(), slot=True),), place),)
    return tuple(Paragraph((Span(line.strip()),), place) for line in text.split("\n") if line.strip())


def letters(column: int) -> str:
    """The letters of a column counted from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
