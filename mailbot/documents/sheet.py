"""Cells of a sheet, by their place, as one grid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace

from mailbot.documents.content import paragraphs
from mailbot.documents.sheet_cell import Place, SheetCell, Shown
from mailbot.documents.sheet_rooms import drawn_rooms
from mailbot.domain.document import Block, Cell, Location, Paragraph, Span, Table, Unit
from mailbot.text.characters import TICKED, UNTICKED, uniform

MOST_ROWS = 5_000
MOST_COLUMNS = 200


def column_number(letters: str) -> int:
    """The column, from 0, that capitals call: "AB" → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


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


def in_sheet(where: Location) -> Callable[[int, int], Location]:
    """Where each cell of a sheet stands, by row and column from 0."""
    return lambda row, column: where.at(Unit.ROW, row + 1).at(Unit.COLUMN, column + 1)


def sheet_grid(
    cells: Mapping[Place, SheetCell],
    merged: Mapping[Place, tuple[int, int]],
    where: Location,
    hidden: Hidden = Hidden(),
    offered: Callable[[int, int], tuple[str, ...]] = lambda _row, _column: (),
) -> Table | None:
    """The grid of what ``cells`` show, by (row, column) from 0; None where all is empty.

    ``merged`` gives (rows, columns) for the first cell of each merged block. Rows without text, slot or room
    that is drawn are left out, and so is what is ``hidden`` (codes, what somebody typed before); all are as
    wide as the widest.
    ``offered`` tells the options of the list that a cell is chosen from.
    """
    shown = _with_text(cells, merged, hidden)
    slots = {place for place, cell in cells.items() if cell.is_open and not hidden.has(*place)}
    if not shown:
        return None
    covered = _covered(merged, {row for row, _ in cells})
    rooms = {at for at in drawn_rooms(cells, covered) if not hidden.has(*at)} - slots
    rows = {row for row, _ in (*shown, *slots, *rooms)}
    width = 1 + max(column for _, column in (*shown, *slots, *rooms))
    if width == 1 and any(offered(row, 1) for row in rows):
        width = 2  # labels alone, with lists beside them that nobody chose from
    seen = _columns_seen(width, shown, hidden)
    source = in_sheet(where)

    def drawn(at: Place) -> Cell:
        cell = cells.get(at, _NOTHING)
        blocks = _blocks(_spans(cell) if at in shown else (), source(*at), at in slots)
        high, wide = _size(at, merged, rows, width)
        options = offered(*at) or (offered(at[0] + 1, at[1]) if at[0] + 1 not in rows else ())
        return Cell(
            blocks,
            source(*at),
            wide,
            high,
            at[1],
            strong=cell.strong,
            painted=cell.painted,
            options=options,
            drawn=at in rooms,
            computed=cell.computed,
        )

    lines = ([(row, column) for column in seen] for row in sorted(rows))
    return Table(tuple(tuple(drawn(at) for at in line if at not in covered) for line in lines), where)


def _columns_seen(width: int, shown: Iterable[Place], hidden: Hidden) -> list[int]:
    """The columns of a sheet but those that are hidden and show nothing."""
    unseen = hidden.columns - {column for _, column in shown}
    return [column for column in range(width) if column not in unseen]


def _with_text(
    cells: Mapping[Place, SheetCell], merged: Mapping[Place, tuple[int, int]], hidden: Hidden
) -> set[Place]:
    """Where a sheet shows text."""
    told = {place for place, cell in cells.items() if cell.has_text}
    return {place for place in told if not hidden.has(*place, *merged.get(place, (1, 1)))}


def _size(at: Place, merged: Mapping[Place, tuple[int, int]], rows: Set[int], width: int) -> tuple[int, int]:
    """How many of the ``rows`` of a grid, and how many of its columns, a cell covers."""
    high, wide = merged.get(at, (1, 1))
    return max(1, sum(at[0] + down in rows for down in range(high))), min(wide, width - at[1])


_NOTHING = SheetCell()


def _covered(merged: Mapping[Place, tuple[int, int]], rows: Set[int]) -> set[Place]:
    """The cells of these rows that merged blocks hide: all but the first of each."""
    return {
        (row + down, column + right)
        for (row, column), (high, wide) in merged.items()
        for down in range(high)
        if row + down in rows
        for right in range(wide)
        if down or right
    }


def _spans(cell: SheetCell) -> Shown:
    """What a cell shows; a box and its words that somebody made bold are so by themselves, as in a text."""
    signs = {sign for span in cell.spans for sign in uniform(span.text)}
    if not cell.strong or signs.isdisjoint((TICKED, UNTICKED)):
        return cell.spans
    return tuple(replace(span, bold=True) for span in cell.spans)


def _blocks(spans: Shown, place: Location, slot: bool) -> tuple[Block, ...]:
    if slot:
        text = uniform("".join(span.text for span in spans)).strip()
        return (Paragraph((Span(text, slot=True),), place),)
    if len(spans) == 1:
        text = "\n".join(line.strip() for line in uniform(spans[0].text).split("\n"))
        return tuple(paragraphs([replace(spans[0], text=text)], place))
    tidied = [replace(span, text=uniform(span.text)) for span in spans]
    return tuple(paragraphs(tidied, place))
