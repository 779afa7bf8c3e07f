"""A workbook as a container: what large parts are held as, and what they are written as."""

from __future__ import annotations

import io

import openpyxl
import pytest
from lxml import etree

from mailbot.xlsx.package import DamagedError, Package, q
from mailbot.xlsx.references import Move
from mailbot.xlsx.row_shift import move_rows
from mailbot.xlsx.rows import PackedRows, split
from mailbot.xlsx.styles import Style
from mailbot.xlsx.workbook import Workbook

MANY = 1_700  # rows: more than are written at a time, thrice


def long_sheet() -> tuple[bytes, str]:
    """A file whose one sheet is large, and the part of it."""
    book = Workbook.new()
    sheet = book.add_sheet("Lang")
    sheet.add({at: [(1, f"rij {at} & <meer>", 0), (2, at, 0), (3, " x\n", 0)] for at in range(1, MANY + 1)})
    assert len(book.package.settled(sheet.part)) > 200_000
    return book.data(), sheet.part


@pytest.mark.parametrize("spelling", ["as it is", "prefixes", "between two rows"])
def test_a_long_sheet_that_is_put_down_is_written_as_any_other(spelling: str) -> None:
    data, part = long_sheet()
    package = Package.open(data)
    if spelling != "as it is":
        text = package.parts[part]
        if spelling == "prefixes":
            text = text.replace(b"<", b"<m:").replace(b"<m:/", b"</m:").replace(b"<m:?", b"<?")
            text = text.replace(b"xmlns=", b"xmlns:m=")
        else:
            text = text.replace(b"</row>", b"</row>\n  ").replace(b'<row r="7"', b'<row r="7" spans="1:3"')
        package.parts[part] = text
    package.tree(part)[-1].set("hers", "1")
    whole = etree.tostring(package.tree(part), xml_declaration=True, encoding="UTF-8", standalone=True)
    package.put_down(part)
    assert package.parts[part] == whole


def test_a_large_part_that_nobody_changed_is_carried_byte_for_byte() -> None:
    data, part = long_sheet()
    package = Package.open(data)
    before = package.parts[part]
    again = Package.open(package.data())
    assert again.parts[part] == before
    assert again.parts == package.parts


def test_damage_in_a_large_part_is_told_when_the_file_is_opened() -> None:
    data, _ = long_sheet()
    middle = len(data) // 2  # within the packed sheet, which is most of the file
    with pytest.raises(DamagedError):
        Package.open(data[:middle] + bytes(16) + data[middle + 16 :])


def test_a_long_sheet_is_text_until_a_row_changes_and_says_the_same_as_a_short_one() -> None:
    data, part = long_sheet()
    packed, tree = Workbook.open(data), Workbook.open(data)
    tree.package.tree(part)  # taken apart as a whole before it is asked for as a sheet
    sheets = []
    for book in (packed, tree):
        sheet = book.sheet("Lang")
        assert sheet is not None
        sheets.append(sheet)
        assert (sheet.last_row, sheet.last_column) == (MANY, 3)
        assert sheet.get(700, 1) == "rij 700 & <meer>"
        sheet.set(700, 1, "anders")
        assert (sheet.get(700, 1), sheet.get(700, 2), sheet.get(701, 2)) == ("anders", 700, 701)
        move_rows(sheet, Move(gone=frozenset({3, 1_000})))
        sheet.set(MANY + 5, 2, 5)
        sheet.add({MANY + 3: [(1, "nieuw", 0)], MANY + 4: [(1, "nog", 0)]})
        move_rows(sheet, Move(after=10, count=2))
        sheet.set(11, 1, "ertussen")
    one, other = sheets
    assert isinstance(one._rows, PackedRows)
    assert not isinstance(other._rows, PackedRows)
    assert sum(one._rows.keeps(number) for number in one._rows) < 10
    assert list(one.filled(1)) == list(other.filled(1))
    assert list(one.column(1, 1)) == list(other.column(1, 1))
    for book, sheet in zip((packed, tree), sheets, strict=True):
        book.put_down(sheet)
    written = [openpyxl.load_workbook(io.BytesIO(book.data()))["Lang"] for book in (packed, tree)]
    cells = [[tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in written]
    assert cells[0] == cells[1]
    assert cells[0][699 - 1 + 2][0] == "anders"


@pytest.mark.parametrize(
    "spelling",
    [
        (b"</row>", b"</row><!-- hers -->"),
        (b"<sheetData>", b'<sheetData x="1">'),
        (b' r="5"', b" r='5'"),
        (b"<v>5</v>", b"<f>2+3</f><v>5</v>"),
        (b'<row r="9"', b'<row r="8"'),
    ],
)
def test_a_long_sheet_in_another_spelling_is_taken_apart_as_a_whole(spelling: tuple[bytes, bytes]) -> None:
    data, part = long_sheet()
    package = Package.open(data)
    assert split(package.parts[part]) is not None
    assert split(package.parts[part].replace(*spelling)) is None


def test_damage_within_a_row_of_a_long_sheet_is_told() -> None:
    data, part = long_sheet()
    package = Package.open(data)
    package.parts[part] = package.parts[part].replace(b"<v>900</v>", b"<v>900</w>")
    sheet = Workbook(package).sheet("Lang")
    assert sheet is not None
    with pytest.raises(DamagedError):
        sheet.get(900, 2)


@pytest.mark.parametrize(("number", "colour"), [("0", ""), ("2", "FFFF00"), ("3", ""), ("99", "")])
def test_a_cell_whose_fill_is_not_there_has_no_colour(number: str, colour: str) -> None:
    book = Workbook.new()
    sheet = book.add_sheet("Blad")
    sheet.set(1, 1, "x", Style(fill="FFFF00"))
    root = book.package.tree("xl/styles.xml")
    last = root.find(q("cellXfs"))[-1]
    assert last.get("fillId") == "2"
    last.set("fillId", number)
    again = Workbook.open(book.data()).sheet("Blad")
    assert again is not None
    assert again.fill(1, 1) == colour


def test_a_part_that_is_taken_out_leaves_every_other_where_it_was() -> None:
    book = Workbook.new()
    for name in ("Een", "Twee"):
        book.add_sheet(name).set(1, 1, name)
    package = book.package
    book.data()
    package.add("xl/calcChain.xml", b'<calcChain xmlns="x"/>', "a/b")
    package.relate("xl/workbook.xml", "calcChain", "xl/calcChain.xml")
    assert package.related("xl/workbook.xml", "calcChain")
    package.remove("xl/calcChain.xml")
    assert "xl/calcChain.xml" not in package.parts
    assert not package.related("xl/workbook.xml", "calcChain")
    assert b"calcChain" not in etree.tostring(package.tree("[Content_Types].xml"))
    assert Workbook.open(book.data()).names == ("Een", "Twee")
