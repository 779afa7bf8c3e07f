"""Whose coming words are about, and of what: what only looks like an act of coming or staying away."""

from __future__ import annotations

import pytest

from mailbot.domain.decision import DecisionContext, Outcome
from mailbot.domain.registration import Status

from .building import known, row
from .test_read_and_decided import mailed

JAN, BO = (
    row(nr, name=name, email=email, sender="jan@damme.example")
    for nr, name, email in ((1, "Jan Peeters", "jan@damme.example"), (2, "Bo Claes", "bo@damme.example"))
)


def of_both() -> DecisionContext:
    """What is known of an answer of Jan's, who registered himself and Bo."""
    both = frozenset({JAN.nr, BO.nr})
    return known(JAN, BO, thread=(JAN.nr, BO.nr), thread_event="kis", answers_mail_about=both)


@pytest.mark.parametrize(
    "text",
    [
        "Bo Claes valt weg als spreker.",
        "Bo Claes kan niet komen als gastspreker.",
        "Ik meld mij af als moderator.",
        "Als panellid moet ik afzeggen.",
        "Schrap Bo Claes van het panel.",
        "Gelieve Bo Claes af te melden voor het panelgesprek.",
        "Bo Claes se retire comme oratrice.",
        "Bo Claes is no longer available as a speaker.",
    ],
)
def test_who_does_not_play_a_part_is_not_withdrawn(text: str) -> None:
    decision, _ = mailed(text, context=of_both())
    assert (decision.results, len(decision.cases)) == ((), 1)


@pytest.mark.parametrize(
    "text",
    [
        "Bo Claes valt weg.",
        "Bo Claes kan niet komen als schepen.",
        "Bo Claes kan als burgemeester niet komen.",
    ],
)
def test_an_office_of_who_stays_away_is_no_part(text: str) -> None:
    decision, _ = mailed(text, context=of_both())
    assert [r.after.status for r in decision.results if r.after] == [Status.CANCELLED]


@pytest.mark.parametrize(
    "text",
    [
        "Dat past mij dan wel slecht.",
        "Die dag past mij niet zo goed.",
        "Donderdag komt mij slecht uit.",
        "De datum past ons maar matig.",
        "Die dag past mij perfect.",
        "De nieuwe datum past mij ook.",
        "Cette date ne me convient pas très bien.",
        "That day suits me.",
    ],
)
@pytest.mark.parametrize("in_thread", [False, True])
def test_how_a_day_suits_puts_nobody_on_the_list_or_off_it(text: str, in_thread: bool) -> None:
    thread = known(JAN, thread=(JAN.nr,), thread_event="kis", answers_mail_about=frozenset({JAN.nr}))
    decision, _ = mailed(text, context=thread if in_thread else known())
    assert (decision.results, len(decision.cases)) == ((), 1)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Dat past mij slecht, maar ik kom.", Outcome.INCOMPLETE),
        ("De datum past, ik schrijf mij in.", Outcome.INCOMPLETE),
        ("Dat past mij slecht. Ik kom niet.", Outcome.EXCUSED),
        ("Die verplaatsing komt me slecht uit, ik zal er niet geraken.", Outcome.EXCUSED),
        ("Dat gaat helaas niet lukken, ik voel mij niet goed.", Outcome.EXCUSED),
    ],
)
def test_how_a_day_suits_hides_nothing_said_beside_it(text: str, outcome: Outcome) -> None:
    decision, _ = mailed(text)
    assert (decision.outcome, decision.cases) == (outcome, ())
