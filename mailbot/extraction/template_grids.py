"""The tables of a blank form whose answers stand where rows and columns cross: boxes to tick, columns that
are people or parts of the form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from mailbot.domain.document import Unit
from mailbot.extraction.blank_questions import Draft
from mailbot.extraction.boilerplate import means_nothing
from mailbot.extraction.lexicon import lexicon, phrases
from mailbot.extraction.template import YES_NO_WORD, Place, is_label, label_of
from mailbot.extraction.template_lines import OFFICE, LineDrafter
from mailbot.extraction.template_options import (
    MARKING,
    PAIR,
    PRICE,
    SIGN,
    TIME,
    Option,
    OptionDrafter,
    telling_columns,
    told_apart,
    without_open_end,
)
from mailbot.extraction.template_people import PERSON, are_people, counted_one
from mailbot.extraction.tokens import Box
from mailbot.text.normalize import letters, plain, tidy

_ONE_EACH = re.compile(phrases("one_each"))


class GridDrafter:
    """Asks what the crossings of rows and columns ask."""

    def __init__(self, draft: Draft, lines: LineDrafter, options: OptionDrafter) -> None:
        self._draft = draft
        self._options = options
        self._lines = lines

    def crossing(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Labels above and on the left, boxes to tick where they meet: which days of each week, which
        workshop at each hour; or one column of boxes: which of the rows."""
        rows = self._with_one_label(rows, at)
        head = rows[at]
        if len(head) < 2 or not all(self._draft.is_bare(box) for box in head[1:]):
            return 0
        used = at + 1
        while used < len(rows) and len(rows[used]) == len(head) and self._words_then_room(rows[used]):
            if self._asks_itself(rows[used - 1], rows[used]):
                break
            used += 1
        body = rows[at + 1 : used]
        above = self._said_above(rows, at)
        boxes = self._columns_of_boxes(head, body, to_mark=len(head) > 2 and bool(MARKING.search(above)))
        if len(body) < 2 or not boxes or (len(boxes) > 1 and len(boxes) < len(head) - 1):
            return 0
        if len(boxes) > 1:
            self._ask_crossing(head, body, above)
        else:
            self._ask_which_row(head, body, boxes[0])
        return used - at

    def _columns_of_boxes(
        self, head: Sequence[Box], body: Sequence[Sequence[Box]], *, to_mark: bool
    ) -> list[int]:
        """The columns with a box to tick in each row, or with room for a mark where the form asks for one. A
        few of their cells may be closed: nothing takes place then."""
        return [
            c
            for c in range(1, len(head))
            if body
            and all(self._options.is_to_mark(row[c], to_mark) or self._is_closed(row[c]) for row in body)
            and 2 * sum(self._options.is_to_mark(row[c], to_mark) for row in body) >= len(body)
        ]

    def _is_closed(self, box: Box) -> bool:
        """Whether a cell holds nothing but a stroke, among cells with a box to tick."""
        return self._draft.is_bare(box) and means_nothing(box.text)

    def _ask_which_row(self, head: Sequence[Box], body: Sequence[Sequence[Box]], boxes: int) -> None:
        """One question for the rows, by the column with their ``boxes``, and what stands in the others."""
        options = self._open_ones(Option(row[0].text, row[boxes], [row[0]]) for row in body)
        self._options.ask_boxes(head[0].text or head[boxes].text, options)
        for row in body:
            if not self._draft.is_bare(row[0]):
                self._lines.read(row[0].lines)
            for column in range(1, len(head)):
                if column != boxes and not self._is_closed(row[column]):
                    label = f"{head[column].text} {label_of(row[0].text)}"
                    self._draft.ask(label, [self._draft.place(row[column])], row[column].where)

    def answers(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Questions on the left, and above the answers of which one is marked for each: "ja | nee", "altijd |
        soms | nooit"; what is asked behind those says more of the answer."""
        head = rows[at]
        first, end = _answers_in([box.text if self._draft.is_bare(box) else "" for box in head])
        used = at + 1
        while first and used < len(rows) and self._is_answered(rows[at + 1 : used], rows[used], head, first):
            used += 1
        body = rows[at + 1 : used]
        if not body or (not _are_yes_no(head[first:end]) and any(_is_known(row[0].text) for row in body)):
            return 0
        for row in body:
            words = [label_of(box.text) for box in row[:first] if not SIGN.fullmatch(box.text)]
            label = " ".join(filter(None, words)) or row[0].text
            boxes = [Option(name.text, box) for name, box in zip(head, row, strict=True)]
            self._options.ask_boxes(label, boxes[first:end], several=False)
            for one in boxes[end:]:
                if one.text:
                    more = f"{label} ({label_of(one.text)})"
                    self._draft.ask(more, [self._draft.place(one.box)], one.box.where)
        return used - at

    def _is_answered(
        self, above: Sequence[Sequence[Box]], row: Sequence[Box], head: Sequence[Box], first: int
    ) -> bool:
        """Whether a row asks something that the labels in ``head`` from the ``first`` on answer."""
        return (
            len(row) == len(head)
            and bool(row[0].text)
            and all(self._draft.is_bare(box) or not box.text for box in row[:first])
            and all(box.gap is not None or self._draft.is_box(box) for box in row[first:])
            and not _stands_apart(above, row)
        )

    def _said_above(self, rows: Sequence[Sequence[Box]], at: int) -> str:
        """What is told above a row of labels: in the heading, on the line above, in the row above."""
        line = self._draft.sheet.lines[self._draft.above].text if self._draft.above is not None else ""
        before = " ".join(box.text for box in rows[at - 1]) if at else ""
        return plain(f"{self._draft.section} {line} {before} {rows[at][0].text}")

    def _with_one_label(self, rows: Sequence[Sequence[Box]], at: int) -> Sequence[Sequence[Box]]:
        """The rows from a row of labels on with one cell of words each, where several stand before their
        boxes: "Uur | Sessie | Aankruisen". Kept is the first that tells each row from the others and is no
        time or price; the rest only explains it."""
        head = rows[at]
        body = [row for row in rows[at + 1 :] if len(row) == len(head)]
        width = next((n for n, box in enumerate(body[0]) if self._draft.is_box(box)), 0) if body else 0
        if width < 2:
            return rows
        same = []
        for row in body:
            words = all(self._draft.is_bare(box) for box in row[:width])
            if not words or not all(map(self._draft.is_open, row[width:])):
                break
            same.append(row)
        if len(same) < 2 or (told := telling_columns(same, range(width))) is None:
            return rows
        texts = told_apart(same, range(width))
        kept = [[replace(row[told], text=text), *row[width:]] for row, text in zip(same, texts, strict=True)]
        named = told + 1 if texts[0] != same[0][told].text else told
        return [*rows[:at], [head[named], *head[width:]], *kept, *rows[at + 1 + len(same) :]]

    def _asks_itself(self, above: Sequence[Box], row: Sequence[Box]) -> bool:
        """Whether a row of empty cells in a spreadsheet is no more of the table above: some rows further
        down, or with its own answers or something to read."""
        if row[1].gap is None or not row[0].where.has(Unit.SHEET):
            return False
        told = "/" in row[0].text or row[0].text.endswith((":", "?")) or not is_label(row[0].text)
        return told or row[0].where.row > above[0].where.row + 1

    def _ask_crossing(self, head: Sequence[Box], body: Sequence[Sequence[Box]], above: str) -> None:
        """A question for each row, or for each column where those are the times of something; one box of
        each where the form says so."""
        several = not _ONE_EACH.search(above)
        times = [
            [bool(TIME.search(plain(b.text))) for b in boxes] for boxes in (head[1:], [r[0] for r in body])
        ]
        if all(times[0]) and not any(times[1]):
            for column in range(1, len(head)):
                label = tidy(f"{label_of(head[0].text)} {label_of(head[column].text)}")
                boxes = self._open_ones(Option(row[0].text, row[column]) for row in body)
                self._options.ask_boxes(label, boxes, several=several)
            return
        for row in body:
            boxes = [Option(label.text, box) for label, box in zip(head[1:], row[1:], strict=True)]
            self._options.ask_boxes(row[0].text, self._open_ones(boxes), several=several)

    def _open_ones(self, options: Iterable[Option]) -> list[Option]:
        """Some options without those whose cell is closed."""
        return [option for option in options if not self._is_closed(option.box)]

    def _words_then_room(self, row: Sequence[Box]) -> bool:
        """Whether cells to write or tick in stand beside a label, of which some may be closed."""
        left = [box for box in row[1:] if not self._is_closed(box)]
        return bool(label_of(row[0].text) and left) and all(map(self._draft.is_open, left))

    def columns(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Labels on the left, and above: who or what each column is about."""
        head = rows[at]
        people = self._are_people_across(rows, at)
        if not people and MARKING.search(self._said_above(rows, at)):
            return 0  # boxes to mark where they cross
        if len(head) < 3 or not (people or not head[0].text) or not all(map(self._draft.is_bare, head[1:])):
            return 0
        used = at + 1
        while used < len(rows) and self._draft.is_bare(rows[used][0]) and len(rows[used]) == len(head):
            if not self._words_then_room(rows[used]):
                break
            used += 1
        if used == at + 1:
            return 0
        if people:
            self._ask_people_across(rows[at + 1 : used])
        else:
            self._ask_below_heads(head, rows[at + 1 : used])
        return used - at

    def _ask_people_across(self, body: Sequence[Sequence[Box]]) -> None:
        """A question for each row, of a person a column."""
        for row in body:
            people = enumerate(row[1:], 1)
            places = [self._draft.place(box, n) for n, box in people if not self._is_closed(box)]
            self._draft.ask(row[0].text, places, row[1].where, options=self._lines.options_in(row[1]))

    def _ask_below_heads(self, head: Sequence[Box], body: Sequence[Sequence[Box]]) -> None:
        """A question for each cell, below what heads its column."""
        above = self._draft.section
        for column in range(1, len(head)):
            self._draft.section = label_of(head[column].text)
            for row in body:
                box = row[column]
                if self._is_closed(box):
                    continue
                self._draft.ask(
                    row[0].text, [self._draft.place(box)], box.where, options=self._lines.options_in(box)
                )
        self._draft.section = above

    def amounts(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Things on the left, and above the room beside them what is written there: how many of each, for
        whom ("Volwassenen | Kinderen"); a price may stand among the rooms."""
        start = open_start(rows[at])
        head = without_open_end(rows[at])[start:]
        if len(head) <= PAIR or not all(self._draft.is_bare(box) and is_label(box.text) for box in head):
            return 0
        if _answers_in([box.text for box in head]) != (0, 0):
            return 0  # one of them is marked
        body: list[Sequence[Box]] = []
        for row in rows[at + 1 :]:
            own = row[start : start + len(head)]
            outside = (*row[:start], *row[start + len(head) :])
            if not self._is_amount(head, own) or any(box.text for box in outside):
                break
            if _stands_apart([head, *body], own) or (body and _gaps_in(own) != _gaps_in(body[0])):
                break
            body.append(own)
        if len(body) < PAIR:
            return 0
        for row in body:
            for column in _gaps_in(row):
                label = f"{label_of(row[0].text)} ({label_of(head[column].text)})"
                self._draft.ask(label, [self._draft.place(row[column])], row[column].where)
        return len(body) + 1

    def described(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Rows that describe at length what is chosen from, each with room at its right: they are asked by
        what heads that room and what tells the rows apart ("Ik volg | donderdag 10 uur")."""
        head = rows[at]
        if len(head) <= PAIR or not all(self._draft.is_bare(box) for box in head):
            return 0
        body = []
        for row in rows[at + 1 :]:
            if len(row) != len(head) or row[-1].gap is None or not all(map(self._draft.is_bare, row[:-1])):
                break
            body.append(row)
        if len(body) < PAIR or not all(len(row[-2].lines) > 1 for row in body):
            return 0
        told = [row[0].text for row in body]
        if len(set(told)) < len(told) or any(len(row[0].lines) > 1 for row in body):
            return 0
        for row in body:
            label = f"{label_of(head[-1].text)} {label_of(row[0].text)}"
            self._draft.ask(label, [self._draft.place(row[-1])], row[-1].where)
        return len(body) + 1

    def _is_amount(self, head: Sequence[Box], row: Sequence[Box]) -> bool:
        """Whether a row names a thing, and has room below two labels at least and else but a price."""
        if len(row) != len(head) or not self._draft.is_bare(row[0]) or _is_known(row[0].text):
            return False
        if OFFICE.search(plain(row[0].text)) or not is_label(row[0].text):
            return False
        gaps = _gaps_in(row)
        others = [box for n, box in enumerate(row) if n and n not in gaps]
        explains = any(letters(label_of(head[n].text)) in lexicon().hints for n in gaps)
        return len(gaps) >= PAIR and all(PRICE.match(box.text) for box in others) and not explains

    def answers_beside(self, row: Sequence[Box]) -> int:
        """A row of a question and of yes and no with an empty cell behind each: "Kan zwemmen | ja | __ | neen
        | __". The last one may stand where a spreadsheet ends."""
        label, *rest = row[open_start(row) :]
        answers, rooms = rest[::2][:PAIR], rest[1::2][:PAIR]
        if len(answers) < PAIR or not self._draft.is_bare(label) or not _are_yes_no(answers):
            return 0
        more = any(box.text for box in rest[2 * PAIR :])
        if more or not rooms or any(room.gap is None for room in rooms):
            return 0
        last = self._draft.tokens_of(answers[-1:])[1]
        places = [
            replace(
                self._draft.place(rooms[n]) if n < len(rooms) else Place(last, last),
                option=label_of(answer.text),
                words=self._draft.tokens_of([answer]),
            )
            for n, answer in enumerate(answers)
        ]
        options = tuple(label_of(answer.text) for answer in answers)
        self._draft.ask(label.text, places, rooms[0].where, options=options)
        return 1

    def side_by_side(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Headings that count people, and below each of them the same labels with their room: "Naam | ... |
        Naam | ..."."""
        heads = [box for box in rows[at] if box.text]
        counted = [one for box in heads if (one := counted_one(box.text))]
        if len(heads) < PAIR or len({whose for whose, _ in counted}) != 1 or len(counted) < len(heads):
            return 0
        body = self._alike_below(heads, rows[at + 1 :])
        if not body or not are_people(counted[0][0], [pairs[0][0].text for pairs in body]):
            return 0
        for pairs in body:
            places = [self._draft.place(box, n) for (_, n), (_, box) in zip(counted, pairs, strict=True)]
            label, box = pairs[0]
            self._draft.ask(label.text, places, box.where, options=self._lines.options_in(box))
        return len(body) + 1

    def _alike_below(
        self, heads: Sequence[Box], rows: Sequence[Sequence[Box]]
    ) -> list[list[tuple[Box, Box]]]:
        """The rows that ask the same below each heading, up to one that does not: labels with their rooms."""
        body: list[list[tuple[Box, Box]]] = []
        for row in rows:
            pairs = self._pairs_below(heads, row)
            if len({letters(label_of(label.text)) for label, _ in pairs}) != 1 or len(pairs) < len(heads):
                break
            body.append(pairs)
        return body

    def _pairs_below(self, heads: Sequence[Box], row: Sequence[Box]) -> list[tuple[Box, Box]]:
        """The label and its room below each of some headings, for those below which nothing else stands."""
        ends = [*(head.column for head in heads[1:]), max(box.column for box in row) + 1]
        below = [
            [box for box in row if head.column <= box.column < end]
            for head, end in zip(heads, ends, strict=True)
        ]
        return [
            (part[0], part[1])
            for part in below
            if len(part) == PAIR and self._draft.is_bare(part[0]) and self._draft.is_open(part[1])
        ]

    def _are_people_across(self, rows: Sequence[Sequence[Box]], at: int) -> bool:
        """Whether the columns of a table are people, with what is asked of each on the left."""
        heads = [box.text for box in rows[at][1:]]
        counted = [counted_one(text) for text in heads]
        whose = {one[0] for one in counted if one}
        if len(heads) > 1 and all(counted) and len(whose) == 1 and len(set(counted)) == len(heads):
            return are_people(whose.pop(), [row[0].text for row in rows[at + 1 :] if row])
        return bool(heads) and all(PERSON.search(plain(text)) for text in heads)


def _gaps_in(row: Sequence[Box]) -> list[int]:
    """The columns of a row with an empty cell, behind the first."""
    return [n for n, box in enumerate(row) if n and box.gap is not None]


def open_start(row: Sequence[Box]) -> int:
    """How many empty cells of a spreadsheet stand at the left of a row."""
    in_sheet = row[0].where.has(Unit.SHEET)
    return next((n for n, box in enumerate(row) if box.gap is None), 0) if in_sheet else 0


def _answers_in(texts: Sequence[str]) -> tuple[int, int]:
    """From which of some words side by side, behind the first, up to which they are answers of which one is
    meant: yes and no, those of a scale, or options of which one denies; 0 and 0 for none."""
    known = lexicon()
    said = [plain(label_of(text)) for text in texts]
    first = end = 0
    for n in range(1, len(said)):
        run = list(takewhile(lambda text: _is_yes_or_no(text) or text in known.answers, said[n:]))
        if len(run) > end - first:
            first, end = n, n + len(run)
    if end - first >= PAIR:
        return first, end
    options = said[1:]
    denying = [text for text in options if known.denying & set(text.split())]
    are_options = all(text and is_label(text) and not _is_known(text) for text in options)
    return (1, len(said)) if len(options) >= PAIR and len(denying) == 1 and are_options else (0, 0)


def _stands_apart(above: Sequence[Sequence[Box]], row: Sequence[Box]) -> bool:
    """Whether a row of a spreadsheet, where every cell beside words is empty, is no more of the table above:
    some rows further down, or a label that its sign or its name tells from those."""
    if not above or not row[0].where.has(Unit.SHEET):
        return False
    is_new = row[0].text.endswith(":") and not above[0][0].text.endswith(":")
    return is_new or _is_known(row[0].text) or row[0].where.row > above[-1][0].where.row + 1


def _are_yes_no(heads: Sequence[Box]) -> bool:
    return all(_is_yes_or_no(plain(label_of(box.text))) for box in heads)


def _is_yes_or_no(text: str) -> bool:
    """Whether words are a yes or a no, in one language or several: "ja / oui"."""
    return all(YES_NO_WORD.fullmatch(word.strip()) for word in text.split("/"))


def _is_known(text: str) -> bool:
    """Whether words ask what has a name of its own, and is no yes or no: an address."""
    asked = letters(label_of(text))
    return asked in lexicon().labels and asked not in lexicon().concepts["attends"]
