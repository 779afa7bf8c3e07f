"""A form that comes in: what each rule brings about, and what is just not its matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailbot.config.settings import Limits
from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.document import ParseStatus
from mailbot.domain.doubt import Reason
from mailbot.domain.message import Address, Arrival, MachineSign, Message, Verdict
from mailbot.domain.registration import Registration, Removal, Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Answer, Code, Intent, Person, Problem, Submission, SubmissionKind

from .building import MORNING, clue, event, form_of, known, mail, person, row, settings
from .following import expected, of_thread, so, together

ELS_AT = "els@damme.example"
ELS = row(1, answers={"role": "schepen"})
DEADLINE = datetime.fromisoformat("2026-11-23T23:00:00+00:00")  # local midnight after the day
SECOND = timedelta(seconds=1)


def sent(*people: Person, **more: object) -> Submission:
    return form_of(*(people or (person(email=ELS_AT),)), **{"clues": (clue(),), **more})


def doubt(field: str, code: Code = Code.UNSURE, of: int = 0, read: str = "?") -> Problem:
    return Problem(of, field, code, Reason.UNCLEAR, read)


def passed(address: str = "els@damme.example", name: str = "Els Maes", **more: object) -> Arrival:
    inner = Message("<binnen@elders.example>", Address(address, name), "Inschrijving", MORNING)
    return mail("partner@koepel.example", name="Koepel", forwarded=inner, **more)  # type: ignore[arg-type]  # a test names the fields it sets


def waits(nr: int, name: str, organisation: str = "Brugge", hours: int = 1, **more: object) -> Registration:
    at = MORNING - timedelta(hours=hours)
    first = name.split(maxsplit=1)[0].lower()
    return row(
        nr,
        Status.WAITLISTED,
        name,
        organisation,
        f"{first}@{organisation.lower()}.example",
        at,
        reason="volzet",
        **more,
    )


PARTNER = settings(forwarders=("partner@koepel.example",))
FULL = settings(event(capacity=1))
OUT = replace(ELS, status=Status.CANCELLED)
LATE = mail(name="Els Maes", at=DEADLINE)
CLOSED = settings(event(organisations="brugge"))
MAYORS = settings(event(form="burgemeestersoverleg"))
PURCHASE = settings(event(form="gezamenlijke-aankoop", starts=None, ends=None, deadline=None))

NEW: dict[str, Callable[[], str]] = {
    "somebody new": so(sent(), known()),
    "somebody new without an address, who mailed": so(sent(person()), known()),
    "somebody new without an address, whom another mailed": so(sent(person("Bo Claes")), known()),
    "somebody new whose address is ours": so(sent(person(email="in@post.example")), known()),
    "somebody new whose address is ours with a tag": so(sent(person(email="in+els@post.example")), known()),
    "somebody new whose address is that of a contact": so(
        sent(person(email="info@koepel.example")),
        known(),
        config=settings(event(contacts=({"name": "Koepel", "email": "Info@koepel.example"},))),
    ),
    "who mails from the secretariat registers themselves": so(
        sent(person(email="info@koepel.example")),
        known(),
        mail("info@koepel.example", name="Els Maes"),
        settings(event(contacts=({"name": "Koepel", "email": "info@koepel.example"},))),
    ),
    "two people": so(sent(person(email=ELS_AT), person("Bo Claes", email="bo@damme.example")), known()),
    "two that are one": so(sent(person(email=ELS_AT), person(phone="050 1")), known()),
    "two that are one and say different things": so(
        sent(person(email=ELS_AT, phone="050 2"), person(phone="050 1")), known()
    ),
    "two of one name with two addresses": so(
        sent(person(email=ELS_AT), person(email="els@prive.example")), known()
    ),
    "two of one name and two bodies": so(
        sent(person(email=ELS_AT), person(organisation="Brugge", email=ELS_AT)), known()
    ),
    "two of which the second knows what the first misses": so(
        sent(
            person("Els Maes", "", email=ELS_AT),
            person("Els Maes", "", phone="1"),
            problems=(doubt("organisation", Code.MISSING), doubt("phone", of=1)),
        ),
        known(),
    ),
    "macros and a former form": so(sent(macros=True, clues=(replace(clue(), stale=True), clue())), known()),
    "macros": so(sent(macros=True), known()),
    "a question beside": so(sent(question="Is er parking?"), known()),
    "words beside that ask nothing": so(sent(question="Tot dan!", asks_nothing=True), known()),
    "a question of who is too late": so(sent(question="Mag het nog?"), known(), LATE),
    "what is empty": so(sent(person(email=ELS_AT, role="")), known()),
}

ASKED: dict[str, Callable[[], str]] = {
    "the name is missing": so(
        sent(person("Els", email=ELS_AT), problems=(doubt("last_name", Code.MISSING),)), known()
    ),
    "the name is missing, and nobody said so": so(sent(person("Els", email=ELS_AT)), known()),
    "the name is doubted": so(sent(problems=(doubt("last_name"),)), known()),
    "what is optional is doubted": so(
        sent(person(email=ELS_AT, phone="04"), problems=(doubt("phone", read="04"),)), known()
    ),
    "what is optional is missing": so(sent(problems=(doubt("phone", Code.MISSING),)), known()),
    "what is required and what is optional are doubted": so(
        sent(person(email=ELS_AT, phone="04"), problems=(doubt("last_name"), doubt("phone", read="04"))),
        known(),
    ),
    "two doubts of one answer": so(
        sent(problems=(doubt("last_name", Code.MISSING), doubt("last_name", Code.AMBIGUOUS))), known()
    ),
    "the address is missing, of who mailed": so(
        sent(person(), problems=(doubt("email", Code.MISSING),)), known()
    ),
    "the address is doubted": so(
        sent(person(email="els@damme"), problems=(doubt("email", read="els@damme"),)), known()
    ),
    "the address is doubted and not read": so(
        sent(person(), problems=(doubt("email", read="e l s"),)), known()
    ),
    "the name is doubted of who is registered": so(
        sent(person("Els Maes", email=ELS_AT), problems=(doubt("first_name"),)), known(ELS)
    ),
    "what is doubted stands there already": so(
        sent(person(email=ELS_AT, phone="1"), problems=(doubt("organisation"),)), known(ELS)
    ),
    "what is doubted was doubted before": so(
        sent(problems=(doubt("organisation"),)), known(replace(ELS, doubts=(doubt("organisation"),)))
    ),
    "what was doubted is not answered": so(
        sent(person("Els Maes", "", email=ELS_AT)), known(replace(ELS, doubts=(doubt("organisation"),)))
    ),
    "what was doubted is answered": so(sent(), known(replace(ELS, doubts=(doubt("organisation"),)))),
    "an optional doubt of who is registered": so(
        sent(person(email=ELS_AT, role="sch"), problems=(doubt("role", read="sch"),)), known(ELS)
    ),
    "an optional doubt of who kept their answer": so(
        sent(person(email=ELS_AT, role="sch"), problems=(doubt("role", read="sch"),)),
        known(replace(ELS, by_hand=frozenset({"role"}))),
    ),
    "who was incomplete is complete": so(
        sent(), known(row(1, Status.INCOMPLETE, asked_at=MORNING, doubts=(doubt("role"),)))
    ),
    "who was incomplete stays so": so(
        sent(problems=(doubt("last_name"),)),
        known(row(1, Status.INCOMPLETE, asked_at=MORNING - timedelta(days=1))),
    ),
    "who was out is incomplete now": so(
        sent(problems=(doubt("last_name"),)), known(replace(OUT, asked_at=MORNING - timedelta(days=9)))
    ),
    "who is incomplete where there is no place": so(
        sent(problems=(doubt("last_name"),)),
        known(row(2, name="Bo Claes", email="bo@damme.example")),
        config=FULL,
    ),
    "who was incomplete with a place keeps it": so(
        sent(problems=(doubt("last_name"),)),
        known(row(1, Status.INCOMPLETE), row(2, name="Bo Claes", email="bo@damme.example")),
        config=FULL,
    ),
    "more people than names": so(
        sent(person("Jan Claes", "Damme", email="jan@damme.example", attends="")), known(), config=MAYORS
    ),
}

SAME: dict[str, Callable[[], str]] = {
    "the same person once more": so(sent(person(email=ELS_AT, role="schepen")), known(ELS)),
    "with another answer": so(sent(person(email=ELS_AT, role="burgemeester")), known(ELS)),
    "with an empty answer": so(sent(person(email=ELS_AT)), known(ELS)),
    "by address alone": so(sent(person("Els Maes", "Brugge", email=ELS_AT)), known(ELS)),
    "by name and body, without an address": so(sent(person()), known(ELS), mail(ELS_AT, name="Els Maes")),
    "by name and body, with another address": so(sent(person(email="els@prive.example")), known(ELS)),
    "by name and body, where none was known": so(
        sent(person(email="els@prive.example")), known(replace(ELS, answers={**ELS.answers, "email": ""}))
    ),
    "by name, of another body": so(
        sent(person(organisation="Brugge", email="els@brugge.example")), known(ELS)
    ),
    "by name, without a body": so(sent(person(organisation="", email="els@prive.example")), known(ELS)),
    "by name, written otherwise in the body": so(
        sent(person(organisation="Stad X", email="")), known(row(1, organisation="stad x"))
    ),
    "by joined particles and address": so(
        sent(person("Jan Vandamme", email="jan@damme.example")),
        known(row(1, name="Jan Van Damme", email="jan@damme.example")),
    ),
    "by joined particles and telephone": so(
        sent(person("Jan Vandamme", phone="050 1")),
        known(row(1, name="Jan Van Damme", email="", answers={"phone": "050 1"})),
    ),
    "by joined particles and telephone, of two bodies": so(
        sent(person("Jan Vandamme", "Brugge", phone="050 1")),
        known(row(1, name="Jan Van Damme", email="", answers={"phone": "050 1"})),
    ),
    "by joined particles and two addresses": so(
        sent(person("Jan Vandamme", email="j@damme.example", phone="050 1")),
        known(row(1, name="Jan Van Damme", email="jan@damme.example", answers={"phone": "050 1"})),
    ),
    "by a short first name": so(sent(person("E. Maes", email="e@damme.example")), known(ELS)),
    "by a short first name, who does not come": so(
        sent(person("E. Maes", email="e@damme.example", attends=False)), known(ELS)
    ),
    "by a similar name at the same address": so(sent(person("Els Maas", email=ELS_AT)), known(ELS)),
    "by a similar name at another address": so(
        sent(person("Els Maas", email="maas@damme.example")), known(ELS)
    ),
    "by the reference": so(sent(person(email="els@prive.example"), nrs=("INS-0001",)), known(ELS)),
    "by the thread": so(
        sent(person(email="els@prive.example")),
        of_thread(
            ELS,
            answers_mail_to=ELS_AT,
        ),
    ),
    "by the thread, with a slip in the name": so(
        sent(person("Els Maas", email=ELS_AT)),
        of_thread(
            ELS,
            answers_mail_to=ELS_AT,
        ),
    ),
    "by the thread, with another name that was doubted": so(
        sent(person("Mia Wouters", email=ELS_AT)),
        known(
            replace(ELS, doubts=(doubt("first_name"),)),
            thread=("INS-0001",),
            thread_event="kis",
            answers_mail_to=ELS_AT,
            answers_mail_about=frozenset({"INS-0001"}),
        ),
    ),
    "by the thread, with another name": so(
        sent(person("Mia Wouters", email=ELS_AT)),
        of_thread(
            ELS,
            answers_mail_to=ELS_AT,
        ),
    ),
    "one of two that are alike": so(sent(person(email="")), known(ELS, row(2, email="els2@damme.example"))),
    "two people of whom one is known": so(
        sent(person(email=ELS_AT), person("Bo Claes", email="bo@damme.example")), known(ELS)
    ),
    "a namesake who stays away, by half a name": so(
        sent(person("Maes", email="", attends=False)), known(ELS), mail("x@damme.example")
    ),
    "a namesake who stays away, of another body": so(
        sent(person("Maes", "Brugge", email="", attends=False)), known(ELS), mail("x@brugge.example")
    ),
    "a namesake who stays away, sent in by the same": so(
        sent(person("Maes", "Brugge", email="", attends=False)), known(ELS), mail(ELS_AT)
    ),
    "a mail that is read again": so(
        sent(person("Els Maas", email=ELS_AT)),
        known(row(1, Status.INCOMPLETE, name="Els Mas", message=1)),
        number=1,
    ),
    "a mail that is read again, corrected by her": so(
        sent(person("Els Maas", email="x@damme.example")),
        known(row(1, Status.INCOMPLETE, name="Els Mas", message=1, by_hand=frozenset({"last_name"}))),
        number=1,
    ),
    "a mail that is read again, of who is registered": so(
        sent(person("Els Maas", email="x@damme.example")), known(row(1, name="Els Mas", message=1)), number=1
    ),
    "who is out comes again": so(sent(), known(OUT)),
    "who was taken back by her comes again": so(sent(), known(replace(OUT, removed=Removal.UNDONE))),
    "who was late comes again in time": so(sent(), known(replace(ELS, status=Status.LATE))),
    "a body answers once more": so(
        form_of(
            Person({"organisation": Answer("Damme")}, "Damme"), form="gezamenlijke-aankoop", clues=(clue(),)
        ),
        known(row(1, name="")),
        config=PURCHASE,
    ),
    "a body answers from elsewhere": so(
        form_of(
            Person({"organisation": Answer("Damme")}, "Damme"), form="gezamenlijke-aankoop", clues=(clue(),)
        ),
        known(),
        mail("x@elders.example"),
        PURCHASE,
    ),
    "a body that is not known answers from elsewhere": so(
        form_of(Person({"organisation": Answer("Zwin")}), form="gezamenlijke-aankoop", clues=(clue(),)),
        known(),
        mail("x@elders.example"),
        PURCHASE,
    ),
    "one answer for two bodies, of one of them": so(
        form_of(
            Person({"organisation": Answer("Damme en Brugge")}, "Damme"),
            form="gezamenlijke-aankoop",
            clues=(clue(),),
        ),
        known(),
        config=PURCHASE,
    ),
    "one answer for two bodies, of which one answered": so(
        form_of(
            Person({"organisation": Answer("Damme / Brugge")}, "Damme"),
            form="gezamenlijke-aankoop",
            clues=(clue(),),
        ),
        known(row(1, name="")),
        config=PURCHASE,
    ),
    "a body answers by its general address": so(
        form_of(
            Person({"organisation": Answer("Brugge")}, "Brugge"), form="gezamenlijke-aankoop", clues=(clue(),)
        ),
        known(),
        mail("Info@Brugge.example"),
        PURCHASE,
    ),
    "a body that takes no part": so(
        form_of(
            Person({"organisation": Answer("Damme"), "attends": Answer(False)}, "Damme"),
            form="gezamenlijke-aankoop",
            clues=(clue(),),
        ),
        known(),
        config=PURCHASE,
    ),
    "two answers of one body": so(
        form_of(
            Person({"organisation": Answer("Damme")}, "Damme"),
            Person({"organisation": Answer("damme"), "email": Answer(ELS_AT)}, "Damme"),
            form="gezamenlijke-aankoop",
            clues=(clue(),),
        ),
        known(),
        config=PURCHASE,
    ),
    "who has a number that was kept for a name": so(
        sent(),
        known(
            row(1, Status.INCOMPLETE, name="", email=""),
            asked=PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001",)),
            thread=("INS-0001",),
            thread_event="kis",
        ),
    ),
}

HERS: dict[str, Callable[[], str]] = {
    "what she typed is not overwritten": so(
        sent(person(email=ELS_AT, role="burgemeester")), known(replace(ELS, by_hand=frozenset({"role"})))
    ),
    "what she typed, and something else, change": so(
        sent(person(email=ELS_AT, role="burgemeester", phone="050 2")),
        known(replace(ELS, by_hand=frozenset({"role"}))),
    ),
    "what she typed is said again": so(
        sent(person(email=ELS_AT, role="schepen")), known(replace(ELS, by_hand=frozenset({"role"})))
    ),
    "whom she put out comes": so(sent(), known(replace(OUT, by_hand=frozenset({"status"})))),
    "whom she called late comes": so(
        sent(), known(replace(ELS, status=Status.LATE, by_hand=frozenset({"status"})))
    ),
    "whom she put out stays away": so(
        sent(person(email=ELS_AT, attends=False)), known(replace(OUT, by_hand=frozenset({"status"})))
    ),
    "whom she put in comes": so(sent(), known(replace(ELS, by_hand=frozenset({"status"})))),
    "a row that she typed without an address gets its form": so(
        sent(), known(row(1, email="", sender="secretariaat", by_hand=frozenset({"first_name"})))
    ),
    "a row that she typed with what is sensitive": so(
        sent(person(email=ELS_AT, diet="vegan")),
        known(row(1, email="", sender="secretariaat", answers={"diet": "halal"})),
        mail("x@elders.example"),
    ),
    "a row that she typed, and words": so(
        Submission(
            SubmissionKind.NO_FORM,
            intent=Intent.WITHDRAW,
            named=("Els Maes",),
            words="Els Maes komt niet.",
            clues=(clue(),),
        ),
        known(row(1, email="", sender="secretariaat")),
        mail("x@elders.example"),
    ),
    "a form that says ja around words that say no": so(
        sent(person(email=ELS_AT, attends=True), intent=Intent.WITHDRAW, words="Ik kom niet."), known(ELS)
    ),
    "a form around words that say no, of nobody known": so(
        sent(intent=Intent.WITHDRAW, words="Ik kom niet."), known()
    ),
    "a form that says no around words that say no": so(
        sent(person(email=ELS_AT, attends=False), intent=Intent.WITHDRAW, words="Ik kom niet."), known(ELS)
    ),
    "a form around words that perhaps say no": so(
        sent(intent=Intent.MAYBE_WITHDRAW, words="Misschien niet."), known(ELS)
    ),
    "a form of two around words that withdraw one": so(
        sent(
            person(email=ELS_AT),
            person("Bo Claes", email="bo@damme.example"),
            intent=Intent.WITHDRAW,
            named=("Bo Claes",),
            words="Bo Claes komt niet.",
        ),
        known(ELS),
    ),
    "a form that says no, doubted": so(
        sent(person(email=ELS_AT, attends=False), problems=(doubt("attends"),)), known(ELS)
    ),
    "a form that says no, late": so(sent(person(email=ELS_AT, attends=False)), known(ELS), LATE),
    "a form that says no, of nobody known": so(sent(person(email=ELS_AT, attends=False)), known()),
    "an own address and another's in one form": so(
        sent(person(email="els@nieuw.example")),
        of_thread(
            ELS,
            answers_mail_to=ELS_AT,
        ),
    ),
    "an address that came back": so(
        sent(person(email="Els@Damme.example")), known(replace(ELS, bounced=True))
    ),
    "another address than the one that came back": so(
        sent(person(email="els2@damme.example"), nrs=("INS-0001",)),
        known(replace(ELS, bounced=True)),
        mail(ELS_AT, name="Els Maes"),
    ),
    "what was held back is said anew": so(
        sent(person(email=ELS_AT, role="schepen")), known(replace(ELS, withheld=frozenset({"role", "phone"})))
    ),
    "who sent it in changes it": so(
        sent(person(email=ELS_AT, role="burgemeester")),
        known(replace(ELS, sender="an@brugge.example", by_sender=frozenset({"phone"}))),
        mail("an@brugge.example", name="An Bos"),
    ),
    "the person changes what another sent in": so(
        sent(person(email=ELS_AT, role="burgemeester")),
        known(replace(ELS, sender="an@brugge.example", by_sender=frozenset({"phone", "role"}))),
    ),
    "another body takes the place of the former": so(
        sent(person(organisation="Brugge", email=ELS_AT)), known(ELS)
    ),
    "a body that is not known takes the place of the former": so(
        sent(person(organisation="Zwin", email=ELS_AT)), known(ELS)
    ),
    "a colleague says no in capitals": so(
        sent(person("ELS MAES", "DAMME", email=ELS_AT, attends=False)),
        known(ELS),
        mail("piet@damme.example", name="Piet Dries"),
    ),
    "what a sensitive field says is not logged": so(
        sent(person(email=ELS_AT, diet="vegan")), known(row(1, answers={"diet": "halal"}))
    ),
}


def clock(hours: float, by: datetime, **more: object) -> Arrival:
    return mail(
        name="Els Maes", at=by, received_by="mx.post.example", received_at=by + timedelta(hours=hours), **more
    )  # type: ignore[arg-type]


TOP = known(top_host="mx.post.example")
TIME: dict[str, Callable[[], str]] = {
    "the last second of the deadline": so(sent(), known(), mail(name="Els Maes", at=DEADLINE - SECOND)),
    "the first second after": so(sent(), known(), LATE),
    "after, on the waiting list": so(sent(), known(), LATE, settings(event(late="waitlist"))),
    "after, on the waiting list, with a place": so(
        sent(), known(), LATE, settings(event(late="waitlist", capacity=9))
    ),
    "after, refused": so(sent(), known(), LATE, settings(event(late="refuse"))),
    "after, who is registered changes": so(sent(person(email=ELS_AT, role="burgemeester")), known(ELS), LATE),
    "after, who was late": so(sent(), known(replace(ELS, status=Status.LATE)), LATE),
    "after, who is out comes again": so(sent(), known(OUT), LATE),
    "after, who completes in time": so(
        sent(), known(row(1, Status.INCOMPLETE, at=DEADLINE - timedelta(days=3))), LATE
    ),
    "after, who completes too late": so(
        sent(), known(row(1, Status.INCOMPLETE, at=DEADLINE - timedelta(days=3) - SECOND)), LATE
    ),
    "after, who completes in time by when they were asked": so(
        sent(),
        known(
            row(1, Status.INCOMPLETE, at=DEADLINE - timedelta(days=9), asked_at=DEADLINE - timedelta(days=3))
        ),
        LATE,
    ),
    "after, passed on": so(sent(), known(), passed(at=DEADLINE), PARTNER),
    "after, passed on without a date": so(
        sent(),
        known(),
        mail("partner@koepel.example", at=DEADLINE, forwarded=Message("", Address(ELS_AT), "x", None)),
        PARTNER,
    ),
    "after, passed on in words": so(
        sent(),
        known(),
        mail("partner@koepel.example", at=DEADLINE, forwarded=Message("", Address(ELS_AT), "x", MORNING)),
        PARTNER,
    ),
    "after, passed on by who is no forwarder": so(sent(), known(), passed(at=DEADLINE)),
    "two clocks, the other side of the deadline": so(sent(), TOP, clock(-1, DEADLINE)),
    "two clocks, the other side of the deadline, of who is registered": so(
        sent(person(email=ELS_AT, role="x")), replace(TOP, registrations=(ELS,)), clock(-1, DEADLINE)
    ),
    "two clocks, this side": so(sent(), TOP, clock(-1, DEADLINE - timedelta(days=1))),
    "two clocks, half an hour apart": so(sent(), TOP, clock(0.5, MORNING)),
    "two clocks, less than half an hour apart": so(sent(), TOP, clock(0.49, MORNING)),
    "two clocks, of another host": so(sent(), known(top_host="mx2.post.example"), clock(-1, DEADLINE)),
    "a clock ahead by ten minutes": so(
        sent(), known(), mail(name="Els Maes", at=MORNING + timedelta(minutes=10)), now=MORNING
    ),
    "a clock ahead by more": so(
        sent(), known(), mail(name="Els Maes", at=MORNING + timedelta(minutes=10) + SECOND), now=MORNING
    ),
}

BO = row(2, name="Bo Claes", organisation="Brugge", email="bo@brugge.example")
ROOM: dict[str, Callable[[], str]] = {
    "the last place": so(sent(), known(BO), config=settings(event(capacity=2))),
    "no place": so(sent(), known(BO), config=FULL),
    "two for one place": so(
        sent(person(email=ELS_AT), person("Jan Claes", email="jan@damme.example")),
        known(BO),
        config=settings(event(capacity=2)),
    ),
    "no place for the body": so(
        sent(),
        known(
            replace(
                ELS,
                answers={**ELS.answers, "first_name": "Ann", "email": "ann@damme.example"},
                sender="x@y.example",
            )
        ),
        config=settings(event(per_organisation=1)),
    ),
    "a place for the body": so(sent(), known(BO), config=settings(event(per_organisation=1))),
    "a place in the body and none at all": so(
        sent(), known(BO), config=settings(event(per_organisation=1, capacity=1))
    ),
    "one waits before": so(sent(), known(waits(3, "An Bos")), config=FULL),
    "two wait before": so(sent(), known(waits(3, "An Bos"), waits(4, "Cas Dries")), config=FULL),
    "one waits who may not come for its body": so(
        sent(), known(BO, waits(3, "An Bos")), config=settings(event(capacity=9, per_organisation=1))
    ),
    "one waits by her will": so(
        sent(), known(replace(waits(3, "An Bos"), reason=say(Says.PUT_TO_WAIT))), config=FULL
    ),
    "one waits who came later": so(sent(), known(waits(3, "An Bos", hours=-1)), config=FULL),
    "who waits sends again": so(sent(), known(row(1, Status.WAITLISTED, reason="volzet")), config=FULL),
    "who waits without a reason": so(
        sent(person(email=ELS_AT, role="x")), known(row(1, Status.WAITLISTED)), config=FULL
    ),
    "who is registered sends again where it is full": so(sent(), known(ELS), config=FULL),
    "who was out comes where it is full": so(sent(), known(OUT, BO), config=FULL),
    "who was incomplete and has no place": so(
        sent(), known(row(1, Status.INCOMPLETE, reason="volzet"), BO), config=FULL
    ),
    "who leaves makes place": so(
        sent(person(email=ELS_AT, attends=False)),
        known(ELS, waits(3, "An Bos"), waits(4, "Cas Dries")),
        config=FULL,
    ),
    "two leave and make place": so(
        sent(
            person(email=ELS_AT, attends=False), person("Jan Claes", email="jan@damme.example", attends=False)
        ),
        known(
            ELS,
            row(2, name="Jan Claes", email="jan@damme.example"),
            waits(3, "An Bos"),
            waits(4, "Cas Dries"),
            waits(5, "Dea Els"),
        ),
        config=settings(event(capacity=2)),
    ),
    "who leaves makes place, but not for a full body": so(
        sent(person(email=ELS_AT, attends=False)),
        known(ELS, BO, waits(3, "An Bos"), waits(4, "Cas Dries", "Beernem")),
        config=settings(event(capacity=2, per_organisation=1)),
    ),
    "who leaves makes place a day before": so(
        sent(person(email=ELS_AT, attends=False)),
        known(ELS, waits(3, "An Bos")),
        mail(name="Els Maes", at=datetime.fromisoformat("2026-12-02T13:00:00+00:00")),
        FULL,
    ),
    "who leaves makes place a second more than a day before": so(
        sent(person(email=ELS_AT, attends=False)),
        known(ELS, waits(3, "An Bos")),
        mail(name="Els Maes", at=datetime.fromisoformat("2026-12-02T12:59:59+00:00")),
        FULL,
    ),
    "who leaves makes no place for who she has wait": so(
        sent(person(email=ELS_AT, attends=False)),
        known(ELS, replace(waits(3, "An Bos"), reason=say(Says.PUT_TO_WAIT))),
        config=FULL,
    ),
    "who waits leaves": so(
        sent(person(email=ELS_AT, attends=False)),
        known(row(1, Status.WAITLISTED), waits(3, "An Bos"), BO),
        config=FULL,
    ),
}

TEN = tuple(person(f"P Naam{n}", email=f"p{n}@damme.example") for n in range(35))
WHO: dict[str, Callable[[], str]] = {
    "of a closed list": so(sent(), known(), config=CLOSED),
    "not of a closed list": so(
        sent(person(organisation="Gent", email="els@gent.example")), known(), config=CLOSED
    ),
    "of an unknown body, for a closed list": so(
        sent(person(organisation="Zwin", email="els@zwin.example")), known(), config=CLOSED
    ),
    "of no body, for a closed list": so(sent(person(organisation="", email=ELS_AT)), known(), config=CLOSED),
    "of a doubted body, for a closed list": so(
        sent(person(organisation="Gnt", email=ELS_AT), problems=(doubt("organisation", read="Gnt"),)),
        known(),
        config=CLOSED,
    ),
    "registered, not of a closed list": so(
        sent(person(organisation="Gent", email="els@gent.example")),
        known(row(1, organisation="Gent", email="els@gent.example")),
        mail("els@gent.example"),
        CLOSED,
    ),
    "ten people": so(sent(*TEN[:3]), known(), config=settings(limits=Limits(people=3))),
    "one more than may": so(sent(*TEN[:4]), known(), config=settings(limits=Limits(people=3))),
    "thirty that are named": so(sent(*TEN[:30]), known()),
    "thirty-one, of whom one is not named": so(sent(*TEN[:31]), known()),
    "as many in words": so(
        Submission(
            SubmissionKind.NO_FORM, intent=Intent.REGISTER, told=TEN[:4], words="wij komen", clues=(clue(),)
        ),
        known(),
        config=settings(limits=Limits(people=3)),
    ),
    "one without a name among too many": so(
        sent(*TEN[:3], person("", "")), known(), config=settings(limits=Limits(people=3))
    ),
    "perhaps a registration": so(sent(found=SubmissionKind.PERHAPS), known()),
    "perhaps a registration of eleven": so(sent(*TEN[:11], found=SubmissionKind.PERHAPS), known()),
    "perhaps a registration of ten": so(sent(*TEN[:10], found=SubmissionKind.PERHAPS), known()),
    "perhaps a registration for one of two": so(
        sent(found=SubmissionKind.PERHAPS, clues=()), known(), config=settings(event(), event(id="other"))
    ),
    "a sender who is forged": so(sent(), known(), mail(name="Els Maes", authentication=Verdict.FAIL)),
    "a sender who is proven": so(sent(), known(), mail(name="Els Maes", authentication=Verdict.PASS)),
    "thanks of a sender who is forged": so(
        Submission(SubmissionKind.NO_FORM, intent=Intent.REPLY, words="Dank", clues=(clue(),)),
        known(ELS),
        mail(name="Els Maes", authentication=Verdict.FAIL),
    ),
    "a workbook of ours": so(Submission(SubmissionKind.NO_FORM, workbooks=("Deelnemers.xlsx",)), known()),
    "a workbook of ours beside a form": so(sent(workbooks=("Deelnemers.xlsx",)), known()),
    "a file that took too long": so(
        sent(unread=(("groot.pdf", ParseStatus.TOO_SLOW), ("", ParseStatus.TOO_SLOW))), known()
    ),
    "a file that is protected beside a form": so(
        sent(unread=(("groot.pdf", ParseStatus.PROTECTED),)), known()
    ),
    "a form that she did not agree to": so(
        sent(),
        known(),
        config=replace(
            settings(),
            forms={
                **settings().forms,
                "kennisplatform": settings()
                .forms["kennisplatform"]
                .model_copy(update={"own": "Formulier", "agreed": False}),
            },
        ),
    ),
    "passed on by a forwarder": so(sent(), known(), passed(), PARTNER),
    "passed on by a forwarder, of ourselves": so(sent(), known(), passed("in@post.example"), PARTNER),
    "passed on by a forwarder, without a sender": so(sent(), known(), passed("Els Maes"), PARTNER),
    "passed on by another": so(sent(), known(), passed()),
    "passed on by another, of the person without an address": so(sent(person()), known(), passed()),
    "through a web form that is configured": so(
        sent(person()),
        known(),
        mail("web@post.example", name="Website", reply_to=Address(ELS_AT, "Els Maes")),
        replace(settings(), web_forms=frozenset({"web@post.example"})),
    ),
    "through a web form that is not": so(
        sent(person()),
        known(),
        mail("web@post.example", name="Website", reply_to=Address(ELS_AT, "Els Maes")),
    ),
    "through a web form that is not, of another": so(
        sent(person("Bo Claes")),
        known(),
        mail("web@post.example", name="Website", reply_to=Address(ELS_AT, "Els Maes")),
    ),
    "with an own Reply-To": so(
        sent(person()),
        known(),
        mail(ELS_AT, name="Els Maes", reply_to=Address("e.maes@damme.example", "Els Maes")),
    ),
    "of who has a row, through a web form": so(
        sent(person(email=ELS_AT, role="x")),
        known(ELS),
        mail("web@post.example", reply_to=Address(ELS_AT, "Els Maes")),
        replace(settings(), web_forms=frozenset({"web@post.example"})),
    ),
    "by a list that rewrites": so(
        sent(person()),
        known(),
        mail(
            "lijst@damme.example",
            name="Els Maes via lijst",
            stands_in=MachineSign.REWRITTEN_BY_LIST,
            reply_to=Address(ELS_AT, "Els Maes"),
        ),
    ),
    "by a no-reply address": so(
        sent(person()),
        known(),
        mail(
            "noreply@damme.example",
            stands_in=MachineSign.NO_REPLY_ADDRESS,
            no_answer=MachineSign.NO_REPLY_ADDRESS,
        ),
    ),
    "by who signs as the person": so(sent(person()), known(), mail("emaes@prive.example", name="Els Maes")),
    "by who is called as the person and is a machine": so(
        sent(person()), known(), mail("no-reply@prive.example", name="Els Maes")
    ),
}

EXAMPLES = together(
    new=NEW,
    asked=ASKED,
    same=SAME,
    hers=HERS,
    time=TIME,
    room=ROOM,
    who=WHO,
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_follows_of_a_form(name: str) -> None:
    assert EXAMPLES[name]() == expected("forms")[name]
