"""Thanks afterwards, to those who were there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.mailings import thanked
from mailbot.decision.scheduled.context import A_DAY, EventSnapshot, proposed
from mailbot.domain.announcement import Announcing
from mailbot.domain.decision import Decision
from mailbot.domain.event import Event
from mailbot.domain.mailing import THANKED_WITHIN, Audience, Files, Mailing, MailingState
from mailbot.domain.registration import Status
from mailbot.matching.names import reached_at


def thanks(snapshot: EventSnapshot) -> Decision | None:
    """Proposes the row once somebody is marked as present; and once more, for those who were marked
    after it was sent."""
    event = snapshot.event
    end = event.ends_at(snapshot.settings.zone)
    if end is None or not event.thanks or snapshot.off or not end <= snapshot.now < end + THANKED_WITHIN:
        return None
    of_kind = [one for one in snapshot.state.mailings if one.kind is Announcing.THANKS]
    rows = [one for one in of_kind if one.state is MailingState.SENT or not one.copied]
    if any(one.state is not MailingState.SENT for one in rows) or not _is_owed(snapshot, rows):
        return None
    version = f"{snapshot.version}.{len(rows)}" if rows else snapshot.version
    files = Files.CERTIFICATE.value if event.certificate else ""
    due = end + A_DAY
    proposal = proposed(snapshot, Announcing.THANKS, version, due, Audience.PRESENT, event.thanks, files)
    if proposal is None or not rows:
        return proposal
    (row,) = proposal.mailings  # the same text as before, which no address gets twice
    same = replace(row, subject=rows[-1].subject, text=rows[-1].text, files=rows[-1].files)
    return replace(proposal, mailings=(same,))


def _is_owed(snapshot: EventSnapshot, rows: list[Mailing]) -> bool:
    """Whether somebody was present who got none of these; once one was sent, somebody with an address."""
    had, own = thanked(rows), snapshot.settings.own_addresses
    missed = (one for one in snapshot.state.registrations if one.was_there and one.nr not in had)
    return any(not rows or reached_at(one, snapshot.form, own) for one in missed)


def wants_all(snapshot: EventSnapshot, _: Mapping[Status, int]) -> bool:
    """Within the days in which people are thanked."""
    event, end = snapshot.event, snapshot.event.ends_at(snapshot.settings.zone)
    return bool(event.thanks) and end is not None and end <= snapshot.now < end + THANKED_WITHIN


def moments(event: Event, settings: Settings) -> tuple[datetime, ...]:
    """When the time alone changes what is proposed."""
    end = event.ends_at(settings.zone)
    return (end, end + THANKED_WITHIN) if end is not None else ()
