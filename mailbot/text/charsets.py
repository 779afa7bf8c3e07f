"""Bytes as text when the declared charset is missing, misspelt or wrong (RFC 2045, IANA names)."""

from __future__ import annotations

import codecs
import re

_UNSAFE_CODECS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
_LATIN = frozenset({"iso8859-1", "iso8859-15", "cp1252", "ascii", "latin-1"})
#: Spellings that mail programs use and Python's table of aliases lacks.
_ALIASES = {
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "ansi_x3.110-1983": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "ks_c_5601-1987": "cp949",
    "x-sjis": "cp932",
    "x-gbk": "gbk",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
}
#: The declared codec, and the wider one that the same programs really write.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "cp950",
    "iso8859-1": "cp1252",
    "tis-620": "cp874",
}
#: What cp1252 has no letter for.
_UNUSED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_DOUBLE_BYTES = re.compile(rb"[\x80-\xff]+")


def decode(data: bytes, charset: str = "") -> str:
    """``data`` as text: UTF-8 where a Western charset was declared but the bytes are UTF-8, else
    the declared charset, UTF-8, and what the bytes look like, in that order. Never raises."""
    return decoded(data, charset)[0]


def decoded(data: bytes, charset: str = "") -> tuple[str, bool]:
    """As ``decode``, and whether the letters beyond ASCII are a guess, or some were lost."""
    name = codec_name(charset)
    if name.startswith("iso2022_jp"):
        return _iso_2022_jp(data)
    declared = _WIDER.get(name, name)
    tries = ["utf-8", *([declared] if name and name != "ascii" else [])]
    for candidate in tries if name in _LATIN or not name else [*reversed(tries), name]:
        try:
            return data.decode(candidate), False
        except (UnicodeError, ValueError):
            continue
    if name and name not in _LATIN:
        text = data.decode(declared, "replace")
        if _is_damaged(text):
            return text, True
    if looks_double_byte(data):
        try:
            return data.decode("gb18030"), True
        except UnicodeError:
            pass
    return data.decode("cp1252", "replace"), any(byte in data for byte in _UNUSED)


def _is_damaged(text: str) -> bool:
    """Whether a text decoded with replacements was in that charset, and lost some letters on its way:
    more of what is beyond ASCII was read than was lost. Otherwise the declaration is wrong."""
    lost = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) > 2 * lost and lost * 20 < len(text)


def _iso_2022_jp(data: bytes) -> tuple[str, bool]:
    """ISO-2022-JP (RFC 1468) with the vendors' characters of row 13, which Python's codec refuses:
    its pairs are moved to Shift-JIS, whose Microsoft variant has them."""
    pieces: list[bytes] = []
    double = False
    for segment in re.split(rb"(\x1b(?:\$[@B]|\([BJI]))", data):
        if segment.startswith(b"\x1b"):
            double = segment[1:2] == b"$"
        elif double:
            pairs = zip(segment[::2], segment[1::2], strict=False)
            pieces.append(b"".join(_shift_jis(high, low) for high, low in pairs))
        else:
            pieces.append(segment)
    text = b"".join(pieces).decode("cp932", "replace")
    return text, "\ufffd" in text


def _shift_jis(high: int, low: int) -> bytes:
    """A pair of JIS X 0208 as Shift-JIS has it."""
    lead = (high + 1) // 2 + (0x70 if high < 0x5F else 0xB0)
    trail = low + (0x1F if low < 0x60 else 0x20) if high % 2 else low + 0x7E
    return bytes((lead & 0xFF, trail & 0xFF))


def codec_name(charset: str) -> str:
    """Python's name of a charset, however it is spelled ("cp-850", "x-cp1252", "utf8"); empty for
    one that is unknown or no charset of text."""
    wanted = charset.strip("\"' \t").lower()
    tries = (
        wanted,
        _ALIASES.get(wanted, ""),
        re.sub(r"^x-", "", wanted),
        re.sub(r"^(x-)?(cp|windows|ibm|dos)[-_ ]?", "cp", wanted),
    )
    for one in tries:
        try:
            codec = codecs.lookup(one) if one else None
        except (LookupError, ValueError):
            continue
        if codec and codec._is_text_encoding and codec.name not in _UNSAFE_CODECS:
            return codec.name
    return ""


def looks_double_byte(data: bytes) -> bool:
    """Whether the bytes above ASCII come in runs of pairs, as GB2312 has them: in Western text
    they stand alone between ASCII letters."""
    runs = _DOUBLE_BYTES.findall(data[:20_000])
    if not runs:
        return False
    return sum(len(run) >= 4 and len(run) % 2 == 0 for run in runs) * 2 > len(runs)
