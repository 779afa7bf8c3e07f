"""An installation on a real Dovecot and an SMTP sink, and mails with a Word form for it."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import docx
from imapclient import IMAPClient

from benchmarks import sink as sinks
from mailbot.config import loader
from mailbot.service.clock import now
from mailbot.service.worker import Worker
from mailbot.storage import Store
from tests.servers import configuration, dovecot

EVENT, TITLE = "kis", "Kennisplatform Intergemeentelijk Samenwerken"
USER = "inschrijvingen@example.org"
WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
ARRIVED = datetime(2025, 11, 10, 9, 0, tzinfo=UTC)
_EVENT_FILE = configuration.meeting(EVENT)
_LIMITS = "[limits]\nanswers_per_hour = 1000000\n"


@dataclass(frozen=True)
class Installation:
    """Its configuration file, its mail server, and where its answers end."""

    config: Path
    imap: dovecot.Dovecot
    sink: sinks.Sink

    def client(self) -> IMAPClient:
        """A connection to put mail into the inbox with."""
        return self.imap.client(USER)

    def deliver(self, first: int, end: int) -> None:
        """Puts the mails of persons ``first`` up to ``end`` into the inbox."""
        with self.client() as client:
            for number in range(first, end):
                client.append("INBOX", mail(number), (), ARRIVED)

    @contextmanager
    def working(self) -> Iterator[Worker]:
        """A worker that has handled the mail of person 0, so that all that is used is loaded, as in a
        service that runs."""
        settings = loader.load(self.config)
        with Store(settings.store_url) as store, Worker(settings, store, now, lambda: False) as worker:
            self.deliver(0, 1)
            assert not worker.cycle(immediate=True).errors
            yield worker


@contextmanager
def running(folder: Path, rest: str = "", mailbox: str = "") -> Iterator[Installation]:
    """Installation and servers until the block ends; ``rest`` and ``mailbox`` are further lines of
    its configuration."""
    with dovecot.running() as imap, sinks.running(folder) as sink:
        config = configuration.write(
            folder,
            imap_port=imap.port,
            smtp_port=sink.port,
            user=USER,
            since=date(2025, 1, 1),
            mailbox=mailbox,
            rest=_LIMITS + rest,
        )
        (config.parent / "events" / f"{EVENT}.toml").write_text(_EVENT_FILE)
        yield Installation(config, imap, sink)


def mail(number: int, *, kilobytes: int = 40, title: str = TITLE) -> bytes:
    """The mail of person ``number``, with the form of an event by its title as a Word table, and a letterhead
    that makes it as large as asked."""
    town = ("Brugge", "Damme", "Beernem", "Oostkamp", "Jabbeke")[number % 5]
    address = f"jan{number}@{town.lower()}.example"
    answers = {
        "Naam": f"Peeters{letters(number)}", "Voornaam": "Jan", "Functie": "schepen", "Gemeente/OCMW": town,
        "E-mail": address, "Telefoon/gsm": f"0478 {number:06}",
        "Ik neem deel": "ja", "Dieetwensen": "vegetarisch" if number % 7 == 0 else "", "Opmerkingen": "",
    }  # fmt: skip
    message = EmailMessage()
    message["From"] = f"Jan Peeters <{address}>"
    message["To"] = USER
    message["Subject"] = f"Inschrijving {title.split()[0].lower()}"
    message["Message-ID"] = f"<{number}@{town.lower()}.example>"
    message["Date"] = ARRIVED + timedelta(seconds=number)
    message.set_content("Beste,\n\nIn bijlage vindt u mijn inschrijving.\n\nMet vriendelijke groeten\nJan")
    form = _word_form(title, answers, max(0, kilobytes * 730 - 12_000), number)
    message.add_attachment(form, maintype="application", subtype=WORD, filename="inschrijving.docx")
    return message.as_bytes()


def _word_form(title: str, answers: dict[str, str], padding: int, seed: int) -> bytes:
    document = docx.Document()
    document.add_heading(f"Inschrijvingsformulier {title}", 1)
    table = document.add_table(0, 2, "Table Grid")
    for label, value in answers.items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    made = io.BytesIO()
    document.save(made)
    small = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "docProps/thumbnail.jpeg":
                new.writestr(name, old.read(name))
        new.writestr("word/media/letterhead.png", random.Random(seed).randbytes(padding))
    return small.getvalue()


def letters(number: int) -> str:
    """A number as letters: a name with digits in it would be doubted."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
