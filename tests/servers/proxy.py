"""TCP proxies: one of lines that cuts the connection at a chosen client command, or lets the server fall
silent; and one of bytes that swallows them, as a network does whose cable is pulled."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Proxy:
    """A running proxy. ``cut_at``: the n-th line of a client (from 1, over all connections) is
    not passed on and both ends are closed; 0 passes everything. ``lines`` is how many passed.
    ``after``: the line is passed on first, so the server does its work and only the answer is
    lost. ``mute``: what a client says is swallowed, and both ends stay open. ``meanwhile``: what
    happens, once each, before the first line with those words in it is passed on."""

    port: int = 0
    cut_at: int = 0
    after: bool = False
    mute: bool = False
    lines: int = 0
    commands: list[bytes] = field(default_factory=list)
    meanwhile: dict[bytes, Callable[[], None]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reset(self, cut_at: int = 0, *, after: bool = False) -> None:
        """Starts counting anew."""
        with self._lock:
            self.cut_at, self.after, self.lines = cut_at, after, 0
            self.commands.clear()

    def cuts(self, line: bytes) -> bool:
        """Counts a client's line; whether the connection is to be cut at it."""
        with self._lock:
            self.lines += 1
            self.commands.append(line.split(b" ", 2)[1][:20] if b" " in line else line[:20])
            return self.lines == self.cut_at


@contextmanager
def running(target: int) -> Iterator[Proxy]:
    """A proxy in front of a server's port on the loopback, until the block ends."""
    proxy = Proxy()
    listener = socket.create_server(("127.0.0.1", 0))
    proxy.port = listener.getsockname()[1]
    open_sockets: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", target))
            open_sockets.extend((client, server))
            threading.Thread(target=_forward, args=(proxy, client, server), daemon=True).start()
            threading.Thread(target=_back, args=(server, client), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for one in open_sockets:
            _close(one)
        thread.join(5)


class Network:
    """The way to a unix socket. While it is away nothing passes, and nothing is closed; when it comes back,
    what was open before is closed."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._away = threading.Event()
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def goes(self) -> None:
        self._away.set()

    def comes_back(self) -> None:
        before, self._open = self._open, []
        self._away.clear()
        for one in before:
            _close(one)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.comes_back()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            self._open += [client, server]
            if not self._away.is_set():
                with suppress(OSError):
                    server.connect(str(self._target))
            for ends in ((client, server), (server, client)):
                threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        while data := _receive(one):
            if self._away.is_set():
                continue
            try:
                other.sendall(data)
            except OSError:
                break
        if not self._away.is_set():
            _close(one)
            _close(other)


@contextmanager
def network(target: Path) -> Iterator[Network]:
    """The way to a unix socket by a port on the loopback, until the block ends."""
    way = Network(target)
    try:
        yield way
    finally:
        way.close()


def _forward(proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
    waiting = b""
    while data := _receive(client):
        if proxy.mute:
            continue
        waiting += data
        while b"\n" in waiting:
            line, waiting = waiting.split(b"\n", 1)
            for words in [words for words in proxy.meanwhile if words in line]:
                proxy.meanwhile.pop(words)()
            cut = proxy.cuts(line)
            if cut and not proxy.after:
                break
            try:
                if cut:
                    # Nothing of the answer may come back, so the way back is closed first.
                    client.shutdown(socket.SHUT_WR)
                server.sendall(line + b"\n")
            except OSError:
                break
            if cut:
                break
        else:
            continue
        break
    if not (proxy.after and proxy.cut_at):
        _close(server)
    _close(client)


def _back(server: socket.socket, client: socket.socket) -> None:
    while data := _receive(server):
        try:
            client.sendall(data)
        except OSError:
            break
    _close(server)
    _close(client)


def _receive(one: socket.socket) -> bytes:
    try:
        return one.recv(65536)
    except OSError:
        return b""


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
