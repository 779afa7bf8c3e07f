"""Postvak: the mails left for a person, what she decides there, and when a row goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import openpyxl
import pytest

from mailbot.service import inbox
from mailbot.service.worker import Worker
from mailbot.storage import health, queries
from mailbot.storage.personal_data import erase
from tests.servers import configuration
from tests.service.conftest import NOW, Office
from tests.service.test_mark_read import flag, mailbox

_SENDER, _ABOUT, _CHOICE, _WHO = 3, 4, 5, 6


def post(
    office: Office,
    sender: str = "Els Maes <els@damme.example>",
    subject: str = "Parking",
    at: datetime = NOW,
) -> None:
    """Delivers a mail that wants nothing of the registrations."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "inschrijvingen@example.org", subject
    mail["Message-ID"], mail["Date"] = f"<{subject.replace(' ', '.')}@damme.example>", at
    mail.set_content("Dag, is er veel plaats om te parkeren in de straat achter het station?\n")
    office.dovecot.deliver(office.user, mail.as_bytes(), received=at)


def listed(office: Office) -> list[tuple[object, ...]]:
    """From, subject and the person offered of each row."""
    sheet = openpyxl.load_workbook(office.folder / "workbooks" / "Te behandelen.xlsx")["Postvak"]
    rows = sheet.iter_rows(min_row=2, values_only=True)
    return [(r[_SENDER - 1], r[_ABOUT - 1], r[_WHO - 1]) for r in rows if r[0]]


def decide(office: Office, worker: Worker, choice: str, who: str = "") -> list[tuple[str, str, str]]:
    """Decides about the first row, as she does it; gives who is on the list then."""
    path = office.folder / "workbooks" / "Te behandelen.xlsx"
    book = openpyxl.load_workbook(path)
    book["Postvak"].cell(2, _CHOICE).value = choice
    if who:
        book["Postvak"].cell(2, _WHO).value = who
    book.save(path)
    worker.cycle(immediate=True)
    with worker.store.read_transaction() as tx:
        rows = queries.registrations(tx, "kis-2026-3")
    return [(str(row.status), row.text("last_name"), row.text("email")) for row in rows]


def test_each_mail_left_for_a_person_is_listed_and_no_other(office: Office) -> None:
    office.deliver("Aerts")
    post(office)
    with office.worker() as worker:
        worker.cycle(immediate=True)
    assert listed(office) == [("Els Maes <els@damme.example>", "Parking", "Els Maes")]


@pytest.mark.parametrize(
    ("choice", "who", "rows"),
    [
        ("afgehandeld", "", []),
        ("noteren als verontschuldigd", "", [("Verontschuldigd", "Maes", "els@damme.example")]),
        ("inschrijven", "", [("Onvolledig", "Maes", "els@damme.example")]),
        ("inschrijven", "Jan Claes <jan@brugge.example>", [("Onvolledig", "Claes", "jan@brugge.example")]),
        ("noteren als verontschuldigd", "Jan Claes", [("Verontschuldigd", "Claes", "")]),
    ],
)
def test_her_decision_is_carried_out_and_the_row_goes(
    office: Office, choice: str, who: str, rows: list[tuple[str, str, str]]
) -> None:
    post(office)
    with office.worker() as worker:
        worker.cycle(immediate=True)
        assert decide(office, worker, choice, who) == rows
        assert listed(office) == []
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            assert queries.open_cases(tx, "") == ()


def test_who_is_registered_can_be_withdrawn(office: Office) -> None:
    office.deliver("Aerts")
    post(office)
    with office.worker() as worker:
        worker.cycle(immediate=True)
        rows = decide(office, worker, "afmelden", "Jan Aerts")
    assert rows == [("Afgemeld", "Aerts", "aerts@damme.example")]


@pytest.mark.parametrize("flagged", [rb"\Answered", rb"\Deleted"])
def test_a_row_goes_when_the_mail_is_answered_or_deleted(office: Office, flagged: bytes) -> None:
    post(office)
    post(office, "An Pas <an@damme.example>", "Sleutels", NOW + timedelta(seconds=1))
    with office.worker() as worker:
        worker.cycle(immediate=True)
        assert [row[1] for row in listed(office)] == ["Sleutels", "Parking"]
        flag(office, "els@damme.example", flagged)
        worker.cycle(immediate=True)
    assert [row[1] for row in listed(office)] == ["Sleutels"]
    assert not list((office.folder / "workbooks" / "versies").glob("Te behandelen*"))


def test_a_decision_about_a_mail_that_was_answered_meanwhile_is_told(office: Office) -> None:
    post(office)
    lock = office.folder / "workbooks" / ".~lock.Te behandelen.xlsx#"
    with office.worker() as worker:
        worker.cycle(immediate=True)
        lock.write_text("she has it open")
        flag(office, "els@damme.example", rb"\Answered")
        worker.cycle(immediate=True)
        lock.unlink()
        assert decide(office, worker, "inschrijven") == []
    assert listed(office) == []
    book = openpyxl.load_workbook(office.folder / "workbooks" / "Te behandelen.xlsx")
    told = [str(row) for row in book["Te behandelen"].iter_rows(min_row=2, values_only=True)]
    assert any("“inschrijven” over de mail “Parking” van Els Maes kon niet meer" in row for row in told)


@pytest.mark.parametrize(("configured", "folder"), [("", "Verzonden"), ("Uit", "Uit")])
@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
def test_a_row_goes_when_a_mail_in_the_sent_folder_answers_it(
    make_office: Callable[..., Office], configured: str, folder: str, header: str
) -> None:
    office = make_office(mailbox=f'sent_folder = "{configured}"')
    post(office)
    post(office, "An Pas <an@damme.example>", "Sleutels", NOW + timedelta(seconds=1))
    with office.worker() as worker:
        worker.cycle(immediate=True)
        assert [row[1] for row in listed(office)] == ["Sleutels", "Parking"]
        answer = EmailMessage()
        answer["From"], answer["To"] = "inschrijvingen@example.org", "els@damme.example"
        answer["Subject"], answer["Message-ID"] = "Re: Parking", "<antwoord@wvi.example>"
        answer[header] = "<iets@anders.example> <Parking@damme.example>"
        answer.set_content("Ja, er is plaats.")
        with office.dovecot.client(office.user) as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            client.append(folder, answer.as_bytes(), (), NOW + timedelta(hours=1))
        worker.cycle(immediate=True)
        assert [row[1] for row in listed(office)] == ["Sleutels"]
        worker.cycle(immediate=True)
    assert [row[1] for row in listed(office)] == ["Sleutels"]


def test_a_row_goes_when_the_mail_is_moved(office: Office) -> None:
    post(office)
    with office.worker() as worker:
        worker.cycle(immediate=True)
        with mailbox(office) as client:
            client.create_folder("Elders")
            client.select_folder("INBOX")
            client.move(client.search("ALL"), "Elders")
        worker.cycle(immediate=True)
    assert listed(office) == []


def test_a_row_goes_after_thirty_days_and_when_its_sender_is_erased(office: Office) -> None:
    clock = [NOW]
    post(office)
    post(office, "An Pas <an@damme.example>", "Sleutels", NOW + timedelta(days=10))
    with office.worker(lambda: clock[0]) as worker:
        worker.cycle(immediate=True)
        clock[0] = NOW + timedelta(days=31)
        worker.cycle(immediate=True)
        assert [row[1] for row in listed(office)] == ["Sleutels"]
        with worker.store.write_transaction() as tx:
            erase(tx, "an@damme.example", clock[0])
        worker.cycle(immediate=True)
    assert listed(office) == []


def test_what_a_row_shows_is_configured(make_office: Callable[..., Office]) -> None:
    office = make_office(mailbox='inbox_list = "first_words"')
    post(office)
    with office.worker() as worker:
        worker.cycle(immediate=True)
    assert str(listed(office)[0][1]).startswith("Dag, is er veel plaats om te parkeren")


def test_nothing_is_listed_where_that_is_configured(make_office: Callable[..., Office]) -> None:
    office = make_office(mailbox='inbox_list = "none"')
    post(office)
    with office.worker() as worker:
        worker.cycle(immediate=True)
    assert not (office.folder / "workbooks" / "Te behandelen.xlsx").exists()


def test_what_a_decision_would_mail_can_be_read_before(office: Office) -> None:
    post(office)
    with office.worker() as worker:
        worker.cycle(immediate=True)
        book = openpyxl.load_workbook(office.folder / "workbooks" / "Te behandelen.xlsx")
        (row,) = (r for r in book["Postvak"].iter_rows(min_row=2, values_only=True) if r[0])
        told = str(row[-1]).splitlines()
        assert "noteren als verontschuldigd: mail aan els@damme.example" in told
        assert "afgehandeld: geen mail" in told
        assert told[-1] == "De volledige tekst staat op het blad Voorbeelden."
        lines = [r for r in book["Voorbeelden"].iter_rows(values_only=True) if r[0] == f"Postvak {row[0]}"]
        (foretold,) = (r for r in lines if r[2] == "noteren als verontschuldigd")
        decide(office, worker, "noteren als verontschuldigd")
        (sent,) = office.smtp.mails()
        body = sent.get_body(("plain",))
        assert body is not None
        assert str(foretold[4]) == sent["Subject"]
        assert str(foretold[5]).split() == body.get_content().split()
        assert f"Postvak {row[0]}" not in str(list(reopened(office)["Voorbeelden"].values))


def test_what_a_decision_would_mail_follows_whom_she_says_the_mail_is_about(office: Office) -> None:
    def told(worker: Worker) -> str:
        worker.cycle(immediate=True)
        return "\n".join(str(row) for row in reopened(office)["Voorbeelden"].values)

    post(office)
    with office.worker() as worker:
        assert "jan@brugge.example" not in told(worker)
        path = office.folder / "workbooks" / "Te behandelen.xlsx"
        for who, reads in (("Jan Claes <jan@brugge.example>", True), ("Els Maes", False)):
            book = reopened(office)
            book["Postvak"].cell(2, _WHO).value = who
            book.save(path)
            assert ("jan@brugge.example" in told(worker)) is reads
            assert listed(office)[0][2] == who
            with worker.store.read_transaction() as tx:
                assert queries.registrations(tx, "kis-2026-3") == ()
            drawn = path.read_bytes()
            worker.cycle(immediate=True)
            assert path.read_bytes() == drawn  # once is enough


def reopened(office: Office) -> openpyxl.Workbook:
    """The workbook of what belongs to no event, as it is now."""
    return openpyxl.load_workbook(office.folder / "workbooks" / "Te behandelen.xlsx")


def test_plain_thanks_ask_nothing_and_go_with_the_next_digest(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.deliver("Aerts")
    with office.worker() as worker:
        worker.cycle(immediate=True)
        confirmed = next(mail for mail in office.smtp.mails() if "Ingeschreven" in str(mail["Subject"]))
        thanks = EmailMessage()
        thanks["From"], thanks["To"] = "Jan Aerts <aerts@damme.example>", "inschrijvingen@example.org"
        thanks["Subject"], thanks["Message-ID"] = "Re: ingeschreven", "<dank@damme.example>"
        thanks["In-Reply-To"] = confirmed["Message-ID"]
        thanks.set_content("Bedankt voor de snelle bevestiging!\n")
        office.dovecot.deliver(office.user, thanks.as_bytes(), received=NOW)
        worker.cycle(immediate=True)
        assert [row[1] for row in listed(office)] == ["Re: ingeschreven"]
        sheet = openpyxl.load_workbook(office.folder / "workbooks" / "Te behandelen.xlsx")["Postvak"]
        assert "vraagt geen antwoord" in str(list(sheet.values))
        post(office, at=NOW - timedelta(hours=1))
        with worker.store.write_transaction() as tx:
            health.note(tx, health.DIGEST, (NOW + timedelta(days=1)).isoformat())
        monkeypatch.setattr(inbox, "MOST", 1)
        worker.cycle(immediate=True)
        assert [row[1] for row in listed(office)] == ["Parking"], "thanks take no room of those that wait"


def test_a_decision_about_an_answer_of_a_meeting_that_is_over_is_not_of_the_next(office: Office) -> None:
    former = office.config.parent / "events" / "kis-2026-3.toml"
    former.write_text(
        former.read_text().replace("2035-12-03", "2025-11-20").replace("2035-11-23", "2025-11-15")
    )
    office.deliver("Aerts")
    with office.worker() as worker:
        worker.cycle(immediate=True)
    (former.parent / "kis-2026-4.toml").write_text(configuration.meeting("kis-2026-4"))
    confirmed = next(mail for mail in office.smtp.mails() if "Ingeschreven" in str(mail["Subject"]))
    late = EmailMessage()
    late["From"], late["To"], late["Subject"] = (
        "aerts@damme.example",
        "inschrijvingen@example.org",
        "Re: Attest",
    )
    late["Message-ID"], late["In-Reply-To"] = "<late@damme.example>", confirmed["Message-ID"]
    late.set_content("Sorry, ik ben er niet geraakt door de file.\n")
    after = datetime(2025, 11, 25, 9, 0, tzinfo=UTC)
    office.dovecot.deliver(office.user, late.as_bytes(), received=after)
    with office.worker(lambda: after) as worker:
        worker.cycle(immediate=True)
        before = len(office.smtp.mails())
        decide(office, worker, "noteren als verontschuldigd")
        with worker.store.read_transaction() as tx:
            assert queries.registrations(tx, "kis-2026-4") == ()
    assert not any("2035" in str(mail) for mail in office.smtp.mails()[before:])
