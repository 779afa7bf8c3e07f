"""Answers beside a caption that nobody understood: what may be the missing answer of somebody.

"Zien we u de derde? neen" is no question of the form in any words that are known. Where the form's own
question whether somebody comes was met nowhere, that may be it: then it is doubted, with these words, and
nobody is taken to come in silence. Where it was met, such a caption is an extra one and nobody's field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from mailbot.domain.document import Block, Cell, Paragraph, Table
from mailbot.domain.doubt import Reason
from mailbot.domain.form import FormField
from mailbot.domain.submission import Code, Person, Problem
from mailbot.extraction.boilerplate import is_instruction
from mailbot.extraction.labels import Labels
from mailbot.extraction.line_cuts import prepared
from mailbot.extraction.pairs import pairs
from mailbot.extraction.spans import Spans, cut, line_break, lines, text_of
from mailbot.extraction.subjects import asks_something_apart
from mailbot.extraction.ticks import BOX
from mailbot.extraction.values.yes_no import read_yes_no
from mailbot.text.lexicon import is_yes_or_no
from mailbot.text.normalize import tidy

#: A caption, perhaps with how to answer it in brackets, and what stands behind
#: its sign on the same line; nothing, where the answer may stand below.
_CAPTION = re.compile(r"\s*(?P<caption>[^:?]{4,80}[:?])[ \t]*(?:\([^()/]{4,}\)[ \t]*)?")
_MOST_SHOWN = 2


def with_unread(
    people: Sequence[Person],
    problems: Sequence[Problem],
    blocks: Iterable[Block],
    labels: Labels,
    asked: Set[str],
) -> tuple[Problem, ...]:
    """The problems, with a doubt for each of the people of whom nothing says whether they come, where the
    form asks that, the document does not (``asked`` are the questions met in it), and a yes or no in it was
    not read."""
    field = labels.form.field(labels.presence)
    if field is None or field.key in asked or labels.form.per_organisation:
        return tuple(problems)
    told = {problem.person for problem in problems if problem.field == field.key}
    silent = [n for n, one in enumerate(people) if n not in told and field.key not in one.answers]
    blocks = tuple(blocks)
    unread = list(dict.fromkeys(_unread(blocks, field, labels))) if silent else []
    unread = unread or (list(dict.fromkeys(_paired(blocks, field, labels))) if silent else [])
    if not unread:
        return tuple(problems)
    seen = " / ".join(unread[:_MOST_SHOWN])
    doubts = (Problem(n, field.key, Code.UNSURE, Reason.OTHER_WORDING, seen) for n in silent)
    return (*problems, *doubts)


def _paired(blocks: Iterable[Block], field: FormField, labels: Labels) -> Iterator[str]:
    """The same of captions that only the layout tells: above their answers, or before dots."""
    for pair in pairs(blocks, labels):
        if not pair.apart and _may_ask(pair.caption, labels):
            yield from _answered(pair.caption, pair.spans, field)


def _unread(blocks: Iterable[Block], field: FormField, labels: Labels) -> Iterator[str]:
    """Each caption that is not understood, with the yes or no beside it, behind it or right below it."""
    above = ""
    for block in blocks:
        if isinstance(block, Table):
            above = ""
            for row in block.rows:
                yield from _in_row([cell for cell in row if cell.text.strip()], field, labels)
            continue
        for spans in lines(block) if not block.quote else ():
            found, above = _in_line(prepared(spans), above, field, labels)
            yield from found


def _in_row(cells: Sequence[Cell], field: FormField, labels: Labels) -> Iterator[str]:
    caption = tidy(cells[0].text) if len(cells) > 1 else ""
    if caption and _may_ask(caption, labels):
        yield from _answered(caption, _spans_of(cells[1:]), field)
        return
    for cell in cells:
        yield from _unread(cell.blocks, field, labels)


def _in_line(spans: Spans, above: str, field: FormField, labels: Labels) -> tuple[list[str], str]:
    """What of a line is a caption with its answer, and the caption that the next line may answer."""
    text = text_of(spans)
    if not text.strip():
        return [], above
    found = _CAPTION.match(text)
    if found is None:
        return list(_answered(above, spans, field)) if above else [], ""
    caption = tidy(found["caption"])
    if not _may_ask(caption, labels):
        return [], ""
    if found.end() == len(text):
        return [], caption
    return list(_answered(caption, cut(spans, found.end(), len(text)), field)), ""


def _may_ask(caption: str, labels: Labels) -> bool:
    """Whether nobody knows what a caption asks, so that it may be whether somebody comes."""
    if is_instruction(caption) or asks_something_apart(caption) or not any(map(str.isalpha, caption)):
        return False
    return labels.match(caption) is None and labels.reworded(caption) is None


def _answered(caption: str, spans: Spans, field: FormField) -> Iterator[str]:
    said = tidy(text_of(spans))
    plainly = is_yes_or_no(said.strip(" .!")) or BOX.search(said) or any(span.struck for span in spans)
    read = read_yes_no(field, spans, negative=False) if plainly else None
    if read is not None and isinstance(read.value, bool):
        yield f"{caption} {said}"


def _spans_of(cells: Iterable[Cell]) -> Spans:
    """What stands in cells, one behind the other."""
    spans: Spans = ()
    for cell in cells:
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                spans = (*spans, *(line_break() if spans else ()), *prepared(block.spans))
    return tuple(replace(span, text=span.text.replace("\n", "  ")) for span in spans)
