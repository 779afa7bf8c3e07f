"""How much text is looked at: extraction costs time with every character, and a mail without a bound
would hold up those that came after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mailbot.domain.document import (
    Block,
    Cell,
    ParsedDocument,
    ParseStatus,
    Span,
    Table,
    all_lines,
)
from mailbot.domain.message import Message

#: Characters of one document or mail. A form with a thousand people in it has half of them.
MOST = 300_000
#: Characters of one line; longer ones are cut, and what was cut is doubted.
LONGEST = 8_000


def bounded_reading(reading: ParsedDocument) -> ParsedDocument:
    """A reading with its lines within bounds; too large where it holds too much text."""
    if size(reading.blocks) > MOST:
        return ParsedDocument(reading.name, ParseStatus.TOO_LARGE)
    return replace(reading, blocks=tuple(map(_cut, reading.blocks)))


def bounded_message(message: Message) -> Message:
    """A message, and the one that it passes on, with as much of their text as is looked at."""
    inside = bounded_message(message.forwarded) if message.forwarded else None
    body: list[Block] = []
    left = MOST
    for block in message.body:
        left -= size((block,))
        if left < 0:
            break
        body.append(_cut(block))
    return replace(message, body=tuple(body), forwarded=inside)


def size(blocks: Iterable[Block]) -> int:
    """The characters of blocks."""
    return sum(len(span.text) for line in all_lines(blocks) for span in line.spans)


def _cut(block: Block) -> Block:
    if all(sum(len(span.text) for span in line.spans) <= LONGEST for line in all_lines((block,))):
        return block
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(map(_cut_cell, row)) for row in block.rows))
    spans: list[Span] = []
    left = LONGEST
    for span in block.spans:
        if left <= 0:
            break
        fits = len(span.text) <= left
        spans.append(span if fits else replace(span, text=span.text[:left], unsure=True))
        left -= len(span.text)
    return replace(block, spans=tuple(spans))


def _cut_cell(cell: Cell) -> Cell:
    return replace(cell, blocks=tuple(map(_cut, cell.blocks)))
