"""What becomes of an answer to a question that the secretary asked from a row of Te behandelen."""

from __future__ import annotations

import pytest

from mailbot.wording.dates import day_of_month
from tests.event_sheet.town import DAMME, Town, answers, in_days, person, typed

TODAY = day_of_month(in_days(0).date())
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
    assert f'Nagevraagd op {TODAY}: "Om wie gaat het?"' in told
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


#: Several people in words, as a town clerk lists them: nobody understands all of it.
LIST = """Beste

Voor het Kennisplatform mag u misschien inschrijven, zij weten het zelf nog niet zeker:
- Jan Morel, schepen
- Philippe Vlietinck, raadslid, geen broodjes
- Kathleen Van der Hooft, raadslid (allergisch aan schaaldieren)
"""


def test_what_she_asked_stands_first_in_the_row_that_she_asked_it_in_and_the_row_stays(town: Town) -> None:
    town.configure(organisations=DAMME)
    town.mail(WIM, "Inschrijvingen", LIST)
    town.run()
    town.mail(
        "An Claes <an.claes@damme.example>", "Kennisplatform", "Ik kom misschien naar het Kennisplatform."
    )
    town.run()
    before = town.open_cases()
    assert len(before) == 2
    assert "Vlietinck" in str(before[0]["Wat er gelezen werd"])
    town.decide("Vlietinck", "navragen", "Van welk bestuur zijn zij?")
    (asked,) = answers(town.run())
    waits, other = town.open_cases()
    said = str(before[0]["Wat er gelezen werd"])
    question = f'Nagevraagd op {TODAY}: "Van welk bestuur zijn zij?"'
    assert waits["Wat er gelezen werd"] == f"{question}; nog geen antwoord. {said}"
    assert (waits["Wanneer"], waits["Beslissing"], waits["Toelichting"]) == (before[0]["Wanneer"], None, None)
    assert other == before[1]
    town.mail(WIM, "Re: Inschrijvingen", "Alle drie van Damme.", answers=asked)
    town.run()
    answered, other = town.open_cases()
    told = str(answered["Wat er gelezen werd"])
    assert told.startswith(f"{said} {question} Antwoord"), "what she reads is in the order of what happened"
    assert "nog geen antwoord" not in told
    assert other == before[1]


def test_the_row_of_a_decision_that_could_not_be_carried_out_stays_where_it_is(town: Town) -> None:
    town.configure(organisations=DAMME)
    for name in ("Baert", "Claes"):
        sender = f"Wim {name} <wim.{name.lower()}@damme.example>"
        town.mail(sender, "Kennisplatform", "Ik kom misschien naar het Kennisplatform.")
        town.run()
    town.decide("Baert", "navragen")
    assert answers(town.run()) == []
    first, other = town.open_cases()
    assert "Baert" in str(first["Wie"])
    assert str(first["Wat er gelezen werd"]).endswith("Schrijf uw vraag in Toelichting.")
    assert "Claes" in str(other["Wie"])


OFFICE = "Secretariaat Damme <secretariaat@damme.example>"
PEOPLE = (
    "Jan Morel, schepen, jan.morel@damme.example\n"
    "Philippe Vlietinck, raadslid, philippe.vlietinck@damme.example\n"
    "Kathleen Van der Hooft, raadslid, kathleen.vanderhooft@damme.example\n\n"
    "Alle drie van Gemeente Damme.\n\nPeter"
)
LISTED = [
    ("Jan", "Morel", "schepen", "jan.morel@damme.example"),
    ("Philippe", "Vlietinck", "raadslid", "philippe.vlietinck@damme.example"),
    ("Kathleen", "Van der Hooft", "raadslid", "kathleen.vanderhooft@damme.example"),
]
NOTES = (
    "Dag,\n\nHierbij drie namen voor het Kennisplatform:\nJan Morel – graag parking vooraan\n"
    "Philippe Vlietinck – komt met de trein\nKathleen Van der Hooft\n\nPeter"
)


def test_places_for_people_by_their_function_are_kept_and_asked_about(town: Town) -> None:
    town.configure(organisations=DAMME)
    first = "Graag drie plaatsen op het Kennisplatform voor onze schepen en twee raadsleden."
    town.mail(OFFICE, "Kennisplatform", first)
    (asked,) = answers(town.run())
    assert "van wie komt, voor plaats 1, plaats 2 en plaats 3" in asked.get_body(("plain",)).get_content()
    assert [row["Status"] for row in town.sheet()] == ["Onvolledig"] * 3


def test_all_whom_the_answer_lists_are_registered_from_her_row_and_nobody_else(town: Town) -> None:
    first, answer, people = NOTES, PEOPLE, LISTED
    town.configure(organisations=DAMME)
    town.mail(OFFICE, "Kennisplatform", first)
    town.run()
    town.decide("Damme", "navragen", "Over wie gaat het?")
    (asked,) = answers(town.run())
    town.mail(OFFICE, "Re: Kennisplatform", answer, answers=asked)
    town.run()
    (case,) = town.open_cases()
    assert all(f"{given} {family}" in str(case["Wat er gelezen werd"]) for given, family, *_ in people)
    assert str(case["Wat er gelezen werd"]).endswith("niet over wie schreef.")
    town.decide("Damme", "inschrijven")
    town.run()
    columns = ("Voornaam", "Naam", "Functie")
    assert [tuple(str(row[one] or "") for one in columns) for row in town.sheet()] == [
        one[:3] for one in people
    ]
    assert {str(row["Gemeente/OCMW"]).removeprefix("Gemeente ") for row in town.sheet()} == {"Damme"}
    assert [row["E-mail"] for row in town.sheet() if row["E-mail"]] == [one[3] for one in people if one[3]]
    assert town.open_cases() == []


def test_no_row_without_a_name_is_made_where_the_words_name_people(town: Town) -> None:
    town.configure(organisations=DAMME)
    town.mail(OFFICE, "Kennisplatform", NOTES)
    town.run()
    town.decide("Damme", "inschrijven")
    assert answers(town.run()) == []
    assert town.sheet() == []
    (case,) = town.open_cases()
    assert "De mail noemt Jan Morel" in str(case["Wat er gelezen werd"])


def test_who_of_those_listed_is_registered_already_keeps_the_one_row(town: Town) -> None:
    town.configure(organisations=DAMME)
    jan = person(Naam="Morel", Voornaam="Jan", Functie="schepen", **{"E-mail": "jan.morel@damme.example"})
    town.mail("Jan Morel <jan.morel@damme.example>", "Kennisplatform", typed(jan))
    town.mail(OFFICE, "Kennisplatform", NOTES)
    town.run()
    town.decide("Damme", "navragen", "Over wie gaat het?")
    (asked,) = answers(town.run())
    town.mail(OFFICE, "Re: Kennisplatform", PEOPLE, answers=asked)
    town.run()
    town.decide("Damme", "inschrijven")
    town.run()
    assert sorted(row["Naam"] for row in town.sheet()) == ["Morel", "Van der Hooft", "Vlietinck"]
