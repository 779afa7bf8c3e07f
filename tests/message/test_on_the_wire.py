"""Mail as it really travels: encodings, charsets, addresses and headers with their common faults."""

from __future__ import annotations

import base64
import binascii
import quopri
from datetime import UTC, datetime

import pytest

from mailbot.domain.document import Paragraph
from mailbot.message.address_list import addresses
from mailbot.message.headers import decoded
from mailbot.text import charsets
from tests.message.build import mail, multipart, own_text, parsed

FORM = b"PK\x03\x04" + bytes(range(256)) * 9


def attached(encoding: str, body: str) -> bytes:
    """A mail with one file, encoded as the header field says it."""
    part = (
        "Content-Type: application/octet-stream\n"
        'Content-Disposition: attachment; filename="form.docx"\n'
        f"Content-Transfer-Encoding:{encoding}\n\n{body}"
    )
    return multipart(["Content-Type: text/plain\n\nIn bijlage.", part])


@pytest.mark.parametrize("encoding", [" base64 ", " BASE64", " base64 (RFC 2045)", "\tBase64;", ' "base64"'])
def test_a_file_is_decoded_however_its_encoding_is_spelled(encoding: str) -> None:
    (part,) = parsed(attached(encoding, base64.encodebytes(FORM).decode())).parts
    assert part.data == FORM


def test_a_footer_that_a_list_adds_behind_base64_does_not_cost_the_file() -> None:
    form = FORM[:200]
    body = base64.encodebytes(form).decode() + "_____\nDeze lijst: zie https://lijst.example\n"
    (part,) = parsed(attached(" base64", body)).parts
    assert part.data.startswith(form)


def test_base64_that_goes_on_after_its_padding_was_encoded_piece_by_piece() -> None:
    pieces = "\n".join(base64.b64encode(piece).decode() for piece in (FORM[:100], FORM[100:]))
    (part,) = parsed(attached(" base64", pieces)).parts
    assert part.data == FORM


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
@pytest.mark.parametrize(
    "field", ['Content-Disposition: attachment; filename="@"', 'Content-Type: text/x; name="@"']
)
def test_a_file_name_in_raw_bytes_keeps_its_letters(field: str, charset: str) -> None:
    raw = multipart(["Content-Type: text/plain\n\nIn bijlage.", f"{field}\n\nx"])
    (part,) = parsed(raw.replace(b'@"', "Maës – één.docx".encode(charset) + b'"')).parts
    assert part.name == "Maës – één.docx"


def test_quoted_printable_declared_on_a_binary_file_leaves_it_as_it_came() -> None:
    raw = b"%PDF-1.4\n\x00\x01=3D\xff" + b"=" * 40
    whole = attached(" quoted-printable", "@@@").replace(b"@@@", raw)
    (part,) = parsed(whole).parts
    assert part.data.rstrip(b"\n") == raw


def test_quoted_printable_text_is_decoded() -> None:
    text = quopri.encodestring("Maës, Françoise = ja\n".encode()).decode()
    head = "Content-Transfer-Encoding: Quoted-Printable "
    assert own_text(parsed(mail(text, headers=head))) == ["Maës, Françoise = ja"]


def test_a_spoiled_byte_leaves_no_quoted_printable_undecoded() -> None:
    text = quopri.encodestring(("Maës, Françoise, allergieën " * 9 + "\x15\n").encode()).decode()
    (line,) = own_text(parsed(mail(text, headers="Content-Transfer-Encoding: quoted-printable")))
    assert line.startswith("Maës, Françoise, allergieën")


def test_a_forwarded_message_encoded_in_base64_is_read() -> None:
    inner = mail("Ik kom graag.", sender="Els Maes <els@damme.example>")
    encoded = base64.encodebytes(inner).decode()
    part = f"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{encoded}"
    message = parsed(multipart(["Content-Type: text/plain\n\nZie onder.", part]))
    assert message.forwarded is not None
    assert message.forwarded.sender.email == "els@damme.example"
    assert own_text(message.forwarded) == ["Ik kom graag."]


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_file_uuencoded_in_the_text_is_an_attachment(line_end: bytes) -> None:
    lines = "".join(binascii.b2a_uu(FORM[at : at + 45]).decode() for at in range(0, len(FORM), 45))
    raw = mail(f"Mijn formulier:\n\nbegin 644 form.docx\n{lines}`\nend\nGroeten")
    message = parsed(raw.replace(b"\n", line_end))
    (part,) = message.parts
    assert (part.name, part.data) == ("form.docx", FORM)
    assert "begin" not in " ".join(own_text(message))


def test_a_sentence_that_begins_with_begin_stays_text() -> None:
    text = "begin 2027 kom ik terug\nbegin 644 keer opnieuw\nmaar nu niet\nend"
    assert own_text(parsed(mail(text))) == text.split("\n")


def test_soft_line_breaks_of_flowed_text_are_undone() -> None:
    kind = "text/plain; charset=utf-8; format=flowed"
    assert own_text(parsed(mail("Ik kom met \nmijn collega.\nNaam: Jan\n", kind=kind))) == [
        "Ik kom met mijn collega.",
        "Naam: Jan",
    ]


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("cp-850", "cp850"),
        ("utf8", "utf-8"),
        ("unicode-1-1-utf-7", "utf-7"),
        ("x-cp1252", "cp1252"),
        ("Windows-1252", "cp1252"),
        ('"iso-8859-1"', "latin-1"),
        ("macintosh", "mac-roman"),
    ],
)
def test_a_charset_is_known_however_it_is_spelled(charset: str, codec: str) -> None:
    text = "Hélène Maës"
    assert charsets.decoded(text.encode(codec), charset) == (text, False)


def test_vendor_characters_in_iso_2022_jp_are_read() -> None:
    assert charsets.decoded(b"\x1b$B-!\x1b(B An", "iso-2022-jp") == ("① An", False)


def test_letters_of_an_undeclared_charset_are_doubted_where_they_are_a_guess() -> None:
    raw = mail("@@@", kind="text/plain").replace(b"@@@", "Naam: 张伟先生您好".encode("gb2312"))
    (block,) = parsed(raw).body
    assert isinstance(block, Paragraph)
    assert block.text == "Naam: 张伟先生您好"
    assert any(span.unsure for span in block.spans)


def test_western_letters_declared_utf_8_are_read_and_not_replaced() -> None:
    raw = mail("@@@").replace(b"@@@", "Ján Maës".encode("cp1252"))
    assert own_text(parsed(raw)) == ["Ján Maës"]


def test_utf_8_that_lost_a_letter_keeps_the_others_and_is_doubted() -> None:
    raw = mail("@@@").replace(b"@@@", "Zoë Maës, Ján, Hélène".encode()[:-4] + b"\xc3ne")
    (block,) = parsed(raw).body
    assert isinstance(block, Paragraph)
    assert block.text.startswith("Zoë Maës, Ján")
    assert any(span.unsure for span in block.spans)


def test_western_letters_without_a_charset_are_no_guess() -> None:
    raw = mail("@@@", kind="text/plain").replace(b"@@@", "Naam: Françoise Maës".encode("cp1252"))
    (block,) = parsed(raw).body
    assert isinstance(block, Paragraph)
    assert (block.text, any(span.unsure for span in block.spans)) == ("Naam: Françoise Maës", False)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Jan Peeters jan@brugge.example", [("Jan Peeters", "jan@brugge.example")]),
        ("jan@a.example <x@b.example>", [("jan@a.example", "x@b.example")]),
        ("via f@a.example <x@b.example>", [("via f@a.example", "x@b.example")]),
        (
            '"Peeters, Jan" <jan@b.example>, An <an@b.example>',
            [("Peeters, Jan", "jan@b.example"), ("An", "an@b.example")],
        ),
        ("=?utf-8?q?Peeters,_Jan?= <jan@b.example>", [("=?utf-8?q?Peeters,_Jan?=", "jan@b.example")]),
        ("=?utf-8?q?jan?=@brugge.example", [("", "jan@brugge.example")]),
        ("=?utf-8?q?jan=40elders.example?=@brugge.example", []),
        (
            "Raad: jan@a.example, An <an@b.example>; x@c.example",
            [("", "jan@a.example"), ("An", "an@b.example"), ("", "x@c.example")],
        ),
        ("undisclosed-recipients:;", []),
        ("jan@a.example (Jan Peeters)", [("Jan Peeters", "jan@a.example")]),
        ("x@b.example (Jan <jan@a.example>)", [("Jan <jan@a.example>", "x@b.example")]),
        ('"Jan <jan@a.example>" x@b.example', [("Jan <jan@a.example>", "x@b.example")]),
        ("Jan <mailto:jan@a.example>", [("Jan", "jan@a.example")]),
        ("jan@a.example.", [("", "jan@a.example")]),
        ("Jan <jan @brugge.example>", [("Jan", "jan@brugge.example")]),
        ("<@relais.example:jan@a.example>", [("", "jan@a.example")]),
        ("Jan <jan@dam\x15me.example>", []),
        ("Jan <jan@dam\ufffdme.example>", []),
        ("jan@dam\x7fme.example", []),
        ("Jan Peeters", []),
        ("(" * 5000, []),
    ],
)
def test_an_address_field_gives_the_address_that_was_meant(
    field: str, expected: list[tuple[str, str]]
) -> None:
    assert addresses(field, decoded) == expected


def test_no_private_mark_reaches_an_address() -> None:
    sender = parsed(mail(sender="Jan <=?utf-8?q?jan?=@=?utf-8?q?brugge?=.example>")).sender
    assert sender.email == "jan@brugge.example"


def test_a_blank_before_the_colon_of_a_header_hides_nothing() -> None:
    raw = mail().replace(b"From:", b"From :").replace(b"Subject:", b"Subject :")
    message = parsed(raw)
    assert (message.sender.email, message.subject) == ("jan@brugge.example", "Inschrijving")


def test_a_blank_before_the_colon_in_a_part_hides_no_file() -> None:
    raw = attached(" base64", base64.encodebytes(FORM).decode())
    (part,) = parsed(raw.replace(b"Content-Type:", b"Content-Type :").replace(b"coding:", b"coding :")).parts
    assert part.data == FORM


def test_parts_whose_boundary_is_declared_wrongly_are_told_by_their_lines() -> None:
    raw = attached(" base64", base64.encodebytes(FORM).decode()).replace(b'boundary="GRENS"', b"boundary=x")
    message = parsed(raw)
    assert own_text(message) == ["In bijlage."]
    assert [part.data for part in message.parts] == [FORM]


def test_a_multipart_without_any_part_is_its_text() -> None:
    message = parsed(mail("Naam: Maes", kind="multipart/mixed; boundary=x"))
    assert (own_text(message), message.parts) == (["Naam: Maes"], ())


def test_without_an_address_in_from_the_sender_field_counts_and_is_not_proven() -> None:
    message = parsed(mail(sender="Jan Peeters", headers="Sender: jan@brugge.example"))
    assert message.sender.email == "jan@brugge.example"
    assert message.authentication == "fail"


@pytest.mark.parametrize(
    "date", ["Thu, 99 Foo 2026 99:99:99 +9999", "gisteren", "", "Mon, 1 Jan 0001 00:00:00 +2359"]
)
def test_an_absurd_date_is_no_date(date: str) -> None:
    when = parsed(mail(headers=f"Date: {date}")).date
    assert when is None or when > datetime(1, 1, 1, tzinfo=UTC)


def test_a_message_id_keeps_its_900_characters_and_loses_its_spaces() -> None:
    long = "x" * 880
    raw = mail().replace(b"<1@brugge.example>", f"< {long} @ brugge.example >".encode())
    assert parsed(raw).message_id == f"<{long}@brugge.example>"
