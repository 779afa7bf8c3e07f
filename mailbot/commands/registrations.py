"""``mailbot registrations EVENT``: the registrations of one event."""

from __future__ import annotations

import argparse

from mailbot.commands import console, event_of, plain, say_json, settings_of


def run(given: argparse.Namespace) -> int:
    """Prints one line per registration, by number: nr, status and the form's keys."""
    from mailbot.edge.store import Store, overview

    settings = settings_of(given)
    event = event_of(given.event, settings)
    form = settings.form_of(event)
    with Store(settings.store_url) as store, store.reading() as tx:
        rows = overview.registrations(tx, event.id)
    keys = [field.key for field in form.fields]
    if given.json:
        for row in rows:
            answers = {key: row.answers.get(key) for key in keys}
            say_json({"nr": row.nr, "status": str(row.status), **answers})
        return 0
    from rich.table import Table

    table = Table("Nr", "Status", *(field.label for field in form.fields), box=None)
    for row in rows:
        shown = {True: "ja", False: "neen", None: ""}
        answers_shown = [
            shown[value] if isinstance(value, bool | None) else value for value in map(row.answers.get, keys)
        ]
        table.add_row(row.nr, str(row.status), *map(plain, answers_shown))
    console().print(table)
    return 0
