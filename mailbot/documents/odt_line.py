"""One paragraph of an OpenDocument text: its spans, fields, content controls and boxes."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from mailbot.documents.markup import local
from mailbot.documents.odf import OdfStyles, count, value
from mailbot.domain.document import Span
from mailbot.text.characters import TICKED, UNTICKED, is_picture_font, pictures, uniform

_GONE = frozenset(
    {
        "note",
        "annotation",
        "annotation-end",
        "ruby-text",
        "bibliography-mark",
        "param",
        "label",
        "hidden-text",
        "hidden-paragraph",
    }
)
_DRAWN = frozenset({"frame", "text-box", "custom-shape", "rect", "g", "a-shape"})
_SIGNS = {"tab": "\t", "line-break": "\n"}
#: Fields to type in; of these a placeholder shows a hint.
_INPUTS = frozenset({"placeholder", "text-input", "user-field-input", "variable-input"})
_DEEPEST = 60


class OdtLine:
    """Collects ``spans`` (newlines at breaks) and the drawn ``boxes`` anchored in a paragraph."""

    def __init__(self, styles: OdfStyles, controls: dict[str, Span]) -> None:
        self.spans: list[Span] = []
        self.boxes: list[etree._Element] = []
        self._styles = styles
        self._controls = controls
        self._marks: list[tuple[int, Span]] = []  # form fields that are open: where, and their name
        self._depth = 0
        self._marked = self._underlined = self._bold = False

    def read(self, paragraph: etree._Element, struck: bool = False) -> None:
        """Reads a paragraph or heading; ``struck``: the cell that it stands in is struck out."""
        style = value(paragraph, "style-name")
        if self._styles.hidden("paragraph", style):
            return
        self._inside(paragraph, "paragraph", style, struck, font="")
        while self._marks:
            self._close_mark()

    def _inside(self, element: etree._Element, family: str, style: str, struck: bool, font: str) -> None:
        if style:
            said = self._styles.struck(family, style)
            struck = struck if said is None else said
            font = self._styles.font(family, style) or font
        before = self._marked, self._underlined, self._bold
        if style and family == "text":
            highlights, underlines = self._styles.marked(style), self._styles.underlined(style)
            self._marked = self._marked if highlights is None else highlights
            self._underlined = self._underlined if underlines is None else underlines
            bold = self._styles.bold(style)
            self._bold = self._bold if bold is None else bold
        self._depth += 1
        self._say(element.text, struck, font)
        for child in element:
            if self._depth < _DEEPEST:
                self._one(child, struck, font)
            self._say(child.tail, struck, font)
        self._depth -= 1
        self._marked, self._underlined, self._bold = before

    def _one(self, element: etree._Element, struck: bool, font: str) -> None:
        name = local(element)
        if name == "span":
            style = value(element, "style-name")
            if not self._styles.hidden("text", style):
                self._inside(element, "text", style, struck, font)
        elif name == "s":
            self.spans.append(Span(" " * count(element, "c", 200), struck=struck))
        elif name in _SIGNS:
            self.spans.append(Span(_SIGNS[name], struck=struck))
        elif name in _DRAWN:
            self.boxes.append(element)
        elif not self._form_field(element, name, struck, font) and name and name not in _GONE:
            self._inside(element, "text", "", struck, font)

    def _form_field(self, element: etree._Element, name: str, struck: bool, font: str) -> bool:
        """Reads a field to fill in, of whichever sort; False where it is none."""
        if name == "control":
            control = self._controls.get(value(element, "control"))
            self.spans += [control] if control else []
        elif name in _INPUTS:
            self._slot(element, struck, font, placeholder=name == "placeholder")
        elif name == "drop-down":
            self._drop_down(element)
        elif name == "content-control":
            self._content_control(element, struck, font)
        elif name in ("fieldmark", "fieldmark-start", "fieldmark-end"):
            self._field_mark(element, name)
        else:
            return False
        return True

    def _say(self, text: str | None, struck: bool, font: str) -> None:
        if text:
            # White space in the file is layout of the XML: one space, as the standard says.
            bare = " ".join(text.replace("\n", " ").replace("\t", " ").replace("\r", " ").split(" "))
            shown = pictures(font, bare) if font and is_picture_font(font) else uniform(bare)
            self.spans.append(
                Span(
                    shown,
                    struck=struck,
                    marked=self._marked,
                    underlined=self._underlined,
                    bold=self._bold,
                )
            )

    def _slot(
        self, element: etree._Element, struck: bool, font: str, placeholder: bool, name: str = ""
    ) -> None:
        start = len(self.spans)
        self._inside(element, "text", "", struck, font)
        text = "".join(span.text for span in self.spans[start:])
        del self.spans[start:]
        self.spans.append(Span(text, slot=True, name=name or value(element, "name"), placeholder=placeholder))

    def _drop_down(self, element: etree._Element) -> None:
        labels = [child for child in element if local(child) == "label"]
        chosen = next((label for label in labels if value(label, "current-selected") == "true"), None)
        text = value(chosen, "value") if chosen is not None else element.text or ""
        if labels and labels[-1].tail:
            text = text or labels[-1].tail or ""
        self.spans.append(Span(uniform(text).strip(), slot=True, name=value(element, "name")))

    def _content_control(self, element: etree._Element, struck: bool, font: str) -> None:
        name = value(element, "tag") or value(element, "alias")
        if value(element, "checkbox") == "true":
            sign = TICKED if value(element, "checked") == "true" else UNTICKED
            self.spans.append(Span(sign, slot=True, name=name))
            return
        hint = value(element, "showing-place-holder") == "true"
        self._slot(element, struck, font, placeholder=hint, name=name)

    def _field_mark(self, element: etree._Element, kind: str) -> None:
        """Form fields of Word, as LibreOffice keeps them (field:fieldmark)."""
        if kind == "fieldmark-end":
            self._close_mark()
            return
        name, form = value(element, "name"), value(element, "type").upper()
        parameters = {
            value(child, "name"): value(child, "value") for child in element if local(child) == "param"
        }
        if "CHECKBOX" in form:
            ticked = parameters.get("Checkbox_Checked", "").lower() in ("true", "1", "on")
            self.spans.append(Span(TICKED if ticked else UNTICKED, slot=True, name=name))
        elif "DROPDOWN" in form:
            self.spans.append(_chosen(element, name))
        if kind == "fieldmark-start":
            is_text = "TEXT" in form
            self._marks.append((len(self.spans), Span("", slot=is_text, name=name)))

    def _close_mark(self) -> None:
        if not self._marks:
            return
        start, mark = self._marks.pop()
        if mark.slot:
            text = "".join(span.text for span in self.spans[start:])
            del self.spans[start:]
            self.spans.append(replace(mark, text=text))


def _chosen(element: etree._Element, name: str) -> Span:
    """The item of a drop-down; where none was chosen the first one is only shown."""
    entries = [value(child, "value") for child in element if value(child, "name").endswith("ListEntry")]
    results = [
        value(child, "value") for child in element if value(child, "name").endswith(("Selected", "Result"))
    ]
    index = int(results[0][:6]) if results and results[0].isdecimal() else 0
    text = uniform(entries[index]) if index < len(entries) else ""
    return Span(text, slot=True, name=name, placeholder=not results and bool(text))
