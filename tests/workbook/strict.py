"""What Excel asks of a workbook lest it offers to repair it: ECMA-376 part 1, and what it does not say.

``complaints`` gives what is wrong with a file, a line each; nothing for a good one.
"""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

from mailbot.xlsx.package import MAIN, q
from mailbot.xlsx.worksheet import ORDER

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def complaints(data: bytes) -> list[str]:
    """All that a strict reader would find in the bytes of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    found = [f"part {name} is there twice" for name, count in Counter(names).items() if count > 1]
    trees = {}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                found.append(f"{name}: {error}")
    if found:
        return found
    return list(
        itertools.chain(
            _types(trees, parts),
            _relationships(trees, parts),
            _book(trees),
            _styles(trees["xl/styles.xml"]),
            *(_sheet(name, trees) for name in trees if _SHEET.fullmatch(name)),
            _tables(trees),
            *(_drawing(name, trees) for name in trees if re.fullmatch(r"xl/drawings/[^/]+\.xml", name)),
            *(_custom(root) for name, root in trees.items() if name.startswith("docProps/custom")),
        )
    )


def _related(trees: dict[str, etree._Element], source: str) -> dict[str, str]:
    folder, name = posixpath.split(source)
    root = trees.get(f"{folder}/_rels/{name}.rels")
    relations = [] if root is None else [e for e in root if e.get("TargetMode") != "External"]
    return {
        e.get("Id"): posixpath.normpath(posixpath.join("/", folder, e.get("Target")))[1:] for e in relations
    }


def _twice(values: Iterable[object], what: str) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{what}: {value} is there {count} times"


def _types(trees: dict[str, etree._Element], parts: dict[str, bytes]) -> Iterator[str]:
    root = trees["[Content_Types].xml"]
    defaults = {e.get("Extension").lower() for e in root.iter(f"{_TYPES}Default")}
    overrides = [e.get("PartName")[1:] for e in root.iter(f"{_TYPES}Override")]
    yield from _twice(overrides, "content types")
    yield from (f"content types: {name} does not exist" for name in overrides if name not in parts)
    for name in parts:
        if name not in overrides and name.rpartition(".")[2].lower() not in defaults:
            yield f"content types: nothing for {name}"
        if _SHEET.fullmatch(name) and name not in overrides:
            yield f"content types: {name} is no worksheet"


def _relationships(trees: dict[str, etree._Element], parts: dict[str, bytes]) -> Iterator[str]:
    for name, root in trees.items():
        if not name.endswith(".rels"):
            continue
        yield from _twice((e.get("Id") for e in root), name)
        folder, _, own = name.partition("_rels/")
        source = folder + own.removesuffix(".rels")
        if source != folder and source not in parts:
            yield f"{name}: belongs to nothing"
        for id_, target in _related(trees, source).items():
            if target not in parts:
                yield f"{name}: {id_} leads to {target}, which does not exist"
    for name, root in trees.items():
        if name.endswith(".rels") or name.startswith("docProps"):
            continue
        folder, own = posixpath.split(name)
        rels = trees.get(f"{folder}/_rels/{own}.rels")
        ids = set() if rels is None else {e.get("Id") for e in rels}
        for element in root.iter():
            for key, value in element.attrib.items():
                if key in (f"{_R}id", f"{_R}embed") and value not in ids:
                    yield f"{name}: {element.tag} names {value}, which does not exist"


def _book(trees: dict[str, etree._Element]) -> Iterator[str]:
    root = trees["xl/workbook.xml"]
    sheets = root.findall(f"{q('sheets')}/{q('sheet')}")
    titles = [sheet.get("name") for sheet in sheets]
    yield from _twice((title.casefold() for title in titles), "sheet name")
    yield from _twice((sheet.get("sheetId") for sheet in sheets), "sheetId")
    yield from _twice((sheet.get(f"{_R}id") for sheet in sheets), "sheet r:id")
    for title in titles:
        if not 0 < len(title) <= 31 or re.search(r"[\[\]:*?/\\]", title) or title.strip("'") != title:
            yield f"sheet name {title!r}"
    if all(sheet.get("state", "visible") != "visible" for sheet in sheets):
        yield "no sheet can be seen"
    names = list(root.iter(q("definedName")))
    yield from _twice(((n.get("name").casefold(), n.get("localSheetId")) for n in names), "defined name")
    for name in names:
        if name.get("localSheetId") and int(name.get("localSheetId")) >= len(sheets):
            yield f"defined name {name.get('name')}: sheet {name.get('localSheetId')}"
        for title in re.findall(r"'((?:[^']|'')+)'!", name.text or ""):
            if title.replace("''", "'") not in titles:
                yield f"defined name {name.get('name')}: no sheet {title}"
    order = ("workbookPr", "bookViews", "sheets", "definedNames", "calcPr", "extLst")
    yield from _in_order("xl/workbook.xml", root, order)


def _in_order(
    name: str, root: etree._Element, order: tuple[str, ...], many: tuple[str, ...] = ()
) -> Iterator[str]:
    children = [etree.QName(c).localname for c in root if isinstance(c.tag, str)]
    places = [order.index(child) for child in children if child in order]
    if places != sorted(places):
        yield f"{name}: out of order: {children}"
    yield from _twice((child for child in children if child in order and child not in many), name)


def _styles(root: etree._Element) -> Iterator[str]:
    lists = {etree.QName(child).localname: child for child in root}
    for name, element in lists.items():
        if element.get("count") and int(element.get("count")) != len(element):
            yield f"styles: {name} counts {element.get('count')}, has {len(element)}"
    formats = {int(e.get("numFmtId")) for e in lists.get("numFmts", ())}
    for index, xf in enumerate(lists["cellXfs"]):
        for key, where in (
            ("fontId", "fonts"),
            ("fillId", "fills"),
            ("borderId", "borders"),
            ("xfId", "cellStyleXfs"),
        ):
            if int(xf.get(key) or 0) >= len(lists[where]):
                yield f"styles: format {index}: {key} {xf.get(key)}"
        number = int(xf.get("numFmtId") or 0)
        if number > 163 and number not in formats:
            yield f"styles: format {index}: numFmtId {number}"
    order = (
        "numFmts",
        "fonts",
        "fills",
        "borders",
        "cellStyleXfs",
        "cellXfs",
        "cellStyles",
        "dxfs",
        "tableStyles",
    )
    yield from _in_order("styles", root, order)


def _sheet(name: str, trees: dict[str, etree._Element]) -> Iterator[str]:
    root, styles = trees[name], trees["xl/styles.xml"]
    yield from _in_order(name, root, ORDER, ("conditionalFormatting",))
    formats, differences = len(styles.find(q("cellXfs"))), len(styles.findall(f"{q('dxfs')}/{q('dxf')}"))
    strings = trees.get("xl/sharedStrings.xml")
    shared = 0 if strings is None else len(strings.findall(q("si")))
    before = 0
    for row in root.find(q("sheetData")):
        number = int(row.get("r"))
        if number <= before:
            yield f"{name}: row {number} after {before}"
        before, last = number, 0
        for cell in row:
            place = f"{name}: {cell.get('r')}"
            letters, at = coordinate_from_string(cell.get("r"))
            column = column_index_from_string(letters)
            if at != number or column <= last:
                yield f"{place} stands in row {number} behind column {last}"
            last = column
            if int(cell.get("s") or 0) >= formats:
                yield f"{place}: format {cell.get('s')}"
            value = cell.findtext(q("v"))
            if cell.get("t") == "s" and not int(value or -1) < shared:
                yield f"{place}: string {value}"
            if (cell.get("t") == "inlineStr") != (cell.find(q("is")) is not None):
                yield f"{place}: inline string"
            if cell.get("t", "n") == "n" and value:
                float(value)
            if len("".join(cell.itertext())) > 32_767 or len(cell.findtext(q("f")) or "") > 8_192:
                yield f"{place}: too long"
    spans = [(int(c.get("min")), int(c.get("max"))) for c in root.iter(q("col"))]
    if any(one[1] >= other[0] for one, other in itertools.pairwise(spans)):
        yield f"{name}: columns overlap: {spans}"
    yield from _overlaps(name, [e.get("ref") for e in root.iter(q("mergeCell"))])
    yield from _around(name, root, differences)


def _around(name: str, root: etree._Element, differences: int) -> Iterator[str]:
    for kind in ("dataValidations", "mergeCells", "tableParts", "rowBreaks"):
        element = root.find(q(kind))
        if element is not None and (
            len(element) == 0 or int(element.get("count") or len(element)) != len(element)
        ):
            yield f"{name}: {kind} counts {element.get('count')}, has {len(element)}"
    for kind in ("hyperlinks", "cols", "ignoredErrors", "conditionalFormatting"):
        if any(len(element) == 0 for element in root.findall(q(kind))):
            yield f"{name}: {kind} is empty"
    for validation in root.iter(q("dataValidation")):
        formula = validation.findtext(q("formula1")) or ""
        if len(formula.strip('"')) > 255:
            yield f"{name}: a drop-down of {len(formula)} characters"
        if len(validation.get("errorTitle") or "") > 32 or len(validation.get("error") or "") > 225:
            yield f"{name}: the words of a drop-down are too long"
        yield from _ranges(name, validation.get("sqref"))
    rules = list(root.iter(q("cfRule")))
    yield from _twice((rule.get("priority") for rule in rules), f"{name}: priority")
    for rule in rules:
        if rule.get("dxfId") and int(rule.get("dxfId")) >= differences:
            yield f"{name}: conditional format {rule.get('dxfId')}"
        yield from _ranges(name, rule.getparent().get("sqref"))
    for text in root.iter(q("oddFooter"), q("oddHeader")):
        if len(text.text or "") > 255:
            yield f"{name}: footer of {len(text.text)} characters"
    yield from _twice((b.get("id") for b in root.iter(q("brk"))), f"{name}: page break")
    yield from _twice((h.get("ref") for h in root.iter(q("hyperlink"))), f"{name}: hyperlink")


def _ranges(name: str, sqref: str | None) -> Iterator[str]:
    for reference in (sqref or "").split() or [""]:
        if not re.fullmatch(r"[A-Z]{1,3}[1-9][0-9]*(:[A-Z]{1,3}[1-9][0-9]*)?", reference):
            yield f"{name}: range {sqref!r}"


def _overlaps(name: str, references: list[str]) -> Iterator[str]:
    boxes = [range_boundaries(reference) for reference in references]
    for one, other in itertools.combinations(boxes, 2):
        if one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]:
            yield f"{name}: {one} overlaps {other}"


def _tables(trees: dict[str, etree._Element]) -> Iterator[str]:
    tables = {name: root for name, root in trees.items() if name.startswith("xl/tables/")}
    yield from _twice((root.get("id") for root in tables.values()), "table id")
    names = [root.get("displayName").casefold() for root in tables.values()]
    names += [e.get("name").casefold() for e in trees["xl/workbook.xml"].iter(q("definedName"))
              if e.get("localSheetId") is None]  # fmt: skip
    yield from _twice(names, "table name")
    for sheet in (name for name in trees if _SHEET.fullmatch(name)):
        parts = {i: p for i, p in _related(trees, sheet).items() if p in tables}
        listed = {e.get(f"{_R}id") for e in trees[sheet].iter(q("tablePart"))}
        if set(parts) != listed:
            yield f"{sheet}: tables {sorted(parts)}, listed {sorted(map(str, listed))}"
        merged = [e.get("ref") for e in trees[sheet].iter(q("mergeCell"))]
        yield from _overlaps(sheet, [*(tables[p].get("ref") for p in parts.values()), *merged])
        for part in parts.values():
            yield from _table(part, tables[part], trees[sheet], trees)


def _table(
    part: str, root: etree._Element, sheet: etree._Element, trees: dict[str, etree._Element]
) -> Iterator[str]:
    if not re.fullmatch(r"[^\W\d]\w*", root.get("displayName")) or re.fullmatch(
        r"[A-Za-z]{1,3}[0-9]+", root.get("displayName")
    ):
        yield f"{part}: name {root.get('displayName')}"
    first, top, last, bottom = range_boundaries(root.get("ref"))
    if bottom <= top:
        yield f"{part}: {root.get('ref')} has no row"
    own_filter = root.find(q("autoFilter"))
    if own_filter is not None and own_filter.get("ref") != root.get("ref"):
        yield f"{part}: filter {own_filter.get('ref')}, table {root.get('ref')}"
    columns = [c.get("name") for c in root.iter(q("tableColumn"))]
    yield from _twice((c.casefold() for c in columns), f"{part}: column")
    yield from _twice((c.get("id") for c in root.iter(q("tableColumn"))), f"{part}: column id")
    cells = {cell.get("r"): cell for cell in sheet.iter(q("c"))}
    headers = [_text(cells.get(f"{_letters(i)}{top}"), trees) for i in range(first, last + 1)]
    if [c.replace("_x000a_", "\n") for c in columns] != headers:
        yield f"{part}: columns {columns}, headers {headers}"


def _letters(column: int) -> str:
    from openpyxl.utils.cell import get_column_letter

    return get_column_letter(column)


def _text(cell: etree._Element | None, trees: dict[str, etree._Element]) -> str:
    if cell is None:
        return ""
    if cell.get("t") == "s":
        item = trees["xl/sharedStrings.xml"].findall(q("si"))[int(cell.findtext(q("v")))]
        return "".join(t.text or "" for t in item.iter(q("t")))
    return "".join(t.text or "" for t in cell.iter(q("t"), q("v")))


def _drawing(name: str, trees: dict[str, etree._Element]) -> Iterator[str]:
    root = trees[name]
    yield from _twice((e.get("id") for e in root.iter("{*}cNvPr")), f"{name}: shape id")
    for anchor in root.iter("{*}twoCellAnchor"):
        start, end = (
            [int(anchor.findtext(f"{{*}}{corner}/{{*}}{axis}")) for axis in ("row", "col")]
            for corner in ("from", "to")
        )
        if start[0] > end[0] or start[1] > end[1] or min(start) < 0:
            yield f"{name}: from {start} to {end}"
    titles = [e.get("name") for e in trees["xl/workbook.xml"].iter(f"{{{MAIN}}}sheet")]
    for part in _related(trees, name).values():
        for formula in trees[part].iter("{*}f") if part in trees else ():
            title = (formula.text or "").rpartition("!")[0].strip("'").replace("''", "'").strip("$")
            if title and title not in titles:
                yield f"{part}: no sheet {title}"


def _custom(root: etree._Element) -> Iterator[str]:
    yield from _twice((e.get("pid") for e in root), "property id")
    yield from _twice((e.get("name") for e in root), "property")
    yield from (f"property id {e.get('pid')}" for e in root if int(e.get("pid")) < 2)
