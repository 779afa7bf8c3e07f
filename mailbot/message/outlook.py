"""Outlook's own files: ``.msg`` (MS-OXMSG), by olefile, and a ``winmail.dat`` that came without its mail."""

from __future__ import annotations

import email
import email.message
import email.utils
import hashlib
import struct
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

import olefile

from mailbot.domain.message import Address, Message
from mailbot.message import tnef
from mailbot.message.assemble import understood
from mailbot.message.compressed_rtf import body_of
from mailbot.message.headers import Headers
from mailbot.message.mime import Leaf, PartContent
from mailbot.text import charsets

_MAX_STREAM = 40_000_000
_MAX_ATTACHMENTS = 100
_MAX_NESTING = 4

Path = tuple[str, ...]


def parse(data: bytes, own_addresses: frozenset[str]) -> Message:
    """The message in a ``.msg`` file. Never raises: what cannot be read gives a message without
    sender, text or parts. Its sender is what the file says, confirmed by nobody."""
    try:
        with olefile.OleFileIO(data) as ole:
            return understood(_Storage(ole, (), 0).content(), own_addresses)
    except Exception:  # noqa: BLE001  olefile on bytes of strangers raises what it likes
        return Message("", Address(""), "", None, digest=hashlib.sha256(data).hexdigest())


def winmail(data: bytes, own_addresses: frozenset[str]) -> Message:
    """The message in a ``winmail.dat``: its text, its files, and what it says of sender and subject,
    confirmed by nobody. Never raises; what is damaged ends the reading, what came before stays."""
    held = tnef.told(data)
    senders = (held.get(tag, "") for tag in (0x5D01, 0x5D02, 0x0C1F, 0x0065))
    fields = {
        "From": _mailbox(held.get(0x0C1A, "") or held.get(0x0042, ""), senders),
        "Subject": _clean(held.get(0x0037, "")),
    }
    return understood(PartContent(_made(fields), tnef.contents(data)), own_addresses)


def _mailbox(name: str, addresses: Iterable[str]) -> str:
    """A name with the first that is an address; empty for none."""
    # Not formataddr, which accepts only ASCII addresses.
    address = _clean(next((one for one in addresses if "@" in one), ""))
    name = _clean(name)
    return f'"{email.utils.quote(name)}" <{address}>' if name or address else ""


def _made(fields: Mapping[str, str]) -> Headers:
    """A header of what a file keeps as properties."""
    made = email.message.Message()
    for field, value in fields.items():
        if value:
            made[field] = value
    return Headers(made)


class _Storage:
    """One message in the file: the outer one, or one attached to it."""

    def __init__(self, ole: olefile.OleFileIO, path: Path, nesting: int) -> None:
        self.ole = ole
        self.path = path
        self.nesting = nesting

    def content(self) -> PartContent:
        return PartContent(self._headers(), (*self._texts(), *self._attachments()))

    def _headers(self) -> Headers:
        """The header it came with; of a mail never sent, one made of its properties."""
        sent_with = self._text("007D")
        if sent_with.strip():
            return Headers(email.message_from_string(sent_with.lstrip()[:200_000]))
        when = self._time()
        senders = map(self._text, ("5D01", "5D02", "0C1F", "0065"))
        return _made(
            {
                "From": _mailbox(self._text("0C1A") or self._text("0042"), senders),
                "To": _clean(self._text("0E04")),
                "Subject": _clean(self._text("0037")),
                "Message-ID": _clean(self._text("1035")),
                "In-Reply-To": _clean(self._text("1042")),
                "References": _clean(self._text("1039")),
                "Date": email.utils.format_datetime(when) if when else "",
            }
        )

    def _texts(self) -> list[Leaf]:
        out = []
        if plain := self._text("1000"):
            out.append(Leaf("text/plain", plain.encode("utf-8", "replace"), "utf-8", in_alternative=True))
        html, packed = self._bytes("10130102"), self._bytes("10090102")
        if html or (text := self._text("1013")):
            page = html or text.encode("utf-8", "replace")
            out.append(Leaf("text/html", page, "" if html else "utf-8", in_alternative=True))
        elif packed and (leaf := body_of(packed)) is not None:
            out.append(leaf)
        return out

    def _attachments(self) -> list[Leaf]:
        depth = len(self.path)
        names = {
            entry[depth]
            for entry in self.ole.listdir(streams=True, storages=True)
            if tuple(entry[:depth]) == self.path and len(entry) > depth
        }
        out = []
        for name in sorted(n for n in names if n.lower().startswith("__attach"))[:_MAX_ATTACHMENTS]:
            inside = _Storage(self.ole, (*self.path, name), self.nesting)
            label = inside._text("3707") or inside._text("3704") or inside._text("3001")
            kind = inside._text("370E") or "application/octet-stream"
            message = (*inside.path, "__substg1.0_3701000D")
            if self.ole.exists("/".join((*message, "__properties_version1.0"))):
                if self.nesting < _MAX_NESTING:
                    nested = _Storage(self.ole, message, self.nesting + 1).content()
                    out.append(Leaf("message/rfc822", b"", name=_clean(label), nested=nested))
                continue
            content_id = inside._text("3712")
            held = inside._bytes("37010102")
            if held:
                out.append(
                    Leaf(
                        kind.lower(),
                        held,
                        name=_clean(label),
                        disposition="attachment",
                        content_id=content_id,
                    )
                )
        return out

    def _text(self, tag: str) -> str:
        if raw := self._bytes(f"{tag}001F"):
            return raw.decode("utf-16-le", "replace").rstrip("\0")
        return charsets.decode(self._bytes(f"{tag}001E")).rstrip("\0")

    def _bytes(self, tag: str) -> bytes:
        where = "/".join((*self.path, f"__substg1.0_{tag}"))
        if not self.ole.exists(where) or self.ole.get_type(where) != olefile.STGTY_STREAM:
            return b""
        if self.ole.get_size(where) > _MAX_STREAM:
            return b""
        with self.ole.openstream(where) as stream:
            return bytes(stream.read(_MAX_STREAM))

    def _time(self) -> datetime | None:
        """When it was sent or delivered: FILETIME, 100 ns since 1601."""
        where = "/".join((*self.path, "__properties_version1.0"))
        if not self.ole.exists(where):
            return None
        with self.ole.openstream(where) as stream:
            data = stream.read(200_000)
        start = 24 if self.path else 32
        for position in range(start, len(data) - 15, 16):
            tag, value = struct.unpack_from("<I4xQ", data, position)
            if tag in (0x00390040, 0x0E060040) and value:
                try:
                    return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=value // 10)
                except OverflowError:
                    return None
        return None


def _clean(text: str) -> str:
    return " ".join(text.split())
