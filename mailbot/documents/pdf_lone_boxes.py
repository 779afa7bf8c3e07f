"""Boxes below each other that stand alone in their rows: a spreadsheet that was printed with borders around
what is to be filled in, and none around the words beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby

from mailbot.documents.page_lines import WALL, Box, Item

Rows = Sequence[Sequence[Box]]

#: Points between a label and the box that it belongs to, at most; and from a box to the words behind it.
_FAR, _BEHIND = 150.0, 12.0
_FEWEST = 2  # rows that are the same of two tables beside each other


def with_words(items: Sequence[Item], tables: Sequence[Rows]) -> list[Rows]:
    """The tables, where boxes stand alone in their rows each with the room of its words: on its left, or
    right behind it; words of one are no other's. Two of such tables beside each other, with the same rows,
    are one."""
    done = [(rows, False) for rows in tables]
    left = list(items)
    lone = [n for n, rows in enumerate(tables) if all(len(row) == 1 for row in rows)]
    for number in sorted(lone, key=lambda n: _left_of(tables[n])):
        rows = tables[number]
        others = [box for other in tables if other is not rows for row in other for box in row]
        found = _labelled(left, [box for (box,) in rows], others)
        if any(len(row) > 1 for row in found):
            done[number] = (found, True)
            left = [item for item in left if not any(is_in(item, box) for row in found for box in row)]
    return _side_by_side(done)


def _left_of(rows: Rows) -> float:
    return min((box[0] for row in rows for box in row), default=0.0)


def is_in(item: Item, box: Box) -> bool:
    """Whether the middle of an item lies in a box."""
    x, y = item.middle
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _labelled(items: Sequence[Item], lone: Sequence[Box], others: Sequence[Box]) -> Rows:
    """The rows of a table of lone boxes, each box with the room of its words; ``others`` are the boxes of
    other tables, beyond which no words are theirs."""
    out: list[Sequence[Box]] = []
    for _, run in groupby(lone, key=lambda box: round(box[0])):
        boxes = list(run)
        if (edge := _edge_of_labels(items, boxes, others)) is not None:
            out += [[(edge, box[1], box[0] - 2, box[3]), box] for box in boxes]
        elif (end := _end_of_words_behind(items, boxes, others)) is not None:
            out += [[box, (box[2], box[1], end, box[3])] for box in boxes]
        else:
            out += [[box] for box in boxes]
    return out


def _edge_of_labels(items: Sequence[Item], boxes: Sequence[Box], others: Sequence[Box]) -> float | None:
    """Where the words begin that stand on the left of each of some boxes; None where one has none near it,
    unless all begin at the same place."""
    left = boxes[0][0]
    floor = max(
        (one[2] for box in boxes for one in others if one[2] <= left + 2 and _level(one, box)), default=0.0
    )
    beside = [item for item in items if item.x1 <= left + 2 and item.x0 >= floor - 1]
    found = [[item for item in beside if box[1] <= item.middle[1] <= box[3]] for box in boxes]
    if not all(found):
        return None
    starts = [min(item.x0 for item in own) for own in found]
    far = max(left - max(item.x1 for item in own) for own in found)
    is_column = len(starts) > 1 and max(starts) - min(starts) <= WALL
    return min(starts) - 1 if far < _FAR or is_column else None


def _end_of_words_behind(items: Sequence[Item], boxes: Sequence[Box], others: Sequence[Box]) -> float | None:
    """Where the words end that begin right behind each of some boxes; None where one has none there."""
    right = max(box[2] for box in boxes)
    roof = min(
        (one[0] for box in boxes for one in others if one[0] >= right - 2 and _level(one, box)),
        default=math.inf,
    )
    behind = [item for item in items if item.x0 >= right - 2 and item.x1 <= roof + 1]
    found = [[item for item in behind if box[1] <= item.middle[1] <= box[3]] for box in boxes]
    if len(boxes) < _FEWEST or not all(
        own and min(item.x0 for item in own) - right <= _BEHIND for own in found
    ):
        return None
    return max(item.x1 for own in found for item in own) + 1


def _level(one: Box, other: Box) -> bool:
    """Whether two boxes stand beside each other."""
    return one[1] < other[3] - WALL and other[1] < one[3] - WALL


def _side_by_side(tables: Iterable[tuple[Rows, bool]]) -> list[Rows]:
    """The tables, those of lone boxes joined to one such table before them whose rows they go on with."""
    kept: list[tuple[Rows, bool]] = []
    for rows, is_lone in tables:
        at = next(
            (n for n, (other, lone) in enumerate(kept) if is_lone and lone and _same_rows(other, rows)), None
        )
        if at is None:
            kept.append((rows, is_lone))
        else:
            kept[at] = (_zipped(kept[at][0], rows), True)
    return [rows for rows, _ in kept]


def _same_rows(one: Rows, other: Rows) -> bool:
    """Whether two tables stand beside each other, and every row of one that is beside the other is one of its
    rows."""
    shared = sum(any(_same(row, its) for its in other) for row in one)
    beside = max(
        sum(any(_level(row[0], its[0]) for its in b) for row in a) for a, b in ((one, other), (other, one))
    )
    ends = sorted(
        (min(box[0] for row in rows for box in row), max(b[2] for row in rows for b in row))
        for rows in (one, other)
    )
    return shared >= _FEWEST and shared == beside and ends[0][1] <= ends[1][0] + WALL


def _same(row: Sequence[Box], other: Sequence[Box]) -> bool:
    return abs(row[0][1] - other[0][1]) <= WALL and abs(row[0][3] - other[0][3]) <= WALL


def _zipped(one: Rows, other: Rows) -> Rows:
    rows: list[Sequence[Box]] = []
    for row in one:
        beside = next((its for its in other if _same(row, its)), ())
        rows.append(sorted((*row, *beside)))
    rows += [row for row in other if not any(_same(row, its) for its in one)]
    return sorted(rows, key=lambda row: row[0][1])
