"""An installation that an earlier mailbot left: its backup, configuration and workbooks.

``installation_of_before.zip`` is what ``mailbot demo`` and ``mailbot backup`` of 22 November 2026 (commit
ef98332, before the modules moved) made of thirteen mails, on a clock of a year before. It is never made
anew: that names in the ledger, in configuration and in workbooks stay as they are is what it holds.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from mailbot.config import loader
from mailbot.service.worker import Worker
from mailbot.storage import Store, messages, queries
from tests.cli.conftest import in_process
from tests.servers import dovecot as dovecot_server
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import Sink

ARCHIVE = Path(__file__).parent / "installation_of_before.zip"
#: The Message-ID of what that mailbot asked about INS-0007.
QUESTION_TO_KOEN = "<27c19e12b7b958cbc08febef69dfe3da@vereniging.example>"
EVENT = "kennisplatform"
NEXT_DAY = datetime(2025, 11, 11, 9, 0, tzinfo=UTC)


class Installation:
    """The installation of before, restored on today's test servers."""

    def __init__(self, folder: Path, dovecot: Dovecot, smtp: Sink, user: str) -> None:
        with zipfile.ZipFile(ARCHIVE) as archive:
            archive.extractall(folder)
        self.file = folder / "config" / "mailbot.toml"
        written = self.file.read_text()
        for key, now in (("port", dovecot.port), ("port", smtp.port), ("user", f'"{user}"')):
            written = re.sub(rf"(?m)^{key} = .*\n", f"{key}  = {now}\n", written, count=1)
        self.file.write_text(written)
        (folder / "config" / "secrets").mkdir()
        (folder / "config" / "secrets" / "imap").write_text(dovecot_server.PASSWORD)
        self.workbook = folder / "workbooks" / f"{EVENT}.xlsx"
        self.dovecot, self.smtp, self.user = dovecot, smtp, user
        restored = in_process("restore", str(folder / "backup.db"), "--config", str(self.file))
        assert (restored.returncode, restored.stderr) == (0, "")
        self.settings = loader.load(self.file)
        self.store = Store(self.settings.store_url)

    def cycle(self, at: datetime) -> None:
        """One round of today's worker."""
        with Worker(self.settings, self.store, lambda: at, lambda: False) as worker:
            assert worker.cycle(immediate=True).errors == {}

    def deliver(self, sender: str, text: str, subject: str, answers: str = "") -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, "inschrijvingen@vereniging.example", subject
        mail["Message-ID"] = f"<later.{sender}>"
        mail["Date"] = NEXT_DAY
        if answers:
            mail["In-Reply-To"] = answers
        mail.set_content(text)
        self.dovecot.deliver(self.user, mail.as_bytes(), received=NEXT_DAY)

    def sheet(self, name: str) -> list[dict[str, object]]:
        """The rows of a sheet under its headers."""
        rows = openpyxl.load_workbook(self.workbook)[name].iter_rows(values_only=True)
        header = next(rows)
        return [dict(zip(map(str, header), row, strict=False)) for row in rows if row[0]]

    def type_in(self, sheet: str, key: object, column: str, value: str) -> None:
        """She types in the row whose first cell is ``key``, and saves."""
        book = openpyxl.load_workbook(self.workbook)
        cells = book[sheet]
        at = {cell.value: cell.column for cell in cells[1]}[column]
        (row,) = [row for row in range(2, cells.max_row + 1) if cells.cell(row, 1).value == key]
        cells.cell(row, at).value = value
        book.save(self.workbook)

    def statuses(self) -> dict[str, str]:
        with self.store.read_transaction() as tx:
            return {row.nr: row.status.value for row in queries.registrations(tx, EVENT)}


@pytest.fixture
def before(tmp_path: Path, dovecot: Dovecot, smtp: Sink, imap_user: str) -> Iterator[Installation]:
    installation = Installation(tmp_path, dovecot, smtp, imap_user)
    yield installation
    installation.store.close()


def test_an_earlier_ledger_is_restored_and_its_workbook_stays_as_it_is(before: Installation) -> None:
    was = before.sheet("Deelnemers")
    before.cycle(NEXT_DAY)
    before.cycle(NEXT_DAY + timedelta(minutes=1))
    assert len(was) == 9
    assert [{key: row[key] for key in was[0]} for row in before.sheet("Deelnemers")] == was
    assert before.smtp.mails_to("jan.dhondt@damme.example") == []  # nobody hears anything twice
    assert not list(before.workbook.parent.glob("* zoals gevonden *"))


@pytest.mark.parametrize(
    "command",
    [
        ("messages",),
        ("registrations", EVENT),
        *(("explain", str(number)) for number in range(1, 14)),
        ("person", "sofie.claeys@knokke-heist.example", "--export"),
        ("status",),
    ],
    ids=" ".join,
)
def test_commands_show_what_an_earlier_mailbot_recorded(
    before: Installation, command: tuple[str, ...]
) -> None:
    done = in_process(*command, "--config", str(before.file))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) > 3


def test_what_was_typed_in_an_earlier_workbook_and_decided_there_counts(before: Installation) -> None:
    before.type_in("Deelnemers", "INS-0002", "Dieetwensen", "geen noten")
    before.type_in("Deelnemers", "INS-0003", "Status", "Verontschuldigd")
    before.type_in("Te behandelen", 2, "Beslissing", "aanvaarden")
    before.cycle(NEXT_DAY)
    before.cycle(NEXT_DAY + timedelta(minutes=1))
    shown = {row["Nr"]: row for row in before.sheet("Deelnemers")}
    assert shown["INS-0002"]["Dieetwensen"] == "geen noten"
    assert shown["INS-0003"]["Status"] == "Verontschuldigd"
    assert shown["INS-0009"]["Status"] == "Ingeschreven"
    assert len(before.smtp.mails_to("hilde.desmedt@jabbeke.example")) > 0
    with before.store.read_transaction() as tx:
        assert [case.id for case in queries.open_cases(tx, EVENT)] == [1]


def test_mail_that_follows_on_what_an_earlier_mailbot_asked_and_wrote_is_understood(
    before: Installation,
) -> None:
    with before.store.read_transaction() as tx:
        handled = [messages.raw_of(tx, number) for number in range(1, 14)]
    for raw in handled:  # they stand in the mailbox still, under other UIDs
        assert raw is not None
        before.dovecot.deliver(before.user, raw, received=NEXT_DAY - timedelta(days=1))
    before.deliver(
        "koen.vermeersch@telenet.example",
        "Gemeente/OCMW: Damme\nE-mail: koen.vermeersch@telenet.example\n",
        "Re: Nog iets nodig: Kennisplatform Intergemeentelijk Samenwerken",
        answers=QUESTION_TO_KOEN,
    )
    before.deliver(
        "jan.dhondt@damme.example", "Beste,\n\nIk kan er niet bij zijn.\n\nJan D'hondt", "Kennisplatform"
    )
    before.cycle(NEXT_DAY)
    held = before.statuses()
    assert len(held) == 9  # the thirteen mails were known
    assert (held["INS-0001"], held["INS-0007"]) == ("Afgemeld", "Ingeschreven")
    assert {mail["X-Envelope-To"] for mail in before.smtp.mails()} == {
        "koen.vermeersch@telenet.example",
        "jan.dhondt@damme.example",
    }
