"""An address that she types and that cannot be right is told beside the row, and never mended by a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.config.settings import Settings
from mailbot.decision import decide_case, decide_edit
from mailbot.domain.case import TYPED_AT, TYPED_ROW, CaseKind, Choice, Edit, EditKind
from mailbot.domain.doubt import Reason
from mailbot.domain.organisation import Organisations
from mailbot.domain.submission import Code, Problem
from mailbot.matching.addresses import doubt_about

from .building import MORNING, event, known, row, settings

LATER = MORNING + timedelta(hours=1)
LIST = Organisations.model_validate(
    {
        "organisation": [
            {"name": "Beernem", "domains": ["beernem.be"]},
            {"name": "Damme", "domains": ["damme.be"]},
        ]
    }
)


@pytest.mark.parametrize(
    ("email", "wrong"),
    [
        ("els@beernem.be", False),
        ("els@hotmail.com", False),
        ("els@mail.beernem.be", False),
        ("els@gmial.com", True),
        ("els@telent.be", True),
        ("els@ymail.com", False),
        ("els@hotmail.co", True),
        ("els@hotmail.de", False),
        ("els@gmail.be", True),
        ("els@stad.exmaple", True),
        ("els@bedrijf.con", True),
        ("els@bedrijf.brussels", False),
        ("els@bedrijf.example", False),
        ("els@damme,be", True),
        ("els@damme..be", True),
        ("els@damme.be.", True),
        ("els@beernm.be", True),
        ("els@beerenm.be", True),
        ("els@beerem.be", True),
        ("els@beern.be", False),  # two letters off may be somebody else's
        ("els", True),
        ("els@damme", True),
        ("els @damme.be", True),
        ("els@damme.be, jan@damme.be", True),
    ],
)
def test_an_address_that_cannot_be_one_or_is_a_letter_off(email: str, wrong: bool) -> None:
    assert bool(doubt_about(email, LIST)) is wrong


def test_it_is_told_in_a_case_that_her_next_correction_closes() -> None:
    wrong = Edit(EditKind.CELL, "Deelnemers", nr="INS-0001", key="email", new="els@damme", at=2)
    decision = decide_edit(wrong, known(row()), settings(event()), LATER)
    (case,) = decision.cases
    assert (case.kind, case.registration, case.choices[0]) == (CaseKind.DOUBT, "INS-0001", Choice.ACCEPT)
    assert case.doubts == (Problem(0, "email", Code.UNSURE, Reason.IMPOSSIBLE_EMAIL, "els@damme"),)
    assert case.payload == {TYPED_AT: "Deelnemers", TYPED_ROW: "2"}
    (result,) = decision.results
    assert result.after
    assert result.after.text("email") == "els@damme"  # what she typed stands
    assert {problem.field for problem in result.after.doubts} == {"email"}
    right = Edit(EditKind.CELL, "Deelnemers, rij 2", nr="INS-0001", key="email", new="els@damme.example")
    mended = decide_edit(right, known(result.after), settings(event()), LATER)
    assert mended.cases == ()
    assert mended.results[0].after
    assert mended.results[0].after.doubts == ()


def test_a_row_typed_in_is_looked_at_too() -> None:
    typed = Edit(
        EditKind.NEW_ROW, "Deelnemers, rij 9", row={"last_name": "Claes", "email": "claes@"}, event="kis"
    )
    decision = decide_edit(typed, known(next_nr=8), settings(event()), LATER)
    assert [case.registration for case in decision.cases] == ["INS-0008"]


KNOWN = Organisations.model_validate(
    {"organisation": [{"name": "Ieper"}, {"name": "Hamme"}, {"name": "Damme"}, {"name": "Beernem"}]}
)


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Stad Ieperr", "Ieper"),
        ("Ieper", ""),
        ("Gemeente Iepr", "Ieper"),
        ("Gemme", ""),  # a letter off two of them
        ("WVI", ""),
        ("Gent", ""),
    ],
)
def test_an_organisation_that_is_a_letter_off_is_told(typed: str, near: str) -> None:
    row_typed = {"last_name": "Claes", "first_name": "An", "organisation": typed}
    edit = Edit(EditKind.NEW_ROW, "Deelnemers, rij 9", row=row_typed, event="kis")
    facts = replace_organisations(KNOWN)
    decision = decide_edit(edit, known(next_nr=8), facts, LATER)
    told = [(doubt.reason, doubt.detail) for case in decision.cases for doubt in case.doubts]
    assert told == [(Reason.RESEMBLES, near)] * bool(near)
    assert decision.results[0].after
    assert decision.results[0].after.text("organisation") == typed  # what she typed stands


def replace_organisations(organisations: Organisations) -> Settings:
    """The settings with another list of organisations."""
    return replace(settings(event()), organisations=organisations)


def test_a_body_a_letter_off_is_told_although_it_is_counted_as_what_it_must_be() -> None:
    for typed, told in (("Beernme", True), ("Bernem", True), ("Gemeente Beernem", False), ("Elders", False)):
        edit = Edit(EditKind.NEW_ROW, "rij 9", row={"last_name": "Maes", "organisation": typed}, event="kis")
        cases = decide_edit(edit, known(), settings(event()), LATER).cases
        assert [case.kind for case in cases] == [CaseKind.DOUBT] * told, typed


def test_no_confirmation_leaves_for_an_address_that_may_be_a_slip_until_she_says_that_it_is_right() -> None:
    typed = Edit(EditKind.CELL, "Deelnemers, rij 2", nr="INS-0001", key="email", new="els@gmial.com")
    of = settings(event())
    (changed,) = decide_edit(typed, known(row()), of, LATER).results
    assert changed.after is not None
    yes = Edit(EditKind.CONFIRM, "Deelnemers, rij 2", nr="INS-0001", new="ja")
    held = decide_edit(yes, known(changed.after), of, LATER)
    assert (held.results, held.answer, [case.kind for case in held.cases]) == ((), False, [CaseKind.DOUBT])
    accepted = Edit(EditKind.DECISION, "rij 2", case=7, choice=Choice.ACCEPT)
    case = replace(held.cases[0], id=7)
    (right,) = decide_case(case, accepted, known(changed.after), of, LATER).results
    assert right.after is not None
    assert decide_edit(yes, known(right.after), of, LATER).answer
