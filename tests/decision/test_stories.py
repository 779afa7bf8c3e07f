"""Sentences that only tell something beside a plain "schrijf mij in" or "ik meld mij af": it is done, and
what wants something beside it is never lost."""

from __future__ import annotations

import pytest

from mailbot.domain.decision import Decision, Outcome

from .building import known, row
from .test_read_and_decided import JAN, mailed


def of_known(text: str) -> Decision:
    """What becomes of a mail of somebody on the list, in answer to ours."""
    here = row(name="Jan Peeters", email="jan@damme.example")
    return mailed(text, "Re: Ingeschreven: Kennisplatform", JAN, known(here, thread=("INS-0001",)))[0]


@pytest.mark.parametrize(
    "text",
    [
        "Ik schrijf u met enige schroom, want ik had mij nog maar pas ingeschreven. Maar op mijn leeftijd "
        "laat de gezondheid het soms afweten en de dokter heeft mij drie weken rust voorgeschreven. Ik moet "
        "mij dus, met veel spijt, afmelden. Misschien een volgende keer, als het God belieft.",
        "Op 3 december had ik mij vrijgemaakt, maar op de nieuwe datum zijn wij bij onze kinderen in de "
        "Ardennen. Ik kan dan jammer genoeg niet komen en ik vraag u mij te willen verontschuldigen. Het "
        "spijt mij oprecht.",
        "Ik word volgende week geopereerd en ga dan nog thuis zijn vrees ik. Haal me er maar af voor het "
        "kennisplatform. Dank",
        "Mijn wagen staat in de garage en met de trein geraak ik er niet op tijd. Schrap mij maar.",
        "Wij vertrekken die ochtend naar Spanje, dat was al lang geboekt. Gelieve mij te verontschuldigen.",
        "Ik meld mij af. Als alles goed gaat ben ik er volgend jaar terug bij.",
        "Wil mij dus excuseren voor het kennisplatform.",
    ],
)
def test_who_tells_a_story_and_says_plainly_that_they_do_not_come_is_taken_off(text: str) -> None:
    decision = of_known(text)
    assert decision.outcome in (Outcome.CANCELLED, Outcome.EXCUSED)
    assert not decision.cases


@pytest.mark.parametrize(
    "text",
    [
        "Normaal doet mijn vrouw de mails maar die is naar de markt, dus ik probeer het zelf eens. Ik zou "
        "mij willen inschrijven voor het kennisplatform op 3 december.",
        "Ik heb uw formulier twee keer proberen in te vullen. Schrijf mij maar in.",
        "Ik vrees dat ik wat laat ben met mijn antwoord. Gelieve mij in te schrijven.",
        "Graag had ik mij ingeschreven voor het kennisplatform.",
        "Na overleg met ons managementteam mag ik deelnemen aan het kennisplatform.",
        "Schrijf mij maar in. Ik hoop dat er nog plaats is.",
        "Ik mag deelnemen aan het kennisplatform van mijn diensthoofd. Noteren jullie mij?",
    ],
)
def test_who_tells_a_story_and_says_plainly_that_they_come_is_registered(text: str) -> None:
    decision, _ = mailed(text, "Inschrijving kennisplatform")
    assert decision.outcome in (Outcome.REGISTERED, Outcome.INCOMPLETE)
    assert not decision.cases


@pytest.mark.parametrize(
    "beside",
    [
        "Mijn collega komt wel.",
        "Mijn vrouw kan ook niet.",
        "Of misschien kan ik toch nog komen.",
        "Mogelijk gaat mijn operatie niet door en dan ben ik er wel.",
        "Ik kom wel naar de lunch.",
        "Enkel de voormiddag dan toch.",
        "Mijn nieuw gsm-nummer is 0478 12 34 56.",
        "Tenzij de vergadering later begint.",
        "Mijn collega's weten nog niet of ze komen.",
        "Wij kunnen geen van beiden.",
        "Mijn kabinetschef zal mij vertegenwoordigen.",
        "Zo kan iemand anders mijn plaats innemen.",
    ],
)
def test_what_wants_something_beside_a_plain_withdrawal_is_no_story(beside: str) -> None:
    assert of_known(f"Ik meld mij af. {beside}").cases


@pytest.mark.parametrize(
    "beside",
    [
        "Mijn vrouw komt mee.",
        "Ik kom pas om 15 uur.",
        "Ik weet nog niet zeker of het lukt.",
        "Naar het diner kom ik niet.",
        "Maar eigenlijk twijfel ik nog.",
        "Amber en Ruben rijden met mij mee.",
    ],
)
def test_what_wants_something_beside_a_plain_registration_is_no_story(beside: str) -> None:
    assert mailed(f"Schrijf mij maar in. {beside}", "Inschrijving kennisplatform")[0].cases


@pytest.mark.parametrize(
    "beside",
    ["Als mijn baas akkoord gaat toch.", "Tenzij de trein staakt.", "Of toch niet, dat bekijk ik nog."],
)
def test_what_a_registration_or_a_withdrawal_depends_on_is_shown(beside: str) -> None:
    assert mailed(f"Schrijf mij maar in. {beside}", "Inschrijving kennisplatform")[0].cases
    assert of_known(f"Schrap mij maar. {beside}").cases


@pytest.mark.parametrize(
    "text", ["Bedankt! Ik had het niet zo snel verwacht.", "Hopelijk valt het weer wat mee. Bedankt!"]
)
def test_who_only_thanks_neither_leaves_nor_comes_back(text: str) -> None:
    assert of_known(text).outcome in (Outcome.REVIEW, Outcome.NO_FORM)


@pytest.mark.parametrize(
    "text",
    ["Ik meld mij af, graag een bevestiging.", "Ik meld mij af. Graag een bevestiging."],
)
def test_a_withdrawal_with_a_plea_to_confirm_it_is_no_plea_for_an_old_confirmation(text: str) -> None:
    decision = of_known(text)
    assert (decision.outcome, decision.cases) == (Outcome.CANCELLED, ())
    assert not mailed("Schrijf mij in, graag een korte bevestiging.", "Inschrijving kennisplatform")[0].cases


@pytest.mark.parametrize(
    "text",
    [
        "Ik zal er deze keer niet bij zijn, maar krijg nadien graag de presentaties als dat kan.",
        "Ik meld mij af. Stuur mij nadien zeker het verslag.",
    ],
)
def test_who_is_excused_and_asks_for_the_papers_is_passed_on(text: str) -> None:
    decision = of_known(text)
    assert decision.outcome in (Outcome.CANCELLED, Outcome.EXCUSED)
    assert len(decision.cases) == 1


@pytest.mark.parametrize(
    "text", ["Schrappen jullie mij?", "Annuleren jullie mijn inschrijving? Ik ben ziek."]
)
def test_who_asks_us_all_to_take_them_off_is_taken_off(text: str) -> None:
    assert of_known(text).outcome in (Outcome.CANCELLED, Outcome.EXCUSED)


@pytest.mark.parametrize(
    "text", ["Melden jullie mij als het doorgaat?", "Nemen jullie mij mee in de carpool?"]
)
def test_what_else_is_asked_of_us_all_is_a_question(text: str) -> None:
    assert of_known(text).cases


@pytest.mark.parametrize(
    "text",
    [
        "Schrijf mij in. Enkel als het in Beernem doorgaat.",
        "Ik kom graag. Tenzij het sneeuwt.",
        "Ik neem deel. Zolang het niet te lang duurt.",
        "Ik wil deelnemen. Liever de volgende editie.",
        "Noteer mij maar. Liever in januari.",
        "Inscrivez-moi. Seulement si c'est à Beernem.",
        "Please register me. Only if it is in Beernem.",
    ],
)
def test_a_sentence_that_limits_the_one_before_or_wants_another_time_registers_nobody(text: str) -> None:
    decision, _ = mailed(text)
    assert (decision.results, len(decision.cases)) == ((), 1)


@pytest.mark.parametrize(
    "text",
    [
        "Schrijf mij in. Indien u vragen hebt, bel mij.",
        "Schrijf mij in. Liefst een bevestiging per mail.",
        "Schrijf mij in aub. Als er iets ontbreekt hoor ik het graag.",
    ],
)
def test_a_sentence_that_wants_something_beside_it_is_no_limit(text: str) -> None:
    assert mailed(text)[0].outcome is Outcome.REGISTERED
