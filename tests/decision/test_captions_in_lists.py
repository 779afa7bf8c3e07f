"""What a list in a mail tells of people by captions: "Karel Claes, schepen, lunch: ja"."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.case import CaseKind
from mailbot.domain.decision import Decision, Outcome
from mailbot.domain.form import read_form
from mailbot.domain.submission import Value
from mailbot.workbook.cases import text_of_case
from tests.decision.test_read_and_decided import ONE_MEETING, mailed

_FORMS = Path(__file__).parent.parent.parent / "forms"
_LUNCH = read_form(_FORMS / "burgemeestersoverleg.toml").model_copy(update={"id": "kennisplatform"})
WITH_LUNCH = replace(ONE_MEETING, forms={"kennisplatform": _LUNCH})


def listed(*people: str, here: Settings = WITH_LUNCH) -> Decision:
    lines = "\n".join(f"- {one}" for one in people)
    text = f"Beste,\n\nVoor het kennisplatform schrijf ik in:\n{lines}\n\nGroeten\nJan Peeters\nDamme"
    decision, _ = mailed(text, "Inschrijving", "Jan Peeters <jan@damme.example>", None, here)
    return decision


def told(decision: Decision, key: str) -> list[Value | None]:
    """What each who is in has at a question, in the order of the list."""
    return [result.after.answers.get(key) for result in decision.results if result.after]


@pytest.mark.parametrize(
    ("people", "key", "values"),
    [
        (("Karel Claes, schepen, lunch: ja", "An Maes, raadslid, lunch: neen"), "lunch", [True, False]),
        (("Karel Claes (schepen) - Broodjeslunch: ja", "An Maes (raadslid)"), "lunch", [True, None]),
        (("Karel Claes, schepen, agendapunt: fiets", "An Maes, raadslid"), "agenda_item", ["fiets", None]),
        (("Karel Claes, functie: schepen, lunch: ja", "An Maes, raadslid"), "role", ["schepen", "raadslid"]),
    ],
)  # fmt: skip
def test_what_a_list_tells_by_a_caption_of_the_form_is_registered(
    people: tuple[str, ...], key: str, values: list[Value | None]
) -> None:
    decision = listed(*people)
    assert told(decision, "last_name") == ["Claes", "Maes"]
    assert told(decision, key) == values
    assert all(problem.field != key for result in decision.results for problem in result.problems)


def test_a_list_of_which_each_caption_was_read_is_not_passed_on() -> None:
    decision = listed("Karel Claes, schepen, lunch: ja", "An Maes, raadslid, lunch: neen")
    assert (decision.outcome, decision.cases) == (Outcome.REGISTERED, ())


@pytest.mark.parametrize("caption", ["parking", "Lunch", "Trein of auto"])
def test_what_the_form_does_not_ask_is_for_her(caption: str) -> None:
    decision = listed(f"Karel Claes, schepen, {caption}: ja", "An Maes, raadslid", here=ONE_MEETING)
    assert told(decision, "last_name") == ["Claes", "Maes"]
    (case,) = decision.cases
    assert case.kind is CaseKind.DOUBT
    assert f"De mail zegt ook “{caption}: ja”" in text_of_case(case, None)


def test_a_diet_that_is_none_leaves_nobody_out() -> None:
    people = ("Karel Claes, schepen, dieetwensen: vegetarisch", "An Maes, raadslid, dieetwensen: geen")
    decision = listed(*people, here=ONE_MEETING)
    assert told(decision, "last_name") == ["Claes", "Maes"]
    assert told(decision, "diet") == ["vegetarisch", None]
    assert decision.cases == ()


@pytest.mark.parametrize(
    "about", ["aanwezig: neen", "komt: nee", "verontschuldigd: ziek", "afwezig: ja", "neemt deel: neen"]
)
def test_who_is_said_not_to_come_by_a_caption_is_not_registered(about: str) -> None:
    decision = listed(f"Karel Claes, schepen, {about}", "An Maes, raadslid, lunch: ja")
    assert (decision.outcome, told(decision, "last_name")) == (Outcome.REVIEW, [])
    (case,) = decision.cases
    assert "An Maes" in text_of_case(case, None)


def test_what_is_doubted_behind_a_caption_is_doubted() -> None:
    decision = listed("Karel Claes, schepen, lunch: gewoon", "An Maes, raadslid, lunch: ja")
    assert told(decision, "lunch") == [None, True]
    doubts = [problem.field for result in decision.results for problem in result.problems]
    assert doubts == ["lunch"]
