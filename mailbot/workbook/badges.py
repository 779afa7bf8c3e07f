"""Sheet Naamkaartjes: ten cards on an A4, to print and cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import zip_longest

from mailbot.domain.decision import EventState
from mailbot.domain.form import ROLE
from mailbot.workbook import generated_block, people, theme
from mailbot.workbook.generated_block import BlockLine
from mailbot.workbook.layout import Layout
from mailbot.xlsx.package import fragment
from mailbot.xlsx.styles import TEXT, Style
from mailbot.xlsx.worksheet import Worksheet

#: Characters: two cards and the gap between them stay on the paper where neither Arial nor a font as wide is
#: there, and LibreOffice takes DejaVu, in which a digit is a fifth wider.
_WIDE, _GAP = 42, 1
_PER_PAGE = 5  # rows of two cards
_GREY = "595959"
#: From top to bottom of a card: what stands there, its look and its height in points.
_TITLE = Style(TEXT, size=9, colour="33566F", horizontal="center", vertical="center", wrap=True, border="tlr")
_TITLE_HEIGHT = 26.0
_ROLE = Style(TEXT, colour=_GREY, horizontal="center", vertical="center", wrap=True, border="lr")
_FROM = Style(TEXT, horizontal="center", vertical="top", wrap=True, border="blr")
_NAME = Style(TEXT, bold=True, horizontal="center", vertical="bottom", wrap=True, border="lr")
_HEIGHTS = (_TITLE_HEIGHT, 50.0, 26.0, 44.0)
#: What stands on a card, from top to bottom.
_Card = tuple[str | None, str | None, str | None, str | None]
#: By how many characters a line has, the size that leaves room at both edges of a card; what is longer takes
#: the last, on two lines. Numbers of Arial.
_SIZES = {
    _NAME: ((15, 22), (20, 18), (25, 14), (0, 14)),
    _ROLE: ((31, 12), (37, 10), (0, 9)),
    _FROM: ((27, 14), (33, 12), (0, 11)),
}


def create(sheet: Worksheet, _title: str) -> None:
    """A new sheet: A4, upright, nothing but cards."""
    theme.columns(sheet, (_WIDE, _GAP, _WIDE))
    theme.view(sheet, grid=False)
    _on_paper(sheet)


#: The former page set-up of the cards, with narrower margins: a sheet that still has it is changed.
_FORMER_PAPER = theme.Printed(0, 0.4)


def _on_paper(sheet: Worksheet) -> None:
    theme.paper(sheet, title=sheet.title, landscape=False, margin=0.25, fit=False, numbered=False, grow=True)


def write(sheet: Worksheet, state: EventState, layout: Layout, before: Sequence[str]) -> list[str]:
    """Draws a card for each person who comes, by name. Long names are set smaller until they fit.
    ``before`` and what is returned are those of ``generated_block.draw``."""
    if theme.printed(sheet) == _FORMER_PAPER:
        theme.forget_paper(sheet)
        _on_paper(sheet)
    event, form = layout.event, layout.form
    if event is None or form is None:
        return []
    come = [r for r in state.registrations if r.status.is_coming]
    come.sort(key=lambda registration: people.by_name(registration, form))
    cards: list[_Card] = [
        (
            event.title,
            people.first_last(r, form),
            r.text(ROLE) or None,
            people.organisation(r, form) or None,
        )
        for r in come
    ]
    lines = [line for left, right in zip_longest(cards[::2], cards[1::2]) for line in _pair(left, right)]
    drawn = generated_block.draw(sheet, lines or [BlockLine()], 3, before=before)
    _page_breaks(sheet, len(lines))
    return drawn


def _pair(left: _Card, right: _Card | None) -> Iterator[BlockLine]:
    """The lines of two cards beside each other, and of the room below them; the last may stand alone."""
    gap = Style()
    for index, (look, height) in enumerate(zip((_TITLE, _NAME, _ROLE, _FROM), _HEIGHTS, strict=True)):
        first, second = _fitting(look, left[index]), _fitting(look, right[index]) if right else gap
        yield BlockLine((left[index], None, right[index] if right else None), (first, gap, second), height)
    yield BlockLine((), (gap,), 8)


@cache
def _fitting(look: Style, text: str | None) -> Style:
    """The look in the size in which a text stays clear of the edges. Excel's own shrinking fills the card
    from edge to edge."""
    length = len(text or "")
    sizes = _SIZES.get(look, ())
    return next((replace(look, size=size) for most, size in sizes if length <= most or not most), look)


def _page_breaks(sheet: Worksheet, rows: int) -> None:
    old = sheet.section("rowBreaks")
    if old is not None:
        sheet.root.remove(old)
    top, _ = generated_block.origin(sheet)
    page = 5 * _PER_PAGE
    ids = range(top - 1 + page, top - 1 + rows, page)
    if ids:
        inside = "".join(f'<brk id="{id_}" max="16383" man="1"/>' for id_ in ids)
        sheet.put(
            fragment(f'<rowBreaks count="{len(ids)}" manualBreakCount="{len(ids)}">{inside}</rowBreaks>')
        )
