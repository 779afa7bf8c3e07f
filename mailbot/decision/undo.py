"""Undoes a decision of the secretary's: the rows are as they were before, and who was mailed is told.

What mail, time or her own edits changed since is not undone: where a row changed since, the choice is
refused, with what she can do instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.case_endings import decided_as
from mailbot.domain.announcement import Announcing
from mailbot.domain.case import Case, CaseKind, Choice, Edit
from mailbot.domain.decision import SECRETARIAT, Decision, DecisionContext, LogLine, Outcome, Result
from mailbot.domain.done import Done
from mailbot.domain.places import holds_place, why_full
from mailbot.domain.registration import Registration, Removal, Status
from mailbot.domain.settled import SentMail, SettledCase, Settlement
from mailbot.domain.statement import Says, Statement, Told, say
from mailbot.matching.names import describe
from mailbot.matching.waiting_list import organisation_key


def settlement(
    case: Case, edit: Edit, decision: Decision, outcome: str, *, told: bool, opened: Iterable[Case]
) -> Settlement:
    """What is kept of a decision of hers. ``outcome`` is what the message was before it; ``told``: a mail
    carries her Toelichting; ``opened`` are the cases that it opened."""
    rows = [result for result in decision.results if result.after is not None]
    lost = bool(edit.remark.strip()) and not told
    return Settlement(
        choice=edit.choice,
        nr=edit.nr if edit.choice is Choice.REPLACES else "",
        event=edit.event,
        remark=edit.remark,
        before=tuple(result.before for result in rows if result.before is not None),
        after=tuple(result.after for result in rows if result.after is not None),
        opened=tuple(one.key for one in opened if one.key),
        closed=tuple(number for number in decision.closes if number != case.id),
        outcome=outcome,
        final=_final(case, edit),
        notes=(say(Says.REMARK_WENT_NOWHERE),) if lost else (),
    )


def _final(case: Case, edit: Edit) -> Told:
    if case.kind is CaseKind.ANNOUNCE and edit.choice is Choice.SEND:
        return say(Says.CANNOT_BE_RECALLED)
    if case.kind is CaseKind.ANNOUNCE and case.payload.get("kind") in (
        Announcing.MOVED,
        Announcing.CANCELLED,
    ):
        return say(Says.IS_KNOWN_NOW)
    return ""


def refusal(held: SettledCase, context: DecisionContext, settings: Settings) -> Told | None:
    """Why a decision cannot be undone; None where it can."""
    decided = held.settlement
    if decided.final:
        return decided.final
    rows = {row.nr: row for row in context.registrations}
    for after in decided.after:
        if after.event not in settings.events:
            return say(Says.NO_SUCH_EVENT)
        now = rows.get(after.nr)
        if now is None:
            return say(Says.NO_SUCH_ROW, nr=after.nr)
        if _standing(now) != _standing(after):
            who = describe(now.answers, settings.form_of(settings.events[now.event])) or now.nr
            return say(Says.CHANGED_SINCE, who=who, nr=now.nr)
    return None


def _standing(row: Registration) -> tuple[object, ...]:
    """What a decision makes of a row, without what mail servers and calendars noted since."""
    return (row.status, dict(row.answers), row.removed, row.replaces, row.replaced_by, row.reason)


def undone(
    held: SettledCase, edit: Edit, context: DecisionContext, settings: Settings, now: datetime
) -> Decision:
    """The decision that takes another one back. The ledger opens its case again besides. Who moved up from
    the waiting list by it stays in as far as there is a place for them without it, and hears nothing."""
    case, (rows, kept) = held.case, _rows_before(held, context, settings, now)
    what = say(Done.DECISION_UNDONE, decision=decided_as(case, held.settlement.choice))
    lines = tuple(LogLine(SECRETARIAT, what, edit.where, after.nr, after.event) for _, after in rows)
    of_case = LogLine(SECRETARIAT, what, edit.where, case.registration, case.event, case.message)
    as_they_stand = tuple(Result(Outcome.UNCHANGED, row, row, mail=False) for row in kept)
    decision = Decision(
        Outcome.UNCHANGED,
        rows[0][1].event if rows else case.event,
        (
            *(Result(Outcome.of(after.status), after, now_held, mail=False) for now_held, after in rows),
            *as_they_stand,
        ),
        log=lines or (of_case,),
        answer=False,
        by_hand=True,
    )
    return replace(decision, corrects=tuple(one for one in mails_undone(held, decision) if one.left))


def mails_undone(held: SettledCase, decision: Decision) -> tuple[SentMail, ...]:
    """The mails of a decision that do not hold once ``decision`` takes it back: all but those that are only
    about people whom that leaves as they stand."""
    kept = {one.after.nr for one in decision.results if one.after is not None and one.after == one.before}
    return tuple(one for one in held.mails if not one.nrs or not kept.issuperset(one.nrs))


def _rows_before(
    held: SettledCase, context: DecisionContext, settings: Settings, now: datetime
) -> tuple[list[tuple[Registration, Registration]], list[Registration]]:
    """Each row that a decision changed, as it stands, and as it was before; and those that stay as they
    are."""
    rows = {row.nr: row for row in context.registrations}
    before = {row.nr: row for row in held.settlement.before}
    entered = {nr for one in held.mails if one.left and one.calendar for nr in one.nrs}
    answered = {nr for one in held.mails if one.left and not one.calendar for nr in one.nrs}
    found = []
    for nr in (after.nr for after in held.settlement.after):
        row, was = rows[nr], before.get(nr)
        by_file = row.by_file or (was is not None and was.by_file)
        found.append((row, _as_before(row, was, now, entered=nr in (answered if by_file else entered))))
    kept = _still_seated(held, found, context, settings, now)
    return [pair for pair in found if pair[0] not in kept], kept


def _still_seated(
    held: SettledCase,
    changed: list[tuple[Registration, Registration]],
    context: DecisionContext,
    settings: Settings,
    now: datetime,
) -> list[Registration]:
    """Those who moved up by a decision and have a place although it is taken back: by another decision of
    hers, or since one is free anyhow. Where she gave the places themselves, nobody has."""
    if held.case.kind is CaseKind.FREED_PLACE:
        return []
    taken, by = Counter(context.taken), Counter(context.taken_by_organisation)

    def count(row: Registration, one: int) -> None:
        if holds_place(row, settings.events[row.event], now):
            taken[row.event] += one
            by[row.event, _body(row, settings)] += one

    for row, was in changed:
        count(row, -1)
        count(was, 1)
    kept = []
    for row, _ in (pair for pair in changed if _moved_up(*pair)):
        body = _body(row, settings)
        if why_full(settings.events[row.event], body, taken[row.event], by[row.event, body]) is None:
            kept.append(row)
            count(row, 1)
    return kept


def _moved_up(row: Registration, was: Registration) -> bool:
    """Whether somebody waited before a decision and got a place that came free by it."""
    came_free = isinstance(row.reason, Statement) and row.reason.code is Says.CAME_FREE
    return was.status is Status.WAITLISTED and row.status is Status.REGISTERED and came_free


def _body(row: Registration, settings: Settings) -> str:
    return organisation_key(row.organisation_known, row.answers, settings.form_of(settings.events[row.event]))


def _as_before(row: Registration, was: Registration | None, now: datetime, *, entered: bool) -> Registration:
    """The registration as it was before a decision, cancelled where there was none, with what became known of
    it since. ``entered``: a calendar entry of the decision left. One that did not leave yet does not leave:
    its SEQUENCE was never seen by anybody."""
    sequence = row.sequence if entered else max(was.sequence if was else -1, -1)
    return replace(
        was or replace(row, status=Status.CANCELLED, removed=Removal.UNDONE, unsent_changes=()),
        sequence=sequence,
        by_file=row.by_file if entered else was is not None and was.by_file,
        attended=row.attended,
        bounced=row.bounced,
        claimed=row.claimed,
        changed=now,
    )


def removed(decision: Decision, settings: Settings, now: datetime) -> Case | None:
    """The row of Te behandelen about a row that she deleted; None where nothing came of that."""
    if not decision.results or (after := decision.results[0].after) is None:
        return None
    form = settings.form_of(settings.events[after.event])
    why = after.removed.value if after.removed else Status.CANCELLED.value.lower()
    return Case(
        CaseKind.REMOVED,
        describe(after.answers, form) or after.nr,
        "",
        (Choice.UNDO,),
        now,
        after.event,
        registration=after.nr,
        key=f"removed:{after.nr}:{now.isoformat()}",
        says=(say(Says.ROW_DELETED, nr=after.nr, why=why),),
    )
