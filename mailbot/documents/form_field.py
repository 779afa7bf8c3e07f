"""Form fields of Word's older kind, whichever format holds them (docx has its own file)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mailbot.domain.document import Span
from mailbot.text.characters import TICKED, UNTICKED, picture, uniform

_SYMBOL = re.compile(r"SYMBOL\s+(0x[0-9a-f]{1,4}|[1-9]\d{0,4})\b", re.I)
_FONT = re.compile(r'\\f\s+"?([^"\\]+)"?', re.I)
_UNDEFINED = 25  # "as the default says", in rtf and doc alike


@dataclass(slots=True)
class WordFormField:
    """What a field says of itself: its instruction and its form data."""

    instruction: str = ""
    name: str = ""
    result: int | None = None
    default: int | None = None
    items: list[str] = field(default_factory=list)
    default_text: str = ""

    def spans(self, typed: list[Span]) -> list[Span]:
        """What the field shows, ``typed`` being the text of its result."""
        words = self.instruction.split(None, 2)
        kind = words[0].upper() if words else ""
        if kind == "FORMCHECKBOX":
            return [self._box()]
        if kind == "FORMDROPDOWN":
            return [self._choice()]
        if kind == "FORMTEXT":
            text = "".join(span.text for span in typed)
            hint = bool(text.strip()) and text.strip() == uniform(self.default_text).strip()
            struck = bool(typed) and all(span.struck for span in typed)
            return [Span(text, slot=True, name=self.name, struck=struck, placeholder=hint)]
        if kind == "MACROBUTTON" and len(words) == 3:
            return [Span(uniform(words[2]).strip(), slot=True, placeholder=True)]
        if kind == "SYMBOL" and not any(span.text.strip() for span in typed):
            return _symbol(self.instruction)
        return typed

    @property
    def _is_set(self) -> bool:
        return self.result is not None and self.result != _UNDEFINED

    def _box(self) -> Span:
        ticked = self.result if self._is_set else self.default
        if ticked is None:  # LibreOffice's rtf loses the state: then nobody knows
            return Span("", slot=True, name=self.name)
        return Span(TICKED if ticked else UNTICKED, slot=True, name=self.name)

    def _choice(self) -> Span:
        index = (self.result if self._is_set else self.default) or 0
        text = uniform(self.items[index]) if index < len(self.items) else ""
        return Span(text, slot=True, name=self.name, placeholder=not self._is_set and bool(text))


def _symbol(instruction: str) -> list[Span]:
    """The sign that a SYMBOL field names by its number and its font: Word writes it without a result."""
    found = _SYMBOL.match(instruction.strip())
    if found is None:
        return []
    font = _FONT.search(instruction)
    return [Span(picture(font[1] if font else "", int(found[1], 0) % 65_536))]
