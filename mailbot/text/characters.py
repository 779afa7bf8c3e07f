"""Characters as people see them: one kind of space, one tick sign, whole letters.

The same for every format, so that what a label looks like does not depend on the program it
was typed in.
"""

from __future__ import annotations

import re
import unicodedata

#: The one sign for every kind of ticked box, and for every kind of empty one.
TICKED = "☒"
UNTICKED = "☐"

_TICKED = "☑☒✓✔✗✘✕✖⊠⌧✅❎🗹🗷🗵🗸◉⦿🔘⊗⨂ⓧⓍ"
_UNTICKED = "☐□▢◻⬜❏❐❑❒○◯⭘🔲"
#: What people type, or draw, in place of a tick.
TYPED_MARKS, DRAWN_MARKS = "xXvV", "✓✔√"
FILLED = "■◼⬛●⚫▣◾⬤"  # a bullet, unless an empty box stands in the same line, or on the blank in its place

# What the picture fonts of Office draw for a character (low byte): ticks and boxes; the rest
# (arrows, telephones) says nothing and is left out.
_PICTURE_FONTS: dict[str, dict[int, str]] = {
    "wingdings": {
        **dict.fromkeys((0xFE, 0xFD, 0xFC, 0xFB, 0x78, 0x76), TICKED),
        **dict.fromkeys((0xA8, 0x6F, 0x70, 0x71, 0x72), UNTICKED),
    },
    "wingdings 2": {
        **dict.fromkeys((0x4F, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56), TICKED),
        **dict.fromkeys((0x2A, 0x30, 0xA2, 0xA3), UNTICKED),
    },
    "wingdings 3": {},
    "webdings": {**dict.fromkeys((0x61, 0x72), TICKED), 0x63: UNTICKED},
    "zapfdingbats": {
        **dict.fromkeys((0x33, 0x34, 0x35, 0x36, 0x37, 0x38), TICKED),
        **dict.fromkeys((0x6F, 0x70, 0x71, 0x72), UNTICKED),
    },
}

_TABLE: dict[int, str] = {
    **{ord(sign): TICKED for sign in _TICKED},
    **{ord(sign): UNTICKED for sign in _UNTICKED},
    **dict.fromkeys([*range(0x2000, 0x200B), 0x00A0, 0x202F, 0x205F, 0x3000], " "),
    # Soft hyphen, zero-width characters, direction marks, variation selectors, controls: unseen.
    **dict.fromkeys([0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)], ""),
    **dict.fromkeys([0xFEFF, 0xFE0E, 0xFE0F, 0xFFFC, *range(0x09), 0x0E, 0x0F, 0x7F], ""),
    **dict.fromkeys([*range(0x10, 0x20), *range(0x80, 0x85), *range(0x86, 0xA0)], ""),
    # Where a program kept the character of a picture font and lost which font it was (Word's PDFs).
    **{0xF000 + code: sign for code, sign in _PICTURE_FONTS["wingdings"].items()},
    0x2010: "-",
    0x2011: "-",
    **{0xFB00 + index: letters for index, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))},
    **{ord(line_end): "\n" for line_end in "\x0b\x0c\x85\u2028\u2029"},
}
_FILLED_TABLE = {ord(sign): TICKED for sign in FILLED}
#: A mark on a short line before or behind an option, and such lines: "_x_ ja  ___ nee".
_ON_A_LINE = re.compile(r"(?<![\w])_{1,6} ?[xXvV] ?_{1,6}(?![\w])")
_LINE_TO_TICK = re.compile(rf"{_ON_A_LINE.pattern}|(?<![\w])_{{2,6}}(?![\w])")
_LINE_END = re.compile(r"\r\n?")

#: Controls of terminals, and marks that turn the direction of the text around them: in what is
#: shown to people they only mislead.
TURNING = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def uniform(text: str) -> str:
    """The text in whole (NFC) letters, plain spaces and the two tick signs.

    Line ends of every kind become a newline; tabs stay.
    """
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", _LINE_END.sub("\n", text).translate(_TABLE))
    if "_" in text and _ON_A_LINE.search(text):
        text = _LINE_TO_TICK.sub(lambda found: TICKED if found[0].strip("_ ") else UNTICKED, text)
    if UNTICKED in text and not text.isascii():
        lines = text.split("\n")
        text = "\n".join(ticked(line) if UNTICKED in line else line for line in lines)
    return text


def ticked(text: str) -> str:
    """The text with each filled sign as a ticked box."""
    return text.translate(_FILLED_TABLE)


def is_picture_font(font: str) -> bool:
    """Whether letters in this font are drawn as little pictures (Wingdings and its like)."""
    return font.strip().lower() in _PICTURE_FONTS


def picture(font: str, code: int) -> str:
    """What a picture font shows for a character code: a tick sign, or nothing of meaning.

    Any other font shows the character itself; its private copies (F020–F0FF) mean the low byte.
    """
    glyphs = _PICTURE_FONTS.get(font.strip().lower())
    if glyphs is None:
        if 0xF020 <= code <= 0xF0FF:
            code -= 0xF000
        return uniform(chr(code)) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF else ""
    return glyphs.get(code & 0xFF, " " if code & 0xFF == 0x20 else "")


def pictures(font: str, text: str) -> str:
    """A run of letters as a picture font draws it."""
    # Typed letters outside Latin-1 were replaced by the program with a font that has them.
    return "".join(
        picture(font, ord(c)) if ord(c) < 0x100 or 0xF000 <= ord(c) < 0xF100 else uniform(c) for c in text
    )
