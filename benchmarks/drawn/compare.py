"""When an answer that was read is the one that was meant, by kind."""

from __future__ import annotations

import re
from collections.abc import Callable

from mailbot.text.normalize import fold

_YES = frozenset(["ja", "oui", "yes", "true", "x", "1", "y", "ok"])
_NO = frozenset(["nee", "neen", "non", "no", "nein", "false", "0", "n"])
_MONTHS = (
    "januari janvier january januar", "februari fevrier february februar", "maart mars march marz mrt",
    "april avril", "mei mai may", "juni juin june", "juli juillet july", "augustus aout august",
    "september septembre", "oktober octobre october", "november novembre", "december decembre dezember",
)  # fmt: skip
_TITLES = frozenset(["dr", "prof", "mevr", "mevrouw", "mme", "dhr", "mr", "papa", "opa", "mama", "comm"])
_COUNTRY = re.compile(r"^(?:\+|00)(?:32|31|33|49|44|353|48|380)0?")

#: An answer, or several options.
Said = str | list[str]


def same(kind: str, want: Said, got: Said) -> bool:
    """Whether ``got`` is the answer that was meant to a question of this kind."""
    if isinstance(want, str) and isinstance(got, str):
        return _plain(want) == _plain(got) or _ALIKE.get(kind, _text)(want, got)
    if isinstance(want, list) and isinstance(got, str) and _are_all_of(want, got):
        return True  # an option may have a comma itself
    wanted, found = (one if isinstance(one, list) else re.split(r",\s|\n", one) for one in (want, got))
    return len(wanted) == len(found) and all(any(same(kind, one, other) for other in found) for one in wanted)


def _are_all_of(options: list[str], said: str) -> bool:
    """Whether a text is these options and nothing else."""
    rest = _plain(said)
    for option in sorted(map(_plain, options), key=len, reverse=True):
        if option not in rest:
            return False
        rest = rest.replace(option, "", 1)
    return not any(char.isalnum() for char in rest)


def _plain(said: str) -> str:
    return re.sub(r"\s+", " ", fold(said)).strip(" .,_;:!?…\t\n-")


def _signs(said: str) -> str:
    return re.sub(r"[\W_]", "", _plain(said))


def _without_brackets(said: str) -> str:
    return re.sub(r"\s*\(.*?\)", "", said)


def _text(want: str, got: str) -> bool:
    return _signs(_without_brackets(want)) == _signs(_without_brackets(got)) or _signs(want) == _signs(got)


def _phone(want: str, got: str) -> bool:
    one, other = (re.sub(r"\D", "", _COUNTRY.sub("0", re.sub(r"[^\d+]", "", said))) for said in (want, got))
    return one == other != ""


def _number(want: str, got: str) -> bool:
    one, other = (re.findall(r"\d+(?:[.,]\d+)?", said) for said in (want, got))
    return one == other != []


def _yes_no(want: str, got: str) -> bool:
    one, other = (_plain(said).split(" ")[0].strip(",.;(") for said in (want, got))
    return {one, other} <= _YES or {one, other} <= _NO


def _name(want: str, got: str) -> bool:
    one, other = (sorted(re.findall(r"[\w'-]+", _plain(_without_brackets(said)))) for said in (want, got))
    return [word for word in one if word not in _TITLES] == [word for word in other if word not in _TITLES]


def _choice(want: str, got: str) -> bool:
    return bool(_ways(want) & _ways(got))


def _ways(option: str) -> set[str]:
    """How an option may be said: as printed, without what stands in brackets, or before a dash or colon."""
    said = {option, _without_brackets(option)}
    return {_plain(one) for one in said | {re.split(r"\s[–—-]\s|:\s", one)[0] for one in said}} - {""}


def _address(want: str, got: str) -> bool:
    one, other = _signs(want), _signs(got)
    return min(len(one), len(other)) > 5 and (one.startswith(other) or other.startswith(one))


def _town(want: str, got: str) -> bool:
    return re.sub(r"\d", "", _signs(want)) == re.sub(r"\d", "", _signs(got))


def _date(want: str, got: str) -> bool:
    one, other = _day(_plain(want)), _day(_plain(got))
    if one is None or other is None:
        return False
    return one[1:] == other[1:] and (one[0] == other[0] or None in (one[0], other[0]))


def _day(said: str) -> tuple[int | None, int, int] | None:
    """Year, month and day; the year may be missing."""
    if written := re.match(r"(\d{4})[- ](\d\d?)[- ](\d\d?)\b", said):
        return int(written[1]), int(written[2]), int(written[3])
    if written := re.search(r"(\d\d?)\s*[./\- ]\s*(\d\d?)(?:\s*[./\- ]\s*'?(\d{4}|\d\d)\b)?", said):
        return _year(written[3]), int(written[2]), int(written[1])
    if written := re.search(r"(\d\d?)\.?\s+([a-z]{3,})\.?(?:\s+'?(\d{4}|\d\d)\b)?", said):
        months = (n for n, names in enumerate(_MONTHS, 1) if re.search(rf"\b{written[2]}", names))
        month = next(months, None)
        return (_year(written[3]), month, int(written[1])) if month else None
    return None


def _year(written: str | None) -> int | None:
    if written is None or len(written) == 4:
        return int(written) if written else None
    return int(written) + (2000 if int(written) <= 26 else 1900)


_ALIKE: dict[str, Callable[[str, str], bool]] = {
    "phone": _phone,
    "number": _number,
    "yes_no": _yes_no,
    "choice": _choice,
    "date": _date,
    "birth_date": _date,
    "full_name": _name,
    "first_name": _name,
    "last_name": _name,
    "address": _address,
    "town": _town,
}
