"""What each function of the ledger writes and gives: lives of a ledger, told step by step and row by row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from mailbot.config.settings import Settings
from mailbot.domain.announcement import EventFacts
from mailbot.domain.case import OF_FORM, Case, CaseKind, Choice
from mailbot.domain.decision import Ask, Decision, Finding, FindingCode, LogLine, Outcome, Result
from mailbot.domain.document import Location
from mailbot.domain.form import FieldKind, FormField
from mailbot.domain.mail import RECEIPT, Attachment
from mailbot.domain.mailing import Mailing
from mailbot.domain.message import Address, Arrival, Bounce
from mailbot.domain.registration import Status
from mailbot.domain.settled import Settlement
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Answer, Person, Submission, SubmissionKind
from mailbot.storage import (
    Store,
    configuration,
    consistency,
    counts,
    filed,
    health,
    linked_mails,
    mailings,
    messages,
    outbox,
    personal_data,
    queries,
    rereading,
    retention,
    season,
    settled,
    threads,
    workbooks,
)
from mailbot.storage.decisions import close_cases, open_case, queue, record, reword_case, settle
from mailbot.storage.messages import MailPlace, describe, store_raw
from mailbot.storage.schema.tables import metadata
from tests.decision.following import parts
from tests.storage.samples import EVENT, NOW, arrive, mail, message, registration, settings_in

HELD = parts(Path(__file__).parent / "follows" / "ledger.txt")
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def told(value: object) -> str:
    """A value as text, without what is empty in it."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%d/%m/%Y %H:%M:%S}"
    if is_dataclass(value) and not isinstance(value, type):
        facts = ((field.name, getattr(value, field.name)) for field in fields(value))
        held = (f"{name} {told(one)}" for name, one in facts if one not in ("", None, (), {}, [], False))
        return f"{type(value).__name__}({', '.join(held)})"
    if isinstance(value, bytes):
        return f"{len(value)} bytes" if len(value) > 40 else repr(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{told(key)}: {told(one)}" for key, one in value.items()) + "}"
    if isinstance(value, str) and value[:2] in ('{"', "[{", '["'):
        return told(_said(json.loads(value)))
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(map(told, value))) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(told, value)) + "]"
    return " / ".join(str(value).splitlines())


def _said(value: object) -> object:
    """JSON without what is empty in it: a field that is new, and said by nobody, changes nothing here."""
    if isinstance(value, dict):
        return {key: _said(one) for key, one in value.items() if one not in ("", None, [], {}, False)}
    return [_said(one) for one in value] if isinstance(value, list) else value


class Life:
    """A ledger in one transaction, whose rows are told as they change."""

    def __init__(self, tx: sa.Connection, settings: Settings) -> None:
        self.tx, self.settings = tx, settings
        self.lines: list[str] = []
        self._rows = dict(self._all())

    def _all(self) -> Iterator[tuple[str, str]]:
        for table in metadata.sorted_tables:
            keys = [column.name for column in table.primary_key]
            unsaid = [*keys, *(["data"] if table.name == "raw" else [])]  # which zlib packs as it likes
            for row in self.tx.execute(sa.select(table)).mappings():
                facts = (f"{name} {told(one)}" for name, one in row.items() if name not in unsaid)
                held = (fact for fact in facts if not fact.endswith((" ", " None", " False", " []")))
                yield f"{table.name} {' '.join(str(row[key]) for key in keys)}", ", ".join(held)

    def did(self, what: str, *given: object) -> None:
        """Tells what something gave, and which rows it changed."""
        self.lines.append(f"{what}: {'; '.join(map(told, given))}")
        now = dict(self._all())
        for key in sorted({*now, *self._rows}):
            if (before := self._rows.get(key)) != (after := now.get(key)):
                if before is None or after is None:
                    self.lines.append(f"  {'new' if before is None else 'gone'} {key}: {after or ''}")
                    continue
                old, new = (set(text.split(", ")) for text in (before, after))
                self.lines.append(f"  {key}: {', '.join(sorted(old - new))} → {', '.join(sorted(new - old))}")
        self._rows = now


def _place(uid: int, validity: int = 7, folder: str = "INBOX") -> MailPlace:
    return MailPlace("main", folder, validity, uid)


def _stored(
    life: Life, uid: int, received: datetime = NOW, data: bytes = b"Subject: x\r\n\r\n", **more: object
) -> int:
    number = store_raw(life.tx, _place(uid), data, received, len(data), **{"whole": True, "now": NOW, **more})
    assert number
    return number


def mail_comes_in(life: Life) -> None:
    tx = life.tx
    life.did("cursor before", messages.cursor_of(tx, "main", "INBOX"))
    messages.advance(tx, _place(3))
    messages.advance(tx, MailPlace("main", "Other", 1, 9))
    messages.advance(tx, _place(5))
    life.did("cursor", messages.cursor_of(tx, "main", "INBOX"))
    consistency.list_again(tx, _place(4))
    life.did("listed again from 4", messages.cursor_of(tx, "main", "INBOX"))
    for uid, data in ((1, b"a" * 9000), (2, bytes(range(256)) * 40), (3, b"")):
        number = _stored(life, uid, NOW + (3 - uid) * HOUR, data, whole=uid != 2)
        life.did(f"stored {uid}", messages.raw_of(tx, number) == data, messages.has_raw(tx, number))
    life.did("stored at a place that is known", store_raw(tx, _place(1), b"x", NOW, 1, whole=True, now=NOW))
    life.did("waiting", messages.waiting(tx))
    life.did("of id", messages.of_id(tx, 2), messages.of_id(tx, 9), messages.described(tx, 9))
    for number, sent in ((1, "<a@x.example>"), (2, ""), (3, "<A@x.example>")):
        life.did(
            f"described {number}",
            describe(tx, number, replace(message(sent, "Els@damme.example"), digest="d")),
        )
    life.did("known as", messages.described(tx, 1), messages.is_waiting(tx, 1))
    for number, outcome in ((1, Outcome.REGISTERED), (2, Outcome.NO_FORM)):
        decision = Decision(outcome, EVENT)
        record(tx, decision, [], life.settings, NOW, arrival=Arrival(number, "main", NOW, message()))
    life.did("two of them decided", [one.id for one in messages.waiting(tx)], messages.is_waiting(tx, 1))
    again = replace(message("<a@x.example>", "ELS@damme.example"), digest="d")
    for name, one in {
        "the same": again,
        "of another sender": replace(again, sender=Address("jan@damme.example")),
        "with other parts": replace(again, digest="e"),
        "without an id": replace(again, message_id=""),
        "without an id, of another moment": replace(again, message_id="", date=NOW + SECOND),
    }.items():
        life.did(f"original of {name}", messages.original(tx, 3, one))
    for text in ("1", "9", "<a@x.example>", "a@x.example", "<a@x.example", "b@x.example", "0000000001"):
        life.did(f"found by {text}", messages.find(tx, text))
    for _ in range(messages.TRIES):
        life.did("failed", messages.failed(tx, 3, "Traceback\nValueError: Els"))
    life.did("status", {k: v for k, v in health.status(tx).items() if v})
    life.did("retried", messages.retry(tx, 3), messages.retry(tx, 3), messages.retry(tx, 1))
    messages.take_up(tx, [2, 3])
    life.did("taken up")
    life.did("a copy", messages.mark_copy(tx, 3, 1, NOW), messages.has_raw(tx, 3))
    moved = store_raw(tx, _place(1, 8), b"x", NOW, 1, whole=True, now=NOW)
    assert moved
    filed.note(tx, [_place(1)], "Verwerkt")
    life.did("the same in a mailbox that was moved", messages.mark_copy(tx, moved, 1, NOW))
    life.did("never met", consistency.never_met(tx, "main", "INBOX", 7, [1, 2, 77]))
    for host in ("mx", "mx", "other"):
        messages.note_top_host(tx, "main", host)
        life.did(f"top host {host}", messages.top_host(tx, "main"))
    for _ in range(messages.ALWAYS + 1):
        messages.note_top_host(tx, "main", "mx")
    life.did("top host at last", messages.top_host(tx, "main"), messages.top_host(tx, "other"))
    life.did(
        "an erased sender",
        messages.erased_sender("Els@Damme.example") == messages.erased_sender("els@damme.example"),
    )


def _case(key: str, **more: object) -> Case:
    one = Case(CaseKind.LATE, "Els Maes", "", (Choice.ACCEPT,), NOW, event=EVENT, key=key)
    return replace(one, **more)  # type: ignore[arg-type]  # each life names fields of Case


_PERSON = Person({"last_name": Answer("Maes", Location())})
_SAID = Submission(SubmissionKind.FORM, form="kennisplatform", people=(_PERSON,))
_INVITATION = "BEGIN:VCALENDAR\r\nUID:kis-ins-0001\r\n -more@x\r\nEND:VCALENDAR"


def a_message_is_decided(life: Life) -> None:
    tx = life.tx
    arrival = arrive(tx, message())
    rows = (
        registration(3),
        registration(4, status=Status.WAITLISTED, organisation_known="", answers={"last_name": "Peeters"}),
        registration(
            5, status=Status.INCOMPLETE, event="elsewhere", reason="volzet", by_hand=frozenset({"role"})
        ),
    )
    decision = Decision(
        Outcome.REGISTERED,
        EVENT,
        (*(Result(Outcome.REGISTERED, after=row) for row in rows), Result(Outcome.NO_FORM)),
        cases=(_case("a", message=arrival.id, registration="INS-0003"), _case("b", event="")),
        log=(
            LogLine("els@damme.example", "ingeschreven", "mail", "INS-0003"),
            LogLine("mailbot", "iets", event="elsewhere", message=7, says=(say(Says.QUOTED, words="Dag"),)),
        ),
        findings=(Finding("deadline", code=FindingCode.ANSWER_DUE),),
        mailings=(Mailing(EVENT, "k", NOW, to="ingeschreven"),),
        facts=EventFacts(EVENT, "Titel", NOW, NOW, "Brugge"),
        proven=True,
    )
    letters = (
        mail(
            to=Address("Els+x@Damme.example"),
            nrs=("INS-0003", "INS-0004", "INS-0003"),
            calendar=_INVITATION,
            sequence=2,
            attachments=(
                Attachment("a.pdf", "application/pdf", b"1"),
                Attachment("b.txt", "text/plain", b"2"),
            ),
        ),
        mail("reminder", outcome=None, not_before=NOW + HOUR, asks=Ask.INCOMPLETE, sender=Address("zonder")),
        mail("reminder", subject="nog eens"),
    )
    life.did("next number", counts.next_number(tx))
    record(tx, decision, letters, life.settings, NOW, arrival=arrival, submission=_SAID)
    life.did("recorded", counts.next_number(tx))
    changed = replace(
        rows[0], status=Status.CANCELLED, answers={**rows[0].answers, "email": "ELS@brugge.example"}
    )
    after = Decision(
        Outcome.CANCELLED, EVENT, (Result(Outcome.CANCELLED, after=changed, before=rows[0]),), closes=(1,)
    )
    record(
        tx,
        after,
        [mail("other", calendar=_INVITATION, sequence=3, nrs=("INS-0003",))],
        life.settings,
        NOW + HOUR,
        case_of=arrival.id,
        of_case=1,
    )
    life.did("recorded about a case")
    life.did(
        "opened again",
        open_case(tx, _case("a")),
        open_case(tx, _case("a")),
        open_case(tx, _case("")),
        open_case(tx, _case("")),
    )
    reword_case(tx, replace(_case("a"), id=3, what="vroeger"), say(Says.QUOTED, words="Anders"))
    life.did("reworded")
    settle(tx, arrival.id, Decision(Outcome.CHANGED, "elsewhere", (Result(Outcome.CHANGED, after=rows[2]),)))
    life.did("settled what was registered")
    unclear = arrive(tx, message("<twee@x.example>"), 2)
    record(
        tx,
        Decision(Outcome.REVIEW, cases=(_case("c", message=unclear.id),)),
        [],
        life.settings,
        NOW,
        arrival=unclear,
    )
    settle(tx, unclear.id, after)
    life.did("settled with a case open")
    life.did("closed", sorted(close_cases(tx, [5, 0, 6], NOW)), close_cases(tx, [], NOW))
    settle(tx, unclear.id, replace(after, event=""))
    life.did("settled with none open")
    _asked(life, arrival.id)


def _asked(life: Life, number: int) -> None:
    """All that commands and workbooks ask of it."""
    tx = life.tx
    life.did("messages", queries.messages(tx))
    life.did("explained", queries.explained(tx, number), queries.explained(tx, 99))
    life.did(
        "registrations",
        [row.nr for row in queries.registrations(tx, EVENT)],
        queries.by_nrs(tx, ["INS-0003", "x", "INS-99"]),
    )
    life.did("event state", queries.event_state(tx, EVENT, NOW))
    life.did("watched", queries.watched(tx, "elsewhere", NOW))
    life.did("by status", queries.count_by_status(tx, EVENT))
    life.did(
        "log",
        [one.line.what for one in queries.logged_since(tx, NOW)],
        queries.logged_since(tx, NOW + SECOND),
    )
    life.did(
        "cases",
        [c.id for c in queries.open_cases(tx, EVENT)],
        [c.id for c in queries.open_cases(tx, "")],
        [c.id for c in queries.open_of_kinds(tx, [CaseKind.LATE])],
        queries.open_of_kinds(tx, [CaseKind.DOUBT]),
    )
    life.did("events with cases", queries.events_with_open_cases(tx), queries.messages_of_cases(tx))
    for key in (1, 2, 99):
        life.did(f"case {key}", bool(queries.closed_case(tx, key)), bool(queries.open_case_by_id(tx, key)))
    life.did(
        "by key",
        bool(queries.open_case_by_key(tx, "a")),
        bool(queries.open_case_by_key(tx, "zz")),
        queries.settled_keys(tx, EVENT),
    )
    life.did(
        "told",
        queries.facts_told(tx),
        queries.outcome_of(tx, number),
        queries.outcome_of(tx, 99),
        bool(queries.submission_of(tx, number)),
        queries.submission_of(tx, 99),
    )
    open_case(tx, _case("f", kind=CaseKind.PERHAPS, message=number, payload={OF_FORM: "eigen"}))
    open_case(tx, _case("g", kind=CaseKind.PERHAPS, message=number))
    open_case(tx, _case("h", kind=CaseKind.PERHAPS, message=99, payload={OF_FORM: "eigen"}))
    life.did("waiting for forms", [one.key for one in queries.waiting_for_forms(tx)])
    life.did("taken", counts.taken_at(tx, EVENT, NOW), counts.waiting_lists(tx, [EVENT]))
    life.did("without consequence", consistency.without_consequence(tx), consistency.unanswered(tx))
    life.did(
        "thread",
        linked_mails.our_mails(tx, [mail_id(tx, 1)]),
        linked_mails.asked_in(tx, [mail_id(tx, 2)]),
        linked_mails.answered_in(tx, [mail_id(tx, 1)]),
        linked_mails.nr_by_uid(tx, "kis-ins-0001-more@x"),
    )
    life.did("lines of ours", linked_mails.lines_of_ours(tx, [mail_id(tx, 1)]), linked_mails.nrs_of(tx, [1]))
    back = message("<drie@x.example>", "els@damme.example")
    for name, one in {
        "an answer with the subject": replace(back, subject="RE: Uw inschrijving"),
        "another subject": replace(back, subject="Iets anders"),
        "nobody's": replace(back, sender=Address(""), subject="RE: Uw inschrijving"),
    }.items():
        life.did(f"thread of {name}", threads.thread_of(tx, one, NOW))
    for name, moment in {"soon": NOW + HOUR, "after nine days": NOW + 9 * DAY}.items():
        life.did(
            f"returned {name}",
            [one.id for one in linked_mails.returned_mail(tx, Bounce("", "els+x@damme.example", ""), moment)],
        )


def mail_id(tx: sa.Connection, number: int) -> str:
    """The Message-ID of a mail of ours."""
    table = metadata.tables["mail"]
    return str(tx.scalar(sa.select(table.c.message_id).where(table.c.id == number)))


def mails_go_out(life: Life) -> None:
    tx = life.tx
    arrival = arrive(tx, message())
    queue(tx, mail("answer"), NOW, arrival=arrival)
    queue(tx, mail("proven"), NOW, arrival=arrival, proven=True)
    queue(tx, mail("by itself", outcome=None), NOW)
    queue(tx, mail("drawn", outcome=None), NOW, about=arrival.id)
    queue(tx, mail("later", outcome=None, not_before=NOW + HOUR), NOW)
    queue(tx, mail("receipt", kind=RECEIPT, not_before=NOW + HOUR), NOW, arrival=arrival)
    queue(tx, mail("many", kind="announce-written", outcome=None, to=Address("Jan@x.example")), NOW)
    life.did("queued", outbox.next_due(tx), outbox.answers_due(tx, NOW), outbox.answers_due(tx, NOW - SECOND))
    life.did("would go out", [one.key for one in outbox.waiting_mails(tx, NOW)])

    def claims(name: str, now: datetime = NOW, limit: int = 9, **how: object) -> list[int]:
        found = outbox.claim(tx, now, limit, **how)
        life.did(f"claimed {name}", [(one.mail.key, one.tries, one.message) for one in found])
        return [one.id for one in found]

    ids = claims("without answers", answers=False)
    outbox.release(tx, ids)
    life.did("given back")
    ids = claims("without the unproven", unproven=False, owner="here")
    outbox.release(tx, ids)
    ids = claims("two of all", limit=2)
    claims("the next two", limit=2)
    outbox.mark_sent(tx, ids[0], NOW + SECOND, copied=False)
    life.did("sent")
    outbox.mark_sent(tx, ids[1], NOW + SECOND, copied=True, shown=False)
    life.did("sent with its copy")
    life.did("answers sent", outbox.sent_since(tx, NOW), outbox.sent_since(tx, NOW + SECOND))
    life.did("to copy", [one.id for one in outbox.to_copy(tx, 9)], outbox.to_copy(tx, 9, after=ids[0]))
    outbox.mark_copied(tx, ids[:1])
    life.did("copied", outbox.to_copy(tx, 9))
    life.did("released", outbox.release_claims(tx, "here", None), outbox.release_claims(tx, "here", None))
    (first, second) = claims("again", limit=2)
    outbox.mark_failed(tx, first, NOW, "451 later", next_try=NOW + HOUR, unsure=True)
    outbox.mark_failed(tx, second, NOW, "550 nobody")
    life.did("failed")
    claims("before the next try")
    outbox.release(tx, [7])
    claims("a second before it is due", NOW + HOUR - SECOND)
    claims("what was tried before", last_tried_before=NOW)
    claims("what was tried before a second later", last_tried_before=NOW + SECOND)
    outbox.mark_failed(tx, first, NOW, "451 later", next_try=NOW + HOUR)
    claims("at its next try", NOW + HOUR)
    life.did(
        "retried",
        outbox.retry(tx, arrival.id, NOW),
        outbox.retry(tx, 99, NOW),
        outbox.retry(tx, arrival.id, NOW),
    )
    open_case(tx, _case("a", message=arrival.id))
    queue(tx, mail("receipt 2", kind=RECEIPT, not_before=NOW + HOUR, nrs=("INS-0001",)), NOW, arrival=arrival)
    outbox.take_back_receipts(tx, [1])
    life.did("receipts taken back")
    life.did("sent to many", mailings.sent_since(tx, NOW - SECOND), mailings.sent_since(tx, NOW))
    for name, by in {"els": "els@damme.example", "tagged": "els@damme.example"}.items():
        life.did(
            f"drawn by {name}",
            [counts.drawn_by(tx, by, NOW + n * DAY, proven) for n in (0, 1, 2) for proven in (True, False)],
        )
    life.did(
        "answers to",
        counts.answers_to(tx, "els@damme.example", "els@damme.example", NOW, False),
        counts.drawn_to(tx, {"els@damme.example"}, NOW, False),
        counts.drawn_to(tx, set(), NOW, True),
    )
    life.did("status", {k: v for k, v in health.status(tx).items() if v})


def she_decides(life: Life) -> None:
    tx = life.tx
    arrival = arrive(tx, message())
    for key in "abc":
        open_case(tx, _case(key, message=arrival.id))
    close_cases(tx, [1, 2], NOW)
    decided = Settlement(Choice.ACCEPT, "mag", (registration(1),), (registration(2),), ("c",), (2,), "review")
    settled.keep(tx, 1, EVENT, decided, NOW)
    life.did("kept", settled.of_case(tx, 1), settled.of_case(tx, 2))
    settled.keep(tx, 1, EVENT, replace(decided, remark="toch"), NOW + SECOND)
    life.did("kept again", len(settled.of_event(tx, EVENT)), settled.of_event(tx, "elsewhere"))
    states = ("waits", "claimed", "sent", "failed", "resent")
    for name in states:
        queue(tx, mail(name, calendar="BEGIN" if name == "sent" else ""), NOW, of_case=1)
    outbox.claim(tx, NOW, 9)
    outbox.mark_sent(tx, 3, NOW + SECOND, copied=True)
    outbox.mark_failed(tx, 4, NOW + HOUR, "550")
    outbox.mark_failed(tx, 5, NOW, "451", next_try=NOW + HOUR, unsure=True)
    outbox.release(tx, [1])
    held = settled.of_case(tx, 1)
    assert held
    life.did("its mails", held.mails)
    settled.refuse(tx, held, Choice.UNDO, say(Says.QUOTED, words="Kan niet"), NOW + HOUR)
    life.did("refused")
    life.did("any", settled.is_any(tx, NOW), settled.is_any(tx, NOW + SECOND))
    tx.execute(
        sa.update(metadata.tables["case_"])
        .where(metadata.tables["case_"].c.id == 3)
        .values(opened=NOW + SECOND)
    )
    settled.undo(tx, held, Decision(Outcome.NO_FORM, "elsewhere"), NOW + HOUR)
    life.did("undone", settled.of_case(tx, 1))
    settled.keep(tx, 2, EVENT, replace(decided, choice=None, outcome=""), NOW)
    again = settled.of_case(tx, 2)
    assert again
    settled.undo(tx, again, Decision(Outcome.NO_FORM), NOW + HOUR)
    life.did("a row that she deleted is undone")
    settled.keep(tx, 1, EVENT, decided, NOW)
    settled.forget(tx, NOW - SECOND, NOW)
    life.did("nothing to forget")
    settled.forget(tx, NOW, NOW + HOUR)
    life.did("forgotten")
    settled.keep(tx, 1, EVENT, decided, NOW)
    settled.keep(tx, 2, "", replace(decided, remark="Jan Maes"), NOW)
    life.did(
        "dropped",
        settled.drop(tx, telling_of=["jan maes", ""]),
        settled.drop(tx, events=[EVENT]),
        settled.drop(tx),
    )


def workbooks_are_written(life: Life) -> None:
    tx = life.tx
    life.did(
        "nothing",
        workbooks.behind(tx),
        workbooks.wanted(tx, EVENT),
        workbooks.last_written(tx, EVENT),
        workbooks.base(tx, EVENT, 1),
    )
    workbooks.mark_behind(tx, {EVENT, ""}, NOW)
    workbooks.mark_behind(tx, [EVENT], NOW + HOUR)
    life.did("behind", workbooks.behind(tx), workbooks.all_wanted(tx))
    workbooks.waits(tx, EVENT, "open in Excel")
    life.did("waits", workbooks.behind(tx))
    workbooks.written(tx, EVENT, 1, NOW + HOUR)
    life.did("written as it was before", workbooks.behind(tx))
    workbooks.written(tx, EVENT, 2, NOW + 2 * HOUR)
    life.did("written", workbooks.behind(tx), workbooks.last_written(tx, EVENT))
    life.did("written after", [workbooks.written_after(tx, NOW + n * HOUR) for n in (1, 2, 3)])
    numbers = [workbooks.keep_base(tx, "other", f"cells {n}", 2) for n in range(1, workbooks.BASES + 3)]
    life.did("bases", numbers, workbooks.base(tx, "other", 2), workbooks.base(tx, "other", 1))
    workbooks.replace_base(tx, "other", 5, "merged")
    life.did("merged", workbooks.base(tx, "other", 5), workbooks.base(tx, EVENT, 5))
    workbooks.skip_numbers(tx)
    life.did("restored", workbooks.keep_base(tx, "other", "after", 14))
    workbooks.forget_bases(tx, "other")
    life.did("forgotten")


def mail_is_filed(life: Life) -> None:
    tx = life.tx
    outcomes = (Outcome.REGISTERED, Outcome.NO_FORM, Outcome.NO_FORM, Outcome.REVIEW, Outcome.NO_FORM)
    for uid, outcome in enumerate(outcomes, 1):
        arrival = arrive(tx, message(f"<{uid}@x.example>"), uid)
        thanks = Finding("courtesy", code=FindingCode.COURTESY if uid == 3 else FindingCode.NONE)
        decision = Decision(outcome, EVENT, findings=(thanks,))
        record(tx, decision, [], life.settings, NOW, arrival=replace(arrival, received=NOW - uid * HOUR))
    tx.execute(sa.update(metadata.tables["message"]).values(received=NOW - HOUR))
    open_case(tx, _case("a", message=4))
    life.did(
        "to file",
        filed.to_file(tx, "main", "INBOX"),
        filed.to_file(tx, "main", "Other"),
        filed.any_filed(tx, "main"),
    )
    filed.note(tx, [_place(1)], "Verwerkt")
    filed.note(tx, [_place(2), _place(4)], "?")
    filed.note(tx, [_place(3)], "-")
    filed.note(tx, [], "nowhere")
    life.did(
        "filed",
        [one.place.uid for one in filed.to_file(tx, "main", "INBOX")],
        filed.any_filed(tx, "main"),
        filed.any_filed(tx, "x"),
    )
    for name, how in {
        "all": {},
        "since then": {"since": NOW},
        "one": {"most": 1},
        "that one": {"number": 3},
        "of others": {"mailboxes": ["x"]},
        "of this": {"mailboxes": ["main"]},
        "without thanks": {"thanks_since": NOW},
        "with thanks": {"thanks_since": NOW - HOUR},
    }.items():
        found = filed.left_for_a_person(tx, **{"since": NOW - DAY, "most": 9, **how})
        life.did(f"left for a person, {name}", [(one.id, one.courtesy) for one in found])
    life.did(
        "decided in",
        filed.decided_in(tx, "main", "INBOX", "?"),
        filed.decided_in(tx, "main", "INBOX", "Verwerkt"),
    )
    close_cases(tx, [1], NOW)
    life.did(
        "case closed",
        [one.there for one in filed.to_file(tx, "main", "INBOX")],
        filed.decided_in(tx, "main", "INBOX", "?"),
    )
    filed.leave_unread(tx, [1, 3, 4, 5])
    life.did("left unread", [one.place.uid for one in filed.to_file(tx, "main", "INBOX")])
    life.did("read again", rereading.untouched(tx, [1, 2, 3, 4, 5, 99]), rereading.incomplete(tx, [EVENT]))
    rereading.take_up(tx, [2], NOW + HOUR)
    life.did("taken up", [one.id for one in messages.waiting(tx)])


def facts_are_noted(life: Life) -> None:
    tx = life.tx
    health.note(tx, "a:1", "x")
    health.note(tx, "a:1", "y")
    health.note(tx, "a:2", "")
    health.note(tx, "a_3", "z")
    life.did("facts", health.facts(tx, "a:"), health.facts(tx, "a_"), health.fact(tx, "nothing"))
    health.note_troubles(tx, {"imap": "dicht", "smtp": "weg"}, NOW)
    health.note_troubles(tx, {"imap": "nog dicht"}, NOW + HOUR, unchanged=["smtp"])
    life.did("troubles", health.troubles(tx))
    health.note_troubles(tx, {}, NOW)
    life.did("no troubles", health.troubles(tx))
    life.did(
        "configuration",
        configuration.version(tx),
        configuration.put(tx, {"a.toml": ("d1", b"x" * 50), "b.toml": ("d2", b"")}),
    )
    life.did(
        "changed",
        configuration.put(tx, {"a.toml": ("d3", b"y"), "b.toml": None, "c.toml": None}),
        configuration.version(tx),
    )
    life.did(
        "held",
        configuration.digests(tx),
        configuration.contents(tx, {"a.toml", "b.toml"}),
        configuration.contents(tx, set()),
    )
    configuration.note_rules(tx, {"kis": "r1", "other": "r2"})
    configuration.note_rules(tx, {"kis": "r3"})
    life.did("rules", configuration.rules(tx))
    one = Mailing(EVENT, "k", NOW, to="ingeschreven")
    mailings.save(tx, one)
    mailings.save(tx, replace(one, text="nog eens"))
    mailings.save(tx, replace(one, id=1, text="anders"))
    mailings.save(tx, replace(one, event="other"))
    life.did("mails to many", mailings.of_event(tx, EVENT))
    for key in (
        f"{EVENT}/v1/announce-written/els",
        f"{EVENT}/v1/announce-written-more/jan",
        f"{EVENT}/v2/announce-written/an",
    ):
        queue(tx, mail(key, kind="announce-written", to=Address(f"{key[-3:]}@x.example")), NOW)
    life.did(
        "reached",
        mailings.reached(tx, EVENT, "written", "v1"),
        mailings.reached(tx, "other", "written", "v1"),
    )
    over = {EVENT: life.settings.events[EVENT]}
    people = [
        registration(1, attended=True, answers={"role": "Burgemeester"}),
        registration(2, organisation_known="Nergens"),
        registration(3, status=Status.EXCUSED),
        registration(4, status=Status.CANCELLED),
        registration(5, status=Status.LATE),
        registration(6, event="elsewhere"),
    ]
    season.keep(tx, people, over)
    season.keep(tx, people[:1], over)
    life.did("season kept")
    record(
        tx,
        Decision(Outcome.REGISTERED, EVENT, tuple(Result(Outcome.REGISTERED, after=row) for row in people)),
        [],
        life.settings,
        NOW,
    )
    for day in (date(2026, 12, 3), date(2026, 12, 4), date(2027, 6, 1)):
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        life.did(
            f"totals on {day}",
            season.totals(tx, life.settings, at, {}),
            list(season.over_at(life.settings, at)),
        )


def _of_els(life: Life) -> None:
    """All that a ledger may hold of Els, and of Jan beside her."""
    tx = life.tx
    jan = registration(
        2,
        sender="jan@brugge.example",
        answers={
            "last_name": "Peeters",
            "first_name": "Jan",
            "email": "jan@brugge.example",
            "diet": "geen vis",
            "remarks": "komt met Els Maes",
        },
        reason="op vraag van els@damme.example",
    )
    els = registration(
        1, answers={**registration().answers, "diet": "vegetarisch", "remarks": "Opmerking: trap"}
    )
    for uid, sender, rows in ((1, "els@damme.example", (els,)), (2, "jan@brugge.example", (jan,))):
        arrival = arrive(tx, message(f"<{uid}@x.example>", sender), uid)
        logged = LogLine(
            sender,
            "gewijzigd",
            "Dieetwensen: geen vis; gsm",
            rows[0].nr,
            says=(say(Says.QUOTED, words="Els Maes"),),
        )
        found = Finding(
            "x", text="Dieetwensen: vegetarisch", says=(say(Says.QUOTED, words="Dieetwensen: ei"),)
        )
        decision = Decision(
            Outcome.REGISTERED,
            EVENT,
            (Result(Outcome.REGISTERED, after=rows[0]),),
            log=(logged,),
            findings=(found,),
            cases=(
                _case(
                    f"c{uid}",
                    message=arrival.id,
                    registration=rows[0].nr,
                    says=(say(Says.QUOTED, words="Dieetwensen: ei, Els Maes"),),
                    payload={"diet": "ei"},
                ),
            ),
        )
        letters = [
            mail(
                f"m{uid}",
                to=Address(sender),
                text="Dieetwensen: vegetarisch\nDag Els Maes",
                nrs=(rows[0].nr,),
                attachments=(Attachment("a", "b", b"c"),),
            )
        ]
        record(tx, decision, letters, life.settings, NOW, arrival=arrival, submission=_SAID)
    open_case(tx, _case("none", event="", who="Els Maes", message=2))
    close_cases(tx, [3], NOW)
    queue(tx, mail("digest", kind="digest", outcome=None, event="", to=Address("an@x.example"), nrs=()), NOW)
    outbox.claim(tx, NOW, 9)
    for number in (1, 2, 3):
        outbox.mark_sent(tx, number, NOW, copied=True)
    settled.keep(tx, 1, EVENT, Settlement(Choice.ACCEPT, "Els Maes"), NOW)
    mailings.save(
        tx,
        Mailing(
            EVENT,
            "k",
            NOW,
            text="Dag",
            listed=(Address("els@damme.example", "Els"), Address("an@x.example")),
            nrs=("INS-0001", "INS-0002"),
        ),
    )
    life.did("two people")


def answers_are_cleared(life: Life) -> None:
    _of_els(life)
    fields = (
        FormField(key="diet", label="Dieetwensen"),
        FormField(key="remarks", label="Opmerking", kind=FieldKind.LONG_TEXT),
    )
    life.did("no field", retention.clear(life.tx, EVENT, (), NOW))
    life.did("cleared", retention.clear(life.tx, EVENT, fields, NOW + DAY))
    life.did("cleared again", retention.clear(life.tx, EVENT, fields, NOW + 2 * DAY))
    life.did("of another event", retention.clear(life.tx, "elsewhere", fields, NOW))


def mail_is_purged(life: Life) -> None:
    _of_els(life)
    life.did("of no event that is over, of before", personal_data.purge(life.tx, (), (), NOW))
    life.did("of an open event", personal_data.purge(life.tx, (), (EVENT,), NOW + DAY))
    life.did("of an event that is over", personal_data.purge(life.tx, (EVENT,), (), NOW))


def old_mail_is_purged(life: Life) -> None:
    _of_els(life)
    life.did("received before", personal_data.purge(life.tx, (), (), NOW + SECOND))
    life.did("again", personal_data.purge(life.tx, (), (), NOW + SECOND))


def a_list_is_destroyed(life: Life) -> None:
    _of_els(life)
    open_case(life.tx, _case("d", kind=CaseKind.DESTROY))
    life.did("destroyed", personal_data.destroy(life.tx, EVENT, NOW, {EVENT: life.settings.events[EVENT]}))


def a_person_is_erased(life: Life) -> None:
    _of_els(life)
    life.did(
        "held",
        personal_data.held(life.tx, " ELS@damme.example "),
        personal_data.held(life.tx, "nobody@x.example"),
    )
    life.did("exported", *personal_data.export(life.tx, "els@damme.example", life.settings))
    life.did("nobody erased", personal_data.erase(life.tx, "nobody@x.example", NOW))
    life.did(
        "erased", personal_data.erase(life.tx, "Els@damme.example", NOW, {EVENT: life.settings.events[EVENT]})
    )
    life.did("held after", personal_data.held(life.tx, "els@damme.example"))


LIVES: tuple[Callable[[Life], None], ...] = (
    mail_comes_in,
    a_message_is_decided,
    mails_go_out,
    she_decides,
    workbooks_are_written,
    mail_is_filed,
    facts_are_noted,
    answers_are_cleared,
    mail_is_purged,
    old_mail_is_purged,
    a_list_is_destroyed,
    a_person_is_erased,
)


class _OverError(Exception):
    """A life is told: nothing of it stays."""


def examples() -> dict[str, str]:
    """Each life, on a ledger of which nothing stays between two."""
    found = {}
    with TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/mailbot.db") as store:
        settings = settings_in(Path(folder))
        for live in LIVES:
            try:
                with store.write_transaction() as tx:
                    health.note(tx, "secret", "a secret of this ledger")
                    life = Life(tx, settings)
                    live(life)
                    found[live.__name__.replace("_", " ")] = "\n".join(life.lines).replace(folder, "FOLDER")
                    raise _OverError
            except _OverError:
                pass
    return found


def test_what_a_ledger_writes_and_gives() -> None:
    assert examples() == HELD
