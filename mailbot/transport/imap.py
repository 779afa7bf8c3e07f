"""The mailbox: lists new mail, files what was handled, wakes when mail comes. The only user of imapclient.

Whether a mail is unread does not tell whether mailbot handled it, since people read that mailbox too:
messages that were listed are known by UID under a UIDVALIDITY (RFC 9051 §2.3.1.1), handled ones by the
ledger. Only ``mark_read`` sets the flag. One object is one connection and belongs to one thread.
"""

from __future__ import annotations

import re
import select
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from imaplib import IMAP4
from socket import IPPROTO_TCP, TCP_NODELAY
from threading import Event as Flag
from typing import Any, Self

from imapclient import IMAPClient, SocketTimeout, imap_utf7
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

#: Messages asked for at once, and the most bytes of them: fifty large ones would fill the memory.
BATCH = 50
BATCH_BYTES = 32 * 1024 * 1024
#: UIDs go out one by one, and servers bound the length of a command.
COUNTED = 500

#: What of a mail that was sent says which mails it answers.
_REFERRING = b"BODY.PEEK[HEADER.FIELDS (IN-REPLY-TO REFERENCES)]"
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_BOUNDARY = re.compile(rb'(?i)\bboundary\s*=\s*"?([^"\r\n;]{1,70})')

#: Seconds after which IDLE is renewed; servers and firewalls drop it from ten minutes on.
RENEW_IDLE = 540.0


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder was listed: the highest UID seen under that UIDVALIDITY."""

    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message of the mailbox. ``received`` is the server's arrival time (aware, UTC),
    ``size`` in bytes. ``raw`` is None where it is larger than the limit, or where the server
    cannot give it; ``header`` is there in both cases (empty where even that fails)."""

    uid: int
    uidvalidity: int
    received: datetime
    size: int
    raw: bytes | None
    header: bytes

    @property
    def cursor(self) -> Cursor:
        """The cursor from which listing goes on after this message."""
        return Cursor(self.uidvalidity, self.uid)


class Mailbox:
    """One connection to one configured mailbox, opened at its first use and closed by
    ``close`` or the end of a ``with`` block.

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
        self._sent_state: tuple[str, object, object] = ("", None, None)
        self._referred: dict[int, frozenset[str]] = {}

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
        with self._talking() as client:
            return self._select(client, self.mailbox.folder)

    def new(self, cursor: Cursor | None = None) -> Iterator[Fetched]:
        """The messages after ``cursor``, oldest UID first, all received from ``since`` on.

        Without a cursor, or where the folder has another UIDVALIDITY (it was moved or rebuilt),
        that is every message since then: the ledger knows which it has met. Which they are is asked at
        once; they are fetched in batches while iterating, and one that vanishes meanwhile is passed over.
        Sets no flag.
        """
        with self._talking() as client:
            uidvalidity = self._select(client, self.mailbox.folder)
            first = cursor.uid + 1 if cursor and cursor.uidvalidity == uidvalidity else 1
            uids = self._since(client, first)
        return self._in_batches(uidvalidity, uids)

    def _in_batches(self, uidvalidity: int, uids: Sequence[int]) -> Iterator[Fetched]:
        for start in range(0, len(uids), BATCH):
            with self._talking() as client:
                facts = client.fetch(uids[start : start + BATCH], ["INTERNALDATE", "RFC822.SIZE"])
            yield from self._fetch(uidvalidity, self._wanted(facts))

    def file(self, uids: Sequence[int], folder: str, uidvalidity: int) -> bool:
        """Moves messages out of the mailbox's folder into another, made if it is not there.

        Gives False, with nothing moved, where the UIDs are of another UIDVALIDITY, where the
        server can only move by expunging everybody's deletions (neither MOVE nor UIDPLUS), or
        in a read-only connection. Messages that are gone already are passed over.
        """
        if self._read_only:  # EXAMINE alone does not keep Dovecot from moving
            return False
        with self._talking() as client:
            if self._select(client, self.mailbox.folder) != uidvalidity:
                return False
            movable, expungeable = client.has_capability("MOVE"), client.has_capability("UIDPLUS")
            if not movable and not expungeable:
                return False
            target = self._create(client, folder)
            for start in range(0, len(uids), BATCH):
                batch = list(uids[start : start + BATCH])
                if movable:
                    client.move(batch, target)
                else:
                    client.copy(batch, target)
                    client.add_flags(batch, [rb"\Deleted"], silent=True)
                    client.uid_expunge(batch)
            return True

    def mark_read(self, uids: Sequence[int], uidvalidity: int) -> bool:
        """Marks messages of the mailbox's folder as read, but for flagged ones: a flag says that somebody
        is not done with it. False, with nothing marked, where the UIDs are of another UIDVALIDITY or the
        connection only reads. Messages that are gone are passed over."""
        if self._read_only:
            return False
        with self._talking() as client:
            if self._select(client, self.mailbox.folder) != uidvalidity:
                return False
            for start in range(0, len(uids), BATCH):
                held = client.get_flags(list(uids[start : start + BATCH]))
                unread = [uid for uid, flags in held.items() if not {rb"\Seen", rb"\Flagged"} & set(flags)]
                if unread:
                    client.add_flags(unread, [rb"\Seen"], silent=True)
            return True

    def mark_read_in(self, folder: str, message_ids: Iterable[str]) -> bool:
        """As ``mark_read``, in another folder and by Message-ID: the server need not tell which UID a message
        got when it was moved there. Returns False where the connection is read-only."""
        if self._read_only:
            return False
        with self._talking() as client:
            name = self._name(client, folder)
            if not client.folder_exists(name):
                return True
            client.select_folder(name)
            self._selected = ""
            for one in message_ids:
                if not (one.isascii() and one.isprintable()):
                    continue  # its sender wrote what no search can ask for: the mail keeps its mark
                quoted = one.replace("\\", r"\\").replace('"', r"\"")  # imapclient leaves ( and { as they are
                if found := client.search(f'UNSEEN UNFLAGGED HEADER Message-ID "{quoted}"'):
                    client.add_flags(found, [rb"\Seen"], silent=True)
            return True

    def unanswered(self, uids: Sequence[int], uidvalidity: int) -> frozenset[int] | None:
        """Which of these messages still lie in the mailbox's folder, neither answered nor deleted; None
        where the UIDs are of another UIDVALIDITY."""
        found: set[int] = set()
        with self._talking() as client:
            if self._select(client, self.mailbox.folder) != uidvalidity:
                return None
            for start in range(0, len(uids), BATCH):
                held = client.get_flags(list(uids[start : start + BATCH]))
                found |= {
                    uid for uid, flags in held.items() if not {rb"\Answered", rb"\Deleted"} & set(flags)
                }
        return frozenset(found)

    def referred_to(self, since: datetime) -> frozenset[str]:
        """The Message-IDs that mails in the Sent folder refer to (In-Reply-To, References), of mails that
        were put there since a moment. The folder is ``sent_folder``, else the one that the server marks as
        Sent (RFC 6154); without one nothing is returned. A folder that did not change is not opened, and each
        header is read once."""
        with self._talking() as client:
            folder = self._sent(client)
            if not folder or not client.folder_exists(folder):
                return frozenset()
            facts = client.folder_status(folder, ["UIDNEXT", "UIDVALIDITY"])
            state = (folder, facts.get(b"UIDVALIDITY"), facts.get(b"UIDNEXT"))
            if state != self._sent_state:
                if state[:2] != self._sent_state[:2]:
                    self._referred = {}
                self._selected = ""
                client.select_folder(folder, readonly=True)
                day = (since - timedelta(days=1)).date()  # the server's own calendar, as in ``_since``
                new = [uid for uid in client.search(["SINCE", day]) if uid not in self._referred]
                for start in range(0, len(new), BATCH):
                    for uid, facts in client.fetch(new[start : start + BATCH], [_REFERRING]).items():
                        told = b" ".join(value for key, value in facts.items() if key.startswith(b"BODY["))
                        ids = _MESSAGE_ID.findall(told.decode("ascii", "replace"))
                        self._referred[uid] = frozenset(ids)
                self._sent_state = state
            return frozenset(one for ids in self._referred.values() for one in ids)

    def _sent(self, client: IMAPClient) -> str:
        """The name of the Sent folder on the server; empty where there is none."""
        if self.mailbox.sent_folder:
            return self._name(client, self.mailbox.sent_folder)
        marked = (name for flags, _, name in client.list_folders() if rb"\Sent" in flags)
        return str(next(marked, ""))

    def append_sent(self, raw: bytes, sent: datetime) -> None:
        """Puts a copy of a mail that went out into ``sent_folder``, marked as read."""
        with self._talking() as client:
            client.append(self._create(client, self.mailbox.sent_folder), raw, (rb"\Seen",), sent)

    def has_sent(self, message_id: str, sent: datetime) -> bool:
        """Whether ``append_sent`` put a copy of this mail into ``sent_folder`` already."""
        with self._talking() as client:
            self._create(client, self.mailbox.sent_folder)
            self._select(client, self.mailbox.sent_folder)
            day = (sent - timedelta(days=1)).date()  # the server's own calendar, as in ``_since``
            return bool(client.search(["SINCE", day, "HEADER", "Message-ID", message_id]))

    def folders(self) -> tuple[str, ...]:
        """The names of all folders, decoded."""
        with self._talking() as client:
            return tuple(sorted(str(name) for _, _, name in client.list_folders()))

    def capabilities(self) -> frozenset[str]:
        """The capabilities of the server after login ("MOVE", "IDLE", ...)."""
        with self._talking() as client:
            return frozenset(name.decode("ascii", "replace").upper() for name in client.capabilities())

    def count_before_and_since(self) -> tuple[int, int]:
        """How many messages of the folder were received before ``since``, and from then on."""
        with self._talking() as client:
            self._select(client, self.mailbox.folder)
            found = self._since(client, 1)
            since = 0
            for start in range(0, len(found), COUNTED):
                facts = client.fetch(found[start : start + COUNTED], ["INTERNALDATE", "RFC822.SIZE"])
                since += len(self._wanted(facts))
            return len(client.search("ALL")) - since, since

    def uids(self) -> tuple[int, list[int]]:
        """The UIDVALIDITY of the folder, and the UIDs in it received from ``since`` on."""
        with self._talking() as client:
            uidvalidity = self._select(client, self.mailbox.folder)
            found, uids = self._since(client, 1), []
            for start in range(0, len(found), COUNTED):
                facts = client.fetch(found[start : start + COUNTED], ["INTERNALDATE", "RFC822.SIZE"])
                uids += [uid for uid, _, _ in self._wanted(facts)]
            return uidvalidity, uids

    def newest_arrival(self) -> datetime | None:
        """The arrival time of the newest message in the folder, by the server's clock (UTC)."""
        with self._talking() as client:
            self._select(client, self.mailbox.folder)
            if not (newest := client.search("UID *")):
                return None
            received: datetime = client.fetch(newest, ["INTERNALDATE"])[newest[-1]][b"INTERNALDATE"]
            return received.astimezone(UTC)

    def missing_folders(self) -> tuple[str, ...]:
        """The configured folders that do not exist yet: mailbot creates each when it first needs it."""
        box = self.mailbox
        wanted = dict.fromkeys((box.folder, box.filed_folder, box.review_folder, box.sent_folder))
        with self._talking() as client:
            return tuple(
                name for name in wanted if name and not client.folder_exists(self._name(client, name))
            )

    def missing_rights(self) -> dict[str, str]:
        """By folder, the rights that are needed and not given (RFC 4314 letters): to read the one that is
        read, to move mail out of it, to put mail into the others. Empty where the server does not tell."""
        box = self.mailbox
        moves = bool(box.filed_folder or box.review_folder)
        needed = {box.folder: "r" + ("te" if moves else "")}
        for name in filter(None, (box.filed_folder, box.review_folder, box.sent_folder)):
            needed.setdefault(name, "i")
        missing = {}
        with self._talking() as client:
            if not client.has_capability("ACL"):
                return {}
            for name, letters in needed.items():
                given = self._rights(client, name)
                lacks = "".join(letter for letter in letters if given is not None and letter not in given)
                if lacks:
                    missing[name] = lacks
        return missing

    def _rights(self, client: IMAPClient, folder: str) -> str | None:
        """What may be done in a folder; None where it is not there, or is hidden."""
        try:
            _, (answer, *_rest) = client._imap.myrights(as_quoted(self._name(client, folder)))
        except IMAP4.abort:
            raise
        except (IMAP4.error, ValueError):
            return None
        rights = answer.split()[-1].decode("ascii", "replace") if answer else ""
        # RFC 2086's "d" stood for what is t and e now (RFC 4314 §2.1.1).
        return rights + "te" if "d" in rights else rights

    def watch(self, wake: Callable[[], None], stop: Flag, *, renew: float = RENEW_IDLE) -> None:
        """Calls ``wake`` whenever mail may have come, until ``stop`` is set (seen within a
        second). To be run in a thread of its own; without IDLE on the server it returns at once.

        ``wake`` is also called right after each start of IDLE: mail that arrives just before
        is announced together with the server's "+ idling" and would be missed (RFC 2177).
        """
        with self._talking() as client:
            if not client.has_capability("IDLE"):
                return
            self._select(client, self.mailbox.folder)
            while not stop.is_set():
                client.idle()
                wake()
                self._doze(client, stop, renew)
                client.idle_done()  # with a read timeout: here a connection that died shows

    @staticmethod
    def _doze(client: IMAPClient, stop: Flag, seconds: float) -> None:
        """Waits in IDLE until the server says something, ``stop`` is set or the time is over."""
        connection = client.socket()
        poller = select.poll()
        poller.register(connection.fileno(), select.POLLIN)
        for _ in range(max(1, int(seconds))):
            buffered = isinstance(connection, ssl.SSLSocket) and connection.pending()
            if stop.is_set() or buffered or poller.poll(1000):
                return

    # ------------------------------------------------------------ one connection

    @contextmanager
    def _talking(self) -> Iterator[IMAPClient]:
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
        name = self._name(client, folder)
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

    def _since(self, client: IMAPClient, first: int) -> list[int]:
        """UIDs from ``first`` on, ascending, received from ``since`` on by the server's own
        calendar: a day is taken more, since its time zone may be another."""
        day = self.mailbox.since - timedelta(days=1)
        found = client.search(["UID", f"{first}:*", "SINCE", day])
        return sorted(uid for uid in found if uid >= first)  # n:* always gives the last one (RFC 9051)

    def _wanted(self, facts: dict[int, dict[bytes, Any]]) -> list[tuple[int, datetime, int]]:
        wanted = []
        for uid, fact in sorted(facts.items()):
            if b"INTERNALDATE" not in fact:  # an unasked flag update of a message not in the batch
                continue
            received = fact[b"INTERNALDATE"]
            if received.astimezone(self._settings.zone).date() >= self.mailbox.since:
                wanted.append((uid, received.astimezone(UTC), int(fact.get(b"RFC822.SIZE", 0))))
        return wanted

    def _fetch(self, uidvalidity: int, wanted: list[tuple[int, datetime, int]]) -> Iterator[Fetched]:
        limit = self._settings.limits.message_mb * 1024 * 1024
        for group in _by_bytes(wanted, limit):
            small = [uid for uid, _, size in group if size <= limit]
            with self._talking() as client:
                whole = _whole(client, small)
                large = [uid for uid, _, size in group if size > limit or (uid in whole and not whole[uid])]
                headers = _bodies(client, large, b"HEADER")
            for uid, received, size in group:
                raw = whole.get(uid, b"")
                if _is_cut(raw, size):
                    before, raw = raw, self._again(uid)
                    if raw != before and _is_cut(raw, size):
                        continue  # it grows: the next listing, or the daily check, meets it again
                if raw and len(raw) <= limit:
                    yield Fetched(uid, uidvalidity, received, len(raw), raw, _header(raw))
                elif raw or uid in headers:  # Exchange's RFC822.SIZE is only about right
                    yield Fetched(uid, uidvalidity, received, size, None, headers.get(uid) or _header(raw))

    def _again(self, uid: int) -> bytes:
        """A message that arrived truncated, fetched once more; empty where the server gives nothing. If the
        same bytes come twice, the message really is that short."""
        with self._talking() as client:
            return _bodies(client, [uid], b"").get(uid, b"")

    def _create(self, client: IMAPClient, folder: str) -> str:
        """The server's name of a folder, which is made if it is not there."""
        name = self._name(client, folder)
        if not client.folder_exists(name):
            client.create_folder(name)
            client.subscribe_folder(name)
        return name

    @staticmethod
    def _name(client: IMAPClient, folder: str) -> str:
        """A folder as the server calls it: "Verwerkt/2026" is "INBOX.Verwerkt.2026" where "." is
        the delimiter and all folders lie under INBOX (RFC 2342)."""
        if folder.upper() == "INBOX":
            return folder
        personal = (client.namespace().personal or ()) if client.has_capability("NAMESPACE") else ()
        prefix, delimiter = personal[0] if personal else ("", _delimiter(client))
        name = folder.replace("/", delimiter) if delimiter else folder
        return name if name.startswith(prefix) else prefix + name


def as_quoted(name: str) -> str:
    """A folder's name as imaplib sends it: in IMAP's own UTF-7, quoted."""
    encoded: bytes = imap_utf7.encode(name)
    return '"' + encoded.decode("ascii").replace("\\", "\\\\").replace('"', '\\"') + '"'


def _whole(client: IMAPClient, uids: list[int]) -> dict[int, bytes]:
    """The messages by UID, without those that vanished; empty for one that the server refuses.

    Exchange refuses a whole batch where one message in it is broken, so it is then asked one
    by one; that it gives the header of the refused one tells that the trouble is that message's.
    """
    try:
        return _bodies(client, uids, b"")
    except IMAP4.abort:
        raise
    except IMAP4.error:
        if len(uids) == 1:
            _bodies(client, uids, b"HEADER")
            return {uids[0]: b""}
        return {uid: raw for one in uids for uid, raw in _whole(client, [one]).items()}


def _bodies(client: IMAPClient, uids: list[int], section: bytes) -> dict[int, bytes]:
    if not uids:
        return {}
    answer = client.fetch(uids, [b"BODY.PEEK[" + section + b"]"])
    key = b"BODY[" + section + b"]"
    return {uid: bytes(fact[key]) for uid, fact in answer.items() if fact.get(key) is not None}


def _is_cut(raw: bytes, size: int) -> bool:
    """Whether a message seems to be truncated: it is shorter than the server says (some servers say it
    wrongly) and its last part has no end."""
    boundary = _BOUNDARY.search(_header(raw)) if raw and len(raw) < size else None
    return boundary is not None and b"--" + boundary[1].strip() + b"--" not in raw


def _header(raw: bytes) -> bytes:
    """All up to the empty line, or everything where there is none."""
    end = raw.find(b"\r\n\r\n")
    return raw if end < 0 else raw[: end + 2]


def _delimiter(client: IMAPClient) -> str:
    roots = client.list_folders("", "")
    return roots[0][1].decode("ascii") if roots and roots[0][1] else ""


def _by_bytes(
    wanted: list[tuple[int, datetime, int]], limit: int
) -> Iterator[list[tuple[int, datetime, int]]]:
    """Groups of at most ``BATCH_BYTES`` and at least one message; one over ``limit`` counts for little, as
    only its header is fetched."""
    group: list[tuple[int, datetime, int]] = []
    weight = 0
    for one in wanted:
        size = one[2] if one[2] <= limit else 0
        if group and weight + size > BATCH_BYTES:
            yield group
            group, weight = [], 0
        group.append(one)
        weight += size
    if group:
        yield group
