"""Who runs: one service for one ledger. On SQLite a second one is refused, on PostgreSQL it
waits for its turn."""

from __future__ import annotations

import fcntl
import logging
import threading
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from mailbot.storage.database import Store, StoreTrouble, said

log = logging.getLogger(__name__)

#: PostgreSQL's advisory lock that stands for "the service that runs".
RUNNING = 0x72756E


class Lease:
    """The right to run, held until ``release`` or the end of the process, however it ends."""

    def __init__(self, store: Store, state_dir: Path) -> None:
        self._store = store
        self._path = state_dir / "run.lock"
        self._file: IO[str] | None = None
        self._connection: sa.Connection | None = None

    @property
    def can_wait(self) -> bool:
        """Whether a second service is to wait; on SQLite it is a mistake of whoever started it."""
        return not self._store.is_sqlite

    def take(self) -> bool:
        """Tries once; False where another one runs. Taking what is held already only looks
        whether it still is. Raises ``StoreTrouble`` or ``OSError``."""
        return self._take_file() if self._store.is_sqlite else self._take_connection()

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

    def _take_connection(self) -> bool:
        try:
            if self._connection is None:
                self._connection = self._store.dedicated()
            elif self._connection.scalar(sa.select(1)):
                return True
            if self._connection.scalar(sa.select(sa.func.pg_try_advisory_lock(RUNNING))):
                return True
            self.release()
            return False
        except sa.exc.DBAPIError as error:
            self.release()
            raise StoreTrouble(f"{self._store.name}: {said(error)}") from error

    def release(self) -> None:
        """Gives the right up."""
        if self._file:
            self._file.close()
            self._file = None
        if self._connection is not None:
            self._connection.invalidate()  # a connection of the pool would keep the lock
            self._connection.close()
            self._connection = None


class AlreadyRunning(Exception):  # noqa: N818  no error of the code
    """Another service works on this ledger."""


def taken(lease: Lease, stop: threading.Event) -> bool:
    """The lease; on PostgreSQL after waiting for it, False where ``stop`` was set first.

    Raises ``AlreadyRunning`` on SQLite where another one runs, and as ``Lease.take`` does.
    """
    told = False
    while not lease.take():
        if not lease.can_wait:
            raise AlreadyRunning("a `mailbot run` is already at work on this state_dir: stop that one first")
        if not told:
            log.info("another service runs: waiting for the lease")
            told = True
        if stop.wait(2):
            return False
    return True
