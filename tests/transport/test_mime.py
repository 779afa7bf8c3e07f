"""A mail of ours as bytes, read back with the standard library."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.config.logo import Logo
from mailbot.domain.decision import Outcome
from mailbot.domain.mail import Attachment, Mail
from mailbot.domain.message import Address
from mailbot.transport import mime
from mailbot.transport.mime import render

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Europe/Brussels"))
MAIL = Mail(
    key="1:jan@damme.example:answer",
    kind="answer",
    to=Address("jan@damme.example", "Jan D'hondt"),
    sender=Address("inschrijvingen@example.org", "Secretariaat"),
    subject="Uw inschrijving",
    text="Dag Jan\nU bent ingeschreven.\n",
    html="<p>Dag Jan</p>",
    outcome=Outcome.REGISTERED,
    in_reply_to="<abc@damme.example>",
    references=("<eerst@damme.example>", "<abc@damme.example>"),
    message_id="<0123@example.org>",
)


def read(mail: Mail) -> EmailMessage:
    return email.message_from_bytes(render(mail, NOW), policy=email.policy.default)


def test_an_answer_is_in_its_thread_and_says_what_it_is() -> None:
    message = read(MAIL)
    assert message["In-Reply-To"] == "<abc@damme.example>"
    assert message["References"] == "<eerst@damme.example> <abc@damme.example>"
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["X-Mailbot-Outcome"] == "registered"
    assert message["Message-ID"] == MAIL.message_id
    assert message["Date"].datetime == NOW
    assert message["Date"].endswith("+0100")


def test_what_mailbot_sends_by_itself_has_no_outcome() -> None:
    message = read(replace(MAIL, outcome=None))
    assert (message["Auto-Submitted"], message["X-Mailbot-Outcome"]) == ("auto-generated", None)


def test_a_subject_of_nearly_a_line_begins_on_the_line_of_its_name() -> None:
    subject = "Een vraag over uw inschrijving: Kennisplatform Intergemeentelijk Samenwerken"
    mail = replace(MAIL, subject=subject)
    assert f"\r\nSubject: {subject}\r\n".encode() in render(mail, NOW)
    assert read(mail)["Subject"] == subject


def test_a_message_id_longer_than_a_line_stays_as_it_is() -> None:
    long = f"<AM9PR05MB{'0123456789ABCDEF' * 4}@AM9PR05MB1234.eurprd05.prod.outlook.example>"
    sent = render(replace(MAIL, in_reply_to=long, references=("<eerst@damme.example>", long)), NOW)
    assert f"\r\nIn-Reply-To: {long}\r\n".encode() in sent
    assert f"\r\nReferences: <eerst@damme.example>\r\n {long}\r\n".encode() in sent


def test_text_and_html_are_alternatives() -> None:
    message = read(MAIL)
    assert message.get_content_type() == "multipart/alternative"
    plain, html = message.iter_parts()
    assert plain.get_content() == MAIL.text.replace("\n", "\r\n")
    assert html.get_content_type() == "text/html"


def test_the_invitation_is_an_alternative_with_its_method() -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Überleg\r\nEND:VCALENDAR\r\n"
    message = read(replace(MAIL, calendar=calendar, calendar_method="REQUEST"))
    part = list(message.iter_parts())[-1]
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
    assert part.get_content_charset() == "utf-8"
    assert part.get_payload(decode=True).decode() == calendar


def test_attachments_come_after_the_alternatives_byte_for_byte() -> None:
    files = (
        Attachment("uitnodiging.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        Attachment("formulier voor België.docx", "application/vnd.ms-word", bytes(range(256))),
    )
    message = read(replace(MAIL, attachments=files))
    assert message.get_content_type() == "multipart/mixed"
    read_back = list(message.iter_attachments())
    assert [part.get_filename() for part in read_back] == [file.name for file in files]
    assert [part.get_payload(decode=True) for part in read_back] == [file.data for file in files]


def test_lines_stay_within_what_servers_take_and_ascii() -> None:
    raw = render(replace(MAIL, text="é" * 5000 + "\n.\n", subject="é" * 400, html="<p>" + "é" * 9000), NOW)
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert read(replace(MAIL, subject="é" * 400))["Subject"] == "é" * 400


@pytest.mark.parametrize("evil", ["a\r\nBcc: x@evil.example", "a\nBcc: x@evil.example", "a\x00\x0b\x85b"])
def test_no_value_can_add_a_header(evil: str) -> None:
    mail = replace(
        MAIL,
        subject=evil,
        to=Address("jan@damme.example", evil),
        in_reply_to=f"<a@b>{evil}",
        references=(f"<a@b>{evil}",),
        attachments=(Attachment(evil, "text/plain", b"x"),),
    )
    message = read(mail)
    assert message["Bcc"] is None
    assert len(message["To"].addresses) == 1


def test_an_internationalised_domain_is_in_ascii_form_in_the_header_and_no_encoded_word() -> None:
    to = Address("jan@knokke-één.example", "Jan Maës")
    head = render(replace(MAIL, to=to), NOW).partition(b"\r\n\r\n")[0]
    assert b"jan@xn--knokke-n-h1aa.example" in head
    assert b"=?utf-8?q?" in head.lower()  # the name


def test_a_local_part_beyond_ascii_stands_as_it_is() -> None:
    head = render(replace(MAIL, to=Address("zoë@damme.example")), NOW).partition(b"\r\n\r\n")[0]
    assert "To: zoë@damme.example".encode() in head


def test_an_address_that_is_none_raises_value_error() -> None:
    for wrong in ("a@b.example\r\nBcc: c@d.example", "geen adres", "", "@", "a@", "@b"):
        with pytest.raises(ValueError, match=r"."):
            render(replace(MAIL, to=Address(wrong)), NOW)


@given(name=st.text(max_size=80), subject=st.text(max_size=300), text=st.text(max_size=500))
def test_any_text_renders_and_adds_no_header(name: str, subject: str, text: str) -> None:
    message = read(replace(MAIL, to=Address("jan@damme.example", name), subject=subject, text=text))
    assert message["To"].addresses[0].addr_spec == "jan@damme.example"
    assert set(message.keys()) == set(read(MAIL).keys())


def test_a_mail_is_the_same_bytes_however_often_it_is_tried() -> None:
    mail = replace(MAIL, attachments=(Attachment("a.txt", "text/plain", b"x"),))
    assert render(mail, NOW) == render(mail, NOW)


@given(name=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=200))
def test_any_file_name_comes_back(name: str) -> None:
    message = read(replace(MAIL, attachments=(Attachment(name, "text/plain", b"x"),)))
    assert [part.get_filename() for part in message.iter_attachments()] == [name]


PICTURE = Logo(b"\x89PNG of ours", "image/png", 200, 50)
SHOWING = replace(MAIL, html='<p><img src="cid:logo@mailbot" alt="WVI"></p><p>Dag Jan</p>')


def test_the_logo_travels_with_the_page_that_shows_it_and_is_no_attachment() -> None:
    message = email.message_from_bytes(render(SHOWING, NOW, PICTURE), policy=email.policy.default)
    assert list(message.iter_attachments()) == []
    page = message.get_body(("related",))
    assert page is not None
    (picture,) = [part for part in page.walk() if part.get_content_type() == "image/png"]
    assert picture["Content-ID"] == "<logo@mailbot>"
    assert picture.get_content() == PICTURE.data
    assert "cid:logo@mailbot" in message.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_without_a_logo_any_more_the_page_shows_none() -> None:
    page = read(SHOWING).get_body(("html",))
    assert page is not None
    assert "cid:" not in page.get_content()
    assert "Dag Jan" in page.get_content()


_PLAIN = st.text("abcXYZ", min_size=1, max_size=12)


@given(
    name=st.lists(st.one_of(_PLAIN, st.text(max_size=6)), max_size=4).map(" ".join),
    email=st.builds(
        "{}{}{}@{}.example".format, _PLAIN, st.sampled_from([".", "-", "_", "+", "'"]), _PLAIN, _PLAIN
    ),
    domain=st.text("abc-.09", min_size=1, max_size=60),
)
def test_a_plain_header_is_written_as_the_library_writes_it(name: str, email: str, domain: str) -> None:
    for header, value in (("To", Address(email, name)), ("Message-ID", f"<{'0' * 32}@{domain}>")):
        if short := mime._simple(header, value):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(mime, "_simple", lambda *_: b"")
                assert mime._header(header, value) == short


def test_most_addresses_and_message_ids_are_plain() -> None:
    assert mime._simple("To", Address("jan.peeters@damme.example", "Jan Peeters"))
    assert mime._simple("Message-ID", f"<{'0a' * 16}@org.example>")
