"""The commands, as users run them."""

from __future__ import annotations

import contextlib
import io
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from mailbot.cli import main
from tests.patience import PATIENCE
from tests.storage.samples import settings_in


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


def in_process(*words: str) -> Done:
    """Gives a command in the test's own process: a start-up less each. What is logged goes to pytest."""
    out, err = io.StringIO(), io.StringIO()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main.main(words)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return Done(status, out.getvalue(), err.getvalue())


def in_own_process(*words: str) -> Done:
    """Gives a command as the shell does."""
    command = [sys.executable, "-m", "mailbot", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The file of a configuration with one event, whose servers are not there."""
    return settings_in(tmp_path / "config").file


@pytest.fixture
def mailbot(config: Path) -> Run:
    """Gives a command with that configuration."""

    def run(*words: str) -> Done:
        return in_process(words[0], "--config", str(config), *words[1:])

    return run
