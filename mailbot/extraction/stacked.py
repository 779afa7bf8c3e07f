"""Cells with a label above its room, as a page draws them: a row of labels, and below it a row of answers.

In a blank each such cell is read down; a page without rules between them is read across. The rows of the
page are put together again, as the blank has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailbot.domain.document import Block, Cell, Paragraph, Table
from mailbot.extraction.tokens import Box, Tokenised, keys_of

#: A label that takes more lines than this in its cell is not looked for.
_LINES_OF_LABEL = 3

Keys = tuple[str, ...]
Row = tuple[Cell, ...]


def as_stacked(
    blocks: tuple[Block, ...], blank: Tokenised, heads: Sequence[tuple[Keys, ...]]
) -> tuple[Block, ...]:
    """The blocks of a copy, with the rows of labels and of answers put together that are one row of cells in
    the blank; ``heads`` are the labels of each (``stacked_rows``). The same blocks where there are none."""
    if not any(isinstance(one, Table) for one in blocks):
        return blocks
    keys = blank.keys
    printed = {tuple(keys[line.first : line.last]) for line in blank.lines if not line.gaps}
    made = tuple(_restacked(one, heads, printed) if isinstance(one, Table) else one for one in blocks)
    return blocks if all(one is other for one, other in zip(made, blocks, strict=True)) else made


def stacked_rows(sheet: Tokenised) -> tuple[tuple[Keys, ...], ...]:
    """The labels of each row of a blank of which several cells have a line of words above room."""
    rows = (
        tuple(tuple(keys_of(sheet.lines[box.lines[0]].text)) for box in row if box.lines)
        for grid in sheet.grids
        for row in grid.rows
        if len(row) > 1 and all(_is_stacked(sheet, box) for box in row)
    )
    return tuple(dict.fromkeys(rows))


def _is_stacked(sheet: Tokenised, box: Box) -> bool:
    """Whether a cell is a line of words with room below it."""
    if not box.lines or sheet.lines[box.lines[0]].gaps or box.grids:
        return False
    return box.room or any(sheet.lines[number].gaps for number in box.lines[1:])


def _restacked(table: Table, heads: Sequence[tuple[Keys, ...]], printed: set[Keys]) -> Table:
    rows: list[Row] = []
    at = 0
    while at < len(table.rows):
        end = at + 1
        if _heads_rows(table.rows[at : at + _LINES_OF_LABEL], heads):
            while end < len(table.rows) and not (
                _is_printed(table.rows[end], printed)
                or _heads_rows(table.rows[end : end + _LINES_OF_LABEL], heads)
            ):
                end += 1
        rows.append(_put_together(table.rows[at:end]))
        at = end
    return table if len(rows) == len(table.rows) else replace(table, rows=tuple(rows))


def _heads_rows(rows: Sequence[Row], heads: Sequence[tuple[Keys, ...]]) -> bool:
    """Whether rows of a page begin with the labels of a row of the blank, each over a line or more."""
    size = len(rows[0])
    for count in range(1, len(rows) + 1):
        words = [
            tuple(key for row in rows[:count] if len(row) == size for key in _keys(row[n]))
            for n in range(size)
        ]
        said = [one for one in words if one]
        for labels in heads:
            pairs = list(zip(said, labels, strict=False))
            if len(said) == len(labels) and all(one[: len(label)] == label for one, label in pairs):
                return count > 1 or all(one == label for one, label in pairs)
    return False


def _is_printed(row: Row, printed: set[Keys]) -> bool:
    """Whether what stands in a row is lines of the blank, and nobody's answer."""
    said = [tuple(_keys(cell)) for cell in row]
    return any(said) and all(one in printed for one in said if one)


def _keys(cell: Cell) -> list[str]:
    return [key for block in cell.blocks if isinstance(block, Paragraph) for key in keys_of(block.text)]


def _put_together(rows: Sequence[Row]) -> Row:
    """The rows as one, each cell with what stands below it."""
    head = rows[0]
    return tuple(
        replace(cell, blocks=tuple(block for row in rows for block in _below(row, head, n)))
        for n, cell in enumerate(head)
    )


def _below(row: Row, head: Row, number: int) -> list[Block]:
    """What of a row stands below one cell of another."""
    starts = [cell.column for cell in head]
    return [
        block
        for cell in row
        if sum(start <= cell.column for start in starts) - 1 == number
        for block in cell.blocks
    ]
