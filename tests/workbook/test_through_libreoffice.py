"""A workbook that LibreOffice saved, with all that she can put into one, comes through unharmed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pdfplumber
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.registration import Status
from mailbot.workbook.event_sheet import SheetPlan, draw
from mailbot.xlsx.workbook import Workbook
from tests.workbook.conftest import EVENT, NOW, SHARED, Desk, converted, person, saved_by_libreoffice
from tests.workbook.strict import complaints

_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_SHAPE = (
    f'<xdr:twoCellAnchor xmlns:xdr="{_XDR}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    "<xdr:from><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    "</xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>8</xdr:row><xdr:rowOff>0"
    '</xdr:rowOff></xdr:to><xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="77" name="Mijn ster"/>'
    '<xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/>'
    '</a:xfrm><a:prstGeom prst="star5"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r>'
    '<a:rPr lang="nl-BE"/><a:t>Mijn tekst</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/>'
    "</xdr:twoCellAnchor>"
)
_SPARKLINES = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup type="column">'
    '<x14:colorSeries rgb="FF376092"/><x14:sparklines><x14:sparkline><xm:f>Eigen!A2:A5</xm:f>'
    "<xm:sqref>T2</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>"
    "</ext></extLst></worksheet>"
)


def _hers(desk: Desk) -> None:
    """Adds a sheet with a chart, a shape, rich text, a comment and formulas; a column, colours, a
    data bar and sparklines in Deelnemers."""
    book = openpyxl.load_workbook(desk.path)
    own = book.create_sheet("Eigen")
    own["A1"] = CellRichText("Half ", TextBlock(InlineFont(b=True), "vet"))
    for at in range(2, 6):
        own.cell(at, 1).value = at
    own["C1"] = "=SUM(A2:A5)+COUNTA(Deelnemers!C2:C4)"
    own["C2"].comment = Comment("Mijn opmerking", "Secretariaat")
    chart = BarChart()
    chart.add_data(Reference(own, min_col=1, min_row=2, max_row=5))
    own.add_chart(chart, "E12")
    sheet = book["Deelnemers"]
    sheet["S1"], sheet["S3"] = "Betaald", "ja, cash"
    sheet["S3"].fill = PatternFill("solid", fgColor="FFFFC000")
    sheet["C3"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["C2"].comment = Comment("Bellen", "Secretariaat")
    sheet.column_dimensions["E"].width = 51
    sheet.column_dimensions["K"].hidden = True
    book.save(desk.path)
    parts = _parts(desk.path.read_bytes())
    for name, content in parts.items():
        if name.startswith("xl/drawings/drawing") and b"chart" in content and len(content) < 2_000:
            parts[name] = content.replace(b"</wsDr>", _SHAPE.encode() + b"</wsDr>")
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b"</worksheet>", _SPARKLINES.encode()
    )
    with zipfile.ZipFile(desk.path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_twenty_writes_leave_her_parts_as_libreoffice_saved_them(desk: Desk, tmp_path: Path) -> None:
    _hers(desk)
    desk.round()
    saved_by_libreoffice(desk.path, tmp_path)
    assert desk.import_edits() is None
    before = _parts(desk.path.read_bytes())
    own = next(name for name, content in before.items() if b"<f" in content and b"SUM(A2:A5)" in content)
    hers = {own} | {n for n in before if n.startswith(("xl/comments", "xl/drawings", "xl/media", "xl/theme"))}
    assert any(b"Mijn tekst" in before[name] for name in hers)
    for number in range(20):
        desk.add(person(10 + number))
        desk.cases = (Case(CaseKind.QUESTION, "Jan", f"vraag {number}", (Choice.DONE,), NOW, id=number + 1),)
        one = desk.people["INS-0001"]
        desk.people["INS-0001"] = replace(one, answers={**one.answers, "role": f"rol {number}"})
        assert desk.round().done
    assert desk.remarks == []
    assert complaints(desk.path.read_bytes()) == []
    after = _parts(desk.path.read_bytes())
    for name in hers - {own}:
        if b"mailbot" not in before[name]:
            assert after[name] == before[name], name
    assert b"Half " in after["xl/sharedStrings.xml"]
    assert b"vet" in after["xl/sharedStrings.xml"]
    assert after[own].count(b"<c ") == before[own].count(b"<c ")
    assert b"COUNTA(Deelnemers!C2:C24)" in after[own].replace(b"$", b"")
    deelnemers = after["xl/worksheets/sheet1.xml"]
    assert b"sparklineGroup" in deelnemers
    assert b"Eigen!" in deelnemers
    book = openpyxl.load_workbook(desk.path)
    sheet = book["Deelnemers"]
    assert (sheet["S3"].value, sheet["S3"].fill.fgColor.rgb) == ("ja, cash", "FFFFC000")
    assert sheet["C3"].fill.fgColor.rgb == "FF00FF00"
    assert sheet["C2"].comment.text.endswith("Bellen")
    assert sheet.column_dimensions["K"].hidden
    assert [sheet.cell(at, 1).value for at in range(2, 25)] == list(desk.people)
    assert sheet.tables


def test_edits_saved_by_libreoffice_are_taken_in(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(desk.path)
    book["Deelnemers"]["E2"] = "Burgemeester"
    book["Deelnemers"]["C5"] = "Getypt"
    book.save(desk.path)
    saved_by_libreoffice(desk.path, tmp_path)
    desk.round()
    assert desk.people["INS-0001"].text("role") == "Burgemeester"
    assert desk.people["INS-0004"].text("last_name") == "Getypt"
    saved_by_libreoffice(desk.path, tmp_path)
    assert desk.import_edits() is None
    assert desk.round().done
    assert desk.remarks == []


def test_libreoffice_computes_what_mailbot_wrote_into_the_overview(desk: Desk, tmp_path: Path) -> None:
    long = "noten, schaaldieren en alles wat daarmee in aanraking kwam; " * 20
    desk.add(
        person(4, organisation="Stad Brugge", diet="vegetarisch"),
        person(6, diet=long.strip()),
        person(7, diet='"glutenvrij", * en ? en ~ en =1+1'),
        person(8, diet="Vegetarisch", organisation=""),
    )
    desk.add(person(5, organisation="ocmw brugge"))
    desk.people["INS-0005"] = replace(desk.people["INS-0005"], organisation_known="OCMW Brugge")
    waits = replace(person(9), status=Status.INCOMPLETE)
    desk.add(waits, replace(person(10), status=Status.INCOMPLETE, reason="volzet"))
    desk.round()

    def overview() -> list[tuple[object, ...]]:
        sheet = openpyxl.load_workbook(desk.path, data_only=True)["Overzicht"]
        return [row[:6] for row in sheet.iter_rows(values_only=True)]

    written = overview()
    parts = _parts(desk.path.read_bytes())
    name = next(n for n, c in parts.items() if b"COUNTIFS" in c)
    import re

    parts[name] = re.sub(rb"(</(?:\w+:)?f>)<v>[^<]*</v>", rb"\1", parts[name])
    with zipfile.ZipFile(desk.path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    saved_by_libreoffice(desk.path, tmp_path)
    assert overview() == written


def test_the_guide_and_the_sheet_of_meetings_print_readably(tmp_path: Path) -> None:
    """No word runs off the paper, and letters of 11 points stay larger than half of that."""
    shared = Desk(tmp_path, SHARED)
    shared.round()
    book = Workbook.new()
    draw(book, {EVENT.id: EVENT}, SheetPlan({}, {}, {}), {})
    meetings = tmp_path / "bijeenkomsten.xlsx"
    meetings.write_bytes(book.data())
    with pdfplumber.open(converted(shared.path, tmp_path, "pdf")) as printed:
        guide = next(page for page in printed.pages if "Hoe dit werkboek werkt" in page.extract_text())
        words = guide.extract_words()
    assert max(word["x1"] for word in words) < guide.width
    with pdfplumber.open(converted(meetings, tmp_path, "pdf")) as printed:
        sizes = {round(char["size"], 1) for page in printed.pages for char in page.chars if char["top"] < 500}
        pages = [page.extract_text() for page in printed.pages]
    assert max(sizes) > 5.5, sizes
    assert all("Kennisplatform" in page for page in pages), "each page says which meeting"
