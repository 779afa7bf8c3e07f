"""Lines and tables gathered from a stream of marks (rtf, doc), then given their places.

In these formats a table is not a tree: cells and rows end where a mark says so, at the depth
that the paragraph before it had.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mailbot.documents.content import DEEPEST, BlockBudget, RowsWithMerges, TooLarge, paragraphs
from mailbot.domain.document import Block, Cell, Location, Span, Table, Unit


@dataclass(frozen=True, slots=True)
class CellShape:
    """How a row describes one of its cells. ``right`` is its right edge in twips; ``joins_left``
    and ``joins_above`` mark the covered part of a merged cell, ``starts_down`` its first."""

    right: int
    joins_left: bool = False
    joins_above: bool = False
    starts_down: bool = False


@dataclass(slots=True)
class _Cell:
    nodes: list[_Node]
    shape: CellShape | None = None


@dataclass(slots=True)
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    spans: list[Span]
    heading: bool


@dataclass(frozen=True, slots=True)
class _Box:
    story: Story
    number: int


_Node = _Line | _Table | _Box


@dataclass(slots=True)
class _Level:
    """A table that is open: its rows, the cells of the row in hand, the nodes of that cell."""

    table: _Table = field(default_factory=_Table)
    cells: list[_Cell] = field(default_factory=list)
    nodes: list[_Node] = field(default_factory=list)


class Story:
    """Takes paragraphs, cell ends and row ends in the order of the stream."""

    def __init__(self, budget: BlockBudget) -> None:
        self._budget = budget
        self._body: list[_Node] = []
        self._levels: list[_Level] = []
        self._anchored: list[_Box] = []

    def box(self, story: Story, number: int) -> None:
        """A text box is anchored in the paragraph in hand: what stands in it comes behind that."""
        self._anchored.append(_Box(story, number))

    def paragraph(self, spans: list[Span], depth: int, heading: bool = False) -> None:
        """A paragraph ends; ``depth`` is how many tables it stands in."""
        self._budget.spend(1 + len(spans))
        self._to(depth)
        self._nodes().append(_Line(spans, heading))
        self._nodes().extend(self._anchored)
        self._anchored = []

    def cell(self, spans: list[Span], depth: int) -> None:
        """The last paragraph of a cell ends, and the cell with it."""
        self.paragraph(spans, max(1, depth))
        level = self._levels[-1]
        level.cells.append(_Cell(level.nodes))
        level.nodes = []

    def row(self, shapes: list[CellShape], depth: int) -> None:
        """A row ends; ``shapes`` describe its cells as far as they are known."""
        depth = max(1, depth)
        if len(self._levels) < depth:
            return
        self._to(depth)
        level = self._levels[-1]
        if not level.cells:
            return
        for number, cell in enumerate(level.cells):
            cell.shape = shapes[number] if number < len(shapes) else None
        while shapes and len(level.cells) > len(shapes) and not _says_something(level.cells[-1]):
            level.cells.pop()  # LibreOffice writes an end mark too many after a table in a cell
        level.table.rows.append(level.cells)
        level.cells, level.nodes = [], []

    def blocks(self, where: Location) -> list[Block]:
        """All of it as blocks, with their sources: "regel 4", "tabel 1, rij 3"."""
        self._to(0)
        self._body += self._anchored
        self._anchored = []
        blocks: list[Block] = []
        lines = tables = 0
        for node in self._body:
            if isinstance(node, _Table):
                tables += 1
                blocks.append(_grid(node, where.at(Unit.TABLE, tables)))
            elif isinstance(node, _Box):
                blocks += node.story.blocks(where.at(Unit.BOX, node.number))
            else:
                for paragraph in paragraphs(node.spans, where, node.heading):
                    lines += 1
                    blocks += paragraphs(list(paragraph.spans), where.at(Unit.LINE, lines), node.heading)
        return blocks

    def _nodes(self) -> list[_Node]:
        return self._levels[-1].nodes if self._levels else self._body

    def _to(self, depth: int) -> None:
        """Opens or closes tables until ``depth`` are open."""
        if depth > DEEPEST:
            raise TooLarge("tables in tables")
        while len(self._levels) < depth:
            self._levels.append(_Level())
        while len(self._levels) > depth:
            level = self._levels.pop()
            if level.nodes:  # text after the last cell mark: a row that was cut short
                level.cells.append(_Cell(level.nodes))
            if level.cells:
                level.table.rows.append(level.cells)
            if level.table.rows:
                self._nodes().append(level.table)


def _says_something(cell: _Cell) -> bool:
    return any(
        not isinstance(node, _Line) or any(span.text.strip() or span.slot for span in node.spans)
        for node in cell.nodes
    )


def _grid(table: _Table, where: Location) -> Table:
    edges = sorted({cell.shape.right for row in table.rows for cell in row if cell.shape})
    columns = {edge: number for number, edge in enumerate(edges, 1)}
    grid = RowsWithMerges()
    for number, row in enumerate(table.rows, 1):
        grid.begin()
        source = where.at(Unit.ROW, number)
        column = 0
        for cell in row:
            shape = cell.shape or CellShape(0)
            end = columns[shape.right] if cell.shape else column + 1
            wide = max(1, end - column)
            covered = (shape.joins_left and grid.widen(wide)) or (shape.joins_above and grid.lengthen(column))
            if not covered:
                blocks = tuple(_inside(cell.nodes, source))
                read = Cell(blocks, source, wide, 1, column, _ends_empty(cell))
                grid.put(read, goes_on=shape.starts_down)
            column += wide
    return grid.table(where)


def _ends_empty(cell: _Cell) -> bool:
    """Whether an empty line ends a cell of words."""
    return (
        len(cell.nodes) > 1
        and all(isinstance(node, _Line) for node in cell.nodes)
        and not _says_something(_Cell(cell.nodes[-1:]))
    )


def _inside(nodes: list[_Node], where: Location) -> list[Block]:
    blocks: list[Block] = []
    tables = 0
    for node in nodes:
        if isinstance(node, _Table):
            tables += 1
            blocks.append(_grid(node, where.at(Unit.TABLE, tables)))
        elif isinstance(node, _Box):
            blocks += node.story.blocks(where)
        else:
            blocks += paragraphs(node.spans, where, node.heading)
    return blocks
