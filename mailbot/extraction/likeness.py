"""How much a text is like an answer of a kind, before anything is chosen.

From -1 (it cannot be one) over 0 (nothing stands there) to 1 (it is one and nothing else).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from mailbot.domain.form import FieldKind
from mailbot.extraction.boilerplate import IN_PARENTHESES, is_instruction, is_placeholder, means_nothing
from mailbot.extraction.labels import Labels
from mailbot.extraction.ticks import SIGNS, has_box
from mailbot.extraction.values.text import is_zero
from mailbot.text.lexicon import YES_OR_NO

_DIGITS = re.compile(r"\d")
_YES_NO = re.compile(rf"[{SIGNS}]|\b(?:{YES_OR_NO}|x|aanwezig|kom|verontschuldigd)\b", re.I)
_LONG = 12  # words: of a sentence rather than an answer
_PHONE_DIGITS = 8


def likeness(text: str, kind: FieldKind, labels: Labels) -> float:
    """How much a text is like an answer of this kind."""
    said = text.strip(" .…_\n\t:")
    if not said or is_placeholder(said):
        return 0.0
    label = labels.match(said)
    if label is not None and label.exact and labels.kind(label) is not FieldKind.YES_NO:
        return -1.0
    if means_nothing(said):
        return 0.2
    return _OF_KIND.get(kind, _text)(said)


def _email(said: str) -> float:
    return 1.0 if "@" in said and len(said.split()) < 4 else -0.6


def _phone(said: str) -> float:
    number = IN_PARENTHESES.sub(_figures, said).strip()  # "0478 11 22 33 (papa)"
    digits = len(_DIGITS.findall(number))
    return 1.0 if digits >= _PHONE_DIGITS and digits * 2 >= len(number) else -0.6


def _figures(remark: re.Match[str]) -> str:
    return remark[0] if _DIGITS.search(remark[0]) else ""


def _name(said: str) -> float:
    words = said.split()
    if "@" in said or _DIGITS.search(said) or len(words) > 6 or is_instruction(said):
        return -0.7
    return 0.7 if said[0].isupper() or said[0] in "'’" else 0.3


def _yes_no(said: str) -> float:
    return 1.0 if _YES_NO.search(said) and len(said.split()) < _LONG else -0.3


def _choice(said: str) -> float:
    return 0.8 if has_box(said) else _text(said)


def _number(said: str) -> float:
    return 0.8 if _DIGITS.search(said) or is_zero(said) else -0.5


def _organisation(said: str) -> float:
    digits = len(_DIGITS.findall(said))
    if "@" in said or digits >= _PHONE_DIGITS or len(said.split()) > _LONG:
        return -0.6
    return 0.5


def _text(said: str) -> float:
    if "@" in said or len(_DIGITS.findall(said)) >= _PHONE_DIGITS:
        return -0.2
    return 0.4


def _shaped(pattern: str, most_words: int) -> Callable[[str], float]:
    """How much a text is like what this pattern finds, in so many words at most."""
    shape = re.compile(pattern, re.I)
    return lambda said: 0.8 if shape.search(said) and len(said.split()) <= most_words else -0.5


#: Kinds that hold figures, each with what it must hold and in how many words at most.
_WITH_FIGURES = {
    FieldKind.DATE: _shaped(r"\d", 8),
    FieldKind.BIRTH_DATE: _shaped(r"\d", 8),
    FieldKind.POSTCODE: _shaped(r"\d{4}", 5),
    FieldKind.NATIONAL_NUMBER: _shaped(r"(?:\d\D{0,3}){9}", 8),
    FieldKind.PLATE: _shaped(r"\d", 4),
    FieldKind.IBAN: _shaped(r"\b[a-z]{2}\s?\d{2}(?:\s?[\da-z]{3,4}){2}|(?:\d\D?){9}", 12),
}
#: Kinds whose answers are told from any other words.
DECISIVE = frozenset({FieldKind.EMAIL, FieldKind.PHONE, FieldKind.NUMBER, *_WITH_FIGURES})

_OF_KIND = {
    FieldKind.EMAIL: _email,
    FieldKind.PHONE: _phone,
    FieldKind.NAME: _name,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHOICE: _choice,
    FieldKind.NUMBER: _number,
    **_WITH_FIGURES,
    FieldKind.ORGANISATION: _organisation,
}
