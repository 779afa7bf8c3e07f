"""The Excel table over a list: headers, filters and banding (ECMA-376 part 1, 18.5)."""

from __future__ import annotations

import re

from lxml import etree
from openpyxl.utils.cell import get_column_letter, range_boundaries

from mailbot.workbook.values import plain
from mailbot.xlsx.package import MAIN, REL, parse, q
from mailbot.xlsx.worksheet import Worksheet

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"


def cover(sheet: Worksheet, name: str, header: int, column: int, last: int) -> None:
    """Stretches the table that holds the header cell (a new one if none does) over the rows to
    ``last`` and over all columns with a header beside it. Hers keep their place and formulas."""
    package = sheet.book.package
    part = next(
        (
            part
            for part in package.related(sheet.part, "table").values()
            if _holds(sheet, part, header, column)
        ),
        "",
    )
    first_column = last_column = column
    while first_column > 1 and _header(sheet, header, first_column - 1):
        first_column -= 1
    while _header(sheet, header, last_column + 1):
        last_column += 1
    if part:
        first, _, end, _ = range_boundaries(package.tree(part).get("ref") or "A1")
        first_column, last_column = min(first_column, int(first or 1)), max(last_column, int(end or 1))
        while last_column > first_column and not _header(sheet, header, last_column):
            last_column -= 1
    else:
        part = _new(sheet, name)
    root = package.tree(part)
    reference = (
        f"{get_column_letter(first_column)}{header}:{get_column_letter(last_column)}{max(last, header + 1)}"
    )
    root.set("ref", reference)
    auto_filter = root.find(q("autoFilter"))
    if auto_filter is None:
        auto_filter = etree.Element(q("autoFilter"))
        root.insert(0, auto_filter)
    auto_filter.set("ref", reference)
    _columns(sheet, root, header, first_column, last_column)


def _header(sheet: Worksheet, row: int, column: int) -> str:
    return plain(sheet.get(row, column))


def _holds(sheet: Worksheet, part: str, header: int, column: int) -> bool:
    if part not in sheet.book.package.parts:
        return False
    first, top, last, _ = range_boundaries(sheet.book.package.tree(part).get("ref") or "A1")
    return top == header and (first or 1) <= column <= (last or 1)


def _columns(sheet: Worksheet, root: etree._Element, header: int, first: int, last: int) -> None:
    """Makes the table's own list of columns agree with the headers that stand there, as Excel
    demands: the same words, none empty, none twice."""
    columns = root.find(q("tableColumns"))
    if columns is None:
        columns = etree.SubElement(root, q("tableColumns"))
    held = {element.get("name") or "": element for element in columns}
    number = max((int(element.get("id") or 0) for element in columns), default=0)
    for element in list(columns):
        columns.remove(element)
    used: set[str] = set()
    for index in range(first, last + 1):
        text = str(sheet.get(header, index) or "")
        wanted = text or f"Kolom{index}"
        count = 1
        while wanted.casefold() in used:
            count += 1
            wanted = f"{text or 'Kolom'}{count}"
        used.add(wanted.casefold())
        if wanted != text:
            sheet.set(header, index, wanted)
        name = wanted.replace("\n", "_x000a_")
        if name not in held:
            number += 1
            held[name] = etree.Element(q("tableColumn"), id=str(number), name=name)
        columns.append(held[name])
    columns.set("count", str(len(columns)))


def _new(sheet: Worksheet, name: str) -> str:
    package = sheet.book.package
    tables = [package.tree(part) for part in package.parts if re.match(r"xl/tables/.*\.xml$", part)]
    number = max((int(table.get("id") or 0) for table in tables), default=0) + 1
    taken = {(table.get("displayName") or "").casefold() for table in tables}
    display = re.sub(r"\W", "_", name)
    while display.casefold() in taken:
        display += "_"
    part = package.free_name("xl/tables/table{}.xml")
    package.add(
        part,
        f'<table xmlns="{MAIN}" id="{number}" name="{display}" displayName="{display}" ref="A1:A2" '
        'totalsRowShown="0"><autoFilter ref="A1:A2"/><tableColumns count="0"/><tableStyleInfo '
        'name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" showRowStripes="1" '
        'showColumnStripes="0"/></table>'.encode(),
        _TYPE,
    )
    old = sheet.section("autoFilter")  # LibreOffice keeps a table's filter as one of the sheet
    if old is not None:
        kept = parse(etree.tostring(old))
        table = package.tree(part)
        table.replace(table[0], kept)
        sheet.root.remove(old)
        sheet.book.undefine("_xlnm._FilterDatabase", sheet)
    parts = sheet.ensure("tableParts")
    element = etree.SubElement(parts, q("tablePart"))
    element.set(f"{{{REL}}}id", package.relate(sheet.part, "table", part))
    parts.set("count", str(len(parts)))
    return part
