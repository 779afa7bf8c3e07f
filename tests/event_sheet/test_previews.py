"""What a decision would mail, as ``Voorbeelden`` shows it before she takes it."""

from __future__ import annotations

import re

from openpyxl import load_workbook

from tests.event_sheet.town import Town, answers, person, plain, rows, typed

_NR = re.compile(r"INS-\d+")


def lines(town: Town) -> list[dict[str, str]]:
    """The mails of the sheet, a row each or more."""
    found = load_workbook(town.workbook())["Voorbeelden"].iter_rows(min_row=4, values_only=True)
    head = [str(cell) for cell in next(found)]
    return [{name: str(cell or "") for name, cell in zip(head, line, strict=True)} for line in found]


def test_the_people_of_each_case_are_shown_the_numbers_that_they_get_from_the_top(town: Town) -> None:
    town.mail("an.aerts@damme.example", "Inschrijving", typed(person(Naam="Aerts", Voornaam="An")))
    town.run()
    for letter in "xy":
        group = [
            person(Voornaam=f"Jan {nr}", **{"E-mail": f"{letter}{nr}@damme.example"}) for nr in range(1, 13)
        ]
        town.mail(f"{letter}@damme.example", "Inschrijving", typed(*group))
    town.mail("an.aerts@damme.example", "Kennisplatform", "Misschien kan ik er niet bij zijn.")
    town.run()
    foretold: dict[str, set[str]] = {}
    to = ""
    for row in lines(town):
        to = row["Aan"] or to
        foretold.setdefault(to, set()).update(_NR.findall(row["Tekst"]))
    assert foretold["an.aerts@damme.example"] == {"INS-0001"}
    assert foretold["x@damme.example"] == {f"INS-{number:04d}" for number in range(2, 14)}
    assert foretold["y@damme.example"] == {f"INS-{number:04d}" for number in range(14, 26)}
    cases = rows(town.workbook(), "Te behandelen")
    about = [at for at, row in enumerate(cases, start=2) if row["Wat is er"] == "Veel personen"]
    town.type_in({(at, "Beslissing"): "aanvaarden" for at in about}, "Te behandelen")
    for mail in answers(town.run()):
        assert set(_NR.findall(plain(mail))) == foretold[str(mail["X-Envelope-To"])]


def test_each_row_of_a_mail_that_takes_several_says_whose_it_is(town: Town) -> None:
    group = [person(Voornaam=f"Jan {nr}", **{"E-mail": f"x{nr}@damme.example"}) for nr in range(1, 13)]
    town.mail("x@damme.example", "Inschrijving", typed(*group))
    town.run()
    said = [row for row in lines(town) if row["Aan"] == "x@damme.example"]
    first, *others = [row for row in said if row["Beslissing"] == "aanvaarden"]
    assert others
    for row in others:
        assert {**row, "Tekst": first["Tekst"]} == {**first, "Onderwerp": f"{first['Onderwerp']} (vervolg)"}
