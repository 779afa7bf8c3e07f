"""Messages that can be read again: those that nothing followed from, neither ours nor hers, and those whose
people we only asked something."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from mailbot.domain.decision import SECRETARIAT, Outcome
from mailbot.domain.mail import RECEIPT
from mailbot.domain.registration import Status
from mailbot.storage import messages, workbooks
from mailbot.storage.decisions import close_cases
from mailbot.storage.filed import STAYS, UNREAD
from mailbot.storage.schema.tables import case, location, log, mail, message, raw, registration
from mailbot.storage.serialization import REGISTRATION


def untouched(tx: sa.Connection, numbers: Collection[int]) -> list[int]:
    """Those of these messages that wait for a person and that nobody did anything with: no row and no mail
    but a receipt came of them, and the secretary decided nothing about them."""
    if not numbers:
        return []
    wanted = (
        message.c.id.in_(numbers),
        message.c.state == messages.DECIDED,
        message.c.outcome.in_((Outcome.REVIEW, Outcome.NO_FORM)),
        message.c.nrs == "[]",
        sa.exists().where(raw.c.message == message.c.id),
        ~sa.exists().where(mail.c.message == message.c.id, mail.c.kind != RECEIPT),
        ~sa.exists().where(log.c.message == message.c.id, log.c.who == SECRETARIAT),
    )
    return list(tx.scalars(sa.select(message.c.id).where(*wanted)))


def incomplete(tx: sa.Connection, events: Collection[str]) -> list[int]:
    """The messages to these events of whose people something was asked, where nothing came since and nobody
    did anything: each still stands as it was read."""
    open_still = (registration.c.event.in_(events), registration.c.status == Status.INCOMPLETE)
    stands: dict[int, set[str]] = {}
    for data in tx.scalars(
        sa.select(registration.c.data).where(*open_still, registration.c.message.is_not(None))
    ):
        row = REGISTRATION.validate_json(data)
        if row.message is not None and not row.by_hand:
            stands.setdefault(row.message, set()).add(row.nr)
    wanted = (
        message.c.id.in_(stands),
        message.c.state == messages.DECIDED,
        message.c.outcome == Outcome.INCOMPLETE,
        sa.exists().where(raw.c.message == message.c.id),
    )
    found = tx.execute(sa.select(message.c.id, message.c.nrs).where(*wanted)).all()
    return [
        number
        for number, nrs in found
        if set(json.loads(nrs)) == stands[number] and not _touched(tx, number, nrs)
    ]


def _touched(tx: sa.Connection, number: int, nrs: str) -> bool:
    """Whether anything else changed the registrations that came of a message, or its sender wrote since."""
    changed = (log.c.registration.in_(json.loads(nrs)), sa.func.coalesce(log.c.message, 0) != number)
    sender = sa.select(message.c.sender_email).where(message.c.id == number).scalar_subquery()
    wrote = (message.c.sender_email == sender, message.c.id > number)
    return any(tx.scalar(sa.select(sa.exists().where(*one))) for one in (changed, wrote))


def take_up(tx: sa.Connection, numbers: Collection[int], now: datetime) -> None:
    """Puts such messages back in line: their open cases are closed, and they are judged anew by their
    arrival."""
    waiting = (case.c.message.in_(numbers), case.c.closed.is_(None))
    touched = close_cases(tx, tx.scalars(sa.select(case.c.id).where(*waiting)).all(), now)
    messages.take_up(tx, numbers)
    left = (location.c.message.in_(numbers), location.c.filed.in_((STAYS, UNREAD)))
    tx.execute(sa.update(location).where(*left).values(filed=""))
    workbooks.mark_behind(tx, touched, now)
