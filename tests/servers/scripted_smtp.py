"""An SMTP server that answers each command as it is told, and notes what it was given."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

#: What an answer is where the server hangs up instead.
HANGS_UP = ""
_ORDINARY = {
    "GREETING": "220 klaar",
    "EHLO": "250 klaar",
    "DATA": "354 ga voort",
    ".": "250 2.0.0 genomen",
    "QUIT": "221 dag",
}


@dataclass
class Script:
    """A server at ``port``; ``replies`` are what it still answers by command ("GREETING" and "." among
    them), after which it is an ordinary one. ``offers`` are the extensions that EHLO names."""

    port: int
    replies: dict[str, list[str]]
    offers: Sequence[str]
    commands: list[str] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)
    connections: int = 0

    def given(self, verb: str) -> list[str]:
        """The commands of this name, in order."""
        return [one for one in self.commands if one.upper().startswith(verb)]


@contextmanager
def playing(replies: Mapping[str, Sequence[str]] = {}, offers: Sequence[str] = ()) -> Iterator[Script]:
    """The server until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    told = {verb: list(answers) for verb, answers in replies.items()}
    script = Script(listener.getsockname()[1], told, offers)

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                script.connections += 1
                with connection, suppress(OSError):
                    _talk(connection, script)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _talk(connection: socket.socket, script: Script) -> None:
    lines = connection.makefile("rb")
    if not _says(connection, script, "GREETING"):
        return
    for raw in lines:
        command = raw.decode("utf-8", "replace").strip()
        script.commands.append(command)
        verb = command[:4].upper()
        if verb == "EHLO" and script.offers and not script.replies.get("EHLO"):
            offered = "".join(f"250-{one}\r\n" for one in ("klaar", *script.offers))
            connection.sendall(f"{offered}250 HELP\r\n".encode())
            continue
        answer = _says(connection, script, verb)
        if verb == "DATA" and answer.startswith("354"):
            mail = b""
            while (line := next(lines)) != b".\r\n":
                mail += line
            answer = _says(connection, script, ".", mail)
        if not answer or answer.startswith(("221", "421")):
            return


def _says(connection: socket.socket, script: Script, verb: str, mail: bytes | None = None) -> str:
    waiting = script.replies.get(verb)
    answer = waiting.pop(0) if waiting else _ORDINARY.get(verb, "250 goed")
    if mail is not None and answer.startswith("250"):
        script.taken.append(mail)  # before it is said: who hears it may look at once
    if answer:
        connection.sendall(f"{answer}\r\n".encode())
    return answer
