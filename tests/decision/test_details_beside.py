"""What stands beside people by name of whom something is done: a detail of theirs makes no case of it, and is
noted; what is not noted leaves it to a person."""

from __future__ import annotations

import pytest

from mailbot.domain.decision import Outcome
from mailbot.domain.registration import Status

from .building import rows_after
from .test_beside_what_is_done import answered
from .test_changes_in_words import NOTED
from .test_read_and_decided import mailed

CABINET = "Kabinet <kabinet@damme.example>"


@pytest.mark.parametrize(
    "said",
    [
        "Els Maes komt naar het kennisplatform.",
        "Onze schepen Els Maes zal aanwezig zijn op 3 december.",
        "Gelieve onze kabinetsadviseur Els Maes als deelnemer te willen noteren.",
        "Veuillez inscrire notre échevine Els Maes.",
    ],
)
@pytest.mark.parametrize(
    ("beside", "key", "value"),
    [
        ("Haar gsm: 0478 12 34 56", "phone", "0478 12 34 56"),
        ("Het e-mailadres luidt els.maes@damme.example.", "email", "els.maes@damme.example"),
        ("Zij eet vegetarisch.", "diet", "vegetarisch"),
        ("Kan er voor haar een vegetarische maaltijd voorzien worden?", "diet", "vegetarische maaltijd"),
        ("Waarvoor dank.", "attends", True),
    ],
)
def test_a_detail_of_who_is_put_on_the_list_is_noted(said: str, beside: str, key: str, value: object) -> None:
    decision, _ = mailed(f"{said} {beside}", sender=CABINET)
    (els,) = rows_after(decision)
    assert (els.answers["last_name"], els.answers[key], decision.cases) == ("Maes", value, ())


@pytest.mark.parametrize(
    "said", ["Els Maes komt ook.", "Kan u Els Maes toevoegen?", "Ik breng Els Maes mee."]
)
@pytest.mark.parametrize("beside", ["Zij eet vegetarisch.", "Voor haar graag vegetarisch."])
def test_what_who_comes_along_eats_is_noted(said: str, beside: str) -> None:
    decision = answered(f"{said} {beside}", NOTED)
    (els,) = rows_after(decision)
    assert (els.answers["last_name"], els.answers["diet"], decision.cases) == ("Maes", "vegetarisch", ())


@pytest.mark.parametrize(
    ("beside", "diet"),
    [
        ("Zij eet vegetarisch.", "vegetarisch"),
        ("Voor haar graag een vegetarische maaltijd.", "vegetarische maaltijd"),
        ("Kan er voor haar een vegetarische maaltijd voorzien worden?", "vegetarische maaltijd"),
        ("Ze komt met de trein.", None),
    ],
)
def test_what_who_comes_instead_eats_is_noted(beside: str, diet: str | None) -> None:
    decision = answered(f"Els Maes komt in mijn plaats. {beside}", NOTED)
    assert (decision.outcome, decision.cases) == (Outcome.SUBSTITUTED, ())
    assert rows_after(decision)[-1].answers.get("diet") == diet


@pytest.mark.parametrize(
    "beside",
    ["Ik eet vegetarisch.", "Zij zit in een rolstoel.", "Zij is allergisch.", "Zij komt misschien."],
)
def test_what_is_not_noted_of_who_comes_instead_is_for_a_person(beside: str) -> None:
    decision = answered(f"Els Maes komt in mijn plaats. {beside}", NOTED)
    assert (rows_after(decision), len(decision.cases)) == ((), 1)


@pytest.mark.parametrize(
    "text", ["Is er een vegetarische maaltijd voorzien?", "Kan u zeggen of er een lunch voorzien wordt?"]
)
def test_whether_there_is_a_meal_is_asked(text: str) -> None:
    assert answered(text, NOTED).cases


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Diensthoofd Els Maes komt naar het kennisplatform.", Status.REGISTERED),
        ("Kabinetschef Els Maes is verhinderd.", Status.EXCUSED),
    ],
)
def test_an_office_before_a_name_is_none_of_it(text: str, status: Status) -> None:
    decision, _ = mailed(text, sender=CABINET)
    (els,) = rows_after(decision)
    assert (els.answers["first_name"], els.answers["last_name"], els.status) == ("Els", "Maes", status)


def test_two_who_come_with_their_offices_are_both_put_on_the_list() -> None:
    decision, _ = mailed(
        "Onze korpschef Katrien Wybo en hoofdinspecteur Luc Acke komen naar het kennisplatform.",
        sender=CABINET,
    )
    roles = [(one.answers["last_name"], one.answers["role"]) for one in rows_after(decision)]
    assert roles == [("Wybo", "korpschef"), ("Acke", "hoofdinspecteur")]


@pytest.mark.parametrize(
    "text",
    [
        "Graag één plaats voor burgemeester Els Maes.",
        "Graag nog een plaats voor schepen Els Maes.",
        "Voor onze dienst komt schepen Els Maes.",
    ],
)
def test_a_place_for_somebody_by_name_puts_them_on_the_list(text: str) -> None:
    decision, _ = mailed(text, "Re: Uitnodiging Kennisplatform", CABINET)
    (els,) = rows_after(decision)
    assert (els.answers["last_name"], els.status, decision.cases) == ("Maes", Status.REGISTERED, ())


@pytest.mark.parametrize(
    "text",
    [
        "Graag een parkeerplaats voor Els Maes.",
        "Graag een plaats vooraan voor Els Maes.",
        "Graag één plaats voor het OCMW Damme.",
        "Hoeveel personen kan u verwachten?",
    ],
)
def test_another_place_puts_nobody_on_the_list(text: str) -> None:
    decision, _ = mailed(text, "Re: Uitnodiging Kennisplatform", CABINET)
    assert (rows_after(decision), len(decision.cases)) == ((), 1)


def test_those_whom_we_may_expect_are_put_on_the_list() -> None:
    text = (
        "Voor onze gemeente mag u volgende personen verwachten:\n- Els Maes, schepen\n- Jan Claes, raadslid"
    )
    decision, _ = mailed(text, sender="Ann Bo <ann@damme.example>")
    assert [one.answers["last_name"] for one in rows_after(decision)] == ["Maes", "Claes"]


@pytest.mark.parametrize(
    "text", ["Zet op mijn plaats Els Maes.", "Zet op mijn plaats maar Els Maes. Ik zit vast op het werk."]
)
def test_whom_somebody_puts_at_their_place_comes_instead(text: str) -> None:
    assert answered(text, NOTED).outcome is Outcome.SUBSTITUTED


@pytest.mark.parametrize(
    ("text", "is_case"),
    [
        ("Ik kom en heb mijn laptop bij.", False),
        ("Ik kom en heb Vicky bij.", True),
        ("Zet op mijn plaats een bordje met Els Maes.", True),
    ],
)
def test_a_thing_that_somebody_has_along_is_nobody(text: str, is_case: bool) -> None:
    assert bool(answered(text, NOTED).cases) is is_case
