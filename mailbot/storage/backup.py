"""A consistent copy of the ledger, and the way back: row by row, so that a copy of PostgreSQL is
a SQLite file too, and either is restored into either."""

from __future__ import annotations

import sqlalchemy as sa

from mailbot.storage.database import Store
from mailbot.storage.schema.tables import PASSING, message, metadata

BATCH = 200
#: What a backup holds, each table after those that it refers to.
_LASTING = [table for table in metadata.sorted_tables if table.info != PASSING]


def copy(source: Store, target: Store) -> int:
    """Copies one moment of a ledger into an empty one; gives the number of rows. Raises ``NotEmpty`` where
    the target holds anything, and ``StoreTrouble``."""
    copied = 0
    with source.read_transaction() as reading, target.write_transaction() as writing:
        for table in _LASTING:
            if writing.execute(sa.select(*table.primary_key.columns).limit(1)).first() is not None:
                raise NotEmpty(f"{target.name}: is not empty: restore into a new ledger")
            wanted = sa.select(table)
            if table is message:  # a copy after the one that it is a copy of
                wanted = wanted.order_by(message.c.copy_of.is_not(None), message.c.id)
            for rows in reading.execute(wanted).mappings().partitions(BATCH):
                writing.execute(sa.insert(table), [dict(row) for row in rows])
                copied += len(rows)
        if not target.is_sqlite:
            _count_on(writing)
    return copied


def _count_on(writing: sa.Connection) -> None:
    """PostgreSQL's own numbers go on after those that were copied."""
    for table in _LASTING:
        if "id" in table.c:
            highest = sa.select(sa.func.max(table.c.id)).scalar_subquery()
            sequence = sa.func.pg_get_serial_sequence(table.name, "id")
            last = sa.func.setval(sequence, sa.func.coalesce(highest, 1), highest.is_not(None))
            writing.execute(sa.select(last))


class NotEmpty(Exception):  # noqa: N818  says how the target is
    """The ledger to be filled holds something already."""
