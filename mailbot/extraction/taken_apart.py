"""Two answers in the room of one: "8310 Brugge" at the town, with the room for the postcode left open.

Questions that stand beside each other are often answered in one go, in the room of the first or the last.
What says itself where one answer ends and the other begins is taken apart, and only where the other question
was met and nothing stands at it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from mailbot.domain.doubt import Reason
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.submission import Code, Source
from mailbot.extraction.values.names import read_name
from mailbot.extraction.values.phone import read_phone
from mailbot.extraction.values.result import ParsedValue, doubted

Reads = dict[str, tuple[ParsedValue, Source]]

#: "Leiedam 3, 9800 Deinze": a postcode and a town end it.
_PLACE = re.compile(
    r"(?:(?P<street>.*\d.*?)(?:(?:,|\n|\s[-–])\s*|(?<=\d)\s+|(?<=\d[a-zA-Z])\s+))?(?P<code>(?:[A-Z]{1,2}-)?[1-9]\d{3,4})\s+"
    r"(?P<town>[^\W\d_]{2,}(?:[ '’.-]+[^\W\d_]+){0,4})",
    re.S,
)
_NUMBER = re.compile(r"\s*[(,:–-]?\s*(?P<number>(?:\+|00?)[\d ./()-]{8,}\d)\s*\)?\s*$")


def take_apart(reads: Reads, is_asked: Callable[[str], bool], form: Form) -> None:
    """Gives a question that was met and left open what stands at the question beside it."""

    def is_open(field: FormField | None) -> bool:
        read = reads[field.key][0] if field and field.key in reads else ParsedValue()
        return field is not None and is_asked(field.key) and read.value is None and read.code is None

    for postcode, town, addresses in _places(form):
        _place(reads, postcode, town, addresses, is_open)
    for before, after in zip(form.fields, form.fields[1:], strict=False):
        if before.kind is FieldKind.NAME and after.kind is FieldKind.PHONE and is_open(after):
            _number(reads, before, after)


def _places(form: Form) -> Iterator[tuple[FormField, FormField | None, list[FormField]]]:
    """Each postcode with the town beside it, and the addresses that stand beside either."""
    fields = form.fields
    for n, field in enumerate(fields):
        if field.kind is not FieldKind.POSTCODE:
            continue
        beside = [*fields[n + 1 : n + 2], *fields[max(0, n - 1) : n]]
        town = next((one for one in beside if one.kind is FieldKind.TEXT), None)
        near = [one for one in fields[max(0, n - 2) : n + 3] if one.kind is FieldKind.ADDRESS]
        yield field, town, near


def _place(
    reads: Reads,
    postcode: FormField,
    town: FormField | None,
    addresses: list[FormField],
    is_open: Callable[[FormField | None], bool],
) -> None:
    for field in filter(None, (town, postcode, *addresses)):
        read, where = reads.get(field.key, (ParsedValue(), None))
        found = _PLACE.fullmatch(read.seen) if where and read.value is not None else None
        others = [one for one in (postcode, town) if one is not None and one is not field]
        if not found or where is None or not all(map(is_open, others)):
            continue
        if field is town and found["street"] is None:
            reads[town.key] = replace(read, value=found["town"]), where
        for one in others:
            value = found["code"] if one is postcode else found["town"]
            reads[one.key] = ParsedValue(value, seen=read.seen), where
        return


def _number(reads: Reads, name: FormField, phone: FormField) -> None:
    """ "Peeters Jan 0478 12 34 56" at a name: the number is that of the next question, doubted where either
    half is unlike what is asked, or more than the number made the name a doubt."""
    read, where = reads.get(name.key, (ParsedValue(), None))
    found = _NUMBER.search(str(read.value or ""))
    if where is None or not found or not str(read.value)[: found.start()].strip():
        return
    told = str(read.value)[: found.start()].strip()
    its_name, number = read_name(told), read_phone(found["number"].strip())
    is_settled = its_name.code is number.code is None and (read.code is None or read.reason is Reason.NAME)
    if is_settled and number.value and its_name.value:
        reads[name.key], reads[phone.key] = (its_name, where), (number, where)
        return
    reason = Reason.NAME_WITH_NUMBER
    reads[name.key] = (
        doubted(told, read.code or Code.UNSURE, read.reason if read.code else reason, read.seen),
        where,
    )
    reads[phone.key] = doubted(found["number"].strip(), Code.UNSURE, reason, read.seen), where
