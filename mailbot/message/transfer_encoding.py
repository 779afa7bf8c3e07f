"""Content-Transfer-Encoding (RFC 2045 §6) as it really comes, and uuencode in a body.

The standard library decodes only what is spelled exactly: "base64 " with a space or a comment
behind it comes out undecoded, and a form attached that way would be lost.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
import string
from contextlib import suppress

_COMMENT = re.compile(rb"\([^()]*\)")
_QP_ESCAPE = re.compile(rb"=(?:[0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*$)")
_BASE64_ALPHABET = (string.ascii_letters + string.digits + "+/=").encode()
_OUTSIDE_BASE64 = bytes(set(range(256)) - set(_BASE64_ALPHABET))
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]")
_MAGIC = (
    b"PK\x03\x04",
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"7z\xbc\xaf",
)
_UU_BEGIN = re.compile(r"^begin(?:-base64)? [0-7]{3,4} (?P<name>[^\r\n]{1,180})\r?$", re.M)


def name_of(field: str) -> str:
    """The encoding that a field names: "Base64 (x)" → "base64"; empty for none."""
    cleaned = _COMMENT.sub(b" ", field.encode("utf-8", "replace")).decode()
    words = cleaned.replace('"', " ").replace(";", " ").lower().split()
    return words[0] if words else ""


def decode(encoded: bytes, encoding: str) -> bytes:
    """What ``encoded`` holds. Bytes that cannot have been written in the encoding that was declared
    (a PDF that begins with %PDF declared base64) come back as they are."""
    if encoding in ("quoted-printable", "quoted_printable", "quotedprintable", "qp"):
        return quopri.decodestring(encoded) if _is_quoted_printable(encoded) else encoded
    if encoded.lstrip()[:4].startswith(_MAGIC):
        return encoded
    if encoding in ("base64", "base-64", "b64"):
        return _base64(encoded)
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        text = encoded.decode("latin-1")
        files = uuencoded(text)[1]
        return files[0][1] if files else encoded
    return encoded


def uuencoded(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """A text without the uuencoded files (POSIX ``uuencode``) in it, and those: (name, bytes).

    What merely looks like the beginning of one stays in the text.
    """
    files: list[tuple[str, bytes]] = []
    begin = _UU_BEGIN.search(text)
    while begin and len(files) < 20:
        end = re.compile(r"^(?:end|====)[ \t]*\r?$", re.M).search(text, begin.end())
        data = _uu_lines(text[begin.end() : end.start()].splitlines()) if end else None
        if end is None or data is None:
            begin = _UU_BEGIN.search(text, begin.end())
            continue
        files.append((begin["name"].strip(), data))
        text = text[: begin.start()] + text[end.end() :].lstrip("\r\n")
        begin = _UU_BEGIN.search(text, begin.start())
    return text, files


def _uu_lines(lines: list[str]) -> bytes | None:
    data = b""
    kept = [line for line in lines if line.strip()]
    if not kept:
        return None
    for line in kept:
        try:
            data += binascii.a2b_uu(line)
        except (binascii.Error, ValueError):
            # Some encoders count one byte too many for the length that the line declares.
            length = (((ord(line[0]) - 32) & 63) * 4 + 5) // 3
            try:
                data += binascii.a2b_uu(line[:length])
            except (binascii.Error, ValueError):
                return None
    return data


def _is_quoted_printable(data: bytes) -> bool:
    """Whether data can be quoted-printable: hardly any control characters, and each "=" begins an
    escape. Raw 8-bit letters are no objection: they are common in text that is declared so."""
    controls = sum(byte < 9 or 13 < byte < 32 for byte in data[:4096])
    if controls * 50 > len(data[:4096]):  # a byte spoiled on its way is no binary file
        return False
    signs = data.count(b"=")
    return signs == 0 or len(_QP_ESCAPE.findall(data)) * 2 >= signs


def _base64(data: bytes) -> bytes:
    """Decoded leniently: characters outside the alphabet (a list's footer after it) and missing
    padding are ignored. What follows padding is decoded as a stream of its own. Data that is no
    base64 comes back unchanged."""
    strange = len(_NOT_BASE64.findall(data))
    if strange * 4 > len(data):
        return data
    padding = data.find(b"=")
    if not strange and (padding < 0 or not data[padding:].strip(b"= \t\r\n")):
        with suppress(binascii.Error):  # where padding is missing: below
            return binascii.a2b_base64(data)  # as below, but that no part of a large one is copied
    end = re.search(rb"=+\s*\n", data)
    body = data[: end.end()] if end and strange else data
    pieces = body.translate(None, _OUTSIDE_BASE64).split(b"=")
    try:
        return b"".join(map(_base64_letters, pieces))
    except (binascii.Error, ValueError):
        return data


def _base64_letters(letters: bytes) -> bytes:
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))
