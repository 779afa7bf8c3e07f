"""A mail of ours as the bytes that travel (RFC 5322, MIME)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address as HeaderAddress
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import quote

import idna

from mailbot.config.logo import Logo
from mailbot.domain.mail import Mail
from mailbot.domain.message import Address

#: The library breaks a line right after "Subject:" where the rest then fits; readers show a blank.
_FOLDED_AT_ONCE = re.compile(rb"^([A-Za-z-]+):\r\n[ \t]", re.MULTILINE)
#: Of the characters that a header may hold as they are, and of a line's length (RFC 5322 §2.1.1).
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,400}@[!-;=?A-~]{1,400}>")
#: What the library writes as it is: words and an address without any sign that it would look at, and our own
#: Message-ID, in a line that it does not fold.
_WORDS = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
_ADDRESS = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*@[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_OWN_ID = re.compile(r"<[0-9a-f]+@[a-z0-9]+(?:[.-][a-z0-9]+)*>")
_SHORT = 78
#: How the HTML names the logo (RFC 2392).
_LOGO = "cid:logo@mailbot"


def render(mail: Mail, now: datetime, logo: Logo | None = None) -> bytes:
    """The whole message with CRLF line ends; ``now`` (aware, in the zone to be shown) is its
    Date. Where the HTML shows the logo, that goes with it.

    Nothing in ``mail`` can add a header: line breaks and control characters become a space.
    Raises ``ValueError`` where an address is no address.
    """
    outcome = f"X-Mailbot-Outcome: {mail.outcome}\r\n" if mail.outcome else ""
    ours = (
        f"Auto-Submitted: {'auto-replied' if mail.outcome else 'auto-generated'}\r\n"
        f"X-Auto-Response-Suppress: All\r\n{outcome}MIME-Version: 1.0\r\n"
    )
    return b"".join(
        (
            _header_of_many("From", mail.sender),
            _header("To", mail.to),
            _header_of_many("Subject", _plain(mail.subject)),
            f"Date: {format_datetime(now)}\r\n".encode(),
            _header("Message-ID", mail.message_id),
            ours.encode(),
            _thread(mail),
            _body(mail, logo),
        )
    )


def _header(name: str, value: str | Address) -> bytes:
    """A header as the standard library encodes and folds it. An address whose local part has letters
    beyond ASCII stands as it is (RFC 6532): no encoded word may (RFC 2047 §5)."""
    if simple := _simple(name, value):
        return simple
    policy, content = SMTP, value if isinstance(value, str) else _address(value)
    if isinstance(content, HeaderAddress) and not content.addr_spec.isascii():
        policy = SMTPUTF8
    _, parsed = policy.header_store_parse(name, content)
    return _FOLDED_AT_ONCE.sub(rb"\1: ", policy.fold_binary(name, parsed))


def _simple(name: str, value: str | Address) -> bytes:
    """A header of one short line without anything that is to be encoded, quoted or folded, as most are:
    the library parses what it writes. Nothing for any other."""
    written = value
    if isinstance(value, Address):
        plain = _WORDS.fullmatch(value.name) and _ADDRESS.fullmatch(value.email)
        written = f"{value.name} <{value.email}>" if plain else ""
    elif name != "Message-ID" or not _OWN_ID.fullmatch(value):
        written = ""
    line = f"{name}: {written}\r\n"
    return line.encode() if written and len(line) <= _SHORT else b""


def on_the_wire(email: str) -> str:
    """An address as SMTP and header fields carry it: an internationalised domain in its ASCII form
    (RFC 5891); the local part as it is. Raises ``ValueError`` for a domain that is none."""
    local, at, domain = email.rpartition("@")
    if domain.isascii():
        return email
    try:
        return f"{local}{at}{idna.encode(domain, uts46=True).decode()}"
    except idna.IDNAError as error:
        raise ValueError(f"the domain is no domain name ({error})") from None


@lru_cache(maxsize=64)
def _header_of_many(name: str, value: str | Address) -> bytes:
    """As ``_header``, for what many mails have in common: the library takes its time."""
    return _header(name, value)


def _thread(mail: Mail) -> bytes:
    """The headers of the thread, a line per Message-ID. Put together here: the standard library
    makes encoded words of an id that is longer than a line, as those of Exchange are, and the
    answer is then in no thread."""
    answered = "".join(_MESSAGE_ID.findall(mail.in_reply_to)[:1])
    before = _MESSAGE_ID.findall(" ".join(mail.references))
    folded = (("In-Reply-To", answered), ("References", "\r\n ".join(before)))
    return "".join(f"{name}: {ids}\r\n" for name, ids in folded if ids).encode()


def _body(mail: Mail, logo: Logo | None) -> bytes:
    """Text and HTML as alternatives, the invitation as the last of them (so Outlook shows its
    buttons), and files after them. Put together here: the standard library parses each header
    that it writes, at four times the cost, and its boundaries differ from try to try."""
    seed = hashlib.sha256(mail.message_id.encode()).hexdigest()[:24]
    shown = [_text("plain", mail.text)]
    if mail.html:
        shown.append(_page(mail.html, logo, f"=_{seed}.r"))
    if mail.calendar:
        method = mail.calendar_method  # must equal the METHOD line (RFC 6047 §2.4)
        shown.append(_coded(f'text/calendar; charset="utf-8"; method="{method}"', _utf8(mail.calendar)))
    body = _multipart("alternative", f"=_{seed}.a", shown) if len(shown) > 1 else shown[0]
    if not mail.attachments:
        return body
    files = [
        _coded(_plain(one.media_type), one.data, f"attachment; {_filename(one.name)}")
        for one in mail.attachments
    ]
    return _multipart("mixed", f"=_{seed}.m", [body, *files])


def _page(html: str, logo: Logo | None, boundary: str) -> bytes:
    """The HTML, with the picture that it shows (RFC 2387); without that where there is none any more."""
    if _LOGO not in html:
        return _text("html", html)
    if logo is None:
        return _text("html", re.sub(rf'<img src="{_LOGO}"[^>]*>', "", html))
    name = f'inline; filename="logo.{logo.suffix}"\r\nContent-ID: <{_LOGO.removeprefix("cid:")}>'
    return _multipart("related", boundary, [_text("html", html), _coded(logo.media_type, logo.data, name)])


def _text(subtype: str, text: str) -> bytes:
    lines = binascii.b2a_qp(_utf8(re.sub(r"\r\n?", "\n", text)), istext=True)
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable'
    return f"{head}\r\n\r\n".encode() + lines.replace(b"\n", b"\r\n")


def _coded(media_type: str, data: bytes, disposition: str = "") -> bytes:
    head = f"Content-Type: {media_type}\r\nContent-Transfer-Encoding: base64\r\n"
    if disposition:
        head += f"Content-Disposition: {disposition}\r\n"
    return head.encode() + b"\r\n" + base64.encodebytes(data).replace(b"\n", b"\r\n")


def _multipart(subtype: str, boundary: str, parts: list[bytes]) -> bytes:
    """RFC 2046 §5.1.1. A boundary that begins with "=_" stands in no coded part (RFC 2045 §6.7)."""
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'.encode()
    line = f"--{boundary}\r\n".encode()
    return head + b"".join(line + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()


def _filename(name: str) -> str:
    """The parameter, in a way that every letter survives (RFC 2231)."""
    plain = _plain(name)
    if re.fullmatch(r"[\w .()-]{1,60}", plain, re.A):
        return f'filename="{plain}"'
    pieces = re.findall(r"(?:%..|[^%]){1,55}", quote(plain, safe=""))
    start = ["utf-8''", *[""] * len(pieces)]
    return ";\r\n ".join(f"filename*{place}*={start[place]}{piece}" for place, piece in enumerate(pieces))


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _address(address: Address) -> HeaderAddress:
    try:
        name, (local, _, domain) = _plain(address.name), _plain(on_the_wire(address.email)).rpartition("@")
        if local.isascii():
            return HeaderAddress(display_name=name, addr_spec=f"{local}@{domain}")
        return HeaderAddress(display_name=name, username=local, domain=domain)  # addr_spec takes ASCII alone
    except (HeaderParseError, IndexError):  # the parser's own ways to say that it is none
        raise ValueError("the address is no mail address") from None


def _plain(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+", " ", text).strip()
