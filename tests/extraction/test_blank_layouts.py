"""Layouts of blank forms: each is drawn, adopted without a correction, and its filled-in copies are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from openpyxl import Workbook
from openpyxl.styles import Border, PatternFill, Side

from mailbot import blank_forms
from mailbot.config.settings import Settings
from mailbot.documents import read as read_document
from mailbot.domain.document import NOWHERE, Location, Part, Span
from mailbot.domain.form import Form
from mailbot.domain.submission import Submission
from mailbot.extraction.adoption import fields_of
from mailbot.extraction.drafting import template_of
from mailbot.extraction.written import is_chosen_from
from mailbot.pipeline.interpret import understand
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.wording import why_doubted
from tests.extraction.blocks import line, lines, mail

#: What draws a form: a document to save, with what was written at each name; nothing written is the blank.
Draw = Callable[[Mapping[str, str]], Any]


@pytest.fixture
def copies(settings: Settings, now: datetime, tmp_path: Path) -> Callable[..., Submission]:
    """Adopts what ``draw`` draws and reads a copy with something written on it."""

    def understood(draw: Draw, said: Mapping[str, str], suffix: str = ".docx") -> Submission:
        blank, copy = tmp_path / f"blank{suffix}", tmp_path / f"ingevuld{suffix}"
        draw({}).save(blank)
        draw(said).save(copy)
        return read_with(adopted(blank), copy, settings, now)

    return understood


def read_with(form: Form, copy: Path, settings: Settings, now: datetime) -> Submission:
    """What a copy says, with one form known."""
    document = read_document(Part(copy.name, "", copy.read_bytes()), Location())
    return understand(None, (document,), replace(settings, forms={form.id: form}), frozenset(), now)


def adopted(*blanks: Path) -> Form:
    """The form that adopting some blanks gives, uncorrected."""
    first = read_document(Part(blanks[0].name, "", blanks[0].read_bytes()), Location())
    fields = tuple(one.field for one in fields_of(template_of(first.blocks)))
    return Form(id="adopted", title="Overgenomen", field=fields, blank=tuple(map(str, blanks)))


def answers(submission: Submission) -> list[dict[str, Any]]:
    """Per person the answers by key."""
    return [{key: answer.value for key, answer in one.answers.items()} for one in submission.people]


def asked(cell: Document | _Cell, labels: Mapping[str, str], said: Mapping[str, str]) -> Table:
    """A table of labels with an empty cell each, and what was written in it; ``labels`` by name."""
    table = (
        cell.add_table(len(labels), 2)
        if isinstance(cell, _Cell)
        else cell.add_table(rows=len(labels), cols=2)
    )
    for row, (name, label) in zip(table.rows, labels.items(), strict=True):
        row.cells[0].text, row.cells[1].text = label, said.get(name, "")
    return table


def tables_in_tables(said: Mapping[str, str]) -> Document:
    """Two parts of a form side by side, each a table in a cell."""
    document = docx.Document()
    document.add_paragraph("Inschrijving vormingsdag mantelzorg")
    outer = document.add_table(1, 2)
    left, right = outer.rows[0].cells
    left.text, right.text = "Deelnemer", "Diensthoofd"
    labels = {"last": "Familienaam", "first": "Voornaam", "mail": "E-mail werk", "day": "Voorkeurdag"}
    asked(left, labels, said)
    asked(right, {"head": "Naam", "head mail": "E-mail"}, said)
    document.add_paragraph("Bezorg dit blad voor 1 december aan de vormingsdienst, lokaal 3.12")
    return document


def test_each_part_of_a_form_in_a_cell_is_asked_and_read_by_itself(copies: Callable[..., Submission]) -> None:
    said = {
        "last": "Verschaeve", "first": "Loes", "day": "dinsdag",
        "head": "Bram Houthoofd", "head mail": "bram@zorgpunt.example",
    }  # fmt: skip
    read = copies(tables_in_tables, said)
    assert answers(read) == [
        {
            "last_name": "Verschaeve", "first_name": "Loes", "voorkeurdag": "dinsdag",
            "naam": "Bram Houthoofd", "e_mail": "bram@zorgpunt.example",
        }
    ]  # fmt: skip


def test_the_address_of_a_superior_is_nobody_to_write_to(tmp_path: Path) -> None:
    tables_in_tables({}).save(tmp_path / "blank.docx")
    kinds = {field.label: field.kind.value for field in adopted(tmp_path / "blank.docx").fields}
    assert (kinds["E-mail werk"], kinds["E-mail"]) == ("email", "text")


def two_blocks(said: Mapping[str, str]) -> Document:
    """The same questions below two counted headings, and one below the last that is of no person."""
    document = docx.Document()
    document.add_paragraph("Bulletin d'inscription, fête du livre")
    document.add_paragraph(f"Librairie : {said.get('shop', '.' * 40)}")
    for number in (1, 2):
        document.add_paragraph(f"Visiteur·euse {number}")
        document.add_paragraph("☐ Madame   ☐ Monsieur".replace("☐ M", said.get(f"title {number}", "☐ M"), 1))
        document.add_paragraph(
            f"Nom : {said.get(f'last {number}', '.' * 30)}   Prénom : {said.get(f'first {number}', '.' * 30)}"
        )
        document.add_paragraph(f"Courriel : {said.get(f'mail {number}', '.' * 30)}")
    document.add_paragraph(f"Fait à {said.get('town', '.' * 20)}, pour la librairie")
    return document


def test_blocks_of_the_same_questions_are_a_person_each(copies: Callable[..., Submission]) -> None:
    said = {
        "shop": "Le Signet", "last 1": "Lacroix", "first 1": "Odile", "mail 1": "odile@signet.example",
        "title 1": "☒ M", "last 2": "Fontaine", "first 2": "Gaston", "town": "Ottignies",
    }  # fmt: skip
    one, two = answers(copies(two_blocks, said))
    assert (one["last_name"], one["first_name"], one["email"], one["madame_monsieur"]) == (
        "Lacroix", "Odile", "odile@signet.example", "Madame",
    )  # fmt: skip
    assert (two["last_name"], two["first_name"]) == ("Fontaine", "Gaston")
    assert "email" not in two and "madame_monsieur" not in two
    assert one["librairie"] == two["librairie"] == "Le Signet"
    assert one["fait_a"] == two["fait_a"] == "Ottignies"


def test_a_second_block_that_is_left_open_is_nobody(copies: Callable[..., Submission]) -> None:
    said = {"shop": "Le Signet", "last 1": "Lacroix", "first 1": "Odile", "mail 1": "odile@signet.example"}
    assert len(copies(two_blocks, said).people) == 1


def two_of_one_board(said: Mapping[str, str]) -> Document:
    """Two people below counted headings, each answer led by a tab, and what is asked once of both."""
    document = docx.Document()
    document.add_paragraph("Inschrijvingsformulier streekoverleg over water en riolering")
    for number in (1, 2):
        document.add_paragraph(f"Deelnemer {number}")
        for label in ("Naam", "Voornaam", "Functie", "E-mail"):
            document.add_paragraph(f"{label}: \t{said.get(f'{label} {number}', '')}")
    sign = {"O": "O", **said}["O"]
    document.add_paragraph(f"Wij blijven voor de lunch:   {sign} ja     O neen")
    return document


@pytest.mark.parametrize("stroke", ["", "/", "-", "nvt"])
def test_a_second_block_with_nothing_but_a_stroke_is_nobody(
    stroke: str, copies: Callable[..., Submission]
) -> None:
    first = {"Naam 1": "Roggeman", "Voornaam 1": "Els", "E-mail 1": "els@vaart.example", "O": "⊗"}
    second = {f"{label} 2": stroke for label in ("Naam", "Voornaam", "Functie", "E-mail")}
    (person,) = answers(copies(two_of_one_board, first | second))
    assert (person["last_name"], person["wij_blijven_voor_de_lunch"]) == ("Roggeman", True)


@pytest.mark.parametrize("same", ["idem", "zelfde", "dezelfde als hierboven", '"'])
def test_the_same_is_what_the_person_above_has(same: str, copies: Callable[..., Submission]) -> None:
    read = copies(
        two_of_one_board,
        {"Naam 1": "Roggeman", "Voornaam 1": "Els", "Functie 1": "raadslid", "E-mail 1": "els@vaart.example"}
        | {"Naam 2": "Govaert", "Voornaam 2": "Bram", "Functie 2": same, "E-mail 2": same},
    )
    _, two = answers(read)
    assert (two["last_name"], two["role"], two["email"]) == ("Govaert", "raadslid", "els@vaart.example")


def test_the_same_is_not_what_somebody_further_above_has(copies: Callable[..., Submission]) -> None:
    rows = (("Roggeman", "Els", "raadslid"), ("Govaert", "Bo", ""), ("Claes", "Jo", "idem"))
    said = {
        f"{label} {n}": text for n, row in enumerate(rows) for label, text in zip(HEADS, row, strict=True)
    }
    read = copies(three_in_a_list, said)
    assert [(one["last_name"], one.get("role")) for one in answers(read)] == [
        ("Roggeman", "raadslid"), ("Govaert", None), ("Claes", None),
    ]  # fmt: skip
    assert (2, "role") in {(problem.person, problem.field) for problem in read.problems}


HEADS = ("Naam", "Voornaam", "Functie")


def three_in_a_list(said: Mapping[str, str]) -> Document:
    document = docx.Document()
    document.add_paragraph("Inschrijvingsformulier streekoverleg over water en riolering")
    table = document.add_table(rows=4, cols=len(HEADS))
    for column, head in enumerate(HEADS):
        table.cell(0, column).text = head
        for row in range(3):
            table.cell(row + 1, column).text = said.get(f"{head} {row}", "")
    document.add_paragraph("Bezorg deze lijst voor 1 december aan de dienst water, lokaal 3.12")
    document.add_paragraph(f"Wij komen met de wagen: {'.' * 20}")
    return document


@pytest.mark.parametrize("whose", ["Ouder", "Contactpersoon", "Workshop"])
def test_counted_blocks_of_somebody_else_are_of_the_same_row(whose: str, tmp_path: Path) -> None:
    document = docx.Document()
    for text in ("Inschrijving", "Naam kind: ..........", "Voornaam kind: .........."):
        document.add_paragraph(text)
    for number in (1, 2):
        for text in (f"{whose} {number}", "Naam: ..........", "Gsm: .........."):
            document.add_paragraph(text)
    document.save(tmp_path / "blank.docx")
    assert [f.label for f in adopted(tmp_path / "blank.docx").fields][-2:] == [
        f"Naam ({whose} 2)", f"Gsm ({whose} 2)",
    ]  # fmt: skip


def people_across(said: Mapping[str, str]) -> Document:
    """What is asked on the left, a column for each guest."""
    document = docx.Document()
    document.add_paragraph("Registration spring banquet of the rowing society")
    table = document.add_table(4, 4)
    for column, text in enumerate(("Details", "Guest A", "Guest B", "Guest C")):
        table.rows[0].cells[column].text = text
    for row, label in enumerate(("Full name", "Town", "Dish"), 1):
        for column in range(4):
            table.rows[row].cells[column].text = said.get(f"{label} {column}", "") if column else label
    document.add_paragraph("Return to the boathouse before the first of March, thank you")
    return document


def test_people_in_columns_are_a_row_each(copies: Callable[..., Submission]) -> None:
    said = {
        "Full name 1": "Ada Thorne", "Town 1": "Ely", "Dish 1": "trout",
        "Full name 2": "Ben Thorne", "Dish 2": "nut roast",
    }  # fmt: skip
    assert answers(copies(people_across, said)) == [
        {"name": "Ada Thorne", "town": "Ely", "dish": "trout"},
        {"name": "Ben Thorne", "dish": "nut roast"},
    ]


HOURS, TALKS = ("9.30 uur", "11 uur"), ("Bijen houden", "Snoeien in de winter", "Compost")


def crossing(said: Mapping[str, str]) -> Document:
    """Talks on the left, hours above, a box where they meet."""
    document = docx.Document()
    document.add_paragraph("Inschrijving tuindag")
    asked(document, {"last": "Naam", "first": "Voornaam", "mail": "E-mail"}, said)
    document.add_paragraph("Lezingen, kies één per uur")
    table = document.add_table(4, 3)
    for column, text in enumerate(("Lezing", *HOURS)):
        table.rows[0].cells[column].text = text
    for row, talk in enumerate(TALKS, 1):
        table.rows[row].cells[0].text = talk
        for column, hour in enumerate(HOURS, 1):
            table.rows[row].cells[column].text = "☒" if said.get(hour) == talk else "☐"
    document.add_paragraph("Vervoer:  ☐ te voet   ☐ per fiets   ☐ met de wagen")
    return document


def crossing_in_a_sheet(said: Mapping[str, str]) -> Workbook:
    """The same, as a spreadsheet with labels above empty rows, cells to mark and answers in parentheses."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Inschrijving tuindag"
    for column, (name, label) in enumerate(
        {"last": "Naam", "first": "Voornaam", "mail": "E-mail"}.items(), 1
    ):
        sheet.cell(3, column, label)
        sheet.cell(4, column, said.get(name))
    sheet["A6"] = "Lezingen, kies één per uur (zet een kruisje)"
    for column, text in enumerate(("Lezing", *HOURS), 1):
        sheet.cell(7, column, text)
    for row, talk in enumerate(TALKS, 8):
        sheet.cell(row, 1, talk)
        for column, hour in enumerate(HOURS, 2):
            sheet.cell(row, column, "x" if said.get(hour) == talk else None)
    sheet["A11"] = "Vervoer (te voet / per fiets / met de wagen)"
    sheet["B11"] = said.get("travel")
    sheet["A13"] = "Terug te sturen naar tuindag@tuinpad.example, ter attentie van Ward"
    return book


def test_a_crossing_of_hours_and_talks_is_a_choice_for_each_hour(copies: Callable[..., Submission]) -> None:
    said = {"last": "Smout", "first": "Eva", "mail": "eva@tuinpost.example", "9.30 uur": "Compost"}
    read = copies(crossing, said)
    assert answers(read) == [
        {"last_name": "Smout", "first_name": "Eva", "email": "eva@tuinpost.example",
         "lezing_9_30_uur": "Compost"},
    ]  # fmt: skip
    assert not read.problems


def test_a_blank_in_another_format_asks_the_same_fields(
    settings: Settings, now: datetime, tmp_path: Path
) -> None:
    blanks = tmp_path / "blank.docx", tmp_path / "blank.xlsx"
    crossing({}).save(blanks[0])
    crossing_in_a_sheet({}).save(blanks[1])
    said = {"last": "Smout", "first": "Eva", "11 uur": "Bijen houden", "travel": "per fiets"}
    crossing_in_a_sheet(said).save(tmp_path / "ingevuld.xlsx")
    read = read_with(adopted(*blanks), tmp_path / "ingevuld.xlsx", settings, now)
    assert answers(read) == [
        {"last_name": "Smout", "first_name": "Eva", "lezing_11_uur": "Bijen houden", "vervoer": "per fiets"}
    ]


def test_words_in_a_box_to_tick_are_told_and_not_lost(copies: Callable[..., Submission]) -> None:
    def drawn(said: Mapping[str, str]) -> Document:
        document = crossing({"last": "Smout", "first": "Eva", "9.30 uur": "Compost"} if said else {})
        document.tables[1].rows[1].cells[2].text = said.get("in a box", "☐")
        return document

    read = copies(drawn, {"in a box": "liever niet"})
    assert [why_doubted(problem) for problem in read.problems] == [
        "er staat ook tekst naast het invulveld (liever niet)"
    ]


def sentence(said: Mapping[str, str]) -> Document:
    """A slip whose answers stand within sentences, with words to cross out and boxes on a line."""
    document = docx.Document()
    document.add_paragraph("Strookje dauwtocht, terug te geven aan de wandelclub voor 3 mei")
    document.add_paragraph(
        f"Ik, {said.get('name', '_' * 25)}, buur van {said.get('neighbour', '_' * 25)} uit {'de Beekstraat'},"
    )
    going = document.add_paragraph("kom ")
    going.add_run("WEL").font.strike = said.get("comes") == "niet"
    going.add_run(" / ")
    going.add_run("NIET").font.strike = said.get("comes") == "wel"
    going.add_run(" * naar het ontbijt na de tocht.")
    document.add_paragraph(f"Wij zijn met {said.get('count', '_____')} personen en eten geen vlees.")
    document.add_paragraph(
        f"Je bereikt mij op gsm {said.get('phone', '_' * 20)} of via mail {said.get('mail', '_' * 20)}."
    )
    brings = document.add_paragraph("Ik breng mee:  ")
    for option in ("taart", "fruit"):
        brings.add_run("■ " if said.get("brings") == option else "☐ ")
        brings.add_run(f"{option}   ")
    document.add_paragraph("* schrappen wat niet past")
    return document


def test_answers_in_the_gaps_of_sentences_are_read(copies: Callable[..., Submission]) -> None:
    said = {
        "name": "Cyriel Baeten", "neighbour": "Fien Claes", "comes": "wel", "count": "3",
        "phone": "0470 11 22 33", "mail": "cyriel@wandelpost.example", "brings": "fruit",
    }  # fmt: skip
    read = copies(sentence, said)
    (person,) = answers(read)
    assert person == {
        "name": "Cyriel Baeten", "buur_van": "Fien Claes", "attends": True, "wij_zijn_met_personen": "3",
        "phone": "0470 11 22 33", "email": "cyriel@wandelpost.example", "ik_breng_mee": "fruit",
    }  # fmt: skip
    assert not read.problems


def test_the_other_word_struck_out_says_no(copies: Callable[..., Submission]) -> None:
    read = copies(sentence, {"name": "Cyriel Baeten", "phone": "0470 11 22 33", "comes": "niet"})
    assert answers(read)[0]["attends"] is False


def two_parents(said: Mapping[str, str]) -> Document:
    """Two cells with lines to write on, each below a heading of its own."""
    document = docx.Document()
    document.add_paragraph("Inschrijving speelweek van de wijkwerking")
    document.add_paragraph(f"Naam en voornaam van het kind: {said.get('child', '_' * 30)}")
    cells = document.add_table(1, 2).rows[0].cells
    for number, cell in enumerate(cells, 1):
        cell.text = f"Ouder {number}"
        cell.add_paragraph(f"Naam: {said.get(f'name {number}', '_' * 20)}")
        cell.add_paragraph(f"Gsm: {said.get(f'phone {number}', '_' * 20)}")
    return document


def test_cells_with_lines_below_a_heading_are_told_apart_by_it(copies: Callable[..., Submission]) -> None:
    said = {"child": "Nel Wouters", "name 1": "Jo Wouters", "phone 2": "0470 55 66 77"}
    assert answers(copies(two_parents, said)) == [
        {
            "naam_en_voornaam_van_het_kind": "Nel Wouters", "naam": "Jo Wouters",
            "gsm_ouder_2": "0470 55 66 77",
        }
    ]  # fmt: skip


TRIP = {
    "last": "Naam",
    "first": "Voornaam",
    "street": "Straat en nummer",
    "phone": "Gsm",
    "stop": "Opstapplaats",
}
TRAVELLER = {"last": "Peeters", "first": "Wim", "street": "Kerkstraat 4", "phone": "0470 12 34 56"}


def trip(said: Mapping[str, str]) -> Document:
    document = docx.Document()
    document.add_paragraph("Inschrijving theaterreis naar de opera, terug te bezorgen voor 15 april")
    asked(document, TRIP, said)
    document.add_paragraph("Dienst Cultuur, zaal De Vlonder, tweede verdieping, elke voormiddag open")
    return document


def trip_in_a_sheet(said: Mapping[str, str]) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Inschrijving theaterreis naar de opera"
    for row, (name, label) in enumerate(TRIP.items(), 2):
        sheet.cell(row, 1, label)
        sheet.cell(row, 2, said.get(name))
    sheet["A9"], sheet["A10"] = "In te vullen door de dienst", "Dossiernummer"
    return book


def test_a_sheet_of_labels_alone_has_room_beside_them(copies: Callable[..., Submission]) -> None:
    assert answers(copies(trip_in_a_sheet, {**TRAVELLER, "stop": "Station"}, ".xlsx")) == [
        {
            "last_name": "Peeters", "first_name": "Wim", "straat_en_nummer": "Kerkstraat 4",
            "phone": "0470 12 34 56", "opstapplaats": "Station",
        }
    ]  # fmt: skip


def test_an_answer_beside_the_first_line_of_a_broken_label_is_its_answer(
    settings: Settings, now: datetime, tmp_path: Path
) -> None:
    trip({}).save(tmp_path / "blank.docx")
    printed = docx.Document()
    for text in (
        "Inschrijving theaterreis naar de opera, terug te bezorgen voor 15 april",
        "Naam\tPeeters", "Voornaam\tWim", "Straat en\tKerkstraat 4 nummer", "Gsm\t0470 12 34 56",
        "Opstapplaats",
        "Dienst Cultuur, zaal De Vlonder, tweede verdieping, elke voormiddag open",
    ):  # fmt: skip
        printed.add_paragraph(text)
    printed.save(tmp_path / "ingevuld.docx")
    read = read_with(adopted(tmp_path / "blank.docx"), tmp_path / "ingevuld.docx", settings, now)
    assert answers(read) == [
        {"last_name": "Peeters", "first_name": "Wim", "straat_en_nummer": "Kerkstraat 4",
         "phone": "0470 12 34 56"},
    ]  # fmt: skip


def test_an_answer_before_the_walls_of_another_table_is_in_its_room(
    settings: Settings, now: datetime, tmp_path: Path
) -> None:
    tables_in_tables({}).save(tmp_path / "blank.docx")
    printed = docx.Document()
    printed.add_paragraph("Inschrijving vormingsdag mantelzorg")
    table = printed.add_table(3, 3)
    cells = table.rows[0].cells
    cells[0].text = "Deelnemer\nFamilienaam\tVerschaeve\nVoornaam\tLoes\nE-mail werk\t\nVoorkeurdag\tdinsdag"
    cells[2].text = "Diensthoofd\nNaam\tBram Houthoofd\nE-mail\tbram@zorgpunt.example"
    printed.add_paragraph("Bezorg dit blad voor 1 december aan de vormingsdienst, lokaal 3.12")
    printed.save(tmp_path / "ingevuld.docx")
    read = read_with(adopted(tmp_path / "blank.docx"), tmp_path / "ingevuld.docx", settings, now)
    assert answers(read) == [
        {
            "last_name": "Verschaeve", "first_name": "Loes", "voorkeurdag": "dinsdag",
            "naam": "Bram Houthoofd", "e_mail": "bram@zorgpunt.example",
        }
    ]  # fmt: skip


def test_a_corner_of_the_office_takes_nothing_from_the_part_beside_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Inschrijving theaterreis")
    left, right = document.add_table(1, 2).rows[0].cells
    asked(left, {"last": "Naam", "first": "Voornaam", "phone": "Gsm"}, {})
    right.text = "Voorbehouden voor de dienst"
    asked(right, {"number": "Dossiernummer"}, {})
    document.save(tmp_path / "blank.docx")
    assert [field.label for field in adopted(tmp_path / "blank.docx").fields] == ["Naam", "Voornaam", "Gsm"]


def answers_across(said: Mapping[str, str]) -> Document:
    """Statements on the left, and a column for each answer."""
    document = docx.Document()
    document.add_paragraph("Inschrijving voor de stadswandeling met gids")
    document.add_paragraph(f"Naam: {said.get('Naam', '.' * 30)}")
    for head in (("", "ja", "nee"), ("Helpen", "ik wel", "ik niet")):
        table = document.add_table(rows=2, cols=3)
        for cell, text in zip(table.rows[0].cells, head, strict=True):
            cell.text = text
        question = "Ik blijf eten" if not head[0] else "Opruimen"
        table.cell(1, 0).text = question
        for column in (1, 2):
            table.cell(1, column).text = said.get(f"{question} {head[column]}", "")
        document.add_paragraph("")
    return document


def answers_across_in_a_sheet(said: Mapping[str, str]) -> Workbook:
    return in_a_sheet(answers_across(said))


def in_a_sheet(document: Document) -> Workbook:
    """A row for each line and each row of a table; what stands behind a colon in a cell of its own."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                sheet.append([cell.text or None for cell in row.cells])
            sheet.append([])
        else:
            sheet.append([text.strip(". ") or None for text in block.text.split(":")])
    return book


@pytest.mark.parametrize("mark", ["X", "x", "V", "v", "☒", "✓", "ja"])
@pytest.mark.parametrize(
    ("draw", "suffix"), [(answers_across, ".docx"), (answers_across_in_a_sheet, ".xlsx")]
)
def test_a_mark_below_an_answer_is_that_answer(
    draw: Draw, suffix: str, mark: str, copies: Callable[..., Submission]
) -> None:
    said = {"Naam": "Cools", "Ik blijf eten nee": mark, "Opruimen ik wel": mark}
    read = copies(draw, said, suffix)
    (person,) = answers(read)
    assert (person["ik_blijf_eten"], person["opruimen"]) == (False, "ik wel")
    assert not read.problems


def test_a_cell_that_was_painted_is_that_answer(settings: Settings, now: datetime, tmp_path: Path) -> None:
    blank, copy = answers_across({}), answers_across({"Naam": "Cools"})
    for table, column in zip(copy.tables, (2, 1), strict=True):
        shade = OxmlElement("w:shd")
        shade.set(qn("w:fill"), "FFFF00")
        table.cell(1, column)._tc.get_or_add_tcPr().append(shade)
    sheet = answers_across_in_a_sheet({"Naam": "Cools"})
    for cell in ("C4", "B8"):
        sheet.worksheets[0][cell].fill = PatternFill("solid", fgColor="FFFF00")
    drawn = {"blank.docx": blank, "copy.docx": copy, "blank.xlsx": in_a_sheet(blank), "copy.xlsx": sheet}
    for name, document in drawn.items():
        document.save(tmp_path / name)
    for suffix in (".docx", ".xlsx"):
        read = read_with(adopted(tmp_path / f"blank{suffix}"), tmp_path / f"copy{suffix}", settings, now)
        (person,) = answers(read)
        assert (person["ik_blijf_eten"], person["opruimen"], read.problems) == (False, "ik wel", ())


def test_a_cell_that_was_painted_beside_a_mark_is_no_answer(
    settings: Settings, now: datetime, tmp_path: Path
) -> None:
    blank, copy = answers_across({}), answers_across({"Naam": "Cools", "Ik blijf eten ja": "x"})
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), "BFBFBF")
    copy.tables[0].cell(1, 2)._tc.get_or_add_tcPr().append(shade)
    blank.save(tmp_path / "blank.docx")
    copy.save(tmp_path / "copy.docx")
    read = read_with(adopted(tmp_path / "blank.docx"), tmp_path / "copy.docx", settings, now)
    (person,) = answers(read)
    assert (person["ik_blijf_eten"], read.problems) == (True, ())


def test_two_marked_answers_are_a_doubt(copies: Callable[..., Submission]) -> None:
    said = {"Naam": "Cools"} | {
        f"{what} {which}": "x"
        for what, all_ in (("Ik blijf eten", ("ja", "nee")), ("Opruimen", ("ik wel", "ik niet")))
        for which in all_
    }
    doubted = {problem.field for problem in copies(answers_across, said).problems}
    assert doubted == {"ik_blijf_eten", "opruimen"}


def boxes_in_cells(said: Mapping[str, str]) -> Document:
    """Boxes in a column of their own: below a question in a cell, and one alone."""
    document = docx.Document()
    document.add_paragraph("Inschrijving cultuurabonnement van de stad")
    left, right = document.add_table(1, 2).rows[0].cells
    asked(left, {"last": "Naam", "first": "Voornaam", "phone": "Gsm"}, said)
    right.text = "Ik kies voor"
    kinds = right.add_table(3, 2)
    for row, kind in zip(kinds.rows, ("jazz", "toneel", "dans"), strict=True):
        row.cells[0].text, row.cells[1].text = "☒" if said.get("kind") == kind else "☐", kind
    alone = document.add_table(1, 2).rows[0]
    alone.cells[0].text = said.get("news", "☐")
    alone.cells[1].text = "Stuur mij het seizoensboek"
    return document


def test_boxes_beside_their_words_are_the_options_of_what_is_above(copies: Callable[..., Submission]) -> None:
    said = {"last": "Peeters", "first": "Wim", "phone": "0470 12 34 56", "kind": "toneel", "news": "☒"}
    read = copies(boxes_in_cells, said)
    assert answers(read) == [
        {
            "last_name": "Peeters", "first_name": "Wim", "phone": "0470 12 34 56", "ik_kies_voor": "toneel",
            "stuur_mij_het_seizoensboek": True,
        }
    ]  # fmt: skip
    assert not read.problems


def test_boxes_beside_their_words_that_are_left_open_say_nothing(copies: Callable[..., Submission]) -> None:
    said = {"last": "Peeters", "first": "Wim", "phone": "0470 12 34 56"}
    (person,) = answers(copies(boxes_in_cells, said))
    assert "ik_kies_voor" not in person and not person.get("stuur_mij_het_seizoensboek")


def test_an_answer_that_is_broken_as_its_label_is_read_whole_and_doubted(
    settings: Settings, now: datetime, tmp_path: Path
) -> None:
    trip({}).save(tmp_path / "blank.docx")
    printed = docx.Document()
    for text in (
        "Inschrijving theaterreis naar de opera, terug te bezorgen voor 15 april",
        "Naam\tPeeters", "Voornaam\tWim", "Straat en\tLange", "nummer\tKerkstraat 4 bus 12", "Gsm",
        "Opstapplaats", "Dienst Cultuur, zaal De Vlonder, tweede verdieping, elke voormiddag open",
    ):  # fmt: skip
        printed.add_paragraph(text)
    printed.save(tmp_path / "ingevuld.docx")
    read = read_with(adopted(tmp_path / "blank.docx"), tmp_path / "ingevuld.docx", settings, now)
    assert answers(read)[0]["straat_en_nummer"] == "Lange Kerkstraat 4 bus 12"
    assert answers(read)[0]["first_name"] == "Wim"
    assert "straat_en_nummer" in {problem.field for problem in read.problems}


def test_a_text_form_that_mailbot_drew_is_no_copy_of_the_blank_that_was_adopted(
    settings: Settings, now: datetime, tmp_path: Path
) -> None:
    blank = docx.Document()
    blank.add_heading("Inschrijving Netwerkdag", 1)
    asked = (
        "Familienaam",
        "Voornaam",
        "Organisatie",
        "E-mailadres",
        "Telefoon",
        "Allergieën of bijzondere noden",
    )
    for label in asked:
        blank.add_paragraph(f"{label}: ..............................")
    for label, options in {
        "Ik volg de workshop": ("A. Werven", "B. Verzekering", "C. Samen koken"),
        "Lunch": ("vlees", "vegetarisch", "geen lunch"),
        "Ik kom met de wagen": ("ja", "neen"),
    }.items():
        blank.add_paragraph(f"{label}: " + "   ".join(f"☐ {option}" for option in options))
    blank.add_paragraph("Datum: ..............................")
    blank.save(tmp_path / "blank.docx")
    form = adopted(tmp_path / "blank.docx")
    event = settings.events["kis-2026-3"].model_copy(update={"form": form.id})
    here = replace(settings, forms={form.id: form}, events={event.id: event})
    drawn = blank_forms.make(event, form, "txt", here).decode()
    said = {
        "Familienaam": "Cools", "Voornaam": "Bram", "E-mailadres": "bram@kwb.example",
        "Organisatie": "KWB Loppem", "Allergieën of bijzondere noden": "noten",
        "Ik volg de workshop": "B", "Lunch": "vegetarisch", "Ik kom met de wagen": "neen",
    }  # fmt: skip
    for label, answer in said.items():
        drawn = re.sub(rf"^({label}[^:\n]*: )", rf"\g<1>{answer}", drawn, flags=re.MULTILINE)
    read = understand(mail(*lines(drawn.replace("\r", ""))), (), here, frozenset(), now)
    (bram,) = answers(read)
    assert bram["lunch"] == "vegetarisch"
    assert bram["ik_kom_met_de_wagen"] is False
    assert bram["ik_volg_de_workshop"] == "B. Verzekering"
    assert bram["allergieen_of_bijzondere_noden"] == "noten"
    assert "datum" not in bram
    assert not read.problems


@pytest.mark.parametrize("above", ["", "Naam: ..........\n"])
def test_boxes_below_those_of_a_signature_are_options_of_nothing_above(above: str) -> None:
    template = template_of(lines(f"{above}Handtekening\n☐ ja ☐ nee\n☐ Duinen ☐ Bos"))
    assert all(not one.options for one in template.questions if one.label == "Naam")


def three_people(said: Mapping[str, str]) -> Document:
    """A column for each participant, one of whom may be crossed out, and an address for the invoice below."""
    document = docx.Document()
    document.add_paragraph("Inschrijving studiedag over water in de wijk")
    table = document.add_table(0, 4)
    for label in ("", "Voornaam", "Naam", "E-mailadres"):
        cells = table.add_row().cells
        cells[0].text = label
        for number in (1, 2, 3):
            if not label:
                cells[number].text = f"Deelnemer {number}"
            elif text := said.get(f"{label} {number}"):
                cells[number].paragraphs[0].add_run(text).font.strike = number == 3
    document.add_paragraph(f"Facturatieadres: {said.get('invoice', '.' * 60)}")
    return document


def test_who_is_crossed_out_is_nobody(copies: Callable[..., Submission]) -> None:
    said = {
        "Voornaam 1": "Dirk", "Naam 1": "Maes", "Voornaam 2": "Inge", "Naam 2": "Raes",
        "Voornaam 3": "Tim", "Naam 3": "Claes", "invoice": "Kaai 7, 9990 Zwaanhove",
    }  # fmt: skip
    found = answers(copies(three_people, said))
    assert [one["first_name"] for one in found] == ["Dirk", "Inge"]


TALKS_BY_ROUND = {
    "Ronde A, 10 uur (kies er één)": (
        ("A1", "Mest en bodem", "M. Stalpaert"),
        ("A2", "Water sparen", "J. Ooms"),
    ),
    "Ronde B, 13 uur (kies er één)": (
        ("B1", "Korte keten", "L. Daems"),
        ("B2", "Zaad en pootgoed", "K. Pauwels"),
        ("B3", "Bijen op het veld", "T. Adriaens"),
    ),
}
STAY = {"day": "Aankomstdag", "hour": "Uur", "travel": "Vervoer"}


def rounds(said: Mapping[str, str]) -> Document:
    """A table of talks, a row each with its box last, below rows that name the round; and one row of answers
    in which an option stays and the others are crossed out."""
    document = docx.Document()
    document.add_paragraph("Aanmelding studiedag landbouw, hoeve Ter Wilgen")
    asked(document, {"last": "Naam", "first": "Voornaam"}, said)
    table = document.add_table(0, 4)
    for title, talks in TALKS_BY_ROUND.items():
        head = table.add_row().cells
        head[0].merge(head[3]).text = title
        for talk in talks:
            cells = table.add_row().cells
            for cell, text in zip(cells, (*talk, said.get(talk[0], "☐")), strict=True):
                run = cell.paragraphs[0].add_run(text)
                if said.get("gone over") == talk[0]:
                    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    document.add_paragraph("Logies op de hoeve")
    stay = document.add_table(2, 3)
    for column, (name, label) in enumerate(STAY.items()):
        stay.rows[0].cells[column].text = label
        stay.rows[1].cells[column].text = said.get(
            name, "" if name != "travel" else "bus / fiets / eigen wagen"
        )
    document.add_paragraph("Enkel voor het secretariaat: nummer ..........  Betaald: ☐")
    return document


def test_rows_of_a_table_with_a_box_are_options_of_the_row_above_them(tmp_path: Path) -> None:
    rounds({}).save(tmp_path / "blank.docx")
    fields = {field.label: field.choices for field in adopted(tmp_path / "blank.docx").fields}
    assert fields == {
        "Naam": (), "Voornaam": (),
        "Ronde A, 10 uur (kies er één)": ("A1 Mest en bodem", "A2 Water sparen"),
        "Ronde B, 13 uur (kies er één)": ("B1 Korte keten", "B2 Zaad en pootgoed", "B3 Bijen op het veld"),
        "Aankomstdag": (), "Uur": (), "Vervoer": ("bus", "fiets", "eigen wagen"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("marks", "chosen"),
    [
        ({"A2": "☒"}, {"ronde_a_10_uur_kies_er_een": "A2 Water sparen"}),
        ({"A2": "ja"}, {"ronde_a_10_uur_kies_er_een": "A2 Water sparen"}),
        ({"gone over": "A2"}, {"ronde_a_10_uur_kies_er_een": "A2 Water sparen"}),
        ({"travel": "fiets"}, {"vervoer": "fiets"}),
        ({"day": "12 mei", "hour": "18.30"}, {"aankomstdag": "12 mei", "uur": "18.30"}),
        ({}, {}),
    ],
)
def test_an_option_of_a_row_is_chosen_by_a_mark_a_word_a_marker_or_what_is_left(
    copies: Callable[..., Submission], marks: dict[str, str], chosen: dict[str, str]
) -> None:
    read = copies(rounds, {"last": "Smout", "first": "Eva", **marks})
    assert answers(read) == [{"last_name": "Smout", "first_name": "Eva", **chosen}]
    assert not read.problems


def rounds_in_a_sheet(said: Mapping[str, str]) -> Workbook:
    """Walks below the line that asks, a row each, with its box first; and words of which one stays."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [
        ("Wandeldag van de natuurvereniging, op zondag 9 mei aan de oude watermolen",),
        (),
        ("Naam", said.get("last")),
        ("Voornaam", said.get("first")),
        (),
        ("Welke wandelingen doet u mee? Meerdere mogelijk.",),
        (said.get("1", "☐"), "1", "Beekdal", "6 km"),
        (said.get("2", "☐"), "2", "Heide en ven", "11 km"),
        (),
        ("Soep", said.get("soup", "tomaat / pompoen / geen")),
    ]
    for row in rows:
        sheet.append(row)
    return book


def test_options_of_a_sheet_with_their_box_first_are_read(copies: Callable[..., Submission]) -> None:
    said = {"last": "Smout", "first": "Eva", "1": "x", "2": "☒", "soup": "pompoen"}
    read = copies(rounds_in_a_sheet, said, ".xlsx")
    assert answers(read) == [
        {
            "last_name": "Smout", "first_name": "Eva", "soep": "pompoen",
            "welke_wandelingen_doet_u_mee_meerdere": "Beekdal, Heide en ven",
        }
    ]  # fmt: skip
    assert answers(copies(rounds_in_a_sheet, {"last": "Smout", "first": "Eva"}, ".xlsx")) == [
        {"last_name": "Smout", "first_name": "Eva"}
    ]


def stalls_in_a_sheet(said: Mapping[str, str]) -> Workbook:
    """A sheet with empty cells to mark at the left of options, beside a part that is wider."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = (
        ("Inschrijving braderie",),
        (),
        ("Naam", said.get("last")),
        ("Voornaam", said.get("first")),
        (),
        ("Kraam | Lengte | Stroom | Prijs",),
        ("STANDPLAATS (zet een kruisje; hoogstens twee)", None, None, None, None),
        (said.get("1"), "Kerkplein"),
        (said.get("2"), "Molenstraat"),
        (said.get("3"), "Dorpszaal"),
        (),
        ("Eten: O = ja, N = neen",),
        ("Wat brengt u mee?", said.get("goods"), None, None, None, "blad 1"),
    )
    for row in rows:
        sheet.append(row)
    return book


def test_options_of_a_sheet_with_an_empty_cell_to_mark_are_read(copies: Callable[..., Submission]) -> None:
    named = {"last": "Smout", "first": "Eva"}
    read = copies(stalls_in_a_sheet, {**named, "1": "x", "3": "X", "goods": "honing"}, ".xlsx")
    (person,) = answers(read)
    assert person["standplaats_zet_een_kruisje_hoogstens"] == "Kerkplein, Dorpszaal"
    assert person["wat_brengt_u_mee"] == "honing"
    assert not read.problems
    (alone,) = answers(copies(stalls_in_a_sheet, named, ".xlsx"))
    assert alone.keys() == {"last_name", "first_name"}


@pytest.mark.parametrize(
    ("option", "is_chosen"),
    [
        (Span(f"{UNTICKED} andere: ____"), False),
        (Span(f"{UNTICKED} vlees ~ vis"), False),
        (Span(f"{TICKED} vlees"), True),
        (Span("vlees", struck=True), True),
        (Span("vlees", underlined=True), True),
    ],
)
def test_a_tick_or_how_words_look_chooses_an_option_and_no_sign_in_its_words(
    option: Span, is_chosen: bool
) -> None:
    assert is_chosen_from([((option,), NOWHERE)]) is is_chosen


def list_in_two_tiers(said: Mapping[str, str]) -> Workbook:
    """A list of people whose labels take two rows: the ateliers stand below when they take place. Of ``said``
    a cell that begins with "#" gets a colour."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Aanmelding kampdag"])
    sheet.append(["Zet een kruisje bij wat je kiest."])
    sheet["A4"], sheet["B4"] = "Groep", said.get("B4", "")
    sheet["A6"] = "DEELNEMERS"
    for column, label in {"A": "Nr.", "B": "Naam", "C": "Voornaam", "H": "Schoenmaat"}.items():
        sheet[f"{column}7"] = label
        sheet.merge_cells(f"{column}7:{column}8")
    for cells, when, which in (
        ("D7:E7", "Ochtend", ("A1 Klimmen", "A2 Vissen")),
        ("F7:G7", "Middag", ("B1 Koken", "B2 Touwen")),
    ):
        sheet[cells[:2]] = when
        sheet.merge_cells(cells)
        for column, name in zip((cells[0], cells[3]), which, strict=True):
            sheet[f"{column}8"] = name
    for row in range(9, 13):
        sheet[f"A{row}"] = row - 8
        for column in "BCDEFGH":
            sheet[f"{column}{row}"].border = Border(bottom=Side("thin"))
    sheet["A13"], sheet["B13"] = "Aantal:", said.get("B13", 0)
    for cell, text in said.items():
        if text == "#":
            sheet[cell].fill = PatternFill("solid", fgColor="FFFF00")
        else:
            sheet[cell] = text
    return book


def test_labels_of_a_list_in_two_rows_ask_which_of_the_lower_ones(copies: Callable[..., Submission]) -> None:
    said = {
        "B4": "De Bevers", "B13": 3, "B9": "Maes", "C9": "An", "D9": "x", "G9": "X", "H9": 38,
        "B10": "Cools", "C10": "Bo", "E10": "#", "F10": "x",
        "B12": "Okafor", "C12": "Obi", "D12": "A2", "F12": "2", "G12": "1",
    }  # fmt: skip
    read = copies(list_in_two_tiers, said, ".xlsx")
    told = [
        [one.get(key) for key in ("first_name", "ochtend", "middag", "schoenmaat")] for one in answers(read)
    ]
    assert told == [
        ["An", "A1 Klimmen", "B2 Touwen", "38"],
        ["Bo", "A2 Vissen", "B1 Koken", None],
        ["Obi", "A2 Vissen", None, None],
    ]
    assert {(one.person, one.field) for one in read.problems} == {(2, "middag")}
    assert not copies(list_in_two_tiers, {}, ".xlsx").people


def choices_to_embolden(said: Mapping[str, str]) -> Document:
    """A form with choices of which one is to stay; what is ``said`` is bold."""
    document = docx.Document()
    document.add_heading("Inschrijving fietstocht", 1)
    document.add_paragraph(f"Naam en voornaam: {said.get('name', '.' * 30)}")
    for label, options in (("Afstand (schrappen)", "kort / middel / lang"), ("Soep", "ja / nee")):
        line = document.add_paragraph(f"{label}: ")
        for word in re.split(r"(?<=/)|(?=/)", options):
            line.add_run(word).bold = word.strip() in said.get("bold", "").split() or None
    document.add_paragraph("Wij vertrekken om negen uur aan de kerk en zijn terug voor de avond valt.")
    return document


def test_the_only_option_in_bold_is_the_answer(copies: Callable[..., Submission]) -> None:
    (person,) = answers(copies(choices_to_embolden, {"name": "Mia Put", "bold": "middel nee"}))
    assert (person["afstand_schrappen"], person["soep"]) == ("middel", False)
    (person,) = answers(copies(choices_to_embolden, {"name": "Mia Put"}))
    assert {"afstand_schrappen", "soep"}.isdisjoint(person)


def list_of_people(said: Mapping[str, str]) -> Document:
    """What a club asks once, and a list of three who come."""
    document = docx.Document()
    document.add_paragraph("Inschrijving kaderdag roeiclub De Spaan")
    document.add_paragraph(f"Club: {said.get('club', '')}")
    table = document.add_table(4, 3)
    for column, label in enumerate(("Naam en voornaam", "Functie", "Telefoon")):
        table.cell(0, column).text = label
        for row in (1, 2, 3):
            table.cell(row, column).text = said.get(f"{label} {row}", "")
    document.add_paragraph("Terugsturen voor 3 maart")
    return document


def test_a_remark_in_brackets_in_a_list_is_nobody_and_says_that_somebody_is_missing(
    copies: Callable[..., Submission],
) -> None:
    said = {
        "club": "Roeiclub Aalter", "Naam en voornaam 1": "Griet Baele", "Functie 1": "stuur",
        "Naam en voornaam 2": "(nog iemand, naam volgt later)",
    }  # fmt: skip
    read = copies(list_of_people, said)
    assert [one["name"] for one in answers(read)] == ["Griet Baele"]
    (doubt,) = (problem for problem in read.problems if problem.field == "name")
    assert why_doubted(doubt) == "enkel wie bij naam vermeld is, heeft een plaats"


def test_two_in_one_row_of_a_known_blank_are_two_people(copies: Callable[..., Submission]) -> None:
    said = {
        "club": "Roeiclub Aalter", "Naam en voornaam 1": "Griet Baele en Wout Ide",
        "Functie 1": "stuur / roeier", "Telefoon 1": "09 374 00 11",
        "Naam en voornaam 2": "Tom Sys",
    }  # fmt: skip
    read = copies(list_of_people, said)
    assert [one["name"] for one in answers(read)] == ["Griet Baele", "Wout Ide", "Tom Sys"]
    assert [one.get("role") for one in answers(read)] == ["stuur", "roeier", None]
    doubted = {(problem.person, problem.field) for problem in read.problems}
    assert {(0, "phone"), (1, "phone"), (0, "name"), (1, "name")} <= doubted
    assert not {field for person, field in doubted if person == 2}


def slip(said: Mapping[str, str]) -> Document:
    """A slip of a school for one child."""
    document = docx.Document()
    document.add_paragraph("Strookje zwemdag")
    labels = ("Naam kind", "Klas", "Allergie", "Ophalen door")
    asked(document, {label: label for label in labels}, said)
    return document


@pytest.mark.parametrize(
    ("allergy", "told", "is_doubted"),
    [
        ("Lou: noten. Ben: niets speciaals", ["noten", "niets speciaals"], True),
        ("noten, enkel Ben", ["noten, enkel Ben"] * 2, True),
        ("noten", ["noten"] * 2, False),
    ],
)
def test_twins_on_one_slip_are_two_people_each_with_what_is_told_of_them(
    copies: Callable[..., Submission], allergy: str, told: list[str], is_doubted: bool
) -> None:
    said = {"Naam kind": "Lou en Ben Ackx (tweeling)", "Klas": "3A en 3C", "Allergie": allergy}
    read = copies(slip, said)
    assert [(one["naam_kind"], one["klas"]) for one in answers(read)] == [
        ("Lou Ackx", "3A"),
        ("Ben Ackx", "3C"),
    ]
    assert [one["allergie"] for one in answers(read)] == told
    assert any(problem.field == "allergie" for problem in read.problems) is is_doubted


def test_two_whole_names_in_one_row_are_two_people_in_doubt(copies: Callable[..., Submission]) -> None:
    said = {"club": "Roeiclub Aalter", "Naam en voornaam 1": "Lou Ackx & Ben Daems", "Functie 1": "roeier"}
    read = copies(list_of_people, said)
    assert [one["name"] for one in answers(read)] == ["Lou Ackx", "Ben Daems"]
    doubted = {(problem.person, problem.field) for problem in read.problems}
    assert doubted >= {(n, key) for n in (0, 1) for key in ("name", "role")}


@pytest.mark.parametrize(
    ("line", "label", "options"),
    [
        ("Maat T-shirt:   104 – 116 – 128 – 140", "Maat T-shirt", ("104", "116", "128", "140")),
        (
            "We komen   te voet / met de fiets / met de bus   naar school.",
            "We komen … naar school",
            ("te voet", "met de fiets", "met de bus"),
        ),
        ("Dr / Mr / Ms / Mx (schrappen wat niet past)", "Dr / Mr / Ms / Mx", ("Dr", "Mr", "Ms", "Mx")),
        ("Ik help bij (opbouw, afwas, …): .............", "Ik help bij (opbouw, afwas, …)", ()),
        ("Open van 9.00 – 16.15 uur", None, ()),
        ("Wij komen eten:   O ja      O neen", "Wij komen eten", ("ja", "neen")),
        ("Wij eten om:   O 11.30 u.      O 13.15 u.", "Wij eten om", ("11.30 u", "13.15 u")),
    ],
)
def test_options_of_a_line_are_told_from_what_only_looks_like_them(
    line: str, label: str | None, options: tuple[str, ...]
) -> None:
    blank = lines(f"Schoolfeest\nWij komen WEL / NIET (schrappen wat niet past)\n{line}\nNaam: ............")
    found = {question.label: question.options for question in template_of(blank).questions[1:-1]}
    assert found == ({label: options} if label else {})


def test_a_question_in_two_languages_is_asked_in_the_room_below_it() -> None:
    """Its room is a control of its own, and no line of the answer above a caption below its room."""
    question = "5. Qu'attendez-vous de cette soiree ? / Wat verwacht u van deze avond met ons allen?"
    slot = [line((Span("", slot=True, name=name),), n) for n, name in ((4, "wensen"), (5, "dag"))]
    blank = (
        *lines("Exportcafe\nNaam: ............\nFunctie: ............"),
        line(question, 4),
        *slot,
        line("Datum bezoek", 6),
    )
    found = [(one.label, len(one.places)) for one in template_of(blank).questions]
    assert found[2:] == [(question.partition(" ")[2], 1), ("Datum bezoek", 1)]
