"""Who asks whether they can still come, and who comes only if: what the case says and offers."""

from __future__ import annotations

from datetime import date

import pytest

from mailbot.domain.case import Choice
from mailbot.domain.registration import Status
from mailbot.wording import matter

from .building import event, known, local, row, settings
from .test_read_and_decided import mailed

ELS = "Els Maes <els@damme.example>"
ASKS = "Kan ik me nog inschrijven?"


@pytest.mark.parametrize(
    ("deadline", "until"),
    [(date(2026, 11, 1), "tot en met 1 november"), (local(2026, 11, 9, 12), "tot 09/11/2026 om 12.00 uur")],
)
@pytest.mark.parametrize("text", [ASKS, "Ik kom graag met mijn collega, kan dat nog?"])
def test_a_question_to_come_after_the_deadline_says_what_it_was(
    text: str, deadline: date, until: str
) -> None:
    (case,) = mailed(text, sender=ELS, here=settings(event(deadline=deadline)))[0].cases
    assert Choice.REGISTER in case.choices
    assert f"Dat is te laat: inschrijven kon {until}." in matter(case)


def test_in_time_or_of_who_is_registered_nothing_is_said_of_a_deadline() -> None:
    late = settings(event(deadline=date(2026, 11, 1)))
    for decision in (
        mailed(ASKS, sender=ELS)[0],
        mailed("Is er parking?", "Vraag", ELS, known(row()), late)[0],
    ):
        assert "te laat" not in matter(decision.cases[0])


@pytest.mark.parametrize("ask", ["Is er parking?", "Kan ik een vegetarische maaltijd krijgen?"])
@pytest.mark.parametrize("status", [Status.REGISTERED, Status.WAITLISTED])
def test_who_asks_and_else_does_not_come_is_answered_first_and_can_be_withdrawn(
    ask: str, status: Status
) -> None:
    decision, _ = mailed(f"{ask} Anders kom ik niet.", "Vraag", ELS, known(row(status=status)))
    choices = decision.cases[0].choices
    assert choices[0] is Choice.ANSWER
    assert {Choice.WITHDRAW, Choice.EXCUSE} <= {*choices}
    assert len(choices) == len({*choices})
