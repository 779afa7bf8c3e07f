"""The rows of a list of people on a filled-in copy: a table, lines cut by tabs, or a line for each cell."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mailbot.domain.document import Location, Span, Unit
from mailbot.extraction.correspondence import Correspondence
from mailbot.extraction.lexicon import phrases
from mailbot.extraction.rooms import LINES_BETWEEN, as_chosen, ticks_box
from mailbot.extraction.template import Question, Template, TemplateColumn
from mailbot.extraction.tokens import Box, Line, Tokenised, between, span_text
from mailbot.extraction.written import Text, Written, is_chosen_from, joined, marked, signs
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.normalize import letters

_SUM = re.compile(phrases("sum"))


def in_list(
    template: Template,
    sheet: Tokenised,
    found: Correspondence,
    question: Question,
    column: TemplateColumn,
    taken: list[bool],
) -> list[Written]:
    """What a list of people says in one column, a row a person: rows may have been added to it, left out, or
    never have been there. Nothing where its rows cannot be told any more."""
    head = found.to[column.head]
    below, position = _below_head(template, sheet, found, column) if head >= 0 else ([], -1)
    printed = {to: n for n, to in enumerate(found.to) if to >= 0 and sheet.tokens[to].is_word}
    written: list[Written] = []
    ends = _ends_of_labels(template)
    under = _columns_under(sheet, found, column)
    labels = _labels_of(template, column)
    is_first_asked = bool(labels) and any(_begins(template, n, _heads(template)) for n in labels[0].lines)
    number = column.person - 1
    for row in below:
        known = _mostly_printed(sheet, row, printed) or _label_below(sheet, row, printed, ends)
        if any(n >= column.end or n < column.head for n in known) or _is_sum(sheet, row, printed, column):
            break  # what stands below the list
        if any(n < column.first for n in known):
            continue  # an example, or a second row of labels, which not every column has below its own
        number += 1
        cell = next((one for one in row if one.column == position), None)
        if cell is None:
            continue
        if not is_first_asked and _counts(sheet, row[0]):
            taken[row[0].first : row[0].last] = [True] * (row[0].last - row[0].first)
        if column.under:
            written.append(_of_columns(template, sheet, question, number, row, under, taken))
            continue
        taken[cell.first : cell.last] = [True] * (cell.last - cell.first)
        if question.ticks:
            pieces = _marked_in(cell, template, sheet, question, printed)
        else:
            pieces = between(sheet, cell.first, cell.last)
        written.append(Written(question, number, joined(pieces, 1), cell.where))
    return written


def _marked_in(
    cell: _Cell, template: Template, sheet: Tokenised, question: Question, printed: Mapping[int, int]
) -> list[Text]:
    """What is marked in a cell with boxes; nothing where they are as the blank has them."""
    own = _untouched(template, question)
    pieces = as_chosen(marked(sheet, cell.first, cell.last, printed), own)
    untouched = not is_chosen_from(pieces) and signs(pieces) == signs(own)
    return [] if untouched else pieces


def _columns_under(sheet: Tokenised, found: Correspondence, column: TemplateColumn) -> list[tuple[int, str]]:
    """Where the columns of a document stand that are options below one label, each with the option."""
    tables = (
        (_below_in_table(sheet, sheet.tokens[found.to[head]].line), option)
        for head, option in column.under
        if found.to[head] >= 0
    )
    return [(table[1], option) for table, option in tables if table is not None]


def _of_columns(
    template: Template,
    sheet: Tokenised,
    question: Question,
    number: int,
    row: Sequence[_Cell],
    under: Sequence[tuple[int, str]],
    taken: list[bool],
) -> Written:
    """Which columns ``under`` a label a row marks: those with a mark, or else those of another colour than
    the blank has; what else was typed in them is said as it is."""
    cells = [(option, cell) for place, option in under for cell in row if cell.column == place]
    ticked: list[str] = []
    said: list[Text] = []
    for option, cell in cells:
        taken[cell.first : cell.last] = [True] * (cell.last - cell.first)
        pieces = between(sheet, cell.first, cell.last)
        if not all(map(ticks_box, sheet.tokens[cell.first : cell.last])):
            said += pieces
        elif pieces and not any(UNTICKED in span_text(spans) for spans, _ in pieces):
            ticked.append(option)
    if not (ticked or said or any(place.start in template.sheet.painted for place in question.places)):
        painted = [option for option, cell in cells if cell.painted]
        ticked = painted if len(painted) < len(cells) else []
    boxes = " ".join(f"{TICKED if option in ticked else UNTICKED} {option}" for option, _ in cells)
    spans = (*((Span(boxes),) if ticked else ()), *joined(said, 1))
    return Written(question, number, spans, cells[0][1].where if cells else question.where)


def _untouched(template: Template, question: Question) -> list[Text]:
    """What the cells of a column offer as long as nobody chose anything."""
    place = question.places[0]
    printed = range(place.start, place.end)
    return marked(template.sheet, place.start, place.end, printed)


def _mostly_printed(sheet: Tokenised, row: Iterable[_Cell], printed: Mapping[int, int]) -> list[int]:
    """The tokens of the blank that a row repeats, where it hardly holds anything else: an answer may well say
    a word that is printed somewhere."""
    words = [n for cell in row for n in range(cell.first, cell.last) if sheet.tokens[n].is_word]
    known = [printed[n] for n in words if n in printed]
    return known if 2 * len(known) > len(words) else []


def _is_sum(
    sheet: Tokenised, row: Iterable[_Cell], printed: Mapping[int, int], column: TemplateColumn
) -> bool:
    """Whether a row is that of the sums below a list, which the blank has as well."""
    words = (n for cell in row for n in range(cell.first, cell.last) if sheet.tokens[n].is_word)
    first = next(words, -1)
    return printed.get(first, -1) >= column.end and bool(_SUM.fullmatch(sheet.tokens[first].key))


def _ends_of_labels(template: Template) -> frozenset[int]:
    """The last word before the room of each question that is no column of a list."""
    tokens = template.sheet.tokens
    return frozenset(
        next((n for n in range(place.start - 1, -1, -1) if tokens[n].is_word), -1)
        for question in template.questions
        if question.column is None
        for place in question.places[:1]
    )


def _label_below(
    sheet: Tokenised, row: Iterable[_Cell], printed: Mapping[int, int], ends: Container[int]
) -> list[int]:
    """The tokens of the blank that the first words of a row are, where those lead to the room of a question:
    one below the list, with its answer beside it."""
    cells = ([n for n in range(cell.first, cell.last) if sheet.tokens[n].is_word] for cell in row)
    words = next(filter(None, cells), [])
    known = [printed[n] for n in words if n in printed]
    return known if known and len(known) == len(words) and known[-1] in ends else []


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a list: its column, its tokens, where it stands, and whether its ground has a colour."""

    column: int
    first: int
    last: int
    where: Location
    painted: bool = False


def _below_head(
    template: Template, sheet: Tokenised, found: Correspondence, column: TemplateColumn
) -> tuple[list[list[_Cell]], int]:
    """The rows below the label of a column, and the column where it stands: of a table; of lines that tabs
    cut; or of a line for each cell, as tables leave a clipboard."""
    line = sheet.tokens[found.to[column.head]].line
    if (table := _below_in_table(sheet, line)) is not None:
        return table
    if column.tiers > 1:
        return [], -1  # lines tell no more which labels stand below which
    own = template.sheet.tokens[column.head].line
    labels = _labels_of(template, column)
    position = next((n for n, box in enumerate(labels) if own in box.lines), -1)
    if "\t" in sheet.lines[line].text:
        return _below_tabs(template, sheet, line, labels, position)
    return _cut_by_lines(template, sheet, found, column, labels), position


def _labels_of(template: Template, column: TemplateColumn) -> Sequence[Box]:
    """The row of the blank that the label of a column stands in."""
    own = template.sheet.tokens[column.head].line
    return next((row for g in template.sheet.grids for row in g.rows for b in row if own in b.lines), [])


def _heads(template: Template) -> set[int]:
    """The first word of the label of each column that is asked."""
    return {question.column.head for question in template.questions if question.column}


def _below_in_table(sheet: Tokenised, line: int) -> tuple[list[list[_Cell]], int] | None:
    """The rows of the table that a line stands in, below it, and its column; None where it is in none."""
    places = (
        (grid.rows[at + 1 :], box)
        for grid in sheet.grids
        for at, row in enumerate(grid.rows)
        for box in row
        if line in box.lines
    )
    below, box = next(places, ((), None))
    return ([[_cell_of(sheet, one) for one in row] for row in below], box.column) if box else None


def _below_tabs(
    template: Template, sheet: Tokenised, line: int, labels: Sequence[Box], position: int
) -> tuple[list[list[_Cell]], int]:
    """The rows below a line of labels that tabs cut, where it has all ``labels`` of the blank, and the column
    ``position``; none where words stand in a column that only counts the people."""
    if drawn := _table_below(sheet, line, len(labels)):
        return drawn, position
    rows = [_cut_by_tabs(sheet, one) for one in _lines_below(sheet, line)]
    asked = _heads(template)
    counts = [n for n, box in enumerate(labels) if not any(_begins(template, b, asked) for b in box.lines)]
    said = [letters(text) for text in sheet.lines[line].text.split("\t")]
    is_whole = said == [letters(box.text) for box in labels]
    glued = any(_words(sheet, cell) for row in rows for cell in row if cell.column in counts)
    return (rows, position) if is_whole and not glued else ([], -1)


def _table_below(sheet: Tokenised, line: int, size: int) -> list[list[_Cell]]:
    """The rows of a table of so many columns right below a line, or of several that follow each other: a page
    drew rules around its rows, perhaps around each alone, and none around its labels."""
    rows: list[list[_Cell]] = []
    below = line + 1
    for grid in sheet.grids:
        if grid.before != below:
            continue
        if any(len(row) != size for row in grid.rows):
            break
        rows += [[_cell_of(sheet, box) for box in row] for row in grid.rows]
        below = grid.after
    return rows if below > line + 1 else []


def _begins(template: Template, line: int, heads: Container[int]) -> bool:
    """Whether a line of the blank begins with the label of one of some columns."""
    return template.sheet.lines[line].first in heads


def _counts(sheet: Tokenised, cell: _Cell) -> bool:
    """Whether a cell holds nothing but the number of its row, as a row that was added has it too."""
    words = [sheet.tokens[n].key for n in range(cell.first, cell.last) if sheet.tokens[n].is_word]
    return len(words) == 1 and words[0].isdigit()


def _words(sheet: Tokenised, cell: _Cell) -> bool:
    """Whether a cell holds more than a number: what stands in no column, or in the one beside it."""
    return any(
        sheet.tokens[n].is_word and not sheet.tokens[n].key.isdigit() for n in range(cell.first, cell.last)
    )


def _cell_of(sheet: Tokenised, box: Box) -> _Cell:
    first = min((sheet.lines[n].first for n in box.lines), default=0)
    last = max((sheet.lines[n].last for n in box.lines), default=0)
    painted = box.gap is not None and box.gap.position in sheet.painted
    return _Cell(box.column, first, last, box.where, painted)


def _lines_below(sheet: Tokenised, line: int) -> Iterator[Line]:
    """The lines that follow, as long as tabs cut them."""
    for below in sheet.lines[line + 1 :]:
        if "\t" not in below.text:
            return
        yield below


def _cut_by_tabs(sheet: Tokenised, line: Line) -> list[_Cell]:
    cells: list[_Cell] = []
    first = line.first
    end = -1
    for column, text in enumerate(line.text.split("\t")):
        end += len(text) + 1
        last = next((n for n in range(first, line.last) if sheet.tokens[n].start >= end), line.last)
        cells.append(_Cell(column, first, last, line.where))
        first = last
    return cells


def _cut_by_lines(
    template: Template, sheet: Tokenised, found: Correspondence, column: TemplateColumn, labels: Sequence[Box]
) -> list[list[_Cell]]:
    """A list that came with a line for each cell, empty ones too: as many below its labels as the blank has
    cells. Where empty ones fell out nothing says which column is meant."""
    heads = [found.to[template.sheet.lines[n].first] for box in labels for n in box.lines[:1]]
    below = found.from_(column.end)
    if not heads or min(heads) < 0 or below == len(found.to):
        return []
    lines = [sheet.tokens[token].line for token in heads]
    stands = [line.where.number(Unit.LINE) for line in sheet.lines]
    if [stands[n] - stands[lines[0]] for n in lines] != list(range(len(labels))):
        return []
    top = stands[lines[-1]] + 1
    rows = {number: line for number, line in zip(stands, sheet.lines, strict=True) if number >= top}
    size = stands[sheet.tokens[found.to[below]].line] - top
    count = sum(p.person >= column.person for q in template.questions if q.column == column for p in q.places)
    if not 0 <= size - count * len(labels) <= LINES_BETWEEN:
        return []
    return [
        [
            _Cell(place, line.first, line.last, line.where)
            for place in range(len(labels))
            if (line := rows.get(top + row * len(labels) + place))
        ]
        for row in range(count)
    ]
