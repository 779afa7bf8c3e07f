"""What an answer to a mail of ours changes of its writer, or of one of several whom they registered, with the
politeness and the stories that people put around it; and what it leaves to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide
from mailbot.domain.decision import Ask, Decision, Outcome, PendingQuestion
from mailbot.domain.registration import Status
from mailbot.domain.submission import Code, Problem
from mailbot.intent.follow_up import complete
from mailbot.text.closings import is_closing, is_formula
from mailbot.wording import matter

from .building import MORNING, known, row
from .test_beside_what_is_done import FORM, ON_THE_LIST, answered, told
from .test_read_and_decided import ONE_MEETING, read

NOTED = replace(
    ON_THE_LIST, answers={**ON_THE_LIST.answers, "role": "raadslid", "phone": "0470 11 22 33", "diet": ""}
)
#: What somebody has whom a secretariat registered beside Hendrik Claeys.
GRETA = row(2, name="Greta Maes", email="greta@damme.example", answers={"role": "schepen"})
HENDRIK = row(1, name="Hendrik Claeys", email="hendrik@damme.example", answers={"role": "raadslid"})


def of_two(text: str) -> Decision:
    """What becomes of an answer of the secretariat that registered both."""
    arrival, submission = read(text, "Re: Ingeschreven: Kennisplatform", "Ann <secretariaat@damme.example>")
    rows = tuple(replace(one, sender="secretariaat@damme.example") for one in (HENDRIK, GRETA))
    nrs = tuple(one.nr for one in rows)
    asked = PendingQuestion(Ask.TOLD, "kis", nrs, rows)
    context = known(*rows, thread=nrs, thread_event="kis", answers_mail_about=frozenset(nrs), asked=asked)
    submission = complete(submission, asked, FORM, ONE_MEETING)
    return decide(arrival, submission, context, ONE_MEETING, MORNING)


@pytest.mark.parametrize(
    "line",
    [
        "Met de meeste achting",
        "Met verschuldigde eerbied,",
        "Met oprechte waardering",
        "Uw dienstwillige,",
    ],
)
def test_formal_closings_are_closings(line: str) -> None:
    assert is_closing(line)


@pytest.mark.parametrize("line", ["Waardering: goed", "Achting", "Met waardering voor wie komt: ik kom niet"])
def test_other_lines_with_their_words_are_none(line: str) -> None:
    assert not is_closing(line)


@pytest.mark.parametrize(
    "text",
    [
        "Aanvaard, geachte mevrouw, de uitdrukking van mijn bijzondere hoogachting.",
        "Veuillez agréer, Madame, l'expression de mes sentiments distingués.",
        "Inmiddels verblijf ik met de meeste hoogachting",
    ],
)
def test_what_a_formal_letter_ends_with_says_nothing(text: str) -> None:
    assert is_formula(text)
    decision = answered(f"Hartelijk dank voor de bevestiging. {text}")
    assert (decision.outcome, decision.cases) == (Outcome.NO_FORM, ())


@pytest.mark.parametrize(
    "text",
    [
        "Goed ontvangen, waarvoor dank. Met vriendelijke groeten, Ann Peeters",
        "Met dank voor uw bericht. Groeten, het secretariaat",
        "Hartelijk dank!\nMet de meeste achting, Jan Peeters",
    ],
)
def test_who_signs_on_the_line_of_the_closing_adds_nothing(text: str) -> None:
    decision = answered(text)
    assert (decision.outcome, decision.cases) == (Outcome.NO_FORM, ())


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "U heeft mij genoteerd als raadslid maar ik ben projectleider. Kan u dit veranderen?",
            "projectleider",
        ),
        (
            "In de bevestiging staat dat ik raadslid ben. Ik ben echter diensthoofd. Graag aanpassen.",
            "diensthoofd",
        ),
        (
            "Op de lijst sta ik als raadslid, maar dat moet diensthoofd zijn. Kunt u dat wijzigen?",
            "diensthoofd",
        ),
        (
            "Sinds mei ben ik geen raadslid meer maar schepen. Gelieve dat recht te zetten op de lijst.",
            "schepen",
        ),
        ("Gelieve bij functie 'beleidsmedewerker' te noteren in plaats van raadslid.", "beleidsmedewerker"),
        ("You have me down as raadslid but I am project manager. Could you change this?", "project manager"),
    ],
)
def test_a_function_in_place_of_the_noted_one_is_taken(text: str, role: str) -> None:
    decision = answered(text, NOTED)
    assert (decision.outcome, decision.cases) == (Outcome.CHANGED, ())
    assert told(decision)["role"] == role


@pytest.mark.parametrize(
    "text",
    [
        "Ik ben geen raadslid meer, mijn opvolger is schepen Vermeulen.",
        "Ik ben raadslid maar word schepen in januari. Moet ik dat nu al aanpassen?",
        "Ik ben geen raadslid meer maar schepen, en mijn collega is nu raadslid.",
        "Mijn man is raadslid en ik ben directeur van een school, wie van ons had u genoteerd?",
        "Mijn collega was raadslid maar is nu schepen.",
    ],
)
def test_a_function_that_may_be_anothers_or_is_not_yet_theirs_is_shown(text: str) -> None:
    decision = answered(text, NOTED)
    assert decision.cases
    assert all(one.after is None or one.after.text("role") == "raadslid" for one in decision.results)


@pytest.mark.parametrize(
    ("text", "diet"),
    [
        (
            "Nog vergeten te melden: ik eet vegetarisch. Is het mogelijk om dat door te geven aan de keuken?",
            "vegetarisch",
        ),
        ("Ik was vergeten aan te duiden dat ik vegan eet. Kan dat nog genoteerd worden?", "vegan"),
    ],
)
def test_a_diet_with_a_plea_in_a_question_is_noted(text: str, diet: str) -> None:
    decision = answered(text, NOTED)
    assert (decision.outcome, decision.cases) == (Outcome.CHANGED, ())
    assert told(decision)["diet"] == diet


@pytest.mark.parametrize(
    "text", ["Ik was vroeger vegetariër.", "Vroeger was ik vegetarisch.", "Ik eet niet vegetarisch."]
)
def test_what_somebody_ate_once_is_not_noted(text: str) -> None:
    decision = answered(text, NOTED)
    assert decision.cases
    assert all(one.after is None or not one.after.text("diet") for one in decision.results)


def test_what_happened_to_a_telephone_is_no_number() -> None:
    decision = answered(
        "Mijn gsm is in het water gevallen en ik heb een nieuwe met een nieuw nummer: 0474 31 90 56.", NOTED
    )
    assert told(decision)["phone"] == "0474 31 90 56"


def test_a_name_below_a_mail_is_no_new_spelling_of_it() -> None:
    decision = answered(
        "Met dank voor uw bericht, dat ik met veel genoegen las. Uw toegenegen Jan Peeters", NOTED
    )
    assert not decision.results or told(decision)["last_name"] == "Peeters"


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("Nog een kleinigheidje: Greta Maes eet vegetarisch, dat was ik vergeten aanduiden. Voor Hendrik is "
         "er niets speciaals.", "diet", "vegetarisch"),
        ("Greta eet vegetarisch. Alvast bedankt!", "diet", "vegetarisch"),
        ("Vergeten te melden: schepen Greta Maes is vegetarisch. Kunt u dat doorgeven aan de catering?",
         "diet", "vegetarisch"),
        ("Mag ik u vragen om voor Greta Maes vegetarisch te noteren? Hendrik eet alles.", "diet",
         "vegetarisch"),
        ("Het gsm-nummer van Greta Maes is gewijzigd naar 0474 31 90 56. Gelieve dit aan te passen.", "phone",
         "0474 31 90 56"),
        ("De gsm van Greta Maes is 0474 31 90 56, dat was weggevallen. Met vriendelijke groet, Ann", "phone",
         "0474 31 90 56"),
        ("Bij Greta Maes staat schepen als functie, dat moet diensthoofd zijn.", "role", "diensthoofd"),
        ("Greta Maes is allergisch voor noten. Wil u daar rekening mee houden aub?", "diet",
         "allergisch voor noten"),
    ],
)  # fmt: skip
def test_one_of_two_is_changed_whatever_politeness_stands_around_it(text: str, key: str, value: str) -> None:
    decision = of_two(text)
    assert (decision.outcome, decision.cases) == (Outcome.CHANGED, ())
    after = decision.results[0].after
    assert after is not None
    assert (after.nr, after.text(key)) == ("INS-0002", value)


@pytest.mark.parametrize(
    "text",
    [
        "Greta eet vegetarisch, Hendrik niet.",
        "Hendrik eet alles behalve vis, Greta eet vegetarisch.",
        "De dochter van Greta eet vegetarisch.",
        "Greta en haar man eten vegetarisch.",
        "Greta Verbeke eet vegetarisch.",
        "Eén van beiden eet vegetarisch, ik vraag nog na wie.",
        "Greta Maes eet vegetarisch en komt samen met haar collega.",
        "Schepen Greta Maes wordt burgemeester in januari.",
        "Bij Greta Maes thuis is het nummer 0474 31 90 56.",
        "Greta Maes is vegetarisch. Zijn er parkeerplaatsen?",
    ],
)
def test_what_leaves_open_whose_it_is_is_shown(text: str) -> None:
    decision = of_two(text)
    assert " ".join(text.split()) in " ".join(" ".join(map(matter, decision.cases)).split())
    assert all(one.after in (None, HENDRIK, GRETA) or one.before == one.after for one in decision.results)


def test_what_we_noted_beside_somebody_is_no_wish_to_come() -> None:
    decision = answered(
        "Op mijn inschrijving staat raadslid, maar ik ben nu schepen. Kan u dit aanpassen?", NOTED
    )
    assert decision.outcome is Outcome.CHANGED
    assert told(decision)["role"] == "schepen"


@pytest.mark.parametrize(
    "text",
    [
        "Dat is rap gegaan! In mijn tijd op het gemeentehuis duurde zoiets een week. Hartelijk dank.",
        "Bedankt voor de bevestiging, we zien elkaar op 3 december!",
        "Bedankt en tot ziens in Beernem.",
        "Ja, dat klopt allemaal zoals u het geschreven hebt. Ik ben blij dat het ook zonder formulier kan, "
        "want dat kreeg ik niet open. Waarvoor dank.",
        "Inderdaad, dat zijn mijn gegevens. Dank u.",
    ],
)
def test_thanks_or_a_yes_with_a_story_around_it_wants_nothing(text: str) -> None:
    decision = answered(text, NOTED, Ask.SIGNED)
    assert decision.outcome in (Outcome.NO_FORM, Outcome.UNCHANGED)
    assert not decision.cases


@pytest.mark.parametrize(
    "text",
    [
        "Bedankt. Mijn collega stuurde ook een formulier.",
        "Dank u. Ik kreeg geen bijlage.",
        "Dank u. Mijn vorige mail werd niet beantwoord.",
        "Merci. Ik was raadslid.",
        "Bedankt. Mijn gsm viel in het water.",
        "Ik ben niet blij dat ik zo lang moest wachten.",
        "Bedankt! Fijn dat het vegetarisch is.",
        "Zo is het niet.",
        "Dat klopt allemaal niet zoals u het geschreven hebt.",
    ],
)
def test_a_story_that_may_want_something_is_shown(text: str) -> None:
    assert answered(text, NOTED).cases


def test_who_changed_their_own_agenda_changes_nothing_of_ours() -> None:
    decision = answered("Geen probleem, ik heb mijn agenda aangepast en kom ook op de nieuwe datum.", NOTED)
    assert not decision.cases


@pytest.mark.parametrize(
    "text",
    [
        "Voor dringende zaken ben ik bereikbaar op 0470 12 34 56.",
        "Tijdens mijn verlof kan u mij bellen op 0470 12 34 56.",
        "Dank u. Mocht er iets zijn, bel dan 0470 12 34 56.",
        "'s Avonds ben ik te bereiken op 0470 12 34 56.",
        "Volgende week zit ik in het buitenland, dan ben ik bereikbaar op 0470 12 34 56.",
        "Mijn gsm op de dag zelf is 0470 12 34 56.",
        "Tot eind november ben ik bereikbaar op 0470 12 34 56, daarna weer gewoon.",
        "U mag mij bellen op 0470 12 34 56 als u nog vragen hebt.",
        "Mijn gsm is 0470 12 34 56, enkel voor dringende zaken.",
        "Ik ben met verlof. U kan mij bereiken op 0470 12 34 56.",
        "Voor dringende zaken mailt u naar hendrik.claeys@prive.example.",
        "En cas d'urgence, je suis joignable au 0470 12 34 56.",
        "If it is urgent, call me on 0470 12 34 56.",
        "Im Urlaub bin ich unter 0470 12 34 56 erreichbar.",
    ],
)
def test_a_number_for_a_time_or_a_purpose_takes_the_place_of_none(text: str) -> None:
    decision = answered(text, NOTED)
    assert (decision.results, len(decision.cases)) == ((), 1)


@pytest.mark.parametrize(
    "text",
    [
        "Ik ben voortaan bereikbaar op 0470 12 34 56.",
        "Vanaf 1 december ben ik bereikbaar op 0470 12 34 56.",
        "Ik heb sinds vorige week een nieuw gsm-nummer: 0470 12 34 56.",
        "Voor alle duidelijkheid: mijn gsm is nu 0470 12 34 56.",
        "Bij mijn inschrijving staat een fout nummer, het is 0470 12 34 56.",
        "U kan mij bereiken op 0470 12 34 56.",
        "Ik ben met verlof geweest. Mijn gsm is gewijzigd: 0470 12 34 56.",
    ],
)
def test_a_number_from_now_on_or_without_a_purpose_takes_its_place(text: str) -> None:
    assert told(answered(text, NOTED))["phone"] == "0470 12 34 56"


def test_a_number_for_the_evenings_is_taken_where_one_was_asked() -> None:
    missing = (Problem(0, "phone", Code.MISSING),)
    about = replace(NOTED, status=Status.INCOMPLETE, answers={**ON_THE_LIST.answers}, doubts=missing)
    text = "'s Avonds ben ik te bereiken op 0470 12 34 56."
    assert told(answered(text, about, Ask.INCOMPLETE))["phone"] == "0470 12 34 56"


@pytest.mark.parametrize(
    ("text", "diet"),
    [
        ("Nog twee dingen: ik eet vegetarisch en mijn gsm is 0474 11 22 33.", "vegetarisch"),
        ("Let op: ik eet vegetarisch en mijn gsm is 0474 11 22 33.", "vegetarisch"),
        ("Dit wou ik nog kwijt: ik eet geen noten en mijn gsm is 0474 11 22 33.", "geen noten"),
    ],
)
def test_a_diet_before_a_new_number_is_not_lost(text: str, diet: str) -> None:
    decision = answered(text, NOTED)
    assert (told(decision)["phone"], told(decision)["diet"]) == ("0474 11 22 33", diet)
    assert decision.cases == ()


def test_a_diet_that_goes_on_in_words_that_nobody_knows_is_shown_beside_a_new_number() -> None:
    decision = answered("Mijn gsm is 0474 11 22 33 en geen noten of wat daarop lijkt graag.", NOTED)
    assert decision.cases


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("Ik ben intussen ook vegetarisch: graag lactosevrij en vegetarisch.", "lactosevrij en vegetarisch"),
        ("Ik ben allergisch voor noten en eet ook geen vlees.", "allergisch voor noten, geen vlees"),
        ("Ik eet vegetarisch en lactosevrij.", "vegetarisch en lactosevrij"),
    ],
)
def test_a_new_diet_is_what_is_eaten_and_no_cut_of_the_sentence(text: str, noted: str) -> None:
    decision = answered(text, NOTED)
    told_values = [result.after.text("diet") for result in decision.results if result.after]
    offered = [one.person.text("diet") for one in decision.cases if one.person]
    assert noted in (*told_values, *offered)
