"""Replies that tell two things, of which one may be understood: the other goes to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.submission import Submission
from mailbot.intent.follow_up import complete

from .building import row
from .test_read_and_decided import ONE_MEETING, read

OURS = ONE_MEETING.forms["kennisplatform"]
LUNCH: Form = OURS.model_copy(
    update={
        "fields": (
            *OURS.fields,
            FormField(key="lunch", label="Broodjeslunch vooraf", kind=FieldKind.YES_NO),
            FormField(key="transport", label="Vervoer", kind=FieldKind.CHOICE, choices=("trein", "auto")),
        )
    }
)
ELS = row(answers={"phone": "0478 12 34 56", "lunch": False, "transport": "auto"})


def answered(text: str, form: Form = OURS) -> Submission:
    """A reply of Els to our confirmation."""
    here = replace(ONE_MEETING, forms={**ONE_MEETING.forms, form.id: form})
    _, said = read(text, "Re: Ingeschreven: Kennisplatform", "Els Maes <els@damme.example>", here)
    return complete(said, PendingQuestion(Ask.TOLD, "kis", (ELS.nr,), (ELS,)), form, here)


@pytest.mark.parametrize(
    ("text", "taken", "left"),
    [
        ("Ik kom zeker! Mijn gsm is nu 0499 11 22 33 en graag vegetarisch.", "phone", "graag vegetarisch"),
        ("Ik eet vegetarisch en ik ben intussen schepen.", "role", "Ik eet vegetarisch"),
    ],
)
def test_a_diet_beside_what_is_taken_over_is_taken_over_or_shown(text: str, taken: str, left: str) -> None:
    said = answered(text)
    (person,) = said.people
    assert taken in person.answers
    assert "diet" in person.answers or left in said.question


def test_an_answer_by_a_word_of_the_form_beside_another_is_shown() -> None:
    said = answered("Ik kom toch met de trein, en ik eet een broodje mee.", LUNCH)
    (person,) = said.people
    assert person.text("transport") == "trein"
    assert "lunch" in person.answers or "broodje" in said.question


@pytest.mark.parametrize(
    "text",
    [
        "Mijn gsm is 0499 11 22 33.",
        "Mijn nieuw nummer is 0499 11 22 33 en ik eet vegetarisch.",
        "Het nummer 0478 12 34 56 klopt niet meer, het is 0499 11 22 33.",
        "Ik ben allergisch voor noten en gluten.",
        "Mijn gsm is 0499 11 22 33, mijn adres blijft els@damme.example.",
    ],
)
def test_nothing_is_shown_where_all_is_taken_over_or_noted_already(text: str) -> None:
    said = answered(text)
    assert said.people
    assert said.question == ""
