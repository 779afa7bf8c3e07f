"""A case is closed as soon as what it asks about is settled: by mail, by time, or by her own hand."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.decision.scheduled.context import A_DAY, EventSnapshot
from mailbot.decision.scheduled.freed_places import exceeded, waiting_list
from mailbot.domain.case import WAITED, Case, CaseKind, offered
from mailbot.domain.decision import MAILBOT, Decision, LogLine, Outcome
from mailbot.domain.done import Done
from mailbot.domain.registration import STATUS, Registration, Status
from mailbot.domain.statement import Says, Statement, say

#: Where a registration stands as long as there is something to decide about it.
_WHILE = {
    CaseKind.LATE: Status.LATE,
    CaseKind.FORWARDED: Status.LATE,
    CaseKind.INCOMPLETE: Status.INCOMPLETE,
    CaseKind.FREED_PLACE: Status.WAITLISTED,
    CaseKind.CALENDAR_DECLINE: Status.CANCELLED,
}


def obsolete_cases(snapshot: EventSnapshot) -> Decision | None:
    """Closes cases that settled themselves, and says so in the log."""
    rows = {row.nr: row for row in snapshot.state.registrations}
    gone = [(case, why) for case in snapshot.state.cases if (why := _settled(case, rows, snapshot))]
    if not gone:
        return None
    event = snapshot.event.id
    log = tuple(
        LogLine(
            MAILBOT, say(Done.CASE_OBSOLETE, kind=str(case.kind)), why, case.registration, event, case.message
        )
        for case, why in gone
    )
    closes = tuple(case.id for case, _ in gone)
    return Decision(Outcome.UNCHANGED, event, closes=closes, log=log, answer=False)


def wants_all(snapshot: EventSnapshot, _: Mapping[Status, int]) -> bool:
    """Where a case is about the places that are taken."""
    places = (CaseKind.CAPACITY, CaseKind.FREED_PLACE)
    return any(case.kind in places for case in snapshot.state.cases)


def _settled(case: Case, rows: Mapping[str, Registration], snapshot: EventSnapshot) -> Statement | None:
    """Why nothing is left to decide about a case; None where something is. A mail that says more
    than its case asks about waits for her, whatever became of the registration."""
    if case.kind is CaseKind.CAPACITY:
        now = exceeded(snapshot)
        return None if now is not None and now.key == case.key else say(Done.PLACES_RIGHT)
    if waited := [rows[nr] for nr in case.payload.get(WAITED, "").split() if nr in rows]:
        open_still = any(row.status is Status.INCOMPLETE for row in waited)
        statuses = tuple(dict.fromkeys(str(row.status) for row in waited))
        return None if open_still else say(Done.STATUS_NOW, statuses=statuses)
    if case.only_tells:  # where there is a digest, the one after that which names it ends it
        ends = not snapshot.settings.secretariat.digest and snapshot.now >= case.opened + A_DAY
        return say(Done.WAS_TOLD) if ends else None
    row = rows.get(case.registration)
    if case.kind is CaseKind.FREED_PLACE and row is not None and row.status is Status.WAITLISTED:
        return _of_free_places(case, snapshot)
    return None if row is None or _is_open(case, row) else say(Done.STATUS_NOW, statuses=(str(row.status),))


def _of_free_places(case: Case, snapshot: EventSnapshot) -> Statement | None:
    """What accepting would do, it no longer does: there are no places, or they are for others too. Where she
    accepted it and was told why not, its row stays to tell that, until there is a place again."""
    now = tuple(one.nr for one in waiting_list(snapshot).seated)
    was_told = any(one.code is Says.FULL_SINCE for one in case.says)
    if was_told:
        return say(Done.OTHERS_WAIT) if now else None
    if offered(case) == now:
        return None
    return say(Done.OTHERS_WAIT if now else Done.NO_PLACE_LEFT)


def _is_open(case: Case, row: Registration) -> bool:
    """Whether there is something to decide about the one registration of a case."""
    if case.kind is CaseKind.UNDELIVERED:
        return row.bounced
    if case.kind is CaseKind.DOUBT and case.fields:
        return not row.status.is_out and bool({problem.field for problem in row.doubts} & set(case.fields))
    if case.kind is CaseKind.CONTRADICTION and case.fields:
        return _still_differs(case, row)
    if case.kind is CaseKind.WORKBOOK and row.is_struck:  # what she typed there is gone
        return False
    return _WHILE.get(case.kind, row.status) is row.status


def _still_differs(case: Case, row: Registration) -> bool:
    """Whether a registration still says something else than the mail that contradicts it."""
    is_in = not (row.status.is_out or row.status is Status.LATE)
    if STATUS in case.fields:  # by her they do not come, by the mail they do
        return not is_in
    said = case.person.answers if case.person else {}
    same = bool(said) and all(key in said and row.answers.get(key) == said[key].value for key in case.fields)
    return is_in and not same
