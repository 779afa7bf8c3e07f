"""A filled-in form laid over its blank: what was added in the room for an answer is that answer.

The words of the blank are nobody's answer, wherever they stand. Both are aligned as runs of tokens
(longest common subsequence), whatever format the copy came back in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mailbot.domain.document import Span
from mailbot.extraction.correspondence import Correspondence
from mailbot.extraction.list_rows import in_list
from mailbot.extraction.rooms import in_rooms
from mailbot.extraction.template import Place, Question, Template, label_of
from mailbot.extraction.tokens import (
    Tokenised,
    as_torn,
    between,
    keys_of,
    rejoined,
    span_text,
    unglued,
    without,
)
from mailbot.extraction.written import Written, joined

#: The same form shares at least so much of the blank's words, in order; other forms stay below 0.6.
#: Where an introduction was cut away, the words from the first question on are what is shared.
GATE = 0.88
_FEWEST_WORDS = 12
#: So many words of a line are no answer that says what the form says.
_FEWEST_AGAIN = 5
#: What stands for an empty cell between others.
_NOTHING = (Span("–"),)
#: Of the labels before the rooms, so many stand where the blank has them: else it was rearranged (two
#: columns read across), and what stands in a room may be anybody's.
_LABELS = 0.9


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


def align(template: Template, sheet: Tokenised) -> Aligned:
    """Lays a document over a blank form."""
    blank = template.sheet
    sheet = as_torn(unglued(sheet, template.words_glued), template.words_counted[0])
    sheet = rejoined(sheet, template.words_counted[0])
    anywhere = _shared_anywhere(template, sheet)
    if max(anywhere, _highest_share(template, sheet)) < GATE:
        return Aligned(0.0, anywhere, (), ())
    places = [(question, place) for question in template.questions for place in question.places]
    rooms = frozenset(edge for _, place in places for edge in (place.start, place.end))
    ticked = [range(p.start, p.end) for question, p in places if question.ticks and not p.is_gap]
    found = Correspondence(blank, sheet, rooms, ticked)
    if again := _lines_again(template, sheet, found):
        sheet = without(sheet, again)
        found = Correspondence(blank, sheet, rooms, ticked)
    share = _share(template, found.to)
    if share < GATE or _labels_found(template, found.to) < _LABELS:
        return Aligned(share, anywhere, (), ())
    taken = [False] * len(sheet.tokens)
    written = [
        one for question in template.questions for one in _answers_to(question, template, sheet, found, taken)
    ]
    for question in template.computed:
        _answers_to(question, template, sheet, found, taken)
    written = _within_labels(template, sheet, found, _with_rows_joined(written), taken)
    beside = _beside(template, sheet, found, taken)
    if _outweighs(beside, written):
        return Aligned(share, anywhere, (), ())
    return Aligned(share, share, tuple(written), beside)


def _lines_again(template: Template, sheet: Tokenised, found: Correspondence) -> frozenset[int]:
    """The tokens of lines of the blank that the document has once more, as the head and the foot of each of
    its pages: nobody wrote them."""
    blank = template.sheet
    whole = {tuple(blank.keys[line.first : line.last]) for line in blank.lines if not line.gaps}
    printed = {keys for keys in whole if sum(key.isalnum() for key in keys) >= _FEWEST_AGAIN}
    keys = sheet.keys
    return frozenset(
        n
        for line in sheet.lines
        if tuple(keys[line.first : line.last]) in printed
        and found.printed.isdisjoint(range(line.first, line.last))
        for n in range(line.first, line.last)
    )


def _answers_to(
    question: Question, template: Template, sheet: Tokenised, found: Correspondence, taken: list[bool]
) -> list[Written]:
    """What is written in the rows of a list below a question, and in its rooms for who is not in those."""
    column = question.column
    rows = in_list(template, sheet, found, question, column, taken) if column is not None else []
    people = dict.fromkeys(place.person for place in question.places)
    if rows and question.rows:
        people = {}
    elif column is not None and rows:
        people = {person: None for person in people if person < column.person}
    return [*rows, *(in_rooms(template, sheet, found, question, person, taken) for person in people)]


def _with_rows_joined(written: Sequence[Written]) -> list[Written]:
    """What is written, with the rows of a list of things as one answer a column: a line for each row that
    says anything, so that the lines of its columns belong together."""
    rows = [one for one in written if one.question.rows and one.person]
    said = {_row_of(one) for one in rows if one.spans}
    result = [one for one in written if not (one.question.rows and one.person)]
    for question in {id(one.question): one.question for one in rows}.values():
        own = [one for one in rows if one.question is question and _row_of(one) in said]
        result.append(_in_one(question, own))
    return result


def _in_one(question: Question, rows: Sequence[Written]) -> Written:
    """What the rows of a column say as one answer, a line each; nothing where all of them are open."""
    is_open = not any(one.spans for one in rows)
    texts = [] if is_open else [(one.spans or _NOTHING, one.where) for one in rows]
    return Written(question, 0, joined(texts, 1), rows[0].where if rows else question.where)


def _row_of(one: Written) -> tuple[int, int]:
    """Which row of which list it stands in."""
    return one.question.column.first if one.question.column else -1, one.person


def _within_labels(
    template: Template, sheet: Tokenised, found: Correspondence, written: Sequence[Written], taken: list[bool]
) -> list[Written]:
    """What stands within a label that a page breaks over two lines, its answer beside the first of them, is
    the answer, or the first line of it."""
    result: list[Written] = []
    for one in written:
        within = _range_within_label(template, found, one)
        result.append(_with_range(one, sheet, within) if within else one)
        for token in within or ():
            taken[token] = True
    return result


def _range_within_label(template: Template, found: Correspondence, one: Written) -> range | None:
    """The one stretch of tokens that stands between the words of a label; None where there is none, or where
    several or a part of the label tell nothing."""
    own = [place for place in one.question.places if place.person == one.person]
    label = _label_at(template, one.question, own[0]) if own and not one.question.ticks else None
    if label is None or one.unclear or _is_in_row(one):
        return None
    there = [found.to[n] for n in label]
    apart = [(before, after) for before, after in pairwise(there) if before >= 0 and after > before + 1]
    return range(apart[0][0] + 1, apart[0][1]) if len(apart) == 1 and min(there) >= 0 else None


def _with_range(one: Written, sheet: Tokenised, within: range) -> Written:
    """An answer with the tokens before what was read of it."""
    pieces = between(sheet, within.start, within.stop)
    spans = joined(pieces, 1)
    both = bool(spans and one.spans)
    return replace(
        one,
        spans=(*spans, Span(" "), *one.spans) if both else spans or one.spans,
        where=pieces[0][1] if pieces else one.where,
        in_label=span_text(spans) if both else "",
    )


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


def _share(template: Template, to: Sequence[int]) -> float:
    """How much of what a copy keeps is there, in its order."""
    return max((sum(to[n] >= 0 for n in words) / len(words) for words in _kept(template)), default=0.0)


def _highest_share(template: Template, sheet: Tokenised) -> float:
    """What ``_share`` can be at most: how much of what a copy keeps is there in any order."""
    there = Counter(token.key for token in sheet.tokens)
    counted = (words for words in template.words_counted[1:] if words.total() >= _FEWEST_WORDS)
    return max((_shared(words, there) for words in counted), default=0.0)


def _kept(template: Template) -> list[Sequence[int]]:
    """The words that a copy keeps, all of them and those from the first question on, where these are
    enough to tell a form by."""
    return [words for words in template.kept_words if len(words) >= _FEWEST_WORDS]


def _shared_anywhere(template: Template, sheet: Tokenised) -> float:
    words = template.words_counted[0]
    if words.total() < _FEWEST_WORDS:
        return 0.0
    return _shared(words, Counter(token.key for token in sheet.tokens if token.is_word))


def _shared(words: Counter[str], there: Counter[str]) -> float:
    """How much of some words is there, each as often as it is."""
    return sum(min(count, there[key]) for key, count in words.items()) / words.total()


def _labels_found(template: Template, to: Sequence[int]) -> float:
    labels = [n for n in (_label_token(template, question) for question in template.questions) if n >= 0]
    return sum(to[n] >= 0 for n in labels) / len(labels) if labels else 0.0


def _label_token(template: Template, question: Question) -> int:
    """The last word before the room of a question, the first of its label above a list; -1 for none near
    it."""
    if question.column is not None:
        return question.column.head
    tokens, position = template.sheet.tokens, question.places[0].start
    return next((n for n in range(position - 1, max(-1, position - 5), -1) if tokens[n].is_word), -1)


def _beside(
    template: Template, sheet: Tokenised, found: Correspondence, taken: Sequence[bool]
) -> tuple[tuple[Question | None, str], ...]:
    """Words added where the blank has no room: behind which question they stand. Not those that the blank has
    in another place, where the document has them no more: a page that a program drew is read in its order;
    nor figures that stand for what a formula of the blank shows."""
    known = {n for n in found.to if n >= 0}
    moved = Counter(t.key for n, t in enumerate(template.sheet.tokens) if t.is_word and found.to[n] < 0)
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
        words = Counter(key for n in run if (key := sheet.tokens[n].key.lstrip("\0"))[:1].isalnum())
        around = range(last, back.get(number, len(found.to)) + 1)
        is_result = all(map(str.isdecimal, words)) and not template.results.isdisjoint(around)
        if words - moved and not is_result:
            text = " ".join(span_text(spans) for spans, _ in between(sheet, run[0], run[-1] + 1))
            result.append((_question_before(template, last), text))
        run = []
        last = back.get(number, last)
    return tuple(result)


def _question_before(template: Template, position: int) -> Question | None:
    """The question whose room is the last one that begins at or before a token of the blank; None where room
    that is nobody's begins behind it."""
    before = [
        (p.start, n) for n, q in enumerate(template.questions) for p in q.places if p.start <= position + 1
    ]
    if not before:
        return None
    start, number = max(before)
    nobodys = any(start < other <= position + 1 for other in template.nobodys)
    return None if nobodys else template.questions[number]
