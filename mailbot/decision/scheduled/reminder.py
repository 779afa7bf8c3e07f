"""A closed list: those who have not answered a week before the deadline may be reminded."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from mailbot.decision.announcements import payload_of, reminded, unanswered
from mailbot.decision.scheduled.context import EventSnapshot
from mailbot.domain.announcement import Announcing
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Decision

#: How long before the deadline (or, without one, the start) the reminder is proposed.
BEFORE = timedelta(days=7)


def reminder(snapshot: EventSnapshot) -> Decision | None:
    """Proposes a reminder, naming those it cannot reach."""
    event, settings = snapshot.event, snapshot.settings
    key = f"{Announcing.REMINDER}:{event.id}:{snapshot.version}"
    due = event.deadline or event.starts
    if due is None or snapshot.off or not snapshot.is_new(key):
        return None
    at = due if isinstance(due, datetime) else datetime.combine(due, time(23, 59))
    local_due = at.replace(tzinfo=settings.zone)
    missing = unanswered(event, snapshot.state.registrations, settings)
    if not missing or not local_due - BEFORE <= snapshot.now < local_due:
        return None
    reached = {address.name for address in reminded(missing, settings)}
    without = [name for name in missing if name not in reached]
    note = f" Zonder adres, dus niet aangeschreven: {', '.join(without)}." if without else ""
    return snapshot.opened(
        snapshot.case(
            CaseKind.ANNOUNCE,
            key,
            f"{len(missing)}: {', '.join(missing)}",
            f"Nog geen antwoord voor {event.title}. Versturen mailt een herinnering.{note}",
            (Choice.SEND, Choice.DO_NOT_SEND),
            payload=payload_of(Announcing.REMINDER, snapshot.version),
        )
    )
