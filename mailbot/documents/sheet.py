"""Cells of a sheet, by their place, as one grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from mailbot.documents.content import paragraphs
from mailbot.domain.document import Block, Cell, Location, Paragraph, Span, Table
from mailbot.text.characters import uniform

Shown = tuple[Span, ...]  # what a cell shows, newlines in it included

MOST_ROWS = 5_000
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Hidden:
    """The rows and columns, from 0, that nobody sees who fills in a sheet."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()

    def has(self, row: int, column: int, high: int = 1, wide: int = 1) -> bool:
        """Whether all of a cell, or of a merged block, is hidden."""
        return all(row + down in self.rows for down in range(high)) or all(
            column + right in self.columns for right in range(wide)
        )


def sheet_grid(
    cells: Mapping[tuple[int, int], Shown],
    merged: Mapping[tuple[int, int], tuple[int, int]],
    where: Location,
    source: Callable[[int, int], Location],
    open_cells: frozenset[tuple[int, int]] = frozenset(),
    hidden: Hidden = Hidden(),
    strong: frozenset[tuple[int, int]] = frozenset(),
    painted: frozenset[tuple[int, int]] = frozenset(),
) -> Table | None:
    """The grid of what ``cells`` show, by (row, column) from 0; None where all is empty.

    ``merged`` gives (rows, columns) for the first cell of each merged block. ``open_cells`` may
    be typed in while the sheet is locked: slots; ``strong`` are bold, ``painted`` coloured. Rows without
    text or slot are left out, and so is what is hidden (codes, what somebody typed before); rows are as wide
    as the widest.
    """
    shown = {
        place: spans
        for place, spans in cells.items()
        if any(span.text.strip() for span in spans) and not hidden.has(*place, *merged.get(place, (1, 1)))
    }
    open_cells = frozenset(place for place in open_cells if not hidden.has(*place))
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
    unseen = hidden.columns - {column for _, column in shown}
    grid: list[tuple[Cell, ...]] = []
    for row in rows:
        line: list[Cell] = []
        for column in range(width):
            if (row, column) in covered or column in unseen:
                continue
            high, wide = merged.get((row, column), (1, 1))
            place = source(row, column)
            spans = shown.get((row, column), ())
            blocks = _blocks(spans, place, (row, column) in open_cells)
            spans_rows = sum(row + down in kept for down in range(high))
            wide = min(wide, width - column)
            looks = {"strong": (row, column) in strong, "painted": (row, column) in painted}
            line.append(Cell(blocks, place, wide, max(1, spans_rows), column, **looks))
        grid.append(tuple(line))
    return Table(tuple(grid), where)


def _blocks(spans: Shown, place: Location, slot: bool) -> tuple[Block, ...]:
    if slot:
        text = uniform("".join(span.text for span in spans)).strip()
        return (Paragraph((Span(text, slot=True),), place),)
    if len(spans) == 1:
        text = "\n".join(line.strip() for line in uniform(spans[0].text).split("\n"))
        return tuple(paragraphs([replace(spans[0], text=text)], place))
    tidied = [replace(span, text=uniform(span.text)) for span in spans]
    return tuple(paragraphs(tidied, place))
