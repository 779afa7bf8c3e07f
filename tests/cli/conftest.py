"""The commands, as users run them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.samples import settings_in

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The file of a configuration with one event, whose servers are not there."""
    return settings_in(tmp_path / "config").file


@pytest.fixture
def mailbot(config: Path) -> Run:
    """Runs a command with that configuration."""

    def run(*words: str, configured: bool = True) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mailbot", *words]
        if configured:
            command += ["--config", str(config)]
        return subprocess.run(command, capture_output=True, text=True, timeout=120)

    return run
