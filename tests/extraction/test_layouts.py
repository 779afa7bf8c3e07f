"""Layouts that people really use, each with the trap in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.domain.document import Block, Location, Span, Table, Unit
from mailbot.domain.submission import Submission, SubmissionKind
from tests.extraction.blocks import answers, cell, doubts, grid, line, lines

Read = Callable[..., Submission]

BASE = "Naam: Peeters\nVoornaam: Jan\nGemeente/OCMW: Brugge\nE-mail: jan@post.example"
JAN = {"last_name": "Peeters", "first_name": "Jan", "organisation": "Brugge", "email": "jan@post.example"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Naam: Peeters  Voornaam: Jan", {"last_name": "Peeters", "first_name": "Jan"}, id="two a line"
        ),
        pytest.param(
            "Naam: Peeters Voornaam: Jan", {"last_name": "Peeters", "first_name": "Jan"}, id="close by"
        ),
        pytest.param(
            "Naam: Peeters, Voornaam: Jan", {"last_name": "Peeters", "first_name": "Jan"}, id="comma"
        ),
        pytest.param(
            "1. Naam *: Peeters\n2. Voornaam *: Jan", {"last_name": "Peeters", "first_name": "Jan"}, id="1."
        ),
        pytest.param(
            "Uw naam: Peeters\nUw voornaam: Jan", {"last_name": "Peeters", "first_name": "Jan"}, id="uw"
        ),
        pytest.param("Naam ....Peeters....\nVoornaam ____Jan____", {"last_name": "Peeters"}, id="dots"),
        pytest.param(
            "Naam\tPeeters\nVoornaam\tJan", {"last_name": "Peeters", "first_name": "Jan"}, id="tabs"
        ),
        pytest.param(
            "Naam\nPeeters\nVoornaam\nJan", {"last_name": "Peeters", "first_name": "Jan"}, id="above"
        ),
        pytest.param("Voornaam en naam: Jan Van den Broeck", {"last_name": "Van den Broeck"}, id="particle"),
        pytest.param(
            "Naam en voornaam: PEETERS Jan", {"last_name": "PEETERS", "first_name": "Jan"}, id="capitals"
        ),
        pytest.param(
            "Naam, voornaam: Peeters, Jan", {"last_name": "Peeters", "first_name": "Jan"}, id="Naam, Jan"
        ),
        pytest.param(
            "Fucntie: schepen\nVoornam: Jan\nNaam: P", {"role": "schepen", "first_name": "Jan"}, id="typos"
        ),
        pytest.param(
            "Naam: D’hondt\nTel.: 050 40 55 00", {"last_name": "D’hondt", "phone": "050 40 55 00"}, id="’"
        ),
        pytest.param(
            "Naam\u00a0:\u00a0Peeters\nVoor\u00adnaam: Jan", {"first_name": "Jan"}, id="nbsp and soft hyphen"
        ),
        pytest.param(
            "Pre\u0301nom: Jan\nNom: Peeters", {"first_name": "Jan", "last_name": "Peeters"}, id="NFD"
        ),
        pytest.param(
            "Naam Peeters\nVoornaam Jan\nFunctie schepen", {"role": "schepen"}, id="no separator at all"
        ),
    ],
)
def test_lines(read: Read, text: str, expected: dict[str, str]) -> None:
    submission = read(*lines("Inschrijving\n" + text))
    (person,) = answers(submission)
    assert {key: person.get(key) for key in expected} == expected
    assert not {field for _, field, code in doubts(submission) if code != "missing"}


@pytest.mark.parametrize(
    ("text", "attends"),
    [
        ("Ik neem deel: ja", True),
        ("Ik neem deel: Neen", False),
        ("Ik neem deel: ☒ ja ☐ nee", True),
        ("Ik neem deel: ja ☐ nee ☒", False),
        ("Ik neem deel: ja (X) / nee ( )", True),
        ("Ik neem deel: [ ] ja [x] nee", False),
        ("Ik neem deel: ja / nee", None),
        ("Ik neem deel: ☐ ja ☐ nee", None),
        ("Ik neem deel:", None),
        ("Ik neem deel ☒", True),
        ("☒ Ik neem deel\n☐ Ik neem niet deel", True),
        ("☐ Ik neem deel\n☒ Ik neem niet deel", False),
        ("Ik neem deel ☐   Ik neem niet deel ☒", False),
        ("Ik neem niet deel", False),
        ("Ik neem deel\nIk neem niet deel", None),
        ("Neemt u deel? ja", True),
        ("Ik neem deel (ja / neen): neen", False),
        ("Deelname: ☒ Ik neem deel ☐ Ik neem niet deel", True),
        ("Ik neem deel\n☐ ja\n☒ nee", False),
        ("Ik neem deel ja / neen: ja", True),
        ("Ik neem deel:\n- ja", True),
        ("Ik neem deel: ___ja____", True),
        ("☒ Ik neem deel aan het Kennisplatform\n☐ Ik neem niet deel", True),
        ("☐ Ik neem deel aan de studiedag van 3 december\n☒ Ik neem niet deel", False),
        ("Ik ben aanwezig ☒   Ik ben verontschuldigd ☐", True),
        ("Ik ben aanwezig ☐   Ik ben verontschuldigd ☒", False),
        ("☒ Ik neem niet deel aan de bijeenkomst van donderdag 3 december 2026", False),
    ],
)
def test_yes_and_no(read: Read, text: str, attends: bool | None) -> None:
    submission = read(*lines(f"Inschrijving\n{BASE}\n{text}"))
    (person,) = answers(submission)
    assert person.get("attends") is attends
    assert doubts(submission) == set()


@pytest.mark.parametrize(
    "text",
    ["nog niet zeker", "☒ ja ☒ nee", "misschien", "ja X nee", "ja, maar enkel 's middags", "2 personen"],
)
def test_an_unclear_yes_or_no_is_doubted(read: Read, text: str) -> None:
    submission = read(*lines(f"Inschrijving\n{BASE}\nIk neem deel: {text}"))
    assert {(field, code) for _, field, code in doubts(submission)} & {
        ("attends", "ambiguous"),
        ("attends", "unsure"),
    }


def test_who_takes_part_in_something_else_does_not_plainly_come(read: Read) -> None:
    submission = read(*lines(f"Inschrijving\n{BASE}\n☒ Ik neem deel aan de lunch"))
    assert (0, "attends", "unsure") in doubts(submission)


@pytest.mark.parametrize(
    ("marked", "attends"), [((True, False), True), ((False, True), False), ((True, True), None)]
)
def test_the_word_that_is_highlighted_alone_is_the_answer(
    read: Read, marked: tuple[bool, bool], attends: bool | None
) -> None:
    said = (Span("ja", marked=marked[0]), Span(" / "), Span("nee", marked=marked[1]))
    found = answers(read(*lines(f"Inschrijving\n{BASE}"), line((Span("Ik neem deel: "), *said), 9)))
    assert found[0].get("attends") is attends


def test_the_word_that_is_not_crossed_out_is_the_answer(read: Read) -> None:
    struck = line((Span("Ik neem deel: "), Span("ja", struck=True), Span(" / nee")), 9)
    assert answers(read(*lines(f"Inschrijving\n{BASE}"), struck))[0]["attends"] is False


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [["Naam", "Peeters"], ["Voornaam", "Jan"], ["Gemeente/OCMW", "OCMW Damme"]], "OCMW Damme", id="2"
        ),
        pytest.param(
            [["Naam", "Peeters", "Voornaam", "Jan"], ["Gemeente", "Brugge", "E-mail", ""]], "Brugge", id="4"
        ),
        pytest.param(
            [["Naam", "Voornaam", "Bestuur"], ["Peeters", "Jan", "WVI"], ["", "", ""]], "WVI", id="header"
        ),
        pytest.param(
            [["Naam", "Voornaam"], ["Peeters", "Jan"], ["Bestuur", "Mail"], ["Damme", ""]], "Damme", id="alt"
        ),
        pytest.param(
            [["Naam: Peeters", "Voornaam: Jan"], ["Gemeente:\nBrugge", "E-mail:"]], "Brugge", id="in cells"
        ),
        pytest.param(
            [["Naam", "Peeters", "(verplicht)"], ["Voornaam", "Jan", ""], ["Gemeente", "Gent", ""]],
            "Gent",
            id="hint",
        ),
        pytest.param(
            [["Peeters", "Naam"], ["Jan", "Voornaam"], ["Gent", "Gemeente/OCMW"], ["", "E-mail"]],
            "Gent",
            id="labels behind",
        ),
        pytest.param(
            [
                ["Naam", "Voornaam", "Gemeente", "E-mail"],
                ["Voorbeeld", "Voornaam", "Gemeente", "naam@gemeente.example"],
                ["Peeters", "Jan", "Gent", ""],
            ],
            "Gent",
            id="example",
        ),
    ],
)
def test_tables(read: Read, rows: list[list[str]], expected: str) -> None:
    submission = read(*lines("Inschrijving"), grid(rows))
    (person,) = answers(submission)
    assert (person["last_name"], person["first_name"], person["organisation"]) == ("Peeters", "Jan", expected)
    assert all(code == "missing" for _, _, code in doubts(submission))


def test_an_answer_that_reads_like_a_label_is_an_answer(read: Read) -> None:
    rows = [
        ["Naam", "Peeters"],
        ["Voornaam", "Jan"],
        ["E-mail", "jan@post.example"],
        ["Gemeente/OCMW", "OCMW"],
    ]
    submission = read(*lines("Inschrijving"), grid(rows))
    assert answers(submission)[0]["organisation"] == "OCMW"
    assert (0, "organisation", "ambiguous") in doubts(submission)


def people_of(submission: Submission) -> list[tuple[object, object, object]]:
    return [(p.get("last_name"), p.get("first_name"), p.get("organisation")) for p in answers(submission)]


EXPECTED_PEOPLE = [("Peeters", "Jan", "Brugge"), ("Smet", "An", "Brugge")]
MERGED = Table(
    (
        (cell("Gemeente", 0, 0), cell("Naam", 0, 1), cell("Voornaam", 0, 2)),
        (cell("Brugge", 1, 0, rows=2), cell("Peeters", 1, 1), cell("Jan", 1, 2)),
        (cell("Smet", 2, 1), cell("An", 2, 2)),
    ),
    Location().at(Unit.TABLE, 1),
)


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param(
            (
                grid(
                    [
                        ["Nr", "Naam", "Voornaam", "Gemeente"],
                        ["1", "Peeters", "Jan", "Brugge"],
                        ["2", "Smet", "An", "Brugge"],
                        ["3", "", "", ""],
                    ]
                ),
            ),
            id="a person a row",
        ),
        pytest.param(
            (
                grid(
                    [
                        ["", "Deelnemer 1", "Deelnemer 2", "Deelnemer 3"],
                        ["Naam", "Peeters", "Smet", ""],
                        ["Voornaam", "Jan", "An", ""],
                        ["Gemeente", "Brugge", "Brugge", ""],
                    ]
                ),
            ),
            id="a column",
        ),
        pytest.param((MERGED,), id="one merged cell for the municipality"),
        pytest.param(
            (*lines("Gemeente: Brugge"), grid([["Naam", "Voornaam"], ["Peeters", "Jan"], ["Smet", "An"]])),
            id="the municipality above the table",
        ),
        pytest.param(
            lines(
                "Gemeente: Brugge\nDeelnemer 1\nNaam: Peeters\nVoornaam: Jan\nDeelnemer 2\nNaam: Smet\n"
                "Voornaam: An\nDeelnemer 3\nNaam:\nVoornaam:"
            ),
            id="blocks with headings",
        ),
        pytest.param(
            lines(
                "Gemeente: Brugge\nNaam: Peeters\nVoornaam: Jan\n\nGemeente: Brugge\nNaam: Smet\nVoornaam: An"
            ),
            id="repeated lines",
        ),
        pytest.param(
            lines("Bestuur: Brugge\nNaam 1: Peeters\nVoornaam 1: Jan\nNaam 2: Smet\nVoornaam 2: An"),
            id="numbered labels",
        ),
    ],
)
def test_several_people(read: Read, blocks: tuple[Block, ...]) -> None:
    assert people_of(read(*lines("Inschrijvingsformulier"), *blocks)) == EXPECTED_PEOPLE


def test_relatives_of_the_same_name_are_two_people(read: Read) -> None:
    text = "Naam: Peeters\nVoornaam: Jan\nGemeente: Brugge\n\nNaam: Peeters\nVoornaam: An\nGemeente: Brugge"
    assert people_of(read(*lines("Inschrijving\n" + text))) == [
        ("Peeters", "Jan", "Brugge"),
        ("Peeters", "An", "Brugge"),
    ]


def test_ja_and_nee_may_be_columns(read: Read) -> None:
    table = Table(
        (
            (cell("Naam", 0, 0), cell("Voornaam", 0, 1), cell("Ik neem deel", 0, 2, columns=2)),
            (cell("", 1, 0), cell("", 1, 1), cell("ja", 1, 2), cell("nee", 1, 3)),
            (cell("Peeters", 2, 0), cell("Jan", 2, 1), cell("x", 2, 2), cell("", 2, 3)),
            (cell("Smet", 3, 0), cell("An", 3, 1), cell("", 3, 2), cell("x", 3, 3)),
            (cell("Claes", 4, 0), cell("Bo", 4, 1), cell("", 4, 2), cell("", 4, 3)),
        ),
        Location().at(Unit.TABLE, 1),
    )
    assert [p.get("attends") for p in answers(read(*lines("Inschrijving"), table))] == [True, False, None]


@pytest.mark.parametrize(("row", "attends"), [(["x", ""], True), (["", "x"], False), (["", ""], None)])
def test_a_cross_below_a_statement_is_its_answer(read: Read, row: list[str], attends: bool | None) -> None:
    table = grid([["Neemt deel", "Neemt niet deel"], row])
    assert answers(read(*lines(f"Inschrijving\n{BASE}"), table))[0].get("attends") is attends


@pytest.mark.parametrize(
    "headers", [["Aanwezig", "Verontschul-\ndigd"], ["Neemt deel: ja", "Neemt deel: nee"]]
)
def test_who_does_not_come_may_have_a_column(read: Read, headers: list[str]) -> None:
    rows = [
        ["Naam", "Voornaam", "Gemeente", *headers],
        ["Peeters", "Jan", "Damme", "x", ""],
        ["De Smet", "An", "Damme", "", "x"],
    ]
    assert [p["attends"] for p in answers(read(*lines("Inschrijving"), grid(rows)))] == [True, False]


def test_an_excuse_among_the_remarks_makes_it_doubtful_who_comes(read: Read) -> None:
    rows = [
        ["Naam", "Voornaam", "Gemeente", "Opmerkingen"],
        ["Peeters", "Jan", "Damme", "komt niet"],
        ["De Smet", "An", "Damme", "komt niet met de trein"],
    ]
    submission = read(*lines("Inschrijving"), grid(rows))
    assert [place for place, key, _ in doubts(submission) if key == "attends"] == [0]


def test_a_function_behind_a_full_name_is_no_first_name(read: Read) -> None:
    submission = read(*lines("Inschrijving\nGemeente: Damme\nDeelnemer 1: Jan Peeters, schepen"))
    assert answers(submission)[0]["last_name"] == "Peeters"
    assert {(0, "last_name", "unsure"), (0, "first_name", "unsure")} <= doubts(submission)


def test_two_answers_on_a_line_without_any_sign_are_doubted(read: Read) -> None:
    text = "Naam Peeters\nVoornaam Jan\nFunctie schepen Gemeente Damme\nE-mail jan@post.example"
    assert (0, "role", "unsure") in doubts(read(*lines("Inschrijving\n" + text)))


def test_a_box_behind_a_question_is_no_hint(read: Read) -> None:
    text = "Naam Peeters\nVoornaam Jan\nGemeente Damme\nIk neem deel [ ] ja [x] neen"
    assert answers(read(*lines("Inschrijving\n" + text)))[0]["attends"] is False


def test_a_note_beside_the_answer_is_no_other_person(read: Read) -> None:
    rows = [["Naam", "Peeters", "in te vullen door de gemeente"], ["Voornaam", "Jan"], ["Gemeente", "Damme"]]
    assert len(answers(read(*lines("Inschrijving"), grid(rows)))) == 1


def test_two_people_in_one_cell_are_two(read: Read) -> None:
    submission = read(*lines("Inschrijving\nNaam: Peeters en Smet\nVoornaam: Jan en An\nGemeente: Brugge"))
    assert [(one["last_name"], one["first_name"]) for one in answers(submission)] == [
        ("Peeters", "Jan"),
        ("Smet", "An"),
    ]
    assert {code for _, _, code in doubts(submission)} <= {"missing"}


def test_what_stands_beside_two_people_in_one_cell_is_of_each(read: Read) -> None:
    rows = [
        ["Naam", "Peeters\nSmet"],
        ["Voornaam", "Jan\nAn"],
        ["Functie", "schepen\nraadslid"],
        ["Gemeente", "Brugge"],
        ["Telefoon", "050 11 22 33\n050 11 22 44"],
    ]
    submission = read(*lines("Inschrijving"), grid(rows))
    told = [(one["role"], one["phone"]) for one in answers(submission)]
    assert told == [("schepen", "050 11 22 33"), ("raadslid", "050 11 22 44")]
    assert {code for _, _, code in doubts(submission)} <= {"missing"}


def test_the_name_under_another_heading_is_not_the_participants(read: Read) -> None:
    submission = read(
        *lines(
            "Inschrijvingsformulier\nGegevens van de gemeente\nNaam: Oostkamp\n"
            "E-mail: info@oostkamp.example\n"
            "Gegevens van de deelnemer\nNaam: Peeters\nVoornaam: Jan\nE-mail: jan@oostkamp.example\n"
            "Facturatiegegevens\nNaam: Dienst Financiën\nE-mail: facturen@oostkamp.example"
        )
    )
    assert answers(submission) == [
        {**JAN, "organisation": "Oostkamp", "email": "jan@oostkamp.example"},
    ]
    assert doubts(submission) == set()


def test_one_address_for_several_people_is_doubted(read: Read) -> None:
    table = grid([["Naam", "Voornaam"], ["Peeters", "Jan"], ["Smet", "An"]])
    submission = read(*lines("Inschrijving\nGemeente: Brugge\nE-mail: info@brugge.be"), table)
    assert {(0, "email", "unsure"), (1, "email", "unsure")} <= doubts(submission)


@pytest.mark.parametrize(
    ("remark", "is_doubted"),
    [
        ("Mijn collega Bo Smet komt ook mee.", True),
        ("Ma collègue Ana Petit viendra aussi", True),
        ("Mijn collega Bo Smet komt niet.", False),
        ("Mag mijn collega Bo Smet ook komen?", False),
        ("Ik zit graag naast mijn collega Bo Smet", False),
    ],
)
def test_who_is_said_to_come_too_among_the_remarks_is_a_doubt(
    remark: str, is_doubted: bool, read: Read
) -> None:
    submission = read(*lines(f"Inschrijving\n{BASE}\nOpmerkingen: {remark}"))
    assert answers(submission)[0]["remarks"] == remark
    assert ((0, "remarks", "unsure") in doubts(submission)) is is_doubted


def test_every_answer_knows_where_it_stood(read: Read) -> None:
    (person,) = read(*lines(f"Inschrijving\n{BASE}")).people
    assert str(person.answers["first_name"].where) == "regel 3"


def test_text_below_the_last_label_that_tells_how_to_return_the_form_is_no_remark(read: Read) -> None:
    submission = read(
        *lines(f"Inschrijving\n{BASE}\nOpmerkingen:\nGelieve dit formulier terug te sturen vóór 1 mei.")
    )
    assert answers(submission) == [JAN]


def test_a_sentence_below_an_empty_address_is_not_that_address(read: Read) -> None:
    form = "Naam:\nVoornaam:\nGemeente/OCMW:\nE-mail:\nGeen nieuwsbrief meer? Schrijf u hier uit."
    assert read(*lines(form)).found is SubmissionKind.BLANK


def test_what_stood_in_the_blank_form_is_no_answer(read: Read) -> None:
    text = "Inschrijving\nNaam: Peeters\nVoornaam: Jan\nGemeente: Brugge\nOpmerkingen:\nTot ziens in de zaal"
    assert "remarks" in answers(read(*lines(text)))[0]
    assert "remarks" not in answers(read(*lines(text), blank=["Tot ziens in de zaal"]))[0]


@pytest.mark.parametrize(
    ("asked", "coming"),
    [
        ((Span("Ik neem deel: ☒ ja  ☐ neen"),), True),
        ((Span("Ik neem deel: ☐ ja  ☒ neen"),), False),
        ((Span("Ik neem deel: ja / "), Span("neen", struck=True)), True),
        ((Span("Ik neem deel: "), Span("ja", marked=True), Span(" / neen")), True),
        ((Span("Ik neem deel: ja / "), Span("neen", marked=True)), False),
        ((Span("Ik neem deel: "), Span("ja", struck=True), Span(" / neen")), False),
        ((Span("☒ Ik neem deel"),), True),
    ],
)
def test_a_line_of_the_blank_form_with_a_tick_or_a_word_crossed_out_is_an_answer(
    read: Read, asked: tuple[Span, ...], coming: bool
) -> None:
    blank = ["Ik neem deel", "Ik neem deel: ja / neen", "ja neen"]
    submission = read(*lines(f"Inschrijving\n{BASE}"), line(asked, 6), blank=blank)
    assert answers(submission) == [{**JAN, "attends": coming}]


@pytest.mark.parametrize("hint", ["Klik of tik om tekst in te voeren.", "……………", "[naam]", "Kies een item."])
def test_a_placeholder_is_no_answer(read: Read, hint: str) -> None:
    submission = read(
        *lines(f"Inschrijving\nNaam: {hint}\nVoornaam: {hint}\nGemeente: {hint}\nE-mail: {hint}")
    )
    assert submission.found is SubmissionKind.BLANK


@pytest.mark.parametrize("address", ["bv.aa@oostkamp.example", "e.g.maes@damme.example"])
def test_an_address_that_begins_as_a_hint_does_is_an_answer(read: Read, address: str) -> None:
    submission = read(
        *lines(f"Inschrijving\nNaam: Peeters\nVoornaam: Jan\nGemeente: Beernem\nE-mail: {address}")
    )
    assert [person["email"] for person in answers(submission)] == [address]


def test_an_empty_field_is_unanswered_whatever_follows(read: Read) -> None:
    blocks = [
        line((Span("Naam: "), Span("Peeters", slot=True)), 1),
        line((Span("Voornaam: "), Span("Jan", slot=True)), 2),
        line((Span("Functie: "), Span("", slot=True)), 3),
        line((Span("Gemeente: "), Span("Kies een gemeente", slot=True, placeholder=True)), 4),
    ]
    submission = read(*lines("Inschrijving"), *blocks)
    assert answers(submission) == [{"last_name": "Peeters", "first_name": "Jan"}]


def test_fields_named_after_the_questions_need_no_labels(read: Read) -> None:
    row = (
        Span("Kruis:"),
        Span("Peeters", slot=True, name="last_name"),
        Span(" "),
        Span("Jan", slot=True, name="first_name"),
        Span("Smet", slot=True, name="last_name.2"),
        Span("An", slot=True, name="first_name.2"),
        Span("Brugge", slot=True, name="organisation"),
    )
    submission = read(
        *lines("Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken"), line(row)
    )
    assert [(p.get("last_name"), p.get("first_name")) for p in answers(submission)] == [
        ("Peeters", "Jan"),
        ("Smet", "An"),
    ]


def test_what_is_asked_once_above_the_people_is_nobody_of_its_own(read: Read) -> None:
    submission = read(
        *lines(
            "Inschrijving\nGemeente: Brugge\nTelefoon: 050 12 34 58\nDeelnemer 1\nNaam: Peeters\n"
            "Voornaam: Noor\nE-mail: noor@post.example\nDeelnemer 2\nNaam: Maes\nVoornaam: Lou\n"
            "E-mail: lou@post.example"
        )
    )
    assert [person["last_name"] for person in answers(submission)] == ["Peeters", "Maes"]
    assert [person["phone"] for person in answers(submission)] == ["050 12 34 58"] * 2
