"""The state of the installation: counts, troubles, and small facts that outlive a restart."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, tzinfo

import sqlalchemy as sa
from pydantic import TypeAdapter

from mailbot.domain.case import CaseKind
from mailbot.domain.mail import RECEIPT
from mailbot.domain.statement import Statement, Told
from mailbot.storage.schema.tables import (
    case,
    mail,
    message,
    meta,
    workbook,
)
from mailbot.storage.serialization import to_json

#: The fact that says when a cycle last ended.
ROUND = "round"
#: The facts that say which lists were made as files of an event, as JSON.
LISTS = "lists:"
#: The fact that says which mails Postvak lists, as JSON.
INBOX = "inbox"
#: The fact that says when the last digest was made.
DIGEST = "digest"
#: The fact that holds the day of the last consistency check and what differed, as JSON.
_RECKONED = "reckoned"
_RECKONING: TypeAdapter[tuple[Told, ...]] = TypeAdapter(tuple[Told, ...])


#: Built once: building a statement costs more than running it, and every mail and cycle asks these.
_FACT = sa.select(meta.c.value).where(meta.c.key == sa.bindparam("this"))
_OF_FACT = sa.update(meta).where(meta.c.key == sa.bindparam("this"))


def fact(tx: sa.Connection, key: str) -> str:
    """The value of one fact; empty where it is not set."""
    return tx.scalar(_FACT, {"this": key}) or ""


def facts(tx: sa.Connection, prefix: str) -> dict[str, str]:
    """The facts whose keys have this prefix, without empty ones."""
    rows = tx.execute(
        sa.select(meta.c.key, meta.c.value).where(meta.c.key.startswith(prefix, autoescape=True))
    )
    return {key: value for key, value in rows if value}


def note(tx: sa.Connection, key: str, value: str) -> None:
    """Sets one fact."""
    if tx.execute(_OF_FACT, {"this": key, "value": value}).rowcount == 0:
        tx.execute(sa.insert(meta).values(key=key, value=value))


def note_reckoning(tx: sa.Connection, day: str, differences: Sequence[Statement]) -> None:
    """Keeps what the consistency check of a day found."""
    kept: tuple[Told, ...] = (day, *differences)
    note(tx, _RECKONED, to_json(_RECKONING, kept))


def last_reckoning(tx: sa.Connection) -> tuple[str, tuple[Told, ...]]:
    """The day of the last consistency check (empty for none), and what differed; a ledger of before has that
    in Dutch."""
    day, *differences = _RECKONING.validate_json(fact(tx, _RECKONED) or '[""]')
    return str(day), tuple(differences)


def note_troubles(
    tx: sa.Connection, told: Mapping[str, str], now: datetime, unchanged: Collection[str] = ()
) -> None:
    """Replaces the current troubles, by what each is about: one that is not named has ended, except the
    ``unchanged``. The time since when it lasts is kept."""
    before = {what: since for what, _, since in troubles(tx)}
    kept = [f"trouble:{what}" for what in unchanged]
    tx.execute(sa.delete(meta).where(meta.c.key.like("trouble:%"), meta.c.key.not_in(kept)))
    for what, text in told.items():
        note_trouble(tx, what, text, before.get(what, now))


def note_trouble(tx: sa.Connection, what: str, text: str, since: datetime) -> None:
    """Adds one trouble to the current ones."""
    note(tx, f"trouble:{what}", f"{since.isoformat(timespec='seconds')} {text}")


def troubles(tx: sa.Connection) -> list[tuple[str, str, datetime]]:
    """The current troubles: what each is about, the text, and since when (aware)."""
    rows = tx.execute(sa.select(meta.c.key, meta.c.value).where(meta.c.key.like("trouble:%"))).all()
    found = []
    for key, value in rows:
        since, _, text = value.partition(" ")
        found.append((key.removeprefix("trouble:"), text, datetime.fromisoformat(since)))
    return found


def status(tx: sa.Connection, zone: tzinfo = UTC) -> dict[str, object]:
    """How things stand, as one object for `mailbot status`; times are ISO 8601 in ``zone``."""

    def local(moment: datetime | None) -> str | None:
        return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None

    def kept(value: str) -> str | None:
        return local(datetime.fromisoformat(value)) if value else None

    outcomes = tx.execute(
        sa.select(message.c.outcome, sa.func.count())
        .where(message.c.outcome != "")
        .group_by(message.c.outcome)
        .order_by(message.c.outcome)
    )
    states = _counts(tx, message.c.state)
    mails = _counts(tx, mail.c.state)
    later = sa.select(sa.func.count()).where(mail.c.state == "waiting", mail.c.kind == RECEIPT)
    polls = tx.execute(sa.select(meta.c.key, meta.c.value).where(meta.c.key.like("poll:%"))).all()
    shelved = tx.execute(
        sa.select(message.c.id, message.c.message_id, message.c.error)
        .where(message.c.state == "shelved")
        .order_by(message.c.id)
    )
    held_up = tx.execute(
        sa.select(mail.c.id, mail.c.state, mail.c.tries, mail.c.next_try, mail.c.error)
        .where(mail.c.state.in_(("waiting", "claimed", "failed")), mail.c.error != "")
        .order_by(mail.c.id)
    )
    late = tx.execute(
        sa.select(workbook.c.event, workbook.c.behind_since, workbook.c.waits)
        .where(workbook.c.wanted > workbook.c.written)
        .order_by(workbook.c.event)
    )
    cases = tx.execute(
        sa.select(case.c.event, sa.func.count())
        .where(case.c.closed.is_(None), case.c.kind != CaseKind.COLLEAGUES)
        .group_by(case.c.event)
    )
    day, differences = last_reckoning(tx)
    return {
        "last_round": kept(fact(tx, ROUND)),
        "last_good_poll": {key.removeprefix("poll:"): kept(value) for key, value in polls},
        "troubles": {what: f"{text} (since {local(since)})" for what, text, since in troubles(tx)},
        "last_reckoning": [day, *differences] if day else [],
        "outcomes": dict(outcomes.all()),
        "messages_waiting": states.get("stored", 0),
        "mails_waiting": mails.get("waiting", 0) + mails.get("claimed", 0) - (tx.scalar(later) or 0),
        "mails_sent": mails.get("sent", 0),
        "mails_failed": mails.get("failed", 0),
        "mails_resent": tx.scalar(sa.select(sa.func.coalesce(sa.func.sum(mail.c.resent), 0))),
        "mails_held_up": [
            {
                "mail": row.id,
                "state": row.state,
                "tries": row.tries,
                "next_try": local(row.next_try),
                "why": row.error,
            }
            for row in held_up
        ],
        "workbooks_waiting": [
            {"event": row.event, "since": local(row.behind_since), "why": row.waits} for row in late
        ],
        "cases_open": dict(cases.all()),
        "shelved": [
            {"id": row.id, "message_id": row.message_id, "error": _kind_of(row.error)} for row in shelved
        ],
    }


def _kind_of(error: str) -> str:
    """The kind of error in a traceback, without its text, which may be somebody's answer."""
    return error.strip().rpartition("\n")[2].partition(":")[0]


def _counts(tx: sa.Connection, column: sa.Column[str]) -> dict[str, int]:
    return dict(tx.execute(sa.select(column, sa.func.count()).group_by(column)).all())
