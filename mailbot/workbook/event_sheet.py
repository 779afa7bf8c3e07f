"""``bijeenkomsten.xlsx``: a row per event, beside the event files.

The event files are the truth. What she typed, as the difference from what was last written, is
put into the file of that event, if the event then is valid; the sheet is drawn from the files. A
row copied from another becomes a new event with all that the other one has. A row that she
deletes comes back: an event ends by "Geannuleerd".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import tomlkit
from pydantic import ValidationError
from tomlkit.exceptions import TOMLKitError

from mailbot.domain.event import KEY_WORDS, LATE_WORDS, Event
from mailbot.domain.submission import Value
from mailbot.text.normalize import slug
from mailbot.workbook import table, theme
from mailbot.workbook.base import Base, Row
from mailbot.workbook.layout import folded
from mailbot.workbook.values import NO, YES, day, plain, yes_no
from mailbot.xlsx.package import told_as_damage
from mailbot.xlsx.styles import DATE, DATE_TIME, GENERAL, TEXT, Style
from mailbot.xlsx.workbook import Workbook
from mailbot.xlsx.worksheet import Content, Worksheet

SHEET = "Bijeenkomsten"
_PROBLEM, _ID = "problem", "id"
#: Key of the event file → header, width.
_WIDTHS = {
    "id": 18, "title": 36, "starts": 17, "ends": 17, "place": 34, "form": 20, "deadline": 17, "late": 13,
    "capacity": 10, "per_organisation": 10, "organisations": 16, "replaces": 18, "cancelled": 12,
}  # fmt: skip
COLUMNS = {key: (KEY_WORDS[key], width) for key, width in _WIDTHS.items()} | {"problem": ("Melding", 50)}
_TIMES = ("starts", "ends", "deadline")


@dataclass(frozen=True)
class SheetPlan:
    """What follows from the sheet: ``files`` to write, by event id, and ``problems`` by row."""

    files: Mapping[str, str]
    problems: Mapping[int, str]
    rows: Mapping[int, str]


def row_of(event: Event) -> dict[str, Content]:
    """An event as its row."""
    return {
        "id": event.id,
        "title": event.title,
        "starts": event.starts,
        "ends": event.ends,
        "place": event.place or None,
        "form": event.form,
        "deadline": event.deadline,
        "late": LATE_WORDS[event.late],
        "capacity": event.capacity,
        "per_organisation": event.per_organisation,
        "organisations": event.organisations,
        "replaces": event.replaces,
        "cancelled": YES if event.cancelled else NO,
    }


@told_as_damage()
def plan(
    book: Workbook, base: Base, files: Mapping[str, str], forms: frozenset[str], lists: frozenset[str]
) -> SheetPlan:
    """What she typed, put into the event files. ``files`` are those there are, as text, by event
    id; ``forms`` and ``lists`` the forms and lists of organisations that an event can name. Raises
    ``DamagedError``."""
    sheet = book.sheet(SHEET)
    if sheet is None:
        return SheetPlan({}, {}, {})
    columns = _columns(sheet)
    changed: dict[str, str] = {}
    problems: dict[int, str] = {}
    rows: dict[int, str] = {}
    found = [(at, {key: _read(sheet.get(at, index), key) for key, index in columns.items()})
             for at in sheet.filled(2)]  # fmt: skip
    for at, row in sorted(found, key=lambda one: _differs(one[1], base)):
        event = str(row.get(_ID) or "")
        if not row.get("title"):
            continue
        new = event not in files or event in rows.values()
        written: Row = {} if new else base.rows.get(event, {})
        edits = {k: v for k, v in row.items() if k not in (_ID, _PROBLEM) and v != written.get(k)}
        if new:
            model, event = (
                files.get(event, ""),
                _taken_in(row, base, files) or _new_id(row, {*files, *changed}),
            )
            text = files.get(event) or model
        else:
            text = files[event]
        rows[at] = event
        if not edits:
            continue
        try:
            after = _applied(text, event, edits, new=new)
            _check(after, forms, lists, {*files, *changed})
        except (ValueError, TOMLKitError) as error:
            problems[at] = _said(error)
            if new:
                del rows[at]
            continue
        if after != files.get(event):
            changed[event] = after
    return SheetPlan(changed, problems, rows)


def draw(book: Workbook, events: Mapping[str, Event], sheet_plan: SheetPlan) -> Base:
    """Draws the sheet from the events; rows with a problem keep what she typed, and say it. Raises
    ``DamagedError``."""
    sheet = book.sheet(SHEET)
    if sheet is None:
        sheet = book.add_sheet(SHEET)
        _create(sheet)
    columns = _columns(sheet)
    places = {event: at for at, event in sheet_plan.rows.items()}
    last = max([1, *sheet_plan.rows, *sheet_plan.problems])
    for event in events.values():
        if event.id not in places:
            last += 1
            places[event.id] = last
    for event in events.values():
        at = places[event.id]
        cells = {**row_of(event), _PROBLEM: sheet_plan.problems.get(at)}
        for key, index in columns.items():
            sheet.style(at, index, sheet.book.styles.index(_STYLES.get(key, _TEXT)))
            if (key != _PROBLEM and at in sheet_plan.problems) or _read(sheet.get(at, index), key) == _read(
                cells[key], key
            ):
                continue
            sheet.set(at, index, cells[key])
    for at, problem in sheet_plan.problems.items():
        if _PROBLEM in columns:
            sheet.set(at, columns[_PROBLEM], problem, sheet.book.styles.index(_STYLES[_PROBLEM]))
    table.cover(sheet, SHEET, 1, min(columns.values(), default=1), last)
    return Base(rows={e.id: {k: _read(v, k) for k, v in row_of(e).items()} for e in events.values()})


def _columns(sheet: Worksheet) -> dict[str, int]:
    wanted = {folded(header): key for key, (header, _) in COLUMNS.items()}
    found = {folded(plain(sheet.get(1, i))): i for i in range(sheet.last_column, 0, -1)}
    return {key: found[header] for header, key in wanted.items() if header in found}


def _read(cell: Content, key: str) -> Value | None:
    if key == "cancelled":
        return yes_no(cell) or False
    return plain(cell) or None


def _differs(row: Row, base: Base) -> int:
    """Rows that say what was written come first: a copy of one is then the new one."""
    written = base.rows.get(str(row.get(_ID) or ""), {})
    return sum(row.get(key) != value for key, value in written.items())


def _applied(text: str, event: str, edits: Row, *, new: bool) -> str:
    document = tomlkit.parse(text)
    document["id"] = event
    for key, value in edits.items():
        if value in (None, ""):
            document.pop(key, None)
        else:
            document[key] = _toml(key, value)
    if new and "replaces" not in edits:
        document.pop("replaces", None)
    return tomlkit.dumps(document)


def _toml(key: str, value: Value | None) -> object:
    header = COLUMNS[key][0]
    if key in _TIMES:
        moment = _moment(str(value))
        if moment is None:
            raise ValueError(f'{header}: "{value}" is geen datum; schrijf bijvoorbeeld 3/12/2026 14:00')
        if isinstance(moment, datetime) or key == "deadline":
            return moment
        raise ValueError(f'{header}: schrijf er ook het uur bij, bijvoorbeeld "{value} 14:00"')
    if key in ("capacity", "per_organisation"):
        if not re.fullmatch(r"[1-9][0-9]{0,5}", str(value)):
            raise ValueError(f'{header}: "{value}" is geen aantal')
        return int(str(value))
    if key == "late":
        word = next((late.value for late, dutch in LATE_WORDS.items() if dutch == str(value).casefold()), "")
        if not word:
            raise ValueError(f'{header}: "{value}" is geen keuze; kies {", ".join(LATE_WORDS.values())}')
        return word
    if key == "cancelled" and not isinstance(value, bool):
        raise ValueError(f'{header}: "{value}" is geen keuze; kies ja of neen')
    return value


def _moment(text: str) -> date | datetime | None:
    first, _, rest = text.partition(" ")
    the_day = day(first)
    match = re.fullmatch(r"([0-2]?[0-9])[:.u]([0-5][0-9])(?::[0-9]{2})?", rest.strip())
    if the_day is None or (rest and not match):
        return None
    if not match or int(match[1]) > 23:
        return None if match else the_day
    return datetime(the_day.year, the_day.month, the_day.day, int(match[1]), int(match[2]))  # noqa: DTZ001  local too


def _check(text: str, forms: frozenset[str], lists: frozenset[str], events: set[str]) -> None:
    event = Event.model_validate(tomlkit.parse(text).unwrap())
    if event.form not in forms:
        raise ValueError(f'Formulier: "{event.form}" bestaat niet; kies {", ".join(sorted(forms))}')
    if event.organisations and event.organisations not in lists:
        raise ValueError(f'Lijst van besturen: "{event.organisations}" bestaat niet')
    if event.replaces and event.replaces not in events:
        raise ValueError(
            f'Vervangt: "{event.replaces}" bestaat niet; schrijf een kenmerk uit de eerste kolom'
        )


def _said(error: Exception) -> str:
    """A problem in a line of Dutch."""
    if isinstance(error, ValidationError):
        finding = error.errors()[0]
        key = str(finding["loc"][0]) if finding["loc"] else ""
        if not key and "after starts" in str(finding["msg"]):
            return "Einde: ligt niet na het begin"
        if not key and "without starts" in str(finding["msg"]):
            return "Begin: ontbreekt, maar er is wel een einde"
        return f"{COLUMNS.get(key, (key, 0))[0]}: ontbreekt of is niet geldig"
    return str(error)


def _taken_in(row: Row, base: Base, files: Mapping[str, str]) -> str:
    """The event that this row became before a kill: there, but never yet written in the sheet."""
    for event, text in files.items():
        held = tomlkit.parse(text)
        starts = _moment(str(row.get("starts") or ""))
        same = held.get("title") == row.get("title") and str(held.get("starts") or "") == str(starts or "")
        if event not in base.rows and same:
            return event
    return ""


def _new_id(row: Row, taken: set[str]) -> str:
    typed = str(row.get(_ID) or "")
    if re.fullmatch(r"[a-z0-9][a-z0-9._-]*", typed) and typed not in taken:
        return typed
    words = slug(str(row.get("title")))
    if len(words) > 40:
        words = words[:40].rpartition("-")[0] or words[:40]
    moment = _moment(str(row.get("starts") or ""))
    wanted = f"{words or 'bijeenkomst'}{f'-{moment:%Y-%m-%d}' if moment else ''}"
    number = 1
    while (wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return wanted if number == 1 else f"{wanted}-{number}"


def _create(sheet: Worksheet) -> None:
    for index, (header, _) in enumerate(COLUMNS.values(), start=1):
        sheet.set(1, index, header, sheet.book.styles.index(theme.HEADER))
    theme.columns(sheet, [width for _, width in COLUMNS.values()])
    sheet.height(1, 34)
    theme.view(sheet, freeze_rows=1, freeze_columns=2)
    theme.paper(sheet, title=SHEET, landscape=True, repeat="1:1")
    keys = list(COLUMNS)
    for key, words in (("late", tuple(LATE_WORDS.values())), ("cancelled", (YES, NO))):
        letter = chr(ord("A") + keys.index(key))
        theme.choices(sheet, f"{letter}2:{letter}500", words)


_TEXT = Style(TEXT, border="b", wrap=True)
_STYLES = {
    "starts": Style(DATE_TIME, border="b", horizontal="left"),
    "ends": Style(DATE_TIME, border="b", horizontal="left"),
    "deadline": Style(DATE, border="b", horizontal="left"),
    "capacity": Style(GENERAL, border="b"),
    "per_organisation": Style(GENERAL, border="b"),
    _PROBLEM: Style(TEXT, border="b", wrap=True, colour="8F3A26"),
}
