"""A private PostgreSQL under a temporary folder, reached by a unix socket only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    _data: Path
    _numbers: count[int]
    _shared: str = ""

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.socket} -c fsync=off"
        self._control("-o", options, "-l", str(self.socket / "log"), "start")

    def stop(self) -> None:
        """Ends it as a power cut does."""
        self._control("-m", "immediate", "stop")

    def runs(self) -> bool:
        """Whether it runs; one whose disk is full may have given up."""
        command = [*as_user(), self.binaries / "pg_ctl", "-D", self._data, "status"]
        return subprocess.run(command, stdout=subprocess.DEVNULL, cwd=self.socket).returncode == 0

    def processor_time(self) -> float:
        """Seconds that all its processes took so far, those that ended among them."""
        postmaster = (self._data / "postmaster.pid").read_text().split()[0]
        ticks = sum(map(int, _facts(postmaster)[11:15]))
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it may have ended
                facts = _facts(process.name)
                ticks += sum(map(int, facts[11:13])) if facts[1] == postmaster else 0
        return ticks / os.sysconf("SC_CLK_TCK")

    def by_way_of(self, port: int, url: str) -> str:
        """The URL of a database as it is reached by a port on the loopback that leads to ``listens_at``."""
        return url.partition("?")[0].replace("@/", f"@127.0.0.1:{port}/")

    @property
    def listens_at(self) -> Path:
        return self.socket / ".s.PGSQL.5432"

    def _control(self, *words: str) -> None:
        command = [*as_user(), self.binaries / "pg_ctl", "-D", self._data, "-w", *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.socket)

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


def _facts(process: str) -> list[str]:
    """What /proc says of a process, from its state on."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def binaries() -> Path | None:
    """Where Debian's newest PostgreSQL is; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def as_user() -> list[str]:
    """PostgreSQL refuses root, who runs it as its package's user."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


@contextmanager
def running(folder: Path | None = None) -> Iterator[PostgreSQL]:
    """A cluster of its own; its data lie in ``folder``, which is empty."""
    programs = binaries()
    assert programs is not None
    # A short path: a unix socket's may not be longer than 107 bytes.
    root = Path(tempfile.mkdtemp(prefix="mailbot-pg-"))
    data = (folder or root) / "data"
    if os.geteuid() == 0:
        for one in {root, data.parent}:
            shutil.chown(one, "postgres", "postgres")
    cluster = PostgreSQL(programs, root, "mailbot", data, count(1))
    try:
        words = ["-D", data, "-U", cluster.user, "-A", "trust", "-E", "UTF8", "-N", "--wal-segsize=1"]
        command = [*as_user(), programs / "initdb", *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=root)
        cluster.start()
        try:
            yield cluster
        finally:
            if cluster.runs():
                cluster.stop()
    finally:
        shutil.rmtree(root, ignore_errors=True)
