"""Runs one round and kills itself with SIGKILL right before or after one effect, or freezes there.

``python -m tests.faults.killed CONFIG before|after MODULE NAME COUNT [SIGSTOP]``: NAME is a function of
MODULE, or ``Class.method``; its COUNT-th call is the last thing that happens, or, frozen, that happens until
somebody wakes it: a host that takes others for dead as soon as those of ``hasty`` do.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from tests.faults.hasty import make_hasty


@dataclass(frozen=True)
class Point:
    """Where a round is killed: ``when`` ("before" or "after"), the module or class that a function is
    called by, the function, and which call of it. A function that was moved or renamed fails here."""

    when: str
    owner: ModuleType | type
    function: Callable[..., Any]
    count: int

    def __post_init__(self) -> None:
        assert getattr(self.owner, self.function.__name__) is self.function

    def __str__(self) -> str:
        return f"{self.when} {self.function.__qualname__} {self.count}"

    @property
    def arguments(self) -> tuple[str, ...]:
        """The same for the command line of this module."""
        owner = self.owner
        inside = isinstance(owner, type)
        name = f"{owner.__qualname__}.{self.function.__name__}" if inside else self.function.__name__
        return self.when, owner.__module__ if inside else owner.__name__, name, str(self.count)


def main(config: str, when: str, module: str, name: str, count: str, how: str = "SIGKILL") -> int:
    """Never returns where the effect comes and kills; else as `mailbot run --once` does."""
    owner: Any = importlib.import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    real = getattr(owner, last)
    left = int(count)

    def deadly(*arguments: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        is_this = left == 0  # others may be called, by another thread, before it returns
        if is_this and when == "before":
            os.kill(os.getpid(), signal.Signals[how])
        given = real(*arguments, **named)
        if is_this and when == "after":
            os.kill(os.getpid(), signal.Signals[how])
        return given

    setattr(owner, last, staticmethod(deadly) if isinstance(owner.__dict__[last], staticmethod) else deadly)
    if how == "SIGSTOP":
        make_hasty()
    from mailbot.cli.main import main as mailbot

    return mailbot(["run", "--once", "--config", config])


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
