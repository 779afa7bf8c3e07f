"""``mailbot registrations EVENT``: the registrations of one event."""

from __future__ import annotations

import argparse

from mailbot.cli.output import draw, event_of, say_json, settings_of
from mailbot.domain.submission import Value
from mailbot.wording import LEXICON


def run(given: argparse.Namespace) -> int:
    """Prints one line per registration, by number: nr, status and the form's keys."""
    from mailbot.storage import Store, queries

    settings = settings_of(given)
    event = event_of(given.event, settings)
    form = settings.form_of(event)
    with Store(settings.store_url) as store, store.read_transaction() as tx:
        rows = queries.registrations(tx, event.id)
    if given.json:
        for row in rows:
            answers = {field.key: row.answers.get(field.key) for field in form.fields}
            say_json({"nr": row.nr, "status": str(row.status), **answers})
        return 0
    answered = {key for row in rows for key, value in row.answers.items() if value != ""}
    told = [field for field in form.fields if field.key in answered]
    headers = ("Nr", "Status", *(field.label for field in told))
    shown = [
        (row.nr, str(row.status), *(_shown(row.answers.get(field.key)) for field in told)) for row in rows
    ]
    draw(headers, shown, whole=2)
    return 0


def _shown(value: Value | None) -> str:
    if isinstance(value, bool):
        return LEXICON["nl"].yes if value else LEXICON["nl"].no
    return value or ""
