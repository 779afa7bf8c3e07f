"""Where a diet that is told in words is noted, on a form that has no question called so."""

from __future__ import annotations

import pytest

from mailbot.domain.doubt import Reason
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.message import Address
from mailbot.domain.submission import Person, Problem
from mailbot.extraction.labels import Labels
from mailbot.intent.answers.told import told_in
from mailbot.intent.free_text_registration import told
from mailbot.matching.organisations import Directory

NAME = FormField(key="name", label="Naam", kind=FieldKind.NAME)
LUNCH = FormField(
    key="lunch", label="Lunch", kind=FieldKind.CHOICE, choices=("vlees", "vegetarisch", "geen lunch")
)
ALLERGIES = FormField(key="noden", label="Allergieën of bijzondere noden")
REMARKS = FormField(key="remarks", label="Opmerkingen", kind=FieldKind.LONG_TEXT)
WAGEN = FormField(key="wagen", label="Ik kom met de wagen", kind=FieldKind.YES_NO)


def read(words: str, *fields: FormField) -> tuple[Person, tuple[Problem, ...]]:
    form = Form(id="f", title="Netwerkdag", field=(NAME, *fields))
    sender = Address("jan@x.example", "Jan Peeters")
    (person,), doubts = told(["Ik kom graag.", words], [], sender, Labels(form), Directory.of(()))
    return person, doubts


def signed(line: str) -> Person:
    """Who comes, with a line below their signature."""
    form = Form(id="f", title="Netwerkdag", field=(NAME, ALLERGIES))
    sender, signature = Address("jan@x.example", "Jan Peeters"), ["Jan Peeters", "050 11 22 33", line]
    (person,), _ = told(["Ik kom graag."], signature, sender, Labels(form), Directory.of(()))
    return person


@pytest.mark.parametrize(
    ("said", "fields", "key", "value"),
    [
        ("vegetarisch", (ALLERGIES, LUNCH, REMARKS), "lunch", "vegetarisch"),
        ("een vegetarische lunch", (LUNCH, REMARKS), "lunch", "vegetarisch"),
        ("glutenvrij", (LUNCH, ALLERGIES, REMARKS), "noden", "glutenvrij"),
        ("glutenvrij", (LUNCH, WAGEN, REMARKS), "remarks", "glutenvrij"),
    ],
)
def test_it_is_noted_at_the_question_that_it_answers(
    said: str, fields: tuple[FormField, ...], key: str, value: str
) -> None:
    person, doubts = read(f"Ik eet {said}.", *fields)
    assert person.text(key) == value
    assert (key in {doubt.field for doubt in doubts}) is (said != value), (
        "asked where it is not their own word"
    )
    assert not [key for key in person.answers if ":" in key]


def test_where_nothing_asks_it_the_doubt_says_so_and_no_answer_is_made_up() -> None:
    person, doubts = read("Ik eet vegetarisch.", WAGEN)
    assert set(person.answers) == {"name"}
    assert [doubt.read for doubt in doubts if doubt.reason is Reason.NOT_ASKED] == ["vegetarisch"]


@pytest.mark.parametrize(
    "said", ["Ik eet geen vlees.", "Geen noten voor mij aub.", "Ik ben allergisch voor vis."]
)
def test_what_somebody_says_that_they_do_not_eat_is_noted_without_a_doubt(said: str) -> None:
    person, doubts = read(said, ALLERGIES)
    assert person.text("noden")
    assert "noden" not in {doubt.field for doubt in doubts}


@pytest.mark.parametrize("said", ["Mijn man eet vegetarisch.", "Vegetarisch."])
def test_a_diet_that_its_writer_does_not_say_of_themselves_is_doubted(said: str) -> None:
    person, doubts = read(said, ALLERGIES)
    assert not person.text("noden") or "noden" in {doubt.field for doubt in doubts}


def test_the_writer_may_stand_in_their_own_list() -> None:
    form = Form(id="f", title="Netwerkdag", field=(NAME,))
    sender = Address("jan@x.example", "Jan Peeters")
    lines = ["Graag inschrijven voor de netwerkdag:", "- mezelf", "- An Maes, schepen van jeugd"]
    people, _ = told(lines, [], sender, Labels(form), Directory.of(()))
    assert [one.text("name") for one in people] == ["Jan Peeters", "An Maes"]


@pytest.mark.parametrize(
    ("words", "goes"),
    [
        ("m'n nummerplaat mag weg", True),
        ("de nummerplaat mag weg", True),
        ("mijn nummerplaat is niet meer nodig", True),
        ("ik heb geen nummerplaat meer nodig", True),
        ("please remove my nummerplaat", True),
        ("de nummerplaat van Jan mag weg", False),
        ("de voorkeur mag weg", False),
    ],
)
def test_what_is_noted_may_go_by_the_name_of_what_it_is(words: str, goes: bool) -> None:
    plate = FormField(key="plate", label="Nummerplaat")
    found = told_in(words, Form(id="f", title="Netwerkdag", field=(NAME, plate)))
    assert (found is not None and found.field == plate and found.erases) is goes


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("No pork for me please.", "No pork"),
        ("Geen varkensvlees voor mij aub.", "Geen varkensvlees"),
        ("Pas de porc pour moi svp.", "Pas de porc"),
        ("Vegetarisch graag.", "Vegetarisch"),
    ],
)
def test_a_line_below_the_writers_signature_that_says_what_they_eat_is_theirs(said: str, noted: str) -> None:
    assert signed(said).text("noden") == noted


FORBIDS = ["Geen bijlagen openen zonder controle.", "Niet afdrukken aub.", "No reply please."]


@pytest.mark.parametrize("line", FORBIDS)
def test_a_line_below_a_signature_that_forbids_something_else_is_no_diet(line: str) -> None:
    assert "noden" not in signed(line).answers
