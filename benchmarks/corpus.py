"""Registration documents with a known truth, made by the programs people use.

``make(folder, seed)`` writes some hundred documents that differ in form, layout and format and
gives for each what stands in it. Word files come from python-docx and raw OOXML, the older and
the open formats and most PDFs from LibreOffice, fillable PDFs from reportlab, workbooks from
openpyxl, scans from rendered PDFs with a little noise.
"""

from __future__ import annotations

import csv
import io
import random
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl import Workbook
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from benchmarks.odd_forms import odd_forms, odd_strangers
from mailbot.config.shipped import shipped
from mailbot.domain.form import FieldKind, Form, FormField, read_form

Truth = dict[str, str | bool]

LAST = [
    "Peeters",
    "Van den Broeck",
    "De Smet",
    "D'hondt",
    "Vandewalle-Claeys",
    "van der Meersch",
    "Söderberg",
    "Maes",
    "De Clercq",
    "Lambrecht",
    "Dewaele",
    "T'Jampens",
    "Coussée",
    "Ó Briain",
    "Willems",
]
FIRST = [
    "Jan",
    "Liesbeth",
    "An",
    "Jean-Pierre",
    "Zoë",
    "Koenraad",
    "Marie-Claire",
    "Ibrahim",
    "Tuur",
    "Godelieve",
    "Fien",
    "Bart",
    "Anne Mie",
]
ROLES = [
    "schepen",
    "algemeen directeur",
    "burgemeester",
    "raadslid",
    "diensthoofd ruimtelijke ordening",
    "Beleidsmedewerker (halftijds)",
    "voorzitter bijzonder comité",
    "stafmedewerker",
]
PLACES = [
    "Brugge",
    "Stad Brugge",
    "Gemeente Oostkamp",
    "OCMW Brugge",
    "Knokke-Heist",
    "Damme",
    "Torhout",
    "gemeentebestuur Zedelgem",
    "Zuienkerke",
    "Jabbeke",
    "OCMW Damme",
    "Beernem",
]
DIETS = ["vegetarisch", "geen noten", "glutenvrij, lactosevrij", "veganistisch", "halal"]
REMARKS = [
    "Ik kom iets later",
    "Graag een plaats vooraan",
    "Wij komen met de fiets",
    "Slechthorend, graag ringleiding",
]
PHONES = [
    "0478 12 34 56",
    "050 12 34 56",
    "+32 478 12 34 56",
    "0478/12.34.56",
    "050/12 34 56",
    "0032 50 12 34 56",
]


@dataclass(frozen=True)
class Sample:
    """A document and what stands in it: one truth per person, in order; none for a document
    that is no filled-in form. ``outcome`` is what reading it should say."""

    path: Path
    kind: str
    form: str
    outcome: str
    people: tuple[Truth, ...]


STUDY_DAY = Form.model_validate(
    {
        "id": "studiedag",
        "title": "Aanmelding studiedag Water in de wijk",
        "field": [
            {"key": "participant", "label": "Deelnemer", "kind": "name", "required": True},
            {"key": "service", "label": "Dienst", "kind": "text"},
            {"key": "organisation", "label": "Werkgever", "kind": "organisation", "required": True},
            {"key": "email", "label": "Mailadres", "aliases": ["E-mail"], "kind": "email", "required": True},
            {
                "key": "session",
                "label": "Sessie naar keuze",
                "kind": "choice",
                "choices": ["Riolering", "Groen", "Beken"],
            },
            {"key": "walk", "label": "Wandelt mee", "kind": "yes_no"},
            {"key": "people", "label": "Aantal wandelaars", "kind": "number"},
        ],
    }
)


def forms() -> dict[str, Form]:
    """The three shipped forms and one quite different."""
    found = {form.id: form for form in map(read_form, sorted(shipped("forms").glob("*.toml")))}
    return {**found, STUDY_DAY.id: STUDY_DAY}


def answers(form: Form, rng: random.Random) -> Truth:
    """One person's answers: required ones always, others often; ``no`` now and then."""
    last, first, place = rng.choice(LAST), rng.choice(FIRST), rng.choice(PLACES)
    domain = place.split()[-1].lower()
    local = "".join(c for c in f"{first}.{last}".lower() if c.isascii() and (c.isalnum() or c in ".-"))
    names = {"last_name": last, "first_name": first}
    makers: dict[FieldKind, Callable[[FormField], str | bool]] = {
        FieldKind.NAME: lambda field: names.get(field.key, f"{first} {last}"),
        FieldKind.ORGANISATION: lambda _: place,
        FieldKind.EMAIL: lambda _: f"{local}@{domain}.example",
        FieldKind.PHONE: lambda _: rng.choice(PHONES),
        FieldKind.YES_NO: lambda _: rng.random() < 0.75,
        FieldKind.CHOICE: lambda field: rng.choice(field.choices),
        FieldKind.NUMBER: lambda _: str(rng.randint(2, 480)),
        FieldKind.LONG_TEXT: lambda _: rng.choice(REMARKS),
    }

    def other(field: FormField) -> str:
        return rng.choice(DIETS if field.key == "diet" else ROLES)

    said = (field for field in form.fields if field.required or rng.random() >= 0.3)
    return {field.key: makers.get(field.kind, other)(field) for field in said}


# ---------------------------------------------------------------- how a yes or no is shown


def _boxes(value: str | bool | None) -> str:
    return {True: "☒ ja   ☐ nee", False: "☐ ja   ☒ nee"}.get(value, "☐ ja   ☐ nee")  # type: ignore[call-overload, no-any-return]  # only bools


def _brackets(value: str | bool | None) -> str:
    return {True: "(X) ja  ( ) nee", False: "( ) ja  (X) nee"}.get(value, "( ) ja  ( ) nee")  # type: ignore[call-overload, no-any-return]  # only bools


def _word(value: str | bool | None) -> str:
    return {True: "ja", False: "nee"}.get(value, "")  # type: ignore[call-overload, no-any-return]  # only bools


def shown(field: FormField, said: Truth, yes_no: Callable[[str | bool | None], str]) -> str:
    value = said.get(field.key)
    return yes_no(value) if field.kind is FieldKind.YES_NO else str(value or "")


def _label(field: FormField, rng: random.Random) -> str:
    """The label as it is, or as people retype it: an alias, a capital, a colon, a typo."""
    plain = (field.label, *field.aliases[:2])
    return rng.choice(plain) + rng.choice(["", "", ":", " :", " *"])


# ---------------------------------------------------------------- Word


def docx_lines(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    document = _opened(form)
    glue = rng.choice([": ", " : ", ":\t", ": ........ "])
    yes_no = rng.choice([_boxes, _brackets, _word])
    for said in people:
        for field in form.fields:
            document.add_paragraph(f"{field.label}{glue}{shown(field, said, yes_no)}")
        document.add_paragraph("")
    document.add_paragraph("Terug te sturen naar inschrijvingen@vereniging.example")
    return _saved(document)


def docx_table(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    document = _opened(form)
    yes_no = rng.choice([_boxes, _brackets, _word])
    for said in people:
        table = document.add_table(0, 2)
        table.style = "Table Grid"
        for field in form.fields:
            row = table.add_row().cells
            row[0].text, row[1].text = _label(field, rng), shown(field, said, yes_no)
        document.add_paragraph("")
    return _saved(document)


def docx_rows(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    document = _opened(form)
    table = document.add_table(1, len(form.fields))
    table.style = "Table Grid"
    for cell, field in zip(table.rows[0].cells, form.fields, strict=True):
        cell.text = field.label
    for said in [*people, {}, {}]:
        for cell, field in zip(table.add_row().cells, form.fields, strict=True):
            cell.text = shown(field, said, _word)
    return _saved(document)


def docx_columns(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    document = _opened(form)
    table = document.add_table(0, len(people) + 2)
    table.style = "Table Grid"
    for field in form.fields:
        cells = table.add_row().cells
        cells[0].text = field.label
        for cell, said in zip(cells[1:], people, strict=False):
            cell.text = shown(field, said, _word)
    return _saved(document)


def docx_above(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    """Labels in one row of cells, the answers in the row below, in turn."""
    document = _opened(form)
    for said in people:
        table = document.add_table(0, 3)
        table.style = "Table Grid"
        for start in range(0, len(form.fields), 3):
            some = form.fields[start : start + 3]
            labels, values = table.add_row().cells, table.add_row().cells
            for n, field in enumerate(some):
                labels[n].text, values[n].text = field.label, shown(field, said, _boxes)
        document.add_paragraph("")
    return _saved(document)


def docx_in_cell(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    """Label and answer in one cell, two cells a row."""
    document = _opened(form)
    for said in people:
        table = document.add_table(0, 2)
        table.style = "Table Grid"
        for start in range(0, len(form.fields), 2):
            cells = table.add_row().cells
            for cell, field in zip(cells, form.fields[start : start + 2], strict=False):
                cell.text = f"{field.label}: {shown(field, said, _boxes)}"
        document.add_paragraph("")
    return _saved(document)


def docx_controls(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    """Content controls whose tags say nothing; open ones show their placeholder."""
    document = _opened(form)
    for said in people:
        table = document.add_table(0, 2)
        table.style = "Table Grid"
        for field in form.fields:
            cells = table.add_row().cells
            cells[0].text = field.label
            paragraph = cells[1].paragraphs[0]._p
            value = said.get(field.key)
            if field.kind is FieldKind.YES_NO:
                for word, on in (("ja", value is True), ("nee", value is False)):
                    paragraph.append(_tick_control(on))
                    paragraph.append(_run(f" {word}   "))
            else:
                paragraph.append(_text_control(str(value or ""), "Klik om tekst in te voeren."))
        document.add_paragraph("")
    return _saved(document)


def docx_legacy(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    """Legacy form fields (FORMTEXT, FORMCHECKBOX)."""
    document = _opened(form)
    for said in people:
        for field in form.fields:
            paragraph = document.add_paragraph(f"{field.label}: ")._p
            value = said.get(field.key)
            if field.kind is FieldKind.YES_NO:
                for word, on in (("ja", value is True), ("nee", value is False)):
                    for piece in _legacy_box(on):
                        paragraph.append(piece)
                    paragraph.append(_run(f" {word}   "))
            else:
                for piece in _legacy_text(str(value or "     ")):
                    paragraph.append(piece)
    return _saved(document)


def docx_struck(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    """Yes or no by striking the other word."""
    document = _opened(form)
    for said in people:
        for field in form.fields:
            paragraph = document.add_paragraph(f"{field.label}: ")
            if field.kind is not FieldKind.YES_NO:
                paragraph.add_run(shown(field, said, _word))
                continue
            for word, gone in (("ja", said.get(field.key) is False), ("nee", said.get(field.key) is True)):
                run = paragraph.add_run(word)
                run.font.strike = gone
                paragraph.add_run(" / " if word == "ja" else "")
    return _saved(document)


def _opened(form: Form) -> Any:
    document = docx.Document()
    document.add_heading(form.title, 1)
    if form.intro:
        document.add_paragraph(form.intro)
    return document


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _run(text: str) -> Any:
    run = OxmlElement("w:r")
    node = OxmlElement("w:t")
    node.text = text
    node.set(qn("xml:space"), "preserve")
    run.append(node)
    return run


def _text_control(value: str, hint: str) -> Any:
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr>{'' if value else '<w:showingPlcHdr/>'}<w:text/></w:sdtPr>"
        "<w:sdtContent/></w:sdt>"
    )
    control[-1].append(_run(value or hint))
    return control


def _tick_control(on: bool) -> Any:
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    control = parse_xml(
        f'<w:sdt {nsdecls("w")} {w14}><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(on)}"/>'
        "</w14:checkbox></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    control[-1].append(_run("☒" if on else "☐"))
    return control


def _legacy_text(value: str) -> Iterator[Any]:
    yield parse_xml(
        f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Text1"/><w:enabled/>'
        "<w:textInput/></w:ffData></w:fldChar></w:r>"
    )
    yield parse_xml(f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r>')
    yield parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="separate"/></w:r>')
    yield _run(value)
    yield parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="end"/></w:r>')


def _legacy_box(on: bool) -> Iterator[Any]:
    yield parse_xml(
        f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Check1"/><w:enabled/>'
        f'<w:checkBox><w:sizeAuto/><w:default w:val="{int(on)}"/></w:checkBox></w:ffData></w:fldChar></w:r>'
    )
    yield parse_xml(
        f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>'
    )
    yield parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="end"/></w:r>')


# ---------------------------------------------------------------- Excel and plain text


def xlsx_rows(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append([form.title])
    sheet.append([])
    sheet.append([field.label for field in form.fields])
    for said in people:
        sheet.append([shown(field, said, _word) or None for field in form.fields])
    return _workbook(workbook)


def xlsx_pairs(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet["B2"] = form.title
    row = 4
    for said in people:
        for field in form.fields:
            sheet.cell(row, 2, _label(field, rng))
            sheet.cell(row, 3, shown(field, said, _word) or None)
            row += 1
        row += 1
    return _workbook(workbook)


def _workbook(workbook: Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def txt_lines(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    lines = [form.title, ""]
    for said in people:
        lines += [f"{field.label}: {shown(field, said, _brackets)}" for field in form.fields] + [""]
    return "\r\n".join(lines).encode(rng.choice(["utf-8", "cp1252", "utf-16"]), "replace")


def csv_rows(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([field.label for field in form.fields])
    for said in people:
        writer.writerow([shown(field, said, _word) for field in form.fields])
    return out.getvalue().encode("utf-8-sig")


def html_table(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    from html import escape

    rows = "".join(
        f"<tr><td><b>{escape(field.label)}</b></td><td>{escape(shown(field, said, _boxes))}</td></tr>"
        for said in people
        for field in form.fields
    )
    return f"<html><body><h2>{escape(form.title)}</h2><table>{rows}</table></body></html>".encode()


def mail(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    lines = ["Beste,", "", "Hierbij mijn inschrijving:", ""]
    for said in people:
        lines += [f"{field.label}: {shown(field, said, _word)}" for field in form.fields if field.key in said]
        lines.append("")
    lines += ["Met vriendelijke groeten", "", "Het secretariaat van elders", "Markt 1, 8000 Brugge"]
    head = (
        "From: iemand@elders.example\r\nTo: inschrijvingen@vereniging.example\r\nSubject: inschrijving\r\n"
        "Date: Mon, 16 Nov 2026 10:00:00 +0100\r\nMessage-ID: <b1@elders.example>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head.encode() + "\r\n".join(lines).encode()


# ---------------------------------------------------------------- PDF


def pdf_fields(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    """Fillable, with field names that say nothing."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    for n, said in enumerate(people):
        page.setFont("Helvetica-Bold", 13)
        page.drawString(50, 790, form.title)
        page.setFont("Helvetica", 11)
        y = 750
        for m, field in enumerate(form.fields):
            page.drawString(50, y, field.label)
            value = said.get(field.key)
            if field.kind is FieldKind.YES_NO:
                for x, word, on in ((210, "ja", value is True), (280, "nee", value is False)):
                    page.acroForm.checkbox(name=f"b{n}{m}{word}", x=x, y=y - 3, size=13, checked=on)
                    page.drawString(x + 20, y, word)
            else:
                page.acroForm.textfield(
                    name=f"Tekst{n}{m}", x=210, y=y - 5, width=300, height=18, value=str(value or "")
                )
            y -= 30
        page.showPage()
    page.save()
    return out.getvalue()


def pdf_flat(form: Form, people: list[Truth], rng: random.Random) -> bytes:
    """Filled in and printed to PDF: the values are words on the page."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    for said in people:
        page.setFont("Helvetica-Bold", 13)
        page.drawString(50, 790, form.title)
        page.setFont("Helvetica", 11)
        y = 750
        for field in form.fields:
            page.drawString(50, y, f"{field.label}:")
            value = said.get(field.key)
            if field.kind is FieldKind.YES_NO:
                for x, word, on in ((210, "ja", value is True), (280, "nee", value is False)):
                    page.rect(x, y - 2, 11, 11)
                    if on:
                        page.line(x, y - 2, x + 11, y + 9)
                        page.line(x, y + 9, x + 11, y - 2)
                    page.drawString(x + 18, y, word)
            else:
                page.drawString(210, y, str(value or ""))
            y -= 26
        page.showPage()
    page.save()
    return out.getvalue()


# ---------------------------------------------------------------- what is no registration


def strangers() -> dict[str, bytes]:
    """Documents that look a little like forms, and that nobody may come out of."""
    agenda = docx.Document()
    agenda.add_heading("Agenda burgemeestersoverleg", 1)
    for line in (
        "1. Goedkeuring verslag",
        "2. Stand van zaken politiezone",
        "3. Varia",
        "Plaats: OC De Kleine Beer",
        "Aanwezig: zie lijst",
        "Verslaggever: secretariaat",
    ):
        agenda.add_paragraph(line)
    minutes = docx.Document()
    minutes.add_heading("Verslag Kennisplatform 12 maart 2026", 1)
    table = minutes.add_table(1, 3)
    for cell, text in zip(table.rows[0].cells, ("Naam", "Gemeente", "Aanwezig"), strict=True):
        cell.text = text
    for name, place in (("Jan Peeters", "Brugge"), ("An De Smet", "Damme"), ("Bart Maes", "Torhout")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text, cells[2].text = name, place, "X"
    minutes.add_paragraph("De voorzitter opent de vergadering om 14 uur. Het verslag wordt goedgekeurd.")
    invoice = docx.Document()
    invoice.add_heading("FACTUUR 2026/0815", 1)
    for line in (
        "Klant: Gemeente Oostkamp",
        "Naam: Drukkerij De Letter",
        "E-mail: boekhouding@letter.example",
        "Telefoon: 050 33 44 55",
        "BTW: BE 0123.456.789",
        "Totaal te betalen: 1.210,00 euro",
        "Vervaldatum: 30/11/2026",
    ):
        invoice.add_paragraph(line)
    offer = docx.Document()
    offer.add_heading("Prijsofferte strooizout", 1)
    table = offer.add_table(1, 4)
    for cell, text in zip(
        table.rows[0].cells, ("Omschrijving", "Hoeveelheid", "Prijs", "Totaal"), strict=True
    ):
        cell.text = text
    for row in (("Strooizout per ton", "25", "82,00", "2.050,00"), ("Levering", "1", "120,00", "120,00")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    offer.add_paragraph("Contactpersoon: Piet Claes, 0478 12 34 56, piet@zout.example")
    staff = Workbook()
    sheet = staff.active
    sheet.append(["Personeelslijst technische dienst"])
    sheet.append(["Naam", "Voornaam", "Functie", "Telefoon", "Personeelsnummer", "In dienst"])
    for n in range(14):
        sheet.append(
            [LAST[n % len(LAST)], FIRST[n % len(FIRST)], "arbeider", "050 12 34 56", 1000 + n, "2019-03-01"]
        )
    letter = docx.Document()
    for line in (
        "Geachte,",
        "Hierbij bezorgen wij u de notulen van de vorige vergadering.",
        "Hoogachtend,",
        "Naam: secretariaat",
        "Functie: algemeen directeur",
    ):
        letter.add_paragraph(line)
    return {
        "agenda.docx": _saved(agenda),
        "verslag.docx": _saved(minutes),
        "factuur.docx": _saved(invoice),
        "offerte.docx": _saved(offer),
        "personeel.xlsx": _workbook(staff),
        "brief.docx": _saved(letter),
    }


# ---------------------------------------------------------------- all of it

MAKERS: dict[str, tuple[str, Callable[[Form, list[Truth], random.Random], bytes], bool]] = {
    "docx, regels": ("docx", docx_lines, True),
    "docx, twee kolommen": ("docx", docx_table, True),
    "docx, persoon per rij": ("docx", docx_rows, True),
    "docx, persoon per kolom": ("docx", docx_columns, True),
    "docx, label erboven": ("docx", docx_above, False),
    "docx, in één cel": ("docx", docx_in_cell, False),
    "docx, besturingselementen": ("docx", docx_controls, False),
    "docx, oude velden": ("docx", docx_legacy, False),
    "docx, doorgestreept": ("docx", docx_struck, False),
    "xlsx, persoon per rij": ("xlsx", xlsx_rows, True),
    "xlsx, paren": ("xlsx", xlsx_pairs, False),
    "txt": ("txt", txt_lines, True),
    "csv": ("csv", csv_rows, True),
    "html": ("html", html_table, False),
    "mail": ("eml", mail, True),
    "pdf, velden": ("pdf", pdf_fields, True),
    "pdf, plat": ("pdf", pdf_flat, True),
}
#: What LibreOffice makes of them: (from, to).
CONVERTED = [
    ("docx, twee kolommen", "doc"),
    ("docx, twee kolommen", "odt"),
    ("docx, regels", "rtf"),
    ("docx, regels", "doc"),
    ("docx, twee kolommen", "pdf"),
    ("docx, regels", "pdf"),
    ("docx, persoon per rij", "pdf"),
    ("xlsx, persoon per rij", "xls"),
    ("xlsx, paren", "ods"),
    ("docx, persoon per rij", "rtf"),
    ("docx, oude velden", "doc"),
    ("docx, besturingselementen", "odt"),
]


def make(folder: Path, seed: int = 1, scans: bool = True) -> list[Sample]:
    """The whole corpus, written to ``folder``; the same seed gives the same documents."""
    rng = random.Random(seed)
    samples: list[Sample] = []
    for form in forms().values():
        for kind, (ending, maker, several) in MAKERS.items():
            for count in (1, 3) if several and not form.per_organisation else (1,):
                people = [answers(form, rng) for _ in range(count)]
                samples.append(_write(folder, form, kind, ending, maker(form, people, rng), people))
        for kind in (
            "docx, regels",
            "docx, twee kolommen",
            "docx, besturingselementen",
            "xlsx, persoon per rij",
            "pdf, velden",
        ):
            ending, maker, _ = MAKERS[kind]
            samples.append(_write(folder, form, f"leeg: {kind}", ending, maker(form, [{}], rng), [], "blank"))
    samples += _converted(folder, samples)
    if scans:
        samples += [
            _scanned(folder, s, rng)
            for s in samples
            if s.kind == "docx, twee kolommen → pdf" and len(s.people) == 1
        ]
        printed = ("docx, twee kolommen → pdf", "docx, regels → pdf", "pdf, plat")
        samples += [
            _photographed(folder, s, rng) for s in samples if s.kind in printed and len(s.people) == 1
        ]
        samples += [_scanned(folder, s, rng) for s in samples if s.kind == "pdf, plat" and len(s.people) == 1]
    for name, data in strangers().items():
        path = folder / name
        path.write_bytes(data)
        samples.append(Sample(path, "geen formulier", "", "no-form", ()))
    return samples + _odd(folder / "vreemd")


def _odd(folder: Path) -> list[Sample]:
    folder.mkdir()
    samples = []
    for name, (data, people) in odd_forms().items():
        (folder / name).write_bytes(data)
        samples.append(Sample(folder / name, "vreemde indeling", "", "form", tuple(people)))
    for name, data in odd_strangers().items():
        (folder / name).write_bytes(data)
        samples.append(Sample(folder / name, "vreemd, geen formulier", "", "no-form", ()))
    return samples


def _write(
    folder: Path, form: Form, kind: str, ending: str, data: bytes, people: list[Truth], outcome: str = "form"
) -> Sample:
    path = folder / f"{len(list(folder.iterdir())):04d}-{form.id}.{ending}"
    path.write_bytes(data)
    return Sample(path, kind, form.id, outcome, tuple(people))


def _converted(folder: Path, samples: list[Sample]) -> list[Sample]:
    made: list[Sample] = []
    for kind, target in CONVERTED:
        sources = [s for s in samples if s.kind == kind]
        out = folder / f"van-{kind.split(',')[0]}-{target}-{CONVERTED.index((kind, target))}"
        out.mkdir()
        soffice(target, [s.path for s in sources], out)
        for source in sources:
            path = out / f"{source.path.stem}.{target}"
            made.append(Sample(path, f"{kind} → {target}", source.form, source.outcome, source.people))
    return made


def soffice(target: str, paths: list[Path], out: Path) -> None:
    """Converts files with LibreOffice; raises ``subprocess.CalledProcessError``."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", target]
        subprocess.run([*command, "--outdir", str(out), *map(str, paths)], check=True, capture_output=True)


def _scanned(folder: Path, sample: Sample, rng: random.Random) -> Sample:
    stem = folder / f"scan-{sample.path.parent.name}-{sample.path.stem}"
    subprocess.run(["pdftoppm", "-r", "130", "-png", "-singlefile", str(sample.path), str(stem)], check=True)
    with Image.open(f"{stem}.png") as picture:
        turned = picture.convert("L").rotate(rng.uniform(-0.7, 0.7), fillcolor=255)
    Path(f"{stem}.png").unlink()
    path = stem.with_suffix(".jpg")
    turned.save(path, quality=70)
    return Sample(path, "scan", sample.form, sample.outcome, sample.people)


def _photographed(folder: Path, sample: Sample, rng: random.Random) -> Sample:
    """A sheet on a dark table, held askew, with light from one side and a grainy lens."""
    import cv2
    import numpy as np

    stem = folder / f"foto-{sample.path.parent.name}-{sample.path.stem}"
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", str(sample.path), str(stem)], check=True)
    sheet = cv2.imread(f"{stem}.png")
    Path(f"{stem}.png").unlink()
    height, width = sheet.shape[:2]
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    seen = [(150 + x + rng.uniform(-35, 35), 150 + y + rng.uniform(-35, 35)) for x, y in corners]
    turn = cv2.getPerspectiveTransform(np.array(corners, np.float32), np.array(seen, np.float32))
    photo = cv2.warpPerspective(sheet, turn, (width + 300, height + 300), borderValue=(70, 90, 110))
    light = np.linspace(1.0, 0.62, photo.shape[1])[None, :, None]
    grain = np.random.default_rng(1).normal(0, 6, photo.shape)
    photo = cv2.GaussianBlur(np.clip(photo * light + grain, 0, 255).astype(np.uint8), (3, 3), 0)
    path = stem.with_suffix(".jpg")
    cv2.imwrite(str(path), photo, [cv2.IMWRITE_JPEG_QUALITY, 75])
    return Sample(path, "foto", sample.form, sample.outcome, sample.people)
