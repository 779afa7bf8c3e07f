"""The only file that knows mail-parser: from raw bytes to the parts of a mail, each decoded once.

mail-parser 4.8 flattens nested messages, invents names, and raises on some truncated bounces;
so only its parsed ``message`` is used, and where it raises, the standard parser goes on alone.
"""

from __future__ import annotations

import contextlib
import email
import email.message
import email.parser
import re
from dataclasses import dataclass, field, replace

import mailparser

from mailbot.message import smime, transfer_encoding
from mailbot.message.headers import Headers, decoded
from mailbot.message.limits import bounded
from mailbot.text import charsets

_MAX_DEPTH = 25
_MAX_NESTING = 4
_MAX_NAME = 180
_MAILS = ("message/rfc822", "message/global")
#: The line that begins a part: two dashes, and fields of a part behind it.
_DELIMITER = re.compile(r'(?im)^--([^\s"\\][^\r\n"\\]{0,69}?)[ \t]*\r?\n(?=content-[a-z-]{1,40}:)')
#: mail-parser decodes every attachment although nothing uses that; above this size (bytes) it is passed over.
_MAX_FOR_MAIL_PARSER = 300_000
#: Bytes of a mail that are parsed at a time.
_STEP = 1 << 16


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that holds content. ``nested`` is the message inside a ``message/rfc822``; ``flowed`` is
    "flowed" or "delsp" for a text whose soft line breaks end in a space (RFC 3676)."""

    media_type: str
    data: bytes
    charset: str = ""
    name: str = ""
    disposition: str = ""
    content_id: str = ""
    in_alternative: bool = False
    flowed: str = ""
    nested: PartContent | None = None

    @property
    def text(self) -> str:
        """The content as text, whatever charset was declared, soft line breaks undone."""
        text = charsets.decode(self.data, self.charset)
        return unflowed(text, delete_space=self.flowed == "delsp") if self.flowed else text

    @property
    def is_guessed(self) -> bool:
        """Whether letters beyond ASCII in it are a guess: no charset that was declared fits."""
        return charsets.decoded(self.data, self.charset)[1]


@dataclass(frozen=True, slots=True)
class PartContent:
    """A message taken apart: its header fields, and its parts in order."""

    headers: Headers
    leaves: tuple[Leaf, ...] = field(default=())


def content(raw: bytes) -> PartContent:
    """What is in these bytes; without parts where nothing better can be made of them."""
    return _content(_parsed(raw), 0)


def _parsed(raw: bytes) -> email.message.Message:
    safe = bounded(raw)
    if len(safe) <= _MAX_FOR_MAIL_PARSER:
        with contextlib.suppress(Exception):  # foreign code on bytes of strangers: it raises what it likes
            parsed = mailparser.parse_from_bytes(safe).message
            if isinstance(parsed, email.message.Message):
                return parsed
    try:
        return _standard(safe)
    except Exception:  # noqa: BLE001  as above; the header alone still says who wrote
        return email.message_from_bytes(safe.partition(b"\n\n")[0][:20_000])


def _standard(raw: bytes) -> email.message.Message:
    """``email.message_from_bytes``, which for a moment takes six times the size of these bytes besides."""
    parser = email.parser.BytesFeedParser()
    for start in range(0, len(raw), _STEP):
        parser.feed(raw[start : start + _STEP])
    return parser.close()


def _content(message: email.message.Message, nesting: int) -> PartContent:
    """The parts with content, in order. A nested message is one part with its own content."""
    found: list[Leaf] = []
    waiting: list[tuple[email.message.Message, int, bool]] = [(message, 0, False)]
    while waiting:
        part, depth, alternative = waiting.pop()
        kind, inner = _opened(part)
        if inner and not kind.startswith("message/") and depth < _MAX_DEPTH:
            inside = alternative or kind == "multipart/alternative"
            waiting.extend((child, depth + 1, inside) for child in reversed(inner))
            continue
        headers = Headers(part)
        data = _data(part, inner, headers)
        may_be_sealed = kind in smime.MEDIA_TYPES or _name(part).lower().endswith(".p7m")
        sealed = _inside_seal(data) if may_be_sealed and not inner and depth < _MAX_DEPTH else None
        if sealed is not None:
            waiting.append((sealed, depth + 1, alternative))
            continue
        if inner and kind in _MAILS and (whole := _encoded_message(headers, inner[0])) is not None:
            inner = [whole]
            data = _data(part, inner, headers)
        found.append(_leaf(part, kind, headers, data, inner, nesting, in_alternative=alternative))
    return PartContent(Headers(message), tuple(piece for leaf in found for piece in _without_uuencoded(leaf)))


def _opened(part: email.message.Message) -> tuple[str, list[email.message.Message]]:
    """The media type of a part, and the parts in it; a multipart without any delimiter is read as text."""
    kind, inner = _media_type(part), _parts(part.get_payload())
    if kind.startswith("multipart/") and not inner:
        inner = _by_their_delimiters(part)
        kind = kind if inner else "text/plain"
    return kind, inner


def _leaf(
    part: email.message.Message,
    kind: str,
    headers: Headers,
    data: bytes,
    inner: list[email.message.Message],
    nesting: int,
    *,
    in_alternative: bool,
) -> Leaf:
    """A part with content; a mail in it with its own, as deep as mails are looked into."""
    is_mail = kind in _MAILS and bool(inner) and nesting < _MAX_NESTING
    return Leaf(
        media_type=kind,
        data=data,
        charset=_charset(part),
        name=_name(part),
        disposition=headers.get("content-disposition").partition(";")[0].strip().lower(),
        content_id=headers.get("content-id").strip("<> "),
        in_alternative=in_alternative,
        flowed=_flowed(part) if kind == "text/plain" else "",
        nested=_content(inner[0], nesting + 1) if is_mail else None,
    )


def _without_uuencoded(leaf: Leaf) -> tuple[Leaf, ...]:
    """A text and the files that stand uuencoded in it, as parts of their own."""
    if leaf.media_type != "text/plain" or leaf.disposition == "attachment":
        return (leaf,)
    text, files = transfer_encoding.uuencoded(leaf.text)
    if not files:
        return (leaf,)
    parts = (
        Leaf("application/octet-stream", data, name=name[-_MAX_NAME:], disposition="attachment")
        for name, data in files
    )
    return (replace(leaf, data=text.encode("utf-8", "replace"), charset="utf-8", flowed=""), *parts)


def _parts(payload: object) -> list[email.message.Message]:
    return (
        [part for part in payload if isinstance(part, email.message.Message)]
        if isinstance(payload, list)
        else []
    )


def _by_their_delimiters(part: email.message.Message) -> list[email.message.Message]:
    """The parts of a multipart whose boundary is declared wrongly or not at all. It is then taken from
    the lines of two dashes that header fields of a part follow."""
    text = part.get_payload()
    found = _DELIMITER.search(text) if isinstance(text, str) else None
    if found is None:
        return []
    head = f'Content-Type: multipart/mixed; boundary="{found[1]}"\n\n'
    try:
        whole = email.message_from_bytes(bounded((head + str(text)).encode("ascii", "surrogateescape")))
    except Exception:  # noqa: BLE001  as above
        return []
    return _parts(whole.get_payload())


def _inside_seal(data: bytes) -> email.message.Message | None:
    """The entity inside an opaque S/MIME signature, or compressed; None where it is encrypted or damaged."""
    content = smime.content_of(data)
    return email.message_from_bytes(bounded(content)) if content else None


def _data(part: email.message.Message, inner: list[email.message.Message], headers: Headers) -> bytes:
    if inner:
        try:
            return b"\n".join(block.as_bytes() for block in inner[:50])
        except Exception:  # noqa: BLE001  the standard generator raises on headers it parsed itself
            return b""
    del part["content-transfer-encoding"]  # the library then gives the bytes as they travelled
    try:
        encoded = part.get_payload(decode=True)
        part.set_payload("")  # a large one is not held beside what it is decoded to
    except Exception:  # noqa: BLE001  as above
        encoded = None
    if not isinstance(encoded, bytes):
        return b""
    return transfer_encoding.decode(encoded, _encoding(headers))


def _encoding(headers: Headers) -> str:
    return transfer_encoding.name_of(headers.get("content-transfer-encoding"))


def _encoded_message(headers: Headers, inner: email.message.Message) -> email.message.Message | None:
    """The message inside a ``message/rfc822`` that was encoded although RFC 2045 §6.4 forbids it:
    the parser took its letters for headers or text. None where it was not encoded."""
    encoding = _encoding(headers)
    if (
        encoding not in ("base64", "quoted-printable", "x-uuencode")
        or inner.get("from")
        or inner.get("subject")
    ):
        return None
    try:
        encoded = inner.as_bytes().lstrip()
        return email.message_from_bytes(bounded(transfer_encoding.decode(encoded, encoding)))
    except Exception:  # noqa: BLE001  as above: what is inside stays as it was parsed
        return None


def _flowed(part: email.message.Message) -> str:
    try:
        if str(part.get_param("format") or "").lower() != "flowed":
            return ""
        return "delsp" if str(part.get_param("delsp") or "").lower() == "yes" else "flowed"
    except Exception:  # noqa: BLE001  as above
        return ""


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Format=flowed text (RFC 3676) with each paragraph on one line; a line of dash, dash, space is a
    signature's, and never flows."""
    lines: list[str] = []
    open_depth = -1
    for line in text.splitlines():
        unquoted = line.lstrip(">")
        depth = len(line) - len(unquoted)
        content = unquoted[1:] if unquoted.startswith(" ") else unquoted
        if open_depth == depth and content != "-- ":
            lines[-1] += content
        else:
            lines.append(">" * depth + (" " if depth else "") + content)
        flows = content.endswith(" ") and content != "-- "
        if flows and delete_space:
            lines[-1] = lines[-1][:-1]
        open_depth = depth if flows else -1
    return "\n".join(lines)


def _media_type(part: email.message.Message) -> str:
    try:
        return part.get_content_type()
    except Exception:  # noqa: BLE001  a header that the standard library cannot take apart
        return "text/plain"


def _charset(part: email.message.Message) -> str:
    try:
        value = part.get_param("charset")
        return str((value[2] if isinstance(value, tuple) else value) or "").strip()[:60]
    except Exception:  # noqa: BLE001  as above
        return ""


def _raw_value(part: email.message.Message, header: str) -> str:
    return next((str(value) for name, value in part.raw_items() if name.lower() == header), "")


def _name(part: email.message.Message) -> str:
    """The file's name as a label: decoded, on one line, without folders."""
    for header in ("content-disposition", "content-type"):
        value = _raw_value(part, header)
        if not value.isascii():  # of raw bytes in it, the library makes marks of what was lost
            part.replace_header(header, charsets.decode(value.encode("utf-8", "surrogateescape")))
    try:
        name = decoded(part.get_filename() or "")
    except Exception:  # noqa: BLE001  as above
        name = ""
    return name.replace("\\", "/").rpartition("/")[2].strip()[-_MAX_NAME:]
