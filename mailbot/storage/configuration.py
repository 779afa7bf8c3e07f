"""The files that all hosts of one PostgreSQL work by, and what else of their configurations must agree.

The ledger holds each file as it counts now, and a number that grows with every change: that is the version.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import sqlalchemy as sa

from mailbot.storage import health
from mailbot.storage.schema.tables import configuration

#: The facts that hold the version, and the digests of the keys that hosts must agree in, as JSON.
VERSION, RULES = "configuration", "rules"


def version(tx: sa.Connection) -> int:
    """How often the files changed; 0 where no host brought any yet."""
    return int(health.fact(tx, VERSION) or 0)


def digests(tx: sa.Connection) -> dict[str, str]:
    """The files by name, as digests."""
    return dict(tx.execute(sa.select(configuration.c.name, configuration.c.digest)).all())


def contents(tx: sa.Connection, names: set[str]) -> dict[str, bytes]:
    """What these files hold; those that there are not are left out."""
    wanted = sa.select(configuration.c.name, configuration.c.data).where(configuration.c.name.in_(names))
    return {name: bytes(data) for name, data in tx.execute(wanted)}


def put(tx: sa.Connection, changes: Mapping[str, tuple[str, bytes] | None]) -> int:
    """Keeps what changed: by name the digest and the bytes, None for a file that is gone. Gives the new
    version."""
    tx.execute(sa.delete(configuration).where(configuration.c.name.in_(changes)))
    rows = [
        {"name": name, "digest": file[0], "data": file[1]}
        for name, file in changes.items()
        if file is not None
    ]
    if rows:
        tx.execute(sa.insert(configuration), rows)
    new = version(tx) + 1
    health.note(tx, VERSION, str(new))
    return new


def rules(tx: sa.Connection) -> dict[str, str]:
    """The keys that the host which works has, as digests of their values."""
    found: dict[str, str] = json.loads(health.fact(tx, RULES) or "{}")
    return found


def note_rules(tx: sa.Connection, digests: Mapping[str, str]) -> None:
    """Keeps the keys of the host that works."""
    health.note(tx, RULES, json.dumps(digests))
