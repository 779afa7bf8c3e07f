"""Rows of tables that say something only together, put in the plain shape.

A line of labels above a table without headings is its first row: some programs draw rules only around what
is to be filled in. Options side by side below their question, with room for a mark below each, are one
answer, and none of them is what somebody wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from mailbot.domain.document import Block, Cell, Paragraph, Span, Table
from mailbot.domain.form import FieldKind
from mailbot.extraction.label import Label
from mailbot.extraction.labels import Labels
from mailbot.extraction.spans import cut
from mailbot.extraction.ticks import LONE_MARK
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.normalize import letters

Row = tuple[Cell, ...]


# ---------------------------------------------------------------- headings above a table


def with_headings(blocks: Iterable[Block], labels: Labels) -> Iterator[Block]:
    """The blocks, with each line that is nothing but labels, apart by tabs, as the first row of the table
    below it, where that has a column for each and asks nothing there itself."""
    above: Block | None = None
    for block in blocks:
        heads = _headings(above, block, labels)
        if heads and isinstance(block, Table):
            above = replace(block, rows=(heads, *block.rows))
            continue
        if above is not None:
            yield above
        above = block
    if above is not None:
        yield above


def _headings(line: Block | None, table: Block, labels: Labels) -> Row:
    """A line as the row of headings of the table below it; nothing where it is none."""
    if not isinstance(line, Paragraph) or "\t" not in line.text or not isinstance(table, Table):
        return ()
    parts = _parts(line)
    asked = [label for part in parts if (label := labels.match(part.text.strip()))]
    first = table.rows[0] if table.rows else ()
    if len(asked) < len(parts) or all(label.is_other for label in asked):
        return ()
    if any(labels.exactly(cell.text.strip()) for cell in first if cell.text.strip()):
        return ()
    columns = _columns_of(asked, first, labels)
    if not columns:
        return ()
    ends = [*columns[1:], first[-1].column + first[-1].columns]
    return tuple(
        Cell((part,), first[0].where, columns=end - start, column=start)
        for part, start, end in zip(parts, columns, ends, strict=True)
    )


def _parts(line: Paragraph) -> list[Paragraph]:
    """What stands between the tabs of a line."""
    edges = [-1, *(n for n, sign in enumerate(line.text) if sign == "\t"), len(line.text)]
    parts = (replace(line, spans=cut(line.spans, start + 1, end)) for start, end in pairwise(edges))
    return [part for part in parts if part.text.strip()]


def _columns_of(asked: Sequence[Label], row: Row, labels: Labels) -> list[int]:
    """In which column what answers each label begins: a cell for each, and for a choice as many as there are
    options beside each other; nothing where that does not come out even."""
    columns: list[int] = []
    at = 0
    for label in asked:
        if at >= len(row):
            return []
        columns.append(row[at].column)
        options = _options(label, labels)
        offered = 0
        while options and at + offered < len(row) and letters(row[at + offered].text) in options:
            offered += 1
        at += max(1, offered)
    return columns if at == len(row) else []


def _options(label: Label | None, labels: Labels) -> frozenset[str]:
    field = labels.form.field(label.key) if label else None
    offers = field is not None and field.kind is FieldKind.CHOICE
    return frozenset(map(letters, field.choices)) if field and offers else frozenset()


# ---------------------------------------------------------------- options with their marks below them


def with_marked_options(table: Table, labels: Labels) -> Table:
    """The table with options that stand side by side below their question, among the answers to others, in
    one cell, each with the mark below it."""
    rows: list[Row] = []
    left = list(table.rows)
    while left:
        row, below = left.pop(0), left[0] if left else ()
        options = _offered_below(rows[-1], row, labels) if rows else []
        if not options:
            rows.append(row)
            continue
        marked = _marks(below, options)
        if marked is not None:
            left.pop(0)
        rows.append(_as_one(row, options, marked or frozenset()))
    return replace(table, rows=tuple(rows))


def _offered_below(heads: Row, row: Row, labels: Labels) -> list[Cell]:
    """Two or more options of one question of the row above, with something else beside them."""
    for head in heads:
        choices = _options(labels.match(head.text.strip()), labels) if head.text.strip() else ()
        found = [cell for cell in row if cell.column >= head.column and letters(cell.text) in choices]
        others = [cell for cell in row if cell not in found and cell.text.strip()]
        if len({letters(cell.text) for cell in found}) > 1 and others:
            return found
    return []


def _marks(row: Row, options: Sequence[Cell]) -> frozenset[int] | None:
    """The columns of the options below which a mark stands; None where the row holds anything else."""
    said = [cell for cell in row if cell.text.strip()]
    columns = {cell.column for cell in options}
    if not row or any(cell.column not in columns or not LONE_MARK.fullmatch(cell.text) for cell in said):
        return None
    return frozenset(cell.column for cell in said)


def _as_one(row: Row, options: Sequence[Cell], marked: frozenset[int]) -> Row:
    spans = tuple(
        Span(f"{TICKED if cell.column in marked else UNTICKED} {cell.text.strip()}  ") for cell in options
    )
    first = replace(options[0], blocks=(Paragraph(spans, options[0].where),))
    emptied = {cell.column: replace(cell, blocks=()) for cell in options[1:]} | {first.column: first}
    return tuple(emptied.get(cell.column, cell) for cell in row)
