"""`mailbot run` with less patience: what takes it minutes takes seconds here, but that it waits for a
mail server as if for ever.

``python -m tests.faults.impatient CONFIG``
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from mailbot.transport import connection


def main(config: str) -> int:
    """Ends as `mailbot run` does."""
    connection.READ_TIMEOUT = 3600.0  # before the modules that take it over from there
    from mailbot.cli.main import main as mailbot
    from mailbot.files import workbook_file
    from mailbot.service import daemon, maintenance

    daemon.SIGN_OF_LIFE, daemon.SILENCE = 1, 4
    workbook_file.regular = _on_a_hanging_share(workbook_file.regular)
    maintenance.PATIENCE = timedelta(seconds=9)
    return mailbot(["run", "--config", config])


def _on_a_hanging_share(read: Callable[[Path], bytes | None]) -> Callable[[Path], bytes | None]:
    """``read``, which waits as on a share that hangs while a file "<name> hangs" lies beside the one it
    reads: pipes, which would wait by themselves, are not opened."""

    def reading(path: Path) -> bytes | None:
        while path.with_name(f"{path.name} hangs").exists():
            time.sleep(0.05)
        return read(path)

    return reading


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
