"""A workbook as a container: what large parts are held as, and what they are written as."""

from __future__ import annotations

import pytest
from lxml import etree

from mailbot.xlsx.package import DamagedError, Package
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
    assert len(package.tree(part).find("{*}sheetData")) == MANY


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
