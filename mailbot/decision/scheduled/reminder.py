"""A closed list: those who have not answered some days before the deadline may be reminded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from mailbot.config.settings import Settings
from mailbot.decision.announcements import unanswered
from mailbot.decision.mailing_recipients import silent, wants
from mailbot.decision.scheduled.context import A_DAY, EventSnapshot, is_proposed, proposed
from mailbot.domain.announcement import Announcing
from mailbot.domain.decision import Decision
from mailbot.domain.event import Event
from mailbot.domain.mailing import Audience, Files, Mailing, MailingState
from mailbot.domain.registration import Status

#: How many days before the deadline (or, without one, the start), where the event does not say.
DAYS = 7


def reminder(snapshot: EventSnapshot) -> Decision | None:
    """Proposes a row of ``Berichten``, which names those it cannot reach. Without a closed list it is
    proposed where the event says so and somebody invited did not answer."""
    event, settings = snapshot.event, snapshot.settings
    within = moments(event, settings)
    if not within or snapshot.off:
        return None
    begins, ends = within
    if not begins <= snapshot.now < ends:
        return None
    state = snapshot.state
    if _all_were_reminded(snapshot):
        return None
    invited = event.reminder_days is not None and silent(event, state.registrations, state.mailings, settings)
    if not (unanswered(event, state.registrations, settings) or invited):
        return None
    return proposed(snapshot, Announcing.REMINDER, snapshot.version, begins + A_DAY, Audience.UNANSWERED, "")


def _all_were_reminded(snapshot: EventSnapshot) -> bool:
    """Whether the very text that would be proposed went out, and to as many as are silent now, nobody of whom
    was invited since: after a new date its row would go to nobody."""
    event, state = snapshot.event, snapshot.state
    text = Mailing(event.id, "", snapshot.now, kind=Announcing.REMINDER).version
    sent = [one for one in state.mailings if one.state is MailingState.SENT and one.done is not None]
    reminded = [one for one in sent if one.version == text]
    if not reminded:
        return False
    last = max(one.done for one in reminded if one.done is not None)
    invited_since = any(one.done is not None and one.done > last and wants(one, Files.FORMS) for one in sent)
    still = silent(event, state.registrations, state.mailings, snapshot.settings)
    reached = [one for one in still if one.email]
    return not invited_since and len(reached) <= max(one.count for one in reminded)


def wants_all(snapshot: EventSnapshot, _: Mapping[Status, int]) -> bool:
    """Within the days in which those who did not answer are reminded, until that is proposed."""
    event, within = snapshot.event, moments(snapshot.event, snapshot.settings)
    someone = bool(event.organisations) or event.reminder_days is not None
    return (
        someone
        and bool(within)
        and within[0] <= snapshot.now < within[1]
        and not is_proposed(snapshot, Announcing.REMINDER, snapshot.version)
    )


def moments(event: Event, settings: Settings) -> tuple[datetime, ...]:
    """From when until when people are reminded; nothing without a deadline or start."""
    due = event.deadline or event.starts
    if due is None:
        return ()
    at = due if isinstance(due, datetime) else datetime.combine(due, time(23, 59))
    ends = at.replace(tzinfo=settings.zone)
    first = ends - timedelta(days=DAYS if event.reminder_days is None else event.reminder_days)
    # from midnight, so that the digest of that morning names the row
    return datetime.combine(first, time.min, settings.zone), ends
