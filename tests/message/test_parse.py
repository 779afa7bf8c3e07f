"""Whatever the bytes are, a message comes of them, and quickly."""

from __future__ import annotations

import base64
import random
import time
import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.domain.message import Verdict
from mailbot.message import parse
from tests.message.build import OWN, mail, multipart, own_text, parsed

WORD = "Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_the_usual_is_read() -> None:
    message = parsed(
        mail(
            headers="Date: Thu, 05 Nov 2026 10:00:00 +0100\n"
            "Reply-To: An <an@Brugge.example>\nCc: b@x.example\n"
            "In-Reply-To: <q@vvsg.example>\nReferences: <p@vvsg.example>\n <q@vvsg.example>"
        )
    )
    assert (message.sender.email, message.sender.name) == ("jan@brugge.example", "Jan Peeters")
    assert message.date == datetime(2026, 11, 5, 9, tzinfo=UTC)
    assert message.message_id == "<1@brugge.example>"
    assert message.thread == ("<q@vvsg.example>", "<p@vvsg.example>")
    assert message.reply_to is not None and message.reply_to.email == "an@brugge.example"
    assert [a.email for a in message.cc] == ["b@x.example"]
    assert own_text(message) == ["Dag,", "ik kom graag."]
    assert str(message.body[1].where) == "tekst van de mail, regel 2"


def test_a_folded_subject_of_400_characters_is_one_line() -> None:
    subject = "\n ".join(["inschrijving kennisplatform"] * 15)
    message = parsed(mail(subject=subject))
    assert "\n" not in message.subject and "\r" not in message.subject
    assert len(message.subject) > 400


def test_encoded_words_are_decoded_even_when_a_character_is_cut_in_two() -> None:
    assert parsed(mail(subject="=?utf-8?B?w6k=?= =?utf-8?Q?=C3?= =?utf-8?Q?=A9n?=")).subject == "ééén"[1:]
    assert parsed(mail(subject="=?x-unknown?Q?caf=E9?=")).subject == "café"
    assert parsed(mail(subject="=?utf-8?B?!!!?= x")).subject.endswith("x")


def test_a_mail_without_date_sender_or_text_is_still_a_message() -> None:
    message = parsed(b"Subject: x\n\n")
    assert (message.sender.email, message.date, message.body, message.subject) == ("", None, (), "x")
    assert message.no_answer


def test_a_sender_that_no_from_says_cannot_be_trusted() -> None:
    message = parsed(b"Sender: jan@brugge.example\nSubject: x\n\nGelieve mij uit te schrijven.\n")
    assert message.sender.email == "jan@brugge.example"
    assert message.authentication is Verdict.FAIL


def test_two_from_headers_cannot_be_trusted() -> None:
    raw = mail(headers="From: other@x.example\nAuthentication-Results: mx.example; dmarc=pass")
    message = parsed(raw, "mx.example")
    assert message.sender.email == "jan@brugge.example"
    assert message.authentication is Verdict.FAIL


@pytest.mark.parametrize(
    ("charset", "data"),
    [
        ("utf-8", "Café".encode()),
        ("utf-8", "Café".encode("cp1252")),
        ("iso-8859-1", "Café".encode("cp1252")),
        ("iso-8859-1", "Café".encode()),
        ("DEFAULT", "Café".encode()),
        ("us-ascii", "Café".encode("cp1252")),
        ("utf-16", "Café".encode("utf-16")),
        ("idna", "Café".encode()),
    ],
)
def test_text_is_decoded_whatever_its_charset_says(charset: str, data: bytes) -> None:
    raw = mail(text="@", kind=f"text/plain; charset={charset}", headers="Content-Transfer-Encoding: base64")
    message = parsed(raw.replace(b"\n\n@", b"\n\n" + base64.b64encode(data)))
    assert own_text(message) == ["Café"]


def test_attachments_keep_their_bytes_with_or_without_a_name_or_a_type() -> None:
    message = parsed(
        multipart(
            [
                "Content-Type: text/plain\n\nzie bijlage",
                f"{WORD}\nContent-Transfer-Encoding: base64\n\nUEsDBA==",
                "Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nUEsDBA==",
                'Content-Type: text/plain; name="../../etc/in.txt"\nContent-Disposition: attachment\n\n'
                "Naam: Jan",
                'Content-Type: image/png; name="foto.png"\nContent-Disposition: inline\nContent-ID: <a>\n\nx',
            ]
        )
    )
    assert [part.name for part in message.parts] == ["", "", "in.txt", "foto.png"]
    assert message.parts[0].data == message.parts[1].data == b"PK\x03\x04"
    assert own_text(message) == ["zie bijlage"]


def test_file_names_are_decoded_in_every_way_mailers_write_them() -> None:
    message = parsed(
        multipart(
            [
                "Content-Type: application/pdf; name*=utf-8''caf%C3%A9.pdf\n\nx",
                'Content-Type: application/pdf; name="=?utf-8?Q?caf=C3=A9.pdf?="\n\nx',
            ]
        )
    )
    assert [part.name for part in message.parts] == ["café.pdf", "café.pdf"]


def test_the_digest_is_the_same_however_the_mail_travelled() -> None:
    plain = parsed(mail("Naam: Café\n\n", headers="Received: from a")).digest
    packed = mail(
        "Naam: Caf=E9=20",
        kind="text/plain; charset=iso-8859-1",
        headers="Content-Transfer-Encoding: quoted-printable\nReceived: from b\nX-Other: 1",
    )
    assert parsed(packed.replace(b"\n", b"\r\n")).digest == plain
    assert parsed(mail("Naam: Cafe")).digest != plain


def test_a_winmail_or_a_signature_is_no_attachment_of_its_own() -> None:
    message = parsed(
        multipart(
            [
                "Content-Type: text/plain\n\nx",
                "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx",
            ],
            subtype="signed",
        )
    )
    assert message.parts == ()


HOSTILE = {
    "114 KB of parameters": b"From: a@b.example\nContent-Type: text/plain; " + b"a=b;" * 28_500 + b"\n\nx",
    "114 KB of quotes": b'Content-Type: text/plain; x="' + b'\\"' * 57_000 + b"\n\nx",
    "a bomb in a part": b"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Disposition: attachment; "
    + b"a=b; " * 30_000
    + b"\n\nx\n--B--",
    "3,000 nested parts": b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(3_000)
    ),
    "3,000 nested messages": b"Content-Type: message/rfc822\n\n" * 3_000,
    "100,000 parts": b"Content-Type: multipart/mixed; boundary=B\n\n"
    + b"--B\nContent-Type: text/plain\n\nx\n" * 100_000,
    "100,000 parts without a type": b"Content-Type: multipart/mixed; boundary=B\n\n"
    + b"--B\n\nx\n" * 100_000,
    "100,000 header lines": b"From: a@b.example\n" * 100_000 + b"\nx",
    "nested comments": b"From: " + b"(" * 50_000 + b"\n\nx",
    "a long recipient list": b"To: " + b"a@b.example, " * 20_000 + b"\n\nx",
    "open quotes in From": b'From: "' * 20_000 + b"\n\nx",
    "encoded words": b"Subject: " + b"=?utf-8?B?w6k=?= " * 20_000 + b"\n\nx",
    "a million quote signs": b"\n" + b">" * 1_000_000,
    "a million lines": b"\n" + b"Op 3 schreef\n" * 1_000_000,
    "header blocks": b"\n" + b"Van: a@b.example\nVerzonden: x\nAan: y\nOnderwerp: z\n" * 50_000,
    "one long line": b"\n" + b"ik kan niet " * 200_000,
    "deep html": b"Content-Type: text/html\n\n" + b"<div>" * 200_000,
    "nested tables": b"Content-Type: text/html\n\n" + b"<table><tr><td>" * 50_000,
    "wide cells": b"Content-Type: text/html\n\n<table><tr>"
    + b"<td colspan=2000000000 rowspan=2000000000>x" * 20_000,
    "nested quotes in html": b"Content-Type: text/html\n\n" + b"<blockquote id=divRplyFwdMsg>x" * 50_000,
    "nothing": b"",
    "only zeros": b"\0" * 100_000,
    "only high bytes": b"\xff" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_mail_takes_long(name: str) -> None:
    started = time.process_time()
    parsed(HOSTILE[name])
    assert time.process_time() - started < 5


SAMPLE = multipart(
    [
        "Content-Type: text/plain; charset=utf-8\n\nIk kom.\n\nOp 3 nov schreef a@b.example:\n> Kom je?",
        "Content-Type: text/html\n\n<p>Ik <b>kom</b><blockquote>Kom "
        "je?</blockquote><table><tr><td>a<td>b</table>",
        "Content-Type: message/rfc822\n\nFrom: b@c.example\nSubject: x\n\ny",
        "Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nUID:1\n"
        "ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example\nEND:VCALENDAR",
    ],
    headers="Authentication-Results: mx.example; dmarc=pass (x)\nDate: Thu, 05 Nov 2026 10:00:00 +0100",
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_and_cut_off_mails_never_raise(data: st.DataObject) -> None:
    raw = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 8))):
        position = data.draw(st.integers(0, len(raw) - 1))
        piece = data.draw(
            st.sampled_from([b"", b"\0", b"\n", b"\r", b'"', b"=?", b"\xc3", b"--GRENS\n", b";" * 50])
        )
        raw[position : position + data.draw(st.integers(0, 20))] = piece
    message = parse(bytes(raw[: data.draw(st.integers(1, len(raw)))]), OWN, "mx.example")
    assert "\n" not in message.subject


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_give_a_message(raw: bytes) -> None:
    assert parse(raw, OWN).digest


def test_a_large_mail_takes_less_than_three_times_its_size_more() -> None:
    file = base64.encodebytes(random.Random(1).randbytes(3 << 20)).decode()
    raw = multipart(
        ["Content-Type: text/plain\n\nDag", f"{WORD}\nContent-Transfer-Encoding: base64\n\n{file}"]
    )
    parse(raw, OWN)  # what is imported and kept at first
    tracemalloc.start()
    try:
        (part,) = parse(raw, OWN).parts
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(part.data) == 3 << 20
    assert most < 3 * len(raw)
