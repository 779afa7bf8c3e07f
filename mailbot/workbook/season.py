"""Sheet Seizoen of ``bijeenkomsten.xlsx``: figures over all events that are over, and never who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from mailbot.domain.season import ATTENDED, COUNTED, Counts, EventTotals
from mailbot.wording import sheets
from mailbot.workbook import generated_block, theme
from mailbot.workbook.generated_block import BlockLine
from mailbot.xlsx.styles import DATE, TEXT, WHOLE, Style
from mailbot.xlsx.workbook import Workbook

SHEET = "Seizoen"
_WIDTHS = (44, 15, 15, 13, 17, 13, 3)
_TITLE = Style(size=18, bold=True, colour="33566F")
_SECTION = Style(size=13, bold=True, colour="33566F", border="b", vertical="center")
_HEAD = Style(bold=True, colour="595959", border="b", horizontal="right", wrap=True)
_FIRST = Style(bold=True, colour="595959", border="b")
_NOTE = Style(italic=True, colour="595959")
_WORD, _COUNT = Style(TEXT, border="b", wrap=True), Style(WHOLE, border="b", horizontal="right")
_DAY = Style(DATE, border="b", horizontal="right")
_LAST = Style(WHOLE, border="b", bold=True, horizontal="right")


def draw(book: Workbook, totals: Sequence[EventTotals]) -> None:
    """Draws the sheet anew; it is made once an event is over. Raises ``DamagedError``."""
    sheet = book.sheet(SHEET)
    if sheet is None and not totals:
        return
    if sheet is None:
        sheet = book.add_sheet(SHEET)
        theme.columns(sheet, _WIDTHS)
        theme.view(sheet, grid=False)
        theme.paper(sheet, title=SHEET, landscape=True)
    lines = [
        BlockLine((sheets.SEASON,), (_TITLE,), 28),
        BlockLine((sheets.SEASON_IS,), (_NOTE,)),
    ]
    lines += _events(totals)
    lines += _groups("Per bestuur", "Bestuur", totals, [one.organisations for one in totals])
    lines += _groups("Per soort functie", "Functie", totals, [one.functions for one in totals])
    generated_block.draw(sheet, lines, len(COUNTED) + 2)


def _events(totals: Sequence[EventTotals]) -> list[BlockLine]:
    lines = [
        BlockLine(),
        BlockLine(("Per bijeenkomst",), (_SECTION,), 22),
        BlockLine(("Bijeenkomst", "Datum", *COUNTED), (_FIRST, _HEAD)),
    ]
    whole: Counter[str] = Counter()
    for one in totals:
        counts = _together(one.organisations.values())
        whole += counts
        day = date.fromisoformat(one.day) if one.day else None
        cells = (one.title or one.event, day, *_figures(counts, ticked=_is_ticked(one)))
        lines.append(BlockLine(cells, (_WORD, _DAY, _COUNT)))
    cells = ("Samen", None, *_figures(whole, ticked=any(map(_is_ticked, totals))))
    lines.append(BlockLine(cells, (_WORD, _DAY, _LAST)))
    return lines


def _is_ticked(one: EventTotals) -> bool:
    """Whether she ticked who was there: where nobody is, she did not note it."""
    return any(counts.get(ATTENDED) for counts in one.organisations.values())


def _figures(counts: Mapping[str, int], *, ticked: bool) -> list[int | None]:
    """The cells behind a name; who was there stays empty where it was not noted."""
    return [None if what == ATTENDED and not ticked else counts.get(what, 0) for what in COUNTED]


def _groups(
    title: str, header: str, totals: Sequence[EventTotals], counted: Sequence[Counts]
) -> list[BlockLine]:
    lines = [
        BlockLine(),
        BlockLine((title,), (_SECTION,), 22),
        BlockLine((header, "Bijeenkomsten", *COUNTED), (_FIRST, _HEAD)),
    ]
    for name in sorted({name for each in counted for name in each}, key=str.casefold):
        counts = _together(each.get(name, {}) for each in counted)
        here = [one for one, each in zip(totals, counted, strict=True) if each.get(name)]
        figures = _figures(counts, ticked=any(map(_is_ticked, here)))
        lines.append(BlockLine((name, len({one.event for one in here}), *figures), (_WORD, _COUNT)))
    return lines


def _together(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    whole: Counter[str] = Counter()
    for each in counts:
        whole.update(each)
    return whole
