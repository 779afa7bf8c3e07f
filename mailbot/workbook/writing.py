"""One write of a workbook: each sheet is brought in line with the state of the ledger, one after another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mailbot.domain.case import Case, Choice
from mailbot.domain.decision import EventState
from mailbot.domain.registration import Registration
from mailbot.workbook import (
    attendance,
    badges,
    case_rows,
    cases,
    guide,
    log,
    mailings,
    overview,
    participants,
    previews,
)
from mailbot.workbook.base import Base, Row
from mailbot.workbook.fingerprints import known_by, left, running, shape, told_of, untouched
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
)
from mailbot.workbook.merge import untold
from mailbot.workbook.row_matching import adopted
from mailbot.workbook.row_matching import read as rows_read
from mailbot.workbook.snapshot import Snapshot, SnapshotRow
from mailbot.workbook.values import plain
from mailbot.xlsx.workbook import Workbook
from mailbot.xlsx.worksheet import Worksheet

#: The sheets to print: lists of lines, made by a file each.
_PRINTED = {ATTENDANCE: attendance, BADGES: badges}


class Writing:
    """One write: the sheets brought in line with the state one after another, and what is kept of it."""

    def __init__(self, state: EventState, layout: Layout, found: Snapshot | None, base: Base) -> None:
        going_on = (e for e in layout.events if e.is_going_on(state.as_of, layout.zone))
        self._state, self._layout, self._base = state, layout, base
        self._offered = replace(layout, events=tuple(going_on) if layout.event is None else ())
        self._told = told_of(state, layout)
        self._log_lines = running(state.log)
        shown = (state.cases, state.inbox, state.settled, state.previews, state.mailings_shown, state.lists)
        self._drawn = known_by((sorted(self._told.items()), shown, self._log_lines[-1], shape(self._offered)))
        self._title = layout.event.title if layout.event else layout.sheet(CASES)
        self._parts_left: dict[str, str] = {}
        self._lines: dict[str, list[str]] = {}
        self.book = found.book if found and found.book else Workbook.new()
        self.is_as_drawn = bool(
            found
            and self._drawn == base.drawn
            and base.tidy
            and not untold(base, found)
            and _as_drawn(self.book, found, state, layout)
        )
        self._found = found or Snapshot()

    def participants(self) -> tuple[dict[str, Row], dict[str, int]]:
        """Deelnemers: what stands in its rows, and which column holds what."""
        layout, state = self._layout, self._state
        sheet, new = _sheet(self.book, layout.sheet(PARTICIPANTS))
        if new:
            participants.create(sheet, layout, self._title)
            self._found = rows_read(sheet, layout, self._base)
        elif self._is_of_another_form(sheet):
            participants.clear(sheet)
            participants.create(sheet, layout, self._title)
            laid = rows_read(sheet, layout, self._base)
            self._found = replace(self._found, header=laid.header, columns=laid.columns)
        ledger = (
            (r.nr, participants.row_of(participants.contents(r, layout), layout)) for r in state.registrations
        )
        same = [one.case for one in state.settled if one.settlement.choice is Choice.SAME]
        self._found = adopted(self._found, ledger, asked=_typed(state.cases), same=_typed(same))
        drawn = participants.write(sheet, self._found, state, layout, self._base, self._told)
        self._put_down(PARTICIPANTS, sheet)
        return drawn

    def _is_of_another_form(self, sheet: Worksheet) -> bool:
        """Whether the list holds nobody, and nothing but the headers that mailbot gave it for a form of
        before."""
        base, headers = self._base, [column.header for column in self._layout.columns]
        if base.rows or base.pending or self._state.registrations or base.headers in ([], headers):
            return False
        stands = [plain(sheet.get(1, index)) for index in range(1, sheet.last_column + 1)]
        return not any(sheet.filled(2)) and [one for one in stands if one] == base.headers

    def cases(self, links: Mapping[int, str]) -> dict[str, dict[str, str]]:
        """Te behandelen; what stands in its rows."""
        sheet, new = _sheet(self.book, self._layout.sheet(CASES))
        if new:
            cases.create(sheet, self._layout, self._title)
            self._found = case_rows.read(sheet, self._layout, self._found, self._base)
        before = self._base.cases
        return cases.write(sheet, self._found, self._state, self._offered, links=links, before=before)

    def previews(self) -> None:
        """Voorbeelden, which is made once there is a preview for it."""
        if previews.has_some(self._state) or self.book.sheet(self._layout.sheet(PREVIEWS)) is not None:
            sheet, new = _sheet(self.book, self._layout.sheet(PREVIEWS))
            if new:
                previews.create(sheet, self._title)
            before = self._lines_before(sheet, PREVIEWS, new=new)
            self._lines[PREVIEWS] = previews.write(
                sheet, self._state.previews, self._state.mailings_shown, self._layout, before
            )
            self._put_down(PREVIEWS, sheet)

    def inbox(self) -> dict[str, dict[str, str]]:
        """Postvak; what stands in its rows."""
        return _inbox(self.book, self._found, self._state, self._offered)

    def mailings(self) -> dict[str, dict[str, str]]:
        """Berichten; what stands in its rows."""
        sheet, new = _sheet(self.book, self._layout.sheet(MAILINGS))
        if new:
            mailings.create(sheet, self._layout, self._title)
            self._found = mailings.read(sheet, self.book, self._layout, self._found, self._base)
        return mailings.write(sheet, self._found, self._state.mailings_shown, self._layout, self._base)

    def overview(self, columns: dict[str, int]) -> None:
        """Overzicht, which counts the ``columns`` of Deelnemers."""
        sheet, new = _sheet(self.book, self._layout.sheet(OVERVIEW))
        if new:
            overview.create(sheet, self._title)
        overview.write(sheet, self._state, self._layout, columns)

    def printed(self) -> None:
        """The sheets to print, each a list of lines that is drawn from the first that changed."""
        for name in _PRINTED:
            self._print(name)

    def _print(self, name: str) -> None:
        page = _PRINTED[name]
        sheet, new = _sheet(self.book, self._layout.sheet(name))
        if new:
            page.create(sheet, self._title)
        before = self._lines_before(sheet, name, new=new)
        self._lines[name] = page.write(sheet, self._state, self._layout, before)
        self._put_down(name, sheet)

    def log(self) -> None:
        """Logboek: the lines since the last write, or all where it is not that one that stands there."""
        base, sums = self._base, self._log_lines
        sheet, new = _sheet(self.book, self._layout.sheet(LOG))
        if new:
            log.create(sheet, self._layout, self._title)
        held = 0 if new or base.log >= len(sums) or sums[base.log] != base.logged else base.log
        log.write(sheet, self._state.log, held, self._layout)
        self.book.put_down(sheet)

    def guide(self) -> None:
        """Draws Uitleg."""
        sheet, new = _sheet(self.book, self._layout.sheet(GUIDE))
        if new:
            guide.create(sheet, self._title)
        guide.write(sheet, self._layout)

    def base_of(
        self,
        rows: dict[str, Row],
        open_cases: dict[str, dict[str, str]],
        inbox: dict[str, dict[str, str]],
        to_many: dict[str, dict[str, str]],
    ) -> Base:
        """What the ledger keeps of this write, for the next read."""
        base = self._base
        unnamed = {nr for nr in base.pending if nr.startswith("?")}
        in_ledger = {registration.nr for registration in self._state.registrations}
        undone = base.gone & in_ledger - rows.keys()
        return Base(
            rows=rows,
            cases=open_cases,
            inbox=inbox,
            strays={
                CASES: case_rows.strays_of(self._found),
                INBOX: case_rows.strays_of(self._found.inbox or Snapshot()),
            },
            mailings=to_many,
            pending={row.nr: base.pending[row.nr] for row in self._found.rows if row.nr in unnamed},
            gone=base.gone - rows.keys(),
            marked=True,
            undone={nr: row for nr, row in base.undone.items() if nr in undone},
            own={nr: cells for nr, cells in base.own.items() if nr in undone},
            log=len(self._state.log),
            logged=self._log_lines[-1],
            drawn=self._drawn,
            source=self._found.source,
            headers=[column.header for column in self._layout.columns],
            left={name: left(self.book, part, name) for name, part in self._parts_left.items()},
            told=self._told,
            lines=self._lines,
        )

    def _put_down(self, name: str, sheet: Worksheet) -> None:
        """Finishes a sheet in this write, and frees its cells."""
        self.book.put_down(sheet)
        self._parts_left[name] = sheet.part

    def _lines_before(self, sheet: Worksheet, name: str, *, new: bool) -> Sequence[str]:
        """The lines that the last write left on a sheet; none where it was changed since."""
        return self._base.lines.get(name, ()) if not new and untouched(sheet, name, self._base) else ()


def _as_drawn(book: Workbook, found: Snapshot, state: EventState, layout: Layout) -> bool:
    """Whether the sheets are there, and mailbot's own cells as mailbot would write them."""
    names = {name.casefold() for name in book.names}
    of_event = (PARTICIPANTS, CASES, MAILINGS, OVERVIEW, *_PRINTED, LOG, GUIDE)
    sheets = of_event if layout.event else (CASES, *(INBOX,) * bool(state.inbox), GUIDE)
    sheets = (*sheets, *(PREVIEWS,) * previews.has_some(state))
    if found.mended or not {layout.sheet(name).casefold() for name in sheets} <= names:
        return False
    if any(row.name.startswith("?") or row.values[mailings.CHOICE] for row in found.mailings or ()):
        return False
    held = {registration.nr: registration for registration in state.registrations}
    return all(_says(row, held.get(row.nr), layout) for row in found.rows if row.nr)


def _says(row: SnapshotRow, held: Registration | None, layout: Layout) -> bool:
    """Whether a row says what the ledger holds of its registration."""
    if held is None:
        return False
    wanted = participants.row_of(participants.contents(held, layout), layout)
    return row.values.items() <= wanted.items()


def _typed(cases: Iterable[Case]) -> list[Row]:
    """The rows that she typed and that these cases are about."""
    return [json.loads(case.payload["typed"]) for case in cases if "typed" in case.payload]


def _inbox(book: Workbook, found: Snapshot, state: EventState, layout: Layout) -> dict[str, dict[str, str]]:
    """Brings Postvak in line, which is made once there is a mail for it."""
    if not state.inbox and book.sheet(layout.sheet(INBOX)) is None:
        return {}
    sheet, new = _sheet(book, layout.sheet(INBOX))
    here = found.inbox or Snapshot()
    if new:
        cases.create(sheet, layout, layout.sheet(INBOX), case_rows.MAILS)
        here = case_rows.read(sheet, layout, Snapshot(), Base(), case_rows.MAILS)
    return cases.write(sheet, here, state, layout, listing=case_rows.MAILS)


def _sheet(book: Workbook, name: str) -> tuple[Worksheet, bool]:
    """A sheet, and whether it had to be made."""
    sheet = book.sheet(name)
    return (sheet, False) if sheet else (book.add_sheet(name), True)
