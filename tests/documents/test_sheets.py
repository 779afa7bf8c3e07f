"""Cells as a spreadsheet shows them."""

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Color, Font, PatternFill, Protection, Side

from mailbot.documents import read
from mailbot.documents.number_format import shown
from mailbot.domain.document import (
    Location,
    Paragraph,
    ParsedDocument,
    ParseStatus,
    Part,
    Table,
    Unit,
)
from mailbot.domain.noticed import Noticed
from mailbot.domain.statement import say
from mailbot.text.characters import TICKED, UNTICKED

SAMPLES = Path(__file__).parent / "samples"


def reading(book: openpyxl.Workbook) -> ParsedDocument:
    file = io.BytesIO()
    book.save(file)
    return read(Part("lijst.xlsx", "", file.getvalue()), Location().at(Unit.ATTACHMENT, "lijst.xlsx"))


def cell_text(value: object, number_format: str = "General") -> str:
    book = openpyxl.Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = number_format
    found = reading(book)
    return found.blocks[0].text if found.blocks else ""


@pytest.mark.parametrize(
    ("ground", "painted"),
    [("FFFF00", True), ("FFFFFF", False), (Color(indexed=9), False), (Color(indexed=13), True)],
)
def test_a_cell_of_another_colour_than_paper_is_painted(ground: str | Color, painted: bool) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "ja"
    book.active["A1"].fill = PatternFill("solid", fgColor=ground)
    (table,) = reading(book).blocks
    assert isinstance(table, Table)
    assert table.rows[0][0].painted is painted


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (478123456, "0### ## ## ##", "0478 12 34 56"),
        (478123456, "0000 00 00 00", "0478 12 34 56"),
        (478123456, '"0"000 00 00 00', "0478 12 34 56"),
        (50123456, "0##/## ## ##", "050/12 34 56"),
        (32478123456, '"+"00 000 00 00 00', "+32 478 12 34 56"),
        (478123456, "General", "478123456"),
        (46359, "d/mm/yyyy", "3/12/2026"),
        (46359.5833333333, "dd/mm/yyyy hh:mm", "3/12/2026 14:00"),
        (0.5833333333, "h:mm", "14:00"),
        (46359, "[$-813]dddd d mmmm yyyy;@", "3/12/2026"),
        (1234.5, "#,##0.00", "1.234,50"),
        (1234.5, "€ #,##0.00", "€ 1.234,50"),
        (0.25, "0%", "25%"),
        (2.5, "", "2,5"),
        (5, "00", "05"),
        (-5, "0;(0)", "(5)"),
        (8000, "@", "8000"),
        (1, "d", "1/1/1900"),
    ],
)
def test_numbers_are_shown_by_their_format(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_the_calendar_of_1904_starts_there() -> None:
    assert shown(0, "d/m/yyyy", since_1904=True) == "1/1/1904"


@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(alphabet='0#?.,;/ -%@"\\_*[]dmyhsAE+€', max_size=25),
)
def test_no_format_makes_it_raise(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0478 12 34 56", "0478 12 34 56"),
        (date(2026, 12, 3), "3/12/2026"),
        (datetime(2026, 12, 3, 14, 0), "3/12/2026 14:00"),  # noqa: DTZ001  a cell has no zone
        (time(14, 0), "14:00"),
        (True, TICKED),
        (3, "3"),
    ],
)
def test_what_is_typed_is_what_is_read(value: object, text: str) -> None:
    number_format = {date: "d/mm/yyyy", datetime: "d/mm/yyyy h:mm", time: "h:mm"}.get(type(value), "General")
    assert cell_text(value, number_format) == text


def test_an_unticked_box_is_shown() -> None:
    assert cell_text(False) == UNTICKED


def test_a_formula_that_was_never_calculated_is_empty_and_said() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Naam", '=CONCATENATE("a","b")'])
    found = reading(book)
    assert found.blocks[0].text == "Naam"
    assert found.notes == (say(Noticed.FORMULA_EMPTY, sheet="Sheet"),)


def test_a_cell_at_the_far_corner_costs_nothing_and_is_said() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Naam"
    book.active["XFD1048576"] = "bom"
    found = reading(book)
    assert found.blocks[0].text == "Naam"
    assert len(found.notes) == 1


def test_open_cells_of_a_locked_sheet_are_slots() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Naam", None])
    book.active["B1"].protection = Protection(locked=False)
    book.active.protection.sheet = True
    (grid,) = reading(book).blocks
    assert isinstance(grid, Table)
    (line,) = grid.rows[0][1].blocks
    assert isinstance(line, Paragraph)
    assert line.spans[0].slot
    assert line.text == ""


def test_empty_rows_are_left_out_and_the_rest_keep_their_names() -> None:
    book = openpyxl.Workbook()
    book.active["A2"], book.active["B7"] = "Naam", "Jan"
    (grid,) = reading(book).blocks
    assert isinstance(grid, Table)
    assert [str(row[0].where) for row in grid.rows] == [
        "bijlage lijst.xlsx, blad Sheet, cel A2",
        "bijlage lijst.xlsx, blad Sheet, cel A7",
    ]
    assert grid.rows[1][1].text == "Jan"


def test_repeats_of_an_ods_are_clamped() -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" '
        f'xmlns:text="{office}text:1.0"><office:body><office:spreadsheet><table:table table:name="Blad1">'
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row><table:table-row>'
        '<table:table-cell><text:p>Naam<text:s text:c="2000000000"/>x</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    found = read(Part("x.ods", "", file.getvalue()), Location())
    assert (found.state, found.blocks) == (ParseStatus.READ, ())


def test_struck_words_in_a_cell_are_kept_and_marked() -> None:
    book = openpyxl.Workbook()
    crossed = InlineFont(strike=True)
    book.active.append([CellRichText("ja / ", TextBlock(crossed, "nee")), "weg"])
    book.active["B1"].font = Font(strike=True)
    (grid,) = reading(book).blocks
    assert isinstance(grid, Table)
    lines = [block for cell in grid.rows[0] for block in cell.blocks if isinstance(block, Paragraph)]
    assert [[(span.text, span.struck) for span in line.spans] for line in lines] == [
        [("ja / ", False), ("nee", True)],
        [("weg", True)],
    ]


_VML = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">
{shapes}</xml>"""
_BOX = """<v:shape><v:textbox><div><font>{word}</font></div></v:textbox><x:ClientData ObjectType="Checkbox">
<x:Anchor>{column}, 2, {row}, {down}, {column}, 60, {end}, 18</x:Anchor>{state}</x:ClientData></v:shape>"""
_DRAWING = """<d:wsDr xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><d:sp><d:txBody><a:p><a:r>
<a:t>Wij komen </a:t></a:r><a:r><a:t>met drie</a:t></a:r></a:p></d:txBody></d:sp></d:wsDr>"""
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_tick_boxes_and_text_boxes_over_the_cells_are_read() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "Naam", "Ik neem deel"
    file = io.BytesIO()
    book.save(file)
    ticked = _BOX.format(word="ja", column=1, row=1, down=2, end=1, state="<x:Checked>1</x:Checked>")
    drawn_low = _BOX.format(word="nee", column=2, row=0, down=17, end=1, state="")
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/drawings/vml1.vml", _VML.format(shapes=ticked + drawn_low))
        archive.writestr("xl/drawings/drawing9.xml", _DRAWING)
        archive.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            f'{_RELATIONS}<Relationship Id="a" Type="{_TYPES}/vmlDrawing" Target="../drawings/vml1.vml"/>'
            f'<Relationship Id="b" Type="{_TYPES}/drawing" Target="../drawings/drawing9.xml"/>'
            "</Relationships>",
        )
    found = read(Part("lijst.xlsx", "", file.getvalue()), Location())
    assert found.blocks[0].text == f"Naam\t\t\nIk neem deel\t{TICKED} ja\t{UNTICKED} nee"
    assert [block.text for block in found.blocks[1:]] == ["Wij komen met drie"]


def test_a_damaged_drawing_does_not_hide_the_cells() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Naam"
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/drawings/vml1.vml", "<xml><br></xml>")
        archive.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            f'{_RELATIONS}<Relationship Id="a" Type="{_TYPES}/vmlDrawing" Target="../drawings/vml1.vml"/>'
            "</Relationships>",
        )
    assert read(Part("lijst.xlsx", "", file.getvalue()), Location()).blocks[0].text == "Naam"


def test_a_workbook_with_macros_says_so() -> None:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert read(Part("lijst.xlsm", "", file.getvalue()), Location()).macros


def _with_hidden(*, filtered: bool = False) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Naam", "code", "E-mail"],
        ["fld_naam", "x", "fld_mail"],
        ["Jan", "ID-1", "jan@post.example"],
    ):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[2].hidden = True
    if filtered:
        sheet.auto_filter.ref = "A1:C3"
        sheet.auto_filter.add_filter_column(0, ["Jan"])
    return book


def test_hidden_rows_and_columns_of_a_sheet_are_left_out() -> None:
    (grid,) = reading(_with_hidden()).blocks
    assert isinstance(grid, Table)
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["Naam", "E-mail"],
        ["Jan", "jan@post.example"],
    ]
    assert str(grid.rows[1][1].where).endswith("cel C3")


def test_people_whom_a_filter_hides_are_read() -> None:
    (grid,) = reading(_with_hidden(filtered=True)).blocks
    assert isinstance(grid, Table)
    assert [row[0].text for row in grid.rows] == ["Naam", "fld_naam", "Jan"]


def test_a_merged_cell_that_is_seen_in_part_is_read() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Gegevens"
    book.active["C2"] = "Jan"
    book.active.merge_cells("A1:C1")
    book.active.column_dimensions["A"].hidden = True
    (grid,) = reading(book).blocks
    assert isinstance(grid, Table)
    assert [cell.text for row in grid.rows for cell in row if cell.text] == ["Gegevens", "Jan"]


@pytest.mark.parametrize(
    ("ground", "repeated", "painted"),
    [("#ffff00", 1, True), ("#ffffff", 1, False), ("transparent", 1, False), ("#ffff00", 16000, False)],
)
def test_an_empty_cell_of_an_ods_may_be_painted(ground: str, repeated: int, painted: bool) -> None:
    content = f"""<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
        xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
        xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
        xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>
        <style:style style:name="ce1" style:family="table-cell" style:parent-style-name="Default">
        <style:table-cell-properties fo:background-color="{ground}"/></style:style></office:automatic-styles>
        <office:body><office:spreadsheet><table:table table:name="Lijst"><table:table-row>
        <table:table-cell><text:p>Maes</text:p></table:table-cell>
        <table:table-cell table:style-name="ce1" table:number-columns-repeated="{repeated}"/>
        </table:table-row><table:table-row><table:table-cell/><table:table-cell><text:p>An</text:p>
        </table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>
        </office:document-content>"""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    (grid,) = read(Part("lijst.ods", "", file.getvalue()), Location()).blocks
    assert isinstance(grid, Table)
    assert [cell.painted for cell in grid.rows[0]] == [False, painted]


def test_hidden_columns_of_an_ods_are_left_out() -> None:
    office, table, text = (
        f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")
    )
    cells = "".join(
        f"<t:table-cell o:value-type='string'><x:p>{said}</x:p></t:table-cell>"
        for said in ("Naam", "code", "Jan")
    )
    content = (
        f"<o:document-content xmlns:o='{office}' xmlns:t='{table}' xmlns:x='{text}'><o:body><o:spreadsheet>"
        "<t:table t:name='Blad1'><t:table-column/><t:table-column t:visibility='collapse'/><t:table-column/>"
        f"<t:table-row>{cells}</t:table-row><t:table-row t:visibility='collapse'>{cells}</t:table-row>"
        "</t:table></o:spreadsheet></o:body></o:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    (grid,) = read(Part("lijst.ods", "", file.getvalue()), Location()).blocks
    assert isinstance(grid, Table)
    assert [[cell.text for cell in row] for row in grid.rows] == [["Naam", "Jan"]]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_cells_that_are_drawn_as_rooms_are_kept(kind: str) -> None:
    data = (SAMPLES / f"rooms.{kind}").read_bytes()
    (grid,) = read(Part(f"rooms.{kind}", "", data), Location()).blocks
    assert isinstance(grid, Table)
    drawn = {str(cell.where).rpartition(" ")[2] for row in grid.rows for cell in row if cell.drawn}
    people = {f"{column}{row}" for column in "AB" for row in (10, 11, 12)}
    assert drawn == {"A4", "C4", "B6", "C7", "B8", *people}


def test_a_long_list_of_boxes_is_cut() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Naam", "Voornaam"])
    thin = Side(style="thin")
    for row in range(2, 400):
        for column in "AB":
            sheet[f"{column}{row}"].border = Border(thin, thin, thin, thin)
    sheet["A400"] = "Opmerkingen"
    (grid,) = reading(book).blocks
    assert isinstance(grid, Table)
    assert len(grid.rows) < 40
    assert grid.rows[-1][0].text == "Opmerkingen"
