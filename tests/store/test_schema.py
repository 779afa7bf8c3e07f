"""The tables, and the way there."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from mailbot.edge.schema.migrate import HEAD, revision
from mailbot.edge.schema.tables import metadata
from mailbot.edge.store import Store, StoreTrouble


def test_the_migrations_lead_to_the_tables(store: Store) -> None:
    with store.deciding() as tx:
        differences = compare_metadata(MigrationContext.configure(tx), metadata)
    assert differences == []


def test_a_new_ledger_is_at_the_revision_that_start_up_looks_for(store: Store) -> None:
    with store.reading() as tx:
        assert revision(tx) == HEAD


def test_a_ledger_of_a_later_mailbot_is_refused_in_one_line(url: str) -> None:
    with Store(url) as store, store.deciding() as tx:
        tx.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreTrouble, match="9999"):
        Store(url)
