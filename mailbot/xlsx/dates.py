"""Numbers that are moments: which formats show them so, and when they are (ECMA-376 §18.17.4, §18.8.30).

Of our own, and held against openpyxl's by a test: its import is a fifth of a start.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

#: The formats without a code in the file that show a number as a date or time.
BUILT_IN = frozenset((*range(14, 23), 45, 46, 47))
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  a workbook knows no zones
_EPOCH_OF_1904 = datetime(1904, 1, 1)  # noqa: DTZ001  as above
_MILLISECONDS = 24 * 60 * 60 * 1000
#: What stands in quotes, and in brackets: a colour, a language, and no hours that go on past the day.
_SAID = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
_OF_A_MOMENT = re.compile(r"(?<![_\\])[dmhysDMHYS]")


def shows_date(code: str) -> bool:
    """Whether a format's code shows a number as a date or time."""
    return _OF_A_MOMENT.search(_SAID.sub("", code.partition(";")[0])) is not None


def epoch_of(from_1904: bool) -> datetime:
    """The moment of the number 0, where a workbook counts from 1904 or, as Excel does, from 1900."""
    return _EPOCH_OF_1904 if from_1904 else _EPOCH


def moment_of(number: float, *, from_1904: bool) -> datetime | None:
    """The moment of a number, None for one that is a time of day alone. Raises ``ValueError`` and
    ``OverflowError`` for one that is none."""
    day, fraction = divmod(number, 1)
    past = timedelta(milliseconds=round(fraction * _MILLISECONDS))
    if 0 <= number < 1 and not past.days:
        return None
    if 0 < number < 60 and not from_1904:
        day += 1  # Excel's 29 February 1900, which there was not
    return epoch_of(from_1904) + timedelta(days=day) + past
