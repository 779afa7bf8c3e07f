"""Settles everybody whom no earlier rule held back: a new registration, a change, or nothing new."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.finalize import changes
from mailbot.domain.decision import Note, Outcome
from mailbot.domain.registration import Status
from mailbot.domain.saw import Saw

NAME = "inschrijving"


def accept(draft: DecisionDraft) -> DecisionDraft:
    """Settles everybody that no rule held back."""
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    current = entry.current
    if current is None or current.status in (Status.INCOMPLETE, Status.LATE):
        return draft.saw(NAME, Saw.REGISTERED), entry.settled(Outcome.REGISTERED, Status.REGISTERED)
    if current.status.is_out:
        again = () if current.is_undone else (Note.RESTORED,)  # that they came was a slip, which was told
        draft = draft.saw(NAME, Saw.COMES_AFTER_ALL)
        return draft, entry.settled(Outcome.REGISTERED, Status.REGISTERED, "", *again)
    if changes(entry):
        return draft.saw(NAME, Saw.OTHER_ANSWERS), entry.settled(Outcome.CHANGED, current.status)
    return draft.saw(NAME, Saw.SAME_ANSWERS), entry.settled(Outcome.UNCHANGED, current.status)
