"""A blank form → the questions it asks, each with its label as printed and the room for its answer.

Nothing here knows what a label means, only where labels stand: before the room on its line, in the
cell to the left, in the row of labels above, on the line above or as a caption below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from mailbot.domain.document import Block, Location, Unit
from mailbot.extraction.boilerplate import begins_example
from mailbot.extraction.companions import tells_who_comes_along, with_companions
from mailbot.extraction.lexicon import lexicon
from mailbot.extraction.tokens import LEADS_ON, Box, Gap, Grid, Line, Tokenised, is_tick, tokenised
from mailbot.text.normalize import letters, plain, tidy

_APART = re.compile(r"\t| {3,}")
_YES_NO = re.compile(r"(?<!\()\b(?:(?:ja|yes|oui)\s*/\s*(?:nee|neen|no|non|nein)|wel\s*/\s*niet)\b", re.I)
_YES_NO_WORDS = frozenset({"ja", "nee", "neen", "yes", "no", "oui", "non", "nein", "wel", "niet"})
#: "Eigenaar: ikzelf / werkgever / leasing": one stays, the others are crossed out.
_ALTERNATIVES = re.compile(r"(?<=: )\s*[^\W\d][^/:\t]{0,30}(?: / [^\W\d][^/:\t]{0,30}){1,5}$")
#: Three or more of a word or two need no telling that one stays.
_OBVIOUS = re.compile(r"(?<=: )\s*[^\W\d][\w-]{1,20}(?: / [^\W\d][\w-]{1,20}){2,5}$")
_STRIKE = re.compile(r"\b(?:schrappen|doorhalen|biffer|strike|delete as|streichen)\b", re.I)
_SEVERAL = re.compile(r"\b(?:meer(?:dere)?|plusieurs|several|all that apply|mehrere|mehrfach)\b", re.I)
_OFFICE = re.compile(
    r"\bin te vullen door\b|\bvoorbehouden\b|\bvak (?:bestemd )?voor\b|\bintern gebruik\b|\bniet invullen\b"
    r"|\breserve a|\breserve au|\bne pas remplir\b|\boffice use\b|\bofficial use\b|\bfor office\b|\bnur fur\b"
    r"|\bvom \w+ auszufullen\b|\bnicht ausfullen\b|\binterne vermerke\b"
)
_SIGNING = re.compile(
    r"\bhandtekening|\bsignature|\bunterschrift|\bparaaf|\bstempel\b|\bgelezen en goedgekeurd\b"
    r"|\blu et approuve\b|\bsigned\b"
)
_PERSON = re.compile(
    r"\b(?:deelnemer|deelneemster|persoon|participante?|personne|joueur|joueuse|player|teilnehmer(?:in)?|person"
    r"|delegate|attendee|aanwezige|inschrijving|collega|kind|enfant|child|guest|gast|invitee?|membre|lid)\b"
)
_NAME = re.compile(r"\b(?:\w*naam|(?:pre)?nom|\w*name)\b")
#: What makes a word good for women and men: "participant·e", "deelnemer/ster", "Teilnehmer(in)".
_ENDING = re.compile(r"(?<=[^\W\d_]{3})(?:[·•*/.-]|\()(?:e|ne|rice|ster|in|innen)s?\)?(?![^\W\d_])")
_ORDINAL = re.compile(r"^\W*\d{1,3}\W*$")
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}[.)]|[a-z][.)]|[-–•▪*·])\s+", re.I)
_PRICE = re.compile(r"^\W*(?:€|EUR)?\s*\d+(?:[.,]\d+)?\s*(?:€|euro|eur|£)?\W*(?:\([^)]*\))?$", re.I)
#: That the boxes of a table are to be marked, where none are drawn.
_MARKING = re.compile(
    r"\bkruis(?:je)?\b|\baankruis|\bvink|\been x\b|\bcoche|\bcroix\b|\bmark\b|\btick|\bcross\b|\ban x\b"
    r"|\bankreuz"
)
_ONE_EACH = re.compile(
    r"\b(?:een|1) (?:\w+ )?per\b|\b(?:une?|1) (?:\w+ )?(?:seule? )?par\b"
    r"|\b(?:one|1) (?:\w+ )?(?:per|for each)\b|\b(?:eine\w*|1) (?:\w+ )?pro\b"
)
#: When something takes place: "10 uur", "13.30 - 14.30", "voormiddag", "ronde 2".
_TIME = re.compile(
    r"\b\d{1,2} ?(?:u|uur|h|heures?|uhr|am|pm)\b|\b\d{1,2}[:.u]\d{2}\b|\b\d{1,2}h\d{2}\b"
    r"|^(?:ronde|blok|sessie|session|round|tour|slot|runde)\b"
    r"|\b(?:voormiddag|namiddag|avond|ochtend|matin|apres-midi|soir|morning|afternoon|evening|vormittag|nachmittag)\b"
)
#: What joins two parts of a sentence, what begins another one, and what leads to a number or an address.
_JOINS = frozenset({"en", "et", "and", "und", "of", "ou", "or", "oder"})
_NO_UNIT = re.compile(
    r"(?:uit|tot|bij|in|als|per|tegen|over|naar|om|te|is|was|dans|chez|sur|aux?|from|of|to|at|on|as|aus|von|zu)$"
)
_REACHED_BY = re.compile(r"(?:op|via|per|par|au|sur|by|at|on|unter)$")
_UNIT = re.compile(r"\s?([^\W\d_]{2,})")
_UNIT_AT_END = re.compile(r"\s?([^\W\d_]{2,}(?: [^\W\d_]{2,})?)(?=\s*[.;]\s*$)")
_LONGEST = 90
_HEADING_WORDS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Room for one answer: the tokens from ``start`` up to ``end`` of the blank, which are what is
    printed there (boxes and their words), if anything. ``person`` counts from 1 where the form asks
    the same of several people; 0 is for all of them. ``option`` is what a box alone in its cell stands for.
    """

    start: int
    end: int
    person: int = 0
    hint: str = ""
    prefilled: str = ""
    name: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list of people: the first word of its label, the tokens from where its rows begin
    up to where they end, and which person stands in the first row."""

    head: int
    first: int
    end: int
    person: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """What a blank asks: the label as printed, the heading above it, the room for its answer, and
    the options where it offers any. ``several``: more than one may be ticked; ``column``: it is asked of
    each row of a list."""

    label: str
    section: str
    places: tuple[Place, ...]
    where: Location
    options: tuple[str, ...] = ()
    several: bool = False
    lines: int = 1
    ticks: bool = False
    column: Column | None = None

    @property
    def is_yes_no(self) -> bool:
        """Whether it offers yes and no, or one box beside a statement."""
        words = {re.split(r"[\W_]", plain(option).strip(" ."))[0] for option in self.options}
        return (len(self.options) == 2 and len(words) == 2 and words <= _YES_NO_WORDS) or (
            self.ticks and not self.options
        )


@dataclass(slots=True)
class Template:
    """A blank form: its tokens, its questions, the labels beside room that asks nothing of people who
    register (signatures, what the office fills in), and what it fills in itself to show how."""

    sheet: Tokenised
    questions: list[Question] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)


def template_of(blocks: Iterable[Block]) -> Template:
    """The questions of a blank form, in reading order."""
    return _Drafter(tokenised(blocks, blank=True)).template()


def label_of(text: str) -> str:
    """A label without numbering, colon, dots and star."""
    text = tidy(_NUMBERING.sub("", text)).replace("*", " ")
    text = re.sub(r"^(?:en|et|and|und) … ", "", text)
    if text.startswith("(") and ")" not in text:
        text = text[1:]
    return tidy(text).strip(" :.…_-–,;\t")


class _Drafter:
    def __init__(self, sheet: Tokenised) -> None:
        self._sheet = sheet
        self._found = Template(sheet)
        self._section = ""
        self._above: int | None = None  # the line above, while nothing has claimed it as a label
        self._group = False  # the last question is a list of boxes that may go on below
        self._open: list[Gap] = []  # room without a label so far: its caption may stand below
        self._office = False
        self._in_page = False  # lines of a cell that is laid out like a page

    def template(self) -> Template:
        within = {
            id(grid) for outer in self._sheet.grids for row in outer.rows for b in row for grid in b.grids
        }
        self._page(
            range(len(self._sheet.lines)), [grid for grid in self._sheet.grids if id(grid) not in within]
        )
        questions = _of_people(self._found.questions)
        self._found.questions = with_companions(questions, self._is_of_companions)
        return self._found

    def _is_of_companions(self, question: Question) -> bool:
        """Whether it is asked of somebody who comes along: what is above it says so, its label, or a heading
        that counts from the second person on."""
        if tells_who_comes_along(f"{question.section} | {question.label}"):
            return True
        if question.column:
            row = next(
                (
                    row
                    for grid in self._sheet.grids
                    for row in grid.rows
                    if self._starts_at(row, question.column)
                ),
                (),
            )
            above = min((n for box in row for n in box.lines), default=0) - 1
            labels = " | ".join(box.text for box in row)
            return tells_who_comes_along(f"{labels} | {self._sheet.lines[above].text if above >= 0 else ''}")
        counted = _counted_one(question.section)
        return bool(
            counted
            and counted[1] > 1
            and _PERSON.search(counted[0])
            and (counted[0], 1) not in {_counted_one(one.section) for one in self._found.questions}
        )

    def _starts_at(self, row: Sequence[Box], column: Column) -> bool:
        return any(
            self._sheet.lines[n].first <= column.head < self._sheet.lines[n].last
            for box in row
            for n in box.lines
        )

    def _page(self, lines: range, grids: Iterable[Grid]) -> None:
        """Lines and the tables among them, in the order in which they stand: a whole document, or a cell that
        is laid out like one."""
        done = lines.start
        for grid in grids:
            self._lines(range(done, grid.before))
            self._grid(grid)
            done = grid.after
        self._lines(range(done, lines.stop))

    def _cell_page(self, box: Box, heading: str) -> None:
        """A cell with tables of its own in it: a part of the form, with its own headings."""
        outside = self._section, self._office, self._in_page
        self._section, self._in_page, self._above, self._open = heading or self._section, True, None, []
        self._page(range(box.lines[0], box.lines[-1] + 1), box.grids)
        self._section, self._office, self._in_page = outside

    def _is_page(self, box: Box) -> bool:
        """Whether a cell is laid out like a document: lines with room of their own below a heading, or tables
        that ask something themselves, words with room beside them."""
        lines = [self._sheet.lines[n] for n in box.lines]
        if lines and not box.grids and not self._has_room(lines[0]) and is_label(lines[0].text):
            return sum(bool(line.gaps) and self._words_in(line) for line in lines) > 1
        return any(
            (self._is_bare(one) and is_label(one.text) and self._is_open(beside) and not self._is_box(beside))
            or self._is_boxed_words((one, beside))
            for grid in box.grids
            for row in grid.rows
            for one, beside in pairwise(row)
        )

    # ------------------------------------------------------------ tables

    def _grid(self, grid: Grid) -> None:
        self._open = []
        row = 0
        while row < len(grid.rows):
            used = (
                self._list_of_people(grid.rows, row)
                or self._list_without_rows(grid.rows, row)
                or self._matrix(grid.rows, row)
                or self._grid_of_boxes(grid.rows, row)
                or self._captions(grid.rows, row)
                or self._boxes_then_words(grid.rows, row)
                or self._labels_alone(grid.rows, row)
                or self._sheet_heading(grid.rows, row)
            )
            if not used:
                self._row(grid.rows[row])
            row += used or 1
        self._above, self._group, self._open, self._office = None, False, [], False

    def _is_bare(self, box: Box) -> bool:
        """Whether a cell holds words and no room for an answer."""
        return bool(box.text) and not any(self._has_room(self._sheet.lines[n]) for n in box.lines)

    def _has_room(self, line: Line) -> bool:
        ticks = any(is_tick(token) for token in self._sheet.tokens[line.first : line.last])
        return bool(line.gaps) or ticks or bool(_YES_NO.search(line.text))

    def _is_open(self, box: Box) -> bool:
        return box.gap is not None or (bool(box.lines) and not self._is_bare(box))

    def _list_of_people(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """A row of labels above empty rows: how many rows it takes, 0 for none."""
        head = rows[at]
        if len(head) < 2 or not all(self._is_bare(box) and is_label(box.text) for box in head[1:]):
            return 0
        if not self._is_bare(head[0]) and (head[0].text or at + 1 >= len(rows)):
            return 0
        used = at + 1
        if used < len(rows) and begins_example(rows[used][0].text):
            self._found.examples += [box.text for box in rows[used][1:] if box.text]
            used += 1
        first = used
        while used < len(rows) and self._is_open_row(rows[used], head):
            used += 1
        body = rows[first:used]
        if not body:
            return 0
        if not head[0].text and not all(_ORDINAL.match(row[0].text) for row in body):
            return 0
        begin, end = self._start(body[0]), self._end(body[-1])
        for column, label in enumerate(head):
            boxes = [row[column] for row in body]
            if all(self._is_open(box) for box in boxes):
                places = [self._place(box, number) for number, box in enumerate(boxes, 1)]
                options = self._options_in(boxes[0])
                asked = Column(self._start([label]), begin, end)
                self._ask(label.text, places, boxes[0].where, options=options, column=asked)
        return used - at

    def _list_without_rows(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """A row of labels in a spreadsheet, which keeps no rows that nobody wrote in yet: nothing follows it,
        or not at once."""
        head = [box for box in rows[at] if box.text]
        if not head or not head[0].where.has(Unit.SHEET) or head != list(rows[at][: len(head)]):
            return 0
        if not all(self._is_bare(box) and is_label(box.text) for box in head) or not _are_labels(head):
            return 0
        used = at + 1
        if used < len(rows) and begins_example(rows[used][0].text):
            self._found.examples += [box.text for box in rows[used][1:] if box.text]
            used += 1
        if used < len(rows) and rows[used][0].where.row == rows[used - 1][0].where.row + 1:
            return 0
        end = self._end(head)
        for label in head:
            column = Column(self._start([label]), end, end)
            self._ask(label.text, [Place(end, end, 1)], label.where, column=column)
        return used - at

    def _boxes_then_words(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Rows of a box and what it stands for in the cell beside it: the options of what is asked above,
        or else statements."""
        used = at
        while used < len(rows) and self._is_boxed_words(rows[used]):
            used += 1
        options = [(words.text, box) for box, words in rows[at:used]]
        label = self._unclaimed() if len(options) > 1 else ""
        if label:
            self._ask_boxes(label, options, several=bool(_SEVERAL.search(plain(label))))
            return used - at
        for words, box in options:
            place = self._place(box)
            self._ask(words, [replace(place, option=option_name(label_of(words)))], box.where, ticks=True)
        return used - at

    def _is_boxed_words(self, row: Sequence[Box]) -> bool:
        return len(row) == 2 and self._is_box(row[0]) and self._is_bare(row[1]) and is_label(row[1].text)

    def _labels_alone(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """A spreadsheet of words in one column, as long as nobody wrote anything beside them: a heading among
        them cannot be told from a label, and nobody writes beside it."""
        box = rows[at][0]
        if not box.where.has(Unit.SHEET) or not all(len(row) == 1 and self._is_bare(row[0]) for row in rows):
            return 0
        self._office = self._office or bool(_OFFICE.search(plain(box.text)))
        is_title = at == 0 and letters(label_of(box.text)) not in lexicon().labels
        if is_title or not is_label(box.text) or _is_title(box):
            self._section = label_of(box.text) if is_title else self._section
        else:
            self._ask_within(box)
        return 1

    def _sheet_heading(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Words alone in a row of a spreadsheet that are the title at its top, or tell what to mark below."""
        text, *rest = rows[at]
        if not text.where.has(Unit.SHEET) or not self._is_bare(text) or any(box.text for box in rest):
            return 0
        words = plain(text.text)
        is_title = at == 0 and not words.endswith(":") and letters(label_of(words)) not in lexicon().labels
        if not is_title and not (_MARKING.search(words) and at + 1 < len(rows) and len(rows[at + 1]) > 2):
            return 0
        self._section = label_of(text.text)
        return 1

    def _start(self, row: Sequence[Box]) -> int:
        """The first token in some cells that is no wall."""
        gaps = [box.gap.position for box in row if box.gap is not None]
        return min([self._sheet.lines[n].first for box in row for n in box.lines] + gaps)

    def _end(self, row: Sequence[Box]) -> int:
        gaps = [box.gap.position for box in row if box.gap is not None]
        return max([self._sheet.lines[n].last for box in row for n in box.lines] + gaps)

    def _grid_of_boxes(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Labels above and on the left, boxes to tick where they meet: which days of each week, which
        workshop at each hour; or one column of boxes: which of the rows."""
        head = rows[at]
        if len(head) < 2 or not all(self._is_bare(box) for box in head[1:]):
            return 0
        used = at + 1
        while used < len(rows) and len(rows[used]) == len(head) and self._words_then_room(rows[used]):
            if self._asks_itself(rows[used - 1], rows[used]):
                break
            used += 1
        body = rows[at + 1 : used]
        above = f"{self._section} {' '.join(box.text for box in rows[at - 1]) if at else ''} {head[0].text}"
        to_mark = len(head) > 2 and bool(_MARKING.search(plain(above)))
        boxes = [
            c
            for c in range(1, len(head))
            if body and all(self._is_box(row[c]) or (to_mark and row[c].gap is not None) for row in body)
        ]
        if len(body) < 2 or not boxes or (len(boxes) > 1 and len(boxes) < len(head) - 1):
            return 0
        if len(boxes) > 1:
            self._ask_crossing(head, body, plain(above))
            return used - at
        self._ask_boxes(head[0].text or head[boxes[0]].text, [(row[0].text, row[boxes[0]]) for row in body])
        for row in body:
            if not self._is_bare(row[0]):
                self._lines(row[0].lines)
            for column in range(1, len(head)):
                if column not in boxes:
                    label = f"{head[column].text} {label_of(row[0].text)}"
                    self._ask(label, [self._place(row[column])], row[column].where)
        return used - at

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
            [bool(_TIME.search(plain(b.text))) for b in boxes] for boxes in (head[1:], [r[0] for r in body])
        ]
        if all(times[0]) and not any(times[1]):
            for column in range(1, len(head)):
                label = tidy(f"{label_of(head[0].text)} {label_of(head[column].text)}")
                self._ask_boxes(label, [(row[0].text, row[column]) for row in body], several=several)
            return
        for row in body:
            boxes = [(label.text, box) for label, box in zip(head[1:], row[1:], strict=True)]
            self._ask_boxes(row[0].text, boxes, several=several)

    def _words_then_room(self, row: Sequence[Box]) -> bool:
        return bool(label_of(row[0].text)) and all(map(self._is_open, row[1:]))

    def _is_box(self, box: Box) -> bool:
        """Whether a cell holds a box to tick and nothing else."""
        tokens = [t for n in box.lines for t in self._sheet.tokens[slice(*self._range_of(n))]]
        return len(tokens) == 1 and is_tick(tokens[0])

    def _range_of(self, line: int) -> tuple[int, int]:
        return self._sheet.lines[line].first, self._sheet.lines[line].last

    def _ask_boxes(self, label: str, boxes: Sequence[tuple[str, Box]], *, several: bool = True) -> None:
        places = [replace(self._place(box), option=option_name(label_of(option))) for option, box in boxes]
        options = tuple(label_of(option) for option, _ in boxes)
        self._ask(label, places, boxes[0][1].where, options=options, several=several)

    def _captions(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """An empty row with the labels below it."""
        if at + 1 >= len(rows) or not all(self._is_open(box) and not box.text for box in rows[at]):
            return 0
        below = rows[at + 1]
        if [box.column for box in below] != [box.column for box in rows[at]]:
            return 0
        if not all(self._is_bare(box) and is_label(box.text) for box in below):
            return 0
        for box, label in zip(rows[at], below, strict=True):
            self._ask(label.text, [self._place(box)], box.where)
        return 2

    def _is_open_row(self, row: Sequence[Box], head: Sequence[Box]) -> bool:
        if [box.column for box in row] != [box.column for box in head]:
            return False
        first, *rest = row
        counted = self._is_open(first) or bool(_ORDINAL.match(first.text))
        return counted and all(map(self._is_open, rest))

    def _matrix(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Labels on the left, and above: who or what each column is about."""
        head = rows[at]
        people = self._are_people_across(rows, at)
        if len(head) < 3 or not (people or not head[0].text) or not all(map(self._is_bare, head[1:])):
            return 0
        used = at + 1
        while used < len(rows) and self._is_bare(rows[used][0]) and len(rows[used]) == len(head):
            if not all(map(self._is_open, rows[used][1:])):
                break
            used += 1
        if people:
            for row in rows[at + 1 : used]:
                places = [self._place(box, n) for n, box in enumerate(row[1:], 1)]
                self._ask(row[0].text, places, row[1].where, options=self._options_in(row[1]))
            return used - at if used > at + 1 else 0
        above = self._section
        for column in range(1, len(head)):
            self._section = label_of(head[column].text)
            for row in rows[at + 1 : used]:
                box = row[column]
                self._ask(row[0].text, [self._place(box)], box.where, options=self._options_in(box))
        self._section = above
        return used - at if used > at + 1 else 0

    def _are_people_across(self, rows: Sequence[Sequence[Box]], at: int) -> bool:
        """Whether the columns of a table are people, with what is asked of each on the left."""
        heads = [box.text for box in rows[at][1:]]
        counted = [_counted_one(text) for text in heads]
        whose = {one[0] for one in counted if one}
        if len(heads) > 1 and all(counted) and len(whose) == 1 and len(set(counted)) == len(heads):
            return _are_people(whose.pop(), [row[0].text for row in rows[at + 1 :] if row])
        return bool(heads) and all(_PERSON.search(plain(text)) for text in heads)

    def _place(self, box: Box, person: int = 0) -> Place:
        """The room that a cell offers."""
        if box.gap is not None:
            return Place(box.gap.position, box.gap.position, person)
        lines = [self._sheet.lines[n] for n in box.lines]
        gap = next((gap for line in lines for gap in line.gaps), Gap(0))
        return Place(lines[0].first, lines[-1].last, person, gap.hint, gap.prefilled, gap.name)

    def _options_in(self, box: Box) -> tuple[str, ...]:
        options: list[str] = []
        for number in box.lines:
            options += [option for option, _, _ in self._boxes(self._sheet.lines[number], 0)[1]]
        return tuple(options)

    def _row(self, row: Sequence[Box]) -> None:
        if _OFFICE.search(plain(" ".join(box.text for box in row if not self._is_page(box)))):
            self._office = True
        self._banner(row)
        label: Box | None = None
        for place, box in enumerate(row):
            after = row[place + 1] if place + 1 < len(row) else None
            if box.gap is not None:
                before = row[place - 1] if place else None
                if label is not None and is_label(label.text) and not _is_title(label):
                    self._ask(label.text, [self._place(box)], box.where)
                    label = None
                elif label is None and before is not None and before.gap is not None and place > 1:
                    self._widen(box)
            elif self._is_page(box):
                self._cell_page(box, label_of(label.text) if label is not None else "")
                label = None
            elif self._is_bare(box):
                if label is not None and _PRICE.match(box.text):
                    continue
                label = box
                beside = after is not None and self._is_open(after)
                if box.text.endswith(":") and not beside:
                    self._ask_within(box)
                    label = None
            else:
                self._lines(box.lines, label.text if label is not None else "")
                label = None
                self._above = None

    def _banner(self, row: Sequence[Box]) -> None:
        """A row of one cell of words heads what stands below it."""
        text = row[0].text
        if len(row) == 1 and self._is_bare(row[0]) and is_label(text) and not text.endswith(":"):
            self._section = label_of(text)
            self._office = self._office and bool(_OFFICE.search(plain(text)))

    def _ask_within(self, box: Box) -> None:
        """ "Datum:" alone in a cell: the answer is written behind it."""
        end = self._sheet.lines[box.lines[-1]].last
        self._ask(box.text, [Place(end, end)], box.where)

    def _widen(self, box: Box) -> None:
        """Another empty cell beside the last one: a box for each letter, or a merged cell taken apart."""
        if self._found.questions and box.gap is not None:
            last = self._found.questions[-1]
            if last.places[-1].end in (box.gap.position - 1, box.gap.position):
                more = Place(box.gap.position, box.gap.position, last.places[-1].person)
                self._found.questions[-1] = replace(last, places=(*last.places, more))

    # ------------------------------------------------------------ lines

    def _lines(self, numbers: Iterable[int], left: str = "") -> None:
        for number in numbers:
            line = self._sheet.lines[number]
            if not self._has_room(line) and not self._alternatives(line):
                self._words(number, line)
                continue
            if _OFFICE.search(plain(line.text)):
                self._found.skipped.append(
                    label_of(line.text[: line.gaps[0].start] if line.gaps else line.text)
                )
                continue
            if line.gaps and not self._words_in(line):
                self._room_alone(number, line, left)
            else:
                self._mixed(line, left)
                self._open = []
            left = ""
            self._above = None

    def _alternatives(self, line: Line) -> re.Match[str] | None:
        """What a line offers to cross out: where the form says so, or where there is no doubt."""
        return (_ALTERNATIVES if self._strikes() else _OBVIOUS).search(line.text)

    def _strikes(self) -> bool:
        return any(_STRIKE.search(line.text) for line in self._sheet.lines)

    def _words_in(self, line: Line) -> bool:
        return any(token.is_word for token in self._sheet.tokens[line.first : line.last])

    def _words(self, number: int, line: Line) -> None:
        """A line of words only: a label for what follows, a caption of what stands above, a heading."""
        self._group = False
        if self._open and is_label(line.text):
            self._ask(line.text, [_place(gap) for gap in self._open], line.where, lines=len(self._open))
            self._open, self._above = [], None
            return
        self._open = []
        self._above = number
        if _OFFICE.search(plain(line.text)):
            self._office = True
        elif is_label(line.text) and self._is_outside(number) and _is_heading(line):
            self._section, self._office = label_of(line.text), False

    def _is_outside(self, number: int) -> bool:
        """Whether a line stands between tables, of the document or of a cell laid out like one."""
        return self._in_page or not self._sheet.boxed[number]

    def _room_alone(self, number: int, line: Line, left: str) -> None:
        """A line of nothing but dots, underscores or controls."""
        above = self._sheet.lines[self._above] if self._above is not None else None
        pieces = [p for p in _APART.split(above.text) if p.strip()] if above else []
        if above and len(line.gaps) > 1 and len(pieces) == len(line.gaps):
            for piece, gap in zip(pieces, line.gaps, strict=True):
                self._ask(piece, [_place(gap)], line.where)
        elif left or (above and is_label(above.text)):
            self._ask(left or (above.text if above else ""), [_place(gap) for gap in line.gaps], line.where)
            self._section = self._section if not above or left else self._heading_before(number)
        elif self._continues(line):
            last = self._found.questions[-1]
            places = (*last.places, *map(_place, line.gaps))
            self._found.questions[-1] = replace(last, places=places, lines=last.lines + 1)
        else:
            self._open += line.gaps

    def _heading_before(self, number: int) -> str:
        """The heading in force above a label that was taken for one itself."""
        return next((q.section for q in reversed(self._found.questions[:-1])), "") if number else ""

    def _continues(self, line: Line) -> bool:
        """Whether it is one more line to write the last answer on."""
        questions = self._found.questions
        return bool(questions) and not questions[-1].ticks and questions[-1].places[-1].end == line.first

    def _mixed(self, line: Line, left: str) -> None:
        """Words and room on one line: each room is labelled by the words before it."""
        at = 0
        for start, end, what in self._rooms(line):
            if start < at:
                continue
            if what is None:
                self._boxes_from(line, at, left)
                at = self._boxes(line, at)[2]
                left = ""
                continue
            before = _last_piece(line.text[at:start])
            at = end
            if isinstance(what, Gap):
                if unit := _counted(before, line.text[end:]):
                    before, at = f"{before} … {unit[1]}", end + unit.end()
                caption = re.match(r"\s*\(([^()]+)\)", line.text[end:])
                label = (
                    _reached_at(before)
                    or label_of(before)
                    or (caption[1] if caption else "")
                    or left
                    or self._unclaimed()
                )
                if label:
                    self._ask(label, [_place(what)], line.where)
                elif self._found.questions and not self._found.questions[-1].ticks:
                    last = self._found.questions[-1]
                    self._found.questions[-1] = replace(last, places=(*last.places, _place(what)))
                self._group = False
            else:
                first, last_token = self._range(line, start, end)
                options = tuple(label_of(option) for option in line.text[start:end].split("/"))
                label = _led_on(before, line.text[end:]) or label_of(before) or left or self._unclaimed()
                self._ask(label, [Place(first, last_token)], line.where, options=options, ticks=True)
            left = ""

    def _rooms(self, line: Line) -> list[tuple[int, int, Gap | str | None]]:
        """The rooms of a line in order: gaps, choices to strike out, and the first of its boxes."""
        rooms: list[tuple[int, int, Gap | str | None]] = [(gap.start, gap.end, gap) for gap in line.gaps]
        rooms += [(hit.start(), hit.end(), hit.group()) for hit in _YES_NO.finditer(line.text)]
        if len(rooms) == len(line.gaps) and (hit := self._alternatives(line)):
            rooms.append((hit.start(), hit.end(), hit.group()))
        tokens = self._sheet.tokens[line.first : line.last]
        rooms += [(token.start, token.end, None) for token in tokens if is_tick(token)]
        return sorted(rooms, key=lambda room: room[0])

    def _range(self, line: Line, start: int, end: int) -> tuple[int, int]:
        numbers = range(line.first, line.last)
        inside = [
            n for n in numbers if start <= self._sheet.tokens[n].start and self._sheet.tokens[n].end <= end
        ]
        return inside[0], inside[-1] + 1

    def _boxes(self, line: Line, at: int) -> tuple[str, list[tuple[str, int, int]], int]:
        """A run of boxes from a position on: the words before it, each option with its tokens, and
        where the run ends."""
        tokens = self._sheet.tokens
        ticks = [n for n in range(line.first, line.last) if is_tick(tokens[n]) and tokens[n].start >= at]
        before = line.text[at : tokens[ticks[0]].start] if ticks else ""
        options: list[tuple[str, int, int]] = []
        end = at
        for place, tick in enumerate(ticks):
            following = tokens[ticks[place + 1]].start if place + 1 < len(ticks) else len(line.text)
            stop = min([following, *(gap.start for gap in line.gaps if gap.start >= tokens[tick].end)])
            text = line.text[tokens[tick].end : stop]
            if before.strip() and re.match(r" *\t", text) and place == len(ticks) - 1:  # the next question
                return before, [*options, ("", tick, tick + 1)], tokens[tick].end
            apart = _APART.search(text.rstrip(), len(text) - len(text.lstrip()))
            if apart and (
                (text[apart.end() :].strip() and stop != following) or _asks_again(text[apart.end() :])
            ):
                stop = tokens[tick].end + apart.start()
                text = text[: apart.start()]
            last, end = self._last_token(line, tick, stop), stop
            if text.strip() or before.strip():
                options.append((tidy(text).strip(" ,;."), tick, last))
            if stop != following:
                break
        return before, options, end

    def _last_token(self, line: Line, first: int, stop: int) -> int:
        tokens = self._sheet.tokens
        return max(n for n in range(first, line.last) if tokens[n].start < stop) + 1

    def _boxes_from(self, line: Line, at: int, left: str) -> None:
        before, options, _ = self._boxes(line, at)
        label = label_of(_last_piece(before)) or left
        if not options:
            return
        start, end = options[0][1], options[-1][2]
        names = tuple(option for option, _, _ in options if option)
        if not label and self._group:
            last = self._found.questions[-1]
            place = replace(last.places[-1], end=end) if len(last.places) == 1 else last.places[-1]
            self._found.questions[-1] = replace(
                last, options=(*last.options, *names), places=(*last.places[:-1], place)
            )
            return
        label = label or self._unclaimed(statement=len(names) == 1)
        if not names and not label:
            return
        if not label and len(names) == 1:
            self._ask(names[0], [Place(start, end)], line.where, ticks=True)
            return
        self._ask(label or self._section, [Place(start, end)], line.where, options=names, ticks=True)
        self._group = self._above is not None or not label_of(before)

    def _unclaimed(self, *, statement: bool = False) -> str:
        """The line above, where it is a label that nothing has taken yet."""
        if self._above is None:
            return ""
        text = self._sheet.lines[self._above].text
        return label_of(text) if is_label(text) and not (statement and text.rstrip().endswith(".")) else ""

    # ------------------------------------------------------------ a question

    def _ask(
        self,
        label: str,
        places: Sequence[Place],
        where: Location,
        *,
        options: tuple[str, ...] = (),
        lines: int = 1,
        ticks: bool = False,
        several: bool = False,
        column: Column | None = None,
    ) -> None:
        words = plain(label)
        if self._office or _SIGNING.search(words):
            self._found.skipped.append(label_of(label))
            return
        starred = "*" in label or re.search(r"\bverplicht|\bobligatoire|\brequired|\bpflicht", words)
        text = label_of(label) + (" *" if starred else "")
        self._found.questions.append(
            Question(
                text,
                self._section,
                tuple(places),
                where,
                options,
                several or bool(_SEVERAL.search(label)),
                lines,
                ticks or bool(options),
                column,
            )
        )


def _of_people(questions: Sequence[Question]) -> list[Question]:
    """The questions, where "Deelnemer 1" and "Deelnemer 2" head the same ones: each once, with the room of
    each person."""
    blocks: dict[str, dict[int, list[Question]]] = {}
    for question in questions:
        if found := _counted_one(question.section):
            blocks.setdefault(found[0], {}).setdefault(found[1], []).append(question)
    kept = list(questions)
    for whose, numbered in blocks.items():
        if _are_people(whose, [question.label for own in numbered.values() for question in own]):
            kept = _each_once(kept, [numbered[number] for number in sorted(numbered)])
    return kept


def _each_once(questions: list[Question], blocks: Sequence[Sequence[Question]]) -> list[Question]:
    """The questions with those of several people in a row each once; as they are where the others are not
    asked what the first is. What is asked below the last person alone is asked once, of all."""
    first, *others = [_by_label(own) for own in blocks]
    if not others or any(len(own) < len(block) for own, block in zip((first, *others), blocks, strict=True)):
        return questions
    after = [q for label, q in others[-1].items() if label not in first]
    own = [[label for label, q in block.items() if q not in after] for block in others]
    if any(len(labels) < 2 or not first.keys() >= set(labels) for labels in own):
        return questions
    if after and list(others[-1].values())[-len(after) :] != after:
        return questions
    kept: list[Question] = []
    for question in questions:
        label = next((label for label, one in first.items() if one is question), None)
        if label is not None:
            asked = [question, *(block[label] for block in others if label in block)]
            numbers = [1, *(n for n, block in enumerate(others, 2) if label in block)]
            places = tuple(
                replace(place, person=n)
                for n, one in zip(numbers, asked, strict=True)
                for place in one.places
            )
            kept.append(replace(question, label=label, places=places))
        elif any(question is one for one in after):
            kept.append(replace(question, section=""))
        elif not any(question is one for block in others for one in block.values()):
            kept.append(question)
    return kept


def _by_label(questions: Iterable[Question]) -> dict[str, Question]:
    """The questions of one person by label: by their options where only the heading is above them."""
    return {
        " / ".join(q.options) if q.options and label_of(q.label) == q.section else q.label: q
        for q in questions
    }


def _counted_one(text: str) -> tuple[str, int] | None:
    """Whose heading it is and which of them: "Deelnemer 2", "Tweede deelnemer", "Participant·e 1". None
    for a heading that counts nothing."""
    words = _ENDING.sub("", plain(text).strip(" :-–.*_")).strip()
    words = re.sub(r"\s*\([^()]*\)$", "", words)
    ordinals = lexicon().ordinals
    begun, _, rest = words.partition(" ")
    if begun in ordinals and rest:
        return rest, ordinals[begun]
    if found := re.fullmatch(r"(\d{1,2})(?:[.):]|ste|de|e|er|eme|st|nd|rd|th)? +([^\W\d].*)", words):
        return found[2], int(found[1])
    if found := re.fullmatch(r"([^\W\d].*?) *(?:n[ro°]\.? ?|nummer |#)?(?<!\d)(\d{1,2})", words):
        return found[1].strip(), int(found[2])
    if found := re.fullmatch(r"([^\W\d]\S*) ([a-h])", words):
        return found[1], ord(found[2]) - ord("a") + 1
    return None


def _are_people(whose: str, labels: Iterable[str]) -> bool:
    """Whether those that headings count are people who come: they are called so, or have a name and are not
    parents, contacts, workshops."""
    if _PERSON.search(whose):
        return True
    other = set(re.findall(r"[^\W\d]+", whose)) & lexicon().other
    return not other and any(_NAME.search(plain(label)) for label in labels)


def option_name(text: str) -> str:
    """An option without its price or condition: "Student (proof required)"."""
    return tidy(re.sub(r"\s*\([^()]*\)$", "", tidy(text))) or tidy(text)


def is_label(text: str) -> bool:
    """Whether words look like a label or a heading, and not like a sentence, an address or a title."""
    text = re.sub(r"\s*\([^()]*/[^()]*\)$", "", text.strip())  # what may be answered
    words = text.split()
    sentence = text.endswith(".") and len(words) > 4
    return bool(words) and len(words) <= 12 and len(text) <= _LONGEST and "@" not in text and not sentence


def _is_heading(line: Line) -> bool:
    """Whether a line of words stands above a part of the form, and does not explain how to fill it in."""
    return line.heading or len(line.text.split()) <= _HEADING_WORDS


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


def _last_piece(text: str) -> str:
    """The words right before some room: behind the last tab, and without a caption of the room before."""
    text = re.sub(r"^\s*\([^()]*\)[\s,;]*", "", text)
    pieces = [piece for piece in _APART.split(text.rstrip()) if piece.strip(" ,;.")]
    return pieces[-1].strip(" ,;") if pieces else ""


def _counted(before: str, after: str) -> re.Match[str] | None:
    """The word behind some room that says what is counted there, in a sentence that leads on to it: "komt
    met ... volwassenen en ... kinderen"."""
    words = re.findall(r"\w+", before.lower())
    if not words or before.endswith(":"):
        return None
    leads = words[-1] in LEADS_ON
    unit = re.match(
        r"\s?([^\W\d_]{2,})" if leads else r"\s?([^\W\d_]{2,}(?: [^\W\d_]{2,})?)(?=\s*[.;]\s*$)", after
    )
    counts = unit is not None and unit[1][0].islower() and not _leads(unit[1].split()[0])
    return unit if counts and (leads or words[0] in _JOINS) else None


def _leads(word: str) -> bool:
    return word in LEADS_ON or word in _JOINS or bool(_NO_UNIT.match(word))


def _led_on(before: str, after: str) -> str:
    """A sentence around a choice, as the label of it: "kom WEL / NIET naar de infoavond"."""
    rest = re.match(r"[ *]+([^\W\d_][^.;:_…\t]*)", after)
    if not before.strip() or before.rstrip().endswith(":") or not rest or not rest[1][0].islower():
        return ""
    return f"{label_of(before)} … {label_of(rest[1])}"[:_LONGEST]


def _reached_at(before: str) -> str:
    """The word of a sentence that says what stands in its room: "of je bereikt ons via mail"."""
    words = re.findall(r"[^\W\d_][\w-]*", before)
    if before.rstrip().endswith(":") or len(words) < 3 or not _REACHED_BY.match(plain(words[-2])):
        return ""
    known = lexicon().labels
    return words[-1] if letters(words[-1]) in known and letters(words[0]) not in known else ""


def _asks_again(text: str) -> bool:
    """Whether words behind an option begin another question."""
    return ":" in text


def _place(gap: Gap) -> Place:
    return Place(gap.position, gap.position, 0, gap.hint, gap.prefilled, gap.name)
