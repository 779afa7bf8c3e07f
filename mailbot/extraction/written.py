"""What was written on a copy: the answer of one person to one question, its boxes in two signs."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from mailbot.domain.document import Location, Span
from mailbot.extraction.spans import Spans, cut, line_break
from mailbot.extraction.template import Question
from mailbot.extraction.ticks import is_mark
from mailbot.extraction.tokens import BOX, Token, Tokenised, is_tick, span_text
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.lexicon import YES

#: What stands for how words look, before them.
_LOOKS = {"~": "struck", "^": "marked", "_": "underlined"}
#: Spans, and where they stand.
Text = tuple[Spans, Location]


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


def joined(texts: list[Text], rooms: int) -> Spans:
    """The pieces of one answer as one: letter by letter in boxes, else line by line."""
    letter_boxes = rooms > 3 and all(len(span_text(spans).strip()) <= 1 for spans, _ in texts)
    joined: list[Span] = []
    for spans, _ in texts:
        if joined and not letter_boxes:
            joined += line_break()
        joined += spans
    return tuple(joined)


def signs(pieces: Iterable[Text]) -> str:
    """Options and boxes without white space, what is crossed out, highlighted or underlined told apart."""
    spans = (span for spans, _ in pieces for span in spans)
    return "".join(
        "".join(sign for sign, look in _LOOKS.items() if getattr(span, look)) + "".join(span.text.split())
        for span in spans
    )


def is_chosen_from(pieces: Iterable[Text]) -> bool:
    """Whether anything says which of some options is meant: a tick, a stroke, a marker, a line below one."""
    spans = [span for spans, _ in pieces for span in spans]
    return any(TICKED in span.text or any(getattr(span, look) for look in _LOOKS.values()) for span in spans)


def marked(
    sheet: Tokenised, start: int, end: int, printed: Container[int], without: Container[int] = ()
) -> list[Text]:
    """Options with their boxes in the two signs that readers of values know, whatever was drawn;
    ``without`` some tokens."""
    behind = _marks_behind(sheet, start, end, printed)
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
        if number in behind.values():
            sign = TICKED
        if number not in without and number not in behind:
            spans += (Span(sign),) if sign else cut(line.spans, token.start, token.end)
        at[token.line] = token.end
    return [(tuple(spans), sheet.lines[number].where) for number, spans in lines.items()]


def _marks_behind(sheet: Tokenised, start: int, end: int, printed: Container[int]) -> dict[int, int]:
    """Marks that somebody typed beside an empty box, and that box: right beside it, or behind the words of
    the option, nearer to them than to the box that follows. Where the boxes of a form stand before its
    options."""
    tokens = sheet.tokens
    first = next((n for n in range(start, end) if n in printed and not tokens[n].is_wall), end)
    if first == end or not is_tick(tokens[first]):
        return {}
    found = _marks_at_boxes(sheet, start, end, printed)
    box, words = -1, 0
    for n in range(first, end):
        token = tokens[n]
        if is_tick(token):
            is_open = n in printed and n not in found.values() and not _is_ticked(sheet, n)
            box, words = (n, 0) if is_open else (-1, 0)
        elif n in printed:
            words += 1
        elif box >= 0 and words and _is_said_of(sheet, n) and token.line == tokens[box].line:
            found[n] = box
            box = -1
    return found


def _marks_at_boxes(sheet: Tokenised, start: int, end: int, printed: Container[int]) -> dict[int, int]:
    """Marks and second boxes right behind a box of the form, or before one that they touch or that begins
    its line; one of the two is ticked."""
    found: dict[int, int] = {}
    for n in range(start, end - 1):
        pair = (n, n + 1)
        one, other = (sheet.tokens[number] for number in pair)
        boxes = [number for number in pair if number in printed and is_tick(sheet.tokens[number])]
        added = [number for number in pair if number not in printed]
        if one.line != other.line or one.line < 0 or len(boxes) != 1 or len(added) != 1:
            continue
        begins = n == sheet.lines[one.line].first
        stands_there = boxes[0] == n or begins or one.end == other.start
        is_box = is_tick(sheet.tokens[added[0]])
        if stands_there and (_is_mark(sheet, added[0]) or (is_box and _is_ticked(sheet, boxes[0]))):
            found[added[0]] = boxes[0]
    return found


def _is_said_of(sheet: Tokenised, number: int) -> bool:
    """Whether a mark, or a yes, stands nearer to the word before it than to the box behind it, with nothing
    else between them."""
    token, before = sheet.tokens[number], sheet.tokens[number - 1]
    line = sheet.lines[token.line]
    if not (_is_mark(sheet, number) or token.key in YES) or before.line != token.line:
        return False
    if number + 1 == line.last:
        return True
    after = sheet.tokens[number + 1]
    return is_tick(after) and token.start - before.end < after.start - token.end


def _is_mark(sheet: Tokenised, number: int) -> bool:
    """Whether a token is a mark: a box that is ticked, or what people type for one."""
    token = sheet.tokens[number]
    text = sheet.lines[token.line].text[token.start : token.end] if token.line >= 0 else ""
    return is_mark(text) or (bool(text) and is_tick(token) and _is_ticked(sheet, number))


def _is_ticked(sheet: Tokenised, number: int) -> bool:
    """Whether a box is ticked."""
    token = sheet.tokens[number]
    return _sign(token, sheet.lines[token.line].text[token.start : token.end], True) == TICKED


def _sign(token: Token, text: str, printed: bool) -> str:
    if is_tick(token):
        ticked = TICKED in text or (BOX.fullmatch(text) and is_mark(text.strip("[]() ")))
        return TICKED if ticked else UNTICKED
    return TICKED if not printed and is_mark(text) else ""
