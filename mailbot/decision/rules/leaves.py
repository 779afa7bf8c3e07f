"""Who says they do not come: excused if they were not registered, withdrawn if they were."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import Draft, Entry
from mailbot.decision.names import name_of
from mailbot.decision.wishes import stays_away
from mailbot.model import CaseKind, Choice, Note, Outcome, Status

NAME = "komt niet"

_GONE = (Status.CANCELLED, Status.EXCUSED)


def leaves(draft: Draft) -> Draft:
    """Settles those who say in words or on the form that they do not come."""
    return draft.each(_judge)


def _judge(draft: Draft, entry: Entry) -> tuple[Draft, Entry]:
    where = stays_away(draft, entry)
    if not where:
        return draft.find(NAME, "zegt niet dat ze wegblijven"), entry
    draft = draft.find(NAME, where)
    current, event = entry.current, draft.event
    assert event is not None
    if event.is_late(draft.received, draft.settings.zone):
        entry = replace(entry, after_deadline=True, notes=(*entry.notes, Note.AFTER_DEADLINE))
    if current is not None and current.status in _GONE:
        return draft, entry.settled(Outcome.UNCHANGED, current.status)
    if current is not None:
        return draft, entry.settled(Outcome.CANCELLED, Status.CANCELLED)
    if not name_of({k: a.value for k, a in entry.person.answers.items()}, draft.form):
        draft = draft.open_case(
            CaseKind.DOUBT,
            "Iemand laat zich verontschuldigen zonder een naam te noemen: vul die aan in Deelnemers.",
            (Choice.DONE, Choice.ASK),
            entry=entry,
        )
    return draft, entry.settled(Outcome.EXCUSED, Status.EXCUSED)
