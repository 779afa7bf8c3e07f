"""Mails of a thread, ours and theirs: what ours asked, and which registrations they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.message import Address, Bounce, Message
from mailbot.domain.registration import Status
from mailbot.storage.schema.tables import mail, mail_registration, message, registration
from mailbot.storage.serialization import MAIL, REGISTRATION

#: Servers give up after four or five days (RFC 5321 §4.5.4.1).
RETURNED_WITHIN = timedelta(days=7)
_IN_THREAD: sa.BindParameter[Any] = sa.bindparam("thread", expanding=True)
_OUR_MAILS = sa.select(
    mail.c.message_id,
    mail.c.id,
    mail.c.event,
    mail.c.asks,
    mail.c.is_answer,
    mail.c.recipient,
    mail.c.message,
    mail.c.of_case,
    mail.c.proven,
).where(mail.c.message_id.in_(_IN_THREAD))
_THEIR_MESSAGES = sa.select(
    message.c.message_id, message.c.id, message.c.event, sa.literal(""), sa.false(), sa.literal("")
).where(message.c.message_id.in_(_IN_THREAD), message.c.copy_of.is_(None))
_NRS_OF = (
    sa.select(mail_registration.c.nr)
    .where(mail_registration.c.mail == sa.bindparam("this"))
    .order_by(mail_registration.c.nr)
)
_THOSE_NUMBERED = sa.select(registration.c.data).where(
    registration.c.number.in_(sa.bindparam("numbers", expanding=True))
)


@dataclass(frozen=True, slots=True)
class LinkedMail:
    """A mail in a thread: one of ours, or one of theirs."""

    id: int
    event: str
    asks: str
    is_answer: bool
    recipient: str
    message: int | None = None
    of_case: int = 0
    proven: bool = True


def numbers(nrs: Iterable[str]) -> list[int]:
    """The ledger's numbers of references ("INS-0042" → 42); what is none is passed over."""
    tails = (nr.rpartition("-")[2] for nr in nrs)
    return [int(tail) for tail in tails if tail.isascii() and tail.isdigit() and len(tail) < 10]


def asked_in(tx: sa.Connection, thread: Sequence[str]) -> PendingQuestion | None:
    """The question of ours that a message in this thread answers: that of the nearest of our
    mails, where it asks something."""
    answered = answered_in(tx, thread)
    return answered if answered and answered.kind != "told" else None


def answered_in(tx: sa.Connection, thread: Sequence[str]) -> PendingQuestion | None:
    """The nearest of our mails that a message in this thread answers, whether that asks or tells. If it is
    about several people: the only one whose answers are still open."""
    ours = our_mails(tx, thread)
    if not ours:
        return None
    nrs = nrs_of(tx, [ours[0].id])
    data = tx.scalars(_THOSE_NUMBERED, {"numbers": numbers(nrs)})
    rows = [REGISTRATION.validate_json(row) for row in data]
    if ours[0].asks == Ask.INCOMPLETE:
        open_still = [row for row in rows if row.status is Status.INCOMPLETE]
        rows = open_still if len(open_still) == 1 else rows
    if len(rows) == 1:
        nrs = (rows[0].nr,)
    only = rows[0] if len(rows) == 1 else None
    return PendingQuestion(Ask(ours[0].asks) or Ask.TOLD, ours[0].event, nrs, only, ours[0].of_case)


def lines_of_ours(tx: sa.Connection, thread: Sequence[str]) -> frozenset[str]:
    """Every line of our mails in a thread, and their subjects, which stand above their text: where they are
    quoted unchanged they are nobody's answer."""
    if not thread:
        return frozenset()
    ours = tx.scalars(sa.select(mail.c.data).where(mail.c.message_id.in_(thread)))
    letters = [MAIL.validate_json(data) for data in ours]
    return frozenset(line for one in letters for line in (one.subject, *one.text.splitlines()))


def answered_in_thread(
    ours: Sequence[LinkedMail], sender: Address, answers_mail_to: str, confirmed: bool
) -> int:
    """How many answers of ours stand in a thread, whoever got them; to who answers the mail that they got
    themselves, those to them: anybody can make up a chain of references for others to answer. For a
    mail that the server ``confirmed``, those that such mails drew."""
    own = answers_mail_to == sender.email.lower()
    return sum(
        row.is_answer
        and (row.proven or not confirmed)
        and (not own or Address(row.recipient).mailbox == sender.mailbox)
        for row in ours
    )


def answered_directly(tx: sa.Connection, content: Message) -> LinkedMail | None:
    """The mail of ours that a message answers directly. What stands in References alone proves nothing:
    who answers an answer to all has seen that, not our mail. Of mails to several people it is anybody's
    guess which one is answered."""
    first, others = our_mails(tx, content.in_reply_to[:1]), our_mails(tx, content.in_reply_to[1:])
    if len({one.recipient for one in (*first, *others)}) > 1:
        return None
    return next(iter(first), None)


def our_mails(tx: sa.Connection, thread: Sequence[str]) -> list[LinkedMail]:
    """Mails of ours in a thread, nearest first."""
    return _nearest_first(tx, thread, _OUR_MAILS)


def returned_mail(tx: sa.Connection, bounce: Bounce, now: datetime) -> list[LinkedMail]:
    """The mail of ours that came back: by its Message-ID, else the last that went to that address in
    the days that servers go on trying. Relays give what they send a Message-ID of their own."""
    if named := our_mails(tx, [bounce.message_id]):
        return named
    columns = mail.c
    last = (
        sa.select(columns.id, columns.event, columns.asks, columns.is_answer, columns.recipient)
        .where(columns.recipient == bounce.recipient, columns.made_at > now - RETURNED_WITHIN)
        .order_by(columns.made_at.desc(), columns.id.desc())
        .limit(1)
    )
    return [LinkedMail(*row) for row in tx.execute(last)] if bounce.recipient else []


def their_messages(tx: sa.Connection, thread: Sequence[str]) -> list[LinkedMail]:
    """Messages met before in a thread, nearest first."""
    return _nearest_first(tx, thread, _THEIR_MESSAGES)


def _nearest_first(tx: sa.Connection, thread: Sequence[str], wanted: sa.Select[Any]) -> list[LinkedMail]:
    if not thread:
        return []
    rows = tx.execute(wanted, {"thread": list(thread)}).all()
    return [LinkedMail(*row[1:]) for row in sorted(rows, key=lambda row: thread.index(row[0]))]


def nrs_of(tx: sa.Connection, mails: list[int]) -> tuple[str, ...]:
    """The registrations that mails of ours are about; those of the nearest mail that has any."""
    for number in mails:
        rows = tx.scalars(_NRS_OF, {"this": number}).all()
        if rows:
            return tuple(rows)
    return ()


def nrs_from(tx: sa.Connection, messages: list[LinkedMail]) -> tuple[str, ...]:
    """The registrations that came of messages met before."""
    ids = [row.id for row in messages]
    if not ids:
        return ()
    rows = tx.scalars(
        sa.select(registration.c.data).where(registration.c.message.in_(ids)).order_by(registration.c.number)
    )
    return tuple(REGISTRATION.validate_json(row).nr for row in rows)


def nr_by_uid(tx: sa.Connection, uid: str) -> dict[str, str]:
    nr = tx.scalar(
        sa.select(mail_registration.c.nr)
        .where(mail_registration.c.calendar_uid == uid)
        .order_by(mail_registration.c.mail.desc())
        .limit(1)
    )
    return {uid: nr} if nr and uid else {}
