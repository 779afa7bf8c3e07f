"""A connection pooler before PostgreSQL, on a port of the loopback."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.dovecot import free_ports, until_listening
from tests.servers.postgresql import PostgreSQL, as_user


def is_installed() -> bool:
    return shutil.which("pgbouncer", path="/usr/sbin:/usr/bin") is not None


@contextmanager
def running(behind: PostgreSQL, mode: str) -> Iterator[int]:
    """A pooler in a ``mode`` (session, transaction); gives its port."""
    (port,) = free_ports(1)
    folder = Path(tempfile.mkdtemp(prefix="mailbot-pooler-"))
    folder.chmod(0o777)
    file = folder / "pgbouncer.ini"
    file.write_text(
        f"[databases]\n* = host={behind.socket} user={behind.user}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
        f"listen_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = {mode}\n"
        f"logfile = {folder}/log\n"
    )
    process = subprocess.Popen([*as_user(), "/usr/sbin/pgbouncer", file], stderr=subprocess.DEVNULL)
    try:
        until_listening(port, "the pooler")
        yield port
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
