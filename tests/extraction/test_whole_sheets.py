"""Sheets as Excel holds them: lists, contacts beside them, people in columns, and what stands around."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import openpyxl
import pytest

from mailbot.documents import read as read_document
from mailbot.domain.document import Block, Location, Part
from mailbot.domain.submission import Submission
from tests.extraction.blocks import answers, doubts, lines

Read = Callable[..., Submission]
Rows = Iterable[Iterable[object]]

TITLE = ("Aanmelding zomerkamp",)
LIEN, BO = ("Lien Pets", "3/2/2018", "jo@post.example"), ("Bo Maes", "5/6/2019", "an@post.example")
HEADS = ("Naam kind", "Geboortedatum", "Mailadres ouder")
READ = [
    {"child": name, "born": born, "parent_email": address}
    for name, born, address in (
        ("Lien Pets", "3/2/2018", "jo@post.example"),
        ("Bo Maes", "5/6/2019", "an@post.example"),
    )
]


def sheet(rows: Rows, merged: Iterable[str] = ()) -> tuple[Block, ...]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row) or [None])
    for cells in merged:
        book.active.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    return read_document(Part("lijst.xlsx", "", file.getvalue()), Location()).blocks


def test_options_below_a_heading_are_columns_of_its_question(read: Read) -> None:
    heads = ("Naam kind", "Geboortedatum", "Welke week", "", "", "Mailadres ouder")
    options = ("", "", "Eerste week", "Tweede week", "Beide weken", "")
    lien = ("Lien Pets", "3/2/2018", "", "x", "", "jo@post.example")
    bo = ("Bo Maes", "5/6/2019", "x", "", "", "an@post.example")
    submission = read(*sheet([TITLE, heads, options, lien, bo], ["C2:E2"]))
    assert answers(submission) == [{**READ[0], "week": "Tweede week"}, {**READ[1], "week": "Eerste week"}]
    assert not doubts(submission)


def test_a_row_that_explains_the_columns_is_nobody(read: Read) -> None:
    hints = ("", "dd/mm/jjjj", "voor de bevestiging")
    assert answers(read(*sheet([TITLE, HEADS, hints, LIEN, BO]))) == READ


@pytest.mark.parametrize("apart", [0, 3])
def test_what_the_office_notes_below_a_list_is_nobody(read: Read, apart: int) -> None:
    below = [("Voorbehouden aan de administratie",), ("Dossiernr.", "2026/114"), ("Naam kind", "K. Dossier")]
    assert answers(read(*sheet([TITLE, HEADS, LIEN, BO, *[()] * apart, *below]))) == READ


def test_a_date_far_below_a_list_is_nobody(read: Read) -> None:
    assert answers(read(*sheet([TITLE, HEADS, LIEN, BO, (), (), ("Datum", "12/11/2026")]))) == READ


def test_somebody_below_rows_left_open_counts(read: Read) -> None:
    submission = read(*sheet([TITLE, HEADS, LIEN, (), ("Bo Maes", "", "")]))
    assert [one["child"] for one in answers(submission)] == ["Lien Pets", "Bo Maes"]


def test_a_total_below_a_list_is_nobodys_number(read: Read) -> None:
    heads = ("Nr.", "Voornaam", "Naam", "Bestuur", "Aantal deelnemers", "E-mail")
    rows = [
        ("1", "Lien", "Pets", "Damme", "2", "lien@post.example"),
        ("2", "Bo", "Maes", "Damme", "", "bo@post.example"),
    ]
    submission = read(*sheet([("Inschrijving",), heads, *rows, ("Totaal", "", "", "", "2", "")]))
    assert [one.get("first_name") for one in answers(submission)] == ["Lien", "Bo"]


def test_columns_left_empty_between_headings_keep_a_list_together(read: Read) -> None:
    rows = [(name, "", born, "", "", address) for name, born, address in (HEADS, LIEN, BO)]
    assert answers(read(*sheet([TITLE, *rows]))) == READ


def test_a_contact_beside_a_list_is_no_part_of_its_rows(read: Read) -> None:
    rows = [
        (*HEADS, "", "Bijzonderheden", "komen later"),
        (*LIEN, "", "Noodnummer", "09 000 00 01"),
        (*BO, "", "Opgemaakt door", "Jan Peeters"),
    ]
    submission = read(*sheet([TITLE, (), *rows]))
    assert [(one["child"], one["parent_phone"]) for one in answers(submission)] == [
        ("Lien Pets", "09 000 00 01"),
        ("Bo Maes", "09 000 00 01"),
    ]


def test_people_in_columns_may_stand_beside_an_empty_margin(read: Read) -> None:
    rows = [("", "", *row) for row in zip(HEADS, LIEN, BO, strict=True)]
    assert answers(read(*sheet([("", "", *TITLE), *rows]))) == READ


def test_numbers_of_people_above_columns_are_no_names(read: Read) -> None:
    rows = [("", "Kind 1", "Kind 2"), *zip(HEADS, LIEN, BO, strict=True)]
    numbered = [("", "Deelnemer 1", "Deelnemer 2"), *zip(HEADS, LIEN, BO, strict=True)]
    assert answers(read(*sheet([TITLE, *rows]))) == READ
    assert answers(read(*sheet([TITLE, *numbered]))) == READ


@pytest.mark.parametrize("gap", [(), ("",)])
def test_blocks_of_labels_beside_each_other_are_a_person_each(read: Read, gap: tuple[str, ...]) -> None:
    heads = ("Deelnemer 1", "", *gap, "Deelnemer 2", "")
    rows = [(label, one, *gap, label, other) for label, one, other in zip(HEADS, LIEN, BO, strict=True)]
    assert answers(read(*sheet([TITLE, heads, *rows]))) == READ


def test_a_heading_over_columns_is_no_answer_of_the_first(read: Read) -> None:
    groups = ("Kind", "", "Praktisch")
    assert answers(read(*sheet([TITLE, groups, HEADS, LIEN, BO], ["A2:B2"]))) == READ


def test_what_is_asked_below_a_heading_of_people_begins_there(read: Read) -> None:
    pairs = [*zip(HEADS, LIEN, strict=True)]
    above = [("Bij nood",), ("Naam kind", "An Claes"), ("Noodnummer", "09 000 00 01"), ()]
    submission = read(*sheet([TITLE, *above, ("Deelnemer",), *pairs]))
    assert [one["child"] for one in answers(submission)] == ["Lien Pets"]


@pytest.mark.parametrize(
    "rows",
    [
        [("Welke week", "Eerste week", "", "Tweede week", "x", "Beide weken", "")],
        [("Welke week", "Eerste week", "Tweede week", "Beide weken"), ("", "", "x")],
    ],
)
def test_a_mark_behind_or_below_its_option_chooses_it(read: Read, rows: Rows) -> None:
    above = [TITLE, ("Naam kind", "Lien Pets"), ("Geboortedatum", "3/2/2018")]
    submission = read(*sheet([*above, *rows, ("Zwemt", "x")]))
    assert answers(submission) == [
        {"child": "Lien Pets", "born": "3/2/2018", "week": "Tweede week", "swims": True}
    ]
    assert not [one for one in doubts(submission) if one[1] == "week"]


@pytest.mark.parametrize(
    "offered", [("Eerste week", "Tweede week", "Beide weken"), ("Eerste week", "Tweede week")]
)
def test_options_in_cells_of_their_own_without_a_mark_choose_nothing(
    read: Read, offered: tuple[str, ...]
) -> None:
    rows = [("Naam kind", "Lien Pets"), ("Welke week", *offered)]
    submission = read(*sheet([TITLE, *rows, ("Geboortedatum", "3/2/2018")]))
    assert "week" not in answers(submission)[0]
    assert (0, "week", "missing") in doubts(submission)


@pytest.mark.parametrize("name", ["Bo Maes", "Maes"])
def test_a_block_that_holds_a_name_and_a_body_is_somebody(read: Read, name: str) -> None:
    labels = ("Naam", "Bestuur", "Functie", "E-mail")
    one, other = ("An Claes", "Damme", "schepen", "an@post.example"), (name, "Brugge", "", "")
    rows = [(label, said, label, told) for label, said, told in zip(labels, one, other, strict=True)]
    submission = read(*sheet([("Inschrijving",), ("Deelnemer 1", "", "Deelnemer 2", ""), *rows]))
    assert len(submission.people) == 2


CALLED = [
    (("Noodnummer", "09 000 00 01"), ("Naam kind", "Lien Pets"), ("Geboortedatum", "3/2/2018")),
    (("Noodnummer", "09 000 00 02"), ("Naam kind", "Bo Maes"), ("Geboortedatum", "5/6/2019")),
    (("Noodnummer", "09 000 00 03"), ("Naam kind", "An Claes"), ("Geboortedatum", "8/9/2019")),
]
NUMBERS = [{"child": block[1][1], "born": block[2][1], "parent_phone": block[0][1]} for block in CALLED]


@pytest.mark.parametrize("gap", [[], [()]])
def test_a_number_that_each_is_asked_first_is_their_own(read: Read, gap: Rows) -> None:
    rows = [row for block in CALLED for row in (*gap, *block)]
    as_text = "\n".join(": ".join(row) for row in rows)
    assert answers(read(*sheet([TITLE, *rows]))) == NUMBERS
    assert answers(read(*lines(as_text))) == NUMBERS


@pytest.mark.parametrize("asks_number_first", [True, False])
def test_a_number_above_all_who_are_asked_one_is_the_senders(read: Read, asks_number_first: bool) -> None:
    order = (0, 1, 2) if asks_number_first else (1, 0, 2)
    rows = [row for block in CALLED for row in [block[n] for n in order]]
    letterhead = [("Noodnummer", "09 000 00 09"), ()]
    assert answers(read(*sheet([*letterhead, TITLE, *rows]))) == NUMBERS


@pytest.mark.parametrize("heading", ["Erläuterung", "Explication", "Toelichting", ""])
def test_hints_between_a_label_and_its_options_are_no_marks(read: Read, heading: str) -> None:
    rows = [
        ("", heading),
        ("Naam kind", "*", "Lien Pets"),
        ("Geboortedatum", "(dag/maand/jaar)", "3/2/2018"),
        ("Welke week", "", "Eerste week", "", "Tweede week", "x", "Beide weken"),
    ]
    submission = read(*sheet([TITLE, *rows]))
    assert answers(submission) == [{"child": "Lien Pets", "born": "3/2/2018", "week": "Tweede week"}]
    assert not [one for one in doubts(submission) if one[1] in ("child", "born", "week")]


@pytest.mark.parametrize("office", [[], [("Voorbehouden aan de dienst",)]])
def test_a_name_below_the_form_makes_no_senders_number_anybodys(read: Read, office: Rows) -> None:
    letterhead = [("Noodnummer", "09 000 00 09"), ()]
    child = [("Naam kind", "Lien Pets"), ("Geboortedatum", "3/2/2018"), ("Noodnummer", "09 000 00 01")]
    signed = [*office, ("Naam kind", "Lien Pets")]
    one = {"child": "Lien Pets", "born": "3/2/2018", "parent_phone": "09 000 00 01"}
    assert answers(read(*sheet([*letterhead, *child, (), *signed]))) == [one]


def test_a_heading_with_a_number_begins_a_person_whatever_is_asked_first(read: Read) -> None:
    born, called = [("Geboortedatum", one[1]) for one in (LIEN, BO)], [("Kind", one[0]) for one in (LIEN, BO)]
    week = ("Welke week", "")
    rows = [("Kind 1",), born[0], called[0], week, ("Kind 2",), born[1], called[1], ("Welke week", "Week 1")]
    submission = read(*sheet([TITLE, *rows]))
    assert [(one["child"], one["born"]) for one in answers(submission)] == [
        ("Lien Pets", "3/2/2018"),
        ("Bo Maes", "5/6/2019"),
    ]


def test_a_banner_over_a_list_is_nobody_where_something_stands_beside_it(read: Read) -> None:
    rows = [
        (*HEADS, "", "Mailadres ouder", "an@post.example"),
        ("Groep 1", "", "", "", "Noodnummer", "09 000 00 01"),
        (*LIEN, "", "Bijzonderheden", "komen later"),
        ("Groep 2",),
        BO,
    ]
    submission = read(*sheet([TITLE, *rows], ["A3:C3", "A5:C5"]))
    assert [one["child"] for one in answers(submission)] == ["Lien Pets", "Bo Maes"]


def test_a_label_below_those_that_are_answered_beside_them_may_be_answered_below(read: Read) -> None:
    rows = (
        TITLE,
        ("Naam kind", "Lien Pets"),
        ("Geboortedatum", "3/2/2018"),
        ("Mailadres ouder", "jo@post.example"),
    )
    assert answers(read(*sheet([*rows, (), ("Welke week",), ("Beide weken",)]))) == [
        {**READ[0], "week": "Beide weken"}
    ]
