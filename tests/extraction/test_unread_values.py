"""An answer beside a caption that nobody understood, told by what it is: taken and doubted, or nobody's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.domain.doubt import Reason
from mailbot.domain.submission import Submission
from tests.extraction.blocks import answers, doubts, grid, lines

Read = Callable[..., Submission]

#: Each answer beside a caption that no lexicon has, and what it must be.
TOLD = [
    ("Digitaal postvak", "jan.peeters@damme.example", "email"),
    ("Draagbaar toestel", "0478 11 22 33", "phone"),
    ("Wat u op het werk bent", "deskundige personeel", "role"),
    ("Waarmee de kok best rekent", "geen schaaldieren", "diet"),
    ("Huis waarvoor u spreekt", "Stad Damme", "organisation"),
]
WHO = [["Naam", "Peeters"], ["Voornaam", "Jan"], ["Opmerkingen", "Ik kom later"]]


def _who(asked: str) -> list[list[str]]:
    """Who it is, with all that the form asks but one thing."""
    known = {
        "email": ["E-mail", "jan@damme.example"],
        "organisation": ["Gemeente", "Brugge"],
        "role": ["Functie", "schepen"],
    }
    return [*WHO[:2], *(row for key, row in known.items() if key != asked)]


@pytest.mark.parametrize(("caption", "said", "key"), TOLD)
def test_beside_an_unknown_caption_in_a_table_it_is_taken_and_doubted(
    read: Read, caption: str, said: str, key: str
) -> None:
    submission = read(grid([*_who(key), [caption, said], WHO[2]]))
    assert answers(submission)[0][key] == said
    problem = next(one for one in submission.problems if one.field == key)
    assert (problem.reason, problem.read) == (Reason.OTHER_WORDING, f"{caption} {said}")


@pytest.mark.parametrize("written", ["{}: {}", "{}?\n{}"])
@pytest.mark.parametrize(("caption", "said", "key"), TOLD)
def test_on_a_line_or_below_it_as_well(read: Read, caption: str, said: str, key: str, written: str) -> None:
    who = "\n".join(": ".join(row) for row in _who(key))
    submission = read(*lines(f"{who}\n{written.format(caption, said)}\nOpmerkingen: Ik kom later"))
    assert answers(submission)[0][key] == said
    assert (0, key, "unsure") in doubts(submission)


def test_each_row_of_people_has_its_own_below_an_unknown_caption(read: Read) -> None:
    head = ["Naam", "Voornaam", "Wat u op het werk bent", "E-mail", "Gemeente"]
    rows = [
        ["Peeters", "Jan", "schepen", "jan@damme.example", "Damme"],
        ["Maes", "Els", "", "els@damme.example", "Damme"],
        ["Claes", "Wim", "jurist", "wim@damme.example", "Damme"],
    ]
    people = answers(read(grid([head, *rows])))
    assert [one.get("role") for one in people] == ["schepen", None, "jurist"]


def test_each_column_of_people_has_its_own(read: Read) -> None:
    rows = [
        ["", "Deelnemer 1", "Deelnemer 2"],
        ["Naam", "Peeters", "Maes"],
        ["Voornaam", "Jan", "Els"],
        ["Draagbaar toestel", "0478 11 22 33", "0478 44 55 66"],
        ["E-mail", "jan@damme.example", "els@damme.example"],
    ]
    people = answers(read(grid(rows)))
    assert [one.get("phone") for one in people] == ["0478 11 22 33", "0478 44 55 66"]


def test_below_its_caption_in_a_grid_of_boxes(read: Read) -> None:
    rows = [["Naam", "Voornaam"], ["Peeters", "Jan"], ["E-mail", "Waarop u opneemt"]]
    submission = read(grid([*rows, ["jan@damme.example", "0478 11 22 33"]]))
    assert answers(submission)[0]["phone"] == "0478 11 22 33"


@pytest.mark.parametrize(
    ("caption", "said", "key"),
    [
        ("Toestel van uw chauffeur", "0478 11 22 33", "phone"),
        ("Goedgekeurd door uw chef", "afdelingshoofd", "role"),
        ("Postvak voor de factuur", "boekhouding@damme.example", "email"),
        ("Bij nood te bereiken", "0478 11 22 33", "phone"),
        ("Postvak van uw leidinggevende", "chef@damme.example", "email"),
        ("Op de badge van uw gast", "schepen", "role"),
        ("Terug te sturen naar", "feest@damme.example", "email"),
        ("Vragen aan de organisator", "050 11 22 33", "phone"),
        ("Bestelcode van uw bestuur", "4500012345", "phone"),
        ("Code van uw bestuur", "0475.201.138", "phone"),
        ("Opstapplaats", "Damme", "organisation"),
        ("Menu van uw partner", "vegetarisch", "diet"),
        ("Het kantoor van de spreker", "Stad Damme", "organisation"),
    ],
)
@pytest.mark.parametrize("in_table", [True, False])
def test_what_is_asked_of_somebody_else_is_nobodys(
    read: Read, caption: str, said: str, key: str, *, in_table: bool
) -> None:
    rows = [*_who(key), [caption, said], WHO[2]]
    blocks = (grid(rows),) if in_table else lines("\n".join(": ".join(row) for row in rows))
    (person,) = answers(read(*blocks))
    assert key not in person


@pytest.mark.parametrize(
    "below",
    [
        "Facturatiegegevens\nDigitaal postvak: boek@damme.example",
        "Noodgeval\nDraagbaar toestel: 0478 11 22 33",
        "Meer inlichtingen\nDraagbaar toestel: 0478 11 22 33",
        "Wie rijdt er: Luc Bogaert\nDraagbaar toestel: 0478 11 22 33",
    ],
)
def test_what_stands_in_the_block_of_another_is_nobodys(read: Read, below: str) -> None:
    submission = read(*lines("Naam: Peeters\nVoornaam: Jan\nGemeente: Damme\nFunctie: schepen\n" + below))
    assert {"email", "phone"}.isdisjoint(answers(submission)[0])


def test_of_two_that_fit_neither_is_taken(read: Read) -> None:
    rows = [["Draagbaar toestel", "0478 11 22 33"], ["Vast toestel thuis", "050 11 22 33"]]
    assert "phone" not in answers(read(grid([*_who("phone"), *rows, WHO[2]])))[0]


def test_where_the_form_asks_it_and_it_was_left_open_nothing_else_is_taken(read: Read) -> None:
    rows = [*_who("phone"), ["Telefoon", ""], ["Draagbaar toestel", "0478 11 22 33"], WHO[2]]
    assert "phone" not in answers(read(grid(rows)))[0]


def test_a_name_that_no_address_spells_and_no_name_stands_beside_is_never_taken(read: Read) -> None:
    rows = [["Naam", "Peeters"], *_who("")[2:], ["Hoe men u roept", "Els"], WHO[2]]
    assert "first_name" not in answers(read(grid(rows)))[0]
