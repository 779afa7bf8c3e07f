"""Sheet Logboek: who did what, when and why. Lines are added below; older ones stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.model import Logged
from mailbot.workbook.layout import Layout
from mailbot.workbook.participants import HEADER
from mailbot.workbook.sheet import Sheet
from mailbot.workbook.styles import DATE_TIME, TEXT, Style

HEADERS = ("Wanneer", "Wie", "Wat", "Waarom", "Nr")


def write(sheet: Sheet, log: Sequence[Logged], held: int, layout: Layout) -> None:
    """Adds the lines after the first ``held``."""
    styles = sheet.book.styles
    if held == 0:
        for index, header in enumerate(HEADERS, start=1):
            sheet.set(1, index, layout.name(header), styles.index(HEADER))
    at = max(sheet.last_row, 1)
    for logged in log[held:]:
        at += 1
        line = logged.line
        moment = logged.at.astimezone(layout.zone).replace(tzinfo=None, microsecond=0)
        sheet.set(at, 1, moment, styles.index(Style(DATE_TIME)))
        for index, text in enumerate((line.who, line.what, line.why, line.registration), start=2):
            sheet.set(at, index, text or None, styles.index(Style(TEXT, wrap=True)))
