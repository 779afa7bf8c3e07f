"""The rows of a worksheet by number: as a tree, or of a long sheet as text until one of them is changed.

As a tree a sheet takes twenty times its bytes, 190 MiB for 10,000 people, of which one write changes a few.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import cast

from lxml import etree

from mailbot.domain.file_says import FileSays
from mailbot.xlsx.package import DamagedError, parse, q, rows_text, told_as_damage

#: Rows that are taken apart, or written, at a time.
SOME = 200
_ROW = re.compile(rb"<row\b[^>]*?(?:/>|>.*?</row>)", re.DOTALL)
_NUMBER = re.compile(rb'<row\b[^>]*?\sr="([0-9]{1,7})"')
_NUMBERED = re.compile(rb"<row\b[^>]*?\sr\s*=")
_START = re.compile(rb"<worksheet\b[^>]*>")
_OPEN, _CLOSE, _EMPTY = b"<sheetData>", b"</sheetData>", b"<sheetData/>"
#: Where a sheet has one of these it is taken apart as a whole: what is no plain element, another spelling of
#: characters, formulas, which move with what they name.
_ODD = re.compile(rb"<!|.<\?|encoding=[\"'](?!(?i:utf-8))|<f[ />]", re.DOTALL)


class TreeRows(dict[int, etree._Element]):
    """The rows of a sheet that is a tree; ``data`` is the element that they stand in."""

    def __init__(self, data: etree._Element) -> None:
        super().__init__()
        self._data = data
        number = 0
        for row in data:
            number = int(row.get("r") or number + 1)
            self[number] = row
        self._order = sorted(self)

    def glance(self, number: int) -> etree._Element:
        """A row, to be read."""
        return self[number]

    def keeps(self, number: int) -> bool:
        """Whether it is the same element each time."""
        return number in self

    def each(self, first: int = 0) -> Iterator[tuple[int, etree._Element]]:
        """The rows from a number on in their order, to be read."""
        for number in self._order[bisect_left(self._order, first) :]:
            yield number, self[number]

    def put(self, number: int, row: etree._Element) -> None:
        """A new row, at its place."""
        place = bisect_left(self._order, number)
        if place < len(self._order):
            self[self._order[place]].addprevious(row)
        else:
            self._data.append(row)
        self._order.insert(place, number)
        self[number] = row

    def move(self, places: Mapping[int, int | None]) -> None:
        """Gives rows other numbers, in the same order; those without one go out."""
        rows = dict(self)
        self.clear()
        for number, row in rows.items():
            place = places.get(number, number)
            if place is None:
                self._data.remove(row)
                continue
            if place != number:
                _renumbered(row, number, place)
            self[place] = row
        self._order = sorted(self)


class PackedRows:
    """The rows of a long sheet: ``start`` is what its part begins with, ``rows`` their text by number."""

    def __init__(self, start: bytes, rows: dict[int, bytes]) -> None:
        self._start = start
        self._rows: dict[int, bytes | etree._Element] = {**rows}
        self._order = sorted(rows)
        self._glanced: dict[int, etree._Element] = {}
        self._names = parse(start + b"</worksheet>").nsmap
        self._changed = etree.Element(q("sheetData"), nsmap=cast("dict[str, str]", self._names))

    def __iter__(self) -> Iterator[int]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)

    def __contains__(self, number: object) -> bool:
        return number in self._rows

    def __getitem__(self, number: int) -> etree._Element:
        """A row, to be changed: it is a tree from now on."""
        row = self.glance(number)
        if self._glanced.pop(number, None) is not None:
            self._changed.append(row)  # out of a tree that is dropped once no row of it is used
            self._rows[number] = row
        return row

    def glance(self, number: int) -> etree._Element:
        """A row, to be read; those behind it are taken apart with it, and all of them dropped for others."""
        row = self._rows[number]
        if not isinstance(row, bytes):
            return row
        if number not in self._glanced:
            place = bisect_left(self._order, number)
            numbers = [n for n in self._order[place : place + SOME] if isinstance(self._rows[n], bytes)]
            rows = self._taken_apart([cast("bytes", self._rows[n]) for n in numbers])
            self._glanced = dict(zip(numbers, rows, strict=True))
        return self._glanced[number]

    def keeps(self, number: int) -> bool:
        """Whether it is the same element each time."""
        return not isinstance(self._rows[number], bytes)

    def each(self, first: int = 0) -> Iterator[tuple[int, etree._Element]]:
        """The rows from a number on in their order, to be read."""
        for number in self._order[bisect_left(self._order, first) :]:
            yield number, self.glance(number)

    def put(self, number: int, row: etree._Element) -> None:
        """A new row, at its place."""
        insort(self._order, number)
        self._rows[number] = row

    def move(self, places: Mapping[int, int | None]) -> None:
        """Gives rows other numbers, in the same order; those without one go out."""
        rows, self._rows, self._glanced = self._rows, {}, {}
        for number, row in rows.items():
            place = places.get(number, number)
            if place is not None:
                self._rows[place] = row if place == number else _renumbered(row, number, place)
        self._order = sorted(self._rows)

    def written(self, frame: bytes) -> bytes:
        """The bytes of the part, of which ``frame`` is all but the rows."""
        before, _, after = frame.partition(_EMPTY)
        rows = (self._rows[number] for number in self._order)
        text = (
            b"".join(cast("Iterator[bytes]", some))
            if packed
            else rows_text(cast("Iterator[etree._Element]", some), self._names)
            for packed, some in groupby(rows, key=lambda row: isinstance(row, bytes))
        )
        return b"".join((before, _OPEN, *text, _CLOSE, after))

    @told_as_damage()
    def _taken_apart(self, rows: list[bytes]) -> list[etree._Element]:
        root = parse(b"".join((self._start, _OPEN, *rows, _CLOSE, b"</worksheet>")))
        taken = list(root[0])
        if len(taken) != len(rows):
            raise DamagedError(FileSays.FILE_DAMAGED)
        return taken


def _renumbered(row: bytes | etree._Element, number: int, place: int) -> bytes | etree._Element:
    if isinstance(row, bytes):
        old, new = b'%d"' % number, b'%d"' % place
        return re.sub(rb'(<row\b[^>]*?\sr="|<c\b[^>]*?\sr="[A-Z]+)' + old, rb"\g<1>" + new, row)
    row.set("r", str(place))
    for cell in row:
        if named := (cell.get("r") or "").rstrip("0123456789"):
            cell.set("r", f"{named}{place}")
    return row


def split(content: bytes) -> tuple[bytes, PackedRows] | None:
    """A part without its rows, and these; None where it is not spelled as most are, or holds formulas."""
    before, opened, rest = content.partition(_OPEN)
    inside, closed, after = rest.partition(_CLOSE)
    start = _START.search(before)
    if not (start and opened and closed) or _ODD.search(content):
        return None
    rows: dict[int, bytes] = {}
    number = at = 0
    for row in _ROW.finditer(inside):
        named = _NUMBER.match(row[0])
        if not named and _NUMBERED.match(row[0]):
            return None
        number = int(named[1]) if named else number + 1
        if inside[at : row.start()].strip() or number in rows:
            return None
        rows[number], at = row[0], row.end()
    if inside[at:].strip():
        return None
    return b"".join((before, _EMPTY, after)), PackedRows(start[0], rows)
