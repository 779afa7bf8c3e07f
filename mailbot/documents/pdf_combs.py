"""Combs on a page: boxes against each other in a row, each for one letter of an answer ("|_|_|_|_|"), in one
group or in several ("|_|_| |_|_| |_|_|_|_|", for a date). What stands in them is one answer; left open, they
are room to write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailbot.documents.page_lines import Box, Item
from mailbot.domain.document import Span

#: Points that a box for a letter is wide and high at most, and that those of one row differ: the finder of
#: tables moves sides that nearly stand in line.
_WIDEST, _HIGHEST, _ALIKE = 26.0, 28.0, 4.5
#: So many boxes are a comb, in groups of so many at least, and so many times as wide as a box apart at most.
_FEWEST, _GROUP, _APART = 4, 2, 1.6
#: The figures of the groups of a date.
_DATES = frozenset({(2, 2, 4), (2, 2, 2), (4, 2, 2)})
#: Points above a box in which a word heads it, as in a table of boxes to tick.
_HEAD = 14.0


@dataclass(frozen=True, slots=True)
class Comb:
    """The boxes of a comb, group by group, from the left."""

    groups: tuple[tuple[Box, ...], ...]

    @property
    def box(self) -> Box:
        first, last = self.groups[0][0], self.groups[-1][-1]
        return first[0], first[1], last[2], first[3]


def combs(tables: Iterable[Sequence[Sequence[Box]]], words: Sequence[Item]) -> list[Comb]:
    """The combs among the tables of a page: tables of one row of boxes for a letter each, those beside each
    other together."""
    rows = [tuple(rows[0]) for rows in tables if len(rows) == 1 and _is_group(rows[0])]
    found: list[list[tuple[Box, ...]]] = []
    for group in sorted(rows, key=lambda row: (round(row[0][1]), row[0][0])):
        if found and _goes_on(found[-1][-1], group, words):
            found[-1].append(group)
        else:
            found.append([group])
    return [
        Comb(tuple(groups))
        for groups in found
        if sum(map(len, groups)) >= _FEWEST and not _is_headed([box for g in groups for box in g], words)
    ]


def _is_group(row: Sequence[Box]) -> bool:
    widths = [box[2] - box[0] for box in row]
    is_small = max(widths, default=0) <= _WIDEST and all(box[3] - box[1] <= _HIGHEST for box in row)
    return len(row) >= _GROUP and is_small and max(widths) - min(widths) <= _ALIKE


def _goes_on(before: Sequence[Box], group: Sequence[Box], words: Sequence[Item]) -> bool:
    """Whether a group stands beside another on its level, with no letters between them."""
    last, first = before[-1], group[0]
    width = last[2] - last[0]
    level = abs(last[1] - first[1]) <= _ALIKE and abs(last[3] - first[3]) <= _ALIKE
    is_near = -_ALIKE <= first[0] - last[2] <= _APART * width and abs(first[2] - first[0] - width) <= _ALIKE
    between = (w for w in words if last[2] < w.middle[0] < first[0] and last[1] <= w.middle[1] <= last[3])
    return level and is_near and not any(w.span.text.isalnum() for w in between)


def _is_headed(boxes: Sequence[Box], words: Sequence[Item]) -> bool:
    """Whether a word stands right above most of some boxes, each over its own: they are to be ticked."""
    headed = sum(
        any(box[0] <= w.middle[0] <= box[2] and -1 <= box[1] - w.bottom <= _HEAD for w in words)
        for box in boxes
    )
    return 2 * headed > len(boxes)


def written(
    found: Sequence[Comb], words: Sequence[Item], added: Sequence[Item]
) -> tuple[list[Item], list[Item]]:
    """The words of a page and what was added to it, with the letters in each of its combs, printed or typed
    over it, as one word, and room in those that hold nothing; but where a field of the form lies over one."""
    left, over = list(words), list(added)
    for comb in found:
        above = [item for item in over if _holds(comb.box, item)]
        if any(len(item.span.text) != 1 for item in above):
            continue
        letters = [*(word for word in left if _holds(comb.box, word)), *above]
        left, over = ([one for one in some if not _holds(comb.box, one)] for some in (left, over))
        said = Item(*comb.box, Span(_answer(comb, letters) or "_" * 20, slot=bool(above)))
        (over if above else left).append(said)
    return left, over


def _holds(box: Box, item: Item) -> bool:
    x, y = item.middle
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _answer(comb: Comb, letters: Sequence[Item]) -> str:
    """What stands in a comb, group by group; a date where those have the figures of one."""
    said = [_word(group, [one for one in letters if _holds(_around(group), one)]) for group in comb.groups]
    sizes = tuple(len(word) if word.isdigit() else 0 for word in said)
    return ("/" if sizes in _DATES else " ").join(filter(None, said))


def _around(boxes: Sequence[Box]) -> Box:
    return boxes[0][0], boxes[0][1], boxes[-1][2], boxes[0][3]


def _word(boxes: Sequence[Box], letters: Sequence[Item]) -> str:
    """Letters as one word; a box that was left open between two of them parts them."""
    text = ""
    end = 0.0
    for item in sorted(letters, key=lambda one: one.x0):
        skipped = text and any(end < (box[0] + box[2]) / 2 < item.x0 for box in boxes)
        text += (" " if skipped else "") + item.span.text
        end = item.x1
    return text
