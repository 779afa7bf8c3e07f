"""Killed between any two effects, and run again: nothing lost, nothing twice, but in SMTP's own
window, and there under the same Message-ID."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest

from mailbot.service.clock import now
from mailbot.storage import health, queries
from tests.service.conftest import NOW, Office

EVENT = "kis-2026-3"
FOLDERS = 'filed_folder = "Verwerkt"\nsent_folder = "Verzonden"'

#: Every effect, in the order of a round: when, the module, the function, which call of it. In that
#: round an edit of the secretary waits in the workbook, and the mails of two people.
EFFECTS = [
    ("before", "mailbot.service.workbook_sync", "record", 1),  # her edit is read
    ("after", "mailbot.service.workbook_sync", "record", 1),  # decided, not committed
    ("after", "mailbot.storage.workbooks", "replace_base", 1),  # with the new cells, not committed
    ("after", "mailbot.service.workbook_sync", "WorkbookSync._commit", 1),  # committed
    ("after", "mailbot.transport.imap", "_whole", 1),  # fetched
    ("after", "mailbot.storage.messages", "store_raw", 1),
    ("after", "mailbot.storage.messages", "store_raw", 2),
    ("after", "mailbot.storage.messages", "advance", 1),  # not committed
    ("after", "mailbot.service.worker", "Worker._keep", 1),  # stored
    ("after", "mailbot.service.worker", "Worker._read", 1),
    ("after", "mailbot.storage.messages", "describe", 1),
    ("before", "mailbot.service.worker", "record", 1),  # decided
    ("after", "mailbot.service.worker", "record", 1),  # recorded, not committed
    ("after", "mailbot.service.worker", "Worker.decide", 1),  # committed
    ("after", "mailbot.service.worker", "Worker.decide", 2),
    ("before", "mailbot.service.workbook_sync", "WorkbookSync._keep", 1),
    ("after", "mailbot.service.workbook_sync", "WorkbookSync._keep", 1),  # the workbook's cells committed
    ("after", "mailbot.files.workbook_file", "WorkbookFile._copy_new", 2),  # written beside
    ("after", "mailbot.files.workbook_file", "_exchange", 1),  # renamed
    ("after", "mailbot.files.workbook_file", "WorkbookFile._keep_version", 2),
    ("after", "mailbot.files.workbook_file", "WorkbookFile.write", 1),
    ("after", "mailbot.storage.workbooks", "written", 1),  # not committed
    ("after", "mailbot.service.workbook_sync", "WorkbookSync.write_one", 1),
    ("after", "mailbot.storage.outbox", "claim", 1),  # not committed
    ("before", "mailbot.transport.smtp", "Outbox.hand", 1),  # claimed
    ("after", "mailbot.transport.smtp", "Outbox.hand", 1),  # sent
    ("after", "mailbot.storage.outbox", "mark_sent", 1),  # not committed
    ("after", "mailbot.service.delivery", "_mark", 1),  # marked
    ("after", "mailbot.transport.smtp", "Outbox.hand", 4),
    ("after", "mailbot.transport.imap", "Mailbox.append_sent", 1),
    ("after", "mailbot.storage.outbox", "mark_copied", 1),
    ("before", "mailbot.transport.imap", "Mailbox.file", 1),
    ("after", "mailbot.transport.imap", "Mailbox.file", 1),  # moved
    ("after", "mailbot.storage.messages", "filed", 1),  # not committed
    ("after", "mailbot.service.worker", "Worker.round", 1),
]


def _named(effect: tuple[str, str, str, int]) -> str:
    when, _, name, count = effect
    return f"{when} {name} {count}"


@pytest.mark.parametrize("effect", EFFECTS, ids=_named)
def test_killed_and_run_again(make_office: Callable[..., Office], effect: tuple[str, str, str, int]) -> None:
    office = make_office(mailbox=FOLDERS)
    office.deliver("Aerts")
    with office.worker(now) as worker:
        worker.round(at_once=True)
    before = len(office.smtp.raw())
    type_in(office)
    for second, person in enumerate(("Maes", "Claeys"), start=1):
        office.deliver(person, at=NOW + timedelta(seconds=second))
    killed(office, *effect)
    with office.worker(now) as worker:
        assert worker.round(at_once=True).troubles == {}
        with worker.store.reading() as tx:
            status = health.status(tx)
            rows = queries.registrations(tx, EVENT)
            outcomes = [one.outcome for one in queries.messages(tx)]
    assert outcomes == ["registered"] * 3
    assert [row.text("last_name") for row in rows] == ["Aerts", "Maes", "Claeys"]
    assert [(row.text("diet"), row.by_hand) for row in rows] == [
        ("geen noten", frozenset({"diet"})),
        ("", frozenset()),
        ("", frozenset()),
    ]
    assert status["cases_open"] == {}
    assert shown(office) == [("Aerts", "geen noten", "bus"), ("Maes", None, None), ("Claeys", None, None)]
    sent = Counter(mail["Message-ID"] for mail in office.smtp.mails()[before:])
    in_the_window = effect[0] == "after" and effect[2] in ("Outbox.hand", "mark_sent")
    assert len(sent) == 4  # to each of the two an answer and an invitation
    assert sum(sent.values()) == 4 + in_the_window
    assert bool(status["mails_resent"]) == (effect[2] in ("Outbox.hand", "mark_sent", "_mark"))
    assert counted(office, "INBOX", "Verwerkt") == {"INBOX": 0, "Verwerkt": 3}
    assert counted(office, "Verzonden")["Verzonden"] in (6, 7)


def killed(office: Office, when: str, module: str, name: str, count: int) -> None:
    """A round that ends with the n-th time of an effect."""
    command = [
        sys.executable,
        "-m",
        "tests.faults.killed",
        str(office.config),
        when,
        module,
        name,
        str(count),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def type_in(office: Office) -> None:
    """She types a diet and a column of her own, and saves as Excel does."""
    path = office.folder / "workbooks" / f"{EVENT}.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Deelnemers"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, columns["Dieetwensen"]).value = "geen noten"
    sheet.cell(1, sheet.max_column + 1).value = "Vervoer"
    sheet.cell(2, sheet.max_column).value = "bus"
    beside = path.with_suffix(".tmp")
    book.save(beside)
    beside.replace(path)


def shown(office: Office) -> list[tuple[object, ...]]:
    """Name, diet and her own column of each row of the workbook."""
    sheet = openpyxl.load_workbook(office.folder / "workbooks" / f"{EVENT}.xlsx")["Deelnemers"]
    header = [cell.value for cell in sheet[1]]
    places = [header.index(name) for name in ("Naam", "Dieetwensen", "Vervoer")]
    rows = (tuple(row[place] for place in places) for row in sheet.iter_rows(min_row=2, values_only=True))
    return [row for row in rows if row[0]]


def counted(office: Office, *folders: str) -> dict[str, int]:
    """How many mails lie in each folder of the mailbox."""
    with office.dovecot.client(office.user) as client:
        return {name: int(client.folder_status(name, ["MESSAGES"])[b"MESSAGES"]) for name in folders}
