"""Where something stands: a value for the code, words for people."""

from __future__ import annotations

from mailbot.domain.document import Location, Unit

FORM = Location().at(Unit.ATTACHMENT, "a.zip").at(Unit.FILE, "form.docx")


def test_a_place_is_told_from_the_outside_in() -> None:
    assert str(FORM.at(Unit.TABLE, 1).at(Unit.ROW, 2)) == "bijlage a.zip, form.docx, tabel 1, rij 2"


def test_a_cell_of_a_sheet_is_called_as_the_sheet_calls_it() -> None:
    cell = Location().at(Unit.SHEET, "Deelnemers").at(Unit.ROW, 2).at(Unit.COLUMN, 28)
    assert str(cell) == "blad Deelnemers, cel AB2"
    assert (cell.row, cell.column) == (2, 28)


def test_of_nested_tables_the_innermost_row_counts() -> None:
    outer = FORM.at(Unit.PAGE, 3).at(Unit.TABLE, 1).at(Unit.ROW, 4)
    inner = outer.at(Unit.TABLE, 2).at(Unit.ROW, 1)
    assert (inner.document, inner.page, inner.block, inner.row) == (("a.zip", "form.docx"), 3, 2, 1)


def test_a_name_that_reads_like_a_place_is_only_a_name() -> None:
    named = Location().at(Unit.ATTACHMENT, "pagina 7, rij 3.docx")
    assert (named.page, named.row) == (0, 0)


def test_a_place_in_a_message_passed_on_is_told_from_the_outer_mail() -> None:
    line = Location().at(Unit.MAIL).at(Unit.LINE, 4)
    assert (
        str(line.inside(Location().at(Unit.FORWARDED))) == "doorgestuurd bericht, tekst van de mail, regel 4"
    )
