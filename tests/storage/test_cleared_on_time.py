"""The moment at which answers that nobody needs any more leave the ledger, from both sides."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from mailbot.storage import Store, health
from mailbot.storage.decisions import record
from mailbot.storage.retention import clear_due

from .samples import EVENT, NOW, arrive, mail, message, registered, registration, settings_in


def test_traces_go_when_the_days_that_an_event_names_are_over(store: Store, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with store.write_transaction() as tx:
        record(tx, registered(registration()), [mail()], settings, NOW, arrival=arrive(tx, message()))
    event = settings.events[EVENT]
    end = event.ends_at(settings.zone)
    assert end is not None
    due = end + timedelta(days=event.clear_after_days)

    def is_cleared() -> bool:
        with store.read_transaction() as tx:
            return bool(health.fact(tx, f"cleared:{EVENT}"))

    clear_due(store, settings, due - timedelta(seconds=1))
    assert not is_cleared()
    assert clear_due(store, settings, due)
    assert is_cleared()
