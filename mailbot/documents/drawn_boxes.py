"""Small squares and circles that are drawn over a line of text: boxes to tick, each before one of the words
that tabs set apart. Their places are told by the left side alone, in points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from mailbot.documents.markup import local
from mailbot.domain.document import Span
from mailbot.text.characters import TICKED, TYPED_MARKS, UNTICKED, uniform

#: Points that a box to tick is wide and high, and by which both may differ.
_SIZE, _SQUARE = (5.0, 20.0), 4.0
_POINTS = {"pt": 1.0, "": 0.75, "px": 0.75, "in": 72.0, "cm": 28.35, "mm": 2.835}
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)\s*(pt|px|in|cm|mm|)")
_EMU = 12_700  # in a point
_VML, _PRESETS = frozenset({"rect", "roundrect", "oval"}), frozenset({"rect", "roundRect", "ellipse"})
_FEWEST = 2  # beside each other; one alone may be anything
_PENS = frozenset({*TYPED_MARKS, TICKED})


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A box, ticked or not, and how far its left side is from wherever its line measures."""

    left: float
    sign: str


def in_word(drawing: etree._Element) -> DrawnBox | None:
    """The box that a drawing of Word is, of the older kind (VML) or the newer; None for any other."""
    for element in drawing.iter():
        if local(element) in _VML and (style := element.get("style")):
            said = dict(part.split(":", 1) for part in style.split(";") if ":" in part)
            left, width, height = (_points(said.get(name, "")) for name in ("margin-left", "width", "height"))
            return _box(left, width, height, _text(element))
        if local(element) == "anchor":
            return _in_anchor(element)
    return None


def _in_anchor(anchor: etree._Element) -> DrawnBox | None:
    names = {local(one): one for one in anchor.iter() if isinstance(one.tag, str)}
    extent, shape, left = (names.get(name) for name in ("extent", "prstGeom", "posOffset"))
    if extent is None or shape is None or left is None or shape.get("prst") not in _PRESETS:
        return None
    sizes = (left.text or "", extent.get("cx", ""), extent.get("cy", ""))
    if not all(re.fullmatch(r"-?\d{1,9}", size) for size in sizes):
        return None
    x0, width, height = (int(size) / _EMU for size in sizes)
    return _box(x0, width, height, _text(anchor))


def _points(length: str) -> float:
    """A length as files write it, in points; 0 for none."""
    found = _LENGTH.fullmatch(length.strip())
    return float(found[1]) * _POINTS[found[2]] if found else 0.0


def _text(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter() if local(one) == "t").strip()


def _box(left: float, width: float, height: float, text: str) -> DrawnBox | None:
    low, high = _SIZE
    if not (low <= width <= high and low <= height <= high and abs(width - height) <= _SQUARE):
        return None
    if text and uniform(text) not in _PENS:
        return None
    return DrawnBox(left, TICKED if text else UNTICKED)


def before_words(spans: Sequence[Span], boxes: Sequence[DrawnBox]) -> list[Span] | None:
    """The spans of a line with a box behind each of its tabs, from the left; None where there are not as many
    boxes as tabs, so that nothing says which words each belongs to."""
    tabs = sum(span.text.count("\t") for span in spans)
    if len(boxes) < _FEWEST or tabs != len(boxes):
        return None
    signs = iter(box.sign for box in sorted(boxes, key=lambda box: box.left))
    placed: list[Span] = []
    for span in spans:
        first, *rest = span.text.split("\t")
        placed.append(replace(span, text=first))
        for words in rest:
            placed += [Span("\t"), Span(f"{next(signs)} "), replace(span, text=words)]
    return [span for span in placed if span.text or span.slot]
