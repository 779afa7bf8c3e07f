"""Whose coming words are about, and of what: what only looks like an act of coming or staying away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.domain.decision import DecisionContext, Outcome
from mailbot.domain.registration import Status
from mailbot.wording import matter

from .building import event, known, row, settings
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
        "Ik laat mij als spreker vervangen door Tom Bos.",
        "Schrap Bo Claes van het panel.",
        "Gelieve Bo Claes af te melden voor het panelgesprek.",
        "Bo Claes se retire comme oratrice.",
        "Bo Claes is no longer available as a speaker.",
        "Bo Claes heeft afgezegd als keynote.",
        "Haal Bo Claes van de sprekerslijst.",
        "Bo Claes kan niet deelnemen aan het debat.",
        "Bo Claes ne sera pas l'oratrice.",
        "Bo Claes sera absente au déjeuner.",
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
        "Haal Bo Claes van de deelnemerslijst.",
        "Als moeder van drie kan Bo Claes niet komen.",
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
        ("Dat past mij slecht, maar ik kom.", Outcome.REGISTERED),
        ("De datum past, ik schrijf mij in.", Outcome.REGISTERED),
        ("Dat past mij slecht. Ik kom niet.", Outcome.EXCUSED),
        ("Die verplaatsing komt me slecht uit, ik zal er niet geraken.", Outcome.EXCUSED),
        ("Dat gaat helaas niet lukken, ik voel mij niet goed.", Outcome.EXCUSED),
    ],
)
def test_how_a_day_suits_hides_nothing_said_beside_it(text: str, outcome: Outcome) -> None:
    decision, _ = mailed(text)
    assert (decision.outcome, decision.cases) == (outcome, ())


SECRETARIAT = "Secretariaat <info@damme.example>"
OURS = "Inschrijving Kennisplatform"


@pytest.mark.parametrize(
    "text",
    [
        "Verontschuldigd:\nJan Claes\nEls Maes\n\nJeugdraad:\nTom Bos\nAn Vos",
        "Volgende mensen komen:\nJan Claes\nEls Maes\n\nVoor de cultuurraad:\nTom Bos\nAn Vos",
        "Volgende personen komen: Jan Claes en Els Maes. Voor de jeugdraad: Tom Bos en An Vos.",
        "Voor de jeugdraad schrijf ik in:\nTom Bos\nAn Vos",
        "Sportraad: Tom Bos en An Vos komen.",
        "Présents:\nJan Claes\nEls Maes\n\nConseil des jeunes:\nTom Bos\nAn Vos",
        "Volgende mensen komen:\nJan Claes\nEls Maes\nJeugdraad\nTom Bos\nAn Vos",
        "Deelnemers:\nJan Claes\nEls Maes\n\nVergadering jeugdraad 5 januari\nTom Bos\nAn Vos",
    ],
)
def test_who_is_listed_for_a_meeting_of_others_is_none_of_ours(text: str) -> None:
    decision, _ = mailed(text, OURS, SECRETARIAT)
    assert (decision.results, len(decision.cases)) == ((), 1)


def test_a_list_of_others_beside_one_that_is_ours_is_shown() -> None:
    text = "Deelnemers:\n- Jan Claes\n- Els Maes\nDeelnemers jeugdraad:\n- Tom Bos\n- An Vos"
    decision, _ = mailed(text, OURS, SECRETARIAT)
    assert len(decision.results) == 2
    assert "Deelnemers jeugdraad: Tom Bos, An Vos" in matter(decision.cases[0])


def test_a_body_above_who_writes_for_it_is_no_list_of_others() -> None:
    decision, _ = mailed("Ik schrijf mij in voor het Kennisplatform.\nJeugdraad Damme\nJan Peeters")
    assert [r.after.text("last_name") for r in decision.results if r.after] == ["Peeters"]
    assert decision.cases == ()


def test_a_label_of_who_comes_is_no_list_of_others() -> None:
    text = "Ik schrijf in: Jan Claes, voorzitter van de jeugdraad.\nFunctie jeugdraad: voorzitter"
    decision, _ = mailed(text, OURS, SECRETARIAT)
    assert [r.after.text("last_name") for r in decision.results if r.after] == ["Claes"]


@pytest.mark.parametrize(
    "text",
    [
        "Ik kom. Mijn collega ook.",
        "Ik kom. Mijn collega Els Maes ook.",
        "Ik schrijf mij in. Onze burgemeester eveneens.",
        "Ik kom naar het kennisplatform. Ook Els.",
        "Ik kom. Hetzelfde voor mijn collega.",
        "Je viens. Mon collègue aussi.",
        "I'll come. My colleague too.",
        "Ik kom. Bo niet.",
        "Ik kom niet. Bo ook.",
        "Ik kom niet. Bo ook niet.",
        "Ik kom niet. De burgemeester wel.",
        "Je ne viens pas. Mon collègue oui.",
        "Ik meld mij af. Mijn chauffeur ook.",
        "Ik kan niet komen. Dat geldt ook voor Bo.",
        "Jan Claes en Els Maes komen. Ik ook.",
        "Mon collègue Tom Bos vient. Moi aussi.",
    ],
)
def test_who_does_so_too_in_a_sentence_of_its_own_is_not_lost(text: str) -> None:
    decision, _ = mailed(text)
    assert (decision.results, len(decision.cases)) == ((), 1)


def test_who_joins_whom_they_name_in_one_sentence_is_listed_with_them() -> None:
    decision, _ = mailed("Els Maes komt en ik ook.")
    assert [r.after.text("last_name") for r in decision.results if r.after] == ["Peeters", "Maes"]
    assert decision.cases == ()


@pytest.mark.parametrize("text", ["Ik kom. Tot dan ook.", "Ik kom. Fijne dag ook.", "Ik kom ook."])
def test_an_also_that_is_of_nobody_leaves_a_coming_alone(text: str) -> None:
    decision, _ = mailed(text)
    assert (len(decision.results), decision.cases) == (1, ())


@pytest.mark.parametrize(
    "text",
    [
        "Ik ben niet meer schepen maar ik kom.",
        "Ik kom, maar ik ben geen schepen meer.",
        "Ik ben geen schepen meer, maar ik schrijf mij wel in.",
        "Bo Claes is geen schepen meer maar komt wel.",
        "I am no longer mayor but I will come.",
    ],
)
def test_what_somebody_who_comes_is_no_longer_is_shown_and_is_no_function(text: str) -> None:
    decision, _ = mailed(text)
    (result,) = decision.results
    (case,) = decision.cases
    assert result.after is not None
    assert (result.after.text("role"), text in matter(case)) == ("", True)


def test_what_somebody_who_is_registered_has_become_is_noted_where_they_say_that_they_come() -> None:
    jan = row(1, name="Jan Peeters", email="jan@damme.example", answers={"role": "schepen van cultuur"})
    decision, text = mailed("Ik ben ondertussen burgemeester en ik kom graag.", context=known(jan))
    assert [r.after.text("role") for r in decision.results if r.after] == ["burgemeester"]
    assert "burgemeester" in text
    same, _ = mailed("Als schepen kom ik graag.", context=known(jan))
    assert [r.after.text("role") for r in same.results if r.after] == ["schepen van cultuur"]


HERE = settings(event(place="OC De Kleine Beer, C. Marichalstraat 5, 8730 Beernem"))


@pytest.mark.parametrize(
    ("text", "withdrawn"),
    [
        ("Ik kan niet naar De Kleine Beer komen.", True),
        ("Ik kan niet in De Kleine Beer zijn.", True),
        ("De Kleine Beer lukt niet voor mij.", True),
        ("Ik kan niet naar Beernem komen.", True),
        ("I can't come to Beernem.", True),
        ("Ik kan niet komen, ik moet naar Leuven.", True),
        ("Ik kan niet naar De Grote Post komen.", False),
        ("Ik kan niet naar Leuven komen.", False),
        ("Ik kan niet in Brugge geraken.", False),
        ("Je ne pourrai pas être à Beernem.", True),
        ("Je ne peux pas venir au Palais des Congrès.", False),
    ],
)
def test_where_somebody_cannot_come_is_nobody_and_may_be_another_place(text: str, withdrawn: bool) -> None:
    decision, _ = mailed(text, context=known(JAN), here=HERE)
    about = [(r.after.nr, r.after.status) for r in decision.results if r.after]
    assert about == ([(JAN.nr, Status.CANCELLED)] if withdrawn else [])
    assert len(decision.cases) == (0 if withdrawn else 1)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lieve Deprez kan niet komen.", "Lieve Deprez"),
        ("Lieve Deprez komt niet, zij is ziek.", "Lieve Deprez"),
        ("Lieve De Smet kan er niet bij zijn.", "Lieve De Smet"),
        ("Lieve Deprez, schepen in Damme, kan niet komen.", "Lieve Deprez"),
        ("Lieve Deprez (schepen) kan niet komen.", "Lieve Deprez"),
        ("Lieve Deprez: verontschuldigd", "Lieve Deprez"),
    ],
)
def test_a_first_name_that_is_a_word_of_greeting_begins_a_name(text: str, name: str) -> None:
    decision, _ = mailed(text, sender=SECRETARIAT)
    (result,) = decision.results
    assert result.after is not None
    assert f"{result.after.text('first_name')} {result.after.text('last_name')}" == name
    assert result.outcome is Outcome.EXCUSED


@pytest.mark.parametrize(
    "text", ["Lieve Jan, ik kom niet.", "Lieve Jan kan niet komen", "Lieve collega's, ik kan niet komen"]
)
def test_who_is_greeted_is_not_who_stays_away(text: str) -> None:
    decision, _ = mailed(text)
    assert [r.after.text("first_name") for r in decision.results if r.after] == ["Jan"]
    assert decision.outcome is Outcome.EXCUSED
    cher, _ = mailed("Cher Dupont ne peut pas venir", sender=SECRETARIAT)
    assert (cher.results, len(cher.cases)) == ((), 1)


@pytest.mark.parametrize(
    "aside",
    [
        "Bij problemen bel 0470 11 22 33.",
        "Facturatie: boekhouding@damme.example",
        "Bij vragen kan u terecht bij Tom Bos op 0470 11 22 33.",
        "Contactpersoon: Tom Bos.",
        "In case of problems call 0470 11 22 33.",
        "En cas d'urgence : 0470 11 22 33",
        "De facturen gaan naar boekhouding@damme.example.",
    ],
)
@pytest.mark.parametrize("comes", ["Ik schrijf mij in.", "Graag inschrijven: Els Maes."])
def test_what_is_given_for_a_purpose_is_nobodys_and_is_shown(comes: str, aside: str) -> None:
    decision, _ = mailed(f"{comes} {aside}")
    own = {"", "jan@damme.example"}
    for result in decision.results:
        assert result.after is not None
        assert {result.after.text("email"), result.after.text("phone")} <= own
    (case,) = decision.cases
    assert aside in matter(case)


def test_whose_number_is_said_to_be_theirs_has_it() -> None:
    decision, _ = mailed("Graag inschrijven: Els Maes. Haar gsm is 0470 11 22 33.")
    assert [r.after.text("phone") for r in decision.results if r.after] == ["0470 11 22 33"]
    assert decision.cases == ()


def test_a_number_for_problems_is_not_that_of_who_comes_instead() -> None:
    text = "Ik kan niet komen, Els Maes komt in mijn plaats. Bij problemen bel 0470 11 22 33."
    decision, _ = mailed(text, context=known(JAN))
    assert decision.outcome is Outcome.SUBSTITUTED
    assert [r.after.text("phone") for r in decision.results if r.after] == ["", ""]
    assert "Bij problemen bel 0470 11 22 33." in matter(decision.cases[0])


@pytest.mark.parametrize(
    "text",
    [
        "Ik kom graag. Mijn gsm is 0470 11 22 33.",
        "Ik kom naar het kennisplatform, mijn nummer is 0470 11 22 33.",
        "Graag schrijf ik mij in. U kan mij bereiken op 0470 11 22 33.",
        "Ik schrijf mij in. Gsm: 0470 11 22 33",
        "Je m'inscris. Mon numéro est le 0470 11 22 33.",
        "I will attend. My phone is 0470 11 22 33.",
    ],
)
def test_who_comes_and_says_their_number_has_it(text: str) -> None:
    decision, _ = mailed(text)
    assert [r.after.text("phone") for r in decision.results if r.after] == ["0470 11 22 33"]
    assert decision.cases == ()


def test_a_number_in_the_words_of_coming_is_noted_of_who_is_registered() -> None:
    text = "Ik kom naar het kennisplatform, mijn nummer is 0470 11 22 33."
    decision, _ = mailed(text, context=known(JAN))
    assert [r.after.text("phone") for r in decision.results if r.after] == ["0470 11 22 33"]


@pytest.mark.parametrize(
    "text",
    [
        "Ik kom. Het nummer van Tom is 0470 11 22 33.",
        "Ik kom. Mijn oude nummer 0470 11 22 33 mag weg.",
        "Ik schrijf Els Maes in. Mijn gsm is 0470 11 22 33.",
    ],
)
def test_a_number_that_may_be_anothers_or_is_old_is_nobodys(text: str) -> None:
    decision, _ = mailed(text)
    assert not any(r.after and r.after.text("phone") for r in decision.results)
    assert len(decision.cases) == 1


@pytest.mark.parametrize("text", ["Dat past mij dan wel.", "Dat lukt nu wel.", "Het gaat nu wel."])
def test_a_return_without_a_coming_registers_nobody_who_is_unknown(text: str) -> None:
    decision, _ = mailed(text)
    assert (decision.results, len(decision.cases)) == ((), 1)
    back, _ = mailed(text, context=known(replace(JAN, status=Status.CANCELLED)))
    assert [r.after.status for r in back.results if r.after] == [Status.REGISTERED]
    assert mailed("Ik kan toch komen.")[0].cases == ()


HILDE = "\n\nHilde Desmet\nschepen\nStad Damme\n0478 11 22 33\n"


@pytest.mark.parametrize(
    "text",
    [
        "Graag inschrijving voor mezelf en 1 collega (naam volgt).",
        "Ik schrijf mij en een collega in.",
        "Ik schrijf me graag in, alsook een medewerker van onze dienst.",
        "Je voudrais m'inscrire, moi et un collègue.",
        "Please register me and a colleague for the Kennisplatform.",
        "Gelieve mij en een collega uit te schrijven.",
    ],
)
def test_nothing_is_done_for_the_writer_alone_where_somebody_without_a_name_is_beside_them(text: str) -> None:
    decision, _ = mailed(f"{text}{HILDE}", sender="Hilde Desmet <hilde@damme.example>")
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())


def test_a_colleague_beside_the_writer_who_is_named_is_registered() -> None:
    text = "Graag inschrijving voor mezelf en een collega: Jan Peeters, jan.peeters@damme.example."
    decision, _ = mailed(f"{text}{HILDE}", sender="Hilde Desmet <hilde@damme.example>")
    assert (decision.outcome, len(decision.results)) == (Outcome.REGISTERED, 2)


def test_what_somebody_says_that_they_eat_themselves_is_no_case() -> None:
    text = f"Graag schrijf ik mij in voor het Kennisplatform. Ik eet vegetarisch.{HILDE}"
    decision, answer = mailed(text, sender="Hilde Desmet <hilde@damme.example>")
    assert (decision.outcome, decision.cases) == (Outcome.REGISTERED, ())
    assert "Dieetwensen: vegetarisch" in answer
    assert "Klopt dit? Dieetwensen" not in answer


@pytest.mark.parametrize("subject", ["Verontschuldiging", "Afmelding", "Ik kan niet komen"])
@pytest.mark.parametrize("meeting", ["de bestuursvergadering van 12 juni", "de raad van bestuur"])
def test_a_subject_that_excuses_is_of_the_meeting_that_the_words_name(subject: str, meeting: str) -> None:
    context = known(row(1, name="Hilde Desmet", email="hilde@damme.example"))
    text = f"Beste, ik kan niet komen naar {meeting}.\n\nHilde Desmet"
    decision, answer = mailed(text, subject, "Hilde Desmet <hilde@damme.example>", context)
    assert (decision.results, answer) == ((), "")
    assert decision.outcome in (Outcome.NO_FORM, Outcome.REVIEW)


def test_a_subject_that_excuses_counts_above_why() -> None:
    context = known(row(1, name="Hilde Desmet", email="hilde@damme.example"))
    text = "Beste, ik moet die dag naar de gemeenteraad.\n\nHilde Desmet"
    decision, _ = mailed(text, "Afmelding Kennisplatform", "Hilde Desmet <hilde@damme.example>", context)
    assert decision.outcome in (Outcome.CANCELLED, Outcome.REVIEW)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Namens burgemeester Annick Vermeulen schrijf ik haar in. Zij is vegetariër.", True),
        ("Namens burgemeester Annick Vermeulen schrijf ik haar in. Ze eet geen vis.", True),
        ("Namens burgemeester Annick Vermeulen schrijf ik haar in. Zij is misschien vegetariër.", False),
        ("Namens burgemeester Annick Vermeulen schrijf ik haar in. Haar man rijdt, hij eet geen vis.", False),
    ],
)  # fmt: skip
def test_what_the_only_one_registered_is_said_to_eat_is_doubted_only_where_it_may_be_anothers(
    text: str, sure: bool
) -> None:
    decision, answer = mailed(text, sender="Kabinet <kabinet@damme.example>")
    assert decision.outcome is Outcome.REGISTERED
    assert (not decision.cases, "niet duidelijk" not in answer) == (sure, sure)


@pytest.mark.parametrize("subject", ["Annulatie order 4471", "Annulatie"])
def test_a_subject_withdraws_nobody_where_the_words_cancel_something_else(subject: str) -> None:
    text = (
        "Goedemiddag\n\nUw bestelling 4471 werd op uw vraag geannuleerd. U ontvangt een creditnota.\n\nBorden"
    )
    decision, _ = mailed(text, subject, "Signa Borden <orders@borden.example>")
    assert (decision.outcome, decision.results, decision.answer) == (Outcome.NO_FORM, (), False)


@pytest.mark.parametrize(
    "text", ["Ik schrijf u in naam van Jan Peeters.", "Ik schrijf u in naam van de burgemeester."]
)
def test_who_writes_in_somebodys_name_does_not_put_themselves_on_the_list(text: str) -> None:
    decision, _ = mailed(text, sender="Els Maes <els@damme.example>")
    assert decision.results == ()
