"""The tables of a blank form, row by row: lists of people, rows crossing columns, labels beside room."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from mailbot.domain.document import Unit
from mailbot.extraction.blank_questions import Draft
from mailbot.extraction.companions import REGISTERS
from mailbot.extraction.lexicon import lexicon
from mailbot.extraction.sheet_rows import is_next, without_spacers
from mailbot.extraction.template import Place, is_label, label_of
from mailbot.extraction.template_grids import GridDrafter, open_start
from mailbot.extraction.template_lines import OFFICE, LineDrafter
from mailbot.extraction.template_lists import ListDrafter
from mailbot.extraction.template_options import MARKING, PAIR, PRICE, TIME, OptionDrafter, without_open_end
from mailbot.extraction.tokens import Box, Grid, is_tick
from mailbot.text.normalize import letters, plain

_ABBREVIATED = 6  # letters of words in capitals that stand for nothing longer
_FEW = 3  # times as many labels that are not numbered, where those that are head the others
#: "2. Spelers", "B) Facturatie", "III. Betaling".
_NUMBERED = re.compile(r"^(?:\d{1,2}|[A-H]|[IVX]{1,4})[.)] ?[^\W\d]")
#: A printed address: of mail, or of a street and town.
_REACHED = re.compile(r"[^\s@]+@[^\s@]+\.\w|\d,? +[1-9]\d{3} +[A-Z]")

Rows = Sequence[Sequence[Box]]


class TableDrafter:
    """Asks what the tables of a blank ask, and the lines around and within them."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._sheet = draft.sheet
        self._lines = LineDrafter(draft)
        self._options = OptionDrafter(draft)
        self._grids = GridDrafter(draft, self._lines, self._options)
        self._lists = ListDrafter(draft, self._lines)
        words = [box.text for grid in draft.sheet.grids for row in grid.rows for box in row if box.text]
        self._capitals = 2 * sum(map(_is_in_capitals, words)) > len(words)
        self._left: Box | None = None  # the last label of the row above, where no room stands beside it
        self._numbered = _FEW * sum(map(bool, map(_NUMBERED.match, words))) > len(words)

    def page(self, lines: range, grids: Iterable[Grid]) -> None:
        """Lines and the tables among them, in the order in which they stand: a whole document, or a cell that
        is laid out like one."""
        done = lines.start
        for grid in grids:
            self._lines.read(range(done, grid.before))
            self._grid(grid)
            done = grid.after
        self._lines.read(range(done, lines.stop))

    def _cell_page(self, box: Box, heading: str) -> None:
        """A cell with tables of its own in it: a part of the form, with its own headings."""
        outside = self._draft.section, self._draft.office, self._draft.in_page
        self._draft.section, self._draft.in_page, self._draft.above, self._draft.open = (
            heading or self._draft.section,
            True,
            None,
            [],
        )
        self.page(range(box.lines[0], box.lines[-1] + 1), box.grids)
        self._draft.section, self._draft.office, self._draft.in_page = outside

    def _is_page(self, box: Box) -> bool:
        """Whether a cell is laid out like a document: lines with room of their own below a heading, or tables
        that ask something themselves, words with room beside them."""
        lines = [self._sheet.lines[n] for n in box.lines]
        if lines and not box.grids and not self._draft.has_room(lines[0]) and is_label(lines[0].text):
            return sum(bool(line.gaps) and self._draft.words_in(line) for line in lines) > 1
        return any(
            (
                self._draft.is_bare(one)
                and is_label(one.text)
                and self._draft.is_open(beside)
                and not self._draft.is_box(beside)
            )
            or self._options.is_boxed_words((one, beside))
            for grid in box.grids
            for row in grid.rows
            for one, beside in pairwise(row)
        )

    def _grid(self, grid: Grid) -> None:
        self._draft.open = []
        rows = without_spacers(_without_margin(grid.rows))
        row = 0
        while row < len(rows):
            used = next(filter(None, (takes(rows, row) for takes in self._ways)), 0)
            if not used and not _is_letterhead(rows[row]):
                self._row(rows[row])
            row += used or 1
        self._draft.above, self._draft.group, self._draft.open, self._draft.office = None, False, [], False

    @cached_property
    def _ways(self) -> tuple[Callable[[Rows, int], int], ...]:
        """What may stand from a row on, in order: each says how many rows it takes, 0 for none, and the first
        that takes any is right."""
        return (
            self._lists.list_of_people,
            self._lists.list_without_rows,
            self._lists.room_below,
            self._options.rooms_before,
            self._grids.answers,
            self._grids.side_by_side,
            self._grids.columns,
            self._grids.crossing,
            self._grids.amounts,
            self._grids.described,
            _of_one_row(self._grids.answers_beside),
            _of_one_row(self._counted_row),
            self._captions,
            self._options.options,
            _of_one_row(self._lists.count),
            self._labels_alone,
            self._sheet_heading,
            _of_one_row(self._labels_in_room),
        )

    def _labels_alone(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """A spreadsheet of words in one column, as long as nobody wrote anything beside them: a heading among
        them cannot be told from a label, and nobody writes beside it."""
        box = rows[at][0]
        if not box.where.has(Unit.SHEET) or not all(
            len(row) == 1 and self._draft.is_bare(row[0]) for row in rows
        ):
            return 0
        self._draft.office = self._draft.office or bool(OFFICE.search(plain(box.text)))
        is_title = self._heads_sheet(rows, at, box)
        if is_title or not is_label(box.text) or _is_title(box):
            self._draft.section = label_of(box.text) if is_title else self._draft.section
        else:
            self._ask_within(box)
        return 1

    def _labels_in_room(self, row: Sequence[Box]) -> int:
        """A row of cells with a label on the first line of each and room for its answer below it, in the same
        cell."""
        if not all(self._draft.is_bare(box) and len(box.lines) == 1 and box.room for box in row):
            return 0
        if not row or not all(is_label(box.text) and not OFFICE.search(plain(box.text)) for box in row):
            return 0
        for box in row:
            self._ask_within(box)
        return 1

    def _sheet_heading(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Words alone in a row of a spreadsheet that head what stands below: the title at its top, or what
        tells what to mark below or which of the rows below to choose; or that say more of what is above."""
        words = [box for box in rows[at] if box.text]
        if len(words) != 1 or not words[0].where.has(Unit.SHEET) or not self._draft.is_bare(words[0]):
            return 0
        (text,) = words
        if OFFICE.search(plain(text.text)):
            return 0
        if text.text.startswith("*"):
            return 1
        to_mark = MARKING.search(plain(text.text)) and at + 1 < len(rows) and len(rows[at + 1]) > 2
        if (
            not self._heads_sheet(rows, at, text)
            and not to_mark
            and not self._options.begins_options(rows, at + 1)
        ):
            return 0
        self._draft.section = label_of(text.text)
        self._draft.office = self._draft.office and not text.strong
        return 1

    def _heads_sheet(self, rows: Sequence[Sequence[Box]], at: int, text: Box) -> bool:
        """Whether words alone in a row of a spreadsheet, where every cell beside words is empty, head what
        stands below them: as its title; above the labels of a table; in bold, set off from what is above."""
        said = plain(text.text)
        below = rows[at + 1] if at + 1 < len(rows) and is_next(rows[at], rows[at + 1]) else ()
        is_apart = not is_next(rows[at - 1], rows[at])
        name = letters(label_of(said))
        is_known = name in lexicon().labels and name not in lexicon().concepts["attends"]
        if self._are_side_by_side(below) and (text.strong or (is_apart and not is_known)):
            return True
        if said.endswith(":") or name in lexicon().labels:
            return False
        is_titled = not below and not self._draft.found.questions and bool(REGISTERS.search(said))
        has_words = any(box.text for box in below)
        stands_out = text.strong and is_apart and has_words and not any(box.strong for box in below)
        return at == 0 or is_titled or (stands_out and not said.endswith("?"))

    def _are_side_by_side(self, row: Sequence[Box]) -> bool:
        """Whether all words of a row stand side by side, as the labels above the rows of a table do."""
        words = [box for box in row if box.text]
        first = next((n for n, box in enumerate(row) if box.text), 0)
        together = list(row[first : first + len(words)]) == words
        return len(words) > 1 and together and all(self._draft.is_bare(b) and is_label(b.text) for b in words)

    def _captions(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """An empty row with the labels below it; a heading may stand above the room in it."""
        if at + 1 >= len(rows):
            return 0
        below = rows[at + 1]
        heading = self._heading_in(rows[at], below)
        if not heading and not all(map(self._is_room_alone, rows[at])):
            return 0
        if [box.column for box in below] != [box.column for box in rows[at]]:
            return 0
        captions = [_caption(box.text) for box in below]
        if any(box.closed and caption for box, caption in zip(rows[at], captions, strict=True)):
            return 0
        empty = [not box.text and self._draft.is_open(box) for box in below]  # what sets two apart
        labelled = [
            self._draft.is_bare(box) and is_label(text) for box, text in zip(below, captions, strict=True)
        ]
        if not any(labelled) or not all(map(any, zip(empty, labelled, strict=True))):
            return 0
        self._draft.section = heading or self._draft.section
        for box, caption in zip(rows[at], captions, strict=True):
            if caption:
                self._draft.ask(caption, [self._room_in(box)], box.where)
        return 2

    def _heading_in(self, row: Sequence[Box], below: Sequence[Box]) -> str:
        """The counted heading ("1. Deelnemer") that a page draws in one row with the room for what is asked
        below it: each cell above a label ends in a line of nothing but room; empty for none."""
        above = [box for box, label in zip(row, below, strict=False) if label.text]
        if not all(self._ends_in_room(box) for box in above):
            return ""
        words = " ".join(box.text for box in row if box.text)
        return label_of(words) if _NUMBERED.match(words) else ""

    def _is_room_alone(self, box: Box) -> bool:
        """Whether a cell is room, without words or with those of a list to choose from ("(kies)")."""
        return self._draft.is_open(box) and (
            not box.text or (len(box.lines) == 1 and self._ends_in_room(box))
        )

    def _ends_in_room(self, box: Box) -> bool:
        """Whether a cell is room, or has one line of nothing else, its last."""
        lines = [self._sheet.lines[n] for n in box.lines]
        rooms = [line for line in lines if self._draft.has_room(line)]
        if not lines:
            return box.gap is not None
        return rooms == lines[-1:] and bool(rooms[0].gaps) and not self._draft.words_in(rooms[0])

    def _room_in(self, box: Box) -> Place:
        """The room of a cell, without the heading that may stand above it."""
        return self._draft.place(replace(box, lines=box.lines[-1:]) if box.text else box)

    def _row(self, row: Sequence[Box]) -> None:
        if OFFICE.search(plain(" ".join(box.text for box in row if not self._is_page(box)))):
            self._draft.office = True
        self._banner(row)
        label: Box | None = None
        for place, box in enumerate(row):
            if self._is_of_option(row, place):
                label = None
            elif box.gap is not None:
                label = self._empty_cell(row, place, label)
            elif self._is_page(box):
                self._cell_page(box, label_of(label.text) if label is not None else "")
                label = None
            elif self._draft.is_bare(box):
                label = self._bare_cell(row, place, label)
            else:
                self._lines.read(box.lines, label.text if label is not None else "")
                label = None
                self._draft.above = None
        if label is not None and label is row[-1] and self._goes_on_outside(row):
            self._ask_within(label)
            label = None
        self._left = label

    def _counted_row(self, row: Sequence[Box]) -> int:
        """A row in which a unit stands behind each room: "Ik kom met: | __ | volwassenen | __ | kinderen"."""
        label, *rest = without_open_end(row)[open_start(row) :]
        rooms, units = rest[::2], rest[1::2]
        if len(units) < PAIR or len(rooms) != len(units) or not self._draft.is_bare(label):
            return 0
        if any(room.gap is None for room in rooms) or not all(map(self._is_unit, units)):
            return 0
        for room, unit in zip(rooms, units, strict=True):
            asked = f"{label_of(label.text)} … {label_of(unit.text)}"
            self._draft.ask(asked, [self._draft.place(room)], room.where)
        return 1

    def _is_unit(self, box: Box) -> bool:
        """Whether a cell says what is counted in the room before it."""
        return self._draft.is_bare(box) and box.text[0].islower() and not box.text.endswith((":", "?"))

    def _goes_on_outside(self, row: Sequence[Box]) -> bool:
        """Whether the last label of a row in a spreadsheet has its room where the sheet ends: a label with
        its room stands before it."""
        *before, last = row
        if not before or not last.where.has(Unit.SHEET) or before[-1].gap is None:
            return False
        asks = is_label(last.text) and not _is_title(last) and last.text[0].isupper()
        return asks and any(self._draft.is_bare(box) and is_label(box.text) for box in before)

    def _is_of_option(self, row: Sequence[Box], place: int) -> bool:
        """Whether a cell tells when the option in the one before it takes place: "☐ Keramiek | za 10 uur"."""
        if not place or not TIME.search(plain(row[place].text)) or not self._draft.is_bare(row[place]):
            return False
        tokens = [
            t for n in row[place - 1].lines for t in self._sheet.tokens[slice(*self._draft.range_of(n))]
        ]
        return any(map(is_tick, tokens)) and any(token.is_word for token in tokens)

    def _bare_cell(self, row: Sequence[Box], place: int, label: Box | None) -> Box | None:
        """Reads a cell of words: a price, what its ``label`` offers, or a label of its own. Gives the label
        of the cells behind it."""
        box = row[place]
        if PRICE.match(box.text):
            return label
        beside = place + 1 < len(row) and self._draft.is_open(row[place + 1])
        in_sheet = box.where.has(Unit.SHEET)  # where every cell beside words is empty
        if label is not None and self._lines.offers(box) and (in_sheet or not beside):
            self._lines.read(box.lines, label.text)
            return None
        if box.text.endswith(":") and not beside:
            self._ask_within(box)
            return None
        return box

    def _empty_cell(self, row: Sequence[Box], place: int, label: Box | None) -> Box | None:
        """Room beside the words in its row, more of the room on its left, or a frame below its label. What is
        left are the words that nothing has taken yet."""
        box, before = row[place], row[place - 1] if place else None
        if box.closed:
            return label
        label = label or self._label_above(box)
        if label is not None and self._heads(label):
            self._draft.section = label_of(label.text)
            return None
        if label is not None and self._leads_to_options(row, place):
            return label
        if label is not None and is_label(label.text) and not _is_title(label):
            self._draft.ask(label.text, [self._draft.place(box)], box.where)
            return None
        if label is None and before is not None and before.gap is not None and place > 1:
            self._widen(box)
        elif len(row) == 1 and (above := self._asked_above(box)):
            self._draft.ask(above, [self._draft.place(box)], box.where)
            self._draft.above = None
        return label

    def _label_above(self, box: Box) -> Box | None:
        """The label right above some room of a locked sheet, in whose row all cells are locked."""
        above, self._left = self._left, None
        if above is None or not box.where.has(Unit.SHEET) or above.column != box.column:
            return None
        return above if box.where.row == above.where.row + 1 else None

    def _leads_to_options(self, row: Sequence[Box], place: int) -> bool:
        """Whether empty cells of a spreadsheet only set a label apart from options with their boxes."""
        if not row[place].where.has(Unit.SHEET):
            return False
        behind = next((box for box in row[place:] if box.gap is None), None)
        return behind is not None and not self._draft.is_bare(behind) and bool(self._lines.options_in(behind))

    def _heads(self, box: Box) -> bool:
        """Whether words in a spreadsheet head what stands below them: they alone are in capitals, or
        numbered."""
        known = letters(label_of(box.text)) in lexicon().labels
        stands_out = (_is_in_capitals(box.text) and not self._capitals) or (
            _NUMBERED.match(box.text) and not self._numbered and not box.text.endswith((":", "?"))
        )
        return box.where.has(Unit.SHEET) and bool(stands_out) and not known

    def _asked_above(self, frame: Box) -> str:
        """The label on the line above an empty frame: one that a sign ends, that is known, or that heads the
        frame alone, as a number or its style says; any above one that is drawn for several lines."""
        if self._draft.above is None:
            return ""
        above = self._sheet.lines[self._draft.above]
        ends = above.text.rstrip().endswith((":", "?"))
        asks = ends or frame.room or above.heading or bool(_NUMBERED.match(above.text))
        return self._draft.unclaimed() if asks or letters(label_of(above.text)) in lexicon().labels else ""

    def _banner(self, row: Sequence[Box]) -> None:
        """A row of one cell of words heads what stands below it."""
        text = row[0].text
        if len(row) == 1 and self._draft.is_bare(row[0]) and is_label(text) and not text.endswith(":"):
            self._draft.section = label_of(text)
            self._draft.office = self._draft.office and bool(OFFICE.search(plain(text)))

    def _ask_within(self, box: Box) -> None:
        """ "Datum:" alone in a cell: the answer is written behind it."""
        end = self._sheet.lines[box.lines[-1]].last
        self._draft.ask(box.text, [Place(end, end)], box.where)

    def _widen(self, box: Box) -> None:
        """Another empty cell beside the last one: a box for each letter, or a merged cell taken apart."""
        if self._draft.found.questions and box.gap is not None:
            last = self._draft.found.questions[-1]
            if last.places[-1].end in (box.gap.position - 1, box.gap.position):
                more = Place(box.gap.position, box.gap.position, last.places[-1].person)
                self._draft.found.questions[-1] = replace(last, places=(*last.places, more))


def _of_one_row(takes: Callable[[Sequence[Box]], int]) -> Callable[[Rows, int], int]:
    """What looks at a row alone, asked as what looks at all of them."""
    return lambda rows, at: takes(rows[at])


def _without_margin(rows: Sequence[Sequence[Box]]) -> Sequence[Sequence[Box]]:
    """The rows of a spreadsheet without the empty columns at its left, which set it off from the edge."""
    used = [box for row in rows for box in row if box.gap is None]
    if not used or not used[0].where.has(Unit.SHEET):
        return rows
    first = min(box.column for box in used)
    kept = ([box for box in row if box.column >= first] for row in rows)
    return [row for row in kept if row]  # an empty cell over a whole row is gone


def _caption(text: str) -> str:
    """What stands below room, without the parentheses that may stand around it."""
    within = re.fullmatch(r"\(([^()]*)\)", text.strip())
    return within[1] if within else text


def _is_letterhead(row: Sequence[Box]) -> bool:
    """Whether a row of a spreadsheet tells where its sender is reached: a name on the left, an address on the
    right, and empty cells between them that are no room for anything."""
    return row[0].where.has(Unit.SHEET) and any(_REACHED.search(box.text) for box in row[1:])


def _is_in_capitals(text: str) -> bool:
    """Whether words are in capitals, but for a remark in parentheses, and no abbreviation."""
    bare = re.sub(r"\([^()]*\)", "", text)
    return bare.isupper() and len(letters(bare)) >= _ABBREVIATED


def _is_title(box: Box) -> bool:
    """Whether a cell of a spreadsheet, where every cell beside words is empty, is a title or a date."""
    if not box.where.has(Unit.SHEET):
        return False
    text = re.sub(r"\s*\([^()]*\)$", "", box.text)  # what may be answered does not make a title
    return bool(re.search(r"\d{4}|: *\S", text)) or len(text.split()) > 8
