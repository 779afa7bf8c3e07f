"""A telephone number."""

from __future__ import annotations

import re

import phonenumbers

from mailbot.domain.doubt import Reason
from mailbot.domain.submission import Code
from mailbot.extraction.values.result import ParsedValue, doubted
from mailbot.text.normalize import tidy

_REGION = "BE"
_SEVERAL = re.compile(r"\s+/\s+|\s*[;,|\n]\s*|\s+(?:of|en|or|ou)\s+")
_WORDS = re.compile(r"\([^()]*[^\W\d_][^()]*\)|[^\W\d_]{2,}[.:]?")


def read_phone(text: str) -> ParsedValue:
    """The number as written (several are kept together); invalid where it can be none.

    A spreadsheet that took it for a number lost its leading zero: that one is put back.
    """
    seen = tidy(text)
    pieces = [piece for piece in _SEVERAL.split(text.strip()) if any(c.isdigit() for c in piece)]
    if not pieces:
        return doubted(seen, Code.INVALID, Reason.NO_PHONE, seen)
    if len(pieces) == 1 and re.fullmatch(r"[1-9]\d{7,8}", pieces[0].strip()):
        number = _number(pieces[0])
        if number is not None:
            return ParsedValue(
                phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL), seen=seen
            )
    if all(_number(piece) is not None for piece in pieces) or _number(text) is not None:
        return ParsedValue(seen, seen=seen)
    return doubted(seen, Code.INVALID, Reason.INVALID_PHONE, seen)


def _number(text: str) -> phonenumbers.PhoneNumber | None:
    digits = _WORDS.sub(" ", text).replace("(0)", "").strip(" .:-/")
    for written in (digits, f"+{digits}" if digits[:1] in "123456789" else ""):
        if not written:
            continue
        try:
            number = phonenumbers.parse(written, _REGION)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return number
    return None
