"""Draws ``adopted/``: a blank form as an office has it, and copies of it filled in and saved in other
formats by LibreOffice. Run by hand: ``python -m tests.extraction.make_adopted``."""

from __future__ import annotations

import subprocess
from pathlib import Path

from docx import Document

HERE = Path(__file__).with_name("adopted")
DOTS = "." * 40


def draw(name: str, answers: dict[str, str]) -> Path:
    """The form with these answers; an empty one is the blank."""
    said = answers.get
    document = Document()
    document.add_heading("Inschrijvingsformulier Dag van de Groendienst", 0)
    document.add_paragraph(
        "Stuur dit formulier vóór 10 mei naar groendienst@aldermeer.example. Bel gerust: Mieke, 050 00 11 22."
    )
    table = document.add_table(rows=3, cols=4)
    table.style = "Table Grid"
    labels = ["Naam *", "Voornaam *", "Gemeente *", "Functie", "E-mail *", "Gsm"]
    for number, label in enumerate(labels):
        row = table.rows[number // 2].cells
        row[number % 2 * 2].text = label
        row[number % 2 * 2 + 1].text = said(label, "")
    document.add_paragraph(
        f"Nummerplaat: {said('Nummerplaat', DOTS)}   Geboortedatum: {said('Geboortedatum', DOTS)}"
    )
    yes, no = (
        ("☒", "☐") if said("Ik neem deel") == "ja" else ("☐", "☒") if said("Ik neem deel") else ("☐", "☐")
    )
    document.add_paragraph(f"Ik neem deel:  {yes} ja   {no} nee")
    document.add_paragraph("Ik kies voor de werkgroep")
    for option in ("bomen", "grasland", "begraafplaatsen"):
        document.add_paragraph(f"{'☒' if said('werkgroep') == option else '☐'} {option}")
    document.add_paragraph("Vragen of opmerkingen")
    document.add_paragraph(said("Opmerkingen", "_" * 60))
    if "Opmerkingen" not in answers:
        document.add_paragraph("_" * 60)
    document.add_paragraph("Handtekening: " + DOTS)
    document.add_paragraph("In te vullen door de dienst")
    document.add_paragraph(f"Ontvangen op: {DOTS}")
    document.add_paragraph(
        "Gemeente Aldermeer, Kerkplein 1, 8999 Aldermeer, tel. 050 00 11 00, info@aldermeer.example"
    )
    path = HERE / name
    document.save(str(path))
    return path


FILLED = {
    "Naam *": "Verhelst",
    "Voornaam *": "Sien",
    "Gemeente *": "Gemeente Beernem",
    "Functie": "hoofd groendienst",
    "E-mail *": "sien.verhelst@beernem.example",
    "Gsm": "0470 12 00 34",
    "Nummerplaat": "1-ABC-123",
    "Geboortedatum": "4 maart 1980",
    "Ik neem deel": "ja",
    "werkgroep": "grasland",
    "Opmerkingen": "Ik kom met de fiets, is er een stalling?",
}


def main() -> None:
    """Writes all files."""
    HERE.mkdir(exist_ok=True)
    draw("groendienst.docx", {})
    filled = draw("ingevuld.docx", FILLED)
    draw("half.docx", {"Naam *": "Verhelst", "Voornaam *": "Sien"})
    for target in ("odt", "pdf", "doc", "rtf", "html"):
        command = ["soffice", "--headless", "--convert-to", target, "--outdir", str(HERE), str(filled)]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
