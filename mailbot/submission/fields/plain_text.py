"""Text, numbers and dates: kept as written, looked at for what they must hold."""

from __future__ import annotations

import re

from mailbot.model import Code
from mailbot.submission.dates import dates_in
from mailbot.submission.fields.read import Read, doubted
from mailbot.submission.wording import tidy

_NUMBER = re.compile(r"\d+(?:[.\s]\d{3})*(?:,\d+)?")
_LONGEST = 4000


def read_text(text: str) -> Read:
    """A line of text, white space tidied."""
    return _of_bearable_length(tidy(text))


def read_long_text(text: str) -> Read:
    """Text of several lines, white space tidied within each."""
    return _of_bearable_length("\n".join(line for line in map(tidy, text.splitlines()) if line))


def _of_bearable_length(text: str) -> Read:
    if len(text) > _LONGEST:
        return doubted(text[:_LONGEST], Code.UNSURE, "het antwoord is erg lang en werd ingekort", text[:200])
    return Read(text, seen=text)


def read_number(text: str) -> Read:
    """A quantity as written ("ca. 50 stuks"); doubted where it holds no number, or several."""
    seen = tidy(text)
    numbers = _NUMBER.findall(seen)
    if len(numbers) == 1:
        return Read(seen, seen=seen)
    if not numbers:
        return doubted(seen, Code.INVALID, f"geen getal: {seen}", seen)
    return doubted(seen, Code.UNSURE, f"meer dan één getal: {seen}", seen)


def read_date(text: str) -> Read:
    """A date as written; doubted where it is none, or where several stand there."""
    seen = tidy(text)
    dates = dates_in(seen)
    if len(dates) == 1:
        return Read(seen, seen=seen)
    if not dates:
        return doubted(seen, Code.INVALID, f"geen datum: {seen}", seen)
    return doubted(seen, Code.UNSURE, f"meer dan één datum: {seen}", seen)
