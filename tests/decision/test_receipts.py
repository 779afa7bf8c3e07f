"""Who waits for a person hears that the mail arrived, if nothing is decided by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.config.settings import Secretariat
from mailbot.decision import decide
from mailbot.domain.case import CaseKind
from mailbot.domain.decision import Decision, DecisionContext, Outcome
from mailbot.domain.mail import Mail
from mailbot.domain.message import Arrival, Verdict
from mailbot.domain.submission import Act, ActKind, Intent
from mailbot.notifications import compose

from .building import MORNING, clue, event, form_of, known, mail, person, row, settings, words

IN_THREAD = {"thread": ("INS-0001",), "thread_event": "kis"}


def asked(arrival: Arrival, **more: bool | str) -> Decision:
    config = replace(settings(), secretariat=Secretariat.model_validate(more))
    question = words(Intent.NONE, "Is er een lift?", question="Is er een lift?")
    return decide(arrival, question, known(row(), **IN_THREAD), config, MORNING)


def mails(arrival: Arrival, **more: bool) -> tuple[Mail, ...]:
    return compose(asked(arrival, **more), arrival, settings(), MORNING)


def test_a_question_that_waits_is_told_half_an_hour_later_without_data() -> None:
    (told,) = mails(mail(name="Els Maes"))
    assert (told.kind, told.not_before) == ("receipt", MORNING + timedelta(minutes=30))
    assert told.in_reply_to == "<1@mail.example>"
    assert "INS-0001" not in told.text
    assert "Damme" not in told.text


def test_a_thread_has_one_receipt() -> None:
    first, again = mail(), mail(number=2, references=("<1@mail.example>",))
    assert [one.key for one in mails(first)] == [one.key for one in mails(again)]


@pytest.mark.parametrize(
    "arrival",
    [
        mail(no_answer="bulkmail"),
        mail(authentication=Verdict.FAIL),
        mail(automatic="automatisch antwoord"),
    ],
)
def test_what_may_not_be_answered_or_believed_has_none(arrival: Arrival) -> None:
    assert mails(arrival) == ()


def test_an_installation_may_want_none() -> None:
    assert mails(mail(), receipts=False) == ()


def test_the_secretariat_itself_hears_of_no_receipt_for_what_it_passes_on() -> None:
    arrival = mail(sender="griet@wvi.example")
    assert asked(arrival).receipt
    assert not asked(arrival, address="griet@wvi.example").receipt


def test_many_people_at_once_have_none() -> None:
    many = form_of(*(person(f"P Naam{n}", email=f"p{n}@damme.example") for n in range(11)))
    assert not decide(mail(), many, known(), settings(), MORNING).receipt


@pytest.mark.parametrize("act", [ActKind.ERASE, ActKind.ACCESS])
@pytest.mark.parametrize(
    "who", [known(), known(row()), known(row(), **IN_THREAD)], ids=["unknown", "known", "thread"]
)
def test_who_asks_about_their_data_hears_the_same_whether_they_are_known(
    act: ActKind, who: DecisionContext
) -> None:
    asks = Act(act, words="Verwijder mijn gegevens.", agreed=True)
    request = words(
        Intent.NONE, "Verwijder mijn gegevens van het kennisplatform.", acts=(asks,), clues=(clue(),)
    )
    decision = decide(mail(), request, who, settings(), MORNING)
    assert (decision.outcome, decision.receipt) == (Outcome.REVIEW, False)


@pytest.mark.parametrize(
    ("sender", "told"), [("jan@damme.example", True), ("x@gmail.com", False)], ids=["colleague", "stranger"]
)
def test_who_may_not_do_something_alone_hears_that_it_arrived_where_they_are_known(
    sender: str, told: bool
) -> None:
    withdraws = words(Intent.WITHDRAW, "Els Maes komt niet.", "Els Maes", clues=(clue(),))
    decision = decide(mail(sender), withdraws, known(row(email="")), settings(), MORNING)
    assert ([case.kind for case in decision.cases], decision.receipt) == ([CaseKind.UNRELATED], told)


def test_a_form_for_one_of_several_events_is_told_to_have_arrived() -> None:
    two = settings(event(), event(id="bur", title="Burgemeestersoverleg"))
    decision = decide(mail(), replace(form_of(person()), clues=()), known(), two, MORNING)
    assert ([case.kind for case in decision.cases], decision.receipt) == ([CaseKind.WHICH_EVENT], True)
    assert compose(decision, mail(), two, MORNING)
