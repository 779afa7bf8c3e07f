"""Word 97–2003 (doc): the text as the last save shows it, with its form fields and tables.

[MS-DOC] numbers its characters; those below 32 are marks: cell ends, fields, breaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import unpack_from

from mailbot.documents.content import BlockBudget, Content
from mailbot.documents.doc_file import DocFile, Properties, Run, TextBox
from mailbot.documents.form_field import WordFormField
from mailbot.documents.look import Look
from mailbot.documents.story import CellShape, Story
from mailbot.domain.document import Block, Location, Span, Unit
from mailbot.text.characters import is_picture_font, picture, pictures, uniform

_FONT, _SYMBOL = 0x4A4F, 0x6A09
_HIDDEN, _DELETED = 0x083C, 0x0800
_MARKER = 0x2A0C  # an index of a colour, 0 for none and 8 for white
_BOLD = 0x0835
_UNDERLINE = 0x2A3E  # a kind of line, 0 for none
_STRIKES = (0x0837, 0x2A53)
_IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW, _DEPTH = 0x2416, 0x2417, 0x244B, 0x244C, 0x6649
_ROW = 0xD608
_PLAIN = {"\x0b": "\n", "\x1e": "-", "\t": "\t"}
_ENDS = "\r\x0c\x0e\x07"
_ANCHOR = "\x08"

#: What is drawn at an anchor: a text box with its number, or anything else.
_Drawing = tuple[Story, int] | None


def read(data: bytes, where: Location) -> Content:
    """The body, each text box behind the paragraph that it is anchored in, then page headers and footers,
    each once.

    Raises ``Unreadable`` or one of its kinds.
    """
    file = DocFile(data)
    text, notes, headers, macros, comments, endnotes, boxes, header_boxes = (max(0, n) for n in file.lengths)
    budget = BlockBudget()
    after = text + notes + headers + macros + comments + endnotes
    anchored, loose = file.text_boxes()

    def inside(box: TextBox) -> Story:
        return _story(file, budget, after + box.start, after + min(box.end, boxes))

    drawings = [(inside(box), box.number) if box else None for box in anchored]
    blocks: list[Block] = _story(file, budget, 0, text, drawings).blocks(where)
    if not any(drawings):
        blocks += _story(file, budget, after, after + boxes).blocks(where.at(Unit.BOX))
    else:
        for box in loose:
            blocks += inside(box).blocks(where.at(Unit.BOX, box.number))
    seen: set[str] = set()
    begin = text + notes
    stories = [
        (begin + start, begin + end, where.at(Unit.FOOTER if number % 6 in (2, 3, 5) else Unit.HEADER))
        for number, (start, end) in enumerate(file.header_stories())
        if 0 <= start <= end <= headers
    ]
    stories.append((after + boxes, after + boxes + header_boxes, where.at(Unit.HEADER).at(Unit.BOX)))
    for start, end, place in stories:
        found = _story(file, budget, start, end).blocks(place)
        words = "\n".join(block.text for block in found)
        if words not in seen:
            blocks += found
            seen.add(words)
    return Content(tuple(blocks))


def _story(file: DocFile, budget: BlockBudget, start: int, end: int, boxes: Sequence[_Drawing] = ()) -> Story:
    reader = _Reader(file, Story(budget), boxes)
    for run in file.runs(start, end):
        reader.run(run)
    return reader.finished()


class _Reader:
    """Follows the runs of one story, its open fields, and the paragraph so far."""

    def __init__(self, file: DocFile, story: Story, boxes: Sequence[_Drawing]) -> None:
        self._file = file
        self._story = story
        self._drawings = iter(boxes)
        self._spans: list[Span] = []
        self._look = Look()  # of the run in hand
        self._fields: list[tuple[WordFormField, int, bool]] = []  # field, its first span, in its result

    def finished(self) -> Story:
        """The story, its last paragraph ended."""
        if self._spans:
            self._story.paragraph(self._spans, 0)
        return self._story

    def run(self, run: Run) -> None:
        """Takes the next run."""
        properties = run.properties
        gone = _is_on(properties, _HIDDEN) or _is_on(properties, _DELETED)
        self._look = Look(
            any(_is_on(properties, strike) for strike in _STRIKES),
            properties.get(_MARKER, b"\0")[:1] not in (b"", b"\0", b"\x08"),
            properties.get(_UNDERLINE, b"\0")[:1] not in (b"", b"\0"),
            _is_on(properties, _BOLD),
        )
        font = self._font(properties)
        words: list[str] = []
        for number, sign in enumerate(run.text):
            if sign >= " " and not (sign == "(" and _SYMBOL in properties):
                words.append(sign)
                continue
            self._say("".join(words), font, gone)
            words.clear()
            if sign in _ENDS:
                self._end(sign, run.start + number * run.width)
            elif sign in "\x13\x14\x15":
                self._field_mark(sign)
            elif sign == _ANCHOR:
                if box := next(self._drawings, None):
                    self._story.box(*box)
            elif sign == "\x01" and self._fields:
                self._file.form_field(properties, self._fields[-1][0])
            elif sign == "(":
                index, code = unpack_from("<HH", properties[_SYMBOL])
                name = self._file.fonts[index] if index < len(self._file.fonts) else ""
                self._say(picture(name, code), "", gone)
            elif sign in _PLAIN:
                self._say(_PLAIN[sign], "", gone)
        self._say("".join(words), font, gone)

    def _font(self, properties: Properties) -> str:
        if _FONT not in properties:
            return ""
        (index,) = unpack_from("<H", properties[_FONT])
        return self._file.fonts[index] if index < len(self._file.fonts) else ""

    def _say(self, words: str, font: str, gone: bool) -> None:
        if not words:
            return
        if self._fields and not self._fields[-1][2]:
            self._fields[-1][0].instruction += words
        elif not gone and all(in_result for _, _, in_result in self._fields):
            text = pictures(font, words) if is_picture_font(font) else uniform(words)
            self._spans.append(self._look.span(text))

    def _field_mark(self, sign: str) -> None:
        if sign == "\x13":
            self._fields.append((WordFormField(), len(self._spans), False))
        elif self._fields:
            form, start, _ = self._fields.pop()
            if sign == "\x14":
                self._fields.append((form, start, True))
                return
            start = min(start, len(self._spans))
            typed = self._spans[start:]
            del self._spans[start:]
            self._spans += form.spans(typed)

    def _end(self, sign: str, place: int) -> None:
        style, properties = self._file.paragraph(place)
        depth = 1 if _is_on(properties, _IN_TABLE) else 0
        if _DEPTH in properties and len(properties[_DEPTH]) == 4:
            depth = min(max(int(unpack_from("<i", properties[_DEPTH])[0]), depth), 50)
        spans, self._spans = self._spans, []
        self._fields = [(form, 0, in_result) for form, _, in_result in self._fields]
        if _is_on(properties, _ROW_END) or _is_on(properties, _INNER_ROW):
            self._story.row(_shapes(properties.get(_ROW, b"")), depth)
        elif sign == "\x07" or _is_on(properties, _INNER_CELL):
            self._story.cell(spans, depth)
        else:
            self._story.paragraph(spans, depth, heading=1 <= style <= 9)


def _is_on(properties: Properties, code: int) -> bool:
    operand = properties.get(code, b"")
    return bool(operand) and bool(operand[0] & 1)


def _shapes(row: bytes) -> list[CellShape]:
    """The cells of a row by its definition (TDefTableOperand, 2.9.315)."""
    if len(row) < 3:
        return []
    count = min(row[2], 64)
    shapes: list[CellShape] = []
    for number in range(count):
        at = 3 + 2 * (number + 1)
        if at + 2 > len(row):
            break
        (right,) = unpack_from("<h", row, at)
        described = 3 + 2 * (row[2] + 1) + 20 * number
        (flags,) = unpack_from("<H", row, described) if described + 2 <= len(row) else (0,)
        restarts, joins = bool(flags & 0x40), bool(flags & 0x20)
        shapes.append(CellShape(right, bool(flags & 0x2), joins and not restarts, restarts))
    return shapes
