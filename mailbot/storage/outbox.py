"""Mail to send: claimed, handed over, marked. Each step is a transaction of its own.

SMTP cannot be exactly-once: a claim found unmarked after a crash is sent again, with the same
Message-ID, and counted where it may have gone out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

import sqlalchemy as sa

from mailbot.domain.mail import RECEIPT, Attachment, Mail
from mailbot.storage import workbooks
from mailbot.storage.messages import ERASED
from mailbot.storage.schema.tables import (
    attachment,
    case,
    host,
    mail,
    mail_registration,
    settled,
)
from mailbot.storage.serialization import MAIL

#: Bytes of attachments claimed together: they lie in memory until they are handed over.
HEAVY = 8 << 20
#: No wait between two tries is as long as this.
TOO_FAR = timedelta(hours=1)

#: Built once: building a statement costs more than running it, and this runs for every mail.
_OF_MAIL = sa.update(mail).where(mail.c.id == sa.bindparam("this"))

_CLAIMED = (
    mail.c.id,
    mail.c.data,
    mail.c.tries,
    mail.c.made_at,
    mail.c.message,
    mail.c.message_id,
    mail.c.of_case,
)

WAITING, CLAIMED, SENT, FAILED = "waiting", "claimed", "sent", "failed"


_ANY_CLAIMED = sa.select(mail.c.id).where(mail.c.state == CLAIMED).limit(1)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail to hand over now; ``tries`` counts this one. ``made_at`` is when it was decided, ``of_case`` the
    decided case that it follows from (0: none)."""

    id: int
    mail: Mail
    tries: int
    made_at: datetime
    message: int | None
    of_case: int = 0


def release_claims(tx: sa.Connection, owner: str, booted: datetime | None) -> int:
    """While this host (``owner``) sends nothing: its claims that nobody marked wait again, and those of
    hosts that are no more. Gives how many may have gone out, which is counted: of those claimed together,
    handed over one after the other, the first that bears no mark; of those from before this machine
    ``booted``, whose last marks a power cut may have taken, every one. None where each mark is synced."""
    if tx.scalar(_ANY_CLAIMED) is None:
        return 0  # as in most cycles
    living = sa.select(host.c.id).where(host.c.id != owner)
    nobodys = (mail.c.state == CLAIMED, mail.c.owner.not_in(living))
    first = sa.select(sa.func.min(mail.c.id)).where(*nobodys).group_by(mail.c.owner, mail.c.claimed_at)
    uncertain: sa.ColumnElement[bool] = mail.c.id.in_(first.scalar_subquery())
    if booted:
        uncertain |= mail.c.claimed_at < booted
    again = {"state": WAITING, "owner": ""}
    counted = sa.update(mail).where(*nobodys, uncertain).values(**again, resent=mail.c.resent + 1)
    found = tx.execute(counted).rowcount
    tx.execute(sa.update(mail).where(*nobodys).values(**again))
    return found


def claim(
    tx: sa.Connection,
    now: datetime,
    limit: int,
    *,
    owner: str = "",
    answers: bool = True,
    unproven: bool = True,
    last_tried_before: datetime | None = None,
) -> list[Claimed]:
    """Claims due mails for the host ``owner``, oldest first. Without ``answers`` none that a message caused;
    without ``unproven`` none caused by a message whose sender is not proven. With ``last_tried_before``,
    mails whose next try is later are due too if their last try was before that. A next try further ahead than
    any wait is due as well: the clock was set back."""
    due: list[sa.ColumnElement[bool]] = [mail.c.state == WAITING, mail.c.not_before <= now]
    if not answers:
        due.append(~mail.c.is_answer & mail.c.message.is_(None))
    elif not unproven:
        due.append(mail.c.proven | (~mail.c.is_answer & mail.c.message.is_(None)))
    if last_tried_before is None:
        due.append((mail.c.next_try <= now) | (mail.c.next_try > now + TOO_FAR))
    else:
        due.append(mail.c.claimed_at.is_(None) | (mail.c.claimed_at < last_tried_before))
    wanted = sa.select(mail.c.id).where(*due).order_by(mail.c.id).limit(limit)
    waiting = tx.scalars(
        wanted.with_for_update(skip_locked=True)
    )  # SQLite, which has one writer, leaves it out
    ids = _not_too_heavy(tx, waiting.all())
    if not ids:
        return []
    found = _whole(tx, sa.select(*_CLAIMED).where(mail.c.id.in_(ids)).order_by(mail.c.id))
    tx.execute(
        sa.update(mail)
        .where(mail.c.id.in_([one.id for one in found]))
        .values(state=CLAIMED, owner=owner, claimed_at=now, tries=mail.c.tries + 1)
    )
    return [replace(one, tries=one.tries + 1) for one in found]


def _not_too_heavy(tx: sa.Connection, ids: Sequence[int]) -> Sequence[int]:
    """The first of these, and as many after it as weigh no more than ``HEAVY`` with their attachments."""
    if not ids:
        return ids
    weights = sa.select(attachment.c.mail, sa.func.sum(sa.func.length(attachment.c.data)))
    rows = tx.execute(weights.where(attachment.c.mail.in_(ids)).group_by(attachment.c.mail))
    weight = {number: int(size) for number, size in rows}
    sums = accumulate(weight.get(number, 0) for number in ids)
    return ids[: max(1, sum(so_far <= HEAVY for so_far in sums))]


def release(tx: sa.Connection, ids: list[int]) -> None:
    """Gives claims back without counting a try: the server could not be used, which counts against no
    mail."""
    tx.execute(
        sa.update(mail)
        .where(mail.c.id.in_(ids), mail.c.state == CLAIMED)
        .values(state=WAITING, tries=mail.c.tries - 1)
    )


def mark_sent(tx: sa.Connection, number: int, now: datetime, *, copied: bool, shown: bool = True) -> None:
    """Records that the server took a mail; ``copied``: no copy in a Sent folder is due, ``shown``: it may
    stand on the row of a decided case."""
    tx.execute(_OF_MAIL, {"this": number, "state": SENT, "sent_at": now, "error": "", "copied": copied})
    if shown:
        _show_on_row(tx, number, now)


def mark_failed(
    tx: sa.Connection,
    number: int,
    now: datetime,
    error: str,
    *,
    next_try: datetime | None = None,
    unsure: bool = False,
) -> None:
    """Records what the server said; without a ``next_try`` (aware) it is not tried again. ``unsure``: it may
    have arrived, so sending it again is counted."""
    state = {"state": FAILED} if next_try is None else {"state": WAITING, "next_try": next_try}
    again = {"resent": mail.c.resent + 1} if unsure else {}
    tx.execute(sa.update(mail).where(mail.c.id == number).values(error=error, **state, **again))
    if next_try is None:
        _show_on_row(tx, number, now)


def _show_on_row(tx: sa.Connection, number: int, now: datetime) -> None:
    """Has the workbook written again in which the row of the secretary's decision shows what became of this
    mail."""
    shown = sa.select(settled.c.event).join(mail, mail.c.of_case == settled.c.case_id)
    event = tx.scalar(shown.where(mail.c.id == number, mail.c.of_case != 0))
    if event is not None:
        workbooks.mark_behind(tx, [event], now)


def retry(tx: sa.Connection, message: int, now: datetime) -> int:
    """Puts the failed mails that a message caused back in line; returns how many."""
    found = tx.execute(
        sa.update(mail)
        .where(mail.c.message == message, mail.c.state == FAILED, mail.c.error != ERASED)
        .values(state=WAITING, next_try=now, tries=0, error="")
    )
    return found.rowcount


def take_back_receipts(tx: sa.Connection, cases: Sequence[int]) -> None:
    """Removes waiting receipts for messages whose cases are closed now: their senders hear the decision."""
    decided = sa.select(case.c.message).where(case.c.id.in_(cases), case.c.message.is_not(None))
    waiting = sa.select(mail.c.id).where(
        mail.c.kind == RECEIPT, mail.c.state == WAITING, mail.c.message.in_(decided)
    )
    take_back(tx, tx.scalars(waiting).all())


def put_off_receipts(tx: sa.Connection, addresses: Collection[str], moment: datetime) -> None:
    """Has receipts to these addresses wait until a moment: who hears from us now, on another mail of theirs,
    gets no second mail beside it."""
    waiting = (mail.c.kind == RECEIPT, mail.c.state == WAITING, mail.c.not_before < moment)
    tx.execute(
        sa.update(mail)
        .where(*waiting, mail.c.recipient.in_(addresses))
        .values(not_before=moment, next_try=moment)
    )


def take_back(tx: sa.Connection, mails: Collection[int]) -> None:
    """Removes mails that nobody claimed, with all that hangs on them."""
    for table in (mail_registration, attachment):
        tx.execute(sa.delete(table).where(table.c.mail.in_(mails)))
    tx.execute(sa.delete(mail).where(mail.c.id.in_(mails)))


def sent_since(tx: sa.Connection, moment: datetime) -> int:
    """How many answers were sent after a moment (aware) or are claimed: the hourly limit counts them."""
    sent = (mail.c.state == SENT, mail.c.is_answer, mail.c.sent_at > moment)
    claimed = (mail.c.state == CLAIMED, mail.c.is_answer)
    counts = [sa.select(sa.func.count()).where(*wanted).scalar_subquery() for wanted in (sent, claimed)]
    return tx.scalar(sa.select(counts[0] + counts[1])) or 0


def answers_due(tx: sa.Connection, now: datetime) -> int:
    """How many answers wait that could go out now."""
    wanted = (mail.c.state == WAITING, mail.c.is_answer, mail.c.next_try <= now)
    return tx.scalar(sa.select(sa.func.count()).where(*wanted)) or 0


def waiting_mails(tx: sa.Connection, now: datetime) -> list[Mail]:
    """What would go out now, in order; nothing is claimed."""
    waiting = sa.select(*_CLAIMED).where(mail.c.state == WAITING, mail.c.not_before <= now)
    return [one.mail for one in _whole(tx, waiting.order_by(mail.c.id))]


def next_due(tx: sa.Connection) -> datetime | None:
    """When the next mail is due; None where none waits."""
    earliest = sa.select(mail.c.next_try).where(mail.c.state == WAITING).order_by(mail.c.next_try).limit(1)
    return tx.scalar(earliest)


def to_copy(tx: sa.Connection, limit: int, after: int = 0) -> list[Claimed]:
    """Mails sent of which the copy in the sent folder is still due, from those ``after`` a number."""
    sent = sa.select(*_CLAIMED).where(mail.c.state == SENT, ~mail.c.copied, mail.c.id > after)
    return _whole(tx, sent.order_by(mail.c.id).limit(limit))


def mark_copied(tx: sa.Connection, ids: list[int]) -> None:
    """Records that copies are in the Sent folder."""
    tx.execute(sa.update(mail).where(mail.c.id.in_(ids)).values(copied=True))


def _whole(tx: sa.Connection, wanted: sa.Select[Any]) -> list[Claimed]:
    """The mails of a selection of ``_CLAIMED``, with their attachments."""
    rows = tx.execute(wanted).all()
    files = _attachments(tx, [row.id for row in rows])
    found = []
    for row in rows:
        letter = MAIL.validate_json(row.data)
        letter = replace(letter, attachments=files.get(row.id, ()), message_id=row.message_id)
        found.append(Claimed(row.id, letter, row.tries, row.made_at, row.message, row.of_case))
    return found


def _attachments(tx: sa.Connection, mails: list[int]) -> dict[int, tuple[Attachment, ...]]:
    files: dict[int, tuple[Attachment, ...]] = {}
    if not mails:
        return files  # SQLite searches every attachment for an empty list
    for row in tx.execute(
        sa.select(attachment)
        .where(attachment.c.mail.in_(mails))
        .order_by(attachment.c.mail, attachment.c.position)
    ):
        files[row.mail] = (*files.get(row.mail, ()), Attachment(row.name, row.media_type, row.data))
    return files
