"""The only file that knows mail-parser: from raw bytes to the parts of a mail, each decoded once.

mail-parser 4.8 flattens nested messages, invents names, and raises on some truncated bounces;
so only its parsed ``message`` is used, and where it raises, the standard parser goes on alone.
"""

from __future__ import annotations

import contextlib
import email
import email.message
from dataclasses import dataclass, field

import mailparser

from mailbot.message.headers import Headers, decode_text, decoded
from mailbot.message.limits import bounded

_MAX_DEPTH = 25
_MAX_NESTING = 4
_MAX_NAME = 180
#: mail-parser decodes every attachment by itself; above this size that is time for nothing.
_MAX_FOR_MAIL_PARSER = 300_000


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that holds content. ``nested`` is the message inside a ``message/rfc822``."""

    media_type: str
    data: bytes
    charset: str = ""
    name: str = ""
    disposition: str = ""
    content_id: str = ""
    in_alternative: bool = False
    nested: Content | None = None

    @property
    def text(self) -> str:
        """The content as text, whatever charset was declared."""
        return decode_text(self.data, self.charset)


@dataclass(frozen=True, slots=True)
class Content:
    """A message taken apart: its header fields, and its parts in order."""

    headers: Headers
    leaves: tuple[Leaf, ...] = field(default=())


def content(raw: bytes) -> Content:
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
        return email.message_from_bytes(safe)
    except Exception:  # noqa: BLE001  as above; the header alone still says who wrote
        return email.message_from_bytes(safe.partition(b"\n\n")[0][:20_000])


def _content(message: email.message.Message, nesting: int) -> Content:
    """The parts with content, in order. A nested message is one part with its own content."""
    found: list[Leaf] = []
    waiting: list[tuple[email.message.Message, int, bool]] = [(message, 0, False)]
    while waiting:
        part, depth, alternative = waiting.pop()
        kind = _media_type(part)
        inner = _parts(part.get_payload())
        is_container = inner and not kind.startswith("message/")
        if is_container and depth < _MAX_DEPTH:
            inside = alternative or kind == "multipart/alternative"
            waiting.extend((child, depth + 1, inside) for child in reversed(inner))
            continue
        headers = Headers(part)
        is_mail = kind in ("message/rfc822", "message/global") and bool(inner) and nesting < _MAX_NESTING
        found.append(
            Leaf(
                media_type=kind,
                data=_data(part, inner),
                charset=_charset(part),
                name=_name(part),
                disposition=headers.get("content-disposition").partition(";")[0].strip().lower(),
                content_id=headers.get("content-id").strip("<> "),
                in_alternative=alternative,
                nested=_content(inner[0], nesting + 1) if is_mail else None,
            )
        )
    return Content(Headers(message), tuple(found))


def _parts(payload: object) -> list[email.message.Message]:
    return (
        [part for part in payload if isinstance(part, email.message.Message)]
        if isinstance(payload, list)
        else []
    )


def _data(part: email.message.Message, inner: list[email.message.Message]) -> bytes:
    if inner:
        try:
            return b"\n".join(block.as_bytes() for block in inner[:50])
        except Exception:  # noqa: BLE001  the standard generator raises on headers it parsed itself
            return b""
    try:
        data = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001  a broken transfer encoding; the text as it stands is better than none
        data = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return data if isinstance(data, bytes) else b""


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


def _name(part: email.message.Message) -> str:
    """The file's name as a label: decoded, on one line, without folders."""
    try:
        name = decoded(part.get_filename() or "")
    except Exception:  # noqa: BLE001  as above
        name = ""
    return name.replace("\\", "/").rpartition("/")[2].strip()[-_MAX_NAME:]
