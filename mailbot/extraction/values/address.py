"""A postal address, and a postcode by itself: kept as written."""

from __future__ import annotations

import re

from mailbot.domain.doubt import Reason
from mailbot.domain.submission import Code
from mailbot.extraction.values.result import ParsedValue, doubted
from mailbot.extraction.values.text import read_long_text
from mailbot.text.normalize import tidy

#: Belgium 8310; Luxembourg L-1234; the Netherlands 1234 AB; Germany and France 50667.
_POSTCODE = re.compile(r"(?:[A-Z]{1,2}[- ]?)?(?:[1-9]\d{3}(?: ?[A-Z]{2})?|\d{5})", re.I)


def read_address(text: str) -> ParsedValue:
    """An address of one line or several; doubted where it can be none (no word, a mail address)."""
    read = read_long_text(text)
    seen = tidy(text)
    if "@" in seen:
        return doubted(read.value, Code.UNSURE, Reason.POSTAL_ADDRESS, seen)
    if not re.search(r"[^\W\d_]{2}", seen):
        return doubted(read.value, Code.INVALID, Reason.NO_ADDRESS, seen)
    return read


def read_postcode(text: str) -> ParsedValue:
    """A postcode as written; with the name of the place behind it ("8310 Brugge") only the code."""
    seen = tidy(text)
    if _POSTCODE.fullmatch(seen):
        return ParsedValue(seen, seen=seen)
    code = re.match(r"[1-9]\d{3}(?= [^\W\d_]{3})", seen)
    if code:
        return ParsedValue(code[0], seen=seen)
    return doubted(seen, Code.INVALID, Reason.NO_POSTCODE, seen)
