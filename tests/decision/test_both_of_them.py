"""Words about their writer and somebody else: both are done, or it is shown."""

from __future__ import annotations

import pytest

from mailbot.domain.case import Choice

from .building import known, row
from .test_read_and_decided import answering, left, mailed

JAN = row(1, name="Jan Peeters", email="jan@damme.example", sender="jan@damme.example")
ELS = row(2, name="Els Maes", email="els@damme.example", sender="jan@damme.example")


@pytest.mark.parametrize(
    "text",
    [
        "Gelieve mij en Els Maes uit te schrijven.",
        "Schrijf mij en Els Maes uit.",
        "Gelieve Els Maes en mij af te melden.",
        "Please cancel me and Els Maes.",
    ],
)
def test_who_withdraws_themselves_and_another_by_name_withdraws_both(text: str) -> None:
    decision, _ = mailed(text, context=known(JAN, ELS))
    assert ({*left(decision)}, decision.cases) == ({JAN.nr, ELS.nr}, ())


def test_who_withdraws_another_and_says_that_they_do_not_come_either_is_shown() -> None:
    decision, _ = mailed("Schrijf Els Maes uit en mij ook.", context=known(JAN, ELS))
    assert (decision.results, len(decision.cases)) == ((), 1)


@pytest.mark.parametrize(
    "text", ["Gelieve mij en mijn collega uit te schrijven.", "Wil u mij en mijn collega afmelden?"]
)
def test_who_withdraws_with_somebody_unnamed_is_offered_no_registration(text: str) -> None:
    decision, _ = mailed(text, context=known(JAN))
    (case,) = decision.cases
    assert (decision.results, case.choices[0]) == ((), Choice.WITHDRAW)


@pytest.mark.parametrize(
    "text",
    [
        "Schrijf mij in. Mijn secretaresse is Tom Bos, tom@damme.example.",
        "Graag inschrijven. Voor de praktische kant: mijn medewerker Tom Bos, tom@damme.example.",
    ],
)
def test_how_to_reach_somebody_of_theirs_beside_a_coming_is_passed_on(text: str) -> None:
    assert "tom@damme.example" in mailed(text)[0].question


@pytest.mark.parametrize(
    "text",
    [
        "kom met veerle dumon (raadslid ook) in 1 auto",
        "Ik kom en heb Vicky van marketing bij.",
        "Ik kom en heb een tolk bij mij.",
    ],
)
def test_who_is_brought_in_words_that_the_rules_do_not_know_is_shown(text: str) -> None:
    decision, _ = mailed(text)
    assert (decision.results, len(decision.cases)) == ((), 1)


def test_a_town_behind_our_title_is_nobody_who_comes() -> None:
    decision, _ = mailed("Els Maes komt ook naar het Kennisplatform in Beernem.")
    assert [one.after and one.after.text("last_name") for one in decision.results] == ["Maes"]


@pytest.mark.parametrize("text", ["Dankjewel, zo vlot gaat het bij ons niet.", "Zo gaat dat bij ons niet."])
def test_how_something_goes_withdraws_nobody(text: str) -> None:
    decision, _ = mailed(text, "Re: Ingeschreven: Kennisplatform", context=answering(JAN))
    assert (decision.results, len(decision.cases)) == ((), 1)
