"""A secretariat of one's own: a real mailbox, a real mail server and the commands, as users know them."""

from __future__ import annotations

import contextlib
import io
import json
import signal
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import docx
from openpyxl import load_workbook

from mailbot.cli import main
from mailbot.config import loader
from mailbot.service.worker import Worker
from mailbot.storage import Store
from tests.servers import configuration
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import Sink

SECRETARIAT = "inschrijvingen@example.org"


def in_days(days: int, hour: int = 14) -> datetime:
    """A moment so many days from today, local and without zone, as event files have it."""
    return datetime.combine(date.today() + timedelta(days=days), datetime.min.time()).replace(hour=hour)  # noqa: DTZ011  local on purpose


@dataclass
class Town:
    """One installation under ``folder``; ``user`` is its mailbox on the Dovecot."""

    folder: Path
    dovecot: Dovecot
    smtp: Sink
    user: str
    sent: int = field(default=0)

    def configure(self, rest: str = "", mailbox: str = "", first: str = "", organisations: str = "") -> None:
        """Writes the configuration; ``rest`` are further tables, ``first`` lines before all tables,
        ``organisations`` an organisations.toml of one's own."""
        self.config = configuration.write(
            self.folder,
            imap_port=self.dovecot.port,
            smtp_port=self.smtp.port,
            user=self.user,
            rest=rest,
            mailbox=mailbox,
            organisations=organisations,
        )
        self.config.write_text(first + self.config.read_text())

    def event(self, event: str = "kis-2026-3", **facts: object) -> None:
        """Writes an event file; facts are its keys, with sensible ones for those left out."""
        known: dict[str, object] = {
            "id": event,
            "title": "Kennisplatform Intergemeentelijk Samenwerken",
            "starts": in_days(20),
            "ends": in_days(20, 17),
            "place": "OC De Kleine Beer, Beernem",
            "form": "kennisplatform",
            "deadline": in_days(10).date(),
        }
        lines = [f"{key} = {_toml(value)}" for key, value in {**known, **facts}.items() if value is not None]
        lines += [
            "[[contacts]]",
            'name = "Griet Vermeulen"',
            'phone = "050 11 22 33"',
            'email = "griet@vereniging.example"',
        ]
        (self.config.parent / "events" / f"{event}.toml").write_text("\n".join(lines), encoding="utf-8")

    def mail(
        self,
        sender: str,
        subject: str,
        text: str = "",
        *attachments: tuple[str, bytes],
        at: datetime | None = None,
        headers: Iterable[tuple[str, str]] = (),
        answers: EmailMessage | None = None,
        html: str = "",
        user: str = "",
    ) -> str:
        """Delivers a mail and gives its Message-ID. ``at`` is the server's arrival time (aware),
        ``answers`` the mail of ours that it replies to, whose text is then quoted below; ``user``
        another mailbox than the town's first."""
        message = EmailMessage()
        self.sent += 1
        message["From"], message["To"], message["Subject"] = sender, SECRETARIAT, subject
        message["Message-ID"] = f"<mail{self.sent}.{self.user}>"
        moment = at or datetime.now(UTC)
        message["Date"] = format_datetime(moment)
        for name, value in headers:
            message[name] = value
        if answers is not None:
            message["In-Reply-To"] = answers["Message-ID"]
            message["References"] = f"{answers.get('References', '')} {answers['Message-ID']}".strip()
            quoted = "\n".join(f"> {line}" for line in plain(answers).splitlines())
            text = f"{text}\n\nOp maandag 16 november 2026 schreef Secretariaat <{SECRETARIAT}>:\n{quoted}\n"
        message.set_content(text or "\n")
        if html:
            message.add_alternative(html, subtype="html")
        for name, data in attachments:
            message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        self.dovecot.deliver(user or self.user, message.as_bytes(), received=moment)
        return str(message["Message-ID"])

    def command(self, *words: str, expect: int = 0) -> str:
        """Gives a mailbot command, in this process, and what it printed."""
        printed, said = io.StringIO(), io.StringIO()
        before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(said):
            status = main.main([words[0], "--config", str(self.config), *words[1:]])
        for number, handler in before.items():
            signal.signal(number, handler)
        assert status == expect, f"{words} ended {status}\n{printed.getvalue()}\n{said.getvalue()}"
        return printed.getvalue()

    def run(self) -> list[EmailMessage]:
        """`mailbot run --once`; gives the mails it sent."""
        before = len(self.smtp.raw())
        self.command("run", "--once")
        return self.smtp.mails()[before:]

    def run_later(self, wait: timedelta) -> list[EmailMessage]:
        """The same round on a clock that is so much ahead; gives the mails it sent."""
        before = len(self.smtp.raw())
        with (
            Store((loaded := loader.load(self.config)).store_url) as store,
            Worker(loaded, store, lambda: datetime.now(UTC) + wait, lambda: False) as worker,
        ):
            made = worker.cycle(immediate=True)
        assert made.errors == {}
        return self.smtp.mails()[before:]

    def messages(self) -> dict[str, dict[str, Any]]:
        """What `mailbot messages --json` says, by Message-ID."""
        return {m["message_id"]: m for m in map(json.loads, self.command("messages", "--json").splitlines())}

    def outcome(self, message_id: str) -> str:
        """The outcome of one message."""
        return str(self.messages()[message_id]["outcome"])

    def registrations(self, event: str = "kis-2026-3") -> list[dict[str, Any]]:
        """What `mailbot registrations EVENT --json` says."""
        return [json.loads(line) for line in self.command("registrations", event, "--json").splitlines()]

    def sheet(self, name: str = "Deelnemers", event: str = "kis-2026-3") -> list[dict[str, Any]]:
        """The rows of a sheet of the event's workbook, by header."""
        return rows(self.workbook(event), name)

    def open_cases(self, event: str = "kis-2026-3") -> list[dict[str, Any]]:
        """The rows of Te behandelen that wait for a decision; those that she decided are grey."""
        return [row for row in self.sheet("Te behandelen", event) if not is_decided(row)]

    def page(self, name: str, event: str = "kis-2026-3") -> str:
        """All that stands on a sheet, a line per row."""
        lines = load_workbook(self.workbook(event))[name].iter_rows(values_only=True)
        return "\n".join("\t".join(str(cell) for cell in line if cell is not None) for line in lines)

    def workbook(self, event: str = "kis-2026-3") -> Path:
        """The path of an event's workbook."""
        return self.folder / "workbooks" / f"{event}.xlsx"

    def type_in(
        self, changes: dict[tuple[int, str], object], sheet: str = "Deelnemers", event: str = "kis-2026-3"
    ) -> None:
        """Types values into a sheet, as the secretary does: (row from 2, header) → value."""
        path = self.workbook(event)
        book = load_workbook(path)
        found = book[sheet]
        columns = {cell.value: cell.column for cell in found[1]}
        for (row, header), value in changes.items():
            found.cell(row, columns[header]).value = value  # type: ignore[assignment]  # any value a cell takes
        book.save(path)

    def decide(self, about: str, choice: str, remark: str = "", event: str = "kis-2026-3") -> None:
        """Chooses a Beslissing for the one case whose row holds the words ``about``."""
        cases, taking_back = self.sheet("Te behandelen", event), choice == "ongedaan maken"
        (row,) = (
            number
            for number, case in enumerate(cases, start=2)
            if about.casefold() in str(case).casefold() and is_decided(case) is taking_back
        )
        self.type_in(
            {(row, "Beslissing"): choice, (row, "Toelichting"): remark or None}, "Te behandelen", event
        )


def is_decided(row: dict[str, Any]) -> bool:
    """Whether a row of Te behandelen says what followed on a decision."""
    return str(row["Wat volgt"]).startswith(("Beslist", "Gewist"))


def rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by header; empty rows are left out."""
    found = load_workbook(path)[sheet]
    lines = list(found.iter_rows(values_only=True))
    head = [str(cell) for cell in lines[0]]
    return [
        dict(zip(head, line, strict=True)) for line in lines[1:] if any(cell is not None for cell in line)
    ]


def plain(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def calendar(mail: EmailMessage) -> str:
    """The calendar text of a mail, or nothing."""
    found = [part.get_content() for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return str(found[0]) if found else ""


def answers(mails: Iterable[EmailMessage]) -> list[EmailMessage]:
    """Those of the mails that answer one, without invitations and what goes to the secretariat."""
    return [mail for mail in mails if mail["Auto-Submitted"] == "auto-replied"]


#: An organisation whose mail domain is known: who mails from there is a colleague.
DAMME = """
[[organisation]]
name = "Damme"
domains = ["damme.example"]
"""

FULL = {
    "Naam": "Peeters",
    "Voornaam": "Jan",
    "Functie": "schepen",
    "Gemeente/OCMW": "Damme",
    "E-mail": "jan.peeters@damme.example",
    "Telefoon/gsm": "0478 12 34 56",
    "Ik neem deel": "ja",
}


def person(**said: str) -> dict[str, str]:
    """The answers of Jan Peeters with others in their place: ``Naam="De Smet"``."""
    return {**FULL, **said}


def typed(*people: dict[str, str]) -> str:
    """A form typed into a mail."""
    return "\n\n".join("\n".join(f"{label}: {value}" for label, value in person.items()) for person in people)


def word_table(
    *people: dict[str, str],
    title: str = "Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken",
) -> bytes:
    """A Word form as a two-column table each."""
    document = docx.Document()
    document.add_heading(title, 1)
    for answers_ in people:
        table = document.add_table(0, 2)
        for label, value in answers_.items():
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, value
        document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_rows(*people: dict[str, str]) -> bytes:
    """A Word form with a person a row."""
    document = docx.Document()
    document.add_heading("Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken", 1)
    labels = list(people[0])
    table = document.add_table(1, len(labels))
    for cell, label in zip(table.rows[0].cells, labels, strict=True):
        cell.text = label
    for answers_ in people:
        for cell, label in zip(table.add_row().cells, labels, strict=True):
            cell.text = answers_.get(label, "")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, int) else json.dumps(value)
