"""Forms that ask one person in full, and the names of who comes along: adopted and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document

from mailbot.config.settings import Settings
from mailbot.domain.form import FieldKind
from mailbot.domain.submission import Code, Submission
from tests.extraction.test_blank_layouts import adopted, answers, read_with

BRAM = {
    "Familienaam": "Cools", "Voornaam": "Bram", "Organisatie": "KWB Loppem",
    "E-mailadres": "bram@kwb.example", "Telefoon": "0478 11 22 33",
}  # fmt: skip
LIEN, NGOZI = ("Maes", "Lien", "lien@kwb.example"), ("Okafor", "Ngozi", "")
NAMES = {"last_name", "first_name"}

Read = Callable[..., Submission]


def table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    drawn = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(drawn.add_row().cells, row, strict=True):
            cell.text = text


def listed(
    registrant: Mapping[str, str],
    companions: Sequence[Sequence[str]],
    heading: str = "Collega's die meekomen",
    columns: Sequence[str] = ("Familienaam", "Voornaam", "E-mailadres"),
) -> Document:
    """A form with a table for one person and a list of two rows for others."""
    document = docx.Document()
    document.add_heading("Inschrijving Netwerkdag", 1)
    table(document, [(label, registrant.get(label, "")) for label in BRAM])
    document.add_paragraph(heading)
    rows = [(*row, "", "", "")[: len(columns)] for row in (*companions, (), ())[:2]]
    table(document, [columns, *rows])
    document.add_paragraph("Opmerkingen: ..............................")
    return document


def in_blocks(registrant: Mapping[str, str], companions: Sequence[Sequence[str]]) -> Document:
    """A form with a table for one person and one for a second."""
    document = docx.Document()
    document.add_heading("Inschrijving Netwerkdag", 1)
    table(document, [(label, registrant.get(label, "")) for label in BRAM])
    document.add_paragraph("Tweede deelnemer")
    said = (*companions, ("", "", ""))[0]
    table(document, list(zip(("Familienaam", "Voornaam", "E-mailadres"), said, strict=True)))
    document.add_paragraph(f"Opmerkingen: {'Wij komen samen.' if registrant else '.' * 30}")
    return document


@pytest.fixture
def read(settings: Settings, now: datetime, tmp_path: Path) -> Read:
    """Adopts what is drawn with nobody, and reads it as drawn with some people."""

    def reading(
        draw: Callable[..., Document], registrant: Mapping[str, str], companions: object
    ) -> Submission:
        blank, copy = tmp_path / "blank.docx", tmp_path / "ingevuld.docx"
        draw({}, ()).save(blank)
        draw(registrant, companions).save(copy)
        return read_with(adopted(blank), copy, settings, now)

    return reading


COLUMNS = pytest.mark.parametrize(
    "columns",
    [
        ("Familienaam", "Voornaam", "E-mailadres"),
        ("Naam", "Voornaam", "E-mail"),
        ("Naam collega", "Voornaam collega"),
        ("Voornaam", "Naam"),
    ],
)


@COLUMNS
def test_the_registrant_keeps_the_kinds_of_the_main_fields(tmp_path: Path, columns: Sequence[str]) -> None:
    listed({}, (), columns=columns).save(tmp_path / "blank.docx")
    kinds = {f.key: (f.kind, f.required) for f in adopted(tmp_path / "blank.docx").fields}
    assert kinds == {
        "last_name": (FieldKind.NAME, True),
        "first_name": (FieldKind.NAME, True),
        "organisation": (FieldKind.ORGANISATION, False),
        "email": (FieldKind.EMAIL, False),
        "phone": (FieldKind.PHONE, False),
        "remarks": (FieldKind.LONG_TEXT, False),
    }


@COLUMNS
def test_a_registrant_alone_is_one_person_and_each_row_is_another(read: Read, columns: Sequence[str]) -> None:
    def draw(registrant: Mapping[str, str], companions: Sequence[Sequence[str]]) -> Document:
        rows = [row[:2][::-1] if columns[0] == "Voornaam" else row for row in companions]
        return listed(registrant, rows, columns=columns)

    alone = read(draw, BRAM, ())
    assert [(one["last_name"], one["phone"]) for one in answers(alone)] == [("Cools", "0478 11 22 33")]
    three = read(draw, BRAM, (LIEN, NGOZI))
    assert [(one["first_name"], one["last_name"]) for one in answers(three)] == [
        ("Bram", "Cools"), ("Lien", "Maes"), ("Ngozi", "Okafor"),
    ]  # fmt: skip
    assert [one.get("phone") for one in answers(three)] == ["0478 11 22 33", None, None]
    if len(columns) > 2:
        assert [one.get("email") for one in answers(three)] == [BRAM["E-mailadres"], LIEN[2], None]
    assert not alone.problems and not three.problems


def test_whole_names_of_companions_are_split_or_doubted(read: Read) -> None:
    def draw(registrant: Mapping[str, str], companions: Sequence[Sequence[str]]) -> Document:
        return listed(registrant, companions, columns=("Naam en voornaam", "Organisatie"))

    people = read(draw, BRAM, (("Maes Lien", "KWB Loppem"), ("Ngozi Okafor", "KWB")))
    assert len(people.people) == 3
    doubted = {p.person for p in people.problems if p.code is Code.UNSURE and p.field in NAMES}
    assert doubted == {2}  # "Lien" is a first name of people here, where one is asked
    assert len(read(draw, BRAM, ()).people) == 1


@pytest.mark.parametrize(
    ("column", "names"),
    [
        ("Naam en voornaam", {("Maes", "Fien"), ("De Wit", "An")}),
        ("Voornaam en naam", {("Fien", "Maes"), ("De Wit", "An")}),
    ],
)
def test_a_whole_name_of_a_companion_keeps_the_order_of_its_caption(
    column: str, names: set[tuple[str, str]], read: Read
) -> None:
    def draw(registrant: Mapping[str, str], companions: Sequence[Sequence[str]]) -> Document:
        return listed(registrant, companions, columns=(column, "Organisatie"))

    told = (("Maes Fien", "KWB Loppem"), ("De Wit, An", "KWB Loppem"))
    first, *others = answers(read(draw, BRAM, told))
    assert (first["last_name"], first["first_name"]) == ("Cools", "Bram")
    assert {(one["last_name"], one["first_name"]) for one in others} == names


def test_a_second_block_is_a_second_person(read: Read) -> None:
    assert [one["last_name"] for one in answers(read(in_blocks, BRAM, ()))] == ["Cools"]
    two = answers(read(in_blocks, BRAM, (LIEN,)))
    assert [(one["last_name"], one["email"]) for one in two] == [
        ("Cools", BRAM["E-mailadres"]), ("Maes", LIEN[2]),
    ]  # fmt: skip
    assert [one["remarks"] for one in two] == ["Wij komen samen."] * 2


def test_an_open_list_below_fields_that_are_filled_in_is_no_blank(read: Read) -> None:
    def draw(registrant: Mapping[str, str], companions: Sequence[Sequence[str]]) -> Document:
        return listed(registrant, companions, heading="Leerlingen")

    said = read(draw, BRAM, ())
    assert len(said.people) == 1
    assert said.problems
    assert not read(draw, {}, ()).people


@pytest.mark.parametrize(
    "heading", ["Ik breng ook mee", "Wie komt mee?", "Reisgenoten", "Broers of zussen die ook komen"]
)
def test_who_is_brought_along_stands_below_who_registers(read: Read, heading: str) -> None:
    def draw(registrant: Mapping[str, str], companions: Sequence[Sequence[str]]) -> Document:
        return listed(registrant, companions, heading)

    assert [one["last_name"] for one in answers(read(draw, BRAM, (LIEN,)))] == ["Cools", "Maes"]


def test_a_whole_name_below_one_asked_in_two_is_of_who_is_brought_along(read: Read) -> None:
    def draw(registrant: Mapping[str, str], companions: Sequence[Sequence[str]]) -> Document:
        document = docx.Document()
        table(document, [(label, registrant.get(label, "")) for label in BRAM])
        document.add_paragraph("Uw workshop", "Heading 2")
        table(document, [("Ik kies", "☒ raku ☐ zeefdruk" if registrant else "☐ raku ☐ zeefdruk")])
        document.add_paragraph("Wie brengt u mee?", "Heading 2")
        hints = ["Klik of tik om tekst in te voeren."] * 2 if registrant else ["", ""]
        table(document, [("Naam en voornaam", "Geboortejaar"), *([*companions] or [("", "")]), hints])
        return document

    bram, lien = answers(read(draw, BRAM, [("Maes Lien", "1984")]))
    assert (bram["last_name"], bram["first_name"], bram["ik_kies"]) == ("Cools", "Bram", "raku")
    assert (lien["last_name"], lien["first_name"], lien["geboortejaar"]) == ("Maes", "Lien", "1984")
    assert "ik_kies" not in lien
    assert "geboortejaar" not in bram


def test_numbered_lines_that_ask_the_same_are_of_who_comes_along(read: Read) -> None:
    def draw(registrant: Mapping[str, str], companions: Sequence[Sequence[str]]) -> Document:
        document = docx.Document()
        room = "." * 20
        document.add_heading("Inschrijving grootouderfeest", 1)
        document.add_paragraph(f"Ondergetekende {registrant.get('name', room)}, ouder of voogd van {room}")
        document.add_paragraph(f"Gsm: {registrant.get('phone', room)}   E-mail: {room}")
        document.add_paragraph("Wie komt er mee?", "Heading 2")
        for number in range(1, 4):
            name, age = (*companions, *[(room, room)] * 3)[number - 1]
            document.add_paragraph(f"{number}. Naam: {name}   leeftijd: {age}")
        document.add_paragraph(f"Opmerkingen: {room}")
        return document

    said = read(draw, {"name": "Sara Vermeulen", "phone": "0470 00 12 12"}, [("Rik Segers", "71")])
    sara, rik = answers(said)
    assert (sara["name"], sara["phone"]) == ("Sara Vermeulen", "0470 00 12 12")
    assert (rik["name"], rik["leeftijd"]) == ("Rik Segers", "71")
    assert "leeftijd" not in sara
    assert "phone" not in rik
    assert not read(draw, {}, []).people


def numbered(heading: str, named: str) -> Callable[..., Document]:
    """A slip that one person signs, with numbered lines below a heading."""

    def draw(registrant: Mapping[str, str], rows: Sequence[Sequence[str]]) -> Document:
        document = docx.Document()
        room = "." * 20
        document.add_heading("Inschrijving schoolfeest", 1)
        document.add_paragraph(f"{named}: {registrant.get('name', room)}")
        document.add_paragraph(f"E-mail: {registrant.get('mail', room)}")
        document.add_paragraph(heading)
        for number in range(1, 4):
            name, task = (*rows, *[(room, room)] * 3)[number - 1]
            document.add_paragraph(f"{number}. Naam {name} taak {task}")
        document.add_paragraph(f"Opmerkingen: {room}")
        return document

    return draw


@pytest.mark.parametrize(
    "heading", ["Wij helpen graag mee (opbouw vrijdag – toog – afwas – opruim):", "Ik zorg voor hulp:"]
)
@pytest.mark.parametrize("named", ["Ondergetekende (naam en voornaam)", "Naam en voornaam"])
def test_who_helps_as_the_signer_says_is_not_registered(read: Read, heading: str, named: str) -> None:
    said = read(
        numbered(heading, named),
        {"name": "Vermeulen Sara", "mail": "sara@post.example"},
        [("Rik Segers", "toog"), ("Lien Maes", "afwas")],
    )
    (sara,) = answers(said)
    assert sara["name"] == "Vermeulen Sara"
    assert (sara["naam"], sara["taak"]) == ("Rik Segers\nLien Maes", "toog\nafwas")


@pytest.mark.parametrize(
    "heading", ["Wij schrijven in:", "Wij eten mee:", "Wij nemen mee:", "Deelnemers:", "Spelers:"]
)
def test_who_is_registered_on_lines_below_the_signer_is_a_person(read: Read, heading: str) -> None:
    draw = numbered(heading, "Ondergetekende")
    said = read(draw, {"name": "Vermeulen Sara"}, [("Rik Segers", "doelman"), ("Lien Maes", "spits")])
    assert [one["taak"] for one in answers(said) if "taak" in one] == ["doelman", "spits"]


@pytest.mark.parametrize("whole", ["Voornaam en naam", "Voornaam en familienaam", "Voornaam en achternaam"])
def test_who_is_asked_with_captions_above_the_rooms_registers_and_heads_no_list(
    read: Read, whole: str
) -> None:
    def draw(registrant: Mapping[str, str], companions: Sequence[Sequence[str]]) -> Document:
        document = docx.Document()
        document.add_heading("Inschrijving Netwerkdag", 1)
        pairs = (("Familienaam", "Voornaam"), ("Organisatie", "E-mailadres"))
        said = [[registrant.get(label, "") for label in pair] for pair in pairs]
        table(document, [pairs[0], said[0], pairs[1], said[1]])
        document.add_paragraph("Collega's die meekomen")
        rows = [(f"{row[1]} {row[0]}", row[2]) for row in companions]
        table(document, [(whole, "E-mailadres"), *[*rows, ("", ""), ("", "")][:2]])
        return document

    assert len(read(draw, BRAM, ()).people) == 1
    people = answers(read(draw, BRAM, (LIEN, NGOZI)))
    assert [one["last_name"] for one in people] == ["Cools", "Maes", "Okafor"]
    assert [one["organisation"] for one in people] == ["KWB Loppem"] * 3
    assert [one.get("email") for one in people] == ["bram@kwb.example", "lien@kwb.example", None]


@pytest.mark.parametrize("columns", [("Naam", "Voornaam"), ("Voornaam collega", "Naam collega")])
def test_a_whole_name_above_a_list_that_asks_it_in_two_is_split(read: Read, columns: Sequence[str]) -> None:
    def draw(registrant: Mapping[str, str], companions: Sequence[Sequence[str]]) -> Document:
        document = docx.Document()
        document.add_heading("Inschrijving Netwerkdag", 1)
        asked = ("Naam en voornaam", "Organisatie", "E-mailadres", "Telefoon")
        table(document, [(label, registrant.get(label, "")) for label in asked])
        document.add_paragraph("Collega's die meekomen")
        rows = [row[:2] if columns[0] == "Naam" else row[:2][::-1] for row in companions]
        table(document, [columns, *(rows or [("", "")] * 2)])
        return document

    bram = {**BRAM, "Naam en voornaam": "Bram Cools"}
    alone = read(draw, bram, ())
    assert [(one["first_name"], one["last_name"]) for one in answers(alone)] == [("Bram", "Cools")]
    three = read(draw, bram, (LIEN, NGOZI))
    assert [(one["first_name"], one["last_name"]) for one in answers(three)] == [
        ("Bram", "Cools"), ("Lien", "Maes"), ("Ngozi", "Okafor"),
    ]  # fmt: skip
    assert {problem.person for problem in three.problems} <= {0}
    assert [one["organisation"] for one in answers(three)] == ["KWB Loppem"] * 3


def test_blocks_that_ask_a_whole_name_in_two_are_people(read: Read) -> None:
    def draw(registrant: Mapping[str, str], companions: Sequence[Sequence[str]]) -> Document:
        document = docx.Document()
        document.add_heading("Inschrijving Netwerkdag", 1)
        asked = ("Naam en voornaam", "Organisatie", "E-mailadres", "Telefoon")
        table(document, [(label, registrant.get(label, "")) for label in asked])
        for number, heading in enumerate(("Tweede deelnemer", "Derde deelnemer")):
            document.add_paragraph(heading)
            said = companions[number][:2] if number < len(companions) else ("", "")
            table(document, list(zip(("Naam", "Voornaam"), said, strict=True)))
        return document

    bram = {**BRAM, "Naam en voornaam": "Bram Cools"}
    for companions in ((), (LIEN,), (LIEN, NGOZI)):
        people = answers(read(draw, bram, companions))
        assert [one["last_name"] for one in people] == ["Cools", *(row[0] for row in companions)]
        assert [one["first_name"] for one in people] == ["Bram", *(row[1] for row in companions)]


def test_what_only_a_companion_is_asked_beside_the_same_question_is_no_answer_of_the_first(
    read: Read,
) -> None:
    def draw(registrant: Mapping[str, str], companions: Sequence[Sequence[str]]) -> Document:
        document = docx.Document()
        document.add_heading("Inschrijving Bosklas", 1)
        said = (*companions, ("", "", "", ""))[0]
        rows = [
            ("Deelnemer", "", "", ""),
            ("Naam", registrant.get("Familienaam", ""), "Voornaam", registrant.get("Voornaam", "")),
            ("Geboortedatum", "3/04/1999" if registrant else "", "Telefoon", registrant.get("Telefoon", "")),
            ("Tweede deelnemer", "", "", ""),
            ("Naam", said[0], "Voornaam", said[1]),
            ("Geboortedatum", said[2], "Pasnummer", said[3]),
        ]
        table(document, rows)
        for row in (document.tables[0].rows[0], document.tables[0].rows[3]):
            heading = row.cells[0].text
            row.cells[0].merge(row.cells[3]).text = heading
        document.add_paragraph("Opmerkingen: ..............................")
        return document

    two = answers(read(draw, BRAM, (("Maes", "Lien", "11/12/2015", "771203"),)))
    assert [(one["first_name"], one.get("pasnummer")) for one in two] == [("Bram", None), ("Lien", "771203")]
