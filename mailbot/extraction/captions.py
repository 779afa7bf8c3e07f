"""Captions that no form of ours asks: a printed label is a label whether a field has it or not.

They are known by their place, among labels in a column with room for the answers beside it, or in a row of
labels with the answers below it; and by their look, a line in bold where all labels stand in lines in bold.
They answer no question, and what belongs to them none of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from mailbot.domain.document import Block, Cell, Paragraph, Table, Unit
from mailbot.domain.form import UNASKED, FieldKind
from mailbot.extraction.bare_labels import bare_label
from mailbot.extraction.block_shapes import MOST_ROWS
from mailbot.extraction.headings import says_whom_to_ask, section
from mailbot.extraction.label import Label
from mailbot.extraction.labels import Labels
from mailbot.extraction.likeness import likeness
from mailbot.extraction.line_cuts import prepared, segments
from mailbot.extraction.spans import lines
from mailbot.extraction.ticks import LONE_MARK, has_box
from mailbot.extraction.values.choice import option_named
from mailbot.text.lexicon import is_yes_or_no
from mailbot.text.normalize import letters

Row = tuple[Cell, ...]
Asked = Sequence[Label | None]
LabelOf = Callable[[Cell], Label | None]
_WITNESSES = 3  # labels with room beside them, or a table is not asked so
_LONGEST = 12  # words
#: What the keys of a caption begin with that is known by its place alone.
PRINTED = f"{UNASKED}printed "
_NUMBERED = re.compile(r"\s*(\d{1,2})[.)]\s")
_BANDS = 2  # rows of labels with a row of answers below them


def captions_in(blocks: Iterable[Block], labels: Labels, label_of: LabelOf) -> frozenset[str]:
    """The captions of a document, as letters; ``label_of`` tells which label a cell is."""
    blocks = tuple(blocks)
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    found = {
        letters(text)
        for told in (_lines_in_bold, _lines_below_gaps, _numbered_lines)
        for text in told(lines, labels)
    }
    for table in _tables(blocks):
        found |= Captions(table, [[label_of(c) for c in row] for row in table.rows], labels).words
        found |= {letters(text) for way in (_in_one_column, _stacked) for text in way(table, labels)}
    return frozenset(found - {""})


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table) and len(block.rows) <= MOST_ROWS:
            yield block
            yield from (table for row in block.rows for cell in row for table in _tables(cell.blocks))


class Captions:
    """The captions of a table whose labels are known: ``asked`` are those of each row."""

    def __init__(self, grid: Table, asked: Sequence[Asked], labels: Labels) -> None:
        self._rows, self._asked, self._labels = grid.rows, asked, labels

    @cached_property
    def columns(self) -> dict[int, range]:
        """The columns of labels with room beside them, each with the rows between the first label and the
        last: below that may come a list of people."""
        return {column: range(*self._first_and_last(column)) for column in self._columns_of_labels()}

    def _first_and_last(self, column: int) -> tuple[int, int]:
        rows = [
            index
            for index, (row, asked) in enumerate(zip(self._rows, self._asked, strict=True))
            if any(label and cell.column == column for cell, label in zip(row, asked, strict=True))
        ]
        return rows[0], rows[-1]

    @cached_property
    def heads(self) -> frozenset[int]:
        """The rows in which captions stand above their answers."""
        return frozenset(self._rows_of_labels())

    @property
    def words(self) -> set[str]:
        """What the captions say, as letters."""
        return {
            letters(cell.text)
            for index, row in enumerate(self._rows)
            for place, cell in enumerate(row)
            if self._asked[index][place] is None and self._is_caption(index, place)
        }

    def labelled(self) -> list[list[Label | None]]:
        """The labels of each row, with one of no field for each caption."""
        return [
            [
                label or (_printed(cell) if self._is_caption(index, place) else None)
                for place, (cell, label) in enumerate(zip(row, asked, strict=True))
            ]
            for index, (row, asked) in enumerate(zip(self._rows, self._asked, strict=True))
        ]

    def _is_caption(self, index: int, place: int) -> bool:
        row = self._rows[index]
        if not self._may_be_caption(row[place]):
            return False
        if index in self.heads:
            return True
        beside = row[place + 1] if place + 1 < len(row) else None
        among = index in self.columns.get(row[place].column, ())
        if beside is None or self._asked[index][place + 1] or not among:
            return False
        return not self._heads(row[place].text.strip()) and not self._asks_inside(beside)

    def _heads(self, text: str) -> bool:
        """Whether words head what is asked below them; "Naam leidinggevende" asks a name."""
        heads = section(text, heading=False) is not None or says_whom_to_ask(text)
        return heads and bare_label(text, self._labels, None) is None

    def _may_be_caption(self, cell: Cell) -> bool:
        text = cell.text.strip()
        if not text or len(text.split()) > _LONGEST or not text[0].isalpha() or self._is_like_an_answer(cell):
            return False
        return not self._asks_inside(cell) and ": " not in text and _label(text, self._labels) is None

    def _is_like_an_answer(self, cell: Cell) -> bool:
        """Whether a cell holds what somebody wrote or chose, whatever is asked: an address, a telephone
        number, a tick, one of a question's options."""
        text = cell.text.strip()
        slots = any(
            span.slot for block in cell.blocks if isinstance(block, Paragraph) for span in block.spans
        )
        if slots or has_box(text) or LONE_MARK.fullmatch(text) or is_yes_or_no(text):
            return True
        if any(likeness(text, kind, self._labels) > 0 for kind in (FieldKind.EMAIL, FieldKind.PHONE)):
            return True
        return any(option_named(text, field.choices) for field in self._labels.form.fields)

    def _asks_inside(self, cell: Cell) -> bool:
        """Whether a line of a cell asks something of the form itself, or a table in it may."""
        if any(isinstance(block, Table) for block in cell.blocks):
            return True
        said = (spans for block in cell.blocks if isinstance(block, Paragraph) for spans in lines(block))
        return any(
            part.label is not None and not part.label.is_other and (part.clear or part.tick_before)
            for spans in said
            for part in segments(prepared(spans), self._labels)
        )

    # ------------------------------------------------------------ a column of labels

    def _columns_of_labels(self) -> Iterator[int]:
        """The columns in which labels stand with room beside them, and not below: one is answered there, or
        another label stands right below it."""
        told: dict[int, set[tuple[str, ...]]] = {}
        asking: dict[int, set[tuple[str, ...]]] = {}
        for index, (row, asked) in enumerate(zip(self._rows, self._asked, strict=True)):
            for place, label in enumerate(asked[:-1]):
                if label is None or asked[place + 1] is not None:
                    continue
                asking.setdefault(row[place].column, set()).add(label.keys)
                if row[place + 1].text.strip() or self._is_above_another(index, row[place]):
                    told.setdefault(row[place].column, set()).add(label.keys)
        every = {keys for its in told.values() for keys in its}
        if len(every) >= _WITNESSES:
            yield from (column for column, its in asking.items() if len(its) > 1 and column in told)

    def _is_above_another(self, index: int, cell: Cell) -> bool:
        if index + 1 == len(self._rows) or self._is_apart(index):
            return False
        below = zip(self._rows[index + 1], self._asked[index + 1], strict=True)
        return any(label is not None and one.column == cell.column for one, label in below)

    def _is_apart(self, index: int) -> bool:
        """Whether an empty row of a sheet was left out below a row."""
        row, below = self._rows[index], self._rows[index + 1]
        if not row or not below or not row[0].where.has(Unit.SHEET):
            return False
        return below[0].where.row > row[0].where.row + 1

    # ------------------------------------------------------------ a row of labels

    def _rows_of_labels(self) -> Iterator[int]:
        """The rows that are not labels alone, but come where those do: a row of labels, a row of answers, and
        so on; two of them are nothing but labels at least, or all look alike, and no row of answers does."""
        first = next((n for n in range(len(self._rows)) if self._are_labels(n)), None)
        if first is None:
            return
        heads = [first]
        while (
            heads[-1] + 2 < len(self._rows) and self._are_answers(heads[-1]) and self._may_head(heads[-1] + 2)
        ):
            heads.append(heads[-1] + 2)
        whole = [n for n in heads if self._are_labels(n)]
        look = self._look(heads)
        paired = self._in_pairs(heads)
        for index in heads:
            if index in whole:
                continue
            knows = any(self._asked[index])
            if index <= paired or (look if not knows else (look or len(whole) >= _BANDS)):
                yield index

    def _in_pairs(self, heads: Sequence[int]) -> int:
        """The last of these rows that is labels for certain, since every second row asks something else than
        the rows above it: half of what stands in such a row are labels of their own. To the end of the table
        where no row is left over; -1 where one asks again what was asked, as two lists do."""
        first, *others = heads
        above = {cell.column: label.keys for cell, label in self._told(first) if label}
        told: list[int] = []
        for index in others:
            said = self._told(index)
            ours = [(c, label) for c, label in said if label and label.exact and not label.is_other]
            if any(label.keys in above.values() and above.get(c.column) != label.keys for c, label in ours):
                return -1
            if 2 * sum(above.get(c.column) != label.keys for c, label in ours) >= len(said):
                told.append(index)
        if told and heads[-1] + 2 == len(self._rows):
            return heads[-1]
        return told[-1] if len(told) >= _BANDS else -1

    def _are_labels(self, index: int) -> bool:
        said = [label for cell, label in self._told(index)]
        return len({label.keys for label in said if label}) > 1 and all(said)

    def _told(self, index: int) -> list[tuple[Cell, Label | None]]:
        pairs = zip(self._rows[index], self._asked[index], strict=True)
        return [(cell, label) for cell, label in pairs if cell.text.strip()]

    def _may_head(self, index: int) -> bool:
        """Whether a row may be labels above answers: nothing in it is an answer for certain, and below it is
        room."""
        told = self._told(index)
        if not told or index + 1 == len(self._rows):
            return False
        return all(label or self._may_be_caption(cell) for cell, label in told)

    def _are_answers(self, head: int) -> bool:
        """Whether the row below a row of labels asks nothing; what the label above it asks, it answers."""
        above = {cell.column: label for cell, label in self._told(head)}
        return all(
            label is None or ((asks := above.get(cell.column)) is not None and asks.keys == label.keys)
            for cell, label in self._told(head + 1)
        )

    def _look(self, heads: Sequence[int]) -> bool:
        """Whether all that stands in these rows looks alike, in bold or in capitals, and what stands in no
        row below them does."""
        answers = [cell for n in heads for cell, _ in (self._told(n + 1) if n + 1 < len(self._rows) else ())]
        asked = [cell for n in heads for cell, _ in self._told(n)]
        return any(
            all(map(looks, asked)) and not any(map(looks, answers)) and bool(answers)
            for looks in (_is_bold, _is_in_capitals)
        )


# ---------------------------------------------------------------- lines


@dataclass(frozen=True, slots=True)
class _Asking:
    """Lines or cells one below the other: what each asks, and which of them ask something of the form."""

    labels: Sequence[Label | None]

    @property
    def ours(self) -> list[int]:
        return [n for n, label in enumerate(self.labels) if label is not None and not label.is_other]

    @property
    def are_told(self) -> bool:
        """Whether as many ask something of the form as a form has."""
        return len({label.keys for n in self.ours if (label := self.labels[n])}) >= _WITNESSES

    def others(self) -> range:
        """The places between the first and the last of them."""
        return range(self.ours[0], self.ours[-1])


def _lines_in_bold(lines: Sequence[Paragraph], labels: Labels) -> Iterator[str]:
    """The lines in bold of a document in which each label alone in a line is in bold, and what stands below
    most of them is not; none where all of it is, as that tells nothing."""
    said = [line for line in lines if line.text.strip()]
    bold = [_all_bold(line) for line in said]
    asked = [_label(line.text.strip(), labels) for line in said]
    ours = [n for n in _Asking(asked).ours if not said[n].text.rstrip().endswith(":")]
    below = [n + 1 for n in ours if n + 1 < len(said) and bold[n + 1] and asked[n + 1] is None]
    if not _Asking(asked).are_told or not all(bold[n] for n in ours) or all(bold):
        return
    if 2 * len(below) <= len(ours):
        yield from (
            line.text for line, its, label in zip(said, bold, asked, strict=True) if its and label is None
        )


def _lines_below_gaps(lines: Sequence[Paragraph], labels: Labels) -> Iterator[str]:
    """The lines below an empty one, among labels that all stand so and are answered right below."""
    said = [line for line in lines if line.text.strip()]
    asking = _Asking([_label(line.text.strip(), labels) for line in said])
    if not asking.are_told:
        return
    places = [line.where.number(Unit.LINE) for line in said]
    begins = [True, *(below - above > 1 for above, below in pairwise(places))]
    answered = [n for n in asking.ours[:-1] if not begins[n + 1] and asking.labels[n + 1] is None]
    if all(begins[n] for n in asking.ours) and len(answered) > 1:
        yield from (said[n].text for n in asking.others() if begins[n] and asking.labels[n] is None)


def _numbered_lines(lines: Sequence[Paragraph], labels: Labels) -> Iterator[str]:
    """The lines with a number that are counted with the labels of the form: 1 to the last, none left out."""
    counted = [(int(found[1]), line.text.strip()) for line in lines if (found := _NUMBERED.match(line.text))]
    asking = _Asking([_label(text, labels) for _, text in counted])
    if asking.are_told and [number for number, _ in counted] == list(range(1, len(counted) + 1)):
        yield from (text for (_, text), label in zip(counted, asking.labels, strict=True) if label is None)


# ---------------------------------------------------------------- cells with the answer below, or inside


def _in_one_column(table: Table, labels: Labels) -> Iterator[str]:
    """The captions of a table of one column: every second cell is a label, and none of the others."""
    if any(len(row) != 1 for row in table.rows):
        return
    texts = [row[0].text.strip() for row in table.rows]
    asking = _Asking([_label(text, labels) if text else None for text in texts])
    if asking.are_told and len({n % 2 for n in asking.ours}) == 1:
        yield from (texts[n] for n in asking.others()[::2] if asking.labels[n] is None and texts[n])


def _stacked(table: Table, labels: Labels) -> Iterator[str]:
    """The captions of a table in which most cells begin with a label that is answered in them."""
    cells = [[b.text.strip() for b in cell.blocks if b.text.strip()] for row in table.rows for cell in row]
    said = [lines for lines in cells if lines]
    asking = _Asking([_label(lines[0], labels) for lines in said])
    answered = sum(len(said[n]) > 1 for n in asking.ours)
    if asking.are_told and answered > 1 and 2 * len(asking.ours) > len(said):
        yield from (
            one[0] for one, label in zip(said, asking.labels, strict=True) if label is None and one[1:]
        )


def _label(text: str, labels: Labels) -> Label | None:
    """The question that words ask, perhaps with more behind it or in other words."""
    known = labels.lines.get(("asks", text))
    if known is None:
        known = (_asked_by(text, labels),)
        labels.lines.remember(("asks", text), known)
    found: Label | None = known[0]
    return found


def _asked_by(text: str, labels: Labels) -> Label | None:
    if label := labels.statement(text) or labels.reworded(text) or labels.coming(text):
        return label
    begun = bare_label(text, labels, None)
    return begun.label if begun is not None and begun.asks else None


def _all_bold(line: Paragraph) -> bool:
    return all(span.bold for span in line.spans if span.text.strip())


def _printed(cell: Cell) -> Label:
    return Label((f"{PRINTED}{letters(cell.text)}",))


def _is_bold(cell: Cell) -> bool:
    spans = [s for b in cell.blocks if isinstance(b, Paragraph) for s in b.spans if s.text.strip()]
    return bool(spans) and all(span.bold for span in spans)


def _is_in_capitals(cell: Cell) -> bool:
    return cell.text.isupper()
