"""When the worker works: every ``poll_seconds``, when mail comes in, and when something is due.

The only APScheduler. Rounds never overlap, and a late one is never dropped: the job has one
instance, late runs become one, and no grace time ends.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from mailbot import settings as configuration
from mailbot.edge.connection import MailServerTrouble, backoff
from mailbot.edge.mailbox import Mailbox
from mailbot.edge.notify import ALIVE, READY, STOPPING, notify
from mailbot.edge.store import Store, StoreTrouble
from mailbot.edge.store.lease import Lease
from mailbot.settings import ConfigurationError, Settings
from mailbot.worker import Worker

log = logging.getLogger(__name__)

ROUND = "round"


def now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


class Service:
    """`mailbot run`: rounds until ``stop`` is set."""

    def __init__(self, settings: Settings, store: Store, lease: Lease, stop: threading.Event) -> None:
        self._settings = settings
        self._store = store
        self._lease = lease
        self._stop = stop
        self._again = threading.Event()
        self._worker = Worker(settings, store, now, stop.is_set, alive=_alive)
        self._fingerprint = fingerprint(settings)
        self._scheduler = BackgroundScheduler(
            timezone=UTC, executors={"default": ThreadPoolExecutor(max_workers=1)}
        )

    def run(self) -> None:
        """Runs until stopped; the message in hand is finished."""
        self._scheduler.add_job(
            self._round,
            "interval",
            seconds=self._settings.worker.poll_seconds,
            id=ROUND,
            next_run_time=now(),
            misfire_grace_time=None,
            max_instances=1,
            coalesce=True,
        )
        self._scheduler.start()
        watched = self._settings.mailboxes if self._settings.worker.idle else ()
        watchers = [self._watch(mailbox) for mailbox in watched]
        notify(READY)
        self._stop.wait()
        notify(STOPPING)
        self._scheduler.shutdown(wait=True)
        for watcher in watchers:
            watcher.join(timeout=5)
        self._worker.close()

    def wake(self) -> None:
        """A round as soon as the one in hand is done."""
        self._again.set()
        self._scheduler.modify_job(ROUND, next_run_time=now())

    def _round(self) -> None:
        """Rounds as long as somebody woke it meanwhile. A defect of mailbot's own ends the round,
        not the service: the next one comes, and the log tells."""
        while not self._stop.is_set():
            self._again.clear()
            try:
                if not self._lease.take():
                    log.error("another service has taken over this ledger: waiting")
                    return
                self._reload()
                if self._worker.round(at_once=False).events_changed:
                    self._again.set()
                due = self._worker.next_due()
            except (StoreTrouble, OSError) as error:
                log.warning("ledger: %s", error)
                due = None
            except Exception:  # the border of the process: a dead scheduler thread would be a silent death
                log.exception("a round failed")
                due = None
            _alive()
            if not self._again.is_set():
                job = self._scheduler.get_job(ROUND)
                if due and job and job.next_run_time and due < job.next_run_time:
                    self._scheduler.modify_job(ROUND, next_run_time=max(due, now()))
                return

    def _reload(self) -> None:
        """Takes over changed configuration and event files; faulty ones are told and left."""
        found = fingerprint(self._settings)
        if found == self._fingerprint:
            return
        self._fingerprint = found
        try:
            settings = configuration.load(self._settings.file)
        except ConfigurationError as error:
            log.error("configuration: %s: the former one stays in use", error)
            return
        self._worker.close()
        self._settings = settings
        self._worker = Worker(settings, self._store, now, self._stop.is_set, alive=_alive)
        log.info("configuration read again")

    def _watch(self, mailbox: configuration.Mailbox) -> threading.Thread:
        """A thread with a connection of its own that wakes the worker when mail comes (IDLE)."""

        def watching() -> None:
            failures = 0
            while not self._stop.is_set():
                try:
                    with Mailbox(mailbox, self._settings, read_only=True) as watched:
                        watched.watch(self.wake, self._stop)
                        return
                except (MailServerTrouble, ConfigurationError, OSError):
                    failures += 1  # the poll tells of it; here only the wake-up is missing
                self._stop.wait(backoff(failures))

        thread = threading.Thread(target=watching, name=f"idle {mailbox.name}", daemon=True)
        thread.start()
        return thread


def serve(settings: Settings) -> None:
    """The service, until SIGTERM or SIGINT. On PostgreSQL it waits for its lease first.

    Raises ``AlreadyRunning`` on SQLite where another one runs, and ``StoreTrouble``.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with Store(settings.store_url) as store:
        lease = Lease(store, settings.state_dir)
        if taken(lease, store, stop):
            try:
                Service(settings, store, lease, stop).run()
            finally:
                lease.release()


def taken(lease: Lease, store: Store, stop: threading.Event) -> bool:
    """The lease; on PostgreSQL after waiting for it, False where the end came first.

    Raises ``AlreadyRunning`` on SQLite where another one runs.
    """
    while not lease.take():
        if store.is_sqlite:
            raise AlreadyRunning("a `mailbot run` is already at work on this state_dir: stop that one first")
        log.info("another service runs: waiting for the lease")
        if stop.wait(2):
            return False
    return True


class AlreadyRunning(Exception):  # noqa: N818  no error of the code
    """Another service works on this ledger."""


def fingerprint(settings: Settings) -> tuple[tuple[str, int, int], ...]:
    """What changes when a file of the configuration does."""
    folders = (settings.events_dir, settings.forms_dir)
    files: list[Path] = [settings.file, settings.file.parent / "organisations.toml"]
    files += [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    found = []
    for path in files:
        try:
            status = path.stat()
        except OSError:
            continue
        found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(found)


def _alive() -> None:
    notify(ALIVE)


Alive = Callable[[], None]
