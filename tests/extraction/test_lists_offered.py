"""Lists in the rooms of a blank, in Word, PDF and Excel: their options are those of the drafted field."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.worksheet.datavalidation import DataValidation
from reportlab.pdfgen import canvas

from mailbot.documents import read
from mailbot.domain.document import Location, Part
from mailbot.domain.form import FieldKind
from mailbot.extraction.adoption import fields_of
from mailbot.extraction.drafting import template_of

MEALS = ("kaas", "hesp", "falafel (vegan)")
DRAFTED = {
    "Naam": (FieldKind.NAME, ()),
    "Broodje": (FieldKind.CHOICE, MEALS),
    "Lid": (FieldKind.YES_NO, ()),
    "Gemeente": (FieldKind.ORGANISATION, ()),
}
LISTS = {"Broodje": MEALS, "Lid": ("ja", "nee"), "Gemeente": ("Damme", "Brugge")}


def drafted(name: str, data: bytes) -> dict[str, tuple[FieldKind, tuple[str, ...]]]:
    """The fields that adopting a blank gives: the kind and the options of each label."""
    blocks = read(Part(name, "", data), Location()).blocks
    fields = (one.field for one in fields_of(template_of(blocks)))
    return {field.label: (field.kind, field.choices) for field in fields}


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def control(options: Sequence[str]) -> Any:
    """A drop-down of Word with its prompt, which chooses nothing."""
    items = "".join(f'<w:listItem w:displayText="{one}" w:value="{one}"/>' for one in options)
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/><w:dropDownList>"
        f'<w:listItem w:displayText="Kies een item." w:value=""/>{items}</w:dropDownList></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>Kies een item.</w:t></w:r></w:sdtContent></w:sdt>"
    )


def test_the_list_of_a_control_is_drafted() -> None:
    document = docx.Document()
    document.add_paragraph("Inschrijving buurtfeest")
    table = document.add_table(len(DRAFTED), 2)
    for row, label in zip(table.rows, DRAFTED, strict=True):
        row.cells[0].text = label
        if label in LISTS:
            row.cells[1].paragraphs[0]._p.append(control(LISTS[label]))
    assert drafted("blanco.docx", saved(document)) == DRAFTED


def test_the_list_of_a_field_of_a_page_is_drafted_as_it_is_shown() -> None:
    file = io.BytesIO()
    page = canvas.Canvas(file)
    page.drawString(60, 780, "Inschrijving buurtfeest")
    for number, label in enumerate(DRAFTED):
        top = 740 - 30 * number
        page.drawString(60, top, f"{label}:")
        place = {"name": f"veld {number}", "x": 160, "y": top - 5, "width": 200, "height": 18}
        if label in LISTS:
            shown = [(f"{n}", one) for n, one in enumerate(("Maak een keuze", *LISTS[label]))]
            page.acroForm.choice(
                options=[(one, code) for code, one in shown], value="0", fieldFlags="combo", **place
            )
        else:
            page.acroForm.textfield(**place)
    page.save()
    assert drafted("blanco.pdf", file.getvalue()) == DRAFTED


def blank_with_lists(source: str) -> openpyxl.Workbook:
    """A blank in a sheet, a label a row, with a list in the cell beside each that has one."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Inschrijving buurtfeest"
    for row, label in enumerate(DRAFTED, 3):
        sheet.cell(row, 1, label)
        if label in LISTS:
            with_list(book, sheet, f"B{row}", LISTS[label], source)
    return book


@pytest.mark.parametrize("source", ["told", "hidden sheet", "name"])
def test_the_list_of_a_cell_is_drafted(source: str) -> None:
    assert drafted("blanco.xlsx", saved(blank_with_lists(source))) == DRAFTED


@pytest.mark.parametrize("shown", ["Maak uw keuze", "Kies ...", "kaas"])
def test_a_cell_that_shows_what_its_list_asks_or_offers_is_room(shown: str) -> None:
    book = blank_with_lists("told")
    book.active["B4"] = shown
    assert drafted("blanco.xlsx", saved(book)) == DRAFTED


@pytest.mark.parametrize("is_numbered", [True, False])
def test_the_list_of_a_column_is_drafted(is_numbered: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Inschrijving buurtfeest"
    for column, label in enumerate(("Nr.", "Naam", "Broodje", "Lid"), 1):
        sheet.cell(3, column, label)
    for row in range(4, 8):
        sheet.cell(row, 1, row - 3 if is_numbered else None)
    for column in ("C", "D"):
        label = str(sheet[f"{column}3"].value)
        with_list(book, sheet, f"{column}4:{column}30", LISTS[label], "hidden sheet")
    fields = drafted("blanco.xlsx", saved(book))
    assert {label: fields[label] for label in ("Broodje", "Lid")} == {
        label: DRAFTED[label] for label in ("Broodje", "Lid")
    }


def with_list(book: Any, sheet: Any, cells: str, options: Sequence[str], source: str) -> None:
    """Gives cells a list, told in full, on a sheet that is not shown, or by a name for that place."""
    formula = '"' + ",".join(options) + '"'
    if source != "told":
        hidden = book["Lijsten"] if "Lijsten" in book.sheetnames else book.create_sheet("Lijsten")
        hidden.sheet_state = "hidden"
        column = 1 + len(hidden[1]) if hidden["A1"].value else 1
        for row, option in enumerate(options, 1):
            hidden.cell(row, column, option)
        letter = openpyxl.utils.get_column_letter(column)
        formula = f"Lijsten!${letter}$1:${letter}${len(options)}"
    if source == "name":
        name = f"lijst{column}"
        book.defined_names[name] = openpyxl.workbook.defined_name.DefinedName(name, attr_text=formula)
        formula = name
    rule = DataValidation(type="list", formula1=formula, allow_blank=True)
    rule.add(cells)
    sheet.add_data_validation(rule)
