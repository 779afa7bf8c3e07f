"""Handing mail to the SMTP server (RFC 5321) over one kept connection. The only smtplib.

What became of a mail is a value: sent, refused for good, or to be tried again. A mail has one
recipient, so one refusal never stops another.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any, Self, overload

from mailbot.config.settings import Security, Settings, Smtp
from mailbot.transport import oauth
from mailbot.transport.connection import (
    CONNECT_TIMEOUT,
    READ_TIMEOUT,
    MailServerTrouble,
    cut,
    explain,
    one_line,
    place,
    tls_context,
)
from mailbot.transport.mime import on_the_wire

FIRST_RETRY = timedelta(seconds=15)
LAST_RETRY = timedelta(minutes=15)
#: Seconds for a server to say that it took a mail: who gives up sooner sends it twice (RFC 5321
#: §4.5.3.2.6, which would wait twice as long).
TAKING_TIMEOUT = 300.0
TOO_LARGE = 552
#: A login is wanted, or another one.
_LOGIN_WANTED = (530, 535)
#: Exchange's own marks of a sender that this login may not send as, which it tells after DATA.
_SENDER_REFUSED = ("5.2.252", "5.7.60", "5.7.57", "SendAsDenied")


class DeliveryStatus(StrEnum):
    """What became of one try to send a mail."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class SendResult:
    """The result of one try. ``reply`` is what the server said, in one line, for status and log;
    ``of_server``: the refusal concerns the sender or every mail, and not this one."""

    fate: DeliveryStatus
    reply: str = ""
    of_server: bool = False


def next_try(attempts: int, now: datetime) -> datetime:
    """When a mail is due again after ``attempts`` tries (from 1): after 15 seconds, doubling
    up to 15 minutes."""
    wait: timedelta = FIRST_RETRY * 2 ** min(attempts - 1, 16)
    return now + min(LAST_RETRY, wait)


class Outbox:
    """One kept connection to the configured SMTP server, opened at its first use."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._smtp: smtplib.SMTP | None = None
        #: How far the server's clock was ahead of this machine's when it greeted; None where it says no
        #: time. Exchange, sendmail and others do.
        self.ahead: timedelta | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Says QUIT and closes the connection, if one is open."""
        smtp, self._smtp = self._smtp, None
        if smtp:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def cut(self) -> None:
        """Closes an open connection, from any thread: what waits for an answer on it fails."""
        smtp = self._smtp
        if smtp and smtp.sock:
            cut(smtp.sock)

    def send(self, sender: str, recipient: str, raw: bytes) -> SendResult:
        """Tries once to hand a mail over.

        ``REFUSED`` where the server will never take it (5xx), ``LATER`` where it may (4xx), ``UNSURE``
        where the connection broke after the mail went out, so that nobody knows whether it was taken.
        Raises ``MailServerTrouble`` where the server cannot be used at all, which counts against
        no mail, and ``ConfigurationError`` where a secret cannot be read.
        """
        kept = self._smtp is not None
        try:
            return self._try(sender, recipient, raw)
        except MailServerTrouble:
            if not kept:
                raise
        # A server ends a long session as it likes (RFC 5321 §3.8); a new one tells.
        return self._try(sender, recipient, raw)

    def _try(self, sender: str, recipient: str, raw: bytes) -> SendResult:
        login = self._settings.smtp
        smtp = self._ready()
        sender, recipient = on_the_wire(sender), on_the_wire(recipient)
        options = [f"size={len(raw)}"] if smtp.has_extn("size") else []
        if not recipient.isascii() or not sender.isascii():
            if not smtp.has_extn("smtputf8"):
                return SendResult(
                    DeliveryStatus.REFUSED, "the server takes no address with such letters (RFC 6531)"
                )
            options.append("SMTPUTF8")
        if smtp.has_extn("8bitmime") and not raw.isascii():
            options.append("BODY=8BITMIME")
        try:
            code, said = smtp.mail(sender, options)
            if code not in (250, 251):
                # Only its size is a matter of this mail; that we may not send at all can be mended.
                refused = self._refused(code, said, sender)
                return refused if code == TOO_LARGE else _of_server(refused)
            code, said = smtp.rcpt(recipient)
            if code not in (250, 251):
                return self._refused(code, said, sender)
            code, said = smtp.docmd("DATA")
            if code != 354:
                return self._refused(code, said, sender)
            smtp.send(_dotted(raw))
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise MailServerTrouble(
                place(login), f"closed the connection ({one_line(error)})", "it is tried again"
            ) from None
        try:
            _patient(smtp, TAKING_TIMEOUT)
            code, said = smtp.getreply()
            _patient(smtp, READ_TIMEOUT)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return SendResult(
                DeliveryStatus.UNSURE, f"the connection broke after the mail went out ({one_line(error)})"
            )
        if code == 250:
            return SendResult(DeliveryStatus.SENT, one_line(said))
        return self._refused(code, said, sender)

    def connect(self) -> None:
        """Connects and logs in. Raises ``MailServerTrouble`` and ``ConfigurationError``."""
        self._ready()

    def check(self, sender: str) -> str:
        """Connects, logs in and asks whether ``sender`` may send, and sends nothing; gives what the
        server says against mail to that very address, else "".

        Raises as ``send`` does, and ``MailServerTrouble`` where the sender is refused: a server may
        take the connection and demand a login at the first mail only (RFC 4954 §6).
        """
        login = self._settings.smtp
        smtp = self._ready()
        wants = (
            f"let {login.user} send as {sender}, or mend mailbox.address"
            if login.user
            else "it may want a login: write user and password_file under [smtp]"
        )
        try:
            code, said = smtp.mail(sender)
            if code not in (250, 251):
                answer = f"{code} {one_line(said)}"
                raise MailServerTrouble(place(login), f"refuses {sender} as sender ({answer})", wants)
            code, said = smtp.rcpt(sender)
            self._forget_envelope()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            cause = error if isinstance(error, OSError) else ConnectionError(one_line(error))
            raise explain(cause, login) from None
        refused = f"refuses mail to {sender} ({code} {one_line(said)})"
        if not login.user and 500 <= code < 600:  # Postfix answers so where it wants a login
            raise MailServerTrouble(place(login), refused, wants)
        return refused if 500 <= code < 600 else ""

    def _refused(self, code: int, said: bytes | str, sender: str) -> SendResult:
        if code == 421:  # it closes the session, for whatever mail (RFC 5321 §3.8)
            self._drop()
            raise MailServerTrouble(
                place(self._settings.smtp), f"is busy (421 {one_line(said)})", "it is tried again"
            )
        self._forget_envelope()
        fate = DeliveryStatus.REFUSED if 500 <= code < 600 else DeliveryStatus.LATER
        result = SendResult(fate, f"{code} {one_line(said)}")
        return _of_server(result) if _names_sender(code, said, sender) else result

    def _forget_envelope(self) -> None:
        """Resets the transaction of a refused mail, so that it does not stand in the way of the next one (RFC
        5321 §4.1.1.5)."""
        try:
            if self._smtp and self._smtp.rset()[0] == 250:
                return
        except (smtplib.SMTPException, OSError):
            pass  # it closed the connection, which refuses just as well
        self._drop()

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp:
            smtp.close()

    def _ready(self) -> smtplib.SMTP:
        """The kept connection, else a new one."""
        self._smtp = self._smtp or self._connect()
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        login, settings = self._settings.smtp, self._settings
        context = None if login.security is Security.NONE else tls_context(login, settings)
        token = oauth.access_token(login, settings) if login.oauth2 else ""
        password = settings.secret(login).get_secret_value()
        smtp: _Greeted | None = None
        try:
            smtp = _opened(login, context)
            self.ahead = smtp.ahead
            if login.security is Security.STARTTLS:
                smtp.starttls(context=context)
            if smtp.sock:
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if token:
                smtp.ehlo_or_helo_if_needed()  # auth() alone does not know what the server can
                smtp.auth("XOAUTH2", _XOAuth2(login.user, token))
            elif password:
                _log_in(smtp, login.user, password)
            smtp.ehlo_or_helo_if_needed()
            _patient(smtp, READ_TIMEOUT)
        except OSError as error:  # each of smtplib's is one
            trouble = _not_connected(error, login, signed_in=bool(token))
        else:
            return smtp
        if smtp:
            smtp.close()
        raise trouble


class _Greeted(smtplib.SMTP):
    """A connection that remembers the time in the server's greeting beside the time of this machine."""

    ahead: timedelta | None = None

    def connect(self, *given: Any, **named: Any) -> tuple[int, bytes]:
        """Connects, and reads the time in the greeting."""
        code, said = super().connect(*given, **named)
        if found := _GREETED_AT.search(said.decode("ascii", "replace")):
            with suppress(ValueError):
                self.ahead = parsedate_to_datetime(found[0]) - datetime.now(UTC)
        return code, said


class _GreetedByTls(_Greeted, smtplib.SMTP_SSL):
    """As ``_Greeted``, over TLS from the first byte."""


#: The time that a server greets with, as in a Date header and with its zone.
_GREETED_AT = re.compile(r"\w{3}, \d{1,2} \w{3} \d{4} \d{1,2}:\d{2}:\d{2} [+-]\d{4}")


def _opened(login: Smtp, context: ssl.SSLContext | None) -> _Greeted:
    """A new connection after the server's greeting, over TLS where the configuration says TLS."""
    if login.security is Security.TLS:
        return _GreetedByTls(login.host, login.port, _our_name(), timeout=CONNECT_TIMEOUT, context=context)
    return _Greeted(login.host, login.port, _our_name(), timeout=CONNECT_TIMEOUT)


def _not_connected(error: OSError, login: Smtp, *, signed_in: bool) -> MailServerTrouble:
    """Why no connection that mail can be sent over came about, and what mends it."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        oauth.forget(login)
        said = f"{error.smtp_code} {one_line(error.smtp_error)}"
        mend = "check user and password"
        if signed_in:  # the token server gave the token without complaint
            mend = "check user, scope, and whether this account may send by SMTP"
        return MailServerTrouble(place(login), f"refuses the login of {login.user} ({said})", mend)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return MailServerTrouble(place(login), one_line(error), "check security and user")
    if isinstance(error, smtplib.SMTPServerDisconnected):
        cause = error.__context__  # smtplib words a timeout as a closed connection
        return explain(cause if isinstance(cause, OSError) else ConnectionError("closed"), login)
    if isinstance(error, smtplib.SMTPConnectError):
        return _no_greeting(error, place(login))
    if isinstance(error, smtplib.SMTPException):
        said = f'answers "{one_line(error)}"'
        return MailServerTrouble(place(login), said, "check host and port, or wait")
    return explain(error, login)


def _of_server(result: SendResult) -> SendResult:
    """Whether a refusal concerns no single mail: that we may not send at all, or not now, can be mended."""
    return replace(result, fate=DeliveryStatus.LATER, of_server=True)


def _names_sender(code: int, said: bytes | str, sender: str) -> bool:
    """Whether a refusal after MAIL is about who sends: Postfix tells it at RCPT, and names the sender
    ("<in@example.org>: Sender address rejected: not owned by user"); Exchange after DATA."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if code in _LOGIN_WANTED or any(mark in text for mark in _SENDER_REFUSED):
        return True
    return bool(re.match(rf"[\d. ]*<{re.escape(sender)}>: sender ", text, re.IGNORECASE))


def _no_greeting(error: smtplib.SMTPConnectError, where: str) -> MailServerTrouble:
    """What it means that a server does not greet with 220. smtplib gives -1 where the first three
    letters are no number: then it speaks another protocol."""
    said = one_line(error.smtp_error)
    if error.smtp_code != -1:
        return MailServerTrouble(where, f"turns us away ({error.smtp_code} {said})", "it is tried again")
    kind = "an IMAP server" if "IMAP4" in said.upper() else "no SMTP server"
    mend = "write host and port of the SMTP server under [smtp] (587 with starttls, 465 with tls)"
    return MailServerTrouble(where, f'is {kind}: it says "{said}"', mend)


def _patient(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock:
        smtp.sock.settimeout(seconds)


def _dotted(raw: bytes) -> bytes:
    """A message as it follows DATA: no line of its own is the dot that ends it (RFC 5321 §4.5.2)."""
    return re.sub(rb"(?m)^\.", b"..", raw).removesuffix(b"\r\n") + b"\r\n.\r\n"


def _log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    if user.isascii() and password.isascii():
        smtp.login(user, password)
        return
    smtp.ehlo_or_helo_if_needed()
    plain = base64.b64encode(f"\0{user}\0{password}".encode()).decode()  # RFC 4616; smtplib takes ASCII alone
    code, said = smtp.docmd("AUTH", f"PLAIN {plain}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, said)


class _XOAuth2:
    """smtplib's callback for XOAUTH2: the token first, and nothing to the server's error."""

    def __init__(self, user: str, token: str) -> None:
        self._first = f"user={user}\x01auth=Bearer {token}\x01\x01"

    @overload
    def __call__(self, challenge: None = None, /) -> str | None: ...
    @overload
    def __call__(self, challenge: bytes, /) -> str: ...
    def __call__(self, challenge: bytes | None = None, /) -> str:
        return "" if challenge else self._first


def _our_name() -> str:
    """The name in our EHLO. smtplib would look it up in the DNS, and wait for that where there is none."""
    name = socket.gethostname()
    return name if "." in name else "[127.0.0.1]"
