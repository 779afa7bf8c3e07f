"""``mailbot person ADDRESS --export`` or ``--erase``: one person's data."""

from __future__ import annotations

import argparse

from mailbot.commands import say, say_error, say_json, settings_of


def run(given: argparse.Namespace) -> int:
    """Prints everything held of an address as JSON Lines, or erases it."""
    from mailbot.desk import Desk
    from mailbot.edge.clock import now
    from mailbot.edge.store import Store
    from mailbot.edge.store.person import erase, export

    settings = settings_of(given)
    with Store(settings.store_url) as store:
        if given.export:
            with store.reading() as tx:
                everything = list(export(tx, given.address))
            for held in everything:
                say_json(held)
            if not everything:
                say_error(f"nothing is held of {given.address}")
            return 0
        with store.deciding() as tx:
            gone = erase(tx, given.address, now())
        desk = Desk(settings, store)
        desk.forget_originals((*gone.messages, *gone.messages_of_others))
        waits = {event: desk.write_one(event, now()) for event in desk.due(now(), at_once=True)}
    messages = len(gone.messages) + len(gone.messages_of_others)
    say(
        f"erased: {len(gone.rows)} registrations, {messages} messages, {len(gone.mails)} mails, and what "
        "was kept of them in workbooks. Mail still in the mailbox itself is yours to delete."
    )
    for event, why in waits.items():
        if why:
            say(f"workbook {event or 'Te behandelen'} still shows it until the service can write it ({why})")
    return 0
