"""A mail or a file, with everything inside it opened: archives, messages in messages."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from mailbot.config.settings import Settings
from mailbot.domain.document import (
    Block,
    Cell,
    Location,
    Paragraph,
    ParsedDocument,
    ParseStatus,
    Part,
    Table,
    Unit,
)
from mailbot.domain.message import Message
from mailbot.message.placeholders import stands_for_a_file
from mailbot.pipeline.limits import bounded_message, bounded_reading, size
from mailbot.pipeline.sandbox import Sandbox, out_of_time
from mailbot.sandbox.pool import Budget, ChildDied

_DEEPEST = 12
_MOST_PARTS = 100
_MOST_TEXT = 1_000_000  # characters in all: the worker, which no limit ends, may have to understand them
#: Seconds of processor time for all of a mail, since the mails that came after it wait.
CPU_SECONDS = 90
#: Seconds by the clock for the same. On a busy machine it ends first, before systemd's watchdog does.
_SECONDS = 300.0
_SMALL_PICTURE = 30_000  # bytes: a logo or a line in a signature; no photo of a form is smaller

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_MESSAGES = ("message/rfc822", "application/vnd.ms-outlook", "application/ms-tnef")

# Parts that mail programs add by themselves, and that no one fills in.
_FURNITURE = (
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "application/pgp-keys",
    "application/pgp-encrypted",
    "text/vcard",
    "text/x-vcard",
    "text/calendar",
    "message/delivery-status",
    "text/rfc822-headers",
)


class PartReader(Protocol):
    """What reads the parts of a mail: a ``Sandbox``, or the child of one for itself. The methods are those of
    ``Sandbox``; ``size`` is how many parts it reads at once."""

    @property
    def size(self) -> int: ...

    def read(
        self, part: Part, where: Location, *, recognise: bool = True, budget: Budget | None = None
    ) -> ParsedDocument: ...

    def read_all(
        self, parts: Iterable[tuple[Part, Location]], budget: Budget, *, recognise: bool
    ) -> tuple[ParsedDocument, ...]: ...

    def parse(
        self, raw: bytes, own_addresses: frozenset[str], authserv_id: str, budget: Budget | None = None
    ) -> Message: ...

    def outlook(self, data: bytes, own_addresses: frozenset[str], budget: Budget) -> Message | None: ...

    def winmail(self, data: bytes, own_addresses: frozenset[str], budget: Budget) -> Message | None: ...


def read_mail(raw: bytes, sandbox: Sandbox, settings: Settings) -> tuple[Message, tuple[ParsedDocument, ...]]:
    """The message, and the reading of each document in it, however deep, in their order, within the time
    of one mail. Raises ``ChildDied`` as ``parse_mail`` does."""
    budget = Budget(CPU_SECONDS)
    message = parse_mail(raw, sandbox, settings, budget)
    return message, read_documents(message, sandbox, settings, budget)


def parse_mail(raw: bytes, sandbox: Sandbox, settings: Settings, budget: Budget) -> Message:
    """The message alone. Raises ``ChildDied`` where the mail itself, and no document in it, kills the
    child that takes it apart."""
    return bounded_message(sandbox.parse(raw, settings.own_addresses, settings.authserv_id, budget))


def read_documents(
    message: Message, reader: PartReader, settings: Settings, budget: Budget
) -> tuple[ParsedDocument, ...]:
    """The reading of each document in a message, however deep, in their order.

    Attachments of a forwarded message are among them. Pictures that belong to a signature and
    parts that mail programs add are left out. What ``budget`` is not enough for is ``out_of_time``.
    """
    opener = _Opener(reader, settings, budget)
    opener.message(message, Location())
    return opener.readings()


def read_file(
    name: str, data: bytes, sandbox: Sandbox, settings: Settings
) -> tuple[Message | None, tuple[ParsedDocument, ...]]:
    """A file as ``mailbot read`` is given it: the message where it is one (``.eml``, ``.msg``,
    ``winmail.dat``), and the readings; ``name`` is a label and is not opened."""
    part, budget = Part(name, "application/octet-stream", data), Budget(CPU_SECONDS)
    opener = _Opener(sandbox, settings, budget)
    first = sandbox.read(part, Location(), recognise=False, budget=budget)
    for child in first.children:
        message = opener.as_message(child)
        if message is not None and child.data == data:
            opener.message(message, Location())
            return bounded_message(message), opener.readings()
    opener.open(part, first, Location())
    return None, opener.readings()


class _Opener:
    """Opens parts within parts, counting them: a bomb of containers ends at a bound.

    What holds only pictures of text is left for the end: recognising it costs a hundred times what a
    form costs to read, and no holiday photos keep a form from being read, however deep that lies.
    """

    def __init__(self, reader: PartReader, settings: Settings, budget: Budget) -> None:
        self._reader = reader
        self._settings = settings
        self._left = _MOST_PARTS
        self._text_left = _MOST_TEXT
        self._budget = budget
        self._end = time.monotonic() + _SECONDS
        self._found: list[ParsedDocument] = []
        self._pictures: list[tuple[int, Part, Location]] = []

    def readings(self) -> tuple[ParsedDocument, ...]:
        """All that was opened, in order; the pictures are recognised now."""
        wanted = [(part, where) for _, part, where in self._pictures]
        for (index, _, _), reading in zip(self._pictures, self._in_time(wanted, recognise=True), strict=True):
            self._found[index] = replace(reading, children=())
        return tuple(map(self._bounded, self._found))

    def message(self, message: Message, where: Location, depth: int = 1) -> None:
        """Opens a message's parts, then those of the message it passes on."""
        self._parts(message.parts, where, Unit.ATTACHMENT, depth)
        if message.forwarded is not None and depth < _DEEPEST:
            self.message(message.forwarded, where.at(Unit.FORWARDED), depth + 1)

    def as_message(self, part: Part) -> Message | None:
        """The message in a part whose media type says that it is one."""
        own = self._settings.own_addresses
        if part.media_type == "message/rfc822":
            with suppress(ChildDied):
                return self._reader.parse(part.data, own, "", self._budget)
        if part.media_type == "application/vnd.ms-outlook":
            return self._reader.outlook(part.data, own, self._budget)
        if part.media_type == "application/ms-tnef":
            return self._reader.winmail(part.data, own, self._budget)
        return None

    def open(self, part: Part, reading: ParsedDocument, where: Location, depth: int = 1) -> None:
        """Keeps a reading, or what is in it where it is only a container."""
        if reading.state is ParseStatus.PICTURES:
            self._pictures.append((len(self._found), part, where))
        if reading.blocks or not reading.children:
            self._found.append(replace(reading, children=()))
        if reading.children and depth >= _DEEPEST:
            self._found.append(ParsedDocument(reading.name, ParseStatus.TOO_LARGE))
            return
        plain: list[Part] = []
        for child in reading.children:
            if child.media_type in _MESSAGES:
                self._inner_message(child, where, depth)
            else:
                plain.append(child)
        self._parts(tuple(plain), where, Unit.FILE, depth)

    def _inner_message(self, part: Part, where: Location, depth: int) -> None:
        message = self.as_message(part)
        if message is None:
            self._found.append(ParsedDocument(part.name, ParseStatus.UNREADABLE))
            return
        blocks = tuple(_placed(block, where) for block in message.body)
        if blocks:
            self._found.append(ParsedDocument(part.name, ParseStatus.READ, blocks))
        self.message(message, where, depth + 1)

    def _parts(self, parts: tuple[Part, ...], where: Location, unit: Unit, depth: int) -> None:
        replaced = [part for part in parts if stands_for_a_file(part)]
        self._found += (ParsedDocument(part.name, ParseStatus.REMOVED) for part in replaced)
        wanted = [part for part in parts if not _is_furniture(part) and part not in replaced]
        too_many = wanted[self._left :]
        wanted = wanted[: self._left]
        self._left -= len(wanted)
        placed = [(part, where.at(unit, part.name or "zonder naam")) for part in wanted]
        for (part, place), reading in zip(placed, self._in_time(placed, recognise=False), strict=True):
            self.open(part, reading, place, depth + 1)
        self._found += (ParsedDocument(part.name, ParseStatus.TOO_LARGE) for part in too_many)

    def _in_time(self, placed: list[tuple[Part, Location]], *, recognise: bool) -> list[ParsedDocument]:
        """The readings of parts, in their order, as far as the time of one mail goes."""
        readings: list[ParsedDocument] = []
        for start in range(0, len(placed), self._reader.size):
            some = placed[start : start + self._reader.size]
            if time.monotonic() > self._end:
                readings += (out_of_time(part) for part, _ in some)
            else:
                readings += self._reader.read_all(some, self._budget, recognise=recognise)
        return readings

    def _bounded(self, reading: ParsedDocument) -> ParsedDocument:
        """A reading within the bounds of one document, and of what is left for this mail."""
        reading = bounded_reading(reading)
        self._text_left -= size(reading.blocks)
        return reading if self._text_left >= 0 else ParsedDocument(reading.name, ParseStatus.TOO_LARGE)


def _is_furniture(part: Part) -> bool:
    if part.media_type.lower() in _FURNITURE:
        return True
    return _is_picture(part) and len(part.data) < _SMALL_PICTURE


def _is_picture(part: Part) -> bool:
    return part.media_type.lower().startswith("image/") or part.data.startswith(_PICTURES)


def _placed(block: Block, outer: Location) -> Block:
    """The block with its source inside another document's."""
    where = block.where.inside(outer)
    if isinstance(block, Paragraph):
        return replace(block, where=where)
    return Table(
        tuple(tuple(_placed_cell(cell, outer) for cell in row) for row in block.rows), where, block.quote
    )


def _placed_cell(cell: Cell, outer: Location) -> Cell:
    blocks = tuple(_placed(block, outer) for block in cell.blocks)
    return replace(cell, blocks=blocks, where=cell.where.inside(outer))
