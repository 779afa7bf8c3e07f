"""What the ledger knows of the workbooks: which are behind, and the cells of each write.

Before a new file replaces the old one, ``keep_base`` holds its cells under the number that the
file carries; what the secretary did is the difference from the write whose number her file has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailbot.storage.schema.tables import workbook, workbook_base

#: How many writes a workbook's cells are kept of: an older file put back is still understood.
BASES = 12
#: More writes than there can have been between a backup and its restore.
SKIPPED = 1_000_000

_BEHIND = (
    sa.update(workbook)
    .where(workbook.c.event == sa.bindparam("this"))
    .values(
        wanted=workbook.c.wanted + 1,
        behind_since=sa.func.coalesce(
            workbook.c.behind_since, sa.bindparam("now", type_=workbook.c.behind_since.type)
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Behind:
    """A workbook that must be written: ``wanted`` is the state that a write now would show."""

    event: str
    wanted: int
    since: datetime
    waits: str


def behind(tx: sa.Connection) -> list[Behind]:
    """The workbooks that are behind the ledger, longest first; event "" is that of no event."""
    columns = (workbook.c.event, workbook.c.wanted, workbook.c.behind_since, workbook.c.waits)
    rows = tx.execute(
        sa.select(*columns)
        .where(workbook.c.wanted > workbook.c.written)
        .order_by(workbook.c.behind_since, workbook.c.event)
    )
    return [Behind(*row) for row in rows]


def mark_behind(tx: sa.Connection, events: Iterable[str], now: datetime) -> None:
    """Notes that the workbooks of these events ("" for the one of no event) must be written."""
    for event in sorted(events):
        if tx.execute(_BEHIND, {"this": event, "now": now}).rowcount == 0:
            tx.execute(sa.insert(workbook).values(event=event, wanted=1, behind_since=now))


def all_wanted(tx: sa.Connection) -> dict[str, int]:
    """The state of the ledger by event, of each whose workbook was ever to be written: it counts what
    changes at the event."""
    return dict(tx.execute(sa.select(workbook.c.event, workbook.c.wanted)).all())


def wanted(tx: sa.Connection, event: str) -> int:
    """The state of the ledger that a write now would show."""
    return tx.scalar(sa.select(workbook.c.wanted).where(workbook.c.event == event)) or 0


def last_written(tx: sa.Connection, event: str) -> datetime | None:
    """When this workbook was last written."""
    return tx.scalar(sa.select(workbook.c.written_at).where(workbook.c.event == event))


def keep_base(tx: sa.Connection, event: str, cells: str, follows: int) -> int:
    """Keeps the cells of a write that is about to happen; gives its number, from 1. Those of the write
    that it ``follows``, whose file still lies there, stay: this one may fail, again and again."""
    last = tx.scalar(sa.select(workbook.c.last_number).where(workbook.c.event == event))
    if last is None:
        tx.execute(sa.insert(workbook).values(event=event))
    number = (last or 0) + 1
    tx.execute(sa.update(workbook).where(workbook.c.event == event).values(last_number=number))
    tx.execute(sa.insert(workbook_base).values(event=event, number=number, cells=cells))
    numbers = sa.select(workbook_base.c.number).where(workbook_base.c.event == event)
    kept = list(tx.scalars(numbers.order_by(workbook_base.c.number.desc()).limit(BASES)))
    old = (workbook_base.c.event == event, workbook_base.c.number < min(kept))
    tx.execute(sa.delete(workbook_base).where(*old, workbook_base.c.number != follows))
    return number


def skip_numbers(tx: sa.Connection) -> None:
    """After a restore: no write gets a number that one after the backup had, since its file may still
    exist."""
    tx.execute(sa.update(workbook).values(last_number=workbook.c.last_number + SKIPPED))


def base(tx: sa.Connection, event: str, number: int) -> str | None:
    """The cells of a write by its number; None for an unknown one."""
    return tx.scalar(
        sa.select(workbook_base.c.cells).where(
            workbook_base.c.event == event, workbook_base.c.number == number
        )
    )


def replace_base(tx: sa.Connection, event: str, number: int, cells: str) -> None:
    """Merges the secretary's imported edits into the cells of a write, so that they are no difference any
    more."""
    tx.execute(
        sa.update(workbook_base)
        .where(workbook_base.c.event == event, workbook_base.c.number == number)
        .values(cells=cells)
    )


def written(tx: sa.Connection, event: str, shown: int, now: datetime) -> None:
    """Records that the file shows the ledger as it was at state ``shown``."""
    tx.execute(
        sa.update(workbook)
        .where(workbook.c.event == event)
        .values(
            written=shown,
            written_at=now,
            waits="",
            behind_since=sa.case((workbook.c.wanted > shown, workbook.c.behind_since), else_=None),
        )
    )


def waits(tx: sa.Connection, event: str, why: str) -> None:
    """Records why a write waits ("open in Excel")."""
    tx.execute(sa.update(workbook).where(workbook.c.event == event).values(waits=why))


def forget_bases(tx: sa.Connection, event: str) -> None:
    """Drops the cells of all writes but the last: what was erased is in none of them."""
    last = (
        sa.select(sa.func.max(workbook_base.c.number)).where(workbook_base.c.event == event).scalar_subquery()
    )
    tx.execute(sa.delete(workbook_base).where(workbook_base.c.event == event, workbook_base.c.number < last))


def written_after(tx: sa.Connection, moment: datetime) -> list[str]:
    """The events whose workbooks were written from a moment on."""
    wanted = sa.select(workbook.c.event).where(workbook.c.written_at >= moment).order_by(workbook.c.event)
    return list(tx.scalars(wanted))
