"""One paragraph of a Word document: its runs, fields and controls as spans."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from mailbot.documents.drawn_boxes import DrawnBox, before_words, in_word
from mailbot.documents.look import PLAIN, Look
from mailbot.documents.word_controls import Control, control
from mailbot.documents.word_styles import W, WordStyles, is_marked, is_on, is_underlined
from mailbot.domain.document import Span
from mailbot.text.characters import TICKED, UNTICKED, is_picture_font, picture, pictures, uniform

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BREAKS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_GONE = frozenset({W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText")})
_CODE = re.compile("[0-9a-fA-F]{1,6}")  # of a sign, by its number in a font
_DEEPEST = 60  # wrappers in wrappers within one paragraph


@dataclass(slots=True)
class _Field:
    """A complex field that is open: its instruction, and the form data it carries."""

    instruction: str = ""
    form: etree._Element | None = None
    in_result: bool = False
    start: int = 0


class WordLine:
    """Collects ``spans`` (newlines at breaks) and the text ``boxes`` anchored in the paragraph."""

    def __init__(self, styles: WordStyles) -> None:
        self.spans: list[Span] = []
        self.boxes: list[etree._Element] = []
        self._styles = styles
        self._drawn: list[tuple[DrawnBox, list[etree._Element]]] = []
        self._fields: list[_Field] = []
        self._depth = 0

    def read(self, element: etree._Element, inside: Control | None) -> None:
        """Reads a paragraph; ``inside`` is the control around it, if there is one."""
        start = len(self.spans)
        self._children(element)
        for field in self._fields:  # a result that runs on in the next paragraph
            if field.in_result:
                self._close(field)
        placed = before_words(self.spans[start:], [box for box, _ in self._drawn])
        if placed is not None:
            self.spans[start:] = placed
        else:
            self.boxes += [text for _, texts in self._drawn for text in texts]
        if inside is not None:
            self._as_slot(start, inside)

    def _children(self, element: etree._Element) -> None:
        self._depth += 1
        if self._depth <= _DEEPEST:
            for child in element:
                self._one(child)
        self._depth -= 1

    def _one(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == W + "r":
            self._run(element)
        elif tag == W + "sdt":
            start = len(self.spans)
            for content in element.iterfind(W + "sdtContent"):
                self._children(content)
            own = control(element)
            if own is not None:
                self._as_slot(start, own)
        elif tag == _MC + "AlternateContent":
            self._alternate(element)
        elif tag in (W + "drawing", W + "pict", W + "object"):
            self._drawing(element)
        elif isinstance(tag, str) and tag not in _GONE:
            self._children(element)

    def _run(self, run: etree._Element) -> None:
        properties = run.find(W + "rPr")
        style = None
        look, font = PLAIN, ""
        if properties is not None:
            style = _child_value(properties, "rStyle") or None
            if self._toggle(properties, style, "vanish"):
                return
            look, font = self._look(properties, style), _font(properties)
        is_hint = style is not None and self._styles.name(style) == "placeholder text"
        for element in run:
            if element.tag == W + "t":
                text = element.text or ""
                text = pictures(font, text) if font and is_picture_font(font) else uniform(text)
                self._say(look.span(text, placeholder=is_hint))
            else:
                self._beside_text(element, look)

    def _beside_text(self, element: etree._Element, look: Look) -> None:
        """What a run holds that is not text: breaks, signs, the marks of a field, drawings."""
        tag = element.tag
        if tag in _BREAKS:
            self._say(Span(_BREAKS[tag], struck=look.struck))
        elif tag == W + "sym":
            self._say(Span(_sign(element), struck=look.struck))
        elif tag == W + "fldChar":
            self._field_mark(element)
        elif tag == W + "instrText" and self._fields:
            self._fields[-1].instruction += element.text or ""
        else:
            self._one(element)

    def _look(self, properties: etree._Element, style: str | None) -> Look:
        return Look(
            self._toggle(properties, style, "strike") or self._toggle(properties, style, "dstrike"),
            is_marked(properties),
            is_underlined(properties),
            bool(is_on(properties, "b")),
        )

    def _toggle(self, properties: etree._Element, style: str | None, name: str) -> bool:
        said = is_on(properties, name)
        return said if said is not None else style is not None and self._styles.is_on(style, name)

    def _say(self, span: Span) -> None:
        if span.text and not (self._fields and not self._fields[-1].in_result):
            self.spans.append(span)

    def _as_slot(self, start: int, own: Control) -> None:
        """Makes one slot of what was read since ``start`` (breaks in it keep their lines)."""
        typed = self.spans[start:]
        del self.spans[start:]
        if own.sign:
            self.spans.append(Span(own.sign, slot=True, name=own.name))
            return
        text = "".join(span.text for span in typed)
        hint = own.placeholder or _is_hint(typed, own)
        kept = [span for span in typed if span.text.strip() or span.slot] or [Span(text)]
        if len(kept) == 1 or not any(span.struck or span.slot for span in kept):
            struck = all(span.struck for span in kept)
            self.spans.append(Span(text, True, own.name, struck, hint, options=own.options))
            return
        for span in typed:
            slot = span if span.slot else replace(span, slot=True, name=own.name)
            self.spans.append(replace(slot, placeholder=True) if hint else slot)

    # ------------------------------------------------ fields of the older kind

    def _field_mark(self, mark: etree._Element) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(form=mark.find(W + "ffData")))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
            self._fields[-1].start = len(self.spans)
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if not field.in_result:
                field.start = len(self.spans)
            self._close(field)

    def _close(self, field: _Field) -> None:
        words = field.instruction.split(None, 2)
        kind = words[0].upper() if words else ""
        name = _child_value(field.form, "name")
        if kind == "FORMTEXT":
            field.start = min(field.start, len(self.spans))
            text = "".join(span.text for span in self.spans[field.start :])
            default = _child_value(field.form, f"textInput/{W}default")
            hint = bool(text.strip()) and text.strip() == uniform(default).strip()
            self._as_slot(field.start, Control(name, placeholder=hint))
        elif kind == "FORMCHECKBOX":
            box = field.form.find(W + "checkBox") if field.form is not None else None
            ticked = is_on(box, "checked")
            if ticked is None:
                ticked = bool(is_on(box, "default"))
            self._show(Span(TICKED if ticked else UNTICKED, slot=True, name=name))
        elif kind == "FORMDROPDOWN":
            self._show(_dropdown(field.form, name))
        elif kind == "MACROBUTTON" and len(words) == 3:
            # "[klik hier en typ]": the hint is in the instruction, and goes when one types.
            self._show(Span(uniform(words[2]).strip(), slot=True, placeholder=True))

    def _show(self, span: Span) -> None:
        if not (self._fields and not self._fields[-1].in_result):
            self.spans.append(span)

    # ------------------------------------------------ drawings

    def _alternate(self, element: etree._Element) -> None:
        choice = element.find(_MC + "Choice")
        chosen = choice if choice is not None else element.find(_MC + "Fallback")
        if chosen is not None:
            self._children(chosen)

    def _drawing(self, element: etree._Element) -> None:
        texts = [
            box
            for box in element.iter(W + "txbxContent")
            if not any(
                _is_within(ancestor, element)
                for ancestor in box.iterancestors(_MC + "Fallback", W + "txbxContent")
            )
        ]
        if drawn := in_word(element):
            self._drawn.append((drawn, texts))
        else:
            self.boxes += texts


def _is_within(ancestor: etree._Element, element: etree._Element) -> bool:
    return any(up is element for up in ancestor.iterancestors())


def _dropdown(form: etree._Element | None, name: str) -> Span:
    """The item chosen. Where Word wrote no result nobody chose: the item shown is a hint."""
    options = form.find(W + "ddList") if form is not None else None
    if options is None:
        return Span("", slot=True, name=name)
    items = [uniform(item.get(W + "val", "")) for item in options.iterfind(W + "listEntry")]
    result = options.find(W + "result")
    chosen = result if result is not None else options.find(W + "default")
    value = chosen.get(W + "val", "") if chosen is not None else "0"
    index = int(value[:6]) if value.isdecimal() else 0
    text = items[index] if index < len(items) else ""
    is_hint = result is None and bool(text)
    return Span(text, slot=True, name=name, placeholder=is_hint, options=tuple(filter(str.strip, items)))


def _is_hint(typed: list[Span], own: Control) -> bool:
    """Whether what stands in a control is what it says itself of what is to be typed there."""
    said = [span for span in typed if span.text.strip()]
    text = "".join(span.text for span in typed).strip()
    return bool(text) and (text in own.hints or all(span.placeholder for span in said))


def _sign(element: etree._Element) -> str:
    """The sign of a picture font that an element names by its number; empty where that is none."""
    code = element.get(W + "char", "")
    return picture(element.get(W + "font", ""), int(code, 16)) if _CODE.fullmatch(code) else ""


def _font(properties: etree._Element) -> str:
    """The font that a run names, "" where it names none."""
    fonts = properties.find(W + "rFonts")
    return (fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "") if fonts is not None else ""


def _child_value(element: etree._Element | None, path: str) -> str:
    child = element.find(W + path) if element is not None else None
    return child.get(W + "val", "") if child is not None else ""
