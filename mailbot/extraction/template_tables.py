"""The tables of a blank form: lists of people, boxes where rows and columns cross, labels beside room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from mailbot.domain.document import Unit
from mailbot.extraction.boilerplate import begins_example
from mailbot.extraction.companions import REGISTERS
from mailbot.extraction.draft import LAST_YES_NO, YES_NO, Draft
from mailbot.extraction.lexicon import lexicon
from mailbot.extraction.sheet_rows import rooms_below, without_spacers
from mailbot.extraction.template import Column, Place, is_label, label_of, option_name
from mailbot.extraction.template_grids import MARKING, PRICE, TIME, GridDrafter, open_start, without_open_end
from mailbot.extraction.template_lines import OFFICE, LineDrafter
from mailbot.extraction.tiers import TwoTiers
from mailbot.extraction.tokens import Box, Grid, is_tick
from mailbot.text.normalize import letters, plain

_ABBREVIATED = 6  # letters of words in capitals that stand for nothing longer
_PAIR = 2  # cells of a label and what stands beside it
_FEW = 3  # times as many labels that are not numbered, where those that are head the others
#: "2. Spelers", "B) Facturatie", "III. Betaling".
_NUMBERED = re.compile(r"^(?:\d{1,2}|[A-H]|[IVX]{1,4})[.)] ?[^\W\d]")
_ORDINAL = re.compile(r"^\W*\d{1,3}\W*$")

#: A printed address: of mail, or of a street and town.
_REACHED = re.compile(r"[^\s@]+@[^\s@]+\.\w|\d,? +[1-9]\d{3} +[A-Z]")


class TableDrafter:
    """Asks what the tables of a blank ask, and the lines around and within them."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._sheet = draft.sheet
        self._lines = LineDrafter(draft)
        self._grids = GridDrafter(draft, self._lines)
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
            or self._grids.is_boxed_words((one, beside))
            for grid in box.grids
            for row in grid.rows
            for one, beside in pairwise(row)
        )

    def _grid(self, grid: Grid) -> None:
        self._draft.open = []
        rows = without_spacers(_without_margin(grid.rows))
        row = 0
        while row < len(rows):
            used = (
                self._list_of_people(rows, row)
                or self._list_without_rows(rows, row)
                or self._room_below(rows, row)
                or self._grids.answers(rows, row)
                or self._grids.side_by_side(rows, row)
                or self._grids.columns(rows, row)
                or self._grids.crossing(rows, row)
                or self._grids.amounts(rows, row)
                or self._grids.described(rows, row)
                or self._grids.answers_beside(rows[row])
                or self._counted_row(rows[row])
                or self._captions(rows, row)
                or self._grids.options(rows, row)
                or self._count(rows[row])
                or self._labels_alone(rows, row)
                or self._sheet_heading(rows, row)
                or self._labels_in_room(rows[row])
            )
            if not used and not _is_letterhead(rows[row]):
                self._row(rows[row])
            row += used or 1
        self._draft.above, self._draft.group, self._draft.open, self._draft.office = None, False, [], False

    def _list_of_people(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """A row of labels above empty rows: how many rows it takes, 0 for none."""
        rows = _as_wide(rows, at)
        tiers = TwoTiers.of(rows, at)
        head = tiers.columns if tiers else rows[at]
        if len(head) < 2 or not self._are_heads(head[1:]):
            return 0
        if not self._draft.is_bare(head[0]) and (head[0].text or at + 1 >= len(rows)):
            return 0
        used = at + (2 if tiers else 1)
        if used < len(rows) and begins_example(rows[used][0].text):
            self._draft.found.examples += [box.text for box in rows[used][1:] if box.text]
            used += 1
        first = used
        while used < len(rows) and self._is_open_row(rows[used], head):
            used += 1
        body = rows[first:used]
        if not body:
            return 0
        if not head[0].text and not all(_ORDINAL.match(row[0].text) for row in body):
            return 0
        if len(body) == 1 and self._are_captions_above(rows, at):
            self._ask_below(head, body[0])
        else:
            self._ask_columns(head, body, tiers)
        return used - at

    def _are_captions_above(self, rows: Sequence[Sequence[Box]], at: int) -> bool:
        """Whether a row of labels and the one empty row below it are one of several such pairs in a table:
        then each label has its own room below it, and no list of people begins there."""
        return any(
            self._is_caption_row(rows[one]) and self._is_open_row(rows[one + 1], rows[one])
            for one in (at - 2, at + 2)
            if 0 <= one < len(rows) - 1
        )

    def _is_caption_row(self, row: Sequence[Box]) -> bool:
        return len(row) > 1 and all(self._draft.is_bare(box) and is_label(box.text) for box in row)

    def _ask_below(self, head: Sequence[Box], row: Sequence[Box]) -> None:
        """A question for each label with its room right below it."""
        for label, box in zip(head, row, strict=True):
            if label.text:
                options = self._lines.options_in(box)
                self._draft.ask(label.text, [self._draft.place(box)], box.where, options=options)

    def _room_below(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Words alone in their row of a sheet, with the places to write that it draws right below them."""
        below = rooms_below(rows, at)
        label = rows[at][0]
        if not below or not self._draft.is_bare(label) or not is_label(label.text):
            return 0
        places = [self._draft.place(box) for row in below for box in row]
        self._draft.ask(label.text, places, below[0][0].where)
        return 1 + len(below)

    def _are_heads(self, boxes: Sequence[Box]) -> bool:
        """Whether cells are the labels of columns, of which one may ask at length or say what to answer
        ("Lunch ja/nee")."""
        labels = [box for box in boxes if self._draft.is_bare(box) and is_label(box.text)]
        others = [box for box in boxes if box not in labels]
        return len(labels) == len(boxes) or (
            len(labels) >= _PAIR > len(others) and all(map(self._is_long_head, others))
        )

    def _is_long_head(self, box: Box) -> bool:
        """Whether a cell asks something, and has no room of its own but for a yes or no behind it."""
        text = LAST_YES_NO.sub("", box.text)
        lines = [self._sheet.lines[n] for n in box.lines]
        tokens = [t for n in box.lines for t in self._sheet.tokens[slice(*self._draft.range_of(n))]]
        is_open = any(line.gaps for line in lines) or any(map(is_tick, tokens)) or YES_NO.search(text)
        return bool(text.strip()) and not is_open and "@" not in text

    def _ask_columns(
        self, head: Sequence[Box], body: Sequence[Sequence[Box]], tiers: TwoTiers | None
    ) -> None:
        """A question for each column with room in all rows, of a person a row; one for the columns below a
        label that are its options."""
        begin, end = self._start(body[0]), self._end(body[-1])
        rows = Column(-1, begin, end, tiers=2 if tiers else 1)
        for column, label in enumerate(head):
            boxes = [row[column] for row in body]
            group = tiers.above(label) if tiers else None
            if group is not None and tiers is not None and self._are_options(tiers.below(group), boxes):
                if label is tiers.below(group)[0]:
                    self._ask_which_column(group, tiers.below(group), [row[column:] for row in body], rows)
                continue
            if all(map(self._takes_answer, boxes)):
                places = [self._draft.place(box, number) for number, box in enumerate(boxes, 1)]
                options = self._lines.options_in(boxes[0])
                asked = replace(rows, head=self._start([label]))
                text = label.text if group is None else f"{label_of(group.text)}: {label.text}"
                self._draft.ask(text, places, boxes[0].where, options=options, column=asked)

    def _are_options(self, labels: Sequence[Box], boxes: Sequence[Box]) -> bool:
        """Whether the columns below a label are its options: boxes are drawn in them, or the form asks for
        marks further up."""
        if any(letters(label_of(box.text)) in lexicon().labels for box in labels):
            return False
        above = plain(" ".join(line.text for line in self._sheet.lines[: labels[0].lines[0]]))
        return all(map(self._draft.is_box, boxes)) or bool(MARKING.search(above))

    def _ask_which_column(
        self, group: Box, labels: Sequence[Box], body: Sequence[Sequence[Box]], rows: Column
    ) -> None:
        """One question a person for the columns below a label; its first cells begin the rows of ``body``."""
        names = [option_name(label_of(box.text)) for box in labels]
        places = [
            replace(self._draft.place(box, number), option=name)
            for number, row in enumerate(body, 1)
            for name, box in zip(names, row, strict=False)
        ]
        under = tuple((self._start([box]), name) for name, box in zip(names, labels, strict=True))
        column = replace(rows, head=self._start([group]), under=under)
        options = tuple(label_of(box.text) for box in labels)
        self._draft.ask(group.text, places, body[0][0].where, options=options, column=column)

    def _list_without_rows(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """A row of labels in a spreadsheet, which keeps no rows that nobody wrote in yet: nothing follows it,
        or not at once."""
        head = [box for box in rows[at] if box.text]
        if not head or not head[0].where.has(Unit.SHEET) or head != list(rows[at][: len(head)]):
            return 0
        if not self._are_heads(head) or not _are_labels(head):
            return 0
        used = at + 1
        if used < len(rows) and begins_example(rows[used][0].text):
            self._draft.found.examples += [box.text for box in rows[used][1:] if box.text]
            used += 1
        if used < len(rows) and rows[used][0].where.row == rows[used - 1][0].where.row + 1:
            return 0
        end = self._end(rows[used - 1] if used > at + 1 else head)
        for label in head:
            column = Column(self._start([label]), end, end)
            self._draft.ask(label.text, [Place(end, end, 1)], label.where, column=column)
        return used - at

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

    def _count(self, row: Sequence[Box]) -> int:
        """A number beside a label in a spreadsheet, alone in their row: the form counts it itself, and a copy
        says it anew."""
        words = [box for box in row if box.text]
        if len(words) != _PAIR or not words[0].text.endswith(":") or not words[1].text.isdecimal():
            return 0
        label, count = words
        place = Place(self._start([count]), self._end([count]), prefilled=count.text)
        self._draft.ask(label.text, [place], count.where)
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
            and not self._grids.begins_options(rows, at + 1)
        ):
            return 0
        self._draft.section = label_of(text.text)
        self._draft.office = self._draft.office and not text.strong
        return 1

    def _heads_sheet(self, rows: Sequence[Sequence[Box]], at: int, text: Box) -> bool:
        """Whether words alone in a row of a spreadsheet, where every cell beside words is empty, head what
        stands below them: as its title; above the labels of a table; in bold, set off from what is above."""
        said = plain(text.text)
        below = rows[at + 1] if at + 1 < len(rows) and _is_next(rows[at], rows[at + 1]) else ()
        is_apart = not _is_next(rows[at - 1], rows[at])
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

    def _start(self, row: Sequence[Box]) -> int:
        """The first token in some cells that is no wall."""
        gaps = [box.gap.position for box in row if box.gap is not None]
        return min([self._sheet.lines[n].first for box in row for n in box.lines] + gaps)

    def _end(self, row: Sequence[Box]) -> int:
        gaps = [box.gap.position for box in row if box.gap is not None]
        return max([self._sheet.lines[n].last for box in row for n in box.lines] + gaps)

    def _captions(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """An empty row with the labels below it."""
        if at + 1 >= len(rows) or not all(self._draft.is_open(box) and not box.text for box in rows[at]):
            return 0
        below = rows[at + 1]
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
        for box, caption in zip(rows[at], captions, strict=True):
            if caption:
                self._draft.ask(caption, [self._draft.place(box)], box.where)
        return 2

    def _is_open_row(self, row: Sequence[Box], head: Sequence[Box]) -> bool:
        if [box.column for box in row] != [box.column for box in head]:
            return False
        first, *rest = row
        counted = self._takes_answer(first) or bool(_ORDINAL.match(first.text))
        return counted and all(map(self._takes_answer, rest)) and any(map(self._draft.is_open, row))

    def _takes_answer(self, box: Box) -> bool:
        """Whether a cell is room for an answer, or holds words of which one stays."""
        return self._draft.is_open(box) or self._lines.offers(box)

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
        if len(units) < _PAIR or len(rooms) != len(units) or not self._draft.is_bare(label):
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
        elif len(row) == 1 and (above := self._asked_above()):
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

    def _asked_above(self) -> str:
        """The label on the line above an empty frame: one that a sign ends, or that is known."""
        above = self._draft.above
        text = self._sheet.lines[above].text if above is not None else ""
        asks = text.rstrip().endswith((":", "?")) or letters(label_of(text)) in lexicon().labels
        return self._draft.unclaimed() if asks else ""

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


def _without_margin(rows: Sequence[Sequence[Box]]) -> Sequence[Sequence[Box]]:
    """The rows of a spreadsheet without the empty columns at its left, which set it off from the edge."""
    used = [box for row in rows for box in row if box.gap is None]
    if not used or not used[0].where.has(Unit.SHEET):
        return rows
    first = min(box.column for box in used)
    kept = ([box for box in row if box.column >= first] for row in rows)
    return [row for row in kept if row]  # an empty cell over a whole row is gone


def _as_wide(rows: Sequence[Sequence[Box]], at: int) -> Sequence[Sequence[Box]]:
    """The rows of a spreadsheet as wide as the words in one of them: another part of it may be wider."""
    if not rows[at][0].where.has(Unit.SHEET):
        return rows
    last = max((box.column for box in rows[at] if box.text), default=0)
    return [[box for box in row if box.column <= last] or row for row in rows]


def _is_next(row: Sequence[Box], below: Sequence[Box]) -> bool:
    """Whether one row of a spreadsheet follows on another, with no empty row between them."""
    return below[0].where.row == row[0].where.row + 1


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


def _are_labels(head: Sequence[Box]) -> bool:
    """Whether words side by side in a spreadsheet are labels, and not a label with what stands beside it."""
    known = lexicon().labels
    return len(head) > 2 or (len(head) == 2 and all(letters(label_of(box.text)) in known for box in head))
