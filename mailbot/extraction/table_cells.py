"""One cell of a table: its text, the label that it is, the question or the option that it holds."""

from __future__ import annotations

import re

from mailbot.domain.document import Cell, Location, Paragraph, Span, Table
from mailbot.domain.doubt import Doubt
from mailbot.domain.form import FieldKind
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.boilerplate import is_instruction
from mailbot.extraction.label import Label
from mailbot.extraction.line_cuts import prepared, segments, whole_line
from mailbot.extraction.line_reader import LineReader
from mailbot.extraction.spans import OPEN, Candidate, Spans, candidate, line_break, lines, text_of
from mailbot.extraction.ticks import LONE_MARK
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.lexicon import is_yes_or_no

OFFERED = frozenset(kind for kind in FieldKind if kind.traits.offered)
_LONGEST_LABEL = 200  # characters
HINT = re.compile(r"^\s*(?:\(.*\)|\*+)\s*$", re.S)


def piece_of(
    label: Label,
    spans: Spans,
    where: Location,
    place: str,
    doubt: Doubt | None = None,
    reader: FoundBy = FoundBy.BESIDE,
) -> Candidate:
    return candidate(label, spans, where, place=place, doubt=doubt, reader=reader)


def spans_of(cell: Cell) -> Spans:
    """All that stands in a cell, prepared, with line breaks between its lines."""
    result: Spans = ()
    for block in cell.blocks:
        if isinstance(block, Table):
            inside = [spans_of(inner) for row in block.rows for inner in row]
        else:
            inside = [block.spans]
        for spans in inside:
            result = (*result, *(line_break() if result else ()), *prepared(spans))
    return result


def label_of(cell: Cell, reader: LineReader) -> Label | None:
    """The label that a cell consists of; None for an answer, an empty cell, or a cell that holds
    label and answer together."""
    first = _printed_lines(cell)
    if not first:
        return None
    said = " ".join(text_of(spans) for spans in first)
    whole = reader.labels.match(said) or reader.labels.reworded(said) or reader.labels.coming(said)
    if whole and (len(first) == 1 or (whole.exact and not _holds_more(whole, first, reader))):
        return whole
    if len(first) == 1:
        found = segments(prepared(first[0]), reader.labels)
        return found[0].label if len(found) == 1 and found[0].empty else None
    label = whole_line(prepared(first[0]), reader.labels)
    rest = " ".join(text_of(spans) for spans in first[1:])
    if label and (HINT.match(rest) or is_instruction(rest) or reader.blank.has_text(rest)):
        return label
    return None


def _holds_more(label: Label, said: list[Spans], reader: LineReader) -> bool:
    """Whether words that ask something together are a label and its answer below it ("OCMW" below
    "Gemeente/OCMW"), and no caption that goes on in lower case."""
    below = [text_of(spans).strip() for spans in said[1:]]
    return label.phrased and any(not one[:1].islower() or reader.labels.exactly(one) for one in below)


def _printed_lines(cell: Cell) -> list[Spans]:
    """The lines of a cell that can be a label; none where it holds a table, much text or room to type in."""
    paragraphs = [block for block in cell.blocks if isinstance(block, Paragraph) and block.text.strip()]
    slots = any(span.slot for paragraph in paragraphs for span in paragraph.spans)
    if slots or len(cell.text) > _LONGEST_LABEL or any(isinstance(block, Table) for block in cell.blocks):
        return []
    return [spans for paragraph in paragraphs for spans in lines(paragraph) if text_of(spans).strip()]


def holds_label(cell: Cell, beside: Label, reader: LineReader) -> bool:
    """Whether a cell holds another label together with its answer."""
    label = question_in(cell, reader)
    return label is not None and label.keys != beside.keys


def question_in(cell: Cell, reader: LineReader) -> Label | None:
    """The label at the start of a cell that holds its answer too ("Dieet: vegetarisch", or the
    answer on the next line)."""
    lines_in = [block for block in cell.blocks if isinstance(block, Paragraph) and block.text.strip()]
    if not lines_in:
        return None
    found = segments(prepared(lines_in[0].spans), reader.labels)[0]
    if found.label and found.clear and not found.empty:
        return found.label
    label = whole_line(prepared(lines_in[0].spans), reader.labels)
    return label if label and label.exact and len(lines_in) > 1 and label_of(cell, reader) is None else None


def option_in(cell: Cell, reader: LineReader) -> str:
    """The option that a header names beside its label ("Neemt deel: ja")."""
    found = segments(prepared((Span(cell.text),)), reader.labels)
    text = text_of(found[-1].spans).strip() if found[-1].label else ""
    return text if is_yes_or_no(text) else ""


def question_of_option(cell: Cell, reader: LineReader) -> Label | None:
    """What a header that names an option asks ("Neemt deel: ja")."""
    if not option_in(cell, reader):
        return None
    return segments(prepared((Span(cell.text),)), reader.labels)[0].label


def option_cell(cell: Cell, option: str) -> Spans:
    """A cell of options: a lone mark or an empty cell becomes a tick, with the word above it."""
    text = cell.text.replace(OPEN, "").strip()
    if LONE_MARK.fullmatch(text):
        return (Span(f"{TICKED} {option}"),)
    if not text or text == UNTICKED:
        return (Span(f"{UNTICKED} {option}"),)
    return spans_of(cell)
