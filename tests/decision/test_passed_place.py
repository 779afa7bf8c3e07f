"""One mail says that one leaves and another comes: the place stays with who comes, whoever waits for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.decision import decide, decide_case
from mailbot.domain.case import Choice, Edit, EditKind
from mailbot.domain.decision import Decision, DecisionContext, Outcome
from mailbot.domain.event import Late
from mailbot.domain.registration import Registration, Status
from mailbot.notifications import compose
from mailbot.wording import matter

from .building import (
    MORNING,
    clue,
    event,
    form_of,
    known,
    local,
    mail,
    person,
    row,
    rows_after,
    settings,
)
from .test_read_and_decided import read

FULL = settings(event(capacity=2))
LONG_AGO = MORNING - timedelta(days=5)
JAN = row(1, name="Jan Wouters", email="jan.wouters@damme.example", at=LONG_AGO)
PIET = row(2, name="Piet Claes", organisation="Brugge", email="piet@brugge.example")
BO = row(3, Status.WAITLISTED, name="Bo Dams", organisation="Beernem", email="bo@beernem.example")
LISTED = known(JAN, PIET, BO)
OFFICE = "Secretariaat Damme <secretariaat@damme.example>"
MAYOR = "Els Pauwels <els.pauwels@damme.example>"
HIMSELF = "Jan Wouters <jan.wouters@damme.example>"


def rows(decision: Decision) -> dict[str, Registration]:
    after = rows_after(decision)
    return {one.text("last_name"): one for one in after}


def registered(text: str, sender: str, of: DecisionContext = LISTED) -> Decision:
    """What follows from her ``inschrijven``."""
    arrival, submission = read(text, sender=sender, here=FULL)
    (case,) = decide(arrival, submission, of, FULL, MORNING).cases
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=Choice.REGISTER)
    return decide_case(replace(case, id=7), edit, of, FULL, MORNING, arrival, submission)


@pytest.mark.parametrize(
    ("text", "sender", "comes"),
    [
        ("Jan Wouters komt niet. Ik kom dan zelf.", MAYOR, "Pauwels"),
        (
            "Schepen Jan Wouters is verhinderd, ik kom dan zelf.\n\nEls Pauwels\nburgemeester",
            MAYOR,
            "Pauwels",
        ),
        ("Schepen Wouters komt niet. Burgemeester Els Pauwels komt dan zelf.", OFFICE, "Pauwels"),
        ("Ik kan niet komen. Burgemeester Els Pauwels komt dan zelf.", HIMSELF, "Pauwels"),
        ("Afmelden: Jan Wouters\nAanmelden: Els Pauwels", OFFICE, "Pauwels"),
    ],
)
def test_who_comes_as_another_leaves_has_that_place_and_not_who_waits(
    text: str, sender: str, comes: str
) -> None:
    decision = registered(text, sender)
    after = rows(decision)
    assert set(after) == {"Wouters", comes}  # nobody else moves
    assert after["Wouters"].status.is_out
    assert (after[comes].status, after[comes].arrived) == (Status.REGISTERED, LONG_AGO)
    assert (after[comes].replaces, after["Wouters"].replaced_by) == ("INS-0001", after[comes].nr)


def test_a_last_name_behind_a_function_is_one_and_what_is_missing_is_asked_with_the_place_kept() -> None:
    after = rows(registered("Schepen Wouters komt niet. Burgemeester Pauwels komt dan zelf.", OFFICE))
    comes = after["Pauwels"]
    assert (comes.text("first_name"), comes.text("role")) == ("", "burgemeester")
    assert (comes.status, comes.found_no_place, comes.arrived) == (Status.INCOMPLETE, False, LONG_AGO)


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Schepen Wouters komt niet. De burgemeester komt zelf.", OFFICE),
        ("Ik kan niet komen, de burgemeester komt dan zelf.", HIMSELF),
    ],
)
def test_who_comes_and_is_told_by_function_alone_keeps_the_place_until_their_name_is_known(
    text: str, sender: str
) -> None:
    arrival, submission = read(text, sender=sender, here=FULL)
    (case,) = decide(arrival, submission, LISTED, FULL, MORNING).cases
    assert not {Choice.WITHDRAW, Choice.EXCUSE} & {*case.choices}  # which would be half
    assert "burgemeester komt" in matter(case)
    comes = rows(registered(text, sender))[""]
    assert (comes.text("role"), comes.organisation_known) == ("burgemeester", "Damme")
    assert (comes.status, comes.found_no_place, comes.arrived) == (Status.INCOMPLETE, False, LONG_AGO)


@pytest.mark.parametrize("status", [Status.WAITLISTED, Status.CANCELLED])
def test_who_waited_or_had_left_takes_the_place_of_a_colleague(status: Status) -> None:
    els = row(4, status, name="Els Maes", at=MORNING)
    after = rows(registered("Jan Wouters komt niet, Els Maes komt wel.", OFFICE, known(JAN, PIET, BO, els)))
    assert set(after) == {"Wouters", "Maes"}
    assert (after["Maes"].status, after["Maes"].arrived) == (Status.REGISTERED, LONG_AGO)


def test_of_two_who_come_for_one_the_first_has_the_place_and_the_other_waits() -> None:
    after = rows(registered("Jan Wouters komt niet. Els Maes en Rik Bos komen wel.", OFFICE))
    assert [after[name].status for name in ("Maes", "Bos")] == [Status.REGISTERED, Status.WAITLISTED]
    assert after["Maes"].replaces == ""  # whose place it is was not said


def test_who_comes_for_somebody_on_the_waiting_list_waits_from_then_on() -> None:
    waits = replace(JAN, status=Status.WAITLISTED, reason="vol")
    context = known(PIET, row(5, name="Rik Bos", organisation="Brugge"), waits, replace(BO, arrived=MORNING))
    after = rows(registered("Jan Wouters komt niet. Ik kom dan zelf.", MAYOR, context))
    assert (after["Pauwels"].status, after["Pauwels"].arrived) == (Status.WAITLISTED, LONG_AGO)


def two_on_one_form(body: str) -> Decision:
    here = settings(event(capacity=2, deadline=local(2026, 11, 9), late=Late.REFUSE))
    people = (
        person("Jan Wouters", email="jan.wouters@damme.example", attends=False),
        person("Els Pauwels", body, attends=True),
    )
    return decide(mail(HIMSELF[13:-1]), form_of(*people, clues=(clue(),)), LISTED, here, MORNING)


def test_a_form_by_which_one_leaves_and_a_colleague_comes_needs_no_decision_and_no_deadline() -> None:
    after = rows(two_on_one_form("Damme"))
    assert set(after) == {"Wouters", "Pauwels"}
    comes = after["Pauwels"]
    assert (comes.status, comes.arrived, comes.after_deadline) == (Status.REGISTERED, LONG_AGO, True)


def test_a_place_does_not_pass_to_another_body() -> None:
    decision = two_on_one_form("Gent")
    assert rows(decision)["Pauwels"].status is Status.LATE
    assert rows(decision)["Dams"].status is Status.REGISTERED


def test_registering_beside_whom_they_replace_is_not_offered() -> None:
    arrival, submission = read(
        "Jan Wouters is ziek. Els Maes neemt zijn plaats in.", sender=OFFICE, here=FULL
    )
    (case,) = decide(arrival, submission, LISTED, FULL, MORNING).cases
    assert case.choices[0] is Choice.REPLACES
    assert Choice.REGISTER not in case.choices


def test_both_are_told_who_comes_in_whose_place() -> None:
    text = "Jan Wouters komt niet. Ik kom dan zelf."
    arrival, _ = read(text, sender=MAYOR, here=FULL)
    decision = registered(text, MAYOR)
    assert decision.outcome is Outcome.REGISTERED
    answer, left, *_ = compose(decision, arrival, FULL, MORNING)
    assert (answer.to.email, left.to.email) == ("els.pauwels@damme.example", "jan.wouters@damme.example")
    assert "U bent ingeschreven, in de plaats van Jan Wouters" in answer.text
