"""The cells of a table and the labels in them: which explain another, which rows head the others, and where
options do. ``table_shape`` tells which columns hold labels, people or hints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress, pairwise

from mailbot.domain.document import Cell, Paragraph, Table, Unit
from mailbot.domain.form import FieldKind
from mailbot.extraction.boilerplate import is_ditto, is_instruction
from mailbot.extraction.captions import Captions
from mailbot.extraction.headings import section
from mailbot.extraction.label import Label
from mailbot.extraction.lexicon import lexicon
from mailbot.extraction.likeness import DECISIVE, likeness
from mailbot.extraction.line_reader import LineReader
from mailbot.extraction.spans import OPEN, text_of
from mailbot.extraction.table_cells import (
    HINT,
    label_of,
    spans_of,
)
from mailbot.extraction.ticks import LONE_MARK
from mailbot.extraction.values.choice import option_named
from mailbot.text.characters import UNTICKED
from mailbot.text.normalize import letters, tidy

_COUNTED = re.compile(r"([^\W\d][^\d]*?)\s*(\d{1,2})\.?")
_SIGNS_BETWEEN = frozenset(":-–—=>→|")
SENTENCE = 6  # words
Row = tuple[Cell, ...]


class LabelledTable:
    """A table whose labels are known; ``reader`` is the one that met it, with the heading above it."""

    def __init__(self, grid: Table, reader: LineReader) -> None:
        self.grid = grid = _without_heads_of_pairs(_without_columns_of_signs(grid))
        self.reader = reader
        self.grid = grid = self._without_explanations()
        self.labels = _without_chance_likeness(
            grid,
            [_without_headings(row, labels) for row, labels in zip(grid.rows, self._asked(), strict=True)],
        )
        self.labels = [self._with_explained(*row) for row in zip(grid.rows, self.labels, strict=True)]
        self._captions = Captions(grid, [*self.labels], reader.labels)
        self.heads_with_captions: frozenset[int] = frozenset()
        if reader.captions:  # of any table, or none of this one is one
            self.labels, self.heads_with_captions = self._captions.labelled(), self._captions.heads
        self._strip_margin()
        self._options_heading: dict[int, dict[int, tuple[Label, str]]] = {}
        self.headings = frozenset(
            index
            for index, row in enumerate(self.grid.rows)
            if len(set(numbers_of_people(row)) - {0}) > 1 or self._is_heading(index)
        )
        self._options_heading.clear()
        for index in self.headings:
            self.labels[index] = [None] * len(self.labels[index])

    def _strip_margin(self) -> None:
        """Leaves out the empty cells before the first column that asks something."""
        places = zip(self.grid.rows, self.labels, strict=True)
        asking = [
            cell.column for row, labels in places for cell, label in zip(row, labels, strict=True) if label
        ]
        first = min(asking, default=0)
        if not first:
            return
        kept = [[_is_used(cell) or cell.column >= first for cell in row] for row in self.grid.rows]
        self.labels = [list(compress(*row)) for row in zip(self.labels, kept, strict=True)]
        rows = (tuple(compress(*row)) for row in zip(self.grid.rows, kept, strict=True))
        self.grid = replace(self.grid, rows=tuple(rows))

    def _asked(self) -> Iterator[list[Label | None]]:
        """The labels of each row, as they are meant below the last row that is a heading ("Ouders")."""
        above = ""
        for row in self.grid.rows:
            is_alone = len(row) == 1 and row[0].columns > 1
            above = tidy(row[0].text) if is_alone else above
            yield [self._asked_in(cell, "" if is_alone else above) for cell in row]

    def _asked_in(self, cell: Cell, above: str) -> Label | None:
        """The label that a cell consists of, as it is meant below the heading of the table and one in it."""
        label = label_of(cell, self.reader)
        if label is None and not cell.text.strip():
            return None
        label = self.reader.below_heading(cell.text, label)
        return self.reader.labels.below(above, cell.text, label) if above else label

    def _with_explained(self, row: Row, labels: list[Label | None]) -> list[Label | None]:
        """The labels of a row, with those that words below them in their cell explain ("Rekeningnummer", and
        below it "voor terugbetalingen"): an address or a number is asked, these words are none, and beside
        them is room."""
        beside = zip(row[:-1], labels, labels[1:], strict=False)
        explained = [own or (self._explained(cell) if after is None else None) for cell, own, after in beside]
        return [*explained, *labels[-1:]]

    def _explained(self, cell: Cell) -> Label | None:
        above = self._label_above(cell)
        return above[0] if above and self._is_no_answer(*above) else None

    def _is_no_answer(self, label: Label, text: str) -> bool:
        """Whether an address or a number is asked, and this is none."""
        kind = self.reader.labels.kind(label)
        return kind in DECISIVE and likeness(text, kind, self.reader.labels) < 0

    def _without_explanations(self) -> Table:
        """The table without the words below a label in its cell that explain it: they stand below other
        labels as well and are a hint, or no answer to one of those; or what answers the labels of that column
        stands beside them."""
        told = [one for row in self.grid.rows for cell in row if (one := self._label_above(cell))]
        asked = self.reader.labels
        hints = {rest for label, rest in told if _tells_how(rest) or self._is_no_answer(label, rest)}
        common = Counter(
            rest
            for keys, rest in {(label.keys, rest) for label, rest in told}
            if rest in hints
            and (kind := asked.kind(Label(keys))) not in (FieldKind.YES_NO, FieldKind.CHOICE)
            and not is_ditto(rest)
            and not (kind in DECISIVE and likeness(rest, kind, asked) > 0)
        )
        beside = self._answered_beside() if told else frozenset()
        if not beside and max(common.values(), default=0) < 2:
            return self.grid

        def bare(cell: Cell) -> Cell:
            above = self._label_above(cell)
            if above is None or (cell.column not in beside and common[above[1]] < 2):
                return cell
            return replace(cell, blocks=cell.blocks[:1])

        return replace(self.grid, rows=tuple(tuple(map(bare, row)) for row in self.grid.rows))

    def _label_above(self, cell: Cell) -> tuple[Label, str] | None:
        """The label that the first line of a cell is, with the words below it in the cell; None for none."""
        if len(cell.blocks) < 2 or not all(isinstance(block, Paragraph) for block in cell.blocks):
            return None
        said = [block for block in cell.blocks if isinstance(block, Paragraph) and block.text.strip()]
        if len(said) < 2 or len(said) < len(cell.blocks) or any(s.slot for line in said for s in line.spans):
            return None
        label = self.reader.labels.exactly(said[0].text.strip())
        rest = " ".join(line.text for line in said[1:])
        return (label, rest) if label and not label.is_other else None

    def _answered_beside(self) -> frozenset[int]:
        """The columns of labels with words below them that begin as no answer does, beside each of which a
        line stands that asks nothing: two of them at least, and never a label."""
        found: dict[int, list[bool]] = {}
        for row in self.grid.rows:
            for cell, beside in pairwise(row):
                if above := self._label_above(cell):
                    explains = above[1][:1].islower() or _tells_how(above[1])
                    asks = len(beside.blocks) > 1 or label_of(beside, self.reader) is not None
                    is_answered = bool(beside.text.strip()) and not asks
                    found.setdefault(cell.column, []).append(explains and is_answered)
        return frozenset(column for column, its in found.items() if all(its) and len(its) > 1)

    def may_head(self, index: int) -> bool:
        """Whether different labels stand beside each other."""
        labels = self._with_options(index)
        keys = {(key, label.negative) for label in labels if label for key in label.keys}
        if len(keys) < 2 or sum(map(bool, labels)) < 2 or self._holds_questions_below(index):
            return False
        if _stand_together(labels):
            return True
        apart = _stand_together(self._without_gaps(index)) or self._is_as_wide_below(index)
        return apart and not self._has_room_beside(index)

    def _has_room_beside(self, index: int) -> bool:
        """Whether each label of a row has an empty cell beside it, in columns whose labels are answered
        beside them: it was left open, and heads nothing."""
        row, labels = self.grid.rows[index], self.labels[index]
        asked = [n for n, label in enumerate(labels) if label is not None]
        said = [n for n, cell in enumerate(row) if cell.text.strip()]
        answered = self._captions.columns
        return asked == said and all(row[n].column in answered and n + 1 < len(row) for n in asked)

    def _holds_questions_below(self, index: int) -> bool:
        """Whether each cell of the row below asks something itself, with the answer behind it ("Naam: An
        Maes | E-mail: ..."): what stands above heads a part of the form."""
        if index + 1 == len(self.grid.rows):
            return False
        said = [cell.text.partition(":") for cell in self.grid.rows[index + 1] if cell.text.strip()]
        asked = [label for label, colon, _ in said if colon and self.reader.labels.match(label.strip())]
        return len(asked) == len(said) > 1

    def _with_options(self, index: int) -> list[Label | None]:
        """The labels of a row, with the questions whose options head columns of it."""
        heading = self.options_heading(index)
        if not heading:
            return self.labels[index]
        cells = zip(self.grid.rows[index], self.labels[index], strict=True)
        return [heading[cell.column][0] if cell.column in heading else label for cell, label in cells]

    def options_heading(self, index: int) -> dict[int, tuple[Label, str]]:
        """The columns of a header that are headed by an option each ("Dag 1 | Dag 2 | Diner"), two at least,
        with the question that has them and no other: a mark below one chooses it."""
        if index not in self._options_heading:
            self._options_heading[index] = self._headed_by_options(index)
        return self._options_heading[index]

    def _headed_by_options(self, index: int) -> dict[int, tuple[Label, str]]:
        found: dict[int, tuple[Label, str]] = {}
        again: set[int] = set()
        heads = [
            (cell.column, cell.text)
            for cell, label in zip(self.grid.rows[index], self.labels[index], strict=True)
            if cell.text.strip() and (label is None or label.is_other or not label.exact)
        ]
        for field in self.reader.labels.form.of_kind(FieldKind.CHOICE) if len(heads) > 1 else ():
            named = {column: _option_named(text, field.choices) for column, text in heads}
            options = {column: option for column, option in named.items() if option}
            if len(options) < 2 or len(set(options.values())) < len(options):
                continue
            again |= found.keys() & options.keys()
            found.update({column: (Label((field.key,)), option) for column, option in options.items()})
        return {} if again else found

    def _is_as_wide_below(self, index: int) -> bool:
        """Whether the cells of the row below are each as wide as a label of this one and the empty cells
        behind it, and ask nothing: that is the room for its answer."""
        if index + 1 == len(self.grid.rows):
            return False
        below = self.grid.rows[index + 1]
        asking = {
            cell.column
            for cell, label in zip(self.grid.rows[index], self.labels[index], strict=True)
            if label
        }
        said = {cell.column for cell in self.grid.rows[index] if cell.text.strip()}
        wide = any(cell.columns > 1 for cell in below)
        return wide and {cell.column for cell in below} == asking == said and not any(self.labels[index + 1])

    def _without_gaps(self, index: int) -> list[Label | None]:
        """The labels of a row without the columns that are empty there and in the rows right below it."""
        own = {cell.column for cell in self.grid.rows[index]}
        columns = {cell.column for cell in self.grid.rows[index] if cell.text.strip()}
        above = index
        for below in range(index + 1, len(self.grid.rows)):
            if columns >= own or self._is_apart(above, below):
                break
            columns |= {cell.column for cell in self.grid.rows[below] if _is_used(cell)}
            above = below
        cells = zip(self.grid.rows[index], self.labels[index], strict=True)
        return [label for cell, label in cells if cell.column in columns] if above > index else []

    def is_below_a_gap(self, index: int) -> bool:
        """Whether an empty row of the sheet was left out above a row."""
        return index > 0 and self._is_apart(index - 1, index)

    def _is_apart(self, above: int, below: int) -> bool:
        before, after = self.grid.rows[above], self.grid.rows[below]
        if not before or not after or not after[0].where.has(Unit.SHEET):
            return False  # rows of other tables are never left out
        return after[0].where.row > before[0].where.row + 1

    def _is_heading(self, index: int) -> bool:
        """Whether a row names only what is asked below it: "Deelnemer" above a name of its own, or groups of
        columns ("Deelnemer | | Praktisch |") above a row of labels."""
        row, below = self.grid.rows[index], index + 1
        said = [n for n, cell in enumerate(row) if cell.text.strip()]
        labels = [label for n in said if (label := self.labels[index][n])]
        if not labels or below == len(self.grid.rows) or any(row[n].text.strip().endswith(":") for n in said):
            return False
        if not any((begun := section(row[n].text, heading=False)) and begun.about for n in said):
            return False
        is_group = len(said) > 1 or row[said[0]].columns > 1
        if not _ask_again(labels, self.labels[below : below + 1] if is_group else self.labels[below:]):
            return False
        return len(said) == 1 or (
            _are_apart(row, said) and self.may_head(below) and not self._is_apart(index, below)
        )

    def cell_at(self, index: int, column: int) -> Cell | None:
        return next((c for c in self.grid.rows[index] if c.column <= column < c.column + c.columns), None)

    def label_at(self, index: int, column: int) -> Label | None:
        for cell, label in zip(self.grid.rows[index], self.labels[index], strict=True):
            if cell.column <= column < cell.column + cell.columns:
                return label
        return None

    def first(self, index: int) -> str:
        row = self.grid.rows[index]
        return row[0].text if row else ""

    def value(self, cell: Cell) -> str:
        return text_of(spans_of(cell)).replace(OPEN, "").replace(UNTICKED, "").strip(" ._…\n")

    def is_mark(self, cell: Cell) -> bool:
        return not self.value(cell) or LONE_MARK.fullmatch(cell.text) is not None

    def is_hint(self, cell: Cell) -> bool:
        text = cell.text.strip()
        return self.reader.blank.has_text(text) or _tells_how(text)


def _option_named(text: str, choices: tuple[str, ...]) -> str:
    """The option that a heading names, perhaps with words below it that explain it; empty for none."""
    return option_named(text, choices) or option_named(text.strip().split("\n")[0], choices)


def _tells_how(text: str) -> bool:
    """Whether words in a cell are a hint to fill it in."""
    return HINT.match(text) is not None or is_instruction(text)


def _without_columns_of_signs(grid: Table) -> Table:
    """The table without columns that hold nothing but the signs between labels and answers (":", "-")."""
    signs: Counter[int] = Counter()
    others: set[int] = set()
    for row in grid.rows:
        for cell in row:
            text = cell.text.strip()
            if text in _SIGNS_BETWEEN:
                signs[cell.column] += 1
            elif text or cell.columns > 1:
                others.add(cell.column)
    gone = {column for column, count in signs.items() if count > 1} - others
    if not gone:
        return grid
    return replace(grid, rows=tuple(tuple(c for c in row if c.column not in gone) for row in grid.rows))


def _without_heads_of_pairs(grid: Table) -> Table:
    """The table without rows that only name its columns: "Vraag | Uw antwoord"."""
    kept = tuple(row for row in grid.rows if not _names_pairs(row))
    return grid if len(kept) in (0, len(grid.rows)) else replace(grid, rows=kept)


def _names_pairs(row: Row) -> bool:
    """Whether a row holds nothing but words for questions, and words for the answers behind them."""
    said = [letters(cell.text) for cell in row if cell.text.strip()]
    words = lexicon()
    return len(said) > 1 and all(
        word in (words.answered if n % 2 else words.asked) for n, word in enumerate(said)
    )


def _is_used(cell: Cell) -> bool:
    return bool(cell.text.strip()) or any(span.slot for span in spans_of(cell))


def _without_headings(row: Row, labels: list[Label | None]) -> list[Label | None]:
    """Drops headings: a "Deelnemers" alone in its row, and "Deelnemer 2" above a column."""
    alone = sum(bool(cell.text.strip()) for cell in row) < 2
    numbers = numbers_of_people(row)
    counted = len(set(numbers) - {0}) > 1
    return [
        None
        if label
        and ((label.many and (alone or label.number)) or (label.is_other and alone) or (counted and number))
        else label
        for label, number in zip(labels, numbers, strict=True)
    ]


def numbers_of_people(row: Row) -> list[int]:
    """The numbers that a row of headings gives to people ("Deelnemer 1 | Deelnemer 2"), 0 for any other cell:
    the same word with another number each time counts people, whatever it calls them ("Kind 1 | Kind 2")."""
    begun = [section(cell.text, heading=False) for cell in row]
    numbers = [one.number if one else 0 for one in begun]
    told = [_COUNTED.fullmatch(cell.text.strip()) for cell in row if cell.text.strip()]
    if len(told) < 2 or len({one[1].casefold() if one else "" for one in told}) > 1 or None in told:
        return numbers
    return [int(one[2]) if (one := _COUNTED.fullmatch(cell.text.strip())) else 0 for cell in row]


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


def _ask_again(labels: Sequence[Label], rows: Sequence[Sequence[Label | None]]) -> bool:
    """Whether the rows ask something of what each of these labels does."""
    asked = {key for its in rows for label in its if label for key in label.keys}
    return all(asked.intersection(label.keys) for label in labels)


def _are_apart(row: Row, said: Sequence[int]) -> bool:
    """Whether each of the cells of a row that say something spans columns, or has an empty one behind it."""
    return all(row[n].columns > 1 or n + 1 == len(row) or n + 1 not in said for n in said)
