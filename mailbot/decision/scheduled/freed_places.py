"""More registrations than places, or a free place while people wait: a person decides."""

from __future__ import annotations

from mailbot.decision.scheduled.context import EventSnapshot
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import Decision
from mailbot.domain.places import holds_place
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, say
from mailbot.matching.names import describe


def freed_places(snapshot: EventSnapshot) -> Decision | None:
    """Nobody is thrown out where the capacity was lowered, and nobody let in where a place came
    free by itself (an incomplete one gone stale, a capacity raised): both are cases."""
    event, now = snapshot.event, snapshot.now
    if event.capacity is None or snapshot.off or event.has_started(now, snapshot.settings.zone):
        return None
    if (too_many := exceeded(snapshot)) is not None:
        return snapshot.opened(too_many) if snapshot.is_new(too_many.key) else None
    taken = len(_holders(snapshot))
    waiting = [r for r in snapshot.state.registrations if r.status is Status.WAITLISTED]
    if not waiting or not has_place(snapshot):
        return None
    first = min(waiting, key=lambda r: (r.arrived, len(r.nr), r.nr))
    key = f"freed_place:{first.nr}"
    if not snapshot.is_new(key):
        return None
    who = describe(first.answers, snapshot.form)
    says = (say(Says.PLACE_FREE, taken=taken, places=event.capacity, first=who),)
    return snapshot.opened(
        snapshot.case(CaseKind.FREED_PLACE, key, who, says, (Choice.ACCEPT, Choice.DONE), first.nr)
    )


def has_place(snapshot: EventSnapshot) -> bool:
    """Whether fewer places are taken at the event than there are."""
    capacity = snapshot.event.capacity
    return capacity is None or len(_holders(snapshot)) < capacity


def exceeded(snapshot: EventSnapshot) -> Case | None:
    """The case that more places are taken than there are, None where they are not. How many, and who came
    last, is part of its key: what is so again after it was not, is told again."""
    event, holders = snapshot.event, _holders(snapshot)
    if event.capacity is None or len(holders) <= event.capacity:
        return None
    last = max(holders, key=lambda row: (row.arrived, row.nr))
    key = f"capacity:{event.id}:{event.capacity}:{len(holders)}:{last.nr}"
    says = (say(Says.TOO_MANY_PLACES, taken=len(holders), places=event.capacity),)
    return snapshot.case(CaseKind.CAPACITY, key, event.title, says, (Choice.DONE,))


def _holders(snapshot: EventSnapshot) -> list[Registration]:
    return [r for r in snapshot.state.registrations if holds_place(r, snapshot.event, snapshot.now)]
