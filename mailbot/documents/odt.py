"""Text documents of LibreOffice and its like (odt): what a reader of the page sees, in order."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from mailbot.documents.content import DEEPEST, BlockBudget, Content, TooLarge, Unreadable, paragraphs
from mailbot.documents.markup import local
from mailbot.documents.odf import OdfStyles, controls, count, opened, value
from mailbot.documents.odt_line import OdtLine
from mailbot.domain.document import Block, Cell, Location, Paragraph, Span, Table, Unit

_MOST_COLUMNS = 64
_MOST_REPEATS = 200
_FURNITURE = {"header": Unit.HEADER, "header-first": Unit.HEADER, "header-left": Unit.HEADER}
_FURNITURE |= {"footer": Unit.FOOTER, "footer-first": Unit.FOOTER, "footer-left": Unit.FOOTER}
_GONE = frozenset(
    {"tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls", "annotation"}
)


def read(data: bytes, where: Location) -> Content:
    """The body, then page headers and footers, each once; sources as for a Word document.

    Raises ``Unreadable`` or one of its kinds.
    """
    content, furniture = opened(data)
    body = next((element for element in content.iter() if local(element) == "text" and len(element)), None)
    if body is None:
        body = next((element for element in content.iter() if local(element) == "body"), None)
    if body is None:
        raise Unreadable("no body")
    styles = OdfStyles(furniture, content)
    budget = BlockBudget()
    blocks = _Story(styles, controls(content), budget).blocks(body, where)
    seen: set[str] = set()
    for element in furniture.iter() if furniture is not None else ():
        unit = _FURNITURE.get(local(element))
        if unit:
            found = _Story(styles, {}, budget).blocks(element, where.at(unit))
            text = "\n".join(block.text for block in found)
            if text not in seen:
                blocks += found
                seen.add(text)
    return Content(tuple(blocks))


class _Story:
    """One story of the document: counts its lines, tables and text boxes."""

    def __init__(self, styles: OdfStyles, controls_by_id: dict[str, Span], budget: BlockBudget) -> None:
        self._styles = styles
        self._controls = controls_by_id
        self._budget = budget
        self._boxes = 0

    def blocks(self, container: etree._Element, where: Location) -> list[Block]:
        lines = 0
        blocks: list[Block] = []
        for block in self._content(container, where, 1, 0):
            if isinstance(block, Paragraph) and block.where == where:
                lines += 1
                block = replace(block, where=where.at(Unit.LINE, lines))
            blocks.append(block)
        return blocks

    def _content(self, container: etree._Element, where: Location, depth: int, wrappers: int) -> list[Block]:
        if depth > DEEPEST or wrappers > 60:
            raise TooLarge("too deep")
        blocks: list[Block] = []
        tables = 0
        for element in container:
            name = local(element)
            if name in ("p", "h"):
                blocks += self._paragraph(element, where, depth, heading=name == "h")
            elif name == "table":
                tables += 1
                blocks.append(self._grid(element, where.at(Unit.TABLE, tables), depth))
            elif name in ("frame", "text-box", "control", "custom-shape", "rect", "g"):
                blocks += self._drawn(element, where, depth)
            elif name and name not in _GONE and value(element, "display") != "none":
                inner = self._content(element, where, depth, wrappers + 1)
                tables += sum(isinstance(block, Table) for block in inner)
                blocks += inner
        return blocks

    def _paragraph(self, element: etree._Element, where: Location, depth: int, heading: bool) -> list[Block]:
        line = OdtLine(self._styles, self._controls)
        line.read(element)
        self._budget.spend(1 + len(line.spans))
        heading = heading or value(element, "style-name") in ("Title", "Subtitle")
        blocks: list[Block] = list(paragraphs(line.spans, where, heading))
        for box in line.boxes:
            blocks += self._drawn(box, where, depth)
        return blocks

    def _drawn(self, element: etree._Element, where: Location, depth: int) -> list[Block]:
        """What stands in a text box or shape, or the form control drawn there."""
        if local(element) == "control":
            span = self._controls.get(value(element, "control"))
            return [Paragraph((span,), where)] if span else []
        self._boxes += 1
        place = where if where.has(Unit.ROW) else where.at(Unit.BOX, self._boxes)
        return self._content(element, place, depth + 1, 0)

    def _grid(self, table: etree._Element, where: Location, depth: int) -> Table:
        rows: list[tuple[Cell, ...]] = []
        for row in _rows(table):
            for _ in range(count(row, "number-rows-repeated", _MOST_REPEATS)):
                rows.append(self._row(row, where.at(Unit.ROW, len(rows) + 1), depth))
        return Table(tuple(rows), where)

    def _row(self, row: etree._Element, where: Location, depth: int) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        column = 0
        for element in row:
            name = local(element)
            repeated = count(element, "number-columns-repeated", _MOST_COLUMNS)
            if name == "covered-table-cell":
                column += repeated
            if name != "table-cell":
                continue
            wide = count(element, "number-columns-spanned", _MOST_COLUMNS)
            high = count(element, "number-rows-spanned", 500)
            for _ in range(repeated):
                self._budget.spend()
                if column >= _MOST_COLUMNS:
                    break
                blocks = tuple(self._content(element, where, depth + 1, 0))
                cells.append(Cell(blocks, where, wide, high, column, _ends_empty(element)))
                column += 1
        return tuple(cells)


def _ends_empty(cell: etree._Element) -> bool:
    """Whether an empty line ends a cell of words."""
    return (
        len(cell) > 1
        and all(local(line) in ("p", "h") for line in cell)
        and not len(cell[-1])
        and not (cell[-1].text or "").strip()
    )


def _rows(table: etree._Element, wrappers: int = 0) -> list[etree._Element]:
    rows: list[etree._Element] = []
    for element in table:
        if local(element) == "table-row":
            rows.append(element)
        elif local(element) in ("table-header-rows", "table-rows", "table-row-group") and wrappers < DEEPEST:
            rows += _rows(element, wrappers + 1)
    return rows
