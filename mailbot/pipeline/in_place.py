"""A whole message in one job of a child process: taken apart, opened, read and understood there.

A job for each step would send everything through the pipe each time, and understanding, the most
expensive step, would hold the lock of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mailbot.domain.document import Location, ParsedDocument, Part
from mailbot.domain.message import Message
from mailbot.domain.submission import Submission
from mailbot.pipeline.attachments import read_documents
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.limits import bounded_message
from mailbot.pipeline.sandbox import Setup
from mailbot.sandbox.pool import Budget

#: A message, the documents in it, and what they say where they were read.
Whole = tuple[Message, tuple[ParsedDocument, ...], Submission | None]


class HoldsPicturesOfText(Exception):  # noqa: N818  said of the message: it is no error
    """A picture is to be recognised, which is no matter of one quick job."""


def read_whole(raw: bytes, setup: Setup, now: datetime, waiting: frozenset[str]) -> Whole | None:
    """All that a message says besides what its thread tells, ``now`` aware; the message comes without the
    bytes of its parts. None where it holds pictures of text. ``waiting`` are the senders whose mail is put
    off: of theirs no more than the message is read."""
    settings = setup.settings
    reader = _InPlace()
    message = bounded_message(reader.parse(raw, settings.own_addresses, settings.authserv_id))
    if message.sender.mailbox in waiting:
        return message.without_bytes(), (), None
    try:
        documents = read_documents(message, reader, settings, Budget(0))
    except HoldsPicturesOfText:
        return None
    submission = understand(message, documents, settings, setup.blank_lines, now)
    return message.without_bytes(), documents, submission


class _InPlace:
    """Reads in this process, which is a child already: the limits are those of its job, not of a budget."""

    size = 1

    def read(
        self, part: Part, where: Location, *, recognise: bool = True, budget: Budget | None = None
    ) -> ParsedDocument:
        """``documents.read``; raises ``HoldsPicturesOfText`` where pictures are to be recognised."""
        from mailbot import documents

        if recognise:
            raise HoldsPicturesOfText
        return documents.read(part, where, recognise)

    def read_all(
        self, parts: Iterable[tuple[Part, Location]], budget: Budget, *, recognise: bool
    ) -> tuple[ParsedDocument, ...]:
        """The readings of several (part, where), in their order."""
        return tuple(self.read(part, where, recognise=recognise) for part, where in parts)

    def parse(
        self, raw: bytes, own_addresses: frozenset[str], authserv_id: str, budget: Budget | None = None
    ) -> Message:
        """``message.parse``."""
        from mailbot import message

        return message.parse(raw, own_addresses, authserv_id)

    def outlook(self, data: bytes, own_addresses: frozenset[str], budget: Budget) -> Message | None:
        """``message.outlook.parse``."""
        from mailbot.message import outlook

        return outlook.parse(data, own_addresses)

    def winmail(self, data: bytes, own_addresses: frozenset[str], budget: Budget) -> Message | None:
        """``message.outlook.winmail``."""
        from mailbot.message import outlook

        return outlook.winmail(data, own_addresses)
