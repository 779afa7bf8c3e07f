"""Accidents with the workbook: said in one line, kept as found, nothing lost, and on it goes."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.event_sheet.test_coming_and_going import AN, JAN
from tests.event_sheet.town import Town, is_decided, person, plain, rows, typed
from tests.workbook.strict import complaints

_NAMES = ["Peeters", "De Smet", "Maes", "Claeys", "Wouters", "Goethals"]


def _people(town: Town) -> list[tuple[str, str]]:
    for name in _NAMES:
        told = person(
            Naam=name, Voornaam="An", **{"E-mail": f"{name.replace(' ', '').lower()}@damme.example"}
        )
        town.mail(told["E-mail"], "Inschrijving", typed(told))
    town.run()
    return _registered(town)


def _registered(town: Town) -> list[tuple[str, str]]:
    return [(row["Nr"], row["Naam"]) for row in town.sheet()]


def _change(town: Town, change: Callable[[Worksheet], object]) -> bytes:
    book = load_workbook(town.workbook())
    change(book["Deelnemers"])
    book.save(town.workbook())
    return town.workbook().read_bytes()


def _said(town: Town) -> str:
    return " | ".join(str(row["Wat er gelezen werd"]) for row in town.sheet("Te behandelen"))


def _as_found(town: Town) -> list[bytes]:
    return [file.read_bytes() for file in town.workbook().parent.glob("* zoals gevonden *.xlsx")]


def _went_well(town: Town, found: bytes, said: str, before: list[tuple[str, str]]) -> None:
    assert town.run() == []
    assert said in _said(town)
    assert found in _as_found(town)
    assert _registered(town) == before
    assert [row["status"] for row in town.registrations()] == ["Ingeschreven"] * len(_NAMES)
    assert complaints(town.workbook().read_bytes()) == []


def test_the_digest_says_that_something_was_mended_and_the_next_one_ends_it(town: Town) -> None:
    """However late it is sent: a service that slept at half past seven names it too."""
    town.configure(rest='[secretariat]\naddress = "griet@example.org"\ndigest = "07:30"')
    _people(town)
    town.run()
    town.workbook().write_bytes(b"rommel")
    town.run()
    assert "geen Excel-werkboek" in _said(town)
    (first,) = town.run_later(timedelta(days=1, hours=2))
    assert "mailbot herstelde iets in dit werkboek." in plain(first).replace("\r\n", " ")
    assert "wacht op uw beslissing" not in plain(first)
    assert "geen Excel-werkboek" in _said(town)  # to be read by who reads of it in the digest
    assert town.run_later(timedelta(days=2, hours=2)) == []
    assert town.sheet("Te behandelen") == []


def test_headers_renamed_and_columns_deleted_are_put_back(town: Town) -> None:
    before = _people(town)

    def renamed(sheet: Worksheet) -> None:
        sheet["C1"] = "Wie komt"
        sheet["E1"] = None

    _went_well(town, _change(town, renamed), "de kolom Naam had een andere titel gekregen", before)
    _went_well(town, _change(town, lambda sheet: sheet.delete_cols(1)), "de kolom Nr ontbrak", before)


def test_an_nr_typed_twice_merged_cells_and_a_pasted_block_make_nobody_twice(town: Town) -> None:
    before = _people(town)

    def twice(sheet: Worksheet) -> None:
        sheet["A3"] = sheet["A2"].value

    _went_well(town, _change(town, twice), f"Nr {before[0][0]} stond op meer dan één rij", before)
    merged = _change(town, lambda sheet: sheet.merge_cells("E2:E5"))
    _went_well(town, merged, "waren cellen samengevoegd", before)
    assert {row["Functie"] for row in town.sheet()} == {"schepen"}

    def pasted(sheet: Worksheet) -> None:
        for at in range(2, 5):
            for cell in list(sheet[at]):
                sheet.cell(at + 6, cell.column).value = cell.value

    _went_well(town, _change(town, pasted), f"Nr {before[1][0]} stond op meer dan één rij", before)


def test_what_is_typed_into_a_date_of_mailbots_own_is_put_right(town: Town) -> None:
    before = _people(town)
    column = next(c.column for c in load_workbook(town.workbook())["Deelnemers"][1] if c.value == "Ontvangen")
    _change(town, lambda sheet: setattr(sheet.cell(2, column), "value", "gisteren"))
    found = town.workbook().read_bytes()
    _went_well(town, found, "wat in de kolom Ontvangen getypt was, is teruggezet (rij 2)", before)
    assert hasattr(town.sheet()[0]["Ontvangen"], "year")


def test_a_password_a_file_that_is_no_workbook_and_rows_gone_at_once_are_accidents(town: Town) -> None:
    before = _people(town)
    path = town.workbook()
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + b"E\0n\0c\0r\0y\0p\0t\0e\0d\0"
    path.write_bytes(locked)
    _went_well(town, locked, "er staat een wachtwoord op het bestand", before)
    path.write_bytes(b"Naam;Voornaam\n")
    _went_well(town, b"Naam;Voornaam\n", "het bestand is geen Excel-werkboek", before)
    emptied = _change(town, lambda sheet: sheet.delete_rows(2, 5))
    _went_well(town, emptied, "er zijn 5 van de 6 rijen in één keer verdwenen", before)


def test_a_lock_left_over_since_yesterday_is_told_of_and_does_not_count(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    lock = Path(f"{town.workbook().parent}/.~lock.{town.workbook().name}#")
    lock.write_text("Griet")
    town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    town.run()
    assert len(town.sheet()) == 1
    os.utime(lock, (time.time() - 90_000,) * 2)
    town.type_in({(2, "Functie"): "raadslid"})
    town.run()
    assert town.sheet()[0]["Functie"] == "raadslid"
    assert len(town.sheet()) == 2
    assert f"{lock.name} bleef achter" in _said(town)


def test_the_original_of_a_case_lies_beside_the_workbook_until_it_leaves_the_sheet(town: Town) -> None:
    town.mail(
        "iemand@damme.example", "Vraag", "Is er parkeergelegenheid bij het kennisplatform?\n" + typed(AN)
    )
    town.run()
    originals = town.folder / "workbooks" / "berichten"
    shared = town.folder / "workbooks" / "Te behandelen.xlsx"
    path = shared if shared.exists() and rows(shared, "Te behandelen") else town.workbook()
    held = rows(path, "Te behandelen")
    assert held
    assert len(list(originals.glob("*.eml"))) == 1
    book = load_workbook(path)
    sheet = book["Te behandelen"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Beslissing")
    for at in range(2, sheet.max_row + 1):
        choice = next(
            v.formula1.strip('"').split(",")[-1]
            for v in sheet.data_validations.dataValidation
            if f"{sheet.cell(at, column).coordinate}" in v.sqref
        )
        sheet.cell(at, column).value = choice
    book.save(path)
    town.run()
    assert all(is_decided(row) for row in rows(path, "Te behandelen"))
    town.run_later(timedelta(days=2))
    assert rows(path, "Te behandelen") == []
    assert list(originals.glob("*.eml")) == []


def test_a_workbook_folder_that_was_cleared_and_a_copy_of_before_lose_and_mail_nothing(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    early = town.workbook().read_bytes()
    els = person(Naam="Maes", Voornaam="Els", **{"E-mail": "els@brugge.example"})
    town.type_in({(2, "Functie"): "eerste schepen"})
    town.mail("els@brugge.example", "Inschrijving", typed(els) + "\n\nIs er parking?\n")
    town.run()
    before, waiting = town.sheet(), [row["Wat er gelezen werd"] for row in town.open_cases()]
    shutil.rmtree(town.workbook().parent)
    for _ in range(2):
        assert town.run() == []
        assert town.sheet() == before
        assert [row["Wat er gelezen werd"] for row in town.open_cases()] == waiting
    town.workbook().write_bytes(early)  # from her own backup
    for _ in range(2):
        assert town.run() == []
        assert town.sheet() == before
    assert [row["Wat er gelezen werd"] for row in town.open_cases()] == waiting
