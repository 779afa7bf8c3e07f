"""What a scheduled check sees of an event, and how what it finds becomes a Decision.

A check is a function ``EventSnapshot -> Decision | None`` in a file of its own, and a row of ``checks``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailbot.config.settings import Settings
from mailbot.decision.announcements import facts_of
from mailbot.domain.announcement import Announcing, EventFacts
from mailbot.domain.case import Case, CaseKind, Choice, about_all
from mailbot.domain.decision import MAILBOT, Decision, EventState, LogLine, Outcome
from mailbot.domain.done import Done
from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.domain.mailing import Audience, Mailing, MailingState
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, Statement, Told, say
from mailbot.matching.names import describe, reached_at

#: So long before it is due a mail to many is proposed.
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EventSnapshot:
    """One event at one snapshot; the arguments of ``decide_scheduled``."""

    event: Event
    told: EventFacts | None
    state: EventState
    settled: frozenset[str]
    settings: Settings
    now: datetime

    @property
    def form(self) -> Form:
        """The form of the event."""
        return self.settings.form_of(self.event)

    @property
    def version(self) -> str:
        """The event's version: another date, place or form makes another."""
        return self.event.version(self.form)

    @property
    def news(self) -> str:
        """The version, and how often people were told anew before: a date that moves away and back
        is news each time."""
        return f"{self.version}.{self.told.times}" if self.told and self.told.times else self.version

    @property
    def is_told(self) -> bool:
        """Whether people know of the date and place as they stand in the event file."""
        now, told = facts_of(self.event), self.told
        return told is not None and (now.starts, now.ends, now.place, now.cancelled) == (
            told.starts,
            told.ends,
            told.place,
            told.cancelled,
        )

    @property
    def off(self) -> bool:
        """Whether the event does not take place: cancelled, or replaced by another."""
        return self.settings.is_off(self.event)

    @property
    def successor(self) -> Event | None:
        """The event that takes the place of this one."""
        return self.settings.successor_of(self.event)

    def open_case(self, key: str) -> Case | None:
        """The open case with this key."""
        return next((case for case in self.state.cases if case.key == key), None)

    def is_new(self, key: str) -> bool:
        """Whether a case with this key was never opened."""
        return key not in self.settled and self.open_case(key) is None

    def mailing(self, key: str) -> Mailing | None:
        """The row of ``Berichten`` that was proposed under this key."""
        return next((one for one in self.state.mailings if one.key == key), None)

    def case(
        self,
        kind: CaseKind,
        key: str,
        who: Told,
        says: tuple[Statement, ...],
        choices: tuple[Choice, ...],
        registration: str = "",
        payload: dict[str, str] | None = None,
    ) -> Case:
        """A case of this event."""
        return Case(
            kind,
            who,
            "",
            choices,
            self.now,
            self.event.id,
            registration=registration,
            payload=payload or {},
            key=key,
            says=says,
        )

    def opened(self, *cases: Case, closes: tuple[int, ...] = ()) -> Decision:
        """A decision that opens cases."""
        return Decision(Outcome.UNCHANGED, self.event.id, cases=cases, closes=closes, answer=False)


#: Whether a check may look at more registrations than the few of ``storage.queries.watched``; told how many
#: there are of each status.
WantsAll = Callable[[EventSnapshot, Mapping[Status, int]], bool]


def _always(_snapshot: EventSnapshot, _counts: Mapping[Status, int]) -> bool:
    return True


def _no_time_of_its_own(_event: Event, _settings: Settings) -> tuple[datetime, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is watched at each event. ``finds`` gives what is due, None where nothing is;
    ``wants_all`` tells when it may look at more than a few registrations; ``moments`` are the times at which
    it begins or ends to find something at an event, besides the start and end of that."""

    finds: Callable[[EventSnapshot], Decision | None]
    wants_all: WantsAll = _always
    moments: Callable[[Event, Settings], tuple[datetime, ...]] = _no_time_of_its_own


def gathered(decision: Decision | None, snapshot: EventSnapshot) -> Decision | None:
    """The decision with a line in the log for every case it opens; None where nothing follows."""
    if decision is None:
        return None
    lines = tuple(
        LogLine(
            MAILBOT,
            say(Done.CASE_OPENED, kind=str(case.kind)),
            "",
            case.registration,
            snapshot.event.id,
            says=case.says,
        )
        for case in decision.cases
    )
    return replace(decision, log=(*decision.log, *lines))


def people(registrations: tuple[Registration, ...], form: Form) -> Statement:
    """The names of those whom a mail goes to, as one statement of bounded length."""
    return about_all([describe(r.answers, form) or r.sender for r in registrations])


def without_address(
    registrations: tuple[Registration, ...], form: Form, settings: Settings
) -> tuple[Statement, ...]:
    """Whom of those a mail to many does not reach, for her to telephone; nothing where it reaches all.
    An address that may be a slip reaches nobody."""
    silent = (one for one in registrations if not reached_at(one, form, settings.own_addresses))
    who = tuple(describe(one.answers, form) or one.nr for one in silent)
    return (say(Says.WITHOUT_ADDRESS, who=who),) if who else ()


def is_proposed(snapshot: EventSnapshot, kind: Announcing, version: str) -> bool:
    """Whether a mail to many was proposed for this version of the event."""
    key = f"{kind}:{snapshot.event.id}:{version}"
    return not snapshot.is_new(key) or snapshot.mailing(key) is not None


def proposed(
    snapshot: EventSnapshot,
    kind: Announcing,
    version: str,
    due: datetime,
    to: Audience,
    text: str,
    files: str = "",
) -> Decision | None:
    """A row of ``Berichten`` for a mail that is due, a day ahead and once for a version of the event. Nothing
    goes to many before the secretary says so: the row only stands there. What a former mailbot proposed as a
    case, with the same key, is not proposed again."""
    if is_proposed(snapshot, kind, version) or snapshot.now < due - A_DAY:
        return None
    key = f"{kind}:{snapshot.event.id}:{version}"
    row = Mailing(snapshot.event.id, key, snapshot.now, to=to, text=text.strip(), files=files, kind=kind)
    line = LogLine(MAILBOT, say(Done.MAILING_PROPOSED, mailing=kind), event=snapshot.event.id)
    return replace(snapshot.opened(), mailings=(row,), log=(line,))


def withdrawn(snapshot: EventSnapshot, kind: Announcing, key: str = "") -> Decision | None:
    """The rows of this kind that another version of the event proposed, and that were not sent, go; and so
    do the cases in which a former mailbot proposed it. None where there are none."""
    prefix = f"{kind}:{snapshot.event.id}:"
    rows = tuple(
        replace(one, hidden=True)
        for one in snapshot.state.mailings
        if one.key.startswith(prefix)
        and one.key != key
        and one.state is not MailingState.SENT
        and not one.hidden
    )
    closes = stale(snapshot, kind, key)
    return replace(snapshot.opened(closes=closes), mailings=rows) if rows or closes else None


def stale(snapshot: EventSnapshot, kind: Announcing, key: str = "") -> tuple[int, ...]:
    """The open cases of this kind that another version of the event made: obsolete."""
    prefix = f"{kind}:{snapshot.event.id}:"
    return tuple(c.id for c in snapshot.state.cases if c.key.startswith(prefix) and c.key != key)
