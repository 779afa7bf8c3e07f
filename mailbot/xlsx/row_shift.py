"""Rows of a sheet coming in and going out, with all that hangs on them, in the whole workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from mailbot.xlsx.package import DamagedError, drop, q, told_as_damage
from mailbot.xlsx.references import Move, moved_formula, moved_range, moved_ranges
from mailbot.xlsx.workbook import Workbook
from mailbot.xlsx.worksheet import Worksheet

_RANGES = ("{*}mergeCell", "{*}hyperlink", "{*}autoFilter", "{*}sortState")
_LISTS = ("{*}conditionalFormatting", "{*}dataValidation", "{*}protectedRange", "{*}ignoredError")
#: Formulas that stand outside the cells.
_FORMULAS = ("{*}f", "{*}formula", "{*}formula1", "{*}formula2", "{*}calculatedColumnFormula")
#: In the bytes of a sheet as it came: a formula of a cell. mailbot's own, laid since, never move.
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
#: In the bytes of a part as it came: any of ``_FORMULAS``, and one that names a sheet.
_ANY_FORMULA = re.compile(rb"<(?:\w+:)?(?:f|formula[12]?|calculatedColumnFormula)[\s>/]")
_OF_A_SHEET = re.compile(_ANY_FORMULA.pattern + rb"[^<]*!")
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_VML_X = "urn:schemas-microsoft-com:office:excel"


@told_as_damage()
def move_rows(sheet: Worksheet, move: Move) -> None:
    """Moves the rows of a sheet, and what refers to them: ranges, formulas, drawings, comments."""
    book = sheet.book
    _spell_out_shared_formulas(sheet)
    sheet.move(move)
    _ranges(sheet.root, move)
    package = book.package
    for part in package.related(sheet.part, "table").values():
        root = package.tree(part)
        root.set("ref", moved_range(root.get("ref") or "", move))
        _ranges(root, move)
    for part in package.related(sheet.part, "drawing").values():
        _anchors(package.tree(part), move)
    for kind in ("comments", "threadedComment"):
        for part in package.related(sheet.part, kind).values():
            _comments(package.tree(part), move)
    for part in package.related(sheet.part, "vmlDrawing").values():
        try:
            _notes(package.tree(part), move)
        except DamagedError:
            continue  # VML need not be XML: the boxes stay where they are, the comments moved
    _formulas(book, sheet, move)


def _ranges(root: etree._Element, move: Move) -> None:
    for element in _around(root, *_RANGES):
        if element.get("ref"):
            _set_or_drop(element, "ref", moved_range(element.get("ref") or "", move))
    for element in _around(root, *_LISTS):
        if element.get("sqref"):
            _set_or_drop(element, "sqref", moved_ranges(element.get("sqref") or "", move))
    for element in _around(root, "{*}sqref"):  # x14 extensions write it as an element
        element.text = moved_ranges(element.text or "", move) or "A1048576"
    for element in root.iterfind(f"{q('rowBreaks')}/{q('brk')}"):
        element.set("id", str(move.row(int(element.get("id") or 1)) or 1))
    dimension = root.find(q("dimension"))
    if dimension is not None:
        root.remove(dimension)


def _around(root: etree._Element, *tags: str) -> list[etree._Element]:
    """The elements with these tags, but for those among the cells: there are too many to look at."""
    return [found for child in root if child.tag != q("sheetData") for found in child.iter(*tags)]


def _set_or_drop(element: etree._Element, name: str, value: str) -> None:
    if value:
        element.set(name, value)
        return
    drop(element)


def _formulas(book: Workbook, sheet: Worksheet, move: Move) -> None:
    def concerned_in(home: str) -> Callable[[str], bool]:
        return lambda name: (name or home).casefold() == sheet.title.casefold()

    package = book.package
    for title, part in book.worksheets.items():
        with_formulas = _FORMULA.search(package.parts[part]) is not None
        parts = [part, *package.related(part, "table").values()]
        # A part without any is not taken apart: a large sheet as a tree is twenty times its bytes.
        concerned = _ANY_FORMULA if title == sheet.title else _OF_A_SHEET
        roots = [package.tree(p) for p in parts if package.may_hold(p, concerned)]
        for drawing in package.related(part, "drawing").values():
            roots += [
                package.tree(p) for p in package.related(drawing, "chart").values() if p in package.parts
            ]
        for root in roots:
            for element in (*(_in_cells(root) if with_formulas else ()), *_around(root, *_FORMULAS)):
                if element.text:
                    element.text = moved_formula(element.text, move, concerned_in(title))
    for name in book.root.iter(q("definedName")):
        if name.text:
            name.text = moved_formula(name.text, move, concerned_in(""))


def _in_cells(root: etree._Element) -> Iterator[etree._Element]:
    """The formulas of a sheet's cells."""
    cells = root.find(q("sheetData"))
    return iter(()) if cells is None else cells.iter(q("f"))


def _spell_out_shared_formulas(sheet: Worksheet) -> None:
    """Cells that share a formula get each their own: moved apart, they would no longer mean it."""
    if not _FORMULA.search(sheet.book.package.parts[sheet.part]):
        return
    # Here, since few sheets have any: it brings in all of openpyxl.
    from openpyxl.formula.translate import Translator, TranslatorError

    masters: dict[str, tuple[str, str]] = {}
    for formula in sheet.root.iter(q("f")):
        cell = formula.getparent()
        if cell is None or formula.get("t") != "shared":
            continue
        number = formula.get("si") or ""
        if formula.text:
            masters[number] = (formula.text, cell.get("r") or "A1")
        elif number in masters:
            text, origin = masters[number]
            try:
                formula.text = Translator(f"={text}", origin).translate_formula(cell.get("r") or "A1")[1:]
            except TranslatorError:
                continue
        for name in ("t", "si", "ref"):
            formula.attrib.pop(name, "")


def _anchors(root: etree._Element, move: Move) -> None:
    for element in root.iter(f"{{{_XDR}}}row"):
        row = int(element.text or 0) + 1  # drawings count from 0
        element.text = str((move.row(row) or max(1, min(move.gone, default=1))) - 1)


def _comments(root: etree._Element, move: Move) -> None:
    for element in list(root.iter("{*}comment", "{*}threadedComment")):
        place = moved_range(element.get("ref") or "", move)
        parent = element.getparent()
        if place:
            element.set("ref", place)
        elif parent is not None:
            parent.remove(element)


def _notes(root: etree._Element, move: Move) -> None:
    for data in list(root.iter(f"{{{_VML_X}}}ClientData")):
        row, anchor = data.find(f"{{{_VML_X}}}Row"), data.find(f"{{{_VML_X}}}Anchor")
        if row is None:
            continue
        old = int(row.text or 0) + 1
        new = move.row(old)
        if new is None:
            shape = data.getparent()
            drop(data if shape is None else shape)
            continue
        row.text = str(new - 1)
        numbers = [int(part) for part in (anchor.text or "").split(",")] if anchor is not None else []
        if anchor is not None and len(numbers) == 8:
            numbers[2], numbers[6] = numbers[2] + new - old, numbers[6] + new - old
            anchor.text = ", ".join(map(str, numbers))
