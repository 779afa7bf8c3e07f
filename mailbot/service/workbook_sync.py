"""Ledger and workbooks: what the secretary typed is imported, what the ledger holds is exported.

``import_one`` comes first in a cycle, before any mail is decided: what she typed wins. ``export_one`` comes
after, when all that the cycle decided can be shown in one write.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from mailbot.config.settings import Settings
from mailbot.domain.case import STILL_NAMED, EditKind
from mailbot.domain.file_says import FileSays
from mailbot.domain.registration import Status
from mailbot.domain.remark import Remark, RemarkKind
from mailbot.domain.statement import Statement, say
from mailbot.files import event_sheet_file
from mailbot.files.drawing import Drawing
from mailbot.files.event_sheet_file import FILE as EVENTS
from mailbot.files.workbook_file import ImportedEdits, WorkbookFile, Wrote
from mailbot.service import inbox, lists, mailings, original_messages, preview_cache
from mailbot.service.case_sources import CaseSources
from mailbot.service.her_edits import HerEdits, workbook_case
from mailbot.service.step_rest import Rest
from mailbot.storage import Store, Transaction, health, queries, season, workbooks
from mailbot.storage.decisions import open_case
from mailbot.storage.personal_data import destroy
from mailbot.wording import as_told
from mailbot.workbook import layout
from mailbot.workbook.still_named import Erased

log = logging.getLogger(__name__)

#: The workbook of cases that belong to no event, or to one of several.
SHARED = ""
#: The fact that names this ledger, drawn once: workbooks carry it.
LEDGER = "ledger"
#: What the facts that say which copy lies beside a workbook begin with.
_COPY = "copy:"
#: Seconds between two looks whether to wait longer for a workbook that is being drawn.
_LOOK = 0.2


@dataclass(frozen=True, slots=True)
class _Begun:
    """A workbook that is being drawn from the ledger as it was at ``wanted``; what was erased up to
    ``erased`` is no longer in it."""

    event: str
    wanted: int
    erased: str
    drawing: Drawing


class WorkbookSync:
    """The workbooks of one installation. Every method raises ``StoreTrouble`` and ``OSError``. ``drawn`` is
    called, from another thread, when a workbook is finished that a child was left to draw."""

    def __init__(self, settings: Settings, store: Store, drawn: Callable[[], None] = lambda: None) -> None:
        self._settings = settings
        self._store = store
        self._drawn = drawn
        self._begun: _Begun | None = None
        self._named = ""
        sources = CaseSources(settings, most=preview_cache.MOST)
        self._previews = preview_cache.PreviewCache(settings, sources)
        self._edits = HerEdits(settings, sources)
        self._rest = Rest()
        folder = settings.workbook_dir
        paths = {
            one.id: (folder / f"{one.id}.xlsx", layout(one, settings)) for one in settings.events.values()
        }
        # last: what she typed about somebody is known before a decision in Postvak about them
        paths[SHARED] = (folder / "Te behandelen.xlsx", layout(None, settings))
        self._files = {
            event: WorkbookFile(*path, writer=store.writer, held=store.held) for event, path in paths.items()
        }

    # ------------------------------------------------------------ in

    @property
    def events(self) -> tuple[str, ...]:
        """The workbooks there are, by event."""
        return tuple(self._files)

    def import_one(self, event: str, now: datetime, sitting: dict[str, Status] | None = None) -> None:
        """Imports the secretary's edits and decisions from one workbook into the ledger, in one
        transaction. ``sitting`` holds what the workbooks read before in the same cycle say of each row, and
        then what this one does."""
        file = self._files[event]
        file.ledger = self._ledger()
        taken = file.import_edits(partial(self._base, event), now)
        if taken is not None:
            self._commit(event, taken, now, {} if sitting is None else sitting)

    def _commit(self, event: str, taken: ImportedEdits, now: datetime, before: dict[str, Status]) -> None:
        sitting = {**before}
        with self._store.write_transaction() as tx:
            nrs, destroyed = self._carried_out(tx, event, taken, now, sitting)
            # Lists before the edits are kept as taken in, so that after a kill they are made again.
            layout = self._files[event].layout
            unmade = lists.write_asked(tx, event, taken.edits, layout, self._settings, now)
            cases = [workbook_case(event, remark, now) for remark in taken.remarks]
            cases += [workbook_case(event, unmade, now, refused=True)] if unmade else []
            opened = [open_case(tx, case) for case in cases]
            if taken.edits:
                workbooks.replace_base(tx, event, taken.number, taken.base(nrs))
            back = taken.restored and workbooks.last_written(tx, event)
            if any(opened) or taken.says_other or back:
                workbooks.mark_behind(tx, [event], now)
        before |= sitting
        original_messages.forget(self._settings, destroyed)
        if taken.edits:
            log.info("workbook %s: %d edits taken in", event or "of cases", len(taken.edits))

    def _carried_out(
        self, tx: Transaction, event: str, taken: ImportedEdits, now: datetime, sitting: dict[str, Status]
    ) -> tuple[list[str], tuple[int, ...]]:
        """Carries out what she did. Returns the nrs of the rows that she typed in ("" for one that became
        no registration), and the messages that are to be destroyed."""
        nrs: list[str] = []
        destroyed: tuple[int, ...] = ()
        for edit in self._edits.in_turn(tx, taken.edits, now):
            decision = self._edits.carry_out(tx, event, edit, now, sitting)
            became = [result.after for result in decision.results if result.after]
            if decision.destroy:
                destroyed += destroy(tx, decision.event, now, season.over_at(self._settings, now))
            if edit.kind is EditKind.NEW_ROW and not edit.nr:
                nrs.append(became[0].nr if became else "")
        return nrs, destroyed

    # ------------------------------------------------------------ out

    def due(self, now: datetime, *, immediate: bool) -> list[str]:
        """The workbooks that are behind the ledger; not ``immediate`` those written just before are
        left out, since more may follow: one of thousands of rows the longer, as writing it takes. While one
        is being drawn it is the only one, and due when it stands."""
        begun = self._begun
        if begun and not immediate:
            return [begun.event] if begun.drawing.stands() else []
        seconds = self._settings.workbook.seconds_between_writes
        with self._store.read_transaction() as tx:
            behind = workbooks.behind(tx)
            last = {one.event: workbooks.last_written(tx, one.event) for one in behind}

        def has_time(event: str, written: datetime | None) -> bool:
            wait = timedelta(seconds=max(seconds, self._rest.of(event)))
            return immediate or written is None or now - written >= wait or written > now

        due = [event for event, written in last.items() if event in self._files and has_time(event, written)]
        return sorted(due, key=lambda event: begun is None or event != begun.event)

    def export_one(self, event: str, now: datetime, leave: Callable[[], bool] = lambda: False) -> str | None:
        """Writes one workbook now. Gives why it waits, in Dutch; None where it does not. One of many people
        is drawn in a child: where ``leave`` says so the child is left at it, and a later call takes up what
        it has drawn."""
        why = ""
        for _ in range(3):
            begun = self._taken_up(event) or self._begin_to_draw(event, now)
            while not begun.drawing.stands():
                if leave():
                    self._begun = begun
                    return None
                begun.drawing.stands(_LOOK)
            wrote = self._finish(begun, now)
            if wrote.why is None:
                return None
            why = as_told(wrote.why)
            if not wrote.late:
                break
            self.import_one(event, now)
        with self._store.write_transaction() as tx:
            workbooks.waits(tx, event, why)
        log.info("workbook %s waits: %s", event or "of cases", why)
        return why

    @property
    def is_drawing(self) -> bool:
        """Whether a child was left to draw a workbook."""
        return self._begun is not None

    def close(self) -> None:
        """Ends a drawing that is under way."""
        if self._begun:
            self._begun.drawing.close()
            self._begun = None

    def _taken_up(self, event: str) -> _Begun | None:
        """The drawing of this workbook that was left under way; one of another workbook is dropped."""
        begun, self._begun = self._begun, None
        if begun and begun.event != event:
            begun.drawing.close()
            return None
        return begun

    def _begin_to_draw(self, event: str, now: datetime) -> _Begun:
        file, base_of = self._files[event], partial(self._base, event)
        file.ledger = self._ledger(make=True)
        with self._rest.after(event):
            with self._store.read_transaction() as tx:
                file.copy.written = health.fact(tx, f"{_COPY}{event}") or ""
                wanted = workbooks.wanted(tx, event)
                erased = health.fact(tx, f"forget:{event}") or ""
                state = queries.event_state(tx, event, now)
                if event == SHARED:
                    state = replace(state, inbox=inbox.listed(tx, self._settings, now))
                state = replace(
                    state, previews=self._previews.previews(tx, state, self._files[SHARED].whom, now)
                )
                state = mailings.with_previews(tx, state, self._settings, now)
            links = original_messages.links(
                self._store, self._settings, (*state.cases, *(one.case for one in state.settled))
            )
            return _Begun(event, wanted, erased, file.begin(state, base_of, links, self._drawn))

    def _finish(self, begun: _Begun, now: datetime) -> Wrote:
        """Puts a drawn workbook in its place, and records what it shows."""
        event, file = begun.event, self._files[begun.event]
        before = file.copy.written
        with begun.drawing:
            wrote = file.finish(begun.drawing, partial(self._keep, event), now)
        self._rest.add(event, wrote.worked)
        if wrote.remarks or file.copy.written != before:
            self._note_copy(event, wrote, now)
        if wrote.done:
            with self._store.write_transaction() as tx:
                workbooks.written(tx, event, begun.wanted, now)
            if begun.erased:
                self._forget(event, begun.erased)
            original_messages.put_away(self._store, self._settings)
            log.info("workbook %s: shows the ledger", event or "of cases")
        return wrote

    def _note_copy(self, event: str, wrote: Wrote, now: datetime) -> None:
        """Keeps which copy lies beside a workbook, and opens a case for what she had saved in it."""
        with self._store.write_transaction() as tx:
            health.note(tx, f"{_COPY}{event}", self._files[event].copy.written)
            opened = [open_case(tx, workbook_case(event, remark, now)) for remark in wrote.remarks]
            if any(opened):
                workbooks.mark_behind(tx, [event], now)

    def differences(self, now: datetime) -> dict[str, Statement]:
        """Where a workbook that should show the ledger has other people in it: by what it is about, what
        differs. It is then drawn anew."""
        lines: dict[str, Statement] = {}
        for event, file in self._files.items():
            with self._store.read_transaction() as tx:
                waits = event in (one.event for one in workbooks.behind(tx))
                held = {row.nr for row in queries.registrations(tx, event) if not row.is_undone}
            file.ledger = self._ledger()
            nrs = None if waits or event == SHARED else file.nrs(partial(self._base, event))
            if nrs is None:
                continue
            shown, taken_out = nrs
            name, lacking, unknown = file.path.name, held - shown - taken_out, shown - held
            if not lacking and not unknown:
                continue
            lines |= {
                f"lacking:{event}:{nr}": say(FileSays.WORKBOOK_LACKS, file=name, nr=nr)
                for nr in sorted(lacking)
            }
            lines |= {
                f"unknown:{event}:{nr}": say(FileSays.WORKBOOK_SHOWS, file=name, nr=nr)
                for nr in sorted(unknown)
            }
            with self._store.write_transaction() as tx:
                workbooks.mark_behind(tx, [event], now)
        return lines

    def tell_still_named(self, erased: Erased, now: datetime) -> dict[str, tuple[Statement, ...]]:
        """Opens a case in each workbook in which cells of hers name somebody whose data was erased, and gives
        those cells, by file; of the one with all events in that of no event. The case names nobody."""
        told = {}
        for event, file in self._files.items():
            file.ledger = self._ledger()
            if found := file.still_named(erased, partial(self._base, event)):
                self._tell_places(event, file.path.name, found, now)
                told[file.path.name] = found
        if found := event_sheet_file.still_named(self._settings.workbook_dir / EVENTS, erased):
            self._tell_places(SHARED, EVENTS, found, now)
            told[EVENTS] = found
        return told

    def _tell_places(self, event: str, file: str, found: tuple[Statement, ...], now: datetime) -> None:
        says = say(FileSays.STILL_NAMED, file=file, places=found)
        remark = Remark(RemarkKind.STILL_NAMED, says, (event, file, now.isoformat()))
        with self._store.write_transaction() as tx:
            open_case(tx, replace(workbook_case(event, remark, now), payload={STILL_NAMED: "ja"}))
            workbooks.mark_behind(tx, [event], now)

    def _forget(self, event: str, erased: str) -> None:
        """After an erasure: deletes former versions, copies and cells of a workbook, which still show what
        was erased. An erasure later than ``erased`` is left to the next write, as this one still shows it."""
        self._files[event].forget()
        lists.forget(event, self._settings)
        with self._store.write_transaction() as tx:
            workbooks.forget_bases(tx, event)
            if health.fact(tx, f"forget:{event}") == erased:
                health.note(tx, f"forget:{event}", "")
            health.note(tx, f"{health.LISTS}{event}", "")
        self._store.wipe()

    def _ledger(self, *, make: bool = False) -> str:
        """The name by which the files of this installation say which ledger they belong to."""
        if not self._named:
            self._named = ledger_name(self._store, make=make)
        return self._named

    def _base(self, event: str, number: int) -> str | None:
        with self._store.read_transaction() as tx:
            return workbooks.base(tx, event, number)

    def _keep(self, event: str, cells: str, follows: int) -> int:
        with self._store.write_transaction() as tx:
            return workbooks.keep_base(tx, event, cells, follows)


def ledger_name(store: Store, *, make: bool) -> str:
    """The name of this ledger, which its workbooks carry. It is made once, where that is asked."""
    with store.read_transaction() as tx:
        held = health.fact(tx, LEDGER)
    if not held and make:
        with store.write_transaction() as tx:
            held = health.fact(tx, LEDGER) or secrets.token_hex(8)
            health.note(tx, LEDGER, held)
    return held
