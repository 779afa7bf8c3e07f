"""The boxes to tick on a page seen as pixels, square and round, and whether somebody put a mark in them.

A mark drawn by hand crosses the box and sticks out of it, so that no outline of a square is left: squares are
found by their four sides, circles by ink all along their rim, both whatever else is drawn over them.
"""

from __future__ import annotations

from typing import Any

from mailbot.documents.page_lines import Box, Item
from mailbot.domain.document import Span
from mailbot.text.characters import TICKED, UNTICKED

_SIDE = (5.6, 18.0)  # points of a square
_SHORTEST = 5.0  # points of a straight side: strokes of a pen and curves of letters hold no such piece
_SQUARE = (0.75, 1.33)  # wide by high
_FULL = 0.75  # of the hole that its sides enclose
_EDGE = 0.88  # of the outer edge of each side is ink
_WITHIN = 0.22  # of a side, that its own line may take
_MARKED = 0.125  # of the inside of a box is ink: there is a mark
_REACH, _OPTIONS = 150.0, 6  # points between the boxes of one question, and how many are looked for
_FRAME = 0.9  # of the sides of such a box that is ink
_RADIUS = (2.6, 6.5)  # points of a circle to tick
_RIM = 0.88  # of a circle is ink: an e or c is open
_LEFT = 2.0  # points before a circle without ink
_LONE = 0.8  # of its radius is the room behind it: an o in a word has less
_CROSSED = 0.3  # of the height of such room, that a stroke of something else takes at most
_RIMMED, _THICK = 2.4, 0.6  # of its radius, and points: how wide a circle is with its rim
_EMPTY = 0.03  # of the inside of a circle is ink at most where nobody marked it
_ALIKE = 0.2  # of their size, that circles of one question differ at most
_LEVEL = 4.0  # points


def boxes(dark: Any, point: float) -> list[Item]:
    """The squares and circles to tick in some ink, each a tick or an empty box."""
    found: list[tuple[Box, bool]] = []
    for one in [*_squares(dark, point), *_circles(dark, point)]:
        if not any(_is_same(one[0], other[0]) for other in found):
            found.append(one)
    return [Item(*box, Span(TICKED if marked else UNTICKED)) for box, marked in found]


def _squares(dark: Any, point: float) -> list[tuple[Box, bool]]:
    import cv2
    import numpy as np

    straight = max(3, round(_SHORTEST * point))
    level = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, straight), np.uint8))
    upright = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((straight, 1), np.uint8))
    sides = cv2.morphologyEx(cv2.bitwise_or(level, upright), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    outlines, hierarchy = cv2.findContours(sides, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    found: list[tuple[Box, bool]] = []
    # A mark may lengthen a side on the outside; the hole that the sides enclose keeps its shape.
    for outline, (_, _, _, parent) in zip(
        outlines, hierarchy[0] if hierarchy is not None else (), strict=True
    ):
        x, y, wide, high = cv2.boundingRect(outline)
        is_full = cv2.contourArea(outline) >= _FULL * (wide - 1) * (high - 1)
        if parent < 0 or not is_full or max(wide, high) > _SIDE[1] * point:
            continue
        x, y, wide, high = _grown(dark, x, y, wide, high)
        fits = min(wide, high) / point >= _SIDE[0] and max(wide, high) / point <= _SIDE[1]
        if not fits or not _SQUARE[0] <= wide / high <= _SQUARE[1]:
            continue
        if not _four_sides(dark, x, y, wide, high) or _goes_on(dark, (x, y, wide, high), point):
            continue
        if _stands_free(dark, (x, y, wide, high), point):
            box = (x / point, y / point, (x + wide) / point, (y + high) / point)
            found.append((box, _share(dark, x, y, wide, high) > _MARKED))
    return [*found, *(other for box, marked in found if not marked for other in _beside(dark, box, point))]


def _beside(dark: Any, box: Box, point: float) -> list[tuple[Box, bool]]:
    """The squares of the same size on the line of an empty one that a mark has made one with a rule of a
    table, or has half covered: ink stands where the sides are, and inside."""
    import cv2
    import numpy as np

    wide, high = round((box[2] - box[0]) * point), round((box[3] - box[1]) * point)
    top, left = max(0, round((box[1] - 1) * point)), max(0, round((box[0] - _REACH) * point))
    here = dark[top : round((box[3] + 1) * point), left : round((box[2] + _REACH) * point)]
    frame = np.zeros((high, wide), np.float32)
    cv2.rectangle(frame, (1, 1), (wide - 2, high - 2), 1.0, 1)
    if here.shape[0] < high or here.shape[1] < wide:
        return []
    shares = cv2.matchTemplate(here.astype(np.float32) / 255, frame / frame.sum(), cv2.TM_CCORR)
    found: list[tuple[Box, bool]] = []
    for _ in range(_OPTIONS):
        _, best, _, (x, y) = cv2.minMaxLoc(shares)
        if best < _FRAME:
            break
        shares[:, max(0, x - wide) : x + wide] = 0
        at = (left + x, top + y, wide, high)
        is_own = abs(at[0] / point - box[0]) < 2
        if not is_own and _share(dark, *at) > 2 * _MARKED and _stands_free(dark, at, point):
            found.append(
                ((at[0] / point, at[1] / point, (at[0] + wide) / point, (at[1] + high) / point), True)
            )
    return found


def _grown(dark: Any, x: int, y: int, wide: int, high: int) -> tuple[int, int, int, int]:
    """A hole with the lines around it, as thick as they are."""
    left, right, above, below = x, x + wide, y, y + high
    for _ in range(max(2, wide // 3)):
        left -= bool(left and dark[y : y + high, left - 1].mean() > 100)
        right += bool(right < dark.shape[1] and dark[y : y + high, right].mean() > 100)
        above -= bool(above and dark[above - 1, x : x + wide].mean() > 100)
        below += bool(below < dark.shape[0] and dark[below, x : x + wide].mean() > 100)
    return left, above, right - left, below - above


def _share(dark: Any, x: int, y: int, wide: int, high: int) -> float:
    """How much of the inside of a square is ink."""
    margin = max(2, round(_WITHIN * wide))
    inside = dark[y + margin : y + high - margin, x + margin : x + wide - margin]
    return float(inside.mean()) / 255 if inside.size else 0.0


def _four_sides(dark: Any, x: int, y: int, wide: int, high: int) -> bool:
    """Whether ink runs along each side, on its outer edge, up to the corners: a round letter has less there
    than further in."""
    edge = max(2, round(0.1 * wide))
    sides = (
        dark[y : y + edge, x : x + wide].max(axis=0),
        dark[y + high - edge : y + high, x : x + wide].max(axis=0),
        dark[y : y + high, x : x + edge].max(axis=1),
        dark[y : y + high, x + wide - edge : x + wide].max(axis=1),
    )
    return all(float(side.mean()) / 255 > _EDGE for side in sides)


def _goes_on(dark: Any, box: tuple[int, int, int, int], point: float) -> bool:
    """Whether lines of a square run on past its corners: an "H" over a rule, or a piece of a table."""
    x, y, wide, high = box
    edge, near, far = max(2, round(0.18 * wide)), round(0.5 * point), round(2 * point)
    ends = [
        dark[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
        for left, right in ((x, x + edge), (x + wide - edge, x + wide))
        for top, bottom in ((y - far, y - near), (y + high + near, y + high + far))
    ] + [
        dark[top:bottom, max(0, left) : max(0, right)].T
        for top, bottom in ((y, y + edge), (y + high - edge, y + high))
        for left, right in ((x - far, x - near), (x + wide + near, x + wide + far))
    ]
    return sum(bool(end.size) and float((end > 0).any(axis=1).mean()) > 0.9 for end in ends) > 1


def _stands_free(dark: Any, box: tuple[int, int, int, int], point: float) -> bool:
    """Whether nothing stands right beside a square: a "B" in a word is no box. A mark may stick out."""
    x, y, wide, high = box
    near, far = round(0.5 * point), round(1.2 * point)
    sides = (
        dark[y : y + high, max(0, x - far) : max(0, x - near)],
        dark[y : y + high, x + wide + near : x + wide + far],
    )
    return all(not side.size or float((side > 0).any(axis=1).mean()) < 0.5 for side in sides)


def _circles(dark: Any, point: float) -> list[tuple[Box, bool]]:
    """The circles that stand alone with an empty one of their size beside or below them: one by itself may
    be a letter, and several black ones are dots before the lines of a list."""
    import cv2
    import numpy as np

    count, pieces, facts, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    rings: list[tuple[Box, float]] = []
    least, most = 2 * _RADIUS[0] * point, 4 * _RADIUS[1] * point
    for number in range(1, count):
        x, y, wide, high = map(int, facts[number][:4])
        if min(wide, high) < least or max(wide, high) > most:
            continue
        edge = round(_RADIUS[1] * point)
        left, above = max(0, x - edge), max(0, y - 1)
        around = pieces[above : y + high + 1, left : x + wide + edge]
        own = (around == number).astype(np.uint8)
        others = ((around > 0) & (around != number)).astype(np.uint8)
        if others[:, max(0, x - left - round(_LEFT * point)) : x - left].any(axis=1).mean() > _CROSSED:
            continue
        if ring := _ring(own, others, point):
            across, down, radius, filled = ring
            at = (left + across) / point, (above + down) / point
            rings.append(((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius), filled))
    return [
        (box, filled > _MARKED)
        for box, filled in rings
        if any(_are_options(box, other) and min(filled, rest) <= _EMPTY for other, rest in rings)
    ]


def _ring(own: Any, others: Any, point: float) -> tuple[float, float, float, float] | None:
    """The circle in a piece of ink, whatever was drawn over it: its middle, its radius in points, and how
    much of its inside is ink. Nothing where it is none, or a letter with the next one beside it."""
    import cv2
    import numpy as np

    page = np.pad(own, 2).astype(np.float32)
    seen: list[tuple[float, float, float]] = []
    for radius in np.arange(_RADIUS[0], _RADIUS[1], 0.3):
        size = round(radius * point)
        rim = cv2.circle(
            np.zeros((2 * size + 3, 2 * size + 3), np.float32), (size + 1, size + 1), size, 1.0, 1
        )
        shares = cv2.filter2D(page, -1, rim / rim.sum(), borderType=cv2.BORDER_CONSTANT)
        _, best, _, (right, down) = cv2.minMaxLoc(shares)
        if best >= _RIM:
            seen.append((right - 2.0, down - 2.0, float(radius)))
    if not seen:
        return None
    across, below, radius = seen[len(seen) // 2]
    top, bottom = max(0, round(below - radius * point)), round(below + radius * point) + 1
    rim_at = round(across + (radius + 0.5) * point)
    beside = others[top:bottom, rim_at : rim_at + round(_LONE * radius * point)]
    if beside.size and beside.any(axis=1).mean() > _CROSSED:
        return None
    inner = 0.5 * radius * point
    inside = own[
        max(0, round(below - inner)) : round(below + inner) + 1,
        max(0, round(across - inner)) : round(across + inner) + 1,
    ]
    filled = float(inside.mean()) if inside.size else 0.0
    if (
        filled <= _EMPTY
        and max(own.any(axis=0).sum(), own.any(axis=1).sum()) > (_RIMMED * radius + _THICK) * point
    ):
        return None  # "d", "p": more than a circle, and nothing marked
    return across, below, radius, filled


def _are_options(one: Box, other: Box) -> bool:
    """Whether two circles are of one size, and stand on one line or below one another."""
    if one == other:
        return False
    size, others = one[2] - one[0], other[2] - other[0]
    across, down = abs(one[0] - other[0]), abs(one[1] - other[1])
    in_line = (down <= _LEVEL and across <= _REACH) or (across <= _LEVEL and down <= _REACH)
    return in_line and abs(size - others) <= _ALIKE * max(size, others)


def _is_same(one: Box, other: Box) -> bool:
    return all(abs(one[n] + one[n + 2] - other[n] - other[n + 2]) < 10 for n in (0, 1))
