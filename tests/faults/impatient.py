"""`mailbot run` with less patience: what takes it minutes takes seconds here, but that it waits for a
mail server as if for ever.

``python -m tests.faults.impatient CONFIG``
"""

from __future__ import annotations

import sys
from datetime import timedelta

from mailbot.edge import connection


def main(config: str) -> int:
    """Ends as `mailbot run` does."""
    connection.READ_TIMEOUT = 3600.0  # before the modules that take it over from there
    from mailbot import schedule, upkeep
    from mailbot.cli import main as mailbot

    schedule.SIGN_OF_LIFE, schedule.SILENCE = 1, 4
    upkeep.PATIENCE = timedelta(seconds=9)
    return mailbot(["run", "--config", config])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
