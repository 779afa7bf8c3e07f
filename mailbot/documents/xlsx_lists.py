"""The lists that cells of a sheet are chosen from (ECMA-376, 18.3.1.32 dataValidation)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from mailbot.documents.markup import local
from mailbot.documents.sheet import column_number
from mailbot.documents.sheet_cell import Place
from mailbot.text.characters import uniform

#: Of the lists of a sheet, of the ranges of one, and of what one offers: no form has so many.
_MOST = 200
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::\$?([A-Z]{1,3})\$?([1-9]\d{0,6}))?")
_ON_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(.+)")

Offered = Callable[[int, int], tuple[str, ...]]
#: What the cells of a sheet say, by its name.
TextsOf = Callable[[str], Mapping[Place, str]]


@dataclass(frozen=True, slots=True)
class _Area:
    """A block of cells, its rows and columns from 0."""

    top: int
    left: int
    bottom: int
    right: int

    def has(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def offered(sheet: etree._Element, name: str, names: Mapping[str, str], texts_of: TextsOf) -> Offered:
    """What tells the options of the list that the cell at a row and a column is chosen from; none where there
    is no list. ``names`` are the ranges that a workbook calls by a name."""
    found = [
        (areas, options)
        for ranges, formula in _lists(sheet)
        if (areas := list(filter(None, map(_area, ranges.split()[:_MOST]))))
        and (options := _options(names.get(formula, formula), name, texts_of))
    ]

    def at(row: int, column: int) -> tuple[str, ...]:
        own = (options for areas, options in found if any(area.has(row, column) for area in areas))
        return next(own, ())

    return at


def _lists(sheet: etree._Element) -> Iterator[tuple[str, str]]:
    """The cells that have a list, as ranges, and what it is made of. Excel writes a list on another sheet in
    an extension."""
    parts = (part for part in sheet if local(part) in ("dataValidations", "extLst"))
    rules = [e for part in parts for e in part.iter() if local(e) == "dataValidation"]
    for rule in rules[:_MOST]:
        if rule.get("type") == "list":
            said = {local(e): (e.text or "").strip() for e in rule.iter() if (e.text or "").strip()}
            yield rule.get("sqref") or said.get("sqref", ""), said.get("formula1") or said.get("f", "")


def _options(formula: str, sheet: str, texts_of: TextsOf) -> tuple[str, ...]:
    if formula.startswith('"'):
        return _told(formula.strip('"').replace('""', '"').split(","))
    if found := _ON_SHEET.fullmatch(formula.lstrip("=")):
        sheet, formula = (found[1] or found[2]).replace("''", "'"), found[3]
    area = _area(formula.lstrip("="))
    if area is None or (area.bottom - area.top + 1) * (area.right - area.left + 1) > _MOST:
        return ()
    texts = texts_of(sheet)
    places = ((r, c) for r in range(area.top, area.bottom + 1) for c in range(area.left, area.right + 1))
    return _told(texts.get(place, "") for place in places)


def _told(options: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (uniform(option).strip() for option in options))))


def _area(reference: str) -> _Area | None:
    found = _AREA.fullmatch(reference)
    if found is None:
        return None
    left, top = column_number(found[1]), int(found[2]) - 1
    return _Area(top, left, int(found[4] or found[2]) - 1, column_number(found[3] or found[1]))
