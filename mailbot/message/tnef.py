"""``winmail.dat``: the envelope Outlook puts around attachments (MS-OXTNEF). Read here with
every length checked against what is really there."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mailbot.message.body import TEXTS
from mailbot.message.compressed_rtf import body_of
from mailbot.message.mime import Leaf
from mailbot.text import charsets

_SIGNATURE = 0x223E9F78
_MAX_PARTS = 100
_MAX_DEPTH = 3
_MAX_PROPERTIES = 2_000

_BODY, _MESSAGE_PROPERTIES = 0x0002800C, 0x00069003
_NEW_ATTACHMENT, _TITLE, _DATA, _ATTACHMENT_PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_TEXT, _RTF, _HTML = 0x1000, 0x1009, 0x1013
_LONG_NAME, _SHORT_NAME, _MEDIA_TYPE, _OBJECT = 0x3707, 0x3704, 0x370E, 0x3701
#: Property types of a fixed size, in bytes.
_FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_STRING8, _UNICODE, _BINARY, _OBJECT_TYPE = 0x001E, 0x001F, 0x0102, 0x000D


def is_tnef(leaf: Leaf) -> bool:
    """Whether a part is such an envelope, by what it holds."""
    return leaf.data[:4] == struct.pack("<I", _SIGNATURE)


def unwrapped(leaves: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    """The parts with each envelope replaced by what is in it: files, and the text where the
    mail has no other; beside a plain text, the version with its layout."""
    if not any(map(is_tnef, leaves)):
        return leaves
    kinds = {
        leaf.media_type
        for leaf in leaves
        if leaf.media_type in TEXTS and leaf.text.strip() and leaf.disposition != "attachment"
    }
    out: list[Leaf] = []
    for leaf in leaves:
        if is_tnef(leaf):
            out += (one for one in contents(leaf.data) if _is_wanted(one, kinds))
        elif leaf.media_type in kinds and leaf.disposition != "attachment":
            out.append(replace(leaf, in_alternative=True))
        else:
            out.append(leaf)
    return tuple(out)


def _is_wanted(inside: Leaf, kinds: set[str]) -> bool:
    """Whether a part of an envelope adds something to the mail around it, which has texts of these kinds."""
    if inside.disposition == "attachment" or not kinds:
        return True
    return kinds == {"text/plain"} and inside.media_type != "text/plain"


def told(data: bytes) -> dict[int, str]:
    """The texts that an envelope keeps about its mail (subject, sender, ...), by the id of the property."""
    found: dict[int, str] = {}
    for attribute, value in _attributes(data):
        if attribute == _MESSAGE_PROPERTIES:
            held = (pair for pair in _properties(value) if pair[1][0] in (_STRING8, _UNICODE))
            found |= {name: _string(text) for name, text in held}
    return found


def contents(data: bytes, depth: int = 0) -> tuple[Leaf, ...]:
    """Text and files in an envelope; what is damaged ends the reading, what came before stays."""
    if data[:4] != struct.pack("<I", _SIGNATURE):
        return ()
    texts: list[Leaf] = []
    files = [_File()]
    for attribute, value in _attributes(data):
        if attribute == _BODY:
            texts.append(Leaf("text/plain", value.rstrip(b"\0"), in_alternative=True))
        elif attribute == _MESSAGE_PROPERTIES:
            texts.extend(_texts(dict(_properties(value))))
        elif attribute == _NEW_ATTACHMENT:
            if len(files) > _MAX_PARTS:
                break
            files.append(_File())
        else:
            files[-1].take(attribute, value, depth)
    attached = [leaf for file in files for leaf in file.leaves]
    one_of_each = {leaf.media_type: leaf for leaf in reversed(texts)}  # the same text may stand there twice
    return (*one_of_each.values(), *attached, *(leaf for file in files for leaf in file.inner))


@dataclass
class _File:
    """One attachment, as its attributes come."""

    name: str = ""
    media_type: str = ""
    content: bytes = b""
    inner: tuple[Leaf, ...] = ()

    def take(self, attribute: int, value: bytes, depth: int) -> None:
        """Adds what one attribute says of the file; an embedded message counts as the files in it."""
        if attribute == _TITLE:
            self.name = self.name or charsets.decode(value.rstrip(b"\0"))
        elif attribute == _DATA:
            self.content = value
        elif attribute == _ATTACHMENT_PROPERTIES:
            found = dict(_properties(value))
            self.name = _string(found.get(_LONG_NAME)) or self.name or _string(found.get(_SHORT_NAME))
            self.media_type = _string(found.get(_MEDIA_TYPE))
            inside = found.get(_OBJECT, (0, b""))[1]
            if self.content or not inside:
                return
            if depth < _MAX_DEPTH and inside[16:20] == struct.pack("<I", _SIGNATURE):
                self.inner += tuple(one for one in contents(inside[16:], depth + 1) if one.disposition)
            else:
                self.content = inside

    @property
    def leaves(self) -> Iterator[Leaf]:
        if self.content:
            kind = self.media_type or "application/octet-stream"
            yield Leaf(kind, self.content, name=_label(self.name), disposition="attachment")


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = 6
    while position + 9 <= len(data):
        attribute, length = struct.unpack_from("<II", data, position + 1)
        position += 9
        if length > len(data) - position:
            return
        yield attribute, data[position : position + length]
        position += length + 2


def _texts(found: dict[int, tuple[int, bytes]]) -> Iterator[Leaf]:
    if plain := _string(found.get(_TEXT)):
        yield Leaf("text/plain", plain.encode(), "utf-8", in_alternative=True)
    if _HTML in found:
        yield Leaf("text/html", found[_HTML][1], in_alternative=True)
    elif _RTF in found and (leaf := body_of(found[_RTF][1])) is not None:
        yield leaf


def _properties(data: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Property id → type and value; the first value of several."""
    if len(data) < 4:
        return
    count = min(struct.unpack_from("<I", data)[0], _MAX_PROPERTIES)
    position = 4
    try:
        for _ in range(count):
            kind, name = struct.unpack_from("<HH", data, position)
            position += 4
            if name >= 0x8000:  # a named property: its name comes first
                is_text, length = struct.unpack_from("<II", data, position + 16)
                position += 24 + (length + -length % 4 if is_text else 0)
            several, kind = bool(kind & 0x1000), kind & 0xEFFF
            values = 1
            if several or kind not in _FIXED:
                (values,) = struct.unpack_from("<I", data, position)
                position += 4
            first = b""
            for number in range(min(values, _MAX_PROPERTIES)):
                if kind in _FIXED:
                    length, padding = _FIXED[kind], 0
                elif kind in (_STRING8, _UNICODE, _BINARY, _OBJECT_TYPE):
                    (length,) = struct.unpack_from("<I", data, position)
                    padding = -length % 4
                    position += 4
                else:
                    return
                if length > len(data) - position:
                    return
                first = first if number else data[position : position + length]
                position += length + padding
            yield name, (kind, first)
    except struct.error:  # it ends in the middle of a property
        return


def _string(value: tuple[int, bytes] | None) -> str:
    if value is None:
        return ""
    text = value[1].decode("utf-16-le", "replace") if value[0] == _UNICODE else charsets.decode(value[1])
    return text.rstrip("\0").strip()


def _label(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2].strip()[-180:]
