"""What becomes of an answer to a question that the secretary asked from a row of Te behandelen."""

from __future__ import annotations

import pytest

from tests.event_sheet.town import DAMME, Town, answers, in_days, person, typed

WIM = "Wim Baert <wim.baert@damme.example>"


def asked_and_answered(town: Town, first: str, question: str, answer: str) -> str:
    """What the one open case says once ``first`` was asked about and answered."""
    town.configure(organisations=DAMME)
    town.mail(WIM, "Kennisplatform", first)
    town.run()
    town.decide("Baert", "navragen", question)
    (asked,) = answers(town.run())
    town.mail(WIM, "Re: Kennisplatform", answer, answers=asked)
    assert answers(town.run()) == []
    (case,) = town.open_cases()
    return str(case["Wat er gelezen werd"])


@pytest.mark.parametrize(
    ("first", "answer", "people"),
    [
        (
            "Graag een plaats op het Kennisplatform voor onze schepen.",
            "Dat is Sofie Lambrecht, schepen van cultuur.",
            [("Sofie", "Lambrecht", "schepen van cultuur", "")],
        ),
        (
            "Er komt iemand van ons naar het Kennisplatform, waarschijnlijk de burgemeester.",
            "Sofie Lambrecht, schepen van cultuur, sofie.lambrecht@damme.example",
            [("Sofie", "Lambrecht", "schepen van cultuur", "sofie.lambrecht@damme.example")],
        ),
        (
            "Ik kom met een collega naar het Kennisplatform.",
            "Mijn collega heet Karel Claes, hij is algemeen directeur.",
            [("Wim", "Baert", "", "wim.baert@damme.example"), ("Karel", "Claes", "algemeen directeur", "")],
        ),
        (
            "Ik kom misschien naar het Kennisplatform.",
            "Ik kan niet, maar Karel Claes, algemeen directeur, komt in mijn plaats.",
            [("Karel", "Claes", "algemeen directeur", "")],
        ),
    ],
)
def test_who_is_registered_from_her_row_is_whom_the_answer_names(
    town: Town, first: str, answer: str, people: list[tuple[str, str, str, str]]
) -> None:
    told = asked_and_answered(town, first, "Om wie gaat het?", answer)
    assert first in told, "one row: what they wrote, what she asked, and the answer"
    assert 'Nagevraagd: "Om wie gaat het?"' in told
    assert answer in told
    town.decide("Baert", "inschrijven")
    assert answers(town.run())
    columns = ("Voornaam", "Naam", "Functie", "E-mail")
    assert [tuple(str(row[one] or "") for one in columns) for row in town.sheet()] == people
    assert town.open_cases() == []


def test_what_is_answered_about_an_answer_in_doubt_is_hers_to_take_over(town: Town) -> None:
    form = typed(
        person(
            Naam="Baert",
            Voornaam="Wim",
            Dieetwensen="misschien iets zonder ...?",
            **{"E-mail": "wim.baert@damme.example"},
        )
    )
    told = asked_and_answered(town, form, "Wat eet u?", "Graag vegetarisch.")
    assert told.endswith("Nieuwe waarde: Dieetwensen: vegetarisch.")
    town.decide("Baert", "nieuwe waarde overnemen")
    town.run()
    assert [row["Dieetwensen"] for row in town.sheet()] == ["vegetarisch"]


def test_her_row_about_a_registration_stays_beside_what_the_answer_asks_for(town: Town) -> None:
    town.event(deadline=in_days(-2).date())
    wim = person(Naam="Baert", Voornaam="Wim", **{"E-mail": "wim.baert@damme.example"})
    town.mail(WIM, "Kennisplatform", typed(wim))
    town.run()
    town.decide("Baert", "navragen", "Waarom zo laat?")
    (asked,) = answers(town.run())
    town.mail(WIM, "Re: Kennisplatform", "Ik was ziek. Mag mijn collega ook komen?", answers=asked)
    town.run()
    late = [str(row["Wat er gelezen werd"]) for row in town.open_cases() if row["Wat is er"] == "Te laat"]
    assert len(late) == 1
    assert 'Antwoord: "Ik was ziek. Mag mijn collega ook komen?"' in late[0]
