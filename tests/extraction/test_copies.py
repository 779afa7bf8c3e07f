"""Copies of a blank: how forms leave room for answers, and how people use it."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import docx
import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from mailbot.documents import read
from mailbot.domain.document import Block, Location, Part, Span
from mailbot.extraction.alignment import Aligned, align
from mailbot.extraction.drafting import template_of
from mailbot.extraction.template import Template
from mailbot.extraction.tokens import span_text, tokenised
from mailbot.extraction.written import Written
from tests.extraction.blocks import grid, line, lines

Write = Callable[[Worksheet], None]


def labels(template: Template) -> list[str]:
    return [question.label for question in template.questions]


def copied(blank: Sequence[Block], filled: Sequence[Block]) -> Aligned:
    return align(template_of(blank), tokenised(filled, blank=False))


def said(written: Sequence[Written]) -> dict[tuple[str, int], str]:
    """What stands where, by label and person."""
    return {
        (one.question.label, one.person): text
        for one in written
        if (text := " ".join(span_text(one.spans).split()))
    }


# A spreadsheet: an empty column at its left, a letterhead, a list of people.


def workbook(write: Write = lambda _: None) -> tuple[Block, ...]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B1"], sheet["F1"] = "BEDRIJVENKRING DE ZWAAN", "info@zwaan.example"
    sheet["B2"], sheet["F2"] = "Vereniging van ondernemers", "Kaai 7, 9990 Zwaanhove"
    sheet.merge_cells("A3:F3")
    sheet["B4"] = "UW BEDRIJF"
    sheet.merge_cells("B4:F4")
    for row, left, right in ((5, "Bedrijfsnaam", "Sector"), (6, "Adres", "Website")):
        sheet.cell(row, 2, left)
        sheet.cell(row, 5, right)
        sheet.merge_cells(start_row=row, start_column=3, end_row=row, end_column=4)
    sheet["B8"] = "WIE KOMT ER (één rij per persoon)"
    sheet.merge_cells("B8:F8")
    for column, label in enumerate(("Nr.", "Naam", "Voornaam", "E-mail", "Dieet"), 2):
        sheet.cell(9, column, label)
    for number in (1, 2, 3):
        sheet.cell(9 + number, 2, number)
    sheet["B14"] = "Opmerkingen"
    sheet["B16"] = "Voor akkoord (naam en datum)"
    write(sheet)
    file = io.BytesIO()
    book.save(file)
    return read(Part("form.xlsx", "", file.getvalue()), Location()).blocks


def test_a_workbook_that_is_set_off_from_the_left_asks_its_list_and_no_letterhead() -> None:
    template = template_of(workbook())
    assert labels(template) == [
        "Bedrijfsnaam", "Sector", "Adres", "Website", "Naam", "Voornaam", "E-mail", "Dieet", "Opmerkingen",
    ]  # fmt: skip
    assert template.skipped == ["Voor akkoord (naam en datum)"]
    assert template.questions[4].column is not None


def test_a_list_whose_first_row_was_removed_is_still_a_copy_and_who_signs_is_nobody() -> None:
    def write(sheet: Worksheet) -> None:
        sheet["B10"] = None
        sheet["C11"], sheet["D11"], sheet["E11"] = "Baert", "Lut", "lut@baert.example"
        sheet["C5"] = "Baert nv"
        sheet["C16"] = "Lut Baert, 3 mei"

    aligned = copied(workbook(), workbook(write))
    assert said(aligned.written) == {
        ("Bedrijfsnaam", 0): "Baert nv", ("Naam", 1): "Baert", ("Voornaam", 1): "Lut",
        ("E-mail", 1): "lut@baert.example",
    }  # fmt: skip
    assert [question for question, _ in aligned.beside] == [None]


def chamber(write: Write = lambda _: None) -> tuple[Block, ...]:
    """Headings in bold above empty cells, a list whose last row is right above a question."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("", "Ondernemersclub Noord"), ("", "Aanmelding netwerkavond"), (), ("", "1. Uw onderneming"),
        ("", "Bedrijfsnaam"), ("", "Sector"), (), ("", "2. Wie komt er"), ("Nr", "Naam", "Voornaam"),
        (1,), (2,), ("", "Opmerkingen"), (), ("", "Stand nodig?", "ja", "nee"), ("", "Een kleine stand"),
        ("", "Enkel voor intern gebruik"), ("", "Klantnummer"), (), ("", "3. Facturatie"), ("", "Bestelbon"),
        ("", "* Wij bezorgen u de factuur na de avond."),
    ):  # fmt: skip
        sheet.append([value or None for value in row])
        if row and str(row[-1])[1:2] == ".":
            sheet.cell(sheet.max_row, 2).font = Font(bold=True)
    write(sheet)
    file = io.BytesIO()
    book.save(file)
    return read(Part("form.xlsx", "", file.getvalue()), Location()).blocks


def test_what_heads_the_rows_of_a_sheet_asks_nothing() -> None:
    template = template_of(chamber())
    assert [(question.label, question.section) for question in template.questions] == [
        ("Bedrijfsnaam", "Uw onderneming"), ("Sector", "Uw onderneming"), ("Naam", "Wie komt er"),
        ("Voornaam", "Wie komt er"), ("Opmerkingen", "Wie komt er"), ("Een kleine stand", "Wie komt er"),
        ("Bestelbon", "Facturatie"),
    ]  # fmt: skip


def test_a_question_right_below_a_list_is_nobody_in_it() -> None:
    def write(sheet: Worksheet) -> None:
        sheet["B10"], sheet["C10"], sheet["C12"] = "Baert", "Lut", "Is er parking in de buurt?"

    assert said(copied(chamber(), chamber(write)).written) == {
        ("Naam", 1): "Baert", ("Voornaam", 1): "Lut", ("Opmerkingen", 0): "Is er parking in de buurt?",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("head", "row", "name"),
    [
        ("Nr\tNaam\tVoornaam", "1\tBaert\tLut", "Baert"),
        ("Nr\tNaam\tVoornaam", "1Baert\tLut", ""),
        ("Nr\tNaam Voornaam", "1\tBaert Lut", ""),
    ],
)
def test_a_list_that_a_page_drew_is_read_only_where_its_columns_stand_apart(
    head: str, row: str, name: str
) -> None:
    """Two cells that came as one leave no saying in which column the others are."""
    above = "Aanmelding netwerkavond Noord\nOndernemers van het noorden en hun gasten\n"
    drawn = (*lines(above), grid([("Nr", "Naam", "Voornaam"), ("1", "", ""), ("2", "", "")]))
    found = copied((*drawn, line("Opmerkingen: ......")), lines(f"{above}{head}\n{row}\n2\nOpmerkingen:"))
    certain = {one.question.label: span_text(one.spans) for one in found.written if not one.unclear}
    assert certain.get("Naam", "") == name
    assert found.is_same_form


def test_rows_with_rules_below_labels_without_are_a_list() -> None:
    above = "Aanmelding netwerkavond Noord\nOndernemers van het noorden en hun gasten\n"
    drawn = (*lines(above), grid([("Naam", "Voornaam"), ("", ""), ("", "")]), line("Opmerkingen: ......"))
    page = (*lines(f"{above}Naam\tVoornaam"), grid([("Baert", "Lut"), ("Cools", "")]), line("Opmerkingen:"))
    assert said(copied(drawn, page).written) == {
        ("Naam", 1): "Baert", ("Voornaam", 1): "Lut", ("Naam", 2): "Cools",
    }  # fmt: skip


def test_words_of_the_blank_that_a_page_has_elsewhere_stand_beside_no_answer() -> None:
    above = "Aanmelding netwerkavond Noord\nOndernemers van het noorden en hun gasten\nBedrijf: ......\n"
    asked, end = "Sector van uw zaak:", "Wij zien u graag."
    found = copied(lines(f"{above}Nr\n{asked} .....\n{end}"), lines(f"{above}{asked} bouw\n{end}\nNr"))
    assert said(found.written) == {("Sector van uw zaak", 0): "bouw"}
    assert not found.beside


# A Word form with the label small above the room, in one cell; controls; options.


def boxes(*rows: Sequence[tuple[str, str]], empty_line: bool = True) -> tuple[Block, ...]:
    """A table of cells with a label on their first line, and what was written below it."""
    document = docx.Document()
    document.add_paragraph("Inschrijving voor de vormingsdag van de kring in het oude station")
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, (label, answer) in zip(table.add_row().cells, row, strict=True):
            cell.text = label
            if answer or empty_line:
                cell.add_paragraph(answer)
    document.add_paragraph("Stuur dit formulier voor 3 mei terug naar het secretariaat van de kring.")
    file = io.BytesIO()
    document.save(file)
    return read(Part("form.docx", "", file.getvalue()), Location()).blocks


FIRST, SECOND = ("Voornaam", "Achternaam"), ("Vereniging", "Telefoon")


def test_a_label_above_an_empty_line_in_its_cell_asks_what_is_written_there() -> None:
    blank = boxes([(label, "") for label in FIRST], [(label, "") for label in SECOND])
    filled = boxes(
        list(zip(FIRST, ("Lut", "Baert"), strict=True)), [("Vereniging", "Kring"), ("Telefoon", "")]
    )
    assert labels(template_of(blank)) == [*FIRST, *SECOND]
    assert list(said(copied(blank, filled).written).values()) == ["Lut", "Baert", "Kring"]


def test_words_that_fill_their_cells_ask_nothing() -> None:
    assert not template_of(boxes([("Uur", ""), ("Spreker", "")], empty_line=False)).questions


def row(*lines: str | tuple[Span, ...]) -> tuple[Block, ...]:
    return tuple(line(one, number) for number, one in enumerate(lines, 1))


TOP = "Inschrijving voor de taalweek van de school in de herfst van volgend jaar"


def test_what_is_typed_behind_an_empty_control_is_its_answer() -> None:
    def form(*answers: str) -> tuple[Block, ...]:
        names = ("Naam", "Voornaam", "Klas")
        return row(
            TOP,
            *(
                (Span(f"{name}: "), Span("     ", slot=True, name=name), Span(answer))
                for name, answer in zip(names, answers, strict=True)
            ),
        )

    aligned = copied(form("", "", ""), form("Baert", "", "5C"))
    assert said(aligned.written) == {("Naam", 0): "Baert", ("Klas", 0): "5C"}


@pytest.mark.parametrize(
    ("typed", "ticked"),
    [
        ("☐ zeilen    ☐ klimmen X   ☐ fietsen", "☐ zeilen ☒ klimmen ☐ fietsen"),
        ("☐ zeilen ja   ☐ klimmen    ☐ fietsen", "☒ zeilen ☐ klimmen ☐ fietsen"),
        ("☐ zeilen    ☐ klimmen    ☐ fietsen x", "☐ zeilen ☐ klimmen ☒ fietsen"),
        ("☐ zeilen   X ☐ klimmen    ☐ fietsen", "☐ zeilen ☒ ☐ klimmen ☐ fietsen"),
        ("☐ zeilen X ☐ klimmen    ☐ fietsen", "☐ zeilen ☒ ☐ klimmen ☐ fietsen"),
    ],
)
def test_a_mark_behind_an_option_ticks_it_where_it_stands_nearer_than_the_next_box(
    typed: str, ticked: str
) -> None:
    def form(options: str) -> tuple[Block, ...]:
        return row(TOP, "Naam: ............", f"Sport: {options}", "Vraag: ............")

    aligned = copied(form("☐ zeilen    ☐ klimmen    ☐ fietsen"), form(typed))
    assert said(aligned.written) == {("Sport", 0): ticked}


def test_options_of_which_one_was_left_do_not_make_it_another_form() -> None:
    options = "☐ een lange wandeling langs de vaart ☐ een korte wandeling in het bos ☐ ik blijf bij de boot"

    def form(name: str, options: str) -> tuple[Block, ...]:
        return row(TOP, f"Naam: {name}", f"Wat doet u: {options}", "Vraag: ............")

    aligned = copied(form("............", options), form("Lut Baert", "een korte wandeling in het bos"))
    assert said(aligned.written)["Naam", 0] == "Lut Baert"


def test_a_brother_who_goes_along_is_a_second_person() -> None:
    template = template_of(
        (
            grid([("Naam", ""), ("Voornaam", ""), ("Klas", ""), ("Huisarts", "")]),
            line("Broer of zus die ook meegaat", heading=True),
            grid([("Naam", ""), ("Voornaam", ""), ("Klas", "")], 2),
        )
    )
    people = {question.label: [place.person for place in question.places] for question in template.questions}
    assert people == {"Naam": [1, 2], "Voornaam": [1, 2], "Klas": [1, 2], "Huisarts": [1]}
