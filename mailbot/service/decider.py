"""Decides about the messages that are stored, in order of arrival, and records what follows."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from math import inf

from mailbot.config.settings import Settings
from mailbot.decision import decide
from mailbot.decision.lock_scope import lock_scope, stays_within
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import Decision, DecisionContext, PendingQuestion
from mailbot.domain.file_says import FileSays
from mailbot.domain.message import Arrival, Message
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Submission
from mailbot.pipeline.sandbox import Read
from mailbot.sandbox.pool import ChildDied
from mailbot.service.crash_guard import LIVES, PUT_LAST, CrashGuard
from mailbot.service.prefetch import ReadAhead, Reading
from mailbot.service.reader import Reader
from mailbot.service.steps import Cycle, Steps, places
from mailbot.service.timings import stage
from mailbot.service.turns import LONG, Turns
from mailbot.storage import Store, StoreTrouble, Transaction, messages, workbooks
from mailbot.storage.decision_context import context_for
from mailbot.storage.decisions import open_case, record, reserve
from mailbot.storage.linked_mails import answered_in, lines_of_ours
from mailbot.storage.messages import TRIES, Waiting
from mailbot.storage.threads import thread_of

log = logging.getLogger(__name__)

#: Messages decided between two looks at the mail that is due: who came first is not kept
#: waiting for the answer until a whole burst is read.
CHUNK = 50

#: Messages decided in one transaction, where so many are read: a commit waits for the disk, and whoever else
#: writes waits for the transaction.
TOGETHER = 10


class ReachesFurther(Exception):  # noqa: N818  said of a decision
    """The decision could conflict with one that another host takes at this moment: it is undone, and
    taken again while no other host decides."""


class Decider:
    """Decides about the waiting messages of one worker. ``is_mine`` says whether this host decides about mail
    of a mailbox, ``alone`` that no other decides beside it; ``send`` hands over the mail that is due, after
    each ``CHUNK``, and before and after each that takes long."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        reader: Reader,
        turns: Turns,
        steps: Steps,
        clock: Callable[[], datetime],
        *,
        is_mine: Callable[[str], bool],
        alone: bool,
        send: Callable[[Cycle], None],
    ) -> None:
        self._settings = settings
        self._store = store
        self._reader = reader
        self._turns = turns
        self._steps = steps
        self._clock = clock
        self._is_mine = is_mine
        self._alone = alone
        self._send = send
        self._crash_guard = CrashGuard(settings.state_dir / "in_hand")
        self._first_pass = ReadAhead(reader.first_pass, reader.sandbox.size)
        suspect = self._crash_guard.suspect
        self._put_last = suspect.message if suspect and suspect.ended >= PUT_LAST else None

    def read_early(self, stored: Iterable[Waiting]) -> None:
        """Has the child processes read what is stored, while more mail is fetched. It is decided in order
        of arrival once all of it is there."""
        self._first_pass.begin(one for one in stored if one.id != self._put_last)

    def decide_all(self, made: Cycle, immediate: bool) -> None:
        """Decides about all that waits. What takes long goes on in the next cycle, unless ``immediate``."""
        try:
            for _ in range(TRIES):
                now, _ = self._waiting()
                if now and not self._decide_each(now, self._first_pass, made):
                    return
                _, later = self._waiting()
                if now and later:  # answers that are due do not wait for mail that takes long to read
                    self._send_in_between(made)
                second_pass = ReadAhead(self._reader.second_pass)
                seconds = inf if immediate else LONG
                if later and not self._decide_each(later, second_pass, made, seconds, chunk=1):
                    return
                if not now and not later:
                    return
        finally:
            self._first_pass.close()
            self._crash_guard.put_down()

    def _waiting(self) -> tuple[list[Waiting], list[Waiting]]:
        """The messages that are to be decided now, and those that were put off."""
        with self._store.read_transaction() as tx:
            waiting = [one for one in messages.waiting(tx) if self._is_mine(one.mailbox)]
        return self._turns.in_order(one for one in waiting if one.id != self._put_last)

    def _decide_each(
        self,
        waiting: list[Waiting],
        read: ReadAhead[Read],
        made: Cycle,
        seconds: float = inf,
        chunk: int = CHUNK,
    ) -> bool:
        """Decides about messages in their order, and sends what is due after each ``chunk``. Returns False
        where the process is to end, or ``seconds`` are over."""
        until = time.monotonic() + seconds
        unsent = 0
        with read, closing(read.each(waiting)) as ahead:
            turn = next(ahead, None)
            while turn is not None:
                if self._steps.stopping() or time.monotonic() > until:
                    return False
                together = [turn]
                self._crash_guard.take(turn[0].id)
                with stage("wait for children"):
                    turn[1].wait()
                while (turn := next(ahead, None)) and len(together) < TOGETHER and turn[1].is_done:
                    together.append(turn)
                self._decide_together(together, made)
                unsent += len(together)
                if unsent >= chunk:
                    self._send_in_between(made)
                    unsent = 0
        return True

    def _send_in_between(self, made: Cycle) -> None:
        """Sends what is due, with no message in hand."""
        self._crash_guard.put_down()
        self._send(made)

    def _decide_together(self, together: list[tuple[Waiting, Reading[Read]]], made: Cycle) -> None:
        """Decides about messages that are read, in their order: beside other hosts that decide about other
        events, as far as that can be, and the rest alone."""
        met = None if self._alone else self._reach(together)
        rest = self._decide_those(together, made, met)
        if rest:
            self._decide_those(rest, made, None)

    def _reach(self, together: list[tuple[Waiting, Reading[Read]]]) -> frozenset[str] | None:
        """What a decision about these messages may conflict with; None where that may be anything."""
        met: set[str] = set()
        for _, reading in together:
            try:
                message, _, said = reading()
            except Exception:  # noqa: BLE001  it is told where that message is decided
                return None
            of_it = lock_scope(message, said, self._settings) if said else None
            if of_it is None:
                return None
            met |= of_it
        return frozenset(met)

    def _decide_those(
        self, together: list[tuple[Waiting, Reading[Read]]], made: Cycle, met: frozenset[str] | None
    ) -> list[tuple[Waiting, Reading[Read]]]:
        """Decides in one transaction, with a savepoint for each message: an exception undoes that message
        alone, and counts as one of its tries. Returns the messages from the first on that reaches further
        than what they may meet other hosts in (``met``)."""
        decided: list[tuple[Waiting, str]] = []
        failed: list[tuple[Waiting, str]] = []
        rest: list[tuple[Waiting, Reading[Read]]] = []
        with stage("commit decisions"), self._store.write_transaction(beside=met) as tx:
            for at, (one, reading) in enumerate(together):
                self._crash_guard.take(one.id)
                try:
                    read = reading()
                    if not self._is_put_off(one, read):
                        with self._store.savepoint(tx):
                            decided.append((one, self.decide_one(tx, one, read, met)))
                except (StoreTrouble, OSError):
                    raise
                except ReachesFurther:
                    rest = together[at:]
                    break
                except Exception:  # noqa: BLE001  the next one goes on
                    failed.append((one, traceback.format_exc()))
                self._steps.alive()
        for one, what in decided:
            self._turns.is_over(one.id)
            made.handled += 1
            log.info("message %d%s", one.id, what)
        for one, trace in failed:
            self._failed(one, trace)
        return rest

    def _is_put_off(self, one: Waiting, read: Read) -> bool:
        """Whether a message that was read in its turn is put off after all: it takes long, or an earlier
        mail of its sender was put off. Asked in order of arrival, which reading ahead does not always
        keep."""
        if one.id in self._turns:
            return False
        message, documents, _ = read
        sender = message.sender.mailbox
        if not self._turns.waits(sender) and not documents.out_of_time:
            return False
        self._turns.put_off(one.id, sender)
        log.info("message %d takes long, or follows one that does: after the others", one.id)
        return True

    def decide_one(self, tx: Transaction, one: Waiting, read: Read, met: frozenset[str] | None = None) -> str:
        """Decides about one stored message as it was ``read``, records what follows, and returns the log line
        for it. Where it raises, the caller undoes the whole; it raises ``ReachesFurther`` where other hosts
        decide at the same time, and this decision could meet theirs in more than ``met``."""
        from mailbot.notifications import compose

        message, documents, said = read
        arrival = Arrival(one.id, one.mailbox, one.received, message)
        now = self._clock()
        with stage("what is known"):
            if not messages.describe(tx, one.id, message):
                return " is no longer waiting"
            first = messages.original(tx, one.id, message)
            if first is not None:
                messages.mark_copy(tx, one.id, first, now)
                return f" is a copy of {first}"
            thread = thread_of(tx, message, now)
            if thread and met is not None:
                raise ReachesFurther
            quoted, asked = lines_of_ours(tx, thread), answered_in(tx, thread)
        with stage("understand"):
            submission = (
                said
                if said and not quoted
                else self._reader.understand(message, documents.all(), quoted, now)
            )
            submission = self._as_answer(submission, asked)
        with stage("what is known"):
            context = context_for(tx, arrival, submission, self._settings, now)
        with stage("decide"):
            decision, submission = self._judged(arrival, submission, context, now)
            if met is not None:
                if not stays_within(decision, context, met):
                    raise ReachesFurther
                first_nr = reserve(self._store, decision, context.next_nr)
                if first_nr != context.next_nr:  # other hosts register at other events meanwhile
                    context = replace(context, next_nr=first_nr)
                    decision, submission = self._judged(arrival, submission, context, now)
        with stage("draw mails"):
            mails = compose(decision, arrival, self._settings, now)
        with stage("record"):
            record(tx, decision, mails, self._settings, now, arrival=arrival, submission=submission)
            messages.note_top_host(tx, one.mailbox, message.received_by)
        return f": {decision.outcome}, {len(mails)} mails"

    def _judged(
        self, arrival: Arrival, submission: Submission, context: DecisionContext, now: datetime
    ) -> tuple[Decision, Submission]:
        """The decision about a message, and the submission as that decision read it."""
        from mailbot.pipeline.answered_case import with_what_it_answers
        from mailbot.pipeline.offered_change import with_offered_changes

        decision = decide(arrival, submission, context, self._settings, now)
        offered = with_offered_changes(decision, submission, context, arrival.message, self._settings)
        if offered.own is None:
            answered = with_what_it_answers(
                offered.decision, submission, context, arrival.message, self._settings
            )
            return answered, submission
        return decide(arrival, offered.own, context, self._settings, now), offered.own

    def _as_answer(self, submission: Submission, asked: PendingQuestion | None) -> Submission:
        """The submission read as an answer to the question of ours that its message answers."""
        from mailbot.intent.follow_up import complete

        event = self._settings.events.get(asked.event) if asked else None
        if not asked or not event:
            return submission
        return complete(submission, asked, self._settings.form_of(event), self._settings)

    def _failed(self, one: Waiting, trace: str) -> None:
        now, settings = self._clock(), self._settings
        data = self._reader.raw(one)
        message: Message | None = None
        with suppress(ChildDied):  # where the mail itself ends a child, its sender stays unknown
            message = self._reader.sandbox.parse(data, settings.own_addresses, settings.authserv_id)
        with self._store.write_transaction() as tx:
            if message is not None:
                messages.describe(tx, one.id, message)
            shelved = self._count(tx, one, trace, now)
        if shelved:
            self._turns.is_over(one.id)
        log.error("message %d failed%s:\n%s", one.id, " and is shelved" if shelved else "", places(trace))

    def take_up_last(self) -> bool:
        """Whether a message was set aside because processes ended while it was handled. From now on it is
        decided as well."""
        aside, self._put_last = self._put_last is not None, None
        return aside

    def shelve_suspect(self, tx: Transaction) -> None:
        """Shelves the message during which several processes in a row ended."""
        suspect = self._crash_guard.suspect
        if not suspect or suspect.message != self._put_last:
            return
        log.error("message %d was in hand when the last %d processes ended", suspect.message, suspect.ended)
        one = messages.of_id(tx, suspect.message)
        while one and suspect.ended >= LIVES and messages.is_waiting(tx, one.id):
            self._count(tx, one, "the process ended while it handled this message", self._clock())

    @staticmethod
    def _count(tx: Transaction, one: Waiting, why: str, now: datetime) -> bool:
        shelved = messages.failed(tx, one.id, why)
        if shelved and open_case(tx, _shelved(one, now)):
            workbooks.mark_behind(tx, [""], now)
        return shelved


def _shelved(one: Waiting, now: datetime) -> Case:
    return Case(
        kind=CaseKind.SHELVED,
        who=say(FileSays.THE_MESSAGE, number=one.id),
        what="",
        says=(say(Says.SHELVED, message=one.id),),
        choices=(Choice.DONE,),
        opened=now,
        message=one.id,
        key=f"{one.id}:shelved",
    )
