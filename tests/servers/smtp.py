"""A real SMTP server (aiosmtpd) in a thread of its own, that keeps what it took and can misbehave."""

from __future__ import annotations

import base64
import email
import email.policy
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.dovecot import free_ports

PASSWORD = "een-ander-geheim"
ACCENTED = "één geheim€"


@dataclass
class Sink:
    """What the server does, changed while it runs, and what it took.

    ``refuse``: recipients answered with 550. ``greylist``: recipients answered with 451 once.
    ``close_after_data``: how many mails it takes and then hangs up instead of saying so.
    ``drop_every``: it hangs up at each of so many mails, and takes that one not.
    ``tokens``: those that XOAUTH2 takes. ``busy``: answers 421 to MAIL. ``slow``: seconds before
    it answers DATA.
    """

    folder: Path
    refuse: set[str] = field(default_factory=set)
    greylist: set[str] = field(default_factory=set)
    close_after_data: int = 0
    drop_every: int = 0
    refuse_content: bool = False
    refuse_sender: bool = False
    busy: bool = False
    slow: float = 0.0
    tokens: set[str] = field(default_factory=set)
    connections: int = 0
    tried: int = 0
    port: int = 0

    def raw(self) -> list[bytes]:
        """Every mail taken, oldest first, as bytes."""
        return [path.read_bytes() for path in sorted((self.folder / "new").iterdir())]

    def mails(self) -> list[EmailMessage]:
        """Every mail taken, oldest first, parsed. ``X-Envelope-To`` is its recipient."""
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.raw()]

    def mails_to(self, recipient: str) -> list[EmailMessage]:
        """The mails taken for one recipient."""
        return [mail for mail in self.mails() if mail["X-Envelope-To"] == recipient]

    def _keep(self, envelope: Envelope) -> None:
        (self.folder / "new").mkdir(parents=True, exist_ok=True)
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {','.join(envelope.rcpt_tos)}\r\n"
        name = f"{time.time_ns():020d}.eml"
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        beside = self.folder / name
        beside.write_bytes(head.encode() + content)
        beside.rename(self.folder / "new" / name)

    # aiosmtpd's hooks

    async def handle_EHLO(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802  aiosmtpd's name
        said = base64.b64decode(args[1]).decode()
        right = any(f"auth=Bearer {token}\x01" in said for token in self.tokens)
        if not right:
            await server.challenge_auth('{"status":"401"}')  # as Microsoft and Google tell why
        return AuthResult(success=right, handled=False)

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.busy:
            return "421 4.3.2 te druk, kom later terug"
        if self.refuse_sender:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return f"550 5.1.1 <{address}>: no such user"
        if address in self.greylist:
            self.greylist.discard(address)
            return "451 4.7.1 greylisted, try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.slow:
            time.sleep(self.slow)
        if self.refuse_content:
            return "554 5.7.1 content refused"
        self.tried += 1
        if self.drop_every and self.tried % self.drop_every == 0:
            server.transport.abort()
            return "451 never heard"
        self._keep(envelope)
        if self.close_after_data:
            self.close_after_data -= 1
            server.transport.abort()
        return "250 OK"


@contextmanager
def running(
    folder: Path,
    *,
    login: bool = False,
    certificate: Path | None = None,
    implicit_tls: bool = False,
    port: int = 0,
    smtputf8: bool = True,
) -> Iterator[Sink]:
    """A server until the block ends. ``login``: it wants ``PASSWORD``, from any user.
    ``certificate``: a folder with ``server.pem`` and ``server.key``, for STARTTLS or (``implicit_tls``)
    TLS from the first byte."""
    sink = Sink(folder)
    (folder / "new").mkdir(parents=True, exist_ok=True)
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate / "server.pem", certificate / "server.key")
    sink.port = port or free_ports(1)[0]
    controller = Controller(
        sink,
        hostname="127.0.0.1",
        port=sink.port,
        ssl_context=context if implicit_tls else None,
        tls_context=None if implicit_tls else context,
        require_starttls=bool(context) and not implicit_tls,
        auth_required=login,
        auth_require_tls=False,
        authenticator=_authenticate if login else None,
        enable_SMTPUTF8=smtputf8,
        data_size_limit=50 * 1024 * 1024,
    )
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    right = isinstance(data, LoginPassword) and data.password in (PASSWORD.encode(), ACCENTED.encode())
    return AuthResult(success=right, handled=right)
