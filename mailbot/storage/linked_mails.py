"""Mails of a thread, ours and theirs: what ours asked, and which registrations they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.mail import TO_THE_OFFICE
from mailbot.domain.message import Address, Bounce, Message
from mailbot.domain.registration import Registration, Status
from mailbot.storage.schema.tables import case, mail, mail_registration, message, registration
from mailbot.storage.serialization import MAIL, REGISTRATION

#: Servers give up after four or five days (RFC 5321 §4.5.4.1).
RETURNED_WITHIN = timedelta(days=7)
_IN_THREAD: sa.BindParameter[Any] = sa.bindparam("thread", expanding=True)
#: What ``LinkedMail`` holds of a mail of ours, in its order.
_OF_OURS = (
    mail.c.id,
    mail.c.event,
    mail.c.asks,
    mail.c.is_answer,
    mail.c.recipient,
    mail.c.message,
    mail.c.of_case,
    mail.c.proven,
)
_OUR_MAILS = sa.select(mail.c.message_id, *_OF_OURS).where(mail.c.message_id.in_(_IN_THREAD))
_THEIR_MESSAGES = sa.select(
    message.c.message_id, message.c.id, message.c.event, sa.literal(""), sa.false(), sa.literal("")
).where(message.c.message_id.in_(_IN_THREAD), message.c.copy_of.is_(None))
_NRS_OF = (
    sa.select(mail_registration.c.nr)
    .where(mail_registration.c.mail == sa.bindparam("this"))
    .order_by(mail_registration.c.nr)
)
THOSE_NUMBERED = sa.select(registration.c.data).where(
    registration.c.number.in_(sa.bindparam("numbers", expanding=True))
)
#: What was asked of an address about an event, last first: for answers that are still open, or by the
#: secretary in a case that still waits.
_PUT_TO = (
    sa.select(*_OF_OURS)
    .select_from(mail.outerjoin(case, case.c.id == mail.c.of_case))
    .where(mail.c.recipient == sa.bindparam("to"), mail.c.event == sa.bindparam("event"))
    .where(
        (mail.c.asks == Ask.INCOMPLETE)
        | ((mail.c.asks == Ask.REMARK) & case.c.closed.is_(None) & (case.c.id > 0))
    )
    .order_by(mail.c.made_at.desc(), mail.c.id.desc())
    .limit(20)
)

#: Whether they come on the new date, as an address was asked about one of these registrations; last first.
_NEW_DATE_PUT_TO = (
    sa.select(*_OF_OURS)
    .join_from(mail, mail_registration, mail_registration.c.mail == mail.c.id)
    .where(mail.c.recipient == sa.bindparam("to"), mail.c.asks == Ask.NEW_DATE)
    .where(mail_registration.c.nr.in_(sa.bindparam("nrs", expanding=True)))
    .order_by(mail.c.made_at.desc(), mail.c.id.desc())
    .limit(1)
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
    """The nearest of our mails that a message in this thread answers, whether that asks or tells; where it
    asks nothing any more, the one question that still waits for an answer from whom it went to."""
    ours = our_mails(tx, thread)
    if not ours:
        return None
    asked = _as_question(tx, ours[0])
    waits = asked.kind is Ask.INCOMPLETE and any(_is_open(tx, nr) for nr in asked.nrs)
    if waits or asked.kind not in _PUT_BY_OTHERS:
        return asked
    return _question_elsewhere(tx, ours[0], asked.nrs) or asked


#: Of our mails, those that ask nothing more by themselves once their registrations are whole: an answer to
#: them may be meant for the question that another mail put.
_PUT_BY_OTHERS = frozenset({Ask.TOLD, Ask.INCOMPLETE, Ask.ANSWERED, Ask.REFUSED})


def _as_question(tx: sa.Connection, ours: LinkedMail) -> PendingQuestion:
    """What a mail of ours asked or told. If it is about several people: the only one whose answers are still
    open."""
    nrs = nrs_of(tx, [ours.id])
    rows = _of_numbers(tx, nrs)
    if ours.asks == Ask.INCOMPLETE:
        open_still = [row for row in rows if row.status is Status.INCOMPLETE]
        rows = open_still if len(open_still) == 1 else rows
    if len(rows) == 1:
        nrs = (rows[0].nr,)
    return PendingQuestion(Ask(ours.asks) or Ask.TOLD, ours.event, nrs, tuple(rows), ours.of_case)


def _question_elsewhere(
    tx: sa.Connection, ours: LinkedMail, about: tuple[str, ...]
) -> PendingQuestion | None:
    """The question that still waits, of those that other mails put to the same address about the same event:
    who answers "ja, klopt" to the calendar entry means it. Of several it is the one ``about`` the same
    registrations, else nobody knows which one is meant. Where it was asked whether they come on the new date,
    nothing else of the former one is open any more."""
    if again := tx.execute(_NEW_DATE_PUT_TO, {"to": ours.recipient, "nrs": about}).first():
        return replace(_as_question(tx, LinkedMail(*again)), elsewhere=True)
    put = tx.execute(_PUT_TO, {"to": ours.recipient, "event": ours.event}).all()
    waiting: dict[tuple[str, ...], PendingQuestion] = {}
    for row in put:
        one = LinkedMail(*row)
        nrs = tuple(nr for nr in nrs_of(tx, [one.id]) if one.asks == Ask.REMARK or _is_open(tx, nr))
        if one.asks == Ask.REMARK or nrs:
            rows = tuple(_of_numbers(tx, nrs))
            said = PendingQuestion(Ask(one.asks), one.event, nrs, rows, one.of_case, elsewhere=True)
            waiting.setdefault((*nrs, str(one.of_case)), said)  # asked again, it is one question
    same = [one for one in waiting.values() if set(one.nrs) & set(about)]
    found = same if len(same) == 1 else list(waiting.values())
    if len(found) < 2:
        return found[0] if found else None
    nrs = tuple(dict.fromkeys(nr for one in found for nr in one.nrs))
    return PendingQuestion(Ask.INCOMPLETE, ours.event, nrs, elsewhere=True, several=True)


def _is_open(tx: sa.Connection, nr: str) -> bool:
    return any(row.status is Status.INCOMPLETE or row.doubts for row in _of_numbers(tx, (nr,)))


def _of_numbers(tx: sa.Connection, nrs: Iterable[str]) -> list[Registration]:
    data = tx.scalars(THOSE_NUMBERED, {"numbers": numbers(nrs)})
    return [REGISTRATION.validate_json(row) for row in data]


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
    guess which one is answered, and so it is where the thread holds one to somebody else."""
    first = next(iter(our_mails(tx, content.in_reply_to[:1])), None)
    own = first is not None and first.recipient == content.sender.email.lower()
    # in a thread with others whoever got it themselves answers it all the same
    beside = content.in_reply_to if own else content.thread
    recipients = {one.recipient for one in our_mails(tx, beside)}
    return first if len(recipients) == 1 else None


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
        sa.select(*_OF_OURS)
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


def nr_by_uid(tx: sa.Connection, uids: Iterable[str]) -> dict[str, str]:
    """Of each UID of an invitation of ours, the nr that it was last sent for."""
    rows = tx.execute(
        sa.select(mail_registration.c.calendar_uid, mail_registration.c.nr)
        .where(mail_registration.c.calendar_uid.in_(sorted({*uids} - {""})[:_MOST_UIDS]))
        .order_by(mail_registration.c.mail)
    )
    return {uid: nr for uid, nr in rows}  # noqa: C416  dict() takes a result for a mapping


#: Invitations that one answer is looked up for.
_MOST_UIDS = 50


def subject_to_many(tx: sa.Connection, number: int) -> str:
    """The subject of a mail of ours that the secretary wrote to many; empty for one that answers a mail or
    follows from one, and for one to the office."""
    of = (mail.c.id == number, mail.c.message.is_(None), ~mail.c.is_answer)
    data = tx.scalar(sa.select(mail.c.data).where(*of, mail.c.kind.not_in(TO_THE_OFFICE)))
    return MAIL.validate_json(data).subject if data else ""
