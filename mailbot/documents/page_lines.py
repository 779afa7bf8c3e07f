"""Items with a rectangle → the lines of a page, and lines that only wrapped joined to those they continue.

A line wrapped when the next word would not have fitted behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mailbot.documents.look import joins
from mailbot.domain.document import Span
from mailbot.matching.addresses import is_cut
from mailbot.text.characters import TICKED, UNTICKED

#: A rectangle: left, top, right and bottom, in points from the top left.
Box = tuple[float, float, float, float]
WALL = 1.5  # points: a column is wider
_TALL = 20  # points that a field is high which is no single line
_SAME_TYPE = 0.15  # of its height, that lines in the same type differ at most
_WORD = 40  # points that a field for a word is wide
_TOUCHING = 1  # point, between a word and the sign behind it
#: Gaps that are so equal, by their size, on a line of so many, are those of a line that was spread.
_EQUAL, _SPREAD = 0.04, 4
_BEGINNING = frozenset("!*•>–")
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
class PageSegment:
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
            before = item
            if last is None:
                spans.append(item.span)
                continue
            space = space or _around_ticks(last, item)
            if joins(last, item.span):
                unsure = last.unsure or item.span.unsure
                spans[-1] = replace(last, text=f"{last.text}{space}{item.span.text}", unsure=unsure)
                continue
            if space := " " if last.slot or item.span.slot else space:
                spans.append(Span(space))
            spans.append(item.span)
        return spans


@dataclass(slots=True)
class PageLine:
    segments: list[PageSegment]
    top: float
    bottom: float

    @property
    def x1(self) -> float:
        return self.segments[-1].x1

    @property
    def height(self) -> float:
        return self.bottom - self.top


def lines_of(items: Sequence[Item]) -> list[PageLine]:
    """Items by line, top to bottom, and in each by segment, left to right. A field as tall as
    several lines stands on the first that has words beside it."""
    rows: list[list[Item]] = []
    for item in sorted(items, key=lambda item: (item.height > _TALL, item.middle[1], item.x0)):
        home = next((row for row in rows if _same_line(row, item)), None)
        if home is None:
            rows.append([item])
        else:
            home.append(item)
    lines = []
    for row in rows:
        words = [item for item in row if item.height <= _TALL] or row
        top, bottom = min(item.top for item in words), max(item.bottom for item in words)
        lines.append(PageLine(_segments(row), top, bottom))
    return sorted(lines, key=lambda line: (line.top, line.segments[0].x0))


def _segments(row: Sequence[Item]) -> list[PageSegment]:
    """The items of a line, left to right, parted where there is a wide gap."""
    segments: list[PageSegment] = []
    items = sorted(row, key=lambda item: item.x0)
    if _is_justified(items):
        return [PageSegment(items)]
    for item in items:
        if segments and _is_of_segment(item, segments[-1]):
            segments[-1].items.append(item)
        else:
            segments.append(PageSegment([item]))
    return segments


def _is_justified(items: Sequence[Item]) -> bool:
    """Whether so many words stand equally far apart that a program spread them over the line: columns are as
    wide apart as what they hold lets them be. Alike ones are the rooms of letters."""
    pairs = [(one, other) for one, other in pairwise(items) if other.x0 - one.x1 > _TOUCHING]
    gaps = [other.x0 - one.x1 for one, other in pairs]
    if len(gaps) < _SPREAD or any(item.span.slot or is_tick(item) for item in items):
        return False
    widths = [item.width for item in items]
    return max(gaps) <= (1 + _EQUAL) * min(gaps) and max(widths) > 2 * min(widths)


def _is_of_segment(item: Item, before: PageSegment) -> bool:
    """Whether an item goes on with those before it; boxes to tick do, however far they stand apart."""
    if is_tick(item) and any(map(is_tick, before.items)):
        return True
    if _is_room(item) and _is_room(before.items[-1]):
        return False  # a column each
    wide = 1.1 * min(item.height, _TALL)
    if item.span.slot and not any(one.span.slot for one in before.items):
        wide *= 0.7 if is_tick(item) else 0.1  # a field beside its label is a column
    return item.x0 - before.x1 <= wide


def _is_room(item: Item) -> bool:
    """Whether it is a field, or an empty frame, that is wide enough for a word: no room for a letter."""
    is_field = item.span.slot and not is_tick(item)
    return item.width >= _WORD and (is_field or set(item.span.text) == {"_"})


def _around_ticks(last: Span, item: Item) -> str:
    return " " if is_tick(item) or last.text.endswith((TICKED, UNTICKED)) else ""


def is_tick(item: Item) -> bool:
    return item.span.text.startswith((TICKED, UNTICKED))


def _same_line(row: Sequence[Item], item: Item) -> bool:
    beside = [other for other in row if other.height <= _TALL]
    if item.height > _TALL:
        return any(item.top - 2 <= other.middle[1] <= item.bottom + 2 for other in beside)
    middle = item.middle[1]
    return any(abs(one.middle[1] - middle) <= 0.5 * min(one.height, item.height) for one in beside)


def paragraphs_of(lines: Sequence[PageLine], limit: float) -> list[list[Span]]:
    """Each line's spans, wrapped ones joined to the line they continue. One address over several
    lines has no space anywhere."""
    words = [item for line in lines for segment in line.segments for item in segment.items]
    whole = all(_is_full(one, other, limit) for one, other in pairwise(lines))
    if len(words) == len(lines) > 1 and whole and sum("@" in word.span.text for word in words) == 1:
        text = "".join(word.span.text for word in words)
        if _ADDRESS.fullmatch(text):
            return [[Span(text)]]
    out: list[list[Span]] = []
    before: PageLine | None = None
    for line in lines:
        spans = spans_of(line)
        if before is not None and out and continues(before, line, limit):
            out[-1] = _join(out[-1], spans, before, line, limit)
        else:
            out.append(spans)
        before = line
    return out


def _is_full(before: PageLine, line: PageLine, limit: float) -> bool:
    """Whether a line leaves no room for the word that begins the next, which is in the same type: the small
    print of a label above its answer is not."""
    alike = abs(before.height - line.height) <= _SAME_TYPE * line.height
    return alike and before.x1 + _first_word(line.segments[0].items[0]) > limit


def continues(before: PageLine, line: PageLine, limit: float) -> bool:
    if len(line.segments) > 1 or any(item.span.slot for item in line.segments[0].items):
        return False
    if line.top - before.bottom > 0.9 * line.height or ":" in _first_words(line):
        return False
    if before.segments[-1].items[-1].span.slot or _begins_anew(before, line):
        return False
    space = 0.25 * line.height
    return before.x1 + space + _unbroken(line.segments[0].items) > limit


def _unbroken(items: Sequence[Item]) -> float:
    """How wide what begins a line is, up to where it may break: a small word and the room behind it stand
    together."""
    first, *others = items
    if others and first.span.text[:1].islower() and _LEADERS.fullmatch(others[0].span.text):
        return others[0].x1 - first.x0
    return _first_word(first)


def _begins_anew(before: PageLine, line: PageLine) -> bool:
    """Whether a line is another matter, below options or below room that ends a line: it has a capital, or a
    sign that begins a remark."""
    items = [item for segment in before.segments for item in segment.items]
    ended = _LEADERS.search(items[-1].span.text) is not None or any(map(is_tick, items))
    first = line.segments[0].items[0]
    begun = first.span.text[:1]
    return (
        ended and (begun.isupper() or begun in _BEGINNING) and not any(map(is_tick, line.segments[0].items))
    )


def _first_words(line: PageLine) -> str:
    return " ".join(item.span.text for item in line.segments[0].items[:3])


def _join(spans: list[Span], more: list[Span], before: PageLine, line: PageLine, limit: float) -> list[Span]:
    last, first = spans[-1], more[0]
    glued, sure = _break(before, line, limit)
    if joins(last, first):
        text = last.text + ("" if glued else " ") + first.text
        unsure = last.unsure or first.unsure or not sure
        return [*spans[:-1], replace(last, text=text, unsure=unsure), *more[1:]]
    return [*spans, *([] if glued else [Span(" ")]), *more]


def _break(before: PageLine, line: PageLine, limit: float) -> tuple[bool, bool]:
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
    if is_broken_address(end.span.text, start.span.text):
        return True, True
    if before.x1 + letter <= limit - 0.5 * letter:
        return False, True
    if "@" in end.span.text:
        return True, False
    if not alone:
        return False, True
    if start.span.text[:1].isupper() and not end.span.text.isupper():
        return False, True  # no word goes on with a capital
    return before.x1 + letter > limit, False


def is_broken_address(end: str, start: str) -> bool:
    """Whether an address at the end of a line goes on with the first word of the next."""
    last, first = end.split(" ")[-1], start.split(" ")[0]
    return "@" in last and is_cut(last, first)


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


def spans_of(line: PageLine) -> list[Span]:
    spans: list[Span] = []
    for segment in line.segments:
        if spans:
            spans.append(Span("\t"))
        spans.extend(segment.spans())
    return spans
