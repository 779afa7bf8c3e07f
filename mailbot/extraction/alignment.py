"""A filled-in form laid over its blank: what was added in the room for an answer is that answer.

The words of the blank are nobody's answer, wherever they stand. Both are aligned as runs of tokens
(longest common subsequence), whatever format the copy came back in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import LCSseq

from mailbot.domain.document import Location, Span, Unit
from mailbot.extraction.spans import Spans, cut, line_break
from mailbot.extraction.template import Column, Place, Question, Template, label_of, option_name
from mailbot.extraction.tokens import (
    BOX,
    Box,
    Line,
    Token,
    Tokenised,
    between,
    is_tick,
    keys_of,
    span_text,
    unglued,
)
from mailbot.text.characters import FILLED, TICKED, UNTICKED
from mailbot.text.normalize import letters, plain

#: The same form shares at least so much of the blank's words, in order; other forms stay below 0.6.
#: Where an introduction was cut away, the words from the first question on are what is shared.
GATE = 0.88
_FEWEST_WORDS = 12
#: Of the labels before the rooms, so many stand where the blank has them: else it was rearranged (two
#: columns read across), and what stands in a room may be anybody's.
_LABELS = 0.9
_MARKS = frozenset("xv✓✔" + FILLED)
_MOST_GLUED = 4
#: Empty lines that a clipboard leaves between a table and what follows it.
_LINES_BETWEEN = 1

_Text = tuple[Spans, Location]


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the room for one answer of one person: nothing where ``spans`` is empty.
    ``unclear``: something was written that may belong to another question as well. ``prefilled``:
    it is what the blank itself says there. ``in_label``: what of it stands within its label, which a page
    broke, while more stands in the room: the answer is as likely broken as the label."""

    question: Question
    person: int
    spans: Spans
    where: Location
    unclear: bool = False
    prefilled: bool = False
    in_label: str = ""


@dataclass(frozen=True, slots=True)
class Aligned:
    """How much of the blank is in the document (0 to 1), in order or anywhere, and what was written
    where. ``beside`` are words added at no room for an answer, with the question before them."""

    share: float
    shared_anywhere: float
    written: tuple[Written, ...]
    beside: tuple[tuple[Question | None, str], ...]

    @property
    def is_same_form(self) -> bool:
        """Whether the document is a copy of the blank, as it was laid out."""
        return bool(self.written)

    @property
    def placed(self) -> tuple[int, int]:
        """How well what was written fits the rooms of this blank, and not those of the same form in another
        format: more is better."""
        return -len(self.beside), sum(bool(one.spans) and not one.unclear for one in self.written)

    @property
    def is_rearranged(self) -> bool:
        """Whether it is a copy whose words stand in another order: two columns that a program read
        across, a form typed over. What stands beside its labels is then nothing to be sure of."""
        return not self.written and self.shared_anywhere >= GATE


class _Map:
    """Which token of the document each token of the blank is; -1 for none."""

    def __init__(self, blank: Tokenised, filled: Tokenised, rooms: frozenset[int]) -> None:
        self.to = [-1] * len(blank.tokens)
        self._blank, self._filled = blank.keys, filled.keys
        inserts: list[tuple[int, int, int]] = []
        start = dest = 0
        for anchor, there in (*_anchors(blank, filled), (len(blank.tokens), len(filled.tokens))):
            between = LCSseq.opcodes(self._blank[start:anchor], self._filled[dest:there])
            for code in between:
                if code.tag == "equal":
                    for offset in range(code.src_end - code.src_start):
                        self.to[start + code.src_start + offset] = dest + code.dest_start + offset
                elif code.tag == "insert":
                    inserts.append((start + code.src_start, dest + code.dest_start, dest + code.dest_end))
            if anchor < len(self.to):
                self.to[anchor] = there
            start, dest = anchor + 1, there + 1
        for insert in inserts:
            if insert[0] not in rooms:
                self._slide(insert, rooms)
                self._through_walls(insert, rooms, blank, filled)
        #: The tokens of the document that the blank has as well.
        self.printed = frozenset(token for token in self.to if token >= 0)

    def _slide(self, insert: tuple[int, int, int], rooms: frozenset[int]) -> None:
        """Where an answer begins or ends with the words of a label, as many alignments are as good: the
        one that puts it in the room for an answer is meant."""
        at, start, end = insert
        back = at
        shift = 0
        while back > 0 and end - shift > start and self._blank[back - 1] == self._filled[end - shift - 1]:
            if self.to[back - 1] != start - shift - 1:
                break
            back, shift = back - 1, shift + 1
            if back in rooms:
                for n in range(back, at):
                    self.to[n] = end - (at - n)
                return
        ahead, shift = at, 0
        while (
            ahead < len(self._blank)
            and start + shift < end
            and self._blank[ahead] == self._filled[start + shift]
        ):
            if self.to[ahead] != end + shift:
                break
            ahead, shift = ahead + 1, shift + 1
            if ahead in rooms:
                for n in range(at, ahead):
                    self.to[n] = start + (n - at)
                return

    def _through_walls(
        self, insert: tuple[int, int, int], rooms: frozenset[int], blank: Tokenised, filled: Tokenised
    ) -> None:
        """Where only walls lie between an answer and the room for it, and nothing stands in that room: a page
        that a program drew has walls elsewhere, and those are not the blank's."""
        at, start, end = insert
        room = at
        while room < len(self.to) and room not in rooms and blank.tokens[room].is_wall:
            room += 1
        if room == at or room not in rooms or not any(t.is_word for t in filled.tokens[start:end]):
            return
        after = self.from_(room)
        there = self.to[after] if after < len(self.to) else len(filled.tokens)
        if not any(token.is_word for token in filled.tokens[end:there]):
            self.to[at:room] = [-1] * (room - at)

    def before(self, position: int) -> int:
        """The last token of the blank before a position that the document has; -1 for none."""
        return next((n for n in range(position - 1, -1, -1) if self.to[n] >= 0), -1)

    def from_(self, position: int) -> int:
        """The first one from a position on; the number of tokens for none."""
        return next((n for n in range(position, len(self.to)) if self.to[n] >= 0), len(self.to))


def _anchors(blank: Tokenised, filled: Tokenised) -> Iterator[tuple[int, int]]:
    """The words and boxes that both have, in order. They go before the walls of cells: a page that a program
    drew has other tables than the file, and the walls of rows nobody filled in outnumber its words."""
    ours, theirs = (
        [n for n, token in enumerate(sheet.tokens) if not token.is_wall and (token.is_word or is_tick(token))]
        for sheet in (blank, filled)
    )
    keys = ([blank.tokens[n].key for n in ours], [filled.tokens[n].key for n in theirs])
    for code in LCSseq.opcodes(*keys):
        if code.tag == "equal":
            for offset in range(code.src_end - code.src_start):
                yield ours[code.src_start + offset], theirs[code.dest_start + offset]


def align(template: Template, sheet: Tokenised) -> Aligned:
    """Lays a document over a blank form."""
    blank = template.sheet
    sheet = unglued(sheet, _words_glued(template))
    rooms = frozenset(p.start for q in template.questions for p in q.places) | frozenset(
        p.end for q in template.questions for p in q.places
    )
    found = _Map(blank, sheet, rooms)
    share = _share(template, found.to)
    if share < GATE or _labels_found(template, found.to) < _LABELS:
        return Aligned(share, _shared_anywhere(blank, sheet), (), ())
    written: list[Written] = []
    taken = [False] * len(sheet.tokens)
    for question in template.questions:
        if question.column is not None:
            rows = _rows(template, sheet, found, question, question.column, taken)
            written += rows
        else:
            rows = []
        first_row = question.column.person if question.column and rows else None
        people = dict.fromkeys(
            place.person for place in question.places if first_row is None or place.person < first_row
        )
        written += [_written(template, sheet, found, question, person, taken) for person in people]
    written = _within_labels(template, sheet, found, written, taken)
    beside = _beside(template, sheet, found, taken)
    if _outweighs(beside, written):
        return Aligned(share, _shared_anywhere(blank, sheet), (), ())
    return Aligned(share, share, tuple(written), beside)


def _within_labels(
    template: Template, sheet: Tokenised, found: _Map, written: Sequence[Written], taken: list[bool]
) -> list[Written]:
    """What stands within a label that a page breaks over two lines, its answer beside the first of them, is
    the answer, or the first line of it."""
    result: list[Written] = []
    for one in written:
        own = [place for place in one.question.places if place.person == one.person]
        within = _label_at(template, one.question, own[0]) if own and not one.question.ticks else None
        if within is None or one.unclear or _is_in_row(one):
            result.append(one)
            continue
        there = [found.to[n] for n in within]
        ends = [n for n, _ in enumerate(there[:-1]) if there[n] >= 0 and there[n + 1] > there[n] + 1]
        if len(ends) != 1 or min(there) < 0:
            result.append(one)
            continue
        start, end = there[ends[0]] + 1, there[ends[0] + 1]
        pieces = between(sheet, start, end)
        taken[start:end] = [True] * (end - start)
        spans = _joined(pieces, 1)
        both = bool(spans and one.spans)
        result.append(
            replace(
                one,
                spans=(*spans, Span(" "), *one.spans) if both else spans or one.spans,
                where=pieces[0][1] if pieces else one.where,
                in_label=span_text(spans) if both else "",
            )
        )
    return result


def _is_in_row(one: Written) -> bool:
    """Whether it stands in a row of a list."""
    column = one.question.column
    return column is not None and one.person >= column.person


def _label_at(template: Template, question: Question, place: Place) -> range | None:
    """The tokens of a label of several words right before its room; None where other words stand there."""
    keys = keys_of(label_of(question.label))
    tokens = template.sheet.tokens
    end = place.start
    while end > 0 and (tokens[end - 1].is_wall or not tokens[end - 1].is_word):
        end -= 1
    label = range(end - len(keys), end)
    same = label.start >= 0 and [tokens[n].key for n in label] == keys
    return label if same and len(keys) > 1 else None


def _outweighs(beside: Iterable[tuple[Question | None, str]], written: Iterable[Written]) -> bool:
    """Whether more was written where the form has no room than where it has: what stands in the room is then
    hardly what was meant for it."""
    outside = sum(len(text.split()) for question, text in beside if question is not None)
    inside = sum(len(span_text(one.spans).split()) for one in written)
    return outside > max(inside, _FEWEST_WORDS)


def _words_glued(template: Template) -> dict[str, tuple[str, ...]]:
    """Words of the blank that follow each other on a line, up to four, as they look without the spaces."""
    tokens = template.sheet.tokens
    alone = {token.key for token in tokens}
    glued: dict[str, tuple[str, ...]] = {}
    for line in template.sheet.lines:
        words = [token.key for token in tokens[line.first : line.last]]
        for start in range(len(words)):
            for end in range(start + 2, min(start + _MOST_GLUED, len(words)) + 1):
                run = words[start:end]
                if not all(word.isalnum() for word in run):
                    break
                glued.setdefault("".join(run), tuple(run))
    return {word: parts for word, parts in glued.items() if word not in alone}


def _share(template: Template, to: Sequence[int]) -> float:
    """How much of what a copy keeps is there: not what stands at the top and foot of each page, which moves,
    and not words that are there to be crossed out."""
    sheet, tokens = template.sheet, template.sheet.tokens
    moves = [line for line in sheet.lines if line.where.has(Unit.HEADER) or line.where.has(Unit.FOOTER)]
    ranges = [(line.first, line.last) for line in moves] + [
        (place.start, place.end)
        for question in template.questions
        if question.ticks
        for place in question.places
        if not any(map(is_tick, tokens[place.start : place.end]))
    ]
    left = {n for start, end in ranges for n in range(start, end)}
    words = [n for n, token in enumerate(tokens) if token.is_word and n not in left]
    first = min((place.start for question in template.questions for place in question.places), default=0)
    last = max((place.end for question in template.questions for place in question.places), default=0)
    asked = [n for n in words if first - 4 <= n <= last + 1]
    shares = [
        sum(to[n] >= 0 for n in some) / len(some) for some in (words, asked) if len(some) >= _FEWEST_WORDS
    ]
    return max(shares, default=0.0)


def _shared_anywhere(blank: Tokenised, sheet: Tokenised) -> float:
    words = Counter(token.key for token in blank.tokens if token.is_word)
    there = Counter(token.key for token in sheet.tokens if token.is_word)
    return (words & there).total() / words.total() if words.total() >= _FEWEST_WORDS else 0.0


def _labels_found(template: Template, to: Sequence[int]) -> float:
    labels = [n for n in (_label_token(template, q.places[0].start) for q in template.questions) if n >= 0]
    return sum(to[n] >= 0 for n in labels) / len(labels) if labels else 0.0


def _label_token(template: Template, position: int) -> int:
    """The last word before some room; -1 for none near it."""
    tokens = template.sheet.tokens
    return next((n for n in range(position - 1, max(-1, position - 5), -1) if tokens[n].is_word), -1)


def _written(
    template: Template, sheet: Tokenised, found: _Map, question: Question, person: int, taken: list[bool]
) -> Written:
    """What stands in the room for one answer of one person, which may lie in several places."""
    places = [place for place in question.places if place.person == person]
    texts: list[_Text] = []
    unclear = prefilled = False
    seen: set[tuple[int, int]] = set()
    names: set[str] = set()
    for place in places:
        if control := sheet.controls.get(place.name):
            if place.name not in names:
                names.add(place.name)
                pieces, as_it_was = _in_control(control, place)
                texts += pieces
                prefilled = prefilled or as_it_was
            continue
        start, end = _range(found, place, len(sheet.tokens))
        if (start, end) in seen or end <= start:
            continue
        seen.add((start, end))
        if _is_shared(template, found, question, place):
            if own := _own_line(template, sheet, found, place, (start, end)):
                start, end = own
            else:
                unclear = True
        for n in range(start, end):  # words in a box to tick are said beside it
            taken[n] = not place.option or is_tick(sheet.tokens[n]) or sheet.tokens[n].key in _MARKS
        pieces, as_it_was = _in_room(template, sheet, found, question, place, (start, end))
        texts += pieces
        prefilled = prefilled or as_it_was
    if places[0].option and TICKED not in _signs(texts):
        texts = []
    where = texts[0][1] if texts else question.where
    return Written(question, person, _joined(texts, len(places)), where, unclear and bool(texts), prefilled)


def _in_control(control: _Text, place: Place) -> tuple[list[_Text], bool]:
    """What was typed into a control, nothing where it still shows its hint, and whether the blank
    itself says so."""
    spans, _ = control
    text = letters(span_text(spans))
    if not text or spans[0].placeholder or text == letters(place.hint):
        return [], False
    return [control], text == letters(place.prefilled)


def _in_room(
    template: Template,
    sheet: Tokenised,
    found: _Map,
    question: Question,
    place: Place,
    range_: tuple[int, int],
) -> tuple[list[_Text], bool]:
    """What was written in some room, nothing where nobody touched it, and whether the blank itself says
    so."""
    start, end = range_
    pieces: list[_Text]
    as_it_was = False
    if question.ticks and place.option:
        ticked = TICKED in _signs(_marked(sheet, start, end, found.printed))
        option = Span(f"{TICKED if ticked else UNTICKED} {place.option} ")
        pieces = [((option,), sheet.lines[sheet.tokens[start].line].where)]
    elif question.ticks:
        pieces, own = _options_ticked(template, sheet, found, question, place, range_)
        as_it_was = _signs(pieces) == own
        if as_it_was and TICKED not in own:
            return [], False
    else:
        pieces = between(sheet, start, end)
    text = letters(" ".join(span_text(spans) for spans, _ in pieces))
    if text and text == letters(place.hint):
        return [], as_it_was
    return pieces, as_it_was or bool(text and text == letters(place.prefilled))


def _options_ticked(
    template: Template,
    sheet: Tokenised,
    found: _Map,
    question: Question,
    place: Place,
    range_: tuple[int, int],
) -> tuple[list[_Text], str]:
    """The boxes and words of a question with several options, and the signs that the blank has there."""
    said = _beside_options(template.sheet, question, place)
    pieces = _marked(sheet, *range_, found.printed, {found.to[n] for n in said})
    own = _marked(template.sheet, place.start, place.end, range(place.start, place.end), said)
    return pieces, _signs(own)


def _rows(
    template: Template, sheet: Tokenised, found: _Map, question: Question, column: Column, taken: list[bool]
) -> list[Written]:
    """What a list of people says in one column, a row a person: rows may have been added to it, left out, or
    never have been there. Nothing where its rows cannot be told any more."""
    head = found.to[column.head]
    below, position = _below_head(template, sheet, found, column) if head >= 0 else ([], -1)
    printed = {to: n for n, to in enumerate(found.to) if to >= 0 and sheet.tokens[to].is_word}
    written: list[Written] = []
    for number, row in enumerate(below, column.person):
        known = _mostly_printed(sheet, row, printed)
        if any(n >= column.end or n < column.head for n in known):
            break  # what stands below the list
        cell = next((one for one in row if one.column == position), None)
        if cell is None or any(n < column.first for n in known):
            continue  # an example, or a second row of labels
        first, last = cell.first, cell.last
        taken[first:last] = [True] * (last - first)
        pieces = _marked(sheet, first, last, printed) if question.ticks else between(sheet, first, last)
        if question.ticks and TICKED not in _signs(pieces) and all(n in printed for n in range(first, last)):
            pieces = []
        written.append(Written(question, number, _joined(pieces, 1), cell.where))
    return written


def _mostly_printed(sheet: Tokenised, row: Iterable[_Cell], printed: Mapping[int, int]) -> list[int]:
    """The tokens of the blank that a row repeats, where it hardly holds anything else: an answer may well say
    a word that is printed somewhere."""
    words = [n for cell in row for n in range(cell.first, cell.last) if sheet.tokens[n].is_word]
    known = [printed[n] for n in words if n in printed]
    return known if 2 * len(known) > len(words) else []


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a list: its column, its tokens, and where it stands."""

    column: int
    first: int
    last: int
    where: Location


def _below_head(
    template: Template, sheet: Tokenised, found: _Map, column: Column
) -> tuple[list[list[_Cell]], int]:
    """The rows below the label of a column, and the column where it stands: of a table; of lines that tabs
    cut; or of a line for each cell, as tables leave a clipboard."""
    line = sheet.tokens[found.to[column.head]].line
    for grid in sheet.grids:
        for at, row in enumerate(grid.rows):
            for box in row:
                if line in box.lines:
                    return [
                        [_cell_of(sheet, one) for one in below] for below in grid.rows[at + 1 :]
                    ], box.column
    own = template.sheet.tokens[column.head].line
    labels = next((row for g in template.sheet.grids for row in g.rows for b in row if own in b.lines), [])
    position = next((n for n, box in enumerate(labels) if own in box.lines), -1)
    if "\t" in sheet.lines[line].text:
        return [_cut_by_tabs(sheet, one) for one in _lines_below(sheet, line)], position
    return _cut_by_lines(template, sheet, found, column, labels), position


def _cell_of(sheet: Tokenised, box: Box) -> _Cell:
    first = min((sheet.lines[n].first for n in box.lines), default=0)
    last = max((sheet.lines[n].last for n in box.lines), default=0)
    return _Cell(box.column, first, last, box.where)


def _lines_below(sheet: Tokenised, line: int) -> Iterator[Line]:
    """The lines that follow, as long as tabs cut them."""
    for below in sheet.lines[line + 1 :]:
        if "\t" not in below.text:
            return
        yield below


def _cut_by_tabs(sheet: Tokenised, line: Line) -> list[_Cell]:
    cells: list[_Cell] = []
    first = line.first
    end = -1
    for column, text in enumerate(line.text.split("\t")):
        end += len(text) + 1
        last = next((n for n in range(first, line.last) if sheet.tokens[n].start >= end), line.last)
        cells.append(_Cell(column, first, last, line.where))
        first = last
    return cells


def _cut_by_lines(
    template: Template, sheet: Tokenised, found: _Map, column: Column, labels: Sequence[Box]
) -> list[list[_Cell]]:
    """A list that came with a line for each cell, empty ones too: as many below its labels as the blank has
    cells. Where empty ones fell out nothing says which column is meant."""
    heads = [found.to[template.sheet.lines[n].first] for box in labels for n in box.lines[:1]]
    below = found.from_(column.end)
    if not heads or min(heads) < 0 or below == len(found.to):
        return []
    lines = [sheet.tokens[token].line for token in heads]
    stands = [line.where.number(Unit.LINE) for line in sheet.lines]
    if [stands[n] - stands[lines[0]] for n in lines] != list(range(len(labels))):
        return []
    top = stands[lines[-1]] + 1
    rows = {number: line for number, line in zip(stands, sheet.lines, strict=True) if number >= top}
    size = stands[sheet.tokens[found.to[below]].line] - top
    count = sum(p.person >= column.person for q in template.questions if q.column == column for p in q.places)
    if not 0 <= size - count * len(labels) <= _LINES_BETWEEN:
        return []
    return [
        [
            _Cell(place, line.first, line.last, line.where)
            for place in range(len(labels))
            if (line := rows.get(top + row * len(labels) + place))
        ]
        for row in range(count)
    ]


def _beside_options(blank: Tokenised, question: Question, place: Place) -> frozenset[int]:
    """The printed words between boxes that are no option: a price, a condition. None where not every
    option is found by its words."""
    range_ = range(place.start, place.end)
    rest = {n for n in range_ if not is_tick(blank.tokens[n])}
    for option in map(option_name, question.options):
        keys = keys_of(option)
        at = next(
            (n for n in range_ if [t.key for t in blank.tokens[n : n + len(keys)]] == keys and n in rest),
            None,
        )
        if at is None:
            return frozenset()
        rest -= set(range(at, at + len(keys)))
    return frozenset(rest) if question.options else frozenset()


def _range(found: _Map, place: Place, length: int) -> tuple[int, int]:
    """The tokens of the document between the words of the blank around some room."""
    before, after = found.before(place.start), found.from_(place.end)
    start = found.to[before] + 1 if before >= 0 else 0
    end = found.to[after] if after < len(found.to) else length
    return start, end


def _is_shared(template: Template, found: _Map, question: Question, place: Place) -> bool:
    """Whether the room of another question lies between the same words of the document."""
    before, after = found.before(place.start), found.from_(place.end)
    if before < 0 or after >= len(found.to):
        before, after = max(before, place.start - 3), min(after, place.end + 3)
    for other in template.questions:
        for room in other.places:
            same = other is question and room.person == place.person
            apart = room.start == room.end or room.start >= place.end or room.end <= place.start
            if not same and apart and before < room.start <= after and before < room.end <= after:
                return True
    return False


def _own_line(
    template: Template, sheet: Tokenised, found: _Map, place: Place, range_: tuple[int, int]
) -> tuple[int, int] | None:
    """The tokens on the line of one of several cells between the same words of the blank, which came as a
    line each, empty ones too; None where lines do not tell."""
    start, end = range_
    if end >= len(sheet.tokens) or any(token.is_wall for token in sheet.tokens[start - 1 : end + 1]):
        return None
    stands = [sheet.lines[sheet.tokens[n].line].where.number(Unit.LINE) for n in range(start - 1, end + 1)]
    top, bottom = stands[0], stands[-1]
    rooms = sorted(
        p.start
        for q in template.questions
        for p in q.places
        if _range(found, p, len(sheet.tokens)) == range_ and p.start == p.end
    )
    if place.start not in rooms or not 0 <= bottom - top - 1 - len(rooms) <= _LINES_BETWEEN:
        return None
    mine = top + 1 + rooms.index(place.start)
    own = [n for n, line in zip(range(start, end), stands[1:-1], strict=True) if line == mine]
    return (own[0], own[-1] + 1) if own else (start, start)


def _signs(pieces: Iterable[_Text]) -> str:
    """Options and boxes without white space, what is crossed out, highlighted or underlined told apart."""
    spans = (span for spans, _ in pieces for span in spans)
    return "".join(
        ("~" if span.struck else "")
        + ("^" if span.marked else "")
        + ("_" if span.underlined else "")
        + "".join(span.text.split())
        for span in spans
    )


def _marked(
    sheet: Tokenised, start: int, end: int, printed: Container[int], without: Container[int] = ()
) -> list[_Text]:
    """Options with their boxes in the two signs that readers of values know, whatever was drawn;
    ``without`` some tokens."""
    lines: dict[int, list[Span]] = {}
    at: dict[int, int] = {}
    for number in range(start, end):
        token = sheet.tokens[number]
        if token.line < 0:
            continue
        line = sheet.lines[token.line]
        spans = lines.setdefault(token.line, [])
        spans += cut(line.spans, at.get(token.line, token.start), token.start)
        sign = _sign(token, line.text[token.start : token.end], number in printed)
        if number not in without:
            spans += (Span(sign),) if sign else cut(line.spans, token.start, token.end)
        at[token.line] = token.end
    return [(tuple(spans), sheet.lines[number].where) for number, spans in lines.items()]


def _sign(token: Token, text: str, printed: bool) -> str:
    if is_tick(token):
        ticked = TICKED in text or (BOX.fullmatch(text) and any(mark in text.lower() for mark in "xv"))
        return TICKED if ticked else UNTICKED
    return TICKED if not printed and (plain(text) or text) in _MARKS else ""


def _joined(texts: list[_Text], rooms: int) -> Spans:
    """The pieces of one answer as one: letter by letter in boxes, else line by line."""
    letter_boxes = rooms > 3 and all(len(span_text(spans).strip()) <= 1 for spans, _ in texts)
    joined: list[Span] = []
    for spans, _ in texts:
        if joined and not letter_boxes:
            joined += line_break()
        joined += spans
    return tuple(joined)


def _beside(
    template: Template, sheet: Tokenised, found: _Map, taken: Sequence[bool]
) -> tuple[tuple[Question | None, str], ...]:
    """Words added where the blank has no room: behind which question they stand."""
    known = {n for n in found.to if n >= 0}
    back = {filled: blank for blank, filled in enumerate(found.to) if filled >= 0}
    result: list[tuple[Question | None, str]] = []
    last = -1
    run: list[int] = []
    for number in range(len(sheet.tokens) + 1):
        if number < len(sheet.tokens) and number not in known:
            token = sheet.tokens[number]
            if not taken[number] and token.line >= 0 and not token.typed:
                run.append(number)
            continue
        if any(sheet.tokens[n].key.lstrip("\0")[:1].isalnum() for n in run):
            text = " ".join(span_text(spans) for spans, _ in between(sheet, run[0], run[-1] + 1))
            result.append((_question_before(template, last), text))
        run = []
        last = back.get(number, last)
    return tuple(result)


def _question_before(template: Template, position: int) -> Question | None:
    """The question whose room is the last one that begins at or before a token of the blank."""
    before = [
        (p.start, n) for n, q in enumerate(template.questions) for p in q.places if p.start <= position + 1
    ]
    return template.questions[max(before)[1]] if before else None
