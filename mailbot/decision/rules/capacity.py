"""Places are counted in people, for the event and for each organisation; who finds none waits."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import Draft, Entry
from mailbot.decision.places import holds_place, organisation_key, taken, taken_by
from mailbot.model import Outcome, Status

NAME = "plaatsen"


def capacity(draft: Draft) -> Draft:
    """Puts those for whom there is no place on the waiting list, with the reason."""
    return draft.each(_judge)


def _judge(draft: Draft, entry: Entry) -> tuple[Draft, Entry]:
    event = draft.event
    assert event is not None
    current = entry.current
    if current is not None and current.status is Status.WAITLISTED:
        return draft.find(NAME, "staat op de wachtlijst"), entry
    if holds_place(current, event, draft.received):
        return draft.find(NAME, "heeft al een plaats"), entry
    waits = entry.waits or no_place(draft, entry)
    if not waits:
        return draft.find(NAME, "er is plaats"), entry
    return draft.find(NAME, waits), replace(entry, waits=waits).settled(
        Outcome.WAITLISTED, Status.WAITLISTED, waits
    )


def no_place(draft: Draft, entry: Entry) -> str:
    """Why there is no place for one more, in Dutch; empty where there is."""
    event = draft.event
    assert event is not None
    organisation = organisation_key(draft, entry)
    allowed = event.per_organisation
    if allowed is not None and organisation and taken_by(draft, organisation) >= allowed:
        return f"al {allowed} deelnemers van dit bestuur"
    if event.capacity is None:
        return ""
    if taken(draft) >= event.capacity:
        return f"volzet ({event.capacity} plaatsen)"
    return ""
