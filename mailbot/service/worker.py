"""The way of a message, and the cycle that the service repeats.

1. What the secretary typed in the workbooks is imported, and her decisions are carried out;
   first of all her list of events: where it changed an event file, the cycle begins anew.
2. Each mailbox is listed by UID, in fifties; every message is stored raw before anything else.
3. Each stored message, in order of arrival, is read and understood in the sandbox, a few messages ahead
   while one is decided; what takes long is put off (``turns``).
4. One transaction takes the lock, reads what is known, decides, draws the mails and records it; a few
   messages that are read already share one, each in a part of its own.
5. A message that fails by itself is tried three times, then shelved where people see it.
6. Mail that is due is claimed, handed over and marked; so is, after 8, what 7 and 8 added.
7. What follows from the time alone (days passed, event files changed) is decided the same way.
8. Workbooks that are behind the ledger are written.
9. Mail that was handled is marked as read, and filed where folders for it are configured.
10. Trouble outside ends one of these steps for now; none of them waits for another.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from math import inf
from typing import Self

from mailbot.config.settings import ConfigurationError, Settings
from mailbot.decision import decide
from mailbot.decision.reach import reach, stays_within
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import Decision, DecisionContext, PendingQuestion
from mailbot.domain.document import ParsedDocument, ParseStatus
from mailbot.domain.message import Arrival, Message
from mailbot.domain.submission import Submission
from mailbot.pipeline.sandbox import Read, Sandbox, Setup
from mailbot.sandbox.pool import Budget, ChildDied
from mailbot.service import (
    blank_form_files,
    delivery,
    event_sheet_sync,
    filing,
    inbox,
    maintenance,
    original_messages,
)
from mailbot.service.clock import booted
from mailbot.service.passed_time import PassedTime
from mailbot.service.poison_guard import LIVES, PUT_LAST, PoisonGuard
from mailbot.service.prefetch import SMALL, Reading, read_ahead
from mailbot.service.probe import LOOK, SLOW, Probe
from mailbot.service.reconciliation import reconcile
from mailbot.service.timings import stage
from mailbot.service.troubles import Troubles
from mailbot.service.turns import LONG, QUICK, Turns
from mailbot.service.workbook_sync import WorkbookSync
from mailbot.storage import Store, StoreTrouble, Transaction, health, hosts, messages, outbox, workbooks
from mailbot.storage.decision_context import answered_in, context_for, lines_of_ours
from mailbot.storage.decisions import open_case, record, reserve
from mailbot.storage.lease import EVERYTHING, Share
from mailbot.storage.messages import TRIES, MailPlace, Waiting
from mailbot.storage.retention import clear_due
from mailbot.storage.threads import thread_of
from mailbot.text.system_errors import describe
from mailbot.transport.connection import MOST, MailServerTrouble, backoff
from mailbot.transport.imap import BATCH, BATCH_BYTES, Cursor, Fetched, Mailbox
from mailbot.transport.smtp import FIRST_RETRY, Outbox

log = logging.getLogger(__name__)

#: Messages decided between two looks at the mail that is due: who came first is not kept
#: waiting for the answer until a whole burst is read.
CHUNK = 50

#: Messages decided in one transaction, where so many are read: a commit waits for the disk, and whoever else
#: writes waits for the transaction.
TOGETHER = 10

#: Processor seconds for a message that a child reads in one job. What needs more is read part by part, each
#: part within its own limit.
IN_ONE_JOB = 5

#: Mailboxes that are asked at once what is new in them.
AT_ONCE = 8

#: Seconds for the workbooks that are behind when the end is asked for.
OWED = 10.0

#: What the mail server that takes our mail is called where troubles are told.
SMTP = "smtp"
#: No server is left alone longer.
LONGEST_WAIT = timedelta(seconds=MOST)


class ReachesFurther(Exception):  # noqa: N818  said of a decision
    """It could meet what other hosts decide at this moment: it is made alone."""


@dataclass
class Cycle:
    """The result of one cycle. ``errors`` are one-line texts by the server or step that failed;
    ``misconfigured``: one of them was a mistake in the configuration. ``put_off`` counts mails that will be
    tried again. ``left_alone`` are the servers that were not tried, because the wait after their last failure
    is not over. ``events_changed``: the cycle ended after the list of events was imported, and the settings
    must be loaded again first."""

    handled: int = 0
    put_off: int = 0
    errors: dict[str, str] = field(default_factory=dict)
    misconfigured: str = ""
    left_alone: set[str] = field(default_factory=set)
    events_changed: bool = False


class Worker:
    """All that one installation does, one cycle at a time.

    ``clock`` gives the time, aware; ``stopping`` says whether to end after the message in hand;
    ``alive`` is called at each step and after each message: a long burst is no hang. Without
    ``touching`` mail is neither filed nor sent, for a rehearsal on copies. ``share`` is what this host does,
    where several work on the ledger. ``drawn`` is called, from another thread, when a large workbook stands
    that a cycle left to be drawn. ``at`` names the step in hand, for whoever looks on from another thread.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        clock: Callable[[], datetime],
        stopping: Callable[[], bool],
        alive: Callable[[], None] = lambda: None,
        *,
        touching: bool = True,
        share: Share = EVERYTHING,
        drawn: Callable[[], None] = lambda: None,
    ) -> None:
        self.settings = settings
        self.store = store
        self._clock = clock
        self._stopping = stopping
        self._alive = alive
        self._touching = touching
        self.at = ""
        self._open = ExitStack()
        self._blank_lines: frozenset[str] | None = None
        self._sandbox = self._open.enter_context(Sandbox(setup=self._setup))
        self._outbox = self._open.enter_context(Outbox(settings))
        self._mailboxes = {
            m.name: self._open.enter_context(Mailbox(m, settings, read_only=not touching))
            for m in settings.mailboxes
        }
        self._share = share
        self._mine = [n for n in self._mailboxes if share.mailboxes is None or n in share.mailboxes]
        self._workbooks = self._open.enter_context(closing(WorkbookSync(settings, store, drawn)))
        self._passed_time = PassedTime(settings, store)
        self._event_sheet = event_sheet_sync.EventSheetSync(settings, store, self._sandbox)
        self._forms_laid_out: set[str] = set()
        self._poison_guard = PoisonGuard(settings.state_dir / "in_hand")
        suspect = self._poison_guard.suspect
        self._put_last = suspect.message if suspect and suspect.ended >= PUT_LAST else None
        self._turns = Turns()
        self._copying = True  # a process before this one may have ended in the midst of it
        self._failures: dict[str, int] = {}
        self._retry_at: dict[str, datetime] = {}
        self._silent: set[str] = set()  # servers that kept a cycle waiting, and were not well since
        self._probes: dict[str, Probe] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def read_in_children(self) -> Mapping[str, tuple[int, float]]:
        """How many jobs the reading children did, and their processor time in seconds."""
        return self._sandbox.jobs

    def close(self) -> None:
        """Closes all connections and ends the reading children."""
        self._open.close()

    def cut(self) -> None:
        """Closes the connections to mail servers, from another thread: a step that hangs on one fails as if
        the server had closed it."""
        for mailbox in self._mailboxes.values():
            mailbox.cut()
        self._outbox.cut()

    def cycle(
        self,
        *,
        immediate: bool,
        beside: Mapping[str, str] | None = None,
        woken: Collection[str] | None = None,
    ) -> Cycle:
        """Runs one cycle. ``immediate`` writes workbooks and retries mail without waiting for their time.
        Trouble outside, and a defect of mailbot's own, ends a step and not the cycle. ``beside`` are errors
        from outside the cycle, which are recorded with those of this one. ``woken`` are the mailboxes in
        which mail may have come, None for all: no other is polled, but those that failed before."""
        made = Cycle(errors=dict(beside or {}))
        if self._touching and self._share.leads:
            with self._outside(made, event_sheet_sync.FILE), stage("read the sheet of events"):
                made.events_changed = self._event_sheet.import_edits(self._clock())
            if made.events_changed:
                return made
        with self._outside(made, "ledger"), self.store.write_transaction() as tx:
            since = booted(self._clock()) if self.store.is_sqlite else None
            outbox.release_claims(tx, self.store.host, since)
            self._shelve_suspect(tx)
        if self._share.leads:
            self._import_edits(made)
        self._poll(made, immediate, woken)
        self._look_at_inboxes(made)
        self._handle_and_follow_up(made, immediate)
        if self._put_last is not None:
            self._put_last = None
            self._handle_and_follow_up(made, immediate)
        with self._outside(made, "ledger"):
            self._note(made)
        return made

    def _import_edits(self, made: Cycle) -> None:
        """Imports the forms that the secretary agreed to and what she typed in the workbooks."""
        with self._outside(made, "ledger"):
            event_sheet_sync.take_up_agreed(self.settings, self.store, self._clock())
        for event in self._workbooks.events:
            with self._outside(made, _workbook(event)), stage("read workbooks"):
                self._workbooks.import_one(event, self._clock())

    def _look_at_inboxes(self, made: Cycle) -> None:
        """Notes what people did in the mailbox with the mails that Postvak lists; trouble here does not keep
        mail from being filed."""
        for name in self._well(made):
            if inbox.is_listed(self._mailboxes[name].mailbox):
                with self._outside(made, f"inbox list {name}"):
                    inbox.look(self.store, self._mailboxes[name], self._clock())

    def _handle_and_follow_up(self, made: Cycle, immediate: bool) -> None:
        """Decides about waiting messages, then sends mail and decides what the passing of time brings."""
        with self._outside(made, "ledger"):
            self._handle_all(made, immediate)
        if self._touching:  # before workbooks are written: nobody waits for these
            self._send(made, retry_all=immediate)
        if self._share.leads:
            self._show_and_keep_up(made, immediate)
        if self._touching:
            self._follow_up(made, immediate)

    def _show_and_keep_up(self, made: Cycle, immediate: bool) -> None:
        """What one host does for all: the checks of passed time, maintenance, workbooks and blank forms."""
        with self._outside(made, "ledger"), stage("time passed"):
            self._passed_time.decide(self._clock(), immediate=immediate)
        with self._outside(made, "ledger"), stage("upkeep"):
            self._upkeep(self._clock())
            inbox.note_changes(self.store, self.settings, self._clock())
        self._write(made, immediate)
        with self._outside(made, "blank forms"), stage("blank forms"):
            blank_form_files.lay_out(self.settings, self.store, self._clock(), self._forms_laid_out)

    def _write(self, made: Cycle, immediate: bool) -> None:
        """Writes the workbooks that are behind. A child that draws a large one is waited for only where
        ``immediate``."""
        self._export(made, self._to_end if immediate else lambda: True, immediate=immediate)

    def write_owed(self, seconds: float = OWED) -> None:
        """At shutdown: writes the workbooks that are behind, as far as the time for that allows; the rest is
        left to the next start."""
        until = time.monotonic() + seconds

        def leave() -> bool:
            self._alive()
            return time.monotonic() > until

        if self._share.leads and self._touching:
            self._export(Cycle(), leave, immediate=True)

    def _export(self, made: Cycle, leave: Callable[[], bool], *, immediate: bool) -> None:
        """Writes the workbooks that are due; a failure with one does not keep the others from being
        written."""
        behind: list[str] = []
        with self._outside(made, "ledger"):
            behind = self._workbooks.due(self._clock(), immediate=immediate)
        for event in behind:
            with self._outside(made, _workbook(event)), stage("write workbooks"):
                self._workbooks.export_one(event, self._clock(), leave)
            if self._workbooks.is_drawing or (immediate and leave()):
                break  # one at a time: the next would end what was left to be drawn

    def _follow_up(self, made: Cycle, immediate: bool) -> None:
        """Sends due mail, files handled mail, and runs the daily consistency check."""
        self._send(made)
        if self._share.leads:
            self._write(made, immediate)  # what went out stands on the row of the decision that sent it
        for name in self._well(made):
            with self._outside(made, _mailbox(name)), stage("file"):
                filing.file(self.store, self._mailboxes[name], self._clock())
        if (
            self._share.leads and not made.errors and not made.left_alone
        ):  # mail of a mailbox that is away cannot be counted
            with self._outside(made, "reckoning"):
                now = self._clock()
                in_workbooks = partial(self._workbooks.differences, now)
                reconcile(self.store, self._mailboxes.values(), in_workbooks, self.settings, now)

    def _upkeep(self, now: datetime) -> None:
        maintenance.alarms(self.store, self.settings, now)
        maintenance.digest_due(self.store, self.settings, now)
        original_messages.forget(self.settings, maintenance.purge_due(self.store, self.settings, now))
        original_messages.forget(self.settings, clear_due(self.store, self.settings, now))

    @contextmanager
    def _outside(self, made: Cycle, what: str) -> Iterator[None]:
        """Records trouble outside mailbot: it ends the step and counts against no mail."""
        self.at = what
        self._alive()
        began = time.monotonic()
        try:
            yield
        except ConfigurationError as error:
            made.misconfigured = made.errors[what] = str(error)
        except OSError as error:
            made.errors[what] = describe(error)
        except (MailServerTrouble, StoreTrouble) as error:
            made.errors[what] = " ".join(str(error).split())
        except Exception as error:  # noqa: BLE001  a defect of ours: what else is to be done does not wait for its mend
            made.errors[what] = f"mailbot fails here ({type(error).__name__}), the log says where"
            log.error("%s: a defect:\n%s", what, places(traceback.format_exc()))
        else:
            self._silent.discard(what)
            return
        if time.monotonic() - began > SLOW:
            self._silent.add(what)
        log.warning("%s: %s", what, made.errors[what])

    def _to_end(self) -> bool:
        """Between two items of a long list: gives a sign of life, and tells whether to stop."""
        self._alive()
        return self._stopping()

    # ------------------------------------------------------------ what is new

    def _poll(self, made: Cycle, immediate: bool, woken: Collection[str] | None) -> None:
        """Asks the mailboxes what is new, some at once, and fetches and stores it, one after another in the
        order of the configuration: which of two copies is the first does not depend on who answers first."""
        asked = [
            name
            for name in self._mine
            if (woken is None or name in woken or _mailbox(name) in self._retry_at)
            and self._tries(made, _mailbox(name), immediate)
        ]
        with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="poll") as threads:
            for name, answer in [(name, threads.submit(self._new, name)) for name in asked]:
                with self._outside(made, _mailbox(name)), stage("fetch"):
                    self._fetch(name, answer.result())
                self._wait_longer(_mailbox(name), made)

    def _new(self, name: str) -> Iterator[Fetched]:
        """What is new in a mailbox, to be fetched."""
        mailbox = self._mailboxes[name]
        with self.store.read_transaction() as tx:
            known = messages.cursor_of(tx, name, mailbox.mailbox.folder)
            polled = health.fact(tx, f"poll:{name}")
        if not polled:
            before, since = mailbox.count_before_and_since()
            first = "%s: first start: %d messages since %s are for mailbot, %d from before are left alone"
            log.info(first, name, since, mailbox.mailbox.since, before)
        return mailbox.new(Cursor(*known) if known else None)

    def _fetch(self, name: str, new: Iterator[Fetched]) -> None:
        folder = self._mailboxes[name].mailbox.folder
        batch: list[Fetched] = []
        weight = 0
        for fetched in new:
            batch.append(fetched)
            weight += len(fetched.raw or b"")
            if len(batch) == BATCH or weight >= BATCH_BYTES:
                self._keep(name, folder, batch)
                batch, weight = [], 0
                if self._to_end():
                    break
        self._keep(name, folder, batch)
        with self.store.write_transaction(beside=()) as tx:
            health.note(tx, f"poll:{name}", self._clock().isoformat(timespec="seconds"))

    def _tries(self, made: Cycle, server: str, immediate: bool) -> bool:
        """Whether a server is to be tried now: not twice in a cycle in which it failed, and not before the
        wait after a failure is over. A time further ahead than any wait comes from a clock that was set back,
        and is ignored."""
        if server in made.errors:
            return False
        now = self._clock()
        if not immediate and now < self._retry_at.get(server, now) <= now + LONGEST_WAIT:
            made.left_alone.add(server)
            return False
        made.left_alone.discard(server)
        return immediate or server not in self._silent or self._answers(made, server)

    def _answers(self, made: Cycle, server: str) -> bool:
        """Whether a server that held up a cycle answers again. A probe asks it in a thread of its own; later
        cycles look at its result."""
        probe = self._probes.get(server) or Probe(server, partial(self._ask, server))
        self._probes[server] = probe
        if probe.runs():
            made.left_alone.add(server)
            self._retry_at[server] = self._clock() + LOOK
            return False
        del self._probes[server]
        well = False
        with self._outside(made, server):
            probe.result()
            well = True
        if not well:
            self._wait_longer(server, made)
        return well

    def _ask(self, server: str) -> None:
        """Opens a new connection to a server and makes one request; raises what is the matter."""
        if server == SMTP:
            with Outbox(self.settings) as sending:
                sending.connect()
            return
        (box,) = (one for one in self.settings.mailboxes if _mailbox(one.name) == server)
        with Mailbox(box, self.settings, read_only=True) as reading:
            reading.uidvalidity()

    def _well(self, made: Cycle) -> list[str]:
        """The mailboxes that can be used in this cycle."""
        away = {*made.errors, *made.left_alone}
        return [name for name in self._mine if _mailbox(name) not in away]

    def _wait_longer(self, server: str, made: Cycle) -> None:
        """After a failure: doubles the time for which a server is not tried. After a success: ends it."""
        if server not in made.errors:
            self._failures.pop(server, None)
            self._retry_at.pop(server, None)
            return
        self._failures[server] = self._failures.get(server, 0) + 1
        self._retry_at[server] = self._clock() + timedelta(seconds=backoff(self._failures[server]))

    def next_due(self) -> datetime | None:
        """When the next cycle is needed, if before the next poll: a mail or a workbook is due, or a server is
        to be tried again; aware. Raises ``StoreTrouble``."""
        with self.store.read_transaction() as tx:
            due = outbox.next_due(tx)
            behind = [one for one in workbooks.behind(tx) if not one.waits and self._share.leads]
        gathering = timedelta(seconds=self.settings.workbook.seconds_between_writes)
        moments = [*self._retry_at.values(), *([self._clock()] if self._turns else [])]
        moments += [self._clock() + gathering] if behind else []
        if due and SMTP not in self._retry_at:  # what this cycle should have sent and did not, waits
            moments.append(due if due > self._clock() else self._clock() + FIRST_RETRY)
        return min(moments, default=None)

    def _keep(self, name: str, folder: str, batch: list[Fetched]) -> None:
        if not batch:
            return
        now = self._clock()
        with stage("store"), self.store.write_transaction(beside=()) as tx:
            for one in batch:
                place = MailPlace(name, folder, one.uidvalidity, one.uid)
                whole = one.raw is not None
                data = one.raw if one.raw is not None else one.header
                messages.store_raw(tx, place, data, one.received, one.size, whole=whole, now=now)
            messages.advance(tx, MailPlace(name, folder, batch[-1].uidvalidity, batch[-1].uid))
        log.info("%s: %d new messages stored", name, len(batch))

    # ------------------------------------------------------------ reading and deciding

    def _handle_all(self, made: Cycle, immediate: bool) -> None:
        try:
            for _ in range(TRIES):
                now, _ = self._waiting()
                if now and not self._handle_each(now, self._read_quickly, made):
                    return
                _, later = self._waiting()
                if later and not self._handle_each(later, self._read, made, inf if immediate else LONG):
                    return
                if not now and not later:
                    return
        finally:
            self._poison_guard.put_down()

    def _waiting(self) -> tuple[list[Waiting], list[Waiting]]:
        """The messages that are to be decided now, and those that were put off."""
        with self.store.read_transaction() as tx:
            waiting = [one for one in messages.waiting(tx) if self._is_mine(one.mailbox)]
        return self._turns.in_order(one for one in waiting if one.id != self._put_last)

    def _is_mine(self, mailbox: str) -> bool:
        """Whether this host decides about mail of a mailbox. The leading host decides about mail of mailboxes
        that are no longer configured."""
        return mailbox in self._mine or (self._share.leads and mailbox not in self._mailboxes)

    def _handle_each(
        self, waiting: list[Waiting], read: Callable[[Waiting], Read], made: Cycle, seconds: float = inf
    ) -> bool:
        """Decides about messages one by one. Returns False where the process is to end, or ``seconds`` are
        over."""
        until = time.monotonic() + seconds
        unsent = 0
        with closing(read_ahead(waiting, read)) as ahead:
            turn = next(ahead, None)
            while turn is not None:
                if self._stopping() or time.monotonic() > until:
                    return False
                together = [turn]
                self._poison_guard.take(turn[0].id)
                with stage("wait for children"):
                    turn[1].wait()
                while (turn := next(ahead, None)) and len(together) < TOGETHER and turn[1].is_done:
                    together.append(turn)
                self._handle_together(together, made)
                unsent += len(together)
                if unsent >= CHUNK and self._touching:
                    self._poison_guard.put_down()
                    self._send(made)
                    unsent = 0
        return True

    def _handle_together(self, together: list[tuple[Waiting, Reading[Read]]], made: Cycle) -> None:
        """Decides about messages that are read, in their order: beside other hosts that decide about other
        events, as far as that can be, and the rest alone."""
        met = None if len(self._mine) == len(self._mailboxes) else self._reach(together)  # nobody is beside
        rest = self._decide_those(together, made, met)
        if rest:
            self._decide_those(rest, made, None)

    def _reach(self, together: list[tuple[Waiting, Reading[Read]]]) -> frozenset[str] | None:
        """What decisions about these messages can meet others in; None for anything."""
        met: set[str] = set()
        for _, reading in together:
            try:
                message, _, said = reading()
            except Exception:  # noqa: BLE001  it is told where that message is decided
                return None
            of_it = reach(message, said, self.settings) if said else None
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
        with stage("commit decisions"), self.store.write_transaction(beside=met) as tx:
            for at, (one, reading) in enumerate(together):
                self._poison_guard.take(one.id)
                try:
                    read = reading()
                    if not self._is_put_off(one, read):
                        with self.store.savepoint(tx):
                            decided.append((one, self.decide(tx, one, read, met)))
                except (StoreTrouble, OSError):
                    raise
                except ReachesFurther:
                    rest = together[at:]
                    break
                except Exception:  # noqa: BLE001  the next one goes on
                    failed.append((one, traceback.format_exc()))
                self._alive()
        for one, what in decided:
            self._turns.is_over(one.id)
            made.handled += 1
            log.info("message %d%s", one.id, what)
        for one, trace in failed:
            self._failed(one, trace)
        return rest

    def _is_put_off(self, one: Waiting, read: Read) -> bool:
        """Whether a message that was read in its turn is put off: it takes long, or an earlier mail of its
        sender was put off. To be asked in order of arrival, which reading ahead does not always keep."""
        if one.id in self._turns:
            return False
        message, documents, _ = read
        sender = message.sender.mailbox
        if not self._turns.waits(sender) and not any(document.out_of_time for document in documents):
            return False
        self._turns.put_off(one.id, sender)
        log.info("message %d takes long, or follows one that does: after the others", one.id)
        return True

    def decide(self, tx: Transaction, one: Waiting, read: Read, met: frozenset[str] | None = None) -> str:
        """Decides about one stored message as it was ``read``, records what follows, and returns the log line
        for it. Where it raises, the caller undoes the whole; it raises ``ReachesFurther`` where other hosts
        decide at the same time, and this decision could meet theirs in more than ``met``."""
        from mailbot.notifications import compose

        message, readings, said = read
        arrival = Arrival(one.id, one.mailbox, one.received, message)
        now = self._clock()
        if not messages.is_waiting(tx, one.id):
            return " is no longer waiting"
        with stage("what is known"):
            messages.describe(tx, one.id, message)
            first = messages.original(tx, one.id, message)
            if first is not None:
                messages.mark_copy(tx, one.id, first, now)
                return f" is a copy of {first}"
            thread = thread_of(tx, message, now)
            if thread and met is not None:
                raise ReachesFurther
            quoted, asked = lines_of_ours(tx, thread), answered_in(tx, thread)
        with stage("understand"):
            submission = said if said and not quoted else self._understand(message, readings, quoted, now)
            submission = self._as_answer(submission, asked)
        with stage("what is known"):
            context = context_for(tx, arrival, submission, self.settings, now)
        with stage("decide"):
            decision, submission = self._judged(arrival, submission, context, now)
            if met is not None:
                if not stays_within(decision, context, met):
                    raise ReachesFurther
                first_nr = reserve(self.store, decision, context.next_nr)
                if first_nr != context.next_nr:  # other hosts register at other events meanwhile
                    context = replace(context, next_nr=first_nr)
                    decision, submission = self._judged(arrival, submission, context, now)
        with stage("draw mails"):
            mails = compose(decision, arrival, self.settings, now)
        with stage("record"):
            record(tx, decision, mails, self.settings, now, arrival=arrival, submission=submission)
            messages.note_top_host(tx, one.mailbox, message.received_by)
        return f": {decision.outcome}, {len(mails)} mails"

    def _judged(
        self, arrival: Arrival, submission: Submission, context: DecisionContext, now: datetime
    ) -> tuple[Decision, Submission]:
        """The decision about a message, and what it says as the decision takes it."""
        from mailbot.pipeline.offered_change import with_offered_changes

        decision = decide(arrival, submission, context, self.settings, now)
        offered = with_offered_changes(decision, submission, context, arrival.message, self.settings)
        if offered.own is None:
            return offered.decision, submission
        return decide(arrival, offered.own, context, self.settings, now), offered.own

    def _read_quickly(self, one: Waiting) -> Read:
        """Reads a message in its turn; documents that take long come back ``out_of_time``."""
        from mailbot.pipeline.attachments import CPU_SECONDS, read_documents

        if one.whole and one.size <= SMALL:
            with suppress(ChildDied):
                budget = Budget(IN_ONE_JOB)
                read = self._sandbox.whole(self._raw(one), self._clock(), self._turns.senders, budget)
                if read:
                    return read
        message = self._parsed(one, Budget(CPU_SECONDS))
        if self._turns.waits(message.sender.mailbox):
            return message, (), None
        budget = Budget(QUICK * self._sandbox.size, each=QUICK)
        return self._whole(one, message, read_documents(message, self._sandbox, self.settings, budget))

    def _read(self, one: Waiting) -> Read:
        """Reads a message that was put off, with all the time that one mail may take."""
        from mailbot.pipeline.attachments import CPU_SECONDS, read_documents

        budget = Budget(CPU_SECONDS)
        message = self._parsed(one, budget)
        return self._whole(one, message, read_documents(message, self._sandbox, self.settings, budget))

    def _parsed(self, one: Waiting, budget: Budget) -> Message:
        from mailbot.pipeline.attachments import parse_mail

        return parse_mail(self._raw(one), self._sandbox, self.settings, budget)

    def _raw(self, one: Waiting) -> bytes:
        with self.store.read_transaction() as tx:
            return messages.raw_of(tx, one.id) or b""

    def _whole(self, one: Waiting, message: Message, documents: tuple[ParsedDocument, ...]) -> Read:
        if one.whole:
            return message, documents, None
        too_large = one.size > self.settings.limits.message_mb * 1024 * 1024
        state = ParseStatus.TOO_LARGE if too_large else ParseStatus.UNREADABLE  # the server refuses it
        return message, (ParsedDocument(message.subject, state),), None

    def _setup(self) -> Setup:
        from mailbot.blank_forms import lines

        settings = self.settings
        if self._blank_lines is None:
            blanks = (lines(event, settings.form_of(event), settings) for event in settings.events.values())
            self._blank_lines = frozenset().union(*blanks)
        return Setup(settings, self._blank_lines)

    def _understand(
        self,
        message: Message,
        readings: tuple[ParsedDocument, ...],
        quoted: frozenset[str],
        now: datetime,
    ) -> Submission:
        """The submission of a message, without the lines of ours that it quotes."""
        from mailbot.pipeline.interpret import understand

        return understand(message, readings, self.settings, self._setup().blank_lines, now, ours=quoted)

    def _as_answer(self, submission: Submission, asked: PendingQuestion | None) -> Submission:
        """A submission read as the answer to the question of ours that its message answers."""
        from mailbot.intent.follow_up import complete

        event = self.settings.events.get(asked.event) if asked else None
        if not asked or not event:
            return submission
        return complete(submission, asked, self.settings.form_of(event), self.settings)

    def _failed(self, one: Waiting, trace: str) -> None:
        now, settings = self._clock(), self.settings
        with self.store.read_transaction() as tx:
            data = messages.raw_of(tx, one.id) or b""
        message: Message | None = None
        with suppress(ChildDied):  # of this very mail, perhaps: then nobody can say whose it is
            message = self._sandbox.parse(data, settings.own_addresses, settings.authserv_id)
        with self.store.write_transaction() as tx:
            if message is not None:
                messages.describe(tx, one.id, message)
            shelved = self._count(tx, one, trace, now)
        if shelved:
            self._turns.is_over(one.id)
        log.error("message %d failed%s:\n%s", one.id, " and is shelved" if shelved else "", places(trace))

    def _shelve_suspect(self, tx: Transaction) -> None:
        """Shelves the message during which several processes in a row ended."""
        suspect = self._poison_guard.suspect
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

    # ------------------------------------------------------------ what follows

    def _send(self, made: Cycle, *, retry_all: bool = False) -> None:
        if self._tries(made, SMTP, retry_all):
            with self._outside(made, SMTP), stage("claim and mark"):
                made.put_off += delivery.send_due(
                    self.store, self._outbox, self.settings, self._clock, self._to_end, retry_all=retry_all
                )
            self._wait_longer(SMTP, made)
        with self._outside(made, "ledger"):
            # Told once, though each host waits.
            braked = self._share.leads and delivery.braked(self.store, self.settings, self._clock())
            if braked:
                made.errors[maintenance.BRAKE] = braked
        with self._outside(made, "sent folder"):
            resumed, self._copying = self._copying, True
            well = {name: self._mailboxes[name] for name in self._well(made)}
            delivery.copy_sent(self.store, well, self.settings, resumed=resumed)
            self._copying = False

    def _note(self, made: Cycle) -> None:
        """Records what is the matter, for `mailbot status` and the alarms."""
        with self.store.write_transaction() as tx:
            troubles = Troubles(self._mailboxes, self._mine, self._share, hosts.listed(tx))
            told = {troubles.named(what): text for what, text in made.errors.items()}
            unchanged = {troubles.named(what) for what in made.left_alone}
            unchanged |= {what for what, _, _ in health.troubles(tx) if not troubles.is_mine(what)}
            health.note_troubles(tx, told, self._clock(), unchanged=unchanged)
            if self._share.leads:
                health.note(tx, health.ROUND, self._clock().isoformat(timespec="seconds"))


def places(trace: str) -> str:
    """The lines of a traceback that say where, for the log. The text of the error is left out, since it may
    hold an answer; the ledger keeps it for `mailbot explain`."""
    return "\n".join(line for line in trace.splitlines() if line.startswith("  File "))


def _mailbox(name: str) -> str:
    return f"mailbox {name}"


def _workbook(event: str) -> str:
    return f"workbook {event or 'Te behandelen'}"


def _shelved(one: Waiting, now: datetime) -> Case:
    return Case(
        kind=CaseKind.SHELVED,
        who=f"bericht {one.id}",
        what="Dit bericht kon driemaal niet verwerkt worden. Lees het zelf, of laat de beheerder kijken "
        f"(mailbot explain {one.id}, daarna mailbot retry {one.id}).",
        choices=(Choice.DONE,),
        opened=now,
        message=one.id,
        key=f"{one.id}:shelved",
    )
