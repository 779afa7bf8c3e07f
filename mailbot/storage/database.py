"""The database: SQLite or PostgreSQL, its transactions and its one writer at a time."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry

from mailbot.config.settings import ConfigurationError
from mailbot.storage import hosts
from mailbot.storage.schema.migrate import HEAD, OUT_OF_DATE, NewerLedger, migrate, revision
from mailbot.text.system_errors import describe

if TYPE_CHECKING:  # an extra, which SQLite does without
    import psycopg

#: Seconds that one waits for another's transaction.
BUSY_SECONDS = 30
#: How soon a PostgreSQL server that went away unheard is given up: seconds, but for the last, which
#: is in milliseconds (libpq). The URL may say otherwise.
_PATIENCE = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3,
             "tcp_user_timeout": 60_000}  # fmt: skip
#: How soon the server gives a session up whose host went away unheard, which else takes it two hours;
#: and how long a writer of ours may say nothing in its transaction, frozen as it may be, while others wait.
_SESSION = {
    "lock_timeout": f"{BUSY_SECONDS}s",
    "tcp_keepalives_idle": "10s",
    "tcp_keepalives_interval": "5s",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "25s",
}
_SPEECHLESS = "5min"
#: A mail that was sent is never forgotten, whatever the server is configured to do; stronger settings stay.
_SYNCED = (
    "SELECT set_config('synchronous_commit', 'local', false)"
    " WHERE current_setting('synchronous_commit') = 'off'"
)
#: PostgreSQL's advisory lock that stands for "who decides".
WRITER_LOCK = 0x6D61696C


#: Errors of a database that cannot be used now; the others are defects of ours.
_OUTSIDE = (sa.exc.OperationalError, sa.exc.InterfaceError)

_CANNOT_OPEN = (
    "cannot be opened: look at the rights on its folder, and whether its file system is mounted read-only"
)
#: What SQLite's result codes mean to who runs it, with the mend; the others are told in its words.
_SQLITE = {
    sqlite3.SQLITE_FULL: "the disk is full: free some space on it",
    sqlite3.SQLITE_READONLY: "the ledger cannot be written: let the user that mailbot runs as write it, "
    "and look whether the file system is mounted read-only",
    sqlite3.SQLITE_CANTOPEN: _CANNOT_OPEN,
    sqlite3.SQLITE_PERM: _CANNOT_OPEN,
    sqlite3.SQLITE_NOTADB: "file is not a database: check store.url",
    sqlite3.SQLITE_CORRUPT: "database disk image is malformed: restore a backup (docs/backup.md)",
    sqlite3.SQLITE_IOERR: "the disk under it fails or is full: look at both",
}

#: What brings a ledger up to date on which hosts work.
_JOIN = "use theirs, or start `mailbot run` of this one, which brings it up to date and ends their work"

#: An open transaction: what ``read_transaction()`` and ``write_transaction()`` give, and every function
#: beside takes.
Transaction = sa.Connection


_BEGIN_WRITING = sa.select(
    sa.func.set_config("idle_in_transaction_session_timeout", _SPEECHLESS, True),
    sa.func.pg_advisory_xact_lock(WRITER_LOCK),
)
_BEGIN_BESIDE = sa.select(
    sa.func.set_config("idle_in_transaction_session_timeout", _SPEECHLESS, True),
    sa.func.pg_advisory_xact_lock_shared(WRITER_LOCK),
)
#: Taken as they stand in the array, which is sorted: no two wait for each other in a ring. The locks of two
#: numbers are others than those of one.
_TAKE = sa.text("SELECT count(pg_advisory_xact_lock(24929, word)) FROM unnest(CAST(:words AS int[])) AS word")
_HOLD = sa.text("SELECT version_num FROM host, alembic_version WHERE host.id = :this FOR KEY SHARE OF host")


class StoreTrouble(Exception):  # noqa: N818  a trouble outside, no error of ours
    """The database cannot be used now (disk full, locked, server away), in one line."""


class LeaseLost(StoreTrouble):
    """Another host has taken the place of this one; nothing that this one wrote since was kept."""


class EarlierAtWork(StoreTrouble):
    """Hosts of an earlier mailbot work on the ledger, which would have to end theirs at its upgrade."""


class Store:
    """The ledger behind an SQLAlchemy URL, its tables brought to this version.

    ``read_transaction()`` and ``write_transaction()`` give a transaction, which commits at the end of the
    block and is rolled back by any exception. Both raise ``StoreTrouble``, as opening does, which
    raises ``ConfigurationError`` where the URL is wrong, its driver not installed or the ledger a
    newer mailbot's. One of an earlier mailbot is brought up to date, but with ``as_it_is``, which
    changes nothing: it is a trouble then. So it is while other hosts work on it (``EarlierAtWork``),
    unless this process ``joins`` them: who only looks ends nobody's work.
    """

    def __init__(self, url: str, *, as_it_is: bool = False, joins: bool = False) -> None:
        try:
            self.url = sa.make_url(url)
            self.is_sqlite = self.url.get_backend_name() == "sqlite"
            #: What the connections of this process are called where several hosts share a database.
            self.sessions = f"mailbot {secrets.token_hex(6)}"
            self._engine = _engine_of(self.url, self.sessions)
            if "@" in (self.url.host or ""):  # the end of a password, taken for the host and then named
                raise ValueError("more than one @")
        except ImportError:
            raise ConfigurationError(
                "store.url: needs the driver psycopg",
                "install mailbot anew, from its clone or wheel, with the extra [postgresql]",
            ) from None
        except (sa.exc.ArgumentError, ValueError):  # the port, for instance; a password may be in it
            raise ConfigurationError(
                "store.url: is no URL", "write postgresql+psycopg://user@host/db"
            ) from None
        #: The row in ``host`` that every write of this process holds; "" where it writes without one.
        self.host = ""
        self._writing = self._engine.execution_options(mailbot_writing=True)
        self._unsynced = self._engine.execution_options(mailbot_writing=True, mailbot_unsynced=True)
        try:
            if self.is_sqlite and self.url.database:
                Path(self.url.database).parent.mkdir(0o700, parents=True, exist_ok=True)
            if as_it_is:
                self._check_revision()
            elif self.is_sqlite or self._revision() != HEAD:  # else whoever starts would wait for who writes
                self._upgrade(joins)
        except NewerLedger as error:  # no start mends it: systemd is told not to try
            self.close()
            raise ConfigurationError(
                f"{self.name}: {error}",
                "install the newer mailbot again, or restore a backup of before its upgrade",
            ) from error
        except OSError as error:
            self.close()
            raise StoreTrouble(f"{self.name}: {describe(error)}") from error
        except StoreTrouble:
            self.close()
            raise

    def _upgrade(self, joins: bool) -> None:
        with self.write_transaction() as tx:
            self.refuse_earlier(tx)
            if not joins and not self.is_sqlite and hosts.any_at_work(tx):
                raise EarlierAtWork(f"{self.name}: hosts with an earlier mailbot work on it: {_JOIN}")
            migrate(tx)

    def _revision(self) -> str:
        with self.read_transaction() as tx:
            return revision(tx)

    def refuse_earlier(self, tx: sa.Connection) -> None:
        """Raises ``StoreTrouble`` where a mailbot that knows nothing of other hosts works on the ledger."""
        if not self.is_sqlite and hosts.is_earlier_at_work(tx):
            raise StoreTrouble(f"{self.name}: an earlier mailbot runs on it: stop it on all hosts first")

    def _check_revision(self) -> None:
        """Raises ``StoreTrouble`` where the tables are of another version."""
        found = self._revision()
        if found != HEAD:
            raise StoreTrouble(f"{self.name}: {OUT_OF_DATE.format(found, HEAD)}")

    @property
    def name(self) -> str:
        """The URL of the ledger without a password, for messages."""
        return self.url.set(query={}).render_as_string(hide_password=True)

    @property
    def writer(self) -> str:
        """The suffix of files that this process is about to put in place, where other processes may do so
        too."""
        return "" if self.is_sqlite else self.sessions.rpartition(" ")[2]

    @contextmanager
    def read_transaction(self) -> Iterator[sa.Connection]:
        """A transaction that sees one moment of the ledger and writes nothing."""
        with self._transaction(self._engine) as tx:
            if not self.is_sqlite:
                tx.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            yield tx

    @contextmanager
    def write_transaction(
        self, *, synced: bool = True, beside: Collection[str] | None = None
    ) -> Iterator[sa.Connection]:
        """The transaction in which the ledger changes. One at a time, over all processes: what
        is read in it still holds when it is committed. On PostgreSQL, one that says ``beside`` what it may
        run goes on beside others that do, which share none of those words with it; there that holds of
        what the words stand for. A service that another host replaced changes nothing:
        ``LeaseLost``. Not ``synced``, SQLite's outlives the process, and a power cut only once a later one
        was synced; PostgreSQL, whose process may end while ours goes on, syncs each."""
        with self._transaction(self._writing if synced else self._unsynced) as tx:
            if not self.is_sqlite:
                tx.execute(_BEGIN_WRITING if beside is None else _BEGIN_BESIDE)
                self._hold(tx)
                if beside:
                    tx.execute(_TAKE, {"words": sorted(map(_number_of, beside))})
            yield tx

    @contextmanager
    def at_once(self) -> Iterator[sa.Connection]:
        """A short transaction besides the one in hand, whatever becomes of that; durable once that is.
        PostgreSQL alone."""
        with self._transaction(self._engine) as tx:
            tx.execute(sa.text("SET LOCAL synchronous_commit = off"))
            yield tx

    @contextmanager
    def held(self) -> Iterator[None]:
        """What is done outside the ledger as the host that this one is, such as replacing a file: no other
        takes its place meanwhile, unless this one is taken for dead. Raises ``LeaseLost``."""
        if not self.host:
            yield
            return
        with self._transaction(self._engine) as tx:
            self._hold(tx)
            yield

    def _hold(self, tx: sa.Connection) -> None:
        """Keeps the row of this host from being taken away until the transaction ends; signs of life are
        written to it all the same (``FOR KEY SHARE``, as a foreign key does it)."""
        if not self.host:
            return
        found = tx.scalar(_HOLD, {"this": self.host})
        if found is None:
            raise LeaseLost(f"{self.name}: another host took this one for dead, and goes on with its work")
        if found != HEAD:
            raise LeaseLost(f"{self.name}: a newer mailbot brought it to revision {found}: upgrade this host")

    @contextmanager
    def savepoint(self, tx: sa.Connection) -> Iterator[None]:
        """A part of a write transaction that an exception undoes alone. Raises ``StoreTrouble`` as
        transactions do: then nothing of the whole holds."""
        with self._told(), tx.begin_nested():
            yield

    @contextmanager
    def _transaction(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        with self._told(), engine.begin() as tx:
            if self.is_sqlite:  # not in an event: one that is listened to costs every statement a look
                _begin_sqlite(tx)
            yield tx

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.DBAPIError as error:
            # SQLite calls a file that is damaged, or not its own, plainly a DatabaseError.
            if isinstance(error, _OUTSIDE) or type(error) is sa.exc.DatabaseError:
                raise StoreTrouble(f"{self.name}: {said(error)}") from error
            raise

    def dedicated(self) -> sa.Connection:
        """A connection outside transactions, for the signs of life of this host and those of others."""
        return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def wipe(self) -> None:
        """Takes what was erased out of SQLite's write-ahead log too, where old pages stay otherwise;
        one that somebody reads at the moment goes with the next time."""
        if self.is_sqlite:
            with closing(self._engine.raw_connection()) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _number_of(word: str) -> int:
    """The lock that stands for a word; two words of one lock only wait for each other."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "big", signed=True)


def said(error: sa.exc.DBAPIError) -> str:
    """The database's message in one line, without the values it was given; with a mend where SQLite's result
    code tells what is the matter."""
    lines = str(error.orig).strip().splitlines()
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # the primary one of an extended code
    return _SQLITE.get(code) or (lines[0] if lines else type(error.orig).__name__)


def _engine_of(url: sa.URL, sessions: str) -> sa.Engine:
    """An engine that prepares each connection as its database wants it; PostgreSQL lists them under the
    name that is given."""
    if url.get_backend_name() == "sqlite":
        engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    patience = {key: value for key, value in _PATIENCE.items() if key not in url.query}
    named = {**patience, "application_name": sessions}
    engine = sa.create_engine(url, pool_pre_ping=True, connect_args=named)
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # SQLAlchemy's BEGIN is the one that counts
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a mail that was sent is never forgotten
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is erased is gone from the file


def _prepare_postgresql(connection: psycopg.Connection, _entry: ConnectionPoolEntry) -> None:
    settings = [f"SET {name} = '{value}'" for name, value in _SESSION.items()]
    connection.execute("; ".join([*settings, _SYNCED]))
    connection.commit()


def _begin_sqlite(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    writing, synced = options.get("mailbot_writing"), not options.get("mailbot_unsynced")
    if writing and connection.info.get("synced", True) is not synced:
        connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if synced else 'NORMAL'}")
        connection.info["synced"] = synced
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
