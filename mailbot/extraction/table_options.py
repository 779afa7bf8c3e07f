"""Options of a question in a table: a row each, a column each, or named above the marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

from mailbot.domain.document import Cell, Span
from mailbot.domain.form import FieldKind
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.label import Label
from mailbot.extraction.labelled_table import Row
from mailbot.extraction.line_reader import LineReader
from mailbot.extraction.spans import Spans
from mailbot.extraction.table_cells import (
    piece_of,
)
from mailbot.extraction.table_shape import TableShape
from mailbot.extraction.ticks import LONE_MARK, is_chosen
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.lexicon import is_yes_or_no
from mailbot.text.normalize import letters, plain

_SHORTEST_BEGUN = 2  # letters of an option that is cut short


class OptionRows:
    """Reads the rows of a table that are an option each, and tells which options columns stand for."""

    def __init__(self, shape: TableShape) -> None:
        self._shape = shape
        self._grid, self._reader, self._labels = shape.grid, shape.reader, shape.labels

    def down(self, header: int) -> dict[int, tuple[Label, list[int]]]:
        """Which columns are headed by a question whose options stand in the first cells of the rows below,
        with room for a mark: the question and those rows, by column."""
        found: dict[int, tuple[Label, list[int]]] = {}
        for cell, label in zip(self._grid.rows[header][1:], self._labels[header][1:], strict=True):
            field = self._reader.labels.form.field(label.key) if label else None
            if label is None or field is None or not field.choices:
                continue
            rows = self._rows_of_options(header + 1, set(map(letters, field.choices)))
            marks = (self._shape.cell_at(row, cell.column) for row in rows)
            if len(rows) > 1 and all(mark is None or self._shape.is_mark(mark) for mark in marks):
                found[cell.column] = label, rows
        return found or self._down_beside(header)

    def _down_beside(self, header: int) -> dict[int, tuple[Label, list[int]]]:
        """As ``down``, of a question that heads its options themselves, with one column of them for marks:
        what else stands beside each is the form's ("Maaltijd | Prijs | Kruis aan")."""
        label = next(iter(self._labels[header]), None)
        field = self._reader.labels.form.field(label.key) if label else None
        if label is None or field is None or not field.choices:
            return {}
        if any(other is not None and not other.is_other for other in self._labels[header][1:]):
            return {}
        rows = self._rows_of_options(header + 1, set(map(letters, field.choices)))
        columns = [cell.column for cell in self._grid.rows[header][1:]] if len(rows) > 1 else []
        said = {column: [self._said_at(n, column) for n in rows] for column in columns}
        rooms = [column for column, texts in said.items() if None not in map(is_chosen, texts)]
        printed = [column for column, texts in said.items() if all(texts) and column not in rooms]
        return {rooms[0]: (label, rows)} if len(rooms) == 1 and len(printed) + 1 == len(columns) else {}

    def _said_at(self, row: int, column: int) -> str:
        cell = self._shape.cell_at(row, column)
        return self._shape.value(cell) if cell else ""

    def _rows_of_options(self, start: int, choices: set[str]) -> list[int]:
        """The rows from one on, as far as each begins with an option."""
        rows = range(start, len(self._grid.rows))
        return list(takewhile(lambda n: letters(self._shape.first(n)) in choices, rows))

    def options_below(self, header: int, reader: LineReader) -> int:
        """Reads the questions of a header whose options are a row each; returns the row after them."""
        end = header + 1
        for column, (label, rows) in self.down(header).items():
            spans: Spans = ()
            where = self._grid.where
            for row in rows:
                option, mark = self._grid.rows[row][0], self._shape.cell_at(row, column)
                ticked = mark is not None and bool(is_chosen(self._shape.value(mark)))
                where = mark.where if ticked and mark else where
                spans = (*spans, Span(f"{TICKED if ticked else UNTICKED} {option.text.strip()}  "))
            reader.add(piece_of(label, spans, where, "", reader=FoundBy.OPTION_ROWS))
            end = max(end, rows[-1] + 1)
        return end

    def of_columns(self, start: int) -> tuple[Label | None, list[int]]:
        """The question whose options stand in the first cells of rows from one on, each with nothing but room
        for marks beside it, and these rows; the options are of no other question."""
        form = self._reader.labels.form
        option = letters(self._shape.first(start))
        asked = [field for field in form.fields if option and option in map(letters, field.choices)]
        if len(asked) != 1 or len(self._grid.rows[start]) < 2:
            return None, []
        rows = [
            row
            for row in self._rows_of_options(start, set(map(letters, asked[0].choices)))
            if all(map(self._shape.is_mark, self._grid.rows[row][1:]))
        ]
        return Label((asked[0].key,)), rows if rows == list(range(start, start + len(rows))) else []

    def options_beside(self, start: int, reader: LineReader) -> int:
        """Reads options that are a row each, with a mark in the column of each person who chose it; returns
        the row after them."""
        label, rows = self.of_columns(start)
        first = self._grid.rows[start][0]
        people = self._shape.people_columns
        ends = first.column + first.columns
        columns = people or tuple(cell.column for cell in self._grid.rows[start] if cell.column >= ends)
        for column in columns if label else ():
            spans: Spans = ()
            where = first.where
            for row in rows:
                mark = self._shape.cell_at(row, column)
                ticked = mark is not None and bool(self._shape.value(mark))
                where = mark.where if ticked and mark else where
                sign = TICKED if ticked else UNTICKED
                spans = (*spans, Span(f"{sign} {self._shape.first(row).strip()}  "))
            place = f"{self._grid.where}|{column}" if people else ""
            if label and (people or any(TICKED in span.text for span in spans) or column == columns[0]):
                reader.add(piece_of(label, spans, where, place, reader=FoundBy.OPTION_ROWS))
        return rows[-1] + 1

    def named_in(self, index: int, *, beside_questions: bool = False) -> dict[int, str]:
        """ "ja | nee" below a header that spans both, or beside the heading of the questions."""
        if index >= len(self._grid.rows):
            return {}
        cells = self._grid.rows[index][1:] if beside_questions else self._grid.rows[index]
        words = {cell.column: cell.text.strip() for cell in cells if cell.text.strip()}
        options = {column: word for column, word in words.items() if is_yes_or_no(word)}
        if len(options) < 2 or not (options == words or (beside_questions and _are_first(options, words))):
            return {}
        return options

    def below_header(self, header: int) -> dict[int, str]:
        """The options that stand below headings, two or more below each ("Menu" above "vlees | vis"), by
        column; none where anything else stands in that row but hints."""
        if header + 1 >= len(self._grid.rows):
            return {}
        found: dict[int, str] = {}
        below: Counter[int] = Counter()
        for cell in self._grid.rows[header + 1]:
            if not cell.text.strip() or self._shape.is_hint(cell):
                continue
            at, label = self._heading_above(header, cell.column)
            option = self._option_named(cell, label) if label else ""
            if not option:
                return {}
            found[cell.column] = option
            below[at] += 1
        return found if below and min(below.values()) > 1 else {}

    def _heading_above(self, header: int, column: int) -> tuple[int, Label | None]:
        """The place and the label of the last heading that begins in or before a column."""
        heads = list(zip(self._grid.rows[header], self._labels[header], strict=True))
        before = [one for one in enumerate(heads) if one[1][0].column <= column and one[1][0].text.strip()]
        return (before[-1][0], before[-1][1][1]) if before else (-1, None)

    def _option_named(self, cell: Cell, label: Label) -> str:
        """The option of a question that a cell names."""
        field = self._reader.labels.form.field(label.key)
        if field is not None and field.choices:
            return _begun(plain(cell.text).strip(" ."), field.choices)
        is_offered = self._reader.labels.kind(label) is FieldKind.YES_NO and is_yes_or_no(cell.text.strip())
        return cell.text.strip() if is_offered else ""

    def marked_beside(
        self, index: int, label: Label, answers: Row
    ) -> tuple[list[tuple[str, Cell | None]], int]:
        """The options that cells beside a label name, each with the cell for its mark (after it, before it,
        or below it in a row of its own), and how many rows that took; none where that is not certain."""
        answers = tuple(
            c for c in answers if self._shape.value(c) or c.column not in self._shape.columns_of_hints
        )
        options = {n: option for n, cell in enumerate(answers) if (option := self._option_named(cell, label))}
        places = list(options)
        rest = [cell for n, cell in enumerate(answers) if n not in options]
        if len(set(options.values())) < 2 or not all(map(self._shape.is_mark, rest)):
            return [], 0
        if all(after - before > 1 for before, after in pairwise(places)):
            step = self._side_of_marks(answers, places)
            marks = ((option, n + step) for n, option in options.items())
            told = [(option, answers[n] if n < len(answers) else None) for option, n in marks]
            return (told, 1) if step else ([], 0)
        if any(map(self._shape.value, rest)):
            return [], 0
        return self._marked_below(index, {answers[n].column: option for n, option in options.items()})

    def _marked_below(self, index: int, options: dict[int, str]) -> tuple[list[tuple[str, Cell | None]], int]:
        """The same for options, by column, with no room between them: a row of marks may be below them."""
        below = self._grid.rows[index + 1] if index + 1 < len(self._grid.rows) else ()
        said = [cell for cell in below if self._shape.value(cell)]
        if not said or any(c.column not in options or not LONE_MARK.fullmatch(c.text) for c in said):
            return [(option, None) for option in options.values()], 1
        return [(option, self._shape.cell_at(index + 1, column)) for column, option in options.items()], 2

    def _side_of_marks(self, answers: Row, places: Sequence[int]) -> int:
        """On which side of its option a mark stands: the side whose outermost column anything stands in;
        0 where that is both or neither."""
        before = self._is_used(answers[places[0] - 1].column) if places[0] else False
        last = places[-1] + 1
        after = self._is_used(answers[last].column) if last < len(answers) else not places[0]
        return int(after) - int(before) if places[0] else 1

    def _is_used(self, column: int) -> bool:
        return any(cell.column == column and cell.text.strip() for row in self._grid.rows for cell in row)

    def above(self, index: int, label: Label) -> dict[int, str]:
        """The nearest "ja | nee" above a row, or the nearest of its own choices, perhaps cut short ("ma"):
        they stand there for all rows below them."""
        rows = range(index - 1, -1, -1)
        field = self._reader.labels.form.field(label.key)
        if field is not None and field.choices:
            return next(filter(None, (self._choice_row(row, field.choices) for row in rows)), {})
        return next(filter(None, (self.named_in(row, beside_questions=True) for row in rows)), {})

    def _choice_row(self, index: int, choices: Sequence[str]) -> dict[int, str]:
        """The choices that a row names, each in a cell of its own, by column; none where it names anything
        else behind its first cell, or a choice twice."""
        words = {c.column: plain(c.text).strip(" .") for c in self._grid.rows[index][1:] if c.text.strip()}
        named = {column: _begun(word, choices) for column, word in words.items()}
        options = {column: option for column, option in named.items() if option}
        return options if 1 < len(set(options.values())) == len(options) == len(words) else {}

    def going_on(self, index: int, label: Label, head: Cell) -> list[Row]:
        """The rows below that only go on with the choices of a row's last question, and marks."""
        field = self._reader.labels.form.field(label.key)
        if field is None or not field.choices:
            return []
        choices = set(map(letters, field.choices))
        found: list[Row] = []
        for row in self._grid.rows[index + 1 :]:
            told = [cell for cell in row if cell.text.strip()]
            offers = [cell for cell in told if letters(cell.text) in choices]
            if not offers or any(cell not in offers and not LONE_MARK.fullmatch(cell.text) for cell in told):
                break
            if any(cell.column <= head.column and cell in offers for cell in told):
                break  # a mark may stand below the question, before its option
            found.append(row)
        return found


def _are_first(options: dict[int, str], words: dict[int, str]) -> bool:
    """Whether options, each named once, stand before all else of a row ("ja | nee | opmerkingen")."""
    return len(set(options.values())) == len(options) and max(options) < min(words.keys() - options.keys())


def _begun(word: str, choices: Sequence[str]) -> str:
    """The choice that a word names, or alone begins; empty for none."""
    folded = [plain(choice) for choice in choices]
    if word in folded:
        return choices[folded.index(word)]
    begun = [choice for choice, its in zip(choices, folded, strict=True) if its.startswith(word)]
    return begun[0] if len(begun) == 1 and len(word) >= _SHORTEST_BEGUN else ""
