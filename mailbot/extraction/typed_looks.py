"""What only its look tells of a text: words between two pairs of tildes are crossed out, and in a running
sentence what is bold right behind each room to write was typed there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mailbot.domain.document import Block, Cell, Paragraph, Span, all_lines

_STRUCK = re.compile(r"~~(?=\S)(.+?)(?<=\S)~~")
_ROOM = r"(?:(?:[.…_]\s?){3,}|…)"
_ROOM_LAST = re.compile(rf"\s*{_ROOM}\s*$")
_ROOM_FIRST = re.compile(rf"\s*:?\s*{_ROOM}")
_WORD = re.compile(r"[^\W_]+")
_FEWEST = 2  # answers that stand out in one sentence
_SENTENCE = 7  # words


def with_typed_looks(block: Block) -> Block:
    """The block, with what was crossed out by signs as struck, and what was typed behind the room of a
    sentence in its place; the same block where nothing in it is bold or has tildes."""
    if not _has_looks((block,)):
        return block
    if isinstance(block, Paragraph):
        return replace(block, spans=_in_their_room(tuple(_without_tildes(block.spans))))
    return replace(block, rows=tuple(tuple(map(_cell_with_looks, row)) for row in block.rows))


def _cell_with_looks(cell: Cell) -> Cell:
    """The cell, and the same one where there is nothing to do: a large table is not made anew."""
    if not _has_looks(cell.blocks):
        return cell
    return replace(cell, blocks=tuple(map(with_typed_looks, cell.blocks)))


def _has_looks(blocks: tuple[Block, ...]) -> bool:
    return any(span.bold or "~~" in span.text for line in all_lines(blocks) for span in line.spans)


def _without_tildes(spans: tuple[Span, ...]) -> Iterator[Span]:
    for span in spans:
        if "~~" not in span.text:
            yield span
            continue
        for n, part in enumerate(_STRUCK.split(span.text)):
            if part:
                yield replace(span, text=part, struck=span.struck or n % 2 == 1)


def _in_their_room(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans of a sentence, where what is bold stands right behind room to write each time, as typed into
    that room; as they are where anything else is bold."""
    told, spans = spans, _without_lone_spaces(spans)
    bold = [n for n, span in enumerate(spans) if span.bold and span.text.strip()]
    if len(bold) < _FEWEST or any(span.slot for span in spans):
        return told
    words = sum(len(_WORD.findall(span.text)) for span in spans if not span.bold)
    if words < _SENTENCE or not all(n and _fills(spans[n - 1 : n + 2]) for n in bold):
        return told
    return tuple(
        replace(span, text=span.text.strip(), slot=True)
        if n in bold
        else replace(span, text=_ROOM_LAST.sub(" ", span.text))
        if n + 1 in bold
        else span
        for n, span in enumerate(spans)
    )


def _without_lone_spaces(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans, with the space that a page leaves alone between two looks at the end of the one before."""
    kept: list[Span] = []
    for span in spans:
        if kept and not span.text.strip() and not span.slot:
            kept[-1] = replace(kept[-1], text=kept[-1].text + span.text)
        else:
            kept.append(span)
    return tuple(kept)


def _fills(around: tuple[Span, ...]) -> bool:
    """Whether what is bold, between what stands around it, fills room to write; a label with room of its own
    does not."""
    before, said, *after = (span.text for span in around)
    is_label = said.rstrip().endswith(":") or _ROOM_LAST.search(said) or _ROOM_FIRST.match("".join(after))
    return bool(_ROOM_LAST.search(before)) and not is_label
