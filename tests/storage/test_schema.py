"""The tables, and the way there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from mailbot.config.settings import ConfigurationError
from mailbot.storage import Store, StoreTrouble, health
from mailbot.storage.mentions import name_key
from mailbot.storage.schema import migrate
from mailbot.storage.schema.migrate import HEAD, revision
from mailbot.storage.schema.tables import metadata


def upgraded(tx: sa.Connection, to: str = "head") -> None:
    """Goes the way of a ledger that was there from the first version on."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent))
    config.attributes["connection"] = tx
    command.upgrade(config, to)


def shape(tx: sa.Connection) -> dict[str, list[str]]:
    """All that a database says of each table, in no order."""
    ask = sa.inspect(tx)
    asked = (ask.get_columns, ask.get_indexes, ask.get_unique_constraints, ask.get_foreign_keys)
    return {
        table: sorted([*(str(one) for of in asked for one in of(table)), str(ask.get_pk_constraint(table))])
        for table in ask.get_table_names()
    }


def test_the_migrations_lead_to_the_tables_that_a_new_ledger_has(url: str) -> None:
    engine = sa.create_engine(url.replace("/state/", "/"))
    with engine.begin() as tx:
        upgraded(tx)
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []
        by_history = shape(tx)
        metadata.drop_all(tx)
        tx.execute(sa.text("DROP TABLE alembic_version"))
        migrate.migrate(tx)
        assert shape(tx) == by_history
    engine.dispose()


def test_a_new_ledger_is_at_the_revision_that_start_up_looks_for(store: Store) -> None:
    with store.read_transaction() as tx:
        assert revision(tx) == HEAD
        assert health.fact(tx, "news") == "", "there is nothing new about what was never otherwise"


def test_a_ledger_of_a_later_mailbot_is_refused_in_one_line(url: str) -> None:
    with Store(url) as store, store.write_transaction() as tx:
        tx.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigurationError, match=r"9999.*install the newer mailbot again"):
        Store(url)


def test_a_file_that_is_no_ledger_is_trouble_outside(tmp_path: Path) -> None:
    (tmp_path / "mailbot.db").write_text("geen databank, al heet het zo" * 100)
    with pytest.raises(StoreTrouble, match="file is not a database"):
        Store(f"sqlite:///{tmp_path}/mailbot.db")


def test_a_ledger_damaged_on_disk_is_trouble_outside(tmp_path: Path) -> None:
    file = tmp_path / "mailbot.db"
    with Store(f"sqlite:///{file}"):
        pass
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(StoreTrouble, match="malformed"):
        Store(f"sqlite:///{file}")


def test_without_its_driver_postgresql_is_a_wrong_configuration_with_its_mend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as where the extra was not installed
    with pytest.raises(ConfigurationError, match=r"with the extra \[postgresql\]"):
        Store("postgresql+psycopg://mailbot@localhost/mailbot")


def test_a_url_that_is_none_is_told_without_its_password() -> None:
    with pytest.raises(ConfigurationError, match=r"store\.url") as error:
        Store("postgresql+psycopg://mailbot:geheim@localhost:poort/mailbot")
    assert "geheim" not in str(error.value)


@contextmanager
def first_ledger(folder: Path) -> Iterator[sa.Connection]:
    """An empty ledger as the first version made it."""
    with sa.create_engine(f"sqlite:///{folder}/old.db").begin() as tx:
        upgraded(tx, "0001")
        yield tx


def test_an_old_ledger_knows_the_domain_of_each_address(tmp_path: Path) -> None:
    with first_ledger(tmp_path) as tx:
        for number, email in enumerate(("jan@damme.example", "")):
            row = f"({number}, 'kis', 'Ingeschreven', '2026-11-01', 0, '', '', '{email}', '', '{{}}')"
            columns = "number, event, status, arrived, without_place, name, organisation, email, sender_email"
            tx.execute(sa.text(f"INSERT INTO registration ({columns}, data) VALUES {row}"))
        migrate.migrate(tx)
        assert tx.scalars(sa.text("SELECT domain FROM registration ORDER BY number")).all() == [
            "damme.example",
            "",
        ]


def test_an_old_ledger_keeps_who_wrote_and_counts_tags_of_one_mailbox_together(tmp_path: Path) -> None:
    with first_ledger(tmp_path) as tx:
        tx.execute(
            sa.text(
                "INSERT INTO message (mailbox, received, size, whole, state, sender_email, stored_at)"
                " VALUES ('main', '2026-11-01 09:00:00', 1, 1, 'decided', 'jan@damme.example', '2026-11-01')"
            )
        )
        tx.execute(
            sa.text(
                "INSERT INTO mail (key, kind, event, recipient, drawn_by, message_id, is_answer, asks, state,"
                " not_before, next_try, made_at, data) VALUES ('k', 'x', 'kis', 'jan+kis@damme.example',"
                " 'els@damme.example', '<a@b>', 1, '', '', '2026-11-01', '2026-11-01', '2026-11-01', '{}')"
            )
        )
        migrate.migrate(tx)
        assert tx.execute(sa.text("SELECT proven FROM message")).scalar_one() == 1
        assert tx.execute(sa.text("SELECT value FROM meta WHERE key = 'news'")).scalar_one() == "mailings"
        row = tx.execute(sa.text("SELECT recipient_mailbox, drawn_by_mailbox, proven FROM mail")).one()
    assert tuple(row) == ("jan@damme.example", "els@damme.example", 0)


def test_an_old_ledger_finds_who_has_a_dotless_i_again(tmp_path: Path) -> None:
    with first_ledger(tmp_path) as tx:
        keys = (
            (" y\u0131lmaz \u0131s\u0131k ", "\u0131s\u0131k vzw"),
            (" an claes ", "I\u015f\u0131k"),
            ("", "y\u0131ld\u0131z"),
        )
        for number, (name, organisation) in enumerate(keys):
            keys_of_row = f"'{name}', '{organisation}', '', ''"
            row = f"({number}, 'kis', 'Ingeschreven', '2026-11-01', 0, {keys_of_row}, '{{}}')"
            columns = "number, event, status, arrived, without_place, name, organisation, email, sender_email"
            tx.execute(sa.text(f"INSERT INTO registration ({columns}, data) VALUES {row}"))
        migrate.migrate(tx)
        found = tx.execute(sa.text("SELECT name, organisation FROM registration ORDER BY number")).all()
    assert [tuple(one) for one in found] == [
        (name_key("Y\u0131lmaz I\u015f\u0131k"), "isik vzw"),
        (name_key("An Claes"), "I\u015f\u0131k"),
        ("", "yildiz"),
    ]
