"""Namesakes of two towns: where the words of a mail tell which town, only somebody of that town is meant."""

from __future__ import annotations

import pytest

from mailbot.domain.decision import Outcome
from mailbot.domain.registration import Status
from mailbot.matching.organisations import directory
from mailbot.matching.told_bodies import told_body, without_town
from tests.decision.building import ORGANISATIONS, known, row
from tests.decision.test_read_and_decided import mailed

LISTED = directory(ORGANISATIONS.organisations)
#: Who is registered, of Beernem; the mails are about another of that name, of Damme.
NAMESAKE = row(1, name="Kristof Pauwels", organisation="Beernem", email="kristof.pauwels@beernem.example")
CABINET = "Kabinet <kabinet@damme.example>"


@pytest.mark.parametrize(
    "text",
    [
        "Burgemeester Kristof Pauwels van Damme laat zich verontschuldigen voor het Kennisplatform.",
        "Kristof Pauwels (Damme) kan niet komen.",
        "Kristof Pauwels, schepen in Damme, kan niet komen.",
    ],
)
def test_a_namesake_of_another_town_is_excused_and_the_registered_one_stays(text: str) -> None:
    decision, _ = mailed(text, sender=CABINET, context=known(NAMESAKE))
    assert decision.outcome is Outcome.EXCUSED
    (excused,) = (result.after for result in decision.results)
    assert excused is not None
    assert (excused.nr != NAMESAKE.nr, excused.status) == (True, Status.EXCUSED)
    assert (excused.answers["last_name"], excused.organisation_known) == ("Pauwels", "Damme")


@pytest.mark.parametrize("text", ["Burgemeester Pauwels (Damme) is verontschuldigd."])
def test_no_case_about_a_namesake_is_one_about_who_is_registered(text: str) -> None:
    decision, _ = mailed(text, sender=CABINET, context=known(NAMESAKE))
    assert [case.registration for case in decision.cases] == [""]


def test_nobody_of_another_town_than_the_writer_s_is_excused_without_a_person() -> None:
    decision, _ = mailed("Schepen Pauwels van Beernem kan niet komen.", sender="Els Maes <els@damme.example>")
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Filip Haebeke van Beernem", ("Filip Haebeke", "Beernem")),
        ("Pauwels van Beernem", ("Pauwels", "Beernem")),
        ("Jan van Damme", ("Jan van Damme", "")),
        ("Els Maes van Elders", ("Els Maes van Elders", "")),
    ],
)
def test_a_town_behind_a_name_is_where_somebody_is_from(name: str, parts: tuple[str, str]) -> None:
    assert without_town(name, LISTED) == parts


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("Els Maes (Damme) komt.", "Damme"),
        ("Els Maes, schepen van de gemeente Damme, komt.", "Damme"),
        ("Els Maes kan niet komen in Damme.", ""),
        ("Els Maes (Damme) komt, en Els Maes (Beernem) niet.", ""),
        ("Els Maes komt.", ""),
    ],
)
def test_a_body_is_told_right_behind_a_name(words: str, body: str) -> None:
    assert told_body("Els Maes", words, LISTED) == body
