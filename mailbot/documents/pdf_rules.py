"""Rules to write on that are drawn on a page, with the words that say what for: on their left, or below them
as a caption. Both make a table, whose cells are the same whether somebody wrote on it or not."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from mailbot.documents.page_lines import Box, Item
from mailbot.documents.pdf_marks import THIN, strokes_to_write_on

#: Points of the room above a rule to write on, and of a caption below it, at most.
_ROOM, _CAPTION = 26.0, 16.0
_NEAR = 3.0  # points that ends which are meant to meet may lie apart
#: Points between a rule that stands alone and the end of its label, at most, and between rules of one table.
_FAR, _STACKED = 150.0, 60.0
#: Points between a label and its rule, and of its height how far from its foot: as if underscores were typed.
_TYPED, _ON_LINE = 40.0, 0.7
#: Times the height of words, from the top of a line up to the middle of the one before in the same label.
_LEADING = 1.0
#: Times the height of words, that an answer stands behind its label at least.
_APART = 2.0
_FEWEST = 2  # rules below or beside each other, that tell more than one alone
_REMARK = re.compile(r"\(.*\)")


def ruled(page: Any, words: Sequence[Item], taken: Iterable[Box]) -> list[list[list[Box]]]:
    """The tables that rules and their words make, outside what is ``taken`` by walls."""
    boxes = list(taken)
    rules = [rule for rule in _rules(page) if not any(_is_in(rule, box) for box in boxes)]
    captioned = list(_captioned(rules, words))
    left = [rule for rule in rules if not any(_is_in(rule, box) for rows in captioned for box in rows[0])]
    labelled = list(_labelled(left, words))
    shaped = captioned or any(len(grid) >= _FEWEST for grid in labelled)  # on others it may be a line of text
    return [*captioned, *(grid for grid in labelled if shaped or len(grid) >= _FEWEST)]


def _rules(page: Any) -> list[Box]:
    """The flat strokes that are long enough to write on, each once, from the top."""
    flat = ((round(one["x0"]), round(one["x1"]), one["bottom"]) for one in strokes_to_write_on(page))
    found: list[Box] = []
    for x0, x1, y in sorted(flat, key=lambda one: (one[2], one[0])):
        if not any(abs(y - b) <= THIN and x0 < right and left < x1 for left, _, right, b in found):
            found.append((x0, y, x1, y))
    return found


def _is_in(rule: Box, box: Box) -> bool:
    return (
        box[0] - _NEAR <= rule[0]
        and rule[2] <= box[2] + _NEAR
        and box[1] - _NEAR <= rule[1] <= box[3] + _NEAR
    )


def _captioned(rules: Sequence[Box], words: Sequence[Item]) -> Iterable[list[list[Box]]]:
    """Rules beside each other with a caption below each, or one with a remark below it."""
    for _, level in groupby(rules, key=lambda rule: round(rule[1] / _NEAR)):
        row = sorted(level)
        y = row[0][1]
        below = _captions(row, words)
        higher = (rule[1] for rule in rules if _NEAR < y - rule[1] < 2 * _ROOM)
        top = max([y - _ROOM, *(above + _CAPTION for above in higher)])
        over = (word for word in words if top <= word.middle[1] <= y)
        if below and not any(_crosses(word, row) for word in over):
            foot = max(word.bottom for word in below) + 1
            sides = _cells(row)
            yield [
                [(left, top, right, y) for left, right in sides],
                [(left, y, right, foot) for left, right in sides],
            ]


def _captions(row: Sequence[Box], words: Sequence[Item]) -> list[Item]:
    """The words right below rules beside each other; none where they are no caption of each, or of one alone
    no remark."""
    y = row[0][1]
    below = [word for word in words if y - 1 <= word.top <= y + _CAPTION / 4]
    held = [[w for w in below if rule[0] - _NEAR <= w.x0 and w.x1 <= rule[2] + _NEAR] for rule in row]
    if not all(held) or sum(map(len, held)) < len(below):
        return []
    of_one = " ".join(word.span.text for word in held[0])
    return below if len(row) >= _FEWEST or _REMARK.fullmatch(of_one) else []


def _cells(row: Sequence[Box]) -> list[tuple[float, float]]:
    """The sides of rules beside each other, and of the empty cells that set them apart."""
    sides: list[tuple[float, float]] = []
    for rule in row:
        if sides and rule[0] - sides[-1][1] > _NEAR:
            sides.append((sides[-1][1], rule[0]))
        sides.append((rule[0], rule[2]))
    return sides


def _crosses(word: Item, row: Sequence[Box]) -> bool:
    """Whether a word stands between rules, and so on none of them."""
    return not any(rule[0] - _NEAR <= word.middle[0] <= rule[2] + _NEAR for rule in row)


def _labelled(rules: Sequence[Box], words: Sequence[Item]) -> Iterable[list[list[Box]]]:
    """Rules below each other with a label on the left of each, and one alone that its label leads to; but not
    those that stand on the line of their labels and close to them, as if they were typed."""
    for _, column in groupby(sorted(rules), key=lambda rule: round(rule[0] / _NEAR)):
        stack = sorted(column, key=lambda rule: rule[1])
        found = [_with_label(rule, rules, words) for rule in stack]
        rows = [(rule, top, own) for rule, (top, own) in zip(stack, found, strict=True) if own]
        if all(_is_typed(rule, own) for rule, _, own in rows):
            continue
        if len(rows) < _FEWEST and rows[0][0][0] - max(word.x1 for word in rows[0][2]) > _FAR:
            continue
        edge = min(word.x0 for _, _, own in rows for word in own) - 1
        grid: list[list[Box]] = []
        for rule, top, _ in rows:
            if grid and top > grid[-1][0][3]:
                yield grid
                grid = []
            grid.append([(edge, top, rule[0] - 1, rule[1]), (rule[0], top, rule[2], rule[1])])
        yield grid


def _with_label(rule: Box, rules: Sequence[Box], words: Sequence[Item]) -> tuple[float, list[Item]]:
    """From where on there is room above a rule, and the words on its left; none where words run into it from
    there."""
    above = [
        one[1]
        for one in rules
        if _NEAR < rule[1] - one[1] <= _STACKED and one[0] < rule[2] and rule[0] < one[2]
    ]
    top = max(above, default=rule[1] - _ROOM)
    own = _on_left(rule, top, words)
    if not own or above:
        return top, own
    higher = min(word.top for word in own) - max(word.height for word in own) * _LEADING
    more = _on_left(rule, higher, words)
    if len(more) > len(own) and not _runs_on(rule, min(word.top for word in more), words):
        own = more  # the label is broken over two lines
    return min(word.top for word in own) - _NEAR, own


def _on_left(rule: Box, top: float, words: Sequence[Item]) -> list[Item]:
    """The words before a rule, from some height down to it; none where some of them run into it."""
    beside = [word for word in words if top < word.middle[1] <= rule[1] + 1 and word.x0 < rule[0] - _NEAR]
    return beside if all(word.x1 <= rule[0] + _NEAR for word in beside) else []


def _runs_on(rule: Box, top: float, words: Sequence[Item]) -> bool:
    """Whether a line goes on where a rule below it begins, and so is no part of its label."""
    line = [word for word in words if top - 1 <= word.middle[1] <= top + word.height]
    left = max((word.x1 for word in line if word.x0 < rule[0] - _NEAR), default=0.0)
    right = min((word.x0 for word in line if word.x0 >= rule[0] - _NEAR), default=math.inf)
    return right - left <= _APART * max(word.height for word in line)


def _is_typed(rule: Box, label: Sequence[Item]) -> bool:
    last = max(label, key=lambda word: word.x1)
    return rule[0] - last.x1 <= _TYPED and abs(last.bottom - rule[1]) <= _ON_LINE * last.height
