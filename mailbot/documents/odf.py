"""What OpenDocument files (ISO/IEC 26300) have in common: opening, styles, form controls."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from mailbot.documents.archive import Archive
from mailbot.documents.content import Protected, Unreadable
from mailbot.documents.markup import local, parse
from mailbot.documents.sheet_cell import WHITE, Edge
from mailbot.domain.document import Span
from mailbot.text.characters import TICKED, UNTICKED


def opened(data: bytes) -> tuple[etree._Element, etree._Element | None]:
    """The content and the styles of a file; raises ``Protected`` where it needs a password."""
    archive = Archive(data)
    if "META-INF/manifest.xml" in archive.names:
        manifest = parse(archive.read("META-INF/manifest.xml"))
        if any(local(element) in ("encryption-data", "encrypted-key") for element in manifest.iter()):
            raise Protected("encrypted parts")
    if "content.xml" not in archive.names:
        raise Unreadable("no content")
    styles = parse(archive.read("styles.xml")) if "styles.xml" in archive.names else None
    return parse(archive.read("content.xml")), styles


def value(element: etree._Element, name: str) -> str:
    """An attribute by its name without namespace; empty where it is absent."""
    for key, found in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(found)
    return ""


def count(element: etree._Element, name: str, most: int) -> int:
    """A repeat or span of at least one, clamped: a few bytes may claim a billion."""
    text = value(element, name)
    return max(1, min(int(text[:12]), most)) if text.isdecimal() else 1


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str
    struck: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    marked: bool | None = None
    underlined: bool | None = None
    bold: bool | None = None
    ground: str | None = None
    edges: frozenset[Edge] | None = None


class OdfStyles:
    """Text styles by name: struck out, hidden, in which font."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._by_name: dict[tuple[str, str], _Style] = {}
        self.hidden_tables: set[str] = set()
        fonts: dict[str, str] = {}
        for root in roots:
            for element in root.iter() if root is not None else ():
                name = local(element)
                if name == "font-face":
                    fonts[value(element, "name")] = value(element, "font-family").strip("'\"")
                elif name == "style":
                    self._add(element, fonts)

    def _add(self, element: etree._Element, fonts: dict[str, str]) -> None:
        style = _Style(value(element, "parent-style-name"))
        for properties in element:
            if local(properties) == "table-properties" and value(properties, "display") == "false":
                self.hidden_tables.add(value(element, "name"))
            if local(properties) == "text-properties":
                style = _looking(style, properties, fonts)
            if local(properties) == "table-cell-properties":
                style = replace(style, ground=_ground(properties), edges=_edges(properties))
        self._by_name[value(element, "family"), value(element, "name")] = style

    def marked(self, name: str) -> bool | None:
        """Whether the style of a piece of text highlights; None where it says nothing."""
        return next((style.marked for style in self._chain("text", name) if style.marked is not None), None)

    def underlined(self, name: str) -> bool | None:
        """Whether the style of a piece of text underlines it, or draws a box around it; None where it says
        nothing."""
        said = (style.underlined for style in self._chain("text", name) if style.underlined is not None)
        return next(said, None)

    def bold(self, name: str) -> bool | None:
        """Whether the style of a piece of text sets it in bold; None where it says nothing."""
        return next((style.bold for style in self._chain("text", name) if style.bold is not None), None)

    def struck(self, family: str, name: str) -> bool | None:
        """Whether the style strikes out; None where it says nothing."""
        return next((style.struck for style in self._chain(family, name) if style.struck is not None), None)

    def cell_look(self, name: str) -> tuple[str, frozenset[Edge]]:
        """The colour of the ground of a cell of this style, and the sides on which lines are drawn."""
        chain = self._chain("table-cell", name)
        ground = next((style.ground for style in chain if style.ground is not None), "")
        return ground, next((style.edges for style in chain if style.edges is not None), frozenset())

    def hidden(self, family: str, name: str) -> bool:
        """Whether the style hides its text."""
        return next((style.hidden for style in self._chain(family, name) if style.hidden is not None), False)

    def font(self, family: str, name: str) -> str:
        """The font's name, or empty."""
        return next((style.font for style in self._chain(family, name) if style.font is not None), "")

    def _chain(self, family: str, name: str) -> list[_Style]:
        chain: list[_Style] = []
        while (style := self._by_name.get((family, name))) is not None and len(chain) < 10:
            chain.append(style)
            name = style.parent
        return chain


def _is_colour(ground: str) -> bool:
    """Whether what a file says of a ground is a colour other than that of paper."""
    return ground.lower() not in ("transparent", "#ffffff")


def _ground(properties: etree._Element) -> str | None:
    """The colour of a cell's ground; empty for none, None where nothing is said."""
    said = value(properties, "background-color").lower()
    return None if not said else "" if said == "transparent" else said if _is_colour(said) else WHITE


def _edges(properties: etree._Element) -> frozenset[Edge] | None:
    """The sides of a cell on which a line is drawn; None where nothing is said."""
    all_round = value(properties, "border")
    sides = {edge: value(properties, f"border-{edge.name.lower()}") or all_round for edge in Edge}
    if not any(sides.values()):
        return None
    return frozenset(edge for edge, line in sides.items() if line and line.partition(" ")[0] != "none")


def _looking(style: _Style, properties: etree._Element, fonts: dict[str, str]) -> _Style:
    """A style with what its properties say of text; what they do not say, its parent does."""
    strikes = value(properties, "text-line-through-style") or value(properties, "text-line-through-type")
    ground = value(properties, "background-color")
    lines = [value(properties, name) for name in ("text-underline-style", "text-underline-type", "border")]
    weight, shown = value(properties, "font-weight"), value(properties, "display")
    named = value(properties, "font-name")
    return replace(
        style,
        struck=strikes != "none" if strikes else None,
        hidden=shown == "none" if shown else None,
        font=fonts.get(named, named) or value(properties, "font-family").strip("'\"") or None,
        marked=_is_colour(ground) if ground else None,
        underlined=any(line.partition(" ")[0] != "none" for line in lines if line) if any(lines) else None,
        bold=weight in ("bold", "700") if weight else None,
    )


def controls(root: etree._Element) -> dict[str, Span]:
    """The form controls of a document by their id: what was typed, chosen or ticked."""
    found: dict[str, Span] = {}
    for form in (element for element in root.iter() if local(element) == "form"):
        for element in form:
            span = _control(element)
            identity = value(element, "id")
            if span is not None and identity:
                found[identity] = span
    return found


#: Control → where its state is kept, now and at first, and the word for a tick there.
_BOXES = {
    "checkbox": ("current-state", "state", "checked"),
    "radio": ("current-selected", "selected", "true"),
}


def _control(element: etree._Element) -> Span | None:
    kind = local(element)
    name = value(element, "name")
    if kind in _BOXES:
        now, at_first, ticked = _BOXES[kind]
        sign = TICKED if (value(element, now) or value(element, at_first)) == ticked else UNTICKED
        label = value(element, "label")
        return Span(f"{sign} {label}" if label else sign, slot=True, name=name)
    if kind == "listbox":
        chosen = [
            value(option, "label") for option in element if value(option, "current-selected") == "true"
        ] or [value(option, "label") for option in element if value(option, "selected") == "true"]
        return Span(", ".join(chosen), slot=True, name=name)
    if kind in ("text", "textarea", "combobox", "date", "time", "number", "formatted-text", "value-range"):
        typed = value(element, "current-value")
        return Span(typed or value(element, "value"), slot=True, name=name)
    return None
