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

import time
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from functools import partial
from typing import Self

from mailbot.config.settings import Settings
from mailbot.domain.registration import Status
from mailbot.files.event_sheet_file import FILE as EVENTS
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
from mailbot.service.decider import Decider
from mailbot.service.intake import Intake
from mailbot.service.passed_time import PassedTime
from mailbot.service.reader import Reader
from mailbot.service.reconciliation import reconcile
from mailbot.service.rereading import Rereading
from mailbot.service.servers import SMTP, Servers, of_mailbox
from mailbot.service.steps import Cycle, Steps
from mailbot.service.timings import stage
from mailbot.service.troubles import Troubles
from mailbot.service.turns import Turns
from mailbot.service.workbook_sync import WorkbookSync
from mailbot.storage import Store, health, hosts, outbox, workbooks
from mailbot.storage.lease import EVERYTHING, Share
from mailbot.storage.retention import clear_due
from mailbot.transport.imap import Mailbox
from mailbot.transport.smtp import FIRST_RETRY, Outbox

#: Seconds for the workbooks that are behind when the end is asked for.
OWED = 10.0


class Worker:
    """All that one installation does, one cycle at a time.

    ``clock`` gives the time, aware; ``stopping`` says whether to end after the message in hand;
    ``alive`` is called at each step and after each message: a long burst is no hang. Without
    ``touching`` mail is neither filed nor sent, for a rehearsal on copies. ``share`` is what this host does,
    where several work on the ledger. ``drawn`` is called, from another thread, when a large workbook stands
    that a cycle left to be drawn.
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
        self._touching = touching
        self._share = share
        self._steps = steps = Steps(stopping, alive)
        self._turns = Turns()
        self._open = ExitStack()
        self._reader = self._open.enter_context(Reader(settings, store, self._turns, clock))
        self._outbox = self._open.enter_context(Outbox(settings))
        self._mailboxes = {
            m.name: self._open.enter_context(Mailbox(m, settings, read_only=not touching))
            for m in settings.mailboxes
        }
        self._mine = [n for n in self._mailboxes if share.mailboxes is None or n in share.mailboxes]
        self._servers = Servers(settings, self._mine, steps, clock)
        self.decider = Decider(
            settings,
            store,
            self._reader,
            self._turns,
            steps,
            clock,
            is_mine=self._is_mine,
            alone=len(self._mine) == len(self._mailboxes),
            send=self._send,
        )
        stored = self.decider.read_early
        self.intake = Intake(store, self._mailboxes, self._mine, self._servers, steps, clock, stored)
        self._workbooks = self._open.enter_context(closing(WorkbookSync(settings, store, drawn)))
        self._passed_time = PassedTime(settings, store)
        self._rereading = Rereading(settings, store)
        self._event_sheet = event_sheet_sync.EventSheetSync(settings, store, self._reader.sandbox)
        self._forms_laid_out: set[str] = set()
        self._copying = set(self._mailboxes)  # a former process may have ended while it made copies

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def at(self) -> str:
        """The step in hand, for whoever looks on from another thread."""
        return self._steps.at

    @property
    def read_in_children(self) -> Mapping[str, tuple[int, float]]:
        """How many jobs the reading children did, and their processor time in seconds."""
        return self._reader.sandbox.jobs

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
            with self._steps.outside(made, EVENTS), stage("read the sheet of events"):
                made.events_changed = self._event_sheet.import_edits(self._clock())
            if made.events_changed:
                return made
        with self._steps.outside(made, "ledger"), self.store.write_transaction() as tx:
            since = booted(self._clock()) if self.store.is_sqlite else None
            outbox.release_claims(tx, self.store.host, since)
            self.decider.shelve_suspect(tx)
        if self._share.leads:
            self._import_edits(made)
        self.intake.poll(made, immediate, woken)
        self._look_at_inboxes(made)
        self._handle_and_follow_up(made, immediate)
        if self.decider.take_up_last():
            self._handle_and_follow_up(made, immediate)
        with self._steps.outside(made, "ledger"):
            self._note(made)
        return made

    def _import_edits(self, made: Cycle) -> None:
        """Imports the forms that the secretary agreed to or mended, and what she typed in the workbooks."""
        with self._steps.outside(made, "ledger"):
            event_sheet_sync.take_up_agreed(self.settings, self.store, self._clock())
        sitting: dict[str, Status] = {}
        for event in self._workbooks.events:
            with self._steps.outside(made, _workbook(event)), stage("read workbooks"):
                self._workbooks.import_one(event, self._clock(), sitting)
        if any(_workbook(event) in made.errors for event in self._workbooks.events):
            return  # her decisions there are not known yet, and must stand: no mail is read again
        with self._steps.outside(made, "ledger"):
            self._rereading.take_up(self._clock())

    def _look_at_inboxes(self, made: Cycle) -> None:
        """Notes what people did in the mailbox with the mails that Postvak lists; trouble here does not keep
        mail from being filed."""
        for name in self._servers.well(made):
            if inbox.is_listed(self._mailboxes[name].mailbox):
                with self._steps.outside(made, f"inbox list {name}", of_mailbox(name)):
                    inbox.look(self.store, self._mailboxes[name], self._clock())

    def _handle_and_follow_up(self, made: Cycle, immediate: bool) -> None:
        """Decides about waiting messages, then sends mail and decides what the passing of time brings."""
        with self._steps.outside(made, "ledger"):
            self.decider.decide_all(made, immediate)
        self._send(made, retry_all=immediate)  # before workbooks are written: nobody waits for these
        if self._share.leads:
            self._show_and_keep_up(made, immediate)
        if self._touching:
            self._follow_up(made, immediate)

    def _show_and_keep_up(self, made: Cycle, immediate: bool) -> None:
        """What one host does for all: checks of passed time, maintenance, workbooks and blank forms."""
        with self._steps.outside(made, "ledger"), stage("time passed"):
            self._passed_time.decide(self._clock(), immediate=immediate)
        with self._steps.outside(made, "ledger"), stage("upkeep"):
            self._upkeep(self._clock())
            inbox.note_changes(self.store, self.settings, self._clock())
        self._write(made, immediate)
        if self._touching:  # the figures of the season, as the workbooks beside it have them now
            with self._steps.outside(made, EVENTS), stage("read the sheet of events"):
                made.events_changed |= self._event_sheet.import_edits(self._clock())
        with self._steps.outside(made, "blank forms"), stage("blank forms"):
            blank_form_files.lay_out(self.settings, self.store, self._clock(), self._forms_laid_out)

    def _write(self, made: Cycle, immediate: bool) -> None:
        """Writes the workbooks that are behind. A child that draws a large one is waited for only where
        ``immediate``."""
        self._export(made, self._steps.to_end if immediate else lambda: True, immediate=immediate)

    def write_owed(self, seconds: float = OWED) -> None:
        """At shutdown: writes the workbooks that are behind, as far as the time for that allows; the rest is
        left to the next start."""
        until = time.monotonic() + seconds

        def leave() -> bool:
            self._steps.alive()
            return time.monotonic() > until

        if self._share.leads and self._touching:
            self._export(Cycle(), leave, immediate=True)

    def _export(self, made: Cycle, leave: Callable[[], bool], *, immediate: bool) -> None:
        """Writes the workbooks that are due; a failure with one does not keep the others from being
        written."""
        behind: list[str] = []
        with self._steps.outside(made, "ledger"):
            behind = self._workbooks.due(self._clock(), immediate=immediate)
        for event in behind:
            with self._steps.outside(made, _workbook(event)), stage("write workbooks"):
                self._workbooks.export_one(event, self._clock(), leave)
            if self._workbooks.is_drawing or (immediate and leave()):
                break  # one at a time: the next would end the drawing that a child was left with

    def _follow_up(self, made: Cycle, immediate: bool) -> None:
        """Sends due mail, files handled mail, and runs the daily consistency check."""
        self._send(made)
        if self._share.leads:
            self._write(made, immediate)  # what went out stands on the row of the decision that sent it
        for name in self._servers.well(made):
            with self._steps.outside(made, of_mailbox(name)), stage("file"):
                filing.file(self.store, self._mailboxes[name], self._clock())
        if (
            self._share.leads and not made.errors and not made.left_alone
        ):  # mail of a mailbox that is away cannot be counted
            with self._steps.outside(made, "reckoning"):
                now = self._clock()
                in_workbooks = partial(self._workbooks.differences, now)
                others = self._mailboxes.keys() - self._mine
                reconcile(self.store, self._mailboxes.values(), others, in_workbooks, self.settings, now)

    def _upkeep(self, now: datetime) -> None:
        maintenance.alarms(self.store, self.settings, now)
        maintenance.digest_due(self.store, self.settings, now)
        original_messages.forget(self.settings, maintenance.purge_due(self.store, self.settings, now))
        original_messages.forget(self.settings, clear_due(self.store, self.settings, now))

    def next_due(self) -> datetime | None:
        """When the next cycle is needed, if before the next poll: a mail or a workbook is due, or a server is
        to be tried again; aware. Raises ``StoreTrouble``."""
        with self.store.read_transaction() as tx:
            due = outbox.next_due(tx)
            behind = [one for one in workbooks.behind(tx) if not one.waits and self._share.leads]
        gathering = timedelta(seconds=self.settings.workbook.seconds_between_writes)
        moments = [*self._servers.retry_at.values(), *([self._clock()] if self._turns else [])]
        moments += [self._clock() + gathering] if behind else []
        if due and SMTP not in self._servers.retry_at:  # what this cycle did not send is tried later
            moments.append(due if due > self._clock() else self._clock() + FIRST_RETRY)
        return min(moments, default=None)

    def _is_mine(self, mailbox: str) -> bool:
        """Whether this host decides about mail of a mailbox. The leading host decides about mail of mailboxes
        that are no longer configured."""
        return mailbox in self._mine or (self._share.leads and mailbox not in self._mailboxes)

    def _send(self, made: Cycle, *, retry_all: bool = False) -> None:
        """Hands over the mail that is due, and puts copies of what went out into the Sent folders."""
        if not self._touching:
            return
        if self._servers.tries(made, SMTP, retry_all):
            with self._steps.outside(made, SMTP), stage("claim and mark"):
                made.put_off += delivery.send_due(
                    self.store,
                    self._outbox,
                    self.settings,
                    self._clock,
                    self._steps.to_end,
                    retry_all=retry_all,
                )
            self._servers.wait_longer(SMTP, made)
        with self._steps.outside(made, "ledger"):
            # Told once, though each host waits.
            braked = self._share.leads and delivery.braked(self.store, self.settings, self._clock())
            if braked:
                made.errors[maintenance.BRAKE] = braked
        self._copy_sent(made)

    def _copy_sent(self, made: Cycle) -> None:
        """Puts copies of what was sent into the sent folders; one that takes none keeps no other waiting."""
        while due := self._copies_due(made):
            for name, mails in due.items():
                with self._steps.outside(made, _sent_folder(name), of_mailbox(name)):
                    resumed = name in self._copying
                    self._copying.add(name)
                    mailbox = self._mailboxes[name]
                    delivery.copy_sent(self.store, mailbox, mails, self.settings, resumed=resumed)
                    self._copying.remove(name)

    def _copies_due(self, made: Cycle) -> Mapping[str, list[outbox.Claimed]]:
        """The copies to be made now, by mailbox; none for one that failed in this cycle."""
        well = [name for name in self._servers.well(made) if _sent_folder(name) not in made.errors]
        with self._steps.outside(made, "ledger"):
            return delivery.copies_due(self.store, self.settings, well)
        return {}

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


def _sent_folder(mailbox: str) -> str:
    return f"sent folder {mailbox}"


def _workbook(event: str) -> str:
    return f"workbook {event or 'Te behandelen'}"
