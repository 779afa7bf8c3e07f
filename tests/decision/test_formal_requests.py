"""What cabinets and offices write: whom they put first, by which function they call them, how they ask for a
place or decline, and what they ask below a change or a substitution."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide
from mailbot.domain.decision import Ask, Decision, Outcome, PendingQuestion
from mailbot.domain.registration import Status
from mailbot.intent.follow_up import complete

from .building import MORNING, event, known, row, rows_after
from .test_read_and_decided import ONE_MEETING, mailed, read

JAN = "Jan Peeters <jan.peeters@damme.example>"
OFFICE = "Secretariaat <secretariaat@damme.example>"


def listed(text: str) -> list[tuple[str, str]]:
    """Whom a mail of an office puts on the list, with their function; nobody where a person reads it."""
    decision, _ = mailed(text, sender=OFFICE)
    assert not (decision.cases and decision.results)
    rows = (one for one in rows_after(decision) if not one.status.is_out)
    return [(str(one.answers["last_name"]), str(one.answers.get("role", ""))) for one in rows]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Onze directeur woonzorg Leen Maes (leen.maes@damme.example) schrijf ik hierbij in voor het "
            "kennisplatform.",
            [("Maes", "directeur woonzorg")],
        ),
        (
            "Onze korpschef Katrien Maes en hoofdinspecteur Luc Acke komen naar het kennisplatform.",
            [("Maes", "korpschef"), ("Acke", "hoofdinspecteur")],
        ),
        (
            "Onze kwaliteitscoördinator Katrien Maes en zorgcoördinator Luc Acke nemen deel aan het "
            "kennisplatform.",
            [("Maes", "kwaliteitscoördinator"), ("Acke", "zorgcoördinator")],
        ),
        (
            "Onze ICT-verantwoordelijke Katrien Maes zal deelnemen aan het kennisplatform.",
            [("Maes", "ICT-verantwoordelijke")],
        ),
        (
            "Gelieve hoofdmaatschappelijk werker Katrien Maes in te schrijven voor het kennisplatform.",
            [("Maes", "hoofdmaatschappelijk werker")],
        ),
        (
            "U mag Els Maes, burgemeester van Damme, bijgevolg als aanwezig beschouwen op het "
            "kennisplatform.",
            [("Maes", "burgemeester")],
        ),
        (
            "De algemeen directeur van Damme, Els Maes, komt naar het kennisplatform.",
            [("Maes", "algemeen directeur")],
        ),
        ("Els Maes komt naar het kennisplatform. Kan u mij haar inschrijving bevestigen?", [("Maes", "")]),
        (
            "Ik kreeg de vraag om jurist Els Maes te laten deelnemen aan het kennisplatform.",
            [("Maes", "jurist")],
        ),
        ("Is het nodig om Els Maes in te schrijven voor het kennisplatform?", []),
        ("Leen Maes schrijf ik niet in voor het kennisplatform, zij heeft verlof.", []),
        ("Leen Maes schreef ik vorig jaar in voor het kennisplatform.", []),
        ("Leen Maes heb ik al ingeschreven voor het kennisplatform.", []),
        ("Mag Leen Maes ook inschrijven voor het kennisplatform?", []),
    ],
)
def test_who_is_put_first_and_by_which_function(text: str, people: list[tuple[str, str]]) -> None:
    assert listed(text) == people


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (
            "Mag ik u verzoeken een plaats te mijnen behoeve voor te behouden op het Kennisplatform?\n\n"
            "U dankend voor de welwillende opvolging",
            Outcome.REGISTERED,
        ),
        ("Ik verzoek u mij een plaats voor te behouden voor het Kennisplatform.", Outcome.REGISTERED),
        (
            "Ik dank u voor de uitnodiging, doch dien deze wegens een eerder aangegane verbintenis af te "
            "wijzen.",
            Outcome.EXCUSED,
        ),
        ("Ik dien uw uitnodiging voor het kennisplatform af te slaan.", Outcome.EXCUSED),
        ("Ik dank u voor de uitnodiging, doch dien eerst mijn agenda te raadplegen.", Outcome.REVIEW),
        ("Ik dien deze factuur af te wijzen.", Outcome.REVIEW),
        ("Ik kom naar het kennisplatform, doch iets later.", Outcome.REVIEW),
    ],
)
def test_a_place_is_asked_for_and_declined_in_formal_words(text: str, outcome: Outcome) -> None:
    assert mailed(text, sender=JAN)[0].outcome is outcome


def answered(text: str) -> Decision:
    """The decision about an answer of Jan Peeters, who is registered, to what we told him."""
    jan = row(name="Jan Peeters", email="jan@damme.example")
    asked = PendingQuestion(Ask.TOLD, "kis", (jan.nr,), (jan,))
    arrival, said = read(text, "Re: Ingeschreven")
    said = complete(said, asked, ONE_MEETING.form_of(event()), ONE_MEETING)
    context = known(jan, thread=(jan.nr,), thread_event="kis", answers_mail_to="jan@damme.example")
    return decide(arrival, said, replace(context, asked=asked), ONE_MEETING, MORNING)


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        (
            "Bij mijn inschrijving liet ik na te vermelden dat ik vegetarisch eet. "
            "Mag ik u verzoeken dit alsnog aan te tekenen?",
            0,
        ),
        ("Ik eet vegetarisch. Kunt u dat ook voor Els Maes noteren?", 1),
        ("Ik eet vegetarisch. Mag ik u verzoeken mij de agenda te bezorgen?", 1),
    ],
)
def test_a_plea_below_a_change_asks_for_no_more_than_that(text: str, cases: int) -> None:
    assert len(answered(text).cases) == cases


@pytest.mark.parametrize(
    "text",
    [
        "Ik word op 3 december vervangen door mijn collega Els Maes (maatschappelijk werker, "
        "els@damme.example, 0493 82 17 23). Kunnen jullie de inschrijving op haar naam zetten?",
        "Zet op mijn plaats ma Els Maes, raadslid, els@damme.example. Ik zit vast op t werk",
    ],
)
def test_who_is_put_in_the_writers_place_comes_instead(text: str) -> None:
    after = {str(one.answers["last_name"]): one.status for one in rows_after(answered(text))}
    assert after == {"Peeters": Status.CANCELLED, "Maes": Status.REGISTERED}
