"""What follows from her decision about a case: by the choice, by the row, and by what came since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailbot.config.settings import Settings
from mailbot.decision import decide_case
from mailbot.domain.case import DOMAIN, OF_ANOTHER, OFFERED, Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.document import Location, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.registration import Registration, Removal, Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import (
    Act,
    ActKind,
    Answer,
    Code,
    Intent,
    Person,
    Problem,
    Submission,
    SubmissionKind,
)

from .building import MORNING, clue, event, form_of, known, mail, person, row, settings, words
from .following import expected, together, with_mails
from .test_every_choice import CASES as OF_EVERY_KIND

LATER = MORNING + timedelta(hours=3)
OVER = datetime.fromisoformat("2026-12-03T16:00:01+00:00")
DOUBT = Problem(0, "role", Code.UNSURE, Reason.UNCLEAR, "sch")
ELS = row(1, answers={"role": "schepen"}, message=77)
BO = row(2, name="Bo Claes", organisation="Brugge", email="bo@brugge.example")
FULL = settings(event(capacity=1))


def her(choice: Choice, remark: str = "", nr: str = "", which: str = "") -> Edit:
    return Edit(
        EditKind.DECISION, "Te behandelen, rij 2", nr, case=7, choice=choice, remark=remark, event=which
    )


def so(
    case: Case,
    edit: Edit,
    *rows: Registration,
    submission: Submission | None = None,
    config: Settings | None = None,
    now: datetime = LATER,
    sender: str = "els@damme.example",
    **more: object,
) -> Callable[[], str]:
    context = known(*rows, **more)
    arrival = (
        replace(mail(sender, name="Els Maes" if sender.startswith("els") else ""), id=900)
        if submission
        else None
    )
    config = config or settings()

    def decided() -> str:
        decision = decide_case(case, edit, context, config, now, arrival, submission)
        return with_mails(decision, arrival, config, now)

    return decided


def about(kind: CaseKind, one: Registration | None = ELS, *choices: Choice, **more: object) -> Case:
    facts: dict[str, object] = {
        "registration": one.nr if one else "",
        "id": 7,
        "key": f"{kind.name.lower()}:x",
        "message": 900,
        **more,
    }
    return Case(kind, "Els Maes", "", choices or tuple(Choice), MORNING, "kis", **facts)  # type: ignore[arg-type]  # a test names the fields it sets


def _of_every_kind(name: str, choice: Choice) -> Callable[[], str]:
    def decided() -> str:
        one = OF_EVERY_KIND[name]()
        which = "kis" if one.case.kind is CaseKind.WHICH_EVENT else ""
        remark = "Dag Els." if choice in (Choice.ASK, Choice.ANSWER) else ""
        edit = her(choice, remark, "INS-0003" if choice is Choice.REPLACES else "", which)
        decision = decide_case(one.case, edit, one.context, one.config, LATER, one.arrival, one.submission)
        return with_mails(decision, one.arrival, one.config, LATER)

    return decided


EVERY = {
    f"{name}, {choice}": _of_every_kind(name, choice)
    for name, one in OF_EVERY_KIND.items()
    for choice in one().case.choices
}

#: Kinds whose choices change the row that they are about.
_OF_A_ROW = (
    CaseKind.LATE,
    CaseKind.INCOMPLETE,
    CaseKind.CALENDAR_DECLINE,
    CaseKind.DOUBT,
    CaseKind.QUESTION,
    CaseKind.UNDELIVERED,
)
_ON_A_ROW = (
    Choice.ACCEPT,
    Choice.WAITLIST,
    Choice.REFUSE,
    Choice.TAKE_NEW,
    Choice.KEEP_CURRENT,
    Choice.REGISTER,
    Choice.WITHDRAW,
    Choice.EXCUSE,
)


def _on(kind: CaseKind, choice: Choice, status: Status) -> Callable[[], str]:
    one = replace(
        ELS,
        status=status,
        doubts=(DOUBT,),
        reason="volzet" if status in (Status.WAITLISTED, Status.LATE) else "",
    )
    case = about(kind, one, fields=("role",), person=person(role="burgemeester", phone="050 1"))
    return so(case, her(choice), one, config=settings(event(capacity=9)))


ROWS = {
    f"{kind}: {choice}, {status}": _on(kind, choice, status)
    for kind in _OF_A_ROW
    for choice in _ON_A_ROW
    for status in (Status.REGISTERED, Status.WAITLISTED, Status.CANCELLED, Status.LATE, Status.INCOMPLETE)
    if kind is CaseKind.LATE or status in (Status.REGISTERED, Status.CANCELLED, Status.INCOMPLETE)
}

LATE_ONE = replace(ELS, status=Status.LATE, reason="te laat")
OUT = replace(ELS, status=Status.CANCELLED, answers={**ELS.answers, "attends": False})
WAITING = replace(BO, status=Status.WAITLISTED, reason=say(Says.FULL, count=1))
ASIDE: dict[str, Callable[[], str]] = {
    "late, accepted, where it is full": so(
        about(CaseKind.LATE), her(Choice.ACCEPT), LATE_ONE, BO, config=FULL
    ),
    "late, on the list, where there is a place": so(
        about(CaseKind.LATE), her(Choice.WAITLIST), LATE_ONE, config=settings(event(capacity=9))
    ),
    "late, on the list, where it is full": so(
        about(CaseKind.LATE), her(Choice.WAITLIST), LATE_ONE, BO, config=FULL
    ),
    "late, accepted with a Toelichting": so(about(CaseKind.LATE), her(Choice.ACCEPT, "Welkom."), LATE_ONE),
    "withdrawn, and another gets the place": so(
        about(CaseKind.QUESTION), her(Choice.WITHDRAW), ELS, WAITING, config=FULL
    ),
    "registered, who was out": so(about(CaseKind.QUESTION), her(Choice.REGISTER), OUT, BO, config=FULL),
    "registered, who was undone": so(
        about(CaseKind.QUESTION), her(Choice.REGISTER), replace(OUT, removed=Removal.UNDONE)
    ),
    "registered, who is incomplete with what was read": so(
        about(CaseKind.QUESTION),
        her(Choice.REGISTER),
        replace(
            ELS,
            status=Status.INCOMPLETE,
            doubts=(replace(DOUBT, code=Code.AMBIGUOUS), Problem(0, "diet", Code.MISSING)),
        ),
    ),
    "a decline that she refuses, in a full meeting": so(
        about(CaseKind.CALENDAR_DECLINE), her(Choice.REFUSE), OUT, BO, config=FULL
    ),
    "a decline that she accepts": so(about(CaseKind.CALENDAR_DECLINE), her(Choice.ACCEPT), OUT),
    "not completed, refused": so(
        about(CaseKind.INCOMPLETE),
        her(Choice.REFUSE),
        replace(ELS, status=Status.INCOMPLETE),
        WAITING,
        config=FULL,
    ),
    "a doubt, accepted with a Toelichting": so(
        about(CaseKind.DOUBT, fields=("role",)), her(Choice.ACCEPT, "Dank."), replace(ELS, doubts=(DOUBT,))
    ),
    "a doubt, accepted beside another": so(
        about(CaseKind.DOUBT, fields=("role",)),
        her(Choice.ACCEPT),
        replace(ELS, doubts=(DOUBT, replace(DOUBT, field="phone"))),
    ),
    "a doubt whether somebody comes, accepted": so(
        about(CaseKind.DOUBT, fields=("attends",)),
        her(Choice.ACCEPT),
        replace(ELS, doubts=(replace(DOUBT, field="attends", code=Code.AMBIGUOUS),)),
    ),
    "a doubt of who waits, kept": so(
        about(CaseKind.DOUBT, fields=("role",)),
        her(Choice.KEEP_CURRENT),
        replace(ELS, status=Status.WAITLISTED, reason="volzet", doubts=(DOUBT,)),
    ),
    "a contradiction, hers given up": so(
        about(
            CaseKind.CONTRADICTION,
            fields=("role", "organisation"),
            person=person(organisation="Brugge", role="x"),
        ),
        her(Choice.TAKE_NEW),
        replace(ELS, by_hand=frozenset({"role", "phone"})),
    ),
    "a contradiction, her answer given up, of who is of another body": so(
        about(CaseKind.CONTRADICTION, fields=("role",), person=person(organisation="Brugge", role="x")),
        her(Choice.TAKE_NEW),
        replace(ELS, by_hand=frozenset({"role"})),
    ),
    "a contradiction of the status, taken over": so(
        about(CaseKind.CONTRADICTION, fields=("status",), person=person()),
        her(Choice.TAKE_NEW),
        replace(OUT, by_hand=frozenset({"status"})),
        submission=form_of(person(email="els@damme.example"), clues=(clue(),)),
    ),
    "a contradiction of the status, kept": so(
        about(CaseKind.CONTRADICTION, fields=("status",), person=person()),
        her(Choice.KEEP_CURRENT),
        replace(OUT, by_hand=frozenset({"status"})),
        submission=form_of(person(), clues=(clue(),)),
    ),
    "a free place": so(about(CaseKind.FREED_PLACE, WAITING), her(Choice.ACCEPT), WAITING, config=FULL),
    "a free place that is taken since": so(
        about(CaseKind.FREED_PLACE, WAITING), her(Choice.ACCEPT), WAITING, ELS, config=FULL
    ),
    "a free place for who is out since": so(
        about(CaseKind.FREED_PLACE, WAITING),
        her(Choice.ACCEPT),
        replace(WAITING, status=Status.EXCUSED),
        config=FULL,
    ),
    "two free places for three": so(
        about(CaseKind.FREED_PLACE, WAITING, payload={OFFERED: "INS-0002 INS-0003 INS-0004 INS-0009"}),
        her(Choice.ACCEPT),
        WAITING,
        replace(WAITING, nr="INS-0003"),
        replace(WAITING, nr="INS-0004"),
        config=settings(event(capacity=2)),
    ),
    "a list to destroy": so(about(CaseKind.DESTROY, None), her(Choice.ACCEPT)),
    "a list to keep": so(about(CaseKind.DESTROY, None), her(Choice.REFUSE)),
    "a question without words": so(
        about(CaseKind.QUESTION), her(Choice.ASK, " "), ELS, submission=words(Intent.NONE)
    ),
    "a question to nobody": so(about(CaseKind.QUESTION), her(Choice.ASK, "Hoe?"), ELS),
    "a question": so(about(CaseKind.QUESTION), her(Choice.ASK, "Hoe? "), ELS, submission=words(Intent.NONE)),
    "an answer without words": so(
        about(CaseKind.QUESTION), her(Choice.ANSWER, ""), ELS, submission=words(Intent.NONE)
    ),
    "an answer to nobody": so(about(CaseKind.QUESTION), her(Choice.ANSWER, "Zo."), ELS),
    "an answer": so(about(CaseKind.QUESTION), her(Choice.ANSWER, "Zo. "), ELS, submission=words(Intent.NONE)),
    "a choice that is not offered": so(about(CaseKind.QUESTION, ELS, Choice.DONE), her(Choice.ACCEPT), ELS),
    "no choice": so(about(CaseKind.QUESTION), replace(her(Choice.ACCEPT), choice=None), ELS),
    "a row that is gone": so(about(CaseKind.LATE), her(Choice.ACCEPT), BO),
    "a row of an event that is gone": so(
        about(CaseKind.LATE), her(Choice.ACCEPT), replace(LATE_ONE, event="gone")
    ),
    "accepted after the end": so(about(CaseKind.LATE), her(Choice.ACCEPT), LATE_ONE, now=OVER),
    "accepted before the end": so(
        about(CaseKind.LATE), her(Choice.ACCEPT), LATE_ONE, now=OVER - timedelta(seconds=2)
    ),
    "refused after the end": so(about(CaseKind.LATE), her(Choice.REFUSE), LATE_ONE, now=OVER),
    "registered after the end": so(about(CaseKind.QUESTION), her(Choice.REGISTER), OUT, now=OVER),
    "a decline accepted after the end": so(
        about(CaseKind.CALENDAR_DECLINE), her(Choice.ACCEPT), OUT, now=OVER
    ),
    "a doubt accepted after the end": so(
        about(CaseKind.DOUBT, fields=("role",)), her(Choice.ACCEPT), ELS, now=OVER
    ),
    "a mail that is gone": so(about(CaseKind.NOT_INVITED, None), her(Choice.ACCEPT)),
    "refused with a Toelichting": so(
        about(CaseKind.FORGED, None), her(Choice.REFUSE, "Neen."), submission=form_of(person())
    ),
    "refused without a Toelichting": so(
        about(CaseKind.FORGED, None), her(Choice.REFUSE), submission=form_of(person())
    ),
}


def says(intent: Intent, text: str, *named: str, **more: object) -> Submission:
    return words(intent, text, *named, **{"clues": (clue(),), **more})


def act(kind: ActKind, *people: str, **more: object) -> Act:
    return Act(kind, people=people, agreed=True, **more)  # type: ignore[arg-type]  # a test names the fields it sets


UNCLEAR = about(CaseKind.UNCLEAR, None)
OF_ELS = about(CaseKind.UNCLEAR, ELS)
VAGUE = says(Intent.UNCLEAR, "Ik weet het niet.")
JAN = Person({"last_name": Answer("Peeters"), "first_name": Answer("Jan")})
SWAP = says(
    Intent.SUBSTITUTE, "Jan Peeters komt.", substitute=JAN, acts=(act(ActKind.SUBSTITUTE, "Jan Peeters"),)
)
HER_WORDS: dict[str, Callable[[], str]] = {
    "registers who wrote": so(UNCLEAR, her(Choice.REGISTER), submission=VAGUE),
    "registers who wrote, late": so(
        UNCLEAR,
        her(Choice.REGISTER),
        submission=VAGUE,
        config=settings(event(deadline=datetime.fromisoformat("2026-11-09T12:00:00"))),
    ),
    "registers an office": so(UNCLEAR, her(Choice.REGISTER), submission=VAGUE, sender="info@damme.example"),
    "excuses who wrote": so(UNCLEAR, her(Choice.EXCUSE), submission=VAGUE),
    "excuses who wrote and is registered": so(UNCLEAR, her(Choice.EXCUSE), ELS, submission=VAGUE),
    "excuses who registered since": so(
        UNCLEAR, her(Choice.EXCUSE), replace(ELS, received=MORNING + timedelta(hours=1)), submission=VAGUE
    ),
    "excuses who registered at that moment": so(
        UNCLEAR, her(Choice.EXCUSE), replace(ELS, received=MORNING), submission=VAGUE
    ),
    "withdraws who wrote and is registered": so(UNCLEAR, her(Choice.WITHDRAW), ELS, submission=VAGUE),
    "withdraws who wrote and is unknown": so(UNCLEAR, her(Choice.WITHDRAW), submission=VAGUE),
    "withdraws whom it names": so(
        UNCLEAR,
        her(Choice.WITHDRAW),
        ELS,
        BO,
        submission=says(
            Intent.UNCLEAR, "Bo Claes misschien niet.", "Bo Claes", acts=(act(ActKind.NOT_COME, "Bo Claes"),)
        ),
    ),
    "excuses whom it names and is unknown": so(
        UNCLEAR,
        her(Choice.EXCUSE),
        ELS,
        submission=says(
            Intent.UNCLEAR,
            "Jan Peeters misschien niet.",
            "Jan Peeters",
            acts=(act(ActKind.NOT_COME, "Jan Peeters"),),
        ),
    ),
    "registers whom it names": so(
        UNCLEAR,
        her(Choice.REGISTER),
        submission=says(
            Intent.UNCLEAR, "Jan Peeters misschien.", "Jan Peeters", acts=(act(ActKind.COME, "Jan Peeters"),)
        ),
    ),
    "registers whom it names, and the writer": so(
        UNCLEAR,
        her(Choice.REGISTER),
        submission=says(
            Intent.UNCLEAR,
            "Jan Peeters misschien, en ik.",
            "Jan Peeters",
            acts=(act(ActKind.COME, "Jan Peeters"), act(ActKind.COME)),
        ),
    ),
    "registers who is brought": so(
        UNCLEAR,
        her(Choice.REGISTER),
        submission=says(
            Intent.UNCLEAR,
            "Ik kom met Jan Peeters (jan.peeters@damme.example).",
            acts=(act(ActKind.BRING, "Jan Peeters"),),
        ),
    ),
    "registers who is brought, without an address": so(
        UNCLEAR,
        her(Choice.REGISTER),
        submission=says(Intent.UNCLEAR, "Ik kom met Jan Peeters.", acts=(act(ActKind.BRING, "Jan Peeters"),)),
    ),
    "registers whom she wrote": so(
        about(CaseKind.UNCLEAR, None, payload={OF_ANOTHER: "Jan Peeters <jan@brugge.example>"}),
        her(Choice.REGISTER),
        submission=VAGUE,
    ),
    "registers whom she wrote, known": so(
        about(CaseKind.UNCLEAR, None, payload={OF_ANOTHER: "Bo Claes"}),
        her(Choice.REGISTER),
        ELS,
        replace(BO, status=Status.CANCELLED),
        submission=VAGUE,
    ),
    "registers whom she wrote, known by half a name": so(
        about(CaseKind.UNCLEAR, None, payload={OF_ANOTHER: "CLAES"}),
        her(Choice.REGISTER),
        ELS,
        replace(BO, status=Status.CANCELLED),
        submission=VAGUE,
    ),
    "accepts a form beside a workbook of ours": so(
        UNCLEAR,
        her(Choice.ACCEPT),
        submission=form_of(
            person(email="els@damme.example"), workbooks=("Deelnemers.xlsx",), clues=(clue(),)
        ),
    ),
    "registers whom she wrote, who is no one": so(
        about(CaseKind.UNCLEAR, None, payload={OF_ANOTHER: "iemand"}), her(Choice.REGISTER), submission=VAGUE
    ),
    "registers whom she wrote, who are two": so(
        about(CaseKind.UNCLEAR, None, payload={OF_ANOTHER: "Jan Peeters en Mia Wouters"}),
        her(Choice.REGISTER),
        submission=VAGUE,
    ),
    "registers whom she wrote, for no event": so(
        replace(about(CaseKind.UNCLEAR, None, payload={OF_ANOTHER: "Jan Peeters"}), event=""),
        her(Choice.REGISTER),
        submission=VAGUE,
    ),
    "excuses whom she wrote": so(
        about(CaseKind.UNCLEAR, None, payload={OF_ANOTHER: "Jan Peeters"}),
        her(Choice.EXCUSE),
        submission=VAGUE,
    ),
    "lets somebody come instead": so(UNCLEAR, her(Choice.REPLACES, nr="INS-0001"), ELS, submission=SWAP),
    "lets the writer come instead": so(UNCLEAR, her(Choice.REPLACES, nr="INS-0002"), BO, submission=VAGUE),
    "lets somebody come instead of who is gone": so(
        UNCLEAR, her(Choice.REPLACES, nr="INS-0009"), ELS, submission=SWAP
    ),
    "lets somebody come instead of nobody": so(UNCLEAR, her(Choice.REPLACES), ELS, submission=SWAP),
    "registers who would have come instead": so(UNCLEAR, her(Choice.REGISTER), ELS, submission=SWAP),
    "registers who would have come instead, beside the row": so(
        OF_ELS, her(Choice.REGISTER), ELS, submission=SWAP
    ),
    "lets who is on the form come instead": so(
        UNCLEAR,
        her(Choice.REPLACES, nr="INS-0002"),
        BO,
        submission=form_of(person("Jan Peeters", email="jan@brugge.example"), clues=(clue(),)),
    ),
    "lets the second on the form come instead": so(
        about(CaseKind.NOT_INVITED, None, payload={"person": "1"}),
        her(Choice.REPLACES, nr="INS-0002"),
        BO,
        submission=form_of(person("Jan Peeters"), person("Mia Wouters"), clues=(clue(),)),
    ),
    "lets one beyond the form come instead": so(
        about(CaseKind.NOT_INVITED, None, payload={"person": "2"}),
        her(Choice.REPLACES, nr="INS-0002"),
        BO,
        submission=form_of(person("Jan Peeters"), person("Mia Wouters"), clues=(clue(),)),
    ),
    "withdraws the row of the case": so(OF_ELS, her(Choice.WITHDRAW), ELS, submission=VAGUE),
    "excuses the row of the case": so(OF_ELS, her(Choice.EXCUSE, "Tot later."), ELS, submission=VAGUE),
    "takes over what the words say": so(
        replace(
            OF_ELS, fields=("phone",), person=Person({"phone": Answer("050 3", Location().at(Unit.ANSWER))})
        ),
        her(Choice.TAKE_NEW),
        ELS,
        submission=VAGUE,
    ),
    "accepts a withdrawal of a stranger": so(
        about(CaseKind.UNRELATED, ELS, payload={"person": "0"}),
        her(Choice.ACCEPT),
        ELS,
        submission=says(Intent.WITHDRAW, "Els Maes komt niet.", "Els Maes"),
        sender="x@elders.example",
    ),
    "accepts a stranger as a colleague": so(
        about(CaseKind.UNRELATED, ELS, payload={"person": "0", DOMAIN: "elders.example"}),
        her(Choice.AS_COLLEAGUE),
        ELS,
        submission=says(Intent.WITHDRAW, "Els Maes komt niet.", "Els Maes"),
        sender="x@elders.example",
    ),
    "accepts a stranger as a colleague of who is gone": so(
        about(CaseKind.UNRELATED, ELS, payload={"person": "0", DOMAIN: "elders.example"}),
        her(Choice.AS_COLLEAGUE),
        BO,
        submission=says(Intent.WITHDRAW, "Els Maes komt niet.", "Els Maes"),
        sender="x@elders.example",
    ),
    "accepts a form of a stranger": so(
        about(CaseKind.UNRELATED, ELS, payload={"person": "0"}),
        her(Choice.ACCEPT),
        ELS,
        submission=form_of(person(email="els2@damme.example", role="x"), clues=(clue(),)),
        sender="x@elders.example",
    ),
    "says that it is the same": so(
        about(CaseKind.SAME_PERSON, None, payload={"nr": "INS-0001", "person": "0"}),
        her(Choice.SAME),
        ELS,
        submission=form_of(person(email="els@prive.example"), clues=(clue(),)),
    ),
    "says that it is another": so(
        about(CaseKind.SAME_PERSON, None, payload={"nr": "INS-0001", "person": "0"}),
        her(Choice.OTHER),
        ELS,
        submission=form_of(person(email="els@prive.example"), clues=(clue(),)),
    ),
    "says that who stays away is the same": so(
        about(CaseKind.SAME_PERSON, None, payload={"nr": "INS-0001", "person": "0"}),
        her(Choice.SAME),
        ELS,
        submission=form_of(person("Maes", email="", attends=False), clues=(clue(),)),
    ),
    "says that who comes instead is the same": so(
        about(CaseKind.SAME_PERSON, ELS, payload={"nr": "INS-0002", "person": "0"}),
        her(Choice.SAME),
        ELS,
        BO,
        submission=says(
            Intent.SUBSTITUTE,
            "Bo Claes komt.",
            substitute=person("Bo Claes", ""),
            acts=(act(ActKind.SUBSTITUTE, "Bo Claes", of_self=True),),
        ),
    ),
    "says that who comes instead is another": so(
        about(CaseKind.SAME_PERSON, ELS, payload={"nr": "INS-0002", "person": "0"}),
        her(Choice.OTHER),
        ELS,
        BO,
        submission=says(
            Intent.SUBSTITUTE,
            "Bo Claes komt.",
            substitute=person("Bo Claes", ""),
            acts=(act(ActKind.SUBSTITUTE, "Bo Claes", of_self=True),),
        ),
    ),
    "accepts one of two": so(
        about(CaseKind.NOT_INVITED, None, payload={"person": "1"}),
        her(Choice.ACCEPT),
        submission=form_of(
            person(email="els@damme.example"),
            person("Jan Peeters", "Gent", email="jan@gent.example"),
            clues=(clue(),),
        ),
        config=settings(event(organisations="brugge")),
    ),
    "accepts what was waived before as well": so(
        about(CaseKind.NOT_INVITED, None, payload={"person": "0", "waived": "LATE,QUESTION"}),
        her(Choice.ACCEPT),
        submission=form_of(person("Jan Peeters", "Gent", email="jan@gent.example"), clues=(clue(),)),
        config=settings(
            event(organisations="brugge", deadline=datetime.fromisoformat("2026-11-09T12:00:00"))
        ),
    ),
    "accepts, and it is late": so(
        about(CaseKind.NOT_INVITED, None, payload={"person": "0"}),
        her(Choice.ACCEPT),
        submission=form_of(person("Jan Peeters", "Gent", email="jan@gent.example"), clues=(clue(),)),
        config=settings(
            event(organisations="brugge", deadline=datetime.fromisoformat("2026-11-09T12:00:00"))
        ),
    ),
    "lets wait who was not invited": so(
        about(CaseKind.NOT_INVITED, None, payload={"person": "0"}),
        her(Choice.WAITLIST),
        submission=form_of(person("Jan Peeters", "Gent", email="jan@gent.example"), clues=(clue(),)),
        config=settings(event(organisations="brugge")),
    ),
    "chooses an event by title": so(
        replace(about(CaseKind.WHICH_EVENT, None), event=""),
        her(Choice.ACCEPT, which=" kennisPLATFORM "),
        submission=form_of(person(email="els@damme.example")),
    ),
    "chooses no event": so(
        replace(about(CaseKind.WHICH_EVENT, None, events=("kis", "other")), event=""),
        her(Choice.ACCEPT),
        submission=form_of(person(email="els@damme.example")),
        config=settings(event(), event(id="other", title="Ander")),
    ),
    "has no event to choose": so(
        replace(about(CaseKind.WHICH_EVENT, None, events=("kis",)), event=""),
        her(Choice.ACCEPT),
        submission=form_of(person(email="els@damme.example")),
    ),
    "chooses another event than that of the case": so(
        about(CaseKind.WHICH_EVENT, None),
        her(Choice.ACCEPT, which="other"),
        submission=form_of(person(email="els@damme.example")),
        config=settings(event(), event(id="other", title="Ander")),
    ),
    "accepts a form that comes alone": so(
        about(CaseKind.WHICH_EVENT, None, payload={"alone": "ja"}),
        her(Choice.ACCEPT),
        submission=form_of(
            replace(person(email="els@damme.example"), event="kis"),
            replace(person("Bo Claes"), event="other"),
        ),
        config=settings(event(), event(id="other", title="Ander")),
    ),
    "accepts perhaps a registration": so(
        about(CaseKind.PERHAPS, None),
        her(Choice.ACCEPT),
        submission=form_of(person(email="els@damme.example"), found=SubmissionKind.PERHAPS, clues=(clue(),)),
    ),
    "refuses perhaps a registration": so(
        about(CaseKind.PERHAPS, None),
        her(Choice.REFUSE),
        submission=form_of(person(), found=SubmissionKind.PERHAPS, clues=(clue(),)),
    ),
    "accepts doubts of an unclear form": so(
        UNCLEAR,
        her(Choice.ACCEPT),
        submission=form_of(
            person(email="els@damme.example"),
            problems=(Problem(0, "last_name", Code.UNSURE),),
            intent=Intent.WITHDRAW,
            words="Ik kom niet.",
            clues=(clue(),),
        ),
    ),
}

EXAMPLES = together(
    every=EVERY,
    row=ROWS,
    aside=ASIDE,
    words=HER_WORDS,
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_follows_of_her_decision(name: str) -> None:
    assert EXAMPLES[name]() == expected("cases")[name]
