"""Messages that can be read again: those that nothing followed from, neither ours nor hers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from mailbot.domain.decision import SECRETARIAT, Outcome
from mailbot.domain.mail import RECEIPT
from mailbot.storage import messages, workbooks
from mailbot.storage.decisions import close_cases
from mailbot.storage.schema.tables import case, location, log, mail, message, raw


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


def take_up(tx: sa.Connection, numbers: Collection[int], now: datetime) -> None:
    """Puts such messages back in line: their open cases are closed, and they are judged anew by their
    arrival."""
    waiting = (case.c.message.in_(numbers), case.c.closed.is_(None))
    touched = close_cases(tx, tx.scalars(sa.select(case.c.id).where(*waiting)).all(), now)
    messages.take_up(tx, numbers)
    left = (location.c.message.in_(numbers), location.c.filed.in_((messages.STAYS, messages.UNREAD)))
    tx.execute(sa.update(location).where(*left).values(filed=""))
    workbooks.mark_behind(tx, touched, now)
