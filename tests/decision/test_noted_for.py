"""What is asked to be noted of somebody by name, by who registered them and by others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide
from mailbot.domain.case import Choice
from mailbot.domain.decision import Ask, Decision, Outcome, PendingQuestion
from mailbot.domain.registration import Registration
from mailbot.intent.follow_up import complete
from mailbot.intent.noted_for import as_statement
from mailbot.pipeline.offered_change import with_offered_changes

from .building import MORNING, form, known, row
from .test_read_and_decided import JAN, ONE_MEETING, read

SELF, BO, ELS = (
    row(nr, name=name, email=email, sender="jan@damme.example")
    for nr, name, email in (
        (1, "Jan Peeters", "jan@damme.example"),
        (2, "Bo Claes", "bo@damme.example"),
        (3, "Els Maes", "els@damme.example"),
    )
)


def decided(text: str, *rows: Registration, in_thread: bool, sender: str = JAN) -> Decision:
    """What becomes of a mail when these are registered, as the service decides it; ``in_thread``: it answers
    ours about them all."""
    arrival, said = read(text, f"{'Re: ' if in_thread else ''}Kennisplatform", sender)
    context, nrs = known(*rows), tuple(one.nr for one in rows)
    if in_thread:
        asked = PendingQuestion(Ask.TOLD, "kis", nrs, rows)
        context = replace(
            context, thread=nrs, thread_event="kis", answers_mail_about=frozenset(nrs), asked=asked
        )
        said = complete(said, asked, form("kennisplatform"), ONE_MEETING)
    decision = decide(arrival, said, context, ONE_MEETING, MORNING)
    offered = with_offered_changes(decision, said, context, arrival.message, ONE_MEETING)
    return decide(arrival, offered.own, context, ONE_MEETING, MORNING) if offered.own else offered.decision


ASKED = [
    ("Kan u voor Bo Claes noteren dat zij glutenvrij eet?", "diet", "glutenvrij"),
    ("Noteer voor Bo Claes: vegetarisch.", "diet", "vegetarisch"),
    ("Bij Bo Claes mag u als functie schepen van cultuur zetten.", "role", "schepen van cultuur"),
    ("Kan je bij Bo Claes als gsm 0470 11 22 33 noteren?", "phone", "0470 11 22 33"),
    ("Could you note for Bo Claes that she eats vegetarian?", "diet", "vegetarian"),
]


@pytest.mark.parametrize(("text", "key", "value"), ASKED)
@pytest.mark.parametrize("in_thread", [False, True])
def test_who_registered_somebody_has_it_noted_of_them(
    text: str, key: str, value: str, in_thread: bool
) -> None:
    decision = decided(text, SELF, BO, ELS, in_thread=in_thread)
    (result,) = decision.results
    assert result.after is not None
    assert (result.outcome, result.after.nr, result.after.text(key)) == (Outcome.CHANGED, BO.nr, value)
    assert decision.cases == ()


@pytest.mark.parametrize(
    "text", ["Bij Bo Claes als functie schepen.", "Gelieve bij Bo Claes als functie schepen te noteren."]
)
def test_a_function_is_noted_as_one_of_those_we_told_of(text: str) -> None:
    decision = decided(text, SELF, BO, ELS, in_thread=True)
    assert [r.after.text("role") for r in decision.results if r.after] == ["schepen"]


@pytest.mark.parametrize(("text", "key", "value"), ASKED)
def test_what_is_asked_of_somebody_else_is_never_the_writers(text: str, key: str, value: str) -> None:
    for in_thread in (False, True):
        decision = decided(text, SELF, in_thread=in_thread)
        assert (decision.results, len(decision.cases)) == ((), 1)


@pytest.mark.parametrize(("text", "key", "value"), ASKED)
def test_a_stranger_and_who_has_no_say_any_more_change_nothing(text: str, key: str, value: str) -> None:
    stranger = decided(text, BO, in_thread=False, sender="Kim Vos <kim@elders.example>")
    claimed = decided(text, SELF, replace(BO, claimed=True), in_thread=False)
    for decision in (stranger, claimed):
        assert not any(result.outcome is Outcome.CHANGED for result in decision.results)
        assert len(decision.cases) == 1
    assert Choice.TAKE_NEW in stranger.cases[0].choices


def test_a_request_that_asks_something_else_stays_as_it_is() -> None:
    for text in (
        "Kan ik bij Bo Claes terecht?",
        "Kan u voor Bo Claes een plaats noteren?",
        "Kan u voor Bo Claes noteren of zij komt?",
    ):
        assert as_statement(text) == text
