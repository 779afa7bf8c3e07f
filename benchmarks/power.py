"""Power cuts, played: what was written to the ledger and not synced is taken back once a service was killed.

``power_cut.c`` notes in the service what each write overwrote. In a real power cut some of that may reach
the disk all the same, in any order, which a log with checksums tells: nothing of it is the worst.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import Struct

_RECORD = Struct("=qqqq")


@dataclass(frozen=True)
class Power:
    """The power of the services that run with its ``environment`` on a ``ledger``, one after another."""

    ledger: Path
    library: Path
    undo: Path

    @classmethod
    def of(cls, ledger: Path, folder: Path) -> Power:
        """Builds the library in a folder, by the C compiler of this machine."""
        library = folder / "power_cut.so"
        source = Path(__file__).with_name("power_cut.c")
        subprocess.run(
            ["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl", "-lpthread"], check=True
        )
        return cls(ledger, library, folder / "undo")

    @property
    def environment(self) -> dict[str, str]:
        """What a service is to be started with."""
        return {"LD_PRELOAD": str(self.library), "MAILBOT_UNDO": str(self.undo)}

    @property
    def is_owed(self) -> bool:
        """Whether anything was written that is not synced yet."""
        return any(self._waiting().values())

    def restored(self) -> None:
        """A service ended and lost nothing: what it wrote stays."""
        self.undo.unlink(missing_ok=True)

    def cut(self) -> int:
        """The power went, after the service was killed: gives how many writes are lost."""
        waiting = self._waiting()
        self.restored()
        log = self.ledger.with_name(f"{self.ledger.name}-wal")
        for file, path in ((1, self.ledger), (2, log)):
            if waiting[file]:
                with path.open("r+b") as there:
                    for offset, old, was_the_end in reversed(waiting[file]):
                        there.seek(offset)
                        there.write(old)
                        if was_the_end:
                            there.truncate(offset + len(old))
        self.ledger.with_name(f"{self.ledger.name}-shm").unlink(missing_ok=True)  # it lies in memory
        return sum(map(len, waiting.values()))

    def _waiting(self) -> dict[int, list[tuple[int, bytes, bool]]]:
        """By file the writes that are not synced: where, what stood there, whether the file ended there."""
        waiting: dict[int, list[tuple[int, bytes, bool]]] = {1: [], 2: []}
        for file, offset, length, old in self._records():
            if length:
                waiting[file].append((offset, old, len(old) < length))
            else:
                waiting[file].clear()
        return waiting

    def _records(self) -> Iterator[tuple[int, int, int, bytes]]:
        data = self.undo.read_bytes() if self.undo.exists() else b""
        at = 0
        while at + _RECORD.size <= len(data):
            file, offset, length, stood = _RECORD.unpack_from(data, at)
            at += _RECORD.size
            yield file, offset, length, data[at : at + stood]
            at += stood
