"""A workbook: its sheets by name, its formats, and the number of the write it came from."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from mailbot.domain.file_says import FileSays
from mailbot.xlsx.cell import rich_text
from mailbot.xlsx.package import MAIN, REL, DamagedError, Package, drop, q, told_as_damage
from mailbot.xlsx.styles import EMPTY, Styles
from mailbot.xlsx.worksheet import Worksheet

_CT = "application/vnd.openxmlformats-officedocument"
_SHEET = f"{_CT}.spreadsheetml.worksheet+xml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
#: The custom document properties that carry the number of the write, its event and its ledger.
PROPERTY, EVENT, LEDGER = "mailbot-write", "mailbot-event", "mailbot-ledger"
#: The parts that tell it.
_FRAME = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|docProps/.*|xl/workbook[^/]*\.xml")


@dataclass(frozen=True, slots=True)
class Marks:
    """What a file says of itself: the ``number`` of the write it came from, the ``event`` and the
    ``ledger`` it belongs to; None for what it does not say."""

    number: int | None = None
    event: str | None = None
    ledger: str | None = None


class Workbook:
    """One workbook, opened or new."""

    def __init__(self, package: Package) -> None:
        self.package = package
        documents = package.related("", "officeDocument")
        self.part = next(iter(documents.values()), "xl/workbook.xml")
        self.root = package.tree(self.part)
        if self.root.tag != q("workbook"):
            raise DamagedError(FileSays.FILE_NO_XLSX)
        self._sheets: dict[str, Worksheet] = {}

    @classmethod
    def open(cls, data: bytes) -> Workbook:
        """The workbook in a file's bytes; raises ``DamagedError``."""
        return cls(Package.open(data))

    @classmethod
    def marks_in(cls, data: bytes) -> Marks:
        """What a file's bytes say of themselves, without opening all of it."""
        return cls(Package.open(data, only=_FRAME)).marks

    @classmethod
    def new(cls) -> Workbook:
        """A workbook without sheets."""
        package = Package(
            {
                "[Content_Types].xml": (
                    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                    b'<Default Extension="rels" '
                    b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                    b'<Default Extension="xml" ContentType="application/xml"/></Types>'
                )
            }
        )
        package.add(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><workbookPr/><bookViews><workbookView/></bookViews>'
            '<sheets/><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'.encode(),
            f"{_CT}.spreadsheetml.sheet.main+xml",
        )
        package.add("xl/styles.xml", EMPTY, f"{_CT}.spreadsheetml.styles+xml")
        package.relate("", "officeDocument", "xl/workbook.xml")
        package.relate("xl/workbook.xml", "styles", "xl/styles.xml")
        return cls(package)

    @told_as_damage()
    def data(self) -> bytes:
        """The file. Its formulas are computed anew when it is opened; till then previews show the
        values they have. Raises ``DamagedError``."""
        calc = self.root.find(q("calcPr"))
        if calc is None:
            calc = etree.Element(q("calcPr"))
            self._after(calc, ("sheets", "functionGroups", "externalReferences", "definedNames"))
        calc.set("fullCalcOnLoad", "1")
        self._without_repeated_names()
        for part in self.package.related(self.part, "calcChain").values():
            self.package.remove(part)  # it would name cells that hold no formula any more
        return self.package.data()

    def _without_repeated_names(self) -> None:
        """LibreOffice writes the print titles of some sheets twice, which Excel takes for damage."""
        seen: set[tuple[str, str]] = set()
        for element in list(self.root.iter(q("definedName"))):
            name = ((element.get("name") or "").casefold(), element.get("localSheetId") or "")
            if name in seen:
                drop(element)
            seen.add(name)

    # ------------------------------------------------------------ sheets

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all sheets, in order."""
        return tuple(sheet.get("name") or "" for sheet in self._list("sheets"))

    @property
    def worksheets(self) -> dict[str, str]:
        """The parts of all worksheets by name (not those that are nothing but a chart)."""
        parts = self.package.related(self.part, "worksheet")
        named = {
            e.get("name") or "": parts.get(e.get(f"{{{REL}}}id") or "", "") for e in self._list("sheets")
        }
        return {name: part for name, part in named.items() if part in self.package.parts}

    def sheet(self, name: str) -> Worksheet | None:
        """The worksheet of that name (Excel takes names without regard to case), or None."""
        for title, part in self.worksheets.items():
            if title.casefold() == name.casefold():
                if title not in self._sheets:
                    self._sheets[title] = Worksheet(self, part, title)
                return self._sheets[title]
        return None

    def put_down(self, sheet: Worksheet) -> None:
        """Finishes a worksheet: its cells are freed, and it is of no more use."""
        sheet.let_go()
        self.package.put_down(sheet.part)
        self._sheets.pop(sheet.title, None)

    def add_sheet(self, name: str, *, hidden: bool = False) -> Worksheet:
        """A new worksheet, behind the others."""
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        self.package.add(
            part, f'<worksheet xmlns="{MAIN}" xmlns:r="{REL}"><sheetData/></worksheet>'.encode(), _SHEET
        )
        relation = self.package.relate(self.part, "worksheet", part)
        sheets = self._list("sheets")
        number = max((int(sheet.get("sheetId") or 0) for sheet in sheets), default=0) + 1
        element = etree.SubElement(sheets, q("sheet"), name=name, sheetId=str(number))
        element.set(f"{{{REL}}}id", relation)
        if hidden:
            element.set("state", "hidden")
        sheet = self._sheets[name] = Worksheet(self, part, name)
        return sheet

    def _list(self, name: str) -> etree._Element:
        found = self.root.find(q(name))
        if found is None:
            raise DamagedError(FileSays.FILE_DAMAGED)
        return found

    def _after(self, element: etree._Element, before: tuple[str, ...]) -> None:
        last = max(
            (i for i, child in enumerate(self.root) if etree.QName(child).localname in before), default=-1
        )
        self.root.insert(last + 1, element)

    def define(self, name: str, sheet: Worksheet, formula: str, *, hidden: bool = False) -> None:
        """Sets a name of one sheet, such as its print titles (``_xlnm.Print_Titles``)."""
        index = self.names.index(sheet.title)
        defined = self.root.find(q("definedNames"))
        if defined is None:
            defined = etree.Element(q("definedNames"))
            self._after(defined, ("sheets", "functionGroups", "externalReferences"))
        for element in defined:
            if element.get("name") == name and element.get("localSheetId") == str(index):
                element.text = formula
                return
        element = etree.SubElement(defined, q("definedName"), name=name, localSheetId=str(index))
        element.text = formula
        if hidden:
            element.set("hidden", "1")

    def defined(self, name: str, sheet: Worksheet) -> str:
        """What a name of one sheet stands for, or empty."""
        index = str(self.names.index(sheet.title))
        for element in self.root.iter(q("definedName")):
            if element.get("name") == name and element.get("localSheetId") == index:
                return element.text or ""
        return ""

    def undefine(self, name: str, sheet: Worksheet) -> None:
        """Takes a name of one sheet away."""
        index = str(self.names.index(sheet.title))
        for element in list(self.root.iter(q("definedName"))):
            if element.get("name") == name and element.get("localSheetId") == index:
                drop(element)

    # ------------------------------------------------------------ what cells refer to

    @cached_property
    def styles(self) -> Styles:
        """The style sheet; raises ``DamagedError`` where there is none."""
        return Styles(self.package, self._part("styles", "xl/styles.xml"))

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """The table of shared strings, as plain text."""
        part = self._part("sharedStrings", "")
        return tuple(rich_text(item) for item in self.package.tree(part).findall(q("si"))) if part else ()

    @told_as_damage()
    def empty_unused_strings(self) -> None:
        """Empties the shared strings that no cell refers to: they are what stood in cells before, and would
        keep what was erased. The others keep their numbers. Call it when all sheets are finished."""
        part = self._part("sharedStrings", "")
        if part not in self.package.parts:
            return
        used: set[int] = set()
        for sheet in set(self.worksheets.values()):
            used |= _strings_of(self.package.settled(sheet))
        for number, item in enumerate(self.package.tree(part).findall(q("si"))):
            if number not in used and rich_text(item):
                tail = item.tail
                item.clear()
                item.tail = tail
                etree.SubElement(item, q("t"))

    @cached_property
    def from_1904(self) -> bool:
        """Whether dates count from 1904 (Excel for the Mac of old)."""
        properties = self.root.find(q("workbookPr"))
        return properties is not None and properties.get("date1904") in ("1", "true")

    @property
    def shared_parts(self) -> tuple[str, ...]:
        """The parts that cells of all sheets refer to: formats and shared strings."""
        parts = (self._part("styles", "xl/styles.xml"), self._part("sharedStrings", ""))
        return tuple(part for part in parts if part in self.package.parts)

    def _part(self, kind: str, default: str) -> str:
        return next(iter(self.package.related(self.part, kind).values()), default)

    # ------------------------------------------------------------ the number of the write

    @property
    def marks(self) -> Marks:
        """What this file says of itself: which write it came from, of which event and ledger."""
        said: dict[str, str] = {}
        for part in self.package.related("", "custom-properties").values():
            if part in self.package.parts:
                for element in self.package.tree(part):
                    text = "".join(str(t) for t in element.itertext()).strip()
                    said.setdefault(element.get("name") or "", text)
        number = said.get(PROPERTY, "")
        known = re.fullmatch(r"[0-9]{1,12}(?:\.0+)?", number)
        return Marks(int(float(number)) if known else None, said.get(EVENT), said.get(LEDGER))

    @marks.setter
    @told_as_damage()
    def marks(self, marks: Marks) -> None:
        parts = [p for p in self.package.related("", "custom-properties").values() if p in self.package.parts]
        if parts:
            root = self.package.tree(parts[0])
        else:
            part = self.package.free_name("docProps/custom{}.xml").replace("custom1.", "custom.")
            kind = f"{_CT}.custom-properties+xml"
            self.package.add(part, f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VT}"/>'.encode(), kind)
            self.package.relate("", "custom-properties", part)
            root = self.package.tree(part)
        _say(root, PROPERTY, str(marks.number))
        _say(root, EVENT, marks.event or "")
        _say(root, LEDGER, marks.ledger or "")


def _strings_of(sheet: bytes) -> set[int]:
    """The numbers of the shared strings that the cells of a sheet's part refer to."""
    used = set()
    for _, cell in etree.iterparse(io.BytesIO(sheet), tag=q("c"), resolve_entities=False, huge_tree=True):
        number = (cell.findtext(q("v")) or "").strip() if cell.get("t") == "s" else ""
        if number.isdecimal():
            used.add(int(number))
        cell.clear()
    return used


def _say(root: etree._Element, name: str, value: str) -> None:
    held = next((element for element in root if element.get("name") == name), None)
    if held is None:
        pid = max([1, *(int(element.get("pid") or 1) for element in root)]) + 1
        held = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_FMTID, pid=str(pid), name=name)
    for child in list(held):
        held.remove(child)
    etree.SubElement(held, f"{{{_VT}}}lpwstr").text = value
