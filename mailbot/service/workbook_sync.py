"""Ledger and workbooks: what the secretary typed is imported, what the ledger holds is exported.

``import_one`` comes first in a cycle, before any mail is decided: what she typed wins. ``export_one`` comes
after, when all that the cycle decided can be shown in one write.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from mailbot.config.settings import Settings
from mailbot.decision.cases import contradicted, decide_case, named
from mailbot.decision.edits import decide_edit
from mailbot.decision.scheduled import decide_scheduled
from mailbot.decision.scheduled.moments import next_look
from mailbot.decision.undo import refusal, removed, settlement, undone
from mailbot.domain.case import OF_ANOTHER, REFUSED, Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Decision, DecisionContext, EventState, LogLine, Outcome
from mailbot.domain.event import Event
from mailbot.domain.mail import Mail
from mailbot.domain.message import Arrival, Message
from mailbot.domain.registration import Status
from mailbot.domain.remark import Remark, RemarkKind
from mailbot.domain.settled import Preview, SettledCase
from mailbot.domain.submission import Submission
from mailbot.files.defect import told_as_defect
from mailbot.files.drawing import Drawing
from mailbot.files.shared_folder import plain_files, subfolder, write_whole
from mailbot.files.workbook_file import ImportedEdits, WorkbookFile, Wrote
from mailbot.pipeline.limits import bounded_message
from mailbot.service import inbox, mailings, original_messages
from mailbot.service.rest import Rest
from mailbot.storage import Store, Transaction, health, queries, season, settled, workbooks
from mailbot.storage import messages as message_store
from mailbot.storage.decision_context import context_for, context_of
from mailbot.storage.decisions import close_cases, open_case, record, settle
from mailbot.storage.personal_data import destroy
from mailbot.text.system_errors import describe
from mailbot.workbook import layout
from mailbot.workbook.cases import replaceable
from mailbot.workbook.layout import ALL_LISTS, LISTS

log = logging.getLogger(__name__)

#: The workbook of cases that belong to no event, or to one of several.
SHARED = ""
#: Where the lists lie that she asks for as files, beside the workbooks.
LISTS_FOLDER = "lijsten"
#: The fact that names this ledger, drawn once: workbooks carry it.
LEDGER = "ledger"
#: The mails of so many cases are drawn before she decides, those that wait longest first.
MOST_FORETOLD = 60
#: So many messages are kept, parsed: those of the cases and mails whose previews are drawn.
_MOST_PARSED = MOST_FORETOLD + inbox.MOST_FORETOLD
#: By case: what its previews were drawn from, and they.
_Foretold = dict[int, tuple[int, tuple[Preview, ...]]]
#: Seconds between two looks whether to wait longer for a workbook that is being drawn.
_LOOK = 0.2


@dataclass(frozen=True, slots=True)
class _Made:
    """The result of one edit of the secretary: the message and the case it is about, what was decided, and
    the earlier decision that it takes back."""

    decision: Decision
    arrival: Arrival | None = None
    case: Case | None = None
    undone: SettledCase | None = None


@dataclass(frozen=True, slots=True)
class _Looked:
    """When the checks of passed time last ran for an event (``at``), at which state of the ledger
    (``wanted``), without a result; until ``until`` they need not run again."""

    wanted: int
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class _Begun:
    """A workbook that is being drawn from the ledger as it was at ``wanted``; what was erased up to
    ``erased`` is no longer in it."""

    event: str
    wanted: int
    erased: str
    drawing: Drawing


class WorkbookSync:
    """The workbooks of one installation. Every method raises ``StoreTrouble`` and ``OSError``. ``drawn`` is
    called, from another thread, when a workbook is finished that a child was left to draw."""

    def __init__(self, settings: Settings, store: Store, drawn: Callable[[], None] = lambda: None) -> None:
        self._settings = settings
        self._store = store
        self._drawn = drawn
        self._begun: _Begun | None = None
        self._named = ""
        self._foretold: dict[tuple[str, bool], _Foretold] = {}
        self._parsed: dict[int, Message] = {}
        self._looked: dict[str, _Looked] = {}
        self._rest, self._rest_of_looking = Rest(), Rest()
        folder = settings.workbook_dir
        paths = {SHARED: (folder / "Te behandelen.xlsx", layout(None, settings))}
        paths |= {
            one.id: (folder / f"{one.id}.xlsx", layout(one, settings)) for one in settings.events.values()
        }
        self._files = {
            event: WorkbookFile(*path, writer=store.writer, held=store.held) for event, path in paths.items()
        }

    # ------------------------------------------------------------ in

    @property
    def events(self) -> tuple[str, ...]:
        """The workbooks there are, by event."""
        return tuple(self._files)

    def import_one(self, event: str, now: datetime) -> None:
        """Imports the secretary's edits and decisions from one workbook into the ledger, in one
        transaction."""
        file = self._files[event]
        file.ledger = self._ledger()
        taken = file.import_edits(partial(self._base, event), now)
        if taken is not None:
            self._commit(event, taken, now)

    def _lists_made(self, tx: Transaction, event: str, taken: ImportedEdits, now: datetime) -> Remark | None:
        """Makes the lists that she asked for, before the edits of this import are recorded, so that after a
        kill they are made again. Returns why they could not be made; that does not affect her other edits."""
        asked = [edit.key for edit in taken.edits if edit.kind is EditKind.LISTS]
        if not asked:
            return None
        if asked[-1] not in (*LISTS, ALL_LISTS):
            line = f"“{asked[-1]}” is geen lijst. Kies {', '.join(LISTS)} of {ALL_LISTS}."
            return Remark(RemarkKind.NO_SUCH_LIST, line, (asked[-1],))
        try:
            names = self._make_lists(event, asked[-1], queries.event_state(tx, event, now))
        except OSError as error:
            log.warning("lists of %s not made: %s", event, describe(error))
            line = (
                f"Als bestand kon dit niet gemaakt worden: {asked[-1]}. mailbot kan niet schrijven in de map "
                f"{LISTS_FOLDER}. Verwittig wie uw computers beheert, en kies daarna opnieuw."
            )
            return Remark(RemarkKind.LIST_NOT_MADE, line, (asked[-1],))
        health.note(tx, f"{health.LISTS}{event}", json.dumps(names))
        return None

    def _make_lists(self, event: str, wanted: str, state: EventState) -> tuple[str, ...]:
        """Writes lists, and gives where they lie."""
        from mailbot.blank_forms import lists

        file, folder = self._files[event], subfolder(self._settings.workbook_dir, LISTS_FOLDER)
        names = []
        for table in lists.tables(state, file.layout, wanted):
            for suffix, data in (("docx", lists.docx(table, file.layout)), ("xlsx", lists.xlsx(table))):
                path = folder / f"{event} {table.name}.{suffix}"
                write_whole(path, data)
                names.append(f"{LISTS_FOLDER}/{path.name}")
        return tuple(names)

    def _commit(self, event: str, taken: ImportedEdits, now: datetime) -> None:
        nrs: list[str] = []
        destroyed: tuple[int, ...] = ()
        with self._store.write_transaction() as tx:
            sitting: dict[str, Status] = {}
            for edit in taken.edits:
                decision = self._carry_out(tx, event, edit, now, sitting)
                sitting |= {r.after.nr: r.after.status for r in decision.results if r.after}
                if decision.destroy:
                    destroyed += destroy(tx, decision.event, now, season.over_at(self._settings, now))
                if edit.kind is EditKind.NEW_ROW and not edit.nr:
                    nrs.append(next((r.after.nr for r in decision.results if r.after), ""))
            odd = [_odd(event, remark, now) for remark in taken.remarks]
            if unmade := self._lists_made(tx, event, taken, now):
                odd.append(_odd(event, unmade, now, refused=True))
            for case in odd:
                if open_case(tx, case):
                    workbooks.mark_behind(tx, [event], now)
            if taken.edits:
                workbooks.replace_base(tx, event, taken.number, taken.base(nrs))
            if (
                taken.edits
                or taken.older
                or taken.renamed
                or (taken.restored and workbooks.last_written(tx, event))
            ):
                workbooks.mark_behind(tx, [event], now)
        original_messages.forget(self._settings, destroyed)
        if taken.edits:
            log.info("workbook %s: %d edits taken in", event or "of cases", len(taken.edits))

    def _carry_out(
        self, tx: Transaction, event: str, edit: Edit, now: datetime, sitting: Mapping[str, Status]
    ) -> Decision:
        """Decides about one edit and records it; ``sitting`` collects what the earlier edits of this import
        led to."""
        made, mails = self._with_mails(tx, event, edit, now, sitting)
        decision, arrival = made.decision, made.arrival
        record(
            tx,
            decision,
            mails,
            self._settings,
            now,
            case_of=arrival.id if arrival else None,
            of_case=made.case.id if made.case else 0,
        )
        self._settle(tx, event, edit, made, mails, now)
        return decision

    def _with_mails(
        self, tx: Transaction, event: str, edit: Edit, now: datetime, sitting: Mapping[str, Status]
    ) -> tuple[_Made, tuple[Mail, ...]]:
        """A decision with the mails that follow from it."""
        from mailbot.notifications import compose  # here, since most cycles bring none

        made = self._decided(tx, event, edit, now, sitting)
        made = replace(made, decision=mailings.drafted(made.decision, self._settings))
        mails = compose(made.decision, made.arrival, self._settings, now)
        try:
            return made, mailings.with_forms(mails, made.decision.announce, self._settings, now)
        except OSError as error:
            if edit.mailing is None:
                raise
            log.warning("forms of %s cannot be read: %s", event, describe(error))
            refused = mailings.without_forms(tx, event, edit.mailing, error, self._settings, now)
            return replace(made, decision=refused), ()

    def _settle(
        self,
        tx: Transaction,
        event: str,
        edit: Edit,
        made: _Made,
        mails: tuple[Mail, ...],
        now: datetime,
    ) -> None:
        """Keeps what she decided, or took back, for the row that shows it."""
        decision, case = made.decision, made.case
        if made.undone is not None:
            settled.undo(tx, made.undone, decision, now)
            return
        before = queries.outcome_of(tx, made.arrival.id) if made.arrival else ""
        if made.arrival:
            settle(tx, made.arrival.id, decision)
        if edit.kind is EditKind.DELETED_ROW and (case := removed(decision, self._settings, now)):
            open_case(tx, case)
            case = queries.open_case_by_key(tx, case.key)
            close_cases(tx, [case.id] if case else [], now)
        if case is None or decision.stays or decision.destroy:
            return
        told = any(mail.outcome is not None or decision.announce is not None for mail in mails)
        decided = settlement(case, edit, decision, before, told=told, opened=decision.cases)
        settled.keep(tx, case.id, event, decided, now)

    def _decided(
        self, tx: Transaction, event: str, edit: Edit, now: datetime, sitting: Mapping[str, Status]
    ) -> _Made:
        """The decision about one edit. ``sitting`` holds the rows that she changed earlier in the same
        import."""
        settings = self._settings
        if edit.kind is EditKind.LISTS:
            line = LogLine("secretariaat", f"als bestand gevraagd: {edit.key}", edit.where, event=event)
            return _Made(Decision(Outcome.UNCHANGED, event, log=(line,), answer=False))
        if edit.mailing is not None:
            return _Made(mailings.decided(tx, event, edit.mailing, settings, now))
        if edit.kind is not EditKind.DECISION:
            others = edit.kind in (EditKind.NEW_ROW, EditKind.DELETED_ROW)  # is it somebody twice?
            context = context_of(tx, (edit.nr,), event, settings, now, whole_event=others)
            return _Made(decide_edit(edit, context, settings, now))
        if edit.message:
            case, edit = inbox.decided(tx, edit, settings, now)
            if case is None:
                return _Made(Decision(Outcome.UNCHANGED, event, answer=False))
        else:
            case = queries.open_case_by_id(tx, edit.case)
        if case is None:
            return self._about_a_closed_case(tx, event, edit, now)
        arrival, decision = self._on_case(tx, case, edit, now)
        against = [
            r.after.nr
            for r in decision.results
            if r.after and sitting.get(r.after.nr, r.after.status) is not r.after.status
        ]
        if against:
            decision = contradicted(case, edit, now, against[0])
        return _Made(decision, arrival, case)

    def _on_case(
        self, tx: Transaction, case: Case, edit: Edit, now: datetime
    ) -> tuple[Arrival | None, Decision]:
        """The decision about an open case, and the message that the case came from."""
        arrival, submission, context = self._known(tx, case, now, edit.nr)
        return arrival, decide_case(case, edit, context, self._settings, now, arrival, submission)

    def _known(
        self, tx: Transaction, case: Case, now: datetime, *nrs: str
    ) -> tuple[Arrival | None, Submission | None, DecisionContext]:
        """The message that a case came from, its submission, and the context of the decision."""
        settings = self._settings
        arrival, submission = self._source(tx, case)
        if arrival and submission:
            if who := case.payload.get(OF_ANOTHER, ""):  # what is known of that person is wanted too
                submission = replace(submission, named=(named(who)[0],))
            return (
                arrival,
                submission,
                context_for(tx, arrival, submission, settings, now, nrs=(case.registration, *nrs)),
            )
        whole = case.kind is CaseKind.ANNOUNCE
        context = context_of(tx, (case.registration, *nrs), case.event, settings, now, whole_event=whole)
        return arrival, submission, context

    def _about_a_closed_case(self, tx: Transaction, event: str, edit: Edit, now: datetime) -> _Made:
        """Takes a decision back, or tells that the case is no longer open, which changes nothing."""
        nothing = _Made(Decision(Outcome.UNCHANGED, event, answer=False))
        held = settled.of_case(tx, edit.case)
        if held is None:
            if case := queries.closed_case(tx, edit.case):
                about = case.who or case.title
                undo = edit.choice is Choice.UNDO
                line = (
                    f"De beslissing over {about} kan niet meer ongedaan gemaakt worden: ze staat al in uw "
                    "overzichtsmail. Verbeter de rij zelf."
                    if undo
                    else f"Uw beslissing “{edit.choice}” over {about} kon niet meer: dat geval was al "
                    "afgesloten. Er is niets veranderd."
                )
                kind = RemarkKind.UNDO_TOO_LATE if undo else RemarkKind.CASE_CLOSED
                remark = Remark(kind, line, (case.id, str(edit.choice)))
                open_case(tx, _odd(event, remark, now, refused=True))
            return nothing
        if edit.choice is not Choice.UNDO:
            if edit.choice is not None and edit.choice is not held.settlement.choice:
                line = f"U koos daarna ook “{edit.choice}”: dat gebeurde niet. Maak dit eerst ongedaan."
                settled.refuse(tx, held, edit.choice, line, now)
            return nothing
        nrs = tuple(row.nr for row in held.settlement.after)
        context = context_of(tx, nrs, held.case.event, self._settings, now)
        why = refusal(held, context, self._settings)
        if why:
            settled.refuse(tx, held, Choice.UNDO, f"Ongedaan maken kon niet. {why}", now)
            return nothing
        arrival, _ = self._source(tx, held.case)
        return _Made(undone(held, edit, context, now), arrival, undone=held)

    def time_passed(self, now: datetime, *, immediate: bool) -> None:
        """Decides and records what the time, and changed event files, bring about. An event is looked at
        anew where something changed in it, or a moment came that one of the checks knows; where that takes
        long, not ``immediate`` after a rest."""
        with self._store.read_transaction() as tx:
            wanted = workbooks.all_wanted(tx)
        self._begin(wanted, now)
        for event in self._settings.events.values():
            looked = self._looked.get(event.id)
            if looked and looked.wanted == wanted.get(event.id, 0) and looked.at <= now < looked.until:
                continue
            if not immediate and self._rest_of_looking.lasts(event.id):
                continue
            with self._rest_of_looking.after(event.id), self._store.read_transaction() as tx:
                state, decisions = self._scheduled(tx, event, now)
                seen = workbooks.wanted(tx, event.id)
            if not decisions:
                self._looked[event.id] = _Looked(seen, now, next_look(event, state, self._settings, now))
                continue
            self._looked.pop(event.id, None)
            with self._store.write_transaction() as tx:  # anew: what was read may not hold any more
                _, decisions = self._scheduled(tx, event, now)
                for decision in decisions:
                    # Here, since most cycles bring none: it takes a tenth of a start.
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
        return state, decide_scheduled(event, told, state, settled, self._settings, now)

    def _begin(self, known: Collection[str], now: datetime) -> None:
        """Marks the workbook of each event that has none as to be written: people register by telephone
        too."""
        new = [
            event.id
            for event in self._settings.events.values()
            if event.id not in known and event.is_going_on(now, self._settings.zone)
        ]
        if new:
            with self._store.write_transaction() as tx:
                workbooks.mark_behind(tx, new, now)

    def _source(self, tx: Transaction, case: Case) -> tuple[Arrival | None, Submission | None]:
        """The message that a case came from, and its submission; None once it was purged."""
        from mailbot.message import parse

        dangerous = case.kind is CaseKind.SHELVED  # what ended a child would end this process too
        met = message_store.of_id(tx, case.message) if case.message and not dangerous else None
        if met is None or not message_store.has_raw(tx, met.id):
            return None, None
        message = self._parsed.get(met.id)
        if message is None:
            data = message_store.raw_of(tx, met.id) or b""
            whole = parse(data, self._settings.own_addresses, self._settings.authserv_id)
            message = bounded_message(whole).without_bytes()
            self._parsed = dict([*self._parsed.items(), (met.id, message)][-_MOST_PARSED:])
        arrival = Arrival(met.id, met.mailbox, met.received, message)
        return arrival, queries.submission_of(tx, met.id)

    # ------------------------------------------------------------ out

    def due(self, now: datetime, *, immediate: bool) -> list[str]:
        """The workbooks that are behind the ledger; not ``immediate`` those written just before are
        left out, since more may follow: one of thousands of rows the longer, as writing it takes. While one
        is being drawn it is the only one, and due when it stands."""
        begun = self._begun
        if begun and not immediate:
            return [begun.event] if begun.drawing.stands() else []
        seconds = self._settings.workbook.seconds_between_writes
        with self._store.read_transaction() as tx:
            behind = workbooks.behind(tx)
            last = {one.event: workbooks.last_written(tx, one.event) for one in behind}

        def has_time(event: str, written: datetime | None) -> bool:
            wait = timedelta(seconds=max(seconds, self._rest.of(event)))
            return immediate or written is None or now - written >= wait or written > now

        due = [event for event, written in last.items() if event in self._files and has_time(event, written)]
        return sorted(due, key=lambda event: begun is None or event != begun.event)

    def export_one(self, event: str, now: datetime, leave: Callable[[], bool] = lambda: False) -> str:
        """Writes one workbook now. Gives why it waits (Dutch), or nothing. One of many people is drawn
        in a child: where ``leave`` says so the child is left at it, and a later call takes up what it has
        drawn."""
        why = ""
        for _ in range(3):
            begun = self._taken_up(event) or self._begin_to_draw(event, now)
            while not begun.drawing.stands():
                if leave():
                    self._begun = begun
                    return ""
                begun.drawing.stands(_LOOK)
            wrote = self._finish(begun, now)
            why = wrote.why
            if wrote.done:
                return ""
            if not wrote.late:
                break
            self.import_one(event, now)
        with self._store.write_transaction() as tx:
            workbooks.waits(tx, event, why)
        log.info("workbook %s waits: %s", event or "of cases", why)
        return why

    @property
    def is_drawing(self) -> bool:
        """Whether a child was left to draw a workbook."""
        return self._begun is not None

    def close(self) -> None:
        """Ends a drawing that is under way."""
        if self._begun:
            self._begun.drawing.close()
            self._begun = None

    def _taken_up(self, event: str) -> _Begun | None:
        """The drawing of this workbook that was left under way; one of another workbook is dropped."""
        begun, self._begun = self._begun, None
        if begun and begun.event != event:
            begun.drawing.close()
            return None
        return begun

    def _begin_to_draw(self, event: str, now: datetime) -> _Begun:
        file, base_of = self._files[event], partial(self._base, event)
        file.ledger = self._ledger(make=True)
        with self._rest.after(event):
            with self._store.read_transaction() as tx:
                wanted = workbooks.wanted(tx, event)
                erased = health.fact(tx, f"forget:{event}") or ""
                state = queries.event_state(tx, event, now)
                if event == SHARED:
                    state = replace(state, inbox=inbox.listed(tx, self._settings, now))
                state = replace(state, previews=self._previews(tx, state, now))
                state = mailings.with_previews(tx, state, self._settings, now)
            links = original_messages.links(
                self._store, self._settings, (*state.cases, *(one.case for one in state.settled))
            )
            return _Begun(event, wanted, erased, file.begin(state, base_of, links, self._drawn))

    def _finish(self, begun: _Begun, now: datetime) -> Wrote:
        """Puts a drawn workbook in its place, and records what it shows."""
        event, file = begun.event, self._files[begun.event]
        with begun.drawing:
            wrote = file.finish(begun.drawing, partial(self._keep, event), now)
        self._rest.add(event, wrote.worked)
        if wrote.done:
            with self._store.write_transaction() as tx:
                workbooks.written(tx, event, begun.wanted, now)
            if begun.erased:
                self._forget(event, begun.erased)
            original_messages.put_away(self._store, self._settings)
            log.info("workbook %s: shows the ledger", event or "of cases")
        return wrote

    def _previews(self, tx: Transaction, state: EventState, now: datetime) -> tuple[Preview, ...]:
        """The mails that each possible decision would send. Those of cases about which nothing changed are
        not drawn again."""
        from mailbot.service.previews import of_undoing

        found = self._foreseen(tx, state, state.cases[:MOST_FORETOLD], now)
        of_inbox = self._foreseen(
            tx, state, inbox.foretold(state.inbox, self._files[SHARED].whom), now, of_inbox=True
        )
        found += [replace(one, of_inbox=True) for one in of_inbox]
        for one in state.settled:
            nrs = tuple(row.nr for row in one.settlement.after)
            arrival = self._source(tx, one.case)[0] if one.mails else None
            context = context_of(tx, nrs, one.case.event, self._settings, now)
            found += of_undoing(one, context, self._settings, now, arrival)
        return tuple(found)

    def _foreseen(
        self,
        tx: Transaction,
        state: EventState,
        cases: Sequence[Case],
        now: datetime,
        *,
        of_inbox: bool = False,
    ) -> list[Preview]:
        """What each decision about these cases would mail; those of Postvak are kept apart, as they are
        known by the ids of their messages."""
        from mailbot.service.previews import foreseen

        former, drawn = self._foretold.get((state.event, of_inbox), {}), _Foretold()
        for case in cases:
            places = replaceable(case, state.registrations)
            arrival, submission, context = self._known(tx, case, now, *places)
            fingerprint = hash(repr((case, context, now.date())))
            drawn[case.id] = former.get(case.id, (0, ()))
            if drawn[case.id][0] != fingerprint:
                try:
                    held = tuple(foreseen(case, places, context, self._settings, now, arrival, submission))
                except Exception:  # noqa: BLE001  a defect of ours costs this case its previews, no workbook
                    told_as_defect(
                        f"wat een beslissing over geval {case.id} verstuurt, kon niet getoond worden"
                    )
                    held = ()
                drawn[case.id] = (fingerprint, held)
        self._foretold[state.event, of_inbox] = drawn
        return [one for _, previews in drawn.values() for one in previews]

    def differences(self, now: datetime) -> dict[str, str]:
        """Where a workbook that should show the ledger has other people in it: by what it is about, a line
        to tell (Dutch). It is then drawn anew."""
        lines: dict[str, str] = {}
        for event, file in self._files.items():
            with self._store.read_transaction() as tx:
                waits = event in (one.event for one in workbooks.behind(tx))
                held = {row.nr for row in queries.registrations(tx, event) if not row.is_undone}
            file.ledger = self._ledger()
            nrs = None if waits or event == SHARED else file.nrs(partial(self._base, event))
            if nrs is None:
                continue
            shown, taken_out = nrs
            name, lacking, unknown = file.path.name, held - shown - taken_out, shown - held
            if not lacking and not unknown:
                continue
            lines |= {f"lacking:{event}:{nr}": f"{name} toont {nr} niet" for nr in sorted(lacking)}
            odd = "die niet in de databank staat"
            lines |= {f"unknown:{event}:{nr}": f"{name} toont {nr}, {odd}" for nr in sorted(unknown)}
            with self._store.write_transaction() as tx:
                workbooks.mark_behind(tx, [event], now)
        return lines

    def _forget(self, event: str, erased: str) -> None:
        """After an erasure: deletes former versions, copies and cells of a workbook, which still show what
        was erased. An erasure later than ``erased`` is left to the next write, as this one still shows it."""
        self._files[event].forget()
        for file in plain_files(self._settings.workbook_dir, LISTS_FOLDER, f"{event} *"):
            file.unlink()
        with self._store.write_transaction() as tx:
            workbooks.forget_bases(tx, event)
            if health.fact(tx, f"forget:{event}") == erased:
                health.note(tx, f"forget:{event}", "")
            health.note(tx, f"{health.LISTS}{event}", "")
        self._store.wipe()

    def _ledger(self, *, make: bool = False) -> str:
        """The name by which the files of this installation say which ledger they belong to."""
        if not self._named:
            self._named = ledger_name(self._store, make=make)
        return self._named

    def _base(self, event: str, number: int) -> str | None:
        with self._store.read_transaction() as tx:
            return workbooks.base(tx, event, number)

    def _keep(self, event: str, cells: str, follows: int) -> int:
        with self._store.write_transaction() as tx:
            return workbooks.keep_base(tx, event, cells, follows)


def ledger_name(store: Store, *, make: bool) -> str:
    """The name of this ledger, which its workbooks carry. It is made once, where that is asked."""
    with store.read_transaction() as tx:
        held = health.fact(tx, LEDGER)
    if not held and make:
        with store.write_transaction() as tx:
            held = health.fact(tx, LEDGER) or secrets.token_hex(8)
            health.note(tx, LEDGER, held)
    return held


def _odd(event: str, remark: Remark, now: datetime, *, refused: bool = False) -> Case:
    """A case about the workbook; ``refused``: what she did could not be done, and nothing was mended."""
    return Case(
        kind=CaseKind.WORKBOOK,
        who="werkboek",
        what=remark.text,
        choices=(Choice.DONE,),
        opened=now,
        event=event,
        payload={REFUSED: "ja"} if refused else {},
        key=f"workbook:{event}:{remark.key}",
    )
