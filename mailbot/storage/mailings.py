"""The mails to many of the ledger: read, and recorded with the decision that changes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from mailbot.domain.mailing import Mailing
from mailbot.storage.schema.tables import mail, mailing
from mailbot.storage.serialization import MAILING, to_json


def of_event(tx: sa.Connection, event: str) -> tuple[Mailing, ...]:
    """The mails to many of an event, oldest first."""
    rows = tx.scalars(sa.select(mailing.c.data).where(mailing.c.event == event).order_by(mailing.c.id))
    return tuple(MAILING.validate_json(row) for row in rows)


def waiting(tx: sa.Connection) -> tuple[Mailing, ...]:
    """The mails to many that wait for her to start them."""
    held = (MAILING.validate_json(data) for data in tx.scalars(sa.select(mailing.c.data)))
    return tuple(one for one in held if one.waits)


def save(tx: sa.Connection, one: Mailing) -> None:
    """Writes a mail to many; a new one whose key is known already is passed over."""
    if one.id:
        tx.execute(sa.update(mailing).where(mailing.c.id == one.id).values(data=to_json(MAILING, one)))
        return
    same = (mailing.c.event == one.event, mailing.c.key == one.key)
    if tx.scalar(sa.select(mailing.c.id).where(*same)) is None:
        added = tx.execute(sa.insert(mailing).values(event=one.event, key=one.key, data=""))
        assert added.inserted_primary_key is not None
        save(tx, replace(one, id=int(added.inserted_primary_key[0])))


def reached(tx: sa.Connection, event: str, kind: str, version: str) -> frozenset[str]:
    """The addresses (in lower case) that a text of an event went to, as its mails' keys begin."""
    here = mail.c.key.startswith(f"{event}/{version}/announce-{kind}/", autoescape=True)
    return frozenset(tx.scalars(sa.select(mail.c.recipient).where(mail.c.event == event, here)))


def sent_since(tx: sa.Connection, moment: datetime) -> int:
    """How many mails to many, proofs among them, were queued since a moment."""
    many = mail.c.kind.startswith("announce-", autoescape=True)
    wanted = (mail.c.made_at > moment, many)
    return tx.scalar(sa.select(sa.func.count()).select_from(mail).where(*wanted)) or 0
