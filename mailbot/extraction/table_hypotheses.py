"""Tables → pieces. The layout is told by where the labels stand.

A row of labels with answers below it is a person a row (or labels above answers); a label with
answers to its right is a form in columns, or a person a column. What fits neither is read as
running text, cell after cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise, takewhile

from mailbot.domain.document import Cell, Location, Paragraph, Span, Table
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind
from mailbot.extraction.boilerplate import begins_example, is_instruction, is_placeholder, only_offers
from mailbot.extraction.headings import section
from mailbot.extraction.labels import Label
from mailbot.extraction.likeness import DECISIVE, likeness
from mailbot.extraction.line_cuts import prepared, segments, whole_line
from mailbot.extraction.line_reader import Reader, lines
from mailbot.extraction.scoring import Hypothesis, is_near, with_loser, worth
from mailbot.extraction.sheet import MOST_ROWS
from mailbot.extraction.spans import OPEN, Candidate, FoundBy, Spans, candidate, line_break, text_of
from mailbot.extraction.ticks import LONE_MARK, SIGNS
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.normalize import letters, plain

_OPTIONS = frozenset(kind for kind in FieldKind if kind.traits.offered)
_HINT = re.compile(r"^\s*\(.*\)\s*$", re.S)
_TOTAL = re.compile(r"(?i)(?:totaal|aantal|som|opmerking|\*|\()")
_HINTS = re.compile(
    r"(?i)(?:toelichting|uitleg|voorbeeld|hulp|info(?:rmatie)?|verplicht\??|instructies?|bv\.?|tip)s?\s*[*:]?"
)
_YES_OR_NO = re.compile(r"(?i)ja|neen?|yes|no|oui|non|nein")
#: Without any of these no cell holds a label and its answer.
_BOTH = re.compile(rf"[\n\t:?.…_|\-–={SIGNS}]|  ")
_SHORTEST_BEGUN = 2  # letters of an option that is cut short
_ROW_NUMBER = re.compile(r"^\s*\d{1,3}[.)]?\s*$")

#: Which hypothesis found an answer, as ``explain`` says it.

Row = tuple[Cell, ...]
#: Reads rows from one on, gives what it finds to a reader, and says which row comes after.
_Mode = Callable[[int, Reader], int]
_MODES = {
    "people_below": "een persoon in elke rij",
    "form_rows": "antwoorden naast hun label",
    "label_above_answer": "antwoorden onder hun label",
    "as_text": "lopende tekst",
}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table of people: what its header asks, and the option ("ja") it stands for."""

    label: Label
    option: str = ""


def read_grid(grid: Table, reader: Reader) -> None:
    """Gives the reader all pieces of a table: its rows in the ways that together explain them best."""
    about = reader.about
    _Table(grid, reader).read()
    reader.about = about  # a heading in a table speaks of nothing below it
    reader.ends_a_table()


class _Table:
    def __init__(self, grid: Table, reader: Reader) -> None:
        self._grid = grid
        self._reader = reader
        self._labels = _without_chance_likeness(
            grid, [_without_headings(row, [self._asked_in(cell) for cell in row]) for row in grid.rows]
        )
        self._labels = [self._with_explained(*row) for row in zip(grid.rows, self._labels, strict=True)]
        self._band: set[str] = set()
        self._band_start = 0
        self._known: dict[int, float] = {}  # what the table is worth from a row on

    def _asked_in(self, cell: Cell) -> Label | None:
        """The label that a cell consists of, as it is meant below the heading of the table."""
        label = _label_of(cell, self._reader)
        return self._reader.below_heading(cell.text, label) if label or cell.text.strip() else None

    def _with_explained(self, row: Row, labels: list[Label | None]) -> list[Label | None]:
        """The labels of a row, with those that words below them in their cell explain ("Rekeningnummer", and
        below it "voor terugbetalingen"): an address or a number is asked, these words are none, and beside
        them is room."""
        explained = [self._explained(cell) for cell in row[:-1]]
        return [
            own or (above if after is None else None)
            for own, above, after in zip(labels, (*explained, None), (*labels[1:], None), strict=True)
        ]

    def _explained(self, cell: Cell) -> Label | None:
        said = [block for block in cell.blocks if isinstance(block, Paragraph) and block.text.strip()]
        if len(said) < 2 or len(said) < len(cell.blocks) or any(s.slot for line in said for s in line.spans):
            return None
        label = self._reader.labels.exactly(said[0].text.strip())
        kind = self._reader.labels.kind(label) if label else FieldKind.TEXT
        rest = " ".join(line.text for line in said[1:])
        unlike = kind in DECISIVE and likeness(rest, kind, self._reader.labels) < 0
        return label if label and not label.is_other and unlike else None

    # ------------------------------------------------------------ which layout

    def read(self) -> None:
        """Reads all rows. What a row may be in several ways is read in each, down to the end of the table,
        and one score decides."""
        row = 0
        while row < len(self._grid.rows):
            modes = self._modes(row)
            if len(modes) == 1 or len(self._grid.rows) > MOST_ROWS or self._reader.trials.exhausted:
                row = modes[0](row, self._reader)
            else:
                row = self._read_best(modes, row)

    def _read_best(self, modes: Sequence[_Mode], row: int) -> int:
        """Reads a row in the best of several ways; returns the row after."""
        tried = [(self._worth_from(mode, row), -place, mode) for place, mode in enumerate(modes)]
        best, second = sorted(tried, key=lambda one: one[:2], reverse=True)[:2]
        before = len(self._reader.raw)
        trial = self._reader.trial()
        end = best[2](row, self._reader)
        won = self._reader.raw[before:]
        lost = self._read_otherwise(second[2], row, end, trial) if is_near(best[0], second[0]) else []
        self._reader.raw[before:] = with_loser(
            won,
            Hypothesis(_MODES[best[2].__name__], best[0], won),
            Hypothesis(_MODES[second[2].__name__], second[0], lost),
        )
        return end

    def _read_otherwise(self, mode: _Mode, row: int, end: int, trial: Reader) -> list[Candidate]:
        """What a way that lost makes of the same rows."""
        band = self._band, self._band_start
        before = len(trial.raw)
        row = mode(row, trial)
        while row < end:
            row = self._modes(row)[0](row, trial)
        self._band, self._band_start = band
        return trial.raw[before:]

    def _modes(self, row: int) -> list[_Mode]:
        """Everything that a row may be by its structure."""
        if self._options_down(row):
            return [self.options_below]
        if len(self._options_of_columns(row)[1]) > 1:
            return [self.options_beside]
        labels = self._labels[row]
        modes: list[_Mode] = []
        if self._may_head(row):
            modes.append(self.people_below)
        if any(one is not None and (two is None or two.keys == one.keys) for one, two in pairwise(labels)):
            modes.append(self.form_rows)
        if self._is_answered_below(row):
            modes.insert(0, self.label_above_answer)
        if (
            not modes
            or (self.people_below in modes and self._asks_below(row))
            or any(_BOTH.search(cell.text) and self._holds_answers((cell,)) for cell in self._grid.rows[row])
        ):
            modes.append(self.as_text)
        return modes

    def _may_head(self, index: int) -> bool:
        """Whether different labels stand beside each other."""
        labels = self._labels[index]
        keys = {(key, label.negative) for label in labels if label for key in label.keys}
        return len(keys) > 1 and sum(map(bool, labels)) > 1 and _stand_together(labels)

    def _worth_from(self, mode: _Mode, row: int) -> float:
        """What it is worth to read a row so, with the rows below it in their best ways."""
        band = self._band, self._band_start
        fork = self._reader.trial()
        before = len(fork.raw)
        end = mode(row, fork)
        fork.trials.count(end - row)
        total = worth(fork.raw[before:], self._reader.labels)
        total += self._best_from(end)
        self._band, self._band_start = band
        return total

    def _best_from(self, row: int) -> float:
        if row >= len(self._grid.rows):
            return 0
        if row not in self._known:
            self._known[row] = max(self._worth_from(mode, row) for mode in self._modes(row))
        return self._known[row]

    def _asks_below(self, index: int) -> bool:
        """Whether the first cells of the rows below are questions of ours."""
        first = [labels[0] for labels in self._labels[index + 1 :] if labels]
        return any(label is not None and not label.is_other for label in first)

    def _is_example(self, index: int) -> bool:
        """Whether a row shows how to fill in the rows below it ("Vb. | Janssens | Marie")."""
        filled = [value for cell in self._grid.rows[index] if (value := self._value(cell))]
        return len(filled) > 1 and begins_example(filled[0])

    def _holds_answers(self, row: Row) -> bool:
        """Whether cells hold label and answer together; "Neemt deel: ja | Neemt deel: nee" are
        headers all the same."""
        options = sum(bool(_option_in(cell, self._reader)) for cell in row)
        questions = sum(_question_in(cell, self._reader) is not None for cell in row)
        return questions > (options if options > 1 else 0)

    def is_form_row(self, index: int) -> bool:
        """Whether this row is a label with its answer to the right, once or several times."""
        labels = self._labels[index]
        if len(labels) < 2 or not any(label is not None for label in labels[:-1]):
            return False
        return not self._is_answered_below(index)

    def _is_answered_below(self, index: int) -> bool:
        """A label alone in its row, with one answer alone in the row below."""
        if index + 1 == len(self._grid.rows):
            return False
        row, below = self._grid.rows[index], self._grid.rows[index + 1]
        asked = [n for n, cell in enumerate(row) if cell.text.strip()]
        filled = [n for n, cell in enumerate(below) if cell.text.strip()]
        return (
            len(asked) == len(filled) == 1
            and row[asked[0]].column == below[filled[0]].column
            and not (self._people_columns and below[filled[0]].columns > row[asked[0]].columns)
            and self._labels[index + 1][filled[0]] is None
            and not any(span.slot for n, cell in enumerate(row) if n != asked[0] for span in _spans(cell))
        )

    def _cell_at(self, index: int, column: int) -> Cell | None:
        return next((c for c in self._grid.rows[index] if c.column <= column < c.column + c.columns), None)

    def _label_at(self, index: int, column: int) -> Label | None:
        for cell, label in zip(self._grid.rows[index], self._labels[index], strict=True):
            if cell.column <= column < cell.column + cell.columns:
                return label
        return None

    # ------------------------------------------------------------ an option a row

    def _options_down(self, header: int) -> dict[int, tuple[Label, list[int]]]:
        """Which columns are headed by a question whose options stand in the first cells of the rows below,
        with room for a mark: the question and those rows, by column."""
        found: dict[int, tuple[Label, list[int]]] = {}
        for cell, label in zip(self._grid.rows[header][1:], self._labels[header][1:], strict=True):
            field = self._reader.labels.form.field(label.key) if label else None
            if label is None or field is None or not field.choices:
                continue
            rows = self._rows_of_options(header + 1, set(map(letters, field.choices)))
            marks = (self._cell_at(row, cell.column) for row in rows)
            if len(rows) > 1 and all(mark is None or self._is_mark(mark) for mark in marks):
                found[cell.column] = label, rows
        return found

    def _rows_of_options(self, start: int, choices: set[str]) -> list[int]:
        """The rows from one on, as far as each begins with an option."""
        rows = range(start, len(self._grid.rows))
        return list(takewhile(lambda n: letters(self._first(n)) in choices, rows))

    def _first(self, index: int) -> str:
        row = self._grid.rows[index]
        return row[0].text if row else ""

    def _is_mark(self, cell: Cell) -> bool:
        return not self._value(cell) or LONE_MARK.fullmatch(cell.text) is not None

    def options_below(self, header: int, reader: Reader) -> int:
        """Reads the questions of a header whose options are a row each; returns the row after them."""
        end = header + 1
        for column, (label, rows) in self._options_down(header).items():
            spans: Spans = ()
            where = self._grid.where
            for row in rows:
                option, mark = self._grid.rows[row][0], self._cell_at(row, column)
                ticked = mark is not None and bool(self._value(mark))
                where = mark.where if ticked and mark else where
                spans = (*spans, Span(f"{TICKED if ticked else UNTICKED} {option.text.strip()}  "))
            reader.add(_piece(label, spans, where, "", reader=FoundBy.OPTION_ROWS))
            end = max(end, rows[-1] + 1)
        return end

    def _options_of_columns(self, start: int) -> tuple[Label | None, list[int]]:
        """The question whose options stand in the first cells of rows from one on, each with nothing but room
        for marks beside it, and these rows; the options are of no other question."""
        form = self._reader.labels.form
        option = letters(self._first(start))
        asked = [field for field in form.fields if option and option in map(letters, field.choices)]
        if len(asked) != 1 or len(self._grid.rows[start]) < 2:
            return None, []
        rows = [
            row
            for row in self._rows_of_options(start, set(map(letters, asked[0].choices)))
            if all(map(self._is_mark, self._grid.rows[row][1:]))
        ]
        return Label((asked[0].key,)), rows if rows == list(range(start, start + len(rows))) else []

    def options_beside(self, start: int, reader: Reader) -> int:
        """Reads options that are a row each, with a mark in the column of each person who chose it; returns
        the row after them."""
        label, rows = self._options_of_columns(start)
        first = self._grid.rows[start][0]
        people = self._people_columns
        ends = first.column + first.columns
        columns = people or tuple(cell.column for cell in self._grid.rows[start] if cell.column >= ends)
        for column in columns if label else ():
            spans: Spans = ()
            where = first.where
            for row in rows:
                mark = self._cell_at(row, column)
                ticked = mark is not None and bool(self._value(mark))
                where = mark.where if ticked and mark else where
                sign = TICKED if ticked else UNTICKED
                spans = (*spans, Span(f"{sign} {self._first(row).strip()}  "))
            place = f"{self._grid.where}|{column}" if people else ""
            if label and (people or any(TICKED in span.text for span in spans) or column == columns[0]):
                reader.add(_piece(label, spans, where, place, reader=FoundBy.OPTION_ROWS))
        return rows[-1] + 1

    # ------------------------------------------------------------ a person a row

    def people_below(self, header: int, reader: Reader) -> int:
        """Reads the rows below a header row; returns the row after them."""
        columns, row = self._columns(header)
        keys = {key for column in columns.values() for key in column.label.keys}
        first = row
        rows = []
        while row < len(self._grid.rows) and (self._is_example(row) or not self._may_head(row)):
            if not self._is_banner(row, columns):
                if self._is_footer(row, columns):
                    break
                rows.append(row)
            row += 1
        filled = [index for index in rows if self._is_filled(index, columns)]
        if self._band & keys or not self._band:
            self._band, self._band_start = set(keys), first
        else:  # labels above answers, band after band: the same person
            self._band = self._band | keys
        if len(filled) > 1:
            self._band = self._band | keys
        of_nobody = len(keys) == 1 and self._band == keys  # "Neemt deel | Neemt niet deel" and a cross
        spare = [index for index in rows if not self._is_example(index)]
        for index in filled or spare[:1] or [header]:
            place = "" if of_nobody else f"{self._grid.where}#{self._band_start + (index - first)}"
            for piece in self._row_pieces(index, columns, place, empty=not filled):
                reader.add(piece)
        return row

    def _columns(self, header: int) -> tuple[dict[int, _Column], int]:
        """Which grid column asks what, and the first row below the header."""
        columns: dict[int, _Column] = {}
        options = self._option_row(header + 1)
        for cell, label in zip(self._grid.rows[header], self._labels[header], strict=True):
            label = label or _question_of_option(cell, self._reader) or self._presence_of(cell, header)
            if label is None:
                continue
            wide = self._reader.labels.kind(label) in _OPTIONS
            for column in range(
                cell.column, cell.column + min(cell.columns, 50) if wide else cell.column + 1
            ):
                columns[column] = _Column(label, options.get(column, "") or self._option_of(cell))
        return columns, header + (2 if options else 1)

    def _presence_of(self, cell: Cell, header: int) -> Label | None:
        """What a column headed "Ja" asks, beside one that is headed "Neen": who comes."""
        words = [one.text.strip() for one in self._grid.rows[header]]
        options = [word for word in words if _YES_OR_NO.fullmatch(word)]
        presence = self._reader.labels.presence
        return Label((presence,)) if presence and len(options) == 2 and cell.text.strip() in options else None

    def _option_of(self, cell: Cell) -> str:
        text = cell.text.strip()
        return text if _YES_OR_NO.fullmatch(text) else _option_in(cell, self._reader)

    def _option_row(self, index: int, *, beside_questions: bool = False) -> dict[int, str]:
        """ "ja | nee" below a header that spans both, or beside the heading of the questions."""
        if index >= len(self._grid.rows):
            return {}
        cells = self._grid.rows[index][1:] if beside_questions else self._grid.rows[index]
        words = {cell.column: cell.text.strip() for cell in cells if cell.text.strip()}
        if len(words) < 2 or not all(map(_YES_OR_NO.fullmatch, words.values())):
            return {}
        return words

    def _options_above(self, index: int, label: Label) -> dict[int, str]:
        """The nearest "ja | nee" above a row, or the nearest of its own choices, perhaps cut short ("ma"):
        they stand there for all rows below them."""
        rows = range(index - 1, -1, -1)
        field = self._reader.labels.form.field(label.key)
        if field is not None and field.choices:
            return next(filter(None, (self._choice_row(row, field.choices) for row in rows)), {})
        return next(filter(None, (self._option_row(row, beside_questions=True) for row in rows)), {})

    def _choice_row(self, index: int, choices: Sequence[str]) -> dict[int, str]:
        """The choices that a row names, each in a cell of its own, by column; none where it names anything
        else behind its first cell, or a choice twice."""
        words = {c.column: plain(c.text).strip(" .") for c in self._grid.rows[index][1:] if c.text.strip()}
        named = {column: _begun(word, choices) for column, word in words.items()}
        options = {column: option for column, option in named.items() if option}
        return options if 1 < len(set(options.values())) == len(options) == len(words) else {}

    def _is_banner(self, index: int, columns: dict[int, _Column]) -> bool:
        """Whether a merged row names the group of the people below it ("Schepencollege")."""
        row = self._grid.rows[index]
        if len(row) != 1 or row[0].columns < 2 or index + 1 == len(self._grid.rows):
            return False
        below = self._grid.rows[index + 1]
        return sum(bool(self._value(cell)) for cell in below if cell.column in columns) > 1

    def _is_footer(self, index: int, columns: dict[int, _Column]) -> bool:
        row, labels = self._grid.rows[index], self._labels[index]
        first = labels[0] if labels else None
        asked = columns.get(row[0].column) if row else None
        if len(row) == 1 and row[0].columns > 1 and len(columns) > 1:
            return True
        if first is None or not first.exact or (asked and asked.label.keys == first.keys):
            return False
        return sum(bool(self._value(cell)) for cell in row[1:]) <= 1

    def _is_filled(self, index: int, columns: dict[int, _Column]) -> bool:
        texts = [
            self._value(cell)
            for cell in self._grid.rows[index]
            if cell.column in columns and self._value(cell) and not _ROW_NUMBER.match(cell.text)
        ]
        if self._is_example(index) or all(value.endswith(":") for value in texts):
            return False  # what shows how, or what asks something itself ("Dossiernr.: | Behandeld door:")
        counts = any(_ROW_NUMBER.match(cell.text) for cell in self._grid.rows[index][1:])
        total = bool(texts) and _TOTAL.match(texts[0]) and (len(texts) == 1 or counts)
        return bool(texts) and not begins_example(texts[0]) and not total

    def _value(self, cell: Cell) -> str:
        return text_of(_spans(cell)).replace(OPEN, "").replace(UNTICKED, "").strip(" ._…\n")

    def _row_pieces(
        self, index: int, columns: dict[int, _Column], place: str, *, empty: bool
    ) -> Iterator[Candidate]:
        done: dict[tuple[tuple[str, ...], bool], int] = {}
        pieces: list[Candidate] = []
        for column, asked in columns.items():
            cell = None if empty else self._covering(index, column)
            spans = _spans(cell) if cell else ()
            if asked.option and not empty:
                ticked = bool(cell and self._value(cell))
                spans = (Span(f"{TICKED if ticked else UNTICKED} {asked.option} "),)
            question = asked.label.keys, asked.label.negative
            if question in done and self._reader.labels.kind(asked.label) in _OPTIONS:
                at = done[question]
                before = pieces[at]
                if asked.option or (cell and cell.column == column):
                    pieces[at] = _piece(
                        asked.label,
                        (*before.spans, Span(" "), *spans),
                        before.where,
                        place,
                        reader=FoundBy.ROW,
                    )
                continue
            done[question] = len(pieces)
            where = cell.where if cell else self._grid.where
            pieces.append(_piece(asked.label, spans, where, place, reader=FoundBy.ROW))
        yield from pieces

    def _covering(self, index: int, column: int) -> Cell | None:
        """The cell at a place, or the one above that spans down to it."""
        for above in range(index, max(-1, index - 200), -1):
            cell = self._cell_at(above, column)
            if cell:
                return cell if above + cell.rows > index else None
        return None

    # ------------------------------------------------------------ labels with answers beside them

    def form_rows(self, start: int, reader: Reader) -> int:
        """Reads one row, or all rows of a table with a person a column; returns the row after."""
        people = self._people_columns
        index = start
        while index < len(self._grid.rows) and (index == start or people):
            if index > start and (not self.is_form_row(index) or self._may_head(index)):
                break
            index += self._form_row(index, people, reader)
        return index

    def _options_below(self, index: int, label: Label, head: Cell) -> list[Row]:
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
            if any(cell.column <= head.column for cell in told):
                break
            found.append(row)
        return found

    @cached_property
    def _people_columns(self) -> tuple[int, ...]:
        """The columns that are a person each; empty where the table speaks of one."""
        names = self._beside_kind(FieldKind.NAME)
        columns = {cell.column for cells in names for cell in cells} - self._hint_columns
        headings = {
            cell.column
            for row, labels in zip(self._grid.rows, self._labels, strict=True)
            if not any(labels)
            for cell in row[1:]
            if (begun := section(cell.text, heading=False)) and begun.number
        }
        if len(headings) > 1:
            return tuple(sorted(headings | columns))
        return tuple(sorted(columns)) if len(columns) > 1 else ()

    def _beside_kind(self, kind: FieldKind) -> list[list[Cell]]:
        """The filled cells beside each first label of this kind."""
        return [
            [c for c in self._answer_cells(row) if self._value(c) and not self._is_hint(c)]
            for row, labels in zip(self._grid.rows, self._labels, strict=True)
            if labels and labels[0] and self._reader.labels.kind(labels[0]) is kind
            if not (labels[1:] and labels[1] and labels[1].keys != labels[0].keys)
        ]

    @cached_property
    def _hint_columns(self) -> frozenset[int]:
        """The columns that explain the questions: their heading says so, or words stand there
        where another column has an address, and a name that begins in lower case."""
        hints = {
            cell.column
            for row, labels in zip(self._grid.rows, self._labels, strict=True)
            if not any(labels)
            for cell in row[1:]
            if _HINTS.fullmatch(cell.text.strip())
        }
        lower = {
            c.column for row in self._beside_kind(FieldKind.NAME) for c in row if c.text.strip()[:1].islower()
        }
        for cells in self._beside_kind(FieldKind.EMAIL):
            if any("@" in cell.text for cell in cells):
                words = {c.column for c in cells if "@" not in c.text and len(c.text.split()) > 1}
                hints |= words & lower
        return frozenset(hints | self._priced_columns | self._explaining_columns)

    @cached_property
    def _priced_columns(self) -> set[int]:
        """Beside a column headed "Aantal", the other columns (prices) are the form's own."""
        for row in self._grid.rows[:2]:
            heads = [cell for cell in row[1:] if cell.text.strip()]
            counts = {cell.column for cell in heads if _is_count(self._reader.labels.match(cell.text))}
            if len(heads) > 1 and counts:
                return {cell.column for cell in heads} - counts
        return set()

    @cached_property
    def _explaining_columns(self) -> set[int]:
        """The columns whose words are no answers: where an address, a number or a date is asked, none
        of them is one."""
        likely: dict[int, list[float]] = {}
        for row, labels in zip(self._grid.rows, self._labels, strict=True):
            for position, label in enumerate(labels):
                kind = self._reader.labels.kind(label) if label else None
                if kind not in DECISIVE:
                    continue
                for cell in self._beside_until_label(row, position):
                    if self._value(cell):
                        likely.setdefault(cell.column, []).append(
                            likeness(cell.text, kind, self._reader.labels)
                        )
        return {column for column, found in likely.items() if max(found) < 0 and len(found) > 1}

    def _beside_until_label(self, row: Row, position: int) -> Row:
        end = next(
            (n for n in range(position + 1, len(row)) if row[n].column in self._label_columns), len(row)
        )
        return row[position + 1 : end]

    @cached_property
    def _blocks_beside(self) -> tuple[int, ...]:
        """The columns at which the same questions begin again, for another person; empty where
        every question is asked once in a row."""
        again: Counter[tuple[int, ...]] = Counter()
        for row, labels in zip(self._grid.rows, self._labels, strict=True):
            columns: dict[tuple[str, ...], list[int]] = {}
            for position, (cell, label) in enumerate(zip(row, labels, strict=True)):
                if label and (not position or labels[position - 1] is None):
                    columns.setdefault(label.keys, []).append(cell.column)
            again.update(tuple(places) for places in columns.values() if len(places) > 1)
        best = max(again, key=lambda places: (again[places], -places[0]), default=())
        return best if best and again[best] > 1 else ()

    def _answer_cells(self, row: Row) -> Row:
        """The cells between a row's first label and the next column of labels."""
        end = next((i for i, c in enumerate(row) if i and c.column in self._label_columns), len(row))
        return row[1:end]

    @cached_property
    def _label_columns(self) -> frozenset[int]:
        """The columns that hold labels; a single one among answers is a name like "Rol"."""
        filled: Counter[int] = Counter()
        asked: Counter[int] = Counter()
        for row, labels in zip(self._grid.rows, self._labels, strict=True):
            for cell, label in zip(row, labels, strict=True):
                filled[cell.column] += bool(cell.text.strip())
                asked[cell.column] += label is not None
        return frozenset(column for column, count in asked.items() if count and 2 * count >= filled[column])

    def _form_row(self, index: int, people: tuple[int, ...], reader: Reader) -> int:
        """Reads a row of questions; how many rows it took, with those that go on with its last choices."""
        more: list[Row] = []
        row, labels = self._grid.rows[index], self._labels[index]
        position = 0
        while position < len(row):
            label = labels[position]
            if label is None or self._asks_inside(row, position, label, people):
                position += 1 if people else self._unlabelled(row, position, label, reader)
                continue
            end = position + 1
            while end < len(row) and not self._begins_another(label, index, end, people):
                end += 1
            answers = row[position + 1 : end]
            if people and position == 0:
                self._person_cells(label, answers, people, row[position], reader)
            else:
                if end == len(row) and not people:
                    more = self._options_below(index, label, row[position])
                piece = (
                    self._listed_below(label, answers, more)
                    if more
                    else self._beside(label, answers, index, row[position])
                )
                reader.add(replace(piece, place=self._block_of(row[position])))
            position = end
        return 1 + len(more)

    def _unlabelled(self, row: Row, position: int, label: Label | None, reader: Reader) -> int:
        """Reads a cell that asks nothing itself, with the one beside it where that is below its heading; how
        many these are."""
        if label is None:
            _cell_as_text(row[position], reader)
            return 1
        reader.below(row[position].text, partial(_cell_as_text, row[position + 1], reader))
        return 2

    def _asks_inside(self, row: Row, position: int, label: Label, people: tuple[int, ...]) -> bool:
        """Whether the lines of the cell beside ask what only the cell before it makes a question of the form
        ("Telefoon ouders", and beside it "moeder: ...", "vader: ...")."""
        if people or not label.is_other or position + 1 == len(row):
            return False
        asked = self._reader.labels
        said = [block for block in row[position + 1].blocks if isinstance(block, Paragraph)]
        found = [segments(prepared(line.spans), asked)[0] for line in said if line.text.strip()]
        below = [asked.below(row[position].text, one.printed, one.label) for one in found if one.printed]
        return any(label is not None and label.particular and label.bare == () for label in below)

    def _block_of(self, head: Cell) -> str:
        begun = [column for column in self._blocks_beside if column <= head.column]
        return f"{self._grid.where}|{begun[-1]}" if begun else ""

    def _begins_another(self, label: Label, index: int, position: int, people: tuple[int, ...]) -> bool:
        """Whether this cell is the next label, or holds one with its answer, and is no answer that
        looks like a label ("OCMW")."""
        row = self._grid.rows[index]
        other = self._labels[index][position]
        if other is None:
            return _holds_label(row[position], label, self._reader)
        if people and row[position].column in people:
            return False
        if other.is_other:
            return True
        if row[position].column in self._label_columns and (other.main or row[position].text.endswith(":")):
            return True
        first = self._labels[index][position - 1] is not None
        return not (first and (other.keys == label.keys or position + 1 == len(row)))

    def _person_cells(
        self, label: Label, answers: Row, people: tuple[int, ...], head: Cell, reader: Reader
    ) -> None:
        for cell in answers:
            columns = [c for c in people if cell.column <= c < cell.column + cell.columns]
            for column in columns:
                place = f"{self._grid.where}|{column}"
                reader.add(_piece(label, _spans(cell), cell.where, place, reader=FoundBy.COLUMN))
        if not answers:
            reader.add(_piece(label, (), head.where, ""))

    def _beside(self, label: Label, answers: Row, index: int, head: Cell) -> Candidate:
        """What stands in the cells beside a label: options to tick, or one answer."""
        kept = tuple(cell for cell in answers if cell.column not in self._hint_columns)
        answers = kept or tuple(replace(cell, blocks=()) for cell in answers[:1])
        given = [cell for cell in answers if self._value(cell)]
        given = [cell for cell in given if not (only_offers(cell.text) or is_placeholder(cell.text))] or given
        alone = len(given) == 1 and not LONE_MARK.fullmatch(given[0].text)
        if self._reader.labels.kind(label) in _OPTIONS and len(answers) > 1 and not alone:
            return self._options_beside(label, answers, self._options_above(index, label))
        filled = [cell for cell in given if not self._is_hint(cell)]
        spans: Spans = ()
        for cell in filled or answers[:1]:
            spans = (*spans, *(line_break() if spans else ()), *_spans(cell))
        where = (filled or answers or (head,))[0].where
        return _piece(label, spans, where, "", self._doubt_beside(label, filled, index))

    def _listed_below(self, label: Label, answers: Row, more: Sequence[Row]) -> Candidate:
        """A choice a row, each with room for a mark in the same column; without a mark nothing was chosen."""
        rows = [answers, *more]
        marked = {cell.column for row in rows for cell in row if LONE_MARK.fullmatch(cell.text)}
        first = answers[0].column if answers else 0
        spans: Spans = ()
        for row in rows:
            for cell in row:
                if cell.column in marked or (cell.column >= first and cell.text.strip()):
                    spans = (*spans, *_option_cell(cell, ""), Span("  "))
            spans = (*spans, *line_break())
        return _piece(label, spans, answers[0].where if answers else self._grid.where, "")

    def _options_beside(self, label: Label, answers: Row, options: dict[int, str]) -> Candidate:
        """A cell for each option, which is named in it or above it."""
        spans: Spans = ()
        for cell in answers:
            spans = (*spans, *_option_cell(cell, options.get(cell.column, "")), Span("  "))
        nameless = any(
            LONE_MARK.fullmatch(cell.text) and not options.get(cell.column)
            for cell in answers
            if self._value(cell)
        )
        doubt = Doubt(Reason.TICK_OF_WHAT) if nameless else None
        return _piece(label, spans, answers[0].where, "", doubt)

    def _doubt_beside(self, label: Label, filled: list[Cell], index: int) -> Doubt | None:
        """Why what stands beside a label is perhaps not its answer."""
        kind = self._reader.labels.kind(label)
        if len(filled) > 1 and not kind.traits.lines:
            return Doubt(Reason.MANY_BESIDE)
        other = self._label_at(index, filled[0].column) if filled else None
        asks_otherwise = other is not None and other.keys != label.keys and kind not in _OPTIONS
        return Doubt(Reason.LABEL_OR_ANSWER) if asks_otherwise else None

    def _is_hint(self, cell: Cell) -> bool:
        text = cell.text.strip()
        return bool(_HINT.match(text)) or self._reader.blank.has_text(text) or is_instruction(text)

    # ------------------------------------------------------------ anything else

    def as_text(self, index: int, reader: Reader) -> int:
        """Reads a row as running text, cell after cell; returns the row after."""
        row = self._grid.rows[index]
        filled = sum(bool(cell.text.strip()) and not _ROW_NUMBER.match(cell.text) for cell in row)
        for cell in row:
            _cell_as_text(cell, reader, alone=filled < 2)
        return index + 1

    def label_above_answer(self, index: int, reader: Reader) -> int:
        """Reads a row and the one below it as running text: a label, and its answer below."""
        return self.as_text(self.as_text(index, reader), reader)


def _cell_as_text(cell: Cell, reader: Reader, *, alone: bool = False) -> None:
    for block in cell.blocks:
        if isinstance(block, Table):
            read_grid(block, reader)
        else:
            reader.paragraph(block, alone=alone)


def _piece(
    label: Label,
    spans: Spans,
    where: Location,
    place: str,
    doubt: Doubt | None = None,
    reader: FoundBy = FoundBy.BESIDE,
) -> Candidate:
    return candidate(label, spans, where, place=place, doubt=doubt, reader=reader)


def _begun(word: str, choices: Sequence[str]) -> str:
    """The choice that a word names, or alone begins; empty for none."""
    folded = [plain(choice) for choice in choices]
    if word in folded:
        return choices[folded.index(word)]
    begun = [choice for choice, its in zip(choices, folded, strict=True) if its.startswith(word)]
    return begun[0] if len(begun) == 1 and len(word) >= _SHORTEST_BEGUN else ""


def _is_count(label: Label | None) -> bool:
    """ "Aantal", whether the form asks it or not."""
    return label is not None and label.key.endswith("count")


def _spans(cell: Cell) -> Spans:
    """All that stands in a cell, prepared, with line breaks between its lines."""
    result: Spans = ()
    for block in cell.blocks:
        if isinstance(block, Table):
            inside = [_spans(inner) for row in block.rows for inner in row]
        else:
            inside = [block.spans]
        for spans in inside:
            result = (*result, *(line_break() if result else ()), *prepared(spans))
    return result


def _label_of(cell: Cell, reader: Reader) -> Label | None:
    """The label that a cell consists of; None for an answer, an empty cell, or a cell that holds
    label and answer together."""
    if any(isinstance(block, Table) for block in cell.blocks):
        return None
    paragraphs = [block for block in cell.blocks if isinstance(block, Paragraph) and block.text.strip()]
    if not paragraphs or len(cell.text) > 200:
        return None
    if any(span.slot for paragraph in paragraphs for span in paragraph.spans):
        return None
    first = [spans for paragraph in paragraphs for spans in lines(paragraph) if text_of(spans).strip()]
    said = " ".join(text_of(spans) for spans in first)
    whole = reader.labels.match(said) or reader.labels.reworded(said)
    if whole and (len(first) == 1 or whole.exact):
        return whole
    if len(first) == 1:
        found = segments(prepared(first[0]), reader.labels)
        return found[0].label if len(found) == 1 and found[0].empty else None
    label = whole_line(prepared(first[0]), reader.labels)
    rest = " ".join(text_of(spans) for spans in first[1:])
    if label and (_HINT.match(rest) or is_instruction(rest) or reader.blank.has_text(rest)):
        return label
    return None


def _without_headings(row: Row, labels: list[Label | None]) -> list[Label | None]:
    """Drops headings: a "Deelnemers" alone in its row, and "Deelnemer 2" above a column."""
    alone = sum(bool(cell.text.strip()) for cell in row) < 2
    return [
        None if label and ((label.many and (alone or label.number)) or (label.is_other and alone)) else label
        for label in labels
    ]


def _stand_together(labels: Sequence[Label | None]) -> bool:
    """Whether labels stand beside each other, rather than an answer beside each."""
    beside = [after is not None for label, after in pairwise(labels) if label]
    return any(beside) and 2 * sum(beside) >= len(beside)


def _without_chance_likeness(grid: Table, labels: list[list[Label | None]]) -> list[list[Label | None]]:
    """Drops misspelt labels that stand alone: "Noam" among answers is no "Naam"."""
    exact_in_column = Counter(
        cell.column
        for row, its in zip(grid.rows, labels, strict=True)
        for cell, label in zip(row, its, strict=True)
        if label and label.exact
    )
    result: list[list[Label | None]] = []
    for row, its in zip(grid.rows, labels, strict=True):
        in_row = sum(label is not None and label.exact for label in its)
        result.append(
            [
                label if label and (label.exact or in_row > 1 or exact_in_column[cell.column] > 1) else None
                for cell, label in zip(row, its, strict=True)
            ]
        )
    return result


def _holds_label(cell: Cell, beside: Label, reader: Reader) -> bool:
    """Whether a cell holds another label together with its answer."""
    label = _question_in(cell, reader)
    return label is not None and label.keys != beside.keys


def _question_in(cell: Cell, reader: Reader) -> Label | None:
    """The label at the start of a cell that holds its answer too ("Dieet: vegetarisch", or the
    answer on the next line)."""
    lines_in = [block for block in cell.blocks if isinstance(block, Paragraph) and block.text.strip()]
    if not lines_in:
        return None
    found = segments(prepared(lines_in[0].spans), reader.labels)[0]
    if found.label and found.clear and not found.empty:
        return found.label
    label = whole_line(prepared(lines_in[0].spans), reader.labels)
    return label if label and label.exact and len(lines_in) > 1 and _label_of(cell, reader) is None else None


def _option_in(cell: Cell, reader: Reader) -> str:
    """The option that a header names beside its label ("Neemt deel: ja")."""
    found = segments(prepared((Span(cell.text),)), reader.labels)
    text = text_of(found[-1].spans).strip() if found[-1].label else ""
    return text if re.fullmatch(r"(?i)ja|neen?", text) else ""


def _question_of_option(cell: Cell, reader: Reader) -> Label | None:
    """What a header that names an option asks ("Neemt deel: ja")."""
    if not _option_in(cell, reader):
        return None
    return segments(prepared((Span(cell.text),)), reader.labels)[0].label


def _option_cell(cell: Cell, option: str) -> Spans:
    """A cell of options: a lone mark or an empty cell becomes a tick, with the word above it."""
    text = cell.text.replace(OPEN, "").strip()
    if LONE_MARK.fullmatch(text):
        return (Span(f"{TICKED} {option}"),)
    if not text or text == UNTICKED:
        return (Span(f"{UNTICKED} {option}"),)
    return _spans(cell)
