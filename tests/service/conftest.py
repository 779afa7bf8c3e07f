"""One installation on the test servers, and a worker on it inside the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailbot.config import loader
from mailbot.service.worker import Worker
from mailbot.storage import Store
from tests.servers import configuration
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import Sink

#: When mail comes in: long ago, since a server makes an arrival in the future one of now.
NOW = datetime(2025, 11, 10, 9, 0, tzinfo=UTC)
EVENT = configuration.meeting("kis-2026-3")


@dataclass
class Office:
    """An installation: its folder, its servers, and the address of its mailbox."""

    folder: Path
    dovecot: Dovecot
    smtp: Sink
    user: str
    config: Path

    def deliver(
        self,
        name: str,
        at: datetime = NOW,
        text: str = "",
        size: int = 0,
        subject: str = "Inschrijving kennisplatform",
        message_id: str = "",
    ) -> str:
        """A mail with the form of somebody called ``name`` (or with ``text``); its Message-ID."""
        mail = EmailMessage()
        mail["From"] = f"{name.lower()}@damme.example"
        mail["To"] = "inschrijvingen@example.org"
        mail["Subject"] = subject
        mail["Message-ID"] = message_id or f"<{name.lower()}@damme.example>"
        mail["Date"] = at
        mail.set_content(
            text
            or f"Naam: {name}\nVoornaam: Jan\nGemeente/OCMW: Damme\nE-mail: {name.lower()}@damme.example\n"
            "Ik neem deel: ja\n"
        )
        if size:
            mail.add_attachment(b"x" * size, maintype="application", subtype="octet-stream", filename="a.bin")
        self.dovecot.deliver(self.user, mail.as_bytes(), received=at)
        return str(mail["Message-ID"])

    def second_mailbox(self) -> Office:
        """The installation with another mailbox, as who mails to that one sees it."""
        user = f"tweede.{self.user}"
        with self.config.open("a") as file:
            file.write(f"""
[[mailbox]]
name = "second"
host = "127.0.0.1"
port = {self.dovecot.port}
security = "none"
user = "{user}"
password_file = "secrets/imap"
since = 2025-01-01
address = "Onthaal <onthaal@example.org>"
""")
        return replace(self, user=user)

    @contextmanager
    def worker(self, clock: Callable[[], datetime] = lambda: NOW) -> Iterator[Worker]:
        """A worker in this process, as a start of the service makes one."""
        settings = loader.load(self.config)
        with Store(settings.store_url) as store, Worker(settings, store, clock, lambda: False) as worker:
            yield worker


@pytest.fixture
def make_office(tmp_path: Path, dovecot: Dovecot, smtp: Sink, imap_user: str) -> Callable[..., Office]:
    """Makes the installation; further lines for the configuration by name."""

    def make(**facts: object) -> Office:
        ports = {
            "imap_port": dovecot.port,
            "smtp_port": smtp.port,
            "user": imap_user,
            "since": date(2025, 1, 1),
            **facts,
        }
        config = configuration.write(tmp_path, **ports)  # type: ignore[arg-type]  # passed on as they are
        (config.parent / "events" / "kis-2026-3.toml").write_text(EVENT)
        return Office(tmp_path, dovecot, smtp, imap_user, config)

    return make


@pytest.fixture
def office(make_office: Callable[..., Office]) -> Office:
    """The installation, as it comes."""
    return make_office()
