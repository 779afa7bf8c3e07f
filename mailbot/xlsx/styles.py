"""Cell formats: what a cell should look like → its index in the file's style sheet.

A format that is there already is used again; her formats are never changed or moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from mailbot.xlsx.dates import BUILT_IN, shows_date
from mailbot.xlsx.package import MAIN, Package, parse, q, told_as_damage

#: Arial is as wide in LibreOffice and on a Mac as in Excel: what fits here, fits there.
EMPTY = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="10"/><name val="Arial"/><family val="2"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/>'
    '<bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" '
    'borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" '
    'xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    '<dxfs count="0"/><tableStyles count="0" defaultTableStyle="TableStyleMedium2"/></styleSheet>'
).encode()

GENERAL, TEXT, WHOLE = "General", "@", "0"
DATE, DATE_TIME = "dd/mm/yyyy", 'dd/mm/yyyy h\\.mm" uur"'
#: Of a column that shows moments: a narrower one shows "###" in wide fonts.
MOMENT_WIDTH = 22
_BUILT_IN = {GENERAL: 0, WHOLE: 1, TEXT: 49}
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks. ``fill`` and ``colour`` are RRGGBB or empty; ``border`` names the
    sides with a thin line ("lrtb"); ``size`` is in points."""

    number: str = GENERAL
    bold: bool = False
    italic: bool = False
    link: bool = False
    size: float = 10
    colour: str = ""
    fill: str = ""
    border: str = ""
    wrap: bool = False
    shrink: bool = False
    horizontal: str = ""
    vertical: str = "top"


class Styles:
    """The style sheet of one package."""

    def __init__(self, package: Package, part: str) -> None:
        self._root = package.tree(part)
        self._known: dict[Style, int] = {}

    def index(self, style: Style) -> int:
        """The number by which a cell takes this format."""
        if style not in self._known:
            self._known[style] = self._find_or_add("cellXfs", self._xf(style))
        return self._known[style]

    @cached_property
    @told_as_damage()
    def dates(self) -> frozenset[int]:
        """The formats, of those in the file as it came, that show a number as a date."""
        codes = {int(n.get("numFmtId") or 0): n.get("formatCode") or "" for n in self._list("numFmts")}
        numbers = [int(xf.get("numFmtId") or 0) for xf in self._list("cellXfs")]
        return frozenset(
            index
            for index, number in enumerate(numbers)
            if (shows_date(codes[number]) if codes.get(number) else number in BUILT_IN)
        )

    def fill(self, index: int) -> str:
        """The colour that a format fills a cell with, as RRGGBB; empty for none."""
        formats, fills = self._list("cellXfs"), self._list("fills")
        number = int(formats[index].get("fillId") or 0) if 0 <= index < len(formats) else 0
        colour = fills[number].find(f"{q('patternFill')}/{q('fgColor')}") if number < len(fills) else None
        return (colour.get("rgb") or "")[-6:].upper() if colour is not None else ""

    def conditional(self, fill: str, colour: str) -> int:
        """The number of a format that a condition can put on cells."""
        font = f'<font><color rgb="FF{colour}"/></font>'
        back = f'<fill><patternFill><bgColor rgb="FF{fill}"/></patternFill></fill>'
        return self._find_or_add("dxfs", f"<dxf>{font}{back}</dxf>")

    def _xf(self, style: Style) -> str:
        underline = "<u/>" if style.link else ""
        colour = f'<color rgb="FF{style.colour}"/>' if style.colour else ""
        font = self._find_or_add(
            "fonts",
            f"<font>{'<b/>' if style.bold else ''}{'<i/>' if style.italic else ''}{underline}"
            f'<sz val="{style.size:g}"/>{colour}<name val="Arial"/><family val="2"/></font>',
        )
        fill = 0
        if style.fill:
            fill = self._find_or_add(
                "fills",
                f'<fill><patternFill patternType="solid"><fgColor rgb="FF{style.fill}"/>'
                '<bgColor indexed="64"/></patternFill></fill>',
            )
        border = 0
        if style.border:
            line = '<{0} style="thin"><color rgb="FFBFC7CF"/></{0}>'
            inner = "".join(
                line.format(side) if side[0] in style.border else f"<{side}/>"
                for side in ("left", "right", "top", "bottom")
            )
            border = self._find_or_add("borders", f"<border>{inner}<diagonal/></border>")
        align = f'<alignment vertical="{style.vertical}"'
        align += f' horizontal="{style.horizontal}"' if style.horizontal else ""
        align += ' wrapText="1"' if style.wrap else ""
        align += ' shrinkToFit="1"' if style.shrink else ""
        return (
            f'<xf numFmtId="{self._number(style.number)}" fontId="{font}" fillId="{fill}" '
            f'borderId="{border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" '
            f'applyBorder="1" applyAlignment="1">{align}/></xf>'
        )

    @told_as_damage()
    def _number(self, code: str) -> int:
        if code in _BUILT_IN:
            return _BUILT_IN[code]
        formats = self._list("numFmts")
        for element in formats:
            if element.get("formatCode") == code:
                return int(element.get("numFmtId") or 0)
        number = max([163, *(int(element.get("numFmtId") or 0) for element in formats)]) + 1
        etree.SubElement(formats, q("numFmt"), numFmtId=str(number), formatCode=code)
        formats.set("count", str(len(formats)))
        return number

    def _find_or_add(self, name: str, xml: str) -> int:
        wanted = parse(f'<x xmlns="{MAIN}">{xml}</x>'.encode())[0]
        shape = etree.tostring(wanted, method="c14n", exclusive=True)
        elements = self._list(name)
        for index, element in enumerate(elements):
            if etree.tostring(element, method="c14n", exclusive=True, with_tail=False) == shape:
                return index
        elements.append(wanted)
        elements.set("count", str(len(elements)))
        return len(elements) - 1

    def _list(self, name: str) -> etree._Element:
        found = self._root.find(q(name))
        if found is None:
            found = etree.Element(q(name), count="0")
            before = set(_ORDER[: _ORDER.index(name)])
            place = sum(1 for child in self._root if etree.QName(child).localname in before)
            self._root.insert(place, found)
        return found
