"""Makes the documents under samples/ with real programs: python-docx with raw OOXML, then
LibreOffice for the formats that it writes.

    python tests/documents/make_samples.py

Run it again only to change them; the tests read the files as committed.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import openpyxl
from docx import Document
from docx.oxml import parse_xml

SAMPLES = Path(__file__).parent / "samples"
W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def legacy(kind: str, data: str, result: str = "", name: str = "veld") -> str:
    """A form field of the older kind."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{name}"/><w:enabled/>'
        f'<w:calcOnExit w:val="0"/>{data}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {kind} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def text(words: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


BODY = [
    text("Naam: ") + legacy("FORMTEXT", "<w:textInput/>", "Van den Broeck", "naam"),
    text("Gsm: ") + legacy("FORMTEXT", "<w:textInput/>", "\u2002\u2002\u2002\u2002\u2002", "gsm"),
    text("Lunch ")
    + legacy(
        "FORMCHECKBOX", '<w:checkBox><w:sizeAuto/><w:default w:val="0"/><w:checked/></w:checkBox>', "", "ja"
    )
    + text(" ja ")
    + legacy("FORMCHECKBOX", '<w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>', "", "neen")
    + text(" neen"),
    text("Vervoer: ")
    + legacy(
        "FORMDROPDOWN",
        '<w:ddList><w:result w:val="2"/><w:listEntry w:val="kies"/><w:listEntry w:val="trein"/>'
        '<w:listEntry w:val="fiets"/></w:ddList>',
        "",
        "vervoer",
    ),
    text("Aanwezig: ja / ") + text("nee", "<w:strike/>"),
    text("Vlees ")
    + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    + text(" vis ")
    + '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>',
    text("Zichtbaar") + text("verborgen", "<w:vanish/>"),
    '<w:ins w:id="1" w:author="x" w:date="2026-01-01T00:00:00Z">'
    + text("erbij")
    + '</w:ins><w:del w:id="2" w:author="x" w:date="2026-01-01T00:00:00Z">'
    + "<w:r><w:delText>eraf</w:delText></w:r></w:del>",
    text("Regel een") + "<w:r><w:br/></w:r>" + text("Regel twee"),
]


def form() -> Document:
    """A form with every older kind of field, and a table with merged cells and one inside."""
    document = Document()
    document.styles.element.remove_all("w:latentStyles")
    document.add_heading("Inschrijvingsformulier", 1)
    body = document.element.body
    for paragraph in BODY:
        body.insert(len(body) - 1, parse_xml(f"<w:p {W}>{paragraph}</w:p>"))
    table = document.add_table(4, 3)
    table.style = "Table Grid"
    for row, texts in enumerate((("Naam", "Voornaam", "Functie"), ("Peeters", "Jan", "D'hondt"))):
        for column, words in enumerate(texts):
            table.cell(row, column).text = words
    table.cell(2, 0).merge(table.cell(2, 1)).text = "breed"
    table.cell(2, 2).merge(table.cell(3, 2)).text = "hoog"
    inner = table.cell(3, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "E-mail", "jan@oostkamp.example"
    document.sections[0].header.paragraphs[0].text = "Bestuur: Damme"
    document.sections[0].footer.paragraphs[0].text = "Pagina onderaan"
    return document


def sheet() -> openpyxl.Workbook:
    """A sheet with a phone and a date as numbers, merged cells, and a hidden sheet."""
    from datetime import date

    book = openpyxl.Workbook()
    page = book.active
    page.title = "Deelnemers"
    page.append(["Naam", "Gsm", "Datum"])
    page.append(["Peeters", 478123456, date(2026, 12, 3)])
    page["B2"].number_format = "0000 00 00 00"
    page["A3"] = "Opmerkingen voor allen"
    page.merge_cells("A3:C3")
    hidden = book.create_sheet("Lijsten")
    hidden["A1"] = "verborgen"
    hidden.sheet_state = "hidden"
    return book


def rooms() -> openpyxl.Workbook:
    """A blank sheet that draws where to write: boxes below a title on a stripe, yellow cells, white ones on
    grey, a line, and a list with rooms."""
    from openpyxl.styles import Border, PatternFill, Side

    def ground(colour: str) -> PatternFill:
        return PatternFill("solid", fgColor=colour)

    thin = Side(style="thin")
    box, line = Border(thin, thin, thin, thin), Border(bottom=thin)
    book = openpyxl.Workbook()
    page = book.active
    page["A1"] = "Inschrijving"
    for column in "ABCDE":
        page[f"{column}1"].fill = ground("BDD7EE")  # of the title, and a stripe below it
        page[f"{column}2"].fill = ground("1F4E78")
    for place, words in {"A3": "Naam", "C3": "Voornaam", "A6": "E-mail", "A7": "Gsm", "A9": "Nr."}.items():
        page[place] = words
    page["A4"].border = page["C4"].border = box
    page["B6"].fill = ground("FFFF00")
    page["A7"].fill, page["C7"].fill = ground("D9D9D9"), ground("FFFFFF")
    page["B7"].fill = ground("D9D9D9")
    page["A8"], page["B8"].border = "Opmerkingen", line
    page["B9"] = "Collega"
    for row in range(10, 13):
        page[f"A{row}"].border = page[f"B{row}"].border = box
    return book


def convert(source: Path, to: str) -> None:
    """Lets LibreOffice write ``source`` as another format beside it."""
    with tempfile.TemporaryDirectory() as profile:
        where = ["--outdir", str(source.parent), str(source)]
        command = [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            to,
            *where,
        ]
        subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Writes all samples."""
    SAMPLES.mkdir(exist_ok=True)
    form().save(str(SAMPLES / "form.docx"))
    sheet().save(SAMPLES / "sheet.xlsx")
    for to in ("doc", "odt", "rtf"):
        convert(SAMPLES / "form.docx", to)
    for to in ("xls", "ods", "csv"):
        convert(SAMPLES / "sheet.xlsx", to)
    rooms().save(SAMPLES / "rooms.xlsx")
    for to in ("xls", "ods"):
        convert(SAMPLES / "rooms.xlsx", to)


if __name__ == "__main__":
    main()
