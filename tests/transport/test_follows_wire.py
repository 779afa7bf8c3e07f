"""What is said to mail servers and made of what they say: a table of SMTP servers, each played by a script, a
mailbox at a real Dovecot, call by call, and what errors mean."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from imapclient import IMAPClient

from mailbot.config import loader
from mailbot.config.settings import MailboxSettings, Security, Settings, Smtp
from mailbot.transport import connection
from mailbot.transport.connection import MailServerTrouble, backoff, explain, one_line
from mailbot.transport.imap import Cursor, Fetched, Mailbox, inbox, mailbox, survey
from mailbot.transport.oauth import _AADSTS
from mailbot.transport.oauth import _refusal as refusal
from mailbot.transport.smtp import Outbox, _dotted, _no_greeting, _not_connected, next_try
from tests.decision.following import parts
from tests.servers import configuration, dovecot, scripted_smtp
from tests.servers.scripted_smtp import HANGS_UP
from tests.transport.test_mailbox import DAY, MAIL, configured

HELD = parts(Path(__file__).parent / "follows" / "wire.txt")
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
RAW = b"Subject: x\r\n\r\n.dot\r\nDag\r\n"
LETTERS = b"Subject: x\r\n\r\nCaf\xc3\xa9\r\n"
JAN, ELS = "jan@damme.example", "élise@damme.example"
_LOGIN = 'user = "mailbot"\npassword_file = "secrets/imap"'
_ALL = ("SIZE 1000", "8BITMIME", "SMTPUTF8", "AUTH PLAIN LOGIN")

#: By name: what a server still answers, what it offers, what [smtp] says, and the mails handed to it.
SERVERS: Mapping[str, tuple[dict[str, list[str]], tuple[str, ...], str, tuple[tuple[str, bytes], ...]]] = {
    "ordinary": ({}, (), "", ((JAN, RAW), (JAN, LETTERS), (ELS, RAW))),
    "of all extensions": ({}, _ALL, "", ((JAN, RAW), (JAN, LETTERS), (ELS, RAW), ("jan@élan.example", RAW))),
    "with a login": ({}, _ALL, _LOGIN, ((JAN, RAW),)),
    "with a login of other letters": (
        {"AUTH": ["235 ok"]},
        _ALL,
        _LOGIN.replace('"mailbot"', '"élise"'),
        ((JAN, RAW),),
    ),
    "that refuses a login of other letters": (
        {"AUTH": ["535 nee"]},
        _ALL,
        _LOGIN.replace('"mailbot"', '"élise"'),
        ((JAN, RAW),),
    ),
    "that refuses a login": ({"AUTH": ["535 5.7.8 nee", "535 nee"]}, _ALL, _LOGIN, ((JAN, RAW),)),
    "that offers no login": ({}, (), _LOGIN, ((JAN, RAW),)),
    "that is asked for TLS": ({}, (), 'security = "starttls"', ((JAN, RAW),)),
    "that has no EHLO": ({"EHLO": ["502 nee"]}, (), "", ((JAN, RAW),)),
    "that is IMAP": ({"GREETING": ["* OK [CAPABILITY IMAP4rev1] klaar"]}, (), "", ((JAN, RAW),)),
    "that is no mail server": ({"GREETING": ["SSH-2.0-x"]}, (), "", ((JAN, RAW),)),
    "that turns us away": ({"GREETING": ["554 5.7.1 nee"]}, (), "", ((JAN, RAW), (JAN, RAW))),
    "that hangs up": ({"GREETING": [HANGS_UP]}, (), "", ((JAN, RAW), (JAN, RAW))),
    "that hangs up at MAIL": ({"MAIL": [HANGS_UP, "250 ok", HANGS_UP]}, (), "", ((JAN, RAW),) * 3),
    "that hangs up after the mail": ({".": [HANGS_UP]}, (), "", ((JAN, RAW), (JAN, RAW))),
    "that hangs up at RSET": ({"RCPT": ["550 nee"], "RSET": [HANGS_UP]}, (), "", ((JAN, RAW), (JAN, RAW))),
    "that refuses RSET": ({"RCPT": ["550 nee"], "RSET": ["500 nee"]}, (), "", ((JAN, RAW), (JAN, RAW))),
    "that forwards": ({"RCPT": ["251 elders"], "MAIL": ["251 goed"]}, (), "", ((JAN, RAW),)),
    **{
        f"that says {code} at {verb}": ({verb: [f"{code} 4.3.2 zo is het"]}, (), "", ((JAN, RAW), (JAN, RAW)))
        for verb in ("MAIL", "RCPT", "DATA", ".")
        for code in (421, 450, 499, 500, 530, 535, 550, 552, 599, 354 if verb != "DATA" else 250)
    },
    **{
        f"that says of who sends: {said}": ({"RCPT": [said]}, (), "", ((JAN, RAW),))
        for said in (
            "553 5.7.1 <a@example.org>: Sender address rejected",
            "553 <A@example.org>: SENDER no",
            "553 <b@example.org>: Sender no",
            "550 SendAsDenied",
            "550 x 5.7.60 y",
            "550 5.7.57 z",
            "550 not allowed to send as",
        )
    },
}
CHECKS = {
    "takes us": {},
    "refuses the sender": {"MAIL": ["550 nee"]},
    "refuses mail to us": {"RCPT": ["550 5.1.1 nee"]},
    "refuses it for now": {"RCPT": ["450 straks"]},
    "says 499": {"RCPT": ["499 x"]},
    "says 600": {"RCPT": ["600 x"]},
    "hangs up": {"MAIL": [HANGS_UP]},
}


def _smtp() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        yield from _played(Path(folder))


def _played(folder: Path) -> Iterator[str]:
    for name, (replies, offers, lines, mails) in SERVERS.items():
        with scripted_smtp.playing(replies, offers) as script:
            with Outbox(_settings(folder, script.port, lines)) as outbox:
                said = [
                    _tried(lambda r=recipient, d=raw: outbox.send("a@example.org", r, d))
                    for recipient, raw in mails
                ]
            commands = [
                one for one in script.commands if not one.lower().startswith(("ehlo", "helo", "quit"))
            ]
            yield f"{name}: {'; '.join(said)}".replace(str(script.port), "PORT")
            taken = [len(one) for one in script.taken]
            yield f"  {script.connections} connections, {taken}: {' | '.join(commands)}"
    for name, replies in CHECKS.items():
        for lines in ("", _LOGIN):
            with scripted_smtp.playing(replies, _ALL) as script:
                with Outbox(_settings(folder, script.port, lines)) as outbox:
                    said = _tried(lambda: outbox.check("a@example.org"))
                yield f"checked, one that {name}{' (with a login)' if lines else ''}: {said}".replace(
                    str(script.port), "PORT"
                )
    for greeting, ahead in (
        ("220 mx Fri, 20 Nov 2026 10:00:00 +0100 klaar", True),
        ("220 mx klaar", False),
        ("220 mx Fri, 99 Nov 2026 10:00:00 +0100", False),
    ):
        with scripted_smtp.playing({"GREETING": [greeting]}) as script:
            with Outbox(_settings(folder, script.port, "")) as outbox:
                outbox.connect()
                now = datetime.now(UTC)
            assert (outbox.ahead is not None) is ahead
            said = outbox.ahead and abs(now + outbox.ahead - datetime(2026, 11, 20, 9, tzinfo=UTC))
            yield f"greets “{greeting}”: {said and said < timedelta(minutes=10)}"


def _settings(folder: Path, port: int, lines: str) -> Settings:
    read = _read_settings(folder, lines)
    return replace(read, smtp=read.smtp.model_copy(update={"port": port}))


@cache
def _read_settings(folder: Path, lines: str) -> Settings:
    """The settings with these lines below [smtp]."""
    file = configuration.write(folder, imap_port=1, smtp_port=1, user="a@example.org", organisations="# none")
    before, after = file.read_text().split("[smtp]")
    security = lines if "security" in lines else f'security = "none"\n{lines}'
    changed = after.replace('security = "none"', security)
    file.write_text(f"{before}[smtp]{changed}")
    return loader.load(file)


def _tried(ask: Callable[[], object]) -> str:
    try:
        return str(ask())
    except MailServerTrouble as trouble:
        return f"trouble {trouble}"


# ------------------------------------------------------------ a mailbox


@contextmanager
def _small_batches() -> Iterator[None]:
    """Batches of two, so that a handful of mails takes several."""
    before = inbox.BATCH, mailbox.BATCH, inbox.COUNTED
    inbox.BATCH = mailbox.BATCH = inbox.COUNTED = 2
    try:
        yield
    finally:
        inbox.BATCH, mailbox.BATCH, inbox.COUNTED = before


def _imap() -> Iterator[str]:
    with _small_batches(), TemporaryDirectory() as folder, dovecot.running() as server:
        more = 'sent_folder = "Verzonden"\nfiled_folder = "Verwerkt"\nreview_folder = "Nakijken"'
        settings = configured(Path(folder), server.port, "in@example.org", mailbox=more)
        settings = replace(settings, limits=settings.limits.model_copy(update={"message_mb": 1}))
        user = "in@example.org"
        for n, day in enumerate((-60, -50, 0, 1, 2, 3, 4), 1):
            raw = MAIL % f"nr {n}".encode() + (b"x" * (1024 * 1024) if n == 5 else b"")
            server.deliver(
                user,
                raw.replace(b"\r\n\r\n", f"\r\nMessage-ID: <m{n}@x.example>\r\n\r\n".encode(), 1),
                DAY + timedelta(days=day),
            )
        box = settings.mailboxes[0]
        with (
            Mailbox(box, settings) as opened,
            Mailbox(box, settings, read_only=True) as reading,
            server.client(user) as other,
        ):
            yield from _read(opened, other)
            yield from _filed(opened, reading, other)
            yield from _sent(opened, other)
            yield _line("rights that are missing", survey.missing_rights(opened))
            yield _line("folders that are not there", survey.missing_folders(opened))
            yield f"capabilities {sorted(survey.capabilities(opened) & {'MOVE', 'IDLE', 'UIDPLUS'})}"


def _line(what: str, *given: object) -> str:
    return f"{what}: {'; '.join(map(str, given))}"


def _fetched(found: Iterator[Fetched]) -> str:
    told = (
        f"{one.uid}, {one.raw and len(one.raw)} bytes, header {len(one.header)}, {one.received:%d/%m}"
        for one in found
    )
    return "; ".join(told)


def _read(opened: Mailbox, other: IMAPClient) -> Iterator[str]:
    validity = opened.uidvalidity()
    yield f"all: {_fetched(opened.new())}"
    for last in (3, 4, 6, 7, 99):
        yield f"after {last}: {_fetched(opened.new(Cursor(validity, last)))}"
    yield f"of another folder: {_fetched(opened.new(Cursor(validity + 1, 6)))}"
    yield f"before and since {opened.count_before_and_since()}, uids {opened.uids()[1]}"
    yield f"newest {opened.newest_arrival()}, folders {sorted(opened.folders())}"
    other.select_folder("INBOX")
    other.add_flags([4], [rb"\Answered"])
    other.add_flags([5], [rb"\Deleted"])
    other.add_flags([6], [rb"\Flagged"])
    yield _line("unanswered", sorted(opened.unanswered([1, 3, 4, 5, 6, 99], validity) or ()))
    yield _line("unanswered in another folder", opened.unanswered([3], validity + 1))


def _flags(other: IMAPClient, folder: str = "INBOX") -> str:
    if not other.folder_exists(folder):
        return f"{folder} is not there"
    other.select_folder(folder)
    held = other.fetch(other.search(), ["FLAGS", "INTERNALDATE"])
    flags = {uid: b" ".join(sorted({*fact[b"FLAGS"]} - {rb"\Recent"})).decode() for uid, fact in held.items()}
    return f"{folder}: {', '.join(f'{uid} {said}'.strip() for uid, said in sorted(flags.items()))}"


def _filed(opened: Mailbox, reading: Mailbox, other: IMAPClient) -> Iterator[str]:
    validity = opened.uidvalidity()
    yield _line("marked by who only reads", reading.mark_read([1], validity))
    yield _line("filed by who only reads", reading.file([1], "Verwerkt", validity))
    yield _line("marked in a folder by who only reads", reading.mark_read_in("INBOX", ["<m1@x.example>"]))
    yield _line("marked of another folder", opened.mark_read([1], validity + 1))
    yield _line("filed of another folder", opened.file([1], "Verwerkt", validity + 1))
    yield _flags(other)
    yield f"marked {opened.mark_read([1, 2, 3, 6, 99], validity)}"
    yield _flags(other)
    yield f"filed {opened.file([1, 2, 3, 99, 4], 'Verwerkt', validity)}"
    yield _flags(other)
    yield _flags(other, "Verwerkt")
    yield _line("filed again", opened.file([5], "Verwerkt", validity))
    yield _line("filed below a folder", opened.file([6], "Map/Onder", validity))
    yield f"{_flags(other, 'Verwerkt')}; {sorted(opened.folders())}"
    other.select_folder("Verwerkt")
    other.remove_flags([1, 2, 3, 4], [rb"\Seen"])
    ids = (
        "<m1@x.example>",
        "<m4@x.example>",
        "<weg@x.example>",
        '<a"b\\c@x.example>',
        "<é@x.example>",
        "<a\n@x.example>",
    )
    yield _line("marked in a folder", opened.mark_read_in("Verwerkt", ids))
    yield _line("marked in a folder that is not there", opened.mark_read_in("Nergens", ids))
    yield _flags(other, "Verwerkt")
    yield f"what is left: {_fetched(opened.new())}"


def _sent(opened: Mailbox, other: IMAPClient) -> Iterator[str]:
    yield f"none sent {sorted(opened.referred_to(DAY))}"
    raw = MAIL.replace(
        b"Subject: %s",
        b"Message-ID: <s1@x.example>\r\nIn-Reply-To: <m1@x.example>\r\n"
        b"References: <m0@x.example> <m1@x.example>",
    )
    yield f"has {opened.has_sent('<s1@x.example>', DAY)}"
    opened.append_sent(raw, DAY)
    for n in (-1, 0, 1, 2, 3):
        yield _line(f"has it {n} days later", opened.has_sent("<s1@x.example>", DAY + timedelta(days=n)))
    yield _line("has another", opened.has_sent("<s2@x.example>", DAY))
    yield _flags(other, "Verzonden")
    yield f"referred to {[sorted(opened.referred_to(DAY + timedelta(days=n))) for n in (0, 0)]}"
    opened.append_sent(raw.replace(b"m1@", b"m7@"), DAY - timedelta(days=9))
    opened.append_sent(raw.replace(b"m1@", b"m8@"), DAY + timedelta(days=1))
    opened.append_sent(raw.replace(b"m1@", b"m9@"), DAY + timedelta(days=2))
    yield f"more {sorted(opened.referred_to(DAY))}"
    yield f"and is read on: {_fetched(opened.new())}"


# ------------------------------------------------------------ what it means


def _wrong_version() -> ssl.SSLError:
    error = ssl.SSLError(1, "x")
    error.reason = "WRONG_VERSION_NUMBER"
    return error


def _untrusted() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "x")
    error.verify_message = "self-signed certificate"
    return error


def _meant() -> Iterator[str]:
    errors = (
        _untrusted(),
        ssl.SSLEOFError(8, "x"),
        ssl.SSLZeroReturnError(6, "x"),
        _wrong_version(),
        socket.gaierror(-2, "x"),
        ConnectionRefusedError(111, "x"),
        TimeoutError("timed out"),
        OSError(113, "No route to host"),
        OSError("b'weg'"),
        ValueError("raar"),
    )
    box = MailboxSettings.model_validate(
        {"name": "m", "host": "127.0.0.1", "since": "2026-01-01", "address": "a@b.example"}
    )
    for security in Security:
        login = box.model_copy(update={"security": security})
        for error in errors:
            yield f"{security} {type(error).__name__}: {explain(error, login)}"
    for text in ("a\r\nb", b"jan@x.example zegt \xff", "b'dag'", "x" * 300, "\x00é\u2028", 7):
        yield f"{text!r:.40}: {one_line(text)!r:.220}"
    smtp = Smtp(host="127.0.0.1", security=Security.NONE, user="u")
    for error in (
        smtplib.SMTPAuthenticationError(535, b"nee"),
        smtplib.SMTPNotSupportedError("no AUTH"),
        smtplib.SMTPServerDisconnected("weg"),
        smtplib.SMTPConnectError(554, b"nee"),
        smtplib.SMTPConnectError(-1, b"imap4 klaar"),
        smtplib.SMTPConnectError(-1, b"SSH"),
        smtplib.SMTPHeloError(500, b"nee"),
        TimeoutError(),
    ):
        for token in (False, True):
            yield f"{type(error).__name__} {token}: {_not_connected(error, smtp, signed_in=token)}"
    yield f"no greeting: {_no_greeting(smtplib.SMTPConnectError(421, b'druk'), 'mx')}"
    yield f"tries: {[str(next_try(n, NOW) - NOW) for n in (1, 2, 3, 6, 7, 8, 99)]}"
    waits = [[backoff(n, first=2.0, most=60.0) for _ in range(50)] for n in (1, 2, 5, 6, 99)]
    for some, whole in zip(waits, (2, 4, 32, 60, 60), strict=True):
        yield _line("backs off", whole, min(some) >= whole / 2, max(some) <= whole)
    yield _line("backs off at most", backoff(99) <= connection.MOST)
    for raw in (b".", b"..\r\n.", b"a\r\n.b\r\n", b"a\n.b", b""):
        yield f"dotted {raw!r}: {_dotted(raw)!r}"
    for sizes in ((), (1, 2), (20, 13), (20, 12), (40,), (40, 40), (100, 20, 12)):
        wanted = [(n, NOW, size << 20) for n, size in enumerate(sizes)]
        groups = inbox._by_bytes(wanted, 50 << 20)
        yield _line(f"by bytes {sizes}", [[uid for uid, _, _ in group] for group in groups])
    part = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nx'
    for raw, size in (
        (part, len(part) + 1),
        (part, len(part)),
        (part + b"\r\n--b--", 999),
        (b"Subject: x\r\n\r\n", 999),
        (b"", 9),
    ):
        yield f"cut {raw[-6:]!r} {size - len(raw)}: {inbox._is_cut(raw, size)}"
    for raw in (b"", b"a: b", b"a: b\r\n\r\nc", b"\r\n\r\nc"):
        yield f"header of {raw!r}: {inbox._header(raw)!r}"
    for login in (
        smtp,
        Smtp.model_validate(
            {"host": "h", "provider": "google", "oauth2": {"service_account_file": "k", "sign_in_as": "x"}}
        ),
    ):
        for said in _REFUSALS:
            for status in (400, 500):
                yield f"refused {status} {said!r}: {refusal('tokens', status, said, login)}"


_REFUSALS = (
    *(
        b'{"error": "%s"}' % code
        for code in (
            b"invalid_grant",
            b"invalid_client",
            b"unauthorized_client",
            b"invalid_scope",
            b"interaction_required",
            b"other",
        )
    ),
    *(b'{"error": "invalid_client", "error_codes": [%d]}' % code for code in _AADSTS),
    b'{"error": "x", "error_codes": ["7000215", 1]}',
    b"{}",
    b"[]",
    b"geen",
    b"",
)


def examples() -> dict[str, str]:
    """Each, as lines."""
    return {name: "\n".join(of()) for name, of in {"smtp": _smtp, "imap": _imap, "meant": _meant}.items()}


def test_what_is_said_to_mail_servers_and_made_of_their_words() -> None:
    assert examples() == HELD
