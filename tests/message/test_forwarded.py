"""The message inside a message: attached, or typed out in its text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.message.build import mail, multipart, own_text, parsed

INLINE = {
    "outlook": (
        "Ter info.\n\nVan: An De Smet <an@damme.example>\nVerzonden: donderdag 5 november 2026 "
        "10:15\nAan: Partner <p@x.example>\nOnderwerp: inschrijving\n\nNaam: De Smet"
    ),
    "gmail": (
        "Ter info.\n\n---------- Forwarded message ---------\nVan: An De Smet "
        "<an@damme.example>\nDate: do 5 nov 2026 om 10:15\nSubject: inschrijving\nTo: "
        "<p@x.example>\n\n\nNaam: De Smet"
    ),
    "apple": (
        "Ter info.\n\nBegin doorgestuurd bericht:\n\n> Van: An De Smet <an@damme.example>\n> "
        "Onderwerp: inschrijving\n> Datum: 5 november 2026 om 10:15:00 CET\n> Aan: p@x.example\n"
        "> \n> Naam: De Smet"
    ),
    "thunderbird": (
        "Ter info.\n\n-------- Doorgestuurd bericht --------\nOnderwerp: \tinschrijving\nDatum: "
        "\tThu, 5 Nov 2026 10:15:00 +0000\nVan: \tAn De Smet <an@damme.example>\nAan: "
        "\tp@x.example\n\nNaam: De Smet"
    ),
}


@pytest.mark.parametrize("way", INLINE)
def test_an_inline_forward_gives_the_inner_sender_date_subject_and_text(way: str) -> None:
    message = parsed(mail(INLINE[way], subject="FW: inschrijving", sender="p@x.example"))
    inner = message.forwarded
    assert inner is not None
    assert (inner.sender.email, inner.sender.name) == ("an@damme.example", "An De Smet")
    assert inner.subject == "inschrijving"
    assert inner.date == datetime(2026, 11, 5, 10, 15, tzinfo=UTC)
    assert own_text(inner) == ["Naam: De Smet"]
    assert own_text(message) == ["Ter info."]


def test_a_mail_passed_on_twice_holds_the_first() -> None:
    once = (
        "Van: Els <els@damme.example>\nVerzonden: 6 november 2026 11:00\nAan: P\nOnderwerp: FW: inschrijving"
    )
    message = parsed(
        mail(f"Ter info.\n\n{once}\n\nZie onder.\n\n{INLINE['outlook']}", subject="FW: inschrijving")
    )
    assert message.forwarded is not None
    inner = message.forwarded.forwarded
    assert inner is not None
    assert (inner.sender.email, own_text(inner)) == ("an@damme.example", ["Naam: De Smet"])


def test_a_forward_from_outlook_in_html_gives_the_same() -> None:
    page = (
        '<p>Ter info.</p><div id="divRplyFwdMsg"><b>Van:</b> An De Smet &lt;an@damme.example&gt;'
        "<br><b>Verzonden:</b> "
        "donderdag 5 november 2026 10:15<br><b>Aan:</b> P<br><b>Onderwerp:</b> "
        "inschrijving</div><div>Naam: De Smet</div>"
    )
    inner = parsed(mail(page, subject="Fwd: inschrijving", kind="text/html")).forwarded
    assert inner is not None
    assert (inner.sender.email, own_text(inner)) == ("an@damme.example", ["Naam: De Smet"])


def test_an_attached_message_is_the_inner_one_with_its_own_files() -> None:
    inner = (
        "From: An <an@damme.example>\nDate: Thu, 05 Nov 2026 10:15:00 +0000\nSubject: inschrijving\n"
        'Content-Type: multipart/mixed; boundary="IN"\n\n--IN\nContent-Type: text/plain\n\nzie bijlage\n'
        "--IN\nContent-Type: application/msword; name=in.doc\n\nx\n--IN--"
    )
    message = parsed(
        multipart(["Content-Type: text/plain\n\nTer info.", f"Content-Type: message/rfc822\n\n{inner}"])
    )
    assert message.parts == ()
    assert message.forwarded is not None
    assert message.forwarded.sender.email == "an@damme.example"
    assert [part.name for part in message.forwarded.parts] == ["in.doc"]


def test_several_attached_messages_stay_files() -> None:
    inner = "Content-Type: message/rfc822\n\nFrom: a@x.example\nSubject: x\n\ny"
    message = parsed(multipart(["Content-Type: text/plain\n\nTer info.", inner, inner]))
    assert message.forwarded is None
    assert [part.media_type for part in message.parts] == ["message/rfc822"] * 2
    assert b"a@x.example" in message.parts[0].data


def test_a_reply_is_no_forward() -> None:
    assert parsed(mail(INLINE["outlook"], subject="RE: inschrijving")).forwarded is None
