"""``mailbot retry MESSAGE``: takes a shelved or failed message up again."""

from __future__ import annotations

import argparse

from mailbot.cli.explain import number_of
from mailbot.cli.output import say, settings_of
from mailbot.service.clock import now
from mailbot.storage import Store, messages, outbox


def run(given: argparse.Namespace) -> int:
    """Puts the message, and mails of its that failed, back in line for the next cycle."""
    settings = settings_of(given)
    with Store(settings.store_url) as store, store.write_transaction() as tx:
        number = number_of(tx, given.message)
        again = messages.retry(tx, number)
        mails = outbox.retry(tx, number, now())
    if not again and not mails:
        say(f"message {number}: neither shelved nor failed; nothing to do")
    if again:
        say(f"message {number}: handled again in the next round")
    if mails:
        say(f"message {number}: {mails} mails tried again in the next round")
    return 0
