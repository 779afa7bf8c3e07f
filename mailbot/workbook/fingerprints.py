"""Digests by which a write tells what is as the last one left it: of bytes, rows, log and layout. They
are kept in the base of a write; the next one draws only what they no longer fit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from mailbot.domain.decision import EventState, Logged
from mailbot.workbook.base import Base
from mailbot.workbook.layout import PARTICIPANTS, Layout
from mailbot.xlsx.workbook import Workbook
from mailbot.xlsx.worksheet import Worksheet


def digest(data: bytes) -> str:
    """The digest of a file's bytes, to tell whether it was saved again."""
    return hashlib.sha256(data).hexdigest()


def told_of(state: EventState, layout: Layout) -> dict[str, str]:
    """A digest for each registration and the layout that its row was drawn with."""
    drawn_by = shape(layout)
    return {r.nr: known_by((drawn_by, r)) for r in state.registrations}


def shape(layout: Layout) -> str:
    """A digest of what a layout gives every row."""
    listed = [(event.id, event.title) for event in layout.events] if layout.event is None else []
    return known_by((layout.event, layout.form, layout.sheets, layout.names, listed))


def running(lines: Iterable[Logged]) -> list[str]:
    """Digests of the first lines: of none, of the first, of the first two, and so on."""
    sofar = hashlib.sha256()
    digests = [sofar.hexdigest()[:16]]
    for line in lines:
        sofar.update(repr(line).encode())
        digests.append(sofar.hexdigest()[:16])
    return digests


def left(book: Workbook, part: str, name: str) -> str:
    """A digest of a sheet (its ``part`` of the file, its ``name`` in the code) as this write leaves it, by
    which the next one knows that nobody touched it."""
    for one in _parts(book, part, name):
        book.package.settled(one)
    return _stands(book, part, name)


def _stands(book: Workbook, part: str, name: str) -> str:
    """A digest of a sheet's bytes, as they came or as this write leaves them."""
    summed = hashlib.sha256()
    for one in _parts(book, part, name):
        summed.update(book.package.parts[one])
    return summed.hexdigest()[:16]


def _parts(book: Workbook, part: str, name: str) -> list[str]:
    """The part of a sheet; of Deelnemers with those that its cells refer to."""
    return [part, *(book.shared_parts if name == PARTICIPANTS else ())]


def untouched(sheet: Worksheet, name: str, base: Base) -> bool:
    """Whether a sheet is as the write of ``base`` left it. To be asked before this write changes the
    sheet."""
    return name in base.left and _stands(sheet.book, sheet.part, name) == base.left[name]


def known_by(facts: object) -> str:
    """A short digest of facts, by how they print."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
