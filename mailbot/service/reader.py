"""Reads a stored message in the sandbox: whole in one job where that is quick, part by part otherwise."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Self

from mailbot.config.settings import Settings
from mailbot.domain.document import ParsedDocument, ParseStatus
from mailbot.domain.message import Message
from mailbot.domain.submission import Submission
from mailbot.pipeline.sandbox import Documents, Read, Sandbox, Setup
from mailbot.sandbox.pool import Budget, ChildDied
from mailbot.service.prefetch import SMALL
from mailbot.service.turns import QUICK, Turns
from mailbot.storage import Store, messages
from mailbot.storage.messages import Waiting

#: Processor seconds for a message that a child reads in one job. What needs more is read part by part, each
#: part within its own limit.
IN_ONE_JOB = 5


class Reader:
    """The reading children of one worker, and how a message is read in them. ``turns`` are the messages that
    were put off because they take long."""

    def __init__(self, settings: Settings, store: Store, turns: Turns, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._store = store
        self._turns = turns
        self._clock = clock
        self._blank_lines: frozenset[str] | None = None
        self.sandbox = Sandbox(setup=self._setup)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.sandbox.close()

    def first_pass(self, one: Waiting) -> Read:
        """Reads a message in its turn; documents that take long come back marked ``out_of_time``."""
        from mailbot.pipeline.attachments import CPU_SECONDS, read_documents

        if one.whole and one.size <= SMALL:
            with suppress(ChildDied):
                budget = Budget(IN_ONE_JOB)
                read = self.sandbox.whole(self.raw(one), self._clock(), self._turns.senders, budget)
                if read:
                    return read
        message = self._parsed(one, Budget(CPU_SECONDS))
        if self._turns.waits(message.sender.mailbox):
            return message, Documents.of(()), None
        budget = Budget(QUICK * self.sandbox.size, each=QUICK)
        return self._whole(one, message, read_documents(message, self.sandbox, self._settings, budget))

    def second_pass(self, one: Waiting) -> Read:
        """Reads a message that was put off, with all the time that one mail may take."""
        from mailbot.pipeline.attachments import CPU_SECONDS, read_documents

        budget = Budget(CPU_SECONDS)
        message = self._parsed(one, budget)
        return self._whole(one, message, read_documents(message, self.sandbox, self._settings, budget))

    def _parsed(self, one: Waiting, budget: Budget) -> Message:
        from mailbot.pipeline.attachments import parse_mail

        return parse_mail(self.raw(one), self.sandbox, self._settings, budget)

    def raw(self, one: Waiting) -> bytes:
        """The bytes of a stored message."""
        with self._store.read_transaction() as tx:
            return messages.raw_of(tx, one.id) or b""

    def _whole(self, one: Waiting, message: Message, documents: tuple[ParsedDocument, ...]) -> Read:
        if one.whole:
            return message, Documents.of(documents), None
        too_large = one.size > self._settings.limits.message_mb * 1024 * 1024
        # another one is held by the server and not given out
        state = ParseStatus.TOO_LARGE if too_large else ParseStatus.UNREADABLE
        return message, Documents.of((ParsedDocument(message.subject, state),)), None

    def _setup(self) -> Setup:
        from mailbot.blank_forms import lines

        settings = self._settings
        if self._blank_lines is None:
            blanks = (lines(event, settings.form_of(event), settings) for event in settings.events.values())
            self._blank_lines = frozenset().union(*blanks)
        return Setup(settings, self._blank_lines)

    def understand(
        self,
        message: Message,
        readings: tuple[ParsedDocument, ...],
        quoted: frozenset[str],
        now: datetime,
    ) -> Submission:
        """The submission of a message, without the lines of ours that it quotes."""
        from mailbot.pipeline.interpret import understand

        return understand(message, readings, self._settings, self._setup().blank_lines, now, ours=quoted)
