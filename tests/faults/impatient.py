"""`mailbot run` with less patience: what takes it minutes takes seconds here, but that it waits for a
mail server as if for ever.

``python -m tests.faults.impatient CONFIG``
"""

from __future__ import annotations

import sys
from datetime import timedelta

from mailbot.transport import connection


def main(config: str) -> int:
    """Ends as `mailbot run` does."""
    connection.READ_TIMEOUT = 3600.0  # before the modules that take it over from there
    from mailbot.cli.main import main as mailbot
    from mailbot.service import daemon, maintenance

    daemon.SIGN_OF_LIFE, daemon.SILENCE = 1, 4
    maintenance.PATIENCE = timedelta(seconds=9)
    return mailbot(["run", "--config", config])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
