"""What somebody plainly changes about themselves, or asks to be changed for another, in a mail of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.decision import decide, decide_case
from mailbot.domain.case import Case, Choice, Edit, EditKind
from mailbot.domain.decision import Decision, DecisionContext, Outcome
from mailbot.domain.message import Arrival
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Act, ActKind, Intent, Submission
from mailbot.notifications import compose
from mailbot.pipeline.offered_change import with_offered_changes
from mailbot.wording import matter

from .building import MORNING, clue, known, mail, row, settings, words
from .test_read_and_decided import read

LATER = MORNING + timedelta(hours=3)

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


def test_a_change_without_a_value_is_read_by_a_person() -> None:
    assert outcome(changing("Mijn gsm is veranderd.")).outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    ("text", "question", "changed"),
    [
        (f"{TEXT} Is er een lift?", "Is er een lift?", {"phone": "0470 12 34 56"}),
        ("Ik eet geen vlees. Is er parking?", "Is er parking?", {"diet": "geen vlees"}),
        ("Ik eet geen vlees, is er parking?", "is er parking?", {"diet": "geen vlees"}),
        ("Is er parking? En ik eet geen vlees.", "Is er parking?", {"diet": "geen vlees"}),
        (
            "Mijn nieuw adres is els.maes@damme.example, en ik eet vegetarisch. Is er parking?",
            "Is er parking?",
            {"email": "els.maes@damme.example", "diet": "vegetarisch"},
        ),
        (
            "Mijn nieuw adres is els.maes@damme.example, en ik eet vegetarisch.",
            "",
            {"email": "els.maes@damme.example", "diet": "vegetarisch"},
        ),
    ],
)
def test_what_is_changed_beside_a_question_is_done_and_the_question_is_passed_on(
    text: str, question: str, changed: dict[str, str]
) -> None:
    arrival, submission = read(text, sender="Els Maes <els@damme.example>")
    decision = outcome(submission, known(row()), arrival)
    (result,) = decision.results
    assert decision.outcome is Outcome.CHANGED
    assert {change.key: change.new for change in result.changes} == changed
    assert [matter(case) for case in decision.cases] == [f'"{question}"'] * bool(question)


@pytest.mark.parametrize(
    "text",
    [
        "Ik eet geen vlees maar Jan Claes wel. Is er parking?",
        "Ik eet geen vlees. Ik kom wat later. Is er parking?",
        "Ik ben schepen van cultuur. Is er parking?",
    ],
)
def test_more_than_a_change_and_a_question_is_read_by_a_person(text: str) -> None:
    arrival, submission = read(text, sender="Els Maes <els@damme.example>")
    decision = outcome(submission, known(row()), arrival)
    assert (decision.outcome, decision.results, len(decision.cases)) == (Outcome.REVIEW, (), 1)


def test_a_staying_away_beside_a_question_can_be_done_from_its_row() -> None:
    text = "Ik kan niet komen. Is er een verslag?"
    arrival, submission = read(text, sender="Els Maes <els@damme.example>")
    (case,) = outcome(submission, known(row()), arrival).cases
    assert (case.registration, case.choices[:2]) == ("INS-0001", (Choice.WITHDRAW, Choice.EXCUSE))


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


COLLEAGUES = (
    row(1, name="Els Maes"),
    row(2, name="Bo Claes", email="bo@damme.example", answers={"phone": "050 11 22 33"}),
    row(3, name="Cas Dries", email="cas@damme.example"),
)


def case_of(text: str, sender: str, *rows: Registration) -> tuple[Arrival, Submission, Case]:
    """A mail, what is understood of it, and its case with what that offers."""
    arrival, submission = read(text, sender=sender)
    context = known(*rows)
    first = decide(arrival, submission, context, settings(), MORNING)
    offered = with_offered_changes(first, submission, context, arrival.message, settings())
    assert offered.own is None
    (case,) = offered.decision.cases
    return arrival, submission, replace(case, id=7)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Het telefoonnummer van Bo Claes is gewijzigd naar 0478 12 34 56.", "phone", "0478 12 34 56"),
        (
            "Kan u het gsm-nummer van mijn collega Bo Claes aanpassen? Het is nu 0478 12 34 56.",
            "phone",
            "0478 12 34 56",
        ),
        ("Wilt u bij Bo Claes het telefoonnummer aanpassen naar 0478 12 34 56?", "phone", "0478 12 34 56"),
        ("Mijn collega Bo Claes eet vegetarisch.", "diet", "vegetarisch"),
        (
            "Het e-mailadres van Bo Claes is voortaan bo.claes@damme.example.",
            "email",
            "bo.claes@damme.example",
        ),
    ],
)
@pytest.mark.parametrize("listed", [True, False])
def test_a_change_that_is_asked_for_a_colleague_is_offered_at_their_row_and_told_to_both(
    text: str, field: str, value: str, listed: bool
) -> None:
    rows = COLLEAGUES if listed else COLLEAGUES[1:]
    arrival, submission, case = case_of(text, "Els Maes <els@damme.example>", *rows)
    assert (case.registration, case.choices[0], case.fields) == ("INS-0002", Choice.TAKE_NEW, (field,))
    edit = Edit(EditKind.DECISION, "rij 2", case=7, choice=Choice.TAKE_NEW)
    decision = decide_case(case, edit, known(*rows), settings(), LATER, arrival, submission)
    (result,) = decision.results
    assert result.after and (result.after.nr, result.after.answers[field]) == ("INS-0002", value)
    reached = {mail.to.email for mail in compose(decision, arrival, settings(), LATER) if not mail.calendar}
    assert {"els@damme.example", str(result.after.answers["email"])} <= reached


@pytest.mark.parametrize(
    "text",
    [
        "Wilt u bij Griet Bos het telefoonnummer aanpassen naar 050 99 88 77?",  # who is on no list
        "Mijn nummer is 0478 12 34 56. Bo Claes eet vegetarisch.",
        "Het nummer van Bo Claes is 0478 12 34 56 en dat van Cas Dries is 0479 12 34 56.",
        "Het nummer van Bo Claes is 0478 12 34 56, niet dat van Cas Dries.",
    ],
)
def test_a_value_is_offered_at_no_row_where_the_words_leave_open_whose_it_is(text: str) -> None:
    _, _, case = case_of(text, "Els Maes <els@damme.example>", *COLLEAGUES)
    assert Choice.TAKE_NEW not in case.choices
