"""One daily mail to the secretariat: what is new, what waits for a person, and the totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from mailbot.config.settings import Settings
from mailbot.domain.case import Case
from mailbot.domain.decision import EventState
from mailbot.domain.done import Done
from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.domain.mail import Mail
from mailbot.domain.mailing import Mailing
from mailbot.domain.message import Address
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Statement, Told
from mailbot.matching.names import organisation_of
from mailbot.notifications.context import event_facts, replies_from
from mailbot.notifications.names_in_mails import name_of, without_pages
from mailbot.notifications.recipients import sent_in_by
from mailbot.notifications.templating import texts
from mailbot.wording import as_told, title
from mailbot.wording.dates import day_text
from mailbot.wording.log import PROPOSED


def digest(
    states: Sequence[EventState],
    no_form: Sequence[tuple[str, str]],
    since: datetime,
    settings: Settings,
    now: datetime,
    *,
    new_mail: bool = True,
    news: bool = False,
) -> Iterator[Mail]:
    """A mail for each secretariat that has something new since the last digest (``since``, aware).

    ``states`` are those of the open events, and one with an empty ``event`` for cases that
    belong to none; ``no_form`` are the ordinary mails that wait for a person, as ``Postvak`` lists them: from
    whom and about what, the newest first; ``new_mail``: one of them came since then. ``news``: it says that
    nothing goes to many by itself any more.
    ``now`` is aware. What may be a registration and was not decided leads from two days before the
    deadline. What was not decided about who comes is named once after the event (``Case.is_overtaken``), and
    the caller closes it.
    """

    def address(state: EventState) -> str:
        return settings.secretariat_of(settings.events.get(state.event))

    first = settings.secretariat.address
    for to, group in groupby(sorted(states, key=address), key=address):
        own = [_event(state, since, settings, now) for state in group]
        mails = no_form if to == first else ()
        if to and ((mails and new_mail) or any(part["news"] or part["is_new"] for part in own)):
            yield _mail(to, own, mails, settings, now, news=news)


def _event(state: EventState, since: datetime, settings: Settings, now: datetime) -> dict[str, object]:
    event = settings.events.get(state.event)
    form = settings.form_of(event) if event else None
    off = event is not None and settings.is_off(event)
    proposed = _proposed(state, event, settings, now)
    waiting = _by_pressure(state, settings, now)
    # What she struck stands in no list of hers, so the digest counts as Overzicht does.
    listed = [row for row in state.registrations if not row.is_struck]
    arrived = frozenset(_came_to_stand(state, since))
    cases = (*waiting[_CASES], *waiting[_PRESSING], *waiting[_MENDED])
    opened = [*(one.opened for one in cases), *(one.opened for one in proposed)]
    return {
        "title": event.title if event else "",
        "day": day_text(event.starts.date(), settings.language) if event and event.starts else "",
        "off": off,
        "news": [
            (status, [_who(row, form, since, arrived) for row in rows])
            for status, rows in _by_status(_changed(listed, state, since))
        ],
        "totals": [] if off else [(status, str(len(rows))) for status, rows in _by_status(listed)],
        _CASES: _listed(waiting[_CASES]),
        _PRESSING: [_of_a_stranger(as_told(case.who)) for case in waiting[_PRESSING]],
        _OVERTAKEN: _listed(waiting[_OVERTAKEN]),
        _MENDED: any(case.opened >= since for case in waiting[_MENDED]),
        "mailings": [PROPOSED[one.kind] for one in proposed],
        "is_new": bool(waiting[_OVERTAKEN]) or any(moment >= since for moment in opened),
    }


def _changed(rows: Sequence[Registration], state: EventState, since: datetime) -> list[Registration]:
    """Those of the rows that came or became something else."""
    as_it_was = _only_confirmed(state, since)
    return [
        row for row in rows if row.received >= since or (row.changed >= since and row.nr not in as_it_was)
    ]


_CASES, _PRESSING, _OVERTAKEN, _MENDED = "cases", "pressing", "overtaken", "mended"


def _by_pressure(state: EventState, settings: Settings, now: datetime) -> dict[str, list[Case]]:
    """The cases that wait: those that the event overtook, those that press, and the others; and those that
    tell of what was mended in a workbook."""
    found: dict[str, list[Case]] = {_CASES: [], _PRESSING: [], _OVERTAKEN: [], _MENDED: []}
    for case in sorted((one for one in state.cases if not one.stays_open), key=_comes_first):
        if case.only_tells:
            found[_MENDED].append(case)
        elif case.is_overtaken(settings.events, now, settings.zone):
            found[_OVERTAKEN].append(case)
        elif case.presses(settings.events, now, settings.zone):
            found[_PRESSING].append(case)
        else:
            found[_CASES].append(case)
    return found


def _proposed(state: EventState, event: Event | None, settings: Settings, now: datetime) -> list[Mailing]:
    """The mailings that she is asked to start, as long as there is reason to."""
    if event is None:
        return []
    instead = settings.successor_of(event)
    return [
        one for one in state.mailings if one.waits and not one.is_outlived(event, instead, now, settings.zone)
    ]


#: Lines of each list: many mails of strangers bury nothing that concerns her.
_MOST_LISTED = 25


@dataclass(frozen=True, slots=True)
class _Listed:
    """Cases as the digest has them: what each line says (the case, who, how many more about that person), and
    how many of those about nobody who is registered are only counted (``left``)."""

    lines: tuple[tuple[str, str, int], ...]
    left: int

    def __len__(self) -> int:
        return sum(1 + more for *_, more in self.lines) + self.left


def _listed(cases: Sequence[Case]) -> _Listed:
    """A line for each person who is registered, whatever strangers send about them or about others, and of
    all other cases the first."""
    about: dict[str, list[Case]] = {}
    for case in cases:
        if case.registration:
            about.setdefault(case.registration, []).append(case)
    others = [[case] for case in cases if not case.registration]
    shown = (*about.values(), *others[:_MOST_LISTED])
    lines = tuple((title(some[0]), _of_a_stranger(as_told(some[0].who)), len(some) - 1) for some in shown)
    return _Listed(lines, max(0, len(others) - _MOST_LISTED))


def _comes_first(case: Case) -> tuple[bool, datetime]:
    """The order of cases: those about who is registered before those of anybody, which are as many as
    strangers like."""
    return not case.registration, case.opened


def _of_a_stranger(text: str) -> str:
    """What somebody wrote as their name or subject, as the digest carries it: the address of a page would be
    an invitation in our name. The workbooks show all of it."""
    return without_pages(text) or "…" if text else text


def _by_status(rows: Iterable[Registration]) -> list[tuple[str, list[Registration]]]:
    """Registrations under what each status is called, in the order of statuses; none without any."""
    grouped = ((status.value, [row for row in rows if row.status is status]) for status in Status)
    return [(status, found) for status, found in grouped if found]


def _came_to_stand(state: EventState, since: datetime) -> Iterator[str]:
    """The nrs of those whose status is of ``since``: the list in which they stand is itself the news."""
    for logged in state.log:
        if logged.at >= since and logged.line.registration and _gives_a_status(logged.line.what):
            yield logged.line.registration


def _only_confirmed(state: EventState, since: datetime) -> frozenset[str]:
    """The nrs of those of whom nothing else was done since then than that their confirmation went out."""
    done: dict[str, set[bool]] = {}
    for logged in state.log:
        if logged.at >= since and logged.line.registration:
            what = logged.line.what
            confirms = isinstance(what, Statement) and what.code is Done.CONFIRMATION_SENT
            done.setdefault(logged.line.registration, set()).add(confirms)
    return frozenset(nr for nr, confirms in done.items() if confirms == {True})


def _gives_a_status(what: Told) -> bool:
    if isinstance(what, str):
        return False
    parts = what.facts.get("changes", ()) if what.code is Done.SEVERAL else ()
    several = isinstance(parts, tuple) and any(_gives_a_status(p) for p in parts if isinstance(p, Statement))
    return what.code in _GIVES_A_STATUS or several


#: What is done to a row that comes to stand in another list.
_GIVES_A_STATUS = frozenset({Done.STATUS_GIVEN, Done.STATUS_MOVED, Done.STATUS_MOVED_FOR, Done.TYPED_IN})


def _who(row: Registration, form: Form | None, since: datetime, arrived: Set[str]) -> dict[str, object]:
    name = (name_of(row.answers, form) or organisation_of(row.answers, form) if form else "") or sent_in_by(
        row
    )
    is_new = row.received >= since or row.nr in arrived
    return {"name": _of_a_stranger(name) or row.nr, "nr": row.nr, "is_new": is_new}


def _mail(
    to: str,
    events: list[dict[str, object]],
    no_form: Sequence[tuple[str, str]],
    settings: Settings,
    now: datetime,
    *,
    news: bool,
) -> Mail:
    today = now.astimezone(settings.zone).date()
    words = texts(settings).render(
        "digest",
        {
            **event_facts(None, settings),
            "greeting_name": "",
            "events": events,
            "most_listed": _MOST_LISTED,
            "no_form": [(_of_a_stranger(by), _of_a_stranger(about)) for by, about in no_form],
            "nothing_by_itself": news,
            "day": day_text(today, settings.language),
        },
    )
    return Mail(
        key=f"digest/{today.isoformat()}/{to.lower()}",
        kind="digest",
        to=Address(to),
        sender=replies_from(None, None, settings),
        subject=words.subject,
        text=words.text,
        html=words.html,
    )
