"""What a document pairs: captions with what stands at them, told by how it is laid out and not by its words.

A table has its captions beside its answers, above them row by row, above them once for all, or in their
cells; a line has them before a colon, a question mark, a tab or dots, or above the line below. Which of these
a table is, is told by what stands in it: labels that are known where the captions would be, and addresses,
numbers, ticks where the answers would. A table that may be several of them gives no pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mailbot.domain.document import Block, Cell, Paragraph, Table, all_lines
from mailbot.extraction.bare_labels import bare_label
from mailbot.extraction.block_shapes import MOST_ROWS
from mailbot.extraction.headings import APART, is_headed_by, own_words, says_whom_to_ask, section
from mailbot.extraction.labels import Labels
from mailbot.extraction.line_cuts import prepared
from mailbot.extraction.spans import OPEN, Spans, cut, line_break, lines, text_of
from mailbot.extraction.subjects import names_a_function
from mailbot.extraction.ticks import LONE_MARK, has_box
from mailbot.matching.addresses import addresses_in
from mailbot.text.lexicon import is_yes_or_no
from mailbot.text.normalize import letters, tidy

_SIGN = re.compile(r"[:?]\s*(?:\([^()]*\))?(?=\s|$)")
_GAP = re.compile(r"\t+|(?: {3,})|\s*(?:[.…_]\s?){4,}")
_ROOM_BEHIND = re.compile(r"(?:\t|(?:[.…_]\s?){4,})\s*$")
_NUMBERING = re.compile(r"^\s*(?:[-•–*▪·‣]\s+|(?:\d{1,2}|[a-hA-H])[.)]\s*)")
_ANSWER_SIGNS = " \t.…_"
_LONGEST = 14  # words of a caption
_MOST_FIGURES = 3
_PHONE_DIGITS = 8
_SPELT = 3  # letters that an address is said to spell
_LIST = 3  # rows of a list, its captions among them
_ROOM = 0.4  # what a caption with nothing at it is worth
_LEAST, _AHEAD = 2, 1  # what a layout is worth at least, and more than any other

Row = tuple[Cell, ...]
#: A caption with its answer and whose it is; a heading as text, with no answer.
_Told = tuple[Spans | str, Spans | None]


@dataclass(frozen=True, slots=True)
class Pair:
    """A caption as it is printed, with what stands at it; ``apart``: a heading above says that it is about
    somebody else, or how to reach who organises it; ``cut``: the layout alone tells them apart, by cells, by
    tabs or by signs."""

    caption: str
    spans: Spans
    apart: bool = False
    cut: bool = True

    @property
    def said(self) -> str:
        """What stands at it, as text."""
        return tidy(text_of(self.spans).replace(OPEN, " ")).strip(_ANSWER_SIGNS)


def pairs(blocks: Iterable[Block], labels: Labels) -> list[Pair]:
    """The pairs of a document, in its order."""
    blocks = tuple(blocks)
    return list(_Paired(labels, _spelt(blocks)).of(blocks))


def _spelt(blocks: Iterable[Block]) -> str:
    """The letters before the "@" of the addresses in a document: they spell names."""
    texts = (line.text for line in all_lines(blocks) if "@" in line.text)
    return " ".join(letters(one.partition("@")[0]) for text in texts for one in addresses_in(text))


def tells_itself(text: str) -> bool:
    """Whether a text is an answer whatever is asked: an address, a telephone number, a tick, a yes or no."""
    said = text.strip()
    if not said:
        return False
    figures = sum(map(str.isdigit, said))
    phone = figures >= _PHONE_DIGITS and 2 * figures >= len(said)
    is_marked = LONE_MARK.fullmatch(said) is not None or has_box(said)
    return phone or is_marked or is_yes_or_no(said) or _is_address(said)


def _is_address(said: str) -> bool:
    return "@" in said and len(said.split()) == 1 and bool(addresses_in(said))


@lru_cache(maxsize=4096)
def may_be_caption(text: str) -> bool:
    """Whether words may be a printed caption by their look."""
    said = _NUMBERING.sub("", text).strip()
    if not said or not said[0].isalpha() or len(said.split()) > _LONGEST or "@" in said:
        return False
    return sum(map(str.isdigit, said)) <= _MOST_FIGURES and not tells_itself(said)


@dataclass(frozen=True, slots=True)
class _Read:
    """A table by its ``size``, with what each way to lay it out gives and is worth."""

    size: tuple[int, int]
    rows: list[Row]
    ways: list[list[_Told]]
    worth: list[float]


class _Paired:
    """Goes through a document."""

    def __init__(self, labels: Labels, spelt: str) -> None:
        self._labels = labels
        self._spelt = spelt
        self._own = own_words(labels.form)
        self._apart = False

    def of(self, blocks: Sequence[Block]) -> Iterator[Pair]:
        alike: dict[tuple[int, int], list[_Read]] = {}
        tables = {id(block): self._read(block) for block in blocks if isinstance(block, Table)}
        for one in tables.values():
            alike.setdefault(one.size, []).append(one)
        run: list[Paragraph] = []
        for block in blocks:
            if isinstance(block, Table):
                yield from self._lines(run)
                run = []
                one = tables[id(block)]
                yield from self._table(one, alike[one.size])
            elif not block.quote and not block.signature:
                run.append(block)
        yield from self._lines(run)

    # ------------------------------------------------------------ lines

    def _lines(self, run: Sequence[Paragraph]) -> Iterator[Pair]:
        said = [(spans, block.heading) for block in run for spans in lines(block)]
        above: Spans = ()
        unsigned: list[Spans] = []
        for spans, is_heading in said:
            spans = prepared(spans)
            if not text_of(spans).strip():
                continue
            found = list(_in_line(spans))
            if not found:
                if self._begins(tidy(text_of(spans)), is_heading):
                    yield from self._without_signs(above, unsigned)
                    above, unsigned = (), []
                else:
                    unsigned.append(spans)
                continue
            yield from self._without_signs(above, unsigned)
            unsigned = []
            caption, last = found[-1]
            for one, its in found:
                asks = tidy(text_of(one))  # "Is er parking?" alone may be an answer
                yield self._pair(asks, its, cut=bool(its) or not asks.endswith("?"))
            above = () if text_of(last).strip(_ANSWER_SIGNS) else caption
            if above and len(found) == 1 and not _ROOM_BEHIND.search(text_of(spans)):
                self._begins(tidy(text_of(caption)), is_heading)
        yield from self._without_signs(above, unsigned)

    def _without_signs(self, above: Spans, said: Sequence[Spans]) -> Iterator[Pair]:
        """The pairs of lines one below the other, ``above`` a caption that no answer stands behind: each
        caption above its answer, or below it where that explains the lines better."""
        told = self._below_captions(above, said)
        ways = [told] if above else [told, *(self._above_captions(said[first:]) for first in (0, 1))]
        worth = [self._worth(way) for way in ways]
        best = max(range(len(ways)), key=worth.__getitem__)
        if best and not (worth[best] >= _LEAST and worth[best] >= worth[0] + _AHEAD):
            best = 0
        for caption, answer in ways[best]:
            if not isinstance(caption, str) and answer is not None:
                yield self._pair(tidy(text_of(caption)), answer, cut=False)

    @staticmethod
    def _below_captions(above: Spans, said: Sequence[Spans]) -> list[_Told]:
        """Each caption with the line below it."""
        found: list[_Told] = []
        for spans in said:
            if above:
                found.append((above, spans))
                above = ()
            else:
                above = spans if may_be_caption(tidy(text_of(spans))) else ()
        return found

    @staticmethod
    def _above_captions(said: Sequence[Spans]) -> list[_Told]:
        """Each caption with the line above it."""
        return [(caption, answer) for answer, caption in zip(said[::2], said[1::2], strict=False)]

    def _begins(self, text: str, is_heading: bool) -> bool:
        """Whether a line is a heading, which says whose the captions below it are."""
        begun, label = section(text, is_heading), self._labels.match(text)
        if begun is not None and (label is None or label.is_other):
            self._apart = begun.about in APART and not is_headed_by(text, self._own)
            return True
        if says_whom_to_ask(text):
            self._apart = True
            return True
        return False

    def _pair(self, caption: str, spans: Spans, *, cut: bool = True) -> Pair:
        return Pair(_NUMBERING.sub("", caption).strip(), spans, self._apart, cut)

    # ------------------------------------------------------------ tables

    def _read(self, table: Table) -> _Read:
        return self._read_rows(table.rows[:MOST_ROWS])

    def _read_rows(self, every: Sequence[Row]) -> _Read:
        rows = _used(every)
        ways = [
            list(way(rows))
            for way in (self._beside, self._by_turns, self._listed, self._across, self._inside)
        ]
        size = len(rows), max(map(len, rows), default=0)
        return _Read(size, rows, ways, [self._worth(found) for found in ways])

    def _table(self, table: _Read, alike: Sequence[_Read]) -> Iterator[Pair]:
        """The pairs of a table; tables of one size in a document are laid out alike."""
        before = self._apart
        worth = [sum(one.worth[way] for one in alike) for way in range(len(table.ways))]
        best = max(range(len(worth)), key=worth.__getitem__)
        others = [its for way, its in enumerate(worth) if table.ways[way] != table.ways[best]]
        head = _head_of_a_list(table.rows)
        parts = [self._read_rows(rows) for rows in (table.rows[:head], table.rows[head:])] if head else []
        if sum(max(part.worth) for part in parts) >= max(worth[best], 0) + _AHEAD:
            for part in parts:
                yield from self._table(part, [part])
            self._apart = before
            return
        if worth[best] >= _LEAST and worth[best] >= max(others, default=0.0) + _AHEAD:
            for caption, cell in table.ways[best]:
                if isinstance(caption, str):
                    self._begins(caption, is_heading=False)
                elif cell is not None:
                    yield self._pair(_text(caption), cell)
        else:
            for blocks in (cell.blocks for row in table.rows for cell in row):
                yield from self.of(blocks)
        self._apart = before

    def _worth(self, found: Sequence[_Told]) -> float:
        """How well a layout explains a table."""
        total = 0.0
        captions: set[Spans] = set()
        for caption, said in found:
            if isinstance(caption, str) or said is None:
                continue
            if caption not in captions:
                captions.add(caption)
                worth = self._worth_as_caption(_text(caption))
                total += worth + (_ROOM if worth >= 0 and not _text(said) else 0)
            total += self._worth_as_answer(_text(said))
        return total

    def _worth_as_caption(self, text: str) -> float:
        if not may_be_caption(text):
            return -2.0 if text else -0.5
        if self._is_spelt(text):
            return -1.0
        label = self._labels.match(text)
        return 1.0 if label is not None else 0.5 if text.endswith(("?", ":")) else 0.0

    def _worth_as_answer(self, text: str) -> float:
        if not text:
            return 0.0
        label = self._labels.exactly(text)
        if label is not None and not is_yes_or_no(text):
            return -2.0
        if tells_itself(text) or self._is_spelt(text):
            return 1.0
        return -1.0 if text.endswith((":", "?")) else 0.5 if names_a_function(text) else 0.0

    def _is_spelt(self, text: str) -> bool:
        """Whether an address of the document spells a text, as it does with a name."""
        return len(said := letters(text)) >= _SPELT and said in self._spelt

    def _beside(self, rows: Sequence[Row]) -> Iterator[_Told]:
        """Each caption with its answer in the next cell; words alone above the first known label or below the
        last are none, but for those that begin with one."""
        known = [n for n, row in enumerate(rows) if any(self._asks(cell) for cell in row[::2])]
        among = range(known[0], known[-1] + 1) if known else range(0)
        for n, row in enumerate(rows):
            said = _said(row)
            if self._heads_a_list(said):
                return
            if len(said) == 1:
                yield _text(_spans(said[0])), None
            if len(said) > 1 or n in among:
                yield from (
                    (_spans(caption), _spans(answer))
                    for caption, answer in zip(row[::2], row[1::2], strict=False)
                    if caption.text.strip()
                )

    def _asks(self, cell: Cell) -> bool:
        return self._is_known(cell) or bare_label(_text(_spans(cell)), self._labels, None) is not None

    def _is_known(self, cell: Cell) -> bool:
        return bool(cell.text.strip()) and self._labels.match(_text(_spans(cell))) is not None

    def _heads_a_list(self, row: Sequence[Cell]) -> bool:
        """Whether a row is nothing but labels that are known: people may stand below it."""
        return len(row) > 1 and all(self._labels.exactly(_text(_spans(cell))) is not None for cell in row)

    def _by_turns(self, rows: Sequence[Row]) -> Iterator[_Told]:
        """A row of captions, a row of answers, and so on; nothing where one is left over, as in a list."""
        found: list[_Told] = []
        left = list(rows)
        while left:
            heads = _said(left.pop(0))
            if len(heads) == 1 and left and len(_said(left[0])) != 1:
                found.append((_text(_spans(heads[0])), None))
                continue
            if not left and len(heads) > 1:
                return
            below = {cell.column: cell for cell in (left.pop(0) if left else ())}
            found += [
                (_spans(cell), _spans(below[cell.column]) if cell.column in below else ()) for cell in heads
            ]
        yield from found

    def _listed(self, rows: Sequence[Row]) -> Iterator[_Told]:
        """A row of captions, and a row of answers for each person."""
        widest = max((len(_said(row)) for row in rows), default=0)
        first = next((n for n, row in enumerate(rows) if 2 * len(_said(row)) > widest > 1), len(rows))
        if len(rows) - first < _LIST or _counts_people(rows[first]):
            return
        heads = {cell.column: _spans(cell) for cell in rows[first] if cell.text.strip()}
        for row in rows[first + 1 :]:
            for cell in row:
                if cell.column in heads:
                    yield heads[cell.column], _spans(cell)

    def _across(self, rows: Sequence[Row]) -> Iterator[_Told]:
        """A caption before a row of answers, one for each person; nothing where known labels stand among
        these. A row that begins with an empty cell says whose they are."""
        asking = [row for row in rows if row[0].text.strip()]
        among = any(self._is_known(cell) for row in asking for cell in row[1:])
        if among or any(len(row) < _LIST for row in asking):
            return
        for first, *answers in asking:
            yield from ((_spans(first), _spans(cell)) for cell in answers)

    def _inside(self, rows: Sequence[Row]) -> Iterator[_Told]:
        """Each caption in the cell of its answer, above it or before its sign."""
        for row in rows:
            for cell in row:
                spans = _spans(cell)
                told = list(_in_line(spans))
                if len(told) == 1 and "\n" not in _text(told[0][0]):
                    yield told[0][0], told[0][1]
                elif "\n" in text_of(spans):
                    end = text_of(spans).index("\n")
                    yield cut(spans, 0, end), cut(spans, end + 1, len(text_of(spans)))


def _head_of_a_list(rows: Sequence[Row]) -> int:
    """The row in which most columns begin to be used, at least as many as a list has, below rows of fewer;
    0 for none."""
    widths = [len(_said(row)) for row in rows]
    widest = max(widths, default=0)
    head = next((n for n, width in enumerate(widths) if 4 * width >= 3 * widest), 0)
    return head if widest >= _LIST and len(rows) - head >= _LIST else 0


def _counts_people(row: Row) -> bool:
    """Whether a row heads columns of people: "Deelnemer 1 | Deelnemer 2"."""
    begun = [section(_text(_spans(cell)), heading=False) for cell in _said(row)]
    return len(begun) > 1 and all(one is not None and one.number for one in begun)


def _in_line(spans: Spans) -> Iterator[tuple[Spans, Spans]]:
    """The captions of a line, each with what stands behind it: cut at its signs, its tabs and its dots."""
    text = text_of(spans)
    parts = _parts(text)
    signed = [_sign(text, start, end) for start, end in parts]
    if not any(signed):
        if len(parts) == 1 and _ROOM_BEHIND.search(text):
            yield cut(spans, *parts[0]), ()
        elif len(parts) % 2 == 0:
            for (a, b), (c, d) in zip(parts[::2], parts[1::2], strict=True):
                yield cut(spans, a, b), cut(spans, c, d)
        return
    for n, ((start, end), sign) in enumerate(zip(parts, signed, strict=True)):
        above = signed[n - 1] if n else None
        if sign is None or (above and not text[above.end() : start].strip()):
            continue  # "Naam:\tAn Telefoon:\t...": what answers the one may stand before the other
        stop = next((parts[m - 1][1] for m in range(n + 1, len(parts)) if signed[m]), parts[-1][1])
        yield cut(spans, start, sign.end()), cut(spans, sign.end(), max(stop, end))


def _sign(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first sign of a part that ends a caption."""
    return next(
        (one for one in _SIGN.finditer(text, start, end) if may_be_caption(text[start : one.end()])), None
    )


def _parts(text: str) -> list[tuple[int, int]]:
    """The parts of a line between its tabs, dots and wide spaces, but for the empty ones."""
    edges = [0, *(at for gap in _GAP.finditer(text) for at in gap.span()), len(text)]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if text[a:b].strip()]


def _spans(cell: Cell) -> Spans:
    """What stands in a cell, its lines one below the other."""
    spans: Spans = ()
    for block in cell.blocks:
        if isinstance(block, Paragraph) and block.text.strip():
            spans = (*spans, *(line_break() if spans else ()), *prepared(block.spans))
    return spans


def _used(rows: Sequence[Row]) -> list[Row]:
    """The rows in which something stands, without numbers of rows and columns in which nothing does."""
    used = {cell.column for row in rows for cell in row if cell.text.strip() and not _is_number(cell)}
    kept = (tuple(cell for cell in row if cell.column in used and not _is_number(cell)) for row in rows)
    return [row for row in kept if _said(row)]


def _said(row: Row) -> list[Cell]:
    return [cell for cell in row if cell.text.strip()]


def _text(spans: Spans) -> str:
    return tidy(text_of(spans).replace(OPEN, " "))


def _is_number(cell: Cell) -> bool:
    return bool(re.fullmatch(r"\s*\d{1,2}[.)]?\s*", cell.text))
