"""A round: what it does, what it leaves alone, and what no trouble can spoil."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mailbot.config import loader
from mailbot.decision import decide
from mailbot.domain.decision import Decision
from mailbot.domain.message import Arrival
from mailbot.service.daemon import Service
from mailbot.service.worker import Worker
from mailbot.storage import Store, health, outbox, queries
from mailbot.storage.lease import Lease
from mailbot.transport.connection import MailServerTrouble
from mailbot.transport.imap import Cursor, Mailbox
from mailbot.wording import matter
from tests.patience import PATIENCE
from tests.service.conftest import NOW, Office

EVENT = "kis-2026-3"


def outcomes(worker: Worker) -> dict[str, str]:
    with worker.store.read_transaction() as tx:
        return {one.message_id: one.outcome for one in queries.messages(tx)}


def rows(worker: Worker) -> list[str]:
    with worker.store.read_transaction() as tx:
        return [row.text("last_name") for row in queries.registrations(tx, EVENT)]


def test_a_second_round_sends_nothing_and_writes_nothing(office: Office) -> None:
    for name in ("Maes", "Claeys", "Peeters"):
        office.deliver(name)
    office.deliver("Vrager", text="Dag, is de zaal volgende week vrij?\n\nGroeten", subject="Zaal")
    with office.worker() as worker:
        assert worker.cycle(immediate=True).errors == {}
        assert rows(worker) == ["Maes", "Claeys", "Peeters"]
        assert outcomes(worker)["<vrager@damme.example>"] == "no-form"
    sent, workbook = len(office.smtp.raw()), office.folder / "workbooks" / f"{EVENT}.xlsx"
    written = workbook.stat().st_mtime_ns
    assert sent >= 3
    with office.worker() as worker:
        assert worker.cycle(immediate=True).errors == {}
    assert (len(office.smtp.raw()), workbook.stat().st_mtime_ns) == (sent, written)


def test_a_mailbox_that_woke_is_polled_and_no_other_but_one_that_failed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> object:
        raise MailServerTrouble("away")

    second = office.second_mailbox()
    office.deliver("Maes")
    second.deliver("Claeys")
    moments = [NOW]
    with office.worker(lambda: moments[0]) as worker:
        assert worker.cycle(immediate=False, woken=["second"]).handled == 1
        assert rows(worker) == ["Claeys"]
        with monkeypatch.context() as patched:
            patched.setattr(Mailbox, "new", away)
            assert "mailbox main" in worker.cycle(immediate=False).errors
        moments[0] += timedelta(minutes=10)
        assert worker.cycle(immediate=False, woken=[]).handled == 1
        assert rows(worker) == ["Claeys", "Maes"]


def test_mailboxes_are_asked_at_once_what_is_new(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    second = office.second_mailbox()
    office.deliver("Maes")
    second.deliver("Claeys")
    both, new = threading.Barrier(2), Mailbox.new

    def together(mailbox: Mailbox, cursor: Cursor | None) -> object:
        both.wait(PATIENCE)
        return new(mailbox, cursor)

    monkeypatch.setattr(Mailbox, "new", together)
    with office.worker() as worker:
        made = worker.cycle(immediate=True)
        assert (made.errors, made.handled) == ({}, 2)


def test_between_two_polls_of_all_those_are_polled_that_woke_the_service(office: Office) -> None:
    settings = loader.load(office.config)
    with Store(settings.store_url) as store:
        lease = Lease(store, settings.state_dir)
        service = Service(settings, store, lease, threading.Event())
        try:
            assert service._to_poll() is None
            assert service._to_poll() == frozenset()
            service._woken.add("main")
            assert service._to_poll() == {"main"}
            assert service._to_poll() == frozenset()
            service._polled -= settings.worker.poll_seconds
            assert service._to_poll() is None
        finally:
            service._worker.close()


def test_the_last_second_of_the_deadline_is_in_time_and_the_next_is_late(office: Office) -> None:
    file = office.config.parent / "events" / f"{EVENT}.toml"
    file.write_text(file.read_text().replace("2035-", "2025-"))
    last = datetime(2025, 11, 23, 22, 59, 59, tzinfo=UTC)  # 23:59:59 in Brussels
    office.deliver("Optijd", at=last)
    office.deliver("Laat", at=last + timedelta(seconds=1))
    with office.worker(lambda: last + timedelta(minutes=5)) as worker:
        worker.cycle(immediate=True)
        assert outcomes(worker) == {"<optijd@damme.example>": "registered", "<laat@damme.example>": "review"}


def test_a_mail_that_makes_the_code_raise_is_shelved_and_holds_nobody_up(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.deliver("Gif")
    office.deliver("Maes", at=NOW + timedelta(seconds=1))

    def raises_for_one(arrival: Arrival, *rest: Any) -> Decision:
        if "gif" in arrival.message.sender.email:
            raise ZeroDivisionError("een fout in de code")
        return decide(arrival, *rest)

    with monkeypatch.context() as patched, office.worker() as worker:
        patched.setattr("mailbot.service.decider.decide", raises_for_one)
        worker.cycle(immediate=True)
        assert rows(worker) == ["Maes"]
        with worker.store.read_transaction() as tx:
            assert [case.kind for case in queries.open_cases(tx, "")] == ["kon niet verwerkt worden"]
            assert "ZeroDivisionError" in str(health.status(tx)["shelved"])
            assert queries.messages(tx)[0].sender == "gif@damme.example"
    assert (office.folder / "workbooks" / "Te behandelen.xlsx").exists()


def test_mail_waits_while_the_mail_server_is_away(make_office: Callable[..., Office]) -> None:
    office = make_office(imap_port=1)
    with office.worker() as worker:
        made = worker.cycle(immediate=True)
        assert list(made.errors) == ["mailbox main"]
        assert worker.cycle(immediate=False).left_alone == {"mailbox main"}
        with worker.store.read_transaction() as tx:
            assert "mailbox main" in health.status(tx)["troubles"]  # type: ignore[operator]  # a dict


def test_answers_wait_while_smtp_is_away_and_count_no_try(make_office: Callable[..., Office]) -> None:
    office = make_office(smtp_port=1)
    office.deliver("Maes")
    with office.worker() as worker:
        assert "smtp" in worker.cycle(immediate=True).errors
        assert rows(worker) == ["Maes"]
        with worker.store.read_transaction() as tx:
            status = health.status(tx)
        assert (status["mails_sent"], status["mails_failed"], status["mails_held_up"]) == (0, 0, [])
        assert status["mails_waiting"]


def test_a_refused_answer_is_shown_at_the_row_and_becomes_a_case(office: Office) -> None:
    office.smtp.refuse.add("maes@damme.example")
    office.deliver("Maes")
    with office.worker() as worker:
        assert worker.cycle(immediate=True).put_off == 0
        with worker.store.read_transaction() as tx:
            assert queries.registrations(tx, EVENT)[0].bounced
            assert "mail niet bezorgd" in [case.kind for case in queries.open_cases(tx, EVENT)]


def test_handled_mail_is_filed_and_ordinary_mail_stays_unread(make_office: Callable[..., Office]) -> None:
    office = make_office(mailbox='filed_folder = "Verwerkt"\nsent_folder = "Verzonden"')
    office.deliver("Maes")
    office.deliver("Vrager", text="Dag, kan ik u morgen bellen?\n")
    with office.worker() as worker:
        assert worker.cycle(immediate=True).errors == {}
    client = office.dovecot.client(office.user)
    found = {}
    for folder in ("INBOX", "Verwerkt", "Verzonden"):
        client.select_folder(folder, readonly=True)
        found[folder] = (len(client.search("ALL")), len(client.search("UNSEEN")))
    client.logout()
    assert found["INBOX"] == (1, 1)
    assert found["Verwerkt"][0] == 1
    assert found["Verzonden"][0] == len(office.smtp.raw())


def test_a_mail_over_the_limit_is_not_fetched_whole_and_not_lost(make_office: Callable[..., Office]) -> None:
    office = make_office(rest="[limits]\nmessage_mb = 1")
    office.deliver("Groot", size=2_000_000)
    office.deliver("Maes", at=NOW + timedelta(seconds=1))
    with office.worker() as worker:
        assert worker.cycle(immediate=True).errors == {}
        met = outcomes(worker)
        assert met["<maes@damme.example>"] == "registered"
        assert met["<groot@damme.example>"] in ("incomplete", "no-form")


def test_a_migrated_mailbox_repeats_nobody(office: Office) -> None:
    office.deliver("Maes")
    with office.worker() as worker:
        worker.cycle(immediate=True)
        sent = len(office.smtp.raw())
        client = office.dovecot.client(office.user)
        client.create_folder("Oud")
        client.select_folder("INBOX")
        raw = client.fetch(client.search("ALL"), ["BODY.PEEK[]"])
        client.append("Oud", next(iter(raw.values()))[b"BODY[]"], msg_time=NOW)
        client.logout()
    config = office.config.read_text().replace('user = "', 'folder = "Oud"\nuser = "', 1)
    office.config.write_text(config)
    with office.worker() as worker:
        worker.cycle(immediate=True)
        assert rows(worker) == ["Maes"]
        assert len(office.smtp.raw()) == sent


def test_blank_forms_lie_beside_the_workbook_and_follow_the_event(office: Office) -> None:
    folder, event = office.folder / "workbooks", office.config.parent / "events" / f"{EVENT}.toml"

    def forms() -> list[str]:
        return sorted(
            path.name for path in folder.iterdir() if path.stem.startswith("Inschrijvingsformulier")
        )

    with office.worker() as worker:
        assert worker.cycle(immediate=True).errors == {}
        title = "Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken"
        assert forms() == [f"{title} 2035-12-03.{kind}" for kind in ("docx", "pdf", "txt", "xlsx")]
        (folder / forms()[0]).unlink()
        worker.cycle(immediate=True)
        assert len(forms()) == 3  # she took one away
    event.write_text(event.read_text().replace("12-03T", "12-10T"))
    with office.worker() as worker:
        worker.cycle(immediate=True)
        assert forms() == [f"{title} 2035-12-10.{kind}" for kind in ("docx", "pdf", "txt", "xlsx")]


def test_a_folder_that_cannot_be_written_stops_nothing_else(office: Office) -> None:
    office.deliver("Maes")
    (office.folder / "workbooks").write_text("a file where the folder should be")
    with office.worker() as worker:
        made = worker.cycle(immediate=True)
        assert rows(worker) == ["Maes"]
        assert f"workbook {EVENT}" in made.errors
        with worker.store.read_transaction() as tx:
            status = health.status(tx)
    assert str(office.folder / "workbooks") in made.errors[f"workbook {EVENT}"]
    assert (status["mails_sent"], status["mails_waiting"]) == (2, 0)
    (office.folder / "workbooks").unlink()
    with office.worker() as worker:
        assert worker.cycle(immediate=True).errors == {}
    assert (office.folder / "workbooks" / f"{EVENT}.xlsx").exists()


def test_a_copy_made_just_before_a_crash_is_not_made_again(make_office: Callable[..., Office]) -> None:
    office = make_office(mailbox='sent_folder = "Verzonden"')
    office.deliver("Maes")
    with office.worker() as worker:
        assert worker.cycle(immediate=True).errors == {}
    with office.worker() as worker, worker.store.write_transaction() as tx:  # the mark of the first is lost
        tx.exec_driver_sql("UPDATE mail SET copied = 0 WHERE id = 1")
    with office.worker() as worker:
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
            assert outbox.to_copy(tx, 10) == []
    with office.dovecot.client(office.user) as client:
        assert client.folder_status("Verzonden", ["MESSAGES"])[b"MESSAGES"] == len(office.smtp.raw())


def test_the_host_on_top_of_every_mail_is_heard_about_the_deadline(office: Office) -> None:
    file = office.config.parent / "events" / "kis-2026-3.toml"
    file.write_text(file.read_text().replace("deadline = 2035-11-23", f"deadline = {NOW.date()}"))
    midnight = NOW.replace(hour=23)
    stamp = "by mx.damme.example with ESMTP; {:%d %b %Y %H:%M:%S} +0000"
    times = [midnight - timedelta(hours=hours) for hours in range(9, 4, -1)]
    for number, at in enumerate([*times, midnight + timedelta(minutes=30)]):
        stamped = at - timedelta(minutes=50)
        raw = (
            f"Received: from x ({number})\r\n {stamp.format(stamped)}\r\n"
            "Received: from elders by nergens; 1 Jan 2035 10:00:00 +0000\r\n"
            f"From: p{number}@damme.example\r\nSubject: Inschrijving kennisplatform\r\n"
            f"Message-ID: <{number}@damme.example>\r\n\r\n"
            f"Naam: Maes\r\nVoornaam: Jan{chr(97 + number)}\r\nGemeente/OCMW: Damme\r\n"
            f"E-mail: p{number}@damme.example\r\nIk neem deel: ja\r\n"
        )
        office.dovecot.deliver(office.user, raw.encode(), received=at)
    with office.worker(lambda: midnight + timedelta(hours=1)) as worker:
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
            (case,) = queries.open_cases(tx, "kis-2026-3")
    assert "volgens de mailbox kwam de mail op 11/11/2025 om 0.30.00 uur" in matter(case)
    assert "volgens de mailserver mx.damme.example op 10/11/2025 om 23.40.00 uur" in matter(case)
