"""What is told of somebody by their function or title, by who registered them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.domain.case import Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.registration import Registration
from mailbot.intent.answers.by_office import with_names

from .building import form, row
from .test_noted_for import decided

SELF = row(1, name="Jan Peeters", email="jan@damme.example", sender="jan@damme.example")
MAYOR, SPORT, CULTURE = (
    row(nr, name=name, email="", sender="jan@damme.example", answers={"role": role})
    for nr, name, role in (
        (2, "Ria Beeusaert", "burgemeester"),
        (3, "An De Smet", "schepen van sport"),
        (4, "Bo Claes", "schepen van cultuur"),
    )
)


def noted(text: str, *rows: Registration, in_thread: bool) -> dict[str, dict[str, object]]:
    """What becomes otherwise of each, by last name."""
    decision = decided(text, *rows, in_thread=in_thread)
    changed = [one for one in decision.results if one.after and one.outcome is Outcome.CHANGED]
    return {
        one.after.text("last_name"): {
            key: value
            for key, value in one.after.answers.items()
            if one.before and one.before.answers.get(key) != value
        }
        for one in changed
        if one.after
    }


@pytest.mark.parametrize("in_thread", [True, False])
@pytest.mark.parametrize(
    ("text", "of", "key", "value"),
    [
        ("De burgemeester eet geen vlees. Graag noteren.", "Beeusaert", "diet", "geen vlees"),
        ("De burgemeester eet geen vlees, graag noteren.", "Beeusaert", "diet", "geen vlees"),
        ("Onze burgemeester is allergisch voor noten.", "Beeusaert", "diet", "allergisch voor noten"),
        ("Graag noteren dat de burgemeester geen vlees eet.", "Beeusaert", "diet", "geen vlees"),
        ("Mevrouw Beeusaert eet vegetarisch.", "Beeusaert", "diet", "vegetarisch"),
        ("Voor schepen De Smet graag glutenvrij.", "De Smet", "diet", "glutenvrij"),
        ("De schepen van sport eet halal.", "De Smet", "diet", "halal"),
        ("De burgemeester heeft een nieuw gsm-nummer: 0478 11 22 33.", "Beeusaert", "phone", "0478 11 22 33"),
    ],
)
def test_who_is_told_by_function_has_it_noted(
    text: str, of: str, key: str, value: str, *, in_thread: bool
) -> None:
    assert noted(text, SELF, MAYOR, SPORT, CULTURE, in_thread=in_thread) == {of: {key: value}}


@pytest.mark.parametrize("in_thread", [True, False])
def test_the_only_one_of_a_mail_is_told_by_function_too(*, in_thread: bool) -> None:
    told = noted("De burgemeester eet geen vlees. Graag noteren.", MAYOR, in_thread=in_thread)
    assert told == {"Beeusaert": {"diet": "geen vlees"}}


@pytest.mark.parametrize("in_thread", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "De schepen eet geen vlees.",  # two of them
        "De burgemeester van Brugge eet geen vlees.",
        "De chauffeur van de burgemeester eet geen vlees.",
        "De burgemeester eet geen vlees en ik eet geen vis.",
        "Misschien eet de burgemeester geen vlees.",
    ],
)
def test_what_may_be_of_another_changes_nothing(text: str, *, in_thread: bool) -> None:
    assert noted(text, SELF, MAYOR, SPORT, CULTURE, in_thread=in_thread) == {}
    assert noted(text, MAYOR, in_thread=in_thread) == {}


@pytest.mark.parametrize(
    "below", ["De burgemeester,\nRia Beeusaert", "Ria Beeusaert\nDe burgemeester van Damme"]
)
def test_who_signs_with_their_function_tells_of_themselves(below: str) -> None:
    mayor = replace(
        MAYOR, answers={**MAYOR.answers, "email": "ria@damme.example"}, sender="ria@damme.example"
    )
    text, sender = f"Ik eet vegetarisch.\n\n{below}", "Ria Beeusaert <ria@damme.example>"
    decision = decided(text, mayor, in_thread=True, sender=sender)
    (result,) = decision.results
    assert result.after is not None
    assert result.after.text("diet") == "vegetarisch"


def test_what_somebody_eats_is_no_excuse() -> None:
    (case,) = decided("De schepen eet geen vlees.", SELF, SPORT, CULTURE, in_thread=False).cases
    assert Choice.EXCUSE not in case.choices


def test_who_has_no_whole_name_yet_keeps_the_function_that_tells_them() -> None:
    nameless = row(1, name=" Pauwels", answers={"role": "burgemeester"})
    text = "De burgemeester heet Filip Pauwels."
    assert with_names(text, (nameless,), form("kennisplatform")) == text
