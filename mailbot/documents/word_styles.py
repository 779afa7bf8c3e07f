"""The styles of a Word document, looked at only where a paragraph or run names one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lxml import etree

from mailbot.documents.markup import parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TOGGLES = ("strike", "dstrike", "vanish")
_NO_MARKER = frozenset({"none", "white"})
_NO_LINE = frozenset({"none", "nil"})
_NO_SHADE = frozenset({"auto", "ffffff", ""})
_OFF = frozenset({"0", "false", "off", "none"})


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """A toggle (strike, vanish, bold) among run properties: on, off, or None where it is not said."""
    element = properties.find(W + name) if properties is not None else None
    return None if element is None else element.get(W + "val", "1").lower() not in _OFF


def is_marked(properties: etree._Element) -> bool:
    """Whether a run is highlighted, by the marker or by a shade of its own behind it."""
    marker, shade = properties.find(W + "highlight"), properties.find(W + "shd")
    if marker is not None:
        return marker.get(W + "val", "none") not in _NO_MARKER
    return shade is not None and shade.get(W + "fill", "auto").lower() not in _NO_SHADE


def is_underlined(properties: etree._Element) -> bool:
    """Whether a run is underlined, or has a border drawn around it, by itself and not by its style."""
    return any(
        (line := properties.find(W + name)) is not None and line.get(W + "val", "none") not in _NO_LINE
        for name in ("u", "bdr")
    )


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    toggles: tuple[tuple[str, bool], ...]


class WordStyles:
    """Styles by their id: names are Word's own English ones whatever its language."""

    def __init__(self, load: Callable[[], bytes]) -> None:
        self._load = load

    @cached_property
    def _by_id(self) -> dict[str, _Style]:
        return _styles(self._load())

    def name(self, style_id: str | None) -> str:
        """The style's name in lower case ("heading 1", "placeholder text"); empty for none."""
        style = self._by_id.get(style_id) if style_id else None
        return style.name if style else ""

    def is_on(self, style_id: str | None, toggle: str) -> bool:
        """Whether a style, or one it is based on, switches this on."""
        for _ in range(10):  # a style based on itself must not hang
            style = self._by_id.get(style_id) if style_id else None
            if style is None:
                return False
            for name, said in style.toggles:
                if name == toggle:
                    return said
            style_id = style.based_on
        return False


# All forms made from one blank have the same styles, and parsing them is most of the work.
@lru_cache(maxsize=8)
def _styles(data: bytes) -> dict[str, _Style]:
    if not data:
        return {}
    styles: dict[str, _Style] = {}
    for style in parse(data).iter(W + "style"):
        properties = style.find(W + "rPr")
        said = ((name, is_on(properties, name)) for name in _TOGGLES)
        toggles = tuple((name, on) for name, on in said if on is not None)
        name, based_on = (_value(style, child) for child in ("name", "basedOn"))
        styles[style.get(W + "styleId", "")] = _Style(name.lower(), based_on, toggles)
    return styles


def _value(style: etree._Element, child: str) -> str:
    element = style.find(W + child)
    return element.get(W + "val", "") if element is not None else ""
