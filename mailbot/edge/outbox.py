"""Handing mail to the SMTP server (RFC 5321) over one kept connection. The only smtplib.

What became of a mail is a value: sent, refused for good, or to be tried again. A mail has one
recipient, so one refusal never stops another.
"""

from __future__ import annotations

import smtplib
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import TracebackType
from typing import Self, overload

from mailbot.edge import oauth
from mailbot.edge.connection import (
    CONNECT_TIMEOUT,
    READ_TIMEOUT,
    MailServerTrouble,
    explain,
    one_line,
    place,
    tls_context,
)
from mailbot.settings import Security, Settings

FIRST_RETRY = timedelta(seconds=15)
LAST_RETRY = timedelta(minutes=15)


class Fate(StrEnum):
    """What became of one try to send a mail."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Handed:
    """The end of one try; ``reply`` is what the server said, one line, for status and log."""

    fate: Fate
    reply: str = ""


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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection; an open one says goodbye."""
        smtp, self._smtp = self._smtp, None
        if smtp:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def hand(self, sender: str, recipient: str, raw: bytes) -> Handed:
        """Tries once to hand a mail over.

        ``REFUSED`` where the server will never take it (5xx for this recipient or content),
        ``LATER`` where it may (4xx, or the connection broke after DATA began). Raises
        ``MailServerTrouble`` where the server cannot be used at all: that counts against no
        mail.
        """
        smtp = self._ready()
        try:
            smtp.sendmail(sender, [recipient], raw)
        except smtplib.SMTPRecipientsRefused as error:
            return self._refused(*next(iter(error.recipients.values())))
        except smtplib.SMTPSenderRefused as error:
            return self._refused(error.smtp_code, error.smtp_error)
        except smtplib.SMTPDataError as error:
            return self._refused(error.smtp_code, error.smtp_error)
        except smtplib.SMTPNotSupportedError as error:
            return Handed(Fate.REFUSED, one_line(error))
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Handed(Fate.LATER, f"the connection broke ({one_line(error)})")
        return Handed(Fate.SENT)

    def check(self) -> None:
        """Connects and logs in, and sends nothing. Raises ``MailServerTrouble``."""
        self._ready()

    def _refused(self, code: int, said: bytes | str) -> Handed:
        reply = f"{code} {one_line(said)}"
        if code == 421:  # the server is closing down (RFC 5321 §3.8)
            self._drop()
        return Handed(Fate.REFUSED if 500 <= code < 600 else Fate.LATER, reply)

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp:
            smtp.close()

    def _ready(self) -> smtplib.SMTP:
        """The kept connection where it still lives, else a new one."""
        if self._smtp:
            try:
                if self._smtp.rset()[0] == 250:
                    return self._smtp
            except (smtplib.SMTPException, OSError):
                pass  # an idle connection the server closed: quite ordinary
            self._drop()
        self._smtp = self._connect()
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        login, settings = self._settings.smtp, self._settings
        context = None if login.security is Security.NONE else tls_context(login, settings)
        token = oauth.access_token(login, settings) if login.oauth2 else ""
        password = settings.secret(login).get_secret_value()
        smtp: smtplib.SMTP | None = None
        try:
            if login.security is Security.TLS:
                smtp = smtplib.SMTP_SSL(login.host, login.port, timeout=CONNECT_TIMEOUT, context=context)
            else:
                smtp = smtplib.SMTP(login.host, login.port, timeout=CONNECT_TIMEOUT)
            if login.security is Security.STARTTLS:
                smtp.starttls(context=context)
            if smtp.sock:
                smtp.sock.settimeout(READ_TIMEOUT)
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if token:
                smtp.ehlo_or_helo_if_needed()
                smtp.auth("XOAUTH2", _XOAuth2(login.user, token))
            elif password:
                smtp.login(login.user, password)
        except smtplib.SMTPAuthenticationError as error:
            said, mend = f"{error.smtp_code} {one_line(error.smtp_error)}", "check user and password"
            trouble = MailServerTrouble(place(login), f"refuses the login of {login.user} ({said})", mend)
        except smtplib.SMTPNotSupportedError as error:
            trouble = MailServerTrouble(place(login), one_line(error), "check security and user")
        except smtplib.SMTPException as error:
            trouble = MailServerTrouble(place(login), f"answers {one_line(error)!r}", "it is tried again")
        except OSError as error:
            trouble = explain(error, login)
        else:
            return smtp
        if smtp:
            smtp.close()
        raise trouble


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
