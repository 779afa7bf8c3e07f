"""What is left is in order: a new registration, a change, or nothing new."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.finalize import changes
from mailbot.domain.decision import Note, Outcome
from mailbot.domain.registration import Status

NAME = "inschrijving"


def accept(draft: DecisionDraft) -> DecisionDraft:
    """Settles everybody that no rule held back."""
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    current = entry.current
    if current is None or current.status in (Status.INCOMPLETE, Status.LATE):
        return draft.find(NAME, "ingeschreven"), entry.settled(Outcome.REGISTERED, Status.REGISTERED)
    if current.status.is_out:
        again = () if current.is_undone else (Note.RESTORED,)  # that they came was a slip, which was told
        return draft.find(NAME, "komt toch"), entry.settled(Outcome.REGISTERED, Status.REGISTERED, "", *again)
    if changes(entry):
        return draft.find(NAME, "andere antwoorden"), entry.settled(Outcome.CHANGED, current.status)
    return draft.find(NAME, "dezelfde antwoorden"), entry.settled(Outcome.UNCHANGED, current.status)
