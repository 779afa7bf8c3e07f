"""Runs one round and kills itself with SIGKILL right before or after one effect.

``python -m tests.faults.killed CONFIG before|after MODULE NAME COUNT``: NAME is a function of
MODULE, or ``Class.method``; its COUNT-th call is the last thing that happens.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from typing import Any


def main(config: str, when: str, module: str, name: str, count: str) -> int:
    """Never returns where the effect comes; else as `mailbot run --once` does."""
    owner: Any = importlib.import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    real = getattr(owner, last)
    left = int(count)

    def deadly(*arguments: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if left or when == "after":
            given = real(*arguments, **named)
        if left:
            return given
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    setattr(owner, last, staticmethod(deadly) if isinstance(owner.__dict__[last], staticmethod) else deadly)
    from mailbot.cli.main import main as mailbot

    return mailbot(["run", "--once", "--config", config])


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
