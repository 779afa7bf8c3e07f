"""What is held of one person.

A person is an address: registrations with it as their e-mail, or sent in from it where they
have no e-mail of their own; the messages from it, or that those came of; the mails to it, or
about them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection
from dataclasses import dataclass, replace

import sqlalchemy as sa

from mailbot.domain.registration import Registration
from mailbot.storage.mentions import name_key
from mailbot.storage.messages import ERASED, STORED
from mailbot.storage.schema.tables import (
    case,
    mail,
    mail_registration,
    message,
    raw,
    registration,
)
from mailbot.storage.serialization import (
    REGISTRATION,
    SUBMISSION,
)


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one person: registrations; ids of their own messages, and of others' that
    are about them; ids of mails to them, and of mails to others about them; ids of cases.
    ``names`` are what they are called, as ``name_key`` has it; ``namesakes`` the nrs of registrations of the
    same name under another address."""

    rows: tuple[Registration, ...]
    messages: tuple[int, ...]
    messages_of_others: tuple[int, ...]
    mails: tuple[int, ...]
    mails_to_others: tuple[int, ...]
    address: str = ""
    cases: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()

    def about(self, table: sa.Table, *texts: sa.Column[str]) -> sa.ColumnElement[bool]:
        """Lines of a table that are about the person or their messages, or whose ``texts`` name
        the address."""
        nrs = [row.nr for row in self.rows]
        here = table.c.registration.in_(nrs) | table.c.message.in_(self.messages)
        return sa.or_(here, *(mentioning(text, self.address) for text in texts))


def held(tx: sa.Connection, address: str) -> Held:
    """What is held of an address."""
    wanted = address.strip().lower()
    own = (registration.c.email == wanted) | (
        (registration.c.email == "") & (registration.c.sender_email == wanted)
    )
    found = tx.execute(
        sa.select(registration.c.data, registration.c.name).where(own).order_by(registration.c.number)
    ).all()
    rows = tuple(REGISTRATION.validate_json(row.data) for row in found)
    names = {row.name for row in found} - {""}
    nrs = [row.nr for row in rows]
    messages = set(tx.scalars(sa.select(message.c.id).where(message.c.sender_email == wanted)))
    touched = [message.c.nrs.contains(f'"{nr}"') for nr in nrs]
    mentioned = sa.or_(mentioning(message.c.submission, wanted), *touched)
    sources = {row.message for row in rows if row.message}
    sources |= set(tx.scalars(sa.select(message.c.id).where(mentioned)))
    sources |= set(tx.scalars(sa.select(case.c.message).where(case.c.registration.in_(nrs)))) - {None}
    sources |= _telling_of(tx, wanted, names)
    mails = set(tx.scalars(sa.select(mail.c.id).where(mail.c.recipient == wanted)))
    about = sa.select(mail_registration.c.mail).where(mail_registration.c.nr.in_(nrs))
    others = set(tx.scalars(about)) | set(
        tx.scalars(sa.select(mail.c.id).where(mentioning(mail.c.data, wanted)))
    )
    by_them, of_others, to_them, others_about = (
        tuple(sorted(ids)) for ids in (messages, sources - messages, mails, others - mails)
    )
    person = Held(rows, by_them, of_others, to_them, others_about, wanted)
    alike = sa.select(registration.c.data).where(registration.c.name.in_(names))
    namesakes = {REGISTRATION.validate_json(data).nr for data in tx.scalars(alike)} - set(nrs)
    cases = tx.scalars(sa.select(case.c.id).where(person.about(case, case.c.data)).order_by(case.c.id))
    return replace(person, cases=tuple(cases), names=tuple(sorted(names)), namesakes=tuple(sorted(namesakes)))


def _telling_of(tx: sa.Connection, address: str, names: Collection[str]) -> set[int]:
    """Messages from which nothing was registered and that name the person: by the address anywhere in the raw
    mail, or by the whole name in sender, subject or words."""
    nobody = (message.c.nrs == "[]") & (message.c.state != STORED)  # what waits is not read yet
    columns = (message.c.id, message.c.sender, message.c.subject, message.c.submission)
    told = set()
    for row in tx.execute(sa.select(*columns).where(nobody)):
        said = SUBMISSION.validate_json(row.submission) if row.submission else None
        texts = (row.sender, row.subject, *((said.words, *said.named) if said else ()))
        if any(blacked_out(text, address, names) != text for text in texts):
            told.add(row.id)
    for row in tx.execute(sa.select(raw).join(message, message.c.id == raw.c.message).where(nobody)):
        if address.encode() in zlib.decompress(row.data).lower():
            told.add(row.message)
    return told


def mentioning(text: sa.Column[str], address: str) -> sa.ColumnElement[bool]:
    return text.icontains(address, autoescape=True)


def blacked_out(text: str, address: str, names: Collection[str]) -> str:
    """A text without an address, and without the names (as ``name_key`` has them) written whole."""
    if address:
        text = re.sub(re.escape(address), ERASED, text, flags=re.I)
    for name in names:
        words = [found.span() for found in re.finditer(r"[\w'’.-]+", text)]
        length = len(name.split())
        for first in range(len(words) - length, -1, -1):
            start, end = words[first][0], words[first + length - 1][1]
            if name_key(text[start:end]) == name:
                text = text[:start] + ERASED + text[end:]
    return text
