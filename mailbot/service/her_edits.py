"""What the secretary did in a workbook, one edit after the other: decided, recorded, and kept for the row
that shows it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.announcements import without_typed_at
from mailbot.decision.case_endings import contradicted
from mailbot.decision.cases import decide_case
from mailbot.decision.edits import decide_edit
from mailbot.decision.sitting import contradicts, decided_about, in_turn, turn
from mailbot.decision.typed_rows import asked_again
from mailbot.decision.undo import mails_undone, refusal, removed, settlement, undone
from mailbot.domain.case import ASKED, REFUSED, UNSENT, Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import SECRETARIAT, Ask, Decision, LogLine, Outcome
from mailbot.domain.done import Done
from mailbot.domain.file_says import FileSays
from mailbot.domain.mail import Mail
from mailbot.domain.message import Arrival
from mailbot.domain.registration import Status
from mailbot.domain.remark import Remark, RemarkKind
from mailbot.domain.settled import SettledCase
from mailbot.domain.statement import Says, say
from mailbot.service import inbox, mailings
from mailbot.service.case_sources import CaseSources
from mailbot.storage import Transaction, messages, queries, settled
from mailbot.storage.decision_context import context_of
from mailbot.storage.decisions import close_cases, open_case, record, settle
from mailbot.text.system_errors import describe
from mailbot.wording import title

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Made:
    """The result of one edit of the secretary: the message and the case it is about, what was decided, and
    the earlier decision that it takes back; ``asking`` is the id of the case that asked something by that."""

    decision: Decision
    arrival: Arrival | None = None
    case: Case | None = None
    undone: SettledCase | None = None
    asking: int = 0


class HerEdits:
    """Carries out edits, each within the transaction of its import."""

    def __init__(self, settings: Settings, sources: CaseSources) -> None:
        self._settings = settings
        self._sources = sources

    def in_turn(self, tx: Transaction, edits: Sequence[Edit], now: datetime) -> list[Edit]:
        """The edits of one import in the order in which they are carried out (``sitting.turn``)."""
        if len(edits) < 2:
            return list(edits)
        turns = [self._turn(tx, edit, now) for edit in edits if edit.kind is EditKind.DECISION]
        return in_turn(edits, turns)

    def _turn(self, tx: Transaction, edit: Edit, now: datetime) -> int:
        case = queries.open_case_by_id(tx, edit.case) if edit.case else None
        rows = queries.by_nrs(tx, [case.registration]) if case and case.registration else ()
        submission = queries.submission_of(tx, case.message) if case and case.message else None
        return turn(case, edit.choice, rows[0] if rows else None, submission, self._settings, now)

    def carry_out(
        self, tx: Transaction, event: str, edit: Edit, now: datetime, sitting: dict[str, Status]
    ) -> Decision:
        """Decides about one edit and records it; ``sitting`` holds what she did before at the same one says
        of each row, and then what this does."""
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
        sitting |= decided_about(decision, edit, made.case)
        return decision

    def _with_mails(
        self, tx: Transaction, event: str, edit: Edit, now: datetime, sitting: Mapping[str, Status]
    ) -> tuple[_Made, tuple[Mail, ...]]:
        """A decision with the mails that follow from it."""
        from mailbot.notifications import compose  # imported here, since most cycles bring no edit

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
            held = made.undone
            held = replace(held, case=asked_again(held.case), mails=mails_undone(held, decision))
            settled.undo(tx, held, decision, now, made.asking)
            return
        before = queries.outcome_of(tx, made.arrival.id) if made.arrival else ""
        if made.arrival:
            settle(tx, made.arrival.id, decision)
        if edit.kind is EditKind.DELETED_ROW and (case := removed(decision, self._settings, now)):
            open_case(tx, case)
            case = queries.open_case_by_key(tx, case.key)
            close_cases(tx, [case.id] if case else [], now)
        asks = edit.choice is Choice.ASK and decision.asks is Ask.REMARK  # which she can take back
        if case is None or (decision.stays and not asks) or decision.destroy:
            return
        told = any(mail.outcome is not None or decision.announce is not None for mail in mails)
        decided = settlement(case, edit, decision, before, told=told, opened=decision.cases)
        settled.keep(tx, case.id, event, decided, now)

    def _decided(
        self, tx: Transaction, event: str, edit: Edit, now: datetime, sitting: Mapping[str, Status]
    ) -> _Made:
        """The decision about one edit. ``sitting`` holds the rows of which she said before at the same
        one where they stand."""
        settings = self._settings
        if edit.kind is EditKind.LISTS:
            line = LogLine(SECRETARIAT, say(Done.LIST_ASKED, name=edit.key), edit.where, event=event)
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
                return self._about_a_mail_that_is_gone(tx, event, edit, now)
        else:
            case = queries.open_case_by_id(tx, edit.case)
        if case is None:
            return self._about_a_closed_case(tx, event, edit, now)
        if edit.choice is Choice.UNDO and (asking := case.payload.get(ASKED, "")).isdigit():
            made = self._about_a_closed_case(tx, event, replace(edit, case=int(asking)), now)
            return replace(made, asking=case.id)
        arrival, decision = self._on_case(tx, case, edit, now)
        if nr := contradicts(decision, edit, case, sitting):
            decision = contradicted(case, edit, now, nr)
        return _Made(decision, arrival, case)

    def _on_case(
        self, tx: Transaction, case: Case, edit: Edit, now: datetime
    ) -> tuple[Arrival | None, Decision]:
        """The decision about an open case, and the message that the case came from."""
        arrival, submission, context = self._sources.known(tx, case, now, edit.nr)
        decision = decide_case(case, edit, context, self._settings, now, arrival, submission)
        return arrival, without_typed_at(decision, now)

    def _about_a_mail_that_is_gone(self, tx: Transaction, event: str, edit: Edit, now: datetime) -> _Made:
        """Tells that a mail of Postvak was decided or dealt with before she decided about it."""
        sender, subject = messages.described(tx, edit.message)
        if sender:
            told = say(FileSays.MAIL_DEALT_WITH, choice=str(edit.choice), subject=subject, sender=sender)
            remark = Remark(RemarkKind.CASE_CLOSED, told, ("mail", edit.message, str(edit.choice)))
            open_case(tx, workbook_case(event, remark, now, refused=True))
        return _Made(Decision(Outcome.UNCHANGED, event, answer=False))

    def _about_a_closed_case(self, tx: Transaction, event: str, edit: Edit, now: datetime) -> _Made:
        """Takes a decision back, or tells that the case is no longer open, which changes nothing."""
        nothing = _Made(Decision(Outcome.UNCHANGED, event, answer=False))
        held = settled.of_case(tx, edit.case)
        if held is None:
            if case := queries.closed_case(tx, edit.case):
                about, choice = case.who or title(case), str(edit.choice)
                undo = edit.choice is Choice.UNDO
                kind = RemarkKind.UNDO_TOO_LATE if undo else RemarkKind.CASE_CLOSED
                code = FileSays.UNDO_TOO_LATE if undo else FileSays.CASE_CLOSED_BEFORE
                remark = Remark(kind, say(code, choice=choice, who=about), (case.id, str(edit.choice)))
                row = workbook_case(event, remark, now, refused=True)
                unsent = {UNSENT: edit.remark} if edit.remark.strip() else {}
                open_case(tx, replace(row, payload={**row.payload, **unsent}))
            return nothing
        if edit.choice is not Choice.UNDO:
            if edit.choice is not None and edit.choice is not held.settlement.choice:
                told = say(Says.CHOSEN_AFTERWARDS, choice=str(edit.choice))
                settled.refuse(tx, held, edit.choice, told, now)
            return nothing
        nrs = tuple(row.nr for row in held.settlement.after)
        context = context_of(tx, nrs, held.case.event, self._settings, now)
        why = refusal(held, context, self._settings)
        if why is not None:
            settled.refuse(tx, held, Choice.UNDO, say(Says.NOT_UNDONE, why=why), now)
            return nothing
        arrival, _ = self._sources.of(tx, held.case)
        return _Made(undone(held, edit, context, self._settings, now), arrival, undone=held)


def workbook_case(event: str, remark: Remark, now: datetime, *, refused: bool = False) -> Case:
    """A case about the workbook; ``refused``: what she did could not be done, and nothing was mended."""
    return Case(
        kind=CaseKind.WORKBOOK,
        who=say(FileSays.THE_WORKBOOK),
        what="",
        choices=(Choice.DONE,),
        opened=now,
        event=event,
        payload={REFUSED: "ja"} if refused else {},
        key=f"workbook:{event}:{remark.key}",
        says=(remark.says,),
    )
