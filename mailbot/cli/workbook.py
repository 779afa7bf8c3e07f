"""``mailbot workbook EVENT``: writes that workbook now."""

from __future__ import annotations

import argparse

from mailbot.cli.output import event_of, say, settings_of


def run(given: argparse.Namespace) -> int:
    """Takes in what was typed, writes, and says where. A workbook that is open is no failure."""
    from mailbot.service.clock import now
    from mailbot.service.workbook_sync import WorkbookSync
    from mailbot.storage import Store

    settings = settings_of(given)
    event = event_of(given.event, settings)
    with Store(settings.store_url) as store:
        workbooks = WorkbookSync(settings, store)
        workbooks.import_one(event.id, now())
        why = workbooks.export_one(event.id, now())
    say(f"{settings.workbook_dir / f'{event.id}.xlsx'}" + (f": {why}" if why else ""))
    return 0
