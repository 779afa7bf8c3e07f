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

from mailbot.files import shared_folder, workbook_file
from mailbot.service import decider, delivery, her_edits, intake, reader, workbook_sync, worker
from mailbot.service.clock import now
from mailbot.storage import filed, health, messages, outbox, queries, workbooks
from mailbot.transport import imap, smtp
from tests.faults.killed import Point
from tests.patience import PATIENCE
from tests.service.conftest import NOW, Office

EVENT = "kis-2026-3"
FOLDERS = 'filed_folder = "Verwerkt"\nsent_folder = "Verzonden"'

#: Every effect, in the order of a round: when, the module, the function, which call of it. In that
#: round an edit of the secretary waits in the workbook, and the mails of two people.
EFFECTS = [
    Point("before", her_edits, her_edits.record, 1),  # her edit is read
    Point("after", her_edits, her_edits.record, 1),  # decided, not committed
    Point("after", workbooks, workbooks.replace_base, 1),  # with the new cells, not committed
    Point("after", workbook_sync.WorkbookSync, workbook_sync.WorkbookSync._commit, 1),  # committed
    Point("after", imap.inbox, imap.inbox._whole, 1),  # fetched
    Point("after", messages, messages.store_raw, 1),
    Point("after", messages, messages.store_raw, 2),
    Point("after", messages, messages.advance, 1),  # not committed
    Point("after", intake.Intake, intake.Intake._keep, 1),  # stored
    Point("after", reader.Reader, reader.Reader.first_pass, 1),
    Point("after", messages, messages.describe, 1),
    Point("before", decider, decider.record, 1),  # decided
    Point("after", decider, decider.record, 1),  # recorded, not committed
    Point("after", decider.Decider, decider.Decider.decide_one, 1),  # in its part of the transaction
    Point("after", decider.Decider, decider.Decider.decide_one, 2),
    Point("after", decider.Decider, decider.Decider._decide_together, 1),  # committed
    Point("before", workbook_sync.WorkbookSync, workbook_sync.WorkbookSync._keep, 1),
    Point(
        "after", workbook_sync.WorkbookSync, workbook_sync.WorkbookSync._keep, 1
    ),  # the workbook's cells committed
    Point("after", workbook_file, workbook_file.write_new, 2),  # written beside
    Point("after", shared_folder, shared_folder._exchange, 1),  # renamed
    Point("after", workbook_file.WorkbookFile, workbook_file.WorkbookFile._keep_version, 2),
    Point("after", workbook_file.WorkbookFile, workbook_file.WorkbookFile.finish, 1),
    Point("after", workbooks, workbooks.written, 1),  # not committed
    Point("after", workbook_sync.WorkbookSync, workbook_sync.WorkbookSync.export_one, 1),
    Point("after", outbox, outbox.claim, 1),  # not committed
    Point("before", smtp.Outbox, smtp.Outbox.send, 1),  # claimed
    Point("after", smtp.Outbox, smtp.Outbox.send, 1),  # sent
    Point("after", outbox, outbox.mark_sent, 1),  # not committed
    Point("after", delivery, delivery._mark, 1),  # marked
    Point("after", smtp.Outbox, smtp.Outbox.send, 4),
    Point("after", imap.Mailbox, imap.Mailbox.append_sent, 1),
    Point("after", outbox, outbox.mark_copied, 1),
    Point("before", imap.Mailbox, imap.Mailbox.file, 1),
    Point("after", imap.Mailbox, imap.Mailbox.file, 1),  # moved
    Point("after", filed, filed.note, 1),  # not committed
    Point("after", worker.Worker, worker.Worker.cycle, 1),
]


#: A mail is sent and not yet marked so.
SENDING = (smtp.Outbox.send, outbox.mark_sent)


@pytest.mark.parametrize("effect", EFFECTS, ids=str)
def test_killed_and_run_again(make_office: Callable[..., Office], effect: Point) -> None:
    office = make_office(mailbox=FOLDERS)
    office.deliver("Aerts")
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
    before = len(office.smtp.raw())
    type_in(office)
    for second, person in enumerate(("Maes", "Claeys"), start=1):
        office.deliver(person, at=NOW + timedelta(seconds=second))
    killed(office, effect)
    with office.worker(now) as worker:
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
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
    in_the_window = effect.when == "after" and effect.function in SENDING
    assert len(sent) == 4  # to each of the two an answer and an invitation
    assert sum(sent.values()) == 4 + in_the_window
    assert bool(status["mails_resent"]) == (effect.function in (*SENDING, delivery._mark))
    assert counted(office, "INBOX", "Verwerkt") == {"INBOX": 0, "Verwerkt": 3}
    assert counted(office, "Verzonden")["Verzonden"] in (6, 7)


def killed(office: Office, point: Point) -> None:
    """A round that ends at a kill-point."""
    command = [sys.executable, "-m", "tests.faults.killed", str(office.config), *point.arguments]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
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
