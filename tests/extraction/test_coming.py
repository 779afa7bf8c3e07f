"""Which yes or no says that somebody comes, and is answered by "ik kom"."""

from __future__ import annotations

import pytest

from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.message import Address
from mailbot.extraction.coming import presence_field
from mailbot.extraction.labels import Labels
from mailbot.intent.free_text_registration import told
from mailbot.matching.organisations import Directory

NAME = FormField(key="name", label="Naam", kind=FieldKind.NAME)


def form_with(*labels: str, title: str = "Inschrijving nieuwjaarslunch") -> Form:
    asked = [FormField(key=f"q{n}", label=label, kind=FieldKind.YES_NO) for n, label in enumerate(labels)]
    return Form(id="f", title=title, field=(NAME, *asked))


@pytest.mark.parametrize(
    "label",
    [
        "Ik kom",
        "Ik ben aanwezig",
        "Ik zal aanwezig zijn op 3 december",
        "Ik neem deel aan de lunch",  # what the form itself is called
        "Ja, ik schrijf mij in",
        "Neemt u deel aan de vergadering op 3 december 2026?",
        "Je participe à la réunion",
    ],
)
def test_a_question_whether_somebody_comes_is_known(label: str) -> None:
    assert presence_field(form_with(label)) == "q0"


@pytest.mark.parametrize(
    "label",
    [
        "Ik kom met de wagen",
        "Ik kom samen met mijn partner",
        "Partner aanwezig",
        "Ik ben aanwezig op de receptie",
        "Deelname aan de workshop",
        "Ik neem deel (aan het avondprogramma)",
        "Ik kom per fiets",
    ],
)
def test_how_with_whom_and_to_what_part_is_another_question(label: str) -> None:
    form = form_with(label)
    assert presence_field(form) == ""
    (person,), _ = told(
        ["Ik kom met de trein."], [], Address("jan@x.example", "Jan Peeters"), Labels(form), Directory.of(())
    )
    assert "q0" not in person.answers


def test_of_several_days_none_is_answered_by_coming() -> None:
    assert presence_field(form_with("Aanwezig op 3 december", "Aanwezig op 4 december")) == ""


def test_the_key_goes_before_the_words() -> None:
    form = form_with("Ik kom")
    known = replace_key(form)
    assert presence_field(known) == "attends"


def replace_key(form: Form) -> Form:
    other = FormField(key="attends", label="Tot dan", kind=FieldKind.YES_NO)
    return form.model_copy(update={"fields": (*form.fields, other)})
