"""PDFs whose pages are a cover: XFA forms, drawn by Adobe's programs only, and portfolios of files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from lxml import etree
from pypdf import PdfReader

from mailbot.documents.content import BlockBudget, Unreadable, paragraphs
from mailbot.documents.markup import local, parse
from mailbot.domain.document import Block, Cell, Location, Part, Span, Table, Unit
from mailbot.text.characters import uniform

_MOST_FILES = 50
_WORDS = re.compile(r"[_\-.]+|(?<=[a-z])(?=[A-Z])")


def files(reader: PdfReader) -> tuple[Part, ...]:
    """The files of a portfolio; of any other PDF none, what is attached to a page is no form."""
    root: Any = reader.trailer["/Root"]
    if "/Collection" not in root:
        return ()
    found: dict[bytes, str] = {}  # one file is listed by each of its names
    for name, versions in reader.attachments.items():
        for data in versions:
            found.setdefault(data, name)
    return tuple(Part(name, "application/octet-stream", data) for data, name in found.items())[:_MOST_FILES]


def answers(reader: PdfReader, where: Location) -> tuple[Block, ...]:
    """What was filled in, of an XFA form without fields of its own: a row for each question, labelled
    by its caption, or else by its name."""
    root: Any = reader.trailer["/Root"]
    form: Any = _object(root.get("/AcroForm"))
    if not form or "/XFA" not in form or _object(form.get("/Fields")):
        return ()
    captions: dict[str, str] = {}
    values: list[tuple[str, str]] = []
    for packet in _packets(_object(form["/XFA"])):
        for element in packet.iter():
            if local(element) == "field":
                captions.setdefault(str(element.get("name", "")), _caption(element))
            elif local(element) == "data":
                values += [(local(leaf), leaf.text or "") for leaf in element.iter() if not len(leaf)]
    budget = BlockBudget()
    at = where.at(Unit.TABLE, 1)
    rows: list[tuple[Cell, ...]] = []
    for name, value in values:
        budget.spend()
        place = at.at(Unit.ROW, len(rows) + 1)
        label = captions.get(name) or " ".join(filter(None, _WORDS.split(name)))
        cells = [
            paragraphs([Span(uniform(label))], place),
            paragraphs([Span(uniform(value), slot=True, name=name)], place),
        ]
        rows.append(tuple(Cell(tuple(blocks), place, column=n) for n, blocks in enumerate(cells)))
    return (Table(tuple(rows), at),) if rows else ()


def _packets(value: Any) -> Iterator[etree._Element]:
    """The XML of the form: one stream, or pieces that are one document together. Where that is damaged,
    the pieces that are whole by themselves."""
    streams = [_object(one) for one in value] if isinstance(value, list) else [value]
    pieces = [stream.get_data() for stream in streams if hasattr(stream, "get_data")]
    try:
        yield parse(b"".join(pieces))
    except Unreadable:
        for piece in pieces:
            with suppress(Unreadable):
                yield parse(piece)


def _caption(field: etree._Element) -> str:
    for child in field:
        if local(child) == "caption":
            return " ".join(" ".join(map(str, child.itertext())).split())
    return ""


def _object(value: Any) -> Any:
    return value.get_object() if value is not None and hasattr(value, "get_object") else value
