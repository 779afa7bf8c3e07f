"""Was it a machine, may it be answered, can its sender be trusted?"""

from __future__ import annotations

import pytest

from mailbot.domain.message import Address, Bounce, CalendarReply, Verdict
from mailbot.message import parse
from mailbot.message.authentication import verdict
from tests.message.build import mail, multipart, parsed

AUTOMATIC = {
    "RFC 3834": mail(headers="Auto-Submitted: auto-replied"),
    "generated": mail(headers="Auto-Submitted: auto-generated"),
    "Exchange": mail("Ik ben er niet.", subject="Automatisch antwoord: Uw inschrijving"),
    "out of office": mail("Back on Monday.", subject="Out of Office: Re: Uw inschrijving"),
    "automatic reply": mail("x", subject="Automatic reply: Uw inschrijving"),
    "french": mail("x", subject="Réponse automatique : Uw inschrijving"),
    "german": mail("x", subject="Abwesenheitsnotiz: Uw inschrijving"),
    "bare subject": mail("Ik ben met verlof tot maandag.", subject="Afwezig"),
    "bare subject, thread": mail("Ik ben momenteel afwezig.", subject="Afwezig: Re: Uw inschrijving"),
    "no header at all": mail(
        "Ik ben afwezig tot en met vrijdag. Uw mail wordt niet doorgestuurd. Voor dringende zaken: Piet.",
        subject="Re: Uw inschrijving",
    ),
    "suppressed and away": mail(
        "Ik ben momenteel niet op kantoor.",
        subject="Re: Uw inschrijving",
        headers="X-Auto-Response-Suppress: All",
    ),
    "autoreply header": mail(headers="X-Autoreply: yes"),
    "null path": mail(headers="Return-Path: <>"),
    "our own answer": mail(headers="X-Mailbot-Outcome: registered"),
    "our own address": mail(sender="Secretariaat <in@vvsg.example>"),
    "list": mail(headers="List-Id: <nieuws.x.example>\nPrecedence: list"),
    "read receipt": multipart(
        [
            "Content-Type: text/plain\n\nGelezen",
            "Content-Type: message/disposition-notification\n\nDisposition: x",
        ],
        subtype="report; report-type=disposition-notification",
    ),
}


@pytest.mark.parametrize("what", AUTOMATIC)
def test_machines_are_known(what: str) -> None:
    assert parsed(AUTOMATIC[what]).automatic


PEOPLE = {
    "a form": mail("Naam: Peeters"),
    "away that day": mail("Ik ben die dag afwezig, sorry.", subject="Afwezig op 3 december"),
    "away in a sentence": mail("Ik ben afwezig op 3 december.", subject="Re: Uitnodiging"),
    "absence of somebody": mail("Jan kan niet komen.", subject="Afwezigheid Jan Peeters"),
    "not submitted automatically": mail(headers="Auto-Submitted: no"),
    "bulk": mail("Naam: Peeters", headers="Precedence: bulk"),
    "suppressing answers": mail("Naam: Peeters", headers="X-Auto-Response-Suppress: OOF, AutoReply"),
}


@pytest.mark.parametrize("what", PEOPLE)
def test_people_are_not_taken_for_machines(what: str) -> None:
    assert parsed(PEOPLE[what]).automatic == ""


@pytest.mark.parametrize(
    "raw",
    [
        mail(headers="Precedence: bulk"),
        mail(headers="Precedence: junk"),
        mail(headers="Precedence: list"),
        mail(headers="List-Unsubscribe: <mailto:x@y.example>"),
        mail(headers="X-Auto-Response-Suppress: All"),
        mail(headers="X-Auto-Response-Suppress: OOF"),
        mail(headers="X-Auto-Response-Suppress: DR, AutoReply"),
        mail(sender="No Reply <no-reply@brugge.example>"),
        mail(sender="noreply@brugge.example"),
        mail(sender="inschrijvingen-noreply@brugge.example"),
    ],
)
def test_some_may_be_processed_but_not_answered(raw: bytes) -> None:
    assert parsed(raw).no_answer


def test_a_person_may_be_answered() -> None:
    message = parsed(mail())
    assert (message.automatic, message.no_answer) == ("", "")


GROUP = "List-Id: <in.vvsg.example>\nPrecedence: list\nList-Unsubscribe: <mailto:weg@vvsg.example>"


@pytest.mark.parametrize("headers", [GROUP, "Precedence: list\nList-Post: <mailto:in@vvsg.example>"])
def test_a_group_that_is_our_own_address_is_a_mailbox_and_no_list(headers: str) -> None:
    message = parsed(mail("Graag schrijf ik mij in.", headers=headers))
    assert (message.automatic, message.no_answer) == ("", "")
    assert message.answered_at() == message.sender


@pytest.mark.parametrize("headers", ["List-Id: <x.example>", "List-Id: <x.example>\nPrecedence: bulk"])
def test_a_form_on_a_mailing_list_is_processed_and_not_answered(headers: str) -> None:
    parts = ["Content-Type: text/plain\n\nx", "Content-Type: application/msword; name=a.doc\n\nx"]
    message = parsed(multipart(parts, headers=headers))
    assert message.automatic == ""
    assert message.no_answer


RETURNED = (
    "From: in@vvsg.example\nMessage-ID: <our-1@vvsg.example>\nSubject: Uw inschrijving\n\n"
    "Naam: Peeters\nVoornaam: Jan"
)


def test_a_bounce_names_our_mail_and_who_was_not_reached_and_is_read_no_further() -> None:
    message = parsed(
        multipart(
            [
                "Content-Type: text/plain\n\nNot delivered.",
                "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
                "Final-Recipient: rfc822; jan@brugge.example\nAction: failed\nStatus: 5.1.1\n"
                "Diagnostic-Code: smtp; 550 no such user",
                f"Content-Type: message/rfc822\n\n{RETURNED}",
            ],
            subtype="report; report-type=delivery-status",
            headers="Return-Path: <>",
        )
    )
    assert message.bounce == Bounce("<our-1@vvsg.example>", "jan@brugge.example", "smtp; 550 no such user")
    assert message.automatic
    assert (message.forwarded, message.parts) == (None, ())
    assert "Peeters" not in " ".join(block.text for block in message.body)


def test_a_bounce_without_structure_is_known_by_its_sender() -> None:
    raw = mail(
        "The following address failed:\n jan@brugge.example\n\nMessage-ID: <our-1@vvsg.example>",
        subject="Mail delivery failed: returning message to sender",
        sender="Mail Delivery System <MAILER-DAEMON@mx.example>",
    )
    assert parsed(raw).bounce == Bounce("<our-1@vvsg.example>", "jan@brugge.example")


def report(*recipients: str, subject: str = "Delivery Status Notification") -> bytes:
    """A server's report (RFC 3464) with these fields of its recipients."""
    fields = "\n\n".join(("Reporting-MTA: dns; mx.example", *recipients))
    return multipart(
        [
            f"Content-Type: message/delivery-status\n\n{fields}\n",
            f"Content-Type: message/rfc822\n\n{RETURNED}",
        ],
        subtype="report; report-type=delivery-status",
        headers="Return-Path: <>",
        subject=subject,
    )


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_server_that_still_tries_or_succeeded_brings_nothing_back(action: str) -> None:
    message = parsed(report(f"Final-Recipient: rfc822; jan@brugge.example\nAction: {action}\nStatus: 4.4.1"))
    assert message.automatic
    assert message.bounce is None


@pytest.mark.parametrize("action", ["failed", "failed (Bad destination mailbox address)", "failure", "error"])
def test_a_server_that_gave_up_says_so_in_words_of_its_own(action: str) -> None:
    message = parsed(report(f"Final-Recipient: rfc822; jan@brugge.example\nAction: {action}\nStatus: 5.1.1"))
    assert message.bounce == Bounce("<our-1@vvsg.example>", "jan@brugge.example", "5.1.1")


def test_of_several_recipients_the_one_that_failed_counts() -> None:
    message = parsed(
        report(
            "Final-Recipient: rfc822; els@brugge.example\nAction: relayed\nStatus: 2.1.9",
            "Final-Recipient: rfc822; jan@brugge.example\nAction: failed\nStatus: 5.1.1",
        )
    )
    assert message.bounce == Bounce("<our-1@vvsg.example>", "jan@brugge.example", "5.1.1")


@pytest.mark.parametrize(
    "subject", ["Delayed Mail (still being retried)", "Warning: could not send message for past 4 hours"]
)
def test_a_delay_told_in_words_brings_nothing_back(subject: str) -> None:
    message = parsed(mail("x", subject=subject, sender="Mail Delivery System <MAILER-DAEMON@mx.example>"))
    assert message.automatic
    assert message.bounce is None


@pytest.mark.parametrize(
    "subject",
    ["Undeliverable: Uw inschrijving", "Mail could not be delivered", "Delivery Status Notification"],
)
def test_some_servers_write_under_names_of_their_own(subject: str) -> None:
    raw = mail(RETURNED, subject=subject, sender="inetgw1@brugge.example")
    bounce = parsed(raw).bounce
    assert bounce is not None
    assert bounce.message_id == "<our-1@vvsg.example>"


@pytest.mark.parametrize(
    "subject", ["RE: Undeliverable: Uw inschrijving", "Mail niet bezorgd?", "Failure notice board"]
)
def test_who_writes_about_a_bounce_is_a_person(subject: str) -> None:
    assert parsed(mail("Kreeg u mijn mail?", subject=subject)).automatic == ""


def test_a_full_mailbox_is_a_bounce() -> None:
    raw = mail(RETURNED, subject="Postvak vol: Uw inschrijving", sender="postmaster@brugge.example")
    bounce = parsed(raw).bounce
    assert bounce is not None
    assert bounce.message_id == "<our-1@vvsg.example>"


def calendar(partstat: str) -> bytes:
    return multipart(
        [
            "Content-Type: text/plain\n\nJan heeft geantwoord",
            "Content-Type: text/calendar; method=REPLY; charset=utf-8\n\nBEGIN:VCALENDAR\n"
            "METHOD:REPLY\nBEGIN:VEVENT\n"
            f'ATTENDEE;CN="Peeters: Jan";PARTSTAT={partstat}:mailto:jan@\n brugge.example\n'
            "UID:abc@vvsg.example\n"
            "END:VEVENT\nEND:VCALENDAR",
        ],
        subtype="alternative",
    )


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "NEEDS-ACTION"])
def test_accepting_an_invitation_is_automatic_and_declining_is_not(partstat: str) -> None:
    accepted, declined = parsed(calendar(partstat)), parsed(calendar("DECLINED"))
    assert accepted.automatic
    assert declined.automatic == ""
    assert declined.calendar_reply == CalendarReply("abc@vvsg.example", "jan@brugge.example", "DECLINED")


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        (["mx.example; dmarc=pass header.from=brugge.example"], Verdict.PASS),
        (["mx.example; dmarc=fail (p=none dis=none) header.from=brugge.example"], Verdict.FAIL),
        (["mx.example 1; spf=pass smtp.mailfrom=jan@brugge.example; dkim=none"], Verdict.PASS),
        (["mx.example; spf=fail smtp.mailfrom=jan@brugge.example; dkim=none"], Verdict.FAIL),
        (["mx.example; spf=fail; dkim=pass header.d=brugge.example"], Verdict.PASS),
        (["mx.example; dkim=pass header.d=spammer.example"], Verdict.NONE),
        (["mx.example; none"], Verdict.NONE),
        (["other.example; dmarc=pass"], Verdict.NONE),
        (["other.example; dmarc=fail", "mx.example; dmarc=pass"], Verdict.PASS),
        (["mx.example; dmarc=fail", "mx.example; dmarc=pass"], Verdict.FAIL),
        (["mx.example (dmarc=pass); dmarc=fail (a comment; dmarc=pass)"], Verdict.FAIL),
        (["mx.example/1; dmarc=fail", "mx.example; dmarc=pass"], Verdict.FAIL),
        (["mx.example; spf=pass smtp.mailfrom=brugge.example; dmarc=fail"], Verdict.FAIL),
        (["mx.example; spf=fail; dkim=pass header.d=spammer.example"], Verdict.FAIL),
        (['mx.example; spf=pass smtp.mailfrom="a; dmarc=pass"@x.example;\n\tdmarc = fail'], Verdict.FAIL),
        (["mx.example.evil.example; dmarc=fail", "mx.example; dmarc=pass"], Verdict.PASS),
        (["mx.example; dmarc=pass (p=reject) header.from=spammer.example"], Verdict.FAIL),
        (["=?utf-8?q?mx.example?=; dmarc=pass header.from=brugge.example"], Verdict.NONE),
        (["mx.example; dmarc=pass header.from=brugge.example", "mx.example; dmarc=fail"], Verdict.FAIL),
        (["mx.example; dmarc=permerror header.from=brugge.example; spf=none"], Verdict.NONE),
        (["mx.example; dkim=pass header.d=mail.brugge.example"], Verdict.PASS),
        (
            ['mx.example; dkim=pass reason="good key" header.d = brugge.example header.b=a/b+c=='],
            Verdict.PASS,
        ),
        (
            [
                "mx.example; spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=brugge.example;"
                "dmarc=pass action=none header.from=brugge.example;compauth=pass reason=100"
            ],
            Verdict.PASS,
        ),
        (["mx.example; dkim=pass header.d=example"], Verdict.NONE),
        (["mx.example; dkim=pass header.i=@eve.example header.b=brugge.example"], Verdict.NONE),
        (["mx.example; spf=pass smtp.helo=brugge.example"], Verdict.NONE),
        ([r'mx.example; spf=pass smtp.mailfrom="x\"; dmarc=pass header.from=brugge.example'], Verdict.NONE),
        (['mx.example; spf=pass smtp.mailfrom="x; dmarc=pass header.from=brugge.example'], Verdict.NONE),
        (["mx.example; spf=pass reason=x); dmarc=pass header.from=brugge.example"], Verdict.NONE),
        (["mx.example; dmarc=pass header.from=brugge.example; spf=pass (sender"], Verdict.NONE),
        (
            ['mx.example; spf=pass smtp.mailfrom="x', "mx.example; dmarc=pass header.from=brugge.example"],
            Verdict.NONE,
        ),
        (['mx.example; dmarc=fail; spf=pass smtp.mailfrom="x'], Verdict.FAIL),
        ([], Verdict.NONE),
    ],
)
def test_only_the_topmost_result_of_the_believed_server_counts(fields: list[str], verdict: Verdict) -> None:
    raw = mail(headers="\n".join(f"Authentication-Results: {field}" for field in fields))
    assert parsed(raw, "mx.example").authentication is verdict
    assert parsed(raw).authentication is Verdict.NONE


RESULTS = b"Authentication-Results: mx.example; dmarc=pass header.from=brugge.example"


@pytest.mark.parametrize(
    "field",
    [
        RESULTS.replace(b":", b" :", 1),
        RESULTS.replace(b":", b"\t :", 1).upper(),
        b"X-Note: a\r" + RESULTS,
        b"X-Note: a\n" + RESULTS,
        b"X-Note: a\r" + RESULTS.replace(b":", b" :", 1),
    ],
)
def test_results_that_no_server_would_know_for_a_field_prove_nothing(field: bytes) -> None:
    """Our server takes foreign results out by the field's name; these it leaves."""
    rest = b"From: Jan <jan@brugge.example>\r\nSubject: Uw vraag\r\n\r\nDag\r\n"
    for raw in (field + b"\r\n" + rest, b"X-Note: b\r\n" + field + b"\r\n" + rest):
        message = parse(raw, frozenset(), "mx.example")
        assert (message.authentication, message.subject) == (Verdict.NONE, "Uw vraag")
        clean = parse(raw.replace(field, RESULTS), frozenset(), "mx.example")
        assert clean.authentication is Verdict.PASS


def test_results_behind_a_bare_cr_prove_nothing_in_a_file_of_lines_too() -> None:
    raw = b"From: Jan <jan@brugge.example>\nX-Note: a\r" + RESULTS + b"\nSubject: Uw vraag\n\nDag\n"
    assert parse(raw, frozenset(), "mx.example").authentication is Verdict.NONE
    assert parse(raw.replace(b"\r", b"\n"), frozenset(), "mx.example").authentication is Verdict.PASS


def test_sub_addresses_are_kept() -> None:
    message = parsed(mail(headers="Delivered-To: in+kis-2026-3@vvsg.example"))
    assert message.delivered_to == ("in+kis-2026-3@vvsg.example", "in@vvsg.example")


SPELLED = """no-reply noreply no_reply no.reply No-Reply do-not-reply do_not_reply donotreply
niet-beantwoorden nietantwoorden geen.antwoord ne-pas-repondre ne_pas_répondre nicht-antworten noreply2
noreply+tag inschrijvingen-noreply mailer-daemon auto.reply"""


@pytest.mark.parametrize("local", SPELLED.split())
def test_an_address_that_wants_no_answer_says_so_in_any_spelling(local: str) -> None:
    assert Address(f"{local}@brugge.example").is_machine


@pytest.mark.parametrize("local", ["antwoord", "reply", "nele.antwoordt", "arno.respondek", "casper.epondt"])
def test_a_name_that_looks_like_it_is_a_person(local: str) -> None:
    assert not Address(f"{local}@brugge.example").is_machine


@pytest.mark.parametrize(
    "result",
    [
        'dmarc=none reason="x\\"; dmarc=pass header.from=damme.example"',
        'spf=none smtp.mailfrom="a\\"; dmarc=pass header.from=damme.example "@evil.example',
        'dkim=pass header.i="header.d=damme.example"@evil.example',
        'dkim=pass header.i="x header.d=damme.example "@evil.example header.d=evil.example',
        "dkim=pass header.d=evil.example header.i=@damme.example",
        "dmarc=none (a \\) b; dmarc=pass header.from=damme.example)",
        "dmarc=none (a (b); dmarc=pass header.from=damme.example)",
        "spf=pass x.smtp.mailfrom=damme.example smtp.mailfrom=evil.example",
        "spf=pass smtp.mailfrom=a;dmarc=pass@evil.example",
        "spf=pass smtp.mailfrom=a;dmarc=pass;b@evil.example",
        "spf=pass smtp.mailfrom=a;dkim=pass;header.d=damme.example@evil.example",
        "spf=pass smtp.mailfrom=a; dmarc=pass header.from=damme.example @evil.example",
        "spf=pass smtp.mailfrom=a; dmarc=pass header.from=damme.example b@evil.example; dkim=none",
        "dmarc=pass header.from=damme.example header.from=evil.example",
        "spf=pass smtp.mailfrom=jan@damme.example smtp.mailfrom=eve@evil.example",
        "spf=pass smtp.mailfrom= smtp.helo=mail.damme.example",
    ],
)
def test_what_a_sender_can_put_into_a_result_proves_nothing(result: str) -> None:
    assert verdict([f"mx.example.org; {result}"], "mx.example.org", "jan@damme.example") is not Verdict.PASS


@pytest.mark.parametrize(
    "sender",
    [
        "<jan@damme.example@evil.example>",
        "jan@damme.example@evil.example",
        "<@evil.example:jan@damme.example>",
    ],
)
def test_an_address_with_two_domains_is_proven_for_neither(sender: str) -> None:
    raw = f"From: {sender}\nAuthentication-Results: mx.example.org; dmarc=pass\n\nIk kom niet.\n"
    assert parse(raw.encode(), frozenset(), "mx.example.org").authentication is Verdict.FAIL


def test_a_failure_cannot_be_hidden_between_brackets_in_an_address() -> None:
    field = 'mx.example.org; spf=pass smtp.mailfrom="("@damme.example; dmarc=fail header.from=damme.example'
    assert verdict([f"{field} (p=none)"], "mx.example.org", "jan@damme.example") is Verdict.FAIL


def test_a_quoted_domain_is_the_domain() -> None:
    field = 'mx.example.org; dmarc=pass (p=reject dis=none) header.from="damme.example"'
    assert verdict([field], "mx.example.org", "jan@damme.example") is Verdict.PASS
