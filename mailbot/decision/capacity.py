"""Places at an event: how many are taken, the draft included, and for whom there is none."""

from __future__ import annotations

from datetime import datetime

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.event import Event
from mailbot.domain.places import holds_place, why_full
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import Person
from mailbot.matching import waiting_list
from mailbot.matching.waiting_list import waits_for_place


def will_hold(entry: Entry, event: Event, now: datetime) -> bool:
    """Whether the row that follows from an entry holds a place, as far as the draft is settled."""
    if entry.outcome is None or entry.status is None:
        return entry.seated or holds_place(entry.current, event, now)
    return entry.status.is_coming or (entry.status is Status.INCOMPLETE and not entry.waits)


def taken(draft: DecisionDraft) -> int:
    """The places taken at the event, with what the draft has settled so far."""
    assert draft.event is not None
    return draft.context.taken.get(draft.event.id, 0) + sum(_difference(draft, e) for e in draft.entries)


def taken_by(draft: DecisionDraft, organisation: str) -> int:
    """The places taken by one organisation, with what the draft has settled so far."""
    assert draft.event is not None
    before = draft.context.taken_by_organisation.get((draft.event.id, organisation), 0)
    own = (e for e in draft.entries if organisation_key(draft, e) == organisation)
    return before + sum(_difference(draft, e) for e in own)


def organisation_key(draft: DecisionDraft, entry: Entry) -> str:
    """The organisation an entry counts for: the recognised name, else the one written, folded."""
    said = entry.person.values
    key = waiting_list.organisation_key(entry.person.organisation_known, said, draft.form)
    if key or entry.current is None:
        return key
    current = entry.current
    return waiting_list.organisation_key(current.organisation_known, current.answers, draft.form)


def why_wait(draft: DecisionDraft, entry: Entry) -> Statement | None:
    """Why somebody who has no place gets none: there is none, or others come first; None where they do."""
    if (why := no_place(draft, entry)) is not None:
        return why
    event = draft.event
    assert event is not None
    if event.capacity is None:
        return None
    returns = entry.current is not None and entry.current.status.is_out
    # Who came late waits for her decision, and nobody new for them; who comes back does not pass them.
    line = (r for r in in_line(draft) if not r.after_deadline or (returns and waits_for_place(r.reason)))
    ahead = [r for r in line if _is_before(r, draft, entry) and not no_place(draft, _alone(r))]
    if len(ahead) == 1:
        return say(Says.ONE_BEFORE)
    return say(Says.OTHERS_BEFORE, count=len(ahead)) if ahead else None


def in_line(draft: DecisionDraft) -> tuple[Registration, ...]:
    """Those who wait for a place at the event, whom the draft does not concern: the first in line first."""
    assert draft.event is not None
    here = {e.current.nr for e in draft.entries if e.current is not None}
    waiting = draft.context.waiting.get(draft.event.id, ())
    return tuple(r for r in waiting if r.nr not in here and not r.is_kept_waiting)


def _alone(waiting: Registration) -> Entry:
    return Entry(-1, Person(), current=waiting)


def _is_before(waiting: Registration, draft: DecisionDraft, entry: Entry) -> bool:
    """Whether somebody in line comes before an entry: by arrival, and of those that came in the same second
    by reference, as the line itself stands. Who has no reference yet comes after all that have one."""
    arrived = entry.arrived or draft.received
    if waiting.arrived != arrived or entry.current is None:
        return waiting.arrived <= arrived
    here, there = waiting.nr, entry.current.nr
    return (len(here), here) < (len(there), there)


def _difference(draft: DecisionDraft, entry: Entry) -> int:
    assert draft.event is not None
    after = will_hold(entry, draft.event, draft.received)
    return int(after) - int(holds_place(entry.current, draft.event, draft.received))


def no_place(draft: DecisionDraft, entry: Entry) -> Statement | None:
    """Why there is no place for one more; None where there is."""
    event = draft.event
    assert event is not None
    organisation = organisation_key(draft, entry)
    return why_full(event, organisation, taken(draft), taken_by(draft, organisation))
