"""Thanks afterwards, to those who were there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.config.settings import Settings
from mailbot.decision.mailings import thanked
from mailbot.decision.scheduled.context import A_DAY, EventSnapshot, proposed
from mailbot.domain.announcement import Announcing
from mailbot.domain.decision import Decision
from mailbot.domain.event import Event
from mailbot.domain.mailing import Audience, Files, MailingState
from mailbot.domain.registration import Status
from mailbot.matching.names import reached_at

#: From then on nobody expects thanks any more: an old event looked at anew mails nobody.
TOO_LATE = timedelta(days=30)


def thanks(snapshot: EventSnapshot) -> Decision | None:
    """Proposes the row once somebody is marked as present; and once more, for those who were marked
    after it was sent."""
    event = snapshot.event
    end = event.ends_at(snapshot.settings.zone)
    if end is None or not event.thanks or snapshot.off or not end <= snapshot.now < end + TOO_LATE:
        return None
    rows = [one for one in snapshot.state.mailings if one.kind is Announcing.THANKS]
    if any(one.state is not MailingState.SENT for one in rows):
        return None
    settings, form, had = snapshot.settings, snapshot.form, thanked(rows)
    if not any(
        row.attended and row.nr not in had and (not rows or reached_at(row, form, settings.own_addresses))
        for row in snapshot.state.registrations
    ):
        return None
    version = f"{snapshot.version}.{len(rows)}" if rows else snapshot.version
    files = Files.CERTIFICATE.value if event.certificate else ""
    due = end + A_DAY
    proposal = proposed(snapshot, Announcing.THANKS, version, due, Audience.PRESENT, event.thanks, files)
    if proposal is None or not rows:
        return proposal
    (row,) = proposal.mailings  # the words of before, which go to nobody twice
    same = replace(row, subject=rows[-1].subject, text=rows[-1].text, files=rows[-1].files)
    return replace(proposal, mailings=(same,))


def wants_all(snapshot: EventSnapshot, _: Mapping[Status, int]) -> bool:
    """Within the days in which people are thanked."""
    event, end = snapshot.event, snapshot.event.ends_at(snapshot.settings.zone)
    return bool(event.thanks) and end is not None and end <= snapshot.now < end + TOO_LATE


def moments(event: Event, settings: Settings) -> tuple[datetime, ...]:
    """When the time alone changes what is proposed."""
    end = event.ends_at(settings.zone)
    return (end, end + TOO_LATE) if end is not None else ()
