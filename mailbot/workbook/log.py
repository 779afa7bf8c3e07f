"""Sheet Logboek: who did what, when and why. Lines are added below; older ones stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.domain.decision import Logged
from mailbot.wording import as_told, what_was_done, who_did_it
from mailbot.workbook import list_sheet, table, theme
from mailbot.workbook.layout import LOG, Layout
from mailbot.xlsx import row_shift
from mailbot.xlsx.cell import Content
from mailbot.xlsx.references import Move
from mailbot.xlsx.styles import DATE_TIME, MOMENT_WIDTH, TEXT, Style
from mailbot.xlsx.worksheet import LAST_ROW, Worksheet

HEADERS = ("Wanneer", "Wie", "Wat", "Waarom", "Nr")
_WIDTHS = (MOMENT_WIDTH, 28, 54, 54, 11)
#: The width that former versions gave the first column, in which moments showed as "###".
_FORMER_WIDTH = 17


def create(sheet: Worksheet, layout: Layout, title: str) -> None:
    """A new sheet with its headers."""
    list_sheet.lay_out(sheet, [*map(layout.name, HEADERS)], _WIDTHS, height=24)
    theme.paper(sheet, title=title, landscape=True, repeat="1:1")


def write(sheet: Worksheet, log: Sequence[Logged], held: int, layout: Layout) -> None:
    """Adds the lines after the first ``held``, which stand there already; 0 draws all anew."""
    theme.widen(sheet, 1, (_FORMER_WIDTH,), _WIDTHS[0])
    if held == 0 and sheet.last_row > 1:
        row_shift.move_rows(sheet, Move(gone=frozenset(range(2, sheet.last_row + 1))))
    at = max((row for row in sheet.filled(1) if row < LAST_ROW - len(log)), default=1)
    moment = sheet.book.styles.index(Style(DATE_TIME, border="b", horizontal="left"))
    text = sheet.book.styles.index(Style(TEXT, border="b", wrap=True))
    rows: dict[int, list[tuple[int, Content, int]]] = {}
    for row, logged in enumerate(log[held:], start=at + 1):
        line = logged.line
        local = logged.at.astimezone(layout.zone).replace(tzinfo=None, microsecond=0)
        words = (who_did_it(line), what_was_done(line), as_told(line.why), line.registration)
        rows[row] = [(1, local, moment), *((i, word or None, text) for i, word in enumerate(words, start=2))]
    sheet.add(rows)
    for row, cells in rows.items():
        sheet.fit(row, zip((str(words or "") for _, words, _ in cells[1:4]), _WIDTHS[1:4], strict=True))
    table.cover(sheet, layout.sheet(LOG), 1, 1, at + len(rows))
