"""Mail and documents, parsed in the children of a sandbox.

A document that kills its child costs its own reading, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from mailbot.domain.document import Location, ParsedDocument, ParseStatus, Part
from mailbot.domain.message import Message
from mailbot.sandbox.pool import CPU_SECONDS, MEMORY, SECONDS, ChildDied, Pool

OUT_OF_TIME = "het lezen duurde te lang"


class Sandbox(Pool):
    """A pool whose children parse mail and read documents."""

    def __init__(
        self,
        children: int = 2,
        seconds: float = SECONDS,
        cpu_seconds: int = CPU_SECONDS,
        memory: int = MEMORY,
    ) -> None:
        super().__init__("mailbot.pipeline.jobs", children, seconds, cpu_seconds, memory)

    def read(self, part: Part, where: Location) -> ParsedDocument:
        """``documents.read`` in a child. A document that kills it or outlasts its time is
        unreadable, with a note that says so."""
        try:
            reading = self.run("read", part, where)
        except ChildDied as death:
            note = OUT_OF_TIME if death.too_slow else "het lezen brak af"
            state = ParseStatus.TOO_LARGE if death.too_slow else ParseStatus.UNREADABLE
            return ParsedDocument(part.name, state, notes=(note,), out_of_time=death.too_slow)
        if not isinstance(reading, ParsedDocument):
            raise TypeError("a child answered something else")
        return reading

    def read_all(self, parts: Iterable[tuple[Part, Location]]) -> tuple[ParsedDocument, ...]:
        """The readings of several (part, where), in their order, as many at once as there are
        children."""
        wanted = list(parts)
        if len(wanted) < 2:
            return tuple(self.read(part, where) for part, where in wanted)
        with ThreadPoolExecutor(min(len(wanted), self.size)) as threads:
            return tuple(threads.map(lambda one: self.read(*one), wanted))

    def parse(self, raw: bytes, own_addresses: frozenset[str], authserv_id: str) -> Message:
        """``message.parse`` in a child. Raises ``ChildDied`` where the mail kills it."""
        message = self.run("parse", raw, tuple(sorted(own_addresses)), authserv_id, seconds=SECONDS)
        if not isinstance(message, Message):
            raise TypeError("a child answered something else")
        return message

    def outlook(self, data: bytes, own_addresses: frozenset[str]) -> Message | None:
        """``message.outlook.parse`` in a child; None where the file killed it."""
        try:
            message = self.run("outlook", data, tuple(sorted(own_addresses)))
        except ChildDied:
            return None
        return message if isinstance(message, Message) else None

    def winmail(self, data: bytes) -> tuple[Part, ...]:
        """``message.tnef.parts`` in a child; nothing where the file killed it."""
        try:
            parts = self.run("winmail", data)
        except ChildDied:
            return ()
        return parts if isinstance(parts, tuple) else ()
