"""A person in each row of a table, below a row of labels."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from mailbot.domain.document import Cell, Span
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.boilerplate import begins_example, is_placeholder, only_offers, sums_up
from mailbot.extraction.headings import APART, CONTACT, OTHER, PRACTICAL, says_whom_to_ask, section
from mailbot.extraction.label import Label
from mailbot.extraction.likeness import likeness
from mailbot.extraction.line_reader import LineReader
from mailbot.extraction.meals import meal_asked, names_a_meal
from mailbot.extraction.spans import Candidate
from mailbot.extraction.table_cells import (
    OFFERED,
    option_in,
    piece_of,
    question_of_option,
    spans_of,
)
from mailbot.extraction.table_options import OptionRows
from mailbot.extraction.table_shape import ROW_NUMBER, TableShape
from mailbot.extraction.ticks import is_chosen
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.lexicon import is_yes_or_no

#: An answer behind a caption of its own in a cell.
_CAPTIONED = re.compile(r"[^\W\d][^:\d]*:\s")
_REMARK = ("*", "(")  # what a remark below a list begins with
_SENTENCE = 6  # words
#: An address or a number: what somebody wrote, and no word on how to fill in a column.
_REACHED = re.compile(r"@|(?:\d\D{0,3}){8}")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table of people: what its header asks, and the option ("ja") it stands for;
    ``is_marked``: the header is that option, and whatever else than a mark stands below it is a doubt."""

    label: Label
    option: str = ""
    is_marked: bool = False


class PeopleRows:
    """Reads rows of people. ``band`` is which questions the rows above ask, and where they begin: labels
    above answers, band after band, are the same person."""

    def __init__(self, shape: TableShape) -> None:
        self._shape = shape
        self._grid, self._reader, self._labels = shape.grid, shape.reader, shape.labels
        self._options = OptionRows(shape)
        self.band: tuple[frozenset[str], int] = frozenset(), 0

    def people_below(self, header: int, reader: LineReader) -> int:
        """Reads the rows below a header row; returns the row after them."""
        columns, first = self._columns(header)
        keys = {key for column in columns.values() for key in column.label.keys}
        rows, filled, after = self._rows_below(first, columns)
        band, start = self.band
        if band & keys or not band:
            band, start = frozenset(keys), first
        else:  # labels above answers, band after band: the same person
            band |= keys
        self.band = band, start
        of_nobody = len(keys) == 1 and band == keys  # "Neemt deel | Neemt niet deel" and a cross
        spare = [index for index in rows if not self._shape.is_example(index)]
        for index in filled or spare[:1] or [header]:
            place = "" if of_nobody else f"{self._grid.where}#{start + (index - first)}"
            for piece in self._row_pieces(index, columns, place, empty=not filled):
                reader.add(piece)
        return after

    def _rows_below(self, row: int, columns: dict[int, _Column]) -> tuple[list[int], list[int], int]:
        """The rows for people from a row on, those that are filled in, and the row after their list."""
        rows: list[int] = []
        filled: list[int] = []
        while row < len(self._grid.rows) and (self._shape.is_example(row) or not self._shape.may_head(row)):
            if not self._is_banner(row, columns) and not self._is_total(row, columns):
                if self._is_footer(row, columns) or (rows and self._are_pairs(row)):
                    break
                if self._begins_another_matter(row, filled, columns):
                    break
                if rows or not self._explains(row, columns):
                    rows.append(row)
                    filled += [row] if self._is_filled(row, columns) else []
            row += 1
        return rows, filled, row

    def _columns(self, header: int) -> tuple[dict[int, _Column], int]:
        """Which grid column asks what, and the first row below the header."""
        columns: dict[int, _Column] = {}
        before: Label | None = None  # what a heading right before asks, that names an option
        options = self._options.below_header(header) or self._options.named_in(header + 1)
        headed = self._shape.options_heading(header)
        for cell, label in zip(self._grid.rows[header], self._labels[header], strict=True):
            if cell.column in headed:
                columns[cell.column] = _Column(*headed[cell.column], is_marked=True)
                before = None
                continue
            label = label or question_of_option(cell, self._reader)
            label = label or (before if is_yes_or_no(cell.text.strip()) else None)
            label = label or self._presence_of(cell, header)
            if label is None or label.is_other:
                label = self._meal_of(cell) or label
            before = label if label and self._option_of(cell) else None
            if label is None:
                continue
            wide = self._reader.labels.kind(label) in OFFERED
            for column in self._spanned(header, cell, options) if wide else (cell.column,):
                columns[column] = _Column(label, options.get(column, "") or self._option_of(cell))
        return columns, header + (2 if options else 1)

    def _spanned(self, header: int, cell: Cell, options: Collection[int]) -> range:
        """The columns of a heading: its own, and those with an option below them up to the next heading."""
        end = cell.column + min(cell.columns, 50)
        after = [one.column for one in self._grid.rows[header] if one.column >= end and one.text.strip()]
        while end in options and end not in after:
            end += 1
        return range(cell.column, end)

    def _presence_of(self, cell: Cell, header: int) -> Label | None:
        """What a column headed "Ja" asks, beside one that is headed "Neen": who comes."""
        words = [one.text.strip() for one in self._grid.rows[header]]
        options = [word for word in words if is_yes_or_no(word)]
        presence = self._reader.labels.presence
        return Label((presence,)) if presence and len(options) == 2 and cell.text.strip() in options else None

    def _meal_of(self, cell: Cell) -> Label | None:
        """What a column headed "Lunch" asks where the form asks one thing of a meal, in other words."""
        asked = meal_asked(self._reader.labels.form) if names_a_meal(cell.text) else None
        return Label((asked.key,)) if asked is not None else None

    def _option_of(self, cell: Cell) -> str:
        text = cell.text.strip()
        return text if is_yes_or_no(text) else option_in(cell, self._reader)

    def _is_banner(self, index: int, columns: dict[int, _Column]) -> bool:
        """Whether a merged row names the group of the people below it ("Schepencollege"), perhaps with
        something beside the list."""
        row = self._grid.rows[index]
        if not row or row[0].columns < 2 or index + 1 == len(self._grid.rows):
            return False
        over = sum(row[0].column <= column < row[0].column + row[0].columns for column in columns)
        if len(row) > 1 and 2 * over <= len(columns):
            return False
        below = self._grid.rows[index + 1]
        return sum(bool(self._shape.value(cell)) for cell in below if cell.column in columns) > 1

    def _is_footer(self, index: int, columns: dict[int, _Column]) -> bool:
        row, labels = self._grid.rows[index], self._labels[index]
        first = labels[0] if labels else None
        asked = columns.get(row[0].column) if row else None
        if len(row) == 1 and row[0].columns > 1 and len(columns) > 1:
            return True
        if first is None or not first.exact or (asked and asked.label.keys == first.keys):
            return False
        return sum(bool(self._shape.value(cell)) for cell in row[1:]) <= 1

    def _begins_another_matter(self, index: int, filled: Sequence[int], columns: dict[int, _Column]) -> bool:
        """Whether what stands from a row on is no more of the list: a heading of something else
        ("Voorbehouden aan de dienst"), or, below rows left open, what does not look like the people above."""
        row = self._grid.rows[index]
        said = [cell for cell in row if self._shape.value(cell) and not ROW_NUMBER.match(cell.text)]
        if len(said) == 1 and says_whom_to_ask(said[0].text):
            return True
        if len(said) == 1 and (begun := section(said[0].text, heading=False)):
            return begun.about in (OTHER, CONTACT, PRACTICAL)
        if len(said) == 1 and self._is_a_sentence(said[0], columns):
            return True
        if said and self._is_of_others(said[0], index, filled, columns):
            return True
        if not filled or not self._shape.is_below_a_gap(index) or not said:
            return False
        told = self._told(index, columns)
        if 2 * told > len(columns) or self._tells_who(index, columns):
            return False
        return all(told < self._told(row, columns) for row in filled)

    def _is_of_others(
        self, first: Cell, index: int, filled: Sequence[int], columns: dict[int, _Column]
    ) -> bool:
        """Whether the first cell of a row, where nothing of the form is asked, says that it is of others, and
        less is told in it than of anybody above: "Reserve", with a name beside it."""
        asked = columns.get(first.column)
        begun = section(first.text, heading=False)
        if begun is None or begun.about not in APART or not (asked is None or asked.label.is_other):
            return False
        return bool(filled) and all(self._told(index, columns) < self._told(row, columns) for row in filled)

    def _is_a_sentence(self, cell: Cell, columns: dict[int, _Column]) -> bool:
        """Whether a cell alone in its row holds a sentence, and not what its column asks."""
        asked, said = columns.get(cell.column), self._shape.value(cell)
        kind = self._reader.labels.kind(asked.label) if asked else None
        unlike = kind is not None and likeness(said, kind, self._reader.labels) < 0
        return unlike and len(said.split()) >= _SENTENCE

    def _told(self, index: int, columns: dict[int, _Column]) -> int:
        return sum(bool(self._shape.value(cell)) for cell in self._grid.rows[index] if cell.column in columns)

    def _tells_who(self, index: int, columns: dict[int, _Column]) -> bool:
        """Whether a row holds an address, or a name of two words at least."""
        labels = self._reader.labels
        words = 0
        for cell in self._grid.rows[index]:
            asked, said = columns.get(cell.column), self._shape.value(cell)
            kind = labels.kind(asked.label) if asked else None
            if said and kind in (FieldKind.EMAIL, FieldKind.PHONE) and likeness(said, kind, labels) > 0:
                return True
            if said and kind is FieldKind.NAME and likeness(said, kind, labels) > 0:
                words += sum(word[0].isupper() for word in said.split())
        return words > 1

    def _explains(self, index: int, columns: dict[int, _Column]) -> bool:
        """Whether a row right below the headings says how to fill in the rows below it ("dd/mm/jjjj",
        "pers.", "ja/nee") and holds no answer."""
        labels = self._reader.labels
        said = [cell for cell in self._grid.rows[index] if cell.text.strip()]
        kinds = [labels.kind(columns[cell.column].label) if cell.column in columns else None for cell in said]
        return bool(said) and all(
            self._shape.is_hint(cell)
            or is_placeholder(cell.text)
            or only_offers(cell.text)
            or (kind is not None and likeness(cell.text, kind, labels) < 0 and not _REACHED.search(cell.text))
            for cell, kind in zip(said, kinds, strict=True)
        )

    def _are_pairs(self, index: int) -> bool:
        """Whether a row is labels with an answer right beside each: "Fait à | Namur | | Date | 3/5"."""
        row, labels = self._grid.rows[index], self._labels[index]
        said = [n for n, cell in enumerate(row) if self._shape.value(cell)]
        asks = {n for n, label in enumerate(labels) if label is not None and label.exact}
        return len(asks) > 1 and all(n in asks or n - 1 in asks for n in said)

    def _is_filled(self, index: int, columns: dict[int, _Column]) -> bool:
        texts = [
            self._shape.value(cell)
            for cell in self._grid.rows[index]
            if cell.column in columns and self._shape.value(cell) and not ROW_NUMBER.match(cell.text)
        ]
        if self._shape.is_example(index) or all(value.endswith(":") for value in texts):
            return False  # what shows how, or what asks something itself ("Dossiernr.: | Behandeld door:")
        if texts and all(map(_CAPTIONED.match, texts)) and (len(texts) > 1 or sums_up(texts[0])):
            return False  # what answers itself: "Aantal personen: 2 | Te betalen: 80 euro"
        return bool(texts) and not begins_example(texts[0]) and not self._is_total(index, columns)

    def _is_total(self, index: int, columns: dict[int, _Column]) -> bool:
        """Whether a row counts the rows above it, or is a remark below them."""
        row = self._grid.rows[index]
        said = [cell for cell in row if self._shape.value(cell)]
        begins = self._shape.value(said[0]) if said else ""
        if not (sums_up(begins) or begins.startswith(_REMARK)):
            return False
        label = self._shape.label_at(index, said[0].column)
        asked = {key for column in columns.values() for key in column.label.keys}
        if label is not None and not label.is_other and not set(label.keys) & asked:
            return False  # a question of the form itself, below its list
        counts = [ROW_NUMBER.match(cell.text) is not None for cell in said[1:]]
        return any(counts) if said[0].column not in columns else not counts or any(counts)

    def _row_pieces(
        self, index: int, columns: dict[int, _Column], place: str, *, empty: bool
    ) -> Iterator[Candidate]:
        done: dict[tuple[tuple[str, ...], bool], int] = {}
        pieces: list[Candidate] = []
        for column, asked in columns.items():
            cell = None if empty else self._covering(index, column)
            spans = spans_of(cell) if cell else ()
            doubt = None
            if asked.option and not empty:
                said = self._shape.value(cell) if cell else ""
                ticked = is_chosen(said) if asked.is_marked else bool(said)
                doubt = Doubt(Reason.TICK_OF_WHAT) if ticked is None else None
                spans = (Span(f"{UNTICKED if ticked is False else TICKED} {asked.option} "),)
            question = asked.label.keys, asked.label.negative
            if question in done and self._reader.labels.kind(asked.label) in OFFERED:
                at = done[question]
                before = pieces[at]
                if asked.option or (cell and cell.column == column):
                    pieces[at] = piece_of(
                        asked.label,
                        (*before.spans, Span(" "), *spans),
                        before.where,
                        place,
                        before.doubt or doubt,
                        reader=FoundBy.ROW,
                    )
                continue
            done[question] = len(pieces)
            where = cell.where if cell else self._grid.where
            pieces.append(piece_of(asked.label, spans, where, place, doubt, reader=FoundBy.ROW))
        yield from pieces

    def _covering(self, index: int, column: int) -> Cell | None:
        """The cell at a place, or the one above that spans down to it."""
        for above in range(index, max(-1, index - 200), -1):
            cell = self._shape.cell_at(above, column)
            if cell:
                return cell if above + cell.rows > index else None
        return None
