"""Labels of a table with their answers beside them: one answer, options, or a column for each person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial

from mailbot.domain.document import Cell, Paragraph, Span
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.boilerplate import is_placeholder, only_offers
from mailbot.extraction.headings import ORGANISER, OTHER, PRACTICAL, says_whom_to_ask, section
from mailbot.extraction.label import Label
from mailbot.extraction.labelled_table import Row
from mailbot.extraction.line_cuts import prepared, segments
from mailbot.extraction.line_reader import LineReader
from mailbot.extraction.spans import Candidate, Spans, line_break
from mailbot.extraction.table_cells import (
    OFFERED,
    holds_label,
    option_cell,
    piece_of,
    spans_of,
)
from mailbot.extraction.table_options import OptionRows
from mailbot.extraction.table_shape import TableShape
from mailbot.extraction.ticks import LONE_MARK
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.normalize import letters


class AnswerRows:
    """Reads rows of labels and answers; ``as_text`` reads a cell that asks nothing itself."""

    def __init__(self, shape: TableShape, as_text: Callable[[Cell, LineReader], None]) -> None:
        self._shape = shape
        self._as_text = as_text
        self._grid, self._reader, self._labels = shape.grid, shape.reader, shape.labels
        self._options = OptionRows(shape)

    def form_rows(self, start: int, reader: LineReader) -> int:
        """Reads one row, or all rows of a table with a person a column; returns the row after."""
        people = self._shape.people_columns
        index = start
        while index < len(self._grid.rows) and (index == start or people):
            if index > start and (not self._shape.is_form_row(index) or self._shape.may_head(index)):
                break
            index += self._form_row(index, people, reader)
        return index

    def _form_row(self, index: int, people: tuple[int, ...], reader: LineReader) -> int:
        """Reads a row of questions; how many rows it took, with those that go on with its last choices."""
        more: list[Row] = []
        taken = 1
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
                    more = self._options.going_on(index, label, row[position])
                marked, rows = self._options.marked_beside(index, label, answers)
                if more:
                    piece = self._listed_below(label, answers, more)
                elif marked and (rows == 1 or not people):
                    taken = max(taken, rows)
                    piece = self._marked(label, marked, row[position])
                else:
                    piece = self._beside(label, answers, index, row[position])
                about = ORGANISER if (index, row[position].column) in self._shape.of_organiser else ""
                reader.add(replace(piece, place=self._block_of(row[position]), section=about))
            position = end
        return taken + len(more)

    def _unlabelled(self, row: Row, position: int, label: Label | None, reader: LineReader) -> int:
        """Reads a cell that asks nothing itself, with the one beside it where that is below its heading; how
        many these are."""
        if label is None:
            self._as_text(row[position], reader)
            return 1
        reader.below(row[position].text, partial(self._as_text, row[position + 1], reader))
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
        begun = [column for column in self._shape.blocks_beside if column <= head.column]
        return f"{self._grid.where}|{begun[-1]}" if begun else ""

    def _begins_another(self, label: Label, index: int, position: int, people: tuple[int, ...]) -> bool:
        """Whether this cell is the next label, or holds one with its answer, and is no answer that
        looks like a label ("OCMW")."""
        row = self._grid.rows[index]
        other = self._labels[index][position]
        if other is None:
            return self._begins_with_caption(row[position]) or holds_label(row[position], label, self._reader)
        if people and row[position].column in people:
            return False
        if other.is_other:
            return True
        if row[position].column in self._shape.label_columns and (
            other.main or row[position].text.endswith(":")
        ):
            return True
        first = self._labels[index][position - 1] is not None
        return not (first and (other.keys == label.keys or position + 1 == len(row)))

    def _begins_with_caption(self, cell: Cell) -> bool:
        """Whether a printed label of nothing that the form asks stands in a cell, above its answer."""
        said = [block.text for block in cell.blocks if block.text.strip()]
        return len(said) > 1 and letters(said[0]) in self._reader.captions

    def _person_cells(
        self, label: Label, answers: Row, people: tuple[int, ...], head: Cell, reader: LineReader
    ) -> None:
        for cell in answers:
            columns = [c for c in people if cell.column <= c < cell.column + cell.columns]
            for column in columns:
                place = f"{self._grid.where}|{column}"
                reader.add(piece_of(label, spans_of(cell), cell.where, place, reader=FoundBy.COLUMN))
        if not answers:
            reader.add(piece_of(label, (), head.where, ""))

    def _beside(self, label: Label, answers: Row, index: int, head: Cell) -> Candidate:
        """What stands in the cells beside a label: options to tick, or one answer."""
        printed = self._shape.printed_beside(index, self._grid.rows[index].index(head))
        kept = tuple(cell for cell in answers if cell.column not in printed)
        answers = kept or tuple(replace(cell, blocks=()) for cell in answers[:1])
        given = _unprompted([cell for cell in answers if self._shape.value(cell)])
        given = [cell for cell in given if cell is answers[0] or not _begins_another_matter(cell)]
        alone = len(given) == 1 and not LONE_MARK.fullmatch(given[0].text)
        if self._reader.labels.kind(label) in OFFERED and len(answers) > 1 and not alone:
            return self._options_beside(label, answers, self._options.above(index, label))
        filled = [cell for cell in given if not self._shape.is_hint(cell)]
        spans: Spans = ()
        for cell in filled or answers[:1]:
            spans = (*spans, *(line_break() if spans else ()), *spans_of(cell))
        where = (filled or answers or (head,))[0].where
        return piece_of(label, spans, where, "", self._doubt_beside(label, filled, index))

    def _marked(self, label: Label, marked: Sequence[tuple[str, Cell | None]], head: Cell) -> Candidate:
        """Options in cells of their own, each with room for a mark in another."""
        spans: Spans = ()
        where = head.where
        for option, cell in marked:
            ticked = cell is not None and bool(self._shape.value(cell))
            where = cell.where if ticked and cell else where
            spans = (*spans, Span(f"{TICKED if ticked else UNTICKED} {option}  "))
        return piece_of(label, spans, where, "", reader=FoundBy.OPTION_ROWS)

    def _listed_below(self, label: Label, answers: Row, more: Sequence[Row]) -> Candidate:
        """A choice a row, each with room for a mark in the same column; without a mark nothing was chosen."""
        rows = [answers, *more]
        doubt = None
        marked = {cell.column for row in rows for cell in row if LONE_MARK.fullmatch(cell.text)}
        first = answers[0].column if answers else 0
        if marked and all(sum(not self._shape.is_mark(cell) for cell in row) == 1 for row in more):
            rows = [_marked_before(row, self._shape) for row in rows]
            marked = {row[0].column for row in rows if row}
        if not marked and len(more) == 1 and not any(cell.text.strip() for cell in answers):
            doubt = Doubt(Reason.LABEL_OR_ANSWER)  # typed a row too low, or the one option that was made out
        spans: Spans = ()
        for row in rows:
            spans = (*spans, *_as_options(row, marked, first), *line_break())
        return piece_of(label, spans, answers[0].where if answers else self._grid.where, "", doubt)

    def _options_beside(self, label: Label, answers: Row, options: dict[int, str]) -> Candidate:
        """A cell for each option, which is named in it or above it."""
        spans: Spans = ()
        for cell in answers:
            spans = (*spans, *option_cell(cell, options.get(cell.column, "")), Span("  "))
        nameless = any(
            LONE_MARK.fullmatch(cell.text) and not options.get(cell.column)
            for cell in answers
            if self._shape.value(cell)
        )
        doubt = Doubt(Reason.TICK_OF_WHAT) if nameless else None
        return piece_of(label, spans, answers[0].where, "", doubt)

    def _doubt_beside(self, label: Label, filled: list[Cell], index: int) -> Doubt | None:
        """Why what stands beside a label is perhaps not its answer."""
        kind = self._reader.labels.kind(label)
        if len(filled) > 1 and not kind.traits.lines:
            return Doubt(Reason.MANY_BESIDE)
        other = self._shape.label_at(index, filled[0].column) if filled else None
        asks_otherwise = other is not None and other.keys != label.keys and kind not in OFFERED
        return Doubt(Reason.LABEL_OR_ANSWER) if asks_otherwise else None


def _begins_another_matter(cell: Cell) -> bool:
    """Whether a cell is the heading of a block beside the form ("Voorbehouden voor de dienst")."""
    begun = section(cell.text, heading=False)
    return says_whom_to_ask(cell.text) or (begun is not None and begun.about in (OTHER, PRACTICAL))


def _marked_before(row: Row, shape: TableShape) -> Row:
    """The mark of a row and its option, in this order, wherever in the row the mark stands."""
    told = [cell for cell in row if not shape.is_mark(cell)]
    marks = [cell for cell in row if LONE_MARK.fullmatch(cell.text)]
    empty = [cell for cell in row if cell not in told and cell not in marks]
    return tuple([*(marks or empty)[:1], *told] if told else marks)


def _unprompted(given: list[Cell]) -> list[Cell]:
    """The cells that hold more than the options or the hint of the form; all where each does."""
    return [cell for cell in given if not (only_offers(cell.text) or is_placeholder(cell.text))] or given


def _as_options(row: Row, marked: Collection[int], first: int) -> Spans:
    """What a row says from the ``first`` column on, and its cells in the columns that are marked."""
    kept = (c for c in row if c.column in marked or (c.column >= first and c.text.strip()))
    return tuple(span for cell in kept for span in (*option_cell(cell, ""), Span("  ")))
