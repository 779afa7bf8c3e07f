"""The secretary's decisions that stand, grey, until the next digest, and how they are undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from mailbot.domain.case import CHOSEN_EVENT, GOES_ON, Choice
from mailbot.domain.decision import Decision
from mailbot.domain.settled import SentMail, SettledCase, Settlement
from mailbot.domain.statement import Statement
from mailbot.storage import outbox, workbooks
from mailbot.storage.decisions import close_cases, open_case
from mailbot.storage.schema.tables import case, mail, message, settled
from mailbot.storage.serialization import CASE, MAIL, SETTLEMENT, to_json


def keep(tx: sa.Connection, number: int, event: str, decided: Settlement, now: datetime) -> None:
    """Keeps what she decided about a case, for its row in the workbook of ``event``."""
    tx.execute(sa.delete(settled).where(settled.c.case_id == number))
    values = {"case_id": number, "event": event, "at": now, "data": to_json(SETTLEMENT, decided)}
    tx.execute(sa.insert(settled).values(values))
    workbooks.mark_behind(tx, [event], now)


def refuse(tx: sa.Connection, held: SettledCase, choice: Choice, why: Statement, now: datetime) -> None:
    """Says in the row of a decided case why what she chose there later did not happen."""
    told = replace(held.settlement, refused={**held.settlement.refused, choice: why})
    keep(tx, held.case.id, _event_of(tx, held.case.id), told, held.at)
    workbooks.mark_behind(tx, [_event_of(tx, held.case.id)], now)


def of_event(tx: sa.Connection, event: str) -> tuple[SettledCase, ...]:
    """The decided cases that the workbook of an event ("" for that of no event) shows, oldest first. One in
    which she asked something stands open, and shows that itself."""
    decided = _whole(tx, settled.c.event == event)
    return tuple(one for one in decided if one.settlement.choice is not Choice.ASK)


def ids() -> sa.Select[tuple[int]]:
    """The ids of decided cases that a workbook shows, as a selection."""
    return sa.select(settled.c.case_id)


def of_case(tx: sa.Connection, number: int) -> SettledCase | None:
    """One decided case, by its id; None where it is open, or was told in a digest."""
    return next(iter(_whole(tx, settled.c.case_id == number)), None)


def undo(tx: sa.Connection, held: SettledCase, decision: Decision, now: datetime, asking: int = 0) -> None:
    """Takes back what is not in the rows: the case stands open again with those it closed, those it
    opened are closed, mails that did not leave yet do not leave. ``decision`` is recorded besides. The
    case gets another id, so that what is decided next is mailed although the same was mailed before.
    ``asking`` is the case that waits for the answer to a question of hers, in whose row it then stands."""
    number, decided = held.case.id, held.settlement
    event = _event_of(tx, number)
    tx.execute(sa.update(case).where(case.c.id.in_(decided.closed)).values(closed=None))
    opened = tx.scalars(
        sa.select(case.c.id).where(
            case.c.key.in_(decided.opened), case.c.closed.is_(None), case.c.opened == held.at
        )  # one that stood open before is not the decision's
    ).all()
    close_cases(tx, opened, now)
    if decided.choice is not None:
        facts = {CHOSEN_EVENT: decided.event} if decided.event else {}
        facts |= {GOES_ON: str(asking)} if asking else {}
        close_cases(tx, [asking] if asking else [], now)
        open_case(tx, replace(held.case, id=0, payload={**held.case.payload, **facts}))
    outbox.take_back(tx, [one.id for one in held.mails if one.waits])
    if held.case.message and decided.outcome:
        of_message = message.c.id == held.case.message
        tx.execute(sa.update(message).where(of_message).values(outcome=decided.outcome))
    tx.execute(sa.update(mail).where(mail.c.of_case == number).values(of_case=0))
    tx.execute(sa.delete(settled).where(settled.c.case_id == number))
    workbooks.mark_behind(tx, {event, held.case.event, decision.event}, now)


def is_any(tx: sa.Connection, before: datetime) -> bool:
    """Whether there is anything for ``forget`` to drop."""
    return bool(tx.scalar(sa.select(sa.literal(1)).where(sa.exists().where(settled.c.at <= before))))


def forget(tx: sa.Connection, before: datetime, now: datetime) -> None:
    """After a digest: removes the decided cases from the workbooks, and what would be needed to undo them."""
    due = settled.c.at <= before
    events = set(tx.scalars(sa.select(settled.c.event).where(due)))
    if events:
        tx.execute(sa.delete(settled).where(due))
        workbooks.mark_behind(tx, events, now)


def drop(tx: sa.Connection, *, events: Collection[str] = (), telling_of: Iterable[str] = ()) -> set[str]:
    """Drops the decided cases of these events, and those that hold any of these words (of somebody who is
    erased); gives the events of them."""
    named = [settled.c.data.icontains(word, autoescape=True) for word in telling_of if word]
    due = sa.or_(settled.c.event.in_(events), *named)
    touched = set(tx.scalars(sa.select(settled.c.event).where(due)))
    tx.execute(sa.delete(settled).where(due))
    return touched


def _event_of(tx: sa.Connection, number: int) -> str:
    return tx.scalar(sa.select(settled.c.event).where(settled.c.case_id == number)) or ""


def _whole(tx: sa.Connection, where: sa.ColumnElement[bool]) -> tuple[SettledCase, ...]:
    rows = tx.execute(
        sa.select(settled.c.case_id, settled.c.at, settled.c.data, case.c.data.label("of"))
        .join(case, case.c.id == settled.c.case_id)
        .where(where)
        .order_by(settled.c.case_id)
    ).all()
    if not rows:
        return ()  # SQLite searches every mail for an empty list
    mails: dict[int, list[SentMail]] = {row.case_id: [] for row in rows}
    columns = (
        mail.c.id,
        mail.c.of_case,
        mail.c.state,
        mail.c.sent_at,
        mail.c.resent,
        mail.c.message_id,
        mail.c.data,
    )
    for row in tx.execute(sa.select(*columns).where(mail.c.of_case.in_(mails)).order_by(mail.c.id)):
        letter = MAIL.validate_json(row.data)
        mails[row.of_case].append(
            SentMail(
                id=row.id,
                to=letter.to.email,
                subject=letter.subject,
                kind=letter.kind,
                message_id=row.message_id,
                nrs=letter.nrs,
                sent=row.sent_at,
                left=row.state in (outbox.SENT, outbox.CLAIMED) or row.resent > 0,
                failed=row.state == outbox.FAILED,
                waits=row.state == outbox.WAITING,
                calendar=bool(letter.calendar),
                name=letter.to.name,
            )
        )
    return tuple(
        SettledCase(
            CASE.validate_json(row.of),
            row.at,
            SETTLEMENT.validate_json(row.data),
            tuple(mails[row.case_id]),
        )
        for row in rows
    )
