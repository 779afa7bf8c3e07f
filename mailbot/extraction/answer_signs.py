"""Signs that lead from a caption to its answer, put in the plain shape: "Naam → Maes" and "Naam (uw
antwoord): Maes" as "Naam: Maes", and a line that begins so as the answer to the one above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mailbot.domain.document import Block, Cell, Paragraph, Span, all_lines
from mailbot.extraction.labels import Labels
from mailbot.extraction.lexicon import phrases
from mailbot.extraction.spans import cut

_ARROW = r"(?:[→➔➜➡►⇒⇨▸]|[=–-]+>|>>)"
_NAMED = rf"\b(?i:{phrases('your_answer')})\b"
_ANY = re.compile(rf"{_ARROW}|\s>\s|{_NAMED}")
#: At the start of a line.
_FIRST = re.compile(rf"\s*(?:{_ARROW}\s*(?:{_NAMED}\s*:)?|{_NAMED}\s*:)\s*")
#: Behind a caption: words that name the answer, or an arrow.
_NAMED_BEHIND = re.compile(rf"\s*[-–—:,(]?\s*{_NAMED}\s*\)?\s*:\s*")
_ARROW_BEHIND = re.compile(rf"(?<=[^\W\d_?)*])\s*(?:{_ARROW}|(?<=\s)>(?=\s|$))\s*")
_MOST_WORDS = 9  # of a caption
_FEWEST = 2  # captions with an arrow behind them, where arrows are such signs
#: What a line of nothing but such a sign is: room for an answer.
_ROOM = "....."


def with_plain_signs(blocks: Sequence[Block], labels: Labels) -> Sequence[Block]:
    """The blocks without arrows and words that only lead to an answer; those as they are where none do. An
    arrow in the midst of a line is such a sign where several captions have one, a known label among them."""
    signed = [line.text for line in all_lines(blocks) if _ANY.search(line.text)]
    if not signed:
        return blocks
    captions = [text[: found.start()].strip() for text in signed if (found := _arrow_behind(text))]
    arrows = len(captions) >= _FEWEST and any(map(labels.match, captions))
    return [_plain(block, arrows=arrows) for block in blocks]


def _arrow_behind(text: str) -> re.Match[str] | None:
    """The arrow behind what may be a caption, at the start of a line."""
    found = _ARROW_BEHIND.search(text)
    before = text[: found.start()] if found else ""
    is_caption = ":" not in before and len(before.split()) <= _MOST_WORDS
    return found if is_caption and "\t" not in before else None


def _plain(block: Block, *, arrows: bool, in_cell: bool = False) -> Block:
    if isinstance(block, Paragraph):
        return _line(block, arrows=arrows, in_cell=in_cell)
    return replace(block, rows=tuple(tuple(_cell(cell, arrows=arrows) for cell in row) for row in block.rows))


def _cell(cell: Cell, *, arrows: bool) -> Cell:
    if not any(_ANY.search(line.text) for line in all_lines(cell.blocks)):
        return cell
    return replace(cell, blocks=tuple(_plain(block, arrows=arrows, in_cell=True) for block in cell.blocks))


def _line(line: Paragraph, *, arrows: bool, in_cell: bool) -> Paragraph:
    """A line; in a cell an arrow between words is part of an answer ("Gent → Brugge")."""
    text = line.text
    if not _ANY.search(text):
        return line
    if first := _FIRST.match(text):
        rest = cut(line.spans, first.end(), len(text))
        return replace(line, spans=rest or (Span(_ROOM),))
    found = _NAMED_BEHIND.search(text) or (_arrow_behind(text) if arrows else None)
    if found is None or not text[: found.start()].strip() or (in_cell and text[found.end() :].strip()):
        return line
    sign = Span(" " if text[: found.start()].endswith("?") else ": ")
    return replace(
        line, spans=(*cut(line.spans, 0, found.start()), sign, *cut(line.spans, found.end(), len(text)))
    )
