"""One person's data: everything held as a file for them, and its erasure; what is cleared of all in time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from mailbot.config.settings import Settings
from mailbot.decision.access import Writer, visible
from mailbot.domain.case import CaseKind
from mailbot.domain.decision import DecisionContext, LogLine
from mailbot.domain.done import Done
from mailbot.domain.event import Event
from mailbot.domain.mail import TO_THE_OFFICE
from mailbot.domain.message import Address
from mailbot.domain.statement import say, told_with_text, with_text
from mailbot.matching.names import same_address
from mailbot.storage import mailings, season, settled, workbooks
from mailbot.storage.health import INBOX, fact, note
from mailbot.storage.held_data import Held, blacked_out, held, mentioning
from mailbot.storage.linked_mails import numbers
from mailbot.storage.messages import ERASED, erased_sender, raw_of
from mailbot.storage.schema.tables import (
    attachment,
    case,
    log,
    mail,
    mailing,
    message,
    raw,
    registration,
)
from mailbot.storage.serialization import (
    CASE,
    FINDINGS,
    MAIL,
    MAILING,
    REGISTRATION,
    log_columns,
    log_line,
    to_json,
)

#: What a line of the log tells, in which a person may be named.
_TOLD_OF_LOG = (log.c.who, log.c.what, log.c.why, log.c.says, log.c.because)


def export(tx: sa.Connection, address: str, settings: Settings) -> Iterator[dict[str, Any]]:
    """Everything held about an address, one object each, with its ``kind``. Of a registration the answers
    that a mail to that address may show: not what another person sent in about themselves."""
    person = held(tx, address)
    yield from _exported_registrations(person, settings)
    for number in (*person.messages, *person.messages_of_others):
        yield _exported_message(tx, number, whole=number in person.messages)  # another person's is theirs
    yield from _exported_mails(tx, person)
    of_them = case.c.id.in_(person.cases)
    for data in tx.scalars(sa.select(case.c.data).where(of_them).order_by(case.c.id)):
        yield {"kind": "case", "case": json.loads(data)}
    for row in tx.execute(sa.select(log).where(person.about(log, *_TOLD_OF_LOG)).order_by(log.c.id)):
        says = json.loads(row.says or "[]")
        yield {"kind": "log", "at": row.at.isoformat(), "says": says, "line": log_line(row)}


def _exported_registrations(person: Held, settings: Settings) -> Iterator[dict[str, Any]]:
    known = DecisionContext(registrations=person.rows)
    for row in person.rows:
        event = settings.events.get(row.event)
        if event is not None:
            reader, form = Writer(person.address), settings.form_of(event)
            keys = visible(reader, row, None, None, form, settings, known)
            row = replace(row, answers={key: row.answers[key] for key in row.answers if key in keys})
        yield {"kind": "registration", **json.loads(to_json(REGISTRATION, row))}


def _exported_message(tx: sa.Connection, number: int, *, whole: bool) -> dict[str, Any]:
    found = tx.execute(sa.select(message).where(message.c.id == number)).mappings().one()
    facts = {
        "kind": "message",
        "id": number,
        "received": found["received"].isoformat(),
        "subject": found["subject"],
        "outcome": found["outcome"],
    }
    if not whole:
        return facts
    content = raw_of(tx, number)
    return facts | {
        "message_id": found["message_id"],
        "from": found["sender_email"],
        "name": found["sender"],
        "read": json.loads(found["submission"]) if found["submission"] else None,
        "raw": content.decode("utf-8", "replace") if content is not None else None,
    }


def _exported_mails(tx: sa.Connection, person: Held) -> Iterator[dict[str, Any]]:
    for number in person.mails:
        found = tx.execute(sa.select(mail).where(mail.c.id == number)).mappings().one()
        yield {"kind": "mail", "id": number, "state": found["state"], "mail": json.loads(found["data"])}
    for number in person.mails_to_others:  # what it says of others is theirs
        found = tx.execute(sa.select(mail).where(mail.c.id == number)).mappings().one()
        yield {"kind": "mail to another", "id": number, "state": found["state"], "sort": found["kind"]}
    for data in tx.scalars(sa.select(mailing.c.data).where(mentioning(mailing.c.data, person.address))):
        one = MAILING.validate_json(data)
        if any(same_address(listed.email) == person.address for listed in one.listed):
            yield {"kind": "list of a mail to many", "event": one.event, "subject": one.subject}


def erase(
    tx: sa.Connection, address: str, now: datetime, over: Mapping[str, Event] = MappingProxyType({})
) -> Held:
    """Erases all that is held about an address, and gives what that was; a blacked-out trace
    stays in the log, and a number in the totals of events that are ``over``.

    Messages keep id, outcome and what they are known by (the sender as a hash), so that a copy
    is never taken for a new one. The workbooks of their events are to be written, after which
    ``WorkbookSync`` drops the versions that it keeps of them.
    """
    person, wanted = held(tx, address), address.strip().lower()
    season.keep(tx, person.rows, over)
    events = {row.event for row in person.rows}
    chosen = registration.c.number.in_(numbers(row.nr for row in person.rows))
    names = set(tx.scalars(sa.select(registration.c.name).where(chosen))) - {""}
    of_cases = case.c.id.in_(person.cases)
    events |= set(tx.scalars(sa.select(case.c.event).where(of_cases)))
    of_log = person.about(log, *_TOLD_OF_LOG)
    events |= set(tx.scalars(sa.select(log.c.event).where(of_log)))
    gone = log_columns(LogLine(ERASED, say(Done.DATA_ERASED)))
    tx.execute(sa.update(log).where(person.about(log)).values(**gone))
    _black_out_log(tx, person, names)
    tx.execute(sa.delete(case).where(of_cases))
    events |= settled.drop(tx, events=events, telling_of=[wanted, *(row.nr for row in person.rows)])
    events |= _black_out_cases(tx, person, names)
    events |= _black_out_mailings(tx, person, names)
    _black_out_messages(tx, person, names)
    tx.execute(sa.delete(registration).where(chosen))
    events |= _forget_sender(tx, wanted)
    events |= _black_out_reasons(tx, person, names)
    _erase_messages(tx, person, wanted)
    _erase_mails(tx, person)
    tx.execute(sa.update(mail).where(mail.c.drawn_by == wanted).values(drawn_by="", drawn_by_mailbox=""))
    if fact(tx, INBOX) not in ("", "[]"):
        events.add("")
    for event in events:
        note(tx, f"forget:{event}", now.isoformat())
    workbooks.mark_behind(tx, events, now)
    return person


def purge(
    tx: sa.Connection, over: Collection[str], open_events: Collection[str], before: datetime
) -> tuple[int, ...]:
    """Drops the bytes and the reading of decided mail that need not be kept: of events that are
    ``over``, and of none of the ``open_events`` received ``before``. Gives the messages. What names people
    and belongs to no event goes with them: sent mails to the office, and cases closed, before then."""
    old = (message.c.received < before) & message.c.event.not_in(open_events)
    chosen = sa.select(message.c.id).where(message.c.state == "decided", message.c.event.in_(over) | old)
    held_raw = sa.select(raw.c.message).where(raw.c.message.in_(chosen))
    gone = tuple(tx.scalars(held_raw.order_by(raw.c.message)))
    tx.execute(sa.delete(raw).where(raw.c.message.in_(gone)))
    tx.execute(sa.update(message).where(message.c.id.in_(gone)).values(submission=None))
    told = (mail.c.kind.in_(TO_THE_OFFICE), mail.c.state == "sent", mail.c.made_at < before)
    tx.execute(sa.delete(mail).where(*told))
    _black_out_closed(tx, before)
    return gone


def _black_out_closed(tx: sa.Connection, before: datetime) -> None:
    """Takes the people out of cases of no event that were closed before then. That there was a case stays:
    the reckoning looks for what came of each message."""
    chosen = (case.c.event == "", case.c.closed < before)
    for row in tx.execute(sa.select(case.c.id, case.c.data).where(*chosen)).all():
        held = CASE.validate_json(row.data)  # one of several people in it may have been erased before
        black = replace(held, who=ERASED, what="", says=(), person=None, people=(), doubts=(), payload={})
        if held != black:
            tx.execute(sa.update(case).where(case.c.id == row.id).values(data=to_json(CASE, black)))


def destroy(tx: sa.Connection, event: str, now: datetime, over: Mapping[str, Event]) -> tuple[int, ...]:
    """Destroys what is held of the people of an event, as the secretary decided; numbers stay, and the
    totals where it is ``over``.
    Gives the messages of it."""
    chosen = sa.select(registration.c.data).where(registration.c.event == event)
    rows = tuple(REGISTRATION.validate_json(data) for data in tx.scalars(chosen))
    messages = tuple(tx.scalars(sa.select(message.c.id).where(message.c.event == event)))
    mails = tuple(tx.scalars(sa.select(mail.c.id).where(mail.c.event == event)))
    people = Held(rows, messages, (), mails, ())
    gone = log_columns(LogLine(ERASED, say(Done.DATA_DESTROYED)))
    tx.execute(sa.update(log).where(log.c.event == event).values(**gone))
    for one in mailings.of_event(tx, event):
        mailings.save(tx, replace(one, text=ERASED, note="", listed=(), marked=(), nrs=(), sent_to=()))
    tx.execute(sa.delete(case).where(case.c.event == event, case.c.kind != CaseKind.DESTROY))
    season.keep(tx, rows, over)
    settled.drop(tx, events=[event])
    tx.execute(sa.delete(registration).where(registration.c.event == event))
    for number, sender in tx.execute(
        sa.select(message.c.id, message.c.sender_email).where(message.c.id.in_(messages))
    ).all():
        _erase_messages(tx, Held((), (number,), (), (), ()), sender)
    _erase_mails(tx, people)
    tx.execute(sa.update(mail).where(mail.c.id.in_(mails)).values(drawn_by="", drawn_by_mailbox=""))
    note(tx, f"forget:{event}", now.isoformat())
    workbooks.mark_behind(tx, [event], now)
    return messages


def _forget_sender(tx: sa.Connection, address: str) -> set[str]:
    """Takes the address out of other people's rows that it sent in; gives their events."""
    events = set()
    chosen = sa.select(registration.c.data).where(registration.c.sender_email == address)
    for data in tx.scalars(chosen).all():
        row = replace(REGISTRATION.validate_json(data), sender="")
        events.add(row.event)
        where = registration.c.number.in_(numbers([row.nr]))
        tx.execute(
            sa.update(registration).where(where).values(sender_email="", data=to_json(REGISTRATION, row))
        )
    return events


def _black_out_reasons(tx: sa.Connection, person: Held, names: Collection[str]) -> set[str]:
    """Takes the names out of why other people's rows are as they are, as of who came in their place; gives
    their events."""
    events = set()
    told = sa.or_(sa.false(), *(registration.c.data.contains(row.nr, autoescape=True) for row in person.rows))
    for data in tx.scalars(sa.select(registration.c.data).where(told)).all():
        before = REGISTRATION.validate_json(data)
        reason = told_with_text(before.reason, lambda said: blacked_out(said, person.address, names))
        if reason != before.reason:
            where = registration.c.number.in_(numbers([before.nr]))
            after = to_json(REGISTRATION, replace(before, reason=reason))
            tx.execute(sa.update(registration).where(where).values(data=after))
            events.add(before.event)
    return events


def _black_out_log(tx: sa.Connection, person: Held, names: Collection[str]) -> None:
    """Other people's lines stay, without the address, and without the name where it stands whole."""

    def black(text: str) -> str:
        return blacked_out(text, person.address, names)

    for row in tx.execute(sa.select(log)).all():
        before = log_line(row)
        what, why = told_with_text(before.what, black), told_with_text(before.why, black)
        after = replace(before, who=black(before.who), what=what, why=why, says=with_text(before.says, black))
        if after != before:
            tx.execute(sa.update(log).where(log.c.id == row.id).values(**log_columns(after)))


def _black_out_cases(tx: sa.Connection, person: Held, names: Collection[str]) -> set[str]:
    """The same for other people's cases; gives the events of those that changed."""
    events = set()
    for row in tx.execute(sa.select(case.c.id, case.c.event, case.c.data)).all():
        before = CASE.validate_json(row.data)
        who = told_with_text(before.who, lambda text: blacked_out(text, person.address, names))
        what = blacked_out(before.what, person.address, names)
        doubts = tuple(
            replace(
                one,
                read=blacked_out(one.read, person.address, names),
                detail=blacked_out(one.detail, person.address, names),
            )
            for one in before.doubts
        )
        says = with_text(before.says, lambda text: blacked_out(text, person.address, names))
        payload = {key: blacked_out(value, person.address, names) for key, value in before.payload.items()}
        said = [(one, " | ".join(map(str, one.values.values()))) for one in before.people]
        people = tuple(one for one, text in said if blacked_out(text, person.address, names) == text)
        after = replace(before, who=who, what=what, says=says, doubts=doubts, payload=payload, people=people)
        if after != before:
            tx.execute(sa.update(case).where(case.c.id == row.id).values(data=to_json(CASE, after)))
            events.add(row.event)
    return events


def _black_out_mailings(tx: sa.Connection, person: Held, names: Collection[str]) -> set[str]:
    """The same for mails to many, which then do not list the address either."""
    nrs, events = {row.nr for row in person.rows}, set()
    for row in tx.execute(sa.select(mailing.c.event, mailing.c.data)).all():
        before = MAILING.validate_json(row.data)
        subject, text = (blacked_out(said, person.address, names) for said in (before.subject, before.text))
        note = told_with_text(before.note, lambda said: blacked_out(said, person.address, names))
        listed = tuple(one for one in before.listed if same_address(one.email) != person.address)
        kept = tuple(nr for nr in before.nrs if nr not in nrs)
        lines = tuple(
            told_with_text(line, lambda said: blacked_out(said, person.address, names))
            for line in before.sent_to
        )
        after = replace(before, subject=subject, text=text, note=note, listed=listed, nrs=kept, sent_to=lines)
        if after != before:
            mailings.save(tx, after)
            events.add(row.event)
    return events


def _black_out_messages(tx: sa.Connection, person: Held, names: Collection[str]) -> None:
    """The same for the sender's name and the findings stored with other people's messages."""
    for row in tx.execute(sa.select(message.c.id, message.c.sender, message.c.findings)).all():
        before = FINDINGS.validate_json(row.findings) if row.findings else ()
        after = tuple(
            replace(
                one,
                text=blacked_out(one.text, person.address, names),
                says=with_text(one.says, lambda text: blacked_out(text, person.address, names)),
            )
            for one in before
        )
        sender = blacked_out(row.sender, person.address, names)
        if (after, sender) != (before, row.sender):
            values = {"sender": sender, "findings": to_json(FINDINGS, after)}
            tx.execute(sa.update(message).where(message.c.id == row.id).values(**values))


def _erase_messages(tx: sa.Connection, person: Held, address: str) -> None:
    everything = (*person.messages, *person.messages_of_others)
    tx.execute(sa.delete(raw).where(raw.c.message.in_(everything)))
    tx.execute(
        sa.update(message)
        .where(message.c.id.in_(everything))
        .values(submission=None, findings=None, error="", nrs="[]", subject=ERASED)
    )
    tx.execute(
        sa.update(message)
        .where(message.c.id.in_(person.messages))
        .values(sender="", sender_email=erased_sender(address))
    )


def _erase_mails(tx: sa.Connection, person: Held) -> None:
    for number in (*person.mails, *person.mails_to_others):
        letter = MAIL.validate_json(tx.scalar(sa.select(mail.c.data).where(mail.c.id == number)) or "")
        to = letter.to if number in person.mails_to_others else Address(ERASED)
        key = f"erased/{number}"
        black = replace(letter, key=key, to=to, subject=ERASED, text=ERASED, html="", calendar="")
        values = {"data": to_json(MAIL, black), "key": key, "error": "", "copied": True}
        if number in person.mails:
            values |= {"recipient": "", "recipient_mailbox": ""}
        tx.execute(sa.update(mail).where(mail.c.id == number).values(**values))
        waiting = mail.c.state.in_(("waiting", "claimed"))
        tx.execute(sa.update(mail).where(mail.c.id == number, waiting).values(state="failed", error=ERASED))
        tx.execute(sa.delete(attachment).where(attachment.c.mail == number))
