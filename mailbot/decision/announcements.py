"""Mail to many: who it goes to, and what follows when the secretary lets it go or stops it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.domain.announcement import Announcement, Announcing, EventFacts, EventKeys
from mailbot.domain.case import Case, Choice, Edit
from mailbot.domain.decision import SECRETARIAT, Ask, Decision, DecisionContext, Outcome
from mailbot.domain.event import KEY_WORDS, Event
from mailbot.domain.mailing import Audience, Mailing
from mailbot.domain.message import Address
from mailbot.domain.registration import Registration, Status
from mailbot.matching.names import organisation_of
from mailbot.matching.organisations import recognised


def facts_of(event: Event, times: int = 0, at: datetime | None = None) -> EventFacts:
    """What people are told of an event, ``times`` after the first, and when."""
    told = EventFacts(event.id, event.title, event.starts, event.ends, event.place, event.cancelled, times)
    keys = {key: value for key in KEY_WORDS if (value := getattr(event, key)) not in (None, "")}
    return replace(told, seen=EventKeys(**keys), at=at)


def recipients(kind: Announcing, registrations: Iterable[Registration]) -> tuple[Registration, ...]:
    """Who a mail of this kind goes to; never to those withdrawn or excused, nor (what is only for
    those who come) to those waiting."""
    if kind is Announcing.THANKS:
        return tuple(r for r in registrations if r.was_there)
    if kind is Announcing.REMINDER:
        return ()
    if kind is Announcing.PRACTICAL:
        return tuple(r for r in registrations if r.status.is_coming)
    return tuple(r for r in registrations if r.status.is_expected)


def unanswered(event: Event, registrations: Iterable[Registration], settings: Settings) -> tuple[str, ...]:
    """The organisations of a closed list that have not said whether they come, in its order."""
    if not event.organisations:
        return ()
    heard = answered(event, registrations, settings)
    members = settings.organisations.members(event.organisations)
    return tuple(member.name for member in members if member.name not in heard)


def answered(event: Event, registrations: Iterable[Registration], settings: Settings) -> frozenset[str]:
    """The known organisations of whom somebody comes, or said not to."""
    form = settings.form_of(event)
    return frozenset(
        r.organisation_known or recognised(organisation_of(r.answers, form), settings.organisations)
        for r in registrations
    ) - {""}


def reminded(names: Iterable[str], settings: Settings) -> tuple[Address, ...]:
    """The general addresses of organisations, of those that have one."""
    known = (settings.organisations.named(name) for name in names)
    return tuple(Address(one.email, one.name) for one in known if one is not None and one.email)


def announcement(
    kind: Announcing,
    event: Event,
    registrations: Iterable[Registration],
    settings: Settings,
    payload: Mapping[str, str],
    remark: str = "",
) -> Announcement:
    """The mail as it goes out now: to those whom it concerns now, not when it was proposed."""
    registrations = tuple(registrations)
    to_organisations = (
        reminded(unanswered(event, registrations, settings), settings) if kind is Announcing.REMINDER else ()
    )
    return Announcement(
        kind=kind,
        event=event.id,
        version=payload.get("version", event.version(settings.form_of(event))),
        to=recipients(kind, registrations),
        addresses=to_organisations,
        before=_before(event, payload),
        replacing=payload.get("successor", ""),
        remark=remark,
    )


def announced(
    case: Case, edit: Edit, context: DecisionContext, settings: Settings, now: datetime
) -> Decision:
    """What follows when she lets a mail to many go, or stops it: the facts count as told either
    way, so that it is not proposed again. Of a new date or place those who were excused, or withdrew, for the
    former one may hear as well: a row of ``Berichten`` stands ready for that."""
    event = settings.events.get(case.event)
    if event is None:
        return Decision(Outcome.UNCHANGED, case.event, answer=False)
    kind = Announcing(case.payload["kind"])
    news = kind in (Announcing.MOVED, Announcing.CANCELLED)
    facts = facts_of(event, int(case.payload.get("times", 0)) + 1, now) if news else None
    if edit.choice is not Choice.SEND:
        return Decision(Outcome.UNCHANGED, event.id, facts=facts, answer=False)
    at_event = [r for r in context.registrations if r.event == event.id]
    away = {
        Audience.EXCUSED: any(r.status is Status.EXCUSED for r in at_event),
        Audience.WITHDRAWN: any(r.has_withdrawn for r in at_event),
    }
    if kind is Announcing.MOVED:  # who came since was told the new date, or she who typed them knows it
        told = _before(event, case.payload)
        at_event = [r for r in at_event if not knows_of_move(r, event, told, case.opened)]
    letter = announcement(kind, event, at_event, settings, case.payload, edit.remark)
    asks = Ask.NEW_DATE if kind is Announcing.REPLACED else Ask.NOTHING
    elsewhere = kind in (Announcing.MOVED, Announcing.REPLACED)
    to = ", ".join(who for who, are in away.items() if are)
    again = Mailing(event.id, f"again:{event.id}:{letter.version}", now, to=to, kind=Announcing.AGAIN)
    rows = (again,) if elsewhere and to else ()
    return Decision(Outcome.UNCHANGED, event.id, announce=letter, facts=facts, asks=asks, mailings=rows)


def knows_of_move(row: Registration, event: Event, told: EventFacts | None, proposed: datetime) -> bool:
    """Whether somebody was told the new date or place when they registered: after it was ``proposed`` to tell
    it, or since people were ``told`` what was so before, and under the very date and place of now."""
    if row.received > proposed:
        return True
    if row.since is None:  # of a former mailbot
        return False
    told_at = told.at if told is not None else None
    under_it = told_at is not None and row.since > told_at and row.heard == event.moment
    return row.since > proposed or under_it


def without_typed_at(decision: Decision, now: datetime) -> Decision:
    """A mail to many as she could read it before she let it go: whom she typed in the very same save stood in
    no preview, and gets nothing."""
    if decision.announce is None:
        return decision
    seen = tuple(
        one for one in decision.announce.to if not (one.sender == SECRETARIAT and one.received == now)
    )
    return replace(decision, announce=replace(decision.announce, to=seen))


def payload_of(
    kind: Announcing, version: str, before: EventFacts | None, successor: str = ""
) -> dict[str, str]:
    """What a case keeps of the mail it is about."""
    payload = {"kind": kind.value, "version": version}
    if successor:
        payload["successor"] = successor
    if before is not None:
        payload |= {"title": before.title, "place": before.place, "times": str(before.times)}
        payload |= {"starts": before.starts.isoformat()} if before.starts else {}
        payload |= {"ends": before.ends.isoformat()} if before.ends else {}
        payload |= {"told_at": before.at.isoformat()} if before.at else {}
    return payload


def _before(event: Event, payload: Mapping[str, str]) -> EventFacts | None:
    if "title" not in payload:
        return None
    moments = (payload.get(key) for key in ("starts", "ends", "told_at"))
    starts, ends, at = (datetime.fromisoformat(one) if one else None for one in moments)
    times = int(payload.get("times", 0))
    return EventFacts(event.id, payload["title"], starts, ends, payload["place"], times=times, at=at)
