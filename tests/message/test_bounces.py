"""Which returned mail says that an address is wrong, and whose."""

from __future__ import annotations

import pytest

from tests.message.build import mail, multipart, parsed

STATUS = (
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.damme.example\n\n"
    "Final-Recipient: rfc822; els@damme.example\nAction: {action}\nStatus: {code}\n"
)
RETURNED = "Content-Type: message/rfc822\n\n{inner}"


def returned(inner: str, action: str = "failed", code: str = "5.1.1") -> bytes:
    parts = ["Content-Type: text/plain\n\nNiet bezorgd.", STATUS.format(action=action, code=code)]
    raw = multipart([*parts, RETURNED.format(inner=inner)], "report", subject="Undelivered Mail")
    return raw.replace(b"Jan Peeters <jan@brugge.example>", b"MAILER-DAEMON@mx.damme.example")


INVITATION = (
    "From: in@vvsg.example\nTo: els@damme.example\nSubject: Uitnodiging\n"
    "Message-ID: <invite-7@vvsg.example>\n"
    "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR"
)


def test_a_bounce_of_an_invitation_is_tied_to_it_and_is_no_reply_of_a_calendar() -> None:
    message = parsed(returned(INVITATION))
    assert message.bounce is not None
    assert (message.bounce.message_id, message.bounce.recipient) == (
        "<invite-7@vvsg.example>",
        "els@damme.example",
    )
    assert message.calendar_reply is None


@pytest.mark.parametrize("code", ["4.4.7", "4.2.2"])
def test_a_notice_of_delay_marks_nobody(code: str) -> None:
    message = parsed(returned(INVITATION, "delayed", code))
    assert message.automatic
    assert message.bounce is None


def test_a_bounce_of_a_bounce_is_automatic_and_names_none_of_our_mails() -> None:
    inner = returned(INVITATION).decode()
    message = parsed(returned(inner))
    assert message.automatic
    assert message.forwarded is None
    assert message.bounce is None or message.bounce.message_id != "<invite-7@vvsg.example>"


def test_a_bounce_from_a_forwarder_names_our_mail_and_the_address_that_failed() -> None:
    raw = returned(INVITATION).replace(b"rfc822; els@damme.example", b"rfc822; els.maes@elders.example")
    bounce = parsed(raw).bounce
    assert bounce is not None
    assert (bounce.message_id, bounce.recipient) == ("<invite-7@vvsg.example>", "els.maes@elders.example")


def test_a_person_who_passes_a_bounce_on_is_a_person() -> None:
    assert not parsed(mail("Zie onder, wat nu?", subject="FW: Undelivered Mail")).automatic
