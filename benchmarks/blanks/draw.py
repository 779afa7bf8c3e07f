"""Draws five blank forms and copies of each, filled in seven ways, in the manner of a walking club, a school,
a city's culture service, a chamber of commerce and a conference. Drawn before the adopting code was read.

    python -m benchmarks.blanks.draw [FOLDER]

The ways: in Word, in LibreOffice Writer or Calc, printed to PDF, printed and scanned, pasted into a mail,
forwarded in a quote, and saved as an older format. Needs LibreOffice and poppler.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pikepdf
from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image, ImageFilter
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from benchmarks.blanks.fillings import ARCHIVES, EXPORT, FIELDS, MARKET, SNOW, WALKERS, Filling

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
Hand = str
"""How somebody fills a gap in: ``over`` it, ``within`` it (dots left at both sides) or ``before`` it."""


def gap(value: str, length: int, hand: Hand, filler: str = "…") -> str:
    """What stands in a gap of that many fillers once the value was typed."""
    left = filler * max(3, (length - len(value)) // 2)
    if not value:
        return filler * length
    return {"over": f"{value} ", "within": f"{filler * 3} {value} {left}", "before": f"{value}{left}"}[hand]


# ---------------------------------------------------------------------------------- a walking club


def walkers(path: Path, v: Filling, hand: Hand) -> None:
    """Ellipses, two questions on a line, the letter O as a box, people in rows, a letterhead."""
    doc = _paper("Liberation Sans", 11)
    head = doc.add_table(rows=1, cols=2).rows[0].cells
    head[0].text = "WSV De Zwervers vzw\nHofstraat 12\n9300 Aalst"
    head[1].text = "tel. 053 77 00 11\ninfo@dezwervers.example\nBE12 3456 7890 1234"
    doc.add_heading("Clubreis Zuid-Limburg, 24 tot 26 september 2027", 1)
    doc.add_paragraph(
        "Dit jaar trekken we naar het heuvelland. We vertrekken vrijdag om 8 uur aan de sporthal. Vul dit "
        "blad in voor heel je groep en bezorg het voor 1 juli aan Marie-Jeanne Coppens, Hofstraat 12, 9300 "
        "Aalst, of mail het naar reis@dezwervers.example."
    )
    doc.add_heading("Inschrijvingsstrook", 2)
    doc.add_paragraph(f"Naam van de groep: {gap(v.get('group', ''), 30, hand)}")
    contact, phone = gap(v.get("contact", ""), 22, hand), gap(v.get("phone", ""), 15, hand)
    doc.add_paragraph(f"Contactpersoon: {contact}  GSM: {phone}")
    doc.add_paragraph(f"E-mail: {gap(v.get('email', ''), 30, hand)}")
    table = doc.add_table(rows=1, cols=5)
    table.style = "Table Grid"
    labels = ("Naam", "Voornaam", "Geboortedatum", "Afstand (10 of 20 km)", "Lid (ja/nee)")
    for cell, label in zip(table.rows[0].cells, labels, strict=True):
        _bold(cell, label)
    people = v.get("people", [])
    for place in range(6):
        cells = table.add_row().cells
        for cell, key in zip(cells, ("last", "first", "born", "walk", "member"), strict=True):
            cell.text = people[place].get(key, "") if place < len(people) else ""
    ways = "     ".join(
        f"{'X' if v.get('transport') == way else 'O'} {way}" for way in FIELDS["walkers"]["transport"][1]
    )
    doc.add_paragraph(f"\nVervoer: {ways}")
    doc.add_paragraph(f"Nummerplaat (enkel met eigen wagen): {gap(v.get('plate', ''), 14, hand)}")
    doc.add_paragraph(f"Rekeningnummer voor terugbetaling: {gap(v.get('iban', ''), 24, hand)}")
    doc.add_paragraph(
        "We gebruiken je gegevens alleen voor deze reis en wissen ze na afloop. Vragen? "
        "privacy@dezwervers.example"
    )
    sign = doc.add_table(rows=2, cols=2)
    sign.style = "Table Grid"
    sign.rows[0].cells[0].text, sign.rows[0].cells[1].text = "Voor de groep", "Voor het bestuur"
    sign.rows[1].cells[0].text, sign.rows[1].cells[1].text = "\n\n", "\n\n"
    doc.save(str(path))


# ---------------------------------------------------------------------------------------- a school


def snow(path: Path, v: Filling, hand: Hand) -> None:
    """A letter above, two parents as columns, words to strike out, parts of a date, a box for the school."""
    doc = _paper("Liberation Serif", 11)
    head = doc.sections[0].header.paragraphs[0]
    head.text = (
        "Basisschool De Regenboog - Lindelaan 40, 2640 Mortsel - 03 449 10 10 - "
        "secretariaat@regenboog.example"
    )
    doc.add_paragraph("Mortsel, 2 november 2026")
    doc.add_paragraph("Beste ouders")
    doc.add_paragraph(
        "In februari gaan de zesdeklassers op sneeuwklas naar Fiesch. De bijdrage is 485 euro, in drie "
        "schijven. Mogen wij dit blad ten laatste op 17 november terug via de klasleerkracht? Met vragen "
        "kunt u bij juf Hilde."
    )
    doc.add_paragraph("Vriendelijke groeten\nHilde Proost, directeur")
    doc.add_paragraph("- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -")
    doc.add_heading("Inlichtingenblad sneeuwklas", 2)
    filler = "."
    doc.add_paragraph(f"Naam en voornaam van de leerling: {gap(v.get('pupil', ''), 50, hand, filler)}")
    born = v.get("born", "") or "..... / ..... / .........."
    doc.add_paragraph(f"Klas: {gap(v.get('class', ''), 12, hand, filler)}   Geboortedatum: {born}")
    _tab_line(doc, "Rijksregisternummer:", v.get("national", ""))
    table = doc.add_table(rows=0, cols=3)
    table.style = "Table Grid"
    cells = table.add_row().cells
    for cell, text in zip(cells, ("", "Ouder 1", "Ouder 2"), strict=True):
        _bold(cell, text)
    for label, keys in (
        ("Naam en voornaam", ("parent1", "parent2")),
        ("Gsm", ("phone1", "phone2")),
        ("E-mailadres", ("email1", "email2")),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text, cells[2].text = label, *(v.get(key, "") for key in keys)
    doc.add_paragraph("")
    doctor, number = (gap(v.get(key, ""), 30, hand, filler) for key in ("doctor", "doctor_phone"))
    doc.add_paragraph(f"Huisarts: {doctor}  Tel. huisarts: {number}")
    _strike(doc.add_paragraph("Mijn kind neemt deel (schrappen wat niet past): "), "snow", "comes", v, hand)
    _strike(doc.add_paragraph("Maaltijden: "), "snow", "meal", v, hand)
    levels = "   ".join(f"{'☒' if v.get('ski') == one else '☐'} {one}" for one in FIELDS["snow"]["ski"][1])
    doc.add_paragraph(f"Skiniveau: {levels}")
    doc.add_paragraph(f"Neemt medicatie (welke?): {gap(v.get('medicine', ''), 50, hand, filler)}")
    doc.add_paragraph(f"Schoenmaat: {gap(v.get('shoe', ''), 10, hand, filler)}")
    where, when = gap(v.get("done_at", ""), 24, hand, filler), gap(v.get("done_on", ""), 24, hand, filler)
    doc.add_paragraph(f"Gedaan te {where}, op {when}")
    doc.add_paragraph("Handtekening van een ouder:\n\n")
    box = doc.add_table(rows=1, cols=1)
    box.style = "Table Grid"
    box.rows[0].cells[0].text = (
        "Voorbehouden voor het secretariaat\n"
        "Ontvangen op: ............  Schijf 1: ☐  Schijf 2: ☐  Schijf 3: ☐"
    )
    doc.save(str(path))


def _strike(paragraph: Paragraph, form: str, key: str, v: Filling, hand: Hand) -> None:
    """Words of which the others are struck out, or wiped out where there is no strike to be had."""
    options, chosen = FIELDS[form][key][1], v.get(key, "")
    if chosen and hand != "over":
        paragraph.add_run(chosen)
        return
    for place, option in enumerate(options):
        paragraph.add_run(" / " if place else "")
        paragraph.add_run(option).font.strike = bool(chosen) and option != chosen


# ------------------------------------------------------------------------- a city's culture service

_LINES = ("club", "applicant", "street", "town", "email", "phone", "iban", "sells")


def market(path: Path) -> None:
    """A PDF with fields to fill in, drawn boxes around them, ticks, a drop-down list and several lines."""
    page = Canvas(str(path), pagesize=A4)
    form = page.acroForm
    page.setFont("Helvetica-Bold", 9)
    page.drawString(60, 800, "STAD DUFFEL  |  dienst Cultuur en Feesten  |  Gemeentestraat 21, 2570 Duffel")
    page.drawString(60, 788, "T 015 30 00 00  |  feesten@duffel.example")
    page.setFont("Helvetica-Bold", 17)
    page.drawString(60, 752, "Aanvraag standplaats kerstmarkt")
    page.setFont("Helvetica", 10)
    page.drawString(
        60, 734, "Kerstmarkt van 18 tot 20 december 2026 op de Grote Markt. Terug voor 15 november."
    )
    y = 700
    for key in _LINES:
        page.drawString(60, y + 5, FIELDS["market"][key][0])
        form.textfield(name=key, x=230, y=y, width=300, height=18, fontSize=10, borderWidth=1)
        y -= 27
    page.drawString(60, y + 5, "Aantal lopende meter")
    form.textfield(name="metres", x=230, y=y, width=60, height=18, fontSize=10, borderWidth=1)
    y -= 27
    page.drawString(60, y + 5, "Kraam")
    options = ["- kies -", *FIELDS["market"]["stall"][1]]
    form.choice(
        name="stall", value="- kies -", options=options, x=230, y=y, width=150, height=18, fontSize=10
    )
    y -= 27
    page.drawString(60, y + 5, "Elektriciteit nodig")
    for place, option in enumerate(FIELDS["market"]["power"][1]):
        form.radio(name="power", value=option, x=230 + 70 * place, y=y + 2, size=14, selected=False)
        page.drawString(250 + 70 * place, y + 5, option)
    y -= 27
    page.drawString(60, y + 5, "Aanwezig op")
    for place, option in enumerate(FIELDS["market"]["days"][1]):
        form.checkbox(name=f"day{place}", x=230 + 90 * place, y=y + 2, size=14)
        page.drawString(250 + 90 * place, y + 5, option)
    y -= 75
    page.drawString(60, y + 52, "Opmerkingen")
    form.textfield(
        name="remarks", x=230, y=y, width=300, height=64, fontSize=10, borderWidth=1, fieldFlags="multiline"
    )
    page.setFont("Helvetica-Oblique", 8)
    page.drawString(
        60, y - 25, "De stad verwerkt deze gegevens enkel voor de kerstmarkt (privacy@duffel.example)."
    )
    page.drawString(60, y - 37, "Retributie: 15 euro per lopende meter, te storten op BE10 0910 0021 0004.")
    page.setFont("Helvetica", 10)
    page.drawString(60, y - 70, "Datum en handtekening:")
    page.save()


def fill_market(blank: Path, path: Path, v: Filling) -> None:
    """The fields filled in, as a reader of PDF does it."""
    writer = PdfWriter(clone_from=PdfReader(blank))
    days = FIELDS["market"]["days"][1]
    values: dict[str, Any] = {key: v[key] for key in (*_LINES, "metres", "stall", "remarks") if v.get(key)}
    values |= {f"day{place}": "/Yes" for place, day in enumerate(days) if day in v.get("days", ())}
    writer.update_page_form_field_values(writer.pages[0], values, auto_regenerate=False)
    for widget in (one.get_object() for one in writer.pages[0]["/Annots"]):
        parent = widget.get("/Parent")
        if parent is not None and parent.get_object().get("/T") == "power" and v.get("power"):
            on = next(state for state in widget["/AP"]["/N"] if state != "/Off")
            chosen = on.lstrip("/") == v["power"]
            widget[NameObject("/AS")] = NameObject(on if chosen else "/Off")
            if chosen:
                parent.get_object()[NameObject("/V")] = NameObject(on)
    writer.write(path)


def print_market(filled: Path, path: Path) -> None:
    """Printed to PDF: what stood in the fields is drawn on the page, and no field is left."""
    with pikepdf.open(filled) as pdf:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
        pdf.save(path)


# --------------------------------------------------------------------------- a chamber of commerce


def export(path: Path, v: Filling, hand: Hand) -> None:
    """A sheet: merged cells, two questions a row, a list to choose from, numbered rows, columns for a cross,
    an invoice block, a price list, and a second sheet with the programme."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Inschrijving"
    for letter, width in zip("ABCDEFGHI", (5, 20, 18, 20, 28, 11, 11, 11, 4), strict=True):
        sheet.column_dimensions[letter].width = width
    thin = Border(*(Side(style="thin") for _ in range(4)))
    shade = PatternFill("solid", fgColor="E8EEF7")

    def put(place: str, text: str | None, *, bold: bool = False, boxed: bool = False) -> None:
        sheet[place] = text or None
        sheet[place].font = Font(bold=bold)
        sheet[place].alignment = Alignment(wrap_text=True, vertical="top")
        if boxed:
            sheet[place].border = thin

    sheet.merge_cells("A1:H1")
    put("A1", "Handelskamer Leieland vzw - Exportdag 2027", bold=True)
    sheet.merge_cells("A2:H2")
    put(
        "A2",
        "Donderdag 11 maart 2027, Kortrijk Xpo. Terug te mailen naar export@leieland.example voor 1 maart.",
    )
    put("B4", "Uw bedrijf", bold=True)
    for place, label, key in (
        ("B5", "Bedrijf", "company"),
        ("D5", "Btw-nummer", "vat"),
        ("B6", "Straat + nr.", "street"),
        ("D6", "Postcode + plaats", "town"),
        ("B7", "Lidmaatschap", "membership"),
    ):
        put(place, label)
        sheet[place].fill = shade
        put(chr(ord(place[0]) + 1) + place[1], v.get(key), boxed=True)
    choices = DataValidation(type="list", formula1='"lid,geen lid,in aanvraag"', allow_blank=True)
    sheet.add_data_validation(choices)
    choices.add("C7")
    put("B9", "Deelnemers (zet een x bij wat u volgt)", bold=True)
    heads = ("Nr.", "Achternaam", "Voornaam", "Functie", "E-mail", "Ochtend", "Lunch", "Namiddag")
    for column, label in zip("ABCDEFGH", heads, strict=True):
        put(f"{column}10", label, bold=True, boxed=True)
        sheet[f"{column}10"].fill = shade
    people = v.get("people", [])
    for row in range(6):
        put(f"A{11 + row}", str(row + 1), boxed=True)
        for column, key in zip(
            "BCDEFGH", ("last", "first", "role", "email", "morning", "lunch", "afternoon"), strict=True
        ):
            put(f"{column}{11 + row}", people[row].get(key) if row < len(people) else None, boxed=True)
    put("B18", "Facturatie (indien afwijkend)", bold=True)
    for row, (label, key) in enumerate(
        (("Factuur t.a.v.", "invoice_to"), ("E-mail facturatie", "invoice_mail"), ("PO-nummer", "order")), 19
    ):
        put(f"B{row}", label)
        sheet[f"B{row}"].fill = shade
        put(f"C{row}", v.get(key), boxed=True)
    put("B23", "Tarieven", bold=True)
    put("B24", "Leden")
    put("C24", "65 euro")
    put("B25", "Niet-leden")
    put("C25", "95 euro")
    sheet.merge_cells("A27:H27")
    put(
        "A27",
        "Uw gegevens worden gebruikt voor deze dag en de deelnemerslijst, zie leieland.example/privacy.",
    )
    programme = book.create_sheet("Programma")
    for row in (
        ("9.00", "Onthaal"),
        ("9.30", "Ochtend: douane na 2026"),
        ("12.30", "Lunch"),
        ("13.30", "Namiddag"),
    ):
        programme.append(row)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.save(str(path))


# ------------------------------------------------------------------------------------ a conference


def archives(path: Path, v: Filling, hand: Hand) -> None:
    """Two languages, Word's content controls (text with a hint, boxes, a list), sessions to choose, an
    invoice block that asks a name and an address again, a privacy line."""
    doc = _paper("Carlito", 10.5)
    doc.add_heading("Archiefdag / Journée des archives 2027", 1)
    doc.add_paragraph(
        "Brussel, 4 mei 2027 - organisatie: Vereniging voor Archief (VVA), Houtkaai 8, 1000 Brussel"
    )
    doc.add_paragraph(
        "Een formulier per persoon / un formulaire par personne. "
        "Terugsturen / renvoyer: dag@vva.example, voor 16 april."
    )
    table = doc.add_table(rows=0, cols=2)
    table.style = "Table Grid"

    def ask(target: Any, key: str) -> None:
        cells = target.add_row().cells
        cells[0].text = FIELDS["archives"][key][0] + (" *" if key in ("last", "first", "email") else "")
        _control(cells[1].paragraphs[0], v.get(key, ""))

    for key in ("last", "first", "house", "role", "email", "phone"):
        ask(table, key)
    cells = table.add_row().cells
    cells[0].text = FIELDS["archives"]["language"][0]
    _list(cells[1].paragraphs[0], FIELDS["archives"]["language"][1], v.get("language", ""))
    doc.add_heading("Keuze van de sessies / Choix des sessions", 2)
    table = doc.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for key in ("session1", "session2", "lunch"):
        cells = table.add_row().cells
        cells[0].text = FIELDS["archives"][key][0]
        for place, option in enumerate(FIELDS["archives"][key][1]):
            line = cells[1].paragraphs[0] if not place else cells[1].add_paragraph()
            _box(line, option, ticked=v.get(key) == option)
    ask(table, "diet")
    doc.add_heading("Facturatie / Facturation", 2)
    table = doc.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for key in ("invoice_name", "invoice_address", "invoice_vat", "invoice_mail"):
        ask(table, key)
    doc.add_paragraph("")
    doc.add_paragraph(
        "Deelname: 40 euro (leden VVA: 25 euro). Uw naam en instelling komen op de deelnemerslijst; wie dat "
        "niet wil, laat het weten aan privacy@vva.example."
    )
    doc.save(str(path))


_HINT = "Klik of tik om tekst in te voeren."


def _control(paragraph: Paragraph, value: str) -> None:
    state = "" if value else "<w:showingPlcHdr/>"
    _append(paragraph, f"<w:sdtPr>{state}<w:text/></w:sdtPr>", value or _HINT)


def _list(paragraph: Paragraph, options: Sequence[str], value: str) -> None:
    items = "".join(f'<w:listItem w:displayText="{one}" w:value="{one}"/>' for one in options)
    state = "" if value else "<w:showingPlcHdr/>"
    _append(
        paragraph,
        f"<w:sdtPr>{state}<w:dropDownList>{items}</w:dropDownList></w:sdtPr>",
        value or "Kies een item.",
    )


def _box(paragraph: Paragraph, option: str, *, ticked: bool) -> None:
    _append(
        paragraph,
        f'<w:sdtPr><w14:checkbox xmlns:w14="{W14}"><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
        "</w:sdtPr>",
        "☒" if ticked else "☐",
    )
    paragraph.add_run(f" {option}")


def _append(paragraph: Paragraph, properties: str, text: str) -> None:
    run = f'<w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'
    paragraph._p.append(
        parse_xml(f"<w:sdt {nsdecls('w')}>{properties}<w:sdtContent>{run}</w:sdtContent></w:sdt>")
    )


# ------------------------------------------------------------------------------------------- tools


def _paper(font: str, size: float) -> Paper:
    doc = Document()
    doc.styles["Normal"].font.name = font
    doc.styles["Normal"].font.size = Pt(size)
    return doc


def _bold(cell: Cell, text: str) -> None:
    cell.text = text
    for run in cell.paragraphs[0].runs:
        run.bold = True


def _tab_line(doc: Paper, label: str, value: str) -> None:
    """A label with a dotted tab stop to the margin, the answer typed before the tab."""
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(15), leader=WD_TAB_LEADER.DOTS)
    paragraph.add_run(f"{label} {value}\t")


def _convert(source: Path, to: str) -> Path:
    """The file in another format, as LibreOffice saves it."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to]
        subprocess.run(
            [*command, "--outdir", str(source.parent), str(source)],
            check=True,
            capture_output=True,
            timeout=180,
        )
    return source.with_suffix("." + to.partition(":")[0])


def _scan(pdf: Path, out: Path, seed: int) -> None:
    """Pages as a copier makes them: 150 dots an inch, grey, a little askew and soft."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", str(pdf), f"{folder}/page"], check=True)
        pages = []
        for page in sorted(Path(folder).glob("page*.png")):
            image = Image.open(page).convert("L")
            turned = image.rotate(chance.uniform(-0.6, 0.6), resample=Image.Resampling.BICUBIC, fillcolor=252)
            pages.append(turned.filter(ImageFilter.GaussianBlur(0.5)))
        pages[0].save(out, save_all=True, append_images=pages[1:], resolution=150, quality=60)


def _mail(out: Path, plain: str, marked_up: str | None, *, sender: str) -> None:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "inschrijvingen@secretariaat.example"
    message["Subject"] = "Inschrijving"
    message["Date"] = "Mon, 09 Nov 2026 10:00:00 +0100"
    message["Message-ID"] = f"<{out.stem}.{out.parent.name}@blanks.example>"
    message.set_content(plain)
    if marked_up is not None:
        message.add_alternative(marked_up, subtype="html")
    out.write_bytes(message.as_bytes())


def _pasted(filled: Path, out: Path) -> None:
    """The whole form pasted into a mail, in both parts that a mail client makes of it."""
    sheet = filled.suffix == ".xlsx"
    plain = _plain(filled)
    page = (
        ""
        if filled.suffix == ".pdf"
        else _convert(filled, "html").read_text(encoding="utf-8", errors="replace")
    )
    filled.with_suffix(".html").unlink(missing_ok=True)
    greeting = "Goedendag,\n\nde bijlage raakte niet door, ik plak het ingevulde formulier hieronder.\n\n"
    _mail(
        out,
        f"{greeting}{plain}\n\nMet vriendelijke groeten\n",
        None if sheet or not page else page,
        sender="Onthaal <onthaal@post.example>",
    )


def _forwarded(filled: Path, out: Path) -> None:
    """A colleague passes on a mail in which the form was pasted."""
    quote = ["> " + line for line in _wrapped(_plain(filled), 98)]
    text = "\n".join(
        ["Dag,", "", "ter info, dit kwam bij mij binnen.", "", "Groeten", "Stijn", "",
         "Op vr 6 nov. 2026 om 09:12 schreef Onthaal <onthaal@post.example>:", "", *quote, ""]
    )  # fmt: skip
    _mail(out, text, None, sender="Stijn <stijn@dienst.example>")


def _plain(filled: Path) -> str:
    """The words of a file as they come along with the clipboard."""
    if filled.suffix == ".pdf":
        done = subprocess.run(["pdftotext", "-layout", str(filled), "-"], check=True, capture_output=True)
        return done.stdout.decode("utf-8").replace("\f", "").strip()
    if filled.suffix == ".xlsx":
        text = _convert(filled, "csv:Text - txt - csv (StarCalc):9,34,76")
    else:
        text = _convert(filled, "txt:Text (encoded):UTF8")
    words = text.read_text(encoding="utf-8-sig")
    text.unlink()
    return words.strip()


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        while len(line) > width and " " in line[:width]:
            cut = line[:width].rindex(" ")
            lines.append(line[:cut])
            line = line[cut + 1 :]
        lines.append(line)
    return lines


# -------------------------------------------------------------------------------------------- main

Draw = Callable[[Path, Filling, Hand], None]
DRAWN: dict[str, tuple[Draw, str, list[Filling]]] = {
    "walkers": (walkers, "docx", WALKERS),
    "snow": (snow, "docx", SNOW),
    "export": (export, "xlsx", EXPORT),
    "archives": (archives, "docx", ARCHIVES),
}
_OLDER = {"docx": "doc", "xlsx": "xls"}
_FREE = {"docx": "odt", "xlsx": "ods"}


def _ways(folder: Path, draw: Draw, kind: str, fillings: Sequence[Filling], seed: int) -> None:
    """The copies of a form of Word or Excel."""
    work = folder / "work"
    work.mkdir()
    word, free, printed, scanned, pasted, forwarded, older = fillings
    draw(folder / f"1-office.{kind}", word, "over")
    draw(work / f"free.{kind}", free, "within")
    _convert(work / f"free.{kind}", _FREE[kind]).rename(folder / f"2-libreoffice.{_FREE[kind]}")
    draw(work / f"printed.{kind}", printed, "before")
    _convert(work / f"printed.{kind}", "pdf").rename(folder / "3-printed.pdf")
    draw(work / f"scanned.{kind}", scanned, "before")
    _scan(_convert(work / f"scanned.{kind}", "pdf"), folder / "4-scan.pdf", seed)
    draw(work / f"pasted.{kind}", pasted, "before")
    _pasted(work / f"pasted.{kind}", folder / "5-pasted.eml")
    draw(work / f"forwarded.{kind}", forwarded, "within")
    _forwarded(work / f"forwarded.{kind}", folder / "6-forwarded.eml")
    draw(work / f"older.{kind}", older, "over")
    _convert(work / f"older.{kind}", _OLDER[kind]).rename(folder / f"7-older.{_OLDER[kind]}")


def _market_ways(folder: Path, fillings: Sequence[Filling], seed: int) -> None:
    """The copies of a form that is a PDF: there is none of Word or an older format."""
    work = folder / "work"
    work.mkdir()
    blank = folder / "blank.pdf"
    for number, filling in enumerate(fillings):
        fill_market(blank, work / f"{number}.pdf", filling)
        print_market(work / f"{number}.pdf", work / f"{number}-printed.pdf")
    (work / "0.pdf").rename(folder / "1-reader.pdf")
    (work / "1.pdf").rename(folder / "2-reader.pdf")
    (work / "2-printed.pdf").rename(folder / "3-printed.pdf")
    _scan(work / "3-printed.pdf", folder / "4-scan.pdf", seed)
    _pasted(work / "4-printed.pdf", folder / "5-pasted.eml")
    _forwarded(work / "5-printed.pdf", folder / "6-forwarded.eml")


def _without_boxes(filling: Filling) -> Filling:
    """What is left of a filling in the words of a PDF: which boxes are ticked does not come along."""
    return {key: value for key, value in filling.items() if key not in ("power", "days")}


def _expected(folder: Path, name: str, fillings: Sequence[Filling]) -> None:
    """What stands on each copy, for ``benchmarks.adopted``."""
    copies = sorted(file.name for file in folder.glob("[1-9]-*"))
    fields = [{"key": k, "label": label, "choices": choices} for k, (label, choices) in FIELDS[name].items()]
    filled = {}
    for copy, filling in zip(copies, fillings, strict=True):
        shared = {key: value for key, value in filling.items() if key != "people"}
        filled[copy] = {"people": [shared | person for person in filling.get("people", [{}])]}
    said = {"fields": fields, "filled": filled}
    (folder / "expected.json").write_text(
        json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def main() -> None:
    """Draws everything anew."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    options.add_argument("--only", default="", help="only the forms whose name holds this")
    given = options.parse_args()
    out: Path = given.folder
    for name in (*DRAWN, "market"):
        if given.only not in name:
            continue
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[1-9]-*"):
            old.unlink()
        if name == "market":
            fillings = [one if place < 4 else _without_boxes(one) for place, one in enumerate(MARKET)]
            market(folder / "blank.pdf")
            _market_ways(folder, fillings, seed=len(name))
        else:
            draw, kind, fillings = DRAWN[name]
            draw(folder / f"blank.{kind}", {}, "over")
            _ways(folder, draw, kind, fillings, seed=len(name))
        for left in (folder / "work").glob("*"):
            left.unlink()
        (folder / "work").rmdir()
        _expected(folder, name, fillings)


if __name__ == "__main__":
    main()
