"""Everything an installation keeps on disk, opened, so that a word can be looked for in it."""

from __future__ import annotations

import io
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path


def holding(folder: Path, *words: str) -> list[str]:
    """Where any of the words still stands under an installation's workbooks and state: files by
    name, columns of the ledger by theirs. The mail server's folders are not mailbot's."""
    found = []
    for place, data in _contents(folder):
        text = data.decode("utf-8", "replace").lower()
        found += [f"{place}: {word}" for word in words if word.lower() in text]
    return sorted(set(found))


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for root in ("workbooks", "state"):
        for path in sorted((folder / root).rglob("*")):
            if path.is_file():
                data = path.read_bytes()
                yield path.name, data
                if path.suffix == ".xlsx":
                    yield from _members(path.name, data)
                if path.suffix == ".db":
                    yield from _ledger(path)


def _members(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.namelist():
            yield f"{name}/{member}", archive.read(member)


def _ledger(path: Path) -> Iterator[tuple[str, bytes]]:
    with sqlite3.connect(path) as ledger:
        tables = [name for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = ledger.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in rows.description]
            for row in rows:
                for column, value in zip(names, row, strict=True):
                    if isinstance(value, bytes) and table == "raw":
                        value = zlib.decompress(value)
                    data = value if isinstance(value, bytes) else str(value).encode()
                    yield f"{table}.{column}", data
    ledger.close()
