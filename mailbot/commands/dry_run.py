"""``mailbot run --once --dry-run``: what one round would do, played on copies of ledger and
workbooks. The mailbox is opened read-only, and nothing is sent."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from mailbot.commands import say, say_error
from mailbot.edge.clock import now
from mailbot.edge.store import Store, outgoing, overview, workbooks
from mailbot.edge.store.backup import copy
from mailbot.settings import Settings
from mailbot.worker import Round, Worker


def dry_run(settings: Settings) -> int:
    """Prints what would be recorded, written and sent; exit status as of the round itself."""
    started = now()
    with tempfile.TemporaryDirectory(prefix="mailbot-dry-run-") as folder:
        played = replace(settings, workbook_dir=Path(folder) / "workbooks", state_dir=Path(folder))
        if settings.workbook_dir.is_dir():
            shutil.copytree(settings.workbook_dir, played.workbook_dir)
        with Store(f"sqlite:///{folder}/ledger.db") as store:
            _copy_ledger(settings, store)
            with store.reading() as tx:
                before = {one.id: one.outcome for one in overview.messages(tx)}
            with Worker(played, store, now, lambda: False, touching=False) as worker:
                made = worker.round(at_once=True)
            _print(store, before, started, settings)
    return _end(made)


def _copy_ledger(settings: Settings, target: Store) -> None:
    """A ledger that is not there yet is not made."""
    prefix = "sqlite:///"
    if settings.store_url.startswith(prefix) and not Path(settings.store_url.removeprefix(prefix)).exists():
        return
    with Store(settings.store_url) as source:
        copy(source, target)


def _print(store: Store, before: dict[int, str], started: datetime, settings: Settings) -> None:
    with store.reading() as tx:
        for one in overview.messages(tx):
            if before.get(one.id) != one.outcome:
                nrs = f", {', '.join(one.nrs)}" if one.nrs else ""
                event = f", {one.event}" if one.event else ""
                outcome = one.outcome or one.state
                say(f'would record: "{one.subject}" from {one.sender}: {outcome}{event}{nrs}')
        for event in workbooks.written_after(tx, started):
            say(f"would write: {settings.workbook_dir / ((event or 'Te behandelen') + '.xlsx')}")
        for mail in outgoing.waiting_mails(tx, now()):
            say(f'would send: "{mail.subject}" to {mail.to.email} ({mail.kind})')


def _end(made: Round) -> int:
    for what, text in made.troubles.items():
        say_error(f"{what}: {text}")
    if made.misconfigured:
        return 2
    return 1 if made.troubles else 0
