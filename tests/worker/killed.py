"""Runs one round and kills itself with SIGKILL right after (or before) one effect.

``python -m tests.worker.killed CONFIG before|after MODULE NAME``: NAME is a function of MODULE,
or ``Class.method``; the first call of it is the last thing that happens.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from typing import Any


def main(config: str, when: str, module: str, name: str) -> int:
    owner: Any = importlib.import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    real = getattr(owner, last)

    def deadly(*arguments: Any, **named: Any) -> Any:
        if when == "after":
            real(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, last, deadly)
    from mailbot.cli import main as mailbot

    return mailbot(["run", "--once", "--config", config])


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
