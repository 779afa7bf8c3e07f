"""Text, CSV and web pages in the encodings and with the separators that people's programs use."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.documents import read
from mailbot.documents.txt import decode
from mailbot.domain.document import Location, ParseStatus, Part, Table, Unit
from mailbot.text.characters import TICKED, UNTICKED, uniform

WORDS = "Naam: René D’hondt\r\nPrijs: 5 €\r\n"


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode("utf-8"),
        codecs.BOM_UTF8 + WORDS.encode("utf-8"),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("utf-16-le"),
        WORDS.encode("utf-16-be"),
        WORDS.encode("cp1252"),
    ],
)
def test_text_is_read_in_whatever_encoding(data: bytes) -> None:
    reading = read(
        Part("inschrijving.txt", "text/plain", data), Location().at(Unit.ATTACHMENT, "inschrijving.txt")
    )
    assert [(block.text, str(block.where)) for block in reading.blocks] == [
        ("Naam: René D’hondt", "bijlage inschrijving.txt, regel 1"),
        ("Prijs: 5 €", "bijlage inschrijving.txt, regel 2"),
    ]


@given(st.binary())
def test_decoding_never_raises(data: bytes) -> None:
    uniform(decode(data))


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_of_a_csv_is_found(separator: str) -> None:
    rows = [
        ["Naam", "Voornaam", "E-mail"],
        ["Peeters", "Jan", "jan@damme.example"],
        ['"De Smet, Piet"', "", "x"],
    ]
    data = "\r\n".join(separator.join(row) for row in rows).encode("cp1252")
    (grid,) = read(Part("lijst.csv", "", data), Location().at(Unit.ATTACHMENT, "lijst.csv")).blocks
    assert isinstance(grid, Table)
    assert [[cell.text for cell in row] for row in grid.rows][1:] == [
        ["Peeters", "Jan", "jan@damme.example"],
        ["De Smet, Piet", "", "x"],
    ]


def test_excels_own_separator_line_is_obeyed_and_not_read() -> None:
    (grid,) = read(Part("lijst.csv", "", b"sep=;\r\nNaam;a,b\r\nJan;c,d"), Location()).blocks
    assert grid.text == "Naam\ta,b\nJan\tc,d"


def test_a_web_page_called_doc_is_a_web_page() -> None:
    data = b"<html><meta charset='windows-1252'><body><table><tr><td>Naam</td><td>Ren\xe9</td></tr></table>"
    (grid,) = read(
        Part("form.doc", "application/msword", data), Location().at(Unit.ATTACHMENT, "form.doc")
    ).blocks
    assert grid.text == "Naam\tRené"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("☑ ja ☐ nee", f"{TICKED} ja {UNTICKED} nee"),
        ("■ ja □ nee", f"{TICKED} ja {UNTICKED} nee"),
        ("■ een opsomming", "■ een opsomming"),
        ("___ ja  _x_ nee", f"{UNTICKED} ja  {TICKED} nee"),
        ("Naam ______ x", "Naam ______ x"),
        ("ﬁets", "fiets"),
        ("a\u2011b\u00adc\u200bd", "a-bcd"),
        ("e\u0301", "é"),
        ("\u2002\u2003x", "  x"),
    ],
)
def test_characters_are_as_people_see_them(written: str, shown: str) -> None:
    assert uniform(written) == shown


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert uniform(uniform(text)) == uniform(text)


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03", b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c"])
def test_what_nobody_can_read_is_unsupported(data: bytes) -> None:
    assert read(Part("x.bin", "application/octet-stream", data), Location()).state is ParseStatus.UNSUPPORTED


@pytest.mark.parametrize("data", [b"", b" \r\n"])
def test_a_file_without_a_byte_is_empty(data: bytes) -> None:
    assert read(Part("inschrijving.docx", "application/msword", data), Location()).state is ParseStatus.EMPTY
