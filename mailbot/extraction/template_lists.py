"""The lists of people in a blank form: labels above empty rows, in two rows, or above no rows at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailbot.domain.document import Unit
from mailbot.extraction.blank_questions import LAST_YES_NO, YES_NO, Draft
from mailbot.extraction.boilerplate import begins_example
from mailbot.extraction.lexicon import lexicon
from mailbot.extraction.sheet_rows import is_next, rooms_below
from mailbot.extraction.template import Place, TemplateColumn, is_label, label_of, option_name
from mailbot.extraction.template_lines import LineDrafter
from mailbot.extraction.template_options import MARKING, PAIR
from mailbot.extraction.template_people import counts_people
from mailbot.extraction.tiers import TwoTiers
from mailbot.extraction.tokens import Box, is_tick
from mailbot.text.normalize import letters, plain


class ListDrafter:
    """Asks what lists of people ask; ``lines`` reads what stands in their cells."""

    def __init__(self, draft: Draft, lines: LineDrafter) -> None:
        self._draft = draft
        self._sheet = draft.sheet
        self._lines = lines

    def list_of_people(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """A row of labels above empty rows: how many rows it takes, 0 for none."""
        rows = _as_wide(rows, at)
        tiers = TwoTiers.of(rows, at)
        head = tiers.columns if tiers else rows[at]
        if len(head) < 2 or not self._are_heads(head[1:]):
            return 0
        if not self._draft.is_bare(head[0]) and (head[0].text or at + 1 >= len(rows)):
            return 0
        used = first = self._behind_example(rows, at + (2 if tiers else 1))
        while used < len(rows) and self._is_open_row(rows[used], head):
            used += 1
        body = rows[first:used]
        if not body:
            return 0
        if not head[0].text and not all(counts_people(row[0].text) for row in body):
            return 0
        if len(body) == 1 and self._are_captions_above(rows, at):
            self._ask_below(head, body[0])
        else:
            self._ask_columns(head, body, tiers)
        return used - at

    def _behind_example(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Behind a row that shows how to fill in the others, which is kept; the same row elsewhere."""
        if at >= len(rows) or not begins_example(rows[at][0].text):
            return at
        self._draft.found.examples += [box.text for box in rows[at][1:] if box.text]
        return at + 1

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

    def room_below(self, rows: Sequence[Sequence[Box]], at: int) -> int:
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
            len(labels) >= PAIR > len(others) and all(map(self._is_long_head, others))
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
        rows = TemplateColumn(-1, begin, end, tiers=2 if tiers else 1)
        for column, label in enumerate(head):
            boxes = [row[column] for row in body]
            if label.text and all(box.closed for box in boxes):
                places = [self._draft.place(box, number) for number, box in enumerate(boxes, 1)]
                self._draft.leave_to_form(label.text, places, replace(rows, head=self._start([label])))
                continue
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
        self, group: Box, labels: Sequence[Box], body: Sequence[Sequence[Box]], rows: TemplateColumn
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

    def list_without_rows(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """A row of labels in a spreadsheet, which keeps no rows that nobody wrote in yet: nothing follows it,
        or not at once."""
        head = [box for box in rows[at] if box.text]
        if not head or not head[0].where.has(Unit.SHEET) or head != list(rows[at][: len(head)]):
            return 0
        if not self._are_heads(head) or not _are_labels(head):
            return 0
        used = self._behind_example(rows, at + 1)
        if used < len(rows) and is_next(rows[used - 1], rows[used]):
            return 0
        end = self._end(rows[used - 1] if used > at + 1 else head)
        for label in head:
            column = TemplateColumn(self._start([label]), end, end)
            self._draft.ask(label.text, [Place(end, end, 1)], label.where, column=column)
        return used - at

    def count(self, row: Sequence[Box]) -> int:
        """A number beside a label in a spreadsheet, alone in their row: the form counts it itself, and a copy
        says it anew."""
        words = [box for box in row if box.text]
        if len(words) != PAIR or not words[0].text.endswith(":") or not words[1].text.isdecimal():
            return 0
        label, count = words
        place = Place(self._start([count]), self._end([count]), prefilled=count.text)
        self._draft.ask(label.text, [place], count.where)
        return 1

    def _start(self, row: Sequence[Box]) -> int:
        """The first token in some cells that is no wall."""
        gaps = [box.gap.position for box in row if box.gap is not None]
        return min([self._sheet.lines[n].first for box in row for n in box.lines] + gaps)

    def _end(self, row: Sequence[Box]) -> int:
        gaps = [box.gap.position for box in row if box.gap is not None]
        return max([self._sheet.lines[n].last for box in row for n in box.lines] + gaps)

    def _is_open_row(self, row: Sequence[Box], head: Sequence[Box]) -> bool:
        if [box.column for box in row] != [box.column for box in head]:
            return False
        first, *rest = row
        counted = self._takes_answer(first) or counts_people(first.text)
        return counted and all(map(self._takes_answer, rest)) and any(map(self._draft.is_open, row))

    def _takes_answer(self, box: Box) -> bool:
        """Whether a cell is room for an answer, or holds words of which one stays."""
        return self._draft.is_open(box) or self._lines.offers(box)


def _as_wide(rows: Sequence[Sequence[Box]], at: int) -> Sequence[Sequence[Box]]:
    """The rows of a spreadsheet as wide as the words in one of them: another part of it may be wider."""
    if not rows[at][0].where.has(Unit.SHEET):
        return rows
    last = max((box.column for box in rows[at] if box.text), default=0)
    return [[box for box in row if box.column <= last] or row for row in rows]


def _are_labels(head: Sequence[Box]) -> bool:
    """Whether words side by side in a spreadsheet are labels, and not a label with what stands beside it."""
    known = lexicon().labels
    return len(head) > 2 or (len(head) == 2 and all(letters(label_of(box.text)) in known for box in head))
