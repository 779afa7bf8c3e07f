"""Places that are asked for without names: a row each, kept while the names are asked."""

from __future__ import annotations

import pytest

from mailbot.decision import decide
from mailbot.domain.decision import Ask, Decision, Outcome, PendingQuestion
from mailbot.domain.registration import Status
from mailbot.domain.submission import Act, ActKind, Intent

from .building import MORNING, event, form_of, known, mail, person, row, settings, words
from .test_read_and_decided import mailed

KIS = event(title="Kennisplatform Intergemeentelijk Samenwerken")


def asked_for(
    number: int, *, agreed: bool = True, email: str = "els@damme.example", **more: object
) -> Decision:
    acts = (Act(ActKind.PLACES, places=number, agreed=agreed),)
    said = words(Intent.UNCLEAR, f"Graag {number} plaatsen op het Kennisplatform.", acts=acts, **more)
    return decide(mail(email, subject="Kennisplatform"), said, known(), settings(KIS), MORNING)


def test_each_place_of_a_known_body_is_a_row_that_asks_for_a_name() -> None:
    decision = asked_for(3)
    assert (decision.outcome, decision.cases) == (Outcome.INCOMPLETE, ())
    rows = [result.after for result in decision.results if result.after]
    assert [(one.status, one.answers["organisation"]) for one in rows] == [(Status.INCOMPLETE, "Damme")] * 3
    assert {problem.field for problem in rows[0].doubts} == {"last_name", "first_name"}
    assert not any("email" in one.answers for one in rows), "the sender is nobody of them yet"


@pytest.mark.parametrize(
    "more",
    [
        {"number": 6},
        {"number": 3, "email": "els@nergens.example"},
        {"number": 3, "agreed": False},
        {"number": 3, "question": "Is er parking?"},
    ],
)
def test_more_places_or_those_of_a_stranger_are_for_a_person(more: dict[str, object]) -> None:
    decision = asked_for(**more)  # type: ignore[arg-type]
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())


def test_a_name_in_answer_takes_a_place_that_had_none() -> None:
    kept = [row(n, name="", email="", status=Status.INCOMPLETE) for n in (1, 2)]
    asked = PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001", "INS-0002"))
    of = known(*kept, thread=("INS-0001", "INS-0002"), thread_event="kis", asked=asked)
    said = form_of(person("Jan Peeters"), person("An Smet"))
    decision = decide(mail(), said, of, settings(KIS), MORNING)
    assert [result.after.nr for result in decision.results if result.after] == ["INS-0001", "INS-0002"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Wij zijn met vier.", 0),
        ("Wij zijn met vier schepenen in Damme.", 0),
        ("Ik kom. We zijn met drie.", 0),
        ("Schrijf mij in. Wij zijn met vier.", 0),
        ("Wij zijn met vier op de dienst. Ik kom.", 0),
        ("Wij komen met drie.", 3),
        ("Graag 3 plaatsen.", 3),
        ("Graag inschrijven. Wij zijn met drie.", 3),
    ],
)
def test_how_many_some_people_are_asks_for_no_places(text: str, rows: int) -> None:
    decision, _ = mailed(text)
    assert (len(decision.results), len(decision.cases)) == (rows, 0 if rows else 1)
