"""The page that the sheet Overzicht is drawn on: its lines, and formulas over the cells of Deelnemers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from mailbot.domain.decision import EventState
from mailbot.domain.registration import COMING, Status
from mailbot.workbook.generated_block import BlockLine
from mailbot.workbook.layout import PARTICIPANTS, STATUS, Layout
from mailbot.workbook.theme import quoted
from mailbot.xlsx.cell import Content, Formula, wrapped_lines
from mailbot.xlsx.cell_names import column_letters
from mailbot.xlsx.styles import TEXT, WHOLE, Style

WIDTH = 6
#: The columns, and the one beside the charts.
WIDTHS = (36, 16, 25, 13, 13, 17, 3)
BLUE, GREY = "33566F", "595959"
_SECTION = Style(size=13, bold=True, colour=BLUE, border="b", vertical="center")
WORD = Style(TEXT, border="b", wrap=True)
COUNT = Style(WHOLE, border="b", horizontal="right")
_PLAIN = Style()
#: The hidden sheet of what people wrote, for formulas to refer to.
WORDS_SHEET = "mailbot-woorden"
_LEAST = 2000  # rows of Deelnemers that formulas look at, at the least


class OverviewPage:
    """The lines so far, and how formulas name the columns of Deelnemers."""

    def __init__(
        self, top: int, left: int, state: EventState, layout: Layout, columns: Mapping[str, int]
    ) -> None:
        self.lines: list[BlockLine] = []
        self.marks: dict[str, tuple[int, int]] = {}
        self.top, self.left, self.state, self.layout = top, left, state, layout
        self._sheet = quoted(layout.sheet(PARTICIPANTS))
        self._columns = columns
        self.words: list[str] = []
        self._last = max(_LEAST, 4 * len(state.registrations))

    @property
    def next_row(self) -> int:
        """The sheet's row that the next line stands on."""
        return self.top + len(self.lines)

    def column(self, key: str) -> str:
        """A whole column of Deelnemers, in a formula."""
        letter = column_letters(self._columns[key])
        return f"{self._sheet}!${letter}:${letter}"

    def rows(self, key: str) -> str:
        """The cells of a column of Deelnemers, for formulas that look at each of them."""
        letter = column_letters(self._columns[key])
        return f"{self._sheet}!${letter}$1:${letter}${self._last}"

    def said(self, key: str, words: Iterable[str]) -> str:
        """A term that is 1 for each row of Deelnemers that says one of these words, without regard to
        case. What people wrote stands in cells of a hidden sheet, never in the formula itself, where a
        quote or a long text would break it."""
        terms = []
        for one in words:
            self.words.append(one)
            terms.append(
                f"({self.rows(key)}={quoted(WORDS_SHEET)}!$A${len(self.words)})"
                if one
                else f'({self.rows(key)}="")'
            )
        return f"({'+'.join(terms)})"

    def here(self, column: int, first: int, last: int) -> str:
        """A stretch of one of this sheet's own columns (from 0), in a formula."""
        letter = column_letters(self.left + column)
        return f"${letter}${first}:${letter}${last}"

    def section(self, title: str, *headers: str, numbers: int = 3) -> None:
        """A heading, with room above it, and the headers of its columns; from the column ``numbers``
        (from 0) on there stand numbers."""
        self.lines.append(BlockLine())
        self.lines.append(BlockLine((title,), (_SECTION,), 22))
        if headers:
            small = Style(bold=True, colour=GREY, border="b", wrap=True)
            aligned = tuple(
                Style(bold=True, colour=GREY, border="b", horizontal="right", wrap=True)
                if i >= numbers
                else small
                for i in range(WIDTH)
            )
            self.lines.append(BlockLine(headers, aligned))

    def add(self, *cells: Content | Formula, styles: tuple[Style, ...] = (WORD, COUNT)) -> None:
        """A line, as high as what is wrapped in it; behind its cells nothing is ruled."""
        looks = [styles[min(i, len(styles) - 1)] for i in range(len(cells))]
        parts = zip(cells, looks, WIDTHS, strict=False)
        wrapped = [(str(c), w) for c, look, w in parts if look.wrap and isinstance(c, str)]
        high = max((wrapped_lines(text, width) for text, width in wrapped), default=1)
        self.lines.append(BlockLine(cells, (*looks, _PLAIN), 3 + 13 * high if high > 1 else 0))

    def count_coming(self, before: str = "", behind: str = "") -> str:
        """A formula that counts those who come, of whom the conditions ``before`` and ``behind`` hold."""
        status = self.column(STATUS)
        return "+".join(f"COUNTIFS({before}{status},{criterion(one.value)}{behind})" for one in COMING)

    def has(self, status: Status) -> str:
        """A term that is 1 for each row of Deelnemers with this status."""
        return f"({self.rows(STATUS)}={_quoted(status.value)})"


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def criterion(words: str) -> str:
    """Words of ours or of the configuration as a criterion of COUNTIFS: taken literally."""
    escaped = re.sub(r"([~*?])", r"~\1", words).replace('"', '""')
    return f'"={escaped[:250]}"'
