"""The daily reckoning: what lies in the mailboxes, what the ledger holds and what went out must
tell one story. A difference is told, and mail that was never met is listed again."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.storage import Store, Transaction, consistency, health, messages
from mailbot.storage.decisions import queue
from mailbot.transport.imap import Mailbox

log = logging.getLogger(__name__)

FACT = "reckoned"


def reconcile(
    store: Store,
    mailboxes: Iterable[Mailbox],
    in_workbooks: Callable[[], list[str]],
    settings: Settings,
    now: datetime,
) -> None:
    """Once a day; the differences are kept for `mailbot status`, and each is told to the secretariat
    once. ``in_workbooks`` looks for those between ledger and workbooks.

    Raises ``StoreTrouble``, ``MailServerTrouble`` and ``OSError``: it is tried again in the next round.
    """
    today = now.astimezone(settings.zone).date().isoformat()
    with store.reading() as tx:
        last, *before = last_of(health.fact(tx, FACT))
        if last == today:
            return
    found = [text for mailbox in mailboxes for text in _never_met(store, mailbox)]
    found += in_workbooks()
    with store.deciding() as tx:
        lost, unanswered = consistency.without_consequence(tx), consistency.unanswered(tx)
        found += [f"van bericht {number} kwam geen rij, dossier of mail" for number in lost]
        found += [f"op bericht {number} moest geantwoord worden" for number in unanswered]
        health.note(tx, FACT, json.dumps([today, *found]))
        if found:
            log.error("reckoning: %s", "; ".join(found))
        if new := [text for text in found if text not in before]:
            _tell(tx, new, settings, now)


def last_of(fact: str) -> list[str]:
    """The day of the last reckoning (empty for none) and its differences, as they are kept."""
    kept: list[str] = json.loads(fact) if fact else [""]
    return kept


def _never_met(store: Store, mailbox: Mailbox) -> list[str]:
    """Mail in a folder that the listing passed by; it is listed again."""
    name, folder = mailbox.mailbox.name, mailbox.mailbox.folder
    uidvalidity, uids = mailbox.uids()
    with store.deciding() as tx:
        missing = consistency.never_met(tx, name, folder, uidvalidity, uids)
        if missing:
            consistency.list_again(tx, messages.Place(name, folder, uidvalidity, missing[0]))
    return [f"{len(missing)} mails in {folder} ({name}) waren nooit gezien"] if missing else []


def _tell(tx: Transaction, found: list[str], settings: Settings, now: datetime) -> None:
    from mailbot.notifications.alarm import alarm

    mend = (
        "Een werkboek dat verschilt, tekent mailbot opnieuw; open het en kijk of het nu klopt. Wat over "
        "berichten gaat, kijkt de beheerder na met mailbot explain en het nummer van het bericht."
    )
    mail = alarm("reckoning", now, f"de dagelijkse telling klopt niet: {'; '.join(found)}", mend, settings)
    if mail:
        queue(tx, mail, now)
