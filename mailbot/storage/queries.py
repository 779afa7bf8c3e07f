"""What commands and workbooks show of the ledger. Reads only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailbot.domain.announcement import EventFacts
from mailbot.domain.case import OF_FORM, WAITED, Case, CaseKind
from mailbot.domain.decision import EventState, Finding, Logged
from mailbot.domain.registration import COMING, Registration, Status
from mailbot.domain.submission import Submission
from mailbot.storage import mailings, settled
from mailbot.storage.health import LISTS, fact
from mailbot.storage.linked_mails import numbers
from mailbot.storage.messages import ERASED
from mailbot.storage.schema.tables import (
    case,
    event_snapshot,
    log,
    mail,
    message,
    raw,
    registration,
)
from mailbot.storage.serialization import (
    CASE,
    FACTS,
    FINDINGS,
    NRS,
    REGISTRATION,
    SUBMISSION,
    log_line,
)

Rows = tuple[Registration, ...]


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
        settled=settled.of_event(tx, event),
        lists=tuple(json.loads(fact(tx, f"{LISTS}{event}") or "[]")),
        mailings=mailings.of_event(tx, event) if event else (),
    )


def watched(tx: sa.Connection, event: str, now: datetime) -> EventState:
    """What of it bears on what the time brings about: no log, nothing that only the workbook shows, and of
    its registrations a few: those that are incomplete, those that an open case is about, and one that is
    registered."""
    cases = open_cases(tx, event)
    return EventState(
        event=event,
        registrations=_few(tx, event, cases),
        cases=cases,
        log=(),
        as_of=now,
        mailings=mailings.of_event(tx, event),
    )


def _few(tx: sa.Connection, event: str, cases: Iterable[Case]) -> Rows:
    here, status, number = registration.c.event == event, registration.c.status, registration.c.number
    about = {nr for case in cases for nr in (case.registration, *case.payload.get(WAITED, "").split()) if nr}
    one = sa.select(number).where(here, status.in_(COMING)).limit(1).scalar_subquery()
    wanted = sa.or_(status == Status.INCOMPLETE, number.in_(numbers(about)), number == one)
    rows = tx.scalars(sa.select(registration.c.data).where(here, wanted).order_by(number))
    return tuple(map(REGISTRATION.validate_json, rows))


def count_by_status(tx: sa.Connection, event: str) -> dict[Status, int]:
    """How many registrations an event has, by status."""
    status = registration.c.status
    rows = tx.execute(
        sa.select(status, sa.func.count()).where(registration.c.event == event).group_by(status)
    )
    return {Status(row[0]): row[1] for row in rows}


def open_cases(tx: sa.Connection, event: str) -> tuple[Case, ...]:
    """The cases of an event that wait for a person, oldest first."""
    wanted = (case.c.event == event, case.c.closed.is_(None))
    rows = tx.scalars(sa.select(case.c.data).where(*wanted).order_by(case.c.id))
    return tuple(CASE.validate_json(row) for row in rows)


def open_of_kinds(tx: sa.Connection, kinds: Iterable[CaseKind]) -> tuple[Case, ...]:
    """The open cases of these kinds, of all events, oldest first."""
    wanted = (case.c.kind.in_(kinds), case.c.closed.is_(None))
    rows = tx.scalars(sa.select(case.c.data).where(*wanted).order_by(case.c.id))
    return tuple(CASE.validate_json(row) for row in rows)


def events_with_open_cases(tx: sa.Connection) -> frozenset[str]:
    """The events of which some case waits."""
    return frozenset(tx.scalars(sa.select(case.c.event).where(case.c.closed.is_(None)).distinct()))


def waiting_for_forms(tx: sa.Connection) -> tuple[Case, ...]:
    """The open cases of messages that wait for her word on a form, and whose bytes are still held."""
    held = case.c.message.in_(sa.select(raw.c.message))
    wanted = (case.c.kind == CaseKind.PERHAPS, case.c.closed.is_(None), held)
    found = map(CASE.validate_json, tx.scalars(sa.select(case.c.data).where(*wanted).order_by(case.c.id)))
    return tuple(one for one in found if OF_FORM in one.payload)


def messages_of_cases(tx: sa.Connection) -> frozenset[int]:
    """The messages that some case which a workbook shows came from."""
    wanted = (case.c.message.is_not(None), case.c.closed.is_(None) | case.c.id.in_(settled.ids()))
    return frozenset(tx.scalars(sa.select(case.c.message).where(*wanted)))


def closed_case(tx: sa.Connection, number: int) -> Case | None:
    """A case that was settled, by its id."""
    data = tx.scalar(sa.select(case.c.data).where(case.c.id == number, case.c.closed.is_not(None)))
    return CASE.validate_json(data) if data else None


def open_case_by_id(tx: sa.Connection, number: int) -> Case | None:
    """A case that stands open, by its id."""
    data = tx.scalar(sa.select(case.c.data).where(case.c.id == number, case.c.closed.is_(None)))
    return CASE.validate_json(data) if data else None


def open_case_by_key(tx: sa.Connection, key: str) -> Case | None:
    """A case that stands open, by its key."""
    data = tx.scalar(sa.select(case.c.data).where(case.c.key == key, case.c.closed.is_(None)))
    return CASE.validate_json(data) if data else None


def settled_keys(tx: sa.Connection, event: str) -> frozenset[str]:
    """The keys of an event's cases that were settled: what was decided once is not asked again."""
    wanted = (case.c.event == event, case.c.closed.is_not(None), case.c.key != "")
    return frozenset(tx.scalars(sa.select(case.c.key).where(*wanted)))


def facts_told(tx: sa.Connection) -> dict[str, EventFacts]:
    """What people were last told, by event."""
    rows = tx.execute(sa.select(event_snapshot.c.event, event_snapshot.c.facts))
    return {event: FACTS.validate_json(facts) for event, facts in rows}


def outcome_of(tx: sa.Connection, number: int) -> str:
    """The outcome of a message; empty where it is not decided."""
    return tx.scalar(sa.select(message.c.outcome).where(message.c.id == number)) or ""


def submission_of(tx: sa.Connection, number: int) -> Submission | None:
    """What a message was understood to say; None where it was not decided, or was erased."""
    text = tx.scalar(sa.select(message.c.submission).where(message.c.id == number))
    return SUBMISSION.validate_json(text) if text else None


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
        Logged(row.at, log_line(row)) for row in tx.execute(sa.select(log).where(where).order_by(log.c.id))
    )
