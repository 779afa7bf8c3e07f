"""An incomplete registration that was not completed in its time is for a person."""

from __future__ import annotations

from mailbot.decision.capacity import completes_in_time
from mailbot.decision.scheduled.context import EventSnapshot
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Decision
from mailbot.domain.registration import Status
from mailbot.matching.names import describe


def incomplete(moment: EventSnapshot) -> Decision | None:
    """Opens a case for each, once."""
    if moment.off or moment.event.has_started(moment.now, moment.settings.zone):
        return None
    labels = {field.key: field.label for field in moment.form.fields}
    cases = []
    for row in moment.state.registrations:
        key = f"incomplete:{row.nr}:{row.arrived:%Y%m%d%H%M%S}"
        late = row.status is Status.INCOMPLETE and not completes_in_time(row, moment.event, moment.now)
        if not late or not moment.is_new(key):
            continue
        open_still = ", ".join(dict.fromkeys(labels.get(p.field, p.field) for p in row.doubts))
        cases.append(
            moment.case(
                CaseKind.INCOMPLETE,
                key,
                describe(row.answers, moment.form) or row.sender,
                f"Gevraagd, maar na {moment.event.completion_days} dagen niet aangevuld: {open_still}.",
                (Choice.ACCEPT, Choice.REFUSE, Choice.ASK, Choice.DONE),
                row.nr,
            )
        )
    return moment.opened(*cases) if cases else None
