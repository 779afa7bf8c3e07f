"""What is read of each shape that mails have: whose the lines are, the fields, the parts, and what is inside;
each shape beside what is almost it."""

from __future__ import annotations

from base64 import b64encode
from binascii import b2a_uu
from collections.abc import Iterator
from pathlib import Path

from mailbot.domain.document import Block, Paragraph
from mailbot.domain.message import Address, Message
from mailbot.message.transfer_encoding import decode, name_of
from tests.decision.following import parts, value

from .build import mail, multipart, parsed

HELD = parts(Path(__file__).parent / "follows" / "shapes.txt")

TYPED_OUT = (
    "Van: Jan Peeters <jan@brugge.example>\n{date}: 12 november 2026 14:05\n"
    "Aan: in@vvsg.example\n{subject}: Uw vraag"
)
DUTCH = TYPED_OUT.format(date="Verzonden", subject="Onderwerp")
#: What stands between the sender's own words and those of another.
BETWEEN = (
    "-----Oorspronkelijk bericht-----",
    "----- Original Message -----",
    "-----Message d'origine-----",
    "-----Ursprüngliche Nachricht-----",
    "---------- Forwarded message ---------",
    "-------- Doorgestuurd bericht --------",
    "-------- Message transféré --------",
    "-------- Weitergeleitete Nachricht --------",
    "Begin doorgestuurd bericht:",
    "Begin forwarded message:",
    "Début du message réexpédié :",
    "- Oorspronkelijk bericht -",
    "-----Ander bericht-----",
    "Op 12 november 2026 schreef Jan Peeters:",
    "Op 12 november 2026 schreef Jan Peeters",
    "On Thu, Nov 12, 2026 at 2:05 PM Jan Peeters wrote:",
    "Le 12 novembre 2026 Jan Peeters a écrit :",
    "Am 12. November 2026 schrieb Jan Peeters:",
    "Op maandag schreef Jan Peeters:",
    "Op maandag schreef Jan <jan@brugge.example>:",
    "Op 12 november 2026 om 14:05\nschreef Jan Peeters:",
    "Op 12 november 2026 om 14:05\nschreef Jan Peeters\n<jan@brugge.example>:",
    "Op 12 november 2026\nom 14:05 uur\nschreef Jan\nPeeters\n<jan@brugge.example>:",
    "Jan Peeters <jan@brugge.example> schreef op 12 november:",
    "Jan Peeters schreef op 12 november:",
    DUTCH,
    DUTCH.replace("Van:", "*Van:*").replace("Aan:", "*Aan:*"),
    TYPED_OUT.format(date="Datum", subject="Onderwerp"),
    DUTCH.replace("Aan: in@vvsg.example\n", ""),
    DUTCH.replace("Aan: in@vvsg.example\n", "").replace("Onderwerp: Uw vraag", "Bijlagen: form.docx"),
    DUTCH.replace("Van: Jan Peeters <jan@brugge.example>\n", ""),
    DUTCH.replace("Aan: in@vvsg.example", "Aan: in@vvsg.example;\nbo@vvsg.example\nCC: an@vvsg.example"),
    "From: Jan Peeters\nSent: Thursday\nTo: in@vvsg.example\nSubject: Uw vraag",
    "De : Jan Peeters\nEnvoyé : jeudi\nÀ : in@vvsg.example\nObjet : Uw vraag",
    "Von: Jan Peeters\nGesendet: Donnerstag\nAn: in@vvsg.example\nBetreff: Uw vraag",
    "> Van: Jan Peeters",
    "Op 12 november 2026 schreef Jan Peeters:\n> Kom je?\nJa hoor.\n> Eet je mee?\nNeen.",
    "Met vriendelijke groet\nEls Maes\nOCMW Damme",
    "Met vriendelijke groet\nEls Maes\nPS: ik eet mee.\nTot dan",
    "-- \nEls Maes",
    "--\nEls Maes",
    "---\nEls Maes",
    "Verzonden vanaf mijn iPhone\nEn nog iets.",
    "mvg\nN.B. ik kom later",
)

FLOWED = (
    "Een lange \nregel.",
    "Een lange\nregel.",
    "> Een lange \n> regel.\nHet antwoord.",
    "> Een lange \n>> regel.",
    ">> Een lange \n> regel.",
    " >geen citaat",
    "Dag \n-- \nEls \nMaes",
    "Het woord af \ngebro \nken.",
)

FROM = (
    *("jan@brugge.example", "<jan@brugge.example>", "Jan <jan@brugge.example>", "Jan jan@brugge.example"),
    *('"Peeters, Jan" <jan@brugge.example>', "Peeters, Jan <jan@brugge.example>"),
    *("Jan <jan@brugge.example", "<jan@brugge.example> Jan", "jan@brugge.example (Jan Peeters)"),
    *("jan@brugge.example (Jan (de) Peeters)", "jan@brugge.example (een) (twee)"),
    *('"jan@brugge.example" <bo@damme.example>', "jan@brugge.example <bo@damme.example>"),
    *("Lijst: jan@brugge.example;", "Lijst: jan@brugge.example, bo@damme.example;"),
    *("mailto:jan@brugge.example", "<mailto:jan@brugge.example>", "<SMTP:jan@brugge.example>"),
    *("<@via.example,@mx.example:jan@brugge.example>", "<jan@brugge.example.>", "<jan @ brugge.example>"),
    *("'jan@brugge.example'", "<'jan@brugge.example'>", "\u2018jan@brugge.example\u2019"),
    *("<jan@BRUGGE.example>", "<Jan@brugge.example>", '"jan peeters"@brugge.example'),
    *("<=?utf-8?q?jan=40brugge=2Eexample?=>", "<=?utf-8?q?jan?=@brugge.example>"),
    *("<jan@brugge.example =?utf-8?q?bo=40damme=2Eexample?=>", "<=?utf-8?q?jan_p?=@brugge.example>"),
    "<=?utf-8?q?a?==?utf-8?q?b=40c?=@brugge.example>",
    *("=?utf-8?q?Peeters=2C_Jan?= <jan@brugge.example>", "=?x?q?Jan?= <jan@brugge.example>"),
    *("jan@brugge.example, bo@damme.example", "jan@brugge.example; bo@damme.example", "Jan Peeters", "<>"),
    *('"Jan \\"de man\\" Peeters" <jan@brugge.example>', "jan@brugge.example@damme.example"),
    *("jan@brugge.example, JAN@brugge.example", "<jan\ufffd@brugge.example>", "<\u212aris@brugge.example>"),
)

SUBJECTS = (
    "FW: Uw vraag",
    "Fwd: Uw vraag",
    "Doorst: Uw vraag",
    "TR: x",
    "WG: x",
    "RV: x",
    "RE: x",
    "Uw vraag",
    "I: x",
)
INNER_DATES = (
    *(
        f"12 {month} 2026 14:05"
        for month in ("januari", "feb", "maart", "mrt", "avril", "mei", "mai", "juin")
    ),
    *(
        f"12 {month} 2026 14:05"
        for month in ("juli", "août", "sept", "oktober", "November", "déc", "Dezember")
    ),
    *(
        "Thu, 12 Nov 2026 14:05:00 +0100",
        "donderdag 12 november 2026 14:05",
        "Thursday, November 12, 2026 2:05 PM",
    ),
    *("12/11/2026 14:05", "12-11-2026", "2026-11-12 14:05", "November 12, 2026 12:05 AM", "12 november 2026"),
    *(
        "32 november 2026 14:05",
        "morgen",
        "12 november 2026 om 14.05 uur",
        "12 foo 2026 14:05",
        "12 nov 26 9:05",
    ),
)
RESULTS = (
    *(
        "mx.post.example; spf=pass smtp.mailfrom=brugge.example",
        "mx.post.example; dmarc=pass header.from=brugge.example",
    ),
    *(
        "mx.post.example; dmarc=fail header.from=brugge.example",
        "mx.post.example; dkim=pass header.d=brugge.example",
    ),
    *(
        "mx.post.example; dkim=pass header.d=damme.example",
        "mx.post.example; dkim=fail header.d=brugge.example",
    ),
    *("mx.post.example; dkim=pass header.d=brugge.example; dmarc=fail", "mx.damme.example; dmarc=pass"),
    *("mx.post.example; none", "mx.post.example 1; dmarc=pass header.from=brugge.example", ""),
    *("mx.post.example; dkim=pass header.i=@mail.brugge.example", "mx.post.example; spf=softfail; dkim=none"),
    *(
        "MX.post.example; DMARC=Pass header.from=brugge.example",
        "mx.post.example; dmarc=pass header.from=damme.example",
    ),
    *(
        "mx.post.example; spf=pass smtp.mailfrom=jan@brugge.example; dkim=none; dmarc=none",
        "mx.post.example; spf=fail",
    ),
)

CALENDAR = (
    "BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:kis.INS-0001@post.example\nSUMMARY:Kennisplatform\n"
    "{more}END:VEVENT\nEND:VCALENDAR"
)
YES = "ATTENDEE;PARTSTAT=ACCEPTED;CN=Els:mailto:els@damme.example\n"
ENTRIES = {
    "a yes": ("REPLY", YES),
    "a yes in capitals": ("reply", YES.replace("mailto", "MAILTO").replace("ACCEPTED", "accepted")),
    "a request": ("REQUEST", YES),
    "no attendee": ("REPLY", ""),
    "no answer": ("REPLY", YES.replace("PARTSTAT=ACCEPTED;", "")),
    "another time": ("COUNTER", YES),
    "for another": ("REPLY", YES.replace("CN=", 'SENT-BY="mailto:bo@damme.example";CN=')),
    "passed on": (
        "REPLY",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@damme.example\n"
        'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:bo@damme.example":mailto:els@damme.example\n',
    ),
    "two, one without an answer": ("REPLY", "ATTENDEE:mailto:bo@damme.example\n" + YES),
    "a comment of two lines": ("REPLY", YES + "COMMENT:Ik kom later\\n\\, rond tien\n"),
    "a folded comment": ("REPLY", YES + "COMMENT:Ik kom la\n ter\n"),
    "a colon in a name": ("REPLY", 'ATTENDEE;CN="Maes: Els";PARTSTAT=DECLINED:mailto:els@damme.example\n'),
}
BESIDE = (
    *("", "Ik kom later.", "Kennisplatform", "Geaccepteerd: Kennisplatform", "Els Maes heeft geantwoord"),
    *(
        "Els Maes heeft deze uitnodiging geaccepteerd.",
        "Els has accepted this invitation.",
        "Ik kom later\nIk kom later",
    ),
    *(
        "Dag\n________\nMicrosoft Teams",
        "Dag\n____\nMeer",
        "Inschrijving",
        "Dag\n> citaat\nMet vriendelijke groet\nEls",
    ),
)

PDF = b"%PDF-1.7 een kleine file \x00\x01"
ENCODED = {
    "as it is": PDF,
    "base64": b64encode(PDF),
    "base64 without padding": b64encode(b"twee").rstrip(b"="),
    "base64 in two pieces": b64encode(b"een") + b64encode(b"en twee") + b"\n" + b64encode(b"drie!"),
    "base64 and a footer": b64encode(b"een, twee") + b"=\n" + b"-- \nlijst",
    "base64 with strange letters": b"!" + b64encode(b"een, twee, drie"),
    "a quarter of strange letters": b"!ZW!V!u",
    "more than a quarter": b"!Z!W!V!",
    "one letter too many": b64encode(b"abc") + b"Z",
    "quoted": b"na=C3=AFef =\nvervolg",
    "half of the signs quoted": b"a=3Db = c",
    "a third of the signs quoted": b"a=3Db = c = d",
    "quoted with a control": b"=3D" * 30 + b"\x01",
    "quoted with controls": b"=3D\x01",
    "uuencoded": b"begin 644 a.bin\n" + b2a_uu(PDF) + b"`\nend\n",
    "uuencoded without an end": b"begin 644 a.bin\n" + b2a_uu(PDF),
    "no data between": b"begin 644 a.bin\nend\n",
}


NAMED = ("Base64", "base64 (x)", "(x) base64", '"base64"', "base64; x", "", "  ", "Quoted-Printable")


def _block(block: Block) -> str:
    kind = "" if isinstance(block, Paragraph) else "table "
    signed = " (signature)" if getattr(block, "signature", False) else ""
    return f"{'>' * block.quote}{kind}{block.text}{signed}"


def _shown(message: Message) -> Iterator[str]:
    """What a reader needs of a message, and of the one inside it."""
    yield f"{_address(message.sender)}: {message.subject}, {message.date}"
    yield from map(_block, message.body)
    yield from (f"part {part.name} {part.media_type} {part.data[:60]!r}" for part in message.parts)
    if message.forwarded:
        yield from (f"  inside {line}" for line in _shown(message.forwarded))


def _address(one: Address) -> str:
    return f"{one.name} <{one.email}>"


def _read(raw: bytes) -> str:
    return "\n".join(_shown(parsed(raw)))


def _reply(method: str, more: str, text: str = "") -> str:
    entry = CALENDAR.format(method=method, more=more)
    given = [f"Content-Type: text/plain\n\n{text}", f"Content-Type: text/calendar\n\n{entry}"]
    message = parsed(multipart(given, "mixed"))
    reply = message.calendar_reply
    told = (
        [reply.attendee, reply.partstat, reply.sent_by, reply.delegated_to, reply.words] if reply else "none"
    )
    return "\n".join((value(told), *map(_block, message.body)))


def _from(field: str) -> str:
    message = parsed(mail(sender=field), "mx.post.example")
    return f"{_address(message.sender)} {message.authentication}"


def _verdict(results: str) -> str:
    headers = f"Authentication-Results: {results}"
    return parsed(mail(headers=headers), "mx.post.example").authentication


def _flat(text: str) -> str:
    return text.replace("\n", " / ")


TEXT, PLAIN = "Content-Type: text/plain\n\nDag", "Content-Type: text/plain\n\nPlat"
RICH = "Content-Type: text/html\n\n<p>Rijk</p>"
WITHIN = "From: bo@damme.example\nSubject: Binnen\n\nIk kom."
INSIDE = f"Content-Type: message/rfc822\n\n{WITHIN}"
IN_BASE64 = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
#: The kind of a multipart, and its parts.
PARTS = {
    "a text and its other version": ("alternative", PLAIN, RICH),
    "a stub and its other version": (
        "alternative",
        "Content-Type: text/plain\n\nZie html",
        "Content-Type: text/html\n\n<p>Wij komen met vijf mensen naar de bijeenkomst in Damme.</p>",
    ),
    "an empty text and its other version": ("alternative", "Content-Type: text/plain\n\n ", RICH),
    "a table in the other version": (
        "alternative",
        PLAIN,
        "Content-Type: text/html\n\n<table><tr><td>a<td>b<tr><td>c<td>d</table>",
    ),
    "a text that is a file": (
        "mixed",
        TEXT,
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=lijst.txt\n\nEls",
    ),
    "a text with a name": ("mixed", TEXT, "Content-Type: text/plain; name=lijst.txt\n\nEls"),
    "two texts": ("mixed", TEXT, "Content-Type: text/plain\n\nEls"),
    "an empty file": (
        "mixed",
        TEXT,
        "Content-Type: application/pdf\nContent-Disposition: attachment; filename=leeg.pdf\n\n",
    ),
    "an empty file without a name": (
        "mixed",
        TEXT,
        "Content-Type: application/pdf\nContent-Disposition: attachment\n\n",
    ),
    "an empty part with a name": ("mixed", TEXT, "Content-Type: application/pdf; name=leeg.pdf\n\n"),
    "a seal": ("signed", TEXT, "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nMIA="),
    "a mail inside": ("mixed", TEXT, INSIDE),
    "two mails inside": ("mixed", TEXT, INSIDE, INSIDE),
    "a mail inside in base64": ("mixed", IN_BASE64 + b64encode(WITHIN.encode()).decode()),
    "a mail inside that only says base64": (
        "mixed",
        IN_BASE64 + "From: bo@damme.example\n\nIk kom.",
    ),
    "a folder in a name": (
        "mixed",
        TEXT,
        'Content-Type: application/pdf; name="C:\\\\map\\\\a.pdf"\n\n%PDF-1',
    ),
    "a file in the text": (
        "mixed",
        "Content-Type: text/plain; format=flowed\n\nDag \nEls\nbegin 644 a.bin\n"
        + b2a_uu(PDF).decode()
        + "`\nend\nTot dan \nEls",
    ),
    "a file in the text of a page": (
        "mixed",
        "Content-Type: text/html\n\n<pre>Dag\nbegin 644 a.bin\n"
        + b2a_uu(b"twee").decode()
        + "`\nend\n</pre>",
    ),
    "no part": ("mixed",),
}


def examples() -> dict[str, str]:
    """Each example with what is read of it."""
    said = "Ik kom graag.\n\n{}\n\nWij vragen u iets."
    return {
        **{f"between: {_flat(one)}": _read(mail(said.format(one))) for one in BETWEEN},
        **{
            f"between, quoted: {_flat(one)}": _read(mail(said.format(one) + "\n> Kom je?"))
            for one in BETWEEN[:16]
        },
        **{
            f"passed on: {subject}, {_flat(marker)}": _read(
                mail(f"Zie onder.\n{marker}\n{DUTCH}\n\nIk kom.", subject=subject)
            )
            for subject in SUBJECTS
            for marker in (
                "",
                "---------- Forwarded message ---------",
                "-----Original Message-----",
                "Begin forwarded message:\nx\ny\nz",
            )
        },
        **{
            f"dated: {date}": _read(
                mail(DUTCH.replace("12 november 2026 14:05", date) + "\n\nIk kom.", subject="FW: x")
            )
            for date in INNER_DATES
        },
        **{
            f"flowed, {kind}: {_flat(text)}": _read(mail(text, kind=f"text/plain; {kind}"))
            for text in FLOWED
            for kind in ("format=flowed", "format=Flowed; delsp=Yes", "format=fixed")
        },
        **{f"from: {field}": _from(field) for field in FROM},
        **{f"results: {field}": _verdict(field) for field in RESULTS},
        **{f"calendar: {name}": _reply(*entry) for name, entry in ENTRIES.items()},
        **{f"calendar, beside: {_flat(text)}": _reply("REPLY", YES, text) for text in BESIDE},
        **{
            f"decoded, {name} as {encoding}": repr(decode(data, encoding))
            for name, data in ENCODED.items()
            for encoding in ("base64", "quoted-printable", "x-uuencode", "7bit")
        },
        **{f"encoding: {field}": name_of(field) for field in NAMED},
        **{f"parts: {name}": _read(multipart(list(given), kind)) for name, (kind, *given) in PARTS.items()},
    }


def test_what_is_read_of_each_shape() -> None:
    assert examples() == HELD
