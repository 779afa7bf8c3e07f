"""The body of a Word document: lines, tables and text boxes in reading order.

Insertions that were tracked are read and deletions are not, so that the text is the one on
the screen; hidden text is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from mailbot.documents.content import DEEPEST, BlockBudget, RowsWithMerges, TooLarge, paragraphs
from mailbot.documents.word_controls import Control, control
from mailbot.documents.word_line import WordLine
from mailbot.documents.word_styles import W, WordStyles
from mailbot.domain.document import Block, Cell, Location, Paragraph, Table, Unit

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset({W + name for name in ("del", "moveFrom", "sectPr", "sdtPr", "sdtEndPr", "pPr", "tblPr")})
_HIGH, _DIGITS = 850, 5  # of a height in twentieths of a point: a centimetre and a half, and what Word allows
_MOST_COLUMNS = 64  # Word itself allows 63


class WordBody:
    """Reads one story of a document (body, header, footer) and counts its lines and tables."""

    def __init__(self, styles: WordStyles, budget: BlockBudget) -> None:
        self._styles = styles
        self._budget = budget

    def blocks(self, container: etree._Element, where: Location) -> list[Block]:
        """The blocks in a part, each with its source: "regel 4" or "tabel 1, rij 3"."""
        blocks: list[Block] = []
        lines = tables = boxes = 0
        for element, inside in self._content(container, None):
            if element.tag == W + "tbl":
                tables += 1
                blocks.append(self._grid(element, where.at(Unit.TABLE, tables), 1))
                continue
            line = self._line(element, inside)
            for paragraph in self._paragraphs(element, line, where):
                lines += 1
                blocks.append(replace(paragraph, where=where.at(Unit.LINE, lines)))
            for box in line.boxes:
                boxes += 1
                blocks += self._inner(box, where.at(Unit.BOX, boxes), None, 2)
        return blocks

    def _content(
        self, container: etree._Element, inside: Control | None
    ) -> Iterator[tuple[etree._Element, Control | None]]:
        """Paragraphs and tables in a container, wrappers of all kinds opened."""
        for element in container:
            tag = element.tag
            if tag in (W + "p", W + "tbl"):
                yield element, inside
            elif tag == W + "sdt":
                content = element.find(W + "sdtContent")
                if content is not None:
                    # A control around whole tables or rows (a repeating section) is no answer.
                    own = None if content.find(f".//{W}tbl") is not None else control(element)
                    for paragraph, around in self._content(content, own or inside):
                        # Only a control that is empty as a whole has an open slot.
                        yield (
                            paragraph,
                            None if own and around is own and _is_spare(paragraph, content) else around,
                        )
            elif tag == _MC + "AlternateContent":
                chosen = _chosen(element)
                if chosen is not None:
                    yield from self._content(chosen, inside)
            elif isinstance(tag, str) and tag not in _GONE:
                yield from self._content(element, inside)

    def _line(self, paragraph: etree._Element, inside: Control | None) -> WordLine:
        line = WordLine(self._styles)
        line.read(paragraph, inside)
        self._budget.spend(1 + len(line.spans))
        return line

    def _paragraphs(self, element: etree._Element, line: WordLine, where: Location) -> list[Paragraph]:
        return paragraphs(line.spans, where, self._is_heading(element))

    def _is_heading(self, paragraph: etree._Element) -> bool:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None:
            return False
        name = self._styles.name(style.get(W + "val"))
        return name.startswith("heading") or name in ("title", "subtitle")

    def _inner(
        self, container: etree._Element, where: Location, inside: Control | None, depth: int
    ) -> list[Block]:
        """What stands in a cell or text box; all its lines have the same source."""
        if depth > DEEPEST:
            raise TooLarge("tables or boxes in one another")
        blocks: list[Block] = []
        tables = 0
        for element, around in self._content(container, inside):
            if element.tag == W + "tbl":
                tables += 1
                blocks.append(self._grid(element, where.at(Unit.TABLE, tables), depth + 1))
                continue
            line = self._line(element, around)
            blocks += self._paragraphs(element, line, where)
            for box in line.boxes:
                blocks += self._inner(box, where, None, depth + 1)
        return blocks

    def _grid(self, table: etree._Element, where: Location, depth: int) -> Table:
        grid = RowsWithMerges()
        for number, row in enumerate(_rows(table), 1):
            grid.begin()
            column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
            source = where.at(Unit.ROW, number)
            for cell, inside in _cells(row, None):
                self._budget.spend()
                span = max(1, _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1))
                side, down = cell.find(f"{W}tcPr/{W}hMerge"), cell.find(f"{W}tcPr/{W}vMerge")
                covered = (_is_covered(side) and grid.widen(span)) or (
                    _is_covered(down) and grid.lengthen(column)
                )
                if not covered:
                    found = tuple(self._inner(cell, source, inside, depth + 1))
                    room = _ends_empty(cell) or (_is_high(row) and _begins_at_top(cell))
                    read = Cell(found, source, span, 1, column, room, painted=_is_painted(cell))
                    grid.put(read, goes_on=down is not None)
                column = min(column + span, 4 * _MOST_COLUMNS)
        return grid.table(where)


def _is_spare(paragraph: etree._Element, content: etree._Element) -> bool:
    """Whether this is an empty line of a control that holds text elsewhere."""
    text = f".//{W}t"
    return len(content) > 1 and paragraph.find(text) is None and content.find(text) is not None


def _ends_empty(cell: etree._Element) -> bool:
    """Whether an empty line ends a cell of words."""
    lines = [element for element in cell if element.tag != W + "tcPr"]
    return (
        len(lines) > 1
        and all(line.tag == W + "p" for line in lines)
        and all(part.tag == W + "rPr" for run in lines[-1].iter(W + "r") for part in run)
    )


def _is_high(row: etree._Element) -> bool:
    """Whether a row was drawn high enough for lines below the first."""
    height = row.find(f"{W}trPr/{W}trHeight")
    value = height.get(W + "val", "") if height is not None else ""
    return value.isdecimal() and len(value) <= _DIGITS and int(value) >= _HIGH


def _begins_at_top(cell: etree._Element) -> bool:
    """Whether a cell is white and its words stand at its top: no banner."""
    properties = cell.find(W + "tcPr")
    if properties is None:
        return True
    side = properties.find(W + "vAlign")
    return not _is_painted(cell) and (side is None or side.get(W + "val") == "top")


def _is_painted(cell: etree._Element) -> bool:
    """Whether the ground of a cell has a colour of its own."""
    shade = cell.find(f"{W}tcPr/{W}shd")
    return shade is not None and shade.get(W + "fill", "auto") not in ("auto", "FFFFFF")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        if element.tag == W + "tr":
            if element.find(f"{W}trPr/{W}del") is None:
                yield element
        elif element.tag == W + "sdt":
            yield from (row for content in element.findall(W + "sdtContent") for row in _rows(content))
        elif isinstance(element.tag, str) and element.tag not in _GONE:
            yield from _rows(element)


def _cells(row: etree._Element, inside: Control | None) -> Iterator[tuple[etree._Element, Control | None]]:
    for element in row:
        if element.tag == W + "tc":
            if element.find(f"{W}tcPr/{W}cellDel") is None:
                yield element, inside
        elif element.tag == W + "sdt":
            for content in element.findall(W + "sdtContent"):
                yield from _cells(content, control(element))
        elif isinstance(element.tag, str) and element.tag not in _GONE:
            yield from _cells(element, inside)


def _chosen(alternate: etree._Element) -> etree._Element | None:
    """The one variant to read: Word's own choice, so that a text box is not read twice."""
    choice = alternate.find(_MC + "Choice")
    return choice if choice is not None else alternate.find(_MC + "Fallback")


def _number(element: etree._Element | None, default: int) -> int:
    """A count among properties, clamped to what Word allows."""
    value = element.get(W + "val", "") if element is not None else ""
    return min(int(value[:12]), _MOST_COLUMNS) if value.isdecimal() else default


def _is_covered(merge: etree._Element | None) -> bool:
    """Whether a mark of a merged cell stands in a cell that it covers, and not in its first."""
    return merge is not None and merge.get(W + "val") != "restart"
