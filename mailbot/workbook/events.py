"""The events that a case of no event can be assigned to, in a hidden list that the drop-down refers to."""

from __future__ import annotations

from mailbot.domain.event import Event
from mailbot.workbook.layout import Layout
from mailbot.workbook.theme import quoted
from mailbot.xlsx.workbook import Workbook

_SHEET = "Bijeenkomsten"


def listed(book: Workbook, layout: Layout) -> str:
    """Writes the open events into their list and gives the range that the drop-down takes."""
    sheet = book.sheet(_SHEET) or book.add_sheet(_SHEET, hidden=True)
    names = [_named(event) for event in layout.events]
    for at in range(1, max(sheet.last_row, len(names)) + 1):
        wanted = names[at - 1] if at <= len(names) else None
        if sheet.get(at, 1) != wanted:
            sheet.set(at, 1, wanted)
    return f"{quoted(_SHEET)}!$A$1:$A${len(names)}"


def shown(chosen: str, layout: Layout) -> str:
    """The event of this id as the list has it; any other text as it is."""
    return next((_named(event) for event in layout.events if event.id == chosen), chosen)


def _named(event: Event) -> str:
    return f"{event.title} ({event.id})"


def chosen(text: str) -> str:
    """The id of the event that she chose ("Overleg (kis)": kis), or what she typed."""
    return text.rpartition("(")[2].removesuffix(")").strip()
