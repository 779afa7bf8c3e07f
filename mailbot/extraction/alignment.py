"""A filled-in form laid over its blank: what was added in the room for an answer is that answer.

The words of the blank are nobody's answer, wherever they stand. Both are aligned as runs of tokens
(longest common subsequence), whatever format the copy came back in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from mailbot.domain.document import Location, Span
from mailbot.extraction.spans import Spans, cut, line_break
from mailbot.extraction.template import Column, Place, Question, Template, option_name
from mailbot.extraction.tokens import BOX, Box, Token, Tokenised, between, is_tick, keys_of, span_text
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.normalize import letters, plain

#: The same form shares at least so much of the blank's words, in order; other forms stay below 0.6.
#: Where an introduction was cut away, the words from the first question on are what is shared.
GATE = 0.88
_FEWEST_WORDS = 12
#: Of the labels before the rooms, so many stand where the blank has them: else it was rearranged (two
#: columns read across), and what stands in a room may be anybody's.
_LABELS = 0.9
_MARKS = frozenset("xv✓✔")

_Text = tuple[Spans, Location]


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the room for one answer of one person: nothing where ``spans`` is empty.
    ``unclear``: something was written that may belong to another question as well. ``prefilled``:
    it is what the blank itself says there."""

    question: Question
    person: int
    spans: Spans
    where: Location
    unclear: bool = False
    prefilled: bool = False


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
    def is_rearranged(self) -> bool:
        """Whether it is a copy whose words stand in another order: two columns that a program read
        across, a form typed over. What stands beside its labels is then nothing to be sure of."""
        return not self.written and self.shared_anywhere >= GATE


class _Map:
    """Which token of the document each token of the blank is; -1 for none."""

    def __init__(self, blank: Sequence[str], filled: Sequence[str], rooms: frozenset[int]) -> None:
        self.to = [-1] * len(blank)
        self._blank, self._filled = blank, filled
        inserts: list[tuple[int, int, int]] = []
        for code in LCSseq.opcodes(blank, filled):
            if code.tag == "equal":
                for offset in range(code.src_end - code.src_start):
                    self.to[code.src_start + offset] = code.dest_start + offset
            elif code.tag == "insert":
                inserts.append((code.src_start, code.dest_start, code.dest_end))
        for insert in inserts:
            if insert[0] not in rooms:
                self._slide(insert, rooms)
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

    def before(self, position: int) -> int:
        """The last token of the blank before a position that the document has; -1 for none."""
        return next((n for n in range(position - 1, -1, -1) if self.to[n] >= 0), -1)

    def from_(self, position: int) -> int:
        """The first one from a position on; the number of tokens for none."""
        return next((n for n in range(position, len(self.to)) if self.to[n] >= 0), len(self.to))


def align(template: Template, sheet: Tokenised) -> Aligned:
    """Lays a document over a blank form."""
    blank = template.sheet
    rooms = frozenset(p.start for q in template.questions for p in q.places) | frozenset(
        p.end for q in template.questions for p in q.places
    )
    found = _Map(blank.keys, sheet.keys, rooms)
    share = _share(template, found.to)
    if share < GATE or _labels_found(template, found.to) < _LABELS:
        return Aligned(share, _shared_anywhere(blank, sheet), (), ())
    written: list[Written] = []
    taken = [False] * len(sheet.tokens)
    for question in template.questions:
        if question.column is not None and (rows := _rows(sheet, found, question, question.column, taken)):
            written += rows
            continue
        people = dict.fromkeys(place.person for place in question.places)
        written += [_written(template, sheet, found, question, person, taken) for person in people]
    return Aligned(share, share, tuple(written), _beside(template, sheet, found, taken))


def _share(template: Template, to: Sequence[int]) -> float:
    tokens = template.sheet.tokens
    words = [n for n, token in enumerate(tokens) if token.is_word]
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
        unclear = unclear or _is_shared(template, found, question, place)
        taken[start:end] = [True] * (end - start)
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
    sheet: Tokenised, found: _Map, question: Question, column: Column, taken: list[bool]
) -> list[Written]:
    """What a list of people says in one column, a row a person: rows may have been added to it, left out, or
    never have been there. Nothing where the list is no table any more."""
    head = found.to[column.head]
    below, position = _below_head(sheet, sheet.tokens[head].line) if head >= 0 else ([], -1)
    printed = {to: n for n, to in enumerate(found.to) if to >= 0 and sheet.tokens[to].is_word}
    written: list[Written] = []
    for number, row in enumerate(below, 1):
        known = [printed[n] for n in _tokens_of(sheet, row) if n in printed]
        if any(n >= column.end or n < column.head for n in known):
            break  # what stands below the list
        cell = next((one for one in row if one.column == position), None)
        if cell is None or any(n < column.first for n in known):
            continue  # an example, or a second row of labels
        first = min((sheet.lines[n].first for n in cell.lines), default=0)
        last = max((sheet.lines[n].last for n in cell.lines), default=0)
        taken[first:last] = [True] * (last - first)
        pieces = _marked(sheet, first, last, printed) if question.ticks else between(sheet, first, last)
        if question.ticks and TICKED not in _signs(pieces) and all(n in printed for n in range(first, last)):
            pieces = []
        written.append(Written(question, number, _joined(pieces, 1), cell.where))
    return written


def _below_head(sheet: Tokenised, line: int) -> tuple[list[list[Box]], int]:
    """The rows of the table below the one that holds a line, and the column where it stands."""
    for grid in sheet.grids:
        for at, row in enumerate(grid.rows):
            for box in row:
                if line in box.lines:
                    return grid.rows[at + 1 :], box.column
    return [], -1


def _tokens_of(sheet: Tokenised, row: Iterable[Box]) -> Iterator[int]:
    """The tokens in the cells of a row."""
    for box in row:
        for line in box.lines:
            yield from range(sheet.lines[line].first, sheet.lines[line].last)


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


def _signs(pieces: Iterable[_Text]) -> str:
    """Options and boxes without white space, what is crossed out or highlighted told apart."""
    spans = (span for spans, _ in pieces for span in spans)
    return "".join(
        ("~" if span.struck else "") + ("^" if span.marked else "") + "".join(span.text.split())
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
    return TICKED if not printed and plain(text) in _MARKS else ""


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
