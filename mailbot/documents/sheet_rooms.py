"""The empty cells of a sheet that are drawn as places to write: painted, boxed or underlined."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from mailbot.documents.sheet_cell import WHITE, Edge, Place, SheetCell

#: Rows of nothing but such cells below each other: a list of more is as clear from these.
_MOST_ROWS = 30
_NOTHING = SheetCell()


def drawn_rooms(cells: Mapping[Place, SheetCell], covered: Collection[Place]) -> set[Place]:
    """The places to write that the look of ``cells`` tells, by row and column from 0; of ``covered`` cells a
    merged block hides all but the first, which is one."""
    found: set[Place] = set()
    for _, row in groupby(sorted(cells), lambda place: place[0]):
        for run in _runs([at for at in row if at not in covered], cells):
            if _is_room(run, cells, found):
                found.update(run.places)
    return _without_many(found, {row for (row, _), cell in cells.items() if cell.has_text})


@dataclass(frozen=True, slots=True)
class _Run:
    """Empty cells side by side that stand out, behind words or not."""

    places: list[Place]
    is_behind_words: bool


def _runs(row: Iterable[Place], cells: Mapping[Place, SheetCell]) -> Iterator[_Run]:
    """The empty cells of a row that look otherwise than the words before them, those together between which
    nothing stands."""
    before: SheetCell | None = None
    run = _Run([], is_behind_words=False)
    for at in row:
        cell = cells[at]
        if not cell.has_text and _stands_out(at, before or _NOTHING, cells):
            run.places.append(at)
            continue
        if run.places:
            yield run
        before = cell if cell.has_text else before
        run = _Run([], before is not None)
    if run.places:
        yield run


def _stands_out(at: Place, before: SheetCell, cells: Mapping[Place, SheetCell]) -> bool:
    """Whether an empty cell is boxed, or painted or underlined where the words before it are not."""
    ground = cells[at].ground
    if before.painted and ground == before.ground:
        return False
    if _is_boxed(at, cells) or (ground == WHITE and before.painted):
        return True
    underlined = Edge.BOTTOM in _edges(at, cells) and Edge.BOTTOM not in before.edges
    return underlined or cells[at].painted


def _is_room(run: _Run, cells: Mapping[Place, SheetCell], found: Collection[Place]) -> bool:
    """Whether such cells are to be written in, and no stripe across the sheet: they stand behind words, are
    boxed, or each is alone, or below words or more room."""

    def is_headed(at: Place) -> bool:
        above = (at[0] - 1, at[1])
        return above in found or cells.get(above, _NOTHING).has_text

    alone = all(after - one > 1 for (_, one), (_, after) in pairwise(run.places))
    return run.is_behind_words or alone or all(_is_boxed(at, cells) or is_headed(at) for at in run.places)


def _is_boxed(at: Place, cells: Mapping[Place, SheetCell]) -> bool:
    return len(_edges(at, cells)) == len(Edge)


def _edges(at: Place, cells: Mapping[Place, SheetCell]) -> frozenset[Edge]:
    """The sides of a cell on which it, or the cell beyond, draws a line."""
    return cells[at].edges | {edge for edge in Edge if edge.across in _beyond(at, edge, cells).edges}


def _beyond(at: Place, edge: Edge, cells: Mapping[Place, SheetCell]) -> SheetCell:
    down, right = edge.value
    return cells.get((at[0] + down, at[1] + right), _NOTHING)


def _without_many(rooms: set[Place], said: Collection[int]) -> set[Place]:
    """The rooms without those that stand far down in a run of rows without words."""
    kept: set[Place] = set()
    run, last = 0, -1
    for row, places in groupby(sorted(rooms), lambda place: place[0]):
        run = 1 if row in said or row > last + 1 else run + 1
        last = row
        if run <= _MOST_ROWS:
            kept.update(places)
    return kept
