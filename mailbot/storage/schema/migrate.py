"""Brings a ledger to the tables of this version, inside the caller's transaction."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from mailbot.storage.schema.tables import metadata

#: The last revision in ``versions/``: a ledger that says so needs no Alembic, whose import alone
#: costs a start a fifth of a second.
HEAD = "0010"
#: Where Alembic keeps the revision, as it makes that itself.
_REVISION = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
#: What is said of a ledger at another revision where it is not to be changed.
OUT_OF_DATE = (
    "the ledger is at revision {}, this mailbot works with {}: `mailbot status` brings it up to date"
)


def revision(connection: sa.Connection) -> str:
    """The revision a ledger is at; empty for a new one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    return noted_revision(connection)


def noted_revision(connection: sa.Connection) -> str:
    """The revision of a ledger that was opened before, and so has one: one short statement."""
    return str(connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() or "")


def migrate(connection: sa.Connection) -> None:
    """Makes or upgrades the tables; a ledger at ``HEAD`` is left alone. A new one is made as it is to be, not
    by the history of its tables: a test holds that both lead to the same.

    Raises ``NewerLedger`` for a ledger that a later mailbot has written.
    """
    current = revision(connection)
    if current == HEAD:
        return
    if not current:
        metadata.create_all(connection)
        _REVISION.create(connection)
        connection.execute(_REVISION.insert().values(version_num=HEAD))
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current and current not in known:
        raise NewerLedger(f"the ledger is at revision {current}, this mailbot knows {HEAD}")
    command.upgrade(config, "head")


class NewerLedger(Exception):  # noqa: N818  trouble is what it is called here
    """The ledger was written by a later mailbot than this one."""
