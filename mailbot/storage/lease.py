"""Who runs, and does what. On SQLite one service does everything, and a second one is refused. On PostgreSQL
any number share the mailboxes; one of them leads: it does what is done once for all. Whoever has no part
stands by, and takes over from one that died, froze or lost its network."""

from __future__ import annotations

import fcntl
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from mailbot.config.settings import ConfigurationError
from mailbot.storage import hosts
from mailbot.storage.database import Store, StoreTrouble, said
from mailbot.storage.schema.migrate import HEAD, noted_revision

log = logging.getLogger(__name__)

#: The job of the one that leads. No mailbox is called so, as names of mailboxes have no space.
LEAD = "the lead"
#: Seconds between two looks whether the one that runs still does.
LOOK = 2


@dataclass(frozen=True, slots=True)
class Share:
    """What a service does: the mail of these ``mailboxes`` (None: of all), and, where it ``leads``, what is
    done once for all: workbooks, the sheet of events, what the time brings, upkeep. ``host`` is its row."""

    host: str = ""
    leads: bool = True
    mailboxes: frozenset[str] | None = None


#: What the only service there is does.
EVERYTHING = Share()


class Lease:
    """The right to run, held until ``release`` or the end of the process, however it ends.

    On PostgreSQL a thread gives signs of life as long as ``works`` says that they are true: who hangs is
    replaced as who is gone is. ``release_name`` is the version that runs here, ``mailboxes`` are those that
    are configured, and ``share`` is what this service does since it was last asked.
    """

    def __init__(
        self, store: Store, state_dir: Path, release_name: str = "", mailboxes: tuple[str, ...] = ()
    ) -> None:
        self.mailboxes = mailboxes
        self.share = EVERYTHING
        self.works: Callable[[], bool] = lambda: True
        self._store = store
        self._release_name = release_name
        self._path = state_dir / "run.lock"
        self._file: IO[str] | None = None
        self._heart: _Heart | None = None

    @property
    def can_wait(self) -> bool:
        """Whether a second service is to wait; on SQLite it is a mistake of whoever started it."""
        return not self._store.is_sqlite

    def take(self) -> bool:
        """Tries once; False where there is nothing to do here. Taking what is held already looks whether it
        still is, and whether hosts came or went, which changes ``share``. Not to be called during a cycle.
        Raises ``StoreTrouble`` or ``OSError``."""
        return self._take_file() if self._store.is_sqlite else self._take_row()

    def is_sure(self) -> bool:
        """Whether nobody can have taken over: what cannot be taken back, such as a mail, is begun only
        then. It asks nobody."""
        return self._store.is_sqlite or bool(self._heart and self._heart.is_sure())

    def _take_file(self) -> bool:
        if self._file:
            return True
        self._path.parent.mkdir(0o700, parents=True, exist_ok=True)
        file = self._path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def _take_row(self) -> bool:
        try:
            with self._store.dedicated() as connection:
                self._refuse_newer(connection)
                for name in hosts.bury(connection, self._store.host):
                    log.warning("the service on %s gave no sign of life: its work goes on elsewhere", name)
                if not self._take_file() and hosts.living(connection, self._store.host):
                    # Two of one state_dir do not work beside each other: what it notes is of one process.
                    self._leave()
                    return False
                if self._heart is None or self._heart.is_late:
                    self._join(connection)
                held = hosts.share_out(connection, LEAD, self.mailboxes, self._store.host)
                self.share = Share(self._store.host, LEAD in held, frozenset(held - {LEAD}))
                return bool(held)
        except sa.exc.DBAPIError as error:
            raise StoreTrouble(f"{self._store.name}: {said(error)}") from error

    def _refuse_newer(self, connection: sa.Connection) -> None:
        """Makes room for the host that brought the tables to a later revision."""
        found = noted_revision(connection)
        if found == HEAD:
            return
        self.release()
        raise StoreTrouble(
            f"{self._store.name}: a newer mailbot brought it to revision {found}: upgrade this host"
        )

    def _join(self, connection: sa.Connection) -> None:
        """Enters this process among the hosts, or anew after it was taken for dead."""
        if self._heart:
            self._heart.end()
        self._store.refuse_earlier(connection)
        with self._store.dedicated() as other:
            if hosts.share_a_session(connection, other):
                raise ConfigurationError(
                    f"{self._store.name}: a connection pooler in transaction mode stands before it",
                    "let it pool sessions, or name PostgreSQL itself",
                )
        before = time.clock_gettime(time.CLOCK_BOOTTIME)
        self._store.host = hosts.join(connection, self._store.sessions, self._release_name)
        self._heart = _Heart(self._store, before, lambda: self.works())

    def release(self) -> None:
        """Gives the right up."""
        if self._file:
            self._file.close()
            self._file = None
        self._leave()

    def _leave(self) -> None:
        if self._heart:
            self._heart.end()
            self._heart = None
            with (
                suppress(sa.exc.DBAPIError),
                self._store.dedicated() as connection,
            ):  # else the others find out
                hosts.leave(connection, self._store.host)
            self._store.host = ""


class _Heart:
    """The thread that gives signs of life, on a connection of its own. The times are of the clock that goes
    on while a machine sleeps."""

    def __init__(self, store: Store, beaten: float, works: Callable[[], bool]) -> None:
        self._store, self._host, self._works = store, store.host, works
        self._beaten = beaten
        self._end = threading.Event()
        #: Another host took this one for dead.
        self.is_late = False
        self._thread = threading.Thread(target=self._run, name="signs of life", daemon=True)
        self._thread.start()

    def is_sure(self) -> bool:
        """Whether the last sign is so fresh that nobody takes this host for dead yet."""
        age = time.clock_gettime(time.CLOCK_BOOTTIME) - self._beaten
        return not self.is_late and age < hosts.SILENT - hosts.BEAT

    def end(self) -> None:
        """Ends it; one that waits for a database that is away is left to its end."""
        self._end.set()
        self._thread.join(timeout=hosts.BEAT)

    def _run(self) -> None:
        connection: sa.Connection | None = None
        while not self._end.wait(hosts.BEAT) and not self.is_late:
            if not self._works():
                continue
            before = time.clock_gettime(time.CLOCK_BOOTTIME)
            try:
                connection = connection or self._store.dedicated()
                if hosts.beat(connection, self._host):
                    self._beaten = before
                else:
                    self.is_late = True
            except Exception as error:  # noqa: BLE001  without this thread the host would be buried alive
                why = said(error) if isinstance(error, sa.exc.DBAPIError) else type(error).__name__
                log.warning("no sign of life could be given: %s", why)
                if connection is not None:
                    connection.invalidate()
                    connection.close()
                connection = None
        if connection is not None:
            connection.close()


class AlreadyRunning(Exception):  # noqa: N818  no error of the code
    """Another service works on this ledger."""


def taken(lease: Lease, stop: threading.Event) -> bool:
    """The lease; on PostgreSQL after waiting for it, False where ``stop`` was set first.

    Raises ``AlreadyRunning`` on SQLite where another one runs, and as ``Lease.take`` does the first time: who
    waits already outlasts a database that is away.
    """
    if lease.take():
        return True
    if not lease.can_wait:
        raise AlreadyRunning("a `mailbot run` is already at work on this state_dir: stop that one first")
    log.info("another service runs: waiting for the lease")
    while not stop.wait(LOOK):
        try:
            if lease.take():
                return True
        except StoreTrouble as error:
            log.warning("ledger: %s", error)
    return False
