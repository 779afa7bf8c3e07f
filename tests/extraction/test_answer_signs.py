"""Arrows and words that lead from a caption to its answer, and words that a form prints in place of one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.domain.submission import Submission
from tests.extraction.blocks import answers, doubts, grid, lines

Read = Callable[..., Submission]

TITLE = "Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken"
SAID = {
    "Naam": "Maes",
    "Voornaam": "Lien",
    "E-mail": "lien@damme.example",
    "Functie": "jurist",
    "Dieetwensen": "vegetarisch",
    "Opmerkingen": "ik reis van Gent → Brugge",
}
READ = {
    "last_name": "Maes",
    "first_name": "Lien",
    "email": "lien@damme.example",
    "role": "jurist",
    "diet": "vegetarisch",
    "remarks": "ik reis van Gent → Brugge",
}
SIGNS = (
    " → ",
    " => ",
    " -> ",
    " > ",
    " ⇒ ",
    "\n→ ",
    "\n=> ",
    ": uw antwoord: ",
    " (uw antwoord): ",
    "\nUw antwoord: ",
)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_leads_from_a_caption_to_its_answer(sign: str, read: Read) -> None:
    submission = read(*lines("\n".join([TITLE, *(f"{asked}{sign}{said}" for asked, said in SAID.items())])))
    assert answers(submission) == [READ]
    assert doubts(submission) == {(0, "organisation", "missing")}


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_with_nothing_behind_it_was_left_open(sign: str, read: Read) -> None:
    assert not read(*lines("\n".join([TITLE, *(f"{asked}{sign}" for asked in SAID)]))).people
    some = {**SAID, "Functie": "", "Dieetwensen": ""}
    (person,) = answers(
        read(*lines("\n".join([TITLE, *(f"{asked}{sign}{said}" for asked, said in some.items())])))
    )
    assert person == {key: value for key, value in READ.items() if key not in ("role", "diet")}


@pytest.mark.parametrize("between", ["→", ""])
@pytest.mark.parametrize("before", ["→ ", "Uw antwoord: ", ""])
def test_signs_in_cells(before: str, between: str, read: Read) -> None:
    rows = [[f"{asked} {between}".strip(), f"{before}{said}"] for asked, said in SAID.items()]
    assert answers(read(*lines(TITLE), grid(rows))) == [READ]


def test_an_arrow_in_an_answer_is_kept(read: Read) -> None:
    said = {**SAID, "Dieetwensen": "vis → vegetarisch"}
    meant = [{**READ, "diet": "vis → vegetarisch"}]
    assert answers(read(*lines(TITLE), grid(said.items()))) == meant
    assert (
        answers(read(*lines("\n".join([TITLE, *(f"{asked}: {what}" for asked, what in said.items())]))))
        == meant
    )


@pytest.mark.parametrize(
    "words",
    ["uw antwoord", "Uw antwoord ...", "uw antwoord hier", "your answer", "Votre réponse", "Ihre Antwort"],
)
def test_words_in_place_of_an_answer_are_none(words: str, read: Read) -> None:
    said = {**SAID, "Functie": words, "Dieetwensen": words, "Opmerkingen": words}
    meant = [{key: READ[key] for key in ("last_name", "first_name", "email")}]
    assert answers(read(*lines(TITLE), grid(said.items()))) == meant
    assert (
        answers(read(*lines("\n".join([TITLE, *(f"{asked}: {what}" for asked, what in said.items())]))))
        == meant
    )


@pytest.mark.parametrize(
    "head", [("Vraag", "Antwoord"), ("Vraag", "Uw antwoord"), ("Gegevens", "In te vullen")]
)
def test_the_names_of_the_columns_of_a_form_are_no_question(head: tuple[str, str], read: Read) -> None:
    assert answers(read(*lines(TITLE), grid([head, *SAID.items()]))) == [READ]
