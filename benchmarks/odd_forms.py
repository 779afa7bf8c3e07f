"""Documents unlike those of ``corpus.py``: layouts met once and never again, each with its trap.

``odd_forms()`` are filled in and give a person or more; ``odd_strangers()`` hold names, addresses
and labels, and register nobody.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import RGBColor
from openpyxl import Workbook

Truth = dict[str, str | bool]
#: A line of text, a table (rows of cells), or a heading ("# ...").
Content = Sequence[str | Sequence[Sequence[str]]]

_JAN: Truth = {
    "last_name": "Peeters",
    "first_name": "Jan",
    "role": "schepen",
    "organisation": "Gemeente Oostkamp",
    "email": "jan.peeters@oostkamp.example",
    "phone": "0478 12 34 56",
    "attends": True,
}
_AN: Truth = {
    "last_name": "Van den Broeck",
    "first_name": "An",
    "role": "algemeen directeur",
    "organisation": "Stad Brugge",
    "email": "an.vandenbroeck@brugge.example",
    "phone": "050 12 34 56",
    "attends": True,
}
_WHO: Truth = {key: _JAN[key] for key in ("last_name", "first_name", "organisation", "email")}
_REPLY = "# Antwoordformulier Burgemeestersoverleg"
_TITLE = "# Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken"


def word(content: Content) -> bytes:
    """A Word document with these lines, headings and tables."""
    document = docx.Document()
    for one in content:
        if isinstance(one, str):
            if one.startswith("# "):
                document.add_heading(one[2:], 1)
            else:
                document.add_paragraph(one)
            continue
        table = document.add_table(0, max(map(len, one)))
        table.style = "Table Grid"
        for row in one:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                cell.text = text
    return saved(document)


def saved(document: Any) -> bytes:
    """A python-docx document as bytes."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet(cells: dict[str, Any], merged: Iterable[str] = ()) -> bytes:
    """A workbook of one sheet with these cells."""
    workbook = Workbook()
    for place, value in cells.items():
        workbook.active[place] = value
    for area in merged:
        workbook.active.merge_cells(area)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def mail(text: str, subject: str = "inschrijving", kind: str = "plain") -> bytes:
    """A mail to the mailbox with this text."""
    head = (
        "From: Iemand Elders <iemand@elders.example>\r\nTo: inschrijvingen@vereniging.example\r\n"
        f"Subject: {subject}\r\nDate: Mon, 16 Nov 2026 10:00:00 +0100\r\nMessage-ID: <o1@elders.example>\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head.encode() + text.replace("\n", "\r\n").encode()


def _styled() -> bytes:
    """Answers in bold, in colour, highlighted, in capitals."""
    document = docx.Document()
    document.add_heading(_TITLE[2:], 1)
    for label, value in (
        ("Naam", "PEETERS"),
        ("Voornaam", "JAN"),
        ("Functie", "SCHEPEN"),
        ("Gemeente/OCMW", "OOSTKAMP"),
        ("E-mail", "JAN.PEETERS@OOSTKAMP.EXAMPLE"),
        ("Ik neem deel", "JA"),
    ):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label} : ").italic = True
        run = paragraph.add_run(value)
        run.bold = True
        run.font.color.rgb = RGBColor(0, 0, 200)
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return saved(document)


def _in_header() -> bytes:
    """Title and address in the page header, answers in the body, a contact line in the footer."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Vereniging van gemeenten - Kerkstraat 1, 8000 Brugge"
    section.footer.paragraphs[0].text = "Vragen? An Claes, 050 99 88 77, an@vereniging.example"
    document.add_heading("Inschrijving kennisplatform", 1)
    for label, key in (
        ("Familienaam", "last_name"),
        ("Voornaam", "first_name"),
        ("Mandaat", "role"),
        ("Bestuur", "organisation"),
        ("Mailadres", "email"),
        ("Gsm", "phone"),
    ):
        document.add_paragraph(f"{label}\t{_JAN[key]}")
    document.add_paragraph("Opmerkingen:")
    return saved(document)


def _lines(who: Truth) -> list[str]:
    """ "Label: answer" for each answer of a person."""
    asked = {"last_name": "Naam", "first_name": "Voornaam", "organisation": "Gemeente", "email": "E-mail"}
    return [f"{label}: {who[key]}" for key, label in asked.items()]


def _crossed_out(word_gone: str, rest: str) -> bytes:
    """ "Ik neem wel / niet deel" with a word crossed out."""
    document = docx.Document()
    document.add_heading(_TITLE[2:], 1)
    for line in _lines(_WHO):
        document.add_paragraph(line)
    paragraph = document.add_paragraph("Ik neem ")
    paragraph.add_run(word_gone).font.strike = True
    paragraph.add_run(rest)
    return saved(document)


def _cells(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The cells of rows, by their reference."""
    return {
        f"{chr(65 + column)}{row}": value
        for row, values in enumerate(rows, 1)
        for column, value in enumerate(values)
    }


def _sheets() -> bytes:
    """A sheet that explains, one that is filled in, and one that feeds the drop-downs."""
    workbook = Workbook()
    explained = workbook.active
    explained.title = "Uitleg"
    for line in ("Inschrijving kennisplatform", "Naam: uw familienaam", "E-mail: waarop u bereikbaar bent"):
        explained.append([line])
    filled = workbook.create_sheet("Formulier")
    labels = {
        "last_name": "Naam",
        "first_name": "Voornaam",
        "organisation": "Gemeente/OCMW",
        "email": "E-mail",
    }
    for key, label in labels.items():
        filled.append([label, _WHO[key]])
    lists = workbook.create_sheet("Lijsten")
    for row in (["Gemeente", "Functie"], ["Beernem", "schepen"], ["Brugge", "raadslid"]):
        lists.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def odd_forms() -> dict[str, tuple[bytes, list[Truth]]]:
    """Name → document and the people in it."""
    jan_only = {k: v for k, v in _JAN.items() if k != "attends"}
    return {
        "drie-kolommen.docx": (
            word(
                [
                    _TITLE,
                    [
                        ["Gegeven", "Toelichting", "In te vullen"],
                        ["Naam", "familienaam, zoals op de identiteitskaart", "Peeters"],
                        ["Voornaam", "roepnaam", "Jan"],
                        ["Functie", "bv. schepen of raadslid", "schepen"],
                        ["Gemeente/OCMW", "het bestuur dat u vertegenwoordigt", "Gemeente Oostkamp"],
                        ["E-mail", "hier komt de bevestiging", "jan.peeters@oostkamp.example"],
                        ["Telefoon/gsm", "voor dringende berichten", "0478 12 34 56"],
                        ["Ik neem deel", "ja of nee", "ja"],
                    ],
                ]
            ),
            [_JAN],
        ),
        "volgnummers.docx": (
            word(
                [
                    _TITLE,
                    [
                        ["1", "Naam", "Peeters"],
                        ["2", "Voornaam", "Jan"],
                        ["3", "Functie", "schepen"],
                        ["4", "Gemeente/OCMW", "Gemeente Oostkamp"],
                        ["5", "E-mail", "jan.peeters@oostkamp.example"],
                        ["6", "Telefoon/gsm", "0478 12 34 56"],
                        ["7", "Ik neem deel", "ja"],
                    ],
                ]
            ),
            [_JAN],
        ),
        "hoofdingen.docx": (
            word(
                [
                    "# Inschrijvingsformulier studienamiddag",
                    "# Gegevens van het bestuur",
                    "Naam: Gemeente Oostkamp",
                    "Adres: Brugsestraat 173, 8020 Oostkamp",
                    "E-mail: info@oostkamp.example",
                    "Telefoon: 050 81 98 70",
                    "# Contactpersoon",
                    "Naam: Claes",
                    "Voornaam: Piet",
                    "E-mail: piet.claes@oostkamp.example",
                    "# Facturatiegegevens",
                    "Naam: Financiële dienst",
                    "E-mail: facturen@oostkamp.example",
                    "# Deelnemer",
                    "Naam: Peeters",
                    "Voornaam: Jan",
                    "Functie: schepen",
                    "E-mail: jan.peeters@oostkamp.example",
                    "Telefoon: 0478 12 34 56",
                    "Neemt deel: ja",
                ]
            ),
            [_JAN],
        ),
        "hoofdingen-tabel.docx": (
            word(
                [
                    "# Inschrijvingsformulier studienamiddag",
                    [
                        ["Deelnemer", ""],
                        ["Naam", "Peeters"],
                        ["Voornaam", "Jan"],
                        ["Functie", "schepen"],
                        ["Gemeente", "Gemeente Oostkamp"],
                        ["E-mail", "jan.peeters@oostkamp.example"],
                        ["Telefoon", "0478 12 34 56"],
                        ["Neemt deel", "ja"],
                        ["Facturatie", ""],
                        ["Naam", "Gemeente Oostkamp, financiële dienst"],
                        ["E-mail", "facturen@oostkamp.example"],
                        ["Ondernemingsnummer", "0207.000.000"],
                    ],
                ]
            ),
            [_JAN],
        ),
        "stippellijnen.docx": (
            word(
                [
                    _TITLE,
                    "Naam ......Peeters.................. Voornaam .....Jan...............",
                    "Functie ........schepen....................................",
                    "Gemeente/OCMW _____Gemeente Oostkamp________________",
                    "E-mail ….jan.peeters@oostkamp.example…………",
                    "Telefoon/gsm ____0478 12 34 56____",
                    "Ik neem deel: O ja    O nee",
                    "Opmerkingen ..........................................................",
                    "......................................................................",
                ]
            ),
            [{k: v for k, v in _JAN.items() if k != "attends"}],
        ),
        "stijl.docx": (
            _styled(),
            [
                {
                    "last_name": "PEETERS",
                    "first_name": "JAN",
                    "role": "SCHEPEN",
                    "organisation": "OOSTKAMP",
                    "email": "JAN.PEETERS@OOSTKAMP.EXAMPLE",
                    "attends": True,
                }
            ],
        ),
        "in-koptekst.docx": (_in_header(), [jan_only]),
        "brief.docx": (
            word(
                [
                    "Geachte,",
                    "Graag schrijf ik mij in voor het Kennisplatform Intergemeentelijk Samenwerken.",
                    "Naam en voornaam: Peeters, Jan",
                    "Functie: schepen",
                    "Gemeente: Gemeente Oostkamp",
                    "E-mail: jan.peeters@oostkamp.example, gsm: 0478 12 34 56",
                    "Met vriendelijke groeten",
                    "Jan Peeters",
                    "Schepen van ruimtelijke ordening",
                ]
            ),
            [jan_only],
        ),
        "frans.docx": (
            word(
                [
                    "# Formulaire d'inscription",
                    "Nom : Peeters",
                    "Prénom : Jan",
                    "Fonction : schepen",
                    "Commune : Gemeente Oostkamp",
                    "Courriel : jan.peeters@oostkamp.example",
                    "Téléphone : 0478 12 34 56",
                    "Je participe : ☒ oui ☐ non",
                ]
            ),
            [_JAN],
        ),
        "engels.docx": (
            word(
                [
                    "# Registration form",
                    [
                        ["Last name", "Peeters", "First name", "Jan"],
                        ["Role", "schepen", "Organisation", "Gemeente Oostkamp"],
                        ["E-mail address", "jan.peeters@oostkamp.example", "Phone", "0478 12 34 56"],
                    ],
                ]
            ),
            [jan_only],
        ),
        "keuzelijst.docx": (
            word(
                [
                    _TITLE,
                    "Naam: Peeters",
                    "Voornaam: Jan",
                    "Functie: schepen",
                    "Gemeente/OCMW: Gemeente Oostkamp",
                    "E-mail: jan.peeters@oostkamp.example",
                    "Telefoon/gsm: 0478 12 34 56",
                    "Duid aan wat past:",
                    "☒ Ik neem deel",
                    "☐ Ik neem niet deel, maar ontvang graag de presentaties",
                    "☐ Ik kom met de trein",
                    "☒ Ik kom met de wagen",
                    "Dieetwensen: ☐ vegetarisch ☒ glutenvrij",
                ]
            ),
            [{**_JAN, "diet": "glutenvrij"}],
        ),
        "deelnemers-lijst.docx": (
            word(
                [
                    "# Inschrijving kennisplatform",
                    "Bestuur: Stad Brugge",
                    "Deelnemers:",
                    [
                        ["", "Naam", "Voornaam", "Functie", "E-mail"],
                        ["1", "Peeters", "Jan", "schepen", "jan.peeters@brugge.example"],
                        ["2", "Van den Broeck", "An", "algemeen directeur", "an.vandenbroeck@brugge.example"],
                        ["3", "", "", "", ""],
                        ["4", "", "", "", ""],
                    ],
                    "Datum: 3 november 2026",
                    "Handtekening:",
                ]
            ),
            [
                {
                    "last_name": "Peeters",
                    "first_name": "Jan",
                    "role": "schepen",
                    "email": "jan.peeters@brugge.example",
                    "organisation": "Stad Brugge",
                },
                {
                    "last_name": "Van den Broeck",
                    "first_name": "An",
                    "role": "algemeen directeur",
                    "email": "an.vandenbroeck@brugge.example",
                    "organisation": "Stad Brugge",
                },
            ],
        ),
        "naast-elkaar.xlsx": (
            sheet(
                {
                    "A1": "Inschrijving kennisplatform",
                    **{f"A{n}": label for n, label in enumerate(_LABELS, 3)},
                    **{f"B{n}": _JAN[key] for n, key in enumerate(_KEYS, 3)},
                    **{f"D{n}": label for n, label in enumerate(_LABELS, 3)},
                    **{f"E{n}": _AN[key] for n, key in enumerate(_KEYS, 3)},
                }
            ),
            [{k: v for k, v in p.items() if k in _KEYS} for p in (_JAN, _AN)],
        ),
        "samengevoegd.xlsx": (
            sheet(
                {
                    "B1": "INSCHRIJVINGSFORMULIER",
                    "B2": "Kennisplatform Intergemeentelijk Samenwerken",
                    **{f"B{2 * n + 4}": label for n, label in enumerate(_LABELS)},
                    **{f"D{2 * n + 4}": _JAN[key] for n, key in enumerate(_KEYS)},
                    "B20": "Opmerkingen",
                    "B21": "Ik kom iets later",
                },
                ["B1:F1", "B2:F2", *(f"B{2 * n + 4}:C{2 * n + 4}" for n in range(6)), "B21:F23"],
            ),
            [{**{k: v for k, v in _JAN.items() if k in _KEYS}, "remarks": "Ik kom iets later"}],
        ),
        "twee-in-cel.docx": (
            word(
                [
                    _TITLE,
                    [
                        ["Naam", "Peeters"],
                        ["Voornaam", "Jan"],
                        ["Functie", "schepen\nlid van het vast bureau"],
                        ["Gemeente/OCMW", "Gemeente Oostkamp"],
                        ["E-mail", "jan.peeters@oostkamp.example"],
                        ["Opmerkingen", "Ik kom iets later\nGraag een plaats vooraan"],
                    ],
                ]
            ),
            [
                {
                    "last_name": "Peeters",
                    "first_name": "Jan",
                    "role": "schepen lid van het vast bureau",
                    "organisation": "Gemeente Oostkamp",
                    "email": "jan.peeters@oostkamp.example",
                    "remarks": "Ik kom iets later\nGraag een plaats vooraan",
                }
            ],
        ),
        "vragen.docx": (
            word(
                [
                    "# Inschrijvingsstrook",
                    "Wat is uw naam?",
                    "Peeters",
                    "Voornaam?",
                    "Jan",
                    "Voor welk bestuur?",
                    "Gemeente: Gemeente Oostkamp",
                    "E-mail?",
                    "jan.peeters@oostkamp.example",
                    "Neemt u deel?",
                    "Ja, zeker",
                    "Vragen? Bel An Claes op 050 99 88 77 of mail an@vereniging.example",
                ]
            ),
            [
                {
                    "last_name": "Peeters",
                    "first_name": "Jan",
                    "organisation": "Gemeente Oostkamp",
                    "email": "jan.peeters@oostkamp.example",
                    "attends": True,
                }
            ],
        ),
        "citaat.eml": (
            mail(
                "Beste,\n\nzie hieronder.\n\nGroeten\nJan\n\n"
                "Van: Secretariaat <inschrijvingen@vereniging.example>\n"
                "Verzonden: maandag 2 november 2026 9:12\nAan: Jan Peeters <jan.peeters@oostkamp.example>\n"
                "Onderwerp: Uitnodiging kennisplatform\n\n"
                "Beste,\n\nGraag nodigen wij u uit. Schrijf in met dit formulier:\n\n"
                "Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken\n\n"
                "Naam: Peeters\nVoornaam: Jan\nFunctie: schepen\nGemeente/OCMW: Gemeente Oostkamp\n"
                "E-mail: jan.peeters@oostkamp.example\nTelefoon/gsm: 0478 12 34 56\nIk neem deel: ja\n\n"
                "Met vriendelijke groeten\nHet secretariaat\n050 99 88 77\n"
            ),
            [_JAN],
        ),
        "gewone-mail.eml": (
            mail(
                "Dag,\n\nik schrijf mij graag in:\n\n- naam: Peeters\n- voornaam: Jan\n- functie: schepen\n"
                "- gemeente: Gemeente Oostkamp\n- mail: jan.peeters@oostkamp.example\n"
                "- gsm: 0478 12 34 56\n\n"
                "Bedankt!\n\nJan Peeters\nSchepen\nGemeente Oostkamp\nBrugsestraat 173, 8020 Oostkamp\n"
                "T 050 81 98 70 | E info@oostkamp.example\n"
            ),
            [jan_only],
        ),
        "kolommen-tekst.txt": (
            (
                b"INSCHRIJVING KENNISPLATFORM\n\n"
                b"Naam            Peeters\nVoornaam        Jan\nFunctie         schepen\n"
                b"Gemeente        Gemeente Oostkamp\nE-mail          jan.peeters@oostkamp.example\n"
                b"Telefoon        0478 12 34 56\n\n"
                b"Terug te sturen naar inschrijvingen@vereniging.example voor 23 november\n"
            ),
            [jan_only],
        ),
        "tabel-mail.eml": (
            mail(
                "<p>Beste, hieronder de inschrijvingen van ons bestuur.</p><table border=1>"
                "<tr><th>Naam</th><th>Voornaam</th><th>Functie</th><th>Gemeente</th><th>E-mail</th></tr>"
                "<tr><td>Peeters</td><td>Jan</td><td>schepen</td><td>Stad Brugge</td>"
                "<td><a href='mailto:jan.peeters@brugge.example'>jan.peeters@brugge.example</a></td></tr>"
                "<tr><td>De Smet</td><td>An</td><td>idem</td><td>idem</td>"
                "<td>an.desmet@brugge.example</td></tr>"
                "</table><p>Mvg</p><p>Piet Claes<br>secretariaat<br>050 44 55 66</p>",
                kind="html",
            ),
            [
                {
                    "last_name": "Peeters",
                    "first_name": "Jan",
                    "role": "schepen",
                    "organisation": "Stad Brugge",
                    "email": "jan.peeters@brugge.example",
                },
                {
                    "last_name": "De Smet",
                    "first_name": "An",
                    "role": "schepen",
                    "organisation": "Stad Brugge",
                    "email": "an.desmet@brugge.example",
                },
            ],
        ),
        "naam-van-gemeente.docx": (
            word(
                [
                    "# Inschrijving kennisplatform",
                    "Naam gemeente: Brugge",
                    "Naam deelnemer: Peeters",
                    "Voornaam deelnemer: Jan",
                    "Functie deelnemer: schepen",
                    "E-mailadres deelnemer: jan.peeters@brugge.example",
                    "Naam contactpersoon: Piet Claes",
                    "E-mail contactpersoon: piet.claes@brugge.example",
                    "Facturatieadres: Burg 12, 8000 Brugge",
                ]
            ),
            [
                {
                    "last_name": "Peeters",
                    "first_name": "Jan",
                    "role": "schepen",
                    "organisation": "Brugge",
                    "email": "jan.peeters@brugge.example",
                }
            ],
        ),
        "ja-nee-kolommen.docx": (
            word(
                [
                    _TITLE,
                    "Naam: Peeters",
                    "Voornaam: Jan",
                    "Gemeente/OCMW: Gemeente Oostkamp",
                    "E-mail: jan.peeters@oostkamp.example",
                    [
                        ["", "Ja", "Nee"],
                        ["Ik neem deel", "", "X"],
                        ["Ik ontvang graag het verslag", "X", ""],
                    ],
                ]
            ),
            [
                {
                    "last_name": "Peeters",
                    "first_name": "Jan",
                    "organisation": "Gemeente Oostkamp",
                    "email": "jan.peeters@oostkamp.example",
                    "attends": False,
                }
            ],
        ),
        "persoon-per-kolom-een.docx": (
            word(
                [
                    _TITLE,
                    [
                        ["", "Deelnemer 1", "Deelnemer 2", "Deelnemer 3"],
                        ["Naam", "Peeters", "", ""],
                        ["Voornaam", "Jan", "", ""],
                        ["Functie", "schepen", "", ""],
                        ["Gemeente/OCMW", "Gemeente Oostkamp", "", ""],
                        ["E-mail", "jan.peeters@oostkamp.example", "", ""],
                        ["Telefoon/gsm", "0478 12 34 56", "", ""],
                        ["Ik neem deel", "ja", "", ""],
                    ],
                ]
            ),
            [_JAN],
        ),
        "blokken.docx": (
            word(
                [
                    _TITLE,
                    "Gemeente/OCMW: Stad Brugge",
                    "Deelnemer 1",
                    "Naam: De Clercq",
                    "Voornaam: Jan",
                    "E-mail: jan.declercq@brugge.example",
                    "Deelnemer 2",
                    "Naam: De Clercq",
                    "Voornaam: An",
                    "E-mail: an.declercq@brugge.example",
                    "Deelnemer 3",
                    "Naam:",
                    "Voornaam:",
                    "E-mail:",
                ]
            ),
            [
                {
                    "last_name": "De Clercq",
                    "first_name": "Jan",
                    "email": "jan.declercq@brugge.example",
                    "organisation": "Stad Brugge",
                },
                {
                    "last_name": "De Clercq",
                    "first_name": "An",
                    "email": "an.declercq@brugge.example",
                    "organisation": "Stad Brugge",
                },
            ],
        ),
        "lunch.docx": (
            word(
                [
                    _TITLE,
                    *_lines(_WHO),
                    "Ik neem deel aan de lunch: nee",
                    "Ik neem deel aan de wandeling: nee",
                    "Ik neem deel: ja",
                ]
            ),
            [{**_WHO, "attends": True}],
        ),
        "verontschuldigd.docx": (
            word([_REPLY, *_lines(_WHO), "☐ Ik ben aanwezig", "☒ Ik laat mij verontschuldigen"]),
            [{**_WHO, "attends": False}],
        ),
        "niet-aanwezig.docx": (
            word(
                [
                    _REPLY,
                    *_lines(_WHO),
                    "☐ Ik ben aanwezig",
                    "☒ Ik ben niet aanwezig",
                    "Vervanger: An De Smet",
                ]
            ),
            [{**_WHO, "attends": False}],
        ),
        "wel-niet-doorgehaald.docx": (_crossed_out("wel", " / niet deel"), [{**_WHO, "attends": False}]),
        "niet-doorgehaald.docx": (_crossed_out("niet", " deel"), [{**_WHO, "attends": True}]),
        "gelijk.txt": (
            b"Inschrijving kennisplatform\nNaam = Peeters\nVoornaam = Jan\nBestuur = Gemeente Oostkamp\n"
            b"E-mail = jan.peeters@oostkamp.example\n",
            [_WHO],
        ),
        "lijst.html": (
            b"<html><body><h1>Inschrijving kennisplatform</h1><ul><li><b>Naam:</b> Peeters</li>"
            b"<li><b>Voornaam:</b> Jan</li><li><b>Bestuur:</b> Gemeente Oostkamp</li><li><b>E-mail:</b> "
            b"<a href='mailto:x'>jan.peeters@oostkamp.example</a></li></ul></body></html>",
            [_WHO],
        ),
        "uitvoer.csv": (
            b"Tijdstempel,E-mailadres,Voornaam,Familienaam,Gemeente of OCMW,Dossiernummer,Neemt deel\r\n"
            b'2026/11/02,jan.peeters@oostkamp.example,Jan,Peeters,"Gemeente Oostkamp",80-123,Ja\r\n',
            [{**_WHO, "attends": True}],
        ),
        "tabbladen.xlsx": (_sheets(), [_WHO]),
        "contact-boven-tabel.xlsx": (
            sheet(
                _cells(
                    [
                        ["Inschrijving kennisplatform"],
                        ["Gemeente", "Stad Brugge"],
                        ["Contactpersoon", "Piet Claes"],
                        ["E-mail contactpersoon", "piet.claes@brugge.example"],
                        [],
                        ["Naam", "Voornaam", "E-mail", "Dieet"],
                        ["Peeters", "Jan", "jan.peeters@brugge.example", "/"],
                        ["De Smet", "An", "an.desmet@brugge.example", "vegetarisch"],
                        [],
                        ["Totaal", 2],
                    ]
                )
            ),
            [
                {**_WHO, "organisation": "Stad Brugge", "email": "jan.peeters@brugge.example"},
                {
                    "last_name": "De Smet",
                    "first_name": "An",
                    "organisation": "Stad Brugge",
                    "email": "an.desmet@brugge.example",
                    "diet": "vegetarisch",
                },
            ],
        ),
        "voorbeeldrij.docx": (
            word(
                [
                    _TITLE,
                    [
                        ["Naam", "Voornaam", "Gemeente/OCMW", "E-mail"],
                        ["bv. Janssens", "Piet", "Brugge", "piet@brugge.example"],
                        ["Peeters", "Jan", "Gemeente Oostkamp", "jan.peeters@oostkamp.example"],
                    ],
                ]
            ),
            [_WHO],
        ),
        "akkoord.docx": (
            word(
                [
                    _TITLE,
                    *_lines(_WHO),
                    "Ik ga akkoord met de verwerking van mijn persoonsgegevens: ja",
                    "Ik wil de nieuwsbrief ontvangen: nee",
                ]
            ),
            [_WHO],
        ),
        "namen.docx": (
            word(
                ["# Inschrijving kennisplatform", "Gemeente: Stad Brugge", "Namen: Jan Peeters en An De Smet"]
            ),
            [
                {"last_name": "Peeters", "first_name": "Jan", "organisation": "Stad Brugge"},
                {"last_name": "De Smet", "first_name": "An", "organisation": "Stad Brugge"},
            ],
        ),
        "deelnemers-onder-elkaar.docx": (
            word(
                [
                    "# Inschrijving kennisplatform",
                    "Gemeente: Stad Brugge",
                    "Deelnemers:",
                    "- Jan Peeters, schepen",
                    "- An De Smet, directeur",
                ]
            ),
            [
                {"last_name": "Peeters", "first_name": "Jan", "organisation": "Stad Brugge"},
                {"last_name": "De Smet", "first_name": "An", "organisation": "Stad Brugge"},
            ],
        ),
        "colofon.txt": (
            "\n".join(
                [
                    "Inschrijving kennisplatform",
                    *_lines(_WHO),
                    "Opmerkingen:",
                    "",
                    "De vereniging verwerkt uw gegevens volgens de AVG.",
                    "Vereniging vzw - Kerkstraat 1 - 8000 Brugge - 050 11 22 33",
                ]
            ).encode(),
            [_WHO],
        ),
    }


_LABELS = ("Naam", "Voornaam", "Functie", "Gemeente/OCMW", "E-mail", "Telefoon/gsm")
_KEYS = ("last_name", "first_name", "role", "organisation", "email", "phone")


def odd_strangers() -> dict[str, bytes]:
    """Name → document out of which nobody may come."""
    return {
        "nieuwsbrief.eml": mail(
            "Nieuwsbrief november\n\nOnze volgende studiedag: schrijf u in via de website.\n\n"
            "Naam: Studiedag Water\nPlaats: Brugge\nE-mail: info@water.example\nTelefoon: 050 11 22 33\n"
            "Deelname: gratis\n",
            "Nieuwsbrief november",
        ),
        "uitnodiging.docx": word(
            [
                "# Uitnodiging netwerkmoment",
                "Graag nodigen wij u uit op donderdag 3 december.",
                "Plaats: OC De Kleine Beer, Beernem",
                "Inschrijven: via mail naar inschrijvingen@vereniging.example",
                "# Programma",
                [
                    ["Uur", "Onderwerp", "Spreker", "Functie"],
                    ["14u", "Welkom", "Jan Peeters", "burgemeester"],
                    ["14u15", "Water", "An De Smet", "schepen"],
                ],
                "Contactpersoon: Piet Claes",
                "E-mail: piet@vereniging.example",
                "Telefoon: 050 11 22 33",
            ]
        ),
        "notulen-lijst.docx": word(
            [
                "Overleg mobiliteit 12 oktober",
                [
                    ["Naam", "Voornaam", "Gemeente", "Functie", "Aanwezig", "E-mail"],
                    ["Peeters", "Jan", "Brugge", "schepen", "X", "jan@brugge.example"],
                    ["De Smet", "An", "Damme", "schepen", "verontschuldigd", "an@damme.example"],
                    ["Maes", "Bart", "Torhout", "raadslid", "X", "bart@torhout.example"],
                ],
                "Punt 1: goedkeuring van het vorige verslag.",
                "Punt 2: fietspaden. De vergadering beslist om de studie te gunnen.",
                "Volgende vergadering: 9 november.",
            ]
        ),
        "bestelformulier.docx": word(
            [
                "# Bestelformulier broodjes",
                "Naam: Peeters",
                "Voornaam: Jan",
                "Gemeente: Brugge",
                "E-mail: jan@brugge.example",
                "Telefoon: 050 12 34 56",
                "Aantal: 25",
                "Dieetwensen: vegetarisch",
            ]
        ),
        "cv.docx": word(
            [
                "Curriculum vitae",
                "Naam: Peeters",
                "Voornaam: Jan",
                "Geboortedatum: 1 mei 1980",
                "E-mail: jan@brugge.example",
                "Telefoon: 0478 12 34 56",
                "Functie: beleidsmedewerker",
                "Werkervaring",
                "2010-2020: Gemeente Damme",
            ]
        ),
        "contactlijst.xlsx": sheet(
            _cells(
                [
                    ["Naam", "Voornaam", "Gemeente", "E-mail", "Telefoon", "Functie"],
                    ["Peeters", "Jan", "Brugge", "jan@brugge.example", "050 12 34 56", "schepen"],
                    ["De Smet", "An", "Damme", "an@damme.example", "050 22 34 56", "schepen"],
                ]
            )
        ),
        "enquete.docx": word(
            [
                "# Tevredenheidsenquête",
                "Hoe tevreden was u over de studiedag?",
                "Naam: Peeters",
                "Gemeente: Brugge",
                "E-mail: jan@brugge.example",
                "Ik zal volgend jaar opnieuw deelnemen: ja",
                "Opmerkingen: goed georganiseerd",
            ]
        ),
        "factuur-contact.docx": word(
            [
                "Drukkerij De Letter bv",
                "Factuurnummer: 2026/0815",
                "Bestuur: Gemeente Oostkamp",
                "Contactpersoon: Jan Peeters",
                "Naam: Peeters",
                "E-mail: boekhouding@letter.example",
                "Telefoon: 050 33 44 55",
                "Opmerkingen: betaalbaar binnen 30 dagen",
            ]
        ),
        "visitekaart.eml": mail(
            "Beste,\n\nKunt u mij bellen over het dossier?\n\nMet vriendelijke groeten\n\nJan Peeters\n"
            "Functie: schepen\nGemeente: Oostkamp\nE-mail: jan@oostkamp.example\nTel: 050 12 34 56\n",
            "Dossier Kerkstraat",
        ),
        "vergunning.docx": word(
            [
                "# Aanvraag inname openbaar domein",
                "Naam: Peeters",
                "Voornaam: Jan",
                "Gemeente: Brugge",
                "E-mail: jan@brugge.example",
                "Telefoon: 0478 12 34 56",
                "Opmerkingen: container van 3 tot 5 december",
            ]
        ),
        "andere-inschrijving.docx": word(
            [
                "# Verslag raad voor maatschappelijk welzijn",
                "Aanwezig: Jan Peeters, An De Smet",
                "Verontschuldigd: Bart Maes",
                "Gemeente: Damme",
                "De voorzitter: Naam: Peeters",
            ]
        ),
        "agenda.txt": (
            b"Agenda burgemeestersoverleg\n\nDatum: 3 december\nPlaats: Brugge\nVoorzitter: Jan Peeters\n"
            b"Agendapunt: begroting\nAgendapunt: politie\nOpmerkingen: broodjes voorzien\n"
        ),
        "wie-is-wie.docx": word(
            [
                "Onze medewerkers",
                [
                    ["Naam", "Peeters"],
                    ["Voornaam", "Jan"],
                    ["Functie", "diensthoofd"],
                    ["Gemeente", "Brugge"],
                    ["E-mail", "jan@brugge.example"],
                    ["Telefoon", "050 12 34 56"],
                ],
            ]
        ),
        "deelnemerslijst.xlsx": sheet(
            _cells(
                [
                    ["Deelnemerslijst Kennisplatform 12 maart 2026"],
                    ["Naam", "Voornaam", "Gemeente", "Functie"],
                    ["Peeters", "Jan", "Brugge", "schepen"],
                    ["De Smet", "An", "Damme", "raadslid"],
                ]
            )
        ),
        "aanwezigheidslijst.docx": word(
            [
                "Aanwezigheidslijst kennisplatform 12 maart",
                [["Naam", "Voornaam", "Bestuur", "Handtekening"], ["Peeters", "Jan", "Brugge", ""]],
            ]
        ),
        "prijsaanvraag.docx": word(
            [
                "Prijsaanvraag strooizout",
                "Bestuur: Oostkamp",
                "Contactpersoon: Jan Peeters",
                "E-mail: jan@oostkamp.example",
                "Geschatte hoeveelheid: 40 ton",
                "Opmerkingen: levering in december",
            ]
        ),
        "offerte-zout.docx": word(
            [
                "Zoutbedrijf nv",
                "Offertenummer 2026-14",
                "Bestuur: Gemeente Oostkamp",
                "Contactpersoon: Piet Claes",
                "E-mail: piet@zout.example",
                "Hoeveelheid: 40 ton",
                "Prijs: 82 euro",
            ]
        ),
        "programma.docx": word(
            [
                "Studiedag water: programma",
                "Spreker",
                "Naam: An De Smet",
                "Functie: professor",
                "Organisatie: UGent",
                "E-mail: an@ugent.example",
                "Inschrijven kan tot 3 december via de website",
            ]
        ),
        "bewonerskaart.docx": word(
            [
                "Aanvraag bewonerskaart",
                "Naam: Peeters",
                "Voornaam: Jan",
                "Gemeente: Brugge",
                "E-mail: jan@brugge.example",
                "Telefoon: 050 11 22 33",
                "Nummerplaat: 1-ABC-234",
            ]
        ),
        "nieuwe-gegevens.eml": mail(
            "Beste,\n\nkunnen jullie mijn nieuwe gegevens noteren?\n\nNaam: Jan Peeters\n"
            "E-mail: jan@oostkamp.example\nTelefoon: 050 11 22 33\n\nGroeten",
            "nieuwe gegevens",
        ),
        "handtekening.eml": mail(
            "Beste,\n\nIn bijlage het verslag.\n\n--\nNaam: Jan Peeters\nGemeente: Oostkamp\n"
            "E-mail: j@oostkamp.example\n",
            "Verslag",
        ),
    }
