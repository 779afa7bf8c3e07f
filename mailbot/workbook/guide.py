"""Sheet ``Uitleg``: one page for whoever works with the workbook. What it says stands in
``wording.guide``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mailbot.wording import guide
from mailbot.workbook import generated_block, theme
from mailbot.workbook.generated_block import BlockLine
from mailbot.workbook.layout import GUIDE, SHEETS, Layout
from mailbot.xlsx.cell import wrapped_lines
from mailbot.xlsx.package import drop
from mailbot.xlsx.styles import TEXT, Style
from mailbot.xlsx.workbook import Workbook
from mailbot.xlsx.worksheet import Worksheet

#: The width of its one column, in characters, with room to spare on upright A4 in the fonts of any program.
_WIDTH = 80
#: The width that former versions gave it, which ran off the paper.
_FORMER_WIDTH = 92
_TITLE = Style(size=18, bold=True, colour="33566F")
_HEADING = Style(size=13, bold=True, colour="33566F", border="b", vertical="center")
_WORDS = Style(TEXT, wrap=True, vertical="top")


def create(sheet: Worksheet, title: str) -> None:
    """A new sheet: A4, upright, one page."""
    theme.columns(sheet, (_WIDTH,))
    theme.view(sheet, grid=False)
    theme.paper(sheet, title=title, landscape=False, pages_high=1)


def write(sheet: Worksheet, layout: Layout) -> None:
    """Draws the page, where it does not say so already."""
    if round(theme.width(sheet, 1)) == _FORMER_WIDTH and (columns := sheet.section("cols")) is not None:
        drop(columns)
        theme.columns(sheet, (_WIDTH,))
    names = {key: layout.sheet(name) for key, name in SHEETS.items()}
    _draw(sheet, guide.OF_AN_EVENT if layout.event else guide.OF_NONE, names)


def draw_of_events(book: Workbook, events: str, season: str) -> None:
    """Draws the page of ``bijeenkomsten.xlsx``, of which two sheets are named. Raises ``DamagedError``."""
    sheet = book.sheet(GUIDE)
    if sheet is None:
        sheet = book.add_sheet(GUIDE)
        create(sheet, GUIDE)
    _draw(sheet, guide.OF_THE_EVENTS, {"events": events, "season": season})


def _draw(
    sheet: Worksheet, sections: Iterable[tuple[str, tuple[str, ...]]], names: Mapping[str, str]
) -> None:
    lines = [BlockLine((guide.TITLE,), (_TITLE,), 30)]
    for heading, texts in sections:
        lines += [BlockLine(), BlockLine((heading,), (_HEADING,), 24)]
        for text in texts:
            words = text.format(**names)
            lines.append(BlockLine((words,), (_WORDS,), 5 + 15 * wrapped_lines(words, _WIDTH)))
    generated_block.draw(sheet, lines, 1)
