"""What somebody plainly changes about themselves, in a mail of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide
from mailbot.domain.decision import Decision, DecisionContext, Outcome
from mailbot.domain.message import Arrival
from mailbot.domain.submission import Act, ActKind, Intent, Submission
from mailbot.pipeline.offered_change import with_offered_changes

from .building import MORNING, clue, known, mail, row, settings, words

TEXT = "Mijn nieuw gsm-nummer is 0470 12 34 56."


def changing(text: str = TEXT, field: str = "phone", **more: object) -> Submission:
    act = Act(ActKind.CHANGE, field=field, words=text, agreed=True)
    return words(Intent.CHANGE, text, acts=(act,), clues=(clue("kis"),), **more)


def outcome(
    submission: Submission, context: DecisionContext | None = None, arrival: Arrival | None = None
) -> Decision:
    """What becomes of a mail that changes something, as the service decides it."""
    context, arrival, config = context or known(row()), arrival or mail(name="Els Maes"), settings()
    first = decide(arrival, submission, context, config, arrival.received)
    offered = with_offered_changes(first, submission, context, arrival.message, config)
    return (
        decide(arrival, offered.own, context, config, arrival.received) if offered.own else offered.decision
    )


def test_who_changes_their_own_number_in_a_new_mail_has_it_changed() -> None:
    decision = outcome(changing())
    (result,) = decision.results
    assert (decision.outcome, decision.cases) == (Outcome.CHANGED, ())
    assert result.after is not None
    assert result.after.text("phone") == "0470 12 34 56"


@pytest.mark.parametrize(
    "arrival",
    [
        mail("jan@damme.example", name="Jan Claes"),
        mail("els@provider.example", name="Els Maes"),
        mail(name="Jan Claes"),  # at her address
    ],
)
def test_nobody_else_changes_a_number_in_a_new_mail(arrival: Arrival) -> None:
    assert outcome(changing(), arrival=arrival).results == ()


@pytest.mark.parametrize("text", ["Mijn gsm is veranderd.", f"{TEXT} Is er een lift?"])
def test_a_change_without_a_value_or_with_a_question_is_read_by_a_person(text: str) -> None:
    question = text.removeprefix(TEXT).strip() if "?" in text else ""
    decision = outcome(changing(text, question=question))
    assert decision.outcome is Outcome.REVIEW


def test_of_two_registrations_at_an_address_neither_is_guessed() -> None:
    both = known(row(), row(2, name="Jan Maes"))
    assert outcome(changing(), both).outcome is Outcome.REVIEW


def test_words_that_want_more_than_a_change_are_read_by_a_person() -> None:
    assert outcome(replace(changing(), intent=Intent.UNCLEAR)).outcome is Outcome.REVIEW


def test_a_change_in_a_mail_that_passes_another_on_is_read_by_a_person() -> None:
    passed = mail(name="Els Maes", forwarded=mail("jan@damme.example").message)
    assert outcome(changing(), arrival=passed).results == ()


def test_an_answer_in_a_thread_changes_nothing_by_itself() -> None:
    threaded = known(row(), thread=("INS-0001",), thread_event="kis")
    first = decide(mail(name="Els Maes"), changing(), threaded, settings(), MORNING)
    offered = with_offered_changes(first, changing(), threaded, mail(name="Els Maes").message, settings())
    assert offered.own is None
