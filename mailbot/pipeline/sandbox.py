"""Mail and documents, parsed in the children of a sandbox.

A document that kills its child costs its own reading, nothing else.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from mailbot.domain.document import Location, ParsedDocument, ParseStatus, Part
from mailbot.domain.message import Message
from mailbot.domain.noticed import Noticed
from mailbot.domain.statement import say
from mailbot.domain.submission import Submission
from mailbot.sandbox import protocol
from mailbot.sandbox.pool import CPU_SECONDS, MEMORY, SECONDS, Budget, ChildDied, Pool

if TYPE_CHECKING:
    from mailbot.config.settings import Settings


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of a message as they were read. Those that a child read whole with the message are taken
    in where they are asked for: most mail is decided without. ``out_of_time``: the time was not enough for
    one of them."""

    out_of_time: bool
    all: Callable[[], tuple[ParsedDocument, ...]]

    @classmethod
    def of(cls, documents: tuple[ParsedDocument, ...]) -> Documents:
        """Those that are here."""
        return cls(any(one.out_of_time for one in documents), lambda: documents)


#: A message as it was read, the documents in it, and what they say where a child said so already.
Read = tuple[Message, Documents, Submission | None]

#: What children need from the first job on: those that read whole messages, and those that do not.
_OF_PARTS = ("mailbot.message", "mailbot.documents")
_OF_WHOLE = (*_OF_PARTS, "mailbot.pipeline.preloaded")


@dataclass(frozen=True, slots=True)
class Setup:
    """What a child is told once, when it starts: all that reading depends on besides the message."""

    settings: Settings
    blank_lines: frozenset[str]


OUT_OF_TIME = say(Noticed.OUT_OF_TIME)


class Sandbox(Pool):
    """A pool whose children parse mail and read documents; with a ``setup``, whole messages too."""

    def __init__(
        self,
        children: int = 2,
        seconds: float = SECONDS,
        cpu_seconds: int = CPU_SECONDS,
        memory: int = MEMORY,
        setup: Callable[[], Setup] | None = None,
    ) -> None:
        first = (lambda: ("setup", pickle.dumps(setup()))) if setup else None
        modules = _OF_WHOLE if setup else _OF_PARTS
        super().__init__("mailbot.pipeline.jobs", children, seconds, cpu_seconds, memory, modules, first)

    def whole(self, raw: bytes, now: datetime, waiting: Iterable[str], budget: Budget) -> Read | None:
        """``in_place.read_whole`` in a child. Raises ``ChildDied`` where something in it kills that, or
        ``budget`` is not enough: part by part, all the rest may still be read."""
        answer = self.run("whole", raw, now, tuple(waiting), budget=budget)
        if answer is None:
            return None
        message, out_of_time, documents, submission = answer
        return message, Documents(out_of_time, partial(protocol.load, documents)), submission

    def read(
        self, part: Part, where: Location, *, recognise: bool = True, budget: Budget | None = None
    ) -> ParsedDocument:
        """``documents.read`` in a child. A document that kills it is unreadable, one that outlasts its
        time, or what is left of ``budget``, too slow, with a note that says so."""
        try:
            reading = self.run("read", part, where, recognise, budget=budget)
        except ChildDied as death:
            return out_of_time(part) if death.too_slow else _broken(part)
        if not isinstance(reading, ParsedDocument):
            raise TypeError("a child answered something else")
        return reading

    def read_all(
        self, parts: Iterable[tuple[Part, Location]], budget: Budget, *, recognise: bool
    ) -> tuple[ParsedDocument, ...]:
        """The readings of several (part, where), in their order, as many at once as there are
        children."""

        def read(one: tuple[Part, Location]) -> ParsedDocument:
            return self.read(*one, recognise=recognise, budget=budget)

        wanted = list(parts)
        if len(wanted) < 2:
            return tuple(map(read, wanted))
        with ThreadPoolExecutor(min(len(wanted), self.size)) as threads:
            return tuple(threads.map(read, wanted))

    def parse(
        self, raw: bytes, own_addresses: frozenset[str], authserv_id: str, budget: Budget | None = None
    ) -> Message:
        """``message.parse`` in a child. Raises ``ChildDied`` where the mail kills it."""
        own = tuple(sorted(own_addresses))
        message = self.run("parse", raw, own, authserv_id, seconds=SECONDS, budget=budget)
        if not isinstance(message, Message):
            raise TypeError("a child answered something else")
        return message

    def outlook(self, data: bytes, own_addresses: frozenset[str], budget: Budget) -> Message | None:
        """``message.outlook.parse`` in a child; None where the file killed it."""
        return self._kept_by_outlook("outlook", data, own_addresses, budget)

    def winmail(self, data: bytes, own_addresses: frozenset[str], budget: Budget) -> Message | None:
        """``message.outlook.winmail`` in a child; None where the file killed it."""
        return self._kept_by_outlook("winmail", data, own_addresses, budget)

    def _kept_by_outlook(
        self, job: str, data: bytes, own_addresses: frozenset[str], budget: Budget
    ) -> Message | None:
        try:
            message = self.run(job, data, tuple(sorted(own_addresses)), budget=budget)
        except ChildDied:
            return None
        return message if isinstance(message, Message) else None


def out_of_time(part: Part) -> ParsedDocument:
    """A document for which the time was not enough, or was over before it was begun."""
    return ParsedDocument(part.name, ParseStatus.TOO_SLOW, notes=(OUT_OF_TIME,), out_of_time=True)


def _broken(part: Part) -> ParsedDocument:
    return ParsedDocument(part.name, ParseStatus.UNREADABLE, notes=(say(Noticed.READING_BROKE_OFF),))
