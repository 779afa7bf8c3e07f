"""What the daily consistency check asks of the ledger. It only reads, except that it sets a cursor back."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from mailbot.domain.decision import FindingCode, Outcome
from mailbot.storage.messages import DECIDED, ERASED, MailPlace, cursor_of
from mailbot.storage.schema.tables import case, cursor, location, mail, message

#: Outcomes from which nothing need follow.
IGNORED = (Outcome.AUTOMATIC, Outcome.DUPLICATE, Outcome.NO_FORM)
#: Outcomes that are answered, where the sender may be answered at all.
ANSWERED = tuple(outcome for outcome in Outcome if not outcome.is_silent)
#: How the JSON of findings holds that an answer is due; in a text its quotes would be escaped.
_DUE = f'"code":"{FindingCode.ANSWER_DUE}"'
#: The same, that a message went into the case of another.
_JOINED = f'"code":"{FindingCode.JOINED}"'


def never_met(
    tx: sa.Connection, mailbox: str, folder: str, uidvalidity: int, uids: Collection[int]
) -> list[int]:
    """The UIDs of a folder, up to its cursor, that the ledger does not know."""
    known = cursor_of(tx, mailbox, folder)
    if known is None or known[0] != uidvalidity:
        return []  # the next poll lists all of them
    here = (
        location.c.mailbox == mailbox,
        location.c.folder == folder,
        location.c.uidvalidity == uidvalidity,
    )
    met = set(tx.scalars(sa.select(location.c.uid).where(*here)))
    return sorted(uid for uid in uids if uid <= known[1] and uid not in met)


def list_again(tx: sa.Connection, place: MailPlace) -> None:
    """Sets the cursor of a folder back to before a place; messages that are known already stay known."""
    tx.execute(
        sa.update(cursor)
        .where(cursor.c.mailbox == place.mailbox, cursor.c.folder == place.folder)
        .values(uid=place.uid - 1)
    )


def without_consequence(tx: sa.Connection) -> list[int]:
    """Decided messages that are neither ignored nor have left a row, a case or a mail, nor went into the case
    of another."""
    left = (
        (message.c.nrs != "[]")
        | sa.exists().where(case.c.message == message.c.id)
        | sa.exists().where(mail.c.message == message.c.id)
        | sa.func.coalesce(message.c.findings, "").contains(_JOINED, autoescape=True)
    )
    wanted = (*_decided(), message.c.outcome.not_in(IGNORED), ~left)
    return list(tx.scalars(sa.select(message.c.id).where(*wanted).order_by(message.c.id)))


def unanswered(tx: sa.Connection) -> list[int]:
    """Decided messages that were to be answered and have no answer. Where the secretariat decided a case of
    one, that decision says who is answered."""
    drawn = sa.exists().where(mail.c.message == message.c.id)
    decided = sa.exists().where(case.c.message == message.c.id, case.c.closed.is_not(None))
    wanted = (
        *_decided(),
        message.c.outcome.in_(ANSWERED),
        message.c.findings.contains(_DUE, autoescape=True),
        ~drawn,
        ~decided,
    )
    return list(tx.scalars(sa.select(message.c.id).where(*wanted).order_by(message.c.id)))


def _decided() -> tuple[sa.ColumnElement[bool], ...]:
    return message.c.state == DECIDED, ~message.c.sender_email.startswith(ERASED)
