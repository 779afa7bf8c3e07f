"""How many places are taken and who waits, and how many mails went to whom in a day."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import sqlalchemy as sa

from mailbot.domain.message import Address
from mailbot.domain.registration import COMING, Registration, Status
from mailbot.storage.schema.tables import mail, meta, registration
from mailbot.storage.serialization import REGISTRATION

DAY = timedelta(hours=24)
#: Built once: building a statement costs more than running it, and these run for every message.
_NEXT_NR = sa.select(meta.c.value).where(meta.c.key == "next_nr")
#: Whom a mail is proven to come from has a share of their own, which nobody uses up in their name.
_COUNTS = (
    mail.c.made_at > sa.bindparam("since"),
    mail.c.proven | ~sa.bindparam("proven", type_=sa.Boolean()),
)
_ANSWERS_TO = sa.select(sa.func.count()).where(
    mail.c.recipient_mailbox == sa.bindparam("recipient"), mail.c.is_answer, *_COUNTS
)
_ANSWERS_DRAWN = _ANSWERS_TO.where(mail.c.drawn_by_mailbox == sa.bindparam("recipient"))
_DRAWN_BY = sa.select(sa.func.count()).where(
    mail.c.drawn_by_mailbox == sa.bindparam("sender"),
    mail.c.recipient_mailbox != sa.bindparam("sender"),
    *_COUNTS,
)
_DRAWN_TO = (
    sa.select(sa.func.count())
    .where(
        mail.c.recipient_mailbox.in_(sa.bindparam("recipients", expanding=True)),
        mail.c.drawn_by_mailbox.not_in((mail.c.recipient_mailbox, "")),
        *_COUNTS,
    )
    .group_by(mail.c.recipient_mailbox)
    .order_by(sa.func.count().desc())
    .limit(1)
)
#: Who holds a place at an event, as ``domain.places.holds_place`` says, by organisation.
_TAKEN = (
    sa.select(registration.c.organisation, sa.func.count())
    .where(
        registration.c.event == sa.bindparam("this"),
        registration.c.status.in_(COMING)
        | (
            (registration.c.status == Status.INCOMPLETE)
            & ~registration.c.without_place
            & (registration.c.arrived >= sa.bindparam("since", type_=registration.c.arrived.type))
        ),
    )
    .group_by(registration.c.organisation)
)
#: Those whose mail came before, for whom our first question may have come later.
_ASKED_SINCE = sa.select(registration.c.organisation, registration.c.data).where(
    registration.c.event == sa.bindparam("this"),
    registration.c.status == Status.INCOMPLETE,
    ~registration.c.without_place,
    registration.c.arrived < sa.bindparam("since", type_=registration.c.arrived.type),
)
_WAITING = (
    sa.select(registration.c.event, registration.c.data)
    .where(
        registration.c.event.in_(sa.bindparam("events", expanding=True)),
        registration.c.status == Status.WAITLISTED,
    )
    .order_by(registration.c.arrived, registration.c.number)
)


def taken_at(tx: sa.Connection, event: str, since: datetime) -> Counter[str]:
    """The places that people hold at an event, by organisation; of the incomplete, those whom we asked
    ``since``."""
    rows = tx.execute(_TAKEN, {"this": event, "since": since}).all()
    counted = Counter({str(organisation): int(count) for organisation, count in rows})
    for organisation, data in tx.execute(_ASKED_SINCE, {"this": event, "since": since}):
        asked = REGISTRATION.validate_json(data).asked_at
        counted[organisation] += asked is not None and asked >= since
    return +counted


def next_number(tx: sa.Connection) -> int:
    """The next free number; a number is never given twice."""
    return int(tx.scalar(_NEXT_NR) or 1)


def waiting_lists(tx: sa.Connection, events: list[str]) -> dict[str, tuple[Registration, ...]]:
    lists: dict[str, tuple[Registration, ...]] = dict.fromkeys(events, ())
    if not events:
        return lists
    rows = tx.execute(_WAITING, {"events": events})
    for event, data in rows:
        lists[event] = (*lists[event], REGISTRATION.validate_json(data))
    return lists


def answers_to(tx: sa.Connection, recipient: str, sender: str, now: datetime, proven: bool) -> int:
    """How many answers this mailbox was given in the last 24 hours; the ``sender`` of a mail, to mail of
    theirs: what others draw to them has a limit of its own and uses up nobody's answers. ``proven`` counts
    those that were certainly drawn by its owner."""
    counted = _ANSWERS_DRAWN if recipient == sender else _ANSWERS_TO
    return tx.scalar(counted, {"recipient": recipient, "since": now - DAY, "proven": proven}) or 0


def drawn_by(tx: sa.Connection, sender: str, now: datetime, proven: bool) -> int:
    """How many mails to others this sender's messages drew in the last 24 hours."""
    return tx.scalar(_DRAWN_BY, {"sender": sender, "since": now - DAY, "proven": proven}) or 0


def drawn_to(tx: sa.Connection, recipients: set[str], now: datetime, proven: bool) -> int:
    """How many mails that others drew, the one of these mailboxes that had most got in the last 24 hours."""
    if not recipients:
        return 0
    mailboxes = [Address(one).mailbox for one in recipients]
    return tx.scalar(_DRAWN_TO, {"recipients": mailboxes, "since": now - DAY, "proven": proven}) or 0
