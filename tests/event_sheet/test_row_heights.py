"""What stands in a row can be read: rows are as high as their words, and no address is cut off."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mailbot.xlsx.cell import wrapped_lines
from tests.event_sheet.town import Town, in_days, person, typed

LONG = "Intergemeentelijke Vereniging voor het Noorden van West-Vlaanderen"
ADDRESS = "marie-christine.vandenbroucke@gemeente-oostkamp.example"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("kort", 10, 1),
        ("een regel\nen nog een", 20, 2),
        ("i" * 40, 20, 1),  # narrow letters
        ("M" * 40, 20, 4),  # wide ones
        ("x" * 100, 10, 11),  # a word that is longer than a line is broken
        ("de zaal is open vanaf 13.30 uur", 16, 2),
    ],
)
def test_lines_are_counted_by_how_wide_letters_are(text: str, width: float, lines: int) -> None:
    assert wrapped_lines(text, width) == lines


def high(sheet: Worksheet, at: int) -> float:
    return sheet.row_dimensions[at].height or 0


def test_rows_of_the_overview_and_the_list_are_as_high_as_long_names(town: Town) -> None:
    town.event(capacity=1)
    for name in ("Aerts", "Bos"):
        said = person(Naam=name, **{"E-mail": f"{name.lower()}.{ADDRESS}", "Gemeente/OCMW": LONG})
        town.mail(f"{name.lower()}.{ADDRESS}", "Inschrijving", typed(said))
        town.run()
    book = load_workbook(town.workbook())
    overview = book["Overzicht"]
    rows = [row[0].row for row in overview.iter_rows() if LONG in [cell.value for cell in row]]
    assert len(rows) >= 2
    assert all(high(overview, at) > 16 for at in rows[:2])
    people = book["Deelnemers"]
    (column,) = (cell.column for cell in people[1] if cell.value == "E-mail")
    assert people.cell(2, column).alignment.wrap_text
    assert high(people, 2) > 16


def test_a_decided_row_is_as_high_as_what_she_wrote(town: Town) -> None:
    town.event(deadline=in_days(-2).date())
    town.mail("jan.peeters@damme.example", "Inschrijving", typed(person()))
    town.run()
    before = high(load_workbook(town.workbook())["Te behandelen"], 2)
    town.decide("te laat", "aanvaarden", "Welkom. " + "Parkeren kan achteraan, naast de kerk. " * 12)
    town.run()
    assert high(load_workbook(town.workbook())["Te behandelen"], 2) > before + 60
