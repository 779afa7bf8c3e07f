"""Sheets whose places to write are painted, boxed or underlined: adopted, and their copies read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.styles import Border, Font, PatternFill, Side

from mailbot.config.settings import Settings
from mailbot.domain.submission import Submission
from tests.extraction.test_blank_layouts import adopted, answers, read_with

THIN = Side(style="thin")
YELLOW = PatternFill("solid", fgColor="FFFF00")
BOX, LINE = Border(THIN, THIN, THIN, THIN), Border(bottom=THIN)

#: What stands in the cells of a blank, with the cells that are drawn to be written in.
Drawn = tuple[Mapping[str, str], tuple[str, ...]]

CAPTIONS = {
    "A4": "Naam",
    "C4": "Voornaam",
    "A6": "E-mail",
    "C6": "Telefoon",
    "A8": "Lievelingskleur",
    "C8": "Dieetwensen",
}
ABOVE: Drawn = CAPTIONS, ("A5", "C5", "A7", "C7", "A9", "C9")
BELOW: Drawn = CAPTIONS, ("A3", "C3", "A5", "C5", "A7", "C7")
ALONE: Drawn = (
    {"A4": "Naam", "A6": "Voornaam", "A8": "E-mail", "A10": "Dieetwensen"},
    ("A5", "A7", "A9", "A11", "A12"),
)
BESIDE: Drawn = (
    {"A4": "Naam", "A6": "Voornaam", "A8": "E-mail", "A10": "Dieetwensen"},
    ("C4", "C6", "C8", "C10"),
)
AMONG: Drawn = (
    {
        "A4": "Gemeente",
        "A6": "Nr.",
        "B6": "Naam",
        "D6": "Voornaam",
        **{f"A{row}": str(row - 6) for row in range(7, 10)},
        "A11": "Opmerkingen",
        "A15": "Dieetwensen",
    },
    ("B4", *(f"{column}{row}" for column in "BD" for row in range(7, 10)), "A12", "A13", "A16"),
)
BEFORE: Drawn = (
    {
        "A4": "Naam",
        "A5": "Voornaam",
        "A7": "Wij bestellen ook (aantal invullen):",
        "D7": "Hoe vernam u van het congres?",
        "C8": "verslagboek",
        "C9": "parkeerkaart",
        "F8": "nieuwsbrief",
        "F9": "vakblad",
        "F10": "collega",
    },
    ("B4", "B5", "B8", "B9", "E8", "E9", "E10"),
)


def painted(cell: Cell) -> None:
    cell.fill = YELLOW


def boxed(cell: Cell) -> None:
    cell.border = BOX


def underlined(cell: Cell) -> None:
    cell.border = LINE


LOOKS = pytest.mark.parametrize("look", [painted, boxed, underlined])


def save(path: Path, drawn: Drawn, look: Callable[[Cell], None], said: Mapping[str, str]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Inschrijving opleidingsdag brandweerzone Oost"
    sheet["A2"] = "Terugsturen voor 3 mei aan opleiding@zone.example, met alle gegevens van uw post"
    words, rooms = drawn
    for place in rooms:
        look(sheet[place])
    for place, text in {**words, **said}.items():
        sheet[place] = text.removeprefix("*")
        sheet[place].font = Font(bold=text.startswith("*"))
    book.save(path)
    return path


@pytest.fixture
def read(settings: Settings, now: datetime, tmp_path: Path) -> Callable[..., Submission]:
    def understood(drawn: Drawn, look: Callable[[Cell], None], said: Mapping[str, str]) -> Submission:
        blank = save(tmp_path / "blank.xlsx", drawn, look, {})
        return read_with(adopted(blank), save(tmp_path / "ingevuld.xlsx", drawn, look, said), settings, now)

    return understood


@LOOKS
def test_captions_have_their_rooms_below(
    look: Callable[[Cell], None], read: Callable[..., Submission]
) -> None:
    said = {"A5": "Maes", "C5": "Lien", "A7": "lien@gent.example", "C9": "vegetarisch"}
    assert answers(read(ABOVE, look, said)) == [
        {"last_name": "Maes", "first_name": "Lien", "email": "lien@gent.example", "diet": "vegetarisch"}
    ]


@LOOKS
def test_captions_have_their_rooms_above(
    look: Callable[[Cell], None], read: Callable[..., Submission]
) -> None:
    said = {"A3": "Maes", "C3": "Lien", "C5": "0470 11 22 33", "A7": "blauw"}
    assert answers(read(BELOW, look, said)) == [
        {"last_name": "Maes", "first_name": "Lien", "phone": "0470 11 22 33", "lievelingskleur": "blauw"}
    ]


@LOOKS
@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (ALONE, {"A5": "Maes", "A7": "Lien", "A11": "vegetarisch", "A12": "geen vis"}),
        (BESIDE, {"C4": "Maes", "C6": "Lien", "C10": "vegetarisch\ngeen vis"}),
    ],
)
def test_a_label_alone_has_its_room_below_or_further_on(
    drawn: Drawn, said: Mapping[str, str], look: Callable[[Cell], None], read: Callable[..., Submission]
) -> None:
    (person,) = answers(read(drawn, look, said))
    assert (person["last_name"], person["first_name"]) == ("Maes", "Lien")
    assert person["diet"].split() == ["vegetarisch", "geen", "vis"]
    assert "email" not in person


@LOOKS
def test_people_and_what_is_asked_below_them(
    look: Callable[[Cell], None], read: Callable[..., Submission]
) -> None:
    said = {"B4": "Kuurne", "B7": "Maes", "D7": "Lien", "B8": "Okafor", "D8": "Ngozi", "A16": "vegetarisch"}
    people = answers(read(AMONG, look, said))
    assert [(one["last_name"], one["first_name"]) for one in people] == [
        ("Maes", "Lien"),
        ("Okafor", "Ngozi"),
    ]
    assert all(one["organisation"] == "Kuurne" and "remarks" not in one for one in people)
    assert people[0]["diet"] == "vegetarisch"


@LOOKS
def test_the_blank_itself_is_nobody(look: Callable[[Cell], None], read: Callable[..., Submission]) -> None:
    for drawn in (ABOVE, BELOW, ALONE, BESIDE, AMONG):
        assert not read(drawn, look, {}).people


@LOOKS
def test_rooms_before_words_are_marked_or_counted_as_what_stands_above_them_asks(
    look: Callable[[Cell], None], read: Callable[..., Submission]
) -> None:
    said = {"B4": "Maes", "B5": "Lien", "B8": "2", "E9": "x", "E10": "V"}
    (person,) = answers(read(BEFORE, look, said))
    assert person == {
        "last_name": "Maes",
        "first_name": "Lien",
        "verslagboek": "2",
        "hoe_vernam_u_van_het_congres": "vakblad, collega",
    }


@LOOKS
def test_a_column_that_a_formula_fills_and_the_sum_below_it_are_nobodys(
    look: Callable[[Cell], None], read: Callable[..., Submission]
) -> None:
    counted = {f"E{row}": f'=IF(B{row}="","",40)' for row in range(7, 10)} | {"D10": "Totaal"}
    drawn = ({**AMONG[0], "E6": "Prijs", **counted}, AMONG[1])
    people = answers(read(drawn, look, {"B7": "Maes", "D7": "Lien", "E7": "€ 40", "E10": "€ 40"}))
    assert people == [{"last_name": "Maes", "first_name": "Lien"}]


def test_an_option_of_a_sheet_is_chosen_where_its_cell_is_made_bold(read: Callable[..., Submission]) -> None:
    cells = {**ALONE[0], "A14": "Ik kom met de fiets", "C14": "☐ ja", "D14": "☐ nee"}
    said = {"A5": "Maes", "A7": "Lien", "D14": "*☐ nee"}
    (person,) = answers(read((cells, ALONE[1]), painted, said))
    assert person["ik_kom_met_de_fiets"] is False
