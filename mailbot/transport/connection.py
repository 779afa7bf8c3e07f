"""What connections to mail servers share: one kind of trouble, TLS contexts, waiting times."""

from __future__ import annotations

import random
import re
import socket
import ssl
from contextlib import suppress

from mailbot.config.settings import ConfigurationError, MailboxSettings, Security, Settings, Smtp

#: Seconds: to connect (TLS handshake included), and to wait for an answer.
CONNECT_TIMEOUT = 20.0
READ_TIMEOUT = 90.0


#: Seconds that a server which fails is left alone at most.
MOST = 300.0


_ADDRESS = re.compile(r"[^\s<>()\"',;:]+@[^\s<>()\"',;:]+")


class MailServerTrouble(Exception):  # noqa: N818  it says what it is
    """A mail server cannot be used now: ``where`` it is, ``what`` is the matter, and what may ``mend`` it.

    Its text is one line without secrets. It counts against no mail.
    """

    def __init__(self, where: str, what: str, mend: str) -> None:
        super().__init__(f"{where}: {what}: {mend}")
        self.where = where
        self.what = what
        self.mend = mend


def place(login: MailboxSettings | Smtp) -> str:
    """How a server is named in messages: "imap.example.org:993"."""
    return f"{login.host}:{login.port}"


def one_line(text: object) -> str:
    """What a server said, fit for a log line: printable, without addresses of people, and at most
    200 characters."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    said = _ADDRESS.sub("…", re.sub(r"\bb'([^']*)'", r"\1", said))  # imaplib quotes the server as Python
    return re.sub(r"[^\x20-\x7e\u00a1-\uffff]+", " ", said).strip()[:200]


def explain(error: Exception, login: MailboxSettings | Smtp) -> MailServerTrouble:
    """The trouble that an error of socket or TLS means, with its mend."""
    return MailServerTrouble(place(login), *_meaning(error, login))


def _meaning(error: Exception, login: MailboxSettings | Smtp) -> tuple[str, str]:
    match error:
        case ssl.SSLCertVerificationError():
            return (
                f"its certificate is not trusted ({one_line(error.verify_message)})",
                "check host, or name the authority's certificate in ca_file",
            )
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return "closed the connection", "it is tried again"
        case ssl.SSLError():
            other = Security.STARTTLS if login.security is Security.TLS else Security.TLS
            return (
                f"TLS fails ({one_line(error.reason or error)})",
                f'check port and security (this port may want "{other}")',
            )
        case socket.gaierror():
            return "its name is not found", "check host, or the network"
        case ConnectionRefusedError():
            return "nothing listens there", "check host and port, or wait until the server is back"
        case TimeoutError() if login.security is not Security.TLS:  # both sides wait for the other
            return (
                "gives no answer in time",
                "check host, port and firewall; a port that begins with TLS (465, 993) wants "
                'security = "tls"',
            )
        case TimeoutError():
            return "gives no answer in time", "check host, port and firewall, or wait"
        case OSError():
            return f"the connection broke ({one_line(error.strerror or error)})", "it is tried again"
    return f'answers "{one_line(error)}"', "check host and port, or wait"


def tls_context(login: MailboxSettings | Smtp, settings: Settings) -> ssl.SSLContext:
    """A context that verifies certificate and host name, with the private authority of
    ``ca_file`` besides the system's. Raises ``ConfigurationError`` where that file is wrong."""
    context = ssl.create_default_context()
    if login.ca_file:
        path = settings.path(login.ca_file)
        try:
            context.load_verify_locations(cafile=path)
        except OSError as error:  # ssl.SSLError is one: the file holds no certificate
            raise ConfigurationError(
                f"{settings.file}: ca_file: cannot use {path} ({one_line(error.strerror or error)})",
                "put the authority's certificate there, as PEM",
            ) from None
    return context


def cut(connection: socket.socket) -> None:
    """Closes the socket of a connection, from any thread: whoever waits for an answer on it gets an error at
    once. TLS is not shut down first, since that can block as well."""
    with suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


def backoff(attempt: int, *, first: float = 1.0, most: float = MOST) -> float:
    """Seconds to wait after the ``attempt``-th failure in a row (from 1): doubling from
    ``first`` up to ``most``, each between half and the whole, so that many do not return at
    the same moment."""
    whole = min(most, first * 2.0 ** min(attempt - 1, 32))
    return whole * random.uniform(0.5, 1.0)  # noqa: S311  spreads load, guards nothing
