"""Her ``inschrijven`` of somebody who was declined, or whose calendar declined."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.decision import decide, decide_case
from mailbot.domain.case import Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.registration import Status

from .building import MORNING, event, known, row, rows_after, settings
from .test_read_and_decided import read

LATER = MORNING + timedelta(days=1)
REGISTER = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=Choice.REGISTER)


@pytest.mark.parametrize("room", [True, False])
def test_who_was_out_by_a_declined_invitation_comes_back_with_the_arrival_that_they_had(room: bool) -> None:
    gone = row(status=Status.CANCELLED, at=MORNING - timedelta(days=5))
    waits = row(2, Status.WAITLISTED, name="Bo Dams", at=MORNING)
    full = (row(3, name="Rik Bos"),) * (not room)
    case = Case(
        CaseKind.CALENDAR_DECLINE,
        "Els",
        "?",
        (Choice.REGISTER,),
        MORNING,
        "kis",
        registration="INS-0001",
        id=7,
    )
    here = settings(event(capacity=1))
    (back,) = rows_after(decide_case(case, REGISTER, known(gone, waits, *full), here, LATER))
    assert back.status is (Status.REGISTERED if room else Status.WAITLISTED)
    assert back.arrived == gone.arrived


def test_who_was_too_late_and_was_declined_can_be_registered_when_they_write_again() -> None:
    late = row(status=Status.LATE, at=MORNING - timedelta(days=1))
    text = "Ik had mij nochtans ingeschreven. Kan ik toch komen?"
    arrival, submission = read(text, sender="Els Maes <els@damme.example>", now=LATER)
    (case,) = decide(arrival, submission, known(late), settings(), LATER).cases
    assert case.choices[0] is Choice.REGISTER
    case = replace(case, id=7)
    decision = decide_case(case, REGISTER, known(late), settings(), LATER, arrival, submission)
    assert [(one.status, one.arrived) for one in rows_after(decision)] == [(Status.REGISTERED, late.arrived)]
