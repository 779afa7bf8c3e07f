"""What a row answers to whether somebody comes, and its status, agree whoever moved the status."""

from __future__ import annotations

import pytest

from mailbot.decision import decide, decide_case, decide_edit
from mailbot.domain.case import Choice, Edit, EditKind
from mailbot.domain.decision import Decision
from mailbot.domain.form import ATTENDS
from mailbot.domain.registration import STATUS, Registration, Status
from mailbot.wording import matter
from mailbot.workbook.cases import text_of_case

from .building import MORNING, form_of, known, mail, person, row
from .test_read_and_decided import ONE_MEETING, mailed, read

ELS = "Els Maes <els@damme.example>"


def stands(decision: Decision, nr: str = "INS-0001") -> tuple[Status, object]:
    after = next(r.after for r in decision.results if r.after is not None and r.after.nr == nr)
    assert after is not None
    return after.status, after.answers.get(ATTENDS)


def els(status: Status = Status.REGISTERED, *, comes: bool = True, **more: object) -> Registration:
    return row(1, status, answers={ATTENDS: comes}, **more)


@pytest.mark.parametrize(
    "text",
    [
        "Ik kan helaas niet komen.",
        "Ik kan niet, Jan Claes komt in mijn plaats.",
        "Gelieve mij uit te schrijven.",
    ],
)
def test_who_withdraws_by_mail_takes_part_no_more(text: str) -> None:
    decision, _ = mailed(text, sender=ELS, context=known(els()))
    assert stands(decision) == (Status.CANCELLED, False)
    if "Jan Claes" in text:
        assert stands(decision, "INS-0002") == (Status.REGISTERED, True)


def test_who_is_replaced_by_her_decision_takes_part_no_more() -> None:
    context = known(els())
    text = "Piet Claes kan niet, ik kom in zijn plaats."
    arrival, submission = read(text)
    case = mailed(text, context=context)[0].cases[0]
    edit = Edit(EditKind.DECISION, "Te behandelen", nr="INS-0001", choice=Choice.REPLACES)
    decision = decide_case(case, edit, context, ONE_MEETING, MORNING, arrival, submission)
    assert stands(decision) == (Status.CANCELLED, False)
    assert stands(decision, "INS-0002") == (Status.REGISTERED, True)


@pytest.mark.parametrize(
    ("before", "typed", "comes"),
    [
        (Status.REGISTERED, Status.CANCELLED, False),
        (Status.REGISTERED, Status.EXCUSED, False),
        (Status.CANCELLED, Status.REGISTERED, True),
        (Status.REGISTERED, Status.LATE, True),  # they said yes, and we no
    ],
)
def test_a_status_that_she_types_tells_whether_somebody_takes_part(
    before: Status, typed: Status, comes: bool
) -> None:
    context = known(els(before, comes=not before.is_out))
    edit = Edit(EditKind.CELL, "Deelnemers", "INS-0001", STATUS, str(before), str(typed))
    assert stands(decide_edit(edit, context, ONE_MEETING, MORNING)) == (typed, comes)


def test_her_yes_brings_back_who_withdrew() -> None:
    context = known(els(Status.CANCELLED, comes=False))
    edit = Edit(EditKind.CELL, "Deelnemers", "INS-0001", ATTENDS, old=False, new=True)
    assert stands(decide_edit(edit, context, ONE_MEETING, MORNING)) == (Status.REGISTERED, True)


def test_a_yes_of_hers_is_no_correction_once_its_person_withdrew() -> None:
    decision, _ = mailed(
        "Ik kan helaas niet komen.", sender=ELS, context=known(els(by_hand=frozenset({ATTENDS})))
    )
    after = decision.results[0].after
    assert after is not None
    assert ATTENDS not in after.by_hand


def test_of_two_forms_in_one_mail_that_say_yes_and_no_neither_is_an_answer() -> None:
    both = form_of(person(email="els@damme.example", attends=True), person(attends=False))
    decision = decide(mail(), both, known(), ONE_MEETING, MORNING)
    assert stands(decision) == (Status.REGISTERED, None)
    (case,) = decision.cases
    assert text_of_case(case, ONE_MEETING.forms["kennisplatform"]) == "Ik neem deel (zowel ja als neen)."
    assert Choice.EXCUSE in case.choices


@pytest.mark.parametrize(
    "text",
    [
        "Els Maes kan niet, ik kom in haar plaats en eet vegetarisch.",
        "Ik kom in de plaats van Els Maes en eet vegetarisch.",
        "Bo Claes komt in de plaats van Els Maes en eet vegetarisch.",
    ],
)
def test_a_diet_beside_a_substitution_is_shown(text: str) -> None:
    decision, _ = mailed(text, context=known(els(sender="jan@damme.example")))
    assert stands(decision) == (Status.CANCELLED, False)
    assert [matter(case) for case in decision.cases] == [f'"{text}"']
