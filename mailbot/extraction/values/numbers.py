"""Numbers that identify somebody or something, kept as written, with the checks that they carry."""

from __future__ import annotations

import re

from mailbot.domain.doubt import Reason
from mailbot.domain.submission import Code
from mailbot.extraction.values.result import ParsedValue, doubted
from mailbot.text.normalize import tidy

#: The length of an IBAN by country (the SWIFT registry), for the countries that our senders bank in.
_IBAN_LENGTH = {
    "AT": 20, "BE": 16, "CH": 21, "DE": 22, "DK": 18, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "IE": 22,
    "IT": 27, "LT": 20, "LU": 20, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "SE": 24,
}  # fmt: skip
#: Belgium: 1-ABC-123, 123-ABC-1, and the older ABC-123 and 123-ABC.
_PLATE = re.compile(r"[1-9][A-Z]{3}\d{3}|\d{3}[A-Z]{3}[1-9]?|[A-Z]{3}\d{3}")
#: Plates of France, the Netherlands, Germany, Luxembourg, Britain and Ireland, with the signs between their
#: parts: without, or shaped as a Belgian one with a figure too few, it may be a slip of the pen.
_OF_NEIGHBOURS = re.compile(
    r"[A-Z]{2}-\d{3}-[A-Z]{2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|[A-Z]{3}-\d{2}-[A-Z]"
    r"|(?:[A-Z]{2}-\d\d|\d\d-[A-Z]{2})-(?:[A-Z]{2}|\d\d)|[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2} \d{1,4}[EH]?"
    r"|[A-Z]{2} \d{4}"
    r"|[A-Z]{2}\d{2} [A-Z]{3}|\d{2,3}-[A-Z]{1,2}-\d{1,6}"
)
_MAYBE_PLATE = re.compile(r"(?=.*[A-Z])[A-Z0-9]{2,9}")


def read_national_number(text: str) -> ParsedValue:
    """A number of the Belgian national register (or a "bis" number) as written; invalid where its
    check digits do not fit. Zeros that a spreadsheet took off its front are put back."""
    seen = tidy(text)
    digits = re.sub(r"[\s./-]", "", seen)
    if re.fullmatch(r"\d{9,11}", digits):
        whole = digits.zfill(11)
        if _is_national_number(whole):
            return ParsedValue(seen if len(digits) == 11 else whole, seen=seen)
    return doubted(seen, Code.INVALID, Reason.NO_NATIONAL_NUMBER, seen)


def _is_national_number(digits: str) -> bool:
    """97 less the remainder of the first nine digits; those born from 2000 on have a 2 before them.
    A month of 20 or 40 more marks a "bis" number."""
    month, day = int(digits[2:4]) % 20, int(digits[4:6])
    check = int(digits[9:])
    fits = any(97 - int(century + digits[:9]) % 97 == check for century in ("", "2"))
    return fits and month <= 12 and day <= 31


def read_iban(text: str) -> ParsedValue:
    """An account number as written; invalid where its length or check digits do not fit."""
    seen = tidy(text)
    bare = re.sub(r"[\s.-]", "", seen.upper()).removeprefix("IBAN").lstrip(":")
    if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", bare):
        length = _IBAN_LENGTH.get(bare[:2], len(bare))
        number = int("".join(str(int(c, 36)) for c in bare[4:] + bare[:4]))
        if len(bare) == length and number % 97 == 1:
            return ParsedValue(seen, seen=seen)
    return doubted(seen, Code.INVALID, Reason.NO_IBAN, seen)


def read_plate(text: str) -> ParsedValue:
    """A number plate as written; doubted where it is none of the usual ones of Belgium and around, which a
    plate of one's own choice is not either."""
    seen = tidy(text)
    bare = re.sub(r"[\s.-]", "", seen.upper())
    if _PLATE.fullmatch(bare) or _OF_NEIGHBOURS.fullmatch(seen.upper()):
        return ParsedValue(seen, seen=seen)
    if _MAYBE_PLATE.fullmatch(bare):
        return doubted(seen, Code.UNSURE, Reason.PLATE, seen)
    return doubted(seen, Code.INVALID, Reason.NO_PLATE, seen)
