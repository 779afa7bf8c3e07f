"""Boxes to tick in the tables of a blank form: options with what they stand for in the cells beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mailbot.domain.document import Unit
from mailbot.extraction.blank_questions import SEVERAL, Draft
from mailbot.extraction.lexicon import phrases
from mailbot.extraction.sheet_rows import is_next
from mailbot.extraction.template import is_label, label_of, option_name
from mailbot.extraction.tokens import Box
from mailbot.text.normalize import plain, tidy

PRICE = re.compile(r"^\W*(?:€|EUR)?\s*\d+(?:[.,]\d+)?\s*(?:€|euro|eur|£)?\W*(?:\([^)]*\))?$", re.I)
#: That the boxes of a table are to be marked, where none are drawn.
MARKING = re.compile(phrases("tick"))
#: That a number is to be written in each.
COUNTED = re.compile(phrases("asks_number"))
#: When something takes place: "10 uur", "13.30 - 14.30", "voormiddag", "ronde 2".
TIME = re.compile(phrases("time"))
#: What something is numbered with: "1A", "B", "12.".
SIGN = re.compile(r"\W*(?:\d{1,2}[A-Za-z]?|[A-Za-z]\d{0,2})\W*")
#: Cells of a label and its room, or of a box and its words; and the fewest answers to choose from.
PAIR = 2


@dataclass(frozen=True, slots=True)
class Option:
    """An option with the cell of its box, and the cells of its own row that say what it is."""

    text: str
    box: Box
    words: Sequence[Box] = ()


class OptionDrafter:
    """Asks what boxes offer."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def options(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Rows of a box and what it stands for in the cells beside it: the options of what the row above or
        the line above the table asks, or else statements."""
        to_mark = self._is_told_to_mark(rows, at)
        body = [without_open_end(row) for row in rows[at:]]
        place, used = self._box_in(body[0], to_mark=to_mark), 0
        while used < len(body) and place is not None:
            if not self._is_option(body[used], place, len(body[0]), to_mark=to_mark):
                break
            used += 1
        if place is None or not used:
            return 0
        columns = [n for n in range(len(body[0])) if n != place]
        told = told_apart(body[:used], columns)
        options = [
            Option(option, row[place], [row[n] for n in columns])
            for option, row in zip(told, body[:used], strict=True)
        ]
        label = self._heading_row(rows, at) or self._draft.unclaimed() if len(options) > 1 else ""
        if label:
            self.ask_boxes(label, options, several=bool(SEVERAL.search(plain(label))))
            return used
        if len(body[0]) > PAIR or to_mark:
            return 0
        for one in options:
            room = replace(self._draft.place(one.box), option=option_name(label_of(one.text)))
            self._draft.ask(one.text, [room], one.box.where, ticks=True)
        return used

    def rooms_before(self, rows: Sequence[Sequence[Box]], at: int) -> int:
        """Questions of a sheet, one or more side by side, above rows with a place to write before each of
        their options: to be marked, or to be counted where the question asks a number."""
        heads = [box for box in rows[at] if box.text]
        if not heads or not all(map(self._draft.is_bare, heads)):
            return 0
        used = at + 1
        while used < len(rows) and self._are_rooms_before(rows[used], rows[used - 1]):
            used += 1
        options = [
            Option(words.text, room, [words]) for row in rows[at + 1 : used] for room, words in in_pairs(row)
        ]
        below = [[one for one in options if heads_room(heads, one.box) is head] for head in heads]
        if any(len(own) < PAIR or len({one.box.column for one in own}) > 1 for own in below):
            return 0
        for head, own in zip(heads, below, strict=True):
            self._ask_or_count(head, own)
        return used - at

    def _ask_or_count(self, head: Box, options: Sequence[Option]) -> None:
        if not any(map(COUNTED.search, re.split("[()]", plain(head.text)))):
            self.ask_boxes(head.text, options)
            return
        for one in options:
            self._draft.ask(one.text, [self._draft.place(one.box)], one.box.where)

    def _are_rooms_before(self, row: Sequence[Box], above: Sequence[Box]) -> bool:
        """Whether a row of a sheet, right below another, is places to write with words behind each."""
        is_whole = is_next(above, row) and len(without_open_end(row)) % PAIR == 0
        return is_whole and all(
            room.drawn and self._draft.is_bare(words) and is_label(words.text)
            for room, words in in_pairs(row)
        )

    def _is_told_to_mark(self, rows: Sequence[Sequence[Box]], at: int) -> bool:
        """Whether an empty cell at the left of words is a box to tick: the row or line right above says to
        tick."""
        first, *beside = rows[at]
        if first.gap is None or not beside or not self._draft.is_bare(beside[0]):
            return False
        above = self._heading_row(rows, at) or self._draft.unclaimed()
        return bool(MARKING.search(plain(above)))

    def _box_in(self, row: Sequence[Box], *, to_mark: bool = False) -> int | None:
        """Where the only box of a row stands that may be an option: at its left, or behind several cells of
        words; None for no such row."""
        places = (0, len(row) - 1) if len(row) > PAIR else (0,)
        return next(
            (place for place in places if self._is_option(row, place, len(row), to_mark=to_mark)), None
        )

    def _is_option(self, row: Sequence[Box], place: int, size: int, *, to_mark: bool = False) -> bool:
        """Whether a row of so many cells holds a box at a place, and words in all others."""
        return (
            len(row) == size >= PAIR
            and self.is_to_mark(row[place], to_mark)
            and all(
                self._draft.is_bare(box) and is_label(box.text) for n, box in enumerate(row) if n != place
            )
        )

    def is_boxed_words(self, row: Sequence[Box]) -> bool:
        return self._is_option(row, 0, PAIR)

    def begins_options(self, rows: Sequence[Sequence[Box]], at: int) -> bool:
        """Whether the rows from one on are options with a box each."""
        to_mark = len(rows) > at and self._is_told_to_mark(rows, at)
        return len(rows) > at + 1 and all(
            self._box_in(without_open_end(row), to_mark=to_mark) is not None for row in rows[at : at + 2]
        )

    def _heading_row(self, rows: Sequence[Sequence[Box]], at: int) -> str:
        """The words that stand alone in the row above."""
        if not at or not self._draft.is_bare(rows[at - 1][0]) or any(box.text for box in rows[at - 1][1:]):
            return ""
        text, *beside = rows[at - 1]
        asks = is_label(text.text) or "?" in text.text
        return label_of(text.text) if asks and (not beside or text.where.has(Unit.SHEET)) else ""

    def is_to_mark(self, box: Box, to_mark: bool) -> bool:
        return self._draft.is_box(box) or (to_mark and box.gap is not None)

    def ask_boxes(self, label: str, boxes: Sequence[Option], *, several: bool = True) -> None:
        places = [
            replace(
                self._draft.place(one.box),
                option=option_name(label_of(one.text)),
                words=self._draft.tokens_of(one.words),
            )
            for one in boxes
        ]
        options = tuple(label_of(one.text) for one in boxes)
        self._draft.ask(label, places, boxes[0].box.where, options=options, several=several)


def in_pairs(row: Sequence[Box]) -> list[tuple[Box, Box]]:
    """The cells of a row of a sheet two by two, without the empty ones at its end."""
    cells = without_open_end(row)
    return list(zip(cells[::2], cells[1::2], strict=False))


def heads_room(heads: Sequence[Box], room: Box) -> Box | None:
    """The last of some cells, left to right, that stands above some room or at its left."""
    return next((head for head in reversed(heads) if head.column <= room.column), None)


def without_open_end(row: Sequence[Box]) -> Sequence[Box]:
    """A row of a spreadsheet without the empty cells at its right, which another part of the sheet has."""
    if not row or not row[0].where.has(Unit.SHEET):
        return row
    last = max((n for n, box in enumerate(row) if box.gap is None), default=len(row) - 1)
    return row[: last + 1]


def told_apart(rows: Sequence[Sequence[Box]], columns: Sequence[int]) -> list[str]:
    """What each row is called, of several cells of words: the first that tells them from each other, with the
    words behind it where it is a sign ("1A"); the first of all where none does."""
    told = telling_columns(rows, columns)
    if told is None:
        return [row[columns[0]].text for row in rows]
    texts = [row[told].text for row in rows]
    if told + 1 in columns and all(map(SIGN.fullmatch, texts)):
        return [tidy(f"{row[told].text} {row[told + 1].text}") for row in rows]
    return texts


def telling_columns(rows: Sequence[Sequence[Box]], columns: Iterable[int]) -> int | None:
    """The first of some columns whose words tell the rows of a table from each other, and not when something
    is or what it costs."""
    return next((n for n in columns if _tell_rows([row[n].text for row in rows])), None)


def _tell_rows(texts: Sequence[str]) -> bool:
    """Whether words tell the rows of a table from each other, and not when something is or what it costs."""
    facts = any(TIME.search(plain(text)) or PRICE.match(text) for text in texts)
    return len(set(texts)) == len(texts) and not facts
