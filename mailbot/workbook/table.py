"""The Excel table over a list: headers, filters and banding (ECMA-376 part 1, 18.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from mailbot.workbook.values import plain
from mailbot.xlsx.cell_names import boundaries, column_letters
from mailbot.xlsx.package import MAIN, REL, parse, q, told_as_damage
from mailbot.xlsx.worksheet import Worksheet

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"


@told_as_damage()
def cover(sheet: Worksheet, name: str, header: int, column: int, last: int) -> None:
    """Stretches the table of the list (a new one if there is none) over the rows to ``last`` and over
    all columns with a header beside that of ``column``. Hers keep their place and formulas.

    Tables never overlap, which Excel takes for damage: the list's own is the one that holds that
    column, else the one that holds most of its headers; others beside it keep their columns.
    """
    first_column, last_column = _headed(sheet, header, column)
    tables = _tables(sheet)
    part = _own(tables, header, column, first_column, last_column)
    if part:
        first, _, end, _ = tables.pop(part)
        first_column, last_column = min(first_column, first), max(last_column, end)
        while last_column > first_column and not _header(sheet, header, last_column):
            last_column -= 1
    last = max(last, header + 1)
    for first, top, end, bottom in tables.values():
        if top > last or bottom < header or end < first_column or first > last_column:
            continue
        if first > column:
            last_column = first - 1
        elif end < column:
            first_column = end + 1
        else:
            return  # a table of hers lies right on the list, which stays one without a table of ours
    root = sheet.book.package.tree(part or _new(sheet, name))
    _stretch(root, f"{column_letters(first_column)}{header}:{column_letters(last_column)}{last}")
    _columns(sheet, root, header, first_column, last_column)


def _own(
    tables: Mapping[str, tuple[int, int, int, int]], header: int, column: int, first: int, last: int
) -> str:
    """The part of the list's own table, of those that begin in the row of its headers; empty for none."""
    held = {
        part: min(last, box[2]) - max(first, box[0]) + 1
        for part, box in tables.items()
        if box[1] == header and box[0] <= last and first <= box[2]
    }
    return max(held, key=lambda part: (tables[part][0] <= column <= tables[part][2], held[part]), default="")


def _headed(sheet: Worksheet, header: int, column: int) -> tuple[int, int]:
    """The first and last of the columns with a header that lie beside each other, around one."""
    first = last = column
    while first > 1 and _header(sheet, header, first - 1):
        first -= 1
    while _header(sheet, header, last + 1):
        last += 1
    return first, last


def _stretch(root: etree._Element, reference: str) -> None:
    root.set("ref", reference)
    auto_filter = root.find(q("autoFilter"))
    if auto_filter is None:
        auto_filter = etree.Element(q("autoFilter"))
        root.insert(0, auto_filter)
    auto_filter.set("ref", reference)


def _tables(sheet: Worksheet) -> dict[str, tuple[int, int, int, int]]:
    """The tables of a sheet by part, each with its first column, top, last column and bottom."""
    package = sheet.book.package
    found = {}
    for part in package.related(sheet.part, "table").values():
        if part in package.parts:
            first, top, last, bottom = boundaries(package.tree(part).get("ref") or "A1")
            found[part] = (first or 1, top or 1, last or 1, bottom or 1)
    return found


def _header(sheet: Worksheet, row: int, column: int) -> str:
    return plain(sheet.get(row, column))


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
