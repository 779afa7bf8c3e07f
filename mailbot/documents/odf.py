"""What OpenDocument files (ISO/IEC 26300) have in common: opening, styles, form controls."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from mailbot.documents.archive import Archive
from mailbot.documents.content import Protected, Unreadable
from mailbot.documents.markup import local, parse
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
    struck: bool | None
    hidden: bool | None
    font: str | None
    marked: bool | None
    underlined: bool | None
    bold: bool | None


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
        struck = hidden = font = marked = underlined = bold = None
        for properties in element:
            if local(properties) == "table-properties" and value(properties, "display") == "false":
                self.hidden_tables.add(value(element, "name"))
            if local(properties) != "text-properties":
                continue
            line = value(properties, "text-line-through-style") or value(properties, "text-line-through-type")
            struck = line != "none" if line else None
            ground = value(properties, "background-color").lower()
            marked = ground not in ("transparent", "#ffffff") if ground else None
            lines = (
                value(properties, name) for name in ("text-underline-style", "text-underline-type", "border")
            )
            said = [line.partition(" ")[0] != "none" for line in lines if line]
            underlined = any(said) if said else None
            weight = value(properties, "font-weight")
            bold = weight in ("bold", "700") if weight else None
            shown = value(properties, "display")
            hidden = shown == "none" if shown else None
            named = value(properties, "font-name")
            font = fonts.get(named, named) or value(properties, "font-family").strip("'\"") or None
        key = (value(element, "family"), value(element, "name"))
        self._by_name[key] = _Style(
            value(element, "parent-style-name"), struck, hidden, font, marked, underlined, bold
        )

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


def _control(element: etree._Element) -> Span | None:
    kind = local(element)
    name = value(element, "name")
    if kind == "checkbox":
        ticked = (value(element, "current-state") or value(element, "state")) == "checked"
        label = value(element, "label")
        return Span((TICKED if ticked else UNTICKED) + (f" {label}" if label else ""), slot=True, name=name)
    if kind == "radio":
        ticked = (value(element, "current-selected") or value(element, "selected")) == "true"
        label = value(element, "label")
        return Span((TICKED if ticked else UNTICKED) + (f" {label}" if label else ""), slot=True, name=name)
    if kind == "listbox":
        chosen = [
            value(option, "label") for option in element if value(option, "current-selected") == "true"
        ] or [value(option, "label") for option in element if value(option, "selected") == "true"]
        return Span(", ".join(chosen), slot=True, name=name)
    if kind in ("text", "textarea", "combobox", "date", "time", "number", "formatted-text", "value-range"):
        typed = value(element, "current-value")
        return Span(typed or value(element, "value"), slot=True, name=name)
    return None
