"""The daily reckoning: what lies in the mailboxes, what the ledger holds and what went out must
tell one story. A difference is told, and mail that was never met is listed again."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from datetime import datetime

from mailbot.edge.mailbox import Mailbox
from mailbot.edge.store import Store, Transaction, arrivals, overview, reckoning
from mailbot.edge.store.record import queue
from mailbot.settings import Settings

log = logging.getLogger(__name__)

FACT = "reckoned"


def reconcile(store: Store, mailboxes: Iterable[Mailbox], settings: Settings, now: datetime) -> None:
    """Once a day; the differences are kept for `mailbot status`, and told to the secretariat.

    Raises ``StoreTrouble`` and ``MailServerTrouble``: it is then tried again in the next round.
    """
    today = now.astimezone(settings.zone).date().isoformat()
    with store.reading() as tx:
        if last_of(overview.fact(tx, FACT))[0] == today:
            return
    found = [text for mailbox in mailboxes for text in _never_met(store, mailbox)]
    with store.deciding() as tx:
        lost, unanswered = reckoning.without_consequence(tx), reckoning.unanswered(tx)
        found += [f"van bericht {number} kwam geen rij, dossier of mail" for number in lost]
        found += [f"op bericht {number} moest geantwoord worden" for number in unanswered]
        overview.note(tx, FACT, json.dumps([today, *found]))
        if found:
            log.error("reckoning: %s", "; ".join(found))
            _tell(tx, found, settings, now)


def last_of(fact: str) -> tuple[str, list[str]]:
    """The day of the last reckoning (empty for none) and its differences, as they are kept."""
    day, *found = json.loads(fact) if fact else [""]
    return day, found


def _never_met(store: Store, mailbox: Mailbox) -> list[str]:
    """Mail in a folder that the listing passed by; it is listed again."""
    name, folder = mailbox.mailbox.name, mailbox.mailbox.folder
    uidvalidity, uids = mailbox.uids()
    with store.deciding() as tx:
        missing = reckoning.never_met(tx, name, folder, uidvalidity, uids)
        if missing:
            reckoning.list_again(tx, arrivals.Place(name, folder, uidvalidity, missing[0]))
    return [f"{len(missing)} mails in {folder} ({name}) waren nooit gezien"] if missing else []


def _tell(tx: Transaction, found: list[str], settings: Settings, now: datetime) -> None:
    from mailbot.replies.alarm import alarm

    mend = "Kijk die berichten na met mailbot explain, en vraag de beheerder om te kijken."
    mail = alarm("reckoning", now, f"de dagelijkse telling klopt niet: {'; '.join(found)}", mend, settings)
    if mail:
        queue(tx, mail, now)
