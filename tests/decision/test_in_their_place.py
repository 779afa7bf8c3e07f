"""Who comes in somebody's place, in the words that cabinets have for it, and what is done in another's place
that is no coming to a meeting of ours."""

from __future__ import annotations

import pytest

from mailbot.domain.decision import Decision, Outcome
from mailbot.domain.registration import Status

from .building import known, row, rows_after
from .test_read_and_decided import answering, mailed

JAN = row(1, name="Jan Peeters", email="jan@damme.example", sender="kabinet@damme.example")
OF_THE_CABINET = "Kabinet <kabinet@damme.example>"


def of_cabinet(text: str) -> Decision:
    """What becomes of words of the cabinet that registered Jan Peeters."""
    return mailed(text, sender=OF_THE_CABINET, context=known(JAN))[0]


def of_jan(text: str) -> Decision:
    """What becomes of an answer of Jan Peeters."""
    return mailed(text, "Re: Ingeschreven: Kennisplatform", context=answering(JAN))[0]


def who_is_on(decision: Decision) -> dict[str, Status]:
    """The rows that a decision touches, each with its status, by name."""
    rows = rows_after(decision)
    return {f"{one.answers['first_name']} {one.answers['last_name']}": one.status for one in rows}


SUBSTITUTED = {"Jan Peeters": Status.CANCELLED, "An Claes": Status.REGISTERED}


@pytest.mark.parametrize(
    "text",
    [
        "Jan Peeters moet forfait geven, An Claes springt in.",
        "Wij vaardigen An Claes af in plaats van Jan Peeters.",
        "Jan Peeters wordt vervangen door An Claes.",
        "An Claes neemt de plaats van Jan Peeters in.",
        "De heer Peeters laat zich vervangen door mevrouw An Claes.",
        "An Claes neemt het over van Jan Peeters.",
        "Jan Peeters vaardigt An Claes af.",
        "Ter vervanging van Jan Peeters komt An Claes.",
    ],
)
def test_a_cabinet_says_in_many_ways_who_comes_instead(text: str) -> None:
    decision = of_cabinet(text)
    assert (who_is_on(decision), decision.cases) == (SUBSTITUTED, ())


@pytest.mark.parametrize(
    "text",
    [
        "Ik moet forfait geven, An Claes springt in.",
        "Ik moet passen, An Claes valt in.",
        "Ik ben verhinderd, An Claes springt voor mij in.",
        "Ik kan niet komen, An Claes zal invallen.",
        "Ik kan niet komen, An Claes neemt mijn plaats in op 3 december.",
        "An Claes neemt mijn plaats op het Kennisplatform in.",
        "Ik geef mijn plaats op de vergadering door aan An Claes.",
        "An Claes zal in mijn naam aanwezig zijn.",
        "An Claes vervangt mij tijdens de vergadering.",
        "Ik ben tijdens die week in Spanje, An Claes vervangt mij.",
        "Ik moet naar de gemeenteraad. An Claes neemt mijn plaats in.",
        "Ik geef mijn plaats aan de nieuwe schepen An Claes.",
    ],
)
def test_the_writer_says_who_comes_instead(text: str) -> None:
    decision = of_jan(text)
    assert (who_is_on(decision), decision.cases) == (SUBSTITUTED, ())


@pytest.mark.parametrize(
    "text",
    [
        "An zal in mijn naam het woord nemen.",
        "An Claes zal in mijn plaats het woord voeren.",
        "An Claes doet in mijn plaats de presentatie.",
        "An Claes antwoordt in mijn plaats op uw vraag.",
        "An Claes will speak on my behalf.",
        "Ik geef mijn plaats op de tweede rij door aan An Claes.",
        "An Claes neemt mijn plaats in het panel in.",
        "An Claes neemt mijn plaats aan tafel 3 in.",
        "Ik ruil mijn plaats aan het raam met An Claes.",
        "An Claes vervangt mij in de werkgroep mobiliteit.",
        "An Claes zal mij vervangen op de dienst tijdens mijn verlof.",
        "Tijdens mijn verlof vervangt An Claes mij.",
        "An Claes springt in om de koffie te zetten.",
    ],
)
def test_what_is_done_for_somebody_elsewhere_takes_nobody_off(text: str) -> None:
    decision = of_jan(text)
    assert (decision.results, len(decision.cases)) == ((), 1)


@pytest.mark.parametrize(
    "text",
    [
        "An Claes vervangt Jan Peeters niet.",
        "Wordt Jan Peeters vervangen door An Claes?",
        "Als Jan Peeters forfait moet geven, springt An Claes in.",
        "Jan Peeters wordt in de gemeenteraad vervangen door An Claes.",
    ],
)
def test_a_substitution_that_is_denied_asked_or_open_is_shown(text: str) -> None:
    decision = of_cabinet(text)
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())
