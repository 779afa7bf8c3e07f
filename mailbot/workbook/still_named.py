"""Where cells of hers still name somebody whose data was erased. mailbot changes no cell of hers, so she is
told where to look."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterator, Set
from dataclasses import dataclass
from functools import partial

from mailbot.domain.file_says import FileSays
from mailbot.domain.statement import Says, Statement, say
from mailbot.text.normalize import fold
from mailbot.workbook import event_sheet, generated_block, log
from mailbot.workbook.layout import CASES, INBOX, LOG, MAILINGS, PARTICIPANTS, SHEETS, Layout, folded
from mailbot.workbook.snapshot import Snapshot
from mailbot.workbook.values import plain
from mailbot.xlsx.cell_names import column_letters
from mailbot.xlsx.workbook import Workbook
from mailbot.xlsx.worksheet import Worksheet

#: So many cells of a sheet are named.
_MOST = 8
#: Whether a cell is mailbot's, by row and column.
_IsOurs = Callable[[int, int], bool]
_TEXT = re.compile(r">([^<]+)<")


@dataclass(frozen=True, slots=True)
class Erased:
    """Somebody by address (in lower case) and names, the words of each in any order."""

    address: str
    names: tuple[frozenset[str], ...]

    def in_row(self, texts: Collection[str]) -> list[bool]:
        """Which of the texts of a row name them: by the address, or by words of a name that the row has
        whole, since name and first name stand in columns of their own."""
        words = [{*fold(text).split()} for text in texts]
        here = set().union(*words)
        whole: set[str] = set().union(*(name for name in self.names if name <= here))
        return [
            bool(said & whole) or bool(self.address and self.address in text.lower())
            for text, said in zip(texts, words, strict=True)
        ]

    def in_text(self, text: str) -> bool:
        """Whether a running text names them: by the address, or by a name in one piece."""
        if self.address and self.address in text.lower():
            return True
        words = fold(text).split()
        return any(name == {*words[at : at + len(name)]} for name in self.names for at in range(len(words)))


def places(found: Snapshot, layout: Layout, erased: Erased) -> tuple[Statement, ...]:
    """The places of hers in a workbook that still name somebody, a statement for each sheet."""
    return () if found.book is None else _told(found.book, partial(_ours, found, layout), erased)


def places_of_events(book: Workbook, erased: Erased) -> tuple[Statement, ...]:
    """The same of the workbook with all events, where mailbot draws blocks alone, and a row is of an event:
    its cells are running text."""
    return _told(book, _drawn, erased, texts=frozenset({event_sheet.SHEET}))


def _told(
    book: Workbook, ours: Callable[[Worksheet], _IsOurs], erased: Erased, texts: Set[str] = frozenset()
) -> tuple[Statement, ...]:
    """Where a workbook names somebody; the rows of the sheets ``texts`` are not of one person each."""
    told = []
    for at, title in enumerate(book.names, start=1):
        sheet = book.sheet(title)
        cells = list(_cells(sheet, ours(sheet), erased, title in texts)) if sheet is not None else []
        named = erased.in_text(title)
        if cells or named:
            more = (say(Says.AND_OTHERS, count=len(cells) - _MOST),) if len(cells) > _MOST else ()
            which = str(at) if named else title
            told.append(say(FileSays.CELLS_OF_SHEET, sheet=which, cells=tuple(cells[:_MOST]), more=more))
    if any(_notes(book, erased)):
        told.append(say(FileSays.NOTE_OR_TEXT_BOX))
    return tuple(told)


def _cells(sheet: Worksheet, ours: _IsOurs, erased: Erased, is_text: bool) -> Iterator[str]:
    last = sheet.last_column
    for row in list(sheet.filled(1)):
        hers = [at for at in range(1, last + 1) if not ours(row, at)]
        texts = [plain(sheet.get(row, at)) for at in hers]
        named = [*map(erased.in_text, texts)] if is_text else erased.in_row(texts)
        for at, names in zip(hers, named, strict=True):
            if names:
                yield f"{column_letters(at)}{row}"


def _drawn(sheet: Worksheet) -> _IsOurs:
    return lambda row, column: generated_block.covers(sheet, row, column)


def _ours(found: Snapshot, layout: Layout, sheet: Worksheet) -> _IsOurs:
    """Which cells of a sheet are mailbot's: none of a sheet of hers."""
    columns = {
        PARTICIPANTS: found.columns.values(),
        CASES: found.case_columns.values(),
        INBOX: found.inbox.case_columns.values() if found.inbox else (),
        MAILINGS: found.mailing_columns.values(),
        LOG: range(1, len(log.HEADERS) + 1),
    }
    name = next((one for one in SHEETS.values() if folded(layout.sheet(one)) == folded(sheet.title)), "")
    if name in columns:
        own = set(columns[name])
        return lambda _row, column: column in own
    if not name:
        return lambda _row, _column: False
    return _drawn(sheet)


def _notes(book: Workbook, erased: Erased) -> Iterator[bool]:
    """Whether notes beside cells, and boxes with text, name them."""
    for part in list(book.package.parts):
        if re.search(r"comment|drawing", part, re.I) and part.endswith((".xml", ".vml")):
            said = book.package.parts[part].decode("utf-8", "replace")
            yield erased.in_text(html.unescape(" ".join(_TEXT.findall(said))))
