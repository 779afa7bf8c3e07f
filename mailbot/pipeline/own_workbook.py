"""Whether a document is a workbook of ours, or a part of one: what it says of people we wrote ourselves."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.config.settings import WorkbookNames
from mailbot.domain.document import Block, Table
from mailbot.workbook.layout import folded

_NR = "Nr"
_REFERENCE = re.compile(r"INS-\d{4,7}", re.I)


def is_own_workbook(blocks: Iterable[Block], names: WorkbookNames) -> bool:
    """Whether a table has references of ours below the header that our sheets have for them. It needs no mark
    of the file: programs that save a copy drop those."""
    header = folded(names.columns.get(_NR) or _NR)
    return any(isinstance(block, Table) and _has_references(block, header) for block in blocks)


def _has_references(table: Table, header: str) -> bool:
    columns: set[int] = set()
    for row in table.rows:
        if any(cell.column in columns and _REFERENCE.fullmatch(cell.text.strip()) for cell in row):
            return True
        columns |= {cell.column for cell in row if folded(cell.text) == header}
    return False
