"""Captions in words that nobody knows: what the value at one plainly is (an e-mail address, a telephone
number, an organisation, a function, a diet), and which are surely about somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable

from mailbot.domain.form import DIET, FieldKind, FormField
from mailbot.extraction.boilerplate import is_instruction
from mailbot.extraction.context import ExtractionContext
from mailbot.extraction.headings import APART, says_whom_to_ask, section
from mailbot.extraction.lexicon import lexicon
from mailbot.extraction.likeness import likeness
from mailbot.extraction.subjects import (
    asks_for_a_place,
    asks_of_others,
    names_a_body,
    names_a_diet,
    names_a_function,
)
from mailbot.extraction.ticks import has_box
from mailbot.extraction.values.kinds import ValueContext, read_value
from mailbot.matching.organisations import is_bare_kind
from mailbot.text.normalize import letters

#: Words of an answer that is one thing.
MOST_WORDS = 8
#: The number of an enterprise, which a telephone number is not written like.
_ENTERPRISE = re.compile(r"[01]\d{3}\.\d{3}\.\d{3}")

#: Kinds whose answers are checked: an address, a number of a telephone, of a bank, of a person.
CHECKED = (
    FieldKind.EMAIL,
    FieldKind.PHONE,
    FieldKind.BIRTH_DATE,
    FieldKind.IBAN,
    FieldKind.NATIONAL_NUMBER,
)

#: Whether a value at a caption is what a field asks: the value, the caption.
Test = Callable[[str, str], bool]


def tests_of(reading: ExtractionContext) -> dict[str, Test]:
    """For each field that an answer can be told to be of, whether one at a caption is."""
    form = reading.form
    found: dict[str, Test] = {}
    for kind in (*CHECKED, FieldKind.ORGANISATION):
        fields = form.of_kind(kind)
        if len(fields) == 1:
            found[fields[0].key] = _is_plainly(fields[0], reading)
    known = lexicon().fields(form)
    for concept, is_named in (("role", names_a_function), ("diet", names_a_diet)):
        asked = known.get(concept) or []
        if len(asked) == 1 and len(asked[0]) == 1:
            found[asked[0][0]] = _in_few_words(is_named)
    if form.field(DIET):
        found[DIET] = _in_few_words(names_a_diet)
    return found


def _in_few_words(is_named: Callable[[str], bool]) -> Test:
    def fits(said: str, _caption: str) -> bool:
        few = len(said.split()) <= MOST_WORDS and not any(map(str.isdigit, said)) and "@" not in said
        return few and not has_box(said) and is_named(said)

    return fits


def _is_plainly(field: FormField, reading: ExtractionContext) -> Test:
    context = ValueContext(own=reading.own)

    def fits(said: str, caption: str) -> bool:
        if len(said.split()) > MOST_WORDS or likeness(said, field.kind, reading.labels) <= 0:
            return False
        if field.kind is FieldKind.ORGANISATION:
            return _is_body(said, caption, reading)
        if field.kind is FieldKind.PHONE and (
            said.lstrip("(")[:1] not in "0+" or _ENTERPRISE.fullmatch(said)
        ):
            return False
        read = read_value(field, said, context)
        return read.code is None and read.value is not None

    return fits


def _is_body(said: str, caption: str, reading: ExtractionContext) -> bool:
    known = reading.directory.recognise(said)
    if not known and names_a_body(said):
        return not is_bare_kind(said) and not names_a_function(said) and said[:1].isupper()
    if not known or is_bare_kind(said) or any(map(str.isdigit, said)) or names_a_function(said):
        return False
    return letters(known) != letters(said) or not asks_for_a_place(caption)


def is_somebody_elses(caption: str) -> bool:
    """Whether a caption tells the reader what to do, or asks of others than who comes."""
    if is_instruction(caption) or says_whom_to_ask(caption):
        return True
    about = section(caption, heading=True)
    return asks_of_others(caption) or (about is not None and about.about in APART)
