"""What fuzzing and strangers' files found, each made anew and small."""

from __future__ import annotations

import io
import re
import struct
import zipfile

import pytest

from mailbot import documents, message, workbook
from mailbot.domain.document import Location, ParseStatus, Part
from mailbot.extraction import boilerplate
from mailbot.extraction.assembly import _trimmed
from mailbot.extraction.boilerplate import is_instruction
from mailbot.intent import phrases
from mailbot.intent.sentences import sentences
from mailbot.matching.addresses import addresses_in
from mailbot.text import closings
from mailbot.text.pages import holds_page
from mailbot.workbook import Base
from mailbot.xlsx.package import DamagedError, Package
from tests.fuzz.hostile import SEEDS
from tests.fuzz.test_quick import plain

__all__ = ["plain"]


def broken_inside() -> bytes:
    """A workbook whose zip is whole, and a part of which does not unpack."""
    data = bytearray(SEEDS["sheet.xlsx"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = max(archive.infolist(), key=lambda one: one.compress_size)
    start = info.header_offset + 30 + len(info.filename)
    data[start : start + 40] = b"\xff" * 40
    return bytes(data)


def test_a_workbook_of_which_a_part_does_not_unpack_is_damaged(plain: object) -> None:
    with pytest.raises(DamagedError):
        Package.open(broken_inside())
    layout = workbook.layout(None, plain)  # type: ignore[arg-type]  # a fixture by another name
    assert workbook.accident(Base(), workbook.read(broken_inside(), layout, Base())) is not None


def test_addresses_are_looked_for_in_one_go() -> None:
    # Forty thousand letters took six seconds, several times over, and a mail may have millions.
    assert addresses_in("é" * 2_000_000 + " a@damme.example, b@damme.example") == (
        "a@damme.example",
        "b@damme.example",
    )


def test_pages_are_looked_for_in_one_go() -> None:
    # Sixty thousand characters took thirteen seconds, for each name that a mail of ours carries.
    assert not holds_page("a-" * 1_000_000)
    assert not holds_page("a" * 2_000_000 + "@damme.example")
    assert holds_page("a" * 1_000_000 + " www.damme.example")


def test_a_line_of_one_sign_is_looked_at_in_one_go() -> None:
    # Eight thousand brackets took a second, several times over for each such line of a mail.
    assert not is_instruction("(" * 300_000)
    assert not is_instruction("*" * 300_000)
    assert is_instruction("(* = velden die verplicht zijn)")
    assert _trimmed("a" + "\xa0" * 300_000 + "b -").endswith("b")


def test_a_page_without_end_is_too_large_and_as_a_mail_read_as_far_as_plain_text_is() -> None:
    page = "<p>a" * 200_000  # every million characters took five seconds, and a mail may bring ten
    read = documents.read(Part("a.html", "text/html", page.encode()), Location())
    assert read.state is ParseStatus.TOO_LARGE
    raw = f"From: a@b.example\nContent-Type: text/html\n\n{page}"
    assert len(message.parse(raw.encode(), frozenset(), "").body) == 20_000


def test_a_cell_of_a_format_that_is_not_there_says_what_it_says() -> None:
    data = SEEDS["sheet.xls"]
    label = data.index(struct.pack("<HHHH", 0x00FD, 10, 0, 0)) + 8
    odd = data[:label] + struct.pack("<H", 0x7000) + data[label + 2 :]
    (grid,) = documents.read(Part("a.xls", "", odd), Location()).blocks
    assert grid.text.startswith("Naam")


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        (phrases.THANKS, "super "),
        (closings._WHOLE_LINE, "warm "),
        (closings._WHOLE_LINE, "beste "),
        (boilerplate._ASKING, "hebt u nog "),
    ],
)
def test_a_word_said_many_times_is_read_in_one_way(pattern: re.Pattern[str], word: str) -> None:
    # Each of them could be read in two ways, and forty of them in a million millions.
    assert not pattern.fullmatch(word * 60 + "x1")


def test_a_yes_is_short() -> None:
    assert phrases.says_yes("ja, dat klopt, alles is correct")
    assert phrases.says_no("nee, dat klopt niet, helaas")
    assert not phrases.says_yes("dat klopt klopt " * 60 + "x")


def test_a_sentence_that_never_ends_is_joined_in_one_go() -> None:
    # A mail of ten thousand lines without a stop took the better part of an hour.
    assert len(sentences(["é en nog een woord"] * 50_000)) == 1
    (long,) = sentences(["ik kom"] + ["en nog een woord"] * 1_000)
    assert long.text.startswith("ik kom en nog")


def test_an_address_in_an_encoded_name_is_never_taken_for_the_sender() -> None:
    raw = b"From: =?utf-8?q?x=0D=0ABcc:_all@evil.example?= <eve@damme.example>\nSubject: x\n\nx"
    read = message.parse(raw, frozenset(), "")
    assert "\n" not in read.sender.name + read.sender.email
    assert read.sender.email == "eve@damme.example"
    comma = b"From: =?iso-8859-1?Q?Peeters,_Ren=E9?= =?iso-8859-1?Q?e?= <eve@damme.example>\n\nx"
    assert message.parse(comma, frozenset(), "").sender.name == "Peeters, Renée"
