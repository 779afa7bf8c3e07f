"""Items with a rectangle → lines and tables, the way a reader's eye makes them.

What lies in a ruled table becomes a grid; what stands in aligned columns becomes one too; the
rest becomes lines. A line that only wrapped is joined to the one before: it did when the next
word would not have fitted behind it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from mailbot.domain.document import Block, Cell, Location, Paragraph, Span, Table, Unit
from mailbot.text.characters import TICKED, UNTICKED

Box = tuple[float, float, float, float]
#: Where a block is read: from which top on; of two columns beside each other which one, and its own top.
_Place = tuple[float, int, float]
#: Points between a label and the box that it belongs to, at most.
_FAR = 150.0
_TICK = 18.0  # points that a box to tick is wide at most
#: So many line heights may lie between two rows of columns without rules, and where two cells are aligned.
_APART, _APART_ALIGNED = 3.5, 5
#: So many times as far apart are two pairs of rows (labels, and their answers) as the rows of a pair.
_PAIRED = 1.2
_SAME_TYPE = 0.15  # of its height, that lines in the same type differ at most
#: So many lines make a column of text, so wide at least; their left edges differ by so many points.
_COLUMN, _NARROWEST, _RAGGED = 5, 120, 14
_WALL = 1.5  # points: a column is wider
_LEVEL = 1.5  # points that two distances between lines differ, at most
_LEADERS = re.compile(r"[._…]{4,}$")
_ADDRESS = re.compile(r"[^@\s:]+@[^@\s:]+\.[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a filled-in field or a tick with its rectangle: points from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float
    span: Span

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class _Segment:
    """Items of one line without a wide gap between them."""

    items: list[Item]

    @property
    def x0(self) -> float:
        return self.items[0].x0

    @property
    def x1(self) -> float:
        return max(item.x1 for item in self.items)

    def spans(self) -> list[Span]:
        """The items as spans; words of one look become one span."""
        spans: list[Span] = []
        before: Item | None = None
        for item in self.items:
            last = spans[-1] if spans else None
            # A word that changes its font halfway comes in two pieces without a gap.
            space = " " if before and item.x0 - before.x1 > 0.08 * min(item.height, 20) else ""
            alike = last and _look(last) == _look(item.span)
            if last and alike and not item.span.slot and not last.slot:
                text = f"{last.text}{space or _around_ticks(last, item)}{item.span.text}"
                spans[-1] = replace(last, text=text, unsure=last.unsure or item.span.unsure)
            else:
                if last:
                    spans.append(Span(" "))
                spans.append(item.span)
            before = item
        return spans


@dataclass(slots=True)
class _Line:
    segments: list[_Segment]
    top: float
    bottom: float

    @property
    def x1(self) -> float:
        return self.segments[-1].x1

    @property
    def height(self) -> float:
        return self.bottom - self.top


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
    taken: set[int] = set()
    placed: list[tuple[_Place, Block]] = []
    for number, rows in enumerate(tables, start=1):
        rows = _with_options(_labelled(items, rows))
        grid, inside = _grid(items, rows, where.at(Unit.TABLE, number))
        if inside - taken:
            taken |= inside
            placed.append(((min(box[1] for row in rows for box in row), 0, 0.0), grid))
    loose = _lines([item for n, item in enumerate(items) if n not in taken])
    counted = _Counted(where, tables=len(tables))
    for top, column, lines in _in_columns(loose):
        placed.extend(
            ((at, 0, 0.0) if column is None else (top, column, at), block)
            for at, block in _flow(lines, counted)
        )
    return tuple(block for _, block in sorted(placed, key=lambda pair: pair[0]))


def _labelled(items: Sequence[Item], rows: Sequence[Sequence[Box]]) -> Sequence[Sequence[Box]]:
    """The rows of a column of boxes, each with the room on its left, where words stand there: their labels
    have no rules around them (a spreadsheet with borders around what is to be filled in)."""
    if any(len(row) != 1 for row in rows):
        return rows
    left = min(box[0] for row in rows for box in row)
    beside = [item for item in items if item.x1 <= left + 2 and left - item.x1 < _FAR]
    found = [[item for item in beside if row[0][1] <= item.middle[1] <= row[0][3]] for row in rows]
    if not all(found):
        return rows
    edge = min(item.x0 for own in found for item in own) - 1
    return [[(edge, box[1], box[0] - 2, box[3]), box] for (box,) in rows]


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


def _grid(items: Sequence[Item], rows: Sequence[Sequence[Box]], where: Location) -> tuple[Table, set[int]]:
    edges = _edges(box[0] for row in rows for box in row)
    taken: set[int] = set()
    out: list[tuple[Cell, ...]] = []
    for n, row in enumerate(rows, start=1):
        cells: list[Cell] = []
        at = where.at(Unit.ROW, n)
        for box in row:
            held = [i for i, item in enumerate(items) if i not in taken and _in(item, box)]
            taken.update(held)
            lines = _lines([items[i] for i in held])
            column = max(n for n, edge in enumerate(edges) if edge <= box[0])
            span = sum(1 for edge in edges if edges[column] <= edge < box[2] - _WALL)
            paragraphs = tuple(
                Paragraph(tuple(spans), at) for spans in _wrapped(lines, limit=box[2] - _padding(lines, box))
            )
            cells.append(Cell(paragraphs, at, columns=max(1, span), column=column))
        out.append(tuple(cells))
    return Table(tuple(out), where), taken


def _edges(places: Iterable[float]) -> list[float]:
    """Where columns begin; what differs by the thickness of a wall is one of them."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _WALL:
            edges.append(place)
    return edges


def _in(item: Item, box: Box) -> bool:
    x, y = item.middle
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _padding(lines: Sequence[_Line], box: Box) -> float:
    left = min((line.segments[0].x0 for line in lines), default=box[0])
    return min(max(left - box[0], 0.0), 12.0)


def _lines(items: Sequence[Item]) -> list[_Line]:
    """Items by line, top to bottom, and in each by segment, left to right. A field as tall as
    several lines stands on the first that has words beside it."""
    ordered = sorted(items, key=lambda item: (item.height > 20, item.middle[1], item.x0))
    rows: list[list[Item]] = []
    for item in ordered:
        middle = item.middle[1]
        home = next((row for row in rows if _same_line(row, item, middle)), None)
        if home is None:
            rows.append([item])
        else:
            home.append(item)
    lines = []
    for row in rows:
        row.sort(key=lambda item: item.x0)
        segments: list[_Segment] = []
        for item in row:
            before = segments[-1] if segments else None
            gap = item.x0 - before.x1 if before else 0.0
            wide = 1.1 * min(item.height, 20)
            if item.span.slot and before and not any(i.span.slot for i in before.items):
                wide *= 0.7 if _tick(item) else 0.1  # a field beside its label is a column
            choices = _tick(item) and before is not None and any(map(_tick, before.items))
            if before and (gap <= wide or choices):
                before.items.append(item)
            else:
                segments.append(_Segment([item]))
        words = [item for item in row if item.height <= 20] or row
        lines.append(_Line(segments, min(i.top for i in words), max(i.bottom for i in words)))
    return sorted(lines, key=lambda line: (line.top, line.segments[0].x0))


def _look(span: Span) -> tuple[bool, bool, bool]:
    return span.struck, span.underlined, span.marked


def _around_ticks(last: Span, item: Item) -> str:
    return " " if _tick(item) or last.text.endswith((TICKED, UNTICKED)) else ""


def _tick(item: Item) -> bool:
    return item.span.text.startswith((TICKED, UNTICKED))


def _same_line(row: Sequence[Item], item: Item, middle: float) -> bool:
    if item.height > 20:
        return any(item.top - 2 <= other.middle[1] <= item.bottom + 2 for other in row if other.height <= 20)
    return any(
        abs(other.middle[1] - middle) <= 0.5 * min(other.height, item.height)
        for other in row
        if other.height <= 20
    )


def _wrapped(lines: Sequence[_Line], limit: float) -> list[list[Span]]:
    """Each line's spans, wrapped ones joined to the line they continue. One address over several
    lines has no space anywhere."""
    words = [item for line in lines for segment in line.segments for item in segment.items]
    whole = all(_is_full(one, other, limit) for one, other in pairwise(lines))
    if len(words) == len(lines) > 1 and whole and sum("@" in word.span.text for word in words) == 1:
        text = "".join(word.span.text for word in words)
        if _ADDRESS.fullmatch(text):
            return [[Span(text)]]
    out: list[list[Span]] = []
    before: _Line | None = None
    for line in lines:
        spans = _spans(line)
        if before is not None and out and _continues(before, line, limit):
            out[-1] = _join(out[-1], spans, before, line, limit)
        else:
            out.append(spans)
        before = line
    return out


def _is_full(before: _Line, line: _Line, limit: float) -> bool:
    """Whether a line leaves no room for the word that begins the next, which is in the same type: the small
    print of a label above its answer is not."""
    alike = abs(before.height - line.height) <= _SAME_TYPE * line.height
    return alike and before.x1 + _first_word(line.segments[0].items[0]) > limit


def _continues(before: _Line, line: _Line, limit: float) -> bool:
    if len(line.segments) > 1 or any(item.span.slot for item in line.segments[0].items):
        return False
    if line.top - before.bottom > 0.9 * line.height or ":" in _first_words(line):
        return False
    if before.segments[-1].items[-1].span.slot or _begins_anew(before, line):
        return False
    space = 0.25 * line.height
    return before.x1 + space + _first_word(line.segments[0].items[0]) > limit


def _begins_anew(before: _Line, line: _Line) -> bool:
    """Whether a line is another question: it has a capital, below options or below room that ends a line."""
    items = [item for segment in before.segments for item in segment.items]
    ended = _LEADERS.search(items[-1].span.text) is not None or any(map(_tick, items))
    first = line.segments[0].items[0]
    return ended and first.span.text[:1].isupper() and not any(map(_tick, line.segments[0].items))


def _first_words(line: _Line) -> str:
    return " ".join(item.span.text for item in line.segments[0].items[:3])


def _join(spans: list[Span], more: list[Span], before: _Line, line: _Line, limit: float) -> list[Span]:
    last, first = spans[-1], more[0]
    glued, sure = _break(before, line, limit)
    if not first.slot and not last.slot and _look(first) == _look(last):
        text = last.text + ("" if glued else " ") + first.text
        unsure = last.unsure or first.unsure or not sure
        return [*spans[:-1], replace(last, text=text, unsure=unsure), *more[1:]]
    return [*spans, *([] if glued else [Span(" ")]), *more]


def _break(before: _Line, line: _Line, limit: float) -> tuple[bool, bool]:
    """Whether the break between two lines falls within a word, and whether that is sure.

    A hyphen or slash at the end is the word's own (Knokke-Heist): programs that hyphenate are
    rare in forms. An address is broken anywhere. Any other word is broken only where it is alone
    on its line and not even its next letter would have fitted; a short word that happens to end
    there looks just the same.
    """
    end, start = before.segments[-1].items[-1], line.segments[0].items[0]
    if end.span.text.endswith(("-", "/")) or start.span.text.startswith("@"):
        return True, True
    letter = _first_letter(start)
    alone = len(before.segments) == 1 and len(before.segments[0].items) == 1 and " " not in end.span.text
    if before.x1 + letter <= limit - 0.5 * letter:
        return False, True
    if "@" in end.span.text:
        return True, False
    if not alone:
        return False, True
    if start.span.text[:1].isupper() and not end.span.text.isupper():
        return False, True  # no word goes on with a capital
    return before.x1 + letter > limit, False


def _first_letter(word: Item) -> float:
    """How wide the first letter of a word is, as letters of ordinary fonts are to each other."""
    return _share(word, 1)


def _first_word(item: Item) -> float:
    """How wide the first word of an item is: what was recognised in a picture is a line in one."""
    return _share(item, len(item.span.text.split(" ")[0])) if " " in item.span.text else item.width


def _share(item: Item, letters: int) -> float:
    widths = [_width(char) for char in item.span.text] or [1.0]
    return item.width * sum(widths[:letters]) / sum(widths)


def _width(char: str) -> float:
    return 0.4 if char in "iljtfr.,:;'’|!()" else 1.5 if char in "mwMW" else 1.2 if char.isupper() else 1.0


def _spans(line: _Line) -> list[Span]:
    spans: list[Span] = []
    for segment in line.segments:
        if spans:
            spans.append(Span("\t"))
        spans.extend(segment.spans())
    return spans


# ---------------------------------------------------------------- columns without rules


def _in_columns(lines: Sequence[_Line]) -> list[tuple[float, int | None, list[_Line]]]:
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


def _part(line: _Line, start: float, end: float) -> _Line | None:
    segments = [segment for segment in line.segments if start <= segment.x0 < end]
    items = [item for segment in segments for item in segment.items]
    return _Line(segments, min(i.top for i in items), max(i.bottom for i in items)) if items else None


def _gutter(lines: Sequence[_Line]) -> tuple[float, int, int]:
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


def _are_columns(left: Sequence[_Line], right: Sequence[_Line]) -> bool:
    """Whether the right side is a column of its own: it has one left edge, and its lines stand now so far
    from those beside them and now otherwise. An answer stands as far from its label as any other."""
    edge = min(line.segments[0].x0 for line in right)
    ragged = any(line.segments[0].x0 - edge > _RAGGED for line in right)
    apart = [min((line.bottom - other.bottom for other in left), key=abs) for line in right]
    alike = max(sum(abs(one - other) <= _LEVEL for other in apart) for one in apart)
    return not ragged and 2 * alike <= len(right)


def _runs_beside(lines: Sequence[_Line], x: float) -> Iterator[tuple[int, int]]:
    """Each longest run of lines of which none crosses an upright line at x."""
    crosses = [any(segment.x0 < x < segment.x1 for segment in line.segments) for line in lines]
    n = 0
    for crossed, group in groupby(crosses):
        size = len(list(group))
        if not crossed:
            yield n, n + size
        n += size


def _flow(lines: Sequence[_Line], counted: _Counted) -> list[tuple[float, Block]]:
    out: list[tuple[float, Block]] = []
    limit = max((line.x1 for line in lines), default=0.0)
    n = 0
    while n < len(lines):
        run = _aligned(lines, n)
        if len(run) >= 2:
            out.append((lines[n].top, _columns(run, counted.table())))
            n += sum(len(rows) for rows in run)
            continue
        wrapped = [lines[n]]
        while n + len(wrapped) < len(lines) and _continues(wrapped[-1], lines[n + len(wrapped)], limit):
            if len(_aligned(lines, n + len(wrapped))) >= 2:
                break
            wrapped.append(lines[n + len(wrapped)])
        spans = _wrapped(wrapped, limit)[0]
        out.append((lines[n].top, Paragraph(tuple(spans), counted.line())))
        n += len(wrapped)
    return out


def _aligned(lines: Sequence[_Line], start: int) -> list[list[_Line]]:
    """The lines from ``start`` that share left edges in two columns or more: per row the line
    and those that only continue one of its cells."""
    if len(lines[start].segments) < 2:
        return []
    edges = [segment.x0 for segment in lines[start].segments]
    run: list[list[_Line]] = [[lines[start]]]
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
    run: Sequence[Sequence[_Line]], line: _Line, after: Sequence[_Line], edges: Sequence[float]
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


def _columns(run: Sequence[Sequence[_Line]], where: Location) -> Table:
    edges = [segment.x0 for segment in run[0][0].segments]
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
                    held.append(Span("" if glued else " "))
                held.extend(spans)
        rows.append(
            tuple(
                Cell((Paragraph(tuple(spans), at),) if spans else (), at, column=column)
                for column, spans in enumerate(cells)
            )
        )
    return Table(tuple(rows), where)
