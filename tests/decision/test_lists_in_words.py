"""Lists of people in plain words, with details beside their names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide_case
from mailbot.domain.case import CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Outcome
from mailbot.domain.registration import Registration, Status

from .building import MORNING, event, known, rows_after, settings
from .test_meal_in_words import LUNCH
from .test_read_and_decided import mailed, read

OFFICE = "secretaris@damme.example"
HEAD = "Voor het Kennisplatform van 3 december mag u inschrijven:"
BELOW = "\n\nMvg\nPeter Deman\nsecretaris Damme"


def rows(*lines: str) -> tuple[Registration, ...]:
    """Who is on the list by a mail of an office that names people, a line each."""
    text = "\n- ".join((HEAD, *lines)) + BELOW
    decision, _ = mailed(text, "Kennisplatform 3 december", OFFICE)
    return rows_after(decision)


def decided(*lines: str) -> list[Registration]:
    """Who is on the list once she registers a case about such a list."""
    text = "\n- ".join((HEAD, *lines)) + BELOW
    decision, _ = mailed(text, "Kennisplatform 3 december", OFFICE)
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())
    (case,) = decision.cases
    assert (case.kind, Choice.REGISTER in case.choices) == (CaseKind.UNCLEAR, True)
    arrival, submission = read(text, "Kennisplatform 3 december", OFFICE)
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=Choice.REGISTER)
    done = decide_case(replace(case, id=7), edit, known(), settings(), MORNING, arrival, submission)
    return [result.after for result in done.results if result.after is not None]


def registered(*lines: str) -> dict[str, str]:
    """The functions of whom she registers, by last name."""
    return {one.text("last_name"): one.text("role") for one in decided(*lines)}


def test_a_list_with_addresses_and_diets_beside_the_names_is_on_the_list() -> None:
    found = rows(
        "Jan Morel, schepen, jan.morel@damme.example",
        "Philippe Vlietinck, raadslid, philippe.vlietinck@damme.example, geen broodjes",
        "Kathleen Van der Hooft, raadslid (allergisch aan schaaldieren)",
    )
    assert [
        (one.text("last_name"), one.text("role"), one.text("diet"), one.organisation_known) for one in found
    ] == [
        ("Morel", "schepen", "", "Damme"),
        ("Vlietinck", "raadslid", "geen broodjes", "Damme"),
        ("Van der Hooft", "raadslid", "allergisch aan schaaldieren", "Damme"),
    ]
    emails = [one.text("email") for one in found]
    assert emails[:2] == ["jan.morel@damme.example", "philippe.vlietinck@damme.example"]


@pytest.mark.parametrize(
    "diet", ["geen broodjes", "zonder lunch", "geen vlees", "eet niet mee", "geen broodje nodig"]
)
@pytest.mark.parametrize("beside", ["Els Maes, raadslid, {}", "Els Maes (raadslid, {})", "Els Maes, {}"])
def test_a_no_of_what_somebody_eats_beside_a_name_is_their_diet(diet: str, beside: str) -> None:
    found = rows("Jan Morel, schepen", beside.format(diet), "Bo Claes, raadslid")
    assert [(one.text("last_name"), one.text("diet")) for one in found] == [
        ("Morel", ""),
        ("Maes", diet.removeprefix("eet ") if "vlees" in diet else diet),
        ("Claes", ""),
    ]


def test_a_meal_refused_beside_a_name_is_no_function() -> None:
    (_, one) = rows("Jan Morel, schepen", "Els Maes, geen broodjes, els.maes@damme.example")
    assert (one.text("role"), one.text("diet")) == ("", "geen broodjes")


def test_a_meal_refused_beside_a_name_answers_the_question_whether_they_eat_along() -> None:
    text = f"{HEAD}\n- Jan Morel, schepen\n- Els Maes, raadslid, geen broodjes{BELOW}"
    decision, _ = mailed(text, "Kennisplatform 3 december", OFFICE, None, LUNCH)
    said = [result.after.answers.get("own_0") for result in decision.results if result.after is not None]
    assert said == [None, False]


def test_who_does_not_come_in_a_list_of_who_does_is_not_registered() -> None:
    done = decided("Jan Morel, schepen", "Els Maes, raadslid, kan niet komen", "Bo Claes, raadslid")
    assert {one.text("last_name"): one.status for one in done} == {
        "Morel": Status.REGISTERED,
        "Claes": Status.REGISTERED,
        "Maes": Status.EXCUSED,
    }


@pytest.mark.parametrize(
    "line",
    [
        "Els Maes, raadslid, misschien",
        "Els Maes, raadslid, niet zeker",
        "Els Maes, raadslid, els@x.example of bart@y.example",
    ],
)
def test_registering_a_list_that_is_half_understood_registers_whom_it_names(line: str) -> None:
    done = registered("Jan Morel, schepen", line, "Bo Claes, raadslid")
    assert done == {"Morel": "schepen", "Maes": "raadslid", "Claes": "raadslid"}


COLLEAGUES = "Graag schrijf ik mij in, en ook mijn collega's Els Maes (schepen) en Jan Poot (raadslid)."
SIGNED = "\n\nMet vriendelijke groeten\nTom Bos\nalgemeen directeur\nGemeente Damme\n050 70 00 00"


def of_tom(text: str) -> tuple[Outcome, dict[str, Registration]]:
    """The outcome, and who is on the list, by first name, of a mail of Tom Bos with a whole signature."""
    decision, _ = mailed(text + SIGNED, sender="Tom Bos <tom.bos@damme.example>")
    rows = rows_after(decision)
    return decision.outcome, {one.text("first_name"): one for one in rows}


@pytest.mark.parametrize(
    "text",
    [
        COLLEAGUES,
        "Ik schrijf mij in, samen met Els Maes (schepen) en Jan Poot (raadslid).",
        "I would like to register, together with my colleagues Els Maes (schepen) and Jan Poot (raadslid).",
        "Je m'inscris avec mes collègues Els Maes (schepen) et Jan Poot (raadslid).",
    ],
)
def test_several_colleagues_by_name_are_on_the_list_with_who_writes(text: str) -> None:
    outcome, rows = of_tom(text)
    assert (outcome, [*rows]) == (Outcome.REGISTERED, ["Tom", "Els", "Jan"])
    assert [one.text("role") for one in rows.values()] == ["algemeen directeur", "schepen", "raadslid"]


@pytest.mark.parametrize(
    "text",
    [
        "Ik schrijf mij in namens mijn collega's Els Maes en Jan Poot.",
        "Wil je mij inschrijven? Mijn collega's Els Maes en Jan Poot komen niet.",
    ],
)
def test_colleagues_by_name_who_may_not_come_are_read_by_a_person(text: str) -> None:
    assert of_tom(text) == (Outcome.REVIEW, {})


@pytest.mark.parametrize(
    ("said", "diet"),
    [
        ("Els eet vegetarisch.", "vegetarisch"),
        ("Els Maes is vegetariër.", "vegetariër"),
        ("Els heeft een notenallergie.", "notenallergie"),
        ("Els is allergisch voor noten.", "allergisch voor noten"),
    ],
)
def test_what_a_colleague_eats_stands_in_their_row(said: str, diet: str) -> None:
    outcome, rows = of_tom(f"{COLLEAGUES} {said}")
    assert outcome is Outcome.REGISTERED
    assert [one.text("diet") for one in rows.values()] == ["", diet, ""]


@pytest.mark.parametrize("said", ["An eet vegetarisch.", "Zij eet vegetarisch."])
def test_what_somebody_eats_who_is_not_known_is_read_by_a_person(said: str) -> None:
    assert of_tom(f"{COLLEAGUES} {said}") == (Outcome.REVIEW, {})


def test_a_title_of_ours_in_a_name_takes_nothing_of_that_name() -> None:
    text = "Voor Water komen namens Damme:\n- Jan Waterschoot\n- Els Maes\n\nGroeten\nLeen Claes"
    here = settings(event(title="Water"))
    decision, _ = mailed(text, "Inschrijving Water", "Leen Claes <leen.claes@damme.example>", here=here)
    assert [one.text("last_name") for one in rows_after(decision)] == ["Waterschoot", "Maes"]
