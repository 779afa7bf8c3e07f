"""The daily reckoning: what is missing is told, once, and mail that was passed by is met after all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import openpyxl
import sqlalchemy as sa

from mailbot.service.daemon import now
from mailbot.service.worker import Worker
from mailbot.storage import health, queries
from mailbot.storage.schema import tables
from mailbot.wording import as_told, title
from tests.service.conftest import NOW, Office

EVENT = "kis-2026-3"
SECRETARIAT = '[secretariat]\naddress = "griet@example.org"'


def reckoned(worker: Worker) -> list[str]:
    with worker.store.read_transaction() as tx:
        return [*map(as_told, health.last_reckoning(tx)[1])]


def lose_mails(tx: sa.Connection, *messages: int) -> None:
    ours = sa.select(tables.mail.c.id).where(tables.mail.c.message.in_(messages))
    for table in (tables.mail_registration, tables.attachment):
        tx.execute(sa.delete(table).where(table.c.mail.in_(ours)))
    tx.execute(sa.delete(tables.mail).where(tables.mail.c.message.in_(messages)))


def test_each_difference_is_told_and_what_was_never_met_is_met(make_office: Callable[..., Office]) -> None:
    office = make_office(rest=SECRETARIAT)
    for second, name in enumerate(("Aerts", "Bral", "Claeys", "Dhaene")):
        office.deliver(name, at=NOW + timedelta(seconds=second))
    office.deliver("Vrager", text="Dag, is de zaal volgende week vrij?\n")
    clock = [now()]
    with office.worker(lambda: clock[0]) as worker:
        worker.cycle(immediate=True)
        assert reckoned(worker) == []
        with worker.store.write_transaction() as tx:
            lose_mails(tx, 2, 3)
            for table in (tables.raw, tables.location, tables.registration):
                tx.execute(sa.delete(table).where(table.c.message == 2))
            tx.execute(sa.delete(tables.message).where(tables.message.c.id == 2))
            tx.execute(sa.update(tables.message).where(tables.message.c.id == 3).values(nrs="[]"))
        worker.cycle(immediate=True)
        assert reckoned(worker) == []  # once a day
        clock[0] += timedelta(days=1)
        worker.cycle(immediate=True)
        assert reckoned(worker) == [
            "1 mails in INBOX (main) waren nooit gezien",
            f"{EVENT}.xlsx toont INS-0002, die niet in de databank staat",
            "van bericht 3 kwam geen rij, dossier of mail",
            "op bericht 3 moest geantwoord worden",
        ]
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            names = [row.text("last_name") for row in queries.registrations(tx, EVENT)]
    assert sorted(names) == ["Aerts", "Bral", "Claeys", "Dhaene"]
    (told,) = office.smtp.mails_to("griet@example.org")
    body = told.get_body(("plain",))
    assert body is not None
    assert "nog niet gezien" in body.get_content()
    assert "“Inschrijving”" in body.get_content() or "De mail van" in body.get_content()
    assert "explain" not in body.get_content()


def test_a_workbook_that_shows_other_people_than_the_ledger_is_told_once_and_drawn_anew(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(rest=SECRETARIAT)
    for second, name in enumerate(("Aerts", "Bral", "Claeys")):
        office.deliver(name, at=NOW + timedelta(seconds=second))
    clock = [now()]
    with office.worker(lambda: clock[0]) as worker:
        worker.cycle(immediate=True)
        assert reckoned(worker) == []
        with worker.store.write_transaction() as tx:  # a row that came, and one that went, past the workbook
            (third,) = tx.execute(
                sa.select(tables.registration).where(tables.registration.c.number == 3)
            ).mappings()
            tx.execute(
                sa.insert(tables.registration).values(
                    {**third, "number": 4, "data": third["data"].replace("INS-0003", "INS-0004")}
                )
            )
            tx.execute(sa.delete(tables.registration).where(tables.registration.c.number == 1))
        clock[0] += timedelta(days=1)
        worker.cycle(immediate=True)
        assert reckoned(worker) == [
            f"{EVENT}.xlsx toont INS-0004 niet",
            f"{EVENT}.xlsx toont INS-0001, die niet in de databank staat",
        ]
        worker.cycle(immediate=True)
        sheet = openpyxl.load_workbook(office.folder / "workbooks" / f"{EVENT}.xlsx")["Deelnemers"]
        assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
            "INS-0002",
            "INS-0003",
            "INS-0004",
        ]
        clock[0] += timedelta(days=1)
        worker.cycle(immediate=True)
        assert reckoned(worker) == []
    (told,) = office.smtp.mails_to("griet@example.org")
    assert "toonde niet alle inschrijvingen" in str(told.get_body(("plain",)).get_content())


def test_what_she_deletes_or_types_is_no_difference(make_office: Callable[..., Office]) -> None:
    office = make_office()
    path = office.folder / "workbooks" / f"{EVENT}.xlsx"
    for second, name in enumerate(("Aerts", "Bral", "Claeys")):
        office.deliver(name, at=NOW + timedelta(seconds=second))
    clock = [now()]
    with office.worker(lambda: clock[0]) as worker:
        worker.cycle(immediate=True)
        book = openpyxl.load_workbook(path)
        book["Deelnemers"].delete_rows(3)
        book["Deelnemers"].cell(5, 3).value = "Dhaene"
        book.save(path)
        for _ in range(2):
            clock[0] += timedelta(days=1)
            worker.cycle(immediate=True)
            assert reckoned(worker) == []


def test_a_row_that_she_typed_and_that_waits_for_her_is_no_difference(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(rest=SECRETARIAT)
    office.deliver("Aerts")
    clock = [now()]
    with office.worker(lambda: clock[0]) as worker:
        worker.cycle(immediate=True)
        path = office.folder / "workbooks" / f"{EVENT}.xlsx"
        book = openpyxl.load_workbook(path)
        sheet = book["Deelnemers"]
        for column in range(2, sheet.max_column + 1):
            if sheet.cell(1, column).value in ("Naam", "Voornaam", "Gemeente/OCMW"):
                sheet.cell(3, column).value = sheet.cell(2, column).value
        book.save(path)
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            assert [title(case) for case in queries.open_cases(tx, EVENT)] == ["Zelfde persoon?"]
        clock[0] += timedelta(days=1)
        worker.cycle(immediate=True)
        assert reckoned(worker) == []
    assert not any("aandacht" in str(mail["Subject"]) for mail in office.smtp.mails())


def test_a_withdrawal_that_nobody_answered_is_told(make_office: Callable[..., Office]) -> None:
    office = make_office(rest=SECRETARIAT)
    office.deliver("Aerts")
    clock = [now()]
    with office.worker(lambda: clock[0]) as worker:
        worker.cycle(immediate=True)
        office.deliver(
            "Aerts",
            at=NOW + timedelta(minutes=1),
            text="Dag, ik kan helaas niet komen naar het kennisplatform. Gelieve mij uit te schrijven.\n",
            message_id="<2@damme.example>",
        )
        worker.cycle(immediate=True)
        with worker.store.write_transaction() as tx:
            assert [row.outcome for row in queries.messages(tx)] == ["registered", "cancelled"]
            lose_mails(tx, 2)
        clock[0] += timedelta(days=1)
        worker.cycle(immediate=True)
        assert reckoned(worker) == ["op bericht 2 moest geantwoord worden"]
