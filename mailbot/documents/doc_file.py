"""The inside of a Word 97–2003 file ([MS-DOC]): text in pieces, and the properties of its runs."""

from __future__ import annotations

import bisect
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from struct import error as StructError  # noqa: N812  a class
from struct import unpack_from

import olefile

from mailbot.documents.content import Protected, TooLarge, Unreadable, Unsupported
from mailbot.documents.form_field import WordFormField

_MOST_CHARACTERS = 2_000_000
_MOST_STREAM = 30 * 1024 * 1024
_PAGE = 512
_WORD_97 = 0x00BF  # the version number of its earliest files; Word 95 has 104

#: Where the file says which drawings are anchored in the body, and what stands in its text boxes; the size
#: of what it says of each, and where a box names its shape.
_ANCHORS, _BOXES = 0x1DA, 0x25A
_ANCHOR, _BOX, _SHAPE_OF_BOX = 26, 22, 14

# Operand sizes by the top three bits of a property's code (2.6.2, "spra"); 6 says its own.
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}

Properties = dict[int, bytes]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters with the same properties; the first stands at ``start`` in the file, and each
    takes ``width`` bytes."""

    text: str
    properties: Properties
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text box, numbered from 1, and where it stands in the text of all boxes."""

    number: int
    start: int
    end: int


@dataclass(slots=True)
class _Pages:
    """Properties by their place in the file: sorted starts, ends, and the properties."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    properties: list[Properties] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)

    def at(self, place: int) -> int | None:
        """The index of what covers a place in the file."""
        index = bisect.bisect_right(self.starts, place) - 1
        return index if index >= 0 and place < self.ends[index] else None


class DocFile:
    """The streams of a document, opened. Raises ``Unreadable`` or one of its kinds."""

    def __init__(self, data: bytes) -> None:
        try:
            with olefile.OleFileIO(io.BytesIO(data)) as container:
                self._main = _stream(container, "WordDocument")
                magic, version = unpack_from("<HH", self._main, 0)
                (flags,) = unpack_from("<H", self._main, 0x0A)
                if flags & 0x0100:
                    raise Protected("encrypted")
                if magic != 0xA5EC or version < _WORD_97:
                    raise Unsupported("older than Word 97")
                self._table = _stream(container, "1Table" if flags & 0x0200 else "0Table")
                self.data = _stream(container, "Data") if container.exists("Data") else b""
            self.lengths: tuple[int, ...] = unpack_from("<8i", self._main, 0x4C)
            self._pieces = self._read_pieces()
            self._runs = self._read_pages(0xFA, self._run_properties)
            self._paragraphs = self._read_pages(0x102, self._paragraph_properties)
            self.fonts = self._read_fonts()
        except Unreadable:
            raise
        except (StructError, IndexError, ValueError) as error:
            raise Unreadable("damaged document") from error
        except Exception as error:  # olefile raises whatever a damaged container provokes
            raise Unreadable("damaged container") from error

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """The text from one character position to another, cut where properties change."""
        for first, last, place, width in self._pieces:
            begin, stop = max(first, start), min(last, end)
            at = place + (begin - first) * width
            limit = place + (stop - first) * width
            while at < limit:
                index = self._runs.at(at)
                if index is None:
                    following = bisect.bisect_right(self._runs.starts, at)
                    until = self._runs.starts[following] if following < len(self._runs.starts) else limit
                    properties: Properties = {}
                else:
                    until, properties = self._runs.ends[index], self._runs.properties[index]
                until = max(at + width, min(until, limit))
                raw = self._main[at:until]
                text = raw.decode("cp1252" if width == 1 else "utf-16-le", "replace")
                yield Run(text, properties, at, width)
                at = until

    def paragraph(self, place: int) -> tuple[int, Properties]:
        """Style number and properties of the paragraph whose mark stands at a place in the file."""
        index = self._paragraphs.at(place)
        return (
            (0, {}) if index is None else (self._paragraphs.styles[index], self._paragraphs.properties[index])
        )

    def header_stories(self) -> list[tuple[int, int]]:
        """Where each header and footer stands in the header text, six a section (2.8.23)."""
        places = self._plc(0xF2)
        ends = [unpack_from("<i", places, 4 * index)[0] for index in range(len(places) // 4)]
        return list(pairwise(ends))[6:60]

    def text_boxes(self) -> tuple[list[TextBox | None], list[TextBox]]:
        """The text boxes that are anchored in the body, one for each of its drawings in their order (None for
        any other drawing), and those that are not (2.8.37, 2.8.32)."""
        anchors, boxes = self._plc(_ANCHORS), self._plc(_BOXES)
        told = max(0, (len(boxes) - 4) // (4 + _BOX))
        ends = unpack_from(f"<{told + 1}i", boxes) if told else ()
        if list(ends) != sorted(map(abs, ends)):
            return [], []  # damaged: what stands in them cannot be told apart
        every = [TextBox(n + 1, *span) for n, span in enumerate(pairwise(ends))]
        by_shape: dict[int, TextBox] = {}
        for n, box in enumerate(every):
            (shape,) = unpack_from("<i", boxes, 4 * (told + 1) + _BOX * n + _SHAPE_OF_BOX)
            by_shape.setdefault(shape, box)
        count = max(0, (len(anchors) - 4) // (4 + _ANCHOR))
        shapes = (unpack_from("<i", anchors, 4 * (count + 1) + _ANCHOR * n)[0] for n in range(count))
        anchored = [by_shape.pop(shape, None) for shape in shapes]
        return anchored, [box for box in every if box not in anchored]

    def form_field(self, properties: Properties, into: WordFormField) -> None:
        """The data of a form field (FFData, 2.9.78), where this character carries one."""
        if 0x6A03 not in properties:
            return
        try:
            (at,) = unpack_from("<I", properties[0x6A03])
            (header,) = unpack_from("<H", self.data, at + 4)
            _form_data(self.data, at + header, into)
        except (StructError, IndexError):
            return  # damaged data: the field then says nothing of itself

    # ------------------------------------------------ tables of the file

    def _plc(self, at: int) -> bytes:
        start, size = unpack_from("<II", self._main, at)
        return self._table[start : start + size]

    def _read_pieces(self) -> list[tuple[int, int, int, int]]:
        clx = self._plc(0x1A2)
        at = 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + int(unpack_from("<H", clx, at + 1)[0])
        if at >= len(clx) or clx[at] != 2:
            raise Unreadable("no piece table")
        (size,) = unpack_from("<I", clx, at + 1)
        table = clx[at + 5 : at + 5 + size]
        count = (len(table) - 4) // 12
        pieces: list[tuple[int, int, int, int]] = []
        for index in range(count):
            first, last = unpack_from("<ii", table, 4 * index)
            (place,) = unpack_from("<I", table, 4 * (count + 1) + 8 * index + 2)
            if not 0 <= first <= last:
                raise Unreadable("pieces out of order")
            if last > _MOST_CHARACTERS:
                raise TooLarge("too much text")
            is_narrow = bool(place & 0x40000000)
            start = (place & 0x3FFFFFFF) // 2 if is_narrow else place & 0x3FFFFFFF
            pieces.append((first, last, start, 1 if is_narrow else 2))
        return pieces

    def _read_pages(self, at: int, read: Callable[[bytes, int, int], tuple[int, Properties]]) -> _Pages:
        plc = self._plc(at)
        count = max(0, (len(plc) - 4) // 8)
        found: list[tuple[int, int, int, Properties]] = []
        for index in range(count):
            (number,) = unpack_from("<I", plc, 4 * (count + 1) + 4 * index)
            page = self._main[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
            if len(page) < _PAGE:
                continue
            for run in range(min(page[511], 101)):
                start, end = unpack_from("<II", page, 4 * run)
                style, properties = read(page, run, page[511])
                found.append((start, end, style, properties))
        found.sort(key=lambda one: one[0])
        pages = _Pages()
        for start, end, style, properties in found:
            pages.starts.append(start)
            pages.ends.append(end)
            pages.styles.append(style)
            pages.properties.append(properties)
        return pages

    def _run_properties(self, page: bytes, run: int, count: int) -> tuple[int, Properties]:
        at = page[4 * (count + 1) + run] * 2
        return (0, sprms(page[at + 1 : at + 1 + page[at]])) if at else (0, {})

    def _paragraph_properties(self, page: bytes, run: int, count: int) -> tuple[int, Properties]:
        at = page[4 * (count + 1) + 13 * run] * 2
        if not at:
            return 0, {}
        size = page[at] * 2 - 1 if page[at] else page[at + 1] * 2
        at += 1 if page[at] else 2
        raw = page[at : at + size]
        if len(raw) < 2:
            return 0, {}
        properties = sprms(raw[2:])
        if 0x6646 in properties:  # too long for the page: kept in the Data stream
            (far,) = unpack_from("<I", properties[0x6646])
            (length,) = unpack_from("<H", self.data, far)
            properties = {**properties, **sprms(self.data[far + 2 : far + 2 + length])}
        return unpack_from("<H", raw)[0], properties

    def _read_fonts(self) -> list[str]:
        table = self._plc(0x112)
        fonts: list[str] = []
        at = 4
        while at < len(table) and len(fonts) < 500:
            size = table[at]
            name = table[at + 40 : at + 1 + size].decode("utf-16-le", "replace")
            fonts.append(name.partition("\0")[0])
            at += size + 1
        return fonts


def sprms(raw: bytes) -> Properties:
    """A list of properties by their code (2.6); the last of a code wins, the rest of a damaged
    list is left out."""
    found: Properties = {}
    at = 0
    while at + 2 <= len(raw):
        (code,) = unpack_from("<H", raw, at)
        at += 2
        size = _OPERANDS.get(code >> 13)
        if code == 0xD608:  # a row's definition says its size in two bytes
            if at + 2 > len(raw):
                break
            size = int(unpack_from("<H", raw, at)[0]) + 1
        elif size is None:
            if at >= len(raw):
                break
            size = raw[at] + 1
        found[code] = raw[at : at + size]
        at += max(1, size)
    return found


def _form_data(data: bytes, at: int, into: WordFormField) -> None:
    _, bits, _, _ = unpack_from("<IHHH", data, at)
    at += 10
    into.name, at = _text(data, at)
    kind = bits & 0x3
    if kind == 0:
        into.default_text, at = _text(data, at)
        return
    (into.default,) = unpack_from("<H", data, at)
    into.result = (bits >> 2) & 0x1F
    at += 2
    if kind == 2:
        for _ in range(5):
            _, at = _text(data, at)
        _, count, extra = unpack_from("<HHH", data, at)
        at += 6
        for _ in range(min(count, 100)):
            (length,) = unpack_from("<H", data, at)
            into.items.append(data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace"))
            at += 2 + 2 * length + extra


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A counted text with a zero behind it, and the place after it."""
    (length,) = unpack_from("<H", data, at)
    return data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace"), at + 4 + 2 * length


def _stream(container: olefile.OleFileIO, name: str) -> bytes:
    if not container.exists(name):
        raise Unreadable(f"no stream {name}")
    data: bytes = container.openstream(name).read(_MOST_STREAM)
    return data
