"""The secretary's desk: what she typed in the workbooks goes in, what the ledger holds goes out.

``import_one`` comes first in a round, before any mail is decided; ``export_one`` comes after.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from mailbot.config.settings import Settings
from mailbot.domain.case import OF_ANOTHER, Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Decision, Outcome
from mailbot.domain.message import Arrival
from mailbot.domain.submission import Submission
from mailbot.files.shared_folder import created, is_plain, plain_files, subfolder
from mailbot.files.workbook_file import ImportedEdits, WorkbookFile
from mailbot.service import inbox
from mailbot.storage import Store, Transaction, health, queries, workbooks
from mailbot.storage import messages as message_store
from mailbot.storage.decision_context import context_for, context_of
from mailbot.storage.decisions import open_case, record, settle, workbook_behind
from mailbot.storage.personal_data import destroy
from mailbot.workbook import Base, layout

log = logging.getLogger(__name__)

#: The workbook of cases that belong to no event, or to one of several.
SHARED = ""
#: Where the original messages lie that cases link to, beside the workbooks.
ORIGINALS = "berichten"
#: The fact that names this ledger, drawn once: workbooks carry it.
LEDGER = "ledger"


class WorkbookSync:
    """The workbooks of one installation. Every method raises ``StoreTrouble`` and ``OSError``."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._named = ""
        folder = settings.workbook_dir
        self._files = {SHARED: WorkbookFile(folder / "Te behandelen.xlsx", layout(None, settings))}
        for event in settings.events.values():
            self._files[event.id] = WorkbookFile(folder / f"{event.id}.xlsx", layout(event, settings))

    # ------------------------------------------------------------ in

    @property
    def events(self) -> tuple[str, ...]:
        """The workbooks there are, by event."""
        return tuple(self._files)

    def import_one(self, event: str, now: datetime) -> None:
        """Takes her edits and decisions in one workbook into the ledger, in one transaction."""
        file = self._files[event]
        file.ledger = self._ledger()
        taken = file.import_edits(partial(self._base, event), now)
        if taken is not None:
            self._commit(event, taken, now)

    def _commit(self, event: str, taken: ImportedEdits, now: datetime) -> None:
        nrs: list[str] = []
        destroyed: tuple[int, ...] = ()
        with self._store.write_transaction() as tx:
            for edit in taken.edits:
                from mailbot.notifications import compose  # here, since most rounds bring none

                decision, arrival = self._decided(tx, event, edit, now)
                mails = compose(decision, arrival, self._settings, now)
                record(tx, decision, mails, self._settings, now, case_of=arrival.id if arrival else None)
                if arrival:
                    settle(tx, arrival.id, decision)
                if decision.destroy:
                    destroyed += destroy(tx, decision.event, now)
                if edit.kind is EditKind.NEW_ROW and not edit.nr:
                    nrs.append(next((r.after.nr for r in decision.results if r.after), ""))
            for remark in taken.remarks:
                if open_case(tx, _odd(event, remark, now)):
                    workbook_behind(tx, [event], now)
            if taken.restored and workbooks.last_written(tx, event):
                workbook_behind(tx, [event], now)
            elif taken.edits or taken.older:
                if taken.edits:
                    workbooks.replace_base(tx, event, taken.number, taken.base(nrs))
                workbook_behind(tx, [event], now)
        self.forget_originals(destroyed)
        if taken.edits:
            log.info("workbook %s: %d edits taken in", event or "of cases", len(taken.edits))

    def _decided(
        self, tx: Transaction, event: str, edit: Edit, now: datetime
    ) -> tuple[Decision, Arrival | None]:
        """What follows from one thing she did, and the message that it is about."""
        from mailbot.decision.cases import decide_case, named
        from mailbot.decision.edits import decide_edit

        settings = self._settings
        if edit.kind is not EditKind.DECISION:
            others = edit.kind in (EditKind.NEW_ROW, EditKind.DELETED_ROW)  # is it somebody twice?
            context = context_of(tx, (edit.nr,), event, settings, now, whole_event=others)
            return decide_edit(edit, context, settings, now), None
        if edit.message:
            case, edit = inbox.decided(tx, edit, settings, now)
        else:
            case = queries.open_case_by_id(tx, edit.case)
        if case is None:
            return Decision(Outcome.UNCHANGED, event, answer=False), None
        arrival, submission = self._source(tx, case)
        if arrival and submission:
            if who := case.payload.get(OF_ANOTHER, ""):  # what is known of that person is wanted too
                submission = replace(submission, named=(named(who)[0],))
            context = context_for(tx, arrival, submission, settings, now, nrs=(case.registration,))
        else:
            whole = case.kind is CaseKind.ANNOUNCE
            context = context_of(tx, (case.registration,), case.event, settings, now, whole_event=whole)
        return decide_case(case, edit, context, settings, now, arrival, submission), arrival

    def time_passed(self, now: datetime) -> None:
        """Decides and records what the time, and changed event files, bring about."""
        from mailbot.decision.scheduled import decide_scheduled

        self._begin(now)
        for event in self._settings.events.values():
            with self._store.write_transaction() as tx:
                told = queries.facts_told(tx).get(event.id)
                state = queries.event_state(tx, event.id, now)
                settled = queries.settled_keys(tx, event.id)
                for decision in decide_scheduled(event, told, state, settled, self._settings, now):
                    # Here, since most rounds bring none: it takes a tenth of a start.
                    from mailbot.notifications import compose

                    mails = compose(decision, None, self._settings, now)
                    record(tx, decision, mails, self._settings, now)

    def _begin(self, now: datetime) -> None:
        """An event has a workbook from the moment it exists: people register by telephone too."""
        with self._store.read_transaction() as tx:
            known = workbooks.known(tx)
        new = [
            event.id
            for event in self._settings.events.values()
            if event.id not in known and not event.cancelled and not event.is_over(now, self._settings.zone)
        ]
        if new:
            with self._store.write_transaction() as tx:
                workbook_behind(tx, new, now)

    def _source(self, tx: Transaction, case: Case) -> tuple[Arrival | None, Submission | None]:
        """The message a case came from, and what was read in it; None once it was purged."""
        from mailbot.message import parse

        met = message_store.of_id(tx, case.message) if case.message else None
        data = message_store.raw_of(tx, met.id) if met else None
        if met is None or data is None:
            return None, None
        message = parse(data, self._settings.own_addresses, self._settings.authserv_id)
        arrival = Arrival(met.id, met.mailbox, met.received, message)
        return arrival, queries.submission_of(tx, met.id)

    # ------------------------------------------------------------ out

    def due(self, now: datetime, *, immediate: bool) -> list[str]:
        """The workbooks that are behind the ledger; not ``immediate`` those written just before are
        left out, since more may follow."""
        seconds = 0 if immediate else self._settings.workbook.seconds_between_writes
        with self._store.read_transaction() as tx:
            behind = workbooks.behind(tx)
            last = {one.event: workbooks.last_written(tx, one.event) for one in behind}
        wait = timedelta(seconds=seconds)
        return [
            event
            for event, written in last.items()
            if event in self._files and (written is None or now - written >= wait or written > now)
        ]

    def export_one(self, event: str, now: datetime) -> str:
        """Writes one workbook now. Gives why it waits (Dutch), or nothing."""
        file, base_of = self._files[event], partial(self._base, event)
        file.ledger = self._ledger(make=True)
        why = ""
        for _ in range(3):
            with self._store.read_transaction() as tx:
                wanted = workbooks.wanted(tx, event)
                state = queries.event_state(tx, event, now)
                if event == SHARED:
                    state = replace(state, inbox=inbox.listed(tx, self._settings, now))
            links = self._originals(state.cases)
            wrote = file.write(state, base_of, partial(self._keep, event), now, links)
            why = wrote.why
            if wrote.done:
                with self._store.write_transaction() as tx:
                    workbooks.written(tx, event, wanted, now)
                self._forget(event)
                self._put_away()
                log.info("workbook %s: shows the ledger", event or "of cases")
                return ""
            if not wrote.late:
                break
            self.import_one(event, now)
        with self._store.write_transaction() as tx:
            workbooks.waits(tx, event, why)
        log.info("workbook %s waits: %s", event or "of cases", why)
        return why

    def differences(self, now: datetime) -> list[str]:
        """Where a workbook that should show the ledger has other people in it: lines to tell
        (Dutch). It is then drawn anew."""
        lines = []
        for event, file in self._files.items():
            with self._store.read_transaction() as tx:
                waits = event in (one.event for one in workbooks.behind(tx))
                held = {row.nr for row in queries.registrations(tx, event)}
            file.ledger = self._ledger()
            nrs = None if waits or event == SHARED else file.nrs(partial(self._base, event))
            if nrs is None:
                continue
            shown, taken_out = nrs
            name, lacking, unknown = file.path.name, held - shown - taken_out, shown - held
            if not lacking and not unknown:
                continue
            lines += [f"{name} toont {nr} niet" for nr in sorted(lacking)]
            lines += [f"{name} toont {nr}, die niet in de databank staat" for nr in sorted(unknown)]
            with self._store.write_transaction() as tx:
                workbook_behind(tx, [event], now)
        return lines

    def _forget(self, event: str) -> None:
        """After an erasure: former versions, copies and cells of a workbook still show it."""
        with self._store.read_transaction() as tx:
            if not health.fact(tx, f"forget:{event}"):
                return
        self._files[event].forget()
        with self._store.write_transaction() as tx:
            workbooks.forget_bases(tx, event)
            health.note(tx, f"forget:{event}", "")
        self._store.wipe()

    def _put_away(self) -> None:
        """Takes the files away of messages that no case needs any more."""
        stems = [file.stem for file in plain_files(self._settings.workbook_dir, ORIGINALS, "*.eml")]
        if not stems:
            return
        with self._store.read_transaction() as tx:
            needed = queries.messages_of_cases(tx)
        self.forget_originals({int(stem) for stem in stems if stem.isdecimal()} - needed)

    def forget_originals(self, messages: Iterable[int]) -> None:
        """Takes the files of erased messages away."""
        for number in messages:
            for file in plain_files(self._settings.workbook_dir, ORIGINALS, f"{number}.eml"):
                file.unlink(missing_ok=True)

    def _ledger(self, *, make: bool = False) -> str:
        """What the files of this installation carry of it."""
        if not self._named:
            self._named = ledger_name(self._store, make=make)
        return self._named

    def _base(self, event: str, number: int) -> str | None:
        with self._store.read_transaction() as tx:
            return workbooks.base(tx, event, number)

    def _keep(self, event: str, base: Base) -> int:
        with self._store.write_transaction() as tx:
            return workbooks.keep_base(tx, event, base.to_json(), base.number)

    def _originals(self, cases: tuple[Case, ...]) -> dict[int, str]:
        """The messages that cases came from, as files that mail programs open; by message id the
        path beside the workbook."""
        links: dict[int, str] = {}
        numbers = sorted({case.message for case in cases if case.message})
        if not numbers:
            return links
        folder = subfolder(self._settings.workbook_dir, ORIGINALS)
        for number in numbers:
            path = folder / f"{number}.eml"
            if not is_plain(path):
                with self._store.read_transaction() as tx:
                    data = message_store.raw_of(tx, number)
                if data is None:
                    continue
                beside = path.with_suffix(".part")
                with created(beside) as file:
                    file.write(data)
                beside.chmod(0o660)
                beside.replace(path)
            links[number] = f"{ORIGINALS}/{path.name}"
        return links


def ledger_name(store: Store, *, make: bool) -> str:
    """What names this ledger in the workbooks that are drawn from it; drawn once, where it is to be
    made."""
    with store.read_transaction() as tx:
        held = health.fact(tx, LEDGER)
    if not held and make:
        with store.write_transaction() as tx:
            held = health.fact(tx, LEDGER) or secrets.token_hex(8)
            health.note(tx, LEDGER, held)
    return held


def _odd(event: str, remark: str, now: datetime) -> Case:
    return Case(
        kind=CaseKind.WORKBOOK,
        who="werkboek",
        what=remark,
        choices=(Choice.DONE,),
        opened=now,
        event=event,
        key=f"workbook:{event}:{hashlib.sha256(remark.encode()).hexdigest()[:16]}",
    )
