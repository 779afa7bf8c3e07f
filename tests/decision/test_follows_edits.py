"""What she types in a workbook, or takes back: what follows, and what her mail then shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.config.settings import Settings
from mailbot.decision import decide_case, decide_edit
from mailbot.decision.undo import refusal, removed, settlement, undone
from mailbot.domain.announcement import Announcing
from mailbot.domain.case import Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Decision, DecisionContext
from mailbot.domain.doubt import Reason
from mailbot.domain.registration import Change, Registration, Removal, Status
from mailbot.domain.settled import SentMail, SettledCase, Settlement
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Code, Problem, Value

from .building import MORNING, event, known, row, settings
from .following import expected, follows, together, value, with_mails

LATER = MORNING + timedelta(hours=1)
HERE = "Deelnemers, rij 2"
ELS = row(1, answers={"role": "schepen"}, sender="an@brugge.example", message=77)
BO = row(2, name="Bo Claes", organisation="Brugge", email="bo@brugge.example")
DOUBT = Problem(0, "role", Code.UNSURE, Reason.UNCLEAR, "sch")
UNSENT = (Change("role", "raadslid", "schepen"),)


def so(edit: Edit, *rows: Registration, config: Settings | None = None, **more: object) -> Callable[[], str]:
    context = known(*(rows or (ELS,)), **more)
    config = config or settings()
    return lambda: with_mails(decide_edit(edit, context, config, LATER), None, config, LATER)


def cell(key: str, new: Value | None, old: Value | None = None, nr: str = "INS-0001") -> Edit:
    return Edit(EditKind.CELL, HERE, nr=nr, key=key, new=new, old=old)


def confirm(new: Value | None = "ja") -> Edit:
    return Edit(EditKind.CONFIRM, HERE, nr="INS-0001", new=new)


def attended(new: Value | None) -> Edit:
    return Edit(EditKind.ATTENDED, HERE, nr="INS-0001", new=new)


def typed(**answers: Value) -> Edit:
    return Edit(EditKind.NEW_ROW, "Deelnemers, rij 9", row=answers, event="kis")


GONE = Edit(EditKind.DELETED_ROW, "Deelnemers", nr="INS-0001")
FULL = settings(event(capacity=1))
MAES: dict[str, Value] = {"last_name": "Maes", "first_name": "Els", "organisation": "Damme"}
PURCHASE = settings(event(form="gezamenlijke-aankoop", starts=None, ends=None, deadline=None))

CELLS: dict[str, Callable[[], str]] = {
    "another answer": so(cell("role", "burgemeester")),
    "an answer that is emptied": so(cell("role", "")),
    "the same answer": so(cell("role", "schepen", "schepen")),
    "the same answer in a column that is new": so(cell("role", "schepen")),
    "what was doubted": so(cell("role", "schepen"), replace(ELS, doubts=(DOUBT,))),
    "what was changed before, unsent": so(cell("role", "burgemeester"), replace(ELS, unsent_changes=UNSENT)),
    "what was changed before, and is changed back": so(
        cell("role", "raadslid"), replace(ELS, unsent_changes=UNSENT)
    ),
    "what was changed before, beside": so(cell("phone", "050 1"), replace(ELS, unsent_changes=UNSENT)),
    "another address": so(
        cell("email", "els2@damme.example"), replace(ELS, bounced=True, email_of_sender=True)
    ),
    "another address of who wrote themselves": so(
        cell("email", "els2@damme.example"), replace(ELS, sender="els@damme.example")
    ),
    "another address of who wrote themselves since": so(
        cell("email", "els2@damme.example"), replace(ELS, sender="an@brugge.example", claimed=True)
    ),
    "no address any more": so(cell("email", "")),
    "an address that may be a slip": so(cell("email", "els@gmial.com")),
    "a body that is known": so(cell("organisation", "stad brugge")),
    "a body that may be a slip": so(cell("organisation", "Bruge")),
    "a body that is not known": so(cell("organisation", "Zwin")),
    "a yes or no": so(cell("attends", "neen")),
    "neither yes nor no": so(cell("attends", "misschien")),
    "a key that is no question": so(cell("shoe", "42")),
    "what was missing of who is incomplete": so(
        cell("last_name", "Maes"),
        row(1, Status.INCOMPLETE, name="Els", doubts=(Problem(0, "last_name", Code.MISSING),)),
    ),
    "what was missing of who is incomplete and has no place": so(
        cell("last_name", "Maes"),
        row(
            1, Status.INCOMPLETE, name="Els", doubts=(Problem(0, "last_name", Code.MISSING),), reason="volzet"
        ),
        BO,
        config=FULL,
    ),
    "what was missing of who is incomplete and late for a place": so(
        cell("last_name", "Maes"),
        row(
            1,
            Status.INCOMPLETE,
            name="Els",
            at=MORNING - timedelta(days=4),
            doubts=(Problem(0, "last_name", Code.MISSING),),
        ),
        BO,
        config=FULL,
    ),
    "a part of what was missing": so(
        cell("last_name", "Maes"), row(1, Status.INCOMPLETE, name="Els", organisation="")
    ),
    "an answer of who is incomplete and doubted": so(
        cell("phone", "050 1"), row(1, Status.INCOMPLETE, doubts=(DOUBT,))
    ),
    "what is sensitive": so(cell("diet", "vegan"), replace(ELS, answers={**ELS.answers, "diet": "halal"})),
    "a row that is gone": so(cell("role", "x", nr="INS-0009")),
    "a row of an event that is gone": so(cell("role", "x"), replace(ELS, event="gone")),
}

STATUSES = {
    f"{before} becomes {typed_as}": so(
        cell("status", typed_as),
        replace(
            ELS,
            status=before,
            answers={**ELS.answers, "attends": before is Status.REGISTERED},
            reason="volzet",
        ),
        BO,
    )
    for before in Status
    for typed_as in (*Status, "Komt")
}
STATUSES["in a full meeting"] = so(
    cell("status", "Ingeschreven"), replace(ELS, status=Status.WAITLISTED, reason="volzet"), BO, config=FULL
)
STATUSES["waits in a full meeting"] = so(cell("status", "Wachtlijst"), ELS, BO, config=FULL)
STATUSES["waits where there is a place"] = so(
    cell("status", "wachtlijst "), ELS, config=settings(event(capacity=9))
)
STATUSES["emptied"] = so(cell("status", ""))

ROWS: dict[str, Callable[[], str]] = {
    "somebody new": so(
        typed(last_name="Claes", first_name="Jan", organisation="brugge", email="jan@brugge.example"), BO
    ),
    "somebody new who waits": so(typed(last_name="Claes", status="Wachtlijst"), BO),
    "somebody new who waits where it is full": so(
        typed(last_name="Claes", status="Wachtlijst"), BO, config=FULL
    ),
    "somebody new where it is full": so(typed(last_name="Claes"), BO, config=FULL),
    "somebody new who does not take part": so(typed(last_name="Claes", attends="neen"), BO),
    "somebody new who is excused": so(typed(last_name="Claes", status="Verontschuldigd"), BO),
    "somebody new with a word for status": so(typed(last_name="Claes", status="Komt"), BO),
    "somebody new with two slips": so(
        typed(last_name="Claes", organisation="Bruge", email="jan@gmial.com"), BO
    ),
    "an empty row": so(typed(last_name="", status="Ingeschreven"), BO),
    "a row with a key that is no question": so(typed(shoe="42"), BO),
    "who is there by name and body": so(typed(**MAES)),
    "who is there by name, turned": so(typed(last_name="Els", first_name="Maes", organisation="damme")),
    "who is there by address": so(typed(last_name="Maas", first_name="Els", email="els@damme.example")),
    "another at the address": so(typed(last_name="Wouters", first_name="Mia", email="els@damme.example")),
    "a namesake of another body": so(typed(last_name="Maes", first_name="Els", organisation="Brugge")),
    "a namesake without a body": so(typed(last_name="Maes", first_name="Els")),
    "a namesake at another event": so(
        typed(**MAES), replace(ELS, event="other"), config=settings(event(), event(id="other"))
    ),
    "who is there twice": so(typed(**MAES), ELS, row(2)),
    "a body that is there": so(typed(organisation="Damme"), row(1, name=""), config=PURCHASE),
    "a body that is not there": so(typed(organisation="Brugge"), row(1, name=""), config=PURCHASE),
    "deleted": so(GONE),
    "deleted, of who waits": so(GONE, replace(ELS, status=Status.WAITLISTED)),
    "deleted, of who is excused": so(GONE, replace(ELS, status=Status.EXCUSED)),
    "deleted, of who withdrew": so(GONE, replace(ELS, status=Status.CANCELLED)),
    "deleted, of who was deleted": so(GONE, replace(ELS, status=Status.CANCELLED, removed=Removal.BY_HAND)),
    "deleted, a double": so(GONE, ELS, row(2)),
    "deleted, a double of who withdrew": so(GONE, ELS, row(2, Status.CANCELLED)),
    "deleted, a double of who is excused": so(GONE, ELS, row(2, Status.EXCUSED)),
    "deleted, a double at another event": so(GONE, ELS, row(2, event="other")),
    "put back": so(
        Edit(EditKind.NEW_ROW, HERE, nr="INS-0001", row=MAES),
        replace(ELS, status=Status.CANCELLED, removed=Removal.BY_HAND),
    ),
    "put back, of who was excused": so(
        Edit(EditKind.NEW_ROW, HERE, nr="INS-0001", row={"status": "Verontschuldigd"}),
        replace(ELS, status=Status.CANCELLED, removed=Removal.BY_HAND),
    ),
    "put back, of who is in": so(Edit(EditKind.NEW_ROW, HERE, nr="INS-0001", row=MAES), ELS),
    "attended": so(attended("ja")),
    "attended by a tick": so(attended(True)),
    "did not attend": so(attended("nee")),
    "attended, emptied": so(attended(""), replace(ELS, attended=True)),
    "attended, in other words": so(attended("even")),
}

MOVED = (Change("status", "Wachtlijst", "Ingeschreven"), *UNSENT)
CONFIRMED: dict[str, Callable[[], str]] = {
    "what changed": so(confirm(), replace(ELS, unsent_changes=UNSENT)),
    "what changed, with the status": so(confirm(), replace(ELS, unsent_changes=MOVED)),
    "what changed, of who waits": so(
        confirm(), replace(ELS, status=Status.WAITLISTED, unsent_changes=UNSENT)
    ),
    "what changed, of who is out": so(
        confirm(), replace(ELS, status=Status.CANCELLED, unsent_changes=UNSENT)
    ),
    "what changed, of who is late": so(confirm(), replace(ELS, status=Status.LATE, unsent_changes=UNSENT)),
    "nothing": so(confirm(), ELS),
    "nothing, of who is excused": so(confirm(), replace(ELS, status=Status.EXCUSED)),
    "no": so(confirm("nee")),
    "emptied": so(confirm("")),
    "in other words": so(confirm("straks"), replace(ELS, unsent_changes=UNSENT)),
    "to nobody": so(confirm(), row(1, email="", sender="secretariaat")),
    "to who sent them in": so(confirm(), row(1, email="", sender="an@brugge.example")),
    "to an address that may be a slip, which she typed": so(
        confirm(),
        replace(
            row(1, email="els@gmial.com"),
            by_hand=frozenset({"email"}),
            doubts=(Problem(0, "email", Code.UNSURE, Reason.EMAIL_SLIP, "els@gmial.com"),),
        ),
    ),
    "to an address that may be a slip, which was mailed": so(
        confirm(),
        replace(
            row(1, email="els@gmial.com"),
            doubts=(Problem(0, "email", Code.UNSURE, Reason.EMAIL_SLIP, "els@gmial.com"),),
        ),
    ),
    "with what is sensitive, at an address that she typed": so(
        confirm(),
        replace(ELS, unanswered=True, answers={**ELS.answers, "diet": "halal"}, unsent_changes=UNSENT),
    ),
    "with what was held back": so(
        confirm(), replace(ELS, withheld=frozenset({"role"}), unsent_changes=UNSENT)
    ),
}


def _typed_case(*rows: Registration, choice: Choice, **answers: Value) -> Callable[[], str]:
    """What her decision about a row that she typed twice brings about."""

    def decided() -> str:
        (case,) = decide_edit(typed(**answers), known(*rows), settings(), LATER).cases
        edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=choice)
        return follows(decide_case(replace(case, id=7), edit, known(*rows, next_nr=9), settings(), LATER))

    return decided


TWICE = {
    f"{choice}, of who is {status}": _typed_case(
        replace(ELS, status=status, doubts=(DOUBT,)), choice=choice, **MAES, role="raadslid"
    )
    for choice in (Choice.SAME, Choice.OTHER, Choice.DONE)
    for status in Status
}
TWICE["same, with a status"] = _typed_case(ELS, choice=Choice.SAME, **MAES, status="Verontschuldigd")
TWICE["same, with nothing new"] = _typed_case(ELS, choice=Choice.SAME, **MAES)
TWICE["same, with an address"] = _typed_case(
    ELS, choice=Choice.SAME, last_name="Maes", first_name="Els", email="els@damme.example"
)
TWICE["same, with another body"] = _typed_case(
    ELS,
    choice=Choice.SAME,
    last_name="Maes",
    first_name="Els",
    email="els@damme.example",
    organisation="stad brugge",
)
TWICE["same, without a body"] = _typed_case(
    ELS, choice=Choice.SAME, last_name="Maas", first_name="Els", email="els@damme.example"
)

CASE = Case(
    CaseKind.LATE, "Els Maes", "?", (Choice.ACCEPT,), MORNING, "kis", registration="INS-0001", message=5, id=7
)
UNDO = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=Choice.UNDO)
WAS = replace(ELS, status=Status.LATE, sequence=1)


def _settled(
    before: tuple[Registration, ...],
    after: tuple[Registration, ...],
    *mails: SentMail,
    case: Case = CASE,
    choice: Choice | None = Choice.ACCEPT,
) -> SettledCase:
    return SettledCase(case, MORNING, Settlement(choice, before=before, after=after), mails)


def _undone(held: SettledCase, *rows: Registration) -> Callable[[], str]:
    return lambda: with_mails(undone(held, UNDO, known(*rows), settings(), LATER), None, settings(), LATER)


LEFT = SentMail(1, "els@damme.example", "Ingeschreven", "answer", nrs=("INS-0001",), left=True, calendar=True)
UNDONE: dict[str, Callable[[], str]] = {
    "a row goes back": _undone(_settled((WAS,), (ELS,)), replace(ELS, sequence=3)),
    "a row goes back, and its calendar entry went out": _undone(
        _settled((WAS,), (ELS,), LEFT), replace(ELS, sequence=3)
    ),
    "a row goes back, and its calendar entry did not go out": _undone(
        _settled((WAS,), (ELS,), replace(LEFT, left=False)), replace(ELS, sequence=3)
    ),
    "a row goes back, and a mail without an entry went out": _undone(
        _settled((WAS,), (ELS,), replace(LEFT, calendar=False)), replace(ELS, sequence=3)
    ),
    "a row that was made goes": _undone(
        _settled((), (ELS,)), replace(ELS, sequence=3, unsent_changes=UNSENT)
    ),
    "two rows go back": _undone(_settled((WAS,), (ELS, BO)), ELS, BO),
    "a row that she deleted goes back": _undone(_settled((WAS,), (ELS,), choice=None), ELS),
    "nothing had followed": _undone(_settled((), ()), ELS),
}


def _refused(after: Registration, *rows: Registration, config: Settings | None = None) -> Callable[[], str]:
    return lambda: value(refusal(_settled((WAS,), (after,)), known(*rows), config or settings()))


REFUSED: dict[str, Callable[[], str]] = {
    "as it stood": _refused(ELS, ELS),
    "another status": _refused(ELS, WAS),
    "another answer": _refused(ELS, replace(ELS, answers={**ELS.answers, "role": "x"})),
    "taken out": _refused(ELS, replace(ELS, removed=Removal.BY_HAND)),
    "replaced by another": _refused(ELS, replace(ELS, replaced_by="INS-0003")),
    "in the place of another": _refused(ELS, replace(ELS, replaces="INS-0003")),
    "for another reason": _refused(ELS, replace(ELS, reason="volzet")),
    "with what mailbot noted": _refused(
        ELS, replace(ELS, attended=True, bounced=True, claimed=True, changed=LATER)
    ),
    "gone": _refused(ELS, BO),
    "of an event that is gone": _refused(replace(ELS, event="gone"), replace(ELS, event="gone")),
    "without a name": _refused(ELS, row(1, Status.LATE, name="", organisation="")),
}


def _kept(
    case: Case, edit: Edit, decision: Decision, *, told: bool = True, opened: tuple[Case, ...] = ()
) -> Callable[[], str]:
    def kept() -> str:
        held = settlement(case, edit, decision, "review", told=told, opened=opened)
        return value(
            {
                "before": [r.nr for r in held.before],
                "after": [r.nr for r in held.after],
                "opened": held.opened,
                "closed": [str(n) for n in held.closed],
                "final": held.final,
                "notes": held.notes,
                "remark": held.remark,
            }
        )

    return kept


def _of(edit: Edit, *rows: Registration, context: DecisionContext | None = None) -> Decision:
    return decide_edit(edit, context or known(*rows), settings(), LATER)


ANNOUNCED = replace(CASE, kind=CaseKind.ANNOUNCE)
SENDS = replace(UNDO, choice=Choice.SEND)
KEPT: dict[str, Callable[[], str]] = {
    "a row that changed": _kept(CASE, UNDO, _of(cell("role", "x"), ELS)),
    "a row that is new": _kept(CASE, UNDO, _of(typed(last_name="Claes"), BO)),
    "no row": _kept(CASE, UNDO, _of(confirm("nee"), ELS)),
    "cases that it opened and closed": _kept(
        CASE,
        UNDO,
        replace(_of(cell("role", "x"), ELS), closes=(7, 8)),
        opened=(replace(CASE, key="a"), replace(CASE, key="")),
    ),
    "a Toelichting that a mail carries": _kept(
        CASE, replace(UNDO, remark="Tot dan."), _of(cell("role", "x"), ELS)
    ),
    "a Toelichting that no mail carries": _kept(
        CASE, replace(UNDO, remark="Tot dan."), _of(cell("role", "x"), ELS), told=False
    ),
    "no Toelichting, and no mail": _kept(
        CASE, replace(UNDO, remark=" "), _of(cell("role", "x"), ELS), told=False
    ),
    "a mail to many that went out": _kept(ANNOUNCED, SENDS, _of(confirm("nee"), ELS)),
    "a new date that was not sent": _kept(
        replace(ANNOUNCED, payload={"kind": Announcing.MOVED}), UNDO, _of(confirm("nee"), ELS)
    ),
    "a cancellation that was not sent": _kept(
        replace(ANNOUNCED, payload={"kind": Announcing.CANCELLED}), UNDO, _of(confirm("nee"), ELS)
    ),
    "a reminder that was not sent": _kept(
        replace(ANNOUNCED, payload={"kind": Announcing.REMINDER}), UNDO, _of(confirm("nee"), ELS)
    ),
    "the row of what she deleted": lambda: value(_removed(_of(GONE, ELS))),
    "the row of a double that she deleted": lambda: value(_removed(_of(GONE, ELS, row(2)))),
    "the row of what nothing came of": lambda: value(
        _removed(_of(GONE, replace(ELS, status=Status.EXCUSED)))
    ),
}


def _removed(decision: Decision) -> list[object]:
    case = removed(decision, settings(), LATER)
    return [] if case is None else [case.kind, case.who, case.event, case.registration, case.key, case.says]


EXAMPLES = together(
    cell=CELLS,
    status=STATUSES,
    row=ROWS,
    confirmed=CONFIRMED,
    typed_twice=TWICE,
    undone=UNDONE,
    not_undone=REFUSED,
    kept=KEPT,
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_follows_of_what_she_types(name: str) -> None:
    assert EXAMPLES[name]() == expected("edits")[name]


def test_a_sentence_of_a_former_mailbot_refuses_as_it_is() -> None:
    held = SettledCase(CASE, MORNING, Settlement(Choice.ACCEPT, final=say(Says.IS_KNOWN_NOW)))
    assert refusal(held, known(), settings()) == say(Says.IS_KNOWN_NOW)
