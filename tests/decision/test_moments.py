"""The moments at which the time brings something about are known beforehand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from mailbot.decision import decide_scheduled
from mailbot.decision.announcements import facts_of
from mailbot.decision.scheduled import moments
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
