"""What is known in one place means the same wherever it is typed, mailed or stored."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailbot.decision import decide_edit
from mailbot.domain.case import Edit, EditKind
from mailbot.domain.decision import Outcome
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import Value
from mailbot.extraction.boilerplate import ends_the_answers
from mailbot.extraction.values.email import read_email
from mailbot.intent import person_mentions
from mailbot.matching.names import PARTICLES, email_of, same_address, written_email_of
from mailbot.text.closings import is_closing
from mailbot.text.normalize import fold

from .building import MORNING, event, known, row, settings


def typed(key: str, new: Value) -> Registration:
    """The row after the secretary typed one cell."""
    old = row().answers.get(key)
    edit = Edit(EditKind.CELL, "Deelnemers, rij 2", nr="INS-0001", key=key, old=old, new=new)
    (result,) = decide_edit(edit, known(row()), settings(event()), MORNING + timedelta(hours=1)).results
    assert result.after is not None
    return result.after


@pytest.mark.parametrize("written", ["Stad Brugge", "stadsbestuur Brugge", "gemeente brugge", "BRUGGE"])
def test_an_organisation_typed_in_the_workbook_is_recognised_as_in_a_mail(written: str) -> None:
    after = typed("organisation", written)
    assert after.text("organisation") == written
    assert after.organisation_known == "Brugge"


def test_an_address_with_a_blank_beside_its_at_is_one_address_everywhere() -> None:
    after = typed("email", "els @damme.example")
    form = settings(event()).forms["kennisplatform"]
    assert after.text("email") == "els@damme.example"
    assert email_of({"email": "Els @ Damme.example"}, form) == "els@damme.example"
    assert written_email_of({"email": "Els @Damme.example"}, form) == "Els@Damme.example"
    assert same_address(" els@ damme.example") == same_address("ELS@damme.example")
    read = read_email("els @damme.example", frozenset(), frozenset())
    assert (read.value, read.code) == ("els@damme.example", None)


def test_two_words_before_an_at_are_never_joined_into_an_address_nobody_gave() -> None:
    form = settings(event()).forms["kennisplatform"]
    assert typed("email", "els maes@damme.example").text("email") == "els maes@damme.example"
    assert written_email_of({"email": "els maes@damme.example"}, form) == ""


def test_every_status_is_told_as_an_outcome() -> None:
    told = [Outcome.of(status) for status in Status]
    assert {outcome.value for outcome in told} >= {
        "registered", "waitlisted", "excused", "cancelled", "late", "incomplete",
    }  # fmt: skip
    assert not any(outcome.is_silent for outcome in told)


def test_of_every_status_is_known_who_comes() -> None:
    assert {status for status in Status if status.is_out} == {Status.EXCUSED, Status.CANCELLED}
    assert {status for status in Status if status.is_coming} == {Status.REGISTERED}
    assert {status for status in Status if status.is_in} == {Status.REGISTERED, Status.WAITLISTED}
    assert {s for s in Status if s.is_expected} == {Status.REGISTERED, Status.WAITLISTED, Status.INCOMPLETE}


def test_of_every_outcome_is_known_whether_it_is_answered() -> None:
    silent = {outcome.value for outcome in Outcome if outcome.is_silent}
    assert silent == {"automatic", "duplicate", "review", "no-form"}
    assert {outcome.value for outcome in Outcome if outcome.is_for_sender_only} == {"incomplete", "unchanged"}


@pytest.mark.parametrize(
    "line",
    ["Met vriendelijke groeten,", "Bien à vous", "Mit freundlichen Grüßen", "Kind regards", "Hoogachtend"],
)
def test_what_ends_a_mail_is_nobodys_answer_around_a_form_either(line: str) -> None:
    assert is_closing(line)
    assert ends_the_answers(f"{line} uit Damme")


def test_thanks_end_the_answers_and_begin_no_signature() -> None:
    assert ends_the_answers("Alvast bedankt voor de ontvangst")
    assert not is_closing("Alvast bedankt voor de ontvangst")


@pytest.mark.parametrize("particle", PARTICLES)
def test_a_particle_inside_a_name_is_one_in_a_sentence_too(particle: str) -> None:
    assert person_mentions.names(f"Jan {particle} Smet kan niet komen.") == (f"Jan {particle} Smet",)


def test_a_function_is_seen_on_a_card_whatever_kind_its_field_has() -> None:
    form = settings(event()).forms["kennisplatform"]
    on_card = [field.key for field in form.fields if field.is_on_card]
    assert on_card == ["last_name", "first_name", "role", "organisation"]


@pytest.mark.parametrize("written", ["D'Hulst", "D’HULST", "dʼhulst", "D´Hulst"])
def test_an_apostrophe_of_any_program_parts_a_name_in_the_same_words(written: str) -> None:
    assert fold(written) == "d hulst"
