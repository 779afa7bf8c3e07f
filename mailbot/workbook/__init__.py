"""The workbook, which mailbot and the secretary both write. Bytes and values in, bytes and values out.

A file is never loaded and saved whole: every library that does so loses something. It is opened
as the zip that it is (``xlsx/package``), and

- in the lists that both write in, ``Deelnemers``, ``Te behandelen`` and ``Logboek``, mailbot sets
  its own cells in the sheet's XML (``xlsx/worksheet``), rows known by nr (``row_matching``), columns by
  header. A cell that says the right thing already is not touched. New rows come in below the list, rows
  of erased people and settled cases go out; what stands below, and all that refers to it, moves
  along as Excel would move it (``xlsx/row_shift``, ``xlsx/references``);
- ``Overzicht``, ``Aanwezigheidslijst`` and ``Naamkaartjes`` each hold a block that is drawn anew
  (``generated_block``); its place is a name of the sheet, and what stands beside or below it is hers;
- the look of a sheet (widths, colours, drop-downs, charts, print settings) is given when it is
  made (``theme``, ``charts``) and hers from then on;
- all else, her sheets, pictures, shapes, comments, sparklines, is carried byte for byte.

Text goes into cells as inline strings: text from outside is never a formula, and the shared strings
need no change, but that those which no cell refers to any more are emptied. Edits are differences from
the ``Base`` of the write whose number the file carries as a document property, never from what the
ledger holds now: a write that was killed cannot pass for her work. ``files.workbook_file`` says in
which order things happen on disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mailbot.domain.decision import EventState
from mailbot.domain.file_says import FileSays
from mailbot.domain.statement import say
from mailbot.workbook import case_rows, mailings, overview
from mailbot.workbook.base import Base, Row
from mailbot.workbook.fingerprints import digest, untouched
from mailbot.workbook.layout import CASES, INBOX, MAILINGS, OVERVIEW, PARTICIPANTS, Layout, layout
from mailbot.workbook.merge import accident, merge, taken, untold
from mailbot.workbook.row_matching import read as rows_read
from mailbot.workbook.snapshot import Snapshot
from mailbot.workbook.writing import Writing
from mailbot.xlsx.package import DamagedError, told_as_damage
from mailbot.xlsx.workbook import Marks, Workbook


@dataclass(frozen=True, slots=True)
class WrittenWorkbook:
    """A workbook that is ready to be written. Its ``base`` is committed first, which gives the number that
    the file carries."""

    base: Base
    book: Workbook

    def data(self, number: int, event: str = "", ledger: str = "") -> bytes:
        """The bytes of the file, as write ``number`` of that event's workbook in that ledger. Raises
        ``DamagedError`` as ``write`` does."""
        self.book.marks = Marks(number, event, ledger)
        return self.book.data()


def marks_of(data: bytes) -> Marks:
    """Which write a file came from, of which event and ledger; nothing where it is damaged."""
    try:
        return Workbook.marks_in(data)
    except DamagedError:
        return Marks()


def number_of(data: bytes) -> int | None:
    """The number of the write that a file came from; None where it has none or is damaged."""
    return marks_of(data).number


def read(data: bytes, layout: Layout, base: Base) -> Snapshot:
    """What stands in a file; ``base`` is what was written under the file's number. Never raises."""
    try:
        with told_as_damage():
            book = Workbook.open(data)
            return replace(
                _read(book, layout, base), number=book.marks.number, source=digest(data), book=book
            )
    except DamagedError as error:
        return Snapshot(damaged=error.why)


def _read(book: Workbook, layout: Layout, base: Base) -> Snapshot:
    found = Snapshot()
    if layout.event:
        sheet = book.sheet(layout.sheet(PARTICIPANTS))
        if sheet is None:
            return Snapshot(damaged=say(FileSays.SHEET_GONE, sheet=layout.sheet(PARTICIPANTS)))
        found = rows_read(sheet, layout, base, untouched=untouched(sheet, PARTICIPANTS, base))
        sheet = book.sheet(layout.sheet(OVERVIEW))
        if sheet is not None:
            found = replace(found, wanted_list=overview.wanted_list(sheet))
    sheet = book.sheet(layout.sheet(CASES))
    if sheet is not None:
        found = case_rows.read(sheet, layout, found, base)
    sheet = book.sheet(layout.sheet(MAILINGS)) if layout.event else None
    if sheet is not None:
        found = mailings.read(sheet, book, layout, found, base)
    sheet = None if layout.event else book.sheet(layout.sheet(INBOX))
    if sheet is not None:
        inbox = case_rows.read(sheet, layout, Snapshot(), base, case_rows.MAILS)
        found = replace(
            found,
            inbox=inbox,
            remarks=(*found.remarks, *inbox.remarks),
            mended=(*found.mended, *inbox.mended),
        )
    return found


def write(
    state: EventState,
    layout: Layout,
    found: Snapshot | None,
    base: Base,
    links: Mapping[int, str] | None = None,
) -> WrittenWorkbook | None:
    """The file that shows ``state``, made from the one that stands there; None where nothing changed.

    ``found`` is what was read there (None for no file; it must hold no edit that was not taken in,
    and serves one write), ``base`` what was written under its number. ``links`` are the paths of
    original messages, beside the file, by message id. Raises ``DamagedError`` where a part of the
    file that was not yet looked into is damaged.
    """
    writing = Writing(state, layout, found, base)
    if writing.is_as_drawn:
        return None
    rows: dict[str, Row] = {}
    columns: dict[str, int] = {}
    to_many: dict[str, dict[str, str]] = {}
    if layout.event:
        rows, columns = writing.participants()
    open_cases = writing.cases(links or {})
    writing.previews()
    inbox = writing.inbox() if not layout.event else {}
    if layout.event:
        to_many = writing.mailings()
        writing.overview(columns)
        writing.printed()
        writing.log()
    writing.guide()
    writing.book.empty_unused_strings()
    return WrittenWorkbook(writing.base_of(rows, open_cases, inbox, to_many), writing.book)


__all__ = [
    "Base",
    "DamagedError",
    "Layout",
    "Marks",
    "Snapshot",
    "WrittenWorkbook",
    "accident",
    "digest",
    "layout",
    "marks_of",
    "merge",
    "number_of",
    "read",
    "taken",
    "untold",
    "write",
]  # fmt: skip
