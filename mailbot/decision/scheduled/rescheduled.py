"""Another date or place, or a cancellation: proposed first, since a typing error in an event file
must not mail everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from mailbot.decision.announcements import facts_of, knows_of_move, payload_of, recipients
from mailbot.decision.scheduled.context import EventSnapshot, people, stale, without_address
from mailbot.decision.scheduled.replaced import tells_of_it
from mailbot.domain.announcement import Announcing, EventFacts, EventKeys
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import MAILBOT, Decision, LogLine, Outcome
from mailbot.domain.done import Done
from mailbot.domain.event import KEY_WORDS, Late
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Fact, Says, Statement, say


def rescheduled(snapshot: EventSnapshot) -> Decision | None:
    """Proposes to tell people what changed since they were told, and withdraws a proposal that
    was obsolete. Where nobody is to be told, the new facts simply count. Whatever changed in the
    event file stands in the log."""
    decision, told = _proposed(snapshot), snapshot.told
    seen = facts_of(snapshot.event).seen
    if told is None or seen is None or told.seen == seen:
        return decision
    decision = decision or snapshot.opened()
    decision = replace(decision, facts=decision.facts or replace(told, seen=seen))
    if told.seen is None:
        return decision
    what = say(Done.EVENT_CHANGED, changes=_changes(told.seen, seen))
    return replace(decision, log=(*decision.log, LogLine(MAILBOT, what, event=snapshot.event.id)))


def wants_all(snapshot: EventSnapshot, _: Mapping[Status, int]) -> bool:
    """Where people are to be told of a change."""
    return snapshot.told is not None and not snapshot.is_told


def _changes(before: EventKeys, now: EventKeys) -> tuple[Statement, ...]:
    """A statement for each key of the event file whose value changed."""
    values = ((key, getattr(before, key), getattr(now, key)) for key in KEY_WORDS)
    return tuple(
        say(Done.KEY_CHANGED, key=key, old=_fact(old), new=_fact(new))
        for key, old, new in values
        if old != new
    )


def _fact(value: str | int | date | Late | None) -> Fact:
    """A value of the event file as a fact of a statement; empty text for none."""
    if isinstance(value, Late):
        return say(Done.IF_LATE, late=value)
    if isinstance(value, datetime):
        return say(Done.A_MOMENT, at=value.isoformat())
    if isinstance(value, date):
        return say(Done.A_DAY, day=value.isoformat())
    if isinstance(value, bool):
        return say(Done.TICKED if value else Done.UNTICKED)
    return "" if value is None else str(value)


def _proposed(snapshot: EventSnapshot) -> Decision | None:
    event, told = snapshot.event, snapshot.told
    if told is None:
        return _told(snapshot, facts_of(event))
    facts = facts_of(event, told.times + 1)
    kind = Announcing.CANCELLED if event.cancelled else Announcing.MOVED
    key = f"{kind}:{event.id}:{snapshot.news}"
    other = Announcing.MOVED if event.cancelled else Announcing.CANCELLED
    obsolete = (*stale(snapshot, kind, key), *stale(snapshot, other))
    if snapshot.is_told:
        open_now = snapshot.open_case(key)
        obsolete = (*obsolete, *((open_now.id,) if open_now else ()))
        return snapshot.opened(closes=obsolete) if obsolete else None
    to = _to_tell(kind, snapshot, told)
    over = event.is_over(snapshot.now, snapshot.settings.zone)
    if event.cancelled and tells_of_it(snapshot):
        still_open = snapshot.open_case(key)
        return replace(_told(snapshot, facts), closes=(*obsolete, *((still_open.id,) if still_open else ())))
    if not to or over:
        return replace(_told(snapshot, facts), closes=obsolete)
    if snapshot.open_case(key) is not None:
        return snapshot.opened(closes=obsolete) if obsolete else None
    return snapshot.opened(
        snapshot.case(
            CaseKind.ANNOUNCE,
            key,
            people(to, snapshot.form),
            (*_text(facts, told), *without_address(to, snapshot.form, snapshot.settings)),
            (Choice.SEND, Choice.DO_NOT_SEND),
            payload=payload_of(kind, snapshot.news, told),
        ),
        closes=obsolete,
    )


def _told(snapshot: EventSnapshot, facts: EventFacts) -> Decision:
    facts = replace(facts, at=snapshot.now)
    return Decision(Outcome.UNCHANGED, snapshot.event.id, facts=facts, answer=False)


def _to_tell(kind: Announcing, snapshot: EventSnapshot, told: EventFacts) -> tuple[Registration, ...]:
    """Who is to hear of it: of a move, not who registered for the new date already."""
    to = recipients(kind, snapshot.state.registrations)
    if kind is not Announcing.MOVED:
        return to
    return tuple(one for one in to if not knows_of_move(one, snapshot.event, told, snapshot.now))


def _text(now: EventFacts, before: EventFacts) -> tuple[Statement, ...]:
    if now.cancelled:
        return (say(Says.CANCELLED_NOW, title=now.title),)
    said = []
    if (now.starts, now.ends) != (before.starts, before.ends):
        same_day = now.starts and before.starts and now.starts.date() == before.starts.date()
        what = Says.HOUR_CHANGED if same_day else Says.DATE_CHANGED
        said.append(say(what, before=_when(before), after=_when(now)))
    if now.place != before.place:
        said.append(say(Says.PLACE_CHANGED, before=before.place, after=now.place))
    if before.cancelled:
        said.append(say(Says.TAKES_PLACE_AFTER_ALL, title=now.title))
    return (*said, say(Says.ALL_ARE_TOLD))


def _when(facts: EventFacts) -> Statement:
    if facts.starts is None:
        return say(Says.NO_MOMENT)
    until = (say(Says.UNTIL, ends=facts.ends.isoformat()),) if facts.ends else ()
    return say(Says.MOMENT, starts=facts.starts.isoformat(), until=until)
