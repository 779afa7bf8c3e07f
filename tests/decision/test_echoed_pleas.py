"""Pleas that ask for what was just said are no wish of their own; what adds to it is never left out."""

from __future__ import annotations

import pytest

from mailbot.domain.decision import Outcome

from .building import rows_after
from .test_beside_what_is_done import answered, told
from .test_changes_in_words import NOTED
from .test_read_and_decided import mailed

CABINET = "Kabinet <kabinet@damme.example>"


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        (
            "In naam van de burgemeester van Damme, Els Maes, deel ik u mede dat deze het kennisplatform "
            "zal bijwonen. Ik verzoek u de inschrijving te willen registreren.",
            False,
        ),
        ("Mijn collega Els Maes komt. Kan u haar inschrijven?", False),
        ("Mevrouw Els Maes sera présente. Merci de noter sa présence.", False),
        ("Els Maes will attend. Could you please register her?", False),
        ("Els Maes kan niet komen. Mag u die naam weghalen?", True),
        ("Els Maes ne pourra pas venir. Pourriez-vous supprimer son inscription ?", True),
    ],
)
def test_a_plea_for_what_was_said_of_somebody_is_of_nobody_else(text: str, leaves: bool) -> None:
    decision, _ = mailed(text, sender="An Claes <an@damme.example>")
    assert [(one.answers["last_name"], one.status.is_out) for one in rows_after(decision)] == [
        ("Maes", leaves)
    ]
    assert not decision.cases


@pytest.mark.parametrize(
    "text",
    [
        "Ik kom. Gelieve hem uit te schrijven.",
        "Ik kom niet. Gelieve haar in te schrijven.",
        "Els Maes komt niet. Gelieve mij in te schrijven.",
        "Els Maes komt. Kan u haar niet inschrijven?",
        "Els Maes komt. Gelieve twee plaatsen te noteren.",
    ],
)
def test_a_plea_for_something_else_is_not_left_out(text: str) -> None:
    decision, _ = mailed(text, sender=CABINET)
    assert decision.cases or not rows_after(decision)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "Sinds kort ben ik kabinetschef. Gelieve mijn functie op de lijst in die zin te wijzigen.",
            "kabinetschef",
        ),
        ("Sinds kort ben ik kabinetschef, gelieve mijn functie aan te passen.", "kabinetschef"),
        ("Ik ben nu hoofdinspecteur. Gelieve mijn functie te wijzigen.", "hoofdinspecteur"),
        ("Gelieve mijn functie te wijzigen in kabinetschef.", "kabinetschef"),
    ],
)
def test_a_new_function_stands_in_its_own_words(text: str, role: str) -> None:
    decision = answered(text, NOTED)
    assert (decision.outcome, told(decision)["role"], decision.cases) == (Outcome.CHANGED, role, ())


@pytest.mark.parametrize(
    "text",
    [
        "Gelieve mijn functie op de lijst in die zin te wijzigen.",
        "Gelieve mijn functie in de lijst te wijzigen.",
        "Please change my title in the list.",
        "Please update my function in your records.",
    ],
)
def test_where_a_function_is_noted_is_no_function(text: str) -> None:
    decision = answered(text, NOTED)
    assert (rows_after(decision), len(decision.cases)) == ((), 1)
