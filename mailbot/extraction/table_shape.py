"""What a table looks like: which of its rows are answered, and which columns hold labels, people or hints."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property, partial
from itertools import takewhile

from mailbot.domain.document import Cell
from mailbot.domain.form import FieldKind
from mailbot.extraction.boilerplate import begins_example, is_placeholder
from mailbot.extraction.headings import says_whom_to_ask
from mailbot.extraction.label import Label
from mailbot.extraction.labelled_table import SENTENCE, LabelledTable, Row, numbers_of_people
from mailbot.extraction.lexicon import lexicon, phrases
from mailbot.extraction.likeness import DECISIVE, likeness
from mailbot.extraction.table_cells import (
    spans_of,
)
from mailbot.text.normalize import letters

_PRICE = re.compile(r"(?i)^\s*[x×*à]?\s*(?:€|eur\b)|\d\s*(?:€|eur\b)")
_TIMES_PRICE = re.compile(r"(?i)^\s*[x×*à]\s*(?:€|eur\b)")
_SUMS = re.compile(rf"(?i)\s*(?:{phrases('sum', 'price')}|eur)\b|\s*€")
_SIBLINGS = 3  # labels that are answered beside them
ROW_NUMBER = re.compile(r"^\s*\d{1,3}[.)]?\s*$")
#: How a caption ends that is no answer.
_CAPTION = re.compile(r"(?:\)|:|\?)\s*$")


class TableShape(LabelledTable):
    """A table whose labels are known, by what its rows and columns are for."""

    # ------------------------------------------------------------ rows and cells

    def is_example(self, index: int) -> bool:
        """Whether a row shows how to fill in the rows below it ("Vb. | Janssens | Marie")."""
        filled = [value for cell in self.grid.rows[index] if (value := self.value(cell))]
        return len(filled) > 1 and begins_example(filled[0])

    def is_form_row(self, index: int) -> bool:
        """Whether this row is a label with its answer to the right, once or several times."""
        labels = self.labels[index]
        if len(labels) < 2 or not any(label is not None for label in labels[:-1]):
            return False
        return not self.is_answered_below(index)

    def is_answered_below(self, index: int) -> bool:
        """A label alone in its row, with one answer alone in the row below."""
        if index + 1 == len(self.grid.rows) or index + 1 in self.headings:
            return False
        row, below = self.grid.rows[index], self.grid.rows[index + 1]
        asked = [n for n, cell in enumerate(row) if cell.text.strip()]
        filled = [n for n, cell in enumerate(below) if cell.text.strip()]
        return (
            len(asked) == len(filled) == 1
            and row[asked[0]].column == below[filled[0]].column
            and not (self.people_columns and below[filled[0]].columns > row[asked[0]].columns)
            and self.labels[index + 1][filled[0]] is None
            and not self._is_a_note(index, below[filled[0]])
            and not self._is_among_labels(index, row[asked[0]], below[filled[0]])
            and not any(span.slot for n, cell in enumerate(row) if n != asked[0] for span in spans_of(cell))
        )

    def _is_among_labels(self, index: int, head: Cell, cell: Cell) -> bool:
        """Whether a cell below a label stands in a column of labels that are answered beside them, and is not
        plainly what the label asks: a caption, or a heading. It is none where an empty row of a sheet sets
        the label apart from those."""
        rows = self._captions.columns.get(cell.column)
        if rows is None or cell.columns > head.columns or (index not in rows and self.is_below_a_gap(index)):
            return False
        label = self.label_at(index, head.column)
        kind = self.reader.labels.kind(label) if label else FieldKind.TEXT
        return kind not in DECISIVE or likeness(cell.text, kind, self.reader.labels) <= 0

    def _is_a_note(self, index: int, cell: Cell) -> bool:
        """Whether a sentence below a label with room beside it is nobody's answer: others are answered beside
        theirs, and what is asked has no room for several lines."""
        label = self.label_at(index, cell.column)
        long = label is not None and self.reader.labels.kind(label).traits.lines
        if long or len(cell.text.split()) < SENTENCE or len(self.grid.rows[index]) < 2:
            return False
        beside = (
            bool(labels and labels[0] and len(row) > 1 and self.value(row[1]) and labels[1] is None)
            for row, labels in zip(self.grid.rows, self.labels, strict=True)
        )
        return sum(beside) >= _SIBLINGS

    # ------------------------------------------------------------ columns

    @cached_property
    def people_columns(self) -> tuple[int, ...]:
        """The columns that are a person each; empty where the table speaks of one."""
        names = [cell for cells in self._beside_kind(FieldKind.NAME) for cell in cells]
        like_names = [c for c in names if likeness(c.text, FieldKind.NAME, self.reader.labels) >= 0]
        written = [cell for cell in like_names if cell.text.strip()[:1].isupper()]
        columns = {cell.column for cell in written or like_names} - self.hint_columns
        headings = {
            cell.column
            for row, labels in zip(self.grid.rows, self.labels, strict=True)
            if not any(labels)
            for cell, number in zip(row[1:], numbers_of_people(row)[1:], strict=True)
            if number
        } - self.label_columns
        if len(headings) > 1:
            return tuple(sorted(headings | columns))
        return tuple(sorted(columns)) if len(columns) > 1 else ()

    def _beside_kind(self, kind: FieldKind) -> list[list[Cell]]:
        """The filled cells beside each first label of this kind."""
        return [
            [c for c in self._answer_cells(row) if self.value(c) and not self.is_hint(c)]
            for row, labels in zip(self.grid.rows, self.labels, strict=True)
            if labels and labels[0] and self.reader.labels.kind(labels[0]) is kind
            if not (labels[1:] and labels[1] and labels[1].keys != labels[0].keys)
        ]

    def _lists_beside(self) -> frozenset[int]:
        """The columns behind an empty one that a caption begins ("Gidsen (naam + uur)") and that hold less
        than half of what stands beside the labels: a list of something else."""
        told: dict[int, list[str]] = {}
        for row in self.grid.rows:
            for cell in row:
                told.setdefault(cell.column, []).extend([cell.text.strip()] if cell.text.strip() else [])
        asked = sum(bool(labels and labels[0]) for labels in self.labels)
        return frozenset(
            column
            for column, said in told.items()
            if said and not told.get(column - 1, [""]) and 2 * len(said) < asked and _CAPTION.search(said[0])
        )

    @cached_property
    def hint_columns(self) -> frozenset[int]:
        """The columns that explain the questions: their heading says so, or words stand there
        where another column has an address, and a name that begins in lower case."""
        hints = {
            cell.column
            for row, labels in zip(self.grid.rows, self.labels, strict=True)
            if not any(labels)
            for cell in row[1:]
            if letters(cell.text) in lexicon().hints
        }
        lower = {
            c.column for row in self._beside_kind(FieldKind.NAME) for c in row if c.text.strip()[:1].islower()
        }
        for cells in self._beside_kind(FieldKind.EMAIL):
            if any("@" in cell.text for cell in cells):
                words = {c.column for c in cells if "@" not in c.text and len(c.text.split()) > 1}
                hints |= words & lower
        return frozenset(hints | self._priced_columns | self._explaining_columns | self._lists_beside())

    @cached_property
    def columns_of_hints(self) -> frozenset[int]:
        """The columns in which nothing but hints, and their heading, stands ("verplicht", "*")."""
        said = [cell for row in self.grid.rows for cell in row if self.value(cell)]
        answered = {c.column for c in said if not self._explains(c)}
        return frozenset(cell.column for cell in said) - answered

    def _explains(self, cell: Cell) -> bool:
        return self.is_hint(cell) or is_placeholder(cell.text) or letters(cell.text) in lexicon().hints

    @cached_property
    def _priced_columns(self) -> set[int]:
        """Beside a column headed "Aantal", the other columns (prices) are the form's own."""
        for row in self.grid.rows[:2]:
            heads = [cell for cell in row[1:] if cell.text.strip()]
            counts = {cell.column for cell in heads if _is_count(self.reader.labels.match(cell.text))}
            if len(heads) > 1 and counts:
                return {cell.column for cell in heads} - counts
        return set()

    def printed_beside(self, index: int, position: int) -> frozenset[int]:
        """The columns in which the form prints something of its own beside a label: hints, and prices and
        sums beside a number that is asked."""
        label, row = self.labels[index][position], self.grid.rows[index]
        if label is None or self.reader.labels.kind(label) is not FieldKind.NUMBER:
            return self.hint_columns
        sums = self._sums_below_a_count(index) | {
            cell.column
            for n, cell in enumerate(row[position + 2 :], position + 2)
            if any(self._is_price(before) for before in row[position + 2 : n + 1])
        }
        return self.hint_columns | sums

    def _sums_below_a_count(self, index: int) -> set[int]:
        """The columns headed as prices or sums ("Prijs", "Totaal") beside a heading "Aantal" above a row."""
        for row in reversed(self.grid.rows[:index]):
            sums = {cell.column for cell in row[1:] if _SUMS.match(cell.text)}
            others = (cell for cell in row[1:] if cell.column not in sums)
            if sums and any(self._asks_a_number(cell) for cell in others):
                return sums
        return set()

    def _asks_a_number(self, cell: Cell) -> bool:
        label = self.reader.labels.match(cell.text)
        return _is_count(label) or (label is not None and self.reader.labels.kind(label) is FieldKind.NUMBER)

    def _is_price(self, cell: Cell) -> bool:
        """Whether a cell tells what one costs: "x € 18", or a price in a column of prices."""
        if not _PRICE.search(cell.text):
            return False
        return bool(_TIMES_PRICE.match(cell.text)) or self._prices[cell.column] > 1

    @cached_property
    def _prices(self) -> Counter[int]:
        """How many prices stand in each column."""
        return Counter(cell.column for row in self.grid.rows for cell in row if _PRICE.search(cell.text))

    @cached_property
    def _explaining_columns(self) -> set[int]:
        """The columns whose words are no answers: where an address, a number or a date is asked, none
        of them is one."""
        likely: dict[int, list[float]] = {}
        for row, labels in zip(self.grid.rows, self.labels, strict=True):
            for position, label in enumerate(labels):
                kind = self.reader.labels.kind(label) if label else None
                if kind not in DECISIVE:
                    continue
                for cell in self._beside_until_label(row, position):
                    if self.value(cell):
                        is_open = is_placeholder(cell.text)  # "dd/mm/jjjj"
                        worth = -1.0 if is_open else likeness(cell.text, kind, self.reader.labels)
                        likely.setdefault(cell.column, []).append(worth)
        return {column for column, found in likely.items() if max(found) < 0 and len(found) > 1}

    def _beside_until_label(self, row: Row, position: int) -> Row:
        end = next(
            (n for n in range(position + 1, len(row)) if row[n].column in self.label_columns), len(row)
        )
        return row[position + 1 : end]

    @cached_property
    def blocks_beside(self) -> tuple[int, ...]:
        """The columns at which the same questions begin again, for another person; empty where
        every question is asked once in a row."""
        again: Counter[tuple[int, ...]] = Counter()
        for row, labels in zip(self.grid.rows, self.labels, strict=True):
            columns: dict[tuple[str, ...], list[int]] = {}
            for position, (cell, label) in enumerate(zip(row, labels, strict=True)):
                if label and (not position or labels[position - 1] is None):
                    columns.setdefault(label.keys, []).append(cell.column)
            again.update(tuple(places) for places in columns.values() if len(places) > 1)
        best = max(again, key=lambda places: (again[places], -places[0]), default=())
        return best if best and again[best] > 1 else ()

    @cached_property
    def of_organiser(self) -> frozenset[tuple[int, int]]:
        """The labels, by row and column, that stand below how to reach the organiser is headed, beside the
        questions of the form."""
        found: set[tuple[int, int]] = set()
        for index, row in enumerate(self.grid.rows):
            for cell in row[1:]:
                if self.label_at(index, cell.column) is None and says_whom_to_ask(
                    cell.text, self.reader.ours
                ):
                    below = range(index + 1, len(self.grid.rows))
                    found |= {(n, cell.column) for n in takewhile(partial(self._asks_at, cell.column), below)}
        return frozenset(found)

    def _asks_at(self, column: int, index: int) -> bool:
        return self.label_at(index, column) is not None

    def _answer_cells(self, row: Row) -> Row:
        """The cells between a row's first label and the next column of labels."""
        end = next((i for i, c in enumerate(row) if i and c.column in self.label_columns), len(row))
        return row[1:end]

    @cached_property
    def label_columns(self) -> frozenset[int]:
        """The columns that hold labels; a single one among answers is a name like "Rol"."""
        filled: Counter[int] = Counter()
        asked: Counter[int] = Counter()
        for row, labels in zip(self.grid.rows, self.labels, strict=True):
            for cell, label in zip(row, labels, strict=True):
                filled[cell.column] += bool(cell.text.strip())
                asked[cell.column] += label is not None
        return frozenset(column for column, count in asked.items() if count and 2 * count >= filled[column])


def _is_count(label: Label | None) -> bool:
    """ "Aantal", whether the form asks it or not."""
    return label is not None and label.key.endswith("count")
