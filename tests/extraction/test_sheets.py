"""Forms drawn in a spreadsheet: labels apart, prices beside numbers, options below their question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.domain.submission import Submission, SubmissionKind
from tests.extraction.blocks import answers, doubts, grid, lines

Read = Callable[..., Submission]

CHILD = ("Aanmelding zomerkamp", "", "", "", "")
HEADS = ("Naam kind", "", "Geboortedatum", "", "Noodnummer")
MORE = ("Mailadres ouder", "", "Zwemt", "", "Bijzonderheden")
SAID = {"child": "Lien Pets", "parent_email": "jo@post.example", "swims": True}
ORDER = lines(
    "Inschrijving gezamenlijke aankoop\nBestuur: Damme\nContactpersoon: Jan Maes\nOns bestuur neemt deel: ja"
)


def test_labels_above_answers_may_have_an_empty_column_between_them(read: Read) -> None:
    told = [("Lien Pets", "", "3/2/2018", "", ""), ("jo@post.example", "", "ja", "", "")]
    submission = read(grid([CHILD, HEADS, told[0], MORE, told[1]]))
    assert answers(submission) == [{**SAID, "born": "3/2/2018"}]


def test_names_with_nothing_beside_them_are_no_labels_of_an_open_form(read: Read) -> None:
    told = [("Lien Pets", "", "", "", ""), ("jo@post.example", "", "ja", "", "komt later")]
    assert answers(read(grid([CHILD, HEADS, told[0], MORE, told[1]]))) == [{**SAID, "notes": "komt later"}]


@pytest.mark.parametrize("below", [("", "", "", "", ""), ("DEELNEMER", "", "", "", "OUDER")])
def test_open_columns_between_labels_are_nobody(read: Read, below: tuple[str, ...]) -> None:
    submission = read(grid([CHILD, HEADS, below, HEADS, MORE]))
    assert submission.people == ()


@pytest.mark.parametrize("price", [("x € 18", "72"), ("à € 18", ""), ("* 18 EUR", "72")])
def test_a_price_beside_a_number_is_no_part_of_it(read: Read, price: tuple[str, str]) -> None:
    rows = [("Geschatte hoeveelheid", "4", *price), ("Andere hoeveelheid", "", *price)]
    submission = read(*ORDER, grid(rows))
    assert answers(submission)[0]["quantity"] == "4"
    assert not [one for one in doubts(submission) if one[1] == "quantity"]


def test_a_price_alone_answers_no_number(read: Read) -> None:
    rows = [("Geschatte hoeveelheid", "", "x € 18"), ("Andere hoeveelheid", "2", "x € 9")]
    assert "quantity" not in answers(read(*ORDER, grid(rows)))[0]


def test_columns_of_prices_and_totals_beside_a_count_are_no_answer(read: Read) -> None:
    rows = [("Pakket", "Aantal", "Prijs", "Totaal"), ("Geschatte hoeveelheid", "4", "20", "80")]
    above = [("Bestuur", "Damme", "", ""), ("Contactpersoon", "Jan Maes", "", "")]
    submission = read(*ORDER[:1], grid([*above, *rows, ("Ons bestuur neemt deel", "ja", "", "")]))
    assert answers(submission)[0]["quantity"] == "4"


@pytest.mark.parametrize("left", [True, False])
def test_a_mark_belongs_to_the_option_of_its_row_on_either_side(read: Read, *, left: bool) -> None:
    options = [("Eerste week", ""), ("Tweede week", "x"), ("Beide weken", "")]
    rows = [(mark, option) if left else ("", option, mark) for option, mark in options]
    head = [("Aanmelding zomerkamp", ""), ("Naam kind", "Lien Pets"), ("Welke week", "")]
    assert answers(read(grid([*head, *rows])))[0]["week"] == "Tweede week"


def test_one_option_below_its_question_without_a_mark_is_doubted(read: Read) -> None:
    rows = [("Aanmelding zomerkamp", ""), ("Naam kind", "Lien Pets"), ("Welke week", ""), ("", "Tweede week")]
    assert [one for one in doubts(read(grid(rows))) if one[1] == "week"]


def test_remarks_beside_yes_and_no_do_not_hide_them(read: Read) -> None:
    rows = [
        ("Naam kind", "Lien Pets", "", ""),
        ("", "ja", "nee", "opmerkingen"),
        ("Zwemt", "", "x", "leert het"),
    ]
    submission = read(*lines("Aanmelding zomerkamp"), grid(rows))
    assert answers(submission)[0]["swims"] is False


@pytest.mark.parametrize(
    ("born", "phone", "address"),
    [
        ("dd/mm/jjjj", "0000/00.00.00", "naam@voorbeeld.be"),
        ("jj/mm/aaaa", "000 00 00 00", "prenom.nom@exemple.be"),
        ("TT.MM.JJJJ", "+00 000 000000", "name@beispiel.de"),
    ],
)
def test_patterns_printed_where_answers_go_are_nobody(
    read: Read, born: str, phone: str, address: str
) -> None:
    rows = [("Naam kind", ""), ("Geboortedatum", born), ("Noodnummer", phone), ("Mailadres ouder", address)]
    submission = read(*lines("Aanmelding zomerkamp"), grid(rows))
    assert submission.found is SubmissionKind.BLANK


def test_a_real_address_like_a_pattern_is_an_answer(read: Read) -> None:
    rows = [
        ("Naam kind", "Lien Pets"),
        ("Mailadres ouder", "naam@voorbeeldig.be"),
        ("Noodnummer", "09 000 00 01"),
    ]
    submission = read(*lines("Aanmelding zomerkamp"), grid(rows))
    assert answers(submission)[0]["parent_email"] == "naam@voorbeeldig.be"
