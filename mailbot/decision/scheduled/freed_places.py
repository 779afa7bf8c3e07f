"""More registrations than places, or a free place while people wait: a person decides."""

from __future__ import annotations

from mailbot.decision.capacity import holds_place
from mailbot.decision.scheduled.context import EventSnapshot
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Decision
from mailbot.domain.registration import Status
from mailbot.matching.names import describe


def places(moment: EventSnapshot) -> Decision | None:
    """Nobody is thrown out where the capacity was lowered, and nobody let in where a place came
    free by itself (an incomplete one gone stale, a capacity raised): both are cases."""
    event, now = moment.event, moment.now
    if event.capacity is None or moment.off or event.has_started(now, moment.settings.zone):
        return None
    taken = sum(holds_place(r, event, now) for r in moment.state.registrations)
    if taken > event.capacity:
        key = f"capacity:{event.id}:{event.capacity}"
        what = f"{taken} plaatsen ingenomen, en er zijn er {event.capacity}. Niemand is geschrapt."
        case = moment.case(CaseKind.CAPACITY, key, event.title, what, (Choice.DONE,))
        return moment.opened(case) if moment.is_new(key) else None
    waiting = [r for r in moment.state.registrations if r.status is Status.WAITLISTED]
    if taken == event.capacity or not waiting:
        return None
    first = min(waiting, key=lambda r: (r.arrived, r.nr))
    key = f"freed_place:{first.nr}"
    if not moment.is_new(key):
        return None
    who = describe(first.answers, moment.form)
    what = f"Er is plaats ({taken} van {event.capacity}). Eerste op de wachtlijst: {who}."
    return moment.opened(
        moment.case(CaseKind.FREED_PLACE, key, who, what, (Choice.ACCEPT, Choice.DONE), first.nr)
    )
