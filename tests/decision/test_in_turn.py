"""A sentence that says of two in turn who comes and who does not: a "niet" is of whom it stands beside."""

from __future__ import annotations

import pytest

from mailbot.domain.decision import Outcome

from .test_beside_what_is_done import answered
from .test_changes_in_words import GRETA, HENDRIK, of_two
from .test_read_and_decided import left


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("Greta komt, Hendrik niet.", HENDRIK.nr),
        ("Hendrik komt, Greta niet.", GRETA.nr),
        ("Hendrik komt maar Greta niet.", GRETA.nr),
        ("Greta komt niet, Hendrik wel.", GRETA.nr),
        ("Hendrik wel, Greta niet", GRETA.nr),
        ("Hendrik Claeys komt, Greta Maes niet.", GRETA.nr),
    ],
)
def test_who_does_not_come_beside_who_does_is_whom_the_not_stands_beside(text: str, leaves: str) -> None:
    decision = of_two(text)
    assert (left(decision), decision.cases) == ([leaves], ())


@pytest.mark.parametrize(
    "text",
    [
        "Greta komt, Hendrik niet. Bo Claes (bo@damme.example) komt wel in de plaats.",
        "hendrik komt, greta niet",
        "Hendrik en Greta: de eerste komt, de tweede niet",
    ],
)
def test_who_may_be_either_of_two_leaves_by_nobodys_guess(text: str) -> None:
    decision = of_two(text)
    assert (decision.outcome, left(decision)) == (Outcome.REVIEW, [])


@pytest.mark.parametrize(
    "text",
    ["ik kom, mijn vrouw niet", "Ik kom maar mijn collega niet.", "kga komen, piet ni", "Ik kom, Piet niet."],
)
def test_who_comes_without_another_stays_on_the_list(text: str) -> None:
    decision = answered(text)
    assert (decision.outcome, left(decision)) == (Outcome.REVIEW, [])


@pytest.mark.parametrize("text", ["ik kom toch niet", "ik kom die dag niet"])
def test_a_not_of_the_writer_is_theirs(text: str) -> None:
    decision = answered(text)
    assert left(decision) == ["INS-0001"]
