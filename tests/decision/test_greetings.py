"""By what name somebody is greeted who writes from an address that we know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide, decide_case
from mailbot.domain.case import Choice, Edit, EditKind
from mailbot.domain.registration import Registration
from mailbot.notifications import compose

from .building import MORNING, known, row, settings
from .test_read_and_decided import read

HERE = settings()


def greetings(sender: str, *rows: Registration) -> list[str]:
    """How the receipt, and then her answer, to a question of a sender begin."""
    context = known(*rows)
    arrival, submission = read("Is er parking op het Kennisplatform?", sender=sender)
    asked = decide(arrival, submission, context, HERE, MORNING)
    edit = Edit(EditKind.DECISION, "rij 2", case=1, choice=Choice.ANSWER, remark="Ja.")
    answer = decide_case(replace(asked.cases[0], id=1), edit, context, HERE, MORNING, arrival, submission)
    mails = (*compose(asked, arrival, HERE, MORNING), *compose(answer, arrival, HERE, MORNING))
    return [mail.text.splitlines()[0] for mail in mails]


@pytest.mark.parametrize("sender", ["els@damme.example", '"Maes, Els" <els@damme.example>'])
def test_who_is_on_the_list_is_greeted_by_name_whatever_their_program_shows(sender: str) -> None:
    assert greetings(sender, row()) == ["Beste Els Maes"] * 2


@pytest.mark.parametrize(
    ("sender", "rows"),
    [
        ("els@damme.example", ()),
        ("els@damme.example", (row(), row(2, name="Jan Maes"))),
        ("jan@damme.example", (row(),)),
        ("Onthaal Damme <els@damme.example>", (row(),)),
    ],
)
def test_nobody_is_greeted_by_the_name_of_somebody_else(sender: str, rows: tuple[Registration, ...]) -> None:
    assert greetings(sender, *rows) == ["Goedendag"] * 2
