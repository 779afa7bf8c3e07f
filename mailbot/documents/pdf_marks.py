"""What pen strokes on a page say: a box that is ticked, a word that is circled or crossed out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from mailbot.documents.page_lines import Box, Item
from mailbot.domain.document import Span
from mailbot.text.characters import TICKED, UNTICKED

#: A square of this many points is a box to tick.
BOX = (5.0, 18.0)
#: So many of them, at most so many points from each other, are room for the letters of a word.
_LETTERS, _TOUCHING = 4, 1.5
#: Of its size, that the rim of a round box may lie within its edge.
_RIM = 0.2
#: A circle is drawn in so many points at most; a tick of a picture font in more.
_ROUND = 13
#: Points of a line that is room to write on, and between it and its label.
_ROOM, _BESIDE = 30.0, 40.0
THIN = 1.6  # points that a stroke to write on is thick at most
_CORNERS, _ASLANT = 4, 0.15  # of a frame, and how much of its lower side a shaded corner takes at most
_TOUCH = 0.5  # points that a box may lie outside of the one around it
_FLUSH = 1.5  # points between the ends of a line and of the words above it, at most
_SPACE = 0.4  # of its height, that the space beside a word is wide
_FRAME = (11.0, 160.0)  # points that a frame to write in is high
_FREE = 1.8  # times as high as its words is the room that a frame has below them
_INDENT = 8.0  # points between the side of a frame and what is written in it, at most
_MARKED = 1.6  # of its height, that the ground of a word is at most
_LOWEST = 4.0  # points that the ground of a word is high: the squares of a code are lower, and thousands
_CMYK = 4  # parts of a colour that printers mix
_PENS = {"x", "v", "•", "●", "■", TICKED}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stroke and the rectangle around it, from the top left, in points. ``shape`` is the
    annotation's subtype ("Circle", "Ink", ...), or "Circle"/"Strike" for one drawn on the page."""

    x0: float
    top: float
    x1: float
    bottom: float
    shape: str


def boxes(
    page: Any, words: Sequence[Item], marks: Sequence[Mark], for_letters: Sequence[Box] = ()
) -> tuple[list[Item], list[Item]]:
    """The drawn boxes of a page as ticks, but those that are ``for_letters``, and the words that are none of
    them."""
    squares, circles = _to_tick(page, words, for_letters)
    rings = [_bounds(curve) for curve in page.curves if _is_ring(curve)]
    strokes = _strokes(page, marks, circles)
    ticks: list[Item] = []
    inside: set[int] = set()
    for box in (*squares, *circles):
        held = [n for n, word in enumerate(words) if _is_written_in(word, box)]
        inside.update(held)
        written = any(words[n].span.text.lower() in _PENS for n in held)
        within = [ring for ring in rings if box in circles and _is_inside(ring, box)]
        pens = [stroke for stroke in strokes if stroke not in within]
        crossed = any(_within(stroke, one) for stroke in pens for one in (box, *within))
        ticks.append(Item(*box, Span(TICKED if written or crossed else UNTICKED)))
    return ticks, [word for n, word in enumerate(words) if n not in inside]


def _to_tick(page: Any, words: Sequence[Item], for_letters: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """The squares and the circles of a page that may be ticked."""
    grounds = [mark for mark in _grounds(page) if _painted(mark, words)]
    squares = [
        square
        for square in _without_letter_boxes(_squares(page, grounds))
        if not any(_is_same(square, other) for other in for_letters)
    ]
    circles = [c for c in _empty_circles(page, words) if not any(_is_inside(c, one) for one in squares)]
    return squares, circles


def _strokes(page: Any, marks: Sequence[Mark], circles: Sequence[Box]) -> list[Box]:
    """The bounds of all that may cross a box: lines, marks, and curves but the outlines of ``circles``."""
    free = (_bounds(curve) for curve in page.curves if not _is_frame(curve))
    curves = [one for one in free if not any(_is_outline(one, c) for c in circles)]
    drawn = [(mark.x0, mark.top, mark.x1, mark.bottom) for mark in marks]
    return [*map(_bounds, page.lines), *curves, *drawn]


def _is_same(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= _TOUCHING for a, b in zip(one, other, strict=True))


def _is_written_in(word: Item, box: Box) -> bool:
    """Whether a word stands in a box, and is not much wider."""
    x, y = word.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3] and word.width <= (box[2] - box[0]) * 1.4


def strokes_to_write_on(page: Any) -> Iterator[Any]:
    """The flat strokes of a page that are long enough to write on, as they were drawn."""
    for drawn in (*page.lines, *page.rects):
        if drawn["bottom"] - drawn["top"] <= THIN and drawn["x1"] - drawn["x0"] >= _ROOM:
            yield drawn


def open_rules(page: Any, words: Sequence[Item], tables: Sequence[Box]) -> list[Item]:
    """The lines to write on that are drawn behind a label and that nobody wrote on, as the underscores that
    others type."""
    found: list[Item] = []
    for rule in strokes_to_write_on(page):
        x0, x1, y = rule["x0"], rule["x1"], rule["bottom"]
        inside = any(t[0] - 2 <= x0 and x1 <= t[2] + 2 and t[1] - 2 <= y <= t[3] + 2 for t in tables)
        if inside:
            continue
        on_it = [w for w in words if abs(w.bottom - y) <= 0.7 * w.height]
        label = any(w.x1 <= x0 + 3 and x0 - w.x1 <= _BESIDE and w.span.text[-1:] not in "." for w in on_it)
        written = any(min(w.x1, x1) - max(w.x0, x0) > 3 for w in words if -1 <= y - w.bottom <= w.height)
        if label and not written:
            found.append(Item(x0, y - 10, x1, y, Span("_" * 20)))
    return found


def frames(finder: Any) -> list[Box]:
    """The frames of a page that are no cell of a table: room to write in, or drawn around words."""
    cells = {cell for table in finder.tables for cell in table.cells}
    alone = [cell for cell in finder.cells if cell not in cells]
    return [
        one
        for one in alone
        if one[2] - one[0] >= _ROOM
        and _FRAME[0] <= one[3] - one[1] <= _FRAME[1]
        and not any(_is_inside(other, one) for other in alone)
    ]


def in_frames(words: Sequence[Item], frames: Sequence[Box], others: Sequence[Item]) -> list[Item]:
    """The words, those that begin in a frame flush with its left side, and room to write in each frame that
    holds nothing, or a line at its top."""
    result = list(words)
    for frame in frames:
        inside = [n for n, word in enumerate(words) if _holds(frame, word)]
        for n in inside:
            first = not any(_holds_before(words[n], words[other]) for other in inside)
            if first and words[n].x0 - frame[0] <= _INDENT:
                result[n] = replace(words[n], x0=frame[0])
        if any(_holds(frame, other) for other in others):
            continue
        if not inside:
            result.append(Item(*frame, Span("_" * 20)))
        elif room := _below(frame, [words[n] for n in inside]):
            result.append(Item(*room, Span("_" * 20)))
    return result


def _below(frame: Box, inside: Sequence[Item]) -> Box | None:
    """The room in a frame below a line of words at its top, where more than another line fits."""
    top, foot = min(word.top for word in inside), max(word.bottom for word in inside)
    height = max(word.height for word in inside)
    one_line = foot - top < 1.5 * height and top - frame[1] < height
    return (
        (frame[0], foot + 1, frame[2], foot + 1 + height)
        if one_line and frame[3] - foot > _FREE * height
        else None
    )


def _holds(frame: Box, item: Item) -> bool:
    return frame[0] <= item.middle[0] <= frame[2] and frame[1] <= item.middle[1] <= frame[3]


def _holds_before(word: Item, other: Item) -> bool:
    """Whether another word stands before this one on its line."""
    return other.x0 < word.x0 and abs(other.middle[1] - word.middle[1]) <= word.height / 2


def is_square(rect: Mapping[str, Any]) -> bool:
    """Whether a rectangle is a square as large as a box to tick."""
    width, height = rect["x1"] - rect["x0"], rect["bottom"] - rect["top"]
    return bool(BOX[0] <= width <= BOX[1] and abs(width - height) <= 2.5)


def _squares(page: Any, grounds: Sequence[Mark]) -> list[Box]:
    """The squares as large as a box, but the ground of a short word that was marked ("ja")."""
    found: list[Box] = []
    marked = {(mark.x0, mark.top, mark.x1, mark.bottom) for mark in grounds}
    for rect in (*page.rects, *filter(_is_frame, page.curves)):
        if _bounds(rect) in marked:
            continue
        if not is_square(rect):
            continue
        if not any(abs(rect["x0"] - x0) < 4 and abs(rect["top"] - top) < 4 for x0, top, _, _ in found):
            found.append((rect["x0"], rect["top"], rect["x1"], rect["bottom"]))
    return found


def _without_letter_boxes(squares: Sequence[Box]) -> list[Box]:
    """The squares without those that stand against each other in a row: each is room for a letter."""
    runs: list[list[Box]] = []
    for square in sorted(squares, key=lambda one: (round(one[1]), one[0])):
        before = runs[-1][-1] if runs else None
        if before and abs(before[1] - square[1]) <= _TOUCHING and abs(before[2] - square[0]) <= _TOUCHING:
            runs[-1].append(square)
        else:
            runs.append([square])
    return [square for run in runs if len(run) < _LETTERS for square in run]


def _empty_circles(page: Any, words: Sequence[Item]) -> list[Box]:
    """The circles as large as a box with a word beside them and none inside: round boxes to tick. What is
    drawn inside one, smaller and filled, is its tick and no box."""
    round_ones = [_bounds(curve) for curve in page.curves if _is_circle(curve)]
    outer = [one for one in round_ones if not any(_is_inside(one, other) for other in round_ones)]
    return [one for one in dict.fromkeys(outer) if not _around_a_word(one, words) and _is_beside(one, words)]


def _is_circle(curve: Any) -> bool:
    """Whether a curve is as round as a box to tick, and as large."""
    width, height = curve["x1"] - curve["x0"], curve["bottom"] - curve["top"]
    is_large = BOX[0] <= width <= BOX[1] and abs(width - height) <= 1
    return is_large and len(curve["pts"]) <= _ROUND and not _is_frame(curve)


def _is_ring(curve: Any) -> bool:
    """Whether it is a circle of which nothing is seen but its rim."""
    is_open = not curve["fill"] or _is_white(curve["non_stroking_color"])
    return is_open and _is_circle(curve) and curve["pts"][0] == curve["pts"][-1]


def _is_frame(curve: Any) -> bool:
    """Whether a curve goes along the sides of a rectangle, but for shaded corners: the rim of a field."""
    points = curve["pts"]
    aslant = _ASLANT * min(curve["x1"] - curve["x0"], curve["bottom"] - curve["top"])
    steps = (min(abs(x - a), abs(y - b)) for (x, y), (a, b) in pairwise(points))
    return _CORNERS <= len(points) <= 2 * _CORNERS and all(step <= aslant for step in steps)


def _bounds(drawn: Any) -> Box:
    return drawn["x0"], drawn["top"], drawn["x1"], drawn["bottom"]


def _is_inside(one: Box, other: Box) -> bool:
    """Whether a box lies in a larger one, whose side it may touch."""
    sides = (other[0] - one[0], other[1] - one[1], one[2] - other[2], one[3] - other[3])
    return one[2] - one[0] < other[2] - other[0] and max(sides) < _TOUCH


def _is_outline(one: Box, circle: Box) -> bool:
    """Whether a curve is a round box itself, whose rim and inside may be drawn apart."""
    size, whole = one[2] - one[0], circle[2] - circle[0]
    apart = max(abs(a - b) for a, b in zip(one, circle, strict=True))
    return abs(size - whole) <= _RIM * whole and apart <= _RIM * whole


def _around_a_word(box: Box, words: Sequence[Item]) -> bool:
    return any(
        box[0] <= word.middle[0] <= box[2]
        and box[1] <= word.middle[1] <= box[3]
        and word.span.text.lower() not in _PENS
        for word in words
    )


def _is_beside(box: Box, words: Sequence[Item]) -> bool:
    side = box[2] - box[0]
    return any(
        box[1] - side / 2 <= word.middle[1] <= box[3] + side / 2
        and (0 <= word.x0 - box[2] <= 2 * side or 0 <= box[0] - word.x1 <= 2 * side)
        for word in words
    )


def _within(stroke: Box, box: Box) -> bool:
    """Whether a stroke crosses a box: its middle lies inside, it is no hair line of the border,
    and it is not much larger than the box."""
    x0, top, x1, bottom = stroke
    width, height = x1 - x0, bottom - top
    side = box[2] - box[0]
    return (
        box[0] < (x0 + x1) / 2 < box[2]
        and box[1] < (top + bottom) / 2 < box[3]
        and max(width, height) > 0.3 * side
        and min(width, height) > 0.15 * side
        and max(width, height) < 2.5 * side
    )


def drawn_marks(page: Any) -> list[Mark]:
    """Circles and horizontal strokes that were drawn into the page itself."""
    marks = [Mark(c["x0"], c["top"], c["x1"], c["bottom"], "Circle") for c in page.curves if _round(c)]
    flat = [o for o in (*page.lines, *page.rects) if o["bottom"] - o["top"] <= 1.6]
    marks += [Mark(o["x0"], o["top"], o["x1"], o["bottom"], "Strike") for o in flat]
    return [*marks, *_grounds(page)]


def _grounds(page: Any) -> list[Mark]:
    """The rectangles that are painted in another colour than paper's, without a rim."""
    painted = [
        drawn
        for drawn in page.rects
        if drawn["bottom"] - drawn["top"] >= _LOWEST
        and drawn["fill"]
        and not drawn["stroke"]
        and not _is_white(drawn["non_stroking_color"])
    ]
    return [Mark(*_bounds(drawn), "Marker") for drawn in painted]


def _is_white(colour: Any) -> bool:
    """Whether a colour of grey or of red, green and blue leaves paper as it is."""
    parts = colour if isinstance(colour, (list, tuple)) else (colour,)
    return len(parts) != _CMYK and all(part == 1 for part in parts)


def _round(curve: Any) -> bool:
    return (
        not _is_frame(curve)
        and len(curve["pts"]) >= 5
        and curve["x1"] - curve["x0"] > 8
        and curve["bottom"] - curve["top"] > 6
    )


def apply_marks(words: Sequence[Item], marks: Iterable[Mark]) -> list[Item]:
    """The words, each circled one with a tick before it, each crossed-out one struck, and those underlined
    that a line stands below, from the first letter of one to the last of the same or another."""
    marked = list(words)
    for mark in marks:
        if mark.shape == "Marker":
            for n in _painted(mark, words):
                marked[n] = replace(marked[n], span=replace(marked[n].span, marked=True))
            continue
        for n in _underlined(mark, words):
            marked[n] = replace(marked[n], span=replace(marked[n].span, underlined=True))
        for n, word in enumerate(marked):
            if _strikes(mark, word):
                marked[n] = replace(word, span=replace(word.span, struck=True))
            elif _circles(mark, word) and not word.span.text.startswith(TICKED):
                marked[n] = replace(word, span=replace(word.span, text=f"{TICKED} {word.span.text}"))
    return marked


def _underlined(mark: Mark, words: Sequence[Item]) -> list[int]:
    if mark.shape != "Strike":
        return []
    y = (mark.top + mark.bottom) / 2
    below = [
        n
        for n, word in enumerate(words)
        if -0.15 * word.height <= y - word.bottom <= 0.25 * word.height
        and mark.x0 - _FLUSH <= word.x0
        and word.x1 <= mark.x1 + _FLUSH
    ]
    flush = below and min(words[n].x0 for n in below) - mark.x0 <= _FLUSH
    return below if flush and mark.x1 - max(words[n].x1 for n in below) <= _FLUSH else []


def _painted(mark: Mark, words: Sequence[Item]) -> list[int]:
    """The words that somebody went over with a marker: it ends where they do, as no ground of a cell does,
    but for the space on one side of them."""
    over = [
        n
        for n, word in enumerate(words)
        if mark.top <= word.middle[1] <= mark.bottom
        and mark.bottom - mark.top <= _MARKED * word.height
        and word.span.text.lower() not in _PENS
        and mark.x0 - _FLUSH <= word.x0
        and word.x1 <= mark.x1 + _FLUSH
    ]
    if not over:
        return []
    sides = min(words[n].x0 for n in over) - mark.x0, mark.x1 - max(words[n].x1 for n in over)
    space = max(_FLUSH, _SPACE * words[over[0]].height)
    return over if min(sides) <= _FLUSH and max(sides) <= space else []


def _strikes(mark: Mark, word: Item) -> bool:
    if mark.shape in ("Circle", "Square", "Polygon", "Highlight"):
        return False
    flat = mark.bottom - mark.top <= 0.45 * word.height
    middle = (mark.top + mark.bottom) / 2
    covered = min(mark.x1, word.x1) - max(mark.x0, word.x0)
    if mark.shape == "StrikeOut":
        return covered >= 0.6 * word.width and mark.top <= word.middle[1] <= mark.bottom
    if mark.shape == "Ink" and not flat:
        return False
    if mark.shape == "Line" and not flat:  # a diagonal through one word
        return (
            covered >= 0.5 * word.width
            and mark.top <= word.middle[1] <= mark.bottom
            and mark.x1 - mark.x0 <= 2 * word.width + 10
        )
    through = word.top + 0.25 * word.height <= middle <= word.top + 0.75 * word.height
    return flat and through and covered >= 0.6 * word.width


def _circles(mark: Mark, word: Item) -> bool:
    if mark.shape not in ("Circle", "Ink", "Polygon", "Square", "Highlight"):
        return False
    x, y = word.middle
    around = mark.x0 <= x <= mark.x1 and mark.top <= y <= mark.bottom
    if not around or mark.bottom - mark.top <= 0.45 * word.height:
        return False
    covers = mark.x0 <= word.x0 + 0.25 * word.width and mark.x1 >= word.x1 - 0.25 * word.width
    return covers and mark.x1 - mark.x0 <= word.width * 1.6 + 16 and mark.bottom - mark.top <= word.height * 3
