"""The only file that knows mail-parser: from raw bytes to the parts of a mail, each decoded once.

mail-parser 4.8 flattens nested messages, invents names, and raises on some truncated bounces;
so only its parsed ``message`` is used, and where it raises, the standard parser goes on alone.
"""

from __future__ import annotations

import email
import email.message
from collections.abc import Iterator
from dataclasses import dataclass

import mailparser

from mailbot.message.bounds import bounded
from mailbot.message.headers import Headers, decode_text, decoded

_MAX_DEPTH = 25
_MAX_NAME = 180
#: mail-parser decodes every attachment by itself; above this size that is time for nothing.
_MAX_FOR_MAIL_PARSER = 300_000


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that holds content. ``nested`` is the message inside a ``message/rfc822``."""

    media_type: str
    charset: str
    name: str
    data: bytes
    disposition: str
    content_id: str
    in_alternative: bool
    headers: Headers
    parameters: dict[str, str]
    nested: email.message.Message | None = None

    @property
    def text(self) -> str:
        """The content as text, whatever charset was declared."""
        return decode_text(self.data, self.charset)


def open_message(raw: bytes) -> email.message.Message:
    """The parsed message; one without parts where nothing better can be made of it."""
    safe = bounded(raw)
    if len(safe) <= _MAX_FOR_MAIL_PARSER:
        try:
            parsed = mailparser.parse_from_bytes(safe).message
            if isinstance(parsed, email.message.Message):
                return parsed
        except Exception:  # noqa: BLE001  foreign code on bytes of strangers: it raises what it likes
            pass
    try:
        return email.message_from_bytes(safe)
    except Exception:  # noqa: BLE001  as above; the header alone still says who wrote
        return email.message_from_bytes(safe.partition(b"\n\n")[0][:20_000])


def leaves(message: email.message.Message) -> Iterator[Leaf]:
    """The parts with content, in order. A nested message is one part and is not entered."""
    waiting: list[tuple[email.message.Message, int, bool]] = [(message, 0, False)]
    while waiting:
        part, depth, alternative = waiting.pop()
        headers = Headers(part)
        kind = _media_type(part)
        payload = part.get_payload()
        if isinstance(payload, list) and kind not in ("message/rfc822", "message/global"):
            if depth < _MAX_DEPTH and kind != "message/delivery-status":
                inside = alternative or kind == "multipart/alternative"
                waiting.extend((child, depth + 1, inside) for child in reversed(_parts(payload)))
                continue
        inner = _parts(payload)
        nested = inner[0] if inner and kind in ("message/rfc822", "message/global") else None
        data = _data(part, inner)
        yield Leaf(
            media_type=kind,
            charset=_parameter(part, "charset"),
            name=_name(part),
            data=data,
            disposition=headers.get("content-disposition").partition(";")[0].strip().lower(),
            content_id=headers.get("content-id").strip("<> "),
            in_alternative=alternative,
            headers=headers,
            parameters={key: _parameter(part, key) for key in ("method", "report-type", "format")},
            nested=nested,
        )


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


def _parameter(part: email.message.Message, name: str) -> str:
    try:
        value = part.get_param(name)
        if isinstance(value, tuple):
            value = value[2]
        return str(value or "").strip()[:100]
    except Exception:  # noqa: BLE001  as above
        return ""


def _name(part: email.message.Message) -> str:
    """The file's name as a label: decoded, on one line, without folders."""
    try:
        name = decoded(part.get_filename() or "")
    except Exception:  # noqa: BLE001  as above
        name = ""
    return name.replace("\\", "/").rpartition("/")[2].strip()[-_MAX_NAME:]
