"""Sheet Aanwezigheidslijst: to print, with room to sign."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.domain.decision import EventState
from mailbot.domain.form import ROLE
from mailbot.wording import sheets
from mailbot.wording.dates import in_figures, when_text
from mailbot.workbook import generated_block, people, theme
from mailbot.workbook.generated_block import BlockLine
from mailbot.workbook.layout import Layout
from mailbot.xlsx.cell import wrapped_lines
from mailbot.xlsx.styles import TEXT, Style
from mailbot.xlsx.worksheet import Worksheet

_BLANK = 10
_HEADERS = ("Naam", "Functie", "Bestuur", "Handtekening")
_WIDTHS = (34, 30, 30, 30)
_HEADER_ROW = 4


def create(sheet: Worksheet, title: str) -> None:
    """A new sheet: A4, upright, its header on each page."""
    theme.columns(sheet, _WIDTHS)
    theme.view(sheet, freeze_rows=_HEADER_ROW, grid=False)
    theme.paper(sheet, title=title, landscape=False, repeat=f"{_HEADER_ROW}:{_HEADER_ROW}")


def write(sheet: Worksheet, state: EventState, layout: Layout, before: Sequence[str]) -> list[str]:
    """Draws the list of those who come, by name, and ten lines for people who were not expected.
    ``before`` and what is returned are those of ``generated_block.draw``."""
    event, form = layout.event, layout.form
    if event is None or form is None:
        return []
    come = [r for r in state.registrations if r.status.is_coming]
    come.sort(key=lambda registration: people.by_name(registration, form))
    cell = Style(TEXT, border="lrtb", vertical="center", wrap=True)
    bold = Style(TEXT, border="lrtb", vertical="center", wrap=True, bold=True)
    as_of = state.as_of.astimezone(layout.zone)
    lines = [
        BlockLine((event.title,), (Style(size=16, bold=True, colour="33566F"),), 24),
        BlockLine((when_and_where(layout),), (Style(colour="595959"),)),
        BlockLine((sheets.AS_OF.format(at=in_figures(as_of)),), (Style(italic=True, colour="595959"),), 20),
        BlockLine(tuple(map(layout.name, _HEADERS)), (theme.HEADER,), 24),
    ]
    for registration in come:
        named = (
            people.last_first(registration, form),
            registration.text(ROLE) or None,
            people.organisation(registration, form) or None,
            None,
        )
        most = max(wrapped_lines(text or "", width) for text, width in zip(named, _WIDTHS, strict=True))
        lines.append(BlockLine(named, (bold, cell), max(30, 4 + 13 * most)))
    lines += [BlockLine((None,) * 4, (cell,), 30) for _ in range(_BLANK)]
    return generated_block.draw(sheet, lines, 4, before=before)


def when_and_where(layout: Layout) -> str:
    """ "donderdag 3 december 2026, 14.00 tot 17.00 uur · OC De Kleine Beer"; empty without a date."""
    event = layout.event
    if event is None:
        return ""
    when = when_text(event.starts, event.ends, "nl")
    return " · ".join(filter(None, (when, event.place)))
