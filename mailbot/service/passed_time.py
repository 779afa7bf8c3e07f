"""What the passing of time, and changed event files, bring about: reminders, proposals, closed cases."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.scheduled import decide_scheduled, wants_all
from mailbot.decision.scheduled.moments import next_look
from mailbot.domain.decision import Decision, EventState
from mailbot.domain.event import Event
from mailbot.service import mailings
from mailbot.service.step_rest import Rest
from mailbot.storage import Store, Transaction, queries, workbooks
from mailbot.storage.decisions import record


@dataclass(frozen=True, slots=True)
class _Looked:
    """When the checks of passed time last ran for an event (``at``), at which state of the ledger
    (``wanted``), without a result; until ``until`` they need not run again."""

    wanted: int
    at: datetime
    until: datetime


class PassedTime:
    """The checks of passed time of one installation. Every method raises ``StoreTrouble``."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._looked: dict[str, _Looked] = {}
        self._rest = Rest()

    def decide(self, now: datetime, *, immediate: bool) -> None:
        """Decides and records what time, and changed event files, bring about. An event is looked at
        again where something changed in it, or a moment came that one of the checks knows. Where that
        takes long it happens only after a rest, unless ``immediate``."""
        with self._store.read_transaction() as tx:
            wanted = workbooks.all_wanted(tx)
        self._begin(wanted, now)
        for event in self._settings.events.values():
            looked = self._looked.get(event.id)
            if looked and looked.wanted == wanted.get(event.id, 0) and looked.at <= now < looked.until:
                continue
            if not immediate and self._rest.lasts(event.id):
                continue
            with self._rest.after(event.id), self._store.read_transaction() as tx:
                state, decisions = self._scheduled(tx, event, now)
                seen = workbooks.wanted(tx, event.id)
            if not decisions:
                self._looked[event.id] = _Looked(seen, now, next_look(event, state, self._settings, now))
                continue
            self._looked.pop(event.id, None)
            with self._store.write_transaction() as tx:  # read again: it may have changed since
                _, decisions = self._scheduled(tx, event, now)
                for decision in decisions:
                    # Imported here, since most cycles need none of it, and it takes a tenth of the start.
                    from mailbot.notifications import compose

                    decision = mailings.drafted(decision, self._settings)
                    mails = compose(decision, None, self._settings, now)
                    record(tx, decision, mails, self._settings, now)

    def _scheduled(
        self, tx: Transaction, event: Event, now: datetime
    ) -> tuple[EventState, tuple[Decision, ...]]:
        told = queries.facts_told(tx).get(event.id)
        state = queries.watched(tx, event.id, now)
        settled = queries.settled_keys(tx, event.id)
        counts = queries.count_by_status(tx, event.id)
        if wants_all(event, told, state, counts, settled, self._settings, now):
            state = replace(state, registrations=queries.registrations(tx, event.id))
        return state, decide_scheduled(event, told, state, settled, self._settings, now)

    def _begin(self, known: Collection[str], now: datetime) -> None:
        """Marks the workbook of each event that has none as due: people register by telephone too, before
        any mail."""
        new = [
            event.id
            for event in self._settings.events.values()
            if event.id not in known and event.is_going_on(now, self._settings.zone)
        ]
        if new:
            with self._store.write_transaction() as tx:
                workbooks.mark_behind(tx, new, now)
