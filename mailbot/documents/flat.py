"""Office documents saved as one XML file: flat OPC, Word 2003, Excel 2003, flat OpenDocument.

The first two and the last hold what the usual containers hold, so they are put in such a container
and read by its reader; Excel 2003 has its own words for rows and cells.
"""

from __future__ import annotations

import base64
import binascii
import io
import zipfile

from lxml import etree

from mailbot.documents.content import BlockBudget, Content, Unsupported, paragraphs
from mailbot.documents.markup import local, parse
from mailbot.domain.document import Block, Cell, Location, Span, Table, Unit
from mailbot.text.characters import uniform

_WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MOST_COLUMNS = 256


def read(data: bytes, where: Location) -> Content:
    """The blocks of such a document. Raises ``Unreadable`` or one of its kinds."""
    root = parse(data)
    name = local(root)
    if name == "package":
        return _package(root, where)
    if name == "wordDocument":
        from mailbot.documents import docx

        return docx.read(_zip({"word/document.xml": data.replace(_WORD_2003, _WORD)}), where)
    if name == "Workbook":
        return _workbook(root, where)
    if name == "document":
        return _open_document(root, data, where)
    raise Unsupported(name)


def _package(root: etree._Element, where: Location) -> Content:
    """Flat OPC: each part of the container is an element."""
    members: dict[str, bytes] = {}
    for part in root:
        path = _attribute(part, "name")
        for holder in part:
            if local(holder) == "xmlData" and len(holder):
                members[path.lstrip("/")] = etree.tostring(holder[0])
            elif local(holder) == "binaryData":
                members[path.lstrip("/")] = _decoded(holder.text or "")
    if any(path.startswith("word/") for path in members):
        from mailbot.documents import docx

        return docx.read(_zip(members), where)
    if any(path.startswith("xl/") for path in members):
        from mailbot.documents import xlsx

        return xlsx.read(_zip(members), where)
    raise Unsupported("package")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""  # a picture that is damaged says nothing that is read


def _open_document(root: etree._Element, data: bytes, where: Location) -> Content:
    """Flat OpenDocument: one element with what the container keeps in several."""
    mime = _attribute(root, "mimetype")
    members = {"mimetype": mime.encode(), "content.xml": data, "styles.xml": data}
    if "spreadsheet" in mime:
        from mailbot.documents import ods

        return ods.read(_zip(members), where)
    if "text" in mime:
        from mailbot.documents import odt

        return odt.read(_zip(members), where)
    raise Unsupported(mime)


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, data in members.items():
            archive.writestr(path, data)
    return out.getvalue()


# ---------------------------------------------------------------- Excel 2003


def _workbook(root: etree._Element, where: Location) -> Content:
    budget = BlockBudget()
    blocks: list[Block] = []
    for sheet in root:
        if local(sheet) != "Worksheet":
            continue
        at = where.at(Unit.SHEET, _attribute(sheet, "Name") or 0)
        rows = [row for table in sheet if local(table) == "Table" for row in table if local(row) == "Row"]
        found = tuple(
            cells for n, row in enumerate(rows, 1) if (cells := _row(row, at.at(Unit.ROW, n), budget))
        )
        if found:
            blocks.append(Table(found, at))
    return Content(tuple(blocks))


def _row(row: etree._Element, where: Location, budget: BlockBudget) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    column = 0
    for element in row:
        if local(element) != "Cell":
            continue
        budget.spend()
        index = _count(element, "Index", column + 1) - 1
        if index >= _MOST_COLUMNS:
            break
        cells += [Cell((), where.at(Unit.COLUMN, n + 1), column=n) for n in range(column, index)]
        column = index
        wide = _count(element, "MergeAcross", 0) + 1
        texts = ("".join(map(str, data.itertext())) for data in element if local(data) == "Data")
        text = uniform("".join(texts))
        at = where.at(Unit.COLUMN, column + 1)
        cells.append(Cell(tuple(paragraphs([Span(text)], at)), at, wide, 1, column))
        column += wide
    return tuple(cells)


def _attribute(element: etree._Element, name: str) -> str:
    """The value of an attribute, whatever namespace it is in; empty for none."""
    pairs = ((str(key), str(value)) for key, value in element.attrib.items())
    return next((value for key, value in pairs if key.rpartition("}")[2] == name), "")


def _count(element: etree._Element, name: str, default: int) -> int:
    text = _attribute(element, name)
    return min(int(text), _MOST_COLUMNS + 1) if text.isdigit() and len(text) < 6 else default
