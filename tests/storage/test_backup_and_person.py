"""Copies of the ledger, and one person's data."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailbot.config.settings import Settings
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import MAILBOT, Decision, LogLine, Outcome
from mailbot.domain.doubt import Reason
from mailbot.domain.message import Address
from mailbot.domain.registration import Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Code, Problem
from mailbot.storage import Store, messages, outbox, queries
from mailbot.storage.backup import NotEmpty, copy
from mailbot.storage.decisions import open_case, record
from mailbot.storage.personal_data import erase, export
from mailbot.storage.schema.tables import metadata, raw
from mailbot.wording import as_told
from tests.storage.samples import EVENT, NOW, arrive, mail, message, registered, registration, settings_in

PIET = registration(
    2, answers={"last_name": "Claeys", "first_name": "Piet", "email": "piet@brugge.example"}, message=1
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


@pytest.fixture
def filled(store: Store, settings: Settings) -> Store:
    """Els registered herself and Piet, and both were answered."""
    decision = replace(
        registered(registration(message=1), PIET),
        log=(LogLine("els@damme.example", "Ingeschreven: Els Maes", registration="INS-0001"),),
    )
    to_piet = mail("1:piet", to=Address("piet@brugge.example"), nrs=("INS-0002",), text="Dag Piet", html="")
    with store.write_transaction() as tx:
        arrival = arrive(tx, message())
        record(tx, decision, [mail(), to_piet], settings, NOW, arrival=arrival)
    return store


def _all(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.read_transaction() as tx:
        return {
            table.name: sorted(
                (tuple(row) for row in tx.execute(sa.select(*sorted(table.c, key=lambda c: c.name)))),
                key=repr,
            )
            for table in metadata.sorted_tables
        }


def test_a_backup_holds_all_and_is_restored_into_either_database(
    filled: Store, url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with Store(f"sqlite:///{tmp_path}/backup.db") as backup:
        copy(filled, backup)
        assert _all(backup) == _all(filled)
        again = (
            f"sqlite:///{tmp_path}/again.db"
            if filled.is_sqlite
            else request.getfixturevalue("postgresql").database()
        )
        with Store(again) as restored:
            copy(backup, restored)
            assert _all(restored) == _all(filled)
            with restored.write_transaction() as tx:
                assert arrive(tx, message("<nieuw@x.example>"), uid=9).id == 2


def test_a_ledger_that_holds_something_is_not_restored_into(filled: Store, tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path}/backup.db") as backup:
        copy(filled, backup)
        with pytest.raises(NotEmpty):
            copy(backup, filled)


def test_an_export_holds_everything_of_one_person_and_nothing_of_others(
    filled: Store, settings: Settings
) -> None:
    with filled.read_transaction() as tx:
        held = list(export(tx, "Piet@Brugge.example", settings))
    assert [one["kind"] for one in held] == ["registration", "message", "mail"]
    assert held[0]["answers"]["last_name"] == "Claeys"
    assert "els@damme.example" not in json.dumps(held[1:])


def test_what_was_erased_is_nowhere_and_leaves_a_trace(filled: Store, url: str, settings: Settings) -> None:
    doubt = Problem(0, "replaces", Code.UNSURE, Reason.RESEMBLES, "van Els Maes", "Els Maes")
    told = say(Says.RESEMBLES, who=("Piet", "Els Maes"), others=(say(Says.NAMELESS),))
    of_piet = Case(
        CaseKind.DOUBT, "Piet", "", (Choice.DONE,), NOW, EVENT, registration="INS-0002", doubts=(doubt,),
        says=(told, say(Says.OF_ADDRESS, address="els@damme.example")),
    )  # fmt: skip
    of_time = LogLine(MAILBOT, "vraag", event=EVENT, says=(told,))
    with filled.write_transaction() as tx:
        open_case(tx, of_piet)
        record(tx, Decision(Outcome.UNCHANGED, EVENT, log=(of_time,)), (), settings, NOW)
        gone = erase(tx, "els@damme.example", NOW)
    assert [row.nr for row in gone.rows] == ["INS-0001"]
    everything = repr(_all(filled))
    for trace in ("els@damme.example", "Els", "Maes"):
        assert trace not in everything
    with filled.read_transaction() as tx:
        assert [row.nr for row in queries.registrations(tx, EVENT)] == ["INS-0002"]
        assert [as_told(one.line.what) for one in queries.event_state(tx, EVENT, NOW).log] == [
            "gegevens gewist",
            "vraag",
        ]
        assert messages.raw_of(tx, 1) is None
    if filled.is_sqlite:
        with filled.write_transaction() as tx:
            pass
        assert b"els@damme" not in Path(url.removeprefix("sqlite:///")).read_bytes()


def test_who_came_in_somebodys_place_and_is_erased_is_named_in_their_row_no_more(
    store: Store, settings: Settings
) -> None:
    left = replace(PIET, status=Status.CANCELLED, replaced_by="INS-0001")
    reasons = (say(Says.COMES_INSTEAD, name="Els Maes"), "Els Maes komt in de plaats")  # now, and before
    rows = [replace(left, nr=f"INS-000{n}", reason=reason) for n, reason in enumerate(reasons, start=2)]
    with store.write_transaction() as tx:
        arrival = arrive(tx, message())
        decision = registered(registration(message=1), *rows)
        record(tx, decision, (), settings, NOW, arrival=arrival)
        erase(tx, "els@damme.example", NOW)
        kept = queries.registrations(tx, EVENT)
    assert [row.nr for row in kept] == ["INS-0002", "INS-0003"]
    assert "Maes" not in repr([row.reason for row in kept])


def test_a_copy_of_an_erased_message_is_known_again(filled: Store) -> None:
    with filled.write_transaction() as tx:
        erase(tx, "els@damme.example", NOW)
        again = arrive(tx, message(), uid=77, uidvalidity=8)
        assert messages.original(tx, again.id, message()) == 1


def test_a_mail_that_waits_for_somebody_erased_is_not_sent(filled: Store) -> None:
    with filled.write_transaction() as tx:
        erase(tx, "els@damme.example", NOW)
        assert [one.mail.to.email for one in outbox.claim(tx, NOW, 10)] == ["piet@brugge.example"]


def test_no_byte_of_a_mail_of_somebody_erased_is_held(filled: Store) -> None:
    with filled.write_transaction() as tx:
        held = set(tx.scalars(sa.select(raw.c.message)))
        gone = erase(tx, "els@damme.example", NOW)
        left = set(tx.scalars(sa.select(raw.c.message)))
    theirs = {*gone.messages, *gone.messages_of_others}
    assert theirs & held
    assert left == held - theirs
