"""The same mail wherever it turns up: nobody twice, and nobody from before the day of going live."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from mailbot.service.daemon import now
from mailbot.service.worker import Worker
from mailbot.storage import health, queries
from mailbot.wording import as_told
from tests.servers.proxy import Proxy
from tests.service.conftest import NOW, Office

EVENT = "kis-2026-3"


def found(worker: Worker) -> tuple[list[str], list[str]]:
    """The outcomes, and the names in the rows."""
    with worker.store.read_transaction() as tx:
        outcomes = [one.outcome for one in queries.messages(tx)]
        return outcomes, [row.text("last_name") for row in queries.registrations(tx, EVENT)]


def test_a_mail_in_two_mailboxes_is_one_registration(make_office: Callable[..., Office]) -> None:
    office = make_office()
    second = office.second_mailbox()
    office.deliver("Maes")
    second.deliver("Maes")
    with office.worker(now) as worker:
        assert worker.cycle(immediate=True).errors == {}
        assert found(worker) == (["registered", "duplicate"], ["Maes"])
    assert len(office.smtp.raw()) == 2


def test_a_folder_rebuilt_under_another_uidvalidity_repeats_nobody(office: Office) -> None:
    for second, name in enumerate(("Maes", "Claeys")):
        office.deliver(name, at=NOW + timedelta(seconds=second))
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        sent = len(office.smtp.raw())
        with office.dovecot.client(office.user) as client:
            client.select_folder("INBOX")
            before = client.folder_status("INBOX", ["UIDVALIDITY"])[b"UIDVALIDITY"]
        for name in ("dovecot-uidlist", "dovecot.index.log", "dovecot.index", "dovecot.index.cache"):
            (office.dovecot.root / "mail" / office.user / name).unlink(missing_ok=True)
        worker.close()
    office.deliver("Peeters", at=NOW + timedelta(seconds=9))
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        assert found(worker)[1] == ["Maes", "Claeys", "Peeters"]
        assert set(found(worker)[0]) == {"registered"}
    with office.dovecot.client(office.user) as client:
        assert client.folder_status("INBOX", ["UIDVALIDITY"])[b"UIDVALIDITY"] != before
    assert len(office.smtp.raw()) == sent + 2


def test_a_renamed_folder_repeats_nobody(make_office: Callable[..., Office]) -> None:
    office = make_office(mailbox='folder = "Inschrijvingen"')
    with office.dovecot.client(office.user) as client:
        client.create_folder("Inschrijvingen")
        text = "Naam: Maes\nVoornaam: Jan\nGemeente/OCMW: Damme\nE-mail: maes@damme.example\n"
        head = "From: maes@damme.example\nSubject: Inschrijving\nMessage-ID: <een@damme.example>\n\n"
        raw = (head + text).replace("\n", "\r\n").encode()
        client.append("Inschrijvingen", raw, (), NOW)
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        assert found(worker) == (["registered"], ["Maes"])
    with office.dovecot.client(office.user) as client:
        client.rename_folder("Inschrijvingen", "Aanmeldingen")
    office.config.write_text(office.config.read_text().replace('"Inschrijvingen"', '"Aanmeldingen"'))
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        assert found(worker)[1] == ["Maes"]
    assert len(office.smtp.raw()) == 2


def test_a_mail_that_somebody_deletes_between_listing_and_fetching_holds_nobody_up(
    make_office: Callable[..., Office], imap_proxy: Proxy
) -> None:
    office = make_office(imap_port=imap_proxy.port)
    for second, name in enumerate(("Maes", "Claeys", "Peeters")):
        office.deliver(name, at=NOW + timedelta(seconds=second))
    imap_proxy.meanwhile[b"BODY.PEEK[]"] = lambda: delete(office, 1)
    clock = [now()]
    with office.worker(lambda: clock[0]) as worker:
        assert worker.cycle(immediate=True).errors == {}
        assert found(worker) == (["registered"] * 2, ["Maes", "Peeters"])
        clock[0] += timedelta(days=1)
        worker.cycle(immediate=True)
        assert differences(worker) == []


def test_an_emptied_mailbox_is_no_difference_and_its_next_mail_is_met(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(mailbox='filed_folder = "Verwerkt"')
    for second, name in enumerate(("Maes", "Claeys")):
        office.deliver(name, at=NOW + timedelta(seconds=second))
    clock = [now()]
    with office.worker(lambda: clock[0]) as worker:
        worker.cycle(immediate=True)
        delete(office, 0, 1, folder="Verwerkt")
        office.deliver("Weg", at=NOW + timedelta(seconds=2))
        delete(office, 0)
        clock[0] += timedelta(days=1)
        assert worker.cycle(immediate=True).errors == {}
        assert differences(worker) == []
        office.deliver("Peeters", at=NOW + timedelta(seconds=3))
        worker.cycle(immediate=True)
        assert found(worker) == (["registered"] * 3, ["Maes", "Claeys", "Peeters"])


def delete(office: Office, *places: int, folder: str = "INBOX") -> None:
    """Deletes messages for good, by their place in a folder (from 0)."""
    with office.dovecot.client(office.user) as client:
        client.select_folder(folder)
        uids = client.search("ALL")
        client.delete_messages([uids[place] for place in places])
        client.expunge()


def differences(worker: Worker) -> list[str]:
    """What the last reckoning told."""
    with worker.store.read_transaction() as tx:
        return [*map(as_told, health.last_reckoning(tx)[1])]


def test_nobody_from_before_the_first_day_is_answered(make_office: Callable[..., Office]) -> None:
    office = make_office(since=date(2025, 11, 10))
    day = datetime(2025, 11, 9, 23, 0, tzinfo=UTC)  # midnight in Brussels
    office.deliver("Oud", at=day - timedelta(seconds=1))
    office.deliver("Nieuw", at=day)
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        assert found(worker) == (["registered"], ["Nieuw"])
    assert not office.smtp.mails_to("oud@damme.example")
