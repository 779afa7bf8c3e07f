"""The messages that were listed: each is stored as it came before anything else is done with it, and known
once."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from mailbot.domain.message import Message
from mailbot.storage import health
from mailbot.storage.schema.tables import cursor, location, message, raw

#: How often a message that fails by itself is tried before it is shelved.
TRIES = 3

#: What stands where something was erased.
ERASED = "■■■"

#: After so many mails in a row with the same host in the topmost ``Received``, that host is taken for
#: our own server.
ALWAYS = 5

STORED, DECIDED, SHELVED = "stored", "decided", "shelved"

#: Bytes of a mail that are packed at a time.
_STEP = 1 << 18

#: Built once: building a statement costs more than running it, and these run for every message.
HERE = tuple(
    location.c[name] == sa.bindparam(f"this_{name}") for name in ("mailbox", "folder", "uidvalidity", "uid")
)
_AT_PLACE = sa.select(location.c.message).where(*HERE)
_ADD_MESSAGE, _ADD_RAW, _ADD_LOCATION = sa.insert(message), sa.insert(raw), sa.insert(location)
_OF_MESSAGE = sa.update(message).where(message.c.id == sa.bindparam("this"))
_OF_WAITING = _OF_MESSAGE.where(message.c.state == STORED)
_STATE = sa.select(message.c.state).where(message.c.id == sa.bindparam("this"))
_SAME = (
    sa.select(message.c.id)
    .where(
        message.c.id != sa.bindparam("this"),
        message.c.copy_of.is_(None),
        message.c.state == DECIDED,
        message.c.message_id == sa.bindparam("message_id"),
        message.c.sender_email.in_((sa.bindparam("sender"), sa.bindparam("erased"))),
        message.c.digest == sa.bindparam("digest"),
    )
    .order_by(message.c.id)
    .limit(1)
)
_SAME_BY_DATE = _SAME.where(message.c.sent.is_not_distinct_from(sa.bindparam("sent")))
_RAW = (
    sa.select(raw.c.data)
    .join(message, raw.c.message == sa.func.coalesce(message.c.copy_of, message.c.id))
    .where(message.c.id == sa.bindparam("this"))
)

_HAS_RAW = _RAW.with_only_columns(raw.c.message)


@dataclass(frozen=True, slots=True)
class MailPlace:
    """Where a message lies: RFC 9051 §2.3.1.1."""

    mailbox: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that waits for its decision. ``whole`` is false where only its header came."""

    id: int
    mailbox: str
    received: datetime
    whole: bool
    size: int


def cursor_of(tx: sa.Connection, mailbox: str, folder: str) -> tuple[int, int] | None:
    """How far a folder was listed: UIDVALIDITY and UID; None for one never listed."""
    row = tx.execute(
        sa.select(cursor.c.uidvalidity, cursor.c.uid).where(
            cursor.c.mailbox == mailbox, cursor.c.folder == folder
        )
    ).one_or_none()
    return None if row is None else (row.uidvalidity, row.uid)


def advance(tx: sa.Connection, place: MailPlace) -> None:
    """Notes that everything up to ``place`` was listed and is stored."""
    where = (cursor.c.mailbox == place.mailbox, cursor.c.folder == place.folder)
    values = {"uidvalidity": place.uidvalidity, "uid": place.uid}
    if tx.execute(sa.update(cursor).where(*where).values(**values)).rowcount == 0:
        tx.execute(sa.insert(cursor).values(mailbox=place.mailbox, folder=place.folder, **values))


def store_raw(
    tx: sa.Connection,
    place: MailPlace,
    data: bytes,
    received: datetime,
    size: int,
    *,
    whole: bool,
    now: datetime,
) -> int | None:
    """Stores a message; returns its id, or None where this place is known already.

    ``data`` are its bytes, or those of its header alone where ``whole`` is false.
    """
    if tx.scalar(_AT_PLACE, this_place(place)) is not None:
        return None
    added = tx.execute(
        _ADD_MESSAGE,
        {
            "mailbox": place.mailbox,
            "received": received,
            "size": size,
            "whole": whole,
            "state": STORED,
            "stored_at": now,
        },
    )
    assert added.inserted_primary_key is not None
    number = int(added.inserted_primary_key[0])
    tx.execute(_ADD_RAW, {"message": number, "data": _packed(data)})
    tx.execute(_ADD_LOCATION, {**asdict(place), "message": number})
    return number


def _packed(data: bytes) -> bytes:
    """The bytes, compressed. Most of a large mail is an attachment that is compressed already: there zlib
    would spend four times as long looking for repetitions and find none."""
    middle = data[len(data) // 2 :][:4096]
    repeats = len(zlib.compress(middle, 1)) < 0.7 * len(middle)
    strategy = zlib.Z_DEFAULT_STRATEGY if repeats else zlib.Z_HUFFMAN_ONLY
    packing = zlib.compressobj(6, strategy=strategy)
    return _by_steps(data, packing.compress, packing.flush)


def _unpacked(data: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    whole = _by_steps(data, unpacking.decompress, unpacking.flush)
    if not unpacking.eof:
        raise zlib.error("the end of the bytes is missing")
    return whole


def _by_steps(data: bytes, turn: Callable[[bytes], bytes], end: Callable[[], bytes]) -> bytes:
    """The bytes packed or unpacked: of a large mail at once, zlib would hold the result twice."""
    made = io.BytesIO()  # its bytes are taken out without a copy
    for start in range(0, len(data), _STEP):
        made.write(turn(data[start : start + _STEP]))
    made.write(end())
    return made.getvalue()


def waiting(tx: sa.Connection) -> list[Waiting]:
    """The messages that wait for a decision, in order of arrival."""
    columns = (message.c.id, message.c.mailbox, message.c.received, message.c.whole, message.c.size)
    rows = tx.execute(
        sa.select(*columns).where(message.c.state == STORED).order_by(message.c.received, message.c.id)
    )
    return [Waiting(*row) for row in rows]


def of_id(tx: sa.Connection, number: int) -> Waiting | None:
    """The message with this id, whatever its state."""
    columns = (message.c.id, message.c.mailbox, message.c.received, message.c.whole, message.c.size)
    row = tx.execute(sa.select(*columns).where(message.c.id == number)).one_or_none()
    return None if row is None else Waiting(*row)


def described(tx: sa.Connection, number: int) -> tuple[str, str]:
    """Whom a message is from (name, else address) and its subject, as people know it."""
    columns = (message.c.sender, message.c.sender_email, message.c.subject)
    row = tx.execute(sa.select(*columns).where(message.c.id == number)).one_or_none()
    return (row.sender or row.sender_email, row.subject) if row else ("", "")


def raw_of(tx: sa.Connection, number: int) -> bytes | None:
    """The bytes of a message; None once they are purged or erased. A copy has those of the first."""
    data = tx.scalar(_RAW, {"this": number})
    return None if data is None else _unpacked(data)


def has_raw(tx: sa.Connection, number: int) -> bool:
    """Whether the bytes of a message are still held."""
    return tx.scalar(_HAS_RAW, {"this": number}) is not None


def is_waiting(tx: sa.Connection, number: int) -> bool:
    """Whether this message still waits for its decision."""
    return tx.scalar(_STATE, {"this": number}) == STORED


def top_host(tx: sa.Connection, mailbox: str) -> str:
    """The host that stood on top of the last ``ALWAYS`` mails in a mailbox; empty where there is none."""
    host, count = _top_host(tx, mailbox)
    return host if count >= ALWAYS else ""


def note_top_host(tx: sa.Connection, mailbox: str, host: str) -> None:
    """Counts the host of one more mail; another than before begins anew."""
    before, count = _top_host(tx, mailbox)
    if host == before and count >= ALWAYS:
        return  # nothing new: most mails cost no write
    health.note(tx, f"top-host:{mailbox}", f"{count + 1 if host == before else 1} {host}")


def _top_host(tx: sa.Connection, mailbox: str) -> tuple[str, int]:
    count, _, host = health.fact(tx, f"top-host:{mailbox}").partition(" ")
    return host, int(count or 0)


def original(tx: sa.Connection, number: int, content: Message) -> int | None:
    """The decided message that this very one is a copy of: same Message-ID, From and digest of
    the decoded parts; without a Message-ID, the same Date too."""
    facts = {
        "this": number,
        "message_id": content.message_id,
        "sender": content.sender.email.lower(),
        "erased": erased_sender(content.sender.email),
        "digest": content.digest,
    }
    if content.message_id:
        return tx.scalar(_SAME, facts)
    return tx.scalar(_SAME_BY_DATE, {**facts, "sent": content.date})


def erased_sender(address: str) -> str:
    """What stays of the sender of an erased message: enough to know the same one again."""
    return f"{ERASED}{hashlib.sha256(address.lower().encode()).hexdigest()[:32]}"


def describe(tx: sa.Connection, number: int, content: Message) -> bool:
    """Records what a message is known by: Message-ID, sender, subject, Date and digest. False where it waits
    for no decision any more."""
    found = tx.execute(
        _OF_WAITING,
        {
            "this": number,
            "message_id": content.message_id,
            "sender": content.sender.name,
            "sender_email": content.sender.email.lower(),
            "subject": content.subject,
            "sent": content.date,
            "digest": content.digest,
        },
    )
    return found.rowcount > 0


def mark_copy(tx: sa.Connection, number: int, first: int, now: datetime) -> bool:
    """Notes that a message is the very one decided as ``first``: nothing follows from it.

    Where the first lay in this folder under an older UIDVALIDITY (a migrated mailbox) it is the
    same message met again: its place moves to the first, the row goes, and False comes back.
    """
    tx.execute(sa.delete(raw).where(raw.c.message == number))
    here = tx.execute(sa.select(location).where(location.c.message == number)).one()
    there = tx.execute(
        sa.select(location.c.uidvalidity, location.c.filed).where(
            location.c.message == first,
            location.c.mailbox == here.mailbox,
            location.c.folder == here.folder,
        )
    ).all()
    met_again = bool(there) and all(row.uidvalidity != here.uidvalidity for row in there)
    if met_again:
        filed = there[-1].filed
        tx.execute(sa.update(location).where(location.c.message == number).values(message=first, filed=filed))
        tx.execute(sa.delete(message).where(message.c.id == number))
        return False
    tx.execute(
        sa.update(message)
        .where(message.c.id == number)
        .values(
            state=DECIDED,
            outcome="duplicate",
            copy_of=first,
            decided_at=now,
            error="",
            event=sa.select(message.c.event).where(message.c.id == first).scalar_subquery(),
            nrs=sa.select(message.c.nrs).where(message.c.id == first).scalar_subquery(),
        )
    )
    return True


def failed(tx: sa.Connection, number: int, error: str) -> bool:
    """Counts a try that failed because of the message itself, with its traceback. Returns True when that was
    the last one: the message is then shelved."""
    tries = tx.scalar(sa.select(message.c.tries).where(message.c.id == number)) or 0
    shelved = tries + 1 >= TRIES
    tx.execute(
        sa.update(message)
        .where(message.c.id == number)
        .values(tries=tries + 1, error=error, state=SHELVED if shelved else STORED)
    )
    return shelved


def retry(tx: sa.Connection, number: int) -> bool:
    """Puts a shelved message back in line; False where it is not shelved."""
    again = tx.execute(
        sa.update(message)
        .where(message.c.id == number, message.c.state == SHELVED)
        .values(state=STORED, tries=0, error="")
    )
    return again.rowcount > 0


def take_up(tx: sa.Connection, numbers: Iterable[int]) -> None:
    """Puts decided messages, from which nothing followed, back in line for a decision."""
    tx.execute(
        sa.update(message)
        .where(message.c.id.in_(list(numbers)), message.c.state == DECIDED)
        .values(state=STORED, outcome="", tries=0, error="")
    )


def find(tx: sa.Connection, wanted: str) -> int | None:
    """The id of a message, by that id or by Message-ID (its copies come last)."""
    if wanted.isdecimal() and len(wanted) < 10:
        return tx.scalar(sa.select(message.c.id).where(message.c.id == int(wanted)))
    spellings = {wanted, f"<{wanted.strip('<>')}>", wanted.strip("<>")}
    return tx.scalar(
        sa.select(message.c.id)
        .where(message.c.message_id.in_(spellings))
        .order_by(message.c.copy_of.is_not(None), message.c.id)
        .limit(1)
    )


def this_place(place: MailPlace) -> dict[str, object]:
    """The parameters of ``HERE``."""
    return {f"this_{name}": value for name, value in asdict(place).items()}
