"""Thanks afterwards, to those who were there."""

from __future__ import annotations

from datetime import timedelta

from mailbot.decision.scheduled.context import EventSnapshot, proposed
from mailbot.domain.announcement import Announcing
from mailbot.domain.decision import Decision

#: From then on nobody expects thanks any more: an old event looked at anew mails nobody.
TOO_LATE = timedelta(days=30)


def thanks(snapshot: EventSnapshot) -> Decision | None:
    """Proposes the mail once somebody is marked as present."""
    event = snapshot.event
    end = event.ends_at(snapshot.settings.zone)
    if end is None or not event.thanks or snapshot.off or not end <= snapshot.now < end + TOO_LATE:
        return None
    certificate = " Met het attest in bijlage." if event.certificate else ""
    what = f"Bedanking: {event.thanks}{certificate}"
    return proposed(snapshot, Announcing.THANKS, snapshot.version, end + timedelta(days=1), what)
