"""The blank form as a workbook: a row per person, drop-downs where there is a choice."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mailbot.blank_forms.content import FormText
from mailbot.wording import blank_forms

#: Rows ready to be filled in.
PEOPLE = 25

_LINE = Side(style="thin", color="9DB2BD")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def make(said: FormText) -> bytes:
    """The ``.xlsx`` file; cells are text, so that a phone keeps its leading zero."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Inschrijving"
    book.properties.title = said.title
    book.properties.language = "nl-BE"
    book.properties.creator = book.properties.lastModifiedBy = said.author
    if said.made is not None:
        book.properties.created = book.properties.modified = said.made.replace(tzinfo=None)
    if said.logo is not None:
        picture = Image(io.BytesIO(said.logo.data))
        picture.width, picture.height = (round(side) for side in said.logo.within(170, 44))
        sheet.add_image(picture, f"{get_column_letter(max(len(said.questions) - 1, 4))}1")
    header = _top(sheet, said)
    for column, question in enumerate(said.questions, start=1):
        letter = get_column_letter(column)
        cell = sheet.cell(header, column, question.label)
        cell.font = Font(name="Arial", bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="2F6D8C")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.border = _BOX
        width = min(max(question.field.kind.traits.width, 12), 30)
        sheet.column_dimensions[letter].width = max(width, min(len(question.label) + 2, 30))
        for row in range(header + 1, header + 1 + PEOPLE):
            answer = sheet.cell(row, column)
            answer.number_format = "@"
            answer.font = Font(name="Arial")
            answer.border = _BOX
            answer.alignment = Alignment(wrap_text=True, vertical="top")
        if question.options:
            _offer(sheet, f"{letter}{header + 1}:{letter}{header + PEOPLE}", question.options, book)
    for row in range(header, header + 1 + PEOPLE):
        sheet.row_dimensions[row].height = 22
    sheet.freeze_panes = f"A{header + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4 (ECMA-376)
    sheet.page_setup.fitToHeight = 1
    sheet.page_margins.left = sheet.page_margins.right = 0.4  # inches
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header}:{header}"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _top(sheet: Worksheet, said: FormText) -> int:
    """Writes what stands above the table; gives the row of its header."""
    lines: list[tuple[str, Font]] = [(said.title, Font(name="Arial", bold=True, size=16, color="1F3D4D"))]
    plain, small = Font(name="Arial"), Font(name="Arial", size=9, color="55666F")
    lines += [(said.event, Font(name="Arial", size=12, color="1F3D4D"))] if said.event else []
    lines += [(f"{label}: {text}", plain) for label, text in said.facts]
    lines += [(text, plain) for text in (said.intro, said.send_to, *said.contacts) if text]
    lines += [(text, small) for text in (said.privacy, said.mark, said.required) if text]
    for row, (text, font) in enumerate(lines, start=1):
        cell = sheet.cell(row, 1, text)
        cell.data_type = "s"  # never a formula, whatever the event's title begins with
        cell.font = font
    return len(lines) + 2


def _offer(sheet: Worksheet, cells: str, options: tuple[str, ...], book: Workbook) -> None:
    """A drop-down. The options stand on a sheet of their own: a list in the rule itself holds
    255 characters and no commas."""
    if "Keuzes" not in book.sheetnames:
        book.create_sheet("Keuzes").sheet_state = "hidden"
    choices = book["Keuzes"]
    column = choices.max_column + 1 if choices.cell(1, 1).value else 1
    for row, option in enumerate(options, start=1):
        choices.cell(row, column, option).data_type = "s"
    letter = get_column_letter(column)
    rule = DataValidation(
        type="list", formula1=f"Keuzes!${letter}$1:${letter}${len(options)}", allow_blank=True
    )
    rule.error = blank_forms.PICK
    rule.errorTitle = blank_forms.PICK_TITLE
    sheet.add_data_validation(rule)
    rule.add(cells)
