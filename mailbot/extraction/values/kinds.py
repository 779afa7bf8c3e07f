"""The reader of each kind of field: what was written at a label, or in answer to a question of ours.

Forms, answers to questions and edits are read by this one table, so that "idem" or a bare "OCMW"
means the same wherever it is written. What else holds for a kind stands in ``KIND_TRAITS``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mailbot.domain.document import Span
from mailbot.domain.doubt import Reason
from mailbot.domain.form import FieldKind, FormField
from mailbot.domain.submission import Code
from mailbot.extraction.boilerplate import is_ditto, is_elsewhere, is_to_come, means_nothing
from mailbot.extraction.values.address import read_address, read_postcode
from mailbot.extraction.values.choice import read_choice
from mailbot.extraction.values.email import read_email
from mailbot.extraction.values.names import read_name
from mailbot.extraction.values.numbers import read_iban, read_national_number, read_plate
from mailbot.extraction.values.phone import read_phone
from mailbot.extraction.values.result import OPEN_ANSWER, ParsedValue, doubted
from mailbot.extraction.values.text import (
    is_zero,
    read_birth_date,
    read_date,
    read_long_text,
    read_number,
    read_text,
)
from mailbot.extraction.values.yes_no import read_yes_no
from mailbot.matching.organisations import is_bare_kind
from mailbot.text.normalize import letters, tidy


@dataclass(frozen=True, slots=True)
class ValueContext:
    """What a value is judged by: the mail domains that are known, and the addresses that are ours."""

    domains: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


#: "Praktijk Vesder, Kerkstraat 3": a street and its number behind the name.
_WITH_ADDRESS = re.compile(r",[^,]*[^\W\d_]{4}[^,]* \d{1,4}\b")

Reader = Callable[[FormField, str, ValueContext], ParsedValue]


def read_value(field: FormField, text: str, context: ValueContext) -> ParsedValue:
    """What somebody wrote for a field, as its kind reads it.

    Open where nothing was said ("nvt", "/"); doubted without a value where it refers to an answer
    that is not here ("idem"), and with it where it says that there is none yet ("volgt nog").
    """
    says = field.kind.traits.offered or (field.kind is FieldKind.NUMBER and is_zero(text))
    if not text or (means_nothing(text) and not says):
        return OPEN_ANSWER
    is_remark = field.kind is FieldKind.LONG_TEXT
    if is_ditto(text) or (not is_remark and is_elsewhere(text)):
        return doubted(None, Code.UNSURE, Reason.REFERS_ELSEWHERE, tidy(text))
    if not is_remark and not field.kind.traits.offered and is_to_come(text):
        return doubted(tidy(text), Code.UNSURE, Reason.NOT_YET, tidy(text))
    if not is_remark and not says and _says_none_but(text):
        return doubted(tidy(text), Code.UNSURE, Reason.CONFIRM, tidy(text))
    if (asks := _ASKS.search(text)) and not _may_ask(field, text):
        read = READERS[field.kind](field, text[: asks.start()], context)
        return read if read.code else doubted(read.value, Code.UNSURE, Reason.CONFIRM, tidy(text))
    return READERS[field.kind](field, text, context)


#: "Bo?", "Bo (?)": somebody is not sure of what they wrote.
_ASKS = re.compile(r"(?<=[\w.)])(?:\s*\(\s*\?+\s*\)|\s*\?+)\s*$")


def _says_none_but(text: str) -> bool:
    """Whether an answer says that there is none, and something in brackets: "geen (wel eieren)"."""
    said = re.fullmatch(r"\s*([^\W\d_][^()]*)\([^()]*\w[^()]*\)\s*", text)
    return said is not None and means_nothing(said[1])


#: Words of an answer; more of them are a sentence.
_FEW = 4


def _may_ask(field: FormField, text: str) -> bool:
    """Whether a question mark behind an answer doubts nothing: who writes freely may ask something."""
    freely = field.kind is FieldKind.TEXT and (field.is_sensitive or len(text.split()) > _FEW)
    return freely or field.kind is FieldKind.LONG_TEXT or field.kind.traits.offered


def _organisation(field: FormField, text: str, _context: ValueContext) -> ParsedValue:
    seen = tidy(text)
    if letters(seen) == letters(field.label) and "/" in field.label:
        return OPEN_ANSWER
    if is_bare_kind(seen):
        return doubted(seen, Code.AMBIGUOUS, Reason.WHICH_BODY, seen)
    if "@" in seen:
        return doubted(seen, Code.UNSURE, Reason.NAME_OF_BODY, seen)
    if _WITH_ADDRESS.search(seen):
        return doubted(seen, Code.UNSURE, Reason.WITH_ADDRESS, seen)
    return read_text(text)


def _of_text(reader: Callable[[str], ParsedValue]) -> Reader:
    return lambda _field, text, _context: reader(text)


#: One row a kind.
READERS: Mapping[FieldKind, Reader] = {
    FieldKind.TEXT: _of_text(read_text),
    FieldKind.LONG_TEXT: _of_text(read_long_text),
    FieldKind.NAME: _of_text(read_name),
    FieldKind.EMAIL: lambda _field, text, context: read_email(text, context.domains, context.own),
    FieldKind.PHONE: _of_text(read_phone),
    FieldKind.ORGANISATION: _organisation,
    FieldKind.YES_NO: lambda field, text, _: read_yes_no(field, (Span(text),), negative=False),
    FieldKind.CHOICE: lambda field, text, _: read_choice(field, (Span(text),)),
    FieldKind.NUMBER: _of_text(read_number),
    FieldKind.DATE: _of_text(read_date),
    FieldKind.ADDRESS: _of_text(read_address),
    FieldKind.POSTCODE: _of_text(read_postcode),
    FieldKind.BIRTH_DATE: _of_text(read_birth_date),
    FieldKind.NATIONAL_NUMBER: _of_text(read_national_number),
    FieldKind.PLATE: _of_text(read_plate),
    FieldKind.IBAN: _of_text(read_iban),
}
