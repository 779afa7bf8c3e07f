"""What the secretary types or decides by hand: nobody is shown or registered by a slip of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from openpyxl import load_workbook

from mailbot.decision.people_told import named
from mailbot.matching.names import is_one_person
from tests.event_sheet.town import DAMME, Town, answers, in_days, person, plain, rows, typed

JAN = "jan.peeters@damme.example"
NEW = "jan@nieuw.example"
FULL = person(Dieetwensen="glutenvrij", Opmerkingen="slecht ter been")


def to(address: str, mails: list[object]) -> str:
    return "\n".join(plain(one) for one in mails if one["X-Envelope-To"] == address)  # type: ignore[index,arg-type]


def test_an_address_that_she_typed_is_shown_what_is_sensitive_once_it_answered(town: Town) -> None:
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL))
    town.run()
    town.type_in({(2, "E-mail"): NEW, (2, "Bevestiging sturen"): "ja"})
    assert "glutenvrij" not in to(NEW, [*town.run()])
    now = person(**{"E-mail": NEW})
    town.mail(f"Jan Peeters <{NEW}>", "Inschrijving", typed(now))
    assert "glutenvrij" not in to(NEW, [*town.run()])
    town.mail(f"Jan Peeters <{NEW}>", "Inschrijving", typed({**now, "Functie": "burgemeester"}))
    town.mail(f"Jan Peeters <{NEW}>", "Inschrijving", typed({**now, "Functie": "burgemeester"}))
    assert "glutenvrij" in to(NEW, [*town.run()])


@pytest.mark.parametrize(
    "who",
    [
        *("INS-0009", "A en B", "alle deelnemers", "allen van Damme", "Piet Pot, An Claes", "???"),
        *(
            "Pot, Piet <piet@damme.example>",
            "piet@damme.example, an@damme.example",
            "a@damme.example b@damme.example",
        ),
    ],
)
def test_what_is_no_name_in_the_inbox_registers_nobody_and_is_told(town: Town, who: str) -> None:
    town.mail(f"Jan Peeters <{JAN}>", "brief", "Kan u mij eens opbellen over de lokalen?")
    town.run()
    path = town.folder / "workbooks" / "Te behandelen.xlsx"
    book = load_workbook(path)
    columns = {cell.value: cell.column for cell in book["Postvak"][1]}
    book["Postvak"].cell(2, columns["Voor wie"]).value = who
    book["Postvak"].cell(2, columns["Beslissing"]).value = "inschrijven"
    book.save(path)
    assert town.run() == []
    assert town.registrations() == []
    told = str([*rows(path, "Te behandelen")])
    told += str(town.open_cases()) if town.workbook().exists() else ""
    assert "niet de naam van één persoon" in told


@pytest.mark.parametrize(
    ("who", "name", "address"),
    [
        ("Piet Allen", "Piet Allen", ""),
        ("Piet Pot, piet@damme.example", "Piet Pot", "piet@damme.example"),
        ("Piet Pot piet@damme.example", "Piet Pot", "piet@damme.example"),
        ("Piet Pot <piet@damme.example>", "Piet Pot", "piet@damme.example"),
        ("piet@damme.example", "", "piet@damme.example"),
    ],
)
def test_a_name_and_an_address_are_told_apart_as_she_writes_them(who: str, name: str, address: str) -> None:
    assert named(who) == (name, address)
    assert is_one_person(name, addressed=bool(address))


def test_a_case_about_a_form_says_what_it_would_change(town: Town) -> None:
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL))
    changed = {**FULL, "Telefoon/gsm": "0499 99 99 99", "Dieetwensen": "vegan"}
    town.mail("x1@evil.example", "Inschrijving", typed(changed))
    town.run()
    (case,) = town.open_cases()
    assert "0478 12 34 56 → 0499 99 99 99" in case["Wat er gelezen werd"]
    assert "vegan" not in case["Wat er gelezen werd"]


def test_a_substitute_who_is_registered_of_another_body_gets_no_second_row(town: Town) -> None:
    town.configure(organisations=DAMME)
    dirk = {"Naam": "Claes", "Voornaam": "Dirk", "Gemeente/OCMW": "Torhout", "E-mail": "dirk@torhout.example"}
    town.mail("Dirk Claes <dirk@torhout.example>", "Inschrijving", typed(person(**dirk)))
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL))
    jans = answers(town.run())[-1]
    town.mail(f"Jan Peeters <{JAN}>", "Re: Ingeschreven", "Dirk Claes komt in mijn plaats.", answers=jans)
    assert town.run() == []
    assert len(town.sheet()) == 2
    town.decide("heet ook zo", "zelfde persoon")
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven", "Afgemeld"]


@pytest.mark.parametrize(
    ("choice", "there"),
    [("zelfde persoon", {"Torhout"}), ("andere persoon", {"Torhout", "Damme"})],
)
def test_a_namesake_whom_a_stranger_sends_is_asked_about_after_the_stranger_was(
    town: Town, choice: str, there: set[str]
) -> None:
    town.configure(organisations=DAMME)
    dirk = {"Naam": "Claes", "Voornaam": "Dirk", "Gemeente/OCMW": "Torhout", "E-mail": "dirk@torhout.example"}
    town.mail("Dirk Claes <dirk@torhout.example>", "Inschrijving", typed(person(**dirk)))
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL))
    town.run()
    said = "Jan Peeters kan niet komen, Dirk Claes komt in zijn plaats."
    town.mail("Eve Boone <eve@evil.example>", "Kennisplatform", said)
    town.run()
    town.decide("Jan Peeters kan niet komen", "aanvaarden")
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven", "Ingeschreven"]
    town.decide("heet ook zo", choice)
    town.run()
    assert {row["Gemeente/OCMW"] for row in town.sheet() if row["Status"] == "Ingeschreven"} == there
    assert {row["Naam"] for row in town.sheet() if row["Status"] == "Ingeschreven"} == {"Claes"}


def test_who_was_registered_under_another_address_comes_on_the_new_date_by_one_choice(town: Town) -> None:
    other = "vreemde@elders.example"
    town.mail(other, "Inschrijving", typed({**FULL, "E-mail": other}))
    town.run()
    town.event("kis-2026-4", replaces="kis-2026-3", starts=in_days(30), ends=in_days(30, 17))
    town.run()
    town.decide("vervangen door", "versturen")
    question = next(mail for mail in town.run() if mail["X-Envelope-To"] == other)
    said = town.mail("Els Maes <els@elders.example>", f"Re: {question['Subject']}", "ja", answers=question)
    town.run()
    assert town.outcome(said) == "review"
    town.decide("over de nieuwe datum", "aanvaarden", event="kis-2026-4")
    sent = town.run()
    assert [row["status"] for row in town.registrations("kis-2026-4")] == ["Ingeschreven"]
    assert other in {mail["X-Envelope-To"] for mail in sent}


def test_an_answer_to_the_digest_is_a_case(town: Town) -> None:
    hers = "griet@vereniging.example"
    town.run()
    town.configure(rest=f'[secretariat]\naddress = "{hers}"\ndigest = "07:30"')
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed({**FULL, "Opmerkingen": "Is er parking?"}))
    town.run()
    town.mail("x@y.example", "Kennisplatform", "Is er parking bij het kennisplatform?")
    town.run()
    later = town.run_later(timedelta(days=2))
    digests = [mail for mail in later if str(mail["Subject"]).startswith("Overzicht van de inschrijvingen, ")]
    said = town.mail(
        f"Griet <{hers}>", f"Re: {digests[0]['Subject']}", "Graag Jan Peeters afmelden.", answers=digests[0]
    )
    town.run()
    assert (town.outcome(said), town.sheet()[0]["Status"]) == ("review", "Ingeschreven")


@pytest.mark.parametrize("body", ["Torhout", "Damme"], ids=["of another body", "of the same"])
def test_a_substitute_who_is_registered_is_given_no_address_unseen(town: Town, body: str) -> None:
    town.configure(organisations=DAMME)
    own = "dirk@claes.example"
    dirk = {"Naam": "Claes", "Voornaam": "Dirk", "Gemeente/OCMW": body, "E-mail": own}
    town.mail(f"Dirk Claes <{own}>", "Inschrijving", typed(person(**dirk)))
    town.mail(f"Jan Peeters <{JAN}>", "Inschrijving", typed(FULL))
    jans = answers(town.run())[-1]
    said = f"Dirk Claes komt in mijn plaats, {NEW}."
    town.mail(f"Jan Peeters <{JAN}>", "Re: Ingeschreven", said, answers=jans)
    assert town.run() == []
    assert [row["E-mail"] for row in town.sheet()] == [own, JAN]
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven", "Ingeschreven"]
    (case,) = town.open_cases()
    assert f"gaan de mails voortaan naar {NEW}; {own} hoort" in case["Wat er gelezen werd"]
    town.decide("heet ook zo", "zelfde persoon")
    sent = [*town.run()]
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven", "Afgemeld"]
    assert own in {mail["X-Envelope-To"] for mail in sent}, "whose registration it is hears it"
    assert "glutenvrij" not in to(NEW, sent)


@pytest.mark.parametrize("body", ["Damme", "Torhout"])
def test_a_name_with_its_particles_joined_and_one_telephone_is_asked_about(town: Town, body: str) -> None:
    town.configure(organisations=DAMME)
    office = "secretariaat@damme.example"
    one = person(Naam="De Smet", **{"E-mail": "jan.de.smet@damme.example"})
    other = person(Naam="Desmet", **{"E-mail": "jan.desmet@damme.example", "Gemeente/OCMW": body})
    town.mail(office, "Inschrijving", typed(one))
    town.run()
    town.mail(office, "Inschrijving", typed(other))
    assert answers(town.run()) == []
    assert [(row["Naam"], row["E-mail"]) for row in town.sheet()] == [
        ("De Smet", "jan.de.smet@damme.example")
    ]
    town.decide("Zelfde persoon?", "andere persoon")
    town.run()
    assert [row["Naam"] for row in town.sheet()] == ["De Smet", "Desmet"]
