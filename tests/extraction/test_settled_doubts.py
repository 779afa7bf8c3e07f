"""Doubts that something else on the form settles, and those that it does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.submission import Code
from tests.extraction.blocks import lines, understood

TITLE = "Inschrijvingsformulier zomerkamp"


def field(key: str, label: str, kind: FieldKind) -> FormField:
    return FormField(key=key, label=label, kind=kind)


CAMP = Form(
    id="kamp",
    title="Inschrijvingsformulier zomerkamp",
    field=(
        field("child", "Naam van het kind", FieldKind.NAME),
        field("born", "Geboortedatum", FieldKind.BIRTH_DATE),
        field("parent", "Naam van de ouder", FieldKind.NAME),
        field("organisation", "School", FieldKind.ORGANISATION),
        field("address", "Adres", FieldKind.ADDRESS),
        field("phone", "Telefoon", FieldKind.PHONE),
        field("role", "Lievelingssport", FieldKind.TEXT),
    ),
)
SAID = {
    "Naam van het kind": "Lou Maes",
    "Geboortedatum": "3/4/2016",
    "Naam van de ouder": "Paul Maes",
    "School": "De Linde",
    "Adres": "Kerkstraat 7, 8340 Damme",
    "Telefoon": "0478 11 22 33",
    "Lievelingssport": "judo",
}

Doubted = Callable[..., set[str]]


@pytest.fixture
def doubted(settings: Settings, now: datetime) -> Doubted:
    """The fields in doubt of a form whose lines say this; ``otherwise`` is the whole line of some labels."""

    def read(said: Mapping[str, str], **otherwise: str) -> set[str]:
        told = (otherwise.get(asked, f"{asked}: {what}") for asked, what in said.items())
        text = "\n".join([TITLE, *told])
        submission = understood(replace(settings, forms={"kamp": CAMP}), now, *lines(text))
        assert submission.people
        return {problem.field for problem in submission.problems if problem.code is not Code.MISSING}

    return read


def test_two_parents_of_one_child_leave_the_rest_certain(doubted: Doubted) -> None:
    assert doubted(SAID) == set()
    assert doubted({**SAID, "Naam van de ouder": "Paul Maes en Julie Claes"}) == {"parent"}


def test_what_two_who_come_share_is_certain(doubted: Doubted) -> None:
    found = doubted({**SAID, "Naam van het kind": "Lou Maes en Tom Claes"})
    assert {"child", "born", "phone", "role"} <= found
    assert not found & {"organisation", "address"}


@pytest.mark.parametrize(("said", "found"), [("judo of karate", set()), ("Judo of karate", {"role"})])
def test_small_letters_below_a_question_were_typed(said: str, found: set[str], doubted: Doubted) -> None:
    assert doubted(SAID, Lievelingssport=f"Lievelingssport\n{said}") == found


@pytest.mark.parametrize(
    ("said", "found"), [("Kerkstraat 7, 8340 Damme", set()), ("Damme centrum", {"address"})]
)
def test_a_street_with_its_number_begins_an_address(said: str, found: set[str], doubted: Doubted) -> None:
    assert doubted(SAID, Adres=f"Adres {said}") == found
