"""What is done with handled mail in the mailbox: marked as read, and moved where folders are configured.

An unread mail is one that the secretary still has to look at. So ordinary mail, mail of machines, and
mail that was shelved or flagged stay unread, mail that waits for her decision is marked once she
decided, and what came before ``mark_read`` was set is left as people left it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby

from mailbot.config.settings import MailboxSettings
from mailbot.domain.decision import Outcome
from mailbot.storage import Store, filed, health
from mailbot.storage.filed import STAYS, UNREAD, ToFile
from mailbot.transport.imap import Mailbox

#: Mail with these outcomes is for a person, or for nobody: it is left where and as it is.
LEFT_ALONE = frozenset({Outcome.NO_FORM, Outcome.AUTOMATIC})
#: The fact that says from when on the mail of a mailbox is marked.
_SINCE = "mark_read:"


def file(store: Store, mailbox: Mailbox, now: datetime) -> None:
    """Marks and moves the decided mail of one mailbox. Can be repeated after a kill: what was moved is
    gone from where it was. Raises ``StoreTrouble`` and ``MailServerTrouble``."""
    configured = mailbox.mailbox
    with store.read_transaction() as tx:
        todo = filed.to_file(tx, configured.name, configured.folder)
    since = _marked_since(store, configured, now)

    def validity(one: ToFile) -> int:
        return one.place.uidvalidity

    for uidvalidity, group in groupby(sorted(todo, key=validity), key=validity):
        here = tuple(group)
        read = [one.place.uid for one in here if since and _handled(one) and one.received >= since]
        if read:
            mailbox.mark_read(read, uidvalidity)
        _move(store, mailbox, here, uidvalidity, marks=since is not None)
    if since and configured.review_folder:
        _mark_decided(store, mailbox, since)


def _mark_decided(store: Store, mailbox: Mailbox, since: datetime) -> None:
    """Marks as read what waited in the review folder and is decided now. It has another UID there, so it is
    found by Message-ID."""
    configured, folder = mailbox.mailbox, mailbox.mailbox.review_folder
    with store.read_transaction() as tx:
        decided = filed.decided_in(tx, configured.name, configured.folder, folder)
    wanted = [message_id for _, received, message_id in decided if message_id and received >= since]
    if decided and mailbox.mark_read_in(folder, wanted):
        with store.write_transaction() as tx:
            filed.note(tx, [place for place, _, _ in decided], filed.SETTLED)


def _move(store: Store, mailbox: Mailbox, todo: tuple[ToFile, ...], uidvalidity: int, *, marks: bool) -> None:
    def target(one: ToFile) -> str:
        return "" if one.there else _folder(one, mailbox.mailbox)

    for folder, group in groupby(sorted(todo, key=target), key=target):
        here = tuple(group)
        moved = bool(folder) and mailbox.file([one.place.uid for one in here], folder, uidvalidity)
        waits = [one.place for one in here if not moved and marks and one.open and not _handled(one)]
        with store.write_transaction() as tx:
            filed.note(tx, [one.place for one in here if one.place not in waits], folder if moved else STAYS)
            filed.note(tx, waits, UNREAD)


def _folder(one: ToFile, configured: MailboxSettings) -> str:
    if one.outcome in LEFT_ALONE:
        return ""
    return configured.review_folder if one.outcome == Outcome.REVIEW else configured.filed_folder


def _handled(one: ToFile) -> bool:
    return one.outcome not in LEFT_ALONE and not (one.outcome == Outcome.REVIEW and one.open)


def _marked_since(store: Store, configured: MailboxSettings, now: datetime) -> datetime | None:
    """From when on mail of a mailbox is marked as read; None for never. In a new installation that is
    all that is for mailbot; where it was set later, what comes from then on."""
    key = f"{_SINCE}{configured.name}"
    with store.read_transaction() as tx:
        held = before = health.fact(tx, key)
        used = filed.any_filed(tx, configured.name)
    if not configured.mark_read:
        held, since = "", None
    elif held:
        return datetime.fromisoformat(held)
    else:
        since = now if used else datetime.combine(configured.since, datetime.min.time(), UTC)
    if before != (since.isoformat() if since else ""):
        with store.write_transaction() as tx:
            health.note(tx, key, since.isoformat() if since else "")
    return since
