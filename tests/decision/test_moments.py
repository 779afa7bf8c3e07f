"""The moments at which the time brings something about are known beforehand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mailbot.decision import decide_scheduled
from mailbot.decision.announcements import facts_of
from mailbot.decision.scheduled import moments, wants_all
from mailbot.domain.case import WAITED, Case, CaseKind, Choice
from mailbot.domain.decision import EventState
from mailbot.domain.event import Event
from mailbot.domain.registration import Registration, Status

from .building import event, row, settings

BEGIN = datetime(2026, 11, 10, 9, tzinfo=UTC)
DAYS = 450
ROWS = (row(1), row(2, Status.WAITLISTED, name="An Bos"))
UNCOMPLETED = row(3, Status.INCOMPLETE, name="Bo Claes", at=BEGIN - timedelta(days=1))
CASES: dict[str, tuple[Event, tuple[Registration, ...], tuple[Event, ...]]] = {
    "practical information": (event(practical="Parkeren kan achteraan.", practical_days=4), ROWS, ()),
    "thanks": (event(thanks="Dank."), (row(1, attended=True),), ()),
    "a reminder before the deadline": (event(organisations="brugge"), ROWS, ()),
    "a reminder before the start": (event(organisations="brugge", deadline=None), ROWS, ()),
    "an incomplete registration": (event(), (*ROWS, UNCOMPLETED), ()),
    "a place that comes free": (event(capacity=2), (*ROWS, UNCOMPLETED), ()),
    "answers to clear": (event(clear_after_days=10), (row(1, answers={"diet": "vegetarisch"}),), ()),
    "a list to destroy": (event(clear_after_days=10), ROWS, ()),
    "another one in its place": (event(), ROWS, (event(id="later", replaces="kis", starts=None, ends=None),)),
    "without a date": (event(starts=None, ends=None, deadline=date(2026, 11, 23)), ROWS, ()),
}


@pytest.mark.parametrize("name", CASES)
def test_between_two_moments_the_time_brings_nothing_about(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moments, "AT_LEAST", timedelta(days=3650))  # what a check forgets is to be seen
    of, rows, others = CASES[name]
    configured = settings(of, *others)
    if of.organisations:
        assert configured.organisations.members(of.organisations)
    state = EventState(of.id, rows, (), (), BEGIN)

    def due(now: datetime) -> bool:
        return bool(decide_scheduled(of, facts_of(of), state, frozenset(), configured, now))

    something, looked, until = False, BEGIN, BEGIN
    for hour in range(0, 24 * DAYS, 5):
        for now in (BEGIN + timedelta(hours=hour), BEGIN + timedelta(hours=hour, microseconds=1)):
            if now >= until:
                looked, until = now, moments.next_look(of, state, configured, now)
                found = due(now)
                something |= found
            else:
                assert due(now) == found, f"{now} is as {looked}"
    assert something is (name != "without a date")


def test_what_a_check_forgets_is_seen_within_the_hour() -> None:
    nothing = EventState("kis", (), (), (), BEGIN)
    assert moments.next_look(event(starts=None, ends=None, deadline=None), nothing, settings(), BEGIN) == (
        BEGIN + timedelta(hours=1)
    )


LIST = event(organisations="brugge", reminder_days=7)
CASE_OF_PLACES = Case(
    CaseKind.CAPACITY, "Kennisplatform", "", (Choice.DONE,), BEGIN, "kis", key="capacity:kis:1:2:x"
)
FEW_CASES: dict[str, tuple[Event, tuple[Registration, ...], tuple[Event, ...], tuple[Case, ...]]] = {
    **{name: (*of, ()) for name, of in CASES.items()},
    "everybody of a list": (LIST, ROWS, (), ()),
    "more than there are places": (event(capacity=1), (row(1), row(4), row(5)), (), ()),
    "a case about places": (event(capacity=9), (row(1), row(4)), (), (CASE_OF_PLACES,)),
    "a case that settled itself": (
        event(),
        (row(1), row(4, Status.CANCELLED), row(5)),
        (),
        (replace(CASE_OF_PLACES, id=7, kind=CaseKind.LATE, registration="INS-0004", key="late:4"),),
    ),
    "people waited for": (
        event(),
        (row(1), row(4), row(5)),
        (),
        (replace(CASE_OF_PLACES, kind=CaseKind.UNCLEAR, key="u", payload={WAITED: "INS-0004 INS-0005"}),),
    ),
    "nobody": (event(practical="Parkeren kan achteraan.", practical_days=4), (), (), ()),
}


@pytest.mark.parametrize("moved", [False, True])
@pytest.mark.parametrize("name", FEW_CASES)
def test_where_a_few_registrations_are_enough_all_of_them_bring_about_the_same(
    name: str, moved: bool
) -> None:
    of, rows, others, cases = FEW_CASES[name]
    configured = settings(of, *others)
    told = facts_of(of) if not moved else replace(facts_of(of), place="elders")
    whole = EventState(of.id, rows, cases, (), BEGIN)
    about = {nr for case in cases for nr in (case.registration, *case.payload.get(WAITED, "").split())}
    registered = [one for one in rows if one.status is Status.REGISTERED][:1]
    few = tuple(r for r in rows if r.status is Status.INCOMPLETE or r.nr in about or r in registered)
    counts = Counter(one.status for one in rows)
    enough = 0
    for hour in range(0, 24 * DAYS, 5):
        now = BEGIN + timedelta(hours=hour)
        known = (configured, now)
        state = replace(whole, registrations=few)
        if not wants_all(of, told, state, counts, frozenset(), *known):
            enough += 1
            assert decide_scheduled(of, told, state, frozenset(), *known) == decide_scheduled(
                of, told, whole, frozenset(), *known
            )
    always = {"a case about places", "another one in its place", "without a date"}  # somebody waits there
    assert bool(enough) is (not moved and name not in always)
