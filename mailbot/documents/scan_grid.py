"""A page seen as pixels: set straight, and the cells that its ruled lines enclose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mailbot.documents.page_lines import Box, Item

_MOST_TURN, _STEP = 4.0, 0.2  # degrees
_LEAST_TURN = 0.25  # less reads as well, and turning blurs
_LONG, _HIGH = 40, 14  # points of a rule: letters and the sides of a box to tick are shorter
_THICK, _PALE = 3, 16  # points that a rule is thick at most; how much darker than the paper at least
_GAP = 12  # points of a rule that may be missing
_THROUGH, _TRACE = 0.55, 0.4  # of a rule that is drawn on, of its ink that is left
_LEAST_CELL = (8, 6)  # points
_FEWEST, _MOST = 4, 600  # cells of a table: a frame around a page has one
_EDGE = 2.0  # points within a cell that may be rule
_TEXT = (4.0, 40.0)  # points high
_WALL, _BESIDE = 6.0, 1.2  # points between two cells that share a wall; beside it, where paper is to lie
_NEAR = 0.6  # points to a rule, which a wall reaches and a letter does not
_TOUCHED = 0.3  # of the height of a wall, where something stands against it
_SAME_EDGE = 3.0  # points that one wall stands in different places, at most: half a letter
_WHOLE, _SHARED = 0.95, 3  # of its height that it is drawn; rows that have it at the same place


def ink(pixels: Any) -> Any:
    """What is darker than the paper around it: 255, and 0 elsewhere."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)


def straightened(pixels: Any) -> Any:
    """The page turned so that its lines run level, where they do not."""
    import cv2
    import numpy as np

    scale = 700 / max(pixels.shape[:2])
    small = cv2.resize(
        ink(np.ascontiguousarray(pixels)), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA
    )
    high, wide = small.shape[:2]

    def sharpness(angle: float) -> float:
        turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1)
        rows = cv2.warpAffine(small, turn, (wide, high)).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    angle = max(np.arange(-_MOST_TURN, _MOST_TURN + _STEP, _STEP), key=lambda one: sharpness(float(one)))
    if abs(angle) < _LEAST_TURN:
        return pixels
    high, wide = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), float(angle), 1)
    return cv2.warpAffine(pixels, turn, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def grids(pixels: Any, point: float) -> list[list[list[Box]]]:
    """The tables of a page, each as rows of the boxes of its cells, in points."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    thin, thin_upright = _thin(grey, point), _thin(grey.T, point).T
    level = _rules(thin, round(_LONG * point), point)
    upright = _rules(thin_upright.T, round(_HIGH * point), point).T
    frames, _ = cv2.findContours(_joined(level, upright), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for x, y, wide, high in map(cv2.boundingRect, frames):
        here = np.s_[y : y + high, x : x + wide]
        _complete(level[here], thin[here], point)
        _complete(upright[here].T, thin_upright[here].T, point)
    rules = _joined(level, upright)
    outlines, hierarchy = cv2.findContours(rules, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    tables: dict[int, list[Box]] = {}
    for outline, (_, _, _, parent) in zip(
        outlines, hierarchy[0] if hierarchy is not None else (), strict=True
    ):
        x, y, wide, high = cv2.boundingRect(outline)
        is_box = cv2.contourArea(outline) > 0.75 * wide * high
        if parent >= 0 and is_box and wide >= _LEAST_CELL[0] * point and high >= _LEAST_CELL[1] * point:
            cell = (x / point, y / point, (x + wide) / point, (y + high) / point)
            tables.setdefault(int(parent), []).append(cell)
    dark = ink(pixels)
    ruled = (_in_rows(cells) for cells in tables.values() if _FEWEST <= len(cells) <= _MOST)
    found = [_walled(rows, dark, point) for rows in ruled]
    return [_aligned(rows) for rows in found if sum(map(len, rows)) >= _FEWEST]


def _aligned(rows: Sequence[Sequence[Box]]) -> list[list[Box]]:
    """The rows with one place for each wall between columns: seen as pixels, it stands now a little further
    and now a little less far, which would be a column more."""
    groups: list[list[float]] = []
    for edge in sorted(edge for row in rows for cell in row for edge in (cell[0], cell[2])):
        if groups and edge - groups[-1][-1] <= _SAME_EDGE:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    place = {edge: sum(group) / len(group) for group in groups for edge in group}
    return [[(place[cell[0]], cell[1], place[cell[2]], cell[3]) for cell in row] for row in rows]


def _walled(rows: Sequence[Sequence[Box]], dark: Any, point: float) -> list[list[Box]]:
    """The rows without the walls that are none: the stem of a letter that reaches from rule to rule."""
    edges = [cell[0] for row in rows for cell in row]
    found: list[list[Box]] = []
    for row in rows:
        cells: list[Box] = []
        for cell in row:
            before = cells[-1] if cells else None
            beside = before is not None and cell[0] - before[2] <= _WALL
            shared = sum(abs(edge - cell[0]) <= _EDGE for edge in edges) >= _SHARED
            if before and beside and not shared and not _is_wall(before, cell, dark, point):
                cells[-1] = (before[0], min(before[1], cell[1]), cell[2], max(before[3], cell[3]))
            else:
                cells.append(cell)
        found.append(cells)
    return found


def _is_wall(left: Box, right: Box, dark: Any, point: float) -> bool:
    """Whether what divides two cells is a rule: it runs all the way, or has paper along both sides. A letter
    is part of a word."""
    top, bottom = max(left[1], right[1]), min(left[3], right[3])
    rows = slice(round((top + _NEAR) * point), round((bottom - _NEAR) * point))
    wall = dark[rows, round((left[2] - 1) * point) : round((right[0] + 1) * point)]
    if wall.size and float((wall > 0).mean(axis=0).max()) > _WHOLE:
        return True
    rows = slice(round((top + _EDGE) * point), round((bottom - _EDGE) * point))
    sides = (
        dark[rows, round((left[2] - _BESIDE) * point) : round(left[2] * point)],
        dark[rows, round(right[0] * point) : round((right[0] + _BESIDE) * point)],
    )
    return all(not side.size or float((side > 0).any(axis=1).mean()) < _TOUCHED for side in sides)


def _thin(grey: Any, point: float) -> Any:
    """What is dark, thin and level all along: a pale rule is so, and no line of letters."""
    import cv2
    import numpy as np

    smooth = cv2.blur(np.ascontiguousarray(grey), (round(1.2 * point), 1))
    along = cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, np.ones((1, round(_HIGH * point)), np.uint8))
    kernel = np.ones((round(_THICK * point), 1), np.uint8)
    return cv2.threshold(cv2.morphologyEx(along, cv2.MORPH_BLACKHAT, kernel), _PALE, 255, cv2.THRESH_BINARY)[
        1
    ]


def _rules(dark: Any, length: int, point: float) -> Any:
    """The level rules in some ink: noise and a slant that is left break them into pieces, which are joined
    again."""
    import cv2
    import numpy as np

    thick = cv2.dilate(np.ascontiguousarray(dark), np.ones((3, 1), np.uint8))
    whole = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, max(3, round(1.2 * point))), np.uint8))
    found = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    return cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((1, round(_GAP * point)), np.uint8))


def _joined(level: Any, upright: Any) -> Any:
    import cv2
    import numpy as np

    return cv2.morphologyEx(level | upright, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))


def _complete(rules: Any, dark: Any, point: float) -> None:
    """Draws what is missing of the level rules that run through most of a table, where some of their ink is
    left; a cell over several rows has none there."""
    import cv2
    import numpy as np

    through = np.flatnonzero((rules > 0).mean(axis=1) >= _THROUGH)
    for run in np.split(through, np.flatnonzero(np.diff(through) > 3 * point) + 1):
        if not run.size:
            continue
        first, last = int(run[0]), int(run[-1]) + 1
        traces = (dark[max(0, first - 3) : last + 3] > 0).any(axis=0).astype(np.float32)
        share = cv2.blur(traces[None, :], (round(15 * point), 1))[0]
        rules[first:last, share >= _TRACE] = 255


def _in_rows(cells: Sequence[Box]) -> list[list[Box]]:
    rows: list[list[Box]] = []
    for cell in sorted(cells, key=lambda box: box[1]):
        if rows and abs(rows[-1][0][1] - cell[1]) < 5:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [sorted(row) for row in rows]


def to_read_anew(lines: Sequence[Item], cells: Sequence[Box], dark: Any, point: float) -> list[Box]:
    """The cells whose words were read together with those of the cell beside, or not at all."""
    held: dict[Box, list[Item]] = {cell: [] for cell in cells}
    mixed: set[Box] = set()
    for line in lines:
        at = [cell for cell in cells if _reaches(line, cell)]
        for cell in at:
            held[cell].append(line)
        if len(at) > 1:
            mixed.update(at)
    return [c for c in cells if c in mixed or (not held[c] and rows_of_text(c, dark, point))]


def _reaches(line: Item, cell: Box) -> bool:
    return cell[1] <= line.middle[1] <= cell[3] and min(line.x1, cell[2]) - max(line.x0, cell[0]) > 4


def rows_of_text(cell: Box, dark: Any, point: float) -> list[Box]:
    """The lines of text in a cell, in points, by the ink of its rows."""
    import numpy as np

    x0, top, x1, bottom = (round(edge * point) for edge in _inside(cell))
    here = dark[top:bottom, x0:x1] > 0
    if not here.size:
        return []
    filled = here.sum(axis=1) >= max(2, 0.4 * point)
    found: list[list[int]] = []
    for y in np.flatnonzero(filled):
        if found and y - found[-1][1] <= 1.2 * point:
            found[-1][1] = int(y)
        else:
            found.append([int(y), int(y)])
    rows: list[Box] = []
    for first, last in found:
        if not _TEXT[0] * point <= last - first <= _TEXT[1] * point:
            continue
        columns = np.flatnonzero(here[first : last + 1].any(axis=0))
        left, right = int(columns[0]), int(columns[-1])
        rows.append(((x0 + left) / point, (top + first) / point, (x0 + right) / point, (top + last) / point))
    return rows


def _inside(cell: Box) -> Box:
    return cell[0] + _EDGE, cell[1] + _EDGE, cell[2] - _EDGE, cell[3] - _EDGE
