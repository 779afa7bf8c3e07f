"""Text, numbers and dates: kept as written, looked at for what they must hold."""

from __future__ import annotations

import re
from datetime import date

from mailbot.domain.doubt import Reason
from mailbot.domain.submission import Code
from mailbot.extraction.lexicon import lexicon
from mailbot.extraction.values.result import ParsedValue, doubted
from mailbot.text.dates import dates_in, day_at_start
from mailbot.text.normalize import plain, tidy

_NUMBER = re.compile(r"\d+(?:[.\s]\d{3})*(?:,\d+)?")
_LONGEST = 4000


def read_text(text: str) -> ParsedValue:
    """A line of text, white space tidied."""
    return _of_bearable_length(tidy(text))


def read_long_text(text: str) -> ParsedValue:
    """Text of several lines, white space tidied within each."""
    return _of_bearable_length("\n".join(line for line in map(tidy, text.splitlines()) if line))


def _of_bearable_length(text: str) -> ParsedValue:
    if len(text) > _LONGEST:
        return doubted(text[:_LONGEST], Code.UNSURE, Reason.TOO_LONG, text[:200])
    return ParsedValue(text, seen=text)


def read_number(text: str) -> ParsedValue:
    """A quantity as written ("ca. 50 stuks"), 0 for "geen"; doubted where it holds no number, or several."""
    seen = tidy(text)
    if is_zero(seen):
        return ParsedValue("0", seen=seen)
    return _only_one(seen, len(_NUMBER.findall(seen)), Reason.NO_NUMBER, Reason.MANY_NUMBERS)


def is_zero(text: str) -> bool:
    """Whether words are a number: "geen", "none", "zéro"."""
    return plain(text).strip(" .!…_") in lexicon().zero


def read_date(text: str) -> ParsedValue:
    """A date as written, perhaps without its year ("6/10"); doubted where it is none, or where several stand
    there."""
    seen = _without_rules(text)
    if (day := day_at_start(seen)) and not day[1]:
        return ParsedValue(seen, seen=seen)
    return _only_one(seen, len(dates_in(seen)), Reason.NO_DATE, Reason.MANY_DATES)


def _only_one(seen: str, count: int, none: Reason, many: Reason) -> ParsedValue:
    """What was read where one of a kind should stand, and ``count`` do."""
    if count == 1:
        return ParsedValue(seen, seen=seen)
    return doubted(seen, Code.UNSURE, many, seen) if count else doubted(seen, Code.INVALID, none, seen)


def read_birth_date(text: str) -> ParsedValue:
    """A date of birth as written; doubted where it is no day, or the year is left out."""
    seen = _without_rules(text)
    dates = [day for day, _ in dates_in(seen)]
    if len(dates) != 1:
        return doubted(seen, Code.INVALID, Reason.NO_BIRTH_DATE, seen)
    (born,) = dates
    try:
        date(born.year or 2000, born.month, born.day)
    except ValueError:
        return doubted(seen, Code.INVALID, Reason.NO_SUCH_DAY, seen)
    if born.year < 1900:  # left out; two digits are of the hundred years before today
        return doubted(seen, Code.UNSURE, Reason.WHICH_YEAR, seen)
    return ParsedValue(seen, seen=seen)


def _without_rules(text: str) -> str:
    """A date without what is left of the lines that its parts were written on: "21_ / _05_ / _2018"."""
    return tidy(text.replace("_", ""))
