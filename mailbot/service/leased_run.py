"""What every run of the worker begins and ends with: it opens the ledger, takes the lease, and stops at a
signal."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mailbot.config.settings import Settings
from mailbot.service.distribution import release
from mailbot.service.shared_configuration import SharedConfiguration, agreed
from mailbot.storage import Store
from mailbot.storage.lease import Lease, taken


@dataclass(frozen=True, slots=True)
class LeasedRun:
    """The right to work on a ledger, as long as the lease holds and nobody asks to stop. ``settings`` have
    the events and forms that all hosts agreed on."""

    settings: Settings
    store: Store
    lease: Lease
    stop: threading.Event

    def ends(self) -> bool:
        """Whether the work is to end now."""
        return self.stop.is_set() or not self.lease.is_sure()


@contextmanager
def leased_run(settings: Settings) -> Iterator[LeasedRun | None]:
    """The right to work, until SIGTERM or SIGINT; None where one of them came first. On PostgreSQL it waits
    for its lease.

    Raises ``AlreadyRunning`` on SQLite where another one runs, and ``StoreTrouble``.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with Store(settings.store_url, joins=True) as store:
        SharedConfiguration(settings, store).refuse_other_rules()
        names = tuple(box.name for box in settings.mailboxes)
        lease = Lease(store, settings.state_dir, release(), names)
        try:
            yield LeasedRun(agreed(settings, store), store, lease, stop) if taken(lease, stop) else None
        finally:
            lease.release()
