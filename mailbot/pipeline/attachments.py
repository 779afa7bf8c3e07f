"""A mail or a file, with everything inside it opened: archives, messages in messages."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

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
from mailbot.pipeline.limits import bounded_message, bounded_reading
from mailbot.pipeline.sandbox import Sandbox
from mailbot.sandbox.pool import ChildDied

_DEEPEST = 12
_MOST_PARTS = 100
_MOST_SLOW = 2  # documents in one mail that may use up their time; the rest then waits unread
_SECONDS = 90.0  # by the clock, for all of a mail: the mails behind it wait, and a watchdog counts
_SMALL_PICTURE = 30_000  # bytes: a logo or a line in a signature; no photo of a form is smaller

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_MESSAGES = ("message/rfc822", "application/vnd.ms-outlook")

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


def read_mail(raw: bytes, sandbox: Sandbox, settings: Settings) -> tuple[Message, tuple[ParsedDocument, ...]]:
    """The message, and the reading of each document in it, however deep, in their order.

    Attachments of a forwarded message are among them. Pictures that belong to a signature and
    parts that mail programs add are left out. Raises ``ChildDied`` where the mail itself, and no
    document in it, kills the child that takes it apart.
    """
    message = sandbox.parse(raw, settings.own_addresses, settings.authserv_id)
    opener = _Opener(sandbox, settings)
    return bounded_message(message), tuple(map(bounded_reading, opener.message(message, Location())))


def read_file(
    name: str, data: bytes, sandbox: Sandbox, settings: Settings
) -> tuple[Message | None, tuple[ParsedDocument, ...]]:
    """A file as ``mailbot read`` is given it: the message where it is one (``.eml``, ``.msg``),
    and the readings; ``name`` is a label and is not opened."""
    part = Part(name, "application/octet-stream", data)
    opener = _Opener(sandbox, settings)
    first = sandbox.read(part, Location())
    for child in first.children:
        message = opener.as_message(child)
        if message is not None and child.data == data:
            return bounded_message(message), tuple(map(bounded_reading, opener.message(message, Location())))
    return None, tuple(map(bounded_reading, opener.opened(first, Location())))


class _Opener:
    """Opens parts within parts, counting them: a bomb of containers ends at a bound."""

    def __init__(self, sandbox: Sandbox, settings: Settings) -> None:
        self._sandbox = sandbox
        self._settings = settings
        self._left = _MOST_PARTS
        self._slow = 0
        self._end = time.monotonic() + _SECONDS

    def message(self, message: Message, where: Location, depth: int = 1) -> Iterable[ParsedDocument]:
        """The readings of a message's parts, then those of the message it passes on."""
        yield from self._parts(message.parts, where, Unit.ATTACHMENT, depth)
        if message.forwarded is not None and depth < _DEEPEST:
            yield from self.message(message.forwarded, where.at(Unit.FORWARDED), depth + 1)

    def as_message(self, part: Part) -> Message | None:
        """The message in a part whose media type says that it is one."""
        own = self._settings.own_addresses
        if part.media_type == "message/rfc822":
            with suppress(ChildDied):
                return self._sandbox.parse(part.data, own, "")
        if part.media_type == "application/vnd.ms-outlook":
            return self._sandbox.outlook(part.data, own)
        return None

    def opened(self, reading: ParsedDocument, where: Location, depth: int = 1) -> Iterable[ParsedDocument]:
        """A reading, or what is in it where it is only a container."""
        if reading.blocks or not reading.children:
            yield replace(reading, children=())
        if reading.children and depth >= _DEEPEST:
            yield ParsedDocument(reading.name, ParseStatus.TOO_LARGE)
            return
        plain: list[Part] = []
        for child in reading.children:
            if child.media_type in _MESSAGES:
                yield from self._inner_message(child, where, depth)
            elif child.media_type == "application/ms-tnef":
                plain += self._sandbox.winmail(child.data)
            else:
                plain.append(child)
        yield from self._parts(tuple(plain), where, Unit.FILE, depth)

    def _inner_message(self, part: Part, where: Location, depth: int) -> Iterable[ParsedDocument]:
        message = self.as_message(part)
        if message is None:
            yield ParsedDocument(part.name, ParseStatus.UNREADABLE)
            return
        blocks = tuple(_placed(block, where) for block in message.body)
        if blocks:
            yield ParsedDocument(part.name, ParseStatus.READ, blocks)
        yield from self.message(message, where, depth + 1)

    def _parts(
        self, parts: tuple[Part, ...], where: Location, unit: Unit, depth: int
    ) -> Iterable[ParsedDocument]:
        wanted = [part for part in parts if not _is_furniture(part)]
        too_many = wanted[self._left :]
        wanted = wanted[: self._left]
        self._left -= len(wanted)
        places = [where.at(unit, part.name or "zonder naam") for part in wanted]
        for reading, place in zip(self._in_time(wanted, places), places, strict=True):
            yield from self.opened(reading, place, depth + 1)
        for part in too_many:
            yield ParsedDocument(part.name, ParseStatus.TOO_LARGE)

    def _in_time(self, parts: list[Part], places: list[Location]) -> list[ParsedDocument]:
        """The readings of parts, in their order; what the time of one mail does not allow is too
        large. Pictures come last: no holiday photos keep a form from being read."""
        readings = [ParsedDocument(part.name, ParseStatus.TOO_LARGE) for part in parts]
        order = sorted(range(len(parts)), key=lambda index: _is_picture(parts[index]))
        for start in range(0, len(order), self._sandbox.size):
            if self._slow >= _MOST_SLOW or time.monotonic() > self._end:
                break
            some = order[start : start + self._sandbox.size]
            for index, reading in zip(
                some, self._sandbox.read_all((parts[i], places[i]) for i in some), strict=True
            ):
                readings[index] = reading
                self._slow += reading.out_of_time
        return readings


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
