"""What commands and workbooks show of the ledger. Reads only."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

import sqlalchemy as sa

from mailbot.edge.schema.tables import case, event_snapshot, log, mail, message, meta, registration, workbook
from mailbot.edge.store.arrivals import ERASED
from mailbot.edge.store.known import numbers
from mailbot.edge.store.nouns import CASE, FACTS, FINDINGS, NRS, REGISTRATION, SUBMISSION
from mailbot.model import Case, EventFacts, EventState, Finding, Logged, LogLine, Registration, Submission

Rows = tuple[Registration, ...]

#: The fact that says when a round last ended.
ROUND = "round"


@dataclass(frozen=True, slots=True)
class Met:
    """One message met, as `mailbot messages` shows it; ``sender`` is its address."""

    id: int
    message_id: str
    mailbox: str
    received: datetime
    sender: str
    subject: str
    event: str
    outcome: str
    nrs: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a message was decided as it was. ``error`` is the traceback of the last failed try."""

    met: Met
    submission: Submission | None
    findings: tuple[Finding, ...]
    log: tuple[Logged, ...]
    mails: tuple[tuple[str, str, str], ...]
    copy_of: int | None
    tries: int
    error: str


_MET = (
    message.c.id,
    message.c.message_id,
    message.c.mailbox,
    message.c.received,
    message.c.sender_email,
    message.c.subject,
    message.c.event,
    message.c.outcome,
    message.c.nrs,
    message.c.state,
)


def messages(tx: sa.Connection) -> list[Met]:
    """Every message ever met, in order of arrival."""
    rows = tx.execute(sa.select(*_MET).order_by(message.c.received, message.c.id))
    return [_met(row) for row in rows.mappings()]


def explained(tx: sa.Connection, number: int) -> Explained | None:
    """What is known of one message; None for an unknown id."""
    columns = (message.c.submission, message.c.findings, message.c.copy_of, message.c.tries, message.c.error)
    row = tx.execute(sa.select(*_MET, *columns).where(message.c.id == number)).one_or_none()
    if row is None:
        return None
    mails = tx.execute(
        sa.select(mail.c.kind, mail.c.recipient, mail.c.state)
        .where(mail.c.message == number)
        .order_by(mail.c.id)
    )
    return Explained(
        met=_met(row._mapping),
        submission=SUBMISSION.validate_json(row.submission) if row.submission else None,
        findings=FINDINGS.validate_json(row.findings) if row.findings else (),
        log=_log(tx, log.c.message == number),
        mails=tuple((kind, recipient, state) for kind, recipient, state in mails),
        copy_of=row.copy_of,
        tries=row.tries,
        error=row.error,
    )


def logged_since(tx: sa.Connection, moment: datetime) -> tuple[Logged, ...]:
    """The log's lines from a moment on."""
    return _log(tx, log.c.at >= moment)


def registrations(tx: sa.Connection, event: str) -> Rows:
    """The registrations of an event, by number."""
    rows = tx.scalars(
        sa.select(registration.c.data).where(registration.c.event == event).order_by(registration.c.number)
    )
    return tuple(REGISTRATION.validate_json(row) for row in rows)


def by_nrs(tx: sa.Connection, nrs: Iterable[str]) -> Rows:
    """The registrations of these references, by number; unknown ones are passed over."""
    rows = tx.scalars(
        sa.select(registration.c.data)
        .where(registration.c.number.in_(numbers(nrs)))
        .order_by(registration.c.number)
    )
    return tuple(REGISTRATION.validate_json(row) for row in rows)


def event_state(tx: sa.Connection, event: str, now: datetime) -> EventState:
    """All that the workbook of an event ("" for that of no event) is drawn from."""
    return EventState(
        event=event,
        registrations=registrations(tx, event),
        cases=open_cases(tx, event),
        log=_log(tx, log.c.event == event),
        as_of=now,
    )


def open_cases(tx: sa.Connection, event: str) -> tuple[Case, ...]:
    """The cases of an event that wait for a person, oldest first."""
    wanted = (case.c.event == event, case.c.closed.is_(None))
    rows = tx.scalars(sa.select(case.c.data).where(*wanted).order_by(case.c.id))
    return tuple(CASE.validate_json(row) for row in rows)


def messages_of_cases(tx: sa.Connection) -> frozenset[int]:
    """The messages that some case which waits for a person came from."""
    wanted = (case.c.message.is_not(None), case.c.closed.is_(None))
    return frozenset(tx.scalars(sa.select(case.c.message).where(*wanted)))


def open_case_by_id(tx: sa.Connection, number: int) -> Case | None:
    """A case that stands open, by its id."""
    data = tx.scalar(sa.select(case.c.data).where(case.c.id == number, case.c.closed.is_(None)))
    return CASE.validate_json(data) if data else None


def settled_keys(tx: sa.Connection, event: str) -> frozenset[str]:
    """The keys of an event's cases that were settled: what was decided once is not asked again."""
    wanted = (case.c.event == event, case.c.closed.is_not(None), case.c.key != "")
    return frozenset(tx.scalars(sa.select(case.c.key).where(*wanted)))


def facts_told(tx: sa.Connection) -> dict[str, EventFacts]:
    """What people were last told, by event."""
    rows = tx.execute(sa.select(event_snapshot.c.event, event_snapshot.c.facts))
    return {event: FACTS.validate_json(facts) for event, facts in rows}


def fact(tx: sa.Connection, key: str) -> str:
    """A single fact; empty where there is none."""
    return tx.scalar(sa.select(meta.c.value).where(meta.c.key == key)) or ""


def submission_of(tx: sa.Connection, number: int) -> Submission | None:
    """What a message was understood to say; None where it was not decided, or was erased."""
    text = tx.scalar(sa.select(message.c.submission).where(message.c.id == number))
    return SUBMISSION.validate_json(text) if text else None


def note(tx: sa.Connection, key: str, value: str) -> None:
    """Writes a single fact."""
    if tx.execute(sa.update(meta).where(meta.c.key == key).values(value=value)).rowcount == 0:
        tx.execute(sa.insert(meta).values(key=key, value=value))


def note_troubles(
    tx: sa.Connection, told: Mapping[str, str], now: datetime, unchanged: Collection[str] = ()
) -> None:
    """Writes what is the matter now, by what it is about; what is not named is over, but for the
    ``unchanged``. How long it lasts is counted from its beginning."""
    before = {what: since for what, _, since in troubles(tx)}
    kept = [f"trouble:{what}" for what in unchanged]
    tx.execute(sa.delete(meta).where(meta.c.key.like("trouble:%"), meta.c.key.not_in(kept)))
    for what, text in told.items():
        note_trouble(tx, what, text, before.get(what, now))


def note_trouble(tx: sa.Connection, what: str, text: str, since: datetime) -> None:
    """Writes one thing that is the matter, beside what else is."""
    note(tx, f"trouble:{what}", f"{since.isoformat(timespec='seconds')} {text}")


def troubles(tx: sa.Connection) -> list[tuple[str, str, datetime]]:
    """What is the matter: what it is about, the text, and since when."""
    rows = tx.execute(sa.select(meta.c.key, meta.c.value).where(meta.c.key.like("trouble:%"))).all()
    found = []
    for key, value in rows:
        since, _, text = value.partition(" ")
        found.append((key.removeprefix("trouble:"), text, datetime.fromisoformat(since)))
    return found


def no_form_since(tx: sa.Connection, moment: datetime) -> int:
    """How many ordinary mails were met since a moment: they wait for a person."""
    wanted = (message.c.outcome == "no-form", message.c.decided_at >= moment)
    return tx.scalar(sa.select(sa.func.count()).where(*wanted)) or 0


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
        sa.select(case.c.event, sa.func.count()).where(case.c.closed.is_(None)).group_by(case.c.event)
    )
    return {
        "last_round": kept(fact(tx, ROUND)),
        "last_good_poll": {key.removeprefix("poll:"): kept(value) for key, value in polls},
        "troubles": {what: f"{text} (since {local(since)})" for what, text, since in troubles(tx)},
        "last_reckoning": json.loads(fact(tx, "reckoned") or "[]"),
        "outcomes": dict(outcomes.all()),
        "messages_waiting": states.get("stored", 0),
        "mails_waiting": mails.get("waiting", 0) + mails.get("claimed", 0),
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
    """What went wrong by a traceback, without what it says: that may be somebody's answer."""
    return error.strip().rpartition("\n")[2].partition(":")[0]


def _counts(tx: sa.Connection, column: sa.Column[str]) -> dict[str, int]:
    return dict(tx.execute(sa.select(column, sa.func.count()).group_by(column)).all())


def _met(row: sa.RowMapping) -> Met:
    return Met(
        id=row["id"],
        message_id=row["message_id"],
        mailbox=row["mailbox"],
        received=row["received"],
        sender=ERASED if row["sender_email"].startswith(ERASED) else row["sender_email"],
        subject=row["subject"],
        event=row["event"],
        outcome=row["outcome"],
        nrs=NRS.validate_json(row["nrs"]),
        state=row["state"],
    )


def _log(tx: sa.Connection, where: sa.ColumnElement[bool]) -> tuple[Logged, ...]:
    return tuple(
        Logged(row.at, LogLine(row.who, row.what, row.why, row.registration, row.event, row.message))
        for row in tx.execute(sa.select(log).where(where).order_by(log.c.id))
    )
