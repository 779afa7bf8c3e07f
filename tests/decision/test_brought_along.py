"""Who is on the list and writes that somebody comes along: her ``inschrijven`` takes over all that the mail
says, each in the right row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide, decide_case
from mailbot.domain.case import Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Outcome
from mailbot.domain.registration import Registration, Status
from mailbot.notifications import compose
from mailbot.pipeline.offered_change import with_offered_changes
from mailbot.wording import matter

from .building import MORNING, known, row, rows_after, settings
from .test_read_and_decided import left, mailed, read

HERE = settings()
LISTED = known(row(1), row(2, name="Piet Claes", email="piet.claes@damme.example"))
COMES_ALONG = "Mijn collega Rik Bos komt ook."


def case_of(text: str) -> Case:
    arrival, submission = read(text, "Re: Kennisplatform", "Els Maes <els@damme.example>")
    decision = decide(arrival, submission, LISTED, HERE, MORNING)
    (case,) = with_offered_changes(decision, submission, LISTED, arrival.message, HERE).decision.cases
    return replace(case, id=7)


def registered(text: str) -> dict[str, Registration]:
    """The rows that follow from ``inschrijven``, by nr."""
    arrival, submission = read(text, "Re: Kennisplatform", "Els Maes <els@damme.example>")
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=Choice.REGISTER)
    decision = decide_case(case_of(text), edit, LISTED, HERE, MORNING, arrival, submission)
    assert (decision.outcome, decision.cases) == (Outcome.REGISTERED, ())
    (answer, *_) = compose(decision, arrival, HERE, MORNING)
    assert "Rik Bos" in answer.text
    return {one.nr: one for one in rows_after(decision)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Mijn collega Rik Bos komt ook (vegetarisch), zijn adres is rik.bos@damme.example.",
            {"email": "rik.bos@damme.example", "diet": "vegetarisch"},
        ),
    ],
)
def test_what_the_words_tell_of_who_comes_along_is_in_their_row(text: str, said: dict[str, str]) -> None:
    after = registered(text)
    assert set(after) == {"INS-0003"}
    rik = after["INS-0003"]
    assert (rik.status, rik.organisation_known) == (Status.REGISTERED, "Damme")
    assert {key: rik.text(key) for key in ("email", "role", "diet") if rik.text(key)} == said
    assert "gaat over Rik Bos" in matter(case_of(text))


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        (f"Gelieve mijn nieuw adres te noteren: els.maes@damme.example. {COMES_ALONG}", "email", "els.maes@"),
        (f"Ik ben vegetariër. {COMES_ALONG}", "diet", "vegetariër"),
        ("Mijn nieuwe nummer is 0478 12 34 56. Ik breng Rik Bos mee.", "phone", "0478 12 34 56"),
    ],
)
def test_what_changes_of_the_writer_is_taken_over_with_it(text: str, field: str, value: str) -> None:
    case = case_of(text)
    assert case.choices[0] is Choice.REGISTER
    assert Choice.TAKE_NEW not in case.choices  # which would be half
    assert f"{value}" in matter(case)
    after = registered(text)
    assert set(after) == {"INS-0001", "INS-0003"}
    assert after["INS-0001"].text(field).startswith(value)
    assert after["INS-0003"].text(field) == ""


def test_an_address_of_the_writer_is_offered_at_no_row_of_another() -> None:
    case = case_of("Piet Claes komt ook mee. Mijn adres is nu els.maes@damme.example.")
    assert (case.registration, Choice.TAKE_NEW in case.choices) == ("INS-0002", False)


def test_who_comes_along_with_all_data_and_a_diet_is_on_the_list_without_her() -> None:
    text = "Rik Bos (rik.bos@damme.example, schepen) komt ook mee. Graag voor hem vegetarisch."
    arrival, submission = read(text, "Re: Kennisplatform", "Els Maes <els@damme.example>")
    decision = decide(arrival, submission, LISTED, HERE, MORNING)
    (rik,) = rows_after(decision)
    assert (decision.outcome, decision.cases, rik.doubts) == (Outcome.REGISTERED, (), ())
    assert [rik.text(key) for key in ("email", "role", "diet")] == [
        "rik.bos@damme.example",
        "schepen",
        "vegetarisch",
    ]


def test_who_comes_along_with_a_diet_alone_is_registered_with_it() -> None:
    arrival, submission = read(
        f"{COMES_ALONG} Hij eet vegetarisch.", "Re: Kennisplatform", "Els Maes <els@damme.example>"
    )
    decision = decide(arrival, submission, LISTED, HERE, MORNING)
    (rik,) = rows_after(decision)
    assert (rik.status, rik.text("diet"), decision.cases) == (Status.REGISTERED, "vegetarisch", ())


def test_what_who_comes_instead_eats_is_in_their_row() -> None:
    text = "Ik kan niet, Nele Vos komt in mijn plaats. Graag voor haar veganistisch."
    arrival, submission = read(text, "Kennisplatform", "Piet Claes <piet.claes@damme.example>")
    decision = decide(arrival, submission, LISTED, HERE, MORNING)
    rows = {one.nr: one for one in rows_after(decision)}
    assert (rows["INS-0002"].status, decision.cases) == (Status.CANCELLED, ())
    assert (rows["INS-0003"].text("last_name"), rows["INS-0003"].text("diet")) == ("Vos", "veganistisch")


def test_what_who_comes_in_anothers_place_eats_is_kept_for_who_decides_that() -> None:
    text = "Piet Claes kan niet, Nele Vos komt in zijn plaats. Zij eet veganistisch."
    arrival, submission = read(text, "Kennisplatform", "Els Maes <els@damme.example>")
    decision = decide(arrival, submission, LISTED, HERE, MORNING)
    assert [case.kind for case in decision.cases] == [CaseKind.UNRELATED]
    assert submission.substitute is not None
    assert submission.substitute.text("diet") == "veganistisch"


def test_a_diet_that_stands_alone_beside_a_name_in_a_list_is_no_guess() -> None:
    listed = "- Piet Claeys, schepen (vegetarisch)\n- Lieve Goethals, diensthoofd (allicht glutenvrij)"
    text = f"Dag,\n\nVan onze gemeente komen:\n{listed}\n\nMet vriendelijke groeten\nRita Bogaert"
    _, submission = read(text, "Kennisplatform", "Rita Bogaert <rita@damme.example>")
    assert [one.text("diet") for one in submission.told] == ["vegetarisch", "glutenvrij"]
    assert [one.person for one in submission.told_doubts if one.field == "diet"] == [1]


@pytest.mark.parametrize(
    ("text", "leave"),
    [
        ("Op de 3de kan Piet Claes niet. De anderen komen wel.", ["INS-0002"]),
        ("Helaas kan schepen Piet Claes niet.", ["INS-0002"]),
        ("Op maandag kan Piet Claes niet, de 3de wel.", []),
        ("Kan Piet Claes niet, dan komt Rik Bos.", []),
        ("Helaas kan Piet Claes niet parkeren.", []),
    ],
)
def test_who_cannot_come_may_stand_behind_the_verb(text: str, leave: list[str]) -> None:
    arrival, submission = read(text, "Re: Gewijzigd: Kennisplatform", "Els Maes <els@damme.example>")
    theirs = known(row(1), row(2, name="Piet Claes", email="els@damme.example"))
    decision = decide(arrival, submission, theirs, HERE, MORNING)
    assert left(decision) == leave
    assert leave or decision.outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Ik kom met mijn collega Rik Bos naar het Kennisplatform.", False),
        ("Mijn collega Rik Bos en ikzelf komen naar het Kennisplatform.", False),
        ("Ik kom met mijn vrouw Rika Bos naar het Kennisplatform.", True),
    ],
)
def test_a_colleague_by_name_is_of_the_same_body_and_nobody_else_is(text: str, *, asked: bool) -> None:
    decision, _ = mailed(text, sender="Els Maes <els.maes@damme.example>")
    doubted = any(one.problems for one in decision.results)
    assert (doubted or not decision.results) is asked
