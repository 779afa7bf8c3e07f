"""A document's blocks → the same blocks in the shapes that the layouts read.

Forms draw one thing in several ways: a box a character, the labels of several questions stacked in
one cell. They are told here, once for every format, by what
stands in the cells, and put in the plain shape: a label with its answer beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from mailbot.domain.document import Block, Cell, Paragraph, Span, Table, all_lines
from mailbot.extraction.labels import Labels
from mailbot.extraction.spans import cut, text_of
from mailbot.extraction.spans import lines as lines_of
from mailbot.extraction.table_rows import with_headings, with_marked_options
from mailbot.extraction.typed_looks import with_typed_looks
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.normalize import letters

_LONG_NAME = 5  # letters
_BOXES = 4  # cells of one character that make a word of boxes
_NO_LETTERS = frozenset({"", "?", "-", "/", *"xXvV"})  # in such boxes: marks, and what is left open
_BOXES_OF_FIGURES = 8  # of a date, where a row of numbers is no word
MOST_ROWS = 200  # a form's; longer tables are lists of people


def reshaped(blocks: Iterable[Block], labels: Labels) -> tuple[Block, ...]:
    """The blocks with letter boxes joined and stacked labels unstacked."""
    blocks = with_headings(map(with_typed_looks, _with_kept_hints(tuple(blocks), labels)), labels)
    return tuple(_reshaped(_without_boxes(blocks), labels))


# ---------------------------------------------------------------- hints that were typed over


def _with_kept_hints(blocks: tuple[Block, ...], labels: Labels) -> tuple[Block, ...]:
    """The blocks, with what is marked as a hint taken for typed where a name among the hints spells an
    address among them: some programs keep the mark of a hint that was typed over."""
    hints = {text for line in all_lines(blocks) for text in _hints_in(line)}
    spelt = {letters(text.partition("@")[0]) for text in hints if "@" in text}
    words = {letters(text) for text in hints if "@" not in text and not labels.match(text)} - {""}
    long = any(name in local for name in words if len(name) >= _LONG_NAME for local in spelt)
    whole = any(local.removeprefix(name) in words - {name} for local in spelt for name in words)
    if not (long or whole):
        return blocks
    return tuple(_typed(block) for block in blocks)


def _hints_in(line: Paragraph) -> Iterator[str]:
    return (span.text for span in line.spans if span.placeholder and span.slot)


def _typed(block: Block) -> Block:
    if not isinstance(block, Table):
        return replace(block, spans=tuple(replace(span, placeholder=False) for span in block.spans))
    rows = (
        tuple(replace(cell, blocks=tuple(map(_typed, cell.blocks))) for cell in row) for row in block.rows
    )
    return replace(block, rows=tuple(rows))


def _reshaped(blocks: Iterable[Block], labels: Labels) -> Iterator[Block]:
    for block in _in_columns(tuple(blocks), labels):
        if not isinstance(block, Table) or len(block.rows) > MOST_ROWS:
            yield block
            continue
        block = with_marked_options(block, labels)
        yield replace(block, rows=tuple(row for old in block.rows for row in _unstacked(old, labels)))


# ---------------------------------------------------------------- a box a character


def _without_boxes(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with rows of boxes joined; one that is nothing else becomes a line of text."""
    for block in blocks:
        if not isinstance(block, Table):
            yield block
            continue
        if not any(len(row) >= _BOXES for row in block.rows):
            yield block
            continue
        worded = {
            cell.column
            for row in block.rows
            for cell in row
            if cell.columns == 1 and len(cell.text.strip()) > 1
        }
        rows = tuple(
            _joined(row, worded, is_code=len(block.rows) == 1 and _is_code(row)) for row in block.rows
        )
        if len(rows) == 1 and len(rows[0]) == 1 < len(block.rows[0]):
            yield from rows[0][0].blocks
        else:
            yield replace(block, rows=rows)


def _is_code(row: tuple[Cell, ...]) -> bool:
    """Whether a row is a figure in each of its cells, and no scale ("1 | 2 | 3 | 4 | 5"): a postcode."""
    figures = "".join(cell.text.strip() for cell in row)
    return figures.isdecimal() and len(figures) == len(row) and figures not in "0123456789"


def _joined(row: tuple[Cell, ...], worded: Set[int], *, is_code: bool) -> tuple[Cell, ...]:
    """The row with each run of cells of one character as one cell; not where most of them stand in columns
    with words in other rows (``worded``): answers of a letter each below their headings."""
    result: list[Cell] = []
    run: list[Cell] = []
    for cell in (*row, None):
        if cell is not None and len(cell.text.strip()) < 2 and not _is_tick(cell):
            run.append(cell)
            continue
        if _is_one_word(run, worded, is_code=is_code):
            word = "".join(one.text.strip() or " " for one in run).strip()
            line = Paragraph((Span(word),), run[0].where)
            result.append(replace(run[0], blocks=(line,), columns=sum(one.columns for one in run)))
        else:
            result += run
        run = []
        if cell is not None:
            result.append(cell)
    return tuple(result)


def _is_one_word(run: Sequence[Cell], worded: Set[int], *, is_code: bool) -> bool:
    """Whether cells of one character beside each other hold one answer; ``is_code``: it may be of figures."""
    filled = sum(bool(one.text.strip()) for one in run)
    spells = any(one.text.strip() not in _NO_LETTERS for one in run)
    figures = any(any(map(str.isdigit, one.text)) for one in run)
    least = _BOXES_OF_FIGURES if figures and not is_code else _BOXES
    below_words = 2 * sum(one.column in worded for one in run) > len(run)
    is_word = filled > 1 and spells and not below_words
    return len(run) >= least and is_word and bool(run[0].text.strip())


def _is_tick(cell: Cell) -> bool:
    return cell.text.strip() in (TICKED, UNTICKED, "x", "X")


# ---------------------------------------------------------------- labels stacked in a cell


def _unstacked(row: tuple[Cell, ...], labels: Labels) -> Iterator[tuple[Cell, ...]]:
    """A row for each line, where one cell holds only labels and its neighbour as many answers."""
    if len(row) == 2:
        asked, answers = (_lines(cell) for cell in row)
        matched = [labels.match(line.text) for line in asked]
        if len(asked) > 1 and len(asked) == len(answers) and all(matched):
            for question, answer in zip(asked, answers, strict=True):
                yield (replace(row[0], blocks=(question,)), replace(row[1], blocks=(answer,)))
            return
    yield row


def _lines(cell: Cell) -> list[Paragraph]:
    if not all(isinstance(block, Paragraph) for block in cell.blocks):
        return []
    lines: list[Paragraph] = []
    for block in cell.blocks:
        if isinstance(block, Paragraph) and block.text.strip():
            parts = lines_of(block)
            lines += [replace(block, spans=part) for part in parts if text_of(part)]
    return lines


# ---------------------------------------------------------------- lines in columns


def _in_columns(blocks: tuple[Block, ...], labels: Labels) -> Iterator[Block]:
    """The blocks, with lines cut alike by tabs, one under the other, as a table; not those whose labels
    stand below their answers, as lines that are cut otherwise stand between them."""
    position = 0
    while position < len(blocks):
        end = position
        width = _width(blocks[position])
        while width > 1 and end < len(blocks) and _width(blocks[end]) == width:
            end += 1
        run = end - position
        if run >= 4 and not run % 2 and not _ends_in_captions(blocks[position:end], labels):
            lines = [block for block in blocks[position:end] if isinstance(block, Paragraph)]
            yield Table(tuple(map(_cells, lines)), lines[0].where, lines[0].quote)
            position = end
        else:
            yield blocks[position]
            position += 1


def _ends_in_captions(lines: tuple[Block, ...], labels: Labels) -> bool:
    """Whether the last line asks and the first does not."""
    first, last = (
        [labels.exactly(text.strip()) for text in line.text.split("\t")] for line in (lines[0], lines[-1])
    )
    return all(last) and not any(first) and ":" not in lines[-1].text


def _width(block: Block) -> int:
    if not isinstance(block, Paragraph) or any(span.slot for span in block.spans):
        return 0
    return len(block.text.split("\t"))


def _cells(line: Paragraph) -> tuple[Cell, ...]:
    edges = [-1, *(n for n, sign in enumerate(line.text) if sign == "\t"), len(line.text)]
    return tuple(
        Cell((replace(line, spans=cut(line.spans, start + 1, end)),), line.where, column=n)
        for n, (start, end) in enumerate(pairwise(edges))
    )
