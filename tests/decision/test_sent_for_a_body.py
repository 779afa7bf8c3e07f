"""Who is sent by a body, or put on the list beside somebody who is excused: each half is done, or a case."""

from __future__ import annotations

import pytest

from mailbot.domain.decision import Decision, Outcome
from mailbot.domain.registration import Status

from .building import event, known, local, row, rows_after, settings
from .test_read_and_decided import JAN, mailed

CABINET = "Kabinet <kabinet@damme.example>"


def of_known(text: str) -> Decision:
    """What becomes of a mail of Jan Peeters, who is on the list, in answer to ours."""
    here = row(name="Jan Peeters", email="jan@damme.example")
    return mailed(text, "Re: Ingeschreven: Kennisplatform", JAN, known(here, thread=("INS-0001",)))[0]


def stands(decision: Decision) -> list[tuple[str, Status]]:
    """Each family name that a decision touches, with how it stands after it."""
    return [(str(one.answers["last_name"]), one.status) for one in rows_after(decision)]


@pytest.mark.parametrize(
    "text",
    [
        "Wij vaardigen Els Maes af.",
        "Wij vaardigen schepen Els Maes af voor het kennisplatform.",
        "Schepen Els Maes zal ons vertegenwoordigen.",
        "Gemeente Damme wordt vertegenwoordigd door schepen Els Maes.",
        "Wij sturen onze collega Els Maes.",
        "Notre commune sera représentée par Els Maes.",
        "Els Maes will represent us.",
        "I am sending Els Maes instead.",
        "Els Maes vertritt uns.",
        "Onze dienst wordt vertegenwoordigd door ondergetekende.",
    ],
)
def test_whom_a_body_sends_takes_nobodys_place_by_that(text: str) -> None:
    decision = of_known(text)
    assert (stands(decision), len(decision.cases)) == ([], 1)


@pytest.mark.parametrize(
    "text",
    [
        "Wij vaardigen Els Maes af in mijn plaats.",
        "Ik kan niet. Wij vaardigen Els Maes af.",
        "Els Maes zal mij vertegenwoordigen.",
        "Ik stuur mijn vervanger Els Maes.",
        "I cannot attend. We are sending Els Maes.",
    ],
)
def test_whom_a_body_sends_for_somebody_who_does_not_come_takes_their_place(text: str) -> None:
    assert of_known(text).outcome is Outcome.SUBSTITUTED


def test_whom_an_office_sends_is_put_on_the_list() -> None:
    decision, _ = mailed("Wij vaardigen schepen Els Maes af voor het kennisplatform.", sender=CABINET)
    assert stands(decision) == [("Maes", Status.REGISTERED)]


@pytest.mark.parametrize(
    "text",
    [
        "Veuillez inscrire Els Maes et excuser Marc Dubois.",
        "Pouvez-vous inscrire Els Maes et excuser Marc Dubois ?",
        "Merci d'inscrire Els Maes et d'excuser Marc Dubois.",
        "Gelieve Els Maes in te schrijven en Marc Dubois te verontschuldigen.",
        "Kunt u Els Maes inschrijven en Marc Dubois verontschuldigen?",
        "Please register Els Maes and excuse Marc Dubois.",
        "Bitte melden Sie Els Maes an und entschuldigen Sie Marc Dubois.",
    ],
)
def test_one_who_comes_and_one_who_is_excused_are_each_noted(text: str) -> None:
    decision, _ = mailed(text, sender=CABINET)
    assert stands(decision) == [("Maes", Status.REGISTERED), ("Dubois", Status.EXCUSED)]


@pytest.mark.parametrize(
    "text",
    [
        "Veuillez noter la présence d'Els Maes et l'absence de Marc Dubois.",
        "Veuillez noter ma présence et excuser Marc Dubois.",
        "Pouvez-vous m'inscrire et excuser mon collègue Marc Dubois ?",
        "Inscrivez-moi et excusez Marc Dubois svp.",
        "Graag inschrijving van Els Maes en verontschuldiging van Marc Dubois.",
        "Wil u mij inschrijven en Marc Dubois verontschuldigen?",
        "Please register me and excuse my colleague Marc Dubois.",
    ],
)
def test_half_of_a_coming_and_a_staying_away_is_not_done(text: str) -> None:
    decision, _ = mailed(text)
    assert (stands(decision), len(decision.cases)) == ([], 1)


@pytest.mark.parametrize(
    "text",
    [
        "Zelfde gegevens.",
        "Idem vorige keer.",
        "Mêmes données.",
        "Same details as last time.",
        "Graag opnieuw, zoals vorig jaar.",
        "Mijn gegevens zijn dezelfde.",
    ],
)
def test_the_same_once_more_below_a_meeting_that_is_over_is_shown(text: str) -> None:
    assert below_the_last(text).cases


@pytest.mark.parametrize(
    "text", ["Dank u!", "Weer een geslaagde editie, proficiat.", "Kan de factuur opnieuw gestuurd worden?"]
)
def test_thanks_below_a_meeting_that_is_over_are_no_case(text: str) -> None:
    decision = below_the_last(text)
    assert (decision.outcome, decision.cases) == (Outcome.NO_FORM, ())


def below_the_last(text: str) -> Decision:
    """What becomes of an answer of Jan Peeters to our mail of a meeting that is over, while one is open."""
    last = event(id="mei", starts=local(2026, 5, 21, 14), ends=local(2026, 5, 21, 17), deadline=None)
    was_there = row(name="Jan Peeters", email="jan@damme.example", event="mei")
    context = known(was_there, thread=("INS-0001",), thread_event="mei")
    return mailed(text, "Re: Ingeschreven: Kennisplatform", JAN, context, settings(last, event()))[0]
