"""Whether a document is a workbook or list of ours, or a part of one. What it says of people mailbot
wrote itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.blank_forms.lists import EXCUSED
from mailbot.config.settings import WorkbookNames
from mailbot.domain.document import Block, Table
from mailbot.domain.event import KEY_WORDS
from mailbot.workbook.layout import folded

_NR = "Nr"
_REFERENCE = re.compile(r"INS-\d{4,7}", re.I)
#: Headers that only a sheet or list of ours has together, by which it is known where its references are gone.
_EVENTS = tuple(KEY_WORDS[key] for key in ("id", "title", "starts", "deadline", "late", "cancelled"))
_HEADERS = (("Status", "Ontvangen", "Gewijzigd", "Ingestuurd door"), EXCUSED, _EVENTS)


def is_own_workbook(blocks: Iterable[Block], names: WorkbookNames) -> bool:
    """Whether a table has references of ours below the header that our sheets have for them, or the headers
    of ours. It needs no mark of the file: programs that save a copy drop those."""
    named = {header: folded(names.columns.get(header) or header) for some in _HEADERS for header in some}
    ours = [frozenset(named[header] for header in some) for some in _HEADERS]
    header = folded(names.columns.get(_NR) or _NR)
    tables = [block for block in blocks if isinstance(block, Table)]
    return any(_has_references(table, header) or _has_headers(table, ours) for table in tables)


def _has_headers(table: Table, ours: Iterable[frozenset[str]]) -> bool:
    said = [{folded(cell.text) for cell in row} for row in table.rows]
    return any(some <= headers for headers in said for some in ours)


def _has_references(table: Table, header: str) -> bool:
    columns: set[int] = set()
    for row in table.rows:
        if any(cell.column in columns and _REFERENCE.fullmatch(cell.text.strip()) for cell in row):
            return True
        columns |= {cell.column for cell in row if folded(cell.text) == header}
    return False
