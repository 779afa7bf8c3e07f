"""A place that comes free by mail goes to the first in line, until a day before the start."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.decision.capacity import in_line, no_place, will_hold
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.decision import Note, Outcome
from mailbot.domain.places import holds_place
from mailbot.domain.registration import Status
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Person

NAME = "wachtlijst"

#: From here on nobody is promoted without the secretary.
LAST_DAY = timedelta(hours=24)


def promotion(draft: DecisionDraft) -> DecisionDraft:
    """Gives the places that this message frees to those who wait for one; none of a meeting that does not
    take place, or is over."""
    event = draft.event
    assert event is not None
    line = in_line(draft)
    before = sum(holds_place(e.current, event, draft.received) for e in draft.entries)
    after = sum(will_hold(e, event, draft.received) for e in draft.entries)
    freed = before - after
    if (
        freed <= 0
        or not line
        or draft.settings.is_off(event)
        or event.is_over(draft.now, draft.settings.zone)
    ):
        return draft.saw(NAME, Saw.NO_PLACE_FREED)
    start = event.starts_at(draft.settings.zone)
    if start is not None and draft.now >= start - LAST_DAY:
        return draft.saw(NAME, Saw.TOO_NEAR_START)
    for waiting in line:
        entry = Entry(draft.next_index, Person(), current=waiting)
        if not freed or no_place(draft, entry):
            continue
        freed -= 1
        entry = entry.settled(Outcome.REGISTERED, Status.REGISTERED, say(Says.CAME_FREE), Note.PROMOTED)
        draft = replace(draft, entries=(*draft.entries, entry)).saw(NAME, Saw.PROMOTED, nr=waiting.nr)
    return draft
