"""Writing what was decided: registrations, cases, log lines, mails and the message itself.

Called once in the transaction that the facts were read in: all of it is there, or none.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa

from mailbot.config.settings import Settings
from mailbot.decision.access import domain_of, from_is_proven
from mailbot.domain.case import Case
from mailbot.domain.decision import Decision, Finding, FindingCode, Outcome
from mailbot.domain.mail import RECEIPT_AFTER, Mail
from mailbot.domain.message import Arrival
from mailbot.domain.registration import Registration
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Statement, say
from mailbot.domain.submission import Submission
from mailbot.matching.names import email_of, name_of
from mailbot.matching.waiting_list import organisation_key
from mailbot.storage import mailings, outbox, workbooks
from mailbot.storage.counts import next_number
from mailbot.storage.database import Store
from mailbot.storage.linked_mails import numbers
from mailbot.storage.mentions import name_key
from mailbot.storage.messages import DECIDED
from mailbot.storage.schema.tables import (
    attachment,
    case,
    event_snapshot,
    log,
    mail,
    mail_registration,
    message,
    meta,
    registration,
)
from mailbot.storage.serialization import (
    CASE,
    FACTS,
    FINDINGS,
    MAIL,
    NRS,
    REGISTRATION,
    SUBMISSION,
    log_columns,
    to_json,
)

#: When a mail may go out that waits for nothing, whatever is done to the clock meanwhile.
AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
_UID = re.compile(r"^UID:(\S+)", re.M)
#: Built once: building a statement costs more than running it, and these run for every message.
_OF_MESSAGE = sa.update(message).where(message.c.id == sa.bindparam("this"))
_OF_REGISTRATION = sa.update(registration).where(registration.c.number == sa.bindparam("this"))
_SECRET = sa.select(meta.c.value).where(meta.c.key == "secret")
_MAIL_OF_KEY = sa.select(mail.c.id).where(mail.c.key == sa.bindparam("key"))
_DATA_OF = sa.select(registration.c.number, registration.c.data).where(
    registration.c.number.in_(sa.bindparam("numbers", expanding=True))
)
_NEXT_NR = sa.update(meta).where(meta.c.key == "next_nr")
_ADD_REGISTRATION, _ADD_LOG = sa.insert(registration), sa.insert(log)
_ADD_MAIL, _ADD_MAIL_REGISTRATION = sa.insert(mail), sa.insert(mail_registration)


def record(
    tx: sa.Connection,
    decision: Decision,
    mails: Sequence[Mail],
    settings: Settings,
    now: datetime,
    *,
    arrival: Arrival | None = None,
    submission: Submission | None = None,
    case_of: int | None = None,
    of_case: int = 0,
) -> None:
    """Writes a decision and the mails that follow from it. ``arrival`` and ``submission`` are
    those of the message it is about; without them it is about a case, an edit or the time.
    ``case_of`` is the message that a decided case came from: what it draws answers that message;
    ``of_case`` that case, whose row shows the mails."""
    changed = [result.after for result in decision.results if result.after]
    nrs = [row.nr for row in changed]
    next_nr = next_number(tx) if nrs else 0
    for row in changed:
        _registration(tx, row, settings, next_nr)
    joined = _open_cases(tx, decision)
    for one in decision.mailings:
        mailings.save(tx, one)
    touched = _events_of(changed, decision)
    touched |= close_cases(tx, decision.closes, now)
    touched |= _log(tx, decision, arrival, now) - {""}
    if decision.facts:
        _facts(tx, decision)
    if case_of is not None and mails:
        outbox.put_off_receipts(tx, {one.to.email.lower() for one in mails}, now + RECEIPT_AFTER)
    for letter in mails:
        if queue(tx, letter, now, arrival=arrival, proven=decision.proven, about=case_of, of_case=of_case):
            _note_sequence(tx, letter)
    if arrival:
        proven = decision.proven or from_is_proven(arrival.message.authentication, settings)
        findings = (*decision.findings, *joined)
        tx.execute(_OF_MESSAGE, _decided(decision, arrival.id, submission, findings, proven=proven, now=now))
    if case_of is not None:
        _tell_of_message(tx, case_of, decision)
    _reserve(tx, nrs, next_nr)
    workbooks.mark_behind(tx, touched, now)


def _open_cases(tx: sa.Connection, decision: Decision) -> list[Finding]:
    """Opens the cases of a decision, and gives a finding for each that joins one that stood open."""
    joined = [_joining(number) for opened in decision.cases if (number := _standing(tx, opened.key))]
    for opened in decision.cases:
        open_case(tx, opened)
    return joined


def _events_of(changed: Iterable[Registration], decision: Decision) -> set[str]:
    """The events whose workbooks show something of a decision."""
    of_rows, of_cases = {row.event for row in changed}, {opened.event for opened in decision.cases}
    return of_rows | of_cases | {one.event for one in decision.mailings}


def _decided(
    decision: Decision,
    number: int,
    submission: Submission | None,
    findings: tuple[Finding, ...],
    *,
    proven: bool,
    now: datetime,
) -> dict[str, object]:
    """What stands in the row of a message once it is decided."""
    nrs = dict.fromkeys(result.after.nr for result in decision.results if result.after)
    return {
        "this": number,
        "state": DECIDED,
        "outcome": decision.outcome,
        "event": decision.event,
        "proven": proven,
        "nrs": to_json(NRS, tuple(nrs)),
        "submission": to_json(SUBMISSION, submission) if submission else None,
        "findings": to_json(FINDINGS, findings),
        "decided_at": now,
        "error": "",
    }


def _tell_of_message(tx: sa.Connection, number: int, decision: Decision) -> None:
    """Adds what settled a case to the findings of the message that it came from, behind those of when it
    came."""
    findings = tuple(one for one in decision.findings if one.code is FindingCode.SETTLED)
    if not findings:
        return
    stored = tx.scalar(sa.select(message.c.findings).where(message.c.id == number))
    held = FINDINGS.validate_json(stored) if stored else ()
    kept = to_json(FINDINGS, (*held, *findings))
    tx.execute(sa.update(message).where(message.c.id == number).values(findings=kept))


def _log(tx: sa.Connection, decision: Decision, arrival: Arrival | None, now: datetime) -> set[str]:
    """Adds the lines of a decision to the log; gives the events that they are about."""
    rows = [
        {
            "at": now,
            "event": line.event or decision.event,
            "registration": line.registration,
            "message": line.message or (arrival.id if arrival else None),
            **log_columns(line),
        }
        for line in decision.log
    ]
    for row in rows:
        tx.execute(_ADD_LOG, row)
    return {str(row["event"]) for row in rows}


def settle(tx: sa.Connection, number: int, decision: Decision) -> None:
    """Records at a message what the secretary decided about it, once no case of it is open."""
    still_open = sa.select(case.c.id).where(case.c.message == number, case.c.closed.is_(None)).limit(1)
    row = tx.execute(sa.select(message.c.outcome, message.c.nrs).where(message.c.id == number)).one()
    nrs = (*NRS.validate_json(row.nrs), *(result.after.nr for result in decision.results if result.after))
    values = {"nrs": to_json(NRS, tuple(dict.fromkeys(nrs)))}
    if decision.event:
        values["event"] = decision.event
    if (
        row.outcome in (Outcome.REVIEW, Outcome.NO_FORM)
        and decision.results
        and tx.scalar(still_open) is None
    ):
        values["outcome"] = decision.outcome
    tx.execute(sa.update(message).where(message.c.id == number).values(**values))


def open_case(tx: sa.Connection, opened: Case) -> bool:
    """Opens a case; False where one of the same key stands open."""
    if _standing(tx, opened.key):
        return False
    added = tx.execute(
        sa.insert(case).values(
            event=opened.event,
            kind=opened.kind,
            key=opened.key,
            registration=opened.registration,
            message=opened.message,
            opened=opened.opened,
            data="",
        )
    )
    assert added.inserted_primary_key is not None
    number = int(added.inserted_primary_key[0])
    tx.execute(
        sa.update(case).where(case.c.id == number).values(data=to_json(CASE, replace(opened, id=number)))
    )
    return True


def _standing(tx: sa.Connection, key: str) -> int:
    """The number of the open case with a key, 0 for none."""
    same = sa.select(case.c.id).where(case.c.key == key, case.c.closed.is_(None)).limit(1)
    return tx.scalar(same) or 0 if key else 0


def _joining(number: int) -> Finding:
    """That a message, sent again, says what an open case shows: it leaves none of its own."""
    return Finding("geval", code=FindingCode.JOINED, says=(say(Saw.JOINED_CASE, case=number),))


def reword_case(tx: sa.Connection, held: Case, says: Statement) -> None:
    """Says otherwise what is the matter in a case that stands open."""
    worded = replace(held, what="", says=(says,))
    tx.execute(sa.update(case).where(case.c.id == held.id).values(data=to_json(CASE, worded)))


def queue(
    tx: sa.Connection,
    letter: Mail,
    now: datetime,
    *,
    arrival: Arrival | None = None,
    proven: bool = False,
    about: int | None = None,
    of_case: int = 0,
) -> bool:
    """Puts a mail with those to send; False where one of the same key was there before. ``arrival`` is
    the message that draws it, which is certainly its sender's where ``proven``; ``about`` one that it
    follows from without being drawn by its sender; ``of_case`` the decided case that it follows from."""
    if tx.scalar(_MAIL_OF_KEY, {"key": letter.key}):
        return False
    letter = replace(letter, message_id=_message_id(tx, letter))
    recipient = letter.to.email.lower()
    added = tx.execute(
        _ADD_MAIL,
        {
            "key": letter.key,
            "kind": letter.kind,
            "event": letter.event,
            "recipient": recipient,
            "drawn_by": arrival.message.sender.email.lower() if arrival else "",
            "recipient_mailbox": letter.to.mailbox,
            "drawn_by_mailbox": arrival.message.sender.mailbox if arrival else "",
            "proven": proven,
            "message": arrival.id if arrival else about,
            "of_case": of_case,
            "message_id": letter.message_id,
            "is_answer": letter.outcome is not None,
            "asks": letter.asks,
            "state": "waiting",
            "not_before": letter.not_before or AT_ONCE,
            "next_try": letter.not_before or now,
            "made_at": now,
            "data": to_json(MAIL, replace(letter, attachments=())),
        },
    )
    assert added.inserted_primary_key is not None
    number = int(added.inserted_primary_key[0])
    uid = _UID.search(letter.calendar.replace("\r\n ", ""))
    for nr in dict.fromkeys(letter.nrs):
        concerns = {"mail": number, "nr": nr, "calendar_uid": uid[1] if uid else ""}
        tx.execute(_ADD_MAIL_REGISTRATION, concerns)
    for position, part in enumerate(letter.attachments):
        tx.execute(
            sa.insert(attachment).values(
                mail=number, position=position, name=part.name, media_type=part.media_type, data=part.data
            )
        )
    return True


def _message_id(tx: sa.Connection, letter: Mail) -> str:
    """Its Message-ID (RFC 5322 §3.6.4), from its key and a secret of this ledger: the same however
    often it is tried, and not to be guessed, since who answers it is taken for one who got it."""
    secret = tx.scalar(_SECRET)
    if secret is None:
        from sqlalchemy.dialects import postgresql  # here, since a start does without

        new = postgresql.insert(meta).values(key="secret", value=secrets.token_hex(32))
        tx.execute(new.on_conflict_do_nothing())  # another host may draw one at this moment
        secret = str(tx.scalar(_SECRET))
    domain = letter.sender.email.rpartition("@")[2] or "mailbot.invalid"
    return f"<{hmac.digest(secret.encode(), letter.key.encode(), 'sha256').hex()[:32]}@{domain}>"


def _registration(tx: sa.Connection, row: Registration, settings: Settings, next_nr: int) -> None:
    values: dict[str, object] = {
        "event": row.event,
        "status": row.status,
        "arrived": row.arrived,
        "without_place": row.found_no_place,
        "sender_email": row.sender.lower(),
        "message": row.message,
        "data": to_json(REGISTRATION, row),
    }
    event = settings.events.get(row.event)
    if event:
        form = settings.form_of(event)
        values["name"] = name_key(name_of(row.answers, form))
        values["email"] = email_of(row.answers, form)
        values["domain"] = domain_of(email_of(row.answers, form))
        values["organisation"] = organisation_key(row.organisation_known, row.answers, form)
    number = int(row.nr.rpartition("-")[2])
    is_new = number >= next_nr  # nobody was given it before; where it was reserved the ledger has to be asked
    if is_new or tx.execute(_OF_REGISTRATION, {"this": number, **values}).rowcount == 0:
        keys = {"name": "", "email": "", "domain": "", "organisation": ""}
        tx.execute(_ADD_REGISTRATION, {"number": number, **keys, **values})


def _note_sequence(tx: sa.Connection, letter: Mail) -> None:
    """Notes the SEQUENCE of calendar entries at their registrations, where the next one counts on, and
    whether it is a file that holds the event."""
    sent: dict[str, tuple[int, bool | None]] = {
        part.entry.nr: (part.entry.sequence, part.entry.enters) for part in letter.attachments if part.entry
    }
    if letter.sequence >= 0:
        by_file = False if letter.calendar_method == "REQUEST" else None
        sent |= dict.fromkeys(letter.nrs, (letter.sequence, by_file))
    for number, data in tx.execute(_DATA_OF, {"numbers": numbers(sent)}).all() if sent else ():
        row = REGISTRATION.validate_json(data)
        sequence, by_file = sent[row.nr]
        by_file = row.by_file if by_file is None else by_file
        row = replace(row, sequence=max(row.sequence, sequence), by_file=by_file)
        tx.execute(_OF_REGISTRATION, {"this": number, "data": to_json(REGISTRATION, row)})


def close_cases(tx: sa.Connection, ids: Iterable[int], now: datetime) -> set[str]:
    """Closes cases; returns their events."""
    wanted = [number for number in ids if number]
    if not wanted:
        return set()
    tx.execute(sa.update(case).where(case.c.id.in_(wanted), case.c.closed.is_(None)).values(closed=now))
    outbox.take_back_receipts(tx, wanted)
    return set(tx.scalars(sa.select(case.c.event).where(case.c.id.in_(wanted))))


def _facts(tx: sa.Connection, decision: Decision) -> None:
    assert decision.facts is not None
    tx.execute(sa.delete(event_snapshot).where(event_snapshot.c.event == decision.facts.event))
    tx.execute(
        sa.insert(event_snapshot).values(event=decision.facts.event, facts=to_json(FACTS, decision.facts))
    )


def reserve(store: Store, decision: Decision, next_nr: int) -> int:
    """The first of the numbers for those whom a decision registers, which took them from ``next_nr`` on: they
    are given at once, whatever becomes of the transaction, and to nobody again. PostgreSQL alone."""
    from sqlalchemy.dialects import postgresql  # here, since SQLite never needs it

    numbers_taken = [int(one.after.nr.rpartition("-")[2]) for one in decision.results if one.after]
    wanted = max(numbers_taken, default=0) - next_nr + 1
    if wanted <= 0:
        return next_nr
    new = postgresql.insert(meta).values(key="next_nr", value=str(1 + wanted))
    counted = sa.cast(sa.cast(meta.c.value, sa.Integer) + wanted, sa.Text)
    given = new.on_conflict_do_update(index_elements=[meta.c.key], set_={"value": counted})
    with store.at_once() as tx:
        return int(tx.execute(given.returning(meta.c.value)).scalar_one()) - wanted


def _reserve(tx: sa.Connection, nrs: list[str], next_nr: int) -> None:
    """Moves the next free number past those that were given out."""
    highest = max((int(nr.rpartition("-")[2]) for nr in nrs), default=0)
    if highest < next_nr or not highest:
        return
    value = str(highest + 1)
    if tx.execute(_NEXT_NR, {"value": value}).rowcount == 0:
        tx.execute(sa.insert(meta).values(key="next_nr", value=value))
