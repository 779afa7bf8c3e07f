"""Whatever the secretary does to the file, each row stays whose it is, and nothing of hers is lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from mailbot.domain.case import Case, CaseKind, Choice, EditKind
from mailbot.domain.registration import Status
from tests.workbook.conftest import NOW, Desk, person


def sitting(
    desk: Desk, edit: Callable[[Worksheet, dict[str, int]], None], source: Path | None = None
) -> None:
    """One sitting of hers at the file (or a copy of it), and the round that follows."""
    book = openpyxl.load_workbook(source or desk.path)
    sheet = book["Deelnemers"]
    edit(sheet, {str(cell.value): cell.column for cell in sheet[1] if cell.value})
    for table in sheet.tables.values():  # as Excel does: a table's columns are called as its headers
        first, top, last, _ = openpyxl.utils.range_boundaries(table.ref)
        for index, named in zip(range(first, last + 1), table.tableColumns, strict=True):
            named.name = sheet.cell(top, index).value = sheet.cell(top, index).value or f"Kolom{index}"
    book.save(desk.path)
    assert desk.round().done


def copied(sheet: Worksheet, source: int, target: int) -> None:
    for at in range(1, sheet.max_column + 1):
        sheet.cell(target, at).value = sheet.cell(source, at).value


def rows(desk: Desk) -> dict[str, dict[str, object]]:
    """The rows of Deelnemers as they stand, by nr; no nr stands twice."""
    sheet = openpyxl.load_workbook(desk.path)["Deelnemers"]
    lines = list(sheet.iter_rows(values_only=True))
    found = [dict(zip(map(str, lines[0]), line, strict=True)) for line in lines[1:] if any(line)]
    assert len({row["Nr"] for row in found}) == len(found)
    return {str(row["Nr"]): row for row in found}


@pytest.mark.parametrize("header", ["Referentie", "", None])
@pytest.mark.parametrize("at", [3, 5, 6])
def test_nr_gone_and_a_row_pasted_is_still_the_same_people(desk: Desk, header: str | None, at: int) -> None:
    def edit(sheet: Worksheet, columns: dict[str, int]) -> None:
        copied(sheet, 3, at)
        if header is None:
            sheet.delete_cols(columns["Nr"])
            for table in list(sheet.tables):  # openpyxl does not move it along
                del sheet.tables[table]
        else:
            sheet.cell(1, columns["Nr"]).value = header

    sitting(desk, edit)
    desk.round()
    assert sorted(rows(desk)) == sorted(desk.people) == ["INS-0001", "INS-0002", "INS-0003"]


def test_an_nr_emptied_and_a_surname_corrected_in_one_sitting_is_that_person(desk: Desk) -> None:
    def edit(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(4, columns["Nr"]).value = None
        sheet.cell(4, columns["Naam"]).value = "Pieters"

    sitting(desk, edit)
    assert desk.people["INS-0003"].text("last_name") == "Pieters"
    assert desk.people["INS-0003"].status is Status.REGISTERED
    assert rows(desk)["INS-0003"]["Naam"] == "Pieters"
    assert len(desk.people) == 3


@pytest.mark.parametrize("changed", [4, 5])
def test_a_row_pasted_and_one_of_the_two_changed_is_a_correction(desk: Desk, changed: int) -> None:
    def edit(sheet: Worksheet, columns: dict[str, int]) -> None:
        copied(sheet, 4, 5)
        sheet.cell(changed, columns["Telefoon"]).value = "050 11 22 33"

    sitting(desk, edit)
    desk.round()
    assert desk.people["INS-0003"].text("phone") == "050 11 22 33"
    assert rows(desk)["INS-0003"]["Telefoon"] == "050 11 22 33"
    assert len(desk.people) == len(rows(desk)) == 3
    assert f"rij {changed} telt" in desk.remarks[0]


def test_a_repetition_set_aside_before_a_kill_is_no_correction_after_it(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.path)
    sheet = book["Deelnemers"]
    copied(sheet, 4, 5)
    sheet["G5"] = "050 11 22 33"
    book.save(desk.path)
    desk.import_edits()
    desk.restart()
    assert desk.round().done
    assert desk.people["INS-0003"].text("phone") == "050 11 22 33"
    assert rows(desk)["INS-0003"]["Telefoon"] == "050 11 22 33"


def test_an_older_copy_over_a_newer_file_shows_the_ledger_and_keeps_what_is_hers(desk: Desk) -> None:
    older = desk.path.with_name("older.xlsx")
    shutil.copy(desk.path, older)
    desk.add(person(4), person(1, phone="0499 11 22 33"))
    desk.round()

    def edit(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(1, len(columns) + 1).value = "Betaald"
        sheet.cell(2, len(columns) + 1).value = "ja"

    sitting(desk, edit, older)
    assert rows(desk)["INS-0001"]["Telefoon"] == "0499 11 22 33"
    assert rows(desk)["INS-0001"]["Betaald"] == "ja"
    assert "INS-0004" in rows(desk)


def test_yesterday_s_file_undoes_nothing_that_was_taken_in_since(desk: Desk) -> None:
    yesterday = desk.path.with_name("yesterday.xlsx")
    shutil.copy(desk.path, yesterday)

    def edit(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(2, columns["Opmerkingen"]).value = "belde"
        sheet.cell(3, columns["Status"]).value = "Verontschuldigd"
        sheet.cell(5, columns["Naam"]).value = "Telefonisch"
        sheet.delete_rows(4)

    sitting(desk, edit)
    assert desk.people["INS-0003"].status is Status.CANCELLED
    shutil.copy(yesterday, desk.path)
    desk.round()
    assert desk.people["INS-0001"].text("remarks") == rows(desk)["INS-0001"]["Opmerkingen"] == "belde"
    assert desk.people["INS-0002"].status is Status.EXCUSED
    assert desk.people["INS-0003"].status is Status.CANCELLED
    assert sorted(rows(desk)) == ["INS-0001", "INS-0002", "INS-0004"]


def put_back(desk: Desk, before: Path) -> None:
    """Copies the fourth row as it was ``before`` into the workbook, and saves."""
    kept = [cell.value for cell in openpyxl.load_workbook(before)["Deelnemers"][4]]

    def edit(sheet: Worksheet, _: dict[str, int]) -> None:
        for at, value in enumerate(kept, start=1):
            sheet.cell(4, at).value = value

    sitting(desk, edit)


def test_a_row_she_deleted_and_put_back_is_that_registration_again(desk: Desk) -> None:
    with_all = desk.path.with_name("copy.xlsx")
    shutil.copy(desk.path, with_all)
    sitting(desk, lambda sheet, _: sheet.delete_rows(4))
    assert desk.people["INS-0003"].status is Status.CANCELLED
    put_back(desk, with_all)
    assert desk.people["INS-0003"].status is Status.REGISTERED
    assert sorted(rows(desk)) == sorted(desk.people) == ["INS-0001", "INS-0002", "INS-0003"]


def test_an_excused_row_she_deletes_stays_gone_and_is_excused_again_once_put_back(desk: Desk) -> None:
    excused = replace(desk.people["INS-0003"], status=Status.EXCUSED)
    desk.people["INS-0003"] = excused
    desk.round()
    with_all = desk.path.with_name("copy.xlsx")
    shutil.copy(desk.path, with_all)
    sitting(desk, lambda sheet, _: sheet.delete_rows(4))
    desk.round()
    assert sorted(rows(desk)) == ["INS-0001", "INS-0002"]
    assert desk.people["INS-0003"].status is Status.CANCELLED
    put_back(desk, with_all)
    assert desk.people["INS-0003"].status is Status.EXCUSED
    assert sorted(rows(desk)) == ["INS-0001", "INS-0002", "INS-0003"]


def test_a_row_put_back_with_its_name_alone_is_as_it_was_and_shows_its_moments(desk: Desk) -> None:
    before = desk.people["INS-0002"].answers
    book = openpyxl.load_workbook(desk.path)
    sheet = book["Deelnemers"]
    said = [cell.value for cell in sheet[3]]
    headers = [cell.value for cell in sheet[1]]
    sheet.delete_rows(3)
    book.save(desk.path)
    desk.round()
    book = openpyxl.load_workbook(desk.path)
    sheet = book["Deelnemers"]
    for header in ("Nr", "Naam", "Voornaam"):
        sheet.cell(4, headers.index(header) + 1).value = said[headers.index(header)]
    for at in range(1, len(headers) + 1):  # as a program saves a row that was cleared: with a format
        sheet.cell(4, at).number_format = "0.00"
    book.save(desk.path)
    desk.edits.clear()
    desk.round()
    assert [(edit.kind, edit.nr, edit.key) for edit in desk.edits] == [(EditKind.NEW_ROW, "INS-0002", "")]
    assert desk.people["INS-0002"].answers == before
    row = dict(zip(headers, openpyxl.load_workbook(desk.path)["Deelnemers"][4], strict=False))
    assert (row["Status"].value, row["Functie"].value) == ("Ingeschreven", said[headers.index("Functie")])
    assert row["Gewijzigd"].is_date
    assert row["Ontvangen"].is_date
    desk.round()
    assert desk.remarks == []


def test_a_file_taken_away_comes_back_with_her_columns_and_sheets(desk: Desk) -> None:
    def edit(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(1, len(columns) + 1).value = "Betaald"
        sheet.cell(2, len(columns) + 1).value = "ja, cash"
        sheet.parent.create_sheet("Catering")["A1"] = "12 broodjes"

    sitting(desk, edit)
    desk.add(person(4))
    desk.round()
    desk.path.unlink()
    desk.restart()
    desk.round()
    assert rows(desk)["INS-0001"]["Betaald"] == "ja, cash"
    assert "INS-0004" in rows(desk)
    assert "Catering" in openpyxl.load_workbook(desk.path).sheetnames
    assert "versies" in desk.remarks[-1]


def test_a_deleted_column_of_dates_comes_back_as_dates(desk: Desk) -> None:
    def edit(sheet: Worksheet, columns: dict[str, int]) -> None:
        for table in list(sheet.tables):
            del sheet.tables[table]
        sheet.delete_cols(columns["Ontvangen"])

    sitting(desk, edit)
    assert isinstance(rows(desk)["INS-0001"]["Ontvangen"], datetime)


def test_the_workbook_of_another_event_changes_nothing_and_is_set_aside(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    event = desk.layout.event
    assert event
    other = Desk(tmp_path / "other", desk.layout.__class__(
        event.model_copy(update={"id": "ander"}), desk.layout.form, desk.layout.zone,
        desk.layout.organisations, (), {}, {},
    ))  # fmt: skip
    other.add(person(1, last_name="Vreemd"), person(2), person(3), person(4))
    other.round()
    shutil.copy(other.path, desk.path)
    desk.round()
    assert [one.text("last_name") for one in desk.people.values()] == ["Peeters1", "Peeters2", "Peeters3"]
    assert "(ander)" in desk.remarks[0] and "zoals gevonden" in desk.remarks[0]
    assert rows(desk)["INS-0001"]["Naam"] == "Peeters1"


def test_the_workbook_of_another_installation_changes_nothing(desk: Desk) -> None:
    strange = desk.path.with_name("strange.xlsx")
    shutil.copy(desk.path, strange)
    desk.file.ledger = "this one"
    desk.add(person(4))
    desk.round()
    shutil.copy(strange, desk.path)
    desk.round()
    assert "andere installatie" in desk.remarks[-1]
    assert len(desk.people) == len(rows(desk)) == 4


def test_a_pipe_or_a_link_in_place_of_the_workbook_is_not_opened(desk: Desk, tmp_path: Path) -> None:
    held = desk.path.read_bytes()
    desk.path.unlink()
    os.mkfifo(desk.path)
    desk.restart()
    with pytest.raises(OSError, match="is no plain file"):
        desk.round()
    desk.path.unlink()
    (tmp_path / "elsewhere").write_bytes(held)
    desk.path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError):
        desk.round()
    assert (tmp_path / "elsewhere").read_bytes() == held


def test_versions_are_not_kept_behind_a_link(desk: Desk, tmp_path: Path) -> None:
    desk.add(person(4))
    desk.round()
    versions = desk.path.parent / "versies"
    shutil.move(versions, tmp_path / "elsewhere")
    before = sorted((tmp_path / "elsewhere").iterdir())
    versions.symlink_to(tmp_path / "elsewhere")
    desk.add(person(5))
    with pytest.raises(OSError):
        desk.round()
    assert sorted((tmp_path / "elsewhere").iterdir()) == before


def typed_case(desk: Desk, number: int) -> Case:
    (edit,) = [edit for edit in desk.edits if edit.kind is EditKind.NEW_ROW][-1:]
    return Case(
        CaseKind.SAME_PERSON, "Jan", "staat er al", (Choice.SAME, Choice.OTHER), NOW, "kis", id=number,
        payload={"typed": json.dumps(dict(edit.row))},
    )  # fmt: skip


@pytest.mark.parametrize("same", [True, False])
def test_a_row_that_waits_for_who_is_who_stays_until_she_decides(desk: Desk, same: bool) -> None:
    desk.nobody = True  # the row becomes no registration: a case asks who it is

    def edit(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(5, columns["Naam"]).value = "Peeters1"
        sheet.cell(5, columns["Voornaam"]).value = "Jan"
        sheet.cell(5, columns["Gemeente"]).value = "Brugge"
        sheet.cell(5, columns["Telefoon"]).value = "050 11 22 33"

    sitting(desk, edit)
    desk.cases = (typed_case(desk, 9),)
    desk.round()
    assert sum(row[2] == "Peeters1" for row in lines(desk)) == 2
    desk.cases = ()
    if same:
        desk.people["INS-0001"] = replace(
            desk.people["INS-0001"], answers={**desk.people["INS-0001"].answers, "phone": "050 11 22 33"}
        )
    else:
        desk.people["INS-0004"] = replace(
            person(4), answers={"last_name": "Peeters1", "first_name": "Jan", "organisation": "Brugge",
                                "phone": "050 11 22 33"},
        )  # fmt: skip
    desk.round()
    found = [row[0] for row in lines(desk) if row[2] == "Peeters1"]
    assert found == (["INS-0001"] if same else ["INS-0001", "INS-0004"])
    before = desk.path.read_bytes()
    desk.round()
    assert desk.path.read_bytes() == before


def lines(desk: Desk) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(desk.path)["Deelnemers"]
    return [line for line in sheet.iter_rows(min_row=2, values_only=True) if any(line)]
