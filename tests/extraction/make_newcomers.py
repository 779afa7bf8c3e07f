"""Draws the five forms in `newcomers/`, each blank and filled in five ways: Word, saved by LibreOffice,
printed to PDF, scanned, and typed over in a mail. Drawn before the adopting code was looked at, in the
manner of an association, a school, a city's culture service, a chamber of commerce and a conference. Needs
LibreOffice and poppler.

    python -m tests.extraction.make_newcomers
"""

import json
import random
import subprocess
import tempfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_LEADER
from docx.shared import Cm, Pt, RGBColor
from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from PIL import Image, ImageFilter

OUT = Path(__file__).parent / "newcomers"
Answers = dict[str, Any]
DOTS = "." * 60


def dots(value: str, count: int = 60) -> str:
    """What stands on a dotted line: the answer, typed over as many dots as it is long."""
    return value + "." * max(0, count - 2 * len(value)) if value else "." * count


def box(ticked: bool) -> str:
    return "☒" if ticked else "☐"


def tab_line(doc: Any, label: str, value: str) -> None:
    """A label with a dotted tab stop to the margin, the answer typed before the tab."""
    paragraph = doc.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16), leader=WD_TAB_LEADER.DOTS)
    paragraph.add_run(label + " ")
    paragraph.add_run(value + "\t")


# ------------------------------------------------------------------------------------- an association


def association(path: Path, v: Answers) -> None:
    """Dotted lines, tick boxes in a row of words, a strip that is cut off, a bank account of theirs."""
    doc = Document()
    doc.styles["Normal"].font.name = "Liberation Sans"
    doc.styles["Normal"].font.size = Pt(11)
    doc.add_heading("Heemkundige Kring De Ransel vzw", 1)
    doc.add_paragraph("Dorpsplein 4, 9860 Oosterzele - tel. 09 362 00 00 - info@deransel.example")
    doc.add_paragraph(
        "Op zaterdag 13 maart viert onze kring haar veertigste verjaardag met een academische zitting in het "
        "Koetshuis, gevolgd door een receptie en een maaltijd. Ieder lid en sympathisant is van harte welkom."
    )
    doc.add_paragraph("Programma")
    for line in (
        "14.30 u. Onthaal",
        "15.00 u. Academische zitting",
        "17.00 u. Receptie",
        "19.00 u. Feestmaal",
    ):
        doc.add_paragraph(line, style="List Bullet")
    doc.add_paragraph("✂ " + "- " * 40)
    doc.add_heading("Antwoordstrook (terug te bezorgen voor 1 maart)", 2)
    tab_line(doc, "Naam en voornaam:", v.get("Naam en voornaam", ""))
    tab_line(doc, "Adres:", v.get("Adres", ""))
    doc.add_paragraph(f"Tel.: {dots(v.get('Tel.', ''), 30)}   E-mail: {dots(v.get('E-mail', ''), 40)}")
    member = v.get("is lid van de kring", "")
    doc.add_paragraph(f"is lid van de kring:  {box(member == 'ja')} ja   {box(member == 'neen')} neen")
    doc.add_paragraph("schrijft zich in voor (aankruisen wat past):")
    for option in ("de academische zitting", "de receptie", "het feestmaal (€ 38 per persoon)"):
        doc.add_paragraph(f"{box(option in v.get('schrijft zich in voor', []))} {option}")
    doc.add_paragraph(
        f"Aantal personen voor het feestmaal: {dots(v.get('Aantal personen voor het feestmaal', ''), 10)}"
    )
    doc.add_paragraph(f"Vegetarische maaltijden: {dots(v.get('Vegetarische maaltijden', ''), 10)}")
    doc.add_paragraph(f"Eventuele opmerkingen: {dots(v.get('Eventuele opmerkingen', ''))}")
    doc.add_paragraph(
        "Gelieve het bedrag over te schrijven op BE68 5390 0754 7034 met vermelding 'feest 40 jaar'."
    )
    doc.add_paragraph(f"Datum: {dots(v.get('Datum', ''), 20)}     Handtekening:")
    doc.save(str(path))


# ------------------------------------------------------------------------------------------- a school


def school(path: Path, v: Answers) -> None:
    """A table of label | answer | label | answer, two sections that ask the same, tick boxes in cells."""
    doc = Document()
    doc.styles["Normal"].font.name = "Liberation Serif"
    doc.add_heading("Gemeentelijke Basisschool De Klimop", 1)
    doc.add_paragraph("Inschrijving meerdaagse uitstap vierde leerjaar - Ardennen, 10 tot 12 mei")
    doc.add_paragraph("Beste ouders, gelieve dit blad volledig in te vullen en mee te geven met uw kind.")

    def section(title: str, rows: list[list[tuple[str, str]]]) -> None:
        table = doc.add_table(rows=0, cols=4)
        table.style = "Table Grid"
        head = table.add_row().cells
        head[0].merge(head[3]).text = title
        head[0].paragraphs[0].runs[0].bold = True
        for row in rows:
            cells = table.add_row().cells
            if len(row) == 1:
                cells[0].text = row[0][0]
                cells[1].merge(cells[3]).text = row[0][1]
                continue
            for place, (label, value) in enumerate(row):
                cells[2 * place].text = label
                cells[2 * place + 1].text = value
        doc.add_paragraph("")

    def ask(label: str) -> tuple[str, str]:
        return label.split("#")[0], v.get(label, "")

    def ticks(label: str, options: list[str]) -> tuple[str, str]:
        return label, "   ".join(f"{box(v.get(label) == option)} {option}" for option in options)

    section(
        "Gegevens van het kind",
        [
            [ask("Naam"), ask("Voornaam")],
            [ask("Geboortedatum"), ask("Klas")],
            [
                ask("Rijksregisternummer"),
                (
                    "Zwemmen",
                    "   ".join(
                        f"{box(v.get('Zwemmen') == o)} {o}" for o in ("kan zwemmen", "kan niet zwemmen")
                    ),
                ),
            ],
            [ask("Allergieën of voedingsgewoonten")],
            [ask("Neemt medicatie")],
        ],
    )
    section(
        "Gegevens van de ouder of voogd",
        [
            [ask("Naam#2"), ask("Voornaam#2")],
            [ask("Straat en nummer"), ask("Postcode en gemeente")],
            [ask("Gsm"), ask("E-mail")],
            [ask("Bereikbaar bij nood (naam en nummer)")],
        ],
    )
    table = doc.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for label, options in (
        ("Mijn kind gaat mee", ["ja", "nee"]),
        ("Foto's mogen op de website", ["ja", "nee"]),
        ("Wij betalen", ["in één keer", "in drie schijven"]),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = ticks(label, options)
    doc.add_paragraph("")
    doc.add_paragraph("In te vullen door de school: ontvangen op ......../........ paraaf ................")
    doc.save(str(path))


# --------------------------------------------------------------------------- a city's culture service


def culture(path: Path, v: Answers) -> None:
    """Underscores, marks between square brackets, choices as a list below their question, bold labels."""
    doc = Document()
    doc.styles["Normal"].font.name = "Carlito"
    header = doc.sections[0].header.paragraphs[0]
    header.text = "Stad Wervelgem - dienst Cultuur - Marktplein 1, 8560 Wervelgem - T 056 43 55 00"
    doc.add_heading("Zomerateliers 2027", 1)
    doc.add_heading("Inschrijvingsformulier", 2)

    def line(label: str, length: int = 45) -> None:
        paragraph = doc.add_paragraph()
        paragraph.add_run(label).bold = True
        value = v.get(label, "")
        paragraph.add_run("  " + (value or "_" * length))

    doc.add_paragraph("1. De deelnemer")
    line("Familienaam *")
    line("Voornaam *")
    line("Geboortedatum *", 25)
    line("Straat + nr.")
    line("Postcode en woonplaats")
    doc.add_paragraph("2. Contact")
    line("Telefoon of gsm *", 25)
    line("E-mailadres *")
    doc.add_paragraph("3. Atelier")
    doc.add_paragraph().add_run("Ik kies voor (één atelier)").bold = True
    for option in (
        "Keramiek (6-9 jaar)",
        "Theater (10-12 jaar)",
        "Striptekenen (12-15 jaar)",
        "Fotografie (16+)",
    ):
        mark = "X" if v.get("Ik kies voor (één atelier)") == option else "  "
        doc.add_paragraph(f"[{mark}] {option}")
    paragraph = doc.add_paragraph()
    paragraph.add_run("UiTPAS met kansentarief").bold = True
    value = v.get("UiTPAS met kansentarief", "")
    paragraph.add_run(f"   [{'X' if value == 'ja' else '  '}] ja   [{'X' if value == 'nee' else '  '}] nee")
    line("UiTPAS-nummer", 25)
    doc.add_paragraph().add_run("Wil je nog iets kwijt?").bold = True
    doc.add_paragraph(v.get("Wil je nog iets kwijt?", "") or "_" * 75)
    if not v.get("Wil je nog iets kwijt?"):
        doc.add_paragraph("_" * 75)
    note = doc.add_paragraph().add_run(
        "Stuur dit formulier terug naar cultuur@wervelgem.example of geef het af aan de balie, voor 15 mei. "
        "Je gegevens worden enkel gebruikt voor de organisatie van de ateliers."
    )
    note.italic = True
    note.font.color.rgb = RGBColor(0x55, 0x55, 0x55)
    doc.save(str(path))


# ------------------------------------------------------------------------------ a chamber of commerce


def chamber(path: Path, v: Answers) -> None:
    """A sheet: company above, a table of participants with spare rows, invoice block below."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Inschrijving"
    for letter, width in zip("ABCDEF", (26, 24, 24, 28, 18, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    thin = Border(*(Side(style="thin") for _ in range(4)))
    sheet["A1"] = "Kamer van Koophandel Zuiderland"
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A2"] = "Ondernemerscafé 'Verkopen over de grens' - donderdag 22 april, 18 u., Havenhuis"
    sheet["A4"] = "Onderneming"
    sheet["A4"].font = Font(bold=True)
    row = 5
    for label in ("Bedrijfsnaam", "Ondernemingsnummer", "Sector", "Contactpersoon", "E-mail contactpersoon"):
        sheet.cell(row, 1, label)
        sheet.cell(row, 2, v.get(label) or None).border = thin
        row += 1
    sheet.cell(11, 1, "Deelnemers").font = Font(bold=True)
    heads = ("Naam", "Voornaam", "Functie", "E-mailadres", "Gsm", "Netwerkdiner (ja/nee)")
    for column, head in enumerate(heads, 1):
        cell = sheet.cell(12, column, head)
        cell.fill = PatternFill("solid", fgColor="DDDDDD")
        cell.border = thin
    people = v.get("people", [])
    for place in range(5):
        for column, head in enumerate(heads, 1):
            value = people[place].get(head) if place < len(people) else None
            sheet.cell(13 + place, column, value or None).border = thin
    sheet["A19"] = "Facturatie"
    sheet["A19"].font = Font(bold=True)
    for place, label in enumerate(("Facturatieadres", "Bestelbonnummer")):
        sheet.cell(20 + place, 1, label)
        sheet.cell(20 + place, 2, v.get(label) or None).border = thin
    sheet["A23"] = "Leden € 45 per persoon, niet-leden € 75. Annuleren kan kosteloos tot 15 april."
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.save(str(path))


# --------------------------------------------------------------------------------------- a conference


def conference(path: Path, v: Answers) -> None:
    """English; label cells in a shaded column, choices within one cell on lines of their own."""
    doc = Document()
    doc.styles["Normal"].font.name = "Liberation Sans"
    doc.styles["Normal"].font.size = Pt(10)
    doc.add_heading("5th Lowlands Conference on Water Governance", 1)
    doc.add_paragraph("Ghent, 7-8 October 2027 - delegate registration form")
    doc.add_paragraph(
        "Please complete one form per delegate and return it to registration@lowlandswater.example."
    )
    table = doc.add_table(rows=0, cols=2)
    table.style = "Light Grid Accent 1"

    def ask(label: str, value: str | None = None) -> None:
        cells = table.add_row().cells
        cells[0].text = label
        cells[1].text = v.get(label, "") if value is None else value

    def choose(label: str, options: list[str]) -> None:
        chosen = v.get(label, [])
        chosen = [chosen] if isinstance(chosen, str) else chosen
        ask(label, "\n".join(f"{box(option in chosen)} {option}" for option in options))

    choose("Title", ["Ms", "Mr", "Dr", "Prof."])
    for label in (
        "Surname *",
        "Given name *",
        "Affiliation *",
        "Position",
        "E-mail address *",
        "Telephone",
        "Country",
    ):
        ask(label)
    choose("I will attend", ["7 October", "8 October"])
    choose("Parallel session on 7 October", ["A. Floods and cities", "B. Groundwater", "C. Law and rivers"])
    choose("Conference dinner", ["yes", "no"])
    ask("Dietary requirements")
    ask("Name on badge (if different)")
    ask("Remarks")
    doc.add_paragraph("")
    doc.add_paragraph("Registration fee: € 180 (students € 60), to be paid on receipt of the invoice.")
    doc.save(str(path))


# ------------------------------------------------------------------------------------ who filled them

ASSOCIATION: list[Answers] = [
    {
        "Naam en voornaam": "Verstraeten Godelieve",
        "Adres": "Kerkstraat 18, 9860 Oosterzele",
        "Tel.": "09 362 41 17",
        "E-mail": "godelieve.v@post.example",
        "is lid van de kring": "ja",
        "schrijft zich in voor": ["de academische zitting", "de receptie"],
        "Datum": "12 februari",
    },
    {
        "Naam en voornaam": "De Clercq Roger",
        "Adres": "Molenweg 3, 9820 Merelbeke",
        "Tel.": "0475 11 28 39",
        "E-mail": "roger.declercq@post.example",
        "is lid van de kring": "neen",
        "schrijft zich in voor": ["het feestmaal (€ 38 per persoon)"],
        "Aantal personen voor het feestmaal": "2",
        "Vegetarische maaltijden": "1",
        "Eventuele opmerkingen": "liefst bij de familie Baert aan tafel",
        "Datum": "20/02",
    },
    {
        "Naam en voornaam": "Baert Irène",
        "Adres": "Dorp 77, 9860 Scheldewindeke",
        "Tel.": "09 363 20 20",
        "E-mail": "irene.baert@post.example",
        "is lid van de kring": "ja",
        "schrijft zich in voor": ["de academische zitting", "het feestmaal (€ 38 per persoon)"],
        "Aantal personen voor het feestmaal": "4",
        "Datum": "15 februari",
    },
    {
        "Naam en voornaam": "Van den Abeele Luc",
        "Adres": "Vijverstraat 5, 9860 Balegem",
        "Tel.": "0498 30 31 32",
        "E-mail": "luc@abeele.example",
        "is lid van de kring": "ja",
        "schrijft zich in voor": ["de receptie"],
        "Eventuele opmerkingen": "kom iets later",
        "Datum": "1 maart",
    },
    {
        "Naam en voornaam": "Haegeman Paula",
        "Adres": "Stationsstraat 101, 9860 Moortsele",
        "Tel.": "09 362 88 01",
        "E-mail": "paula.haegeman@post.example",
        "is lid van de kring": "neen",
        "schrijft zich in voor": ["het feestmaal (€ 38 per persoon)"],
        "Aantal personen voor het feestmaal": "3",
        "Vegetarische maaltijden": "3",
        "Datum": "28/02",
    },
]


def _child(*row: str) -> Answers:
    keys = (
        "Naam",
        "Voornaam",
        "Geboortedatum",
        "Klas",
        "Rijksregisternummer",
        "Zwemmen",
        "Allergieën of voedingsgewoonten",
        "Neemt medicatie",
        "Naam#2",
        "Voornaam#2",
        "Straat en nummer",
        "Postcode en gemeente",
        "Gsm",
        "E-mail",
        "Bereikbaar bij nood (naam en nummer)",
        "Mijn kind gaat mee",
        "Foto's mogen op de website",
        "Wij betalen",
    )
    return {key: value for key, value in zip(keys, row, strict=True) if value}


SCHOOL = [
    _child(
        "Mertens",
        "Lotte",
        "14/03/2017",
        "4A",
        "17.03.14-122.41",
        "kan zwemmen",
        "noten",
        "",
        "Mertens",
        "Bart",
        "Hoogstraat 12",
        "9700 Oudenaarde",
        "0473 22 10 98",
        "bart.mertens@post.example",
        "oma Rita 055 31 20 20",
        "ja",
        "nee",
        "in één keer",
    ),
    _child(
        "El Amrani",
        "Yassin",
        "2 juni 2017",
        "4B",
        "",
        "kan niet zwemmen",
        "halal",
        "",
        "El Amrani",
        "Samira",
        "Kasteelstraat 4 bus 2",
        "9700 Oudenaarde",
        "0486 77 65 54",
        "samira.ea@post.example",
        "",
        "ja",
        "ja",
        "in drie schijven",
    ),
    _child(
        "Vandewalle",
        "Jef",
        "29-11-2016",
        "4A",
        "16.11.29-335.07",
        "kan zwemmen",
        "",
        "Rilatine 's morgens",
        "Vandewalle",
        "Els",
        "Diependale 9",
        "9700 Eine",
        "0499 12 13 14",
        "els.vandewalle@post.example",
        "buurman Koen 0472 00 11 22",
        "ja",
        "ja",
        "in één keer",
    ),
    _child(
        "Nowak",
        "Zuzanna",
        "07/08/2017",
        "4B",
        "",
        "kan zwemmen",
        "",
        "",
        "Nowak",
        "Piotr",
        "Bergstraat 33",
        "9690 Kluisbergen",
        "0465 98 87 76",
        "piotr.nowak@post.example",
        "Anna Nowak 0465 11 10 09",
        "ja",
        "nee",
        "in drie schijven",
    ),
    _child(
        "Claeys",
        "Matteo",
        "19/01/2017",
        "4A",
        "",
        "kan niet zwemmen",
        "lactose-intolerant",
        "",
        "De Bie",
        "Karen",
        "Meerspoort 21",
        "9700 Oudenaarde",
        "0477 45 46 47",
        "karen.debie@post.example",
        "",
        "nee",
        "nee",
        "in één keer",
    ),
]


def _maker(*row: str) -> Answers:
    keys = (
        "Familienaam *",
        "Voornaam *",
        "Geboortedatum *",
        "Straat + nr.",
        "Postcode en woonplaats",
        "Telefoon of gsm *",
        "E-mailadres *",
        "Ik kies voor (één atelier)",
        "UiTPAS met kansentarief",
        "UiTPAS-nummer",
        "Wil je nog iets kwijt?",
    )
    return {key: value for key, value in zip(keys, row, strict=True) if value}


CULTURE = [
    _maker(
        "Deprez",
        "Noor",
        "05/09/2018",
        "Vlaspad 8",
        "8560 Wervelgem",
        "0470 10 20 30",
        "mama.noor@post.example",
        "Keramiek (6-9 jaar)",
        "nee",
        "",
        "Noor is linkshandig.",
    ),
    _maker(
        "Vanhoutte",
        "Milan",
        "11 april 2013",
        "Leiestraat 140",
        "8500 Kortrijk",
        "056 22 33 44",
        "vanhoutte.milan@post.example",
        "Striptekenen (12-15 jaar)",
        "ja",
        "0930 0001 2345 6",
        "",
    ),
    _maker(
        "Okafor",
        "Grace",
        "23-02-2015",
        "Kruisstraat 2",
        "8560 Gullegem",
        "0485 90 91 92",
        "grace.o@post.example",
        "Theater (10-12 jaar)",
        "ja",
        "0930 0007 7777 1",
        "Komt samen met haar vriendin Lina.",
    ),
    _maker(
        "Lambrecht",
        "Tibo",
        "30/12/2009",
        "Toekomststraat 15",
        "8560 Wervelgem",
        "0471 55 66 77",
        "tibo.lambrecht@post.example",
        "Fotografie (16+)",
        "nee",
        "",
        "",
    ),
    _maker(
        "Demeulemeester",
        "Anna",
        "17 mei 2016",
        "Ter Biest 3",
        "8880 Ledegem",
        "0494 84 74 64",
        "anna.dm@post.example",
        "Theater (10-12 jaar)",
        "nee",
        "",
        "Kan op dinsdag pas om 10 uur.",
    ),
]

_HEADS = ("Naam", "Voornaam", "Functie", "E-mailadres", "Gsm", "Netwerkdiner (ja/nee)")


def _firm(company: tuple[str, ...], invoice: tuple[str, str], *people: tuple[str, ...]) -> Answers:
    labels = ("Bedrijfsnaam", "Ondernemingsnummer", "Sector", "Contactpersoon", "E-mail contactpersoon")
    found: Answers = {key: value for key, value in zip(labels, company, strict=True) if value}
    found |= {k: x for k, x in zip(("Facturatieadres", "Bestelbonnummer"), invoice, strict=True) if x}
    found["people"] = [{k: x for k, x in zip(_HEADS, row, strict=True) if x} for row in people]
    return found


CHAMBER = [
    _firm(
        ("Houthandel Pyck nv", "0412.345.678", "bouw", "Sofie Pyck", "sofie@pyck.example"),
        ("Kaai 7, 9000 Gent", "PO-2027-118"),
        ("Pyck", "Sofie", "zaakvoerder", "sofie@pyck.example", "0476 00 01 02", "ja"),
        ("Goethals", "Bram", "verkoper", "bram@pyck.example", "0476 00 01 03", "nee"),
    ),
    _firm(
        ("Atelier Zilt bv", "0755.100.200", "horeca", "Nele Maes", "nele@zilt.example"),
        ("", ""),
        ("Maes", "Nele", "chef", "nele@zilt.example", "0468 12 12 12", "ja"),
    ),
    _firm(
        ("Vermeire Transport", "0433.221.109", "logistiek", "Dirk Vermeire", "dirk@vermeire.example"),
        ("Industrielaan 40, 9320 Erembodegem", ""),
        ("Vermeire", "Dirk", "CEO", "dirk@vermeire.example", "0475 60 61 62", "nee"),
        ("Saeys", "Ann", "planner", "ann@vermeire.example", "0475 60 61 63", "ja"),
        ("Ruiz", "Carmen", "sales", "carmen@vermeire.example", "0475 60 61 64", "ja"),
    ),
    _firm(
        ("Bakkerij Stof", "0698.777.666", "voeding", "Jo Stoffels", "jo@stof.example"),
        ("", "B-14"),
        ("Stoffels", "Jo", "bakker", "jo@stof.example", "0479 33 22 11", "ja"),
    ),
    _firm(
        ("Studio Lijn cv", "0810.020.030", "design", "Mia Lauwers", "mia@lijn.example"),
        ("Dok Noord 5, 9000 Gent", ""),
        ("Lauwers", "Mia", "partner", "mia@lijn.example", "0484 20 21 22", "nee"),
        ("Otte", "Pieter", "ontwerper", "pieter@lijn.example", "0484 20 21 23", "ja"),
    ),
]


def _delegate(title: str, days: list[str], session: str, dinner: str, **rest: str) -> Answers:
    labels = {
        "surname": "Surname *",
        "given": "Given name *",
        "affiliation": "Affiliation *",
        "position": "Position",
        "email": "E-mail address *",
        "phone": "Telephone",
        "country": "Country",
        "diet": "Dietary requirements",
        "badge": "Name on badge (if different)",
        "remarks": "Remarks",
    }
    found: Answers = {"Title": title, "I will attend": days, "Parallel session on 7 October": session}
    found["Conference dinner"] = dinner
    return found | {labels[key]: value for key, value in rest.items()}


CONFERENCE = [
    _delegate(
        "Dr",
        ["7 October", "8 October"],
        "B. Groundwater",
        "yes",
        surname="Hartigan",
        given="Maeve",
        affiliation="University of Limerick",
        position="lecturer",
        email="m.hartigan@ul.example",
        phone="+353 61 200 300",
        country="Ireland",
        diet="vegan",
    ),
    _delegate(
        "Mr",
        ["7 October"],
        "A. Floods and cities",
        "no",
        surname="van Dongen",
        given="Sjoerd",
        affiliation="Waterschap De Dommel",
        position="policy officer",
        email="svd@dommel.example",
        country="Netherlands",
    ),
    _delegate(
        "Prof.",
        ["7 October", "8 October"],
        "C. Law and rivers",
        "yes",
        surname="Okonkwo",
        given="Ifeoma",
        affiliation="KU Leuven",
        email="ifeoma.okonkwo@kul.example",
        phone="+32 16 32 00 00",
        country="Belgium",
        badge="Ify Okonkwo",
        remarks="I need an invoice in advance.",
    ),
    _delegate(
        "Ms",
        ["8 October"],
        "A. Floods and cities",
        "no",
        surname="Lindqvist",
        given="Sara",
        affiliation="City of Malmo",
        position="engineer",
        email="sara.l@malmo.example",
        phone="+46 40 34 10 00",
        country="Sweden",
    ),
    _delegate(
        "Mr",
        ["7 October", "8 October"],
        "B. Groundwater",
        "yes",
        surname="Bauwens",
        given="Joris",
        affiliation="Aquafin nv",
        position="hydrologist",
        email="joris.b@aquafin.example",
        country="Belgium",
        diet="no fish",
    ),
]

FORMS: dict[str, tuple[Callable[[Path, Answers], None], str, list[Answers]]] = {
    "association": (association, "docx", ASSOCIATION),
    "school": (school, "docx", SCHOOL),
    "culture": (culture, "docx", CULTURE),
    "chamber": (chamber, "xlsx", CHAMBER),
    "conference": (conference, "docx", CONFERENCE),
}


# ------------------------------------------------------------------------------------------- the ways


def convert(source: Path, to: str) -> Path:
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                to,
                "--outdir",
                str(source.parent),
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
    return source.with_suffix("." + to)


def scan(pdf: Path, out: Path, seed: int) -> None:
    """Pages as a copier makes them: 200 dots an inch, grey, a little askew and soft."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "200", "-gray", "-png", str(pdf), f"{folder}/page"], check=True)
        pages = []
        for page in sorted(Path(folder).glob("page*.png")):
            image = Image.open(page).convert("L")
            image = image.rotate(chance.uniform(-0.7, 0.7), resample=Image.Resampling.BICUBIC, fillcolor=250)
            image = image.filter(ImageFilter.GaussianBlur(0.6))
            pages.append(image)
        pages[0].save(out, save_all=True, append_images=pages[1:], resolution=200, quality=70)


def typed(answers: Answers) -> str:
    """Typed over in a mail: each question that was answered with its words, in the order of the form."""
    lines = ["Goedendag,", "", "ik kreeg het formulier niet open, daarom hier onze gegevens:", ""]

    def put(answer: Answers) -> None:
        for label, value in answer.items():
            if label != "people":
                text = ", ".join(value) if isinstance(value, list) else value
                lines.append(f"{label.split('#')[0].rstrip(' *:')}: {text}")

    put(answers)
    for person in answers.get("people", []):
        lines.append("")
        put(person)
    return "\n".join([*lines, "", "Met vriendelijke groeten", ""])


def mail(answers: Answers, out: Path) -> None:
    message = EmailMessage()
    message["From"] = "Thuis <thuis@post.example>"
    message["To"] = "inschrijvingen@example.org"
    message["Subject"] = "Inschrijving"
    message["Date"] = "Mon, 01 Mar 2027 10:00:00 +0100"
    message["Message-ID"] = f"<{out.parent.name}@newcomers.example>"
    message.set_content(typed(answers))
    out.write_bytes(message.as_bytes())


def main() -> None:
    for name, (draw, kind, answers) in FORMS.items():
        folder = OUT / name
        folder.mkdir(parents=True, exist_ok=True)
        draw(folder / f"blank.{kind}", {})
        saved = "ods" if kind == "xlsx" else "odt"
        draw(folder / f"1-office.{kind}", answers[0])
        draw(folder / f"2-libreoffice.{kind}", answers[1])
        convert(folder / f"2-libreoffice.{kind}", saved)
        (folder / f"2-libreoffice.{kind}").unlink()
        draw(folder / f"3-printed.{kind}", answers[2])
        convert(folder / f"3-printed.{kind}", "pdf")
        (folder / f"3-printed.{kind}").unlink()
        draw(folder / f"4-scan.{kind}", answers[3])
        printed = convert(folder / f"4-scan.{kind}", "pdf")
        paper = printed.rename(folder / "paper.pdf")
        scan(paper, folder / "4-scan.pdf", seed=len(name))
        paper.unlink()
        (folder / f"4-scan.{kind}").unlink()
        mail(answers[4], folder / "5-typed.eml")
        ways = ("1-office", "2-libreoffice", "3-printed", "4-scan", "5-typed")
        expected = {
            way: [
                {**{k: v for k, v in answer.items() if k != "people"}, **person}
                for person in answer.get("people", [{}])
            ]
            for way, answer in zip(ways, answers, strict=True)
        }
        (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
