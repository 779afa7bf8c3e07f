"""``mailbot run --once --dry-run``: what one cycle would do, played on copies of ledger and
workbooks. The mailbox is opened read-only, and nothing is sent."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from mailbot.cli.output import say, say_error, short
from mailbot.config.settings import Settings
from mailbot.files.shared_folder import is_plain
from mailbot.service.clock import now
from mailbot.service.steps import Cycle
from mailbot.service.worker import Worker
from mailbot.storage import Store, outbox, queries, workbooks
from mailbot.storage.backup import copy
from mailbot.wording import what_was_done


def dry_run(settings: Settings) -> int:
    """Prints what would be recorded, written and sent; exit status as of the cycle itself."""
    started = now()
    with tempfile.TemporaryDirectory(prefix="mailbot-dry-run-") as folder:
        played = replace(settings, workbook_dir=Path(folder) / "workbooks", state_dir=Path(folder))
        if settings.workbook_dir.is_dir():
            shutil.copytree(settings.workbook_dir, played.workbook_dir, symlinks=True, ignore=_no_files)
        with Store(f"sqlite:///{folder}/ledger.db") as store:
            _copy_ledger(settings, store)
            with store.read_transaction() as tx:
                before = {one.id: one.outcome for one in queries.messages(tx)}
            with Worker(played, store, now, lambda: False, touching=False) as worker:
                made = worker.cycle(immediate=True)
            _print(store, before, started, settings)
    return _end(made)


def _no_files(folder: str, names: list[str]) -> list[str]:
    """What must not be copied because it is neither a file nor a folder: reading a pipe would never end.
    Links are copied as links, so that the cycle treats them as it would the real ones."""
    return [
        name
        for name in names
        if not (is_plain(path := Path(folder) / name) or path.is_dir() or path.is_symlink())
    ]


def _copy_ledger(settings: Settings, target: Store) -> None:
    """Copies the ledger, where there is one: opening it would create it, and a dry run creates nothing."""
    prefix = "sqlite:///"
    if settings.store_url.startswith(prefix) and not Path(settings.store_url.removeprefix(prefix)).exists():
        return
    with Store(settings.store_url, as_it_is=True) as source:
        copy(source, target)


def _print(store: Store, before: dict[int, str], started: datetime, settings: Settings) -> None:
    lines = []
    with store.read_transaction() as tx:
        for one in queries.messages(tx):
            if before.get(one.id) != one.outcome:
                facts = ", ".join(filter(None, (one.outcome or one.state, one.event, *one.nrs)))
                lines.append(f'would record  {facts}: "{short(one.subject)}" from {one.sender or "nobody"}')
        for logged in queries.logged_since(tx, started):
            said = logged.line
            if said.message is None:
                facts = " ".join(filter(None, (said.event, said.registration, what_was_done(said))))
                lines.append(f"would record  {short(facts, 80)}")
        names = (event or "Te behandelen" for event in workbooks.written_after(tx, started))
        lines += [f"would write   {settings.workbook_dir / name}.xlsx" for name in names]
        lines += [
            f'would send    {mail.kind} to {mail.to.email}: "{short(mail.subject)}"'
            for mail in outbox.waiting_mails(tx, now())
        ]
    for line in lines or ["nothing to do"]:
        say(line)


def _end(made: Cycle) -> int:
    for what, text in made.errors.items():
        say_error(f"{what}: {text}")
    if made.misconfigured:
        return 2
    return 1 if made.errors else 0
