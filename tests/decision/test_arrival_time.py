"""The mailbox's time counts; where the host on top of the mailbox says another, it is shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailbot.decision import decide
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Decision, Outcome
from mailbot.domain.done import Done
from mailbot.domain.registration import Status
from mailbot.domain.statement import say
from mailbot.wording import matter, what_was_done

from .building import event, form_of, known, mail, person, settings

#: The deadline of the event is midnight here, in Brussels.
MIDNIGHT = datetime(2026, 11, 23, 23, tzinfo=UTC)
LATER = MIDNIGHT + timedelta(days=1)
HOST = "mx.damme.example"


def decided(received: datetime, stamped: datetime, top: str = HOST, **more: object) -> Decision:
    arrival = mail(at=received, received_by=HOST, received_at=stamped)
    return decide(arrival, form_of(person()), known(top_host=top), settings(event(**more)), LATER)


@pytest.mark.parametrize("late", ["review", "refuse", "waitlist"])
@pytest.mark.parametrize("off", [-1, 1])
def test_two_times_on_either_side_of_the_deadline_are_a_case_that_shows_both(off: int, late: str) -> None:
    mailbox = MIDNIGHT + timedelta(minutes=30) * off
    decision = decided(mailbox, mailbox - timedelta(hours=1) * off, late=late)
    (case,) = decision.cases
    assert (decision.outcome, case.kind, case.choices[0]) == (Outcome.REVIEW, CaseKind.LATE, Choice.ACCEPT)
    assert all(shown in matter(case) for shown in ("23/11/2026 om 23.30.00 uur", "24/11/2026 om 0.30.00 uur"))
    assert HOST in matter(case)


def test_an_hour_off_on_the_same_side_is_a_line_in_the_log_and_the_mailbox_counts() -> None:
    received = MIDNIGHT - timedelta(hours=3)
    decision = decided(received, received - timedelta(hours=1))
    assert decision.outcome is Outcome.REGISTERED
    assert decision.results[0].after is not None
    assert decision.results[0].after.arrived == received
    assert [line for line in decision.log if line.what == say(Done.OTHER_ARRIVAL)]


def test_minutes_in_a_queue_are_nothing_to_tell() -> None:
    received = MIDNIGHT - timedelta(hours=3)
    decision = decided(received, received - timedelta(minutes=10))
    assert not [line for line in decision.log if line.what == say(Done.OTHER_ARRIVAL)]


def test_a_received_of_any_other_host_is_not_heard() -> None:
    late = decided(MIDNIGHT + timedelta(minutes=30), MIDNIGHT - timedelta(hours=1), top="")
    assert (late.cases[0].kind, HOST in matter(late.cases[0])) == (CaseKind.LATE, False)
    forged = decided(MIDNIGHT + timedelta(minutes=30), MIDNIGHT - timedelta(hours=1), top="mx.other.example")
    assert HOST not in matter(forged.cases[0])
    assert forged.results[0].after is not None
    assert forged.results[0].after.status is Status.LATE


def test_an_arrival_that_is_to_come_counts_and_is_told_in_the_log() -> None:
    ahead = mail(at=LATER + timedelta(days=400))
    decision = decide(ahead, form_of(person()), known(), settings(event(deadline=None)), LATER)
    assert decision.outcome is Outcome.REGISTERED  # the event is ahead, whatever that clock says
    assert any("dat moet nog komen" in what_was_done(line) for line in decision.log)
