"""``mailbot restore FILE``: fills a new, empty ledger from a backup."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from mailbot.cli.output import say, settings_of
from mailbot.config.settings import ConfigurationError


def run(given: argparse.Namespace) -> int:
    """Copies a backup into the configured ledger, which must hold nothing yet."""
    from mailbot.storage import Store, workbooks
    from mailbot.storage.backup import NotEmpty, copy

    settings = settings_of(given)
    if not given.file.is_file():
        raise ConfigurationError(f"{given.file}: is not there: name the file that `mailbot backup` wrote")
    # A copy is opened: SQLite writes beside the file, and opening a backup of an earlier mailbot upgrades it.
    with tempfile.TemporaryDirectory(prefix="mailbot-restore-") as folder:
        beside = shutil.copyfile(given.file, Path(folder) / "backup.db")
        with Store(f"sqlite:///{beside}") as source, Store(settings.store_url) as target:
            try:
                rows = copy(source, target)
                with target.write_transaction() as tx:
                    workbooks.skip_numbers(tx)
            except NotEmpty as error:
                raise ConfigurationError(f"{settings.file}: store.url: {error}") from None
    say(f"{rows} rows restored")
    return 0
