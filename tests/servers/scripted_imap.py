"""An IMAP server that plays a transcript: what real servers were seen to answer, one file a behaviour.

A transcript holds rules. ``> PATTERN`` (a regular expression on the command, without its tag) begins
one; the lines ``< ...`` below it are the answer. A rule answers once, in the order of the file; the
last of a pattern goes on answering. ``{tag}`` is the command's tag, ``{{n}}`` a literal's length as
IMAP writes it, and ``<~`` sends the line without its line end, in pieces of that many bytes:
``<~3 * 1 FETCH ...``. What no rule answers gets the answer of an ordinary server with an INBOX.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

_ORDINARY = {
    r"CAPABILITY": ["* CAPABILITY IMAP4rev1 UIDPLUS MOVE IDLE", "{tag} OK done"],
    r"LOGIN|AUTHENTICATE": ["{tag} OK [CAPABILITY IMAP4rev1 UIDPLUS MOVE IDLE] in"],
    r"SELECT|EXAMINE": ["* 1 EXISTS", "* OK [UIDVALIDITY 7] x", "{tag} OK [READ-WRITE] done"],
    r"UID SEARCH": ["* SEARCH 5", "{tag} OK done"],
    r'LIST "" ""': ['* LIST (\\Noselect) "/" ""', "{tag} OK done"],
    r"LIST": ['* LIST () "/" "INBOX"', "{tag} OK done"],
    r"LOGOUT": ["* BYE dag", "{tag} OK done"],
    r"": ["{tag} OK done"],
}


@dataclass
class Script:
    """A server at ``port`` and the commands it was given, without tags."""

    port: int
    commands: list[str] = field(default_factory=list)


def _rules(path: Path) -> list[tuple[str, list[str]]]:
    rules: list[tuple[str, list[str]]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("> "):
            rules.append((line[2:], []))
        elif line.startswith("<") and rules:
            rules[-1][1].append(line)
    return rules


@contextmanager
def playing(path: Path) -> Iterator[Script]:
    """The server until the block ends; each connection goes on where the last one ended."""
    listener = socket.create_server(("127.0.0.1", 0))
    script, rules = Script(listener.getsockname()[1]), _rules(path)

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, suppress(OSError):
                    _talk(connection, rules, script)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _talk(connection: socket.socket, rules: list[tuple[str, list[str]]], script: Script) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(b"* OK ready\r\n")
    lines = connection.makefile("rb")
    for raw in lines:
        tag, _, command = raw.decode("utf-8", "replace").strip().partition(" ")
        if not command:
            continue
        script.commands.append(command)
        if literal := re.search(r"\{(\d+)\+?\}$", command):
            connection.sendall(b"+ go on\r\n")
            lines.read(int(literal[1]))
            lines.readline()
        for answer in _answer(command, rules):
            if not _send(connection, answer, tag):
                return
        if command.upper() == "LOGOUT":
            return


def _answer(command: str, rules: list[tuple[str, list[str]]]) -> list[str]:
    for index, (pattern, answer) in enumerate(rules):
        if re.match(pattern, command, re.I):
            if any(later == pattern for later, _ in rules[index + 1 :]):
                rules.pop(index)
            return answer
    return next(lines for pattern, lines in _ORDINARY.items() if re.match(pattern, command, re.I))


def _send(connection: socket.socket, line: str, tag: str) -> bool:
    """Sends one line of an answer; False where the transcript hangs up (``<!``)."""
    if line.startswith("<!"):
        return False
    size = 0
    if line.startswith("<~"):
        pieces, _, line = line[2:].partition(" ")
        size = int(pieces)
    text = line.removeprefix("< ").replace("{tag}", tag).replace("\\r\\n", "\r\n")
    data = re.sub(r"\{\{(\d+)\}\}", r"{\1}", text).encode() + (b"" if size else b"\r\n")
    for start in range(0, len(data), size or len(data)):
        connection.sendall(data[start : start + (size or len(data))])
    return True
