"""Lines as rapidocr read them, mended by what the page shows: the room between words, and boxes to tick."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

from mailbot.documents.page_lines import Item
from mailbot.domain.document import Span

_RULE = 0.6  # of a row of a line is ink: a rule below or above the words
_SPACE, _LETTERS, _LEAST = 0.85, 1.6, 0.18  # of a space of that line, of its letters' gaps, of its height
_ALONE, _APART = 0.22, 1.7  # of its height, of its letters' gaps, where no space was read in a line
_ADDRESS = 1.4  # times as wide is a gap in an address that ends it
_FIGURES = 1.4  # times as wide is a gap between figures
_COLUMN = 1.1  # of its height: what stands so far apart is of two columns
_ON_RULE = re.compile(r"(?<![^\s])_{1,2}(?=[^\W_])|(?<=[^\W_])_{1,2}(?![^\s])")
_STRAY = " '\"`´’‘/\\|.,;:-_~^*"


@dataclass(frozen=True, slots=True)
class ScannedLine:
    """A line as read; ``letters``: where its characters but the spaces stand, none where that is unknown."""

    item: Item
    letters: tuple[float, ...] = ()


def spaced(line: ScannedLine, dark: Any, point: float) -> list[Item]:
    """The line with a space wherever there is the room of one, cut where a column begins."""
    words = line.item.span.text.split(" ")
    if sum(map(len, words)) != len(line.letters):
        return [line.item]
    gaps = _gaps(line, dark, point)
    ends = set(accumulate(map(len, words[:-1])))  # a space was read before these letters
    between = [width for n, (_, width) in enumerate(gaps, start=1) if n not in ends]
    least = _least(between, [gaps[n - 1][1] for n in ends], line.item.height)
    texts, middles = _in_columns(words, ends, gaps, least, _COLUMN * line.item.height)
    edges = [line.item.x0, *middles, line.item.x1]
    return [
        replace(line.item, x0=left, x1=right, span=Span(one.strip()))
        for one, (left, right) in zip(texts, pairwise(edges), strict=True)
    ]


def _in_columns(
    words: Sequence[str], ends: Set[int], gaps: Sequence[tuple[float, float]], least: float, column: float
) -> tuple[list[str], list[float]]:
    """The words, which end before the letters ``ends``, with one space more wherever the gap between letters
    is wider than the ``least``, cut where it is wider than a ``column``; and the middles of the gaps cut at.
    """
    letters = "".join(words)
    needed = [least * (_ADDRESS if "@" in word else 1) for word in words for _ in word]
    texts, middles = [letters[:1]], []
    for at, (middle, width) in enumerate(gaps, start=1):
        pair = letters[at - 1 : at + 1]
        if width > column:
            texts.append("")
            middles.append(middle)
        elif at in ends or (pair.isalnum() and width > needed[at] * _wider(pair)):
            texts[-1] += " "
        texts[-1] += letters[at]
    return texts, middles


def _wider(pair: str) -> float:
    """How much more room than others two letters leave between them: a "1" is narrow, and as wide as any
    other figure."""
    return _FIGURES if pair.isdecimal() else 1.0


def _least(between: Sequence[float], spaces: Sequence[float], height: float) -> float:
    """How wide a gap is a space at least, by those that were read and by the gaps within words."""
    import numpy as np

    usual = float(np.quantile(between, 0.8)) if between else 0.0
    if not spaces:
        return max(_ALONE * height, _APART * usual)
    return max(_SPACE * float(np.median(spaces)), _LETTERS * usual, _LEAST * height)


def _gaps(line: ScannedLine, dark: Any, point: float) -> list[tuple[float, float]]:
    """For each two letters beside each other the widest room without ink between their middles: its own
    middle, and how wide it is, in points."""
    import numpy as np

    item = line.item
    here = dark[round(item.top * point) : round(item.bottom * point), :] > 0
    left, right = round(item.x0 * point), max(round(item.x0 * point) + 1, round(item.x1 * point))
    rows = here[here[:, left:right].mean(axis=1) < _RULE] if here.size else here
    inked = rows.any(axis=0) if rows.size else np.zeros(dark.shape[1], bool)
    found = []
    for before, after in pairwise(line.letters):
        start, end = round(before * point), round(after * point)
        best = (0, start)
        empty = 0
        for x in range(start, end + 1):
            empty = 0 if x < len(inked) and inked[x] else empty + 1
            best = max(best, (empty, x))
        found.append(((best[1] - best[0] / 2) / point, best[0] / point))
    return found


def beside_boxes(line: Item, ticks: Sequence[Item]) -> list[tuple[float, float]]:
    """The stretches of a line that its boxes leave free; none where no box stands in it."""
    inside = sorted((tick for tick in ticks if _overlaps(tick, line)), key=lambda tick: tick.x0)
    if not inside:
        return []
    edges = [line.x0, *(edge for tick in inside for edge in (tick.x0, tick.x1)), line.x1]
    return [(left, right) for left, right in zip(edges[::2], edges[1::2], strict=True) if right > left]


def without_marks(piece: Any, dark: Any, edge: int) -> Any:
    """A piece of a page, where the strokes that come in from the boxes on its sides are paper: a mark in a
    box sticks out of it. ``dark`` is its ink, ``edge`` pixels wider on both sides, where the boxes begin."""
    import cv2
    import numpy as np

    _, pieces, facts, _ = cv2.connectedComponentsWithStats(dark)
    marks = np.union1d(pieces[:, :edge], pieces[:, pieces.shape[1] - edge :])
    strokes = [one for one in marks if one and facts[one][cv2.CC_STAT_WIDTH] < _RULE * dark.shape[1]]
    stray = np.isin(pieces, strokes)[:, edge : edge + piece.shape[1]]
    if not stray.any():
        return piece
    clean = piece.copy()
    clean[cv2.dilate(stray.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = np.median(piece, axis=(0, 1))
    return clean


def tidied(text: str) -> str:
    """What was read beside a box, without what is left of the box itself."""
    return text.strip(_STRAY + "□☐☑☒口回") if text.strip(_STRAY) else ""


def off_rules(text: str) -> str:
    """The words without what is left of a rule that they stand on: three signs and more are room."""
    return _ON_RULE.sub("", text)


def _overlaps(tick: Item, line: Item) -> bool:
    _, y = tick.middle
    return line.top <= y <= line.bottom and tick.x1 > line.x0 - 1 and tick.x0 < line.x1
