"""Draws ``ruled/``: blank forms whose answers stand on rules, beside a label or above a caption, in a frame
below its label, or a figure in each part of a comb; and copies of them filled in, saved in other formats by
LibreOffice, or typed on the printed blank. Run by hand: ``python -m tests.extraction.make_ruled``."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pdfplumber
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen import canvas

HERE = Path(__file__).with_name("ruled")

BOWLS = {
    "Ploegnaam": "De Krulbollers",
    "Kapitein": "Roos Dhondt",
    "Adres kapitein": "Pijlstraat 8, 9070 Heusden",
    "Telefoon": "0471 22 33 44",
    "Aantal spelers": "6",
    "Wensen voor de loting": "Liever niet tegen onze buren",
}
KILN = {
    "nom": "Lambert",
    "prénom": "Aline",
    "courriel": "aline@atelier.example",
    "Atelier": "Terre et Feu",
    "Nombre de pièces": "12",
}


def ruled(cell: Any) -> Any:
    """A cell with a rule below it and no other wall."""
    borders = OxmlElement("w:tcBorders")
    rule = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("color", "808080")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    cell._tc.get_or_add_tcPr().append(borders)
    return cell


def wide(table: Any, *widths: float) -> Any:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    return table


def bowls(said: Mapping[str, str]) -> Any:
    """Labels in a narrow column, rules in a wide one, a comb, a frame with its label inside."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Liberation Serif"
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading("Krulboltornooi van de wijk Pijl", 1)
    document.add_paragraph(
        "Bezorg dit blad voor 1 mei aan het lokaal, Pijlplein 2, of aan pijl@krulbol.example."
    )
    labels = list(BOWLS)[:4]
    table = wide(document.add_table(len(labels), 2), 4, 11)
    for row, label in zip(table.rows, labels, strict=True):
        row.height = Cm(0.8)
        row.cells[0].text = label
        ruled(row.cells[1]).text = said.get(label, "")
    document.add_paragraph("")
    document.add_paragraph(
        f"Aantal spelers: {said.get('Aantal spelers', '|__|__|')}   Jeugdploeg: ☐ ja  ☐ neen"
    )
    frame = document.add_table(1, 1)
    frame.style = "Table Grid"
    frame.rows[0].height = Cm(2.2)
    frame.rows[0].cells[0].text = "Wensen voor de loting"
    if wish := said.get("Wensen voor de loting"):
        frame.rows[0].cells[0].add_paragraph(wish)
    document.add_paragraph("")
    document.add_paragraph("Wie meespeelt, aanvaardt het reglement dat in het lokaal uithangt.")
    return document


def kiln(said: Mapping[str, str]) -> Any:
    """Captions below rules that stand beside each other, and one rule alone far from its label."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Liberation Sans"
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading("Cuisson collective au grand four, inscription", 1)
    document.add_paragraph("Les pièces se déposent la veille, séchées et signées, à l'atelier du moulin.")
    table = wide(document.add_table(2, 5), 5, 0.5, 5, 0.5, 5)
    table.rows[0].height = Cm(1)
    for column, name in zip((0, 2, 4), ("nom", "prénom", "courriel"), strict=True):
        ruled(table.rows[0].cells[column]).text = said.get(name, "")
        caption = table.rows[1].cells[column].paragraphs[0]
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        caption.add_run(f"({name})").font.size = Pt(7)
    document.add_paragraph("")
    alone = wide(document.add_table(1, 2), 4, 8)
    alone.rows[0].height = Cm(0.9)
    alone.rows[0].cells[0].text = "Atelier ou école d'art"
    ruled(alone.rows[0].cells[1]).text = said.get("Atelier", "")
    document.add_paragraph("")
    document.add_paragraph(f"Nombre de pièces : {said.get('Nombre de pièces', '.' * 12)}")
    document.add_paragraph("Le four s'ouvre le surlendemain ; la casse n'engage pas l'association.")
    return document


def typed(blank: Path, target: Path, said: Mapping[str, tuple[str, float, float]]) -> None:
    """Words typed on a printed form: at some points from the foot of a word of it."""
    out = io.BytesIO()
    with pdfplumber.open(blank) as document:
        words = document.pages[0].extract_words()
        page = canvas.Canvas(out, pagesize=(document.pages[0].width, document.pages[0].height))
        for word, (text, right, down) in said.items():
            at = next(one for one in words if one["text"] == word)
            page.drawString(at["x0"] + right, float(document.pages[0].height) - at["bottom"] - down, text)
    page.save()
    writer = PdfWriter(clone_from=PdfReader(blank))
    writer.pages[0].merge_page(PdfReader(io.BytesIO(out.getvalue())).pages[0])
    writer.write(target)


def main() -> None:
    """Writes all files."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for draw, said in ((bowls, BOWLS), (kiln, KILN)):
            for name, answers, formats in (("blank", {}, ("pdf",)), ("ingevuld", said, ("pdf", "odt"))):
                source = Path(folder, f"{draw.__name__}-{name}.docx")
                draw(answers).save(str(source))
                if name == "ingevuld":
                    draw(answers).save(str(HERE / source.name))
                for target in formats:
                    command = [
                        "soffice",
                        "--headless",
                        "--convert-to",
                        target,
                        "--outdir",
                        str(HERE),
                        str(source),
                    ]
                    subprocess.run(command, check=True, capture_output=True)
    typed(
        HERE / "bowls-blank.pdf",
        HERE / "bowls-typed.pdf",
        {
            "Ploegnaam": (BOWLS["Ploegnaam"], 118, 3),
            "Kapitein": (BOWLS["Kapitein"], 118, 4),
            "Adres": (BOWLS["Adres kapitein"], 116, 2),
            "Telefoon": (BOWLS["Telefoon"], 119, 3),
            "|__|__|": (BOWLS["Aantal spelers"], 8, -2),
            "Wensen": (BOWLS["Wensen voor de loting"], 4, 18),
        },
    )
    typed(
        HERE / "kiln-blank.pdf",
        HERE / "kiln-typed.pdf",
        {
            "(nom)": (KILN["nom"], -30, -12),
            "(prénom)": (KILN["prénom"], -40, -11),
            "(courriel)": (KILN["courriel"], -50, -12),
            "Atelier": (KILN["Atelier"], 120, 8),
            "............": (KILN["Nombre de pièces"], 2, -3),
        },
    )


if __name__ == "__main__":
    main()
