"""An incomplete registration that was not completed in its time is for a person."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.scheduled.context import EventSnapshot
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Decision
from mailbot.domain.places import completes_in_time
from mailbot.domain.registration import Status
from mailbot.domain.statement import Says, say
from mailbot.matching.names import describe


def incomplete(snapshot: EventSnapshot) -> Decision | None:
    """Opens a case for each, once."""
    if snapshot.off or snapshot.event.has_started(snapshot.now, snapshot.settings.zone):
        return None
    labels = {field.key: field.label for field in snapshot.form.fields}
    shown = {one.registration for one in snapshot.state.cases if one.kind is CaseKind.INCOMPLETE}
    cases = []
    for row in snapshot.state.registrations:
        key = f"incomplete:{row.nr}:{row.arrived:%Y%m%d%H%M%S}"
        late = row.status is Status.INCOMPLETE and not completes_in_time(row, snapshot.event, snapshot.now)
        if not late or row.nr in shown or not snapshot.is_new(key):
            continue
        open_still = tuple(dict.fromkeys(labels.get(p.field, p.field) for p in row.doubts))
        case = snapshot.case(
            CaseKind.INCOMPLETE,
            key,
            describe(row.answers, snapshot.form) or row.sender,
            (say(Says.NOT_COMPLETED, days=snapshot.event.completion_days, labels=open_still),),
            (Choice.ACCEPT, Choice.REFUSE, Choice.ASK, Choice.DONE),
            row.nr,
        )
        cases.append(replace(case, message=row.message))  # she may ask once more, in that thread
    return snapshot.opened(*cases) if cases else None
