"""The shapes that a region of a form may have: its cells or lines put in the plain order, a label first and
its answer beside or below it. ``hypotheses`` reads each and keeps the best."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from mailbot.domain.document import Block, Cell, Paragraph, Span, Table
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.block_shapes import MOST_ROWS
from mailbot.extraction.boilerplate import is_rule, sums_up
from mailbot.extraction.captions import Captions
from mailbot.extraction.label import Label
from mailbot.extraction.labels import Labels
from mailbot.extraction.pairs import may_be_caption, tells_itself
from mailbot.extraction.spans import cut
from mailbot.extraction.ticks import BOXED, has_box
from mailbot.extraction.verdict import is_about_registering

_LABELS_IN_A_ROW = 4
_TABS = re.compile(r"\t+")
_MOST_FLAT_ROWS = 40  # of columns without rules, that may be lines as well
Region = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One way in which a region may be meant: its blocks, and ``by_region`` where
    each table and each run of lines in it is compared by itself."""

    way: FoundBy
    blocks: Region
    by_region: bool = False


def shapes_of(region: Region, labels: Labels) -> Iterator[Shape]:
    first = region[0]
    if not isinstance(first, Table):
        if lines := _lines_with_captions(region, labels):
            yield Shape(FoundBy.ABOVE_ITS_LABEL, lines)
        if lines := _answers_after_all_labels(region, labels):
            yield Shape(FoundBy.LABELS_FIRST, lines)
    elif len(first.rows) <= MOST_ROWS:
        for way, table in (
            (FoundBy.ABOVE_LABELS, _captions_first(first, labels)),
            (FoundBy.BEFORE_LABELS, _labels_first(first, labels)),
            (FoundBy.ROWS_JOINED, _rows_joined(first)),
            (FoundBy.WITHOUT_GAPS, _without_gaps(first, labels)),
        ):
            if table is not None:
                yield Shape(way, (table,))
        if tables := _side_by_side(first, labels):
            yield Shape(FoundBy.SIDE_BY_SIDE, tables)


def as_lines(table: Table) -> Region:
    """The rows of a table as lines cut by tabs; none where a cell holds more than a line."""
    rows: list[Block] = []
    for row in table.rows if len(table.rows) <= _MOST_FLAT_ROWS else ():
        spans: list[Span] = []
        for cell in row:
            if len(cell.blocks) > 1 or any(isinstance(b, Table) or "\n" in b.text for b in cell.blocks):
                return ()
            spans += [Span("\t")] * bool(spans)
            spans += [span for block in cell.blocks if isinstance(block, Paragraph) for span in block.spans]
        if spans:
            rows.append(Paragraph(tuple(spans), row[0].where, table.quote))
    return tuple(rows)


def with_captions(run: Region, labels: Labels) -> Region:
    """A run of lines and of columns between them, each label before the answer above it; none where
    there are no columns, or their labels have room beside them, or where what stands there is no such run."""
    tables = [block for block in run if isinstance(block, Table)]
    if not tables or not 1 < len(run) <= MOST_ROWS or any(_is_answered_beside(one, labels) for one in tables):
        return ()
    lines = [line for block in run for line in (as_lines(block) if isinstance(block, Table) else (block,))]
    return _lines_with_captions(tuple(lines), labels)


def _captions_first(table: Table, labels: Labels) -> Table | None:
    """The table with each row of labels before the row of answers above it; None where its rows are not
    answers and labels by turns, labels last. In a column of them, words may stand above and below."""
    asked = [_all_labels(row, labels) for row in table.rows]
    captions = [n for n, its in enumerate(asked) if its and n and not asked[n - 1]]
    keys = {key for n in captions for key in asked[n]}
    if not captions or len(keys) < 2 or _is_answered_beside(table, labels) or _is_open_beside(table):
        return None
    if captions[0] != 1 or captions[-1] + 1 < len(table.rows):
        inside = slice(captions[0] - 1, captions[-1] + 1)
        if len(keys) < _LABELS_IN_A_ROW or not _is_column(table.rows[inside], asked[inside]):
            return None
    rows = list(table.rows)
    for n in captions:
        rows[n - 1], rows[n] = rows[n], rows[n - 1]
    return _with_columns(table, rows, {cell.column for row in rows for cell in row if cell.text.strip()})


def _is_answered_beside(table: Table, labels: Labels) -> bool:
    """Whether the labels of a column have room beside them."""
    asked = [[labels.match(cell.text) for cell in row] for row in table.rows]
    return bool(Captions(table, asked, labels).columns)


def _is_open_beside(table: Table) -> bool:
    """Whether all that stands in a table is a column of words with a column of room beside it, none of the
    words an answer for certain: a blank, in which nobody wrote above captions."""
    said = [(row, place) for row in table.rows for place, cell in enumerate(row) if cell.text.strip()]
    columns = {row[place].column for row, place in said}
    open_beside = all(place + 1 < len(row) for row, place in said)
    return len(columns) == 1 and open_beside and not any(tells_itself(row[place].text) for row, place in said)


def _is_column(rows: Sequence[Sequence[Cell]], asked: Sequence[Collection[str]]) -> bool:
    """Whether one cell alone stands in each of the rows, and labels in one of every two; ``asked`` is what
    each asks."""
    by_turns = all(one or other for one, other in pairwise(asked))
    return by_turns and all(sum(bool(cell.text.strip()) for cell in row) == 1 for row in rows)


def _with_columns(table: Table, rows: Iterable[Sequence[Cell]], kept: Set[int]) -> Table:
    """The table with these rows, and only the columns that are ``kept``."""
    return replace(table, rows=tuple(tuple(cell for cell in row if cell.column in kept) for row in rows))


def _all_labels(row: Sequence[Cell], labels: Labels) -> set[str]:
    """The questions of a row that holds nothing but labels; none where it holds anything else, or a heading
    of people ("Deelnemer 1")."""
    found = [labels.match(cell.text) for cell in row if cell.text.strip()]
    ours = [label for label in found if label is not None and not label.number]
    return {key for label in ours for key in label.keys} if len(ours) == len(found) else set()


def _lines_with_captions(region: Region, labels: Labels) -> Region:
    """The lines with each label before the answer above it; none where fewer than two labels stand below
    what may be their answer, where most of the labels do not, or where the room to write on is below them."""
    lines = [part for line in region for part in _apart_from_pairs(line, labels)]
    asked = [_are_captions(line, labels) for line in lines]
    below = [n for n in range(1, len(lines)) if asked[n] and _may_answer_all(lines[n - 1], labels)]
    said = sum(len(_cells_of(lines[n])) for n in below)
    if said < 2 or 2 * len(below) < sum(asked) or _rooms_are_below(lines, asked):
        return ()
    for n in reversed(_with_those_among(below, lines, labels)):
        lines[n - 1 : n + 1] = _paired(lines[n - 1], lines[n])
    return tuple(lines)


def _with_those_among(below: Sequence[int], lines: Sequence[Block], labels: Labels) -> list[int]:
    """The places of labels below their answers, with those of labels in other words that go on with them:
    two lines below one, or above it."""
    found = set(below)
    for n in (*range(2, len(lines)), *range(len(lines) - 2, 0, -1)):
        is_next = n not in found and n - 1 not in found and n + 1 not in found and {n - 2, n + 2} & found
        if is_next and _asks_otherwise(lines[n], labels) and _may_answer_all(lines[n - 1], labels):
            found.add(n)
    return sorted(found)


def _asks_otherwise(line: Block, labels: Labels) -> bool:
    text = line.text.strip()
    asks = isinstance(line, Paragraph) and not line.heading and may_be_caption(text) and not has_box(text)
    return asks and "\t" not in text and (labels.match(text) or labels.reworded(text)) is not None


def _may_answer_all(line: Block, labels: Labels) -> bool:
    """Whether a line may answer the labels below it: none of its cells is a label itself."""
    return _may_answer(line) and not any(_caption(cell.text, labels) for cell in _cells_of(line))


def _paired(answers: Block, captions: Block) -> list[Block]:
    """A line of captions and the line above it, cut alike by tabs, as each label before its answer."""
    told, asked = _cells_of(answers), _cells_of(captions)
    if len(told) != len(asked):
        return [captions, answers]
    return [line for pair in zip(asked, told, strict=True) for line in pair]


def _cells_of(line: Block) -> list[Paragraph]:
    """The parts of a line that tabs cut it in; all of it where there is none."""
    if not isinstance(line, Paragraph):
        return []
    text = line.text
    if "\t" not in text:
        return [line]
    edges = [0, *(place for found in _TABS.finditer(text) for place in found.span()), len(text)]
    parts = (cut(line.spans, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))
    return [replace(line, spans=spans) for spans in parts]


def _are_captions(line: Block, labels: Labels) -> bool:
    """Whether a line is nothing but labels of different questions."""
    if not isinstance(line, Paragraph):
        return False
    texts = [text for text in line.text.split("\t") if text] or [""]
    asked = {label.keys for text in texts if (label := _caption(text, labels))}
    return len(asked) == len(texts)


def _apart_from_pairs(line: Block, labels: Labels) -> list[Block]:
    """A line with a label before another that is answered behind it, each by itself: "PLZ", "Ort | Trier"."""
    cells = _cells_of(line)
    captions = [_caption(cell.text, labels) is not None for cell in cells]
    if len(cells) != 3 or captions != [True, True, False]:
        return [line]
    rest = cells[1:]
    spans = (*rest[0].spans, Span("\t"), *rest[1].spans)
    return [cells[0], replace(rest[0], spans=spans)]


def _rooms_are_below(lines: Sequence[Block], asked: Sequence[bool]) -> bool:
    """Whether more of the lines to write on that were left open have a label only above them than only
    below: then "Player" above "First name" is a heading, though it may well be a name."""
    kinds = [
        ("rule" if is_rule(line.text) else "label" if asks else "")
        for line, asks in zip(lines, asked, strict=True)
    ]
    runs = ["", *(kind for kind, _ in groupby(kinds)), ""]
    around = [
        (before == "label", after == "label")
        for before, kind, after in zip(runs, runs[1:], runs[2:], strict=False)
        if kind == "rule"
    ]
    return sum(before - after for before, after in around) > 0


def _answers_after_all_labels(region: Region, labels: Labels) -> Region:
    """A run of labels and a run of as many answers, each answer put behind its label (text boxes that a
    program stores after the text, columns that it reads one by one); none where there is no such run."""
    asked = [_asked_alone(line, labels) for line in region]
    first = next((n for n, its in enumerate(asked) if its), len(region))
    end = next((n for n in range(first, len(region)) if not asked[n]), len(region))
    answers = region[end : end + end - first]
    all_answered = all(
        line.text.strip() and not asked[end + n] and not BOXED.match(line.text)
        for n, line in enumerate(answers)
    )
    if end - first < _LABELS_IN_A_ROW or len(answers) < end - first or not all_answered:
        return ()
    pairs = [line for pair in zip(region[first:end], answers, strict=True) for line in pair]
    return (*region[:first], *pairs, *region[end + len(answers) :])


def _asked_alone(line: Block, labels: Labels) -> bool:
    text = line.text.strip()
    return bool(text) and len(text) <= labels.longest and labels.exactly(text) is not None


def _caption(words: str, labels: Labels) -> Label | None:
    """The label that words are, where they may stand below its answer."""
    text = words.strip()
    label = None if text.endswith((":", "?")) or len(text) > labels.longest else labels.match(text)
    return label if label is not None and label.exact and not (label.many or label.number) else None


def _may_answer(line: Block) -> bool:
    """Whether a line may answer the label below it: no heading, and no title of a form."""
    text = line.text.strip()
    if not text or ":" in text or (isinstance(line, Paragraph) and line.heading):
        return False
    return "@" in text or not is_about_registering(text)


def _labels_first(table: Table, labels: Labels) -> Table | None:
    """A table of two columns, the second all labels and the first none, with them changed over."""
    rows = [(row, labels.match(row[1].text)) for row in table.rows if len(row) == 2]
    asked = {label.keys for _, label in rows if label}
    fits = all(
        labels.match(row[0].text) is None and (label is not None or not row[0].text.strip())
        for row, label in rows
    )
    if len(asked) < 3 or not fits:
        return None
    changed = tuple(
        (replace(row[1], column=row[0].column), replace(row[0], column=row[1].column))
        if len(row) == 2
        else row
        for row in table.rows
    )
    return replace(table, rows=changed)


def _without_gaps(table: Table, labels: Labels) -> Table | None:
    """The table without the empty columns that keep its labels apart; None unless rows of labels stand there
    with answers right below them and nowhere else: else the empty column may be where nobody answered. One
    word below a row of labels may be a heading, and so may words between rows that ask the same."""
    told = {cell.column for row in table.rows for cell in row if cell.text.strip() or _has_room(cell)}
    if all(cell.column in told for row in table.rows for cell in row):
        return None
    heads = [n for n, row in enumerate(table.rows) if _heads_columns(row, labels)]
    below = [table.rows[n + 1] if n + 1 < len(table.rows) else () for n in heads]
    fits = all(_answers_below(table.rows[n], row, labels) for n, row in zip(heads, below, strict=True))
    asked = Counter(key for n in heads for key in _all_labels(table.rows[n], labels))
    several = any(sum(bool(cell.text.strip()) for cell in row) > 1 for row in below)
    if not fits or not several or max(asked.values(), default=0) > 1:
        return None
    return _with_columns(table, table.rows, told)


def _has_room(cell: Cell) -> bool:
    return any(isinstance(b, Table) or any(span.slot for span in b.spans) for b in cell.blocks)


def _heads_columns(row: Sequence[Cell], labels: Labels) -> bool:
    """Whether a row is nothing but labels, two or more, none of them right beside another."""
    columns = [cell.column for cell in row if cell.text.strip()]
    apart = all(after - before > 1 for before, after in pairwise(columns))
    return len(columns) > 1 and apart and len(_all_labels(row, labels)) > 1


def _answers_below(heads: Sequence[Cell], row: Sequence[Cell], labels: Labels) -> bool:
    """Whether what stands in a row below labels stands below one of them, and is no label."""
    columns = {cell.column for cell in heads if cell.text.strip()}
    said = [cell for cell in row if cell.text.strip()]
    return all(cell.column in columns and not labels.exactly(cell.text.strip()) for cell in said)


def _side_by_side(table: Table, labels: Labels) -> Region:
    """A table cut at a column that is empty all the way down, with questions and answers of its own to the
    right of it (a contact beside a list); none where there is no such column."""
    told = {cell.column for row in table.rows for cell in row if cell.text.strip() or _has_room(cell)}
    last = max(told, default=0)
    ends = sorted({cell.column for row in table.rows for cell in row if cell.column < last} - told)
    for gap in ends:
        left, right = _part(table, range(gap)), _part(table, range(gap + 1, last + 1))
        asked = [labels.exactly(row[0].text.strip()) for row in right.rows]
        own = {label.keys for label in asked if label is not None}
        is_list = any(_are_labels_beside(row, labels) for row in left.rows)
        if is_list and len(own) > 1 and 2 * len(own) > len(right.rows):
            return left, right
    return ()


def _are_labels_beside(row: Sequence[Cell], labels: Labels) -> bool:
    """Whether two questions stand right beside each other, as in the headings of a list."""
    asked = [labels.exactly(cell.text.strip()) for cell in row]
    return any(one and other and one.keys != other.keys for one, other in pairwise(asked))


def _part(table: Table, columns: range) -> Table:
    """The columns of a table, without the rows that say nothing there."""
    rows = (tuple(cell for cell in row if cell.column in columns) for row in table.rows)
    return replace(table, rows=tuple(row for row in rows if any(c.text.strip() or _has_room(c) for c in row)))


def _rows_joined(table: Table) -> Table | None:
    """A table whose first column numbers its people, each with one row in all, and its heading cut in
    as many cells as there are columns; None where a column holds two things of one person."""
    columns = max((cell.column + cell.columns for row in table.rows for cell in row), default=0)
    starts = [n for n, row in enumerate(table.rows) if row and row[0].text.strip(" .").isdigit()]
    if len(starts) < 2 or starts[0] == 0 or len(starts) == len(table.rows) - starts[0]:
        return None
    end = next(
        (n for n in range(starts[-1] + 1, len(table.rows)) if _sums_up(table.rows[n])), len(table.rows)
    )
    head = [_spread(row, columns) for row in table.rows[: starts[0]]]
    groups = [table.rows[start:stop] for start, stop in zip(starts, [*starts[1:], end], strict=True)]
    joined = [_one_row(group) for group in groups]
    if any(row is None for row in joined):
        return None
    return replace(table, rows=(*head, *(row for row in joined if row is not None), *table.rows[end:]))


def _sums_up(row: Sequence[Cell]) -> bool:
    """Whether a row tells how many there are, or what they cost."""
    said = [cell.text.strip() for cell in row if cell.text.strip()]
    return bool(said) and sums_up(said[0])


def _one_row(rows: Sequence[Sequence[Cell]]) -> tuple[Cell, ...] | None:
    kept: dict[int, Cell] = {}
    for row in rows:
        for cell in row:
            before = kept.get(cell.column)
            if before is not None and before.text.strip() and cell.text.strip():
                return None
            if before is None or not before.text.strip():
                kept[cell.column] = cell
    return tuple(kept[column] for column in sorted(kept))


def _spread(row: Sequence[Cell], columns: int) -> tuple[Cell, ...]:
    """A heading in one cell over all columns, a word for each of them, as so many cells."""
    words = row[0].text.split() if len(row) == 1 else []
    if len(words) != columns:
        return tuple(row)
    where = row[0].where
    return tuple(
        Cell((Paragraph((Span(word),), where),), where, column=column) for column, word in enumerate(words)
    )
