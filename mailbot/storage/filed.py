"""Where decided mail lies in its mailbox, and what is left to be done with it there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailbot.domain.decision import FindingCode
from mailbot.storage.messages import DECIDED, ERASED, HERE, MailPlace, this_place
from mailbot.storage.schema.tables import case, location, message, raw

#: Where mail that stays in its folder was filed to; the second is to be marked as read later.
STAYS, UNREAD = "-", "?"
#: Where mail was filed to that is a person's alone: answered, moved or deleted by them, or never decided.
SETTLED = "!"

#: How the JSON of findings holds that nobody waits for an answer; in a text its quotes would be escaped.
_COURTESY = f'"code":"{FindingCode.COURTESY}"'

_OF_PLACE = sa.update(location).where(*HERE)


@dataclass(frozen=True, slots=True)
class ToFile:
    """A place of decided mail that waits for what is done in the mailbox: its outcome, when it came, and
    whether a case of it is open. ``there``: it stays where it is, and is only to be marked as read."""

    place: MailPlace
    outcome: str
    received: datetime
    open: bool
    there: bool


def to_file(tx: sa.Connection, mailbox: str, folder: str) -> list[ToFile]:
    """Places of decided mail of a folder that was not filed yet, or not marked as read."""
    is_open = sa.exists().where(case.c.message == message.c.id, case.c.closed.is_(None))
    rows = tx.execute(
        sa.select(
            location.c.mailbox,
            location.c.folder,
            location.c.uidvalidity,
            location.c.uid,
            message.c.outcome,
            message.c.received,
            is_open,
            location.c.filed,
        )
        .join(message, message.c.id == location.c.message)
        .where(
            location.c.mailbox == mailbox,
            location.c.folder == folder,
            location.c.filed.in_(("", UNREAD)),
            (location.c.filed == "") | ~is_open,
            message.c.state == DECIDED,
        )
        .order_by(location.c.uid)
    )
    return [ToFile(MailPlace(*row[:4]), row[4], row[5], bool(row[6]), row[7] == UNREAD) for row in rows]


def decided_in(
    tx: sa.Connection, mailbox: str, folder: str, filed: str
) -> list[tuple[MailPlace, datetime, str]]:
    """Where mail came in a folder that was filed to another until its case was decided, and is decided now,
    with when it came and its Message-ID."""
    is_open = sa.exists().where(case.c.message == message.c.id, case.c.closed.is_(None))
    place = (location.c.mailbox, location.c.folder, location.c.uidvalidity, location.c.uid)
    rows = tx.execute(
        sa.select(*place, message.c.received, message.c.message_id)
        .join(message, message.c.id == location.c.message)
        .where(
            location.c.mailbox == mailbox, location.c.folder == folder, location.c.filed == filed, ~is_open
        )
    )
    return [(MailPlace(*row[:4]), row[4], row[5]) for row in rows]


@dataclass(frozen=True, slots=True)
class LeftMail:
    """A mail left for a person, of which no case was ever made, and its place in the mailbox; ``courtesy``:
    it thanks, and asks nothing; ``event``: the id of the event that it is about, where it says so."""

    id: int
    place: MailPlace
    received: datetime
    sender: str
    email: str
    subject: str
    message_id: str = ""
    courtesy: bool = False
    event: str = ""


def left_for_a_person(
    tx: sa.Connection,
    since: datetime,
    most: int,
    number: int | None = None,
    *,
    mailboxes: Collection[str] | None = None,
    thanks_since: datetime | None = None,
) -> list[LeftMail]:
    """The mails left for a person that lie where they came, received from a moment on, and whose bytes
    are still held: at ``most`` so many, the newest first; with ``number`` that one alone. Of ``mailboxes``
    (None: of all), and without plain thanks received before ``thanks_since``."""
    is_thanks = sa.func.coalesce(message.c.findings, "").contains(_COURTESY, autoescape=True)
    wanted = [
        *(() if mailboxes is None else (location.c.mailbox.in_(mailboxes),)),
        *(() if thanks_since is None else (~is_thanks | (message.c.received >= thanks_since),)),
        message.c.outcome == "no-form",
        message.c.state == DECIDED,
        message.c.received >= since,
        location.c.filed.in_(("", STAYS)),
        ~message.c.sender.contains(ERASED),
        sa.exists().where(raw.c.message == message.c.id),
        ~sa.exists().where(case.c.message == message.c.id),
        *(() if number is None else (message.c.id == number,)),
    ]
    place = (location.c.mailbox, location.c.folder, location.c.uidvalidity, location.c.uid)
    told = (message.c.id, message.c.received, message.c.sender, message.c.sender_email, message.c.subject)
    rows = tx.execute(
        sa.select(*place, *told, message.c.message_id, message.c.event, is_thanks.label("courtesy"))
        .join(message, message.c.id == location.c.message)
        .where(*wanted)
        .order_by(message.c.received.desc(), message.c.id.desc())
        .limit(most)
    )
    return [
        LeftMail(
            row.id,
            MailPlace(*row[:4]),
            row.received,
            row.sender,
            row.sender_email,
            row.subject,
            row.message_id,
            bool(row.courtesy),
            row.event,
        )
        for row in rows
    ]


def any_filed(tx: sa.Connection, mailbox: str) -> bool:
    """Whether anything of a mailbox was filed, or left where it was, before."""
    wanted = (location.c.mailbox == mailbox, location.c.filed != "")
    return tx.scalar(sa.select(location.c.uid).where(*wanted).limit(1)) is not None


def note(tx: sa.Connection, places: list[MailPlace], where: str) -> None:
    """Notes where mail was moved to; ``STAYS`` for mail that stays, ``UNREAD`` for mail that stays and is
    to be marked as read once its case is decided."""
    if places:
        tx.execute(_OF_PLACE, [{**this_place(place), "filed": where} for place in places])


def leave_unread(tx: sa.Connection, numbers: Collection[int]) -> None:
    """Mail whose cases ended without a decision of hers is not marked as read: who looks for what is unread
    finds it."""
    is_open = sa.exists().where(case.c.message == location.c.message, case.c.closed.is_(None))
    waits = (location.c.message.in_(numbers), location.c.filed.not_in(("", STAYS, SETTLED)), ~is_open)
    tx.execute(sa.update(location).where(*waits).values(filed=SETTLED))
