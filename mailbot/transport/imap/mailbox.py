"""A mailbox: what was handled is filed or marked, copies of ours go into its Sent folder, and it wakes when
mail comes."""

from __future__ import annotations

import re
import select
import ssl
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from threading import Event as Flag

from imapclient import IMAPClient

from mailbot.config import settings as configured
from mailbot.config.settings import Settings
from mailbot.transport.imap.inbox import BATCH, Inbox

#: What of a mail that was sent says which mails it answers.
_REFERRING = b"BODY.PEEK[HEADER.FIELDS (IN-REPLY-TO REFERENCES)]"
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")

#: Seconds after which IDLE is renewed; servers and firewalls drop it from ten minutes on.
RENEW_IDLE = 540.0


class Mailbox(Inbox):
    """One connection to one configured mailbox. ``read_only`` opens its folder without the right to change
    it: then nothing is filed or marked."""

    def __init__(
        self, mailbox: configured.MailboxSettings, settings: Settings, *, read_only: bool = False
    ) -> None:
        super().__init__(mailbox, settings, read_only=read_only)
        self._sent_state: tuple[str, object, object] = ("", None, None)
        self._referred: dict[int, frozenset[str]] = {}

    def file(self, uids: Sequence[int], folder: str, uidvalidity: int) -> bool:
        """Moves messages out of the mailbox's folder into another, made if it is not there.

        Gives False, with nothing moved, where the UIDs are of another UIDVALIDITY, where the
        server can only move by expunging everybody's deletions (neither MOVE nor UIDPLUS), or
        in a read-only connection. Messages that are gone already are passed over.
        """
        if self._read_only:  # EXAMINE alone does not keep Dovecot from moving
            return False
        with self.talking() as client:
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
        with self.talking() as client:
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
        with self.talking() as client:
            name = self.server_name(client, folder)
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

    def referred_to(self, since: datetime) -> frozenset[str]:
        """The Message-IDs that mails in the Sent folder refer to (In-Reply-To, References), of mails that
        were put there since a moment. The folder is ``sent_folder``, else the one that the server marks as
        Sent (RFC 6154); without one nothing is returned. A folder that did not change is not opened, and each
        header is read once."""
        with self.talking() as client:
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
            return self.server_name(client, self.mailbox.sent_folder)
        marked = (name for flags, _, name in client.list_folders() if rb"\Sent" in flags)
        return str(next(marked, ""))

    def append_sent(self, raw: bytes, sent: datetime) -> None:
        """Puts a copy of a mail that went out into ``sent_folder``, marked as read."""
        with self.talking() as client:
            client.append(self._create(client, self.mailbox.sent_folder), raw, (rb"\Seen",), sent)

    def has_sent(self, message_id: str, sent: datetime) -> bool:
        """Whether ``append_sent`` put a copy of this mail into ``sent_folder`` already."""
        with self.talking() as client:
            self._create(client, self.mailbox.sent_folder)
            self._select(client, self.mailbox.sent_folder)
            day = (sent - timedelta(days=1)).date()  # the server's own calendar, as in ``_since``
            return bool(client.search(["SINCE", day, "HEADER", "Message-ID", message_id]))

    def watch(self, wake: Callable[[], None], stop: Flag, *, renew: float = RENEW_IDLE) -> None:
        """Calls ``wake`` whenever mail may have come, until ``stop`` is set (seen within a
        second). To be run in a thread of its own; without IDLE on the server it returns at once.

        ``wake`` is also called right after each start of IDLE: mail that arrives just before
        is announced together with the server's "+ idling" and would be missed (RFC 2177).
        """
        with self.talking() as client:
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
