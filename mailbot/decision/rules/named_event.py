"""A message that names an event, or answers a mail about one, belongs to it whatever it wants."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.event_selection import event_named
from mailbot.domain.saw import Saw

NAME = "genoemde bijeenkomst"


def named_event(draft: DecisionDraft) -> DecisionDraft:
    """Ties the message to the event it points to, so that a case about it stands in its workbook."""
    found = event_named(draft)
    if found is None:
        return draft.saw(NAME, Saw.NOTHING)
    if found.event is None:
        assert found.doubt is not None  # which is why
        return draft.found(NAME, found.doubt)
    return replace(draft, event=found.event).saw(NAME, Saw.EVENT_BY, event=found.event.id, by=found.by)
