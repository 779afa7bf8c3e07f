"""Tables → pieces. The layout is told by where the labels stand.

A row of labels with answers below it is a person a row (or labels above answers); a label with
answers to its right is a form in columns, or a person a column. What fits neither is read as
running text, cell after cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from mailbot.domain.document import Cell, Table
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.bare_labels import bare_label
from mailbot.extraction.block_shapes import MOST_ROWS
from mailbot.extraction.headings import CONTACT, ORGANISER, OTHER, section
from mailbot.extraction.labelled_table import Row
from mailbot.extraction.line_reader import LineReader
from mailbot.extraction.scoring import Hypothesis, is_near, with_loser, worth
from mailbot.extraction.spans import Candidate
from mailbot.extraction.table_answers import AnswerRows
from mailbot.extraction.table_cells import (
    option_in,
    question_in,
)
from mailbot.extraction.table_options import OptionRows
from mailbot.extraction.table_people import PeopleRows
from mailbot.extraction.table_shape import ROW_NUMBER, TableShape
from mailbot.extraction.ticks import SIGNS, has_box

#: Without any of these no cell holds a label and its answer.
_BOTH = re.compile(rf"[\n\t:?.…_|\-–={SIGNS}]|  ")
#: Reads rows from one on, gives what it finds to a reader, and says which row comes after.
_Mode = Callable[[int, LineReader], int]
#: What each way of reading rows is told as.
_MODES = {
    "people_below": FoundBy.PEOPLE_BELOW,
    "form_rows": FoundBy.FORM_ROWS,
    "label_above_answer": FoundBy.LABEL_ABOVE_ANSWER,
    "as_text": FoundBy.AS_TEXT,
    "heading": FoundBy.HEADING,
}


def read_grid(grid: Table, reader: LineReader) -> None:
    """Gives the reader all pieces of a table: its rows in the ways that together explain them best."""
    about = reader.about
    _Table(grid, reader).read()
    reader.about = about  # a heading in a table speaks of nothing below it
    reader.ends_a_table()


class _Table:
    def __init__(self, grid: Table, reader: LineReader) -> None:
        self._reader = reader
        self._shape = TableShape(grid, reader)
        self._grid = self._shape.grid
        self._labels = self._shape.labels
        self._options = OptionRows(self._shape)
        self._people = PeopleRows(self._shape)
        self._answers = AnswerRows(self._shape, _cell_as_text)
        self._known: dict[int, float] = {}  # what the table is worth from a row on

    def read(self) -> None:
        """Reads all rows. What a row may be in several ways is read in each, down to the end of the table,
        and one score decides."""
        row = 0
        self._begin_section_of_corner()
        about = self._reader.about
        while row < len(self._grid.rows):
            if self._reader.about == ORGANISER and self._shape.is_below_a_gap(row):
                self._reader.about = about
            modes = self._modes(row)
            if len(modes) == 1 or len(self._grid.rows) > MOST_ROWS or self._reader.trials.exhausted:
                row = modes[0](row, self._reader)
            else:
                row = self._read_best(modes, row)

    def _begin_section_of_corner(self) -> None:
        """Begins the section of somebody else whom the first cell of a table with columns of people names
        ("Ouders | Mama | Papa")."""
        first = self._grid.rows[0] if self._grid.rows else ()
        if len(first) < 3 or not all(cell.text.strip() for cell in first) or any(self._labels[0]):
            return
        corner = first[0].text.strip()
        begun = section(corner, heading=False)
        if begun is not None and begun.about in (OTHER, CONTACT):
            self._reader.heads(corner, first[0].where, alone=False)

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

    def _read_otherwise(self, mode: _Mode, row: int, end: int, trial: LineReader) -> list[Candidate]:
        """What a way that lost makes of the same rows."""
        band = self._people.band
        before = len(trial.raw)
        row = mode(row, trial)
        while row < end:
            row = self._modes(row)[0](row, trial)
        self._people.band = band
        return trial.raw[before:]

    def _modes(self, row: int) -> list[_Mode]:
        """Everything that a row may be by its structure."""
        if row in self._shape.headings:
            return [self.heading]
        if row in self._shape.heads_with_captions and self._shape.may_head(row):
            return [self._people.people_below]
        if self._options.down(row):
            return [self._options.options_below]
        if len(self._options.of_columns(row)[1]) > 1:
            return [self._options.options_beside]
        labels = self._labels[row]
        modes: list[_Mode] = []
        if self._shape.may_head(row):
            modes.append(self._people.people_below)
        if any(one is not None and (two is None or two.keys == one.keys) for one, two in pairwise(labels)):
            modes.append(self._answers.form_rows)
        if self._shape.is_answered_below(row):
            modes.insert(0, self.label_above_answer)
        if (
            not modes
            or (self._people.people_below in modes and self._asks_below(row))
            or any(_BOTH.search(cell.text) and self._holds_answers((cell,)) for cell in self._grid.rows[row])
        ):
            modes.append(self.as_text)
        return modes

    def _worth_from(self, mode: _Mode, row: int) -> float:
        """What it is worth to read a row so, with the rows below it in their best ways."""
        band = self._people.band
        fork = self._reader.trial()
        before = len(fork.raw)
        end = mode(row, fork)
        fork.trials.count(end - row)
        total = worth(fork.raw[before:], self._reader.labels)
        total += self._best_from(end)
        self._people.band = band
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

    def _holds_answers(self, row: Row) -> bool:
        """Whether cells hold label and answer together; "Neemt deel: ja | Neemt deel: nee" are
        headers all the same."""
        options = sum(bool(option_in(cell, self._reader)) for cell in row)
        questions = sum(question_in(cell, self._reader) is not None for cell in row)
        return questions > (options if options > 1 else 0)

    def as_text(self, index: int, reader: LineReader) -> int:
        """Reads a row as running text, cell after cell; returns the row after."""
        row = self._grid.rows[index]
        said = [cell for cell in row if cell.text.strip()]
        if said and reader.begins_organiser(said[0].text, said[0].where):
            return index + 1
        filled = sum(not ROW_NUMBER.match(cell.text) for cell in said)
        told = self._asks_in_its_own_words(index)
        for cell in row:
            _cell_as_text(cell, reader, alone=filled < 2, told=told and cell is not said[0])
        return index + 1

    def _asks_in_its_own_words(self, index: int) -> bool:
        """Whether a row begins with words that ask nothing that we know, with one other cell beside them."""
        said = [cell for cell in self._grid.rows[index] if cell.text.strip()]
        if len(said) != 2 or not said[0].text.strip()[0].isalpha() or has_box(said[0].text):
            return False
        asks = self._shape.label_at(index, said[0].column) or question_in(said[0], self._reader)
        return asks is None and bare_label(said[0].text, self._reader.labels, None) is None

    def heading(self, index: int, reader: LineReader) -> int:
        """Reads a row that only names what is asked below it; returns the row after."""
        said = [cell for cell in self._grid.rows[index] if cell.text.strip()]
        reader.heads(said[0].text, said[0].where, alone=len(said) == 1)
        return index + 1

    def label_above_answer(self, index: int, reader: LineReader) -> int:
        """Reads a row and the one below it as running text: a label, and its answer below."""
        return self.as_text(self.as_text(index, reader), reader)


def _cell_as_text(cell: Cell, reader: LineReader, *, alone: bool = False, told: bool = False) -> None:
    for block in cell.blocks:
        if isinstance(block, Table):
            read_grid(block, reader)
        else:
            reader.paragraph(block, alone=alone, told=told)
