"""Unread is what is hers: what of the mail in the mailbox is marked as read, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from imapclient import IMAPClient

from mailbot.storage import consistency, queries
from tests.service.conftest import NOW, Office

QUESTION = "Dag, is de zaal volgende week vrij?\n"


@contextmanager
def mailbox(office: Office) -> Iterator[IMAPClient]:
    client = office.dovecot.client(office.user)
    try:
        yield client
    finally:
        client.logout()


def unread(office: Office) -> set[str]:
    """The names of the senders of unread mail."""
    with mailbox(office) as client:
        client.select_folder("INBOX", readonly=True)
        found = client.fetch(client.search("UNSEEN"), ["ENVELOPE"])
        return {entry[b"ENVELOPE"].from_[0].mailbox.decode() for entry in found.values()}


def flag(office: Office, sender: str, value: bytes) -> None:
    with mailbox(office) as client:
        client.select_folder("INBOX")
        client.add_flags(client.search(["FROM", sender]), [value])


def test_handled_mail_is_marked_and_ordinary_or_flagged_mail_is_not(office: Office) -> None:
    office.deliver("Aerts")
    office.deliver("Bral", at=NOW + timedelta(seconds=1))
    office.deliver("Vrager", text=QUESTION, at=NOW + timedelta(seconds=2))
    flag(office, "bral", rb"\Flagged")
    with office.worker() as worker:
        worker.cycle(immediate=True)
        assert unread(office) == {"bral", "vrager"}
        worker.cycle(immediate=True)
    assert unread(office) == {"bral", "vrager"}


def test_what_she_marked_unread_again_stays_unread(office: Office) -> None:
    office.deliver("Aerts")
    with office.worker() as worker:
        worker.cycle(immediate=True)
        with mailbox(office) as client:
            client.select_folder("INBOX")
            client.remove_flags(client.search("ALL"), [rb"\Seen"])
        worker.cycle(immediate=True)
    assert unread(office) == {"aerts"}


def test_off_nothing_is_marked_and_on_later_only_what_comes_then(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(mailbox="mark_read = false")
    office.deliver("Aerts")
    clock = [NOW]
    with office.worker(lambda: clock[0]) as worker:
        worker.cycle(immediate=True)
    assert unread(office) == {"aerts"}
    office.config.write_text(office.config.read_text().replace("mark_read = false", "mark_read = true"))
    clock[0] += timedelta(hours=1)
    office.deliver("Oud", at=NOW + timedelta(minutes=30))
    office.deliver("Claeys", at=NOW + timedelta(hours=2))
    with office.worker(lambda: clock[0]) as worker:
        worker.cycle(immediate=True)
        assert unread(office) == {"aerts", "oud"}


def test_mail_is_marked_before_it_moves(make_office: Callable[..., Office]) -> None:
    office = make_office(mailbox='filed_folder = "Verwerkt"')
    office.deliver("Aerts")
    with office.worker() as worker:
        worker.cycle(immediate=True)
    with mailbox(office) as client:
        client.select_folder("Verwerkt", readonly=True)
        assert client.search("UNSEEN") == []
        assert len(client.search("ALL")) == 1


def late(office: Office, message_id: str = "") -> None:
    """A form comes after the deadline."""
    event = office.config.parent / "events" / "kis-2026-3.toml"
    event.write_text(event.read_text().replace("2035-11-23", "2025-11-23"))
    office.deliver("Laat", at=NOW + timedelta(days=20), message_id=message_id)


def accept(office: Office) -> None:
    """Decides about the one case, as she does it."""
    path = office.folder / "workbooks" / "kis-2026-3.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Te behandelen"]
    head = [cell.value for cell in sheet[1]]
    assert sheet["A2"].value
    sheet.cell(2, head.index("Beslissing") + 1).value = "aanvaarden"
    book.save(path)


def test_mail_in_the_review_folder_is_marked_once_she_decided(make_office: Callable[..., Office]) -> None:
    office = make_office(mailbox='review_folder = "Te beslissen"')
    late(office)

    def waiting() -> list[int]:
        with mailbox(office) as client:
            client.select_folder("Te beslissen", readonly=True)
            assert len(client.search("ALL")) == 1
            return list(client.search("UNSEEN"))

    with office.worker(lambda: NOW + timedelta(days=21)) as worker:
        worker.cycle(immediate=True)
        assert waiting()
        accept(office)
        worker.cycle(immediate=True)
        assert not waiting()
        with mailbox(office) as client:
            client.select_folder("Te beslissen")
            client.remove_flags(client.search("ALL"), [rb"\Seen"])
        worker.cycle(immediate=True)
        assert waiting()  # she wants to see it again


@pytest.mark.parametrize("review_folder", ["", "Te beslissen"])
def test_mail_that_was_never_decided_is_still_unread_after_the_event(
    make_office: Callable[..., Office], review_folder: str
) -> None:
    office = make_office(mailbox=f'review_folder = "{review_folder}"')
    late(office)
    clock = [NOW + timedelta(days=21)]
    with office.worker(lambda: clock[0]) as worker:
        worker.cycle(immediate=True)
        clock[0] = datetime(2035, 12, 4, 9, tzinfo=UTC)
        for _ in range(2):
            worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            assert queries.open_cases(tx, "kis-2026-3") == ()
    with mailbox(office) as client:
        client.select_folder(review_folder or "INBOX", readonly=True)
        assert len(client.search("UNSEEN")) == 1


@pytest.mark.parametrize(
    ("message_id", "is_marked"),
    [
        ('<"a(b"@damme.example>', True),
        ("<{3F2504E0}*%@damme.example>", True),
        ("<=?utf-8?q?caf=C3=A9?=@damme.example>", False),  # é, which a search cannot ask for
    ],
)
def test_no_message_id_of_a_stranger_is_trouble_with_the_mailbox(
    make_office: Callable[..., Office], message_id: str, is_marked: bool
) -> None:
    office = make_office(mailbox='review_folder = "Te beslissen"')
    late(office, message_id)
    with office.worker(lambda: NOW + timedelta(days=21)) as worker:
        worker.cycle(immediate=True)
        accept(office)
        assert worker.cycle(immediate=True).errors == {}
    with mailbox(office) as client:
        client.select_folder("Te beslissen", readonly=True)
        assert bool(client.search("SEEN")) is is_marked
        assert len(client.search("ALL")) == 1


def test_mail_that_waits_for_a_decision_is_marked_once_she_decided(office: Office) -> None:
    event = office.config.parent / "events" / "kis-2026-3.toml"
    event.write_text(event.read_text().replace("2035-11-23", "2025-11-23"))
    office.deliver("Laat", at=NOW)
    with office.worker() as worker:
        worker.cycle(immediate=True)
        path = office.folder / "workbooks" / "kis-2026-3.xlsx"
        book = openpyxl.load_workbook(path)
        sheet = book["Te behandelen"]
        assert unread(office) == ({"laat"} if sheet["A2"].value else set())
        head = [cell.value for cell in sheet[1]]
        sheet.cell(2, head.index("Beslissing") + 1).value = "aanvaarden"
        book.save(path)
        worker.cycle(immediate=True)
        assert unread(office) == set()
        with worker.store.read_transaction() as tx:  # what she decided answers that mail: nothing is missed
            assert consistency.unanswered(tx) == []
            assert consistency.without_consequence(tx) == []
