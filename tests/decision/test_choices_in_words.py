"""What each choice about a mail in words does: what its name says, for all whom it offers to be about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide_case
from mailbot.domain.case import Case, Choice, Edit, EditKind
from mailbot.domain.decision import Decision, DecisionContext
from mailbot.domain.registration import Registration, Status
from mailbot.wording import matter

from .building import MORNING, known, row, rows_after
from .test_read_and_decided import JAN, ONE_MEETING, mailed, read

MAYOR = row(1, name="Filip Pauwels", email="pauwels@damme.example", answers={"role": "burgemeester"})
OUT = (Status.EXCUSED, Status.CANCELLED)


def case_of(text: str, context: DecisionContext, sender: str = JAN) -> Case:
    (case,) = mailed(text, sender=sender, context=context)[0].cases
    return case


def chosen(text: str, choice: Choice, *rows: Registration, sender: str = JAN) -> Decision:
    """What follows where she takes a choice about the one case that a mail opens."""
    context = known(*rows)
    arrival, submission = read(text, sender=sender)
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=choice)
    case = replace(case_of(text, context, sender), id=7)
    return decide_case(case, edit, context, ONE_MEETING, MORNING, arrival, submission)


def names(decision: Decision) -> list[tuple[str, Status]]:
    return [(one.text("last_name"), one.status) for one in rows_after(decision)]


@pytest.mark.parametrize(
    "text",
    [
        "Kan je voor Stad Damme twee plaatsen voorzien? De namen volgen volgende week.",
        "Mogen wij alvast twee plaatsen vastleggen voor collega's die in januari starten?",
        "Wij zijn met vier, kan dat?",
        "Graag 7 plaatsen voor het Kennisplatform.",
        "De burgemeester is verhinderd. Zelf zal ik er wel zijn.",
        "Kan u mij het programma nog eens bezorgen?",
        "Misschien kom ik naar het Kennisplatform, ik weet het nog niet.",
        "Ik denk niet dat het lukt op 3 december, maar ik probeer.",
        "Kan mijn collega ook komen?",
    ],
)
@pytest.mark.parametrize("sender", [JAN, "Jan Peeters <jan@elders.example>"])
def test_excusing_lets_nobody_come_and_registering_takes_in_who_asks(text: str, sender: str) -> None:
    for choice in case_of(text, known(), sender).choices:
        after = [one.status for one in rows_after(chosen(text, choice, sender=sender))]
        if choice in (Choice.EXCUSE, Choice.WITHDRAW):
            assert set(after) <= set(OUT), choice
            assert after
        if choice is Choice.REGISTER:
            assert any(status not in OUT for status in after)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Kan je voor Stad Damme twee plaatsen voorzien? De namen volgen volgende week.", 2),
        ("Graag 7 plaatsen voor het Kennisplatform.", 7),
        ("Wij zijn met vier, kan dat?", 4),
        ("Wij zijn met vier.", 4),
    ],
)
@pytest.mark.parametrize("sender", [JAN, "Jan Peeters <jan@elders.example>"])
def test_registering_who_asks_for_places_keeps_as_many_as_the_case_names(
    text: str, places: int, sender: str
) -> None:
    assert f"({places})" in matter(case_of(text, known(), sender))
    after = rows_after(chosen(text, Choice.REGISTER, sender=sender))
    assert [one.status for one in after] == [Status.INCOMPLETE] * places
    body = "Damme" if sender == JAN else ""
    assert {one.text("organisation") for one in after} == {body}


@pytest.mark.parametrize("text", ["Ik kom. We zijn met drie.", "Wij zijn met vier op de dienst. Ik kom."])
def test_how_many_they_are_beside_who_comes_is_told_and_registers_that_one(text: str) -> None:
    assert "vraagt plaatsen (" in matter(case_of(text, known()))
    assert names(chosen(text, Choice.REGISTER)) == [("Peeters", Status.REGISTERED)]


def test_who_comes_without_the_mayor_is_registered_and_the_mayor_excused() -> None:
    text = "De burgemeester is verhinderd. Zelf zal ik er wel zijn."
    case = case_of(text, known())
    assert Choice.EXCUSE not in case.choices
    assert "Jan Peeters komt, burgemeester – Damme komt niet" in matter(case)
    mayor, jan = rows_after(chosen(text, Choice.REGISTER))
    assert (mayor.text("role"), mayor.status) == ("burgemeester", Status.EXCUSED)
    assert (jan.text("last_name"), jan.status) == ("Peeters", Status.REGISTERED)


def test_the_mayor_on_the_list_is_the_one_who_stays_away() -> None:
    decision = chosen("De burgemeester is verhinderd. Zelf zal ik er wel zijn.", Choice.REGISTER, MAYOR)
    assert names(decision) == [("Pauwels", Status.CANCELLED), ("Peeters", Status.REGISTERED)]
