"""The figures of the season outlive the names that they were counted of."""

from __future__ import annotations

from datetime import timedelta

from openpyxl import load_workbook

from tests.event_sheet.test_coming_and_going import AN, JAN
from tests.event_sheet.town import Town, in_days, person, typed


def figures(town: Town) -> dict[str, tuple[object, ...]]:
    """The lines of Seizoen by their first cell, without what is empty."""
    sheet = load_workbook(town.folder / "workbooks" / "bijeenkomsten.xlsx")["Seizoen"]
    return {str(row[0]): row[1:6] for row in sheet.iter_rows(values_only=True) if row[0]}


def test_totals_are_by_organisation_and_function_and_survive_destruction(town: Town) -> None:
    town.configure(rest="\n[retention]\nkeep_mail_days = 1\n")
    town.event()
    town.mail(JAN, "Inschrijving", typed(person()))
    town.mail("an.desmet@brugge.example", "Inschrijving", typed({**AN, "Functie": "Burgemeester (eerste)"}))
    town.mail(
        "lies.maes@damme.example",
        "Inschrijving",
        typed(
            person(
                Naam="Maes", Voornaam="Lies", **{"E-mail": "lies.maes@damme.example", "Ik neem deel": "neen"}
            )
        ),
    )
    town.run()
    book = load_workbook(town.folder / "workbooks" / "bijeenkomsten.xlsx")
    assert "Seizoen" not in book.sheetnames  # nothing is over yet
    at = next(i for i, row in enumerate(town.sheet(), start=2) if row["Naam"] == "Peeters")
    town.type_in({(at, "Aanwezig"): "ja"})
    town.run()
    town.event(starts=in_days(-2), ends=in_days(-2, 17), deadline=in_days(-12).date(), clear_after_days=1)
    town.run()
    before = figures(town)
    assert before["Damme"] == (1, 1, 1, 1, 0)
    assert before["burgemeester"] == (1, 1, 0, 0, 0)
    assert before["schepen"][1:4] == (1, 1, 1)
    assert before["Samen"][1:] == (2, 1, 1, 0)
    assert not {"Peeters", "Lies", "eerste"} & set(str(before).replace("'", " ").split())
    town.command("person", "lies.maes@damme.example", "--erase")
    town.run()
    assert figures(town) == before
    town.decide("al lang voorbij", "aanvaarden")
    town.run()
    assert town.registrations() == []
    assert figures(town) == before
    town.run_later(timedelta(days=1))
    assert figures(town) == before


def test_who_was_there_is_the_same_number_in_both_sheets_in_the_round_that_reads_it(town: Town) -> None:
    """Whatever the status of who came all the same, and without a round in between."""
    town.configure()
    town.event()
    town.mail(JAN, "Inschrijving", typed(person()))
    town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    away = person(
        Naam="Maes", Voornaam="Lies", **{"E-mail": "lies.maes@damme.example", "Ik neem deel": "neen"}
    )
    town.mail("lies.maes@damme.example", "Inschrijving", typed(away))
    town.run()
    town.event(starts=in_days(-2), ends=in_days(-2, 17), deadline=in_days(-12).date())
    town.run()
    assert figures(town)["Samen"][2] is None  # nobody noted who was there
    at = {row["Naam"]: number for number, row in enumerate(town.sheet(), start=2)}
    town.type_in({(at["Peeters"], "Aanwezig"): "ja", (at["Maes"], "Aanwezig"): "ja"})
    town.run()
    said = [str(row[0]) for row in load_workbook(town.workbook())["Overzicht"].iter_rows(values_only=True)]
    assert "Aanwezig (2)" in said
    assert figures(town)["Samen"][2] == 2
