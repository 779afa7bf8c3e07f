"""Text made comparable: without case, accents, spaces and the invisible signs of word processors."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from mailbot.text.characters import TURNING

_INVISIBLE = re.compile(f"[\u00ad\u200b-\u200f\u2060\ufeff\u2028\u2029]|{TURNING.pattern}")
_NO_LETTER = re.compile(r"[\W_]+")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "\u2011": "-"})


def tidy(text: str) -> str:
    """The text as written, composed (NFC), with invisible signs gone and white space made single."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


@lru_cache(maxsize=4096)  # every form asks about the same lines
def plain(text: str) -> str:
    """Without case and accents, one apostrophe and one hyphen for all kinds, white space single."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).translate(_APOSTROPHES))
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(text.casefold().split())


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """Only the letters and digits of ``plain``: "E-mail adres" and "e-mailadres" are one."""
    return _NO_LETTER.sub("", plain(text))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The words of ``plain``, as names are compared: punctuation parts them, "D'Hulst" is "d hulst"."""
    return _NO_LETTER.sub(" ", plain(text)).strip()


def slug(text: str) -> str:
    """Text as part of an id or the name of a file: only a to z, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")
