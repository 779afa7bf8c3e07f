"""``mailbot messages``: every message ever met, with its outcome."""

from __future__ import annotations

import argparse

from mailbot.cli.output import draw, say_json, settings_of, short


def run(given: argparse.Namespace) -> int:
    """Prints one line per message, in order of arrival."""
    from mailbot.storage import Store, queries

    settings = settings_of(given)
    with Store(settings.store_url) as store, store.read_transaction() as tx:
        met = queries.messages(tx)
    if given.json:
        for one in met:
            say_json(
                {
                    "id": one.id,
                    "message_id": one.message_id,
                    "mailbox": one.mailbox,
                    "received": one.received.isoformat(timespec="seconds"),
                    "from": one.sender,
                    "subject": one.subject,
                    "event": one.event or None,
                    "outcome": one.outcome or None,
                    "nrs": list(one.nrs),
                }
            )
        return 0
    headers = ("Id", "Received", "Outcome", "Nrs", "From", "Event", "Subject")
    rows = []
    for one in met:
        received = f"{one.received.astimezone(settings.zone):%Y-%m-%d %H:%M}"
        outcome = one.outcome or ("shelved" if one.state == "shelved" else "waiting")
        nrs = f"{one.nrs[0]} +{len(one.nrs) - 1}" if len(one.nrs) > 1 else "".join(one.nrs)
        rows.append((str(one.id), received, outcome, nrs, one.sender, one.event, short(one.subject)))
    draw(headers, rows, whole=4)
    return 0
