"""Who answers an invitation, and what they wrote beside it."""

from __future__ import annotations

import time

import pytest

from .build import multipart, parsed

ENTRY = """BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
{attendee}
{more}UID:kis-1@post.example
SUMMARY:Kennisplatform
LOCATION:Beernem
END:VEVENT
END:VCALENDAR
"""


def _mail(
    text: str, attendee: str = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:els@damme.example", more: str = ""
) -> bytes:
    entry = ENTRY.format(attendee=attendee, more=more)
    parts = [
        f"Content-Type: text/plain; charset=utf-8\n\n{text}",
        f"Content-Type: text/calendar; method=REPLY; charset=utf-8\n\n{entry}",
    ]
    return multipart(parts, "alternative", subject="Geaccepteerd: Kennisplatform")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Geaccepteerd: Kennisplatform\n",
        "Els Maes heeft deze uitnodiging geaccepteerd.\n\nKennisplatform\nBeernem\n",
        "Els Maes has accepted this invitation.\n\nInvitation from Google Calendar: https://calendar.google.com/\n"
        "You receive this because you are an attendee.\n",
        "Kennisplatform\n________________________________\nMicrosoft Teams-vergadering\nDeelnemen\n",
    ],
)
def test_what_a_calendar_writes_by_itself_is_nobodys_word(text: str) -> None:
    message = parsed(_mail(text))
    assert message.calendar_reply is not None
    assert (message.calendar_reply.words, message.body) == ("", ())
    assert message.automatic


def test_what_a_person_writes_beside_it_is_read() -> None:
    message = parsed(_mail("Is er een lift?\n\nEls Maes heeft deze uitnodiging geaccepteerd.\n"))
    assert message.calendar_reply is not None
    assert message.calendar_reply.words == "Is er een lift?"
    assert [block.text for block in message.body] == ["Is er een lift?"]
    assert message.automatic == ""


def test_a_comment_is_read() -> None:
    message = parsed(_mail("", more="COMMENT;LANGUAGE=nl-BE:Ik weet het pas\\, denk ik\\nvolgende week\n"))
    assert message.calendar_reply is not None
    assert message.calendar_reply.words == "Ik weet het pas, denk ik\nvolgende week"


def test_who_answers_for_somebody_and_who_passes_it_on_are_told_apart() -> None:
    sent = 'ATTENDEE;PARTSTAT=DECLINED;SENT-BY="mailto:office@damme.example":mailto:els@damme.example'
    passed = (
        "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:piet@damme.example\n"
        'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:piet@damme.example":MAILTO:els@damme.example'
    )
    by_office, passed_on = parsed(_mail("", sent)).calendar_reply, parsed(_mail("", passed)).calendar_reply
    assert by_office is not None
    assert passed_on is not None
    assert (by_office.attendee, by_office.sent_by) == ("els@damme.example", "office@damme.example")
    assert (passed_on.attendee, passed_on.delegated_to) == ("els@damme.example", "piet@damme.example")
    assert passed_on.partstat == "DELEGATED"


def test_a_counter_proposal_is_an_answer_whatever_its_attendee_says() -> None:
    raw = _mail("").replace(b"REPLY", b"COUNTER")
    reply = parsed(raw).calendar_reply
    assert reply is not None
    assert (reply.partstat, reply.attendee) == ("COUNTER", "els@damme.example")


def test_an_entry_of_thousands_of_invitations_is_read_in_a_moment() -> None:
    more = "".join(f"UID:{number}\n" for number in range(10_000))
    started = time.process_time()
    message = parsed(_mail("", more=more))
    assert message.calendar_reply is not None
    assert len(message.calendar_reply.others) > 8_000
    assert time.process_time() - started < 1
