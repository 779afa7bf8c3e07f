"""What a former version gave a sheet for paper, and she left as it was, is given anew; hers stays hers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from mailbot.workbook import badges, cases, event_sheet, guide, log, participants, theme
from mailbot.workbook.layout import CHANGED, NR, RECEIVED
from mailbot.xlsx.workbook import Workbook
from tests.workbook.conftest import Desk, person, saved_by_libreoffice


@pytest.fixture(params=["ours", pytest.param("LibreOffice", marks=pytest.mark.long)])
def saved(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Path], None]:
    """The file as the last program left it."""
    return (lambda path: saved_by_libreoffice(path, tmp_path)) if request.param != "ours" else lambda _: None


def drawn_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch, looks: Callable[[pytest.MonkeyPatch], None]
) -> Desk:
    """A desk whose workbook, with one person in it, has the looks of a former version."""
    desk = Desk(folder)
    with monkeypatch.context() as former:
        looks(former)
        desk.add(person(1))
        desk.round()
    return desk


def as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The looks of a former version."""
    before = theme.Printed(-1, -1.0)  # nothing is known to be older
    monkeypatch.setattr(badges, "_FORMER_PAPER", before)
    monkeypatch.setattr(
        badges,
        "_on_paper",
        lambda sheet: theme.paper(sheet, title="", landscape=False, margin=0.4, fit=False),
    )
    monkeypatch.setattr(guide, "_WIDTH", 92)
    monkeypatch.setattr(guide, "_FORMER_WIDTH", 0)


def test_paper_that_she_left_as_it_was_is_renewed(
    tmp_path: Path, saved: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = drawn_before(tmp_path, monkeypatch, as_before)
    saved(desk.path)
    book = openpyxl.load_workbook(desk.path)
    assert round(book["Naamkaartjes"].page_margins.left, 1) == 0.4
    desk.add(person(2))
    assert desk.round().done
    book = openpyxl.load_workbook(desk.path)
    assert book["Naamkaartjes"].page_margins.left == 0.25
    assert round(book["Uitleg"].column_dimensions["A"].width) == 81


def test_paper_that_she_changed_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = drawn_before(tmp_path, monkeypatch, as_before)
    book = openpyxl.load_workbook(desk.path)
    book["Naamkaartjes"].page_margins.left = 0.6
    book["Uitleg"].column_dimensions["A"].width = 60
    book.save(desk.path)
    desk.add(person(2))
    assert desk.round().done
    book = openpyxl.load_workbook(desk.path)
    assert book["Naamkaartjes"].page_margins.left == 0.6
    assert round(book["Uitleg"].column_dimensions["A"].width) == 60


def narrow_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The widths and the hint of a former version, and nothing that mends them."""
    monkeypatch.setattr(
        participants, "_OWN_WIDTHS", {**participants._OWN_WIDTHS, RECEIVED: 15.5, CHANGED: 15.5}
    )
    monkeypatch.setattr(participants, "HINTS", {**participants.HINTS, **participants._FORMER_HINTS})
    monkeypatch.setattr(cases, "_WIDTHS", {**cases._WIDTHS, "opened": 16})
    monkeypatch.setattr(log, "_WIDTHS", (17, 28, 54, 54, 11))
    monkeypatch.setattr(theme, "widen", lambda *_: None)


def _widths(path: Path) -> dict[str, float]:
    """The widths of the columns that show moments."""
    book = Workbook.open(path.read_bytes())
    found = {}
    for name, headers in (("Deelnemers", ("Ontvangen", "Gewijzigd")), ("Te behandelen", ("Wanneer",))):
        sheet = book.sheet(name)
        assert sheet is not None
        stand = {str(sheet.get(1, at)): at for at in range(1, sheet.last_column + 1)}
        found |= {header: theme.width(sheet, stand[header]) for header in headers}
    log_sheet = book.sheet("Logboek")
    assert log_sheet is not None
    return {key: round(value, 1) for key, value in found.items()} | {
        "Logboek": round(theme.width(log_sheet, 1), 1)
    }


def test_columns_too_narrow_for_their_hours_are_widened(
    tmp_path: Path, saved: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = drawn_before(tmp_path, monkeypatch, narrow_as_before)
    saved(desk.path)
    assert max(_widths(desk.path).values()) < 18
    desk.add(person(2))
    assert desk.round().done
    assert set(_widths(desk.path).values()) == {22}
    hints = openpyxl.load_workbook(desk.path)["Deelnemers"].data_validations.dataValidation
    assert participants.HINTS[NR] in {one.prompt for one in hints}
    assert not {*participants._FORMER_HINTS.values()} & {one.prompt for one in hints}


def test_a_width_that_she_gave_a_column_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = drawn_before(tmp_path, monkeypatch, narrow_as_before)
    book = openpyxl.load_workbook(desk.path)
    sheet = book["Deelnemers"]
    at = next(cell.column_letter for cell in sheet[1] if cell.value == "Ontvangen")
    sheet.column_dimensions[at].width = 12
    book.save(desk.path)
    desk.add(person(2))
    assert desk.round().done
    assert _widths(desk.path) == {"Ontvangen": 11.3, "Gewijzigd": 22, "Wanneer": 22, "Logboek": 22}


def test_the_sheet_of_events_takes_four_pages_where_it_took_one(
    tmp_path: Path, saved: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Workbook.new()
    with monkeypatch.context() as former:
        former.setattr(
            event_sheet,
            "_on_paper",
            lambda sheet: theme.paper(sheet, title="", landscape=True, repeat="1:1"),
        )
        former.setattr(event_sheet, "_FORMER_PAPER", theme.Printed(-1, -1.0))
        event_sheet.draw(book, {}, event_sheet.SheetPlan({}, {}, {}), {})
    path = tmp_path / "bijeenkomsten.xlsx"
    path.write_bytes(book.data())
    saved(path)
    again = Workbook.open(path.read_bytes())
    event_sheet.draw(again, {}, event_sheet.SheetPlan({}, {}, {}), {})
    path.write_bytes(again.data())
    sheet = openpyxl.load_workbook(path)["Bijeenkomsten"]
    assert (sheet.page_setup.fitToWidth, sheet.print_title_cols) == (4, "$A:$B")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
