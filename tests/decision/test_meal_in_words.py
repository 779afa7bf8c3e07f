"""What words say of the one question of a form whether somebody eats along."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.config.settings import Settings
from mailbot.decision import decide
from mailbot.domain.decision import Decision, DecisionContext
from mailbot.domain.form import FieldKind, FormField
from mailbot.intent.answers.told import told_by
from mailbot.pipeline.offered_change import with_offered_changes
from mailbot.wording import matter

from .building import MORNING, event, form, known, row, settings
from .test_read_and_decided import read

ELS = "Els Maes <els@damme.example>"
SIGNED = "\n\nMet vriendelijke groeten\nEls Maes\nschepen Damme"


def asking(*labels: str) -> Settings:
    """Settings in which the form asks these with yes or no as well."""
    asked = tuple(FormField(key=f"own_{n}", label=one, kind=FieldKind.YES_NO) for n, one in enumerate(labels))
    usual = form("kennisplatform")
    own = usual.model_copy(update={"id": "own", "fields": (*usual.fields, *asked)})
    here = settings(event(form="own"))
    return replace(here, forms={**here.forms, "own": own})


LUNCH = asking("Neemt u deel aan de lunch?")


def decided(text: str, context: DecisionContext, here: Settings = LUNCH) -> Decision:
    """What becomes of a mail of Els Maes, as a round decides it."""
    arrival, submission = read(text, "Kennisplatform", ELS, here)
    offered = with_offered_changes(
        decide(arrival, submission, context, here, MORNING), submission, context, arrival.message, here
    )
    return offered.decision if offered.own is None else decide(arrival, offered.own, context, here, MORNING)


@pytest.mark.parametrize("label", ["Neemt u deel aan de lunch?", "Blijft u voor de broodmaaltijd?", "Lunch"])
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Ik eet mee.", "ja"),
        ("Ik eet niet mee.", "nee"),
        ("Zonder lunch graag.", "nee"),
        ("Wel de lunch.", "ja"),
        ("Ik blijf niet eten op 3 december.", "nee"),
        ("Ik sla de lunch over.", "nee"),
        ("pas de repas", "nee"),
        ("Sans repas svp", "nee"),
        ("Je ne mange pas sur place.", "nee"),
        ("no lunch", "nee"),
        ("No meal please.", "nee"),
        ("kein Essen", "nee"),
        ("ohne Essen", "nee"),
        ("geen eten", "nee"),
        ("avec repas", "ja"),
        ("Pas de viande.", ""),
        ("no meat", ""),
        ("Ik kom pas na de lunch.", ""),
        ("Ik eet mee als er vis is.", ""),
        ("Niet zonder lunch.", ""),
    ],
)
def test_words_for_eating_along_answer_the_one_question_about_a_meal(
    label: str, text: str, answer: str
) -> None:
    told = told_by([text], asking(label).forms["own"])
    assert [one.answer for one in told if one.field.key == "own_0"] == [answer] * bool(answer)


def test_where_a_form_asks_about_two_meals_eating_along_is_no_answer_to_either() -> None:
    both = asking("Neemt u deel aan de lunch?", "Neemt u deel aan het avondmaal?").forms["own"]
    assert told_by(["Ik eet mee."], both) == ()
    assert [one.field.key for one in told_by(["Wel de lunch."], both)] == ["own_0"]


@pytest.mark.parametrize(
    ("text", "eats"),
    [
        ("Ik kom naar het Kennisplatform en eet mee.", True),
        ("Ik schrijf mij in voor het Kennisplatform, maar eet niet mee.", False),
        ("Ik kom naar het Kennisplatform, zonder lunch.", False),
        ("Schrijf mij in voor het Kennisplatform. Wel de lunch.", True),
    ],
)
def test_who_registers_and_says_whether_they_eat_along_has_that_answer(text: str, eats: bool) -> None:
    decision = decided(text + SIGNED, known())
    (after,) = (result.after for result in decision.results)
    assert after is not None
    assert (after.answers.get("attends"), after.answers.get("own_0")) == (True, eats)
    assert decision.cases == ()


@pytest.mark.parametrize(
    "text", ["Ik eet niet mee.", "Zonder lunch voor mij graag.", "Ik kom, maar eet niet mee."]
)
def test_who_is_on_the_list_changes_whether_they_eat_along(text: str) -> None:
    els = row(answers={"attends": True, "own_0": True})
    (after,) = (result.after for result in decided(text, known(els)).results)
    assert after is not None
    assert (after.status, after.answers["own_0"]) == (els.status, False)


@pytest.mark.parametrize("said", ["Wij eten mee.", "Ik eet mee als er vis is."])
def test_a_meal_that_is_not_taken_over_is_shown(said: str) -> None:
    decision = decided(f"Jan Claes en ik komen naar het Kennisplatform. {said}{SIGNED}", known())
    assert len(decision.cases) == 1
    assert said in matter(decision.cases[0])
    assert not any("own_0" in r.after.answers for r in decision.results if r.after is not None)


def test_what_is_said_of_somebody_on_a_list_is_no_answer_of_its_writer() -> None:
    said = "Graag inschrijven: Jan Claes, raadslid, zonder lunch."
    assert told_by([said], LUNCH.forms["own"]) == ()


def test_a_diet_behind_a_name_on_a_list_is_that_of_whom_it_names() -> None:
    said = (
        "Graag inschrijven voor het Kennisplatform: Jan Claes, raadslid, vegetarisch, en Piet Bos, schepen."
    )
    rows = [result.after for result in decided(said + SIGNED, known()).results]
    told = [(one.text("last_name"), one.text("role"), one.text("diet")) for one in rows if one is not None]
    assert told == [("Claes", "raadslid", "vegetarisch"), ("Bos", "schepen", "")]


def test_a_case_about_a_list_is_about_whom_it_names_and_not_about_its_writer() -> None:
    said = "Graag inschrijven voor het Kennisplatform: Jan Claes, schepen, zonder lunch."
    (case,) = decided(said + SIGNED, known()).cases
    assert "Uw keuze gaat over Jan Claes, niet over wie schreef." in matter(case)


@pytest.mark.parametrize("text", ["sans repas", "no lunch", "kein Essen", "geen lunch"])
def test_a_meal_that_is_refused_is_no_diet(text: str) -> None:
    assert told_by([text], form("kennisplatform")) == ()
