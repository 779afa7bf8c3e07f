"""The text that Outlook keeps as compressed RTF: unpacked (MS-OXRTFCP), and the HTML in it
taken out again (MS-OXRTFEX)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from mailbot.message.mime import Leaf
from mailbot.text import charsets

_MAX_SIZE = 8_000_000
_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.I
)
_SKIPPED = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"listtable", b"generator"}
)
_SIGNS = {
    b"par": "\n", b"line": "\n", b"tab": "\t", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"endash": "–", b"emdash": "—", b"bullet": "•",
}  # fmt: skip
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}


def unpacked(data: bytes) -> bytes:
    """The RTF in a compressed stream; empty where it is none. At most 8 MB."""
    if len(data) < 16:
        return b""
    size, magic = struct.unpack_from("<4xII", data)
    if magic == 0x414C454D:  # stored as it is
        return data[16 : 16 + min(size, _MAX_SIZE)]
    if magic != 0x75465A4C:
        return b""
    limit, out = min(size, _MAX_SIZE), bytearray()
    for byte in _inflated(data[16:]):
        if len(out) == limit:
            break
        out.append(byte)
    return bytes(out)


def _inflated(data: bytes) -> Iterator[int]:
    """The decompressed bytes. Each flag bit says whether a literal byte follows or a reference into
    the last 4096 bytes; a reference to the current end of those ends the stream."""
    window, write, position = bytearray(_START.ljust(4096, b"\0")), len(_START), 0
    while position < len(data):
        flags = data[position]
        position += 1
        for bit in range(8):
            refers = flags >> bit & 1
            said = data[position : position + 1 + refers]
            position += 1 + refers
            if len(said) <= refers:
                return
            offset, length = (said[0] << 4 | said[1] >> 4, (said[1] & 15) + 2) if refers else (0, 1)
            if refers and offset == write % 4096:
                return
            for step in range(length):
                byte = window[(offset + step) % 4096] if refers else said[0]
                window[write % 4096] = byte
                write += 1
                yield byte


def body_of(packed: bytes) -> Leaf | None:
    """The text of a mail in a compressed stream, as a version of it: the HTML that was wrapped in RTF, or
    the RTF that somebody wrote in; None where there is no text."""
    rtf = unpacked(packed)
    text, is_html = text_or_html(rtf)
    if not text.strip():
        return None
    if is_html:
        return Leaf("text/html", text.encode("utf-8", "replace"), "utf-8", in_alternative=True)
    return Leaf("text/rtf", rtf, in_alternative=True)


def text_or_html(rtf: bytes) -> tuple[str, bool]:
    """The text of RTF, and whether it is HTML that was wrapped in it."""
    found = re.search(rb"\\ansicpg(\d{3,5})", rtf[:2000])
    charset = f"cp{found[1].decode()}" if found else "cp1252"
    return _Words(charset).read(rtf[:_MAX_SIZE]), b"\\fromhtml" in rtf[:1000]


class _Words:
    """Collects the visible text of RTF, token by token. Of HTML that is wrapped in RTF: its tags and
    text, without the RTF that repeats them (``\\htmlrtf``)."""

    def __init__(self, charset: str) -> None:
        self._charset = charset
        self._out: list[str] = []
        self._waiting = bytearray()  # bytes of one character may come as several escapes
        self._groups: list[tuple[bool, bool, bool]] = []
        self._skipping = self._in_tag = self._hidden = False
        self._to_skip, self._after_unicode = 0, 1  # characters; those that stand in for a \\u

    def read(self, rtf: bytes) -> str:
        """All of it; to be called once."""
        starred = False
        for token in _TOKEN.finditer(rtf):
            word, number, code, symbol, brace, plain = token.groups()
            if code is not None:
                self._byte(int(code, 16))
                continue
            if plain is not None:
                self._text(plain.decode("latin-1"))
            elif brace == b"{":
                self._groups.append((self._skipping, self._in_tag, self._hidden))
            elif brace == b"}":
                self._text("")
                outer = self._groups.pop() if self._groups else (False, False, False)
                self._skipping, self._in_tag, self._hidden = outer
            elif symbol is not None and symbol != b"*":
                self._text(_SYMBOLS.get(symbol, ""))
            elif word is not None:
                self._word(word.lower(), number, starred)
            starred = symbol == b"*"
        self._text("")
        return "".join(self._out)

    def _word(self, word: bytes, number: bytes | None, starred: bool) -> None:
        if word == b"htmltag":
            self._in_tag = True
        elif word == b"htmlrtf":
            self._text("")
            self._hidden = number != b"0"
        elif word == b"mhtmltag" or word in _SKIPPED or starred:
            self._skipping = True
        elif word == b"uc":
            self._after_unicode = min(int(number or 1), 4)
        elif word == b"u" and number:
            self._text(_character(int(number)))
            self._to_skip = self._after_unicode
        elif word in _SIGNS:
            self._text(_SIGNS[word])

    @property
    def _shown(self) -> bool:
        return not self._skipping and (self._in_tag or not self._hidden)

    def _byte(self, code: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif self._shown:
            self._waiting.append(code)

    def _text(self, piece: str) -> None:
        if self._waiting:
            self._out.append(charsets.decode(bytes(self._waiting), self._charset))
            self._waiting.clear()
        cut = min(self._to_skip, len(piece))
        self._to_skip -= cut
        if self._shown:
            self._out.append(piece[cut:])


def _character(number: int) -> str:
    number &= 0xFFFF
    return "" if 0xD800 <= number <= 0xDFFF else chr(number)
