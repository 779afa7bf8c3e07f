"""``mailbot backup FILE``: a consistent copy of the ledger while everything runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from mailbot.cli.output import say, settings_of
from mailbot.config.settings import ConfigurationError


def run(given: argparse.Namespace) -> int:
    """Writes the copy under another name and renames it, so that FILE is never there in part."""
    from mailbot.storage import Store
    from mailbot.storage.backup import copy

    settings = settings_of(given)
    file: Path = given.file.absolute()
    if file.exists():
        raise ConfigurationError(f"{file}: is there already: name a new file")
    beside = file.with_name(f".{file.name}.part")
    beside.unlink(missing_ok=True)
    beside.touch(mode=0o600)  # everybody's data is in it
    with Store(settings.store_url) as source, Store(f"sqlite:///{beside}") as target:
        rows = copy(source, target)
    beside.replace(file)
    say(f"{file}: {rows} rows")
    return 0
