"""Blank forms in a spreadsheet whose rows hold more than a label and its room: adopted, their copies read."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from mailbot.config.settings import Settings
from mailbot.documents import read as read_document
from mailbot.domain.document import Location, Part
from mailbot.domain.form import FieldKind
from mailbot.domain.submission import Submission
from mailbot.extraction.adoption import fields_of
from mailbot.extraction.drafting import template_of
from tests.extraction.test_blank_layouts import adopted, answers, read_with

Rows = Sequence[Sequence[str | int | None]]

TITLE: Rows = (
    ("Inschrijving opleidingsdag brandweerzone Oost", None, None, None, None, "blad 1"),
    ("Terugsturen voor 3 mei aan opleiding@zone.example, met alle gegevens",),
    (),
)
NAMED: Rows = (("Naam", None), ("Voornaam", None))
ELS: Rows = (("Naam", "Pauwels"), ("Voornaam", "Els"))


def saved(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (*TITLE, *rows):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def asked(rows: Rows) -> dict[str, tuple[FieldKind, str]]:
    """The kind of each field that a blank gives, and the heading it stands below, by its label."""
    blocks = read_document(Part("blanco.xlsx", "", saved(rows)), Location()).blocks
    drafted = fields_of(template_of(blocks))
    return {one.field.label: (one.field.kind, one.question.section) for one in drafted}


@pytest.fixture
def read(settings: Settings, now: datetime, tmp_path: Path) -> Callable[[Rows, Rows], Submission]:
    def understood(blank: Rows, copy: Rows) -> Submission:
        (tmp_path / "blank.xlsx").write_bytes(saved(blank))
        (tmp_path / "ingevuld.xlsx").write_bytes(saved(copy))
        return read_with(adopted(tmp_path / "blank.xlsx"), tmp_path / "ingevuld.xlsx", settings, now)

    return understood


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Chauffeur (x)", FieldKind.YES_NO),
        ("Lunch ja/nee", FieldKind.YES_NO),
        ("Repas oui / non", FieldKind.YES_NO),
        (
            "Heeft u al een opleiding gevolgd, en zo ja in welk jaar en bij welke organisator of school?",
            FieldKind.TEXT,
        ),
    ],
)
def test_a_column_may_say_how_it_is_answered_or_ask_at_length(
    head: str, kind: FieldKind, read: Callable[[Rows, Rows], Submission]
) -> None:
    blank = (("Nr.", "Naam", "Voornaam", head), (1,), (2,), (), ("Opmerkingen", None))
    copy = (("Nr.", "Naam", "Voornaam", head), (1, "Maes", "Lien", "ja"), (2, "Okafor", "Ngozi"), *blank[3:])
    assert asked(blank)[head][0] is kind
    assert [one["last_name"] for one in answers(read(blank, copy))] == ["Maes", "Okafor"]


def test_numbered_words_alone_in_their_row_head_what_is_below() -> None:
    blank = (
        ("1. Uw post",), ("Postnaam", None), ("Overste", None), ("Kazernestraat", None),
        ("2. Wie komt er",), *NAMED, ("3. Afspraken",), ("Opstapplaats", None), ("Vertrekuur", None),
        ("Terugrit", None),
    )  # fmt: skip
    fields = asked(blank)
    assert {"Uw post", "Wie komt er", "Afspraken"}.isdisjoint(fields)
    assert (fields["Postnaam"][1], fields["Opstapplaats"][1]) == ("Uw post", "Afspraken")


def test_people_stand_below_the_example_of_a_list(read: Callable[[Rows, Rows], Submission]) -> None:
    head = ("Last name", "First name", "Job title")
    blank = (head, ("e.g. Smith", "Anna", "breeder"), (), (), ("Comments", None))
    copy = (head, blank[1], ("Pauwels", "Els", "CEO"), ("De Groot", "Tom", None), blank[4])
    assert [one["last_name"] for one in answers(read(blank, copy))] == ["Pauwels", "De Groot"]


def test_each_room_of_a_sentence_or_table_of_amounts_is_asked_apart(
    read: Callable[[Rows, Rows], Submission],
) -> None:
    def rows(adults: int | None, children: int | None, soup: int | None, kids: int | None) -> Rows:
        return (
            ("Ik kom met:", adults, "volwassenen", children, "kinderen"),
            ("Gerecht", "Groot", "Klein", "Prijs"),
            ("Tomatensoep", soup, None, "€ 4"),
            ("Balletjes", None, kids, "€ 12"),
            ("Vegetarisch", None, None, "€ 11"),
        )

    (person,) = answers(read((*NAMED, *rows(*[None] * 4)), (*ELS, *rows(2, 1, 3, 1))))
    assert (person["ik_kom_met_volwassenen"], person["ik_kom_met_kinderen"]) == ("2", "1")
    assert (person["tomatensoep_groot"], person["balletjes_klein"]) == ("3", "1")
    assert "prijs" not in person
    assert "tomatensoep_klein" not in person


def test_a_letter_that_marks_a_cell_is_kept(read: Callable[[Rows, Rows], Submission]) -> None:
    blank = (*NAMED, ("Dagen", "zaterdag", None, "zondag", None))
    copy = (*ELS, ("Dagen", "zaterdag", "x", "zondag", None))
    (person,) = answers(read(blank, copy))
    assert person["zaterdag"] == "x"
    assert "zondag" not in person


def test_a_last_label_has_its_room_where_the_sheet_ends(read: Callable[[Rows, Rows], Submission]) -> None:
    blank = (*NAMED, ("Aankomst", None, None, None, None, "Vertrek"))
    copy = (*ELS, ("Aankomst", "11 april", None, None, None, "Vertrek", "16 april"))
    (person,) = answers(read(blank, copy))
    assert (person["aankomst"], person["vertrek"]) == ("11 april", "16 april")
