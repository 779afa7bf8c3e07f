"""``bijeenkomsten.xlsx``: what the secretary typed goes into the event files, and the sheet shows them.

It comes first in a cycle: what she typed there holds for the mails of that same cycle.
"""

from __future__ import annotations

import logging
from datetime import datetime

from mailbot.config.loader import toml_files
from mailbot.config.settings import Settings
from mailbot.domain.case import OF_FORM, REFUSED, Case, CaseKind, Choice
from mailbot.domain.form import Form
from mailbot.domain.remark import Remark
from mailbot.domain.season import EventTotals
from mailbot.files.event_sheet_file import FILE, sync
from mailbot.files.lock_files import lock
from mailbot.files.shared_folder import beside, stamp_of
from mailbot.pipeline.sandbox import Sandbox
from mailbot.service.shared_configuration import SharedConfiguration
from mailbot.service.workbook_sync import ledger_name
from mailbot.storage import Store, messages, queries, season, workbooks
from mailbot.storage.decisions import close_cases, open_case, reword_case
from mailbot.workbook import Base

log = logging.getLogger(__name__)

#: Under which name the ledger holds the cells of its writes; no event's id begins with "#".
_KEPT_AS = "#bijeenkomsten"
#: The workbook that tells of its problems: that of no event.
_TOLD_IN = ""
#: How the keys of its cases begin.
_SEASON = "season:"


class EventSheetSync:
    """The sheet of one installation, for as long as its settings hold."""

    def __init__(self, settings: Settings, store: Store, sandbox: Sandbox) -> None:
        self._settings, self._store, self._sandbox = settings, store, sandbox
        self._shared = SharedConfiguration(settings, store)
        self._path = settings.workbook_dir / FILE
        self._counted: dict[str, tuple[int, EventTotals]] = {}
        self._settled: object = None
        self._worded: object = None

    def import_edits(self, now: datetime) -> bool:
        """Puts what she typed into the event files and draws the sheet from them, where any of them
        changed. True where event or form files changed: the settings must then be loaded again. Raises
        ``StoreTrouble`` and ``OSError``."""
        settings, store = self._settings, self._store
        ledger = ledger_name(store, make=True)
        with store.read_transaction() as tx:
            totals = season.totals(tx, settings, now, self._counted)
        locked = bool(lock(self._path, now))
        found = (totals, locked, self._stamps())
        if found == self._settled:
            return False
        synced = sync(
            self._path,
            settings,
            self._base_of,
            self._keep,
            self._sandbox,
            locked=locked,
            ledger=ledger,
            totals=totals,
            writer=store.writer,
            held=store.held,
        )
        self._tell(synced.remarks, now)
        # A remark may be about what no stamp shows, such as a blank that lies nowhere yet.
        self._settled = None if synced.events or synced.remarks else found
        if synced.events:
            with store.write_transaction() as tx:
                workbooks.mark_behind(tx, [_TOLD_IN], now)  # its drop-down lists the events
            log.info("%s: event files changed", FILE)
        return synced.events

    def _tell(self, remarks: tuple[Remark, ...], now: datetime) -> None:
        """Opens a case for each new problem, closes those of problems that are gone, and rewords those
        that remain where any of the files changed."""
        wanted = {f"{_SEASON}{remark.key}": remark for remark in remarks}
        with self._store.read_transaction() as tx:
            told = {c.key: c for c in queries.open_cases(tx, _TOLD_IN) if c.key.startswith(_SEASON)}
        worded = self._stamps()
        if told.keys() == wanted.keys() and (not told or worded == self._worded):
            return
        with self._store.write_transaction() as tx:
            close_cases(tx, [case.id for key, case in told.items() if key not in wanted], now)
            for key, remark in wanted.items():
                if key in told:
                    reword_case(tx, told[key], remark.says)
                else:
                    open_case(tx, _case(key, remark, now))
            workbooks.mark_behind(tx, [_TOLD_IN], now)
        self._worded = worded

    def _stamps(self) -> tuple[tuple[int, ...], ...]:
        """A value that changes with the sheet, the event and form files, and the blank forms. Raises
        ``OSError``."""
        settings = self._settings
        blanks = [self._path.parent / form.own for form in settings.forms.values() if form.own]
        return tuple(
            map(
                stamp_of,
                (
                    self._path,
                    beside(self._path, self._store.writer),
                    *toml_files(settings.events_dir),
                    *toml_files(settings.forms_dir),
                    *sorted(blanks),
                ),
            )
        )

    def _base_of(self, number: int) -> str | None:
        with self._store.read_transaction() as tx:
            return workbooks.base(tx, _KEPT_AS, number)

    def _keep(self, base: Base) -> int:
        with self._store.write_transaction() as tx:
            self._shared.keep(tx)
            return workbooks.keep_base(tx, _KEPT_AS, base.to_json(), base.number)


def take_up_agreed(settings: Settings, store: Store, now: datetime) -> None:
    """Puts the messages that waited for her agreement on a form back among those to decide, in order of
    arrival, once she agreed or chose another form. Raises ``StoreTrouble``."""
    with store.read_transaction() as tx:
        waiting = queries.waiting_for_forms(tx)
    ready = [case for case in waiting if (form := _waits_for(case, settings)) is None or form.agreed]
    if not ready:
        return
    with store.write_transaction() as tx:
        touched = close_cases(tx, [case.id for case in ready], now)
        messages.take_up(tx, [case.message for case in ready if case.message is not None])
        workbooks.mark_behind(tx, touched, now)
    log.info("%d messages that waited for a form are taken up", len(ready))


def _waits_for(case: Case, settings: Settings) -> Form | None:
    """The form whose agreement a message waits for: that of its event, which may have another form by now."""
    event = settings.events.get(case.event)
    named = event.form if event else case.payload[OF_FORM]
    used = any(one.form == named for one in settings.events.values())
    return settings.forms.get(named) if used else None


def _case(key: str, remark: Remark, now: datetime) -> Case:
    return Case(
        CaseKind.WORKBOOK,
        FILE,
        "",
        (Choice.DONE,),
        opened=now,
        event=_TOLD_IN,
        payload={REFUSED: "ja"},
        key=key,
        says=(remark.says,),
    )
