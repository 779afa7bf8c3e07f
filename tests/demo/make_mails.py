"""Makes the messages of the demo: ``python -m tests.demo.make_mails`` writes mailbot/demo/mail/*.eml.

They are kept as files, since a demo should show what travels: real MIME, with real Word forms.
"""

from __future__ import annotations

import io
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import docx
from docx.shared import Cm

from mailbot import demo

TITLE = "Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OURS = "Secretariaat Kennisplatform <inschrijvingen@vereniging.example>"

JAN = {
    "Naam": "D'hondt",
    "Voornaam": "Jan",
    "Functie": "schepen",
    "Gemeente/OCMW": "Damme",
    "E-mail": "jan.dhondt@damme.example",
    "Telefoon/gsm": "0478 12 34 56",
    "Ik neem deel": "ja",
    "Dieetwensen": "vegetarisch",
    "Opmerkingen": "",
}

#: The same on the secretariat's own form, which calls some things otherwise.
ON_OUR_FORM = {
    **JAN,
    "Gemeente of OCMW *": "Damme",
    "E-mail *": "jan.dhondt@damme.example",
    "Gsm": "0478 12 34 56",
    "Nummerplaat": "1-ABC-234",
}

OCMW = "OCMW Brugge"
PEOPLE = [
    ("Naam", "Voornaam", "Functie", "Gemeente/OCMW", "E-mail", "Telefoon/gsm"),
    (
        "Maertens",
        "Els",
        "maatschappelijk werker",
        "OCMW Brugge",
        "els.maertens@brugge.example",
        "050 32 00 01",
    ),
    (
        "Van den Broeck",
        "Tom",
        "diensthoofd",
        "OCMW Brugge",
        "tom.vandenbroeck@brugge.example",
        "050 32 00 02",
    ),
    ("Özdemir", "Aylin", "stafmedewerker", OCMW, "aylin.ozdemir@brugge.example", ""),
]


def form_of_one(answers: dict[str, str]) -> bytes:
    """The form as most people send it: a table of two columns."""
    document = docx.Document()
    document.add_heading(TITLE, 1)
    document.add_paragraph("Vul het formulier in en mail het terug.")
    table = document.add_table(0, 2, "Table Grid")
    for label, value in answers.items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
        cells[0].width, cells[1].width = Cm(5), Cm(11)
    return saved(document)


def own_form(answers: dict[str, str]) -> bytes:
    """The form that the secretariat has had for years, as a Word file: blank without answers."""

    def said(label: str, dots: int) -> str:
        return answers.get(label) or "." * dots

    def box(label: str, option: str) -> str:
        return "☒" if answers.get(label) == option else "☐"

    document = docx.Document()
    document.add_heading("Kennisplatform: inschrijving", 1)
    document.add_paragraph(
        "Gelieve dit blad voor de uiterste inschrijfdag terug te mailen. Vragen? Bel gerust Griet."
    )
    document.add_paragraph(f"Naam: {said('Naam', 40)}   Voornaam: {said('Voornaam', 40)}")
    table = document.add_table(0, 2, "Table Grid")
    for label in ("Gemeente of OCMW *", "Functie", "E-mail *", "Gsm"):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, answers.get(label, "")
    document.add_paragraph("")
    document.add_paragraph(
        f"Ik neem deel:  {box('Ik neem deel', 'ja')} ja   {box('Ik neem deel', 'nee')} nee"
    )
    document.add_paragraph(f"Dieetwensen: {said('Dieetwensen', 60)}")
    document.add_paragraph(f"Nummerplaat (voor de slagboom): {said('Nummerplaat', 30)}")
    document.add_paragraph(f"Opmerkingen: {said('Opmerkingen', 80)}")
    document.add_paragraph("Handtekening: " + "." * 40)
    return saved(document)


def form_of_several(rows: list[tuple[str, ...]]) -> bytes:
    """The form with a person a row."""
    document = docx.Document()
    document.add_heading(TITLE, 1)
    table = document.add_table(0, len(rows[0]), "Table Grid")
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
    return saved(document)


def form_as_lines(answers: dict[str, str]) -> bytes:
    """The form as lines with dots to write on."""
    document = docx.Document()
    document.add_heading(TITLE, 1)
    for label, value in answers.items():
        document.add_paragraph(f"{label}: {value or '..............................'}")
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a Word document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def mail(name: str, sender: str, subject: str, text: str, *files: tuple[str, bytes], **headers: str) -> None:
    """Writes one message. Its Date is put right when the demo delivers it."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, OURS, subject
    message["Date"] = "Mon, 02 Nov 2026 10:00:00 +0100"
    message["Message-ID"] = f"<demo.{name}@{sender.rpartition('@')[2].rstrip('>')}>"
    for header, value in headers.items():
        message[header.replace("_", "-")] = value
    message.set_content(text)
    for filename, data in files:
        main, sub = WORD.split("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=filename)
    (Path(demo.__file__).parent / "mail" / f"{name}.eml").write_bytes(message.as_bytes())


def main() -> None:
    """Writes the secretariat's blank form, and all mails in the order in which they arrive."""
    (Path(demo.__file__).parent / "forms" / "kennisplatform.docx").write_bytes(own_form({}))
    jan, sofie = "Jan D'hondt <jan.dhondt@damme.example>", "Sofie Claeys <sofie.claeys@knokke-heist.example>"
    pieter = "Pieter Dewulf <pieter.dewulf@beernem.example>"
    mail(
        "01-word-form",
        jan,
        "Inschrijving kennisplatform",
        "Beste\n\nIn bijlage mijn inschrijving.\n\nVriendelijke groeten\nJan D'hondt\n",
        ("Inschrijving kennisplatform.docx", own_form(ON_OUR_FORM)),
    )
    mail(
        "02-several-people",
        "Els Maertens <els.maertens@brugge.example>",
        "Inschrijvingen OCMW Brugge",
        "Dag\n\nWij komen met drie, zie bijlage.\n\nGroeten\nEls\n",
        ("inschrijving OCMW Brugge.docx", form_of_several(PEOPLE)),
    )
    typed = (
        "Naam: Claeys\nVoornaam: Sofie\nFunctie: algemeen directeur\nGemeente/OCMW: Knokke-Heist\n"
        "E-mail: sofie.claeys@knokke-heist.example\nTelefoon/gsm: 0497 65 43 21\nIk neem deel: ja\n"
    )
    mail(
        "03-typed-in-the-mail",
        sofie,
        "Kennisplatform Intergemeentelijk Samenwerken",
        f"Goedemiddag\n\nHierbij mijn gegevens:\n\n{typed}\nMet vriendelijke groet\nSofie Claeys\n",
    )
    mail(
        "04-as-lines",
        pieter,
        "inschrijving",
        "In bijlage.\n\nPieter\n",
        (
            "formulier.docx",
            form_as_lines(
                {
                    **JAN,
                    "Naam": "Dewulf",
                    "Voornaam": "Pieter",
                    "Functie": "secretaris",
                    "Gemeente/OCMW": "Beernem",
                    "E-mail": "pieter.dewulf@beernem.example",
                    "Telefoon/gsm": "0475 00 11 22",
                    "Dieetwensen": "",
                }
            ),
        ),
    )
    mail(
        "05-the-same-again",
        jan,
        "FW: Inschrijving kennisplatform",
        "Voor de zekerheid nog eens.\n\nJan\n",
        ("Inschrijving kennisplatform.docx", own_form(ON_OUR_FORM)),
    )
    mail(
        "06-correction",
        sofie,
        "Kennisplatform: ander gsm-nummer",
        "Goedemorgen\n\nMijn gsm-nummer was fout, zo is het juist:\n\n"
        + typed.replace("0497 65 43 21", "0497 65 43 12")
        + "\nSofie Claeys\n",
    )
    mail(
        "07-incomplete",
        "Koen Vermeersch <koen.vermeersch@telenet.example>",
        "Inschrijvingsformulier",
        "Zie bijlage.\n",
        (
            "Inschrijving.docx",
            form_of_one(
                {
                    **JAN,
                    "Naam": "Vermeersch",
                    "Voornaam": "Koen",
                    "Functie": "raadslid",
                    "Gemeente/OCMW": "",
                    "E-mail": "koen.vermeersch@telenet",
                    "Telefoon/gsm": "",
                    "Dieetwensen": "",
                }
            ),
        ),
    )
    mail(
        "08-forwarded",
        "Griet Vermeulen <griet@vereniging.example>",
        "FW: inschrijving",
        "Deze kwam bij mij terecht.\n\nGriet\n\n"
        "-----Oorspronkelijk bericht-----\n"
        "Van: Nele Baert <nele.baert@oostkamp.example>\n"
        "Verzonden: maandag 2 november 2026 9:12\n"
        "Aan: Griet Vermeulen <griet@vereniging.example>\n"
        "Onderwerp: inschrijving\n\n"
        "Dag Griet,\n\n"
        "Naam: Baert\nVoornaam: Nele\nFunctie: burgemeester\nGemeente/OCMW: Oostkamp\n"
        "E-mail: nele.baert@oostkamp.example\nTelefoon/gsm: 050 82 00 00\nIk neem deel: ja\n"
        "Opmerkingen: Is er parking in de buurt?\n\nNele\n",
    )
    mail(
        "09-withdrawal",
        pieter,
        "Kennisplatform Intergemeentelijk Samenwerken",
        "Beste\n\nIk kan er helaas toch niet bij zijn. Gelieve mij uit te schrijven.\n\n"
        "Vriendelijke groeten\nPieter Dewulf\n",
    )
    mail("10-thanks", jan, "RE: Uw inschrijving", "Dank, tot dan!\n\nJan\n")
    mail(
        "11-out-of-office",
        "Tom Van den Broeck <tom.vandenbroeck@brugge.example>",
        "Automatisch antwoord: Uw inschrijving",
        "Ik ben afwezig tot en met vrijdag en lees mijn mail niet.\n\nTom Van den Broeck\n",
        Auto_Submitted="auto-replied",
        X_Auto_Response_Suppress="All",
    )
    mail(
        "12-ordinary-question",
        "Marc Lievens <marc.lievens@jabbeke.example>",
        "verslag",
        "Dag Griet\n\nHeb jij het verslag van de vorige vergadering nog? Ik vind het niet terug.\n\nMarc\n",
    )
    late = {
        **JAN,
        "Naam": "Desmedt",
        "Voornaam": "Hilde",
        "Functie": "mandataris",
        "Gemeente/OCMW": "Jabbeke",
        "E-mail": "hilde.desmedt@jabbeke.example",
        "Telefoon/gsm": "0486 22 33 44",
        "Dieetwensen": "",
    }
    mail(
        "13-late",
        "Hilde Desmedt <hilde.desmedt@jabbeke.example>",
        "Inschrijving kennisplatform, hopelijk nog op tijd",
        "Beste\n\nIk zag de uitnodiging nu pas.\n\nHilde Desmedt\n",
        ("inschrijvingsformulier.docx", form_of_one(late)),
    )


if __name__ == "__main__":
    main()
