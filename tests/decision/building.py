"""What the decision tests are made of: settings, mails, registrations, in a line each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from mailbot.config.settings import (
    Admin,
    Limits,
    MailboxSettings,
    Retention,
    Secretariat,
    Settings,
    Smtp,
    WorkbookNames,
    WorkerSettings,
)
from mailbot.config.shipped import shipped
from mailbot.domain.decision import Decision, DecisionContext
from mailbot.domain.document import Location, Unit
from mailbot.domain.event import Event
from mailbot.domain.form import Form, read_form
from mailbot.domain.message import Address, Arrival, Message
from mailbot.domain.organisation import Organisation, Organisations
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import (
    Answer,
    ClueSource,
    EventClue,
    Intent,
    Person,
    Problem,
    Submission,
    SubmissionKind,
    Value,
)

BRUSSELS = ZoneInfo("Europe/Brussels")
MORNING = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)

ORGANISATIONS = Organisations(
    organisation=(
        Organisation(name="Damme", domains=("damme.example",)),
        Organisation(name="Brugge", domains=("brugge.example",), email="info@brugge.example"),
        Organisation(name="Beernem", domains=("beernem.example",)),
        Organisation(name="Gent", domains=("gent.example",)),
    ),
    lists={"brugge": ("Damme", "Brugge", "Beernem")},
)


def local(*when: int) -> datetime:
    """A time as it stands in an event file: local, without a zone."""
    return datetime(*when)  # type: ignore[arg-type]  # noqa: DTZ001  event files have no zone


@cache
def form(name: str) -> Form:
    return read_form(shipped("forms") / f"{name}.toml")


def event(**more: object) -> Event:
    facts: dict[str, object] = {
        "id": "kis",
        "title": "Kennisplatform",
        "form": "kennisplatform",
        "starts": local(2026, 12, 3, 14),
        "ends": local(2026, 12, 3, 17),
        "place": "Beernem",
        "deadline": date(2026, 11, 23),
    }
    return Event.model_validate({**facts, **more})


def settings(*events: Event, limits: Limits | None = None, forwarders: tuple[str, ...] = ()) -> Settings:
    mailbox = MailboxSettings(
        name="main", host="localhost", since=date(2026, 9, 1), address="Post <in@post.example>"
    )
    other = mailbox.model_copy(update={"name": "second", "address": "in2@post.example"})
    here = Path("mailbot.toml")
    names = ("kennisplatform", "burgemeestersoverleg", "gezamenlijke-aankoop")
    return Settings(
        file=here, zone=BRUSSELS, language="nl", workbook_dir=here, state_dir=here, events_dir=here,
        forms_dir=here, templates_dir=here, forwarders=frozenset(forwarders), authserv_id="",
        mailboxes=(mailbox, other), smtp=Smtp(host="localhost"), store_url="sqlite://",
        worker=WorkerSettings(),
        secretariat=Secretariat(), admin=Admin(), limits=limits or Limits(), retention=Retention(),
        workbook=WorkbookNames(),
        organisations=ORGANISATIONS, forms={name: form(name) for name in names},
        events={e.id: e for e in events or (event(),)},
    )  # fmt: skip


def person(name: str = "Els Maes", organisation: str = "Damme", **more: Value) -> Person:
    first, _, last = name.partition(" ")
    answers: dict[str, Value] = {"last_name": last, "first_name": first, "organisation": organisation}
    answers = {k: v for k, v in {**answers, **more}.items() if v != ""}
    known = organisation if ORGANISATIONS.named(organisation) else ""
    where = Location().at(Unit.ATTACHMENT, "form.docx")
    return Person({k: Answer(v, where) for k, v in answers.items()}, known)


def form_of(*people: Person, problems: tuple[Problem, ...] = (), **more: object) -> Submission:
    base = Submission(SubmissionKind.FORM, "kennisplatform", people, problems, intent=Intent.FORM)
    return replace(base, **more)  # type: ignore[arg-type]  # a test names the fields it sets


def words(intent: Intent, text: str = "", *named: str, **more: object) -> Submission:
    return replace(Submission(SubmissionKind.NO_FORM, intent=intent, named=named, words=text), **more)  # type: ignore[arg-type]


def mail(
    sender: str = "els@damme.example", at: datetime = MORNING, number: int = 1, name: str = "", **more: object
) -> Arrival:
    subject = str(more.pop("subject", "Inschrijving"))
    message = Message(f"<{number}@mail.example>", Address(sender, name), subject, at)
    mailbox = str(more.pop("mailbox", "main"))
    return Arrival(number, mailbox, at, replace(message, **more))  # type: ignore[arg-type]


#: Added to the number of a row, it is that of the message it came from: no mail of a test is one of those.
OF_BEFORE = 1000


def row(
    nr: int = 1,
    status: Status = Status.REGISTERED,
    name: str = "Els Maes",
    organisation: str = "Damme",
    email: str = "els@damme.example",
    at: datetime = MORNING,
    event: str = "kis",
    answers: Mapping[str, Value] = {},
    **more: object,
) -> Registration:
    first, _, last = name.partition(" ")
    said: dict[str, Value] = {
        "last_name": last,
        "first_name": first,
        "organisation": organisation,
        "email": email,
    }
    said = {k: v for k, v in {**said, **answers}.items() if v != ""}
    known = organisation if ORGANISATIONS.named(organisation) else ""
    base = Registration(f"INS-{nr:04d}", event, status, said, at, at, at, email, OF_BEFORE + nr, known)
    return replace(base, **more)  # type: ignore[arg-type]


def known(*registrations: Registration, **more: object) -> DecisionContext:
    taken: dict[str, int] = {}
    organisations: dict[tuple[str, str], int] = {}
    waiting: dict[str, tuple[Registration, ...]] = {}
    for r in registrations:
        if r.status is Status.REGISTERED or (r.status is Status.INCOMPLETE and not r.reason):
            taken[r.event] = taken.get(r.event, 0) + 1
            of = (r.event, r.organisation_known)
            organisations[of] = organisations.get(of, 0) + 1
        if r.status is Status.WAITLISTED:
            waiting[r.event] = (*waiting.get(r.event, ()), r)
    base = DecisionContext(
        registrations, taken=taken, taken_by_organisation=organisations, waiting=waiting,
        next_nr=len(registrations) + 1,
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def invited(*registrations: Registration, **more: object) -> DecisionContext:
    """What is known where an invitation for the calendar went out for the first of them (``row()``)."""
    return known(*registrations or (row(),), **{"calendar_uids": {"uid-1": "INS-0001"}, **more})


def clue(event: str = "kis", by: ClueSource = ClueSource.SUBJECT) -> EventClue:
    return EventClue(event, by)


def rows_after(decision: Decision) -> tuple[Registration, ...]:
    """The rows that a decision touches, in its order, as they stand after it."""
    return tuple(result.after for result in decision.results if result.after is not None)
