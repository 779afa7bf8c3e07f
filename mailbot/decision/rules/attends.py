"""A "nee" on the form: excused if they were not registered, withdrawn if they were."""

from __future__ import annotations

from mailbot.decision.draft import Draft, Entry
from mailbot.decision.names import ATTENDS
from mailbot.model import Outcome, Status

NAME = "neemt deel"


def attends(draft: Draft) -> Draft:
    """Settles those who say on the form that they do not come."""
    if draft.form.per_organisation or draft.form.field(ATTENDS) is None:
        return draft.find(NAME, "wordt op dit formulier niet gevraagd")
    return draft.each(_judge)


def _judge(draft: Draft, entry: Entry) -> tuple[Draft, Entry]:
    answer = entry.person.answers.get(ATTENDS)
    if answer is None or answer.value is not False or any(p.field == ATTENDS for p in entry.problems):
        return draft.find(NAME, "geen neen"), entry
    draft = draft.find(NAME, f"{answer.where or 'formulier'}: neen")
    current = entry.current
    if current is None:
        return draft, entry.settled(Outcome.EXCUSED, Status.EXCUSED)
    if current.status in (Status.EXCUSED, Status.CANCELLED):
        return draft, entry.settled(Outcome.UNCHANGED, current.status)
    if current.status is Status.REGISTERED or current.status is Status.WAITLISTED:
        return draft, entry.settled(Outcome.CANCELLED, Status.CANCELLED)
    return draft, entry.settled(Outcome.EXCUSED, Status.EXCUSED)
