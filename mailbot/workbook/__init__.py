"""The workbook: the secretary's desk, written by two authors. Bytes and values in, bytes and values out.

A file is never loaded and saved whole: every library that does so loses something. It is opened
as the zip that it is (``package``), and

- in the lists that both write in, ``Deelnemers``, ``Te behandelen`` and ``Logboek``, mailbot sets
  its own cells in the sheet's XML (``sheet``), rows known by nr (``rows``), columns by header.
  A cell that says the right thing already is not touched. New rows come in below the list, rows
  of erased people and settled cases go out; what stands below, and all that refers to it, moves
  along as Excel would move it (``moving``, ``references``);
- ``Overzicht``, ``Aanwezigheidslijst`` and ``Naamkaartjes`` each hold a block that is drawn anew
  (``block``); its place is a name of the sheet, and what stands beside or below it is hers;
- the look of a sheet (widths, colours, drop-downs, charts, print settings) is given when it is
  made (``look``, ``charts``) and hers from then on;
- all else, her sheets, pictures, shapes, comments, sparklines, is carried byte for byte.

Text goes into cells as inline strings, so that the shared strings need no change and text from
outside is never a formula. Edits are differences from the ``Base`` of the write whose number the
file carries as a document property, never from what the ledger holds now: a write that was
killed cannot pass for her work. ``edge.workbook_file`` says in which order things happen on disk.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mailbot.domain.decision import EventState, Logged
from mailbot.workbook import (
    attendance,
    badges,
    cases,
    guide,
    log,
    mailings,
    overview,
    participants,
    previews,
)
from mailbot.workbook.base import Base, Row
from mailbot.workbook.layout import (
    ATTENDANCE,
    BADGES,
    CASES,
    GUIDE,
    INBOX,
    LOG,
    MAILINGS,
    OVERVIEW,
    PARTICIPANTS,
    PREVIEWS,
    Layout,
    layout,
)
from mailbot.workbook.merge import accident, merge, taken
from mailbot.workbook.row_matching import adopted
from mailbot.workbook.row_matching import read as rows_read
from mailbot.workbook.snapshot import Snapshot
from mailbot.xlsx.package import DamagedError, told_as_damage
from mailbot.xlsx.workbook import Marks, Workbook
from mailbot.xlsx.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class WrittenWorkbook:
    """A file to be. ``base`` is committed first, which gives the number that the file carries."""

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
        return Snapshot(damaged=str(error))


def _read(book: Workbook, layout: Layout, base: Base) -> Snapshot:
    found = Snapshot()
    if layout.event:
        sheet = book.sheet(layout.sheet(PARTICIPANTS))
        if sheet is None:
            return Snapshot(damaged=f"het blad {layout.sheet(PARTICIPANTS)} ontbreekt")
        found = rows_read(sheet, layout, base, untouched=_untouched(sheet, PARTICIPANTS, base))
        sheet = book.sheet(layout.sheet(OVERVIEW))
        if sheet is not None:
            found = replace(found, wanted_list=overview.wanted_list(sheet))
    sheet = book.sheet(layout.sheet(CASES))
    if sheet is not None:
        found = cases.read(sheet, layout, found, base.cases)
    sheet = book.sheet(layout.sheet(MAILINGS)) if layout.event else None
    if sheet is not None:
        found = mailings.read(sheet, book, layout, found, base)
    sheet = None if layout.event else book.sheet(layout.sheet(INBOX))
    if sheet is not None:
        inbox = cases.read(sheet, layout, Snapshot(), base.inbox, cases.MAILS)
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
    going_on = (e for e in layout.events if not e.cancelled and not e.is_over(state.as_of, layout.zone))
    offered = replace(layout, events=tuple(going_on) if layout.event is None else ())
    told = _told(state, layout)
    log_lines = _running(state.log)
    shown = (state.cases, state.inbox, state.settled, state.previews, state.mailings_shown, state.lists)
    drawn = _known_by((sorted(told.items()), shown, log_lines[-1], _shape(offered)))
    book = found.book if found and found.book else Workbook.new()
    if found and drawn == base.drawn and base.tidy and _as_drawn(book, found, state, layout):
        return None
    found = found or Snapshot()
    title = layout.event.title if layout.event else layout.sheet(CASES)
    rows: dict[str, Row] = {}
    columns: dict[str, int] = {}
    sheets: dict[str, Worksheet] = {}
    lines: dict[str, list[str]] = {}
    if layout.event:
        sheet, new = _sheet(book, layout.sheet(PARTICIPANTS))
        if new:
            participants.create(sheet, layout, title)
            found = rows_read(sheet, layout, base)
        found = adopted(
            found,
            {
                r.nr: participants.row_of(participants.contents(r, layout), layout)
                for r in state.registrations
            },
            [json.loads(case.payload["typed"]) for case in state.cases if "typed" in case.payload],
        )
        rows, columns = participants.write(sheet, found, state, layout, base, told)
        sheets[PARTICIPANTS] = sheet
    sheet, new = _sheet(book, layout.sheet(CASES))
    if new:
        cases.create(sheet, layout, title)
        found = cases.read(sheet, layout, found, base.cases)
    open_cases = cases.write(
        sheet,
        found,
        state.cases,
        offered,
        links or {},
        settled=state.settled,
        previews=state.previews,
        before=base.cases,
        registrations=state.registrations,
    )
    if state.previews or book.sheet(layout.sheet(PREVIEWS)) is not None:
        sheet, new = _sheet(book, layout.sheet(PREVIEWS))
        if new:
            previews.create(sheet, title)
        held_lines = base.lines.get(PREVIEWS, ()) if not new and _untouched(sheet, PREVIEWS, base) else ()
        lines[PREVIEWS] = previews.write(sheet, state.previews, layout, held_lines)
        sheets[PREVIEWS] = sheet
    inbox = _inbox(book, found, state, offered) if not layout.event else {}
    to_many: dict[str, dict[str, str]] = {}
    if layout.event:
        sheet, new = _sheet(book, layout.sheet(MAILINGS))
        if new:
            mailings.create(sheet, layout, title)
            found = mailings.read(sheet, book, layout, found, base)
        to_many = mailings.write(sheet, found, state.mailings_shown, layout, base)
        sheet, new = _sheet(book, layout.sheet(OVERVIEW))
        if new:
            overview.create(sheet, title)
        overview.write(sheet, state, layout, columns)
        for name, page in ((ATTENDANCE, attendance), (BADGES, badges)):
            sheet, new = _sheet(book, layout.sheet(name))
            if new:
                page.create(sheet, title)
            before = base.lines.get(name, ()) if not new and _untouched(sheet, name, base) else ()
            lines[name] = page.write(sheet, state, layout, before)
            sheets[name] = sheet
        sheet, new = _sheet(book, layout.sheet(LOG))
        if new:
            log.create(sheet, layout, title)
        held = 0 if new or base.log >= len(log_lines) or log_lines[base.log] != base.logged else base.log
        log.write(sheet, state.log, held, layout)
    sheet, new = _sheet(book, layout.sheet(GUIDE))
    if new:
        guide.create(sheet, title)
    guide.write(sheet, layout)
    unnamed = {nr for nr in base.pending if nr.startswith("?")}
    in_ledger = {registration.nr for registration in state.registrations}
    written = Base(
        rows=rows,
        cases=open_cases,
        inbox=inbox,
        mailings=to_many,
        pending={row.nr: base.pending[row.nr] for row in found.rows if row.nr in unnamed},
        gone=base.gone - rows.keys(),
        marked=True,
        undone={nr: row for nr, row in base.undone.items() if nr in base.gone & in_ledger - rows.keys()},
        log=len(state.log),
        logged=log_lines[-1],
        drawn=drawn,
        source=found.source,
        left={name: _left(sheet, name) for name, sheet in sheets.items()},
        told=told,
        lines=lines,
    )
    return WrittenWorkbook(written, book)


def _as_drawn(book: Workbook, found: Snapshot, state: EventState, layout: Layout) -> bool:
    """Whether the sheets are there, and mailbot's own cells as mailbot would write them."""
    names = {name.casefold() for name in book.names}
    of_event = (PARTICIPANTS, CASES, MAILINGS, OVERVIEW, ATTENDANCE, BADGES, LOG, GUIDE)
    sheets = of_event if layout.event else (CASES, *(INBOX,) * bool(state.inbox), GUIDE)
    sheets = (*sheets, *(PREVIEWS,) * bool(state.previews))
    if found.mended or not {layout.sheet(name).casefold() for name in sheets} <= names:
        return False
    if any(row.name.startswith("?") or row.values[mailings.CHOICE] for row in found.mailings or ()):
        return False
    held = {registration.nr: registration for registration in state.registrations}
    for row in found.rows:
        if row.nr in held:
            wanted = participants.row_of(participants.contents(held[row.nr], layout), layout)
            if not row.values.items() <= wanted.items():
                return False
        elif row.nr:
            return False
    return True


def _inbox(book: Workbook, found: Snapshot, state: EventState, layout: Layout) -> dict[str, dict[str, str]]:
    """Brings Postvak in line, which is made once there is a mail for it."""
    if not state.inbox and book.sheet(layout.sheet(INBOX)) is None:
        return {}
    sheet, new = _sheet(book, layout.sheet(INBOX))
    here = found.inbox or Snapshot()
    if new:
        cases.create(sheet, layout, layout.sheet(INBOX), cases.MAILS)
        here = cases.read(sheet, layout, Snapshot(), {}, cases.MAILS)
    return cases.write(sheet, here, state.inbox, layout, {}, cases.MAILS)


def _sheet(book: Workbook, name: str) -> tuple[Worksheet, bool]:
    """A sheet, and whether it had to be made."""
    sheet = book.sheet(name)
    return (sheet, False) if sheet else (book.add_sheet(name), True)


def digest(data: bytes) -> str:
    """What a file is known by, to tell whether it was saved anew."""
    return hashlib.sha256(data).hexdigest()


def _told(state: EventState, layout: Layout) -> dict[str, str]:
    """What each registration is known by, and the shape of the sheets with it."""
    shape = _shape(layout)
    return {r.nr: _known_by((shape, r)) for r in state.registrations}


def _shape(layout: Layout) -> str:
    listed = [(event.id, event.title) for event in layout.events] if layout.event is None else []
    return _known_by((layout.event, layout.form, layout.sheets, layout.names, listed))


def _running(lines: Iterable[Logged]) -> list[str]:
    """Digests of the first lines: of none, of the first, of the first two, and so on."""
    sofar = hashlib.sha256()
    digests = [sofar.hexdigest()[:16]]
    for line in lines:
        sofar.update(repr(line).encode())
        digests.append(sofar.hexdigest()[:16])
    return digests


def _left(sheet: Worksheet, name: str) -> str:
    """A digest of a sheet as this write leaves it."""
    for part in _parts(sheet, name):
        sheet.book.package.settled(part)
    return _stands(sheet, name)


def _stands(sheet: Worksheet, name: str) -> str:
    """A digest of a sheet's bytes as they came, or were left."""
    return digest(b"".join(sheet.book.package.parts[part] for part in _parts(sheet, name)))[:16]


def _parts(sheet: Worksheet, name: str) -> list[str]:
    """The part of a sheet; of Deelnemers with those that its cells refer to."""
    return [sheet.part, *(sheet.book.shared_parts if name == PARTICIPANTS else ())]


def _untouched(sheet: Worksheet, name: str, base: Base) -> bool:
    """Whether a sheet, not yet changed by this write, is as that one left it."""
    return name in base.left and _stands(sheet, name) == base.left[name]


def _known_by(facts: object) -> str:
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


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
    "write",
]  # fmt: skip
