"""Thanks afterwards, to those who were there."""

from __future__ import annotations

from datetime import timedelta

from mailbot.decision.scheduled.context import EventSnapshot, proposed
from mailbot.domain.announcement import Announcing
from mailbot.domain.decision import Decision

#: From then on nobody expects thanks any more: an old event looked at anew mails nobody.
TOO_LATE = timedelta(days=30)


def thanks(moment: EventSnapshot) -> Decision | None:
    """Proposes the mail once somebody is marked as present."""
    event = moment.event
    end = event.ends_at(moment.settings.zone)
    if end is None or not event.thanks or moment.off or not end <= moment.now < end + TOO_LATE:
        return None
    certificate = " Met het attest in bijlage." if event.certificate else ""
    what = f"Bedanking: {event.thanks}{certificate}"
    return proposed(moment, Announcing.THANKS, moment.version, end + timedelta(days=1), what)
