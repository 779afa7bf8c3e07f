"""Lists as files, in a folder beside the workbooks: what she asked for on the sheet ``Overzicht``."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.domain.case import Edit, EditKind
from mailbot.domain.decision import EventState
from mailbot.domain.file_says import FileSays
from mailbot.domain.remark import Remark, RemarkKind
from mailbot.domain.statement import say
from mailbot.files.shared_folder import plain_files, subfolder, write_whole
from mailbot.storage import Transaction, health, queries
from mailbot.text.system_errors import describe
from mailbot.workbook.layout import ALL_LISTS, LISTS, Layout

log = logging.getLogger(__name__)

#: The folder of the lists, beside the workbooks.
FOLDER = "lijsten"


def write_asked(
    tx: Transaction, event: str, edits: Sequence[Edit], layout: Layout, settings: Settings, now: datetime
) -> Remark | None:
    """Makes the lists that she asked for, before the edits of this import are recorded, so that after a
    kill they are made again. Returns why they could not be made; that does not affect her other edits."""
    wanted = [edit.key for edit in edits if edit.kind is EditKind.LISTS]
    if not wanted:
        return None
    if wanted[-1] not in (*LISTS, ALL_LISTS):
        told = say(FileSays.NO_SUCH_LIST, word=wanted[-1], lists=tuple(LISTS), all=ALL_LISTS)
        return Remark(RemarkKind.NO_SUCH_LIST, told, (wanted[-1],))
    try:
        names = _made(event, wanted[-1], queries.event_state(tx, event, now), layout, settings)
    except OSError as error:
        log.warning("lists of %s not made: %s", event, describe(error))
        told = say(FileSays.LIST_NOT_MADE, lists=wanted[-1], folder=FOLDER)
        return Remark(RemarkKind.LIST_NOT_MADE, told, (wanted[-1],))
    health.note(tx, f"{health.LISTS}{event}", json.dumps(names))
    return None


def _made(event: str, wanted: str, state: EventState, layout: Layout, settings: Settings) -> tuple[str, ...]:
    """Writes lists, and gives where they lie."""
    from mailbot.blank_forms import lists

    folder = subfolder(settings.workbook_dir, FOLDER)
    names = []
    for table in lists.tables(state, layout, wanted):
        for suffix, data in (("docx", lists.docx(table, layout)), ("xlsx", lists.xlsx(table))):
            path = folder / f"{event} {table.name}.{suffix}"
            write_whole(path, data)
            names.append(f"{FOLDER}/{path.name}")
    return tuple(names)


def forget(event: str, settings: Settings) -> None:
    """Deletes the lists of an event, which show who must be forgotten."""
    for file in plain_files(settings.workbook_dir, FOLDER, f"{event} *"):
        file.unlink()
