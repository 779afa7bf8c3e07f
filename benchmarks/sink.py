"""An SMTP server that only takes: a process of its own, so that it is no part of what is measured.

``python -m benchmarks.sink PORT FILE`` writes a line per mail to FILE: its Message-ID and its
recipient. What it said "250" to stands in the file, whatever is killed.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.dovecot import free_ports, until_listening

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.I | re.M)


@dataclass(frozen=True)
class Sink:
    """A running one."""

    port: int
    file: Path

    def taken(self) -> list[tuple[str, str]]:
        """Message-ID and recipient of every mail taken, in order."""
        lines = self.file.read_text().splitlines()
        return [(number, recipient) for number, _, recipient in (line.partition(" ") for line in lines)]


@contextmanager
def running(folder: Path) -> Iterator[Sink]:
    """A sink until the block ends."""
    (port,) = free_ports(1)
    file = folder / "taken.txt"
    file.touch()
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.sink", str(port), str(file)])
    try:
        until_listening(port, "the sink")
        yield Sink(port, file)
    finally:
        process.terminate()
        process.wait(10)


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, file: Path) -> None:
    recipient = ""
    writer.write(b"220 sink\r\n")
    with file.open("a") as taken:
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"EHLO":
                writer.write(b"250-sink\r\n250-SIZE 50000000\r\n250 8BITMIME\r\n")
            elif word == b"RCPT":
                recipient = line.decode().partition("<")[2].partition(">")[0]
                writer.write(b"250 ok\r\n")
            elif word == b"DATA":
                writer.write(b"354 go on\r\n")
                data = await reader.readuntil(b"\r\n.\r\n")
                found = _MESSAGE_ID.search(data)
                taken.write(f"{found[1].decode() if found else '?'} {recipient}\n")
                taken.flush()
                writer.write(b"250 taken\r\n")
            elif word == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
    writer.close()


async def _serve(port: int, file: Path) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _talk(reader, writer, file)
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.close()  # the client was killed: that is what some are here for

    server = await asyncio.start_server(talk, "127.0.0.1", port, limit=64 * 1024 * 1024)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), Path(sys.argv[2])))
