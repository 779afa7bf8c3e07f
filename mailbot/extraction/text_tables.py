"""Tables typed or pasted as lines of text: a line of questions, a line for each person below it.

Cut by tabs (pasted from Excel), by "|" (Markdown), or by a sign as people type it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.domain.document import Block, Cell, Paragraph, Table
from mailbot.domain.form import FieldKind
from mailbot.extraction.headings import section
from mailbot.extraction.labels import Labels
from mailbot.extraction.spans import cut, text_of

_TAB = r"\t"
_SEPARATORS = (_TAB, r"\|", r";", r",", r"\s[-–/]\s", r" {2,}")
_SURE = _SEPARATORS[:2]  # nobody types these in running words
_RULED = re.compile(r"[\s|:+=_-]+")  # between the questions and the answers of a Markdown table
_MOST_CELLS = 30

Row = tuple[Cell, ...]


def with_tables(blocks: Iterable[Block], labels: Labels) -> tuple[Block, ...]:
    """The blocks, with lines that are a table turned into one. A cell's source is its line."""
    kept = tuple(blocks)
    result: list[Block] = []
    position = 0
    while position < len(kept):
        table, length = _table_at(kept, position, labels)
        result.append(table or kept[position])
        position += length
    return tuple(result)


def _table_at(blocks: tuple[Block, ...], start: int, labels: Labels) -> tuple[Table | None, int]:
    """The table that begins here and how many blocks it takes; None and 1 where none does."""
    head = blocks[start]
    if not isinstance(head, Paragraph):
        return None, 1
    for separator in _SEPARATORS:
        if not re.search(separator, head.text):
            continue
        questions = _cells(head, separator)
        if separator == _TAB and _are_people(questions):
            return _people_beside(blocks, start, questions, labels)
        if not _are_questions(questions, labels, least=2 if separator in _SURE else 3):
            continue
        answers, length = _answers_below(blocks, start, separator, questions, labels)
        if answers:
            return Table((questions, *answers), head.where, head.quote), 1 + length
    return None, 1


def _are_people(cells: Row) -> bool:
    """Whether a line is the headings of people, each a column: "    Deelnemer 1    Deelnemer 2"."""
    begun = [section(cell.text, heading=False) for cell in cells if cell.text.strip()]
    return len({one.number if one else 0 for one in begun} - {0}) == len(begun) > 1


def _people_beside(
    blocks: tuple[Block, ...], start: int, people: Row, labels: Labels
) -> tuple[Table | None, int]:
    """The table of a question a line with an answer for each of the people, and how many blocks it takes."""
    rows = [people]
    for block in blocks[start + 1 :]:
        cells = (
            _cells(block, _TAB) if isinstance(block, Paragraph) and block.quote == blocks[start].quote else ()
        )
        if not 1 < len(cells) <= len(people) or labels.match(cells[0].text.strip()) is None:
            break
        rows.append(cells)
    head = blocks[start]
    return (Table(tuple(rows), head.where, head.quote), len(rows)) if len(rows) > 1 else (None, 1)


def _answers_below(
    blocks: tuple[Block, ...], start: int, separator: str, questions: Row, labels: Labels
) -> tuple[list[Row], int]:
    """The lines that follow at the same depth of quoting and are cut by the same sign, and how many
    blocks they take; none where one of them does not fit the questions, at which the looking ends."""
    answers: list[Row] = []
    position = start + 1
    while position < len(blocks):
        block = blocks[position]
        if not isinstance(block, Paragraph) or block.quote != blocks[start].quote:
            break
        if not _RULED.fullmatch(block.text):
            if not re.search(separator, block.text):
                break
            row = _cells(block, separator)
            if not _fits(row, questions, labels, separator):
                return [], 0
            answers.append(row)
        position += 1
    return answers, position - start - 1


def _are_questions(cells: Row, labels: Labels, least: int) -> bool:
    """Whether a line asks so many different things or more, and little else."""
    asked = [label for cell in cells if (label := labels.exactly(cell.text.strip()))]
    filled = sum(bool(cell.text.strip()) for cell in cells)
    return len({label.keys for label in asked}) >= least and len(asked) + least - 1 >= filled


def _fits(row: Row, questions: Row, labels: Labels, separator: str) -> bool:
    """Whether a line has an answer for each question: one that the mail program broke has not, and
    its words would come below other questions."""
    if len(row) > len(questions) or any(labels.exactly(cell.text.strip()) for cell in row[:2]):
        return False
    if len(row) < len(questions) and separator != r"\t":
        return False
    asks_mail = {
        cell.column
        for cell in questions
        if (label := labels.match(cell.text.strip())) and labels.kind(label) is FieldKind.EMAIL
    }
    return len(row) > 1 and all(cell.column in asks_mail for cell in row if "@" in cell.text)


def _cells(line: Paragraph, separator: str) -> Row:
    """A line cut at a sign; the frame around a Markdown table falls off."""
    text = text_of(line.spans)
    edges = [0, *(at for found in re.finditer(separator, text) for at in found.span()), len(text)]
    pieces = list(zip(edges[::2], edges[1::2], strict=True))[:_MOST_CELLS]
    if separator == r"\|" and len(pieces) > 1:
        pieces = pieces[not text[: pieces[0][1]].strip() :]
        pieces = pieces[: len(pieces) - (not text[pieces[-1][0] :].strip())]
    return tuple(
        Cell((Paragraph(cut(line.spans, start, end), line.where, line.quote),), line.where, column=column)
        for column, (start, end) in enumerate(pieces)
    )
