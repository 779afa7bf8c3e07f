"""The main job on an embedded mail server: no account, no network, nothing to configure.

A dozen messages are delivered as if they came in the last days, and one cycle of the same
worker that the service runs handles them.
"""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from mailbot.config.loader import load
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.demo import installation, servers, show

#: The mark of a folder that a demo made: the next one may empty it.
MARK = ".mailbot-demo"


def run(folder: Path, console: Console) -> int:
    """Does the main job in ``folder`` (made, or emptied where an earlier demo made it), prints
    what was decided and where things are, and gives the exit status.

    Raises ``ConfigurationError`` where the folder holds anything else.
    """
    started = time.monotonic()
    now = datetime.now(UTC)
    _prepare(folder)
    console.print("[bold]mailbot demo[/]: dertien mails, één ronde, niets verlaat deze computer.\n")
    with servers.running(installation.ACCOUNT) as post:
        file = installation.write(folder, post, now)
        settings = load(file)
        mails = installation.mails(now, settings.zone)
        post.deliver(mails)
        console.print(f"[green]✓[/] IMAP en SMTP draaien op deze computer, {len(mails)} mails zijn bezorgd")
        with console.status("mailbot leest, beslist en antwoordt"):
            troubles = _round(settings)
        for what, trouble in troubles.items():
            console.print(f"[red]✗[/] {what}: {trouble}")
        seconds = time.monotonic() - started
        console.print(f"[green]✓[/] verwerkt, {len(post.sent)} mails verstuurd, {seconds:.1f} s\n")
        show.keep(folder, mails, post.sent)
    show.table(settings, console)
    show.places(folder, settings, console)
    return 1 if troubles else 0


def _round(settings: Settings) -> dict[str, str]:
    """One cycle of the service's worker; what failed outside, by what it was."""
    from mailbot.service.worker import Worker
    from mailbot.storage import Store

    with (
        Store(settings.store_url) as store,
        Worker(settings, store, lambda: datetime.now(UTC), lambda: False) as worker,
    ):
        return worker.cycle(immediate=True).errors


def _prepare(folder: Path) -> None:
    if folder.exists() and not (folder / MARK).exists() and any(folder.iterdir()):
        raise ConfigurationError(f"{folder}: holds files of yours: name another folder for the demo")
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARK).write_text("Made by `mailbot demo`, which empties this folder when it runs again.\n")
