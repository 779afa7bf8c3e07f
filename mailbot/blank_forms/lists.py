"""Lists of an event as files to send: who comes, who is excused, what the caterer needs, whom to mail.

Each as a Word document and as a workbook. The caterer's has counts and no names; the mailing list says of who
has no address of their own through whom they are reached.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from mailbot.blank_forms.docx_package import NAMESPACES, package
from mailbot.domain.decision import EventState
from mailbot.domain.form import ROLE, Form
from mailbot.domain.registration import Registration
from mailbot.matching.names import sent_in_at, written_email_of
from mailbot.wording import sheets
from mailbot.workbook import people
from mailbot.workbook.attendance import when_and_where
from mailbot.workbook.catering import catering
from mailbot.workbook.layout import ALL_LISTS, LISTS, Layout
from mailbot.xlsx.cell import legal

Row = Sequence[str]
#: The headers of who is excused.
EXCUSED = ("Naam", "Functie", "Bestuur", "Vervangen door")


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list to print or to send: headers and rows, with how wide each column is (in characters).
    ``of_people``: a row is a person."""

    name: str
    title: str
    headers: Row
    widths: Sequence[int]
    rows: Sequence[Row]
    of_people: bool = True


def tables(state: EventState, layout: Layout, wanted: str) -> tuple[ListTable, ...]:
    """The lists of this name; of ``ALL_LISTS`` every one."""
    form = layout.form
    if form is None:
        return ()
    rows = [row for row in state.registrations if not row.is_struck]
    rows.sort(key=lambda row: people.by_name(row, form))
    names = LISTS if wanted == ALL_LISTS else (wanted,)
    return tuple(_TABLES[name](name, rows, form) for name in names)


def docx(table: ListTable, layout: Layout) -> bytes:
    """The list as a Word document: its header on each page."""
    title = layout.event.title if layout.event else table.title
    room = sum(table.widths)
    grid = [9525 * width // room for width in table.widths]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="9DB2BD"/>' for side in sides)
    rows = [_word_row(table.headers, grid, header=True), *(_word_row(row, grid) for row in table.rows)]
    body = (
        _paragraph(f"{table.title}: {title}", "Title")
        + _paragraph(when_and_where(layout), "Fact")
        + '<w:tbl><w:tblPr><w:tblW w:w="9525" w:type="dxa"/>'
        + f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        + f"<w:tblCaption w:val={quoteattr(table.title)}/></w:tblPr><w:tblGrid>"
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
        + f"</w:tblGrid>{''.join(rows)}</w:tbl>"
        + (_paragraph(_how_many(len(table.rows)), "Small") if table.of_people else "")
        + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        + '<w:pgMar w:top="1134" w:right="1134" w:bottom="1021" w:left="1134" w:header="567" w:footer="567" '
        + 'w:gutter="0"/></w:sectPr>'
    )
    return package(f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>", table.title)


def _how_many(rows: int) -> str:
    """How long a list is, for who has only a page of it."""
    if rows > 1:
        return sheets.MANY_ON_LIST.format(count=rows)
    return sheets.ONE_ON_LIST if rows else sheets.NONE_ON_LIST


def xlsx(table: ListTable) -> bytes:
    """The list as a workbook of one sheet. What people wrote is text, never a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = table.title[:31]
    for at, row in enumerate((table.headers, *table.rows), start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(at, column)
            cell.value, cell.data_type = legal(text), "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if at == 1:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E4ECF1")
    for column, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _attendance(name: str, rows: Iterable[Registration], form: Form) -> ListTable:
    come = [
        (people.last_first(row, form), row.text(ROLE), people.organisation(row, form), "")
        for row in rows
        if row.status.is_coming
    ]
    headers = ("Naam", "Functie", "Bestuur", "Handtekening")
    return ListTable(name, "Aanwezigheidslijst", headers, (30, 26, 26, 26), come)


def _excused(name: str, rows: Sequence[Registration], form: Form) -> ListTable:
    names = {row.nr: people.first_last(row, form) for row in rows}
    away = [
        (
            people.last_first(row, form),
            row.text(ROLE),
            people.organisation(row, form),
            names.get(row.replaced_by, ""),
        )
        for row in rows
        if row.status.is_out
    ]
    return ListTable(name, "Verontschuldigd", EXCUSED, (30, 26, 26, 30), away)


def _catering(name: str, rows: Iterable[Registration], form: Form) -> ListTable:
    come = [row for row in rows if row.status.is_coming]
    lines: list[tuple[str, str]] = [(sheets.HEADS, str(len(come)))]
    lines += [(one.label, str(one.count)) for one in catering(form, come)]
    return ListTable(name, sheets.FOR_THE_CATERER_LIST, ("Wat", "Aantal"), (60, 12), lines, of_people=False)


def _mailing(name: str, rows: Iterable[Registration], form: Form) -> ListTable:
    """Everybody who comes: at their own address, at that of who sent them in, or reached nowhere."""
    come = [row for row in rows if row.status.is_coming]
    reached = [
        (people.first_last(row, form), email, people.organisation(row, form), how)
        for row in come
        for email, how in (_reached(row, form),)
    ]
    headers = ("Naam", "E-mail", "Bestuur", "Opmerking")
    return ListTable(name, "Mailinglijst", headers, (30, 38, 28, 26), reached)


def _reached(row: Registration, form: Form) -> tuple[str, str]:
    """Where somebody is mailed, and what is to be said of that."""
    if "@" in (email := written_email_of(row.answers, form)):
        return email, ""
    through = sent_in_at(row, form)
    return through, sheets.REACHED_THROUGH if through else sheets.REACHED_NOWHERE


_TABLES: dict[str, Callable[[str, Sequence[Registration], Form], ListTable]] = dict(
    zip(LISTS, (_attendance, _excused, _catering, _mailing), strict=True)
)


def _word_row(cells: Row, grid: Sequence[int], *, header: bool = False) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F4"/>' if header else ""
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f"{_paragraph(text, 'Cell', bold=header)}</w:tc>"
        for text, width in zip(cells, grid, strict=True)
    )
    high = "" if header else '<w:trHeight w:val="400" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{high}{'<w:tblHeader/>' if header else ''}</w:trPr>{inside}</w:tr>"


def _paragraph(text: str, style: str, *, bold: bool = False) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(legal(text))}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'
