"""Her ``inschrijven`` of a mail in which somebody stands in for another who is on no list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.config.settings import Settings
from mailbot.decision import decide, decide_case
from mailbot.domain.case import Choice, Edit, EditKind
from mailbot.domain.decision import Decision, Outcome
from mailbot.domain.registration import Status
from mailbot.notifications import compose
from mailbot.wording import matter

from .building import MORNING, event, known, settings
from .test_read_and_decided import read

BY_LIST = settings(event(organisations="brugge"))  # of which Gent is none
AN = "An Claes <an.claes@gent.example>"
AN_STANDS_IN = (
    "Onze burgemeester Rita Maes kan niet komen op 3 december, ik kom in haar plaats.\n\n"
    "Met vriendelijke groeten,\nAn Claes\nschepen\nStad Gent"
)
OFFICE_LETS_ONE_COME = (
    "Burgemeester Jan Pauwels laat zich verontschuldigen. Schepen Els Maes zal hem vervangen.\n\n"
    "Met vriendelijke groeten,\nLies Vanhove\nkabinet burgemeester Gent"
)
COMES, EXCUSED = Status.REGISTERED, Status.EXCUSED


def registered(text: str, sender: str, here: Settings) -> tuple[Decision, str, list[str]]:
    """What follows from her ``inschrijven``, what the case said, and the mails that go out."""
    of = known()
    arrival, submission = read(text, sender=sender, here=here)
    (case,) = decide(arrival, submission, of, here, MORNING).cases
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=Choice.REGISTER, remark="Tot dan!")
    done = decide_case(replace(case, id=7), edit, of, here, MORNING, arrival, submission)
    return done, matter(case), [mail.text for mail in compose(done, arrival, here, MORNING)]


def rows(decision: Decision) -> set[tuple[str, str, Status]]:
    after = [result.after for result in decision.results if result.after is not None]
    return {(one.text("last_name"), one.organisation_known, one.status) for one in after}


@pytest.mark.parametrize(
    ("text", "sender", "comes", "away"),
    [
        (AN_STANDS_IN, AN, "Claes", "Maes"),
        (OFFICE_LETS_ONE_COME, "kabinet@gent.example", "Maes", "Pauwels"),
        (OFFICE_LETS_ONE_COME, "kabinet@elders.example", "Maes", "Pauwels"),
    ],
)
@pytest.mark.parametrize("here", [BY_LIST, settings()])
def test_who_stands_in_is_registered_and_the_other_excused_whatever_list_of_bodies(
    here: Settings, text: str, sender: str, comes: str, away: str
) -> None:
    decision, said, mails = registered(text, sender, here)
    assert (decision.outcome, decision.cases) == (Outcome.REGISTERED, ())
    assert rows(decision) == {(comes, "Gent", COMES), (away, "Gent", EXCUSED)}
    assert "Tot dan!" in mails[0]
    assert comes in said
    assert away in said


def test_who_stands_in_has_the_body_that_words_tell_of_whom_they_replace() -> None:
    text = "Burgemeester Jan Pauwels van Gent komt niet. Els Maes zal hem vervangen."
    decision, _, _ = registered(text, "kabinet@elders.example", settings())
    assert rows(decision) == {("Maes", "Gent", COMES), ("Pauwels", "Gent", EXCUSED)}


def test_who_comes_alone_from_a_body_that_is_not_invited_is_registered() -> None:
    text = "Misschien kom ik, dat weet ik nog niet.\n\nAn Claes\nschepen\nStad Gent"
    decision, _, mails = registered(text, AN, BY_LIST)
    assert (rows(decision), decision.cases) == ({("Claes", "Gent", COMES)}, ())
    assert "Tot dan!" in mails[0]
