"""Whom a display name names, on real mail: what is no person's name makes no row, and hides nobody's."""

from __future__ import annotations

import pytest

from tests.event_sheet.town import Town, answers, person, plain, typed

JAN = "Jan Peeters <jan.peeters@damme.example>"
EVENT = "Kennisplatform"
COMES = "Ik kom graag.\n\nMet vriendelijke groeten\nJan Peeters\nschepen\nGemeente Damme\n"
STAYS = "Ik kan helaas niet komen.\n\nMet vriendelijke groeten\nJan Peeters\n"
NOBODY = ["Kantoor", "iPhone", "Gemeente Damme", "Secretariaat Damme", "Boekhouding bv", "An en Piet", "Info"]
MORE = [
    "Jan Peeters - Gemeente Damme",
    "Jan Peeters | Damme",
    "Jan Peeters prive",
    "mr. Jan Peeters",
    "Jan Peeters (Gemeente Damme)",
    "Jan Peeters (jan.peeters@damme.example)",
    "Peeters Jan (privé)",
    "Jan Peeters, schepen",
    "Gemeente Damme - Jan Peeters",
    "Jan Peeters OCMW Damme",
]


def with_jan(town: Town) -> None:
    """Jan is registered, by his own form."""
    town.mail(JAN, "Inschrijving", typed(person()))
    assert [mail["X-Mailbot-Outcome"] for mail in answers(town.run())] == ["registered"]


def people(town: Town) -> list[tuple[str, str]]:
    """The last name and the status of each row."""
    return [(row["Naam"] or "", row["Status"]) for row in town.sheet()]


@pytest.mark.parametrize("text", [COMES, STAYS], ids=["comes", "stays away"])
def test_who_signs_as_somebody_registered_below_any_display_name_is_a_case(town: Town, text: str) -> None:
    with_jan(town)
    senders = [f'"{shown}" <adres{n}@elders.example>' for n, shown in enumerate([*NOBODY, *MORE])]
    mails = [town.mail(sender, EVENT, text) for sender in senders]
    told = answers(town.run())
    assert {sender: town.outcome(mail) for sender, mail in zip(senders, mails, strict=True)} == dict.fromkeys(
        senders, "review"
    )
    assert (told, people(town)) == ([], [("Peeters", "Ingeschreven")])


def test_who_excuses_themselves_in_a_display_name_with_more_than_the_name_is_a_case(town: Town) -> None:
    with_jan(town)
    mails = [
        town.mail(f'"{shown}" <x{n}@elders.example>', EVENT, "Ik kan niet komen.")
        for n, shown in enumerate(MORE)
    ]
    town.run()
    assert {town.outcome(mail) for mail in mails} == {"review"}
    assert people(town) == [("Peeters", "Ingeschreven")]


@pytest.mark.parametrize(
    "sender",
    [
        "janpeeters1975@elders.example",
        "info-peeters@elders.example",
        "peetersjan@elders.example",
        "Peeters <p@elders.example>",
    ],
)
@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (f"Re: In uw agenda: {EVENT}", "Schrijf mij uit aub."),
        (f"Re: {EVENT}", "Ik kan niet komen, gelieve mij uit te schrijven."),
        (EVENT, "Ik kom graag."),
    ],
)
def test_a_case_of_a_nameless_mail_says_whom_its_address_may_mean(
    town: Town, sender: str, subject: str, text: str
) -> None:
    with_jan(town)
    mail = town.mail(sender, subject, text)
    town.run()
    assert (town.outcome(mail), people(town)) == ("review", [("Peeters", "Ingeschreven")])
    (case,) = town.open_cases()
    assert "Jan Peeters" in case["Wat er gelezen werd"]


def test_what_stands_beside_the_name_of_who_comes_is_no_name(town: Town) -> None:
    mail = town.mail('"Zorin Maes - Gemeente Damme" <z12@thuis.example>', EVENT, "Ik kom graag.")
    town.run()
    (row,) = town.sheet()
    assert (town.outcome(mail), row["Voornaam"], row["Naam"]) == ("incomplete", "Zorin", "Maes")


@pytest.mark.parametrize("shown", ["Kantoor", "Boekhouding bv", "iPhone van Els"])
def test_what_names_no_person_is_no_name_of_who_comes(town: Town, shown: str) -> None:
    town.mail(f'"{shown}" <x@thuis.example>', EVENT, "Ik kom graag.")
    assert [mail["X-Mailbot-Outcome"] for mail in answers(town.run())] == ["incomplete"]
    assert [(row["Voornaam"], row["Naam"]) for row in town.sheet()] == [(None, None)]


def test_a_name_on_a_form_that_is_nobodys_yet_is_asked(town: Town) -> None:
    said = [("Nieuwe", "Medewerker"), ("N.", "N."), ("N.N.", "N.N."), ("Jan", "NN"), ("collega", "van Jan")]
    for n, (first, last) in enumerate([*said, ("Nog te bepalen", "Nog te bepalen")]):
        form = typed(person(Naam=last, Voornaam=first, **{"E-mail": f"x{n}@thuis.example"}))
        town.mail(f"x{n}@thuis.example", "Inschrijving", form)
    assert {mail["X-Mailbot-Outcome"] for mail in answers(town.run())} == {"incomplete"}
    assert {(row["Voornaam"], row["Naam"]) for row in town.sheet()} == {(None, None), ("Jan", None)}


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ("Uw pakket wacht, ga naar boef punt example en betaal", ""),
        ("Els Maes - klik nu op boef punt example", "Els Maes "),
        ("Win Nu Uw Prijs", ""),
        ("Secretariaat Torhout", "Secretariaat Torhout "),
    ],
)
def test_a_display_name_that_is_hardly_a_name_is_carried_to_nobody(town: Town, shown: str, told: str) -> None:
    town.mail(f'"{shown}" <x@elders.example>', "Inschrijving", typed(person()))
    (mail,) = (
        one for one in town.run() if "jan.peeters@damme.example" in one["To"] and "doorgaf" in plain(one)
    )
    said = " ".join(plain(mail).split())
    assert not any(word in said for word in ("pakket", "boef", "Prijs"))
    assert f"omdat {told}{'(x@elders.example)' if told else 'x@elders.example'} uw gegevens" in said
