"""The text that Outlook keeps as compressed RTF: unpacked (MS-OXRTFCP), and the HTML in it
taken out again (MS-OXRTFEX)."""

from __future__ import annotations

import re
import struct

from mailbot.message.headers import decode_text

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


def unpacked(data: bytes) -> bytes:
    """The RTF in a compressed stream; empty where it is none. At most 8 MB."""
    if len(data) < 16:
        return b""
    size, magic = struct.unpack_from("<4xII", data)
    if magic == 0x414C454D:  # stored as it is
        return data[16 : 16 + min(size, _MAX_SIZE)]
    if magic != 0x75465A4C:
        return b""
    window = bytearray(_START.ljust(4096, b"\0"))
    write, out, position = len(_START), bytearray(), 16
    limit = min(size, _MAX_SIZE)
    while position < len(data) and len(out) < limit:
        flags = data[position]
        position += 1
        for bit in range(8):
            if flags >> bit & 1:
                if position + 1 >= len(data):
                    return bytes(out)
                pair = data[position] << 8 | data[position + 1]
                position += 2
                offset, length = pair >> 4, (pair & 15) + 2
                if offset == write % 4096:
                    return bytes(out)
                for step in range(length):
                    byte = window[(offset + step) % 4096]
                    window[write % 4096] = byte
                    write += 1
                    out.append(byte)
            elif position < len(data):
                window[write % 4096] = data[position]
                out.append(data[position])
                write += 1
                position += 1
    return bytes(out[:limit])


def text_or_html(rtf: bytes) -> tuple[str, bool]:
    """The text of RTF, and whether it is HTML that was wrapped in it."""
    wrapped = b"\\fromhtml" in rtf[:1000]
    found = re.search(rb"\\ansicpg(\d{3,5})", rtf[:2000])
    charset = f"cp{found[1].decode()}" if found else "cp1252"
    out: list[str] = []
    waiting = bytearray()  # bytes of one character may come as several escapes
    groups: list[tuple[bool, bool, bool]] = []
    skipping = in_tag = hidden = False
    characters_to_skip, skip_after_unicode = 0, 1
    starred = False

    def text(piece: str) -> None:
        nonlocal characters_to_skip
        if waiting:
            out.append(decode_text(bytes(waiting), charset))
            waiting.clear()
        if characters_to_skip and piece:
            cut = min(characters_to_skip, len(piece))
            characters_to_skip -= cut
            piece = piece[cut:]
        if piece and not skipping and not (hidden and not in_tag):
            out.append(piece)

    for token in _TOKEN.finditer(rtf[:_MAX_SIZE]):
        word, number, code, symbol, brace, plain = token.groups()
        if code is not None:
            if characters_to_skip:
                characters_to_skip -= 1
            elif not skipping and not (hidden and not in_tag):
                waiting.append(int(code, 16))
            continue
        if plain is not None:
            text(plain.decode("latin-1"))
        elif brace == b"{":
            groups.append((skipping, in_tag, hidden))
        elif brace == b"}":
            text("")
            skipping, in_tag, hidden = groups.pop() if groups else (False, False, False)
        elif symbol is not None:
            if symbol == b"*":
                starred = True
                continue
            text({b"~": "\xa0", b"_": "-"}.get(symbol, symbol.decode("latin-1") if symbol in b"\\{}" else ""))
        elif word is not None:
            word = word.lower()
            if word == b"htmltag":
                in_tag = True
            elif word == b"htmlrtf":
                text("")
                hidden = number != b"0"
            elif word == b"mhtmltag" or word in _SKIPPED or starred:
                skipping = True
            elif word == b"uc":
                skip_after_unicode = min(int(number or 1), 4)
            elif word == b"u" and number:
                text(_character(int(number)))
                characters_to_skip = skip_after_unicode
            elif word in _SIGNS:
                text(_SIGNS[word])
        starred = False
    text("")
    return "".join(out), wrapped


def _character(number: int) -> str:
    number &= 0xFFFF
    return "" if 0xD800 <= number <= 0xDFFF else chr(number)
