"""Hosts that take each other for dead sooner: what takes half a minute takes some seconds here.

``python -m tests.faults.hasty CONFIG`` is such a `mailbot run`.
"""

from __future__ import annotations

import sys

from mailbot.storage import hosts

#: What each of these seconds of ``hosts`` is here, for all hosts that look at each other.
SECONDS = {"BEAT": 1, "SILENT": 6, "GONE": 3}


def make_hasty() -> None:
    """Makes this process such a host, before it joins."""
    for name, seconds in SECONDS.items():
        setattr(hosts, name, seconds)


def main(config: str) -> int:
    """Ends as `mailbot run` does."""
    make_hasty()
    from mailbot.cli.main import main as mailbot
    from mailbot.service import daemon

    daemon.LOOK_AGAIN = 1
    return mailbot(["run", "--config", config])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
