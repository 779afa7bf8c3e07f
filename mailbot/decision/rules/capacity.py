"""Places are counted in people, for the event and for each organisation; who finds none waits."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.capacity import no_place, why_wait
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.decision import Outcome
from mailbot.domain.places import holds_place
from mailbot.domain.registration import Status
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say

NAME = "plaatsen"


def capacity(draft: DecisionDraft) -> DecisionDraft:
    """Puts those for whom there is no place on the waiting list, with the reason."""
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    event = draft.event
    assert event is not None
    current = entry.current
    if holds_place(entry.place_of, event, draft.received):
        return draft.saw(NAME, Saw.HAS_PLACE), _in_that_place(entry)
    if current is not None and current.status is Status.WAITLISTED:
        return draft.saw(NAME, Saw.ON_WAITING_LIST), entry
    if holds_place(current, event, draft.received):
        return draft.saw(NAME, Saw.HAS_PLACE), entry
    if draft.override.waitlist:
        entry = replace(entry, waits=no_place(draft, entry) or say(Says.PUT_TO_WAIT))
    waits = entry.waits or why_wait(draft, entry)
    if not waits:
        return draft.saw(NAME, Saw.THERE_IS_ROOM), replace(entry, seated=True)
    return draft.found(NAME, waits), replace(entry, waits=waits).settled(
        Outcome.WAITLISTED, Status.WAITLISTED, waits
    )


def _in_that_place(entry: Entry) -> Entry:
    """Who takes the place of somebody that leaves: one that waited for a place has it with that."""
    if entry.current is not None and entry.current.status is Status.WAITLISTED:
        return entry.settled(Outcome.REGISTERED, Status.REGISTERED)
    return replace(entry, seated=True)
