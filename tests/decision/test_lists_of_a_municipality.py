"""Lists of people: where they are from, and what a column of its own says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.config.settings import Settings
from mailbot.decision import decide
from mailbot.domain.case import CaseKind
from mailbot.domain.decision import Decision, Note
from mailbot.domain.organisation import Organisation, Organisations
from mailbot.notifications import compose
from mailbot.wording import matter

from .building import MORNING, known, settings
from .test_meal_in_words import LUNCH
from .test_read_and_decided import read

WIM = "Wim Baert <wim@damme.example>"
LIST = (
    "Graag inschrijven voor het Kennisplatform:\n\nNaam | Voornaam | Functie | Lunch\n"
    "Claes | Karel | schepen | ja\nLambrecht | Sofie | raadslid | neen\n"
)
ONE_MEETING = settings()


def decided(text: str, sender: str = WIM, here: Settings = ONE_MEETING) -> tuple[Decision, str]:
    arrival, submission = read(text, "Inschrijvingen Kennisplatform", sender, here)
    decision = decide(arrival, submission, known(), here, MORNING)
    return decision, next((mail.text for mail in compose(decision, arrival, here, MORNING)), "")


def test_a_list_that_says_of_nobody_where_they_are_from_is_of_the_municipality_that_sends_it() -> None:
    decision, answer = decided(LIST)
    rows = [result.after for result in decision.results]
    assert [row.organisation_known for row in rows if row is not None] == ["Damme", "Damme"]
    assert all(Note.BODY_OF_SENDER in result.notes for result in decision.results)
    assert answer.count("Wij noteerden dat van u.") == 1


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        (LIST, "Wim Baert <wim@elders.example>"),
        (LIST.replace("Functie", "Gemeente").replace("schepen", "Brugge").replace("raadslid", ""), WIM),
        (LIST.replace("Lambrecht | Sofie | raadslid | neen\n", ""), WIM),
        (f"{LIST}\nMet vriendelijke groeten\nWim Baert\nStad Brugge", WIM),
    ],
)
def test_where_people_are_from_is_asked_where_a_list_or_its_sender_tells_otherwise(
    text: str, sender: str
) -> None:
    decision, _ = decided(text, sender)
    assert decision.results
    assert not any(Note.BODY_OF_SENDER in result.notes for result in decision.results)


def test_an_association_is_not_where_the_people_of_its_lists_are_from() -> None:
    body = Organisation(name="Regio", domains=("regio.example",), kind="vereniging")
    here = settings()
    bodies = Organisations(organisation=(*here.organisations.organisations, body))
    decision, _ = decided(LIST, "Wim Baert <wim@regio.example>", replace(here, organisations=bodies))
    assert not any(Note.BODY_OF_SENDER in result.notes for result in decision.results)


def test_a_column_about_a_meal_that_the_form_does_not_ask_is_shown() -> None:
    decision, answer = decided(LIST)
    assert [(case.kind, matter(case)) for case in decision.cases] == [
        (CaseKind.QUESTION, '"Lunch: Karel Claes ja, Sofie Lambrecht neen."')
    ]
    assert "is doorgegeven aan het secretariaat" in answer


def test_a_column_about_the_one_meal_that_the_form_asks_is_its_answer() -> None:
    decision, _ = decided(LIST, here=LUNCH)
    rows = [result.after for result in decision.results]
    assert [row.answers["own_0"] for row in rows if row is not None] == [True, False]
    assert not [case for case in decision.cases if case.kind is CaseKind.QUESTION]
