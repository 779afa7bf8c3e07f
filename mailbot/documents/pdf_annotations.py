"""What was typed into the fields of a PDF, ticked in them, or added on top of a page: its annotations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pypdf import PageObject

from mailbot.documents.page_lines import Item, is_tick
from mailbot.documents.pdf_marks import (
    Mark,
)
from mailbot.domain.document import Span
from mailbot.text.characters import TICKED, UNTICKED, uniform

_HIDDEN = 0b10  # annotation flag 2, "Hidden"
_EDITED, _MANY = 1 << 18, 1 << 21  # flags 19 and 22 of a list: other words may be typed, several chosen
_RADIO, _PUSH_BUTTON = 1 << 15, 1 << 16  # field flags 16 and 17 of a button


def typed_and_marked(page: PageObject) -> tuple[list[Item], list[Mark]]:
    """The fields and added texts of a page where they stand on it, and the marks that were drawn on it by
    hand. ISO 32000-1, sections 12.5 and 12.7."""
    items: list[Item] = []
    marks: list[Mark] = []
    left, _, _, top = (float(edge) for edge in page.mediabox)
    for annotation in _list(page.get("/Annots")):
        if int(annotation.get("/F", 0)) & _HIDDEN or "/Rect" not in annotation:
            continue
        x0, y0, x1, y1 = (float(edge) for edge in annotation["/Rect"])
        box = (min(x0, x1) - left, top - max(y0, y1), max(x0, x1) - left, top - min(y0, y1))
        kind = annotation.get("/Subtype")
        if kind == "/Widget":
            span = _widget(annotation)
            if span is not None:
                items.append(Item(*box, span))
        elif kind == "/FreeText":
            items.extend(_typed_on_top(box, str(annotation.get("/Contents", ""))))
        elif kind in ("/Circle", "/Ink", "/Polygon", "/Square", "/StrikeOut", "/Line", "/Highlight"):
            marks.append(Mark(*box, str(kind)[1:]))
    return _ticked_on_top(items), marks


def _ticked_on_top(items: list[Item]) -> list[Item]:
    """The fields and added texts of a page, where a tick was put over a box to tick the box ticked."""
    over = [item for item in items if item.span.text == TICKED and not item.span.slot]
    under = {n: _under(item, items) for n, item in enumerate(over)}
    ticked = {id(box) for box in under.values() if box}
    used = [over[n] for n, box in under.items() if box]
    return [
        replace(item, span=replace(item.span, text=TICKED)) if id(item) in ticked else item
        for item in items
        if not any(item is one for one in used)
    ]


def _under(tick: Item, items: list[Item]) -> Item | None:
    """The box to tick, of the form itself, that a tick was put over."""
    boxes = [item for item in items if item.span.slot and is_tick(item)]
    held = (box for box in boxes if _holds(tick, box) or _holds(box, tick))
    return next(held, None)


def _holds(one: Item, other: Item) -> bool:
    x, y = other.middle
    return one.x0 <= x <= one.x1 and one.top <= y <= one.bottom


def _typed_on_top(box: tuple[float, float, float, float], text: str) -> Iterator[Item]:
    """Text added over the page, a line each; a lone cross or tick is a tick."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    x0, top, x1, bottom = box
    height = (bottom - top) / max(1, len(lines))
    for n, line in enumerate(lines):
        said = TICKED if line.strip().lower() in {"x", "v"} else uniform(line).strip()
        if said:
            yield Item(x0, top + n * height, x1, top + (n + 1) * height, Span(said, slot=said != TICKED))


def _widget(widget: Any) -> Span | None:
    kind = _inherited(widget, "/FT")
    flags = int(_inherited(widget, "/Ff") or 0)
    name = _name(widget)
    if kind == "/Btn":
        if flags & _PUSH_BUTTON:
            return None
        state = widget.get("/AS") or _inherited(widget, "/V") or "/Off"
        ticked = str(state) != "/Off"
        # Each button of a radio group has the group's name: alone, that would say nothing.
        return Span(TICKED if ticked else UNTICKED, slot=True, name="" if flags & _RADIO else name)
    if kind in ("/Tx", "/Ch"):
        value = _inherited(widget, "/V")
        parts = value if isinstance(value, list) else [value]
        shown = _shown(widget) if kind == "/Ch" else {}
        parts = [shown.get(_text(part), part) for part in parts if part is not None]
        text = ", ".join(map(_text, parts))
        written = (" ".join(line.split()) for line in uniform(text).split("\n"))
        offered = _offered(widget) if kind == "/Ch" and not flags & (_EDITED | _MANY) else ()
        return Span("\n".join(filter(None, written)), slot=True, name=name, options=offered)
    return None


def _offered(widget: Any) -> tuple[str, ...]:
    """What a drop-down or list offers, as it shows it."""
    said = (_text(one[-1] if isinstance(one, list) and one else one) for one in _options(widget))
    return tuple(filter(None, (uniform(text).strip() for text in said)))


def _shown(widget: Any) -> dict[str, str]:
    """What a drop-down shows for the values that it exports (ISO 32000-1, 12.7.4.4)."""
    pairs = (one for one in _options(widget) if isinstance(one, list) and len(one) == 2)
    return {_text(value): _text(shown) for value, shown in pairs}


def _options(widget: Any) -> list[Any]:
    """The options of a drop-down or list, as the file has them: what it shows, or a value and that."""
    options = _inherited(widget, "/Opt")
    options = options.get_object() if options is not None else None
    return [one.get_object() for one in options] if isinstance(options, list) else []


def _text(value: Any) -> str:
    stream = value.get_object() if hasattr(value, "get_object") else value
    return stream.get_data().decode("utf-8", "replace") if hasattr(stream, "get_data") else str(stream)


def _name(widget: Any) -> str:
    """The fully qualified field name (ISO 32000-1, 12.7.3.2)."""
    names = [str(node["/T"]) for node in _upwards(widget) if "/T" in node]
    return ".".join(reversed(names))


def _inherited(widget: Any, key: str) -> Any:
    return next((node[key] for node in _upwards(widget) if key in node), None)


def _upwards(node: Any) -> Iterator[Any]:
    for _ in range(12):  # a loop of parents is damage
        if node is None:
            return
        yield node
        parent = node.get("/Parent")
        node = parent.get_object() if parent is not None else None


def _list(value: Any) -> list[Any]:
    value = value.get_object() if value is not None else None
    if not isinstance(value, list):
        return []
    found = (entry.get_object() for entry in value)
    return [entry for entry in found if isinstance(entry, dict)]
