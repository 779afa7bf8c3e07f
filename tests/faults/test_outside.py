"""Trouble outside: mail waits, nothing counts against it, and whoever looks is told why."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from itertools import pairwise

import openpyxl
import psycopg
import pytest

from mailbot.config import loader
from mailbot.service.daemon import now
from mailbot.service.worker import Worker
from mailbot.storage import Store, database, health, queries
from mailbot.wording import matter
from tests.patience import PATIENCE
from tests.servers import scripted_smtp
from tests.servers.postgresql import PostgreSQL
from tests.servers.proxy import Proxy
from tests.service.conftest import NOW, Office

EVENT = "kis-2026-3"
SECRETARIAT = '[secretariat]\naddress = "griet@example.org"'
PEOPLE = ("Aerts", "Bral", "Claeys", "Dhaene", "Everaert", "Feys", "Goethals", "Hoste", "Ide", "Joos", "Kint",
          "Lams", "Maes", "Neyt", "Oste", "Pype", "Quintens", "Raes", "Soete", "Tack", "Uyt", "Vos", "Wille",
          "Xhaard", "Ysebie", "Zwart", "Arens", "Baert", "Coene", "Daems", "Engels", "Faes")  # fmt: skip


@pytest.mark.parametrize(
    "after", [False, pytest.param(True, marks=pytest.mark.long)], ids=["before", "after"]
)
def test_a_connection_cut_at_any_imap_command_loses_and_repeats_nothing(
    make_office: Callable[..., Office], imap_proxy: Proxy, after: bool
) -> None:
    office = make_office(imap_port=imap_proxy.port, mailbox='filed_folder = "Verwerkt"')
    cuts = 0
    for person in PEOPLE:
        office.deliver(person)
        cuts += 1
        imap_proxy.reset(cuts, after=after)
        with office.worker(now) as worker:
            made = worker.cycle(immediate=True)
        if imap_proxy.lines < cuts:
            break  # the whole round was walked
        # A goodbye is cut without harm; the daily reckoning looks at the mailbox as well.
        assert list(made.errors) in (["mailbox main"], ["reckoning"], [])
    imap_proxy.reset()
    with office.worker(now) as worker:
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
            rows = queries.registrations(tx, EVENT)
    assert cuts > 8
    assert sorted(row.text("last_name") for row in rows) == sorted(PEOPLE[:cuts])
    sent = Counter(mail["Message-ID"] for mail in office.smtp.mails())
    assert set(sent.values()) == {1}
    assert len(sent) == 2 * cuts
    with office.dovecot.client(office.user) as client:
        assert client.folder_status("INBOX", ["MESSAGES"])[b"MESSAGES"] == 0
        assert client.folder_status("Verwerkt", ["MESSAGES"])[b"MESSAGES"] == cuts


def test_a_server_that_closes_after_data_may_get_the_mail_again_under_the_same_message_id(
    office: Office,
) -> None:
    office.deliver("Maes")
    office.smtp.close_after_data = 1
    with office.worker(now) as worker:
        assert worker.cycle(immediate=True).put_off == 1
        with worker.store.read_transaction() as tx:
            (held_up,) = health.status(tx)["mails_held_up"]  # type: ignore[misc]  # a list of one
        assert "broke after the mail went out" in held_up["why"]
        assert worker.cycle(immediate=True).errors == {}
    sent = Counter(mail["Message-ID"] for mail in office.smtp.mails())
    assert sorted(sent.values()) == [1, 2]


def test_a_server_that_never_says_it_took_a_mail_does_not_get_it_for_ever(office: Office) -> None:
    office.deliver("Maes")
    office.smtp.close_after_data = 1000
    with office.worker(now) as worker:
        for _ in range(14):
            worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            (row,) = queries.registrations(tx, EVENT)
            cases = [matter(case) for case in queries.open_cases(tx, EVENT)]
    sent = Counter(mail["Message-ID"] for mail in office.smtp.mails())
    assert sorted(sent.values()) == [5, 5]
    assert row.bounced
    assert len(cases) == 2
    assert "Of onze mail aan maes@damme.example aankwam, is niet te zeggen" in cases[0]


def test_a_server_that_drops_every_third_mail_gets_the_others_in_the_same_round(office: Office) -> None:
    for name in ("Maes", "Claes", "Aers", "Baert", "Cools"):
        office.deliver(name)
    office.smtp.drop_every = 3
    with office.worker(now) as worker:
        worker.cycle(immediate=False)
        sent = {mail["Message-ID"] for mail in office.smtp.mails()}
        with worker.store.read_transaction() as tx:
            waiting = health.status(tx)["mails_waiting"]
    assert len(sent) == 7
    assert waiting == 3


def test_a_server_that_takes_nothing_for_a_while_is_left_alone_and_no_mail_is_given_up(
    make_office: Callable[..., Office],
) -> None:
    with scripted_smtp.playing({"MAIL": ["451 4.7.1 Rate limit exceeded"] * 2}) as script:
        office = make_office(smtp_port=script.port)
        for name in ("Maes", "Claes", "Aers"):
            office.deliver(name)
        clock = [now()]
        with office.worker(lambda: clock[0]) as worker:
            assert "Rate limit exceeded" in worker.cycle(immediate=False).errors["smtp"]
            assert len(script.given("MAIL")) == 2  # of six that were due
            assert script.taken == []
            clock[0] += timedelta(seconds=60)
            assert worker.cycle(immediate=False).errors == {}
            with worker.store.read_transaction() as tx:
                assert health.status(tx)["mails_waiting"] == 0
                assert not any(row.bounced for row in queries.registrations(tx, EVENT))
    assert len(script.taken) == 6


def test_a_sender_that_is_refused_marks_no_address_as_wrong(make_office: Callable[..., Office]) -> None:
    refused = "553 5.7.1 <inschrijvingen@example.org>: Sender address rejected: not owned by user"
    with scripted_smtp.playing({"RCPT": [refused] * 2}) as script:
        office = make_office(smtp_port=script.port)
        office.deliver("Maes")
        office.deliver("Claes")
        with office.worker(now) as worker:
            error = worker.cycle(immediate=True).errors["smtp"]
            assert "send as the addresses of the mailboxes" in error
            worker.cycle(immediate=True)
            with worker.store.read_transaction() as tx:
                assert queries.open_cases(tx, EVENT) == ()
                assert not any(row.bounced for row in queries.registrations(tx, EVENT))
    assert len(script.taken) == 4


def test_what_was_claimed_and_not_tried_at_the_end_of_the_service_is_no_mail_sent_again(
    office: Office,
) -> None:
    office.deliver("Maes")
    settings = loader.load(office.config)

    def stopping() -> bool:
        return bool(office.smtp.raw())  # asked to end once the first mail is out

    with Store(settings.store_url) as store, Worker(settings, store, now, stopping) as worker:
        worker.cycle(immediate=True)
    with office.worker(now) as worker:
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
            assert health.status(tx)["mails_resent"] == 0
    assert len(office.smtp.raw()) == 2


def test_a_greylisting_server_gets_the_mail_when_it_comes_back(office: Office) -> None:
    office.smtp.greylist.add("maes@damme.example")
    office.deliver("Maes")
    clock = [now()]
    with office.worker(lambda: clock[0]) as worker:
        assert worker.cycle(immediate=False).put_off == 1
        assert worker.next_due() == clock[0] + timedelta(seconds=15)
        clock[0] += timedelta(seconds=16)
        worker.cycle(immediate=False)
    sent = Counter(mail["Message-ID"] for mail in office.smtp.mails())
    assert sorted(sent.values()) == [1, 1]


def test_a_dead_mailbox_is_tried_less_often_up_to_a_bound_and_told_once(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(imap_port=1, rest=SECRETARIAT)
    clock, tried = [NOW], list[datetime]()
    with office.worker(lambda: clock[0]) as worker:
        for _ in range(600):  # two hours and a half, a round each quarter of a minute
            made = worker.cycle(immediate=False)
            if "mailbox main" in made.errors:
                tried.append(clock[0])
            clock[0] += timedelta(seconds=15)
        with worker.store.read_transaction() as tx:
            status = health.status(tx)
    pauses = [later - earlier for earlier, later in pairwise(tried)]
    assert max(pauses) <= timedelta(seconds=315)
    assert min(pauses[-5:]) >= timedelta(seconds=150)
    assert "nothing listens there" in str(status["troubles"])
    (alarm,) = office.smtp.mails()
    assert alarm["X-Envelope-To"] == "griet@example.org"
    body = alarm.get_body(("plain",))
    assert body is not None
    assert "geen mail ophalen" in body.get_content()


def test_a_full_disk_ends_1_in_one_line_and_loses_nothing(office: Office) -> None:
    office.deliver("Maes")
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
    for second, name in enumerate(("Claeys", "Peeters"), start=1):
        office.deliver(name, at=NOW + timedelta(seconds=second), size=200_000)
    most = 40_000
    ended = subprocess.run(
        [sys.executable, "-m", "mailbot", "run", "--once", "--config", str(office.config)],
        # Not measured: coverage cannot write its own file either, and says so at length.
        env={key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert ended.returncode == 1, ended.stderr
    assert "Traceback" not in ended.stderr
    with office.worker(now) as worker:
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
            rows = queries.registrations(tx, EVENT)
    assert [row.text("last_name") for row in rows] == ["Maes", "Claeys", "Peeters"]


def test_a_locked_ledger_is_waited_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.deliver("Maes")
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    with office.worker(now) as worker:
        path = worker.settings.store_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert "database is locked" in worker.cycle(immediate=True).errors["ledger"]
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
            assert len(queries.registrations(tx, EVENT)) == 1


def test_on_postgresql_too_a_locked_ledger_is_a_trouble_and_no_hang(
    make_office: Callable[..., Office], postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgresql.emptied()
    office = make_office(rest=f'[store]\nurl = "{url}"')
    office.deliver("Maes")
    monkeypatch.setitem(database._SESSION, "lock_timeout", "100ms")
    with office.worker(now) as worker:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as other:
            other.execute(f"SELECT pg_advisory_lock({database.WRITER_LOCK})")
            assert "lock timeout" in worker.cycle(immediate=True).errors["ledger"]
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
            assert len(queries.registrations(tx, EVENT)) == 1


def test_a_database_server_that_drops_every_connection_loses_and_repeats_nothing(
    make_office: Callable[..., Office], postgresql: PostgreSQL
) -> None:
    url = postgresql.emptied()
    office = make_office(rest=f'[store]\nurl = "{url}"')
    for second, person in enumerate(PEOPLE[:8]):
        office.deliver(person, at=NOW + timedelta(seconds=second))
    over = threading.Event()

    def drop() -> None:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as other:
            mine = "pid <> pg_backend_pid() AND datname = current_database()"
            while not over.wait(0.05):
                other.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine}")

    with office.worker(now) as worker:
        dropping = threading.Thread(target=drop)
        dropping.start()
        troubles = [worker.cycle(immediate=True).errors for _ in range(3)]
        over.set()
        dropping.join()
        assert not any("mailbot fails here" in text for made in troubles for text in made.values())
        worker.cycle(immediate=True)
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
            rows = queries.registrations(tx, EVENT)
            resent = health.status(tx)["mails_resent"]
    assert any(troubles)
    assert sorted(row.text("last_name") for row in rows) == sorted(PEOPLE[:8])
    sent = Counter(mail["Message-ID"] for mail in office.smtp.mails())
    assert len(sent) == 16
    assert sum(sent.values()) - len(sent) <= int(str(resent))  # taken, and the mark was lost


def test_a_workbook_that_cannot_be_written_stops_neither_answers_nor_other_workbooks(office: Office) -> None:
    office.deliver("Maes")
    office.deliver(
        "Vraagal", text="Naam: Vraagal\nVoornaam: Jan\nGemeente/OCMW: Damme\nE-mail: v@damme.example\n"
    )
    (office.folder / "workbooks" / f"{EVENT}.xlsx").mkdir(parents=True)
    with office.worker(now) as worker:
        made = worker.cycle(immediate=True)
        assert list(made.errors) == [f"workbook {EVENT}"]
        with worker.store.read_transaction() as tx:
            status = health.status(tx)
    assert f"{EVENT}.xlsx: is a folder" in str(status["troubles"])
    assert [one["event"] for one in status["workbooks_waiting"]] == [EVENT]  # type: ignore[attr-defined]  # a list
    assert office.smtp.mails_to("maes@damme.example")
    (office.folder / "workbooks" / f"{EVENT}.xlsx").rmdir()
    with office.worker(now) as worker:
        assert worker.cycle(immediate=True).errors == {}
    assert (office.folder / "workbooks" / f"{EVENT}.xlsx").is_file()


@pytest.mark.parametrize("name", [EVENT, "bijeenkomsten"])
def test_a_folder_that_is_read_only_for_long_makes_no_stranger_of_the_workbook_in_it(
    office: Office, name: str
) -> None:
    folder = office.folder / "workbooks"
    file, beside = folder / f"{name}.xlsx", folder / f".{name}.xlsx.mailbot"
    events = office.config.parent / "events" / f"{EVENT}.toml"
    office.deliver("Maes")
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
    beside.mkdir()  # who writes the new file there fails, as in a folder that is read-only
    office.deliver("Claeys", at=NOW + timedelta(seconds=1))
    events.write_text(events.read_text().replace("deadline = 2035-11-23", "deadline = 2035-11-24"))
    for _ in range(15):
        with office.worker(now) as worker:
            assert worker.cycle(immediate=True).errors
    beside.rmdir()
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
            assert queries.open_cases(tx, EVENT) == queries.open_cases(tx, "") == ()
            assert [row.text("last_name") for row in queries.registrations(tx, EVENT)] == ["Maes", "Claeys"]
    assert not list(folder.glob("* zoals gevonden *"))
    book = openpyxl.load_workbook(file)
    cells = [str(cell.value) for row in book[book.sheetnames[0]] for cell in row]
    assert any(("Claeys" if name == EVENT else "2035-11-24") in cell for cell in cells)


def test_a_clock_set_back_holds_no_mail_up(office: Office) -> None:
    office.smtp.greylist.add("maes@damme.example")
    office.deliver("Maes")
    with office.worker(lambda: now() + timedelta(days=2)) as worker:
        assert worker.cycle(immediate=False).put_off == 1
    with office.worker(now) as worker:
        assert worker.cycle(immediate=False).errors == {}
        with worker.store.read_transaction() as tx:
            assert health.status(tx)["mails_waiting"] == 0


def test_what_waits_is_told_by_the_status_command_and_the_exit_status(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(smtp_port=1)
    office.deliver("Maes")
    command = [sys.executable, "-m", "mailbot"]
    config = ["--config", str(office.config)]
    ended = subprocess.run(
        [*command, "run", "--once", *config], capture_output=True, text=True, timeout=PATIENCE
    )
    assert ended.returncode == 1
    assert "nothing listens there" in ended.stderr
    told = subprocess.run(
        [*command, "status", "--json", *config], capture_output=True, text=True, timeout=PATIENCE
    )
    status = json.loads(told.stdout)
    assert status["mails_waiting"] == 2
    assert "nothing listens there" in status["troubles"]["smtp"]


@pytest.mark.parametrize("written", [0, 9_000])
def test_a_new_workbook_that_was_written_by_half_never_takes_the_place_of_the_old_one(
    office: Office, written: int
) -> None:
    file = office.folder / "workbooks" / f"{EVENT}.xlsx"
    office.deliver("Maes")
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
    book = openpyxl.load_workbook(file)
    book.create_sheet("Tafelschikking")["A1"] = "van haar"
    book.save(file)
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
    file.with_name(f".{EVENT}.xlsx.mailbot").write_bytes(file.read_bytes()[:written])  # the disk was full
    office.deliver("Claeys", at=NOW + timedelta(seconds=1))
    with office.worker(now) as worker:
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
            assert queries.open_cases(tx, EVENT) == ()
    assert sorted(path.name for path in file.parent.glob(f"*{EVENT}*.xlsx*")) == [file.name]
    book = openpyxl.load_workbook(file)
    assert book["Tafelschikking"]["A1"].value == "van haar"
    assert "Claeys" in [row[2] for row in book["Deelnemers"].iter_rows(values_only=True)]
