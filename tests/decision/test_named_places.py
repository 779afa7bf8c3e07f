"""Places that an office asked without a name, and its answer that says who comes."""

from __future__ import annotations

import pytest

from mailbot.decision import decide
from mailbot.domain.decision import Ask, Decision, Outcome, PendingQuestion
from mailbot.domain.registration import Status
from mailbot.domain.submission import Intent
from mailbot.intent.follow_up import complete

from .building import MORNING, known, row, rows_after, settings
from .test_read_and_decided import read

HERE = settings()
OFFICE = "Secretariaat <secretariaat@damme.example>"


def answered(text: str) -> Decision:
    """The decision about an answer to the question for the names of two places."""
    places = tuple(
        row(nr, Status.INCOMPLETE, "", email="", sender="secretariaat@damme.example") for nr in (1, 2)
    )
    nrs = tuple(one.nr for one in places)
    asked = PendingQuestion(Ask.INCOMPLETE, "kis", nrs, places)
    arrival, submission = read(text, "Re: Over uw inschrijving: Kennisplatform", OFFICE)
    form = HERE.form_of(HERE.events["kis"])
    submission = complete(submission, asked, form, HERE)
    context = known(*places, thread=nrs, thread_event="kis", asked=asked)
    return decide(arrival, submission, context, HERE, MORNING)


@pytest.mark.parametrize(
    "text",
    [
        "Geert Pollet en Sara Lambrecht",
        "Het worden Geert Pollet en Sara Lambrecht.",
        "Plaats 1: Geert Pollet\nPlaats 2: Sara Lambrecht",
        "Geert Pollet\nSara Lambrecht\n\nMvg",
        "Ce seront Geert Pollet et Sara Lambrecht.",
    ],
)
def test_who_is_named_takes_the_places_that_were_asked(text: str) -> None:
    decision = answered(text)
    rows = rows_after(decision)
    assert [(one.nr, one.text("first_name"), one.status) for one in rows] == [
        ("INS-0001", "Geert", Status.REGISTERED),
        ("INS-0002", "Sara", Status.REGISTERED),
    ]
    assert decision.cases == ()


def test_what_stands_beside_the_names_is_in_their_rows() -> None:
    decision = answered("Het worden Geert Pollet (schepen, vegetarisch) en Sara Lambrecht (diensthoofd).")
    rows = rows_after(decision)
    assert [(one.text("role"), one.text("diet")) for one in rows] == [
        ("schepen", "vegetarisch"),
        ("diensthoofd", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Geert Pollet, voor plaats 2 weten we het nog niet.",
        "Geert Pollet, Sara Lambrecht en Bo Claes",
        "Geert Pollet of anders Sara Lambrecht",
    ],
)
def test_an_answer_that_says_more_than_who_comes_is_read_by_a_person(text: str) -> None:
    decision = answered(text)
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())


def test_names_answer_no_question_about_people_who_have_one() -> None:
    _, submission = read("Geert Pollet en Sara Lambrecht", "Re: Kennisplatform", OFFICE)
    rows = (row(1, Status.INCOMPLETE), row(2, Status.INCOMPLETE, "Jan Peeters"))
    asked = PendingQuestion(Ask.INCOMPLETE, "kis", tuple(one.nr for one in rows), rows)
    read_so = complete(submission, asked, HERE.form_of(HERE.events["kis"]), HERE)
    assert (read_so.intent is Intent.REGISTER, read_so.told) == (False, ())
