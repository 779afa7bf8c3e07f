"""A case that no longer fits its registration is closed: who withdrew is not let in afterwards."""

from __future__ import annotations

from mailbot.decision.scheduled.context import EventSnapshot
from mailbot.domain.case import Case, CaseKind
from mailbot.domain.decision import MAILBOT, Decision, LogLine, Outcome
from mailbot.domain.registration import Registration, Status

#: Where a registration stands as long as there is something to decide about it.
_WHILE = {
    CaseKind.LATE: Status.LATE,
    CaseKind.FORWARDED: Status.LATE,
    CaseKind.INCOMPLETE: Status.INCOMPLETE,
    CaseKind.FREED_PLACE: Status.WAITLISTED,
    CaseKind.CALENDAR_DECLINE: Status.CANCELLED,
}


def obsolete_cases(snapshot: EventSnapshot) -> Decision | None:
    """Closes cases that mail, time or her own hand settled, and says so in the log."""
    rows = {row.nr: row for row in snapshot.state.registrations}
    gone = [
        (case, row)
        for case in snapshot.state.cases
        if (row := rows.get(case.registration)) is not None and not _fits(case, row)
    ]
    if not gone:
        return None
    log = tuple(
        LogLine(MAILBOT, f"{case.kind}: vervallen", f"is nu {row.status}", row.nr, row.event, case.message)
        for case, row in gone
    )
    closes = tuple(case.id for case, _ in gone)
    return Decision(Outcome.UNCHANGED, snapshot.event.id, closes=closes, log=log, answer=False)


def _fits(case: Case, row: Registration) -> bool:
    if case.kind is CaseKind.UNDELIVERED:
        return row.bounced
    if case.kind is CaseKind.DOUBT and case.fields:
        return bool({problem.field for problem in row.doubts} & set(case.fields))
    return _WHILE.get(case.kind, row.status) is row.status
