"""Tables typed as lines, or pasted from a spreadsheet into a mail."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot import message
from mailbot.domain.submission import Submission, SubmissionKind
from tests.extraction.blocks import answers, doubts, line, lines, mail

Read = Callable[..., Submission]

JAN = {"last_name": "Peeters", "first_name": "Jan", "organisation": "Damme"}
AN = {"last_name": "De Smet", "first_name": "An", "organisation": "Brugge", "role": "raadslid"}
ROWS = (
    ("Naam", "Voornaam", "Functie", "Gemeente"),
    ("Peeters", "Jan", "", "Damme"),
    ("De Smet", "An", "raadslid", "Brugge"),
)


@pytest.mark.parametrize("sign", ["\t", ";", ", ", " | ", " - "])
def test_lines_cut_by_the_same_sign_are_a_person_each(read: Read, sign: str) -> None:
    typed = "\n".join(sign.join(row) for row in ROWS)
    submission = read(message=mail(*lines(f"Beste\n{typed}\nMet vriendelijke groeten\nAn")))
    assert answers(submission) == [JAN, AN]
    assert doubts(submission) == set()


def test_columns_of_spaces_are_read_where_no_cell_is_empty(read: Read) -> None:
    full = [[word or "schepen" for word in row] for row in ROWS]
    whole = "\n".join("".join(f"{word:<14}" for word in row) for row in full)
    assert [p["role"] for p in answers(read(message=mail(*lines(whole))))] == ["schepen", "raadslid"]
    broken = whole.replace("schepen", "       ")
    assert answers(read(message=mail(*lines(broken)))) == []


def test_a_markdown_table_is_a_table(read: Read) -> None:
    typed = [f"| {' | '.join(row)} |" for row in ROWS]
    assert answers(read(message=mail(*lines("\n".join([typed[0], "|---|---|---|---|", *typed[1:]]))))) == [
        JAN,
        AN,
    ]


def test_two_questions_pasted_beside_each_other_are_a_table(read: Read) -> None:
    submission = read(message=mail(*lines("Naam\tVoornaam\nPeeters\tJan\nDe Smet\tAn")))
    assert [person["last_name"] for person in answers(submission)] == ["Peeters", "De Smet"]


def test_rows_that_the_mail_program_broke_give_nobody_a_wrong_answer(read: Read) -> None:
    typed = "Naam\tVoornaam\tGemeente\tE-mail\nPeeters\tJan\nDamme\tjan@post.example"
    assert answers(read(message=mail(*lines(typed)))) == []


def test_an_empty_first_cell_keeps_its_column() -> None:
    raw = "From: an@post.example\nSubject: x\n\n\nNr\tNaam\tVoornaam\n\tPeeters\tJan\n  \tingesprongen\n"
    body = message.parse(raw.encode(), frozenset(), "").body
    assert [block.text for block in body] == ["Nr\tNaam\tVoornaam", "\tPeeters\tJan", "ingesprongen"]


def test_a_question_at_the_end_of_a_line_of_questions_is_nobodys_answer(read: Read) -> None:
    submission = read(*lines("Inschrijving\nGemeente\tE-mail"), line("Naam\tVoornaam", 9))
    assert submission.found is SubmissionKind.BLANK


def test_a_line_of_questions_repeated_without_end_is_looked_at_once(read: Read) -> None:
    assert read(*lines("Naam; Voornaam; E-mail\n" * 10_000)).people == ()
