"""What the secretary does in the workbook, and what becomes of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet

from mailbot.domain.case import Case, CaseKind, Choice, EditKind
from mailbot.domain.file_says import FileSays
from mailbot.domain.form import FieldKind, FormField
from mailbot.domain.places import holds_place
from mailbot.domain.registration import Status
from mailbot.domain.remark import Remark, RemarkKind
from mailbot.domain.statement import say
from mailbot.files.drawing import look
from mailbot.files.workbook_file import Wrote
from mailbot.wording import as_told
from mailbot.workbook import overview, read, write
from mailbot.workbook.layout import CASES
from mailbot.xlsx.package import q
from mailbot.xlsx.workbook import Workbook
from tests.workbook.conftest import EVENT, LAYOUT, NOW, SHARED, Desk, person
from tests.workbook.strict import complaints


def opened(desk: Desk, name: str = "Deelnemers") -> tuple[openpyxl.Workbook, Worksheet, dict[str, int]]:
    book = openpyxl.load_workbook(desk.path)
    sheet = book[name]
    return book, sheet, {str(cell.value): cell.column for cell in sheet[1] if cell.value}


def column(desk: Desk, header: str) -> list[object]:
    _, sheet, columns = opened(desk)
    return [sheet.cell(at, columns[header]).value for at in range(2, sheet.max_row + 1)]


def _words(wrote: Wrote) -> str:
    """Why a write waits, as she reads it; empty where it was done."""
    return as_told(wrote.why or "")


def test_headers_stand_in_row_1_in_the_order_of_the_form(desk: Desk) -> None:
    _, _, columns = opened(desk)
    assert list(columns) == [
        "Nr", "Status", "Naam", "Voornaam", "Functie", "Gemeente", "Telefoon", "Ik neem deel", "Datum",
        "Aantal", "Dieetwensen", "Opmerkingen", "Ontvangen", "Gewijzigd", "Ingestuurd door", "Aanwezig",
        "Bevestiging sturen",
    ]  # fmt: skip


def test_nothing_changed_is_not_written(desk: Desk) -> None:
    before = desk.path.stat()
    assert desk.round().done
    assert desk.path.stat().st_ino == before.st_ino
    assert desk.path.stat().st_mtime_ns == before.st_mtime_ns


def test_answers_are_typed_and_text_is_never_a_formula(desk: Desk) -> None:
    desk.add(
        person(4, role="=HYPERLINK(1)", born="3/12/1980", number="12", phone="0478", remarks="\x01_x0041_")
    )
    desk.round()
    _, sheet, columns = opened(desk)
    values = {header: sheet.cell(5, at) for header, at in columns.items()}
    assert (values["Functie"].value, values["Functie"].data_type) == ("=HYPERLINK(1)", "s")
    assert values["Datum"].value == datetime(1980, 12, 3)  # noqa: DTZ001
    assert values["Aantal"].value == 12
    assert values["Telefoon"].value == "0478"
    assert values["Ik neem deel"].value == "ja"
    assert values["Ontvangen"].value == datetime(2026, 11, 22, 11)  # noqa: DTZ001  11 o'clock in Brussels
    found, _ = look(desk.path.read_bytes(), desk.bases.get, desk.layout, "")
    assert found.rows[3].values["remarks"] == "_x0041_"


def test_a_correction_is_an_edit_with_old_and_new(desk: Desk) -> None:
    book, sheet, columns = opened(desk)
    sheet.cell(2, columns["Functie"]).value = "Burgemeester"
    sheet.cell(3, columns["Ik neem deel"]).value = "neen"
    sheet.cell(4, columns["Datum"]).value = "3-12-1980"
    book.save(desk.path)
    taken = desk.import_edits()
    assert taken
    assert [(e.kind, e.nr, e.key, e.old, e.new) for e in taken.edits] == [
        (EditKind.CELL, "INS-0001", "role", None, "Burgemeester"),
        (EditKind.CELL, "INS-0002", "attends", True, False),
        (EditKind.CELL, "INS-0003", "born", None, "03/12/1980"),
    ]
    assert desk.import_edits() is None
    desk.write()
    assert desk.import_edits() is None
    _, sheet, columns = opened(desk)
    assert sheet.cell(4, columns["Datum"]).value == "3-12-1980"


def test_her_own_two_columns_are_edits_of_their_own(desk: Desk) -> None:
    book, sheet, columns = opened(desk)
    sheet.cell(2, columns["Aanwezig"]).value = "ja"
    sheet.cell(3, columns["Bevestiging sturen"]).value = "ja"
    sheet.cell(4, columns["Status"]).value = "wachtlijst"
    book.save(desk.path)
    taken = desk.import_edits()
    assert taken
    assert [(e.kind, e.nr, e.key, e.new) for e in taken.edits] == [
        (EditKind.ATTENDED, "INS-0001", "", True),
        (EditKind.CONFIRM, "INS-0002", "", True),
        (EditKind.CELL, "INS-0003", "status", "Wachtlijst"),
    ]
    desk.write()
    assert column(desk, "Bevestiging sturen") == [None, None, None]
    assert column(desk, "Aanwezig") == ["ja", None, None]


def test_a_row_typed_in_gets_its_reference_where_it_stands(desk: Desk) -> None:
    book, sheet, columns = opened(desk)
    sheet.cell(5, columns["Naam"]).value = "De Burgemeester"
    sheet.cell(5, columns["Aanwezig"]).value = "ja"
    book.save(desk.path)
    taken = desk.import_edits()
    assert taken
    assert [(e.kind, dict(e.row)) for e in taken.edits] == [
        (EditKind.NEW_ROW, {"last_name": "De Burgemeester"})
    ]
    desk.round()
    desk.round()
    assert column(desk, "Nr") == ["INS-0001", "INS-0002", "INS-0003", "INS-0004"]
    assert desk.people["INS-0004"].attended is True


def test_a_row_typed_in_before_a_kill_is_taken_in_once(desk: Desk) -> None:
    book, sheet, columns = opened(desk)
    sheet.cell(5, columns["Naam"]).value = "De Burgemeester"
    book.save(desk.path)
    desk.import_edits()
    desk.restart()
    assert desk.import_edits() is None
    assert len(desk.people) == 4


def test_a_row_corrected_before_it_got_its_reference_is_the_same_person(desk: Desk) -> None:
    book, sheet, columns = opened(desk)
    sheet.cell(5, columns["Naam"]).value = "De Burgemeester"
    book.save(desk.path)
    desk.import_edits()
    sheet.cell(5, columns["Functie"]).value = "Burgemeester"
    book.save(desk.path)
    taken = desk.import_edits()
    assert taken
    assert [(e.kind, e.nr) for e in taken.edits] == [(EditKind.CELL, "INS-0004")]


def test_a_deleted_row_is_a_withdrawal_and_stays_away(desk: Desk) -> None:
    book, sheet, _ = opened(desk)
    sheet.delete_rows(3)
    book.save(desk.path)
    desk.round()
    assert desk.people["INS-0002"].status is Status.CANCELLED
    desk.add(person(4))
    desk.round()
    assert column(desk, "Nr")[:3] == ["INS-0001", "INS-0003", "INS-0004"]


def test_more_than_three_rows_and_a_tenth_at_once_is_an_accident(desk: Desk) -> None:
    desk.add(*(person(number) for number in range(4, 12)))
    desk.round()
    book, sheet, _ = opened(desk)
    sheet.delete_rows(3, 4)
    book.save(desk.path)
    asked = desk.path.read_bytes()
    desk.round()
    assert len(desk.remarks) == 1
    assert "er zijn 4 van de 11 rijen" in desk.remarks[0]
    assert all(one.status is Status.REGISTERED for one in desk.people.values())
    assert sorted(map(str, column(desk, "Nr"))) == sorted(desk.people)
    assert [file.read_bytes() for file in desk.path.parent.glob("* zoals gevonden *")] == [asked]


@pytest.mark.parametrize(
    "content", [b"", b"rommel", b"PK\x03\x04rommel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1wachtwoord"]
)
def test_a_file_that_is_no_workbook_is_kept_and_said_and_restored(desk: Desk, content: bytes) -> None:
    desk.path.write_bytes(content)
    desk.round()
    assert len(desk.remarks) == 1
    assert column(desk, "Nr") == list(desk.people)
    assert [file.read_bytes() for file in desk.path.parent.glob("* zoals gevonden *")] == [content]
    assert desk.round().done
    assert len(desk.remarks) == 1


def test_a_workbook_of_an_unknown_write_is_an_accident(desk: Desk) -> None:
    book, _, _ = opened(desk)
    book.custom_doc_props.props.clear()
    book.save(desk.path)
    desk.round()
    assert "onbekende versie" in desk.remarks[0]


def test_a_deleted_nr_column_comes_back(desk: Desk) -> None:
    book, sheet, columns = opened(desk)
    sheet.delete_cols(columns["Nr"])
    book.save(desk.path)
    desk.round()
    assert column(desk, "Nr") == list(desk.people)
    assert len(desk.people) == 3
    assert "Nr ontbrak" in desk.remarks[0]


def test_a_renamed_header_is_known_by_what_stands_below_it(desk: Desk) -> None:
    book, sheet, columns = opened(desk)
    sheet.cell(1, columns["Gemeente"]).value = "Stadje"
    sheet.cell(2, columns["Gemeente"]).value = "Damme"
    book.save(desk.path)
    desk.round()
    assert desk.people["INS-0001"].text("organisation") == "Damme"
    assert column(desk, "Gemeente") == ["Damme", "Stad Brugge", "Brugge"]


def test_an_nr_typed_twice_is_said_and_the_most_alike_row_keeps_it(desk: Desk) -> None:
    book, sheet, columns = opened(desk)
    for at in range(1, sheet.max_column + 1):
        sheet.cell(5, at).value = sheet.cell(2, at).value
    sheet.cell(5, columns["Naam"]).value = "Iemand anders"
    book.save(desk.path)
    desk.round()
    assert "INS-0001 stond op meer dan één rij" in desk.remarks[0]
    assert desk.people["INS-0001"].text("last_name") == "Peeters1"
    assert column(desk, "Nr") == ["INS-0001", "INS-0002", "INS-0003", "INS-0004"]


def test_of_two_namesakes_without_nr_each_row_is_the_one_that_it_agrees_with(desk: Desk) -> None:
    desk.add(person(4, last_name="Peeters1", organisation="Ieper", role="Schepen"))
    desk.round()
    book, sheet, columns = opened(desk)
    for at in range(1, sheet.max_column + 1):
        first, last = sheet.cell(2, at), sheet.cell(5, at)
        first.value, last.value = last.value, first.value
    for row in (2, 5):
        sheet.cell(row, columns["Nr"]).value = None
        sheet.cell(row, columns["Opmerkingen"]).value = f"rij {row}"
    book.save(desk.path)
    desk.round()
    assert len(desk.people) == 4
    assert {nr: desk.people[nr].text("remarks") for nr in ("INS-0001", "INS-0004")} == {
        "INS-0001": "rij 5",
        "INS-0004": "rij 2",
    }


def test_a_row_pasted_twice_goes_out_again(desk: Desk) -> None:
    book, sheet, _ = opened(desk)
    for at in range(1, sheet.max_column + 1):
        sheet.cell(5, at).value = sheet.cell(2, at).value
    book.save(desk.path)
    desk.round()
    assert len(desk.people) == 3
    assert column(desk, "Nr")[:3] == list(desk.people)


def test_cells_merged_across_rows_lose_nothing(desk: Desk) -> None:
    book, sheet, columns = opened(desk)
    letter = openpyxl.utils.get_column_letter(columns["Gemeente"])
    sheet.merge_cells(f"{letter}2:{letter}4")
    book.save(desk.path)
    desk.round()
    assert "samengevoegd" in desk.remarks[0]
    assert column(desk, "Gemeente") == ["Brugge", "Stad Brugge", "Brugge"]


def test_what_she_types_over_a_column_of_mailbot_alone_is_put_right(desk: Desk) -> None:
    book, sheet, columns = opened(desk)
    sheet.cell(2, columns["Ontvangen"]).value = "gisteren"
    book.save(desk.path)
    desk.round()
    assert column(desk, "Ontvangen")[0] == datetime(2026, 11, 22, 11)  # noqa: DTZ001


def test_rows_below_the_list_move_down_with_their_formulas(desk: Desk) -> None:
    book, sheet, columns = opened(desk)
    sheet.cell(7, 1).value = "Eigen telling"
    sheet.cell(7, 20).value = "=COUNTA(A2:A4)"
    book.create_sheet("Eigen")["A1"] = "=COUNTA(Deelnemers!A2:A4)+Deelnemers!T7"
    book.save(desk.path)
    desk.add(person(4), person(5))
    desk.round()
    book, sheet, _ = opened(desk)
    assert sheet.cell(9, 1).value == "Eigen telling"
    assert sheet.cell(9, 20).value == "=COUNTA(A2:A6)"
    assert book["Eigen"]["A1"].value == "=COUNTA(Deelnemers!A2:A6)+Deelnemers!T9"
    assert sheet.tables["Deelnemers"].ref == "A1:Q6"
    assert columns


def test_an_erased_person_leaves_no_row_and_no_word(desk: Desk) -> None:
    desk.people.pop("INS-0002")
    desk.log[1] = desk.log[0]
    desk.round()
    assert column(desk, "Nr")[:2] == ["INS-0001", "INS-0003"]
    with zipfile.ZipFile(desk.path) as archive:
        assert not any(b"Peeters2" in archive.read(name) for name in archive.namelist())
    assert not [e for e in (desk.import_edits(),) if e]


# ---------------------------------------------------------------- Te behandelen


def case(number: int, *choices: Choice, event: str = "kis") -> Case:
    return Case(CaseKind.LATE, "Jan", "gelezen: x", choices, NOW, event=event, id=number, message=number)


def test_a_decision_with_its_remark_is_taken_in_and_its_row_goes(desk: Desk) -> None:
    desk.cases = (
        case(1, Choice.ACCEPT, Choice.REFUSE),
        case(2, Choice.SAME, Choice.OTHER),
        case(3, Choice.DONE),
    )
    desk.write({1: "berichten/1.eml", 2: "berichten/2.eml", 3: "berichten/3.eml"})
    book, sheet, columns = opened(desk, "Te behandelen")
    assert sheet.cell(3, columns["Bericht"]).hyperlink.target == "berichten/2.eml"
    lists = {v.sqref.__str__(): v.formula1 for v in sheet.data_validations.dataValidation}
    assert lists["G2"] == '"aanvaarden,weigeren"'
    assert lists["G3"] == '"zelfde persoon,andere persoon"'
    sheet.cell(2, columns["Beslissing"]).value = "aanvaarden"
    sheet.cell(2, columns["Toelichting"]).value = "Welkom,\ntot dan."
    sheet.cell(1, 12).value = "Mijn nota"
    sheet.cell(3, 12).value = "over 2"
    book.save(desk.path)
    desk.round()
    assert desk.decisions == [(1, "aanvaarden", "Welkom,\ntot dan.", "")]
    _, sheet, columns = opened(desk, "Te behandelen")
    assert [sheet.cell(at, 1).value for at in (2, 3, 4)] == [2, 3, None]
    assert sheet.cell(2, 12).value == "over 2"
    assert sheet.cell(2, columns["Bericht"]).hyperlink.target == "berichten/2.eml"


def test_a_remark_is_the_same_by_its_facts_whatever_its_words() -> None:
    first = Remark(
        RemarkKind.CASE_CLOSED, say(FileSays.CASE_CLOSED_BEFORE, who="geval 1"), (CASES, 1, "misschien")
    )
    assert replace(first, says=say(FileSays.CASE_CLOSED_BEFORE, who="case 1")).key == first.key
    assert replace(first, facts=(CASES, 2, "misschien")).key != first.key
    assert replace(first, kind=RemarkKind.UNDO_TOO_LATE).key != first.key


def test_what_she_typed_does_not_stand_in_the_key_of_a_case() -> None:
    assert (
        "Jan Peeters"
        not in Remark(RemarkKind.CASE_CLOSED, say(FileSays.CASE_CLOSED_BEFORE), (CASES, 1, "Jan Peeters")).key
    )


def test_the_shared_workbook_offers_the_open_events(tmp_path: object) -> None:
    from mailbot.domain.decision import EventState
    from mailbot.workbook import Base, merge

    state = EventState("", (), (case(1, Choice.ACCEPT, Choice.REFUSE, event=""),), (), NOW)
    written = write(state, SHARED, None, Base())
    assert written
    book = openpyxl.load_workbook(io.BytesIO(written.data(1)))
    sheet = book["Te behandelen"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, columns["Bijeenkomst"]).value = "Kennisplatform (kis)"
    sheet.cell(2, columns["Beslissing"]).value = "aanvaarden"
    out = io.BytesIO()
    book.save(out)
    base = Base.from_json(1, written.base.to_json())
    edits = merge(base, read(out.getvalue(), SHARED, base), SHARED)
    assert [(e.case, e.choice, e.event) for e in edits] == [(1, Choice.ACCEPT, "kis")]
    assert any("Bijeenkomsten" in (v.formula1 or "") for v in sheet.data_validations.dataValidation)


def test_dates_of_a_day_mean_that_day() -> None:
    from mailbot.workbook.values import day

    assert day("3/12/2026") == day("2026-12-03") == date(2026, 12, 3)
    assert day("31/2/2026") is None


def test_a_card_that_comes_beside_another_looks_like_it(desk: Desk) -> None:
    desk.add(person(4, last_name="Zoete", role="schepen"), person(2, last_name="Adams", role="schepen"))
    assert desk.round().done
    desk.add(person(5, last_name="Willems", role="schepen"), person(6, last_name="Wils", role="schepen"))
    assert desk.round().done
    _, sheet, _ = opened(desk, "Naamkaartjes")
    cards = [(sheet.cell(at, 1), sheet.cell(at, 3)) for at in range(1, sheet.max_row + 1)]
    both = [(left, right) for left, right in cards if left.value and right.value]
    assert len(both) >= 8
    assert [left.style_id for left, _ in both] == [right.style_id for _, right in both]


def test_a_long_name_on_a_card_is_smaller_and_on_two_lines_instead_of_edge_to_edge(desk: Desk) -> None:
    long = "Van den Broeck-Vandenberghe van Laethem"
    desk.add(person(4, last_name=long, role="adjunct-algemeen directeur intergemeentelijke samenwerking"))
    assert desk.round().done
    _, sheet, _ = opened(desk, "Naamkaartjes")
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    (name,) = [cell for cell in cells if long in str(cell.value)]
    (role,) = [cell for cell in cells if "adjunct" in str(cell.value)]
    assert (name.font.sz, name.alignment.wrap_text, name.alignment.shrink_to_fit) == (14, True, None)
    assert role.font.sz < 12


def test_two_cards_stay_on_the_paper_where_the_font_is_wider_than_arial(desk: Desk) -> None:
    _, sheet, _ = opened(desk, "Naamkaartjes")
    digit = 0.6362 * 10 / 72  # of DejaVu Sans in 10 points, in inches
    wide = sum(sheet.column_dimensions[letter].width for letter in "ABC") * digit
    margins = sheet.page_margins.left + sheet.page_margins.right
    assert wide + margins <= 210 / 25.4


def test_a_row_that_libreoffice_saved_is_fitted_to_what_it_says_later(desk: Desk) -> None:
    page = Workbook.open(desk.path.read_bytes()).sheet("Deelnemers")
    assert page is not None
    row = next(one for one in page.root.iter(q("row")) if one.get("r") == "2")
    for said, height in (("false", "42"), ("true", "35")):
        row.set("customHeight", said)
        row.set("ht", "35")
        page.fit(2, [("een\ntwee\ndrie", 20)])
        assert row.get("ht") == height


def test_a_word_on_the_very_last_row_costs_nothing_and_stays_there(desk: Desk) -> None:
    # A row for each of a million made reading take two minutes, every round.
    book, sheet, _ = opened(desk)
    for page in (sheet, book["Te behandelen"], book["Logboek"]):
        page.cell(1_048_576, 20).value = "verdwaald"
    book.save(desk.path)
    desk.add(person(4))
    desk.cases = (case(1, Choice.DONE),)
    assert desk.round().done
    book, sheet, _ = opened(desk)
    assert sheet["A5"].value == "INS-0004"
    for page in (sheet, book["Te behandelen"], book["Logboek"]):
        assert (page.max_row, page.cell(1_048_576, 20).value) == (1_048_576, "verdwaald")


@pytest.mark.parametrize(
    ("part", "sound", "odd"),
    [
        ("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="x"'),
        ("xl/worksheets/sheet1.xml", b'<c r="A2"', b'<c r="????2"'),
        ("xl/worksheets/sheet1.xml", b'<c r="M2" s="', b'<c r="M2" s="x'),
        ("xl/worksheets/sheet2.xml", b'<row r="1"', b'<row r="1.5"'),
        ("xl/styles.xml", b'numFmtId="', b'numFmtId="x'),
        ("xl/tables/table1.xml", b'ref="A1:', b'ref="!1:'),
        ("xl/tables/table1.xml", b'<tableColumn id="1"', b'<tableColumn id="een"'),
    ],
)
def test_what_makes_no_sense_inside_a_part_holds_up_that_workbook_alone(
    desk: Desk, part: str, sound: bytes, odd: bytes
) -> None:
    with zipfile.ZipFile(desk.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert sound in parts[part]
    parts[part] = parts[part].replace(sound, odd)
    with zipfile.ZipFile(desk.path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    desk.add(person(4))
    wrote = desk.round()
    assert "beschadigd" in _words(wrote) or any("beschadigd" in remark for remark in desk.remarks)


def test_a_defect_of_ours_while_writing_is_told_as_ours_with_the_reference_for_the_log(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("spoons")

    monkeypatch.setattr(overview, "write", broken)
    before = desk.path.read_bytes()
    desk.add(person(4))
    wrote = desk.round()
    assert "beschadigd" not in _words(wrote)
    assert "door een fout in mailbot" in _words(wrote)
    reference = _words(wrote).split()[-1]
    assert any(reference in line.getMessage() and line.exc_info for line in caplog.records)
    assert desk.path.read_bytes() == before
    monkeypatch.undo()
    assert desk.round().done


def test_no_formula_holds_what_people_wrote_and_a_long_allergy_counts(desk: Desk) -> None:
    allergy = 'noten "sporen" & <meer>, ' * 12
    desk.add(person(4, diet=allergy.strip(), organisation='Ge"meente'), person(5, diet="vegetarisch"))
    desk.round()
    book = openpyxl.load_workbook(desk.path)
    formulas = [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert formulas
    assert not [one for one in formulas if "noten" in one or 'Ge""meente' in one or "vegetarisch" in one]
    shown = openpyxl.load_workbook(desk.path, data_only=True)["Overzicht"]
    counts = {row[0]: row[1] for row in shown.iter_rows(values_only=True)}
    assert counts[allergy.strip()] == 1
    assert book["mailbot-woorden"].sheet_state == "hidden"


def test_a_telephone_number_keeps_its_leading_zero(desk: Desk) -> None:
    """Excel makes a number of digits that are typed in a cell without a format."""
    book, sheet, columns = opened(desk)
    sheet.cell(2, columns["Telefoon"]).value = 478123456
    sheet.cell(2, columns["Telefoon"]).number_format = "General"
    sheet.cell(5, columns["Naam"]).value = "Zeger"
    sheet.cell(5, columns["Telefoon"]).value = 50810101
    book.save(desk.path)
    desk.round()
    assert [one.text("phone") for one in desk.people.values()] == ["0478 12 34 56", "", "", "050 81 01 01"]
    assert column(desk, "Telefoon") == ["0478 12 34 56", None, None, "050 81 01 01"]
    desk.edits.clear()
    desk.round()
    assert desk.edits == []


def test_what_she_types_below_the_list_stays_as_she_types_it(desk: Desk) -> None:
    _, sheet, columns = opened(desk)
    formats = {
        header: sheet.column_dimensions[openpyxl.utils.get_column_letter(at)].number_format
        for header, at in columns.items()
    }
    assert formats["Telefoon"] == formats["Functie"] == "@"
    assert formats["Aantal"] == formats["Datum"] == formats["Ontvangen"] == "General"


def test_free_places_leave_out_who_is_incomplete_and_holds_one(desk: Desk) -> None:
    """As the rules count them: not who is incomplete and found no place, nor whose time has passed."""
    waits = replace(person(4), status=Status.INCOMPLETE, asked_at=desk.now)
    desk.add(waits, replace(person(5), status=Status.INCOMPLETE, asked_at=desk.now, reason="volzet"))
    desk.add(replace(person(6), status=Status.INCOMPLETE, asked_at=desk.now - timedelta(days=9)))
    desk.round()
    shown = openpyxl.load_workbook(desk.path, data_only=True)["Overzicht"]
    counts = {row[0]: row[1] for row in shown.iter_rows(values_only=True)}
    taken = sum(holds_place(one, EVENT, desk.now) for one in desk.people.values())
    assert taken == counts["Ingeschreven"] + 1
    assert counts["Vrije plaatsen (van 40)"] == 40 - taken


def test_the_two_counts_of_who_does_not_come_bear_names_of_their_own(desk: Desk) -> None:
    desk.add(replace(person(4), status=Status.EXCUSED), replace(person(5), status=Status.CANCELLED))
    desk.round()
    shown = openpyxl.load_workbook(desk.path, data_only=True)["Overzicht"]
    words = [row[0] for row in shown.iter_rows(values_only=True)]
    assert {"Verontschuldigd", "Afgemeld", "Verontschuldigd of afgemeld (2)"} <= {*words}
    assert "Verontschuldigd (2)" not in words


def test_the_minutes_tell_a_body_that_excused_itself_as_a_whole(desk: Desk) -> None:
    whole = person(4, last_name="", first_name="", organisation="Damme")
    desk.add(replace(whole, status=Status.EXCUSED, organisation_known="Damme"))
    desk.round()
    shown = openpyxl.load_workbook(desk.path, data_only=True)["Overzicht"]
    assert ("Damme", "het hele bestuur") in {row[:2] for row in shown.iter_rows(values_only=True)}


def test_a_status_in_small_letters_and_who_was_there_in_words_are_understood(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.path)
    sheet = book["Deelnemers"]
    headers = [cell.value for cell in sheet[1]]
    desk.add(person(3, attends=""), person(4), person(5, attends=""))
    desk.round()
    typed = {
        2: ("ingeschreven", "aanwezig", "v"),
        3: ("wachtlijst", "Afwezig", "ja"),
        4: ("ingeschreven", "OK", "X"),
        5: ("ingeschreven", "v", "-"),
        6: ("ingeschreven", "-", "ok"),
    }
    book = openpyxl.load_workbook(desk.path)
    for at, texts in typed.items():
        for key, text in zip(("Status", "Aanwezig", "Ik neem deel"), texts, strict=True):
            book["Deelnemers"].cell(at, headers.index(key) + 1).value = text
    book.save(desk.path)
    desk.round()
    told = [(str(one.status), one.attended, one.answers.get("attends")) for one in desk.people.values()]
    assert told == [
        ("Ingeschreven", True, True),
        ("Wachtlijst", False, True),
        ("Ingeschreven", True, True),
        ("Ingeschreven", True, None),
        ("Ingeschreven", None, True),
    ]


def test_days_that_are_still_to_come_stand_in_no_list_and_no_chart(desk: Desk) -> None:
    desk.round()
    shown = openpyxl.load_workbook(desk.path, data_only=True)["Overzicht"]
    days = [row[0] for row in shown.iter_rows(values_only=True) if isinstance(row[0], datetime)]
    assert EVENT.deadline is not None
    assert days and max(days).date() <= NOW.date() < EVENT.deadline


@pytest.mark.parametrize(("first", "lines"), [(40, 41), (89, 90), (90, 3), (200, 3)])
def test_the_days_begin_with_the_first_registration_however_long_ago(
    desk: Desk, first: int, lines: int
) -> None:
    """Of a long time without the days on which nothing was, but for the one before each other."""
    begin = NOW - timedelta(days=first)
    desk.add(replace(person(4), received=begin))
    desk.round()
    shown = openpyxl.load_workbook(desk.path, data_only=True)["Overzicht"]
    days = [row[:3] for row in shown.iter_rows(values_only=True) if isinstance(row[0], datetime)]
    assert days[0] == (datetime.combine(begin.date(), datetime.min.time()), 1, 1)
    assert days[-1][1:] == (3, 4)
    assert days[-2][1:] == (0, 1)
    assert len(days) == lines


def _conditions(desk: Desk) -> dict[str, tuple[str, int]]:
    """The conditional formats of Deelnemers: formula → range and number of the format."""
    with zipfile.ZipFile(desk.path) as archive:
        root = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return {
        rule.findtext(q("formula")) or "": (rule.getparent().get("sqref"), int(rule.get("dxfId")))
        for rule in root.iter(q("cfRule"))
    }


def _with_conditions(desk: Desk, change: Callable[[str], str]) -> None:
    """Rewrites the sheet of Deelnemers as another program might have left it."""
    with zipfile.ZipFile(desk.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = change(parts[name].decode()).encode()
    with zipfile.ZipFile(desk.path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def test_no_colour_hangs_on_a_row_that_can_be_deleted(desk: Desk) -> None:
    cells = {cell for formula in _conditions(desk) for cell in re.findall(r"\$[A-Z]+\d+", formula)}
    assert cells
    assert {cell.lstrip("$ABCDEFGHIJKLMNOPQRSTUVWXYZ") for cell in cells} == {"1"}, "the headers stay"


@pytest.mark.parametrize("left", ["$B#REF!", "#REF!", "$B2"])
def test_colours_that_lost_their_cell_are_drawn_anew_and_hers_stay(desk: Desk, left: str) -> None:
    """LibreOffice leaves #REF! where the row was that a formula began at; former versions began at row 2."""
    drawn = _conditions(desk)
    hers = (
        '<conditionalFormatting sqref="C2:C9"><cfRule type="expression" dxfId="0" priority="99">'
        '<formula>$D#REF!="x"</formula></cfRule></conditionalFormatting>'
    )
    _with_conditions(
        desk,
        lambda xml: xml.replace("B1:B", "B2:B").replace("$B1=", f"{left}=").replace(
            "<conditionalFormatting", f"{hers}<conditionalFormatting", 1
        ),
    )  # fmt: skip
    assert f'{left}="Ingeschreven"' in _conditions(desk)
    desk.add(person(9))
    assert desk.round().done
    after = _conditions(desk)
    assert after.pop('$D#REF!="x"')[1] == 0, "hers is left as it is"
    assert {one: number for one, (_, number) in after.items()} == {one: n for one, (_, n) in drawn.items()}
    assert all(where.startswith(("B1:B", "A1:A")) for where, _ in after.values())
    assert complaints(desk.path.read_bytes()) == []


def test_a_colour_that_she_took_away_stays_away(desk: Desk) -> None:
    gone = '"Wachtlijst"'
    whole = rf"<conditionalFormatting[^>]*><cfRule[^>]*><formula>[^<]*{gone}.*?</conditionalFormatting>"
    _with_conditions(desk, lambda xml: re.sub(whole, "", xml))
    desk.add(person(9))
    assert desk.round().done
    assert not [formula for formula in _conditions(desk) if gone in formula]


def test_a_long_address_in_the_overview_stands_on_one_line(tmp_path: Path) -> None:
    """Over the empty cells beside it: a wrapped one ran over the next row."""
    assert LAYOUT.form is not None
    email = FormField(key="email", label="E-mail", kind=FieldKind.EMAIL)
    form = LAYOUT.form.model_copy(update={"fields": (*LAYOUT.form.fields, email)})
    layout = replace(LAYOUT, form=form)
    desk = Desk(tmp_path, layout)
    long = "het.secretariaat.van.de.burgemeester@gemeentebestuur-zedelgem.example"
    desk.add(replace(person(9), sender=long))
    assert desk.round().done
    sheet = openpyxl.load_workbook(desk.path)["Overzicht"]
    (cell,) = (one for row in sheet.iter_rows() for one in row if one.value == long)
    assert not cell.alignment.wrap_text
    assert sheet.cell(cell.row, cell.column + 1).value is None


def test_the_chart_says_that_it_counts_those_who_withdrew_since(desk: Desk) -> None:
    with zipfile.ZipFile(desk.path) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
    assert any("ook van wie later afmeldde" in one for one in charts)
