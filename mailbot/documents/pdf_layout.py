"""Items with a rectangle → paragraphs and tables, the way a reader's eye makes them.

What lies in a ruled table becomes a grid; what stands in aligned columns becomes one too; the rest becomes
lines (``page_lines``).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby, pairwise

from mailbot.documents.page_lines import (
    WALL,
    Box,
    Item,
    PageLine,
    continues,
    is_broken_address,
    is_tick,
    lines_of,
    paragraphs_of,
)
from mailbot.documents.pdf_lone_boxes import is_in, with_words
from mailbot.domain.document import Block, Cell, Location, Paragraph, Span, Table, Unit

#: Where a block is read: from which top on; of two columns beside each other which one, and its own top.
_Place = tuple[float, int, float]
_TICK = 18.0  # points that a box to tick is wide at most
#: So many line heights may lie between two rows of columns without rules, and where two cells are aligned.
_APART, _APART_ALIGNED = 3.5, 5
#: So many times as far apart are two pairs of rows (labels, and their answers) as the rows of a pair.
_PAIRED = 1.2
#: So many lines make a column of text, so wide at least; their left edges differ by so many points.
_COLUMN, _NARROWEST, _RAGGED = 5, 120, 14
#: So many line heights below words are room to write, and so many times more than above them.
_ROOM, _MORE_BELOW = 1.1, 2
#: A label and its boxes to tick; rows that are a table of those; points above it in which its labels stand,
#: and times their height between both, at most.
_PAIR, _FEW_ROWS, _HEAD, _HEAD_APART = 2, 2, 30.0, 1.5
_LEVEL = 1.5  # points that two distances between lines differ, at most


@dataclass(slots=True)
class _Counted:
    """Where the next line or table of a page stands."""

    where: Location
    tables: int
    lines: int = 0

    def table(self) -> Location:
        self.tables += 1
        return self.where.at(Unit.TABLE, self.tables)

    def line(self) -> Location:
        self.lines += 1
        return self.where.at(Unit.LINE, self.lines)


def blocks(
    items: Sequence[Item], tables: Sequence[Sequence[Sequence[Box]]], where: Location
) -> tuple[Block, ...]:
    """The blocks of one page, top to bottom; ``tables`` are rows of the boxes of their cells."""
    placed, taken = _ruled(items, tables, where)
    counted = _Counted(where, tables=len(tables))
    for listed in _lists_of_ticks(lines_of([item for n, item in enumerate(items) if n not in taken])):
        rows = _with_columns_of_ticks(items, listed)
        grid, inside = _grid(items, rows, counted.table(), without=taken)
        taken |= inside
        placed.append(((rows[0][0][1], 0, 0.0), grid))
    loose = lines_of([item for n, item in enumerate(items) if n not in taken])
    for top, column, lines in _in_columns(loose):
        placed.extend(
            ((at, 0, 0.0) if column is None else (top, column, at), block)
            for at, block in _flow(lines, counted)
        )
    return tuple(block for _, block in sorted(placed, key=lambda pair: pair[0]))


def _ruled(
    items: Sequence[Item], tables: Sequence[Sequence[Sequence[Box]]], where: Location
) -> tuple[list[tuple[_Place, Block]], set[int]]:
    """The tables of a page that lines draw, each at its place, and the numbers of the items in them."""
    taken: set[int] = set()
    held: list[set[int]] = []
    placed: list[tuple[_Place, Block]] = []
    found = with_words(items, tables)
    for number, rows in enumerate(found, start=1):
        rows = _with_columns_of_ticks(items, _with_options(rows))
        rows = _with_head(
            items, rows, [box for other in found if other is not rows for r in other for box in r]
        )
        grid, inside = _grid(items, rows, where.at(Unit.TABLE, number))
        cut = set().union(*(other for other in held if not other <= inside)) & inside
        if cut and inside - taken:  # a table that begins within another one says nothing twice
            grid, inside = _grid(items, rows, where.at(Unit.TABLE, number), without=cut)
        if inside - taken:
            taken |= inside
            held.append(inside)
            placed.append(((min(box[1] for row in rows for box in row), 0, 0.0), grid))
    return placed, taken


def _with_options(rows: Sequence[Sequence[Box]]) -> Sequence[Sequence[Box]]:
    """The rows; where the last cell of one is the ground of a box to tick, up to the side of the table: its
    words, and the boxes of more options, stand beside it in no cell."""
    side = max((box[2] for row in rows for box in row), default=0.0)
    return [
        [*row[:-1], (*row[-1][:2], side, row[-1][3])]
        if len(row) > 1 and row[-1][2] - row[-1][0] <= _TICK and row[-1][2] < side - _TICK
        else row
        for row in rows
    ]


def _lists_of_ticks(lines: Sequence[PageLine]) -> Iterator[list[list[Box]]]:
    """Lines below each other that have no rules, of words and then as many boxes to tick in each: the rows of
    their cells, the words of one and all its boxes."""
    run: list[PageLine] = []
    for line in lines:
        if not _goes_on_with_ticks(run, line):
            if len(run) >= _FEW_ROWS:
                yield _boxes_of_ticks(run)
            run = []
        if _ends_in_ticks(line):
            run.append(line)
    if len(run) >= _FEW_ROWS:
        yield _boxes_of_ticks(run)


def _ends_in_ticks(line: PageLine) -> bool:
    """Whether a line holds words and then nothing but boxes to tick."""
    if len(line.segments) != _PAIR:
        return False
    words, ticks = (segment.items for segment in line.segments)
    return len(ticks) >= _PAIR and all(map(is_tick, ticks)) and not any(map(is_tick, words))


def _goes_on_with_ticks(run: Sequence[PageLine], line: PageLine) -> bool:
    """Whether the boxes to tick of a line stand right below those of the lines before."""
    if not run or not _ends_in_ticks(line) or line.top - run[-1].bottom > _APART * line.height:
        return False
    own, before = ([item.middle[0] for item in one.segments[-1].items] for one in (line, run[-1]))
    return len(own) == len(before) and all(
        abs(one - other) <= WALL for one, other in zip(own, before, strict=True)
    )


def _boxes_of_ticks(run: Sequence[PageLine]) -> list[list[Box]]:
    """The cells of such lines, that of the boxes so wide that each stands in the middle of its part."""
    ticks = run[0].segments[-1].items
    half = (ticks[1].middle[0] - ticks[0].middle[0]) / 2
    left = min(line.segments[0].x0 for line in run) - WALL
    wall = max([ticks[0].middle[0] - half, *(line.segments[0].x1 for line in run)])
    right = ticks[-1].middle[0] + half
    return [[(left, line.top, wall, line.bottom), (wall, line.top, right, line.bottom)] for line in run]


def _with_columns_of_ticks(items: Sequence[Item], rows: Sequence[Sequence[Box]]) -> Sequence[Sequence[Box]]:
    """The rows; where the last cell of each holds nothing but boxes to tick, as many in each and below each
    other, a cell for each box, and a row for the labels that stand above those and have no rules."""
    held = [[item for item in items if is_in(item, row[-1])] for row in rows]
    if len(rows) < _FEW_ROWS or any(len(row) != _PAIR for row in rows):
        return rows
    ticks = [sorted(item.middle[0] for item in own) for own in held]
    if not all(own and all(map(is_tick, own)) for own in held) or len(set(map(len, ticks))) > 1:
        return rows
    columns = list(zip(*ticks, strict=True))
    if len(columns) < _PAIR or any(max(xs) - min(xs) > _RAGGED / 2 for xs in columns):
        return rows
    middles = [sum(xs) / len(xs) for xs in columns]
    walls = [(one + other) / 2 for one, other in pairwise(middles)]

    def cut(box: Box) -> list[Box]:
        return [(x0, box[1], x1, box[3]) for x0, x1 in pairwise((box[0], *walls, box[2]))]

    split = [[row[0], *cut(row[-1])] for row in rows]
    head = _labels_above(items, split[0])
    return [head, *split] if head else split


def _with_head(
    items: Sequence[Item], rows: Sequence[Sequence[Box]], others: Sequence[Box]
) -> Sequence[Sequence[Box]]:
    """The rows of a table of several columns, with those labels above them that stand over each column but
    perhaps the first, and have no rules; not what stands in ``others``, the boxes of other tables."""
    if len(rows) < _FEW_ROWS or any(len(row) != len(rows[0]) for row in rows) or len(rows[0]) <= _PAIR:
        return rows
    free = [item for item in items if not any(is_in(item, box) for box in others)]
    head = _labels_above(free, rows[0])
    return [head, *rows] if head else rows


def _labels_above(items: Sequence[Item], row: Sequence[Box]) -> list[Box]:
    """A row of cells above those of a table, where a line right above it has words over each of them, but
    perhaps over the first; none where words cross from one into the next."""
    top = row[0][1]
    above = [item for item in items if top - _HEAD <= item.bottom <= top + WALL and not item.span.slot]
    line = next(iter(reversed(lines_of(above))), None)
    if line is None or top - line.bottom > _HEAD_APART * line.height:
        return []
    cells = [(box[0], line.top - 1, box[2], top) for box in row]
    columns = [
        [n for n, box in enumerate(cells) if box[0] - 1 <= one.x0 and one.x1 <= box[2] + 1]
        for one in line.segments
    ]
    found = {own[0] for own in columns if own}
    return cells if all(columns) and found >= set(range(1, len(cells))) else []


def _grid(
    items: Sequence[Item],
    rows: Sequence[Sequence[Box]],
    where: Location,
    without: AbstractSet[int] = frozenset(),
) -> tuple[Table, set[int]]:
    """The table of some rows of boxes, and which items it holds; ``without`` some that stand elsewhere."""
    edges = _edges(box[0] for row in rows for box in row)
    taken: set[int] = set()
    out: list[tuple[Cell, ...]] = []
    for n, row in enumerate(rows, start=1):
        cells: list[Cell] = []
        at = where.at(Unit.ROW, n)
        for box in row:
            free = (i for i in range(len(items)) if i not in taken and i not in without)
            held = [i for i in free if is_in(items[i], box)]
            taken.update(held)
            lines = lines_of([items[i] for i in held])
            column = max(n for n, edge in enumerate(edges) if edge <= box[0])
            span = sum(1 for edge in edges if edges[column] <= edge < box[2] - WALL)
            paragraphs = tuple(
                Paragraph(tuple(spans), at)
                for spans in paragraphs_of(lines, limit=box[2] - _padding(lines, box))
            )
            cells.append(Cell(paragraphs, at, max(1, span), column=column, room=_has_room(lines, box)))
        out.append(tuple(cells))
    return Table(tuple(out), where), taken


def _has_room(lines: Sequence[PageLine], box: Box) -> bool:
    """Whether words stand at the top of a box that was drawn high enough for a line below them."""
    if not lines:
        return False
    above, below = lines[0].top - box[1], box[3] - lines[-1].bottom
    return below > _ROOM * lines[-1].height and above < below / _MORE_BELOW


def _edges(places: Iterable[float]) -> list[float]:
    """Where columns begin; what differs by the thickness of a wall is one of them."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > WALL:
            edges.append(place)
    return edges


def _padding(lines: Sequence[PageLine], box: Box) -> float:
    left = min((line.segments[0].x0 for line in lines), default=box[0])
    return min(max(left - box[0], 0.0), 12.0)


# ---------------------------------------------------------------- columns without rules


def _in_columns(lines: Sequence[PageLine]) -> list[tuple[float, int | None, list[PageLine]]]:
    """The lines of a page, apart where two columns of text stand beside each other: from where on, which
    column (None for none), and its lines."""
    gutter, first, end = _gutter(lines)
    if not gutter:
        return [(0.0, None, list(lines))]
    left = [part for line in lines[first:end] if (part := _part(line, 0.0, gutter))]
    right = [part for line in lines[first:end] if (part := _part(line, gutter, math.inf))]
    top = lines[first].top
    return [
        (0.0, None, list(lines[:first])),
        (top, 1, left),
        (top, 2, right),
        (lines[end].top if end < len(lines) else 0.0, None, list(lines[end:])),
    ]


def _part(line: PageLine, start: float, end: float) -> PageLine | None:
    segments = [segment for segment in line.segments if start <= segment.x0 < end]
    items = [item for segment in segments for item in segment.items]
    return PageLine(segments, min(i.top for i in items), max(i.bottom for i in items)) if items else None


def _gutter(lines: Sequence[PageLine]) -> tuple[float, int, int]:
    """Where a second column begins, and the first line of both and the one after; 0 for none."""
    starts = Counter(round(segment.x0) for line in lines for segment in line.segments)
    margin = min(starts, default=0)
    best: tuple[int, float, int, int] = (0, 0.0, 0, 0)
    for start, count in starts.items():
        if count < _COLUMN or start < margin + _NARROWEST:
            continue
        x = start - 2.0
        for first, end in _runs_beside(lines, x):
            left = [part for line in lines[first:end] if (part := _part(line, 0.0, x))]
            right = [part for line in lines[first:end] if (part := _part(line, x, math.inf))]
            if min(len(left), len(right)) >= _COLUMN and _are_columns(left, right):
                best = max(best, (len(right), x, first, end))
    return best[1:]


def _are_columns(left: Sequence[PageLine], right: Sequence[PageLine]) -> bool:
    """Whether the right side is a column of its own: it has one left edge, and its lines stand now so far
    from those beside them and now otherwise. An answer stands as far from its label as any other."""
    edge = min(line.segments[0].x0 for line in right)
    ragged = any(line.segments[0].x0 - edge > _RAGGED for line in right)
    apart = [min((line.bottom - other.bottom for other in left), key=abs) for line in right]
    alike = max(sum(abs(one - other) <= _LEVEL for other in apart) for one in apart)
    return not ragged and 2 * alike <= len(right)


def _runs_beside(lines: Sequence[PageLine], x: float) -> Iterator[tuple[int, int]]:
    """Each longest run of lines of which none crosses an upright line at x."""
    crosses = [any(segment.x0 < x < segment.x1 for segment in line.segments) for line in lines]
    n = 0
    for crossed, group in groupby(crosses):
        size = len(list(group))
        if not crossed:
            yield n, n + size
        n += size


def _flow(lines: Sequence[PageLine], counted: _Counted) -> list[tuple[float, Block]]:
    out: list[tuple[float, Block]] = []
    limit = max((line.x1 for line in lines), default=0.0)
    n = 0
    while n < len(lines):
        run = _aligned(lines, n)
        if len(run) < _FEW_ROWS:
            run = _below_labels(lines, n)
        if len(run) >= _FEW_ROWS:
            out.append((lines[n].top, _columns(run, counted.table())))
            n += sum(len(rows) for rows in run)
            continue
        wrapped = [lines[n]]
        while n + len(wrapped) < len(lines) and continues(wrapped[-1], lines[n + len(wrapped)], limit):
            if len(_aligned(lines, n + len(wrapped))) >= 2:
                break
            wrapped.append(lines[n + len(wrapped)])
        spans = paragraphs_of(wrapped, limit)[0]
        out.append((lines[n].top, Paragraph(tuple(spans), counted.line())))
        n += len(wrapped)
    return out


def _below_labels(lines: Sequence[PageLine], start: int) -> list[list[PageLine]]:
    """A line of labels, and the rows below it that share left edges, of which it has all but the first: what
    stands there counts them ("Deelnemer 1"). Nothing where there are none."""
    head = lines[start]
    run = _aligned(lines, start + 1) if start + 1 < len(lines) and len(head.segments) >= _PAIR else []
    if len(run) < _FEW_ROWS or run[0][0].top - head.bottom > _HEAD_APART * head.height:
        return []
    edges = [segment.x0 for segment in run[0][0].segments]
    at = [_edge(edges, segment.x0) for segment in head.segments]
    return [[head], *run] if at == list(range(1, len(edges))) else []


def _aligned(lines: Sequence[PageLine], start: int) -> list[list[PageLine]]:
    """The lines from ``start`` that share left edges in two columns or more: per row the line
    and those that only continue one of its cells."""
    if len(lines[start].segments) < 2:
        return []
    edges = [segment.x0 for segment in lines[start].segments]
    run: list[list[PageLine]] = [[lines[start]]]
    for n, line in enumerate(lines[start + 1 :], start=start + 1):
        last = run[-1][-1]
        if line.top - last.bottom > (_APART_ALIGNED if len(line.segments) > 1 else _APART) * line.height:
            break
        at = [_edge(edges, segment.x0) for segment in line.segments]
        if None in at:
            break
        if len(at) >= 2 and at[0] == 0:
            run.append([line])
        elif 0 not in at and line.top - last.bottom <= 0.6 * line.height:
            run[-1].append(line)
        elif len(run) >= 2 and _is_sparse_row(run, line, lines[n + 1 : n + 2], edges):
            run.append([line])
        else:
            break
    return run


def _is_sparse_row(
    run: Sequence[Sequence[PageLine]], line: PageLine, after: Sequence[PageLine], edges: Sequence[float]
) -> bool:
    """Whether a line with one cell is a row of the columns above it: it stands as close below the last row
    as every second row does below the one before, and the columns go on below it or end with it."""
    tops = [row[0].top for row in run]
    steps = [below - above for above, below in pairwise(tops)]
    step, wider = line.top - tops[-1], max(steps)
    if step > 1.1 * min(steps) or wider < _PAIRED * step:
        return False
    goes_on = [len(one.segments) > 1 and _edge(edges, one.segments[0].x0) == 0 for one in after]
    return all(goes_on) or after[0].top - line.top > _PAIRED * step


def _edge(edges: Sequence[float], x: float) -> int | None:
    return next((n for n, edge in enumerate(edges) if abs(edge - x) <= 4), None)


def _columns(run: Sequence[Sequence[PageLine]], where: Location) -> Table:
    widest = max((row[0] for row in run[:2]), key=lambda line: len(line.segments))
    edges = [segment.x0 for segment in widest.segments]
    rows: list[tuple[Cell, ...]] = []
    for n, lines in enumerate(run, start=1):
        at = where.at(Unit.ROW, n)
        cells: list[list[Span]] = [[] for _ in edges]
        for line in lines:
            for segment in line.segments:
                column = _edge(edges, segment.x0)
                spans = segment.spans()
                held = cells[column] if column is not None else cells[-1]
                if held:
                    glued = held[-1].text.endswith(("-", "@")) or spans[0].text.startswith("@")
                    glued = glued or is_broken_address(held[-1].text, spans[0].text)
                    held.append(Span("" if glued else " "))
                held.extend(spans)
        rows.append(
            tuple(
                Cell((Paragraph(tuple(spans), at),) if spans else (), at, column=column)
                for column, spans in enumerate(cells)
            )
        )
    return Table(tuple(rows), where)
