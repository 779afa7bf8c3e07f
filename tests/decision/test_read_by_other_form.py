"""A mail in words that was read by the questions of one form, and is decided for an event with another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide_case
from mailbot.decision.other_form import by_form_of
from mailbot.domain.case import OF_ANOTHER, Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import Answer, Code, Person, Problem, Submission, SubmissionKind

from .building import MORNING, event, form, known, rows_after
from .test_read_and_decided import read
from .test_whole_name_asked import WATER, with_own_form

BOTH = with_own_form(event(), event(id="water", title="Studiedag Water", form="water"))
KAREL = "Karel Dewulf <karel.dewulf@damme.example>"
SIGNED = (
    "Beste,\n\nik schrijf mij graag in, ik eet vegetarisch.\n\n"
    "Met vriendelijke groeten\nKarel Dewulf\nschepen\nStad Damme"
)


def decided(choice: Choice, at: str, who: str = "", text: str = SIGNED) -> Registration:
    """The row that a decision about a mail of Postvak makes, at one of two events."""
    arrival, said = read(text, "Inschrijving", KAREL, BOTH)
    offered = (Choice.REGISTER, Choice.EXCUSE, Choice.WITHDRAW)
    payload = {OF_ANOTHER: who} if who else {}
    case = Case(CaseKind.UNCLEAR, "Karel", "", offered, MORNING, message=1, payload=payload)
    edit = Edit(EditKind.DECISION, "Postvak", choice=choice, event=BOTH.events[at].title)
    (after,) = rows_after(decide_case(case, edit, known(), BOTH, MORNING, arrival, said))
    return after


@pytest.mark.parametrize("who", ["", "Karel Dewulf"])
def test_who_is_registered_at_an_event_with_one_question_for_a_name_has_it(who: str) -> None:
    after = decided(Choice.REGISTER, "water", who)
    assert {*after.text("name").split()} == {"Karel", "Dewulf"}
    assert after.status is Status.REGISTERED


def test_what_the_mail_tells_besides_comes_under_the_questions_of_the_event() -> None:
    after = decided(Choice.REGISTER, "water")
    assert (after.text("role"), after.text("dieet_of_allergie")) == ("schepen", "vegetarisch")
    assert after.text("e_mailadres") == "karel.dewulf@damme.example"
    assert not {*after.answers} - {one.key for one in WATER.fields}


@pytest.mark.parametrize("at", ["kis", "water"])
@pytest.mark.parametrize("who", ["", "Karel Dewulf", "Rita Maes"])
@pytest.mark.parametrize("choice", [Choice.WITHDRAW, Choice.EXCUSE])
def test_who_is_taken_off_or_excused_never_comes(choice: Choice, who: str, at: str) -> None:
    assert decided(choice, at, who).status in (Status.EXCUSED, Status.CANCELLED)


def test_those_whom_a_list_registers_do_not_come_where_she_takes_them_off() -> None:
    text = "Graag inschrijven:\n- Rita Maes, schepen\n- Jan Claes, raadslid"
    arrival, said = read(text, "Inschrijving", KAREL, BOTH)
    case = Case(CaseKind.UNCLEAR, "Karel", "", (Choice.WITHDRAW,), MORNING, message=1)
    edit = Edit(EditKind.DECISION, "Postvak", choice=Choice.WITHDRAW, event="Kennisplatform")
    after = rows_after(decide_case(case, edit, known(), BOTH, MORNING, arrival, said))
    assert not [one for one in after if one.status.is_in]


@pytest.mark.parametrize(
    ("name", "doubted"),
    [("Claeys Sofie", False), ("Maes Peeters", True)],
)
def test_a_whole_name_is_parted_where_the_event_asks_halves(name: str, doubted: bool) -> None:
    person = Person({"name": Answer(name), "gsm": Answer("0475 01 02 03"), "group": Answer("Ontharding")})
    unsure = Problem(0, "gsm", Code.UNSURE)
    said = Submission(SubmissionKind.FORM, "water", (person,), (unsure,))
    read_so = by_form_of(said, form("kennisplatform"), BOTH)
    (one,) = read_so.people
    family, _, given = name.partition(" ")
    assert one.values == {"last_name": family, "first_name": given, "phone": "0475 01 02 03"}
    assert {problem.field for problem in read_so.problems} == {
        "phone",
        *(("last_name", "first_name") if doubted else ()),
    }
    assert read_so.form == "kennisplatform"
    assert by_form_of(read_so, form("kennisplatform"), BOTH) == read_so


def test_halves_become_a_whole_in_the_order_that_is_asked() -> None:
    person = Person({"last_name": Answer("Van den Broeck"), "first_name": Answer("Els")})
    said = Submission(SubmissionKind.NO_FORM, told=(person,))
    (one,) = by_form_of(said, WATER, BOTH).told
    assert one.values == {"name": "Van den Broeck Els"}
    first = WATER.model_copy(
        update={"fields": (WATER.fields[0].model_copy(update={"label": "Voornaam en naam"}),)}
    )
    here = replace(BOTH, forms={**BOTH.forms, "first": first})
    assert by_form_of(said, first, here).told[0].values == {"name": "Els Van den Broeck"}


def test_halves_stay_halves_and_as_sure_as_they_were() -> None:
    person = Person({"last_name": Answer("Claes Maes"), "first_name": Answer("Anne Marie")})
    unsure = Problem(0, "first_name", Code.UNSURE)
    said = Submission(SubmissionKind.FORM, "burgemeestersoverleg", (person,), (unsure,))
    read_so = by_form_of(said, form("kennisplatform"), BOTH)
    assert read_so.people == (person,)
    assert read_so.problems == (unsure,)


def test_no_name_is_kept_where_the_event_asks_none() -> None:
    fields = tuple(one for one in WATER.fields if one.key != "name")
    nameless = WATER.model_copy(update={"id": "nameless", "fields": fields})
    person = Person({"name": Answer("Els Maes"), "gsm": Answer("0475 01 02 03")})
    said = Submission(SubmissionKind.FORM, "water", (person,))
    here = replace(BOTH, forms={**BOTH.forms, "nameless": nameless})
    assert by_form_of(said, nameless, here).people[0].values == {"gsm": "0475 01 02 03"}
