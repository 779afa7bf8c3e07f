"""Documents in one XML file, and PDFs whose page says nothing of what is in them.

``word2003.xml``, ``form.fodt`` and ``list.fods`` were saved by LibreOffice from the copy of a form that
``tests/extraction/make_adopted.py`` draws, and from a list of two people.
"""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from mailbot.documents import read
from mailbot.domain.document import Location, ParsedDocument, ParseStatus, Part, Table

SAMPLES = Path(__file__).with_name("flat")
FORM = Path(__file__).parents[1] / "extraction" / "adopted" / "ingevuld.docx"


def shown(data: bytes, name: str = "x") -> ParsedDocument:
    """What a document of these bytes shows."""
    return read(Part(name, "application/octet-stream", data), Location())


def words(document: ParsedDocument) -> str:
    """All of its text."""
    return "\n".join(block.text for block in document.blocks)


def flat_opc(data: bytes) -> bytes:
    """A Word document as one XML file (ECMA-376 part 2 in a package element, as Word saves it)."""
    parts: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith((".xml", ".rels")):
                inner = content.decode().partition("?>")[2]
                holder = f"<pkg:xmlData>{inner}</pkg:xmlData>"
            else:
                holder = f"<pkg:binaryData>{base64.b64encode(content).decode()}</pkg:binaryData>"
            parts.append(f'<pkg:part pkg:name="/{name}" pkg:contentType="x">{holder}</pkg:part>')
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'<?xml version="1.0"?><pkg:package xmlns:pkg="{space}">{"".join(parts)}</pkg:package>'.encode()


EXCEL_2003 = b"""<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Lijst"><Table>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Wie komt</Data></Cell>
<Cell><Data ss:Type="String">E-mail</Data></Cell></Row>
<Row><Cell ss:Index="2"><Data ss:Type="String">Tuur</Data></Cell>
<Cell><Data ss:Type="String">t@x.example</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("name", ["word2003.xml", "form.fodt"])
def test_a_text_document_in_one_file_is_read_as_the_same_in_its_usual_container(name: str) -> None:
    found = words(shown((SAMPLES / name).read_bytes(), name))
    for line in words(shown(FORM.read_bytes())).splitlines():
        assert line.strip() in found


def test_a_flat_package_is_read_as_the_container_it_was() -> None:
    assert words(shown(flat_opc(FORM.read_bytes()))) == words(shown(FORM.read_bytes()))


def test_a_flat_sheet_is_a_table() -> None:
    (table,) = shown((SAMPLES / "list.fods").read_bytes()).blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows][1] == [
        "Verhelst",
        "Sien",
        "sien@beernem.example",
    ]


def test_cells_of_excel_2003_keep_their_column() -> None:
    (table,) = shown(EXCEL_2003).blocks
    assert isinstance(table, Table)
    assert [[(cell.column, cell.columns, cell.text) for cell in row] for row in table.rows] == [
        [(0, 2, "Wie komt"), (2, 1, "E-mail")],
        [(0, 1, ""), (1, 1, "Tuur"), (2, 1, "t@x.example")],
    ]
    assert str(table.rows[1][1].where) == "blad Lijst, cel B2"


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_damaged_one_is_unreadable_and_entities_are_refused(cut: float) -> None:
    data = (SAMPLES / "word2003.xml").read_bytes()
    assert shown(data[: int(len(data) * cut)]).state is ParseStatus.UNREADABLE
    bomb = EXCEL_2003.replace(b"<Workbook", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><Workbook', 1)
    assert shown(bomb).state is ParseStatus.UNREADABLE


# ---------------------------------------------------------------- PDFs that are only a cover


def cover() -> PdfWriter:
    """A page that says to wait, as Adobe's programs draw it."""
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=A4)
    canvas.drawString(100, 700, "Please wait...")
    canvas.save()
    return PdfWriter(clone_from=PdfReader(page))


def written(writer: PdfWriter) -> bytes:
    """The file."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


TEMPLATE = b"""<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.3/">
<subform name="form"><field name="Tekst1">
<caption><value><text>Naam</text></value></caption></field></subform>
</template>"""
DATA = b"""<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form>
<Tekst1>Verhelst</Tekst1><VoorNaam>Sien</VoorNaam></form></xfa:data></xfa:datasets></xdp:xdp>"""


def test_answers_of_an_xfa_form_are_read_with_their_captions() -> None:
    writer = cover()
    streams = ArrayObject()
    for name, data in (("template", TEMPLATE), ("datasets", DATA)):
        stream = DecodedStreamObject()
        stream.set_data(data)
        streams += [TextStringObject(name), writer._add_object(stream)]
    form = DictionaryObject({NameObject("/Fields"): ArrayObject(), NameObject("/XFA"): streams})
    writer.root_object[NameObject("/AcroForm")] = form
    (table,) = shown(written(writer)).blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Naam", "Verhelst"],
        ["Voor Naam", "Sien"],
    ]


def test_the_files_of_a_portfolio_are_opened_and_those_attached_to_a_page_are_not() -> None:
    writer = cover()
    writer.add_attachment("inschrijving.docx", FORM.read_bytes())
    assert shown(written(writer)).children == ()
    writer.root_object[NameObject("/Collection")] = DictionaryObject()
    (child,) = shown(written(writer)).children
    assert child.data == FORM.read_bytes()


def test_what_a_drop_down_shows_is_read_and_not_what_it_exports() -> None:
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=A4)
    canvas.drawString(50, 700, "Ik neem deel")
    choices = [("nee", "0"), ("ja", "1")]
    canvas.acroForm.choice(name="komt", value="nee", options=choices, x=150, y=695, width=80, height=18)
    canvas.save()
    found = words(shown(page.getvalue()))
    assert "nee" in found
    assert "0" not in found


@pytest.mark.parametrize("share", [1.0, 0.3])
def test_words_over_a_picture_of_the_whole_page_are_recognised_ones(share: float) -> None:
    import PIL.Image

    page = io.BytesIO()
    canvas = Canvas(page, pagesize=A4)
    picture = ImageReader(PIL.Image.new("L", (200, 280), 240))
    canvas.drawImage(picture, 0, 0, A4[0], A4[1] * share)
    text = canvas.beginText(80, 760)
    text.setTextRenderMode(3)
    text.textLine("Naam: Verhelst")
    canvas.drawText(text)
    canvas.save()
    document = shown(page.getvalue())
    assert "Verhelst" in words(document)
    assert document.recognised is (share == 1.0)
