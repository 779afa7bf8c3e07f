"""What secretaries do to a workbook without meaning harm: each is understood, or told in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from mailbot.files import workbook_file
from tests.event_sheet.test_coming_and_going import AN, JAN
from tests.event_sheet.town import Town, in_days, person, typed
from tests.workbook.conftest import saved_by_libreoffice
from tests.workbook.strict import complaints

PEOPLE = {
    "Peeters": person(),
    "De Smet": AN,
    "Maes": person(Naam="Maes", Voornaam="Lies", **{"E-mail": "lies@damme.example"}),
}


@pytest.fixture
def list_of_three(town: Town) -> Town:
    for answers in PEOPLE.values():
        town.mail(answers["E-mail"], "Inschrijving", typed(answers))
    town.run()
    return town


def change(town: Town, how: Callable[[Worksheet], None]) -> None:
    book = load_workbook(town.workbook())
    how(book["Deelnemers"])
    book.save(town.workbook())


def by_name(town: Town) -> dict[str, dict[str, object]]:
    return {str(row["Naam"]): row for row in town.sheet()}


def sort(sheet: Worksheet) -> None:
    """Turns the rows upside down, as sorting the other way round does."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for at, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column).value = value


def test_rows_sorted_while_mailbot_writes_keep_what_is_theirs(
    list_of_three: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, real, seen = list_of_three, workbook_file.put, list[Path]()

    def sorted_meanwhile(beside: Path, path: Path, read: bytes | None) -> bool:
        if path == town.workbook() and not seen:
            seen.append(path)
            change(town, sort)
            town.type_in({(2, "Functie"): "burgemeester"})  # of who stands first now
        return real(beside, path, read)

    monkeypatch.setattr(workbook_file, "put", sorted_meanwhile)
    town.mail(
        "tom@torhout.example",
        "Inschrijving",
        typed(person(Naam="Aerts", Voornaam="Tom", **{"E-mail": "tom@torhout.example"})),
    )
    assert len(town.run()) == 2  # Tom's, and nobody else's
    assert seen
    rows = by_name(town)
    assert set(rows) == {*PEOPLE, "Aerts"}
    assert rows["Maes"]["Functie"] == "burgemeester"
    assert rows["Peeters"]["E-mail"] == JAN
    assert complaints(town.workbook().read_bytes()) == []


def test_a_protected_sheet_in_a_protected_workbook_is_written_and_stays_protected(
    list_of_three: Town, tmp_path: Path
) -> None:
    town = list_of_three
    book = load_workbook(town.workbook())
    book["Deelnemers"].protection.sheet = True
    book["Deelnemers"].protection.password = "geheim"
    book.security = WorkbookProtection(lockStructure=True)
    book.save(town.workbook())
    saved_by_libreoffice(town.workbook(), tmp_path)
    town.mail(JAN, "Inschrijving", typed(person(Functie="burgemeester")))
    town.run()
    assert by_name(town)["Peeters"]["Functie"] == "burgemeester"
    assert load_workbook(town.workbook())["Deelnemers"].protection.sheet
    assert complaints(town.workbook().read_bytes()) == []


def test_rows_that_a_filter_hides_are_neither_gone_nor_mixed_up(list_of_three: Town, tmp_path: Path) -> None:
    town = list_of_three

    def only_damme(sheet: Worksheet) -> None:
        columns = {str(cell.value): cell.column for cell in sheet[1]}
        (table,) = sheet.tables.values()
        table.autoFilter.add_filter_column(columns["Gemeente/OCMW"] - 1, ["Damme"])
        for at in range(2, sheet.max_row + 1):
            sheet.row_dimensions[at].hidden = sheet.cell(at, columns["Gemeente/OCMW"]).value != "Damme"

    change(town, only_damme)
    saved_by_libreoffice(town.workbook(), tmp_path)
    town.mail(AN["E-mail"], "Annuleren", "Ik kan niet komen, schrijf mij uit.")
    town.mail(
        "tom@torhout.example",
        "Inschrijving",
        typed(
            person(
                Naam="Aerts", Voornaam="Tom", **{"E-mail": "tom@torhout.example", "Gemeente/OCMW": "Torhout"}
            )
        ),
    )
    town.run()
    assert {name: row["Status"] for name, row in by_name(town).items()} == {
        "Peeters": "Ingeschreven",
        "De Smet": "Afgemeld",
        "Maes": "Ingeschreven",
        "Aerts": "Ingeschreven",
    }
    assert complaints(town.workbook().read_bytes()) == []


def test_two_hundred_rows_pasted_at_once_are_two_hundred_people_and_mail_nobody(
    list_of_three: Town, tmp_path: Path
) -> None:
    town = list_of_three

    def paste(sheet: Worksheet) -> None:
        columns = {str(cell.value): cell.column for cell in sheet[1]}
        for number in range(200):
            values = {
                "Naam": f"Van {number}",
                "Voornaam": f"Persoon{number}",
                "Gemeente/OCMW": "Stad Brugge",
                "E-mail": f"persoon{number}@brugge.example",
            }
            for header, value in values.items():
                sheet.cell(5 + number, columns[header]).value = value

    change(town, paste)
    saved_by_libreoffice(town.workbook(), tmp_path)
    assert town.run() == []
    rows = town.sheet()
    assert len(rows) == 203
    assert len({row["Nr"] for row in rows}) == 203
    assert {row["Status"] for row in rows} == {"Ingeschreven"}
    assert [row["Naam"] for row in rows[3:]] == [f"Van {number}" for number in range(200)]
    assert town.run() == []
    assert complaints(town.workbook().read_bytes()) == []


def test_cells_merged_in_te_behandelen_decide_nothing_wrong_and_come_apart(
    town: Town, tmp_path: Path
) -> None:
    town.event(deadline=in_days(-2).date())
    for answers in list(PEOPLE.values())[:2]:
        town.mail(answers["E-mail"], "Inschrijving", typed(answers))
    town.run()
    book = load_workbook(town.workbook())
    sheet = book["Te behandelen"]
    columns = {str(cell.value): cell.column_letter for cell in sheet[1]}
    sheet[f"{columns['Beslissing']}2"].value = "aanvaarden"
    sheet.merge_cells(f"{columns['Beslissing']}2:{columns['Beslissing']}3")
    book.save(town.workbook())
    saved_by_libreoffice(town.workbook(), tmp_path)
    town.run()
    assert sorted(row["Status"] for row in town.sheet()) == ["Ingeschreven", "Te laat"]
    assert [row["Wat is er"] for row in town.open_cases()] == ["Te laat", "Werkboek hersteld"]
    town.decide("te laat", "weigeren")
    town.run()
    assert [row["Wat is er"] for row in town.open_cases()] == ["Werkboek hersteld"]
    assert complaints(town.workbook().read_bytes()) == []


@pytest.mark.parametrize("header", ["Beslissing", "Nr van het geval", "Toelichting"])
def test_a_renamed_header_of_te_behandelen_is_put_back_and_nothing_is_decided_twice(
    town: Town, header: str
) -> None:
    town.event(deadline=in_days(-2).date())
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    book = load_workbook(town.workbook())
    sheet = book["Te behandelen"]
    (cell,) = (cell for cell in sheet[1] if cell.value == header)
    cell.value = "Mijn kolom"
    book.save(town.workbook())
    assert town.run() == []
    assert header in [cell.value for cell in load_workbook(town.workbook())["Te behandelen"][1]]
    town.decide("te laat", "aanvaarden")
    assert town.run()
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]
    assert complaints(town.workbook().read_bytes()) == []


def test_rows_that_came_after_another_program_saved_are_seen_by_who_trusts_its_extent(town: Town) -> None:
    """A saved sheet says how far it reaches, and readers of rows one by one look no further."""
    town.mail("jan.peeters@damme.example", "Inschrijving", typed(person()))
    town.run()
    town.type_in({})
    for name in ("Els", "Tom", "An"):
        email = f"{name.lower()}.maes@damme.example"
        town.mail(email, "Inschrijving", typed(person(Voornaam=name, Naam="Maes", **{"E-mail": email})))
        town.mail(f"{name.lower()}@elders.example", "Kennisplatform", "Gelieve Jan Peeters uit te schrijven.")
    town.run()
    seen = load_workbook(town.workbook(), read_only=True)
    for sheet in ("Te behandelen", "Deelnemers"):
        shown = [row for row in seen[sheet].iter_rows(min_row=2, values_only=True) if any(row)]
        assert len(shown) == len(town.sheet(sheet)) >= 3
