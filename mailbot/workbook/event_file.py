"""What she typed in a row of ``bijeenkomsten.xlsx`` → the event file, with what is wrong in it."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import tomlkit
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from mailbot.domain.event import ENDS_ALONE, ENDS_TOO_EARLY, KEY_WORDS, LATE_WORDS, Calendar, Event
from mailbot.domain.file_says import FileSays
from mailbot.domain.statement import Statement, say
from mailbot.domain.submission import Value
from mailbot.text.dates import Day, day_at_start
from mailbot.text.normalize import plain
from mailbot.workbook.base import Row
from mailbot.workbook.list_sheet import PROBLEM
from mailbot.xlsx.styles import MOMENT_WIDTH

#: The one column that is no key of the event file: it says which form is meant by the blank it was made from.
OWN_FORM = "own_form"
#: Key of the event file → header, width. What is in the sheet since later comes after the others.
_WIDTHS = {
    "id": 18, "title": 36, "starts": MOMENT_WIDTH, "ends": MOMENT_WIDTH, "place": 34, "form": 20,
    "deadline": 17, "late": 13, "capacity": 10, "per_organisation": 10, "organisations": 16, "replaces": 18,
    "cancelled": 12,
}  # fmt: skip
_REST = {
    "article": ("Lidwoord", 10), "contacts": ("Contactpersonen", 40),
    "practical": ("Praktische informatie", 50), "practical_days": ("Dagen vooraf: praktisch", 12),
    "reminder_days": ("Dagen vooraf: herinnering", 12), "thanks": ("Bedanking", 50),
    "certificate": ("Attest", 9), "signed_by": ("Attest ondertekend door", 24), "calendar": ("Agenda", 12),
    "completion_days": ("Dagen om aan te vullen", 12), "clear_after_days": ("Dagen tot wissen", 11),
    "mailbox": ("Mailbox", 12),
    "secretariat": ("Adres secretariaat", 28), OWN_FORM: ("Eigen formulier", 26),
}  # fmt: skip
COLUMNS = (
    {key: (KEY_WORDS[key], width) for key, width in _WIDTHS.items()} | {PROBLEM: ("Melding", 50)} | _REST
)
CALENDAR_WORDS = {Calendar.INVITE: "uitnodiging", Calendar.FILE: "bestand", Calendar.NONE: "geen"}
#: Begin before what may lean on it, whatever the order of the columns is.
_ORDER = tuple(COLUMNS)
_TIMES = ("starts", "ends", "deadline")
YES_NO = ("cancelled", "certificate")
#: Numbers, with the least of each.
COUNTS = {
    "capacity": 1, "per_organisation": 1, "clear_after_days": 1,
    "practical_days": 0, "reminder_days": 0, "completion_days": 0,
}  # fmt: skip
#: Words that people choose → those of the event file.
CHOICES: dict[str, dict[str, str]] = {
    "late": {word: str(late) for late, word in LATE_WORDS.items()},
    "calendar": {word: str(kind) for kind, word in CALENDAR_WORDS.items()},
}


def applied(text: str, event: str, edits: Row, *, new: bool) -> tuple[str, dict[str, Statement]]:
    """The text of the event file with the cells that she typed in it, and by key why a cell could not be
    taken."""
    document, wrong = tomlkit.parse(text), dict[str, Statement]()
    had_date = "starts" in document
    document["id"] = event
    for key, value in sorted(_with_the_end(edits).items(), key=lambda one: _ORDER.index(one[0])):
        try:
            if value in (None, ""):
                document.pop(key, None)
            elif key == "contacts":
                document.pop(key, None)
                document.append(key, _contacts(str(value)))
            else:
                document[key] = _toml(key, value, document.get("starts"), new=new)
        except _WrongError as error:
            wrong[key] = _in_column(key, error.why)
        except (ValueError, TOMLKitError):
            wrong[key] = _in_column(key, say(FileSays.MISSING_OR_INVALID))
    if new and "replaces" not in edits:
        document.pop("replaces", None)
    if new and had_date and "starts" not in document:
        document["waits_for_date"] = True
    return tomlkit.dumps(document), wrong


def _with_the_end(edits: Row) -> Row:
    """What she typed, with the hours of a begin apart that says until when too: "14.00–17.00"."""
    hours = _UNTIL.fullmatch(str(edits.get("starts") or ""))
    if hours is None or "ends" in edits or not hour_of(hours[2]):
        return edits
    if not hour_of(hours[1]) and not isinstance(moment_of(hours[1], _ANY_DAY), datetime):
        return edits
    return {**edits, "starts": hours[1], "ends": hours[2]}


def _contacts(text: str) -> AoT:
    """Contacts as she writes them: a line each, name first, then telephone and address."""
    found = tomlkit.aot()
    for line in filter(str.strip, text.split("\n")):
        name, *rest = (part.strip() for part in line.split(","))
        contact = tomlkit.table()
        contact["name"] = name
        for part in filter(None, rest):
            contact["email" if "@" in part else "phone"] = part
        if not name or "@" in name or len(contact) != 1 + len([part for part in rest if part]):
            raise _WrongError(say(FileSays.CONTACT_NOT_CLEAR, typed=line.strip()))
        found.append(contact)
    return found


def _moment(key: str, value: str, starts: object, *, new: bool) -> date | datetime:
    """A moment that she typed. What it leaves out, the begin of the event tells, and for a begin itself the
    one before."""
    near = starts.date() if isinstance(starts, datetime) else None
    if hour := hour_of(value):
        if near and (key == "ends" or (key == "starts" and not new)):
            return datetime.combine(near, hour)
        raise _WrongError(say(FileSays.DAY_MISSING, hour=format(hour, "%H:%M")))
    moment = moment_of(value, near)
    if moment is None and (found := day_at_start(value)) and not found[0].year and near is None:
        raise _WrongError(say(FileSays.YEAR_MISSING, typed=value))
    if moment is None:
        raise _WrongError(say(FileSays.NO_DATE, typed=value))
    if isinstance(moment, datetime) or key == "deadline":
        return moment
    raise _WrongError(say(FileSays.HOUR_MISSING, typed=value))


def _toml(key: str, value: Value | None, starts: object, *, new: bool) -> object:
    typed = str(value)
    if key in _TIMES:
        return _moment(key, typed, starts, new=new)
    if key in COUNTS:
        if not re.fullmatch(r"[0-9]{1,6}", typed) or int(typed) < COUNTS[key]:
            raise _WrongError(say(FileSays.NO_COUNT, typed=typed))
        return int(typed)
    if key in CHOICES:
        word = CHOICES[key].get(typed.casefold())
        if word is None:
            raise _WrongError(say(FileSays.NO_CHOICE_OF, typed=typed, words=tuple(CHOICES[key])))
        return word
    if key in YES_NO and not isinstance(value, bool):
        raise _WrongError(say(FileSays.NO_YES_OR_NO, typed=typed))
    if isinstance(value, str) and "\n" in value:
        return tomlkit.string(value, multiline=True)
    return value


#: An hour as people write it: "14:00", "17u30", "om 17.30 u.", "17 uur".
_CLOCK = re.compile(
    r"(?:om )?([0-2]?[0-9]) ?"
    r"(?:(?:[:.]|u(?:ur)?\.? ?)([0-5][0-9])(?::[0-9]{2})?(?: ?u(?:ur)?\.?)?|u(?:ur)?\.?)"
)


#: A begin with its end behind it, and a day that tells whether one is meant, whatever year.
_UNTIL = re.compile(r"(.*\S)\s*(?:[-–—]|\btot\b)\s*(\S.*)")
_ANY_DAY = date(2000, 1, 1)


#: An hour alone in a cell that shows moments: the part of a day that is past.
_PART_OF_DAY = re.compile(r"0,[0-9]+")
_MINUTES = 24 * 60


def hour_of(text: str) -> time | None:
    """The time of day on her clock that a text is ("14u30", or Excel's part of a day "0.6"); None for what is
    none, and for more than that."""
    if _PART_OF_DAY.fullmatch(text):
        minutes = round(float(text.replace(",", ".")) * _MINUTES) % _MINUTES
        return time(minutes // 60, minutes % 60)
    match = _CLOCK.fullmatch(plain(text))
    return time(int(match[1]), int(match[2] or 0)) if match and int(match[1]) <= 23 else None


def moment_of(text: str, near: date | None = None) -> date | datetime | None:
    """A day, with its hour where one follows it, naive: on the clock of the event; None where it is no date,
    or something else follows. Where no year is said, it is the one whose day is nearest to ``near``."""
    found = day_at_start(text)
    day = _date_of(found[0], near) if found else None
    if found is None or day is None or not found[1]:
        return day
    hour = hour_of(found[1])
    return datetime.combine(day, hour) if hour else None


def _date_of(day: Day, near: date | None) -> date | None:
    """The date of a day, None where there is none."""
    years = (day.year,) if day.year else () if near is None else (near.year - 1, near.year, near.year + 1)
    dates = []
    for year in years:
        try:
            dates.append(date(year, day.month, day.day))
        except ValueError:
            continue
    return min(dates, key=lambda one: abs(one - (near or one)), default=None)


def checked(
    text: str, forms: frozenset[str], lists: frozenset[str], events: set[str], edited: frozenset[str]
) -> dict[str, Statement]:
    """All that is wrong with an event file, by key; ``edited`` are the keys that she changed."""
    try:
        event = Event.model_validate(tomlkit.parse(text).unwrap())
    except ValidationError as error:
        return dict(map(_said, error.errors()))
    wrong = dict[str, Statement]()
    if event.form not in forms:
        wrong["form"] = say(FileSays.NOT_THERE_CHOOSE, typed=event.form, words=tuple(sorted(forms)))
    if event.organisations and event.organisations not in lists:
        wrong["organisations"] = say(FileSays.NOT_THERE, typed=event.organisations)
    if edited & {"deadline", "starts"} and _ends_after_start(event):
        wrong["deadline"] = say(FileSays.AFTER_START)
    if event.replaces and event.replaces not in events:
        wrong["replaces"] = say(FileSays.NO_EVENT_ID, typed=event.replaces)
    return {key: _in_column(key, why) for key, why in wrong.items()}


def _ends_after_start(event: Event) -> bool:
    """Whether people could still register when it has begun: two days of her calendar changed places."""
    if event.deadline is None or event.starts is None:
        return False
    last = event.deadline.date() if isinstance(event.deadline, datetime) else event.deadline
    return last > event.starts.date()


#: What is wrong with the times together, by the type of the error: the column that is marked, and why.
_OF_TIMES = {
    ENDS_TOO_EARLY: ("ends", FileSays.NOT_AFTER_START),
    ENDS_ALONE: ("starts", FileSays.START_MISSING),
}


def _said(finding: ErrorDetails) -> tuple[str, Statement]:
    """What is wrong, by the key that it is marked at."""
    named = str(finding["loc"][0]) if finding["loc"] else ""
    key, why = _OF_TIMES.get(finding["type"], (named, FileSays.MISSING_OR_INVALID))
    return key, _in_column(key, say(why))


class _WrongError(ValueError):
    """What she typed cannot be, and why."""

    def __init__(self, why: Statement) -> None:
        super().__init__(why)
        self.why = why


def _in_column(key: str, why: Statement) -> Statement:
    return say(FileSays.IN_COLUMN, column=COLUMNS[key][0] if key in COLUMNS else key, why=why)
