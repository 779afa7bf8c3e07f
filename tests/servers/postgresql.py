"""A private PostgreSQL under a temporary folder, reached by a unix socket only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg


@dataclass
class PostgreSQL:
    """A running cluster. ``database()`` makes a new empty database and gives its URL; ``emptied()``
    gives that of one which tests take in turn, empty: making one costs more than most tests."""

    binaries: Path
    socket: Path
    user: str
    _numbers: count[int]
    _shared: str = ""

    def emptied(self) -> str:
        if not self._shared:
            self._shared = self.database()
        with psycopg.connect(self._shared.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return self._shared

    def database(self) -> str:
        name = f"mailbot{next(self._numbers)}"
        command = ["createdb", "-h", self.socket, "-U", self.user, name]
        subprocess.run([self.binaries / command[0], *command[1:]], check=True)
        return f"postgresql+psycopg://{self.user}@/{name}?host={self.socket}"


def binaries() -> Path | None:
    """Where Debian's newest PostgreSQL is; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def running() -> Iterator[PostgreSQL]:
    """A cluster of its own; PostgreSQL refuses root, who runs it as its package's user."""
    programs = binaries()
    assert programs is not None
    # A short path: a unix socket's may not be longer than 107 bytes.
    root = Path(tempfile.mkdtemp(prefix="mailbot-pg-"))
    as_user = []
    if os.geteuid() == 0:
        shutil.chown(root, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    data = root / "data"
    options = f"-c listen_addresses='' -c unix_socket_directories={root} -c fsync=off"
    try:
        subprocess.run(
            [*as_user, programs / "initdb", "-D", data, "-U", "mailbot", "-A", "trust", "-E", "UTF8", "-N"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=root,
        )
        subprocess.run(
            [*as_user, programs / "pg_ctl", "-D", data, "-o", options, "-w", "-l", root / "log", "start"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=root,
        )
        try:
            yield PostgreSQL(programs, root, "mailbot", count(1))
        finally:
            subprocess.run(
                [*as_user, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"],
                check=True,
                stdout=subprocess.DEVNULL,
                cwd=root,
            )
    finally:
        shutil.rmtree(root, ignore_errors=True)
