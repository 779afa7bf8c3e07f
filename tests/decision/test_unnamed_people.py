"""A form that says "2 personen" and names one: one place, and a case rather than silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Decision, Outcome
from mailbot.domain.form import FieldKind, FormField
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Person

from .building import MORNING, form, form_of, known, mail, person, row, settings

LABEL = "Komt met ... personen"


def decided(*people: Person, label: str = LABEL, rows: tuple[Registration, ...] = ()) -> Decision:
    base, here = form("kennisplatform"), settings()
    number = FormField(key="aantal", label=label, kind=FieldKind.NUMBER)
    asked = base.model_copy(update={"fields": (*base.fields, number)})
    here = replace(here, forms={**here.forms, base.id: asked})
    return decide(mail(), form_of(*people), known(*rows), here, MORNING)


@pytest.mark.parametrize("said", ["2", "2 personen", "12"])
def test_more_people_than_are_named_are_a_case_of_the_secretary(said: str) -> None:
    decision = decided(person(email="els@damme.example", aantal=said))
    assert decision.outcome is Outcome.REGISTERED
    (case,) = decision.cases
    assert (case.kind, case.fields, case.choices[0]) == (CaseKind.DOUBT, ("aantal",), Choice.ACCEPT)


def test_who_is_named_is_counted() -> None:
    two = [person(name, email=f"{name[:2]}@damme.example", aantal="2") for name in ("Els Maes", "Jan Smet")]
    assert decided(*two).cases == ()


@pytest.mark.parametrize(
    ("said", "label"), [("1", LABEL), ("", LABEL), ("3", "Aantal broodjes"), ("4", "Aantal jaren ervaring")]
)
def test_one_person_and_other_numbers_are_no_case(said: str, label: str) -> None:
    assert decided(person(email="els@damme.example", aantal=said), label=label).cases == ()


def test_what_she_let_stand_is_not_asked_again() -> None:
    settled = row(answers={"aantal": "2"})
    assert decided(person(email="els@damme.example", aantal="2"), rows=(settled,)).cases == ()
