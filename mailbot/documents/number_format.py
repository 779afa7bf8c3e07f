"""Numbers as a spreadsheet shows them: dates, leading zeros, grouped phone numbers.

Enough of the number formats of ECMA-376, 18.8.30 for what people type in forms; what is not
understood shows the plain number.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_(?:.)|\*(?:.)|\[[^\]]*\]')
_DATE_LETTERS = re.compile(r"[dmyhs]", re.I)
_PLACES = re.compile(r"[0#?]")

# Dates that fall before day 61 differ by one in the 1900 system, which believes in 29/2/1900.
_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001  a date in a cell has no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001  as above


def shown(value: float, code: str, since_1904: bool = False) -> str:
    """The number as shown under a format code; a date as 3/12/2026, a time as 14:00."""
    sections = _sections(code)
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    if value == 0 and len(sections) > 2:
        section = sections[2]
    if not math.isfinite(value):
        return ""
    if is_date(section):
        return _date(value, section, since_1904)
    literal, digits = _literals(section)
    if not digits or section.strip().lower() in ("general", "standaard", "@"):
        return literal if literal and "General" not in section else plain(value)
    if "E+" in section.upper() or "/" in digits:
        return plain(value)
    return _grouped(value if len(sections) == 1 or value > 0 else abs(value), section)


def plain(value: float) -> str:
    """The number as in a cell without a format: no exponent, no trailing zeros, a comma."""
    if abs(value) < 1e15 and value == int(value):  # infinity has no integer
        return str(int(value))
    return f"{value:.10g}".replace(".", ",")


def is_date(code: str) -> bool:
    """Whether a format shows a date or a time."""
    bare = _QUOTED.sub("", code)
    return bool(_DATE_LETTERS.search(bare)) and not re.search("general|standaard", bare, re.I)


def as_text(moment: date | time | datetime | timedelta) -> str:
    """A date or time as people in Flanders write it: 3/12/2026, 14:00, 3/12/2026 14:00."""
    if isinstance(moment, timedelta):
        minutes = int(moment.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    day = f"{moment.day}/{moment.month}/{moment.year}" if isinstance(moment, date) else ""
    is_midnight = isinstance(moment, datetime) and moment.time() == time()
    clock = "" if type(moment) is date or is_midnight else f"{moment:%H:%M}"
    return f"{day} {clock}".strip()


def _date(value: float, section: str, since_1904: bool) -> str:
    bare = _QUOTED.sub("", section).lower()
    has_day = bool(re.search("[dy]", bare))
    has_clock = bool(re.search("[hs]", bare))
    if not 0 <= value < 2_958_466:  # the year 9999
        return plain(value)
    if not has_day and has_clock:
        return as_text(timedelta(seconds=round(value * 86_400)))
    shift = 1 if not since_1904 and value < 60 else 0
    moment = (_EPOCH_1904 if since_1904 else _EPOCH_1900) + timedelta(days=value + shift)
    moment += timedelta(milliseconds=500)  # 14:00 is stored as 13:59:59,9999
    return as_text(moment.replace(second=0, microsecond=0) if has_clock else moment.date())


def _sections(code: str) -> list[str]:
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)


def _literals(section: str) -> tuple[str, str]:
    literal = "".join(quoted or escaped for quoted, escaped in _QUOTED.findall(section))
    return literal, "".join(_PLACES.findall(_QUOTED.sub("", section))) or ""


def _grouped(value: float, section: str) -> str:
    """Digits put on the places of the format, literals between them ("0### ## ## ##")."""
    if "%" in _QUOTED.sub("", section):
        value *= 100
    tokens = _tokens(section)
    point = next((i for i, (text, is_place) in enumerate(tokens) if text == "." and is_place), len(tokens))
    decimals = sum(is_place and text in "0#?" for text, is_place in tokens[point + 1 :])
    if decimals > 12 or abs(value) >= 1e15:
        return plain(value)
    whole, _, fraction = f"{abs(value):.{decimals}f}".partition(".")
    before, thousands = tokens[:point], any(text == "," and is_place for text, is_place in tokens[:point])
    if thousands:
        return _plain_grouped(value, whole, fraction, tokens, point)
    after = _decimals(fraction, tokens[point + 1 :])
    sign = "-" if value < 0 else ""
    return (sign + _on_places(whole, before) + after).strip()


def _on_places(whole: str, places: list[tuple[str, bool]]) -> str:
    """The digits before the point, the last on the last place; the first place takes all that are left."""
    shown: list[str] = []
    left = list(whole) if whole != "0" else []
    first = next((i for i, (text, place) in enumerate(places) if place and text in "0#?"), len(places))
    for index in range(len(places) - 1, -1, -1):
        text, is_place = places[index]
        if not is_place or text == ",":
            # A separator before digits that are not there is not shown, a prefix is.
            shown.append(text if text != "," else "")
        elif left:
            shown.append("".join(left) if index == first else left.pop())
            left = [] if index == first else left
        elif text == "0":
            shown.append("0")
    return "".join(reversed(shown))


def _plain_grouped(
    value: float, whole: str, fraction: str, tokens: list[tuple[str, bool]], point: int
) -> str:
    prefix = "".join(text for text, is_place in tokens[:point] if not is_place)
    number = f"{int(whole):,}".replace(",", ".")
    return (("-" if value < 0 else "") + prefix + number + _decimals(fraction, tokens[point + 1 :])).strip()


def _decimals(fraction: str, tokens: list[tuple[str, bool]]) -> str:
    required = sum(text == "0" and is_place for text, is_place in tokens)
    fraction = fraction[:required] + fraction[required:].rstrip("0")
    literal = "".join(text for text, is_place in tokens if not is_place)
    return ("," + fraction if fraction else "") + literal


def _tokens(section: str) -> list[tuple[str, bool]]:
    """The format in pieces: (text, is it a place for digits, a point or a comma)."""
    tokens: list[tuple[str, bool]] = []
    position = 0
    while position < len(section):
        quoted = _QUOTED.match(section, position)
        if quoted:
            tokens.append((quoted[1] or quoted[2] or "", False))
            position = quoted.end()
            continue
        sign = section[position]
        tokens.append((sign, sign in "0#?.,"))
        position += 1
    return tokens
