"""How far a decision reaches: what other hosts may not decide about meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide
from mailbot.decision.lock_scope import lock_scope, stays_within
from mailbot.domain.case import Case, CaseKind
from mailbot.domain.decision import Decision, LogLine, Outcome, Result
from mailbot.domain.message import Message
from mailbot.domain.submission import Intent, Submission
from tests.decision.building import MORNING, clue, event, form_of, known, mail, person, row, settings, words

SETTINGS = settings(event(), event(id="other", title="Een andere bijeenkomst"))
FORM = form_of(person(), clues=(clue(),))
MESSAGE = mail().message
MET = lock_scope(MESSAGE, FORM, SETTINGS)


def test_a_form_that_names_its_event_reaches_that_its_writer_and_its_people() -> None:
    assert MET is not None
    assert {one for one in MET if one.startswith("event ")} == {"event kis"}
    of_the_mail = {MESSAGE.sender.mailbox, person().text("email")} - {""}
    assert {f"mailbox {one}" for one in of_the_mail} <= MET


def test_a_form_that_names_none_reaches_all_that_use_it() -> None:
    found = lock_scope(MESSAGE, replace(FORM, clues=()), SETTINGS)
    assert found is not None
    assert {"event kis", "event other"} <= found


@pytest.mark.parametrize(
    ("message", "submission"),
    [
        (MESSAGE, words(Intent.WITHDRAW)),
        (MESSAGE, replace(FORM, intent=Intent.WITHDRAW)),
        (MESSAGE, replace(FORM, nrs=("INS-0001",))),
        (MESSAGE, replace(FORM, named=("Els Maes",))),
        (MESSAGE, replace(FORM, substitute=person("Jan Peeters"))),
        (MESSAGE, replace(FORM, clues=(clue(""),))),
        (MESSAGE, replace(FORM, form="none")),
        (replace(MESSAGE, in_reply_to=("<a@b.example>",)), FORM),
        (replace(MESSAGE, references=("<a@b.example>",)), FORM),
        (MESSAGE, replace(FORM, people=tuple(person(email=f"{n}@damme.example") for n in range(30)))),
    ],
)
def test_anything_else_may_reach_anywhere(message: Message, submission: Submission) -> None:
    if submission.form == "none":
        submission = replace(submission, clues=())
    assert lock_scope(message, submission, SETTINGS) is None


def test_a_plain_registration_stays_within_its_reach() -> None:
    context = known()
    decision = decide(mail(), FORM, context, SETTINGS, MORNING)
    assert decision.outcome is Outcome.REGISTERED
    assert MET is not None
    assert stays_within(decision, context, MET)
    assert not stays_within(decision, context, MET - {"event kis"})


ELSEWHERE = row(event="other")


@pytest.mark.parametrize(
    "decision",
    [
        Decision(Outcome.REVIEW),
        Decision(Outcome.REGISTERED, "other"),
        Decision(Outcome.CHANGED, "kis", results=(Result(Outcome.CHANGED, before=ELSEWHERE),)),
        Decision(Outcome.CHANGED, "kis", results=(Result(Outcome.CHANGED, after=ELSEWHERE),)),
        Decision(Outcome.REGISTERED, "kis", closes=(7,)),
        Decision(Outcome.REGISTERED, "kis", closes=(8,)),
        Decision(Outcome.REGISTERED, "kis", log=(LogLine("mailbot", "iets", event="other"),)),
    ],
)
def test_what_touches_another_event_or_none_reaches_further(decision: Decision) -> None:
    assert MET is not None
    case = Case(CaseKind.UNCLEAR, "wie", "wat", (), opened=MORNING, event="other", id=7)
    assert not stays_within(decision, known(open_cases=(case,)), MET)
