"""An event that takes the place of this one: those registered are asked once whether they come."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.decision.announcements import facts_of, payload_of, recipients
from mailbot.decision.scheduled.context import EventSnapshot, people, without_address
from mailbot.domain.announcement import Announcing
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Decision
from mailbot.domain.event import Event
from mailbot.domain.registration import Status
from mailbot.domain.statement import Says, say


def replaced(snapshot: EventSnapshot) -> Decision | None:
    """Proposes the question."""
    successor, key = snapshot.successor, _key(snapshot)
    to = recipients(Announcing.REPLACED, snapshot.state.registrations)
    if successor is None or not to or not snapshot.is_new(key) or not tells_of_it(snapshot):
        return None
    when = (say(Says.ON_MOMENT, starts=successor.starts.isoformat()),) if successor.starts else ()
    return snapshot.opened(
        snapshot.case(
            CaseKind.ANNOUNCE,
            key,
            people(to, snapshot.form),
            (
                say(Says.REPLACED, title=_opening(snapshot.event), successor=successor.called, when=when),
                *without_address(to, snapshot.form, snapshot.settings),
            ),
            (Choice.SEND, Choice.DO_NOT_SEND),
            payload=payload_of(
                Announcing.REPLACED,
                f"{snapshot.version}.{successor.id}",
                facts_of(snapshot.event),
                successor.id,
            ),
        )
    )


def _opening(event: Event) -> str:
    """What an event is called where it opens a sentence."""
    return event.called[:1].upper() + event.called[1:]


def tells_of_it(snapshot: EventSnapshot) -> bool:
    """Whether the question whether people come to the next one waits to be asked: it says too that this one
    does not take place."""
    successor = snapshot.successor
    if successor is None or _key(snapshot) in snapshot.settled:
        return False
    return not successor.is_over(snapshot.now, snapshot.settings.zone)


def wants_all(snapshot: EventSnapshot, _: Mapping[Status, int]) -> bool:
    """Where those registered were not asked yet."""
    return snapshot.successor is not None and snapshot.is_new(_key(snapshot))


def _key(snapshot: EventSnapshot) -> str:
    successor = snapshot.successor
    return f"{Announcing.REPLACED}:{snapshot.event.id}:{successor.id if successor else ''}"
