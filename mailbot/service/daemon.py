"""When the worker works: every ``poll_seconds``, when mail comes in, and when something is due.

The only use of APScheduler. Cycles never overlap, and a late one is never dropped: the job has one
instance, late runs are merged, and there is no misfire limit. systemd's watchdog is notified by a job
that shares its one thread with the cycles, so that a cycle that hangs keeps it silent. The main thread
is a second watchdog, on the monotonic clock, which setting the time does not move: it closes connections
that hang, and tells when no cycle ends.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from mailbot.config import loader
from mailbot.config.loader import form_files, toml_files
from mailbot.config.settings import ConfigurationError, MailboxSettings, Settings
from mailbot.service.clock import now
from mailbot.service.distribution import release
from mailbot.service.leased_run import leased_run
from mailbot.service.maintenance import tell_overdue
from mailbot.service.shared_configuration import SharedConfiguration
from mailbot.service.steps import places
from mailbot.service.systemd import ALIVE, READY, STOPPING, notify
from mailbot.service.worker import Worker
from mailbot.storage import Store, StoreTrouble
from mailbot.storage.lease import EVERYTHING, LOOK, Lease, Share
from mailbot.text.system_errors import describe
from mailbot.transport.connection import backoff
from mailbot.transport.imap import Mailbox

log = logging.getLogger(__name__)

ROUND = "round"
#: A moment of the monotonic clock before all others.
NEVER = float("-inf")
#: The trouble that event files or forms cannot be made those of the other hosts.
CONFIGURATION = "events and forms"
#: Seconds between two signs of life to systemd while nothing else happens.
SIGN_OF_LIFE = 60
#: Seconds without one after which connections are cut; less than the WatchdogSec of the unit.
SILENCE = 600
#: Mailboxes that are watched, in the order of the configuration: each takes a thread and a connection, and
#: the unit allows 256 tasks. Those after them are polled.
MOST_WATCHED = 100
#: Seconds between two looks whether hosts came or went.
LOOK_AGAIN = 5
#: Seconds without one after which another host may take over, as the unit's WatchdogSec ends this one.
HUNG = 900


class Every(IntervalTrigger):  # type: ignore[misc]  # the library has no types
    """An interval trigger that starts anew where the clock was set forward, so that a missed year is one
    run and not half a million that are counted first."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        due: datetime | None = super().get_next_fire_time(previous_fire_time, now)
        return due if due is None or due > now else now + self.interval


class Service:
    """`mailbot run`: cycles until ``stop`` is set."""

    def __init__(self, settings: Settings, store: Store, lease: Lease, stop: threading.Event) -> None:
        self._settings = settings
        self._store = store
        self._lease = lease
        self._stop = stop
        self._again = threading.Event()
        self._woken: set[str] = set()
        self._polled = NEVER
        self._at_work = threading.Lock()  # shutting down would lock a cycle out of the scheduler
        self._signed = self._ended = time.monotonic()
        self._told_alive = 0.0
        self._ended_at = now()
        self._told = False
        self._faulty = False
        self._share: Share | None = lease.share
        lease.works = self._works
        self._worker = self._new_worker(settings)
        self._watchers: list[Watcher] = []
        self._shared = SharedConfiguration(settings, store)
        self._fingerprint = fingerprint(settings)
        self._scheduler = BackgroundScheduler(
            timezone=UTC, executors={"default": ThreadPoolExecutor(max_workers=1)}
        )

    def run(self) -> None:
        """Runs until stopped; the message in hand is finished."""
        self._every(self._settings.worker.poll_seconds, self._work, ROUND)
        self._every(SIGN_OF_LIFE, self._alive, "alive")
        if self._lease.can_wait:
            self._every(LOOK_AGAIN, self._look_at_hosts, "hosts")
            self._tell_share(self._lease.share)
        self._watch()
        self._scheduler.start()
        log.info("%s", started(self._settings, self._store))
        notify(READY)
        while not self._stop.wait(SIGN_OF_LIFE):
            try:
                self._watch_cycles()
            except Exception:  # noqa: BLE001  who looks on must not be what ends the service
                log.error("looking on failed:\n%s", places(traceback.format_exc()))
        notify(STOPPING)
        with self._at_work:  # waits for the cycle that runs; later ones see that they should not begin
            pass
        end_all(self._watchers)
        self._scheduler.shutdown(wait=True)
        self._worker.write_owed()
        self._worker.close()

    def _every(self, seconds: int, job: Callable[[], None], name: str) -> None:
        self._scheduler.add_job(
            job,
            Every(seconds=seconds, timezone=UTC),
            id=name,
            next_run_time=now(),
            misfire_grace_time=None,
            max_instances=1,
            coalesce=True,
        )

    def wake(self, *mailboxes: str) -> None:
        """A cycle as soon as the one in hand is done; mail may have come in the ``mailboxes``."""
        self._woken.update(mailboxes)  # set before the flag: whoever clears the flag reads these afterwards
        self._again.set()
        self._scheduler.modify_job(ROUND, next_run_time=now())

    def _work(self) -> None:
        with self._at_work:
            self._cycles()

    def _cycles(self) -> None:
        """Runs a cycle, and another as long as somebody asked for one meanwhile. A defect of mailbot's
        own ends the cycle, not the service: the log has it, and the next cycle comes."""
        while not self._stop.is_set():
            self._again.clear()
            try:
                if not self._has_lease():
                    self._scheduler.modify_job(ROUND, next_run_time=now() + timedelta(seconds=LOOK))
                    self._alive()
                    return
                self._reload()
                beside, woken = self._agree(), self._to_poll()  # new settings may bring another worker
                made = self._worker.cycle(immediate=False, beside=beside, woken=woken)
                if made.events_changed:
                    self._polled = NEVER
                    self._again.set()
                elif "ledger" not in made.errors:
                    self._ended, self._ended_at, self._told = time.monotonic(), now(), False
                due = self._worker.next_due()
            except (StoreTrouble, OSError) as error:
                log.warning("ledger: %s", describe(error) if isinstance(error, OSError) else error)
                due = None
            except Exception:  # noqa: BLE001  the border of the process: a dead thread would be a silent death
                log.error("a round failed:\n%s", places(traceback.format_exc()))
                due = None
            self._alive()
            if not self._again.is_set():
                job = self._scheduler.get_job(ROUND)
                if due and job and job.next_run_time and due < job.next_run_time:
                    self._scheduler.modify_job(ROUND, next_run_time=max(due, now()))
                return

    def _to_poll(self) -> frozenset[str] | None:
        """The mailboxes that a cycle is to poll: those that woke it, between two polls of all (None). Half
        the time between these is enough for one that comes a little early."""
        woken = frozenset(self._woken)
        self._woken -= woken
        if time.monotonic() - self._polled < self._settings.worker.poll_seconds / 2:
            return woken
        self._polled = time.monotonic()
        return None

    def _agree(self) -> dict[str, str]:
        """Makes the files of this host the same as those in the ledger. Returns what is the matter where
        that cannot be; the settings then stay as they were, as with a faulty file. Raises
        ``StoreTrouble``."""
        try:
            if self._shared.agree(bring=not self._faulty):
                self._reload()
            self._shared.note_rules()
        except OSError as error:
            log.error("configuration: %s (the former one stays in use)", describe(error))
            return {CONFIGURATION: describe(error)}
        return {}

    def _has_lease(self) -> bool:
        """Whether there is anything to do here. Where that is something else than before, as hosts came or
        went, or this one was cut off and replaced, what was known is forgotten. Raises ``StoreTrouble``."""
        share = self._lease.share if self._lease.take() else None
        if share == self._share:
            return share is not None
        self._share = share
        if share is None:
            log.error("another service has taken over this ledger: waiting")
        else:
            self._tell_share(share)
            self._worker.close()
            self._worker = self._new_worker(self._settings)
        self._watch()
        return share is not None

    @staticmethod
    def _tell_share(share: Share) -> None:
        log.info("this host %s, and reads %s", "leads" if share.leads else "follows", _named(share))

    def _look_at_hosts(self) -> None:
        """A cycle at once where another host's mailboxes are to be taken over, or some of these given up."""
        with self._at_work:
            if self._stop.is_set():
                return
            try:
                share = self._lease.share if self._lease.take() else None
            except (StoreTrouble, OSError):  # the cycle records this trouble
                return
            if share != self._share:
                self.wake()

    def _new_worker(self, settings: Settings) -> Worker:
        self._polled = NEVER
        share = self._share or EVERYTHING
        return Worker(
            settings, self._store, now, self._must_end, alive=self._alive, share=share, drawn=self._drawn
        )

    def _drawn(self) -> None:
        with suppress(JobLookupError):  # the scheduler has ended: workbooks that are behind are written there
            self.wake()

    def _must_end(self) -> bool:
        """Whether to begin nothing more: the end was asked for, or another service may have taken over."""
        return self._stop.is_set() or not self._lease.is_sure()

    def _works(self) -> bool:
        return time.monotonic() - self._signed < HUNG

    def _alive(self) -> None:
        self._signed = time.monotonic()
        if self._signed - self._told_alive >= 1:
            self._told_alive = self._signed
            notify(ALIVE)

    def _watch_cycles(self) -> None:
        """The loop of the main thread: starts a cycle that the scheduler puts off because the clock was set
        back, closes connections that hang, and tells when no cycle ends or the ledger cannot be written."""
        for job in self._scheduler.get_jobs():
            if job.next_run_time and job.next_run_time > now() + job.trigger.interval:
                job.modify(next_run_time=now())
        silent = time.monotonic() - self._signed
        if silent >= SILENCE:
            log.error("no sign of life for %d s, at %s: connections are cut", silent, self._worker.at)
            self._worker.cut()
        if not self._told and time.monotonic() - self._ended >= SILENCE + self._settings.worker.poll_seconds:
            self._told = tell_overdue(self._store, self._settings, self._worker.at, self._ended_at, now())

    def _reload(self) -> None:
        """Takes over configuration and event files that changed; faulty ones are reported, and the former
        stay in use."""
        found = fingerprint(self._settings)
        if found == self._fingerprint:
            return
        self._fingerprint = found
        former = self._settings
        try:
            settings = loader.load(former.file)
        except ConfigurationError as error:
            self._faulty = True
            log.error("configuration: %s (the former one stays in use)", error)
            return
        self._faulty = False
        if (settings.store_url, settings.state_dir) != (former.store_url, former.state_dir):
            log.error("configuration: another ledger or state_dir is taken over at the next start only")
            return
        worker = self._new_worker(settings)
        self._worker.close()
        self._settings, self._worker = settings, worker
        self._shared = SharedConfiguration(settings, self._store)
        self._lease.mailboxes = tuple(box.name for box in settings.mailboxes)
        log.info("configuration read again")
        if (settings.worker, settings.mailboxes) != (former.worker, former.mailboxes):
            self._scheduler.reschedule_job(
                ROUND, trigger=Every(seconds=settings.worker.poll_seconds, timezone=UTC)
            )
            self._watch()

    def _watch(self) -> None:
        """Watches the mailboxes of the settings in use that are read here, and those only."""
        end_all(self._watchers)
        settings = self._settings
        share = self._share
        watched = [
            box
            for box in settings.mailboxes
            if settings.worker.idle and share and (share.mailboxes is None or box.name in share.mailboxes)
        ]
        if len(watched) > MOST_WATCHED:
            log.info("%d mailboxes are watched (IDLE), all of %d polled", MOST_WATCHED, len(watched))
        self._watchers = [
            Watcher(box, settings, partial(self.wake, box.name)) for box in watched[:MOST_WATCHED]
        ]


class Watcher:
    """A thread with a connection of its own that calls ``wake`` when mail may have come (IDLE)."""

    def __init__(self, mailbox: MailboxSettings, settings: Settings, wake: Callable[[], None]) -> None:
        self._mailbox = mailbox
        self._settings = settings
        self._wake = wake
        self._failures = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"idle {mailbox.name}", daemon=True)
        self._thread.start()

    def ask_to_end(self) -> None:
        """Asks the thread to end, which takes a second."""
        self._stop.set()

    def wait_for_end(self, until: float) -> None:
        """Waits until it ended, or until that moment of the monotonic clock."""
        self._thread.join(timeout=max(0.0, until - time.monotonic()))

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with Mailbox(self._mailbox, self._settings, read_only=True) as watched:
                    watched.watch(self._woken, self._stop)
                    return
            except Exception:  # noqa: BLE001  the poll tells of it; here only the wake-up is missing
                self._failures += 1
            self._stop.wait(backoff(self._failures))

    def _woken(self) -> None:
        self._failures = 0
        self._wake()


def end_all(watchers: Collection[Watcher]) -> None:
    """Ends watchers together, so that hundreds take no longer than one. One that hangs on a dead
    connection is not waited for."""
    until = time.monotonic() + 5
    for watcher in watchers:
        watcher.ask_to_end()
    for watcher in watchers:
        watcher.wait_for_end(until)


def serve(settings: Settings) -> None:
    """The service, until SIGTERM or SIGINT. On PostgreSQL it waits for its lease first.

    Raises ``AlreadyRunning`` on SQLite where another one runs, and ``StoreTrouble``.
    """
    with leased_run(settings) as held:
        if held is not None:
            Service(held.settings, held.store, held.lease, held.stop).run()


def started(settings: Settings, store: Store) -> str:
    """The line in the log once the service runs, for whoever restarted it."""
    counts = ((len(settings.mailboxes), "mailbox", "mailboxes"), (len(settings.events), "event", "events"))
    told = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts)
    return f"mailbot {release()}: {told}, ledger {store.name}, waiting for mail"


def _named(share: Share) -> str:
    return ", ".join(sorted(share.mailboxes or ())) or (
        "all mailboxes" if share.mailboxes is None else "no mailbox"
    )


def fingerprint(settings: Settings) -> tuple[tuple[str, int, int], ...]:
    """A value that changes when a file of the configuration, of an event or of a form does, or a blank
    beside a form: each file with its time of change and size."""
    files = {path for folder in (settings.file.parent, settings.events_dir) for path in toml_files(folder)}
    files |= set(form_files(settings.forms_dir))
    found = []
    for path in sorted(files):
        try:
            status = path.stat()
        except OSError:
            continue
        found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(found)
