"""``mailbot retry MESSAGE``: takes a shelved or failed message up again, or one that was not understood."""

from __future__ import annotations

import argparse

from mailbot.cli.explain import number_of
from mailbot.cli.output import say, settings_of
from mailbot.service.clock import now
from mailbot.storage import Store, messages, outbox, rereading


def run(given: argparse.Namespace) -> int:
    """Puts the message, and mails of its that failed, back in line for the next cycle; one that waits for a
    person is read again, by the forms as they are now, as long as nothing followed from it."""
    settings = settings_of(given)
    with Store(settings.store_url) as store, store.write_transaction() as tx:
        number = number_of(tx, given.message)
        again = messages.retry(tx, number)
        unread = rereading.untouched(tx, [number])
        rereading.take_up(tx, unread, now())
        mails = outbox.retry(tx, number, now())
    if not (again or unread or mails):
        why = "nothing to do; what was decided stands: correct it in the workbook"
        say(f"message {number}: neither shelved nor failed nor without a decision; {why}")
    if again or unread:
        say(f"message {number}: handled again in the next round")
    if mails:
        say(f"message {number}: {mails} mails tried again in the next round")
    return 0
