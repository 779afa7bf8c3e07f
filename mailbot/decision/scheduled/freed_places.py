"""More registrations than places, or a free place while people wait: a person decides."""

from __future__ import annotations

from mailbot.decision.capacity import holds_place
from mailbot.decision.scheduled.context import EventSnapshot
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Decision
from mailbot.domain.registration import Status
from mailbot.matching.names import describe


def freed_places(snapshot: EventSnapshot) -> Decision | None:
    """Nobody is thrown out where the capacity was lowered, and nobody let in where a place came
    free by itself (an incomplete one gone stale, a capacity raised): both are cases."""
    event, now = snapshot.event, snapshot.now
    if event.capacity is None or snapshot.off or event.has_started(now, snapshot.settings.zone):
        return None
    taken = sum(holds_place(r, event, now) for r in snapshot.state.registrations)
    if taken > event.capacity:
        key = f"capacity:{event.id}:{event.capacity}"
        what = f"{taken} plaatsen ingenomen, en er zijn er {event.capacity}. Niemand is geschrapt."
        case = snapshot.case(CaseKind.CAPACITY, key, event.title, what, (Choice.DONE,))
        return snapshot.opened(case) if snapshot.is_new(key) else None
    waiting = [r for r in snapshot.state.registrations if r.status is Status.WAITLISTED]
    if taken == event.capacity or not waiting:
        return None
    first = min(waiting, key=lambda r: (r.arrived, r.nr))
    key = f"freed_place:{first.nr}"
    if not snapshot.is_new(key):
        return None
    who = describe(first.answers, snapshot.form)
    what = f"Er is plaats ({taken} van {event.capacity}). Eerste op de wachtlijst: {who}."
    return snapshot.opened(
        snapshot.case(CaseKind.FREED_PLACE, key, who, what, (Choice.ACCEPT, Choice.DONE), first.nr)
    )
