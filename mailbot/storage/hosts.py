"""The hosts that run on one PostgreSQL: who lives, and which of them does what alone.

A service writes a sign of life into its row every few seconds, by the clock of the database: those of hosts
differ. Whoever is silent too long is buried: its sessions are ended first, so that nothing that it began is
still to be committed, then its row goes, and with it what it alone did. Every write of a service holds its
row (``Store.write_transaction``): who was buried and wakes changes nothing. They hold it as PostgreSQL's
foreign keys do (``FOR KEY SHARE``), which lets signs of life pass and burial wait.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from mailbot.storage.schema.tables import host, lease

#: Seconds between two signs of life.
BEAT = 3
#: Seconds after which a host that is silent is buried, frozen or cut off as it may be, although its sessions
#: stand; and after which one without any session is, as after a kill. The latter outlasts a database that is
#: restarted, after which each host comes back with its next sign of life.
SILENT, GONE = 15, 6

#: The database's clock, and not when its transaction began.
_NOW = sa.func.clock_timestamp()
_session = sa.table("pg_stat_activity", sa.column("pid"), sa.column("application_name"))
#: Who ran before there were rows of hosts held an advisory lock of its session.
_EARLIER = sa.text(
    "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
    " WHERE datname = current_database() AND locktype = 'advisory' AND granted"
    " AND classid = 0 AND objid = :running AND objsubid = 1"
).bindparams(running=0x72756E)
_HAS_HOSTS = sa.text("SELECT to_regclass('host') IS NOT NULL")
_OF_IT = _session.c.application_name == host.c.sessions


@dataclass(frozen=True, slots=True)
class Host:
    """A service that runs: where, as which process and release, since when, and how many seconds it has been
    silent. ``holds`` are the jobs that it alone does, by since when."""

    id: str
    name: str
    process: int
    release: str
    started: datetime
    silent: float
    holds: tuple[tuple[str, datetime], ...] = ()

    @property
    def label(self) -> str:
        """What tells it from others where people read it."""
        return f"{self.name}/{self.process}"


def join(connection: sa.Connection, sessions: str, release: str) -> str:
    """Enters this process among the hosts, under a new id: what it did before under another is over."""
    connection.execute(sa.delete(host).where(host.c.sessions == sessions))
    new = secrets.token_hex(8)
    names = {"id": new, "name": socket.gethostname(), "process": os.getpid(), "release": release}
    connection.execute(sa.insert(host).values(**names, sessions=sessions, started=_NOW, beat=_NOW))
    return new


def beat(connection: sa.Connection, this: str) -> bool:
    """A sign of life; False where it comes too late."""
    return connection.execute(sa.update(host).where(host.c.id == this).values(beat=_NOW)).rowcount > 0


def leave(connection: sa.Connection, this: str) -> None:
    """Takes a host away that ends by itself, and what it did alone."""
    connection.execute(sa.delete(host).where(host.c.id == this))


def bury(connection: sa.Connection, this: str) -> list[str]:
    """Buries the hosts that are dead, by their names, but for the one that asks: ``this`` may have slept, and
    its next sign of life says whether others took it for dead meanwhile. To be called outside transactions.

    One that wakes between the end of its sessions and that of its row lives on.
    """
    without_session = _silent(GONE) & ~sa.exists().where(_OF_IT)
    dead = connection.execute(
        sa.select(host.c.id, host.c.name, host.c.sessions).where(
            host.c.id != this, _silent(SILENT) | without_session
        )
    ).all()
    buried = []
    for one in dead:
        ended = sa.select(sa.func.pg_terminate_backend(_session.c.pid))
        connection.execute(ended.where(_session.c.application_name == one.sessions))
        gone = connection.execute(sa.delete(host).where(host.c.id == one.id, _silent(GONE)))
        buried += [one.name] * gone.rowcount
    return buried


def take(connection: sa.Connection, job: str, this: str) -> bool:
    """Takes a job for one host alone, where nobody has it; whether it is this one's then."""
    # Here, since SQLite has no hosts, and it takes a fifteenth of a start.
    from sqlalchemy.dialects import postgresql

    here = sa.select(sa.literal(job), host.c.id, _NOW).where(host.c.id == this)
    connection.execute(
        postgresql.insert(lease).from_select(["job", "host", "since"], here).on_conflict_do_nothing()
    )
    return connection.scalar(sa.select(lease.c.host).where(lease.c.job == job)) == this


def share_out(connection: sa.Connection, lead: str, mailboxes: Collection[str], this: str) -> set[str]:
    """The jobs that this host has after it gave up mailboxes of which it has more than its part, and took
    what nobody has: the ``lead``, and mailboxes up to its part. To be called between cycles, as what is given
    up is in nobody's hand then.

    Hosts of another release that hold anything are waited for: only one release decides at a time.
    """
    by_age = sa.select(host.c.id, host.c.release).order_by(host.c.started, host.c.id)
    releases = dict(connection.execute(by_age).all())
    held = dict(connection.execute(sa.select(lease.c.job, lease.c.host)).all())
    own = {job for job, of in held.items() if of == this}
    if this not in releases or any(releases.get(of) != releases[this] for of in held.values()):
        return own
    alike = [one for one, release in releases.items() if release == releases[this]]
    each, over = divmod(len(mailboxes), len(alike))
    part = each + (alike.index(this) < over)  # who came first has one more: nothing moves without need
    kept = [name for name in mailboxes if name in own][:part]
    given_up = own - {lead, *kept}
    if given_up:
        connection.execute(sa.delete(lease).where(lease.c.job.in_(given_up), lease.c.host == this))
    free = [name for name in mailboxes if name not in held][: part - len(kept)]
    wanted = [job for job in (lead, *free) if job not in held]
    return (own - given_up) | {job for job in wanted if take(connection, job, this)}


def living(connection: sa.Connection, but: str) -> int:
    """How many hosts there are besides this one."""
    return connection.scalar(sa.select(sa.func.count()).where(host.c.id != but)) or 0


def listed(tx: sa.Connection) -> list[Host]:
    """The hosts there are, in the order in which they came; none on SQLite, which has one."""
    if tx.dialect.name == "sqlite":
        return []
    held: dict[str, list[tuple[str, datetime]]] = {}
    for job, of, since in tx.execute(
        sa.select(lease.c.job, lease.c.host, lease.c.since).order_by(lease.c.job)
    ):
        held.setdefault(of, []).append((job, since))
    columns = (host.c.id, host.c.name, host.c.process, host.c.release, host.c.started)
    now = sa.type_coerce(_NOW, host.c.beat.type)
    rows = tx.execute(sa.select(*columns, host.c.beat, now).order_by(host.c.started))
    return [
        Host(*row[:5], silent=(row[6] - row[5]).total_seconds(), holds=tuple(held.get(row.id, ())))
        for row in rows
    ]


def any_at_work(tx: sa.Connection) -> bool:
    """Whether a host gives signs of life, on a ledger of any revision."""
    if not tx.scalar(_HAS_HOSTS):
        return False
    return bool(tx.scalar(sa.select(sa.exists().where(~_silent(SILENT)))))


def clock(tx: sa.Connection) -> datetime:
    """What the clock of the database says, aware."""
    told: datetime = tx.execute(sa.select(sa.type_coerce(_NOW, host.c.beat.type))).scalar_one()
    return told


def share_a_session(one: sa.Connection, other: sa.Connection) -> bool:
    """Whether two connections outside transactions are one session of the database, as behind a pooler in
    transaction mode: sessions are named and ended here, and that would end another's. Where much else goes on
    it may be missed."""
    this = sa.select(sa.func.pg_backend_pid())
    return any(one.scalar(this) == other.scalar(this) for _ in range(3))


def is_earlier_at_work(tx: sa.Connection) -> bool:
    """Whether a mailbot of before hosts had rows runs on this database: it holds no row, and frees the claims
    of all others, so that their mail goes out twice."""
    return bool(tx.scalar(_EARLIER))


def _silent(seconds: int) -> sa.ColumnElement[bool]:
    return host.c.beat < _NOW - sa.literal(timedelta(seconds=seconds), sa.Interval())
