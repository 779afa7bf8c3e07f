"""The daily consistency check: the mailboxes, the ledger and the sent mail must agree. A difference is
reported, and mail that was never listed is listed again."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from mailbot.config.settings import Settings
from mailbot.domain.file_says import FileSays
from mailbot.domain.statement import Statement, say
from mailbot.storage import Store, Transaction, consistency, health, messages
from mailbot.storage.decisions import queue
from mailbot.transport.imap import Mailbox
from mailbot.wording import as_told

log = logging.getLogger(__name__)

#: Which differences the secretariat was told, by what they are about.
_TOLD = "reckoned:keys"


class _Difference(NamedTuple):
    """A difference that was found: a key for what it is about, what log and status say of it, and what the
    secretariat is told."""

    key: str
    logged: Statement
    told: Statement


def reconcile(
    store: Store,
    mailboxes: Iterable[Mailbox],
    others: Collection[str],
    in_workbooks: Callable[[], Mapping[str, Statement]],
    settings: Settings,
    now: datetime,
) -> None:
    """Runs once a day. The differences are kept for `mailbot status`, and each is reported to the secretariat
    once. ``others`` are the mailboxes that other hosts read: nothing is done while one of these is in
    trouble, and no connection to it is kept. ``in_workbooks`` looks for differences between ledger and
    workbooks and returns them by what each is about.

    Raises ``StoreTrouble``, ``MailServerTrouble`` and ``OSError``: the next cycle then tries again.
    """
    today = now.astimezone(settings.zone).date().isoformat()
    with store.read_transaction() as tx:
        if health.last_reckoning(tx)[0] == today:
            return
        away = {what for what, _, _ in health.troubles(tx)}
        if not away.isdisjoint(f"mailbox {name}" for name in others):
            return  # mail of a mailbox that cannot be reached cannot be counted
        before = json.loads(health.fact(tx, _TOLD) or "[]")
    found = []
    for mailbox in mailboxes:
        found += _never_met(store, mailbox)
        if mailbox.mailbox.name in others:
            mailbox.close()
    found += [_Difference(key, what, say(FileSays.WORKBOOK_REDRAWN)) for key, what in in_workbooks().items()]
    with store.write_transaction() as tx:
        found += _in_ledger(tx)
        health.note_reckoning(tx, today, [one.logged for one in found])
        health.note(tx, _TOLD, json.dumps([one.key for one in found]))
        if found:
            log.error("reckoning: %s", _logged(found))
        if new := [one for one in found if one.key not in before]:
            _tell(tx, new, settings, now)


def _in_ledger(tx: Transaction) -> Iterator[_Difference]:
    """The messages of which nothing came that should have."""
    for number in consistency.without_consequence(tx):
        logged = say(FileSays.NO_ROW_CAME, number=number)
        yield _Difference(f"lost:{number}", logged, _named(tx, number, FileSays.NOTHING_NOTED))
    for number in consistency.unanswered(tx):
        logged = say(FileSays.OWED_ANSWER, number=number)
        yield _Difference(f"unanswered:{number}", logged, _named(tx, number, FileSays.NOT_ANSWERED))


def _logged(found: Iterable[_Difference]) -> str:
    return "; ".join(as_told(one.logged) for one in found)


def _never_met(store: Store, mailbox: Mailbox) -> list[_Difference]:
    """Mail in a folder that the listing missed; it is listed again."""
    name, folder = mailbox.mailbox.name, mailbox.mailbox.folder
    uidvalidity, uids = mailbox.uids()
    with store.write_transaction() as tx:
        missing = consistency.never_met(tx, name, folder, uidvalidity, uids)
        if missing:
            consistency.list_again(tx, messages.MailPlace(name, folder, uidvalidity, missing[0]))
    if not missing:
        return []
    seen = say(FileSays.MAILS_NOT_SEEN, count=len(missing))
    key = f"unseen:{name}:{folder}:{missing[0]}"
    logged = say(FileSays.NEVER_SEEN, count=len(missing), folder=folder, mailbox=name)
    return [_Difference(key, logged, seen)]


def _named(tx: Transaction, number: int, code: FileSays) -> Statement:
    sender, subject = messages.described(tx, number)
    return Statement(code, {"sender": sender, "subject": subject})


def _tell(tx: Transaction, found: list[_Difference], settings: Settings, now: datetime) -> None:
    from mailbot.notifications.alarm import alarm

    lines = tuple(dict.fromkeys(as_told(one.told) for one in found))
    mail = alarm("reckoning", _logged(found), now, settings, now, lines)
    if mail:
        queue(tx, mail, now)
