"""A yes or no beside a caption that nobody understood: it may say whether somebody comes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.domain.doubt import Reason
from mailbot.domain.submission import Submission
from tests.extraction.blocks import answers, doubts, grid, lines

Read = Callable[..., Submission]

WHO = [["Naam", "Peeters"], ["Voornaam", "Jan"], ["Gemeente", "Damme"], ["E-mail", "jan@damme.example"]]
TYPED = "\n".join(": ".join(row) for row in WHO)


def _doubted(submission: Submission) -> list[str]:
    problems = (problem for problem in submission.problems if problem.field == "attends")
    return [problem.read for problem in problems if problem.reason is Reason.OTHER_WORDING]


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ("Zien we u de derde? neen", "Zien we u de derde? neen"),
        ("Zien we u de derde?\nneen", "Zien we u de derde? neen"),
        ("Zien we u de derde? (schrappen wat niet past)\nneen", "Zien we u de derde? neen"),
        ("Vergadering bijwonen: nee", "Vergadering bijwonen: nee"),
        ("Moeten we u missen? [x] ja [ ] neen", "Moeten we u missen? [x] ja [ ] neen"),
    ],
)
def test_a_yes_or_no_that_was_not_understood_is_shown(read: Read, asked: str, seen: str) -> None:
    submission = read(*lines(f"{TYPED}\n{asked}"))
    assert "attends" not in answers(submission)[0]
    assert _doubted(submission) == [seen]


def test_in_a_table_it_stands_beside(read: Read) -> None:
    submission = read(grid([*WHO, ["Zien we u de derde", "☐ ja  ☒ neen"]]))
    assert _doubted(submission) == ["Zien we u de derde ☐ ja ☒ neen"]


def test_in_a_table_it_may_stand_below(read: Read) -> None:
    rows = [["Naam", "Voornaam", "E-mail"], ["Peeters", "Jan", "jan@damme.example"]]
    rows += [["Gemeente", "Functie", "Zien we u de derde"], ["Damme", "jurist", "neen"]]
    assert _doubted(read(grid(rows))) == ["Zien we u de derde neen"]
    people = [
        ["Naam", "Voornaam", "E-mail", "Zien we u de derde"],
        ["Maes", "Els", "els@damme.example", "neen"],
    ]
    assert _doubted(read(grid([*people, ["Peeters", "Jan", "jan@damme.example", "ja"]])))


@pytest.mark.parametrize("sign", [" ....... ", "\t"])
def test_it_may_stand_behind_dots_or_a_tab(sign: str, read: Read) -> None:
    text = "\n".join(sign.join(row) for row in [*WHO, ["Zien we u de derde", "neen"]])
    assert _doubted(read(*lines(text))) == ["Zien we u de derde neen"]


@pytest.mark.parametrize("own", ["Ik neem deel: ja", "Aanwezig op 3 december? neen", "Ik neem deel:"])
def test_where_the_form_asks_whether_somebody_comes_it_is_an_extra_question(read: Read, own: str) -> None:
    submission = read(*lines(f"{TYPED}\n{own}\nZien we u ook op de zitting erna? neen"))
    assert _doubted(submission) == []


@pytest.mark.parametrize(
    "asked",
    [
        "Wilt u onze nieuwsbrief? neen",
        "Bent u lid? ja",
        "Komt u met de trein? ja",
        "Blijft u eten? neen",
        "Akkoord met foto's: ja",
        "Zien we u de derde?",
        "Zien we u de derde? ja / neen",
        "Zien we u de derde? wie weet",
    ],
)
def test_what_is_surely_about_something_else_or_unanswered_is_no_doubt(read: Read, asked: str) -> None:
    submission = read(*lines(f"{TYPED}\n{asked}\nDieet: geen noten"))
    assert doubts(submission) == set()
