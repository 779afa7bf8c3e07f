"""What a reader of one format gives, and the ways in which it may fail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from mailbot.domain.document import Block, Cell, Location, Paragraph, ParseStatus, Part, Span, Table
from mailbot.domain.statement import Statement
from mailbot.text.characters import FILLED, TICKED, UNTICKED, ticked

#: More blocks or cells than any form has: a bomb, or a list for a person to look at.
MOST_BLOCKS = 50_000
_FILLED = re.compile(f"[{FILLED}]")

#: Tables in tables, archives in archives: deeper than this nobody reads.
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Content:
    """What a document shows: blocks in reading order, parts inside it, remarks for the sender.

    ``recognised`` is true for text read from a picture; ``macros`` for a document that holds any;
    ``uncalculated`` where a formula has no stored result, and its cell was read as empty.
    """

    blocks: tuple[Block, ...] = ()
    children: tuple[Part, ...] = ()
    notes: tuple[Statement, ...] = ()
    recognised: bool = False
    macros: bool = False
    uncalculated: bool = False


class Unreadable(Exception):  # noqa: N818  a state of the document, named as the outcome is
    """The document is damaged. ``state`` is what the reading becomes."""

    state = ParseStatus.UNREADABLE


class Protected(Unreadable):
    """The document asks for a password."""

    state = ParseStatus.PROTECTED


class TooLarge(Unreadable):
    """The document passes a bound: bytes, pages, cells, depth."""

    state = ParseStatus.TOO_LARGE


class Empty(Unreadable):
    """The document has no content at all."""

    state = ParseStatus.EMPTY


class Unsupported(Unreadable):
    """Nothing here can read this kind of document."""

    state = ParseStatus.UNSUPPORTED


class OnlyPictures(Unreadable):
    """There is no text in it, only pictures that may be of text: on ``pages`` of the PDF ``data``, counted
    from 0."""

    state = ParseStatus.PICTURES

    def __init__(self, data: bytes, pages: tuple[int, ...]) -> None:
        super().__init__()
        self.data, self.pages = data, pages


class BlockBudget:
    """Counts blocks and cells down; raises ``TooLarge`` when a document holds too many."""

    def __init__(self, most: int = MOST_BLOCKS) -> None:
        self._left = most

    def spend(self, amount: int = 1) -> None:
        """Takes ``amount`` off; raises ``TooLarge`` below nothing."""
        self._left -= amount
        if self._left < 0:
            raise TooLarge("too many blocks")


def lines(spans: list[Span]) -> Iterator[tuple[Span, ...]]:
    """The spans of a paragraph cut at newlines: one line each, neighbours of a kind joined.

    Lines with neither text nor slot are left out.
    """
    line: list[Span] = []
    for span in spans:
        first, *rest = span.text.split("\n")
        _add(line, span, first)
        for text in rest:
            if _says_something(line):
                yield tuple(line)
            line = []
            if text:
                _add(line, span, text)
    if _says_something(line):
        yield tuple(line)


def paragraphs(spans: list[Span], where: Location, heading: bool = False) -> list[Paragraph]:
    """The lines of one paragraph, all from the same place."""
    return [Paragraph(line, where, heading=heading) for line in lines(spans)]


def with_filled_boxes(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks, with each filled sign ticked that stands in a line with an empty box, whatever the two look
    like, or that begins a line among lines that begin with one: anywhere else it is a bullet."""
    result: list[Block] = []
    for is_line, run in groupby(blocks, _begins_with_a_box):
        found = [_all_ticked(block) if isinstance(block, Paragraph) else block for block in run]
        if is_line and any(block.text.lstrip().startswith(UNTICKED) for block in found):
            found = [_ticked(block) if isinstance(block, Paragraph) else block for block in found]
        result += [_with_filled_cells(block) if isinstance(block, Table) else block for block in found]
    return tuple(result)


def _all_ticked(line: Paragraph) -> Paragraph:
    """A line in which an empty box stands, with each filled sign ticked; one of a single run has them ticked
    as its text was made uniform."""
    if len(line.spans) == 1 or UNTICKED not in line.text or not _FILLED.search(line.text):
        return line
    return replace(line, spans=tuple(replace(span, text=ticked(span.text)) for span in line.spans))


def _begins_with_a_box(block: Block) -> bool:
    if isinstance(block, Table):
        return False
    text = block.text.strip()
    return text[:1] in (UNTICKED, TICKED, *FILLED) and not text.endswith((":", "?"))


def _ticked(line: Paragraph) -> Paragraph:
    for n, span in enumerate(line.spans):
        text = span.text.lstrip()
        if text:
            if text[0] not in FILLED:
                break
            spans = (*line.spans[:n], replace(span, text=TICKED + text[1:]), *line.spans[n + 1 :])
            return replace(line, spans=spans)
    return line


def _with_filled_cells(table: Table) -> Table:
    rows = tuple(
        tuple(
            replace(cell, blocks=with_filled_boxes(cell.blocks)) if _FILLED.search(cell.text) else cell
            for cell in row
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _says_something(line: list[Span]) -> bool:
    return any(span.slot or span.text.strip() for span in line)


def _look(span: Span) -> tuple[bool, ...]:
    return span.slot, span.struck, span.placeholder, span.marked, span.underlined, span.bold


def _add(line: list[Span], span: Span, text: str) -> None:
    last = line[-1] if line else None
    if last and not span.slot and _look(last) == _look(span):
        line[-1] = replace(last, text=last.text + text)
    elif text or span.slot:
        line.append(replace(span, text=text))


class RowsWithMerges:
    """The rows of a table as they are read, of which a cell may go on to the right or below."""

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []
        self._reaching: dict[int, tuple[int, int]] = {}  # column → row and place of the cell that may go on

    def begin(self) -> None:
        """Begins the next row."""
        self.rows.append([])

    def widen(self, columns: int) -> bool:
        """Makes the last cell of the row so many columns wider; False where it has none."""
        row = self.rows[-1]
        if row:
            row[-1] = replace(row[-1], columns=row[-1].columns + columns)
        return bool(row)

    def lengthen(self, column: int) -> bool:
        """Makes the cell above a column reach into this row; False where none goes on there."""
        if column not in self._reaching:
            return False
        at_row, at = self._reaching[column]
        self.rows[at_row][at] = replace(self.rows[at_row][at], rows=len(self.rows) - at_row)
        return True

    def put(self, cell: Cell, *, goes_on: bool) -> None:
        """Puts a cell behind those of the row; ``goes_on``: rows below may be of it."""
        self._reaching.pop(cell.column, None)
        if goes_on:
            self._reaching[cell.column] = (len(self.rows) - 1, len(self.rows[-1]))
        self.rows[-1].append(cell)

    def table(self, where: Location) -> Table:
        """The rows as a table that stands at ``where``."""
        return Table(tuple(map(tuple, self.rows)), where)
