"""Addresses of pages in what strangers write: mail programs make a link of each."""

from __future__ import annotations

import re
import unicodedata

#: With or without its scheme.
_PAGE = re.compile(r"\w://|\bwww\.|(?<![\w@.-])(?:[\w-]+\.)+[^\W\d_]{2,24}(?![\w@.-])", re.I)
#: Stops that browsers take for the dot of a domain (UTS 46), and what shows as nothing.
_DOTS = {0x3002: ".", 0xFF61: ".", **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD))}
#: Begun only where a word begins: a long text without an "@" is searched once.
_MAIL_ADDRESS = re.compile(r"(?<![^\s@<>])[^\s@<>]+@[^\s@<>]+")


def holds_page(text: str) -> bool:
    """Whether a text holds the address of a page; that of a mailbox is none."""
    shown = unicodedata.normalize("NFKC", text).translate(_DOTS)
    return bool(_PAGE.search(_MAIL_ADDRESS.sub(" ", shown)))
