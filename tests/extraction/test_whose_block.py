"""Who is nobody beside the one person of a form: captions, a letterhead, whoever approves or drives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.domain.document import Block, Span
from mailbot.domain.submission import Submission
from tests.extraction.blocks import answers, doubts, grid, line, lines

Read = Callable[..., Submission]
TITLE = line("Inschrijving Kennisplatform Intergemeentelijk Samenwerken")
ASKED = [
    ["Naam", "Peeters"],
    ["Voornaam", "Jan"],
    ["Functie", "schepen"],
    ["Gemeente", "Stad Damme"],
    ["E-mail", "jan@damme.example"],
    ["Telefoon", "0478 11 22 33"],
]
JAN = {
    "last_name": "Peeters",
    "first_name": "Jan",
    "role": "schepen",
    "organisation": "Stad Damme",
    "email": "jan@damme.example",
    "phone": "0478 11 22 33",
}


def in_bold(text: str, number: int = 1) -> Block:
    return line((Span(text, bold=True),), number)


def in_lines(first: int = 5) -> list[Block]:
    return [line(f"{label}: {value}", first + n) for n, (label, value) in enumerate(ASKED)]


# ---------------------------------------------------------------- captions above their answers

PAIRS = [
    ["Achternaam", "Voornaam"],
    ["Maes", "Ilse"],
    ["Ambt", "Gemeente"],
    ["schepen", "Torhout"],
    ["Elektronisch adres", "Naam van uw chauffeur"],
    ["ilse.maes@torhout.example", "Luc Bogaert"],
    ["Uw komst naar de zaal", "Keuze rondetafel"],
    ["zeker", "2"],
]


def test_a_row_of_captions_below_answers_is_no_person(read: Read) -> None:
    assert answers(read(TITLE, grid(PAIRS))) == [
        {
            "last_name": "Maes",
            "first_name": "Ilse",
            "role": "schepen",
            "organisation": "Torhout",
            "email": "ilse.maes@torhout.example",
        }
    ]


def test_rows_of_captions_left_open_are_nobody(read: Read) -> None:
    rows = [row if n % 2 == 0 else ["", ""] for n, row in enumerate(PAIRS)]
    assert not read(TITLE, grid(rows)).people


def test_people_below_one_row_of_labels_stay_people(read: Read) -> None:
    rows = [["Naam", "Voornaam"], ["Peeters", "Jan"], ["Claes", "An"], ["De Smet", "Tom"], ["Maes", "Rik"]]
    people = answers(read(TITLE, grid(rows)))
    assert [one["first_name"] for one in people] == ["Jan", "An", "Tom", "Rik"]


def test_answers_of_a_letter_each_are_no_word_in_boxes(read: Read) -> None:
    rows = [
        ["Naam", "Voornaam", "E-mail", "Komt (J/N)", "Eetwensen", "Werkwinkel (A, B of C)", "Opmerkingen"],
        ["Debruyne", "Kat", "kat@damme.example", "J", "", "B", ""],
        ["Maes", "Tom", "tom@damme.example", "J", "vegan", "C", "vertrekt om 16 u."],
    ]
    first, second = answers(read(TITLE, grid(rows)))
    assert "remarks" not in first
    assert first["attends"] is True
    assert second["remarks"] == "vertrekt om 16 u."


# ---------------------------------------------------------------- a letterhead


def test_a_letterhead_in_capitals_answers_no_question(read: Read) -> None:
    rows = [
        ["Nom de famille", "Delporte"],
        ["Prénom", "Marc"],
        ["Fonction exercée", "échevin"],
        ["Commune ou organisme", "Ville de Mouscron"],
        ["Adresse électronique", "m.delporte@mouscron.example"],
    ]
    title = in_bold("Bulletin-réponse : Kennisplatform Intergemeentelijk Samenwerken, jeudi 3 décembre", 3)
    office = line("Service des relations – contact : Anne Leroy, anne.leroy@comines.example, 056 56 10 80", 2)
    submission = read(in_bold("COMMUNE DE COMINES-WARNETON"), office, title, grid(rows))
    assert answers(submission) == [
        {
            "last_name": "Delporte",
            "first_name": "Marc",
            "role": "échevin",
            "organisation": "Ville de Mouscron",
            "email": "m.delporte@mouscron.example",
        }
    ]
    assert doubts(submission) == set()


# ---------------------------------------------------------------- who has another part in it


@pytest.mark.parametrize(
    "heading",
    [
        "Goedkeuring door de leidinggevende",
        "Visum afdelingshoofd",
        "Handtekening",
        "Chauffeur",
        "Gegevens van de spreker",
        "Uitgenodigd door",
        "Naamkaartje",
        "Approved by",
        "Signature du responsable",
        "Genehmigt durch Vorgesetzte",
    ],
)
def test_a_name_below_the_heading_of_another_part_is_no_second_person(heading: str, read: Read) -> None:
    below = [line(""), in_bold(heading, 30), line("Naam: Hans Supply", 31), line("Datum: 6/11/2026", 32)]
    submission = read(TITLE, *in_lines(), *below)
    assert answers(submission) == [JAN]
    assert doubts(submission) == set()


@pytest.mark.parametrize(
    "caption",
    ["Naam leidinggevende", "Naam van de chauffeur", "Naam op badge", "Naam en voornaam van de spreker"],
)
def test_a_name_at_a_caption_of_another_part_is_no_second_person(caption: str, read: Read) -> None:
    submission = read(TITLE, grid([*ASKED, [caption, "Hans Supply"], ["Opmerkingen", ""]]))
    assert answers(submission) == [JAN]
    assert answers(read(TITLE, *in_lines(), line(f"{caption}: Hans Supply", 20))) == [JAN]


@pytest.mark.parametrize("role", ["Chauffeur", "Leidinggevende", "Diensthoofd thuiszorg"])
def test_what_somebody_does_is_no_heading(role: str, read: Read) -> None:
    written = [role if value == "schepen" else value for _, value in ASKED]
    below = [text for (label, _), value in zip(ASKED, written, strict=True) for text in (label, value)]
    submission = read(TITLE, *(line(text, 5 + n) for n, text in enumerate(below)))
    assert answers(submission) == [{**JAN, "role": role}]


def test_a_heading_in_bold_below_a_remark_is_no_part_of_it(read: Read) -> None:
    asked = [("Familienaam", "Bruneel"), ("Voornaam", "Silke"), ("Bestuur", "Stad Izegem")]
    last = [("E-mail", "silke@izegem.example"), ("Wie is je leidinggevende?", "Hans Supply")]
    more = [*asked, *last, ("Opmerkingen", "Ik volg de opname later."), ("Goedkeuring van de directie", "")]
    written = [
        one
        for n, (label, value) in enumerate(more)
        for one in (in_bold(label, 2 * n + 5), *([line(value, 2 * n + 6)] if value else []))
    ]
    submission = read(TITLE, *written, line("Naam:", 40), line("Datum:", 41))
    assert answers(submission) == [
        {
            "last_name": "Bruneel",
            "first_name": "Silke",
            "organisation": "Stad Izegem",
            "email": "silke@izegem.example",
            "remarks": "Ik volg de opname later.",
        }
    ]


@pytest.mark.parametrize("heading", ["Praktisch", "2. Praktische vragen", "Organisatorisch"])
def test_who_registers_is_asked_something_below_how_it_is_organised(heading: str, read: Read) -> None:
    who = "Naam: Maes\nVoornaam: Lien\nE-mail: lien@damme.example"
    asked = "Telefoon: 050 11 22 33\nIk neem deel: neen\nDieetwensen: vegetarisch"
    (person,) = answers(read(*lines(f"{TITLE.text}\n{who}\n{heading}\n{asked}")))
    assert (person["attends"], person["diet"]) == (False, "vegetarisch")
    assert "phone" not in person
    (person,) = answers(
        read(
            *lines(f"{TITLE.text}\n{heading}\nDeelname: gratis\n{who}\nFunctie: jurist\nGemeente/OCMW: Damme")
        )
    )
    assert "attends" not in person


@pytest.mark.parametrize("heading", ["Administratie", "Betaling", "Ouders"])
def test_who_registers_is_asked_a_meal_below_any_heading_but_that_of_the_office(
    heading: str, read: Read
) -> None:
    who = "Naam: Maes\nVoornaam: Lien\nE-mail: lien@damme.example"
    asked = "Telefoon: 050 11 22 33\nIk neem deel: neen\nDieetwensen: vegetarisch"
    (person,) = answers(read(*lines(f"{TITLE.text}\n{who}\n{heading}\n{asked}")))
    assert (person["attends"], person["diet"], "phone" in person) == (False, "vegetarisch", False)
    office = f"Voorbehouden aan de dienst\n{asked}"
    (person,) = answers(read(*lines(f"{TITLE.text}\n{who}\nFunctie: jurist\n{office}")))
    assert not {"attends", "diet", "phone"} & set(person)


def test_an_empty_column_beside_the_captions_of_a_blank_holds_what_nobody_wrote(read: Read) -> None:
    captions = ["Leerling", "E-mail", "Rang", "Gemeente", "Bereikbaar", "Functie", "Sinds", "Telefoon"]
    assert answers(read(TITLE, grid([one, ""] for one in captions))) == []
