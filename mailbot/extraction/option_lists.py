"""A list of options with their boxes says itself which question it answers, whatever words stand above it.

"Ich melde mich an für:" is nobody's label, but below it stand the choices of "Gruppe", each with a box. The
options are looked for in the whole document, row by row, and paired with the box right before them (or
all right behind them). What is found so competes with what stands at the question's label: it answers a
question that nothing else answers, and where both say something else, the answer is doubted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mailbot.domain.document import Block, Location, Paragraph, Span, Table, all_lines
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.noticed import FoundBy
from mailbot.domain.submission import Code
from mailbot.extraction.grouping import has_answer
from mailbot.extraction.spans import Candidate, lines, text_of
from mailbot.extraction.ticks import BOX, TYPED_OVER, has_box
from mailbot.extraction.values.choice import option_patterns, read_choice
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.normalize import letters

_DIFFERS = Doubt(Reason.OTHER_OPTION_TICKED)
_SHORTEST = 3  # letters of an option that no other word is taken for
_BOXES_BESIDE = 3  # drawn at one option: its own, and a mark before or behind it


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands beside each other, cells apart by tabs, and where."""

    text: str
    struck: tuple[bool, ...]
    bold: tuple[bool, ...]
    where: Location


@dataclass(frozen=True, slots=True)
class _Offered:
    """An option with a box right before it or right behind it, each None where none stands there."""

    choice: str
    where: Location
    before: bool | None
    behind: bool | None
    struck: bool
    bold: bool


def with_option_lists(
    pieces: Sequence[Candidate], blocks: Iterable[Block], form: Form
) -> tuple[Candidate, ...]:
    """The candidates, with those of lists whose options say what they answer, each where it stands."""
    blocks = tuple(blocks)
    fields = [field for field in form.of_kind(FieldKind.CHOICE) if _speaks_for_itself(field, form)]
    rows = [row for row in _rows(blocks) if any(row.struck) or BOX.search(row.text)] if fields else []
    result = list(pieces)
    for field in fields:
        listed = _listed(field, rows)
        in_rows = sum(bool(piece.place) and piece.keys == (field.key,) for piece in pieces)
        if listed is None or in_rows > 1:  # asked of each person of a list: a box beside is another column's
            continue
        at_label = [n for n, piece in enumerate(result) if piece.keys == (field.key,) and has_answer(piece)]
        if not at_label:
            result = _inserted(result, listed, _places(blocks))
        elif len(at_label) == 1:
            result[at_label[0]] = _compared(field, result[at_label[0]], listed, form)
    return tuple(result)


def _places(blocks: Iterable[Block]) -> dict[Location, int]:
    """Every line and cell in reading order."""
    places: dict[Location, int] = {}
    for block in blocks:
        places.setdefault(block.where, len(places))
        for row in block.rows if isinstance(block, Table) else ():
            for cell in row:
                places.setdefault(cell.where, len(places))
                for line in all_lines(cell.blocks):
                    places.setdefault(line.where, len(places))
    return places


def _inserted(
    pieces: Sequence[Candidate], listed: Candidate, places: Mapping[Location, int]
) -> list[Candidate]:
    """The candidates with a list behind the last that stands above it: it is of the same person, below the
    same headings."""
    own = places[listed.where]
    above = [n for n, piece in enumerate(pieces) if places.get(piece.where, own + 1) <= own]
    if not above:
        return [listed, *pieces]
    last = pieces[above[-1]]
    listed = replace(listed, section=last.section, part=last.part, region=last.region, heading=last.heading)
    return [*pieces[: above[-1] + 1], listed, *pieces[above[-1] + 1 :]]


def _speaks_for_itself(field: FormField, form: Form) -> bool:
    """Whether no other question offers one of its options, and each is more than a letter or two."""
    others = {letters(c) for other in form.fields if other is not field for c in other.choices}
    own = [letters(choice) for choice in field.choices]
    return len(own) > 1 and not others & set(own) and all(len(one) >= _SHORTEST for one in own)


def _rows(blocks: Iterable[Block]) -> Iterator[_Row]:
    for block in blocks:
        if not isinstance(block, Table):
            yield from (_row([line]) for line in _lines_of(block))
            continue
        for row in block.rows:
            cells = [[line for held in all_lines(cell.blocks) for line in _lines_of(held)] for cell in row]
            for n in range(max(map(len, cells), default=0)):
                yield _row([lines[n] for lines in cells if n < len(lines)])


def _lines_of(paragraph: Paragraph) -> Iterator[Paragraph]:
    broken = lines(paragraph)
    if len(broken) == 1:
        return iter((paragraph,))
    return (replace(paragraph, spans=spans) for spans in broken)


def _row(cells: Sequence[Paragraph]) -> _Row:
    text = "\t".join(cell.text for cell in cells)
    spans = [span for cell in cells for span in (*cell.spans, Span("\t"))]
    struck = tuple(span.struck for span in spans for _ in span.text)
    bold = tuple(span.bold or span.marked for span in spans for _ in span.text)
    return _Row(text, struck, bold, cells[0].where)


def _listed(field: FormField, rows: Sequence[_Row]) -> Candidate | None:
    """What is ticked in the list of a field's options, or was left when others were crossed out; None where
    most options have no box, or one stands twice."""
    offered = [one for row in rows for one in _offered(field, row)]
    named = [one.choice for one in offered]
    if len(named) < 2 or 2 * len(named) < len(field.choices) or len(set(named)) < len(named):
        return None
    states = _states(field, offered)
    if states is None or not any(states):
        return None
    spans = tuple(
        Span(f"{TICKED if on else UNTICKED} {one.choice}  ") for one, on in zip(offered, states, strict=True)
    )
    where = next(one.where for one, on in zip(offered, states, strict=True) if on)
    return Candidate((field.key,), spans, where, reader=FoundBy.OPTION_LIST)


def _states(field: FormField, offered: Sequence[_Offered]) -> list[bool] | None:
    """Whether each option is chosen; None where that cannot be told."""
    struck = [one.struck for one in offered]
    if any(struck):
        return [not gone for gone in struck] if len(offered) == len(field.choices) else None
    for side in ([one.before for one in offered], [one.behind for one in offered]):
        states = [state for state in side if state is not None]
        if len(states) == len(side):
            stand_out = [one.bold for one in offered]
            return states if any(states) or all(stand_out) else stand_out
    return None


def _offered(field: FormField, row: _Row) -> Iterator[_Offered]:
    """The options of a row in their order, each with its boxes; those without are an answer in words, unless
    crossed out."""
    found: list[tuple[int, _Offered]] = []
    text = row.text
    free = [True] * len(text)
    boxes = [(hit.start(), hit.end(), hit["on"] is not None) for hit in BOX.finditer(text)]
    if has_box(text):
        boxes += [(hit.start(), hit.end(), True) for hit in TYPED_OVER.finditer(text)]
        boxes.sort()
    starts = [start for start, _, _ in boxes]
    is_struck = any(row.struck)
    for choice, pattern in option_patterns(field.choices):
        for hit in pattern.finditer(text):
            start, end = hit.span()
            if not all(free[start:end]):
                continue
            free[start:end] = [False] * (end - start)
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            before = _right_beside(text, start, reversed(boxes[max(0, first - _BOXES_BESIDE) : first]))
            behind = _right_beside(text, end, boxes[last : last + _BOXES_BESIDE])
            if before is not None or behind is not None or is_struck:
                found.append(
                    (start, _Offered(choice, row.where, before, behind, row.struck[start], row.bold[start]))
                )
    return (one for _, one in sorted(found, key=lambda one: one[0]))


def _right_beside(text: str, at: int, boxes: Iterable[tuple[int, int, bool]]) -> bool | None:
    """Whether one of the boxes that stand at a place, one beside the other, is ticked; None for no box."""
    ticked: bool | None = None
    for start, end, on in boxes:
        if text[min(at, end) : max(at, start)].strip():
            break
        ticked = ticked or on
        at = start if start < at else end
    return ticked


def _compared(field: FormField, piece: Candidate, listed: Candidate, form: Form) -> Candidate:
    """What stands at the label, or where that is no option what is ticked in the list; doubted where both say
    something else."""
    at_label, in_list = (read_choice(field, one.spans) for one in (piece, listed))
    if at_label.value is None and at_label.code is Code.INVALID and in_list.value is not None:
        said = letters(text_of(piece.spans))  # the label of another question, or a remark
        asks = any(said.startswith(letters(other.label)) for other in form.fields if other is not field)
        return replace(
            piece,
            spans=listed.spans,
            where=listed.where,
            reader=listed.reader,
            doubt=None if asks else _DIFFERS,
        )
    if None in (at_label.value, in_list.value) or at_label.value == in_list.value or piece.doubt:
        return piece
    return replace(piece, doubt=_DIFFERS)
