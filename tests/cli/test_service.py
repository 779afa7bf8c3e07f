"""The service: it says when it is ready and alive, and ends when asked."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

from tests.patience import PATIENCE


def test_the_service_tells_systemd_and_ends_at_sigterm(config: Path, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(60)
        service = subprocess.Popen(
            [sys.executable, "-m", "mailbot", "run", "--config", str(config)],
            env={"NOTIFY_SOCKET": str(tmp_path / "notify"), "PYTHONPATH": ":".join(filter(None, sys.path))},
            stderr=subprocess.PIPE,
            text=True,
        )
        said = {systemd.recv(100), systemd.recv(100)}
        second = subprocess.run(
            [sys.executable, "-m", "mailbot", "run", "--config", str(config)],
            capture_output=True,
            timeout=PATIENCE,
        )
        service.send_signal(signal.SIGTERM)
        _, told = service.communicate(timeout=PATIENCE)
        while b"STOPPING=1" not in said:
            said.add(systemd.recv(100))
    assert {b"READY=1", b"WATCHDOG=1", b"STOPPING=1"} <= said
    assert second.returncode == 2
    assert service.returncode == 0, told
    assert "Traceback" not in told
