"""What shows that a machine wrote, that a mail came back or may not be answered: each sign by itself,
and beside what is almost it."""

from __future__ import annotations

from pathlib import Path

from tests.decision.following import parts, value

from .build import mail, multipart, parsed

HELD = parts(Path(__file__).parent / "follows" / "machines.txt")
BOUNCED, NULL = "Undelivered Mail Returned to Sender", "Return-Path: <>"
POSTMASTER, DAEMON = "Postmaster <postmaster@damme.example>", "MAILER-DAEMON@mx.damme.example"

SUBJECTS = (
    *(
        BOUNCED,
        "Undeliverable: Inschrijving",
        "Onbestelbaar: Inschrijving",
        "Delivery Status Notification (Failure)",
    ),
    *(
        "failure notice",
        "Mail delivery failed",
        "Niet bezorgd: uw mail",
        "Postvak vol",
        "mailbox full",
        "over quota",
    ),
    *(
        "Non remis : x",
        "Unzustellbar: x",
        "Message not delivered",
        "échec de la remise",
        "Inschrijving",
        "Mailbox",
    ),
    *(
        "Delivery delayed",
        "vertraagd: Onbestelbaar",
        "Re: Undeliverable: Inschrijving",
        "Automatic reply: weg",
    ),
)
HEADERS = (
    "X-Auto-Response-Suppress: ALL",
    "X-Auto-Response-Suppress: DR, oof",
    *(
        NULL,
        "Return-Path: <jan@brugge.example>",
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated",
    ),
    *(
        "Auto-Submitted: no",
        "Auto-Submitted: no; x=y",
        "X-Autoreply: yes",
        "X-Autorespond: x",
        "Precedence: bulk",
    ),
    *(
        "Precedence: junk",
        "Precedence: list",
        "Precedence: auto_reply",
        "Precedence: BULK",
        "Precedence: first",
    ),
    *(
        "List-Id: <x.damme.example>",
        "List-Unsubscribe: <mailto:x@y.example>",
        "List-Post: <mailto:x@y.example>",
    ),
    *(
        "X-Auto-Response-Suppress: All",
        "X-Auto-Response-Suppress: OOF",
        "X-Auto-Response-Suppress: AutoReply",
    ),
    *(
        "X-Auto-Response-Suppress: DR",
        "X-Failed-Recipients: els@damme.example",
        "X-Mailbot-Outcome: registered",
    ),
    *("List-Id: <in.vvsg.example>", "List-Id: <in.vvsg.example>\nList-Unsubscribe: <mailto:x@y.example>"),
    *("Reply-To: els@damme.example", "Sender: bot@damme.example", "X-Mailer: x"),
)
SENDERS = (
    "IN@VVSG.example",
    *(
        POSTMASTER,
        DAEMON,
        "Mail Delivery System <x@damme.example>",
        "noreply@damme.example",
        "jan@brugge.example",
    ),
    *("in@vvsg.example", "IN@vvsg.example", "bounces@damme.example", "", "do-not-reply@damme.example"),
)
STATUS = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.damme.example\n\n{fields}"
FIELDS = {
    "failed": "Final-Recipient: rfc822; Els@damme.example\nAction: failed\nStatus: 5.1.1",
    "failed, with why": (
        "Final-Recipient: rfc822; els@damme.example\nAction: failed\nDiagnostic-Code: smtp; 550 no"
    ),
    "of an original address": (
        "Original-Recipient: rfc822; an@damme.example\n"
        "Final-Recipient: rfc822; els@damme.example\nAction: failed"
    ),
    "delayed": "Final-Recipient: rfc822; els@damme.example\nAction: delayed\nStatus: 4.4.7",
    "delivered": "Final-Recipient: rfc822; els@damme.example\nAction: delivered\nStatus: 2.0.0",
    "relayed and failed": (
        "Final-Recipient: rfc822; an@damme.example\nAction: relayed\n\n"
        "Final-Recipient: rfc822; els@damme.example\nAction: failed\nStatus: 5.0.0"
    ),
    "without an action": "Final-Recipient: rfc822; els@damme.example\nStatus: 5.1.1",
    "without an address": "Action: failed\nStatus: 5.1.1",
}
INNER = {
    "nothing": "",
    "the mail": "Content-Type: message/rfc822\n\nFrom: in@vvsg.example\nMessage-ID: <7@vvsg.example>\n\nDag",
    "its headers": (
        "Content-Type: text/rfc822-headers\n\nFrom: in@vvsg.example\nMessage-ID: <7@vvsg.example>\n"
    ),
}


def _told(raw: bytes) -> str:
    message = parsed(raw)
    bounce = message.bounce
    return value(
        [
            message.automatic and f"automatic {message.automatic}",
            message.no_answer and f"unanswered: {message.no_answer}",
            message.stands_in and f"stands in: {message.stands_in}",
            f"came back: {bounce.message_id} {bounce.recipient} {bounce.reason}" if bounce else "",
            f"reply to {message.reply_to.email}" if message.reply_to else "",
        ]
    )


def _returned(fields: str, inner: str, subject: str = BOUNCED) -> bytes:
    text = "Content-Type: text/plain\n\nNiet bezorgd aan bo@damme.example."
    given = [text, *([STATUS.format(fields=fields)] if fields else []), *([inner] if inner else [])]
    raw = multipart(given, "report", subject=subject, headers="In-Reply-To: <3@vvsg.example>")
    return raw.replace(b"Jan Peeters <jan@brugge.example>", DAEMON.encode())


def examples() -> dict[str, str]:
    """Each example with what it is taken for."""
    return {
        **{
            f"subject: {subject} / {who}": _told(mail(subject=subject, sender=sender, headers=headers))
            for subject in SUBJECTS
            for who, sender, headers in (
                ("a person", "Jan Peeters <jan@brugge.example>", ""),
                ("a person, null return path", "Jan Peeters <jan@brugge.example>", NULL),
                ("the postmaster", POSTMASTER, ""),
                ("a daemon", DAEMON, ""),
            )
        },
        **{f"header: {headers!r}": _told(mail(headers=headers)) for headers in HEADERS},
        **{
            f"header with words of absence: {headers!r}": _told(
                mail("Ik ben afwezig tot maandag.", subject="Afwezig", headers=headers)
            )
            for headers in HEADERS
        },
        **{f"sender: {sender}": _told(mail(sender=sender)) for sender in SENDERS},
        **{
            f"returned: {name}, {what}": _told(_returned(fields, inner))
            for name, fields in FIELDS.items()
            for what, inner in INNER.items()
        },
        **{
            f"returned without a report: {what}": _told(_returned("", inner)) for what, inner in INNER.items()
        },
        **{f"returned, {subject}": _told(_returned("", "", subject)) for subject in SUBJECTS},
    }


def test_what_each_sign_of_a_machine_is_taken_for() -> None:
    assert examples() == HELD


def test_a_bounce_is_known_by_its_null_return_path_where_its_subject_says_so() -> None:
    subject = "Niet bezorgd: uw mail"
    assert parsed(mail(subject=subject, headers=NULL)).bounce is not None
    assert parsed(mail(subject=subject)).bounce is None
    assert parsed(mail(subject="Inschrijving", headers=NULL)).bounce is None
