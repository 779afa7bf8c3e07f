"""More registrations than places, or free places while people wait: a person decides."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from mailbot.decision.scheduled.context import EventSnapshot
from mailbot.domain.case import NAMED, OFFERED, Case, CaseKind, Choice, about_several, offered
from mailbot.domain.decision import Decision
from mailbot.domain.places import holds_place
from mailbot.domain.registration import COMING, Registration, Status
from mailbot.domain.statement import Says, Statement, say
from mailbot.matching.names import describe
from mailbot.matching.waiting_list import WaitingList


def freed_places(snapshot: EventSnapshot) -> Decision | None:
    """Nobody is thrown out where the capacity was lowered, and nobody let in where places came free by
    themselves (one left incomplete), by her hand (a capacity raised, a row taken out) or in the last day:
    both are cases. One decision gives all that are free to the first in line."""
    event, now = snapshot.event, snapshot.now
    if snapshot.off or event.has_started(now, snapshot.settings.zone):
        return None
    if (too_many := exceeded(snapshot)) is not None:
        return snapshot.opened(too_many) if snapshot.is_new(too_many.key) else None
    line = waiting_list(snapshot)
    nrs = tuple(one.nr for one in line.seated)
    key = _key(nrs)
    stands = any(c.kind is CaseKind.FREED_PLACE and offered(c) == nrs for c in snapshot.state.cases)
    if not nrs or stands or not snapshot.is_new(key):
        return None
    names = tuple(describe(one.answers, snapshot.form) or one.nr for one in line.seated)
    more = say(Says.AND_OTHERS, count=len(nrs) - NAMED) if len(nrs) > NAMED else ""
    figure: Statement | str = ""
    if event.capacity is not None:
        figure = say(Says.PLACES_TAKEN, taken=line.taken, places=event.capacity)
    says = say(Says.PLACE_FREE, figure=figure, first=names[0])
    if len(nrs) > 1:
        says = say(Says.PLACES_FREE, figure=figure, people=names[:NAMED], more=more)
    who, payload = about_several(names), {OFFERED: " ".join(nrs)}
    choices = (Choice.ACCEPT, Choice.DONE)
    return snapshot.opened(snapshot.case(CaseKind.FREED_PLACE, key, who, (says,), choices, nrs[0], payload))


def _key(nrs: tuple[str, ...]) -> str:
    """The key of a case about places for these people, as short for hundreds as for two: PostgreSQL indexes
    no text of more than some kilobytes."""
    whom = "+".join(nrs)
    return f"freed_place:{whom if len(nrs) < 2 else hashlib.sha256(whom.encode()).hexdigest()[:16]}"


def wants_all(snapshot: EventSnapshot, counts: Mapping[Status, int]) -> bool:
    """Where somebody waits for a place, or more may hold one than there are."""
    event, most = snapshot.event, sum(counts.get(status, 0) for status in (*COMING, Status.INCOMPLETE))
    if snapshot.off or event.has_started(snapshot.now, snapshot.settings.zone):
        return False
    return bool(counts.get(Status.WAITLISTED)) or (event.capacity is not None and most > event.capacity)


def waiting_list(snapshot: EventSnapshot) -> WaitingList:
    """The waiting list of the event as it stands."""
    return WaitingList(snapshot.event, snapshot.form, snapshot.state.registrations, snapshot.now)


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
