"""One connection to an IMAP server: opened at its first use, every failure a ``MailServerTrouble``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from imaplib import IMAP4
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any, Self

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from mailbot.config import settings as configured
from mailbot.config.settings import Security, Settings
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


class Connection:
    """One connection to one configured mailbox, closed by ``close`` or the end of a ``with`` block. It
    belongs to one thread.

    Every method raises ``MailServerTrouble`` where the server fails, after which the connection
    is closed and the next call opens a new one; and ``ConfigurationError`` where a secret or
    ``ca_file`` cannot be read.
    """

    def __init__(
        self, mailbox: configured.MailboxSettings, settings: Settings, *, read_only: bool = False
    ) -> None:
        self.mailbox = mailbox
        self._settings = settings
        self._read_only = read_only
        self._client: IMAPClient | None = None
        self._selected = ""
        self._uidvalidity = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Logs out and closes the connection, if one is open."""
        client, self._client, self._selected = self._client, None, ""
        if client:
            with suppress(OSError, IMAP4.error):
                client.logout()
            with suppress(OSError, IMAP4.error):
                client.shutdown()

    def cut(self) -> None:
        """Closes an open connection, from any thread: what waits for an answer on it fails."""
        client = self._client
        if client:
            cut(client.socket())

    def uidvalidity(self) -> int:
        """The UIDVALIDITY of the folder that is read."""
        with self.talking() as client:
            return self._select(client, self.mailbox.folder)

    def folders(self) -> tuple[str, ...]:
        """The names of all folders, decoded."""
        with self.talking() as client:
            return tuple(sorted(str(name) for _, _, name in client.list_folders()))

    @contextmanager
    def talking(self) -> Iterator[IMAPClient]:
        """The open connection; every failure within the block becomes a ``MailServerTrouble`` and closes
        it."""
        try:
            if self._client is None:
                self._client = self._connect()
            yield self._client
        except MailServerTrouble:
            self._drop()
            raise
        except IMAP4.abort as error:
            self._drop()
            raise MailServerTrouble(
                place(self.mailbox),
                f"closed the connection ({one_line(error)})",
                "check host and port, or wait",
            ) from None
        except (IMAP4.error, OSError, ValueError) as error:  # ValueError: imapclient on a broken answer
            self._drop()
            raise explain(error, self.mailbox) from None
        except BaseException:  # whatever it was: nobody knows what is still to come on this connection
            self._drop()
            raise

    def _drop(self) -> None:
        client, self._client, self._selected = self._client, None, ""
        if client:
            with suppress(OSError, IMAP4.error):
                client.shutdown()

    def _connect(self) -> IMAPClient:
        login, settings = self.mailbox, self._settings
        plain = login.security is not Security.TLS
        context = None if login.security is Security.NONE else tls_context(login, settings)
        # Secrets come first: a wrong file must not leave a half-open connection behind.
        token = oauth.access_token(login, settings) if login.oauth2 else ""
        password = settings.secret(login).get_secret_value()
        client = IMAPClient(
            login.host,
            login.port,
            ssl=not plain,
            ssl_context=None if plain else context,
            timeout=SocketTimeout(CONNECT_TIMEOUT, READ_TIMEOUT),
        )
        try:
            client.normalise_times = False
            client._imap.debug = 0  # at its 5 every literal is formatted: 4.7 times slower
            client.socket().setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
            if login.security is Security.STARTTLS:
                if not client.has_capability("STARTTLS"):
                    raise MailServerTrouble(place(login), "does not offer STARTTLS", 'use security = "tls"')
                client.starttls(context)
            try:
                if token and client.has_capability("AUTH=XOAUTH2"):
                    client.oauth2_login(login.user, token)
                elif token:
                    client.oauthbearer_login(login.user, token)
                elif password.isascii():
                    client.login(login.user, password)
                else:
                    client.plain_login(login.user, password)  # UTF-8 (RFC 4616), which LOGIN is not
            except LoginError as error:
                oauth.forget(login)
                mend = "check user and password, or whether the account may use IMAP"
                if token:  # which the token server gave without complaint
                    mend = "check user, scope, and whether this account may use IMAP and open this mailbox"
                raise MailServerTrouble(
                    place(login), f"refuses the login of {login.user} ({one_line(error)})", mend
                ) from None
        except BaseException:
            with suppress(OSError, IMAP4.error):
                client.shutdown()
            raise
        return client

    def _select(self, client: IMAPClient, folder: str) -> int:
        """Selects a folder, or refreshes it where it is selected; gives its UIDVALIDITY."""
        if self._selected == folder:
            _, told = client.noop()
            rebuilt = re.search(r"UIDVALIDITY (\d+)", str(told))  # RFC 9051 §7.1: at any time
            self._uidvalidity = int(rebuilt[1]) if rebuilt else self._uidvalidity
        else:
            facts = self._open(client, folder)
            if b"UIDVALIDITY" not in facts:
                raise MailServerTrouble(place(self.mailbox), "keeps no UIDs", "use another IMAP server")
            self._selected, self._uidvalidity = folder, int(facts[b"UIDVALIDITY"])
        return self._uidvalidity

    def _open(self, client: IMAPClient, folder: str) -> dict[bytes, Any]:
        name = self.server_name(client, folder)
        try:
            facts: dict[bytes, Any] = client.select_folder(name, readonly=self._read_only)
        except IMAP4.abort:
            raise
        except IMAP4.error as error:
            if client.folder_exists(name):
                mend = f"give {self.mailbox.user} the right to read it"
                raise MailServerTrouble(
                    place(self.mailbox), f'does not open folder "{folder}" ({one_line(error)})', mend
                ) from None
            there = ", ".join(sorted(str(one) for _, _, one in client.list_folders()))
            raise MailServerTrouble(
                place(self.mailbox), f'there is no folder "{folder}"', f"use one of {there}"
            ) from None
        return facts

    def _create(self, client: IMAPClient, folder: str) -> str:
        """The server's name of a folder, which is made if it is not there."""
        name = self.server_name(client, folder)
        if not client.folder_exists(name):
            client.create_folder(name)
            client.subscribe_folder(name)
        return name

    @staticmethod
    def server_name(client: IMAPClient, folder: str) -> str:
        """A folder as the server calls it: "Verwerkt/2026" is "INBOX.Verwerkt.2026" where "." is
        the delimiter and all folders lie under INBOX (RFC 2342)."""
        if folder.upper() == "INBOX":
            return folder
        personal = (client.namespace().personal or ()) if client.has_capability("NAMESPACE") else ()
        prefix, delimiter = personal[0] if personal else ("", _delimiter(client))
        name = folder.replace("/", delimiter) if delimiter else folder
        return name if name.startswith(prefix) else prefix + name


def _delimiter(client: IMAPClient) -> str:
    roots = client.list_folders("", "")
    return roots[0][1].decode("ascii") if roots and roots[0][1] else ""
