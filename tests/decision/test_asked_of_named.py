"""Requests about people by name: whom a writer asks to add or to take off, question mark or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.domain.decision import Decision, DecisionContext, Outcome
from mailbot.domain.registration import Status

from .building import known, row
from .test_read_and_decided import JAN, mailed

OFFICE = "Secretariaat Damme <secretariaat@damme.example>"


def of_office() -> DecisionContext:
    """Two whom an office registered, and the thread of our answer to it."""
    sent = (row(1, name="Els Bouckaert", email=""), row(2, name="Tom Ryckewaert", email=""))
    nrs = tuple(one.nr for one in sent)
    return known(
        *(replace(one, sender="secretariaat@damme.example") for one in sent),
        thread=nrs,
        thread_event="kis",
        answers_mail_to="secretariaat@damme.example",
        answers_mail_about=frozenset(nrs),
    )


def by_office(text: str) -> Decision:
    """The decision about an answer of that office."""
    return mailed(text, "Re: Ingeschreven: Kennisplatform", OFFICE, of_office())[0]


def statuses(decision: Decision) -> dict[str, Status]:
    """The status of whom a decision changes, by last name."""
    done = [one for one in decision.results if one.after and one.outcome is not Outcome.UNCHANGED]
    return {one.after.text("last_name"): one.after.status for one in done if one.after}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "Zou u ook An Verbeke nog kunnen toevoegen? Diensthoofd bij ons, mail {}.\nHartelijk dank",
            "Diensthoofd",
        ),
        ("An Verbeke wil ook mee, ook raadslid bij ons. {}. Kan da nog?", "raadslid"),
        (
            "Kan An Verbeke er nog bij? Ze is beleidsmedewerker mobiliteit, {}.",
            "beleidsmedewerker mobiliteit",
        ),
        ("Mag mijn collega An Verbeke ook meekomen? Haar adres is {}.", ""),
        ("Voeg je An Verbeke nog toe aub ({})?", ""),
        ("Is het mogelijk An Verbeke nog toe te voegen? Mail: {}", ""),
        ("Nog een vraagje: kan An Verbeke ook mee? Ze is schepen. {}", "schepen"),
        ("Mijn collega An Verbeke zou ook graag meekomen. Kan u haar ook inschrijven? {}", ""),
        ("Mijn vrouw An Verbeke zou ook meekomen, kan dat? Mail {}", ""),
        (
            "Bijkomende inschrijving voor het kennisplatform: An Verbeke (gemeenteraadslid) - {}",
            "gemeenteraadslid",
        ),
        ("Could you please add An Verbeke to the list as well? Her email is {}.", ""),
        ("Est-il possible d'ajouter ma collègue An Verbeke ? {}", ""),
        ("Pourriez-vous ajouter An Verbeke ({}) à la liste ?", ""),
    ],
)
def test_who_is_asked_to_be_added_is_registered(text: str, role: str) -> None:
    decision = by_office(text.format("an.verbeke@damme.example"))
    assert statuses(decision) == {"Verbeke": Status.REGISTERED}
    assert decision.cases == ()
    added = next(
        one.after for one in decision.results if one.after and one.after.text("last_name") == "Verbeke"
    )
    assert (added.text("email"), added.text("role")) == ("an.verbeke@damme.example", role)


@pytest.mark.parametrize(
    "text",
    [
        "Gelieve zowel Els Bouckaert als Tom Ryckewaert te schrappen. Er is een extra schepencollege.",
        "Kunt u zowel Els Bouckaert als Tom Ryckewaert uitschrijven? Bedankt.",
        "Zowel Els Bouckaert als Tom Ryckewaert zijn verhinderd.",
        "Kunnen Els Bouckaert en Tom Ryckewaert van de lijst gehaald worden?",
        "Mogen we Els Bouckaert en Tom Ryckewaert afmelden?",
        "Is het mogelijk om Els Bouckaert en Tom Ryckewaert uit te schrijven? Dank u.",
        "Els Bouckaert en Tom Ryckewaert moeten allebei passen, er is gemeenteraad.",
        "Gelieve Els Bouckaert en Tom Ryckewaert te schrappen: zij zijn niet meer bij ons in dienst.",
    ],
)
def test_all_whom_a_writer_asks_to_take_off_are_taken_off(text: str) -> None:
    decision = by_office(text)
    assert {*statuses(decision)} == {"Bouckaert", "Ryckewaert"}
    assert all(status.is_out for status in statuses(decision).values())


def test_who_is_said_to_come_behind_who_is_taken_off_stays() -> None:
    assert {*statuses(by_office("Gelieve Els Bouckaert uit te schrijven, Tom Ryckewaert komt wel."))} == {
        "Bouckaert"
    }


@pytest.mark.parametrize(
    ("head", "writer"),
    [
        ("Mag ik volgende personen inschrijven aub:", False),
        ("Graag schrijf ik volgende collega's in:", False),
        ("Ik wil graag twee mensen inschrijven voor het kennisplatform:", False),
        ("Graag schrijf ik mij in, samen met:", True),
        ("Ik kom met volgende collega's:", True),
    ],
)
def test_who_asks_to_register_those_below_does_not_come_by_it(head: str, *, writer: bool) -> None:
    text = (
        f"{head}\n\n- An Verbeke, raadslid, an.verbeke@damme.example\n- Bart Claes, raadslid\n\nJan Peeters"
    )
    decision = mailed(text, "2 inschrijvingen kennisplatform")[0]
    assert {*statuses(decision)} == {"Verbeke", "Claes", *(("Peeters",) if writer else ())}


@pytest.mark.parametrize(
    "text",
    [
        "Kan An Verbeke ook nog komen, of moet ze zich eerst zelf inschrijven?",
        "Misschien komt An Verbeke ook mee, dat laat ik nog weten.",
        "Kunt u An Verbeke toevoegen aan de mailinglijst? an.verbeke@damme.example",
        "Kan u An Verbeke ook toevoegen aan de werkgroep mobiliteit? an.verbeke@damme.example",
        "Kan je An Verbeke bijzetten zodra ze dat bevestigt? an.verbeke@damme.example",
        "Kan je An Verbeke niet toevoegen zonder haar akkoord?",
        "Zou u An Verbeke of Bart Claes kunnen toevoegen?",
        "Wil An Verbeke ook komen?",
        "Kan je An Verbeke en mij toevoegen?",
        "Kan burgemeester An Verbeke er nog bij? Zij beslist morgen.",
        "Kan ik Els Bouckaert schrappen als zij ziek wordt?",
        "Is Els Bouckaert uitgeschreven?",
        "Is An Verbeke ook ingeschreven?",
        "Moet ik An Verbeke nog inschrijven?",
        "Kan An Verbeke ook inschrijven?",
        "Kan Els Bouckaert zelf uitschrijven?",
        "Kunt u An Verbeke en haar collega toevoegen?",
        "Kan An Verbeke toegevoegd worden aan het overleg van de burgemeesters?",
        "Gelieve Els Bouckaert en Tom Ryckewaert niet te schrappen.",
        "Gelieve zowel de telefoon van Els Bouckaert als die van Tom Ryckewaert te schrappen.",
        "Zowel Els Bouckaert als Tom Ryckewaert kregen geen bevestiging.",
    ],
)
def test_what_says_more_than_such_a_request_is_for_a_person(text: str) -> None:
    decision = by_office(text)
    assert (statuses(decision), len(decision.cases)) == ({}, 1)


def of_writer() -> DecisionContext:
    """One who registered themselves, and the thread of our answer to them."""
    jan = row(name="Jan Peeters", email="jan@damme.example")
    return known(jan, thread=("INS-0001",), thread_event="kis", answers_mail_to="jan@damme.example")


@pytest.mark.parametrize(
    "text",
    [
        "Ik ben niet vrij. In plaats van mij komt mevrouw Nadine Casier, {}, gsm 0470 12 34 56.",
        "Ik heb daarom Nadine Casier, ook van Damme, bereid gevonden om in mijn plaats te komen. Mail: {}",
        "I have a clash. My colleague Nadine Casier ({}) will attend in my place, could you change the name?",
        "Kan Nadine Casier in mijn plaats komen? {}",
        "Mag mijn collega Nadine Casier in mijn plaats komen? Haar adres is {}.",
        "Kan je mijn inschrijving op naam van Nadine Casier zetten? {}",
        "Ik stuur mijn collega Nadine Casier in mijn plaats. Gelieve haar te noteren: {}, gsm 0470 12 34 56.",
        "Wil je mij vervangen door Nadine Casier? Mail is {}.",
    ],
)
def test_who_is_asked_to_come_in_the_place_of_the_writer_does(text: str) -> None:
    text = text.format("nadine.casier@damme.example")
    decision = mailed(text, "Re: Ingeschreven: Kennisplatform", JAN, of_writer())[0]
    assert (decision.outcome, decision.cases) == (Outcome.SUBSTITUTED, ())
    comes = next(one.after for one in decision.results if one.after and one.after.status.is_in)
    assert (comes.text("last_name"), comes.text("email")) == ("Casier", "nadine.casier@damme.example")
    assert comes.text("phone") == ("0470 12 34 56" if "gsm" in text else "")


@pytest.mark.parametrize(
    "text",
    [
        "Kleine wissel bij ons: Bouckaert valt uit wegens ziekte, Astrid Tanghe neemt de plaats in. Mail {}.",
        "Els Bouckaert is ziek, in haar plaats komt Astrid Tanghe, {}.",
        "Wegens ziekte van Els Bouckaert komt Astrid Tanghe in haar plaats. {}",
        "Mag Astrid Tanghe komen in plaats van Els Bouckaert? {}",
        "Astrid Tanghe zal Els Bouckaert vervangen op het kennisplatform. {}",
        "Astrid Tanghe neemt de plaats van Els Bouckaert in, {}.",
        "Ter vervanging van Els Bouckaert komt Astrid Tanghe ({}).",
        "Zou u de inschrijving van Els Bouckaert op naam van Astrid Tanghe kunnen zetten? {}",
    ],
)
def test_who_is_asked_to_come_in_the_place_of_somebody_by_name_does(text: str) -> None:
    decision = by_office(text.format("astrid.tanghe@damme.example"))
    assert decision.cases == ()
    assert statuses(decision) == {"Bouckaert": Status.CANCELLED, "Tanghe": Status.REGISTERED}


@pytest.mark.parametrize(
    "text",
    [
        "Mijn inschrijving staat op naam van Nadine Casier, klopt dat?",
        "Nadine Casier neemt vanaf januari mijn plaats in als schepen.",
        "Wil Nadine Casier in mijn plaats komen?",
        "Zou Nadine Casier in mijn plaats mogen komen als ik niet kan?",
        "Kan Nadine Casier mij vervangen op de werkgroep?",
        "Ik stuur Nadine Casier nog een mail om te vragen of zij in mijn plaats wil komen.",
        "In plaats van mij kan ook Nadine Casier of Tom Maes komen, we beslissen nog.",
        "Ik had Nadine Casier gevraagd om in mijn plaats te komen, maar zij kan niet.",
        "Nadine Casier heeft mij vorig jaar vervangen. Kunt u mij haar adres bezorgen?",
    ],
)
def test_a_standing_in_that_is_open_over_or_of_something_else_replaces_nobody(text: str) -> None:
    decision = mailed(text, "Re: Ingeschreven: Kennisplatform", JAN, of_writer())[0]
    assert (statuses(decision), len(decision.cases)) == ({}, 1)
