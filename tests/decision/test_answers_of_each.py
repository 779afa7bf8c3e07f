"""What we asked about several people, answered of each in one mail: what is left is asked again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide, decide_case
from mailbot.domain.case import Choice, Edit, EditKind
from mailbot.domain.decision import Ask, Decision, PendingQuestion
from mailbot.domain.doubt import Reason
from mailbot.domain.registration import STATUS, Change, Registration, Status
from mailbot.domain.submission import Code, Problem
from mailbot.intent.follow_up import complete
from mailbot.notifications import compose

from .building import MORNING, known, row, rows_after, settings
from .test_read_and_decided import read

HERE = settings()
CABINET = "Kabinet <kabinet@damme.example>"


def waiting(nr: int, name: str, *doubts: Problem, **more: object) -> Registration:
    return row(nr, Status.INCOMPLETE, name, email="", sender="kabinet@damme.example", doubts=doubts, **more)  # type: ignore[arg-type]  # a test names the fields it sets


MAYOR = waiting(
    1,
    " Pauwels",
    Problem(0, "first_name", Code.MISSING, Reason.MISSING),
    answers={"role": "burgemeester"},
)
ELS = waiting(
    2,
    "Els Maes",
    *(Problem(0, key, Code.UNSURE, Reason.FROM_WORDS, "?") for key in ("first_name", "last_name")),
)
BO = waiting(3, "Bo Claes", Problem(0, "organisation", Code.MISSING, Reason.MISSING), organisation="")


def answered(text: str, *rows: Registration) -> tuple[Decision, str]:
    """The decision about an answer to our question about these, and the first mail that follows."""
    nrs = tuple(one.nr for one in rows)
    asked = PendingQuestion(Ask.INCOMPLETE, "kis", nrs, rows)
    arrival, submission = read(text, "Re: Nog iets nodig: Kennisplatform", CABINET)
    submission = complete(submission, asked, HERE.form_of(HERE.events["kis"]), HERE)
    context = known(*rows, thread=nrs, thread_event="kis", asked=asked)
    decision = decide(arrival, submission, context, HERE, MORNING)
    return decision, next((mail.text for mail in compose(decision, arrival, HERE, MORNING)), "")


def standing(decision: Decision) -> dict[str, tuple[str, Status]]:
    """The first name and status of each, by last name."""
    return {one.text("last_name"): (one.text("first_name"), one.status) for one in rows_after(decision)}


BOTH = {"Pauwels": ("Filip", Status.REGISTERED), "Maes": ("Els", Status.REGISTERED)}


@pytest.mark.parametrize(
    "text",
    [
        "De burgemeester heet Filip Pauwels. En ja, dat klopt voor Els Maes.",
        "Ja, Els Maes klopt. De voornaam van de burgemeester is Filip.",
        "De burgemeester heet Filip Pauwels en Els Maes klopt.",
        "Pauwels: Filip\nEls Maes: ja",
        "De burgemeester: Filip. Els Maes: ja.",
        "Filip Pauwels. En dat klopt voor Els.",
        "Ja, klopt. Het is Filip Pauwels.",
        "De voornaam van burgemeester Pauwels is Filip.\nVoor Els Maes klopt het.\n\nGroeten",
    ],
)
def test_each_part_of_an_answer_is_of_whom_it_calls(text: str) -> None:
    decision, _ = answered(text, MAYOR, ELS)
    assert standing(decision) == BOTH
    assert decision.cases == ()


@pytest.mark.parametrize(
    ("text", "done", "asked"),
    [
        ("Filip Pauwels", "Pauwels", "Els Maes"),
        ("Filip", "Pauwels", "Els Maes"),
        ("De voornaam van de burgemeester is Filip.", "Pauwels", "Els Maes"),
        ("Ja, dat klopt voor Els Maes.", "Maes", "Voornaam: ontbreekt"),
    ],
)
def test_what_is_left_is_asked_again(text: str, done: str, asked: str) -> None:
    decision, told = answered(text, MAYOR, ELS)
    statuses = {name: status for name, (_, status) in standing(decision).items()}
    other = "Maes" if done == "Pauwels" else "Pauwels"
    assert statuses == {done: Status.REGISTERED, other: Status.INCOMPLETE}
    assert "Dit hebben wij nog nodig" in told or "Klopt dit?" in told
    assert asked in told


@pytest.mark.parametrize("text", ["De burgemeester heet Filip Pauwels.", "Burgemeester Pauwels heet Filip."])
def test_the_only_one_whom_we_asked_about_may_be_called_by_function_too(text: str) -> None:
    decision, _ = answered(text, MAYOR)
    assert standing(decision) == {"Pauwels": ("Filip", Status.REGISTERED)}


@pytest.mark.parametrize(
    ("text", "asks"), [("Filip Peeters", True), ("Filip", False), ("Marie Louise", False)]
)
def test_another_last_name_behind_a_first_name_that_was_asked_is_asked_once_more(
    text: str, *, asks: bool
) -> None:
    decision, told = answered(text, MAYOR)
    (status,) = (one.status for one in rows_after(decision))
    assert status is (Status.INCOMPLETE if asks else Status.REGISTERED)
    assert ("Klopt dit?" in told) is asks


@pytest.mark.parametrize(
    "below",
    ["\n\nTine", "\n\nTine Bos", "\n\nTine Bos\nKabinet van de burgemeester", "\nMvg\nTine Bos"],
)
def test_who_signs_an_answer_is_nobody_of_whom_we_asked(below: str) -> None:
    decision, _ = answered(f"Ja, dat klopt voor Els Maes.{below}", MAYOR, ELS)
    assert standing(decision) == {"Pauwels": ("", Status.INCOMPLETE), "Maes": ("Els", Status.REGISTERED)}
    decision, _ = answered(f"Filip{below}", MAYOR, ELS)
    assert standing(decision) == {"Pauwels": ("Filip", Status.REGISTERED), "Maes": ("Els", Status.INCOMPLETE)}
    assert decision.cases == ()


@pytest.mark.parametrize("text", ["Ja, en OCMW Damme.", "Ja: OCMW Damme", "Klopt. Het is OCMW Damme."])
def test_a_yes_before_the_one_answer_that_is_open_confirms_the_others(text: str) -> None:
    decision, _ = answered(text, ELS, BO)
    (els, bo) = rows_after(decision)
    assert (els.status, bo.status) == (Status.REGISTERED, Status.REGISTERED)
    assert bo.text("organisation") == "OCMW Damme"


def test_a_name_behind_an_answer_on_its_line_is_nobodys_first_name() -> None:
    decision, _ = answered("Ja, dat klopt voor Els Maes. Tine", MAYOR, ELS)
    assert standing(decision) == {"Pauwels": ("", Status.INCOMPLETE), "Maes": ("Els", Status.REGISTERED)}


def test_an_answer_of_another_kind_is_of_whom_it_calls_too() -> None:
    decision, _ = answered("Bo Claes is van OCMW Damme. Els klopt.", ELS, BO)
    (els, bo) = rows_after(decision)
    assert (els.status, bo.text("organisation")) == (Status.REGISTERED, "OCMW Damme")


@pytest.mark.parametrize(
    "text",
    [
        "De burgemeester komt niet. Els Maes klopt.",
        "De burgemeester heet Filip Peeters. Els Maes klopt.",
        "De burgemeester of Els Maes komt.",
        "Els Maes klopt niet.",
    ],
)
def test_what_is_more_than_an_answer_is_taken_for_nobody_else(text: str) -> None:
    decision, _ = answered(text, MAYOR, ELS)
    assert not any(one.text("first_name") == "Filip" for one in rows_after(decision))
    assert decision.cases


def test_words_that_nobody_is_called_in_pass_on_what_they_do_not_answer() -> None:
    decision, _ = answered("De burgemeester heet Filip Pauwels. De rest volgt morgen.", MAYOR, ELS)
    assert standing(decision)["Pauwels"] == ("Filip", Status.REGISTERED)
    assert standing(decision)["Maes"][1] is Status.INCOMPLETE


def test_whom_she_completed_herself_is_told_of_with_the_others_whom_she_registers() -> None:
    typed = replace(
        MAYOR,
        status=Status.REGISTERED,
        answers={**MAYOR.answers, "first_name": "Filip"},
        doubts=(),
        by_hand=frozenset({"first_name"}),
        unsent_changes=(Change("first_name", None, "Filip"), Change(STATUS, "Onvolledig", "Ingeschreven")),
    )
    rows, nrs = (typed, ELS), (MAYOR.nr, ELS.nr)
    asked = PendingQuestion(Ask.INCOMPLETE, "kis", nrs, rows)
    context = known(*rows, thread=nrs, thread_event="kis", asked=asked)
    text = "Dat is in orde, de rest weet het kabinet van de provincie."
    arrival, submission = read(text, "Re: Nog iets nodig: Kennisplatform", CABINET)
    submission = complete(submission, asked, HERE.form_of(HERE.events["kis"]), HERE)
    (case,) = decide(arrival, submission, context, HERE, MORNING).cases
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=Choice.REGISTER)
    decision = decide_case(replace(case, id=7), edit, context, HERE, MORNING, arrival, submission)
    assert standing(decision) == {"Maes": ("Els", Status.REGISTERED), "Pauwels": ("Filip", Status.REGISTERED)}
    (told,) = (mail.text for mail in compose(decision, arrival, HERE, MORNING))
    assert "Els Maes is ingeschreven." in told
    assert "Filip Pauwels komt." in told
