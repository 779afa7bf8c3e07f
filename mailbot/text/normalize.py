"""Text made comparable: without case, accents, spaces and the invisible signs of word processors."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from mailbot.text.characters import TURNING

_INVISIBLE = re.compile(f"[\u00ad\u200b-\u200f\u2060\ufeff\u2028\u2029]|{TURNING.pattern}")
_NO_LETTER = re.compile(r"[\W_]+")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "\u2011": "-"})

_WORD = re.compile(r"\w+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
#: Letters of other scripts that look like a Latin one, small or capital (Unicode UTS 39).
_CYRILLIC = (
    "\u0430\u0432\u0435\u0455\u0456\u0458\u043a\u043c\u043d\u043e\u0440\u0441"
    "\u0442\u0443\u0445\u04bb\u0501\u051b\u051d\u0475\u04cf\u0433"
)
_GREEK, _GREEK_CAPITALS = (
    "\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03f2\u03f3",
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
)
_PHONETIC = "\u0131\u0251\u0261"  # dotless i, alpha, script g
_LOOKALIKES = str.maketrans(
    _CYRILLIC + _CYRILLIC.upper() + _GREEK + _GREEK_CAPITALS + _PHONETIC,
    "abesijkmhopctyxhdqwvlr" * 2 + "aeikvoptuxcj" + "abezhikmnoptyx" + "iag",
)


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
    """The words of ``plain``, as names are compared: punctuation parts them, "D'Hulst" is "d hulst", and in a
    Latin word a letter of another script is the one that it looks like."""
    alike = text if text.isascii() else _WORD.sub(_in_latin, _INVISIBLE.sub("", text))
    return _NO_LETTER.sub(" ", plain(alike)).strip()


def _in_latin(word: re.Match[str]) -> str:
    """A word in Latin letters, if it has one. In a Greek word the capital of a letter can look like another
    Latin one than the small letter: such a name stays as it is."""
    return word[0].translate(_LOOKALIKES) if _LATIN.search(word[0]) else word[0]


def up_to(longest: int, words: str) -> str:
    """Words up to so many characters, ended at a word and with a sign that more follows."""
    if len(words) <= longest:
        return words
    return f"{words[:longest].rsplit(maxsplit=1)[0].rstrip(' ,;:')}…"


def slug(text: str) -> str:
    """Text as part of an id or the name of a file: only a to z, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")
