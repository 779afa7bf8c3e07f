"""The same form in every format shows the same thing."""

from collections.abc import Iterator
from pathlib import Path
from struct import pack_into

import pytest

from mailbot.documents import read
from mailbot.domain.document import Block, Cell, Location, Paragraph, ParseStatus, Part, Span, Table, Unit
from mailbot.text.characters import TICKED, UNTICKED

SAMPLES = Path(__file__).parent / "samples"


def blocks(name: str) -> tuple[Block, ...]:
    # The name is no help: the format is told by the bytes.
    reading = read(
        Part("bijlage", "application/octet-stream", (SAMPLES / name).read_bytes()),
        Location().at(Unit.ATTACHMENT, "x"),
    )
    assert reading.state is ParseStatus.READ
    return reading.blocks


def lines(name: str) -> list[str]:
    return [block.text.strip() for block in blocks(name) if isinstance(block, Paragraph)]


def slots(name: str) -> Iterator[Span]:
    for block in blocks(name):
        if isinstance(block, Paragraph):
            yield from (span for span in block.spans if span.slot)


WORD = ["form.docx", "form.doc", "form.odt", "form.rtf"]


@pytest.mark.parametrize("name", WORD)
def test_lines_are_those_on_the_page_and_in_that_order(name: str) -> None:
    lunch = f"Lunch {TICKED} ja {UNTICKED} neen" if name != "form.rtf" else "Lunch  ja  neen"
    assert lines(name) == [
        "Inschrijvingsformulier",
        "Naam: Van den Broeck",
        "Gsm:",
        lunch,
        "Vervoer: fiets",
        "Aanwezig: ja / nee",
        f"Vlees {TICKED} vis {UNTICKED}",
        "Zichtbaar",
        "erbij",
        "Regel een",
        "Regel twee",
        "Bestuur: Damme",
        "Pagina onderaan",
    ]


@pytest.mark.parametrize("name", WORD)
def test_form_fields_are_slots_and_an_open_one_is_empty(name: str) -> None:
    texts = [span.text.strip() for span in slots(name)]
    assert texts[:2] == ["Van den Broeck", ""]
    assert texts[-1] == "fiets"


def test_a_box_whose_state_the_file_lost_is_open_and_not_unticked() -> None:
    # LibreOffice drops the state of check boxes from its rtf: nobody knows what was ticked.
    assert [span.text for span in slots("form.rtf")][2:4] == ["", ""]


@pytest.mark.parametrize("name", WORD)
def test_struck_words_are_kept_and_marked(name: str) -> None:
    (line,) = [b for b in blocks(name) if isinstance(b, Paragraph) and b.text.startswith("Aanwezig")]
    assert [(span.text, span.struck) for span in line.spans] == [("Aanwezig: ja / ", False), ("nee", True)]


@pytest.mark.parametrize("name", WORD)
def test_tables_keep_their_merged_cells_and_the_table_inside(name: str) -> None:
    (grid,) = [block for block in blocks(name) if isinstance(block, Table)]

    def shape(cell: Cell) -> tuple[str, int, int, int]:
        return (cell.text, cell.column, cell.columns, cell.rows)

    assert [[shape(cell) for cell in row] for row in grid.rows] == [
        [("Naam", 0, 1, 1), ("Voornaam", 1, 1, 1), ("Functie", 2, 1, 1)],
        [("Peeters", 0, 1, 1), ("Jan", 1, 1, 1), ("D'hondt", 2, 1, 1)],
        [("breed", 0, 2, 1), ("hoog", 2, 1, 2)],
        [("E-mail\tjan@oostkamp.example", 0, 1, 1), ("", 1, 1, 1)],
    ]
    (inner,) = grid.rows[3][0].blocks
    assert isinstance(inner, Table)
    assert str(inner.rows[0][1].where) == "bijlage x, tabel 1, rij 4, tabel 1, rij 1"


@pytest.mark.parametrize("name", ["sheet.xlsx", "sheet.xls", "sheet.ods"])
def test_sheets_show_numbers_as_people_see_them_and_hidden_ones_not_at_all(name: str) -> None:
    (grid,) = blocks(name)
    assert isinstance(grid, Table)
    date = "2026-12-03" if name == "sheet.ods" else "3/12/2026"
    assert grid.text == f"Naam\tGsm\tDatum\nPeeters\t0478 12 34 56\t{date}\nOpmerkingen voor allen"
    assert grid.rows[2][0].columns == 3
    assert str(grid.rows[1][1].where) == "bijlage x, blad Deelnemers, cel B2"


def test_a_csv_file_is_a_grid() -> None:
    reading = read(
        Part("sheet.csv", "", (SAMPLES / "sheet.csv").read_bytes()),
        Location().at(Unit.ATTACHMENT, "sheet.csv"),
    )
    (grid,) = reading.blocks
    assert isinstance(grid, Table)
    assert str(grid.rows[1][0].where) == "bijlage sheet.csv, rij 2, kolom 1"
    assert grid.rows[1][0].text == "Peeters"


def test_text_boxes_of_a_doc_stand_behind_the_paragraphs_that_they_are_anchored_in() -> None:
    found = lines("boxes.doc")  # LibreOffice stores them from the last to the first
    assert found[2:8] == ["Naam", "Van den Bossche", "Voornaam", "Mia", "Lidnummer", "20017"]
    assert found[-3:] == ["Hoeveel personen brengt u mee?", "2", "Tot dan!"]


@pytest.mark.parametrize(
    ("at", "number"),
    [
        (7998 + 4 * 16 + 22 * 5 + 14, 1031),  # the sixth box says the shape of the fifth
        (7998 + 4 * 4, 1_000_000),  # the fourth ends behind all others
    ],
)
def test_what_stands_in_the_text_boxes_of_a_damaged_doc_is_read_once(at: int, number: int) -> None:
    data = bytearray((SAMPLES / "boxes.doc").read_bytes())
    pack_into("<i", data, at, number)
    reading = read(Part("bijlage", "application/octet-stream", bytes(data)), Location())
    assert sorted(block.text.strip() for block in reading.blocks) == sorted(lines("boxes.doc"))
