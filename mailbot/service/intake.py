"""What is new in the mailboxes: listed by UID, fetched in batches, and stored raw before anything else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime

from mailbot.service.servers import AT_ONCE, Servers, of_mailbox
from mailbot.service.steps import Cycle, Steps
from mailbot.service.timings import stage
from mailbot.storage import Store, health, messages
from mailbot.storage.messages import MailPlace, Waiting
from mailbot.transport.connection import place
from mailbot.transport.imap import BATCH, BATCH_BYTES, Cursor, Fetched, Mailbox

log = logging.getLogger(__name__)


class _NotAskedError(Exception):
    """The server was not asked, because it already kept another mailbox waiting."""


class Intake:
    """Fetches the mail of those mailboxes of an installation that this host reads (``mine``). ``stored`` is
    told of each batch once it is stored."""

    def __init__(
        self,
        store: Store,
        mailboxes: Mapping[str, Mailbox],
        mine: Sequence[str],
        servers: Servers,
        steps: Steps,
        clock: Callable[[], datetime],
        stored: Callable[[Sequence[Waiting]], None],
    ) -> None:
        self._store = store
        self._mailboxes = mailboxes
        self._mine = mine
        self._servers = servers
        self._steps = steps
        self._clock = clock
        self._stored = stored

    def poll(self, made: Cycle, immediate: bool, woken: Collection[str] | None) -> None:
        """Asks the mailboxes what is new, some at once, and fetches and stores it, one after another in the
        order of the configuration: which of two copies is the first does not depend on who answers first."""
        asked = [
            name
            for name in self._mine
            if (woken is None or name in woken or of_mailbox(name) in self._servers.retry_at)
            and self._servers.tries(made, of_mailbox(name), immediate)
        ]
        silent: set[str] = set()
        with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="poll") as threads:
            for name, answer in [(name, threads.submit(self._asked, name, silent)) for name in asked]:
                wait((answer,))  # here, so that waiting in line does not count as silence of this server
                if isinstance(answer.exception(), _NotAskedError):
                    self._servers.leave_alone(of_mailbox(name), made)
                    continue
                with self._steps.outside(made, of_mailbox(name)), stage("fetch"):
                    self.fetch(name, answer.result())
                self._servers.wait_longer(of_mailbox(name), made)

    def _asked(self, name: str, silent: set[str]) -> Iterator[Fetched]:
        """What is new in a mailbox, asked in a thread. Not asked where its server kept another mailbox
        waiting in this poll (``silent``): hundreds of mailboxes on one server would wait one after
        another."""
        server, where = of_mailbox(name), place(self._mailboxes[name].mailbox)
        if where in silent:
            raise _NotAskedError
        try:
            with self._steps.listening(server):
                return self.new(name)
        except Exception:
            if server in self._steps.silent:
                silent.add(where)
            raise

    def new(self, name: str) -> Iterator[Fetched]:
        """What is new in a mailbox, to be fetched."""
        mailbox = self._mailboxes[name]
        with self._store.read_transaction() as tx:
            known = messages.cursor_of(tx, name, mailbox.mailbox.folder)
            polled = health.fact(tx, f"poll:{name}")
        if not polled:
            before, since = mailbox.count_before_and_since()
            first = "%s: first start: %d messages since %s are for mailbot, %d from before are left alone"
            log.info(first, name, since, mailbox.mailbox.since, before)
        return mailbox.new(Cursor(*known) if known else None)

    def fetch(self, name: str, new: Iterator[Fetched]) -> None:
        """Fetches what ``new`` told of a mailbox, and stores it."""
        folder = self._mailboxes[name].mailbox.folder
        batch: list[Fetched] = []
        weight = 0
        for fetched in new:
            batch.append(fetched)
            weight += len(fetched.raw or b"")
            if len(batch) == BATCH or weight >= BATCH_BYTES:
                self._keep(name, folder, batch)
                batch, weight = [], 0
                if self._steps.to_end():
                    break
        self._keep(name, folder, batch)
        with self._store.write_transaction(beside=()) as tx:
            health.note(tx, f"poll:{name}", self._clock().isoformat(timespec="seconds"))

    def _keep(self, name: str, folder: str, batch: list[Fetched]) -> None:
        if not batch:
            return
        now, new = self._clock(), []
        with stage("store"), self._store.write_transaction(beside=()) as tx:
            for one in batch:
                place = MailPlace(name, folder, one.uidvalidity, one.uid)
                whole = one.raw is not None
                data = one.raw if one.raw is not None else one.header
                number = messages.store_raw(tx, place, data, one.received, one.size, whole=whole, now=now)
                if number is not None:
                    new.append(Waiting(number, name, one.received, whole, one.size))
            messages.advance(tx, MailPlace(name, folder, batch[-1].uidvalidity, batch[-1].uid))
        self._stored(new)
        log.info("%s: %d new messages stored", name, len(batch))
