"""A municipality says in one mail who of its people comes and who does not: each is noted as said."""

from __future__ import annotations

import pytest

from mailbot.domain.decision import Decision, Outcome
from mailbot.domain.registration import Status

from .building import known, row, rows_after
from .test_read_and_decided import mailed

OFFICE = "Secretariaat <secretariaat@damme.example>"


def rows(decision: Decision) -> list[tuple[str, str, Status]]:
    after = rows_after(decision)
    return [(one.text("last_name"), one.text("role").lower(), one.status) for one in after]


def test_who_comes_is_registered_and_who_does_not_is_excused() -> None:
    decision, answer = mailed(
        "Burgemeester Greta Decock en schepen Hendrik Soenen zullen aanwezig zijn op het kennisplatform. "
        "Schepen Ilse Huyghe laat zich verontschuldigen.",
        sender=OFFICE,
    )
    assert rows(decision) == [
        ("Decock", "burgemeester", Status.REGISTERED),
        ("Soenen", "schepen", Status.REGISTERED),
        ("Huyghe", "schepen", Status.EXCUSED),
    ]
    assert decision.cases == ()
    assert "Greta Decock is ingeschreven" in answer
    assert "Ilse Huyghe is verontschuldigd" in answer


def test_an_address_beside_a_name_is_theirs() -> None:
    text = "Greta Decock (greta.decock@damme.example) neemt deel. Ilse Huyghe kan er niet bij zijn."
    decision, _ = mailed(text, sender=OFFICE)
    emails = [result.after.text("email") for result in decision.results if result.after]
    assert emails == ["greta.decock@damme.example", ""]


def test_of_who_is_on_the_list_she_decides() -> None:
    listed = row(1, name="Ilse Huyghe", email="ilse@damme.example", sender="secretariaat@damme.example")
    text = "Ilse Huyghe komt niet naar het kennisplatform. Greta Decock neemt deel."
    decision, _ = mailed(text, sender=OFFICE, context=known(listed))
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Greta Decock komt misschien. Ilse Huyghe is verhinderd.", OFFICE),
        ("Greta Decock komt. Ilse Huyghe is verhinderd. Is er parking?", OFFICE),
        ("Greta Decock komt. Els is verhinderd.", OFFICE),
        ("Greta Decock komt. Ilse Huyghe is verhinderd. Bij vragen: 0470 11 22 33.", OFFICE),
        ("Greta Decock komt en eet vegetarisch. Ilse Huyghe is verhinderd.", OFFICE),
        ("Greta Decock komt. Ilse Huyghe is verhinderd op 12 december.", OFFICE),
        ("Greta Decock komt. Ilse Huyghe is verhinderd.", "Een ander <ander@elders.example>"),
        ("Ik kom. Ilse Huyghe is verhinderd.", "Greta Decock <greta@damme.example>"),
        ("Greta Decock komt. Ilse Huyghe is verhinderd.", "Greta Decock <greta@damme.example>"),
    ],
)
def test_what_says_more_or_comes_from_another_is_shown(text: str, sender: str) -> None:
    decision, _ = mailed(text, sender=sender)
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())
