"""Blank forms in a spreadsheet whose rows hold more than a label and its room: adopted, their copies read."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font, Protection

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


def saved(rows: Rows, merged: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (*TITLE, *rows):
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def asked(rows: Rows) -> dict[str, tuple[FieldKind, str]]:
    """The kind of each field that a blank gives, and the heading it stands below, by its label."""
    blocks = read_document(Part("blanco.xlsx", "", saved(rows)), Location()).blocks
    drafted = fields_of(template_of(blocks))
    return {one.field.label: (one.field.kind, one.question.section) for one in drafted}


@pytest.fixture
def read(settings: Settings, now: datetime, tmp_path: Path) -> Callable[..., Submission]:
    def understood(blank: Rows, copy: Rows, merged: Sequence[str] = ()) -> Submission:
        (tmp_path / "blank.xlsx").write_bytes(saved(blank, merged))
        (tmp_path / "ingevuld.xlsx").write_bytes(saved(copy, merged))
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
    head: str, kind: FieldKind, read: Callable[..., Submission]
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


def test_people_stand_below_the_example_of_a_list(read: Callable[..., Submission]) -> None:
    head = ("Last name", "First name", "Job title")
    blank = (head, ("e.g. Smith", "Anna", "breeder"), (), (), ("Comments", None))
    copy = (head, blank[1], ("Pauwels", "Els", "CEO"), ("De Groot", "Tom", None), blank[4])
    assert [one["last_name"] for one in answers(read(blank, copy))] == ["Pauwels", "De Groot"]


def test_each_room_of_a_sentence_or_table_of_amounts_is_asked_apart(
    read: Callable[..., Submission],
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


def test_a_letter_that_marks_a_cell_is_kept(read: Callable[..., Submission]) -> None:
    blank = (*NAMED, ("Dagen", "zaterdag", None, "zondag", None))
    copy = (*ELS, ("Dagen", "zaterdag", "x", "zondag", None))
    (person,) = answers(read(blank, copy))
    assert person["zaterdag"] == "x"
    assert "zondag" not in person


def test_a_last_label_has_its_room_where_the_sheet_ends(read: Callable[..., Submission]) -> None:
    blank = (*NAMED, ("Aankomst", None, None, None, None, "Vertrek"))
    copy = (*ELS, ("Aankomst", "11 april", None, None, None, "Vertrek", "16 april"))
    (person,) = answers(read(blank, copy))
    assert (person["aankomst"], person["vertrek"]) == ("11 april", "16 april")


def test_yes_and_no_with_a_cell_behind_each_answer_one_question(
    read: Callable[..., Submission],
) -> None:
    blank = (*NAMED, ("Kan zwemmen", "ja", None, "neen"), ("Draagt een bril", "ja", None, "neen"))
    copy = (*ELS, ("Kan zwemmen", "ja", "x", "neen"), ("Draagt een bril", "ja", None, "neen", "X"))
    (person,) = answers(read(blank, copy))
    assert (person["kan_zwemmen"], person["draagt_een_bril"]) == (True, False)


def test_empty_cells_set_a_label_apart_from_its_options(read: Callable[..., Submission]) -> None:
    blank = (*NAMED, ("Vervoer", None, None, "☐ bus  ☐ auto"))
    copy = (*ELS, ("Vervoer", None, None, "☐ bus  ☒ auto"))
    assert answers(read(blank, copy)) == [{"last_name": "Pauwels", "first_name": "Els", "vervoer": "auto"}]


def test_the_open_cells_of_a_locked_sheet_are_its_rooms(
    settings: Settings, now: datetime, tmp_path: Path
) -> None:
    def locked(name: str, said: Mapping[str, str]) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.protection.sheet = True
        for row in (
            *TITLE,
            ("Familienaam",),
            (),
            ("Voornaam",),
            (),
            ("Ik kom met", "", "volwassenen", "", "kinderen"),
        ):
            sheet.append([value or None for value in row])
        for place in ("A5", "A7", "B8", "D8"):
            sheet[place] = said.get(place)
            sheet[place].protection = Protection(locked=False)
        sheet["A4"].font = Font(bold=True)
        sheet.merge_cells("A5:E5")
        book.save(tmp_path / name)
        return tmp_path / name

    form = adopted(locked("blank.xlsx", {}))
    copy = locked("ingevuld.xlsx", {"A5": "Pauwels", "A7": "Els", "B8": "2", "D8": "1"})
    assert answers(read_with(form, copy, settings, now)) == [
        {
            "last_name": "Pauwels", "first_name": "Els",
            "ik_kom_met_volwassenen": "2", "ik_kom_met_kinderen": "1",
        }
    ]  # fmt: skip


def test_labels_in_two_rows_count_the_same_people(read: Callable[..., Submission]) -> None:
    head = (("Nr", "Naam", "Voornaam", "Discipline", None, "Maat"), (None, None, None, "acro", "dans"))
    blank = (*head, (1,), (2,), (), ("Opmerkingen", None))
    copy = (*head, (1, "Maes", "Lien", "x", None, "S"), (2, "Okafor", "Ngozi", None, "x"), *blank[4:])
    merged = ("A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:F5")
    said = [
        (one["last_name"], one.get("maat"), one.get("discipline_acro"), one.get("discipline_dans"))
        for one in answers(read(blank, copy, merged))
    ]
    assert said == [("Maes", "S", "x", None), ("Okafor", None, None, "x")]


def test_a_column_that_ends_in_a_figure_may_say_how_it_is_marked(read: Callable[..., Submission]) -> None:
    head: Rows = (("Achternaam", "Voornaam", "Dag 1 (x)", "Dag 2 (x)"),)
    people: Rows = (("Pauwels", "Els", "x", None), ("Cools", "Bram", "x", "x"))
    said = answers(read((*head, (), ("Opmerkingen", None)), (*head, *people, (), ("Opmerkingen", None))))
    assert [one["last_name"] for one in said] == ["Pauwels", "Cools"]
    assert [(one.get("dag_1_x"), one.get("dag_2_x")) for one in said] == [(True, None), (True, True)]
