"""``mailbot person ADDRESS --export`` or ``--erase``: one person's data."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from mailbot.cli.output import say, say_error, say_json, settings_of
from mailbot.config.settings import ConfigurationError, Settings

if TYPE_CHECKING:  # SQLAlchemy is imported by the commands that open the ledger
    from mailbot.storage import Store


def run(given: argparse.Namespace) -> int:
    """Prints everything held of an address as JSON Lines, or erases it."""
    from mailbot.storage import Store
    from mailbot.storage.held_data import held
    from mailbot.storage.personal_data import export

    settings = settings_of(given)
    if "@" not in given.address:
        raise ConfigurationError(f'ADDRESS: "{given.address}" is no mail address: write name@domain')
    with Store(settings.store_url) as store:
        if given.export:
            with store.read_transaction() as tx:
                found = list(export(tx, given.address, settings))
                namesakes = held(tx, given.address).namesakes
            for one in found:
                say_json(_told(one))
            if not found:
                say_error(f"nothing is held of {given.address}")
        else:
            namesakes = _erase(store, given.address, settings)
    if namesakes:
        say_error(f"the same name stands at {', '.join(namesakes)}, with another address: look who that is")
    return 0


def _told(one: dict[str, Any]) -> dict[str, Any]:
    """An exported object with what a case or a line of the log says in words, as the person reads it."""
    from mailbot.storage.serialization import CASE
    from mailbot.wording import as_told, matter, what_was_done, who_did_it

    if one["kind"] == "case":
        return {**one, "case": {**one["case"], "what": matter(CASE.validate_python(one["case"]))}}
    if one["kind"] == "log":
        line = one["line"]
        said = {"who": who_did_it(line), "what": what_was_done(line), "why": as_told(line.why)}
        return {"kind": "log", "at": one["at"], **said, "says": one["says"]}
    return one


def _erase(store: Store, address: str, settings: Settings) -> tuple[str, ...]:
    """Erases and prints what was erased; returns the registrations of the same name under another address."""
    from mailbot.service import original_messages
    from mailbot.service.clock import now
    from mailbot.service.workbook_sync import WorkbookSync
    from mailbot.storage.personal_data import erase
    from mailbot.storage.season import over_at
    from mailbot.wording import as_told
    from mailbot.workbook.still_named import Erased

    with store.write_transaction() as tx:
        gone = erase(tx, address, now(), over_at(settings, now()))
    store.wipe()
    workbooks = WorkbookSync(settings, store)
    original_messages.forget(settings, (*gone.messages, *gone.messages_of_others))
    waits = {event: workbooks.export_one(event, now()) for event in workbooks.due(now(), immediate=True)}
    names = tuple(frozenset(name.split()) for name in gone.names)
    still = workbooks.tell_still_named(Erased(gone.address, names), now())
    waits |= {event: workbooks.export_one(event, now()) for event in workbooks.due(now(), immediate=True)}
    messages = len(gone.messages) + len(gone.messages_of_others)
    mails = len(gone.mails) + len(gone.mails_to_others)
    say(
        f"erased: {len(gone.rows)} registrations, {messages} messages, {mails} mails, "
        f"{len(gone.cases)} cases, and what was kept of them in workbooks. Mail still in the mailbox "
        "itself is yours to delete."
    )
    for event, why in waits.items():
        if why is not None:
            say(f"workbook {event or 'Te behandelen'} still shows it until the service can write it ({why})")
    for file, places in still.items():
        say(f"{file} still names them in cells of the secretary's own: {'; '.join(map(as_told, places))}")
    if not still:
        say("Sheets and columns of the secretary's own are never changed; none was found to name them.")
    return gone.namesakes
