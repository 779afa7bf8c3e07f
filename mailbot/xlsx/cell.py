"""One cell as it stands in a worksheet's part: a value becomes its XML, and its XML is asked what it holds.

ECMA-376 part 1, 18.3.1.4. Text goes in as inline strings, escaped as Excel wants it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from xml.sax.saxutils import escape as markup

from lxml import etree

from mailbot.domain.file_says import FileSays
from mailbot.text.characters import TURNING
from mailbot.xlsx.cell_names import column_letters, column_number
from mailbot.xlsx.package import DamagedError, q, told_as_damage

#: What a cell holds: nothing, text, a number, a yes/no of Excel's own, a date (local time).
Content = str | int | float | bool | date | datetime | None
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_F, _V, _IS, _T = q("f"), q("v"), q("is"), q("t")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MOST = 32_767  # characters Excel takes in a cell


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of mailbot's own (without "="), with the value it has now for previews."""

    text: str
    value: str | float


@cache
def column_of(letters: str) -> int:
    """The number of a column by its letters, as a reference has them."""
    return column_number(letters.strip("$"))


def format_of(cell: etree._Element) -> int:
    """The number of a cell's format. Raises ``DamagedError``."""
    try:
        return int(cell.get("s") or 0)
    except ValueError:
        raise DamagedError(FileSays.FILE_DAMAGED) from None


def has_formula(cell: etree._Element) -> bool:
    """Whether a formula stands in the cell."""
    return len(cell) > 0 and cell[0].tag == _F


def reworded(cell: etree._Element, text: str) -> bool:
    """Puts plain text in place of plain text; False where the cell holds anything else."""
    if cell.get("t") != "inlineStr" or len(cell) != 1 or len(cell[0]) != 1 or cell[0][0].tag != _T:
        return False
    cell[0][0].text = escape(text)
    if text != text.strip() or "\n" in text:
        cell[0][0].set(_SPACE, "preserve")
    return True


def put(cell: etree._Element, value: Content | Formula, epoch: datetime) -> None:
    """Makes a value the only content of a cell, of the type that goes with it."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", "")
    cell.attrib.pop("cm", "")
    cell.attrib.pop("vm", "")
    if isinstance(value, Formula):
        etree.SubElement(cell, _F).text = value.text
        if isinstance(value.value, str):
            cell.set("t", "str")
        etree.SubElement(cell, _V).text = escape(str(value.value))
    elif isinstance(value, bool):
        cell.set("t", "b")
        etree.SubElement(cell, _V).text = str(int(value))
    elif isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, _IS), _T)
        text.text = escape(value)
        if value != value.strip() or "\n" in value:
            text.set(_SPACE, "preserve")
    elif value is not None:
        number = serial(value, epoch) if isinstance(value, date) else value
        etree.SubElement(cell, _V).text = repr(number)


def row_as_text(at: int, cells: Sequence[tuple[int, Content | Formula, int]], epoch: datetime) -> str:
    """A row of cells, (column, value, number of the format), as text."""
    inside = "".join(
        _cell_xml(f"{_letters(column)}{at}", value, style, epoch) for column, value, style in cells
    )
    return f'<row r="{at}">{inside}</row>'


def _cell_xml(place: str, value: Content | Formula, style: int, epoch: datetime) -> str:
    start = f'<c r="{place}" s="{style}"'
    if value is None:
        return f"{start}/>"
    if isinstance(value, Formula):
        kind = ' t="str"' if isinstance(value.value, str) else ""
        return f"{start}{kind}><f>{_xml(value.text)}</f><v>{_xml(escape(str(value.value)))}</v></c>"
    if isinstance(value, bool):
        return f'{start} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        keep = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
        return f'{start} t="inlineStr"><is><t{keep}>{_xml(escape(value))}</t></is></c>'
    number = serial(value, epoch) if isinstance(value, date) else value
    return f"{start}><v>{number!r}</v></c>"


def _xml(text: str) -> str:
    return markup(text, {"\r": "&#13;"})


@cache
def _letters(column: int) -> str:
    return column_letters(column)


def _filled(cell: etree._Element) -> bool:
    return len(cell) > 0 and any(child.text or len(child) for child in cell)


@told_as_damage()
def outermost(row: etree._Element) -> int:
    """The last column of a row that holds anything; 0 for none."""
    for place in range(len(row) - 1, -1, -1):
        if _filled(row[place]):
            letters = (row[place].get("r") or "").rstrip("0123456789")
            return column_of(letters) if letters else place + 1
    return 0


def rich_text(element: etree._Element) -> str:
    """The plain text of a string item: its runs, without phonetic hints."""
    if len(element) == 1 and element[0].tag == _T:  # plain, as nearly all are
        return unescape(element[0].text or "")
    texts = [child for child in element.iter(_T) if etree.QName(child.getparent()).localname != "rPh"]
    return unescape("".join(text.text or "" for text in texts))


def escape(text: str) -> str:
    """Text as it is written into a cell: nothing in it taken for an escape."""
    clean = legal(text)
    return _ESCAPE.sub(lambda match: f"_x005F{match[0]}", clean) if "_x" in clean else clean


def legal(text: str) -> str:
    """Text that a cell can hold: no characters that XML forbids, not too long."""
    return _ILLEGAL.sub("", TURNING.sub("", text.replace("\r\n", "\n")))[:_MOST]


def unescape(text: str) -> str:
    """Text as Excel shows it (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def serial(moment: date, epoch: datetime) -> int | float:
    """A local date or time as the number of days that Excel counts; right from March 1900 on."""
    if not isinstance(moment, datetime):
        return (moment - epoch.date()).days
    return round((moment - epoch).total_seconds() / 86_400, 10)


def wrapped_lines(text: str, width: float) -> int:
    """About how many lines a text takes in a column of that many characters, where it is broken between
    words, and where a word is longer than a line. A font that is somewhat wider than Arial has room too."""
    return sum(_wrapped(line, _SNUG * width * _DIGIT) for line in text.split("\n"))


#: What of a column's width a line of words may fill in Arial, so that a wider font fits.
_SNUG = 0.85
#: How wide the letters of Arial are, in thousandths of their height; any other is as wide as a digit, which
#: the width of a column counts in.
_DIGIT = 556
_WIDE = {"ijl|'": 222, " ftI.,:;/!\\[]": 278, "r()-": 333, "ckszvxyJ": 500, "ABEKPSVXY&": 667} | {
    "wCDHNRU": 722, "GOQ": 778, "FTZ": 611, "Mm": 833, "W": 944, "%": 889, "@": 1015,
}  # fmt: skip
_WIDTHS = {letter: width for letters, width in _WIDE.items() for letter in letters}
_WIDEST, _BLANK = max(_WIDTHS.values()), _WIDTHS[" "]


def _wrapped(line: str, room: float) -> int:
    if len(line) * _WIDEST <= room:
        return 1
    lines, left = 1, room
    for word in line.split(" "):
        wide = float(sum(_WIDTHS.get(letter, _DIGIT) for letter in word))
        if wide > left and left < room:
            lines, left = lines + 1, room
        while wide > left:  # broken within
            lines, wide, left = lines + 1, wide - left, room
        left -= wide + _BLANK
    return lines
