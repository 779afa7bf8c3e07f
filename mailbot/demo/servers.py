"""An IMAP and an SMTP server inside this process, on free ports of the loopback: pymap and
aiosmtpd, with one account and everything in memory. For the demo, not for real mail."""

from __future__ import annotations

import asyncio
import imaplib
import secrets
import socket
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPService


@dataclass
class Post:
    """A running post office: the ports, the one account, and every mail handed to SMTP."""

    imap_port: int
    smtp_port: int
    user: str
    password: str
    sent: list[bytes] = field(default_factory=list)

    def deliver(self, mails: list[tuple[bytes, datetime]]) -> None:
        """Puts messages into the account's INBOX with their arrival times (aware)."""
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as client:
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.login(self.user, self.password)
            for raw, received in mails:
                client.append("INBOX", "", imaplib.Time2Internaldate(received), raw)

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """aiosmtpd's hook: keeps the mail."""
        self.sent.append(envelope.original_content or b"")
        return "250 OK"


@contextmanager
def running(user: str) -> Iterator[Post]:
    """Both servers, until the block ends."""
    post = Post(_free_port(), _free_port(), user, secrets.token_urlsafe())
    smtp = Controller(post, hostname="127.0.0.1", port=post.smtp_port)
    smtp.start()
    try:
        with _imap(post):
            yield post
    finally:
        smtp.stop()


@contextmanager
def _imap(post: Post) -> Iterator[None]:
    """pymap in an event loop of its own thread."""
    started, failed = threading.Event(), list[Exception]()
    stop: Callable[[], object] = bool

    async def serve() -> None:
        nonlocal stop
        loop, stopped = asyncio.get_running_loop(), asyncio.Event()
        loop.set_task_factory(_kept)
        arguments = Namespace(
            host=["127.0.0.1"], port=post.imap_port, debug=False, cert=None, key=None, tls=False,
            inherited_sockets=None, proxy_protocol=None, passlib_cfg=None,
            demo_data=False, demo_user=post.user, demo_password=post.password,
        )  # fmt: skip
        backend, config = await DictBackend.init(arguments)
        config.apply_context()
        async with AsyncExitStack() as stack:
            await backend.start(stack)
            await IMAPService(backend, config).start(stack)
            stop = partial(loop.call_soon_threadsafe, stopped.set)
            started.set()
            await stopped.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except Exception as error:  # noqa: BLE001  whatever keeps pymap from starting is told below
            failed.append(error)
        finally:
            started.set()

    thread = threading.Thread(target=run, name="demo-imap", daemon=True)
    thread.start()
    started.wait()
    if failed:
        raise RuntimeError("the demo's IMAP server did not start") from failed[0]
    try:
        yield
    finally:
        stop()
        thread.join(5)


_tasks: set[asyncio.Future[Any]] = set()


def _kept(loop: asyncio.AbstractEventLoop, work: Any, **more: Any) -> asyncio.Task[Any]:
    """A task that is held until it ends: pymap's connections are held by nobody, so that the
    garbage collector ends one now and then, and its client waits for ever."""
    task = asyncio.Task(work, loop=loop, **more)
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)
    return task


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
