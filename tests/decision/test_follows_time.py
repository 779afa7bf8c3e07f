"""What the passing of time brings about: each check before, at and after its moment, and what hinders it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from mailbot.decision import decide_scheduled
from mailbot.decision.announcements import facts_of
from mailbot.decision.scheduled import wants_all
from mailbot.domain.announcement import Announcing, EventFacts
from mailbot.domain.case import OFFERED, REFUSED, WAITED, Case, CaseKind, Choice
from mailbot.domain.decision import EventState
from mailbot.domain.doubt import Reason
from mailbot.domain.event import Event
from mailbot.domain.mailing import Mailing, MailingState
from mailbot.domain.message import Address
from mailbot.domain.registration import Change, Registration, Removal, Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Code, Problem

from .building import BRUSSELS, MORNING, event, local, person, row, settings
from .following import expected, follows, together

SECOND = timedelta(seconds=1)
START, END = (datetime(2026, 12, 3, hour, tzinfo=BRUSSELS) for hour in (14, 17))
FULL = say(Says.FULL, count=1)
COMES, GONE = row(1), row(2, Status.CANCELLED, name="An Bos", email="an@damme.example")
WAITS = row(
    4, Status.WAITLISTED, name="Cas Dries", organisation="Brugge", email="cas@brugge.example", reason=FULL
)
OPEN = row(
    5,
    Status.INCOMPLETE,
    name="Dea Els",
    email="dea@damme.example",
    message=77,
    doubts=(Problem(0, "role", Code.UNSURE, Reason.UNCLEAR, "x"), Problem(0, "role", Code.MISSING)),
)


def at(
    of: Event,
    now: datetime,
    *rows: Registration,
    told: EventFacts | None = None,
    cases: tuple[Case, ...] = (),
    mailings: tuple[Mailing, ...] = (),
    settled: frozenset[str] = frozenset(),
    others: tuple[Event, ...] = (),
    first: bool = False,
) -> Callable[[], str]:
    """All that is due then, and whether all of the registrations had to be read for it."""
    state = EventState(of.id, rows, cases, (), now, mailings=mailings)
    known = None if first else told or facts_of(of)
    counts = {status: sum(one.status is status for one in rows) for status in Status}

    def due() -> str:
        config = settings(of, *others)
        decisions = decide_scheduled(of, known, state, settled, config, now)
        every = wants_all(of, known, state, counts, settled, config, now)
        told = "\n".join([f"reads {'all' if every else 'a few'}", *map(follows, decisions)])
        return told.replace(of.version(config.form_of(of)), "its version")

    return due


def steps(of: Event, moment: datetime, *rows: Registration, **more: object) -> dict[str, Callable[[], str]]:
    """A check just before a moment and at it."""
    return {"a second before": at(of, moment - SECOND, *rows, **more), "at": at(of, moment, *rows, **more)}  # type: ignore[arg-type]  # a test names what it sets


def case(kind: CaseKind, nr: str = "INS-0001", **more: object) -> Case:
    facts: dict[str, object] = {
        "registration": nr,
        "id": 7,
        "key": f"{kind.name.lower()}:{nr}",
        "message": 5,
        **more,
    }
    return Case(kind, "Els Maes", "", (Choice.DONE,), MORNING, "kis", **facts)  # type: ignore[arg-type]  # the same


def mailing(kind: Announcing, version: str, **more: object) -> Mailing:
    return Mailing("kis", f"{kind}:kis:{version}", MORNING, kind=kind, **more)  # type: ignore[arg-type]  # the same


def over_time(
    of: Event, moments_: dict[str, datetime], *rows: Registration, **more: object
) -> dict[str, Callable[[], str]]:
    return {
        f"{name}, {when}": what
        for name, moment in moments_.items()
        for when, what in steps(of, moment, *rows, **more).items()
    }


PRACTICAL = event(practical=" Parkeren kan achteraan. ", practical_days=4)
VERSION = PRACTICAL.version(settings().form_of(PRACTICAL))
DUE = START - timedelta(days=4)
OF_PRACTICAL = {
    **over_time(PRACTICAL, {"a day ahead": DUE - timedelta(days=1), "begins": START}, COMES),
    "nobody comes": at(PRACTICAL, DUE, GONE),
    "it was proposed": at(PRACTICAL, DUE, COMES, mailings=(mailing(Announcing.PRACTICAL, VERSION),)),
    "it was proposed as a case": at(PRACTICAL, DUE, COMES, settled=frozenset({f"practical:kis:{VERSION}"})),
    "it was proposed for another date": at(
        PRACTICAL, DUE, COMES, mailings=(mailing(Announcing.PRACTICAL, "old"),)
    ),
    "it was sent for another date": at(
        PRACTICAL, DUE, COMES, mailings=(mailing(Announcing.PRACTICAL, "old", state=MailingState.SENT),)
    ),
    "it was hidden for another date": at(
        PRACTICAL, DUE, COMES, mailings=(mailing(Announcing.PRACTICAL, "old", hidden=True),)
    ),
    "it was proposed for another date, too early": at(
        PRACTICAL, DUE - timedelta(days=9), COMES, mailings=(mailing(Announcing.PRACTICAL, "old"),)
    ),
    "an open case of another date": at(
        PRACTICAL, DUE, COMES, cases=(case(CaseKind.ANNOUNCE, "", key="practical:kis:old"),)
    ),
    "people know another place": at(PRACTICAL, DUE, COMES, told=replace(facts_of(PRACTICAL), place="Brugge")),
    "it is cancelled": at(PRACTICAL.model_copy(update={"cancelled": True}), DUE, COMES),
    "it is replaced": at(
        PRACTICAL,
        DUE,
        COMES,
        others=(event(id="new", replaces="kis", starts=local(2026, 12, 10, 14), ends=None),),
        settled=frozenset({"replaced:kis:new"}),
    ),
    "no days are given": at(event(practical="Parkeren."), DUE, COMES),
    "on the day itself": at(
        event(practical="Parkeren.", practical_days=0), START - timedelta(hours=23), COMES
    ),
}

LIST = event(organisations="brugge")
BY_DEADLINE = datetime(2026, 11, 16, tzinfo=BRUSSELS)
UNASKED = event(reminder_days=2)
INVITED = (
    Mailing(
        "kis",
        "m",
        MORNING,
        files="formulieren",
        state=MailingState.SENT,
        listed=(Address("gea@zwin.example", "Gea"), Address("els@damme.example", "Els")),
    ),
)
OF_REMINDER = {
    **over_time(
        LIST,
        {"seven days before": BY_DEADLINE, "the deadline": datetime(2026, 11, 23, 23, 59, tzinfo=BRUSSELS)},
        COMES,
    ),
    **{
        f"three days, {name}": what
        for name, what in steps(
            event(organisations="brugge", reminder_days=3), datetime(2026, 11, 20, tzinfo=BRUSSELS), COMES
        ).items()
    },
    "all answered": at(
        LIST,
        BY_DEADLINE,
        COMES,
        row(2, Status.EXCUSED, organisation="Brugge"),
        row(3, organisation="Beernem"),
    ),
    "one answered by a name that is recognised": at(
        LIST, BY_DEADLINE, replace(row(3, organisation="stad brugge"), organisation_known="")
    ),
    "without a list": at(event(), BY_DEADLINE, COMES),
    "by the start": at(
        event(organisations="brugge", deadline=None), datetime(2026, 11, 26, tzinfo=BRUSSELS), COMES
    ),
    "by a deadline with an hour": at(
        event(organisations="brugge", deadline=local(2026, 11, 23, 12)),
        datetime(2026, 11, 23, 11, 59, tzinfo=BRUSSELS),
        COMES,
    ),
    "after a deadline with an hour": at(
        event(organisations="brugge", deadline=local(2026, 11, 23, 12)),
        datetime(2026, 11, 23, 12, tzinfo=BRUSSELS),
        COMES,
    ),
    "it is cancelled": at(LIST.model_copy(update={"cancelled": True}), BY_DEADLINE, COMES),
    "it was proposed": at(
        LIST,
        BY_DEADLINE,
        COMES,
        mailings=(mailing(Announcing.REMINDER, LIST.version(settings().form_of(LIST))),),
    ),
    "invited and silent": at(UNASKED, datetime(2026, 11, 22, tzinfo=BRUSSELS), COMES, mailings=INVITED),
    "invited and all answered": at(
        UNASKED,
        datetime(2026, 11, 22, tzinfo=BRUSSELS),
        COMES,
        row(2, email="gea@zwin.example"),
        mailings=INVITED,
    ),
    "invited by a row that was not sent": at(
        UNASKED,
        datetime(2026, 11, 22, tzinfo=BRUSSELS),
        COMES,
        mailings=(replace(INVITED[0], state=MailingState.OPEN),),
    ),
    "invited without forms": at(
        UNASKED, datetime(2026, 11, 22, tzinfo=BRUSSELS), COMES, mailings=(replace(INVITED[0], files=""),)
    ),
    "invited and silent, and no days are given": at(
        event(), datetime(2026, 11, 22, tzinfo=BRUSSELS), COMES, mailings=INVITED
    ),
}

THANKS = event(thanks=" Dank. ", certificate=True)
WAS = replace(COMES, attended=True)
SENT = mailing(
    Announcing.THANKS,
    "v",
    state=MailingState.SENT,
    nrs=("INS-0001",),
    subject="Dank u",
    text="Merci.",
    files="attest",
)
OF_THANKS = {
    **over_time(THANKS, {"the end": END, "thirty days after": END + timedelta(days=30)}, WAS),
    "nobody was there": at(THANKS, END, replace(COMES, attended=False), replace(WAITS, attended=None)),
    "without a certificate": at(event(thanks="Dank."), END, WAS),
    "without thanks": at(event(), END, WAS),
    "it is cancelled": at(THANKS.model_copy(update={"cancelled": True}), END, WAS),
    "it stands ready": at(THANKS, END, WAS, mailings=(replace(SENT, state=MailingState.OPEN),)),
    "it was stopped": at(THANKS, END, WAS, mailings=(replace(SENT, state=MailingState.STOPPED),)),
    "all had it": at(THANKS, END, WAS, mailings=(SENT,)),
    "one was marked after it": at(THANKS, END, WAS, replace(WAITS, attended=True), mailings=(SENT,)),
    "one who cannot be reached was marked after it": at(
        THANKS, END, WAS, replace(row(4, email="", sender="secretariaat"), attended=True), mailings=(SENT,)
    ),
    "another mail was sent": at(
        THANKS, END, WAS, mailings=(replace(SENT, kind=Announcing.PRACTICAL, key="practical:kis:v"),)
    ),
}

LATE_ON = MORNING + timedelta(days=3)
OF_INCOMPLETE = {
    **over_time(event(), {"three days after": LATE_ON + SECOND}, OPEN),
    "asked later": at(event(), LATE_ON + SECOND, replace(OPEN, asked_at=MORNING + timedelta(days=1))),
    "in five days": at(event(completion_days=5), LATE_ON + SECOND, OPEN),
    "who is complete": at(event(), LATE_ON + SECOND, COMES),
    "a case stands open": at(
        event(),
        LATE_ON + SECOND,
        OPEN,
        cases=(case(CaseKind.INCOMPLETE, "INS-0005", key="incomplete:INS-0005:20261110090000"),),
    ),
    "it was decided": at(
        event(), LATE_ON + SECOND, OPEN, settled=frozenset({"incomplete:INS-0005:20261110090000"})
    ),
    "two of them": at(
        event(), LATE_ON + SECOND, OPEN, replace(OPEN, nr="INS-0006", answers={}, sender="x@y.example")
    ),
    "it has begun": at(event(), START, OPEN),
    "it is cancelled": at(event(cancelled=True), LATE_ON + SECOND, OPEN),
}

ONE = event(capacity=1)
SECOND_IN_LINE = replace(
    WAITS, nr="INS-0006", arrived=MORNING + SECOND, answers={**WAITS.answers, "first_name": "Eva"}
)
MANY = tuple(
    replace(WAITS, nr=f"INS-{n:04d}", answers={**WAITS.answers, "first_name": f"Naam{n}"})
    for n in range(10, 20)
)
OF_PLACES = {
    "a place is free": at(ONE, MORNING, WAITS),
    "a place is free for the first": at(ONE, MORNING, SECOND_IN_LINE, WAITS),
    "two are free": at(event(capacity=2), MORNING, WAITS, SECOND_IN_LINE),
    "nine are free": at(event(capacity=9), MORNING, *MANY),
    "eight are free": at(event(capacity=8), MORNING, *MANY),
    "none is free": at(ONE, MORNING, COMES, WAITS),
    "without a number": at(event(), MORNING, WAITS),
    "without a number, who waits for another reason": at(event(), MORNING, replace(WAITS, reason="op vraag")),
    "with a number, who waits for another reason": at(ONE, MORNING, replace(WAITS, reason="op vraag")),
    "who waits by her will": at(ONE, MORNING, replace(WAITS, reason=say(Says.PUT_TO_WAIT))),
    "a place for each body": at(
        event(per_organisation=1), MORNING, COMES, replace(WAITS, organisation_known="Damme"), SECOND_IN_LINE
    ),
    "of one left incomplete": at(
        ONE, LATE_ON + SECOND, OPEN, WAITS, settled=frozenset({"incomplete:INS-0005:20261110090000"})
    ),
    "of one who is incomplete in time": at(ONE, LATE_ON, OPEN, WAITS),
    "of one who is incomplete without a place": at(ONE, LATE_ON, replace(OPEN, reason="volzet"), WAITS),
    "a case stands open": at(
        ONE, MORNING, WAITS, cases=(case(CaseKind.FREED_PLACE, "INS-0004", payload={OFFERED: "INS-0004"}),)
    ),
    "a case stands open for another": at(
        ONE, MORNING, WAITS, cases=(case(CaseKind.FREED_PLACE, "INS-0006", payload={OFFERED: "INS-0006"}),)
    ),
    "it was decided": at(ONE, MORNING, WAITS, settled=frozenset({"freed_place:INS-0004"})),
    "too many": at(ONE, MORNING, COMES, replace(COMES, nr="INS-0007", arrived=MORNING + SECOND)),
    "too many with one incomplete": at(ONE, MORNING, COMES, OPEN),
    "too many, told": at(ONE, MORNING, COMES, OPEN, settled=frozenset({"capacity:kis:1:2:INS-0005"})),
    "as many as may": at(event(capacity=2), MORNING, COMES, OPEN),
    "too many no more": at(
        event(capacity=2),
        MORNING,
        COMES,
        cases=(case(CaseKind.CAPACITY, "", key="capacity:kis:1:2:INS-0005"),),
    ),
    "too many as before": at(
        ONE, MORNING, COMES, OPEN, cases=(case(CaseKind.CAPACITY, "", key="capacity:kis:1:2:INS-0005"),)
    ),
    "too many of others": at(
        ONE,
        MORNING,
        COMES,
        replace(OPEN, nr="INS-0008"),
        cases=(case(CaseKind.CAPACITY, "", key="capacity:kis:1:2:INS-0005"),),
    ),
    "it has begun": at(ONE, START, WAITS),
    "a second before it begins": at(ONE, START - SECOND, WAITS),
    "it is cancelled": at(event(capacity=1, cancelled=True), MORNING, WAITS),
}

_STATES = {status: replace(COMES, status=status) for status in Status}
_KINDS = (
    CaseKind.LATE,
    CaseKind.FORWARDED,
    CaseKind.INCOMPLETE,
    CaseKind.FREED_PLACE,
    CaseKind.CALENDAR_DECLINE,
    CaseKind.QUESTION,
    CaseKind.UNCLEAR,
    CaseKind.DOUBT,
    CaseKind.CONTRADICTION,
)
OF_OBSOLETE = {
    **{
        f"{kind}, {status}": at(event(), MORNING, one, cases=(case(kind),))
        for kind in _KINDS
        for status, one in _STATES.items()
    },
    "a doubt that stands": at(
        event(),
        MORNING,
        replace(COMES, doubts=(Problem(0, "role", Code.UNSURE),)),
        cases=(case(CaseKind.DOUBT, fields=("role",)),),
    ),
    "a doubt that stands of who is out": at(
        event(),
        MORNING,
        replace(GONE, nr="INS-0001", doubts=(Problem(0, "role", Code.UNSURE),)),
        cases=(case(CaseKind.DOUBT, fields=("role",)),),
    ),
    "a doubt that is gone": at(
        event(),
        MORNING,
        replace(COMES, doubts=(Problem(0, "phone", Code.UNSURE),)),
        cases=(case(CaseKind.DOUBT, fields=("role",)),),
    ),
    "a contradiction that stands": at(
        event(),
        MORNING,
        COMES,
        cases=(case(CaseKind.CONTRADICTION, fields=("role",), person=person(role="x")),),
    ),
    "a contradiction that is gone": at(
        event(),
        MORNING,
        row(1, answers={"role": "x"}),
        cases=(case(CaseKind.CONTRADICTION, fields=("role",), person=person(role="x")),),
    ),
    "a contradiction of two, of which one stands": at(
        event(),
        MORNING,
        row(1, answers={"role": "x"}),
        cases=(case(CaseKind.CONTRADICTION, fields=("role", "phone"), person=person(role="x", phone="1")),),
    ),
    "a contradiction that says nothing": at(
        event(), MORNING, COMES, cases=(case(CaseKind.CONTRADICTION, fields=("role",)),)
    ),
    "a contradiction of who is out": at(
        event(),
        MORNING,
        replace(GONE, nr="INS-0001"),
        cases=(case(CaseKind.CONTRADICTION, fields=("role",), person=person(role="x")),),
    ),
    "a contradiction of who is late": at(
        event(),
        MORNING,
        replace(COMES, status=Status.LATE),
        cases=(case(CaseKind.CONTRADICTION, fields=("role",), person=person(role="x")),),
    ),
    "a contradiction of the status that stands": at(
        event(),
        MORNING,
        replace(GONE, nr="INS-0001"),
        cases=(case(CaseKind.CONTRADICTION, fields=("status",)),),
    ),
    "a contradiction of the status that is gone": at(
        event(), MORNING, COMES, cases=(case(CaseKind.CONTRADICTION, fields=("status",)),)
    ),
    "waited for, one of two": at(
        event(),
        MORNING,
        COMES,
        OPEN,
        cases=(case(CaseKind.UNCLEAR, "", payload={WAITED: "INS-0001 INS-0005"}),),
    ),
    "waited for, none": at(
        event(),
        MORNING,
        COMES,
        GONE,
        cases=(case(CaseKind.UNCLEAR, "", payload={WAITED: "INS-0001 INS-0002"}),),
    ),
    "waited for, and gone": at(
        event(), MORNING, COMES, cases=(case(CaseKind.UNCLEAR, "", payload={WAITED: "INS-0009"}),)
    ),
    "she deleted the row that she typed in": at(
        event(),
        MORNING,
        replace(GONE, nr="INS-0001", removed=Removal.BY_HAND),
        cases=(case(CaseKind.WORKBOOK),),
    ),
    "what was mended, within the day": at(
        event(), MORNING + timedelta(days=1) - SECOND, COMES, cases=(case(CaseKind.WORKBOOK, ""),)
    ),
    "what was mended, after a day": at(
        event(), MORNING + timedelta(days=1), COMES, cases=(case(CaseKind.WORKBOOK, ""),)
    ),
    "what could not be done, after a day": at(
        event(),
        MORNING + timedelta(days=1),
        COMES,
        cases=(case(CaseKind.WORKBOOK, "", payload={REFUSED: "ja"}),),
    ),
    "the row is gone": at(event(), MORNING, GONE, cases=(case(CaseKind.LATE),)),
    "a free place, of who waits behind": at(
        ONE,
        MORNING,
        WAITS,
        SECOND_IN_LINE,
        cases=(case(CaseKind.FREED_PLACE, "INS-0006", payload={OFFERED: "INS-0006"}),),
    ),
    "a free place that is taken": at(
        ONE,
        MORNING,
        COMES,
        WAITS,
        cases=(case(CaseKind.FREED_PLACE, "INS-0004", payload={OFFERED: "INS-0004"}),),
    ),
}

TOLD = facts_of(event())
LATER = event(starts=local(2026, 12, 10, 14), ends=local(2026, 12, 10, 17))
SUCCESSOR = event(
    id="new",
    title="Kennisplatform 2",
    replaces="kis",
    starts=local(2026, 12, 10, 14),
    ends=local(2026, 12, 10, 17),
)
OFF = event(cancelled=True)
OF_CHANGES = {
    "the first time": at(event(), MORNING, COMES, first=True),
    "nothing changed": at(event(), MORNING, COMES),
    "another date": at(LATER, MORNING, COMES, WAITS, GONE, OPEN, told=TOLD),
    "another date without an end": at(
        event(starts=local(2026, 12, 10, 14), ends=None), MORNING, COMES, told=TOLD
    ),
    "a date after none": at(event(), MORNING, COMES, told=replace(TOLD, starts=None, ends=None)),
    "no date after one": at(event(starts=None, ends=None), MORNING, COMES, told=TOLD),
    "another place": at(event(place="Brugge"), MORNING, COMES, told=TOLD),
    "another place and date": at(LATER.model_copy(update={"place": "Brugge"}), MORNING, COMES, told=TOLD),
    "another title": at(event(title="Platform"), MORNING, COMES, told=TOLD),
    "another capacity, and what was noted": at(event(capacity=9), MORNING, COMES, told=TOLD),
    "a capacity that is gone": at(event(), MORNING, COMES, told=facts_of(event(capacity=9))),
    "nothing was noted before": at(event(), MORNING, COMES, told=replace(TOLD, seen=None)),
    "cancelled": at(OFF, MORNING, COMES, told=TOLD),
    "cancelled no more": at(event(), MORNING, COMES, told=facts_of(OFF)),
    "another date of which nobody is told": at(LATER, MORNING, GONE, told=TOLD),
    "another date of what is over": at(event(place="Brugge"), END + SECOND, COMES, told=TOLD),
    "a case stands open": at(
        LATER,
        MORNING,
        COMES,
        told=TOLD,
        cases=(case(CaseKind.ANNOUNCE, "", key=f"moved:kis:{LATER.version(settings().form_of(LATER))}"),),
    ),
    "a case of another date stands open": at(
        LATER,
        MORNING,
        COMES,
        told=TOLD,
        cases=(
            case(CaseKind.ANNOUNCE, "", key="moved:kis:old"),
            case(CaseKind.ANNOUNCE, "", key="cancelled:kis:x", id=8),
        ),
    ),
    "told before, and moved back": at(event(), MORNING, COMES, told=replace(facts_of(LATER), times=2)),
    "told, and a case stands open": at(
        event(),
        MORNING,
        COMES,
        cases=(case(CaseKind.ANNOUNCE, "", key=f"moved:kis:{event().version(settings().form_of(event()))}"),),
    ),
    "replaced": at(event(), MORNING, COMES, WAITS, GONE, others=(SUCCESSOR,)),
    "replaced by what has no date": at(
        event(), MORNING, COMES, others=(SUCCESSOR.model_copy(update={"starts": None, "ends": None}),)
    ),
    "replaced, and nobody is to be asked": at(event(), MORNING, GONE, others=(SUCCESSOR,)),
    "replaced, and asked": at(
        event(), MORNING, COMES, others=(SUCCESSOR,), settled=frozenset({"replaced:kis:new"})
    ),
    "replaced, and a case stands open": at(
        event(),
        MORNING,
        COMES,
        others=(SUCCESSOR,),
        cases=(case(CaseKind.ANNOUNCE, "", key="replaced:kis:new"),),
    ),
    "replaced by what is over": at(event(), END + timedelta(days=9), COMES, others=(SUCCESSOR,)),
    "nine to be told": at(
        event(place="Brugge"), MORNING, *(row(n, name=f"P Naam{n}") for n in range(1, 10)), told=TOLD
    ),
    "eight to be told": at(
        event(place="Brugge"), MORNING, *(row(n, name=f"P Naam{n}") for n in range(1, 9)), told=TOLD
    ),
}

CLEARED = event(clear_after_days=10)
DIET = row(1, answers={"diet": "vegan", "role": "schepen"})
OF_RETENTION = {
    **over_time(
        CLEARED,
        {
            "ten days after": END + timedelta(days=10),
            "a year after": END + timedelta(days=settings().retention.keep_mail_days),
        },
        DIET,
    ),
    "nothing to clear": at(CLEARED, END + timedelta(days=10), COMES),
    "a doubt to clear": at(
        CLEARED,
        END + timedelta(days=10),
        replace(COMES, doubts=(Problem(0, "diet", Code.UNSURE), Problem(0, "role", Code.UNSURE))),
    ),
    "a change to clear": at(
        CLEARED,
        END + timedelta(days=10),
        replace(COMES, unsent_changes=(Change("diet", "a", "b"), Change("role", "a", "b"))),
    ),
    "without a date": at(
        event(starts=None, ends=None, deadline=date(2026, 11, 23)), END + timedelta(days=800), DIET
    ),
    "the list was to be destroyed": at(
        CLEARED, END + timedelta(days=800), COMES, settled=frozenset({"destroy:kis"})
    ),
    "an empty list": at(CLEARED, END + timedelta(days=800)),
}


EXAMPLES = together(
    practical=OF_PRACTICAL,
    reminder=OF_REMINDER,
    thanks=OF_THANKS,
    incomplete=OF_INCOMPLETE,
    places=OF_PLACES,
    obsolete=OF_OBSOLETE,
    changes=OF_CHANGES,
    retention=OF_RETENTION,
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_follows_of_the_time(name: str) -> None:
    assert EXAMPLES[name]() == expected("time")[name]
