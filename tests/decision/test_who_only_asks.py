"""Requests in which the writer speaks only as who asks: what they ask is of whom the mail names, and of the
writer where it names nobody. And a "but" written short, which keeps apart who comes and who does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide
from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.registration import Status
from mailbot.intent.follow_up import complete

from .building import MORNING, event, known, row, rows_after
from .test_read_and_decided import ONE_MEETING, mailed, read


def put_on_the_list(text: str) -> set[str]:
    """The names of those whom a first mail of Jan Peeters of Damme puts on the list."""
    return {str(one.answers["last_name"]) for one in rows_after(mailed(text)[0])}


@pytest.mark.parametrize(
    "text",
    [
        "Namens schepen Els Maes meld ik u dat zij op 3 december aanwezig zal zijn op het kennisplatform. "
        "Mag ik u verzoeken de inschrijving te noteren?",
        "Schepen Els Maes zal het kennisplatform bijwonen. "
        "Ik vraag u vriendelijk de inschrijving in orde te brengen.",
        "Onze schepen Els Maes wenst deel te nemen aan het kennisplatform. "
        "Ik zou u willen vragen om dit te registreren.",
        "Mijn collega Els Maes zal aanwezig zijn op het kennisplatform. Ik verzoek u haar in te schrijven.",
        "Els Maes sera présente au kennisplatform. Je vous prie de bien vouloir l'inscrire.",
        "Els Maes will attend the Kennisplatform. I would ask you to register her.",
    ],
)
def test_who_asks_to_note_that_another_comes_does_not_come(text: str) -> None:
    assert put_on_the_list(text) == {"Maes"}


@pytest.mark.parametrize(
    ("text", "comes"),
    [
        ("Ik verzoek u mij in te schrijven voor het kennisplatform.", {"Peeters"}),
        ("Mag ik u vragen mijn inschrijving voor het kennisplatform te noteren?", {"Peeters"}),
        ("Els Maes komt naar het kennisplatform. Ik verzoek u mij ook in te schrijven.", {"Maes", "Peeters"}),
        ("Els Maes zal deelnemen aan het kennisplatform. Ik schrijf mij eveneens in.", {"Maes", "Peeters"}),
    ],
)
def test_who_asks_it_for_themselves_comes(text: str, comes: set[str]) -> None:
    assert put_on_the_list(text) == comes


def gone(text: str) -> set[str]:
    """Who of Jan Peeters and Els Maes, whom he registered as well, is off the list after his mail."""
    two = (
        row(1, name="Jan Peeters", email="jan@damme.example"),
        row(2, name="Els Maes", email="jan@damme.example"),
    )
    nrs = tuple(one.nr for one in two)
    context = known(*two, thread=nrs, thread_event="kis", answers_mail_to="jan@damme.example")
    decision, _ = mailed(
        text, "Re: Ingeschreven", context=replace(context, answers_mail_about=frozenset(nrs))
    )
    off = {Status.CANCELLED, Status.EXCUSED}
    return {str(one.answers["first_name"]) for one in rows_after(decision) if one.status in off}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ik kan nie mee ma Els Maes gaat wel, die moet blijve staan. Mij moogt ge afmelden", {"Jan"}),
        ("Els Maes kan nie ma ik kom wel", {"Els"}),
        ("Kan er ni zijn ma Els Maes gaat wel", set()),
        ("Mij moet ge schrappen ma laat Els Maes staan", set()),
        ("Schrap mij, maar laat Els Maes staan.", set()),
        ("Schrap Els Maes maar, ik kom wel.", {"Els"}),
        ("Schrap Els Maes maar niet, ik kom wel.", set()),
        ("Schrap Els Maes maar nog niet.", set()),
        ("Ik kom wel, Els Maes mag je schrappen.", {"Els"}),
        ("Schrap Els Maes, ik kom misschien.", set()),
        ("Ik ben ziek maar Els Maes gaat in elk geval", set()),
        ("Ik lig in het ziekenhuis, Els Maes gaat alleen.", set()),
        ("Els Maes ligt in het ziekenhuis.", {"Els"}),
        ("Schrap Els Maes, ik kom later.", set()),
        ("Ik geraak er niet, maar Els Maes wel, zij blijft staan.", {"Jan"}),
        ("Els Maes kan niet komen. Ik verzoek u de inschrijving te annuleren.", {"Els"}),
        ("Els Maes kan niet komen. Ik vraag u ook mijn inschrijving te annuleren.", {"Jan", "Els"}),
    ],
)
def test_nobody_goes_who_is_set_against_who_does_not_come(text: str, who: set[str]) -> None:
    assert gone(text) == who


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Gelieve mijn functie op de deelnemerslijst in die zin te willen wijzigen.", "raadslid"),
        ("Graag mijn functie wijzigen naar de nieuwe.", "raadslid"),
        ("Gelieve mijn functie op de lijst te wijzigen in kabinetschef.", "kabinetschef"),
    ],
)
def test_what_only_points_at_a_function_is_none(text: str, role: str) -> None:
    jan = row(name="Jan Peeters", email="jan@damme.example", answers={"role": "raadslid"})
    asked = PendingQuestion(Ask.TOLD, "kis", (jan.nr,), (jan,))
    arrival, said = read(text, "Re: Ingeschreven")
    said = complete(said, asked, ONE_MEETING.form_of(event()), ONE_MEETING)
    context = known(
        jan, thread=(jan.nr,), thread_event="kis", answers_mail_to="jan@damme.example", asked=asked
    )
    decision = decide(arrival, said, context, ONE_MEETING, MORNING)
    assert {str(one.answers["role"]) for one in rows_after(decision)} | {role} == {role}
