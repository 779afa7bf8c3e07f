"""Outlook's own formats: ``.msg``, ``winmail.dat`` and text kept as compressed RTF."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.domain.document import Table
from mailbot.domain.message import Message
from mailbot.message import outlook, tnef
from mailbot.message.compressed_rtf import text_or_html, unpacked
from tests.message.build import OWN, multipart, own_text, parsed
from tests.message.ole import compound

RTF = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}}"
    rb"{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 "
    rb"Caf\'e9 \u8364? {\*\htmltag84 <b>}\htmlrtf \b\htmlrtf0 ja{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0"
    rb"{\*\htmltag72 </p>}}"
)


def stored(rtf: bytes) -> bytes:
    """RTF in the wrapper of compressed RTF, not compressed."""
    return struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def message_streams(prefix: str = "") -> dict[str, bytes]:
    return {
        f"{prefix}__properties_version1.0": b"\0" * (24 if prefix else 32),
        f"{prefix}__substg1.0_0037001F": wide("Inschrijving"),
        f"{prefix}__substg1.0_0C1A001F": wide("Jan Peeters"),
        f"{prefix}__substg1.0_5D01001F": wide("jan@brugge.example"),
        f"{prefix}__substg1.0_1000001F": wide("Ik kom.\r\n\r\nGroeten\r\nJan"),
    }


def test_a_msg_gives_sender_subject_text_and_files() -> None:
    attachment = "__attach_version1.0_#00000000/__substg1.0_"
    data = compound(
        {
            **message_streams(),
            f"{attachment}3707001F": wide("formulier é.docx"),
            f"{attachment}37010102": b"PK\x03\x04",
        }
    )
    message = outlook.parse(data, OWN)
    assert (message.sender.email, message.sender.name) == ("jan@brugge.example", "Jan Peeters")
    assert message.subject == "Inschrijving"
    assert own_text(message) == ["Ik kom."]
    assert [(part.name, part.data) for part in message.parts] == [("formulier é.docx", b"PK\x03\x04")]


def test_an_address_in_other_letters_is_the_sender_of_a_msg() -> None:
    streams = {**message_streams(), "__substg1.0_5D01001F": wide("josé@brugge.example")}
    message = outlook.parse(compound(streams), OWN)
    assert (message.sender.email, message.sender.name) == ("josé@brugge.example", "Jan Peeters")
    assert own_text(message) == ["Ik kom."]


def test_a_msg_inside_a_msg_is_the_forwarded_one() -> None:
    inner = "__attach_version1.0_#00000000/__substg1.0_3701000D/"
    message = outlook.parse(compound({**message_streams(), **message_streams(inner)}), OWN)
    assert message.forwarded is not None
    assert message.forwarded.sender.email == "jan@brugge.example"
    assert message.parts == ()


def test_the_header_a_msg_came_with_goes_before_its_properties() -> None:
    head = "From: An <an@damme.example>\r\nSubject: x\r\nAuto-Submitted: auto-replied\r\n\r\n"
    message = outlook.parse(compound({**message_streams(), "__substg1.0_007D001F": wide(head)}), OWN)
    assert message.sender.email == "an@damme.example"
    assert message.automatic


def test_html_kept_as_rtf_is_taken_out_again() -> None:
    streams = {**message_streams(), "__substg1.0_10090102": stored(RTF)}
    del streams["__substg1.0_1000001F"]
    assert own_text(outlook.parse(compound(streams), OWN)) == ["Café € ja"]
    assert text_or_html(RTF) == ("<p>Café € <b>ja</b></p>", True)


def test_compressed_rtf_is_unpacked() -> None:
    packed = bytes.fromhex(  # the example of MS-OXRTFCP 3.1
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af820686e090500736f7267"
    )
    assert unpacked(packed).startswith(b"{\\rtf1\\ansi\\ansicpg125")
    assert unpacked(b"") == b""


def attribute(level: int, number: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


WINMAIL = (
    struct.pack("<IH", 0x223E9F78, 1)
    + attribute(1, 0x0002800C, b"Ik kom.\0")
    + attribute(2, 0x00069002, b"\0" * 14)
    + attribute(2, 0x00018010, b"FORMUL~1.DOC\0")
    + attribute(2, 0x0006800F, b"inhoud")
    + attribute(2, 0x00069005, struct.pack("<IHHII", 1, 0x001E, 0x3707, 1, 14) + b"formulier.doc\0\0\0")
)


def test_a_winmail_is_replaced_by_what_is_in_it() -> None:
    raw = multipart(
        [
            "Content-Type: text/plain\n\n",
            "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n@",
        ]
    )
    message = parsed(raw.replace(b"\n@", b"\n" + base64.b64encode(WINMAIL)))
    assert [(part.name, part.data) for part in message.parts] == [("formulier.doc", b"inhoud")]
    assert own_text(message) == ["Ik kom."]


def test_what_stands_before_the_damage_in_a_winmail_is_kept() -> None:
    assert [leaf.name for leaf in tnef.contents(WINMAIL[:-40])] == ["", "FORMUL~1.DOC"]
    assert tnef.contents(b"") == ()


def properties(*held: tuple[int, int, bytes]) -> bytes:
    """Message properties of an envelope: type, id and value of each."""
    packed = (
        struct.pack("<HHII", kind, name, 1, len(value)) + value + b"\0" * (-len(value) % 4)
        for kind, name, value in held
    )
    return attribute(1, 0x00069003, struct.pack("<I", len(held)) + b"".join(packed))


def test_a_winmail_without_its_mail_says_who_wrote_and_what() -> None:
    data = struct.pack("<IH", 0x223E9F78, 1) + properties(
        (0x1F, 0x0037, wide("Inschrijving")),
        (0x1E, 0x0C1A, b"Jan Peeters\0"),
        (0x1E, 0x5D01, b"jan@brugge.example\0"),
        (0x102, 0x1009, stored(RTF)),
    )
    message = outlook.winmail(data, OWN)
    assert (message.subject, message.sender.email) == ("Inschrijving", "jan@brugge.example")
    assert message.sender.name == "Jan Peeters"
    assert own_text(message) == ["Café € ja"]
    assert outlook.winmail(b"", OWN).body == ()


TABLE = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Calibri;}}\pard Beste,\par "
    rb"\trowd\cellx2000\cellx6000\pard\intbl Naam\cell Peeters\cell\row "
    rb"\pard\intbl Ik neem deel\cell {\strike nee} / ja\cell\row\pard}"
)


def test_a_mail_written_in_rich_text_keeps_its_tables_and_what_was_struck() -> None:
    data = struct.pack("<IH", 0x223E9F78, 1) + properties((0x102, 0x1009, stored(TABLE)))
    greeting, table = outlook.winmail(data, OWN).body
    assert greeting.text == "Beste,"
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Naam", "Peeters"],
        ["Ik neem deel", "nee / ja"],
    ]
    streams = {**message_streams(), "__substg1.0_10090102": stored(TABLE)}
    assert outlook.parse(compound(streams), OWN).body[-1] == table


def test_the_version_with_a_layout_is_read_where_the_mail_brings_the_plain_one() -> None:
    data = struct.pack("<IH", 0x223E9F78, 1) + properties((0x102, 0x1009, stored(TABLE)))
    raw = multipart(
        [
            "Content-Type: text/plain\n\nBeste,\nNaam\nPeeters\nIk neem deel\nnee / ja",
            "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n@",
        ]
    )
    assert isinstance(parsed(raw.replace(b"\n@", b"\n" + base64.b64encode(data))).body[-1], Table)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WINMAIL) - 1), st.binary(max_size=12), st.booleans())
def test_damaged_winmails_and_rtf_never_raise(position: int, piece: bytes, cut: bool) -> None:
    damaged = WINMAIL[:position] + piece + (b"" if cut else WINMAIL[position + len(piece) :])
    assert isinstance(outlook.winmail(damaged, OWN), Message)
    spoilt = RTF[: position % len(RTF)] + piece + RTF[position % len(RTF) :]
    assert isinstance(text_or_html(spoilt)[0], str)
    assert isinstance(unpacked(struct.pack("<IIII", 9, 2**32 - 1, 0x75465A4C, 0) + piece * 50), bytes)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_msg_files_never_raise(data: st.DataObject) -> None:
    whole = bytearray(compound(message_streams()))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    outlook.parse(bytes(whole[: data.draw(st.integers(1, len(whole)))]), OWN)


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"no compound file"])
def test_what_is_no_msg_gives_an_empty_message(data: bytes) -> None:
    message = outlook.parse(data, OWN)
    assert (message.sender.email, message.body, message.parts) == ("", (), ())
