"""A body of which nobody comes, as its general address answers the reminder: what she can do with it."""

from __future__ import annotations

import pytest

from mailbot.decision.announcements import unanswered
from mailbot.domain.case import Choice
from mailbot.domain.registration import Registration, Status
from mailbot.notifications import compose
from mailbot.wording import matter

from .building import MORNING, event, known, row, rows_after, settings
from .test_choices_in_words import case_of, chosen
from .test_read_and_decided import ONE_MEETING, read

OFFICE = "Info Brugge <info@brugge.example>"
NOBODY = "Voor Brugge zal niemand aanwezig zijn. Gelieve ons te verontschuldigen."
PIET = row(1, name="Piet Claes", organisation="Brugge", email="piet@brugge.example")
ANN = row(2, Status.WAITLISTED, name="Ann Bos", organisation="Brugge", email="ann@brugge.example")
OF_DAMME = row(3)


@pytest.mark.parametrize(
    "text",
    [
        NOBODY,
        "Er komt niemand van ons bestuur.",
        "Niemand van Brugge kan aanwezig zijn op het Kennisplatform.",
        "Vanuit Brugge neemt er niemand deel.",
        "Stad Brugge zal niet vertegenwoordigd zijn op het Kennisplatform.",
        "Gemeente Brugge laat zich verontschuldigen voor het Kennisplatform.",
        "Brugge komt niet.",
        "Nobody from Brugge will attend.",
        "Personne de Brugge ne sera présent.",
    ],
)
def test_words_that_nobody_of_a_body_comes_are_told_so(text: str) -> None:
    assert read(text, sender=OFFICE)[1].absent_body == "Brugge"
    case = case_of(text, known(OF_DAMME), OFFICE)
    assert matter(case) == f'Van Brugge komt niemand: "{text}"'
    assert case.choices[0] is Choice.EXCUSE
    assert not {Choice.REGISTER, Choice.WITHDRAW} & {*case.choices}


@pytest.mark.parametrize(
    "text",
    [
        "Jan Peeters van Brugge komt niet.",
        "De burgemeester van Brugge is verhinderd.",
        "Mijn collega van Brugge kan niet.",
        "Ons team komt niet.",
        "Wij zullen niet aanwezig zijn.",
        "Damme en Brugge komen niet.",
        "Voor Brugge komt Jan Peeters niet, wel Ann Bos.",
        "Misschien komt er niemand van Brugge.",
    ],
)
def test_words_about_somebody_are_of_no_whole_body(text: str) -> None:
    assert read(text, sender=OFFICE)[1].absent_body == ""


@pytest.mark.parametrize(
    "sender", [OFFICE, "Tine Maes <tine@brugge.example>", "Iemand <iemand@elders.example>"]
)
def test_noting_it_makes_the_body_one_that_answered_and_says_so_in_one_sentence(sender: str) -> None:
    decision = chosen(NOBODY, Choice.EXCUSE, OF_DAMME, sender=sender)
    (after,) = rows_after(decision)
    assert (after.status, after.answers) == (Status.EXCUSED, {"organisation": "Brugge", "attends": False})
    here = settings(event(organisations="brugge"))
    assert "Brugge" not in unanswered(here.events["kis"], (OF_DAMME, after), here)
    arrival, _ = read(NOBODY, sender=sender)
    (told,) = compose(decision, arrival, ONE_MEETING, MORNING)
    assert "Brugge is verontschuldigd voor “Kennisplatform”." in told.text
    (again,) = rows_after(chosen(NOBODY, Choice.EXCUSE, after, sender=sender))
    assert again == after, "the same body once"


@pytest.mark.parametrize(
    ("choice", "status"), [(Choice.WITHDRAW, Status.CANCELLED), (Choice.EXCUSE, Status.EXCUSED)]
)
def test_where_some_of_it_are_on_the_list_it_is_about_them(choice: Choice, status: Status) -> None:
    case = case_of(NOBODY, known(PIET, ANN, OF_DAMME), OFFICE)
    assert case.choices[0] is Choice.WITHDRAW
    assert "Staan op de lijst: Piet Claes en Ann Bos. Daarover gaat uw keuze." in matter(case)
    after: tuple[Registration, ...] = rows_after(chosen(NOBODY, choice, PIET, ANN, OF_DAMME, sender=OFFICE))
    assert [(one.nr, one.status) for one in after] == [(PIET.nr, status), (ANN.nr, status)]
