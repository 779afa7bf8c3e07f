"""Nouns to fill a ledger with, and the settings of one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from mailbot.config import loader
from mailbot.config.settings import Settings
from mailbot.domain.decision import Decision, Outcome, Result
from mailbot.domain.mail import Mail
from mailbot.domain.message import Address, Arrival, Message
from mailbot.domain.registration import Registration, Status
from mailbot.storage import Store
from mailbot.storage.messages import MailPlace, describe, store_raw
from mailbot.storage.schema import tables

NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
EVENT = "kis-2026-3"
CONFIGURATION = """
[[mailbox]]
name = "main"
host = "127.0.0.1"
security = "none"
since = 2026-09-01
address = "Secretariaat <inschrijvingen@brugge.example>"
[smtp]
host = "127.0.0.1"
security = "none"
"""
ORGANISATIONS = """
[[organisation]]
name = "Damme"
[[organisation]]
name = "Brugge"
"""
EVENT_FILE = """
id = "kis-2026-3"
title = "Kennisplatform Intergemeentelijk Samenwerken"
starts = 2026-12-03T14:00:00
ends = 2026-12-03T17:00:00
place = "OC De Kleine Beer, Beernem"
form = "kennisplatform"
deadline = 2026-11-23
capacity = 120
per_organisation = 3
"""


def settings_in(folder: Path) -> Settings:
    """The settings of one mailbox and one event, written to ``folder`` and loaded."""
    (folder / "events").mkdir(parents=True, exist_ok=True)
    (folder / "mailbot.toml").write_text(CONFIGURATION)
    (folder / "organisations.toml").write_text(ORGANISATIONS)
    (folder / "events" / f"{EVENT}.toml").write_text(EVENT_FILE)
    return loader.load(folder / "mailbot.toml")


def message(message_id: str = "<een@damme.example>", sender: str = "els@damme.example") -> Message:
    """A mail from Els."""
    return Message(
        message_id=message_id,
        sender=Address(sender, "Els Maes"),
        subject="Inschrijving",
        date=NOW,
        digest="d1",
    )


def arrive(
    tx: sa.Connection, content: Message, uid: int = 1, *, folder: str = "INBOX", uidvalidity: int = 7
) -> Arrival:
    """A message kept and described, as far as the decision."""
    number = store_raw(
        tx, MailPlace("main", folder, uidvalidity, uid), b"Subject: x\r\n\r\n", NOW, 14, whole=True, now=NOW
    )
    assert number is not None
    describe(tx, number, content)
    return Arrival(number, "main", NOW, content)


def registration(nr: int = 1, **changes: object) -> Registration:
    """Els Maes of Damme, registered."""
    row = Registration(
        nr=f"INS-{nr:04d}",
        event=EVENT,
        status=Status.REGISTERED,
        answers={
            "last_name": "Maes",
            "first_name": "Els",
            "organisation": "Damme",
            "email": "els@damme.example",
            "attends": True,
        },
        received=NOW,
        arrived=NOW + timedelta(seconds=nr),
        changed=NOW,
        sender="els@damme.example",
        organisation_known="Damme",
    )
    return replace(row, **changes)  # type: ignore[arg-type]  # each test names fields of Registration


def registered(*rows: Registration) -> Decision:
    """The decision that these rows are new."""
    return Decision(Outcome.REGISTERED, EVENT, tuple(Result(Outcome.REGISTERED, after=row) for row in rows))


def mail(key: str = "1:els:answer", **changes: object) -> Mail:
    """An answer to Els about her registration."""
    letter = Mail(
        key=key,
        kind="answer",
        to=Address("els@damme.example", "Els Maes"),
        sender=Address("inschrijvingen@brugge.example", "Secretariaat"),
        subject="Uw inschrijving",
        text="Dag Els",
        html="<p>Dag Els</p>",
        event=EVENT,
        outcome=Outcome.REGISTERED,
        nrs=("INS-0001",),
    )
    return replace(letter, **changes)  # type: ignore[arg-type]  # each test names fields of Mail


def message_id(store: Store, key: str = "1:els:answer") -> str:
    """The Message-ID that the ledger gave a mail."""
    with store.read_transaction() as tx:
        return str(tx.scalar(sa.select(tables.mail.c.message_id).where(tables.mail.c.key == key)))
