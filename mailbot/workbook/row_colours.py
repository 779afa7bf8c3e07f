"""The colours of the rows of ``Deelnemers``: calm ones by status, blue for what is of today or yesterday.

Their formulas begin at the row of the headers, which nobody takes out: a formula that begins at the first
person's row becomes ``#REF!`` once that row is deleted, for all rows below."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from mailbot.domain.registration import Status
from mailbot.workbook import theme
from mailbot.workbook.layout import CHANGED, NR, STATUS
from mailbot.xlsx.cell_names import column_letters
from mailbot.xlsx.package import drop, q
from mailbot.xlsx.worksheet import Worksheet

#: Calm colours, by status: (fill, letters).
COLOURS = {
    Status.REGISTERED: ("E4F1E4", "2B6132"),
    Status.WAITLISTED: ("FCF0D4", "7D5A0E"),
    Status.EXCUSED: ("E3EAF3", "3F5874"),
    Status.CANCELLED: ("EEEEEE", "6B6B6B"),
    Status.LATE: ("F9E3DD", "8F3A26"),
    Status.INCOMPLETE: ("FFF7CF", "6E5B00"),
}
_RECENT = ("D6E6F4", "1F4E79")


@dataclass(frozen=True, slots=True)
class _Rule:
    """One colour: the column whose cell tells whether it holds, the columns that take it, and the formula,
    with @ for the cell. ``former`` are formulas that former versions laid."""

    by: str
    on: tuple[str, ...]
    formula: str
    colour: tuple[str, str]
    former: tuple[str, ...] = ()


_RULES = (
    *(_Rule(STATUS, (STATUS,), f'@="{status.value}"', colour) for status, colour in COLOURS.items()),
    _Rule(CHANGED, (NR, CHANGED), "AND(ISNUMBER(@),@>=TODAY()-1)", _RECENT, ('AND(@<>"",@>=TODAY()-1)',)),
)
#: A cell in a formula, or what is left of one that was deleted.
_CELL = re.compile(r"\$?[A-Z]{0,3}\$?#REF!|\$?[A-Z]{1,3}\$?(?P<row>\d{1,7})")


def lay(sheet: Worksheet, columns: Mapping[str, int], header: int = 1) -> None:
    """Gives a new sheet its colours. ``columns`` by key; ``header`` is the row of the headers."""
    for rule in _RULES:
        _draw(sheet, rule, columns, header, sheet.book.styles.conditional(*rule.colour))


def renew(sheet: Worksheet, columns: Mapping[str, int], header: int) -> None:
    """Draws those of ours anew that lost their cell, or would once the first person is deleted, with the
    colour that they have. What is hers, or what she took away, stays so."""
    for rule in _RULES:
        if stale := [found for found in _found(sheet, rule) if _may_break(found, header)]:
            number = int(stale[0].get("dxfId") or sheet.book.styles.conditional(*rule.colour))
            for one in stale:
                drop(one)
            _draw(sheet, rule, columns, header, number)


def _draw(sheet: Worksheet, rule: _Rule, columns: Mapping[str, int], header: int, number: int) -> None:
    cell = f"${column_letters(columns[rule.by])}{header}"
    letters = [column_letters(columns[key]) for key in rule.on]
    ranges = " ".join(f"{letter}{header}:{letter}{theme.DEEP}" for letter in letters)
    theme.colour_where(sheet, ranges, rule.formula.replace("@", cell), number)


def _found(sheet: Worksheet, rule: _Rule) -> list[etree._Element]:
    """The conditions in a sheet that are this rule."""
    shapes = {_without_blanks(one) for one in (rule.formula, *rule.former)}
    return [
        one
        for part in sheet.root.iterfind(q("conditionalFormatting"))
        for one in part.iterfind("{*}cfRule")
        if _CELL.sub("@", _without_blanks(_formula(one))) in shapes
    ]


def _may_break(found: etree._Element, header: int) -> bool:
    cells = _CELL.finditer(_formula(found))
    return any(cell["row"] is None or int(cell["row"]) > header for cell in cells)


def _formula(found: etree._Element) -> str:
    return found.findtext("{*}formula") or ""


def _without_blanks(formula: str) -> str:
    return formula.replace(" ", "")
