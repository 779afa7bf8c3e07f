"""What the caterer is told: what people eat, and nothing else that they said yes to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.workbook.catering import catering
from tests.workbook.conftest import LAYOUT, Desk, person

MEALS = ("vlees", "vegetarisch", "niets")
ADOPTED = Form(
    id="f",
    title="Netwerkdag",
    field=(
        FormField(key="last_name", label="Naam", kind=FieldKind.NAME),
        FormField(key="first_name", label="Voornaam", kind=FieldKind.NAME),
        FormField(key="organisation", label="Organisatie", kind=FieldKind.ORGANISATION),
        FormField(key="attends", label="Ik neem deel", kind=FieldKind.YES_NO),
        FormField(key="wagen", label="Ik kom met de wagen", kind=FieldKind.YES_NO),
        FormField(
            key="lunch", label="Lunch", kind=FieldKind.CHOICE, choices=("vlees", "vegetarisch", "niets")
        ),
        FormField(key="receptie", label="Ik blijf voor de receptie", kind=FieldKind.YES_NO),
        FormField(key="noden", label="Allergieën of bijzondere noden"),
    ),
)
COME = (
    person(1, lunch="vegetarisch", wagen=True, receptie=True, noden="noten"),
    person(2, lunch="vegetarisch", wagen=True, noden="Noten"),
    person(3, lunch="vlees", wagen=True),
)
TOLD = [
    ("Lunch: vlees", 1),
    ("Lunch: vegetarisch", 2),
    ("Lunch: niets", 0),
    ("Ik blijf voor de receptie", 1),
    ("Allergieën of bijzondere noden: noten", 2),
]


def test_meals_are_counted_by_option_and_what_is_no_food_is_left_out() -> None:
    told = [(line.label, line.count) for line in catering(ADOPTED, COME)]
    assert [(label.casefold(), count) for label, count in told] == [
        (label.casefold(), count) for label, count in TOLD
    ]


def test_who_chose_no_meal_is_counted_as_such() -> None:
    silent = [line for line in catering(ADOPTED, (*COME, person(4), person(5))) if not line.answer]
    assert [(line.label, line.count) for line in silent] == [("Lunch: geen antwoord", 2)]


@pytest.mark.parametrize(
    ("label", "silent_people", "unless"),
    [
        ("Ik blijf lunchen", 1, "blijft"),
        ("Vegetarisch? ja/neen", 2, ""),
        ("Ik wil een veggie broodje", 2, ""),
        ("Ik heb een voedselallergie", 2, ""),
    ],
)
def test_who_does_not_stay_to_eat_is_asked_for_no_meal(label: str, silent_people: int, unless: str) -> None:
    gate = FormField(key="blijft", label=label, kind=FieldKind.YES_NO)
    fields = (*ADOPTED.fields[:5], gate, *ADOPTED.fields[5:])
    form = ADOPTED.model_copy(update={"fields": fields})
    people = (*COME, person(4, blijft=False), person(5, blijft=True))
    silent = [line for line in catering(form, people) if not line.answer]
    assert [(line.label, line.count, line.unless) for line in silent] == [
        ("Lunch: geen antwoord", silent_people, unless)
    ]


def test_one_word_in_two_spellings_is_one_line_and_what_says_more_another() -> None:
    said = ("Vegetariër", "vegetarisch", "vegetarisch", "vegetarisch, geen noten", "vleesloos", "vlees")
    people = [person(number, noden=text) for number, text in enumerate(said, 1)]
    lines = [line for line in catering(ADOPTED, people) if line.key == "noden"]
    assert [(line.answer, line.count, line.also) for line in lines] == [
        ("vegetarisch", 3, ("Vegetariër",)),
        ("vegetarisch, geen noten", 1, ()),
        ("vlees", 1, ()),
        ("vleesloos", 1, ()),
    ]


def test_the_overview_tells_the_same(tmp_path: Path) -> None:
    desk = Desk(tmp_path, replace(LAYOUT, form=ADOPTED))
    desk.add(*COME)
    assert desk.round().done
    sheet = load_workbook(desk.path)["Overzicht"]
    said = {str(cell.value).casefold() for row in sheet for cell in row}
    assert {label.casefold() for label, _ in TOLD} <= said
    assert "ik kom met de wagen" not in said
