"""The folder of a mailbox: which messages are new, fetched in batches, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from imaplib import IMAP4
from typing import Any

from imapclient import IMAPClient

from mailbot.transport.imap.connection import Connection

#: Messages asked for at once, and the most bytes of them: fifty large ones would fill the memory.
BATCH = 50
BATCH_BYTES = 32 * 1024 * 1024
#: UIDs go out one by one, and servers bound the length of a command.
COUNTED = 500

_BOUNDARY = re.compile(rb'(?i)\bboundary\s*=\s*"?([^"\r\n;]{1,70})')


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


class Inbox(Connection):
    """A connection that reads the folder of its mailbox, and changes nothing there."""

    def new(self, cursor: Cursor | None = None) -> Iterator[Fetched]:
        """The messages after ``cursor``, oldest UID first, all received from ``since`` on.

        Without a cursor, or where the folder has another UIDVALIDITY (it was moved or rebuilt),
        that is every message since then: the ledger knows which it has met. Which they are is asked at
        once; they are fetched in batches while iterating, and one that vanishes meanwhile is passed over.
        Sets no flag.
        """
        with self.talking() as client:
            uidvalidity = self._select(client, self.mailbox.folder)
            first = cursor.uid + 1 if cursor and cursor.uidvalidity == uidvalidity else 1
            uids = self._since(client, first)
        return self._in_batches(uidvalidity, uids)

    def _in_batches(self, uidvalidity: int, uids: Sequence[int]) -> Iterator[Fetched]:
        for start in range(0, len(uids), BATCH):
            with self.talking() as client:
                facts = client.fetch(uids[start : start + BATCH], ["INTERNALDATE", "RFC822.SIZE"])
            yield from self._fetch(uidvalidity, self._wanted(facts))

    def unanswered(self, uids: Sequence[int], uidvalidity: int) -> frozenset[int] | None:
        """Which of these messages still lie in the mailbox's folder, neither answered nor deleted; None
        where the UIDs are of another UIDVALIDITY."""
        found: set[int] = set()
        with self.talking() as client:
            if self._select(client, self.mailbox.folder) != uidvalidity:
                return None
            for start in range(0, len(uids), BATCH):
                held = client.get_flags(list(uids[start : start + BATCH]))
                found |= {
                    uid for uid, flags in held.items() if not {rb"\Answered", rb"\Deleted"} & set(flags)
                }
        return frozenset(found)

    def count_before_and_since(self) -> tuple[int, int]:
        """How many messages of the folder were received before ``since``, and from then on."""
        with self.talking() as client:
            self._select(client, self.mailbox.folder)
            found = self._since(client, 1)
            since = 0
            for start in range(0, len(found), COUNTED):
                facts = client.fetch(found[start : start + COUNTED], ["INTERNALDATE", "RFC822.SIZE"])
                since += len(self._wanted(facts))
            return len(client.search("ALL")) - since, since

    def uids(self) -> tuple[int, list[int]]:
        """The UIDVALIDITY of the folder, and the UIDs in it received from ``since`` on."""
        with self.talking() as client:
            uidvalidity = self._select(client, self.mailbox.folder)
            found, uids = self._since(client, 1), []
            for start in range(0, len(found), COUNTED):
                facts = client.fetch(found[start : start + COUNTED], ["INTERNALDATE", "RFC822.SIZE"])
                uids += [uid for uid, _, _ in self._wanted(facts)]
            return uidvalidity, uids

    def newest_arrival(self) -> datetime | None:
        """The arrival time of the newest message in the folder, by the server's clock (UTC)."""
        with self.talking() as client:
            self._select(client, self.mailbox.folder)
            if not (newest := client.search("UID *")):
                return None
            received: datetime = client.fetch(newest, ["INTERNALDATE"])[newest[-1]][b"INTERNALDATE"]
            return received.astimezone(UTC)

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
            with self.talking() as client:
                whole = _whole(client, small)
                large = [uid for uid, _, size in group if size > limit or (uid in whole and not whole[uid])]
                headers = _bodies(client, large, b"HEADER")
            for uid, received, size in group:
                raw = self._complete(uid, whole.get(uid, b""), size)
                if raw is None:
                    continue  # it grows: the next listing, or the daily check, meets it again
                if raw and len(raw) <= limit:
                    yield Fetched(uid, uidvalidity, received, len(raw), raw, _header(raw))
                elif raw or uid in headers:  # Exchange's RFC822.SIZE is only about right
                    yield Fetched(uid, uidvalidity, received, size, None, headers.get(uid) or _header(raw))

    def _complete(self, uid: int, raw: bytes, size: int) -> bytes | None:
        """The message, fetched once more where it arrived truncated: empty where the server gives nothing.
        If the same bytes come twice, it really is that short; None where others do that are cut off too."""
        if not _is_cut(raw, size):
            return raw
        with self.talking() as client:
            again = _bodies(client, [uid], b"").get(uid, b"")
        return None if again != raw and _is_cut(again, size) else again


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
