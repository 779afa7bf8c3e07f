"""``bijeenkomsten.xlsx``: what the secretary typed goes into the event files, and the sheet shows them.

It comes first in a cycle: what she typed there holds for the mails of that same cycle.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.files.event_sheet_file import sync
from mailbot.files.workbook_file import lock
from mailbot.service.workbook_sync import ledger_name
from mailbot.storage import Store, queries, season, workbooks
from mailbot.storage.decisions import close_cases, open_case, workbook_behind
from mailbot.workbook import Base

log = logging.getLogger(__name__)

FILE = "bijeenkomsten.xlsx"
#: Under which name the ledger holds the cells of its writes; no event's id begins with "#".
_KEPT_AS = "#bijeenkomsten"
#: The workbook that tells of its problems: that of no event.
_TOLD_IN = ""


def import_edits(settings: Settings, store: Store, now: datetime) -> bool:
    """Takes her rows into the event files and draws the sheet from them; True where event files
    changed: the settings are then of yesterday. Raises ``StoreTrouble`` and ``OSError``."""
    path = settings.workbook_dir / FILE

    def base_of(number: int) -> str | None:
        with store.read_transaction() as tx:
            return workbooks.base(tx, _KEPT_AS, number)

    def keep(base: Base) -> int:
        with store.write_transaction() as tx:
            return workbooks.keep_base(tx, _KEPT_AS, base.to_json(), base.number)

    ledger = ledger_name(store, make=True)
    with store.read_transaction() as tx:
        totals = season.totals(tx, settings, now)
    locked = bool(lock(path, now))
    synced = sync(path, settings, base_of, keep, locked=locked, ledger=ledger, totals=totals)
    _tell(store, synced.remarks, now)
    if synced.events:
        with store.write_transaction() as tx:
            workbook_behind(tx, [_TOLD_IN], now)  # its drop-down lists the events
        log.info("%s: event files changed", FILE)
    return synced.events


def _tell(store: Store, remarks: tuple[str, ...], now: datetime) -> None:
    """A case for each problem there is, none for those that are gone."""
    wanted = {f"season:{hashlib.sha256(line.encode()).hexdigest()[:16]}": line for line in remarks}
    with store.read_transaction() as tx:
        told = {c.key: c.id for c in queries.open_cases(tx, _TOLD_IN) if c.key.startswith("season:")}
    if told.keys() == wanted.keys():
        return
    with store.write_transaction() as tx:
        close_cases(tx, [number for key, number in told.items() if key not in wanted], now)
        for key, line in wanted.items():
            open_case(
                tx,
                Case(
                    CaseKind.WORKBOOK, "werkboek", line, (Choice.DONE,), opened=now, event=_TOLD_IN, key=key
                ),
            )
        workbook_behind(tx, [_TOLD_IN], now)
