"""``bijeenkomsten.xlsx``: a row per event, beside the event files.

The event files are the truth. What she typed, as the difference from what was last written, is
put into the file of that event, if the event then is valid; the sheet is drawn from the files. A
row copied from another becomes a new event with all that the other one has. A row that she
deletes comes back: an event ends by "Geannuleerd".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import tomlkit

from mailbot.domain.event import LATE_WORDS, Contact, Event
from mailbot.domain.file_says import FileSays
from mailbot.domain.statement import Statement, say
from mailbot.domain.submission import Value
from mailbot.text.normalize import slug
from mailbot.workbook import list_sheet, table, theme
from mailbot.workbook.base import Base, Row
from mailbot.workbook.event_file import (
    CALENDAR_WORDS,
    CHOICES,
    COLUMNS,
    COUNTS,
    OWN_FORM,
    YES_NO,
    applied,
    checked,
    moment_of,
)
from mailbot.workbook.header_row import columns_in
from mailbot.workbook.layout import folded
from mailbot.workbook.list_sheet import PROBLEM, WRONG, ListRow
from mailbot.workbook.values import NO, YES, plain, yes_no
from mailbot.xlsx.cell import Content
from mailbot.xlsx.package import told_as_damage
from mailbot.xlsx.styles import DATE, DATE_TIME, GENERAL, MOMENT_WIDTH, TEXT, Style
from mailbot.xlsx.workbook import Workbook
from mailbot.xlsx.worksheet import Worksheet

SHEET = "Bijeenkomsten"
_ID = "id"


@dataclass(frozen=True)
class SheetPlan:
    """What follows from the sheet: ``files`` to write, by event id, and ``problems`` by row: what is wrong
    with each of its cells, by key ("" for the row as a whole). ``rows`` are the events by row, ``kept`` what
    was last written in the rows of those whose file is gone."""

    files: Mapping[str, str]
    problems: Mapping[int, Mapping[str, Statement]]
    rows: Mapping[int, str]
    kept: Mapping[str, Row] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnForm:
    """What became of a blank that she named: the form that it is, or why it is none."""

    form: str = ""
    wrong: Statement | None = None


def row_of(event: Event, own_forms: Mapping[str, OwnForm]) -> dict[str, Content]:
    """An event as its row; ``own_forms`` are the forms made from blanks of hers, by the blank."""
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
        "article": event.article or None,
        "contacts": "\n".join(map(_contact, event.contacts)) or None,
        "practical": event.practical.strip() or None,
        "practical_days": event.practical_days,
        "reminder_days": event.reminder_days,
        "thanks": event.thanks.strip() or None,
        "certificate": YES if event.certificate else NO,
        "signed_by": event.signed_by or None,
        "calendar": CALENDAR_WORDS[event.calendar],
        "completion_days": event.completion_days,
        "clear_after_days": event.clear_after_days,
        "mailbox": event.mailbox,
        "secretariat": event.secretariat or None,
        OWN_FORM: next((blank for blank, own in own_forms.items() if own.form == event.form), None),
    }


def _contact(contact: Contact) -> str:
    """ "An Claes, 050 11 22 33, an@wvi.example": as she writes one, on a line of its own."""
    return ", ".join(filter(None, (contact.name, contact.phone, contact.email)))


@told_as_damage()
def blanks_named(book: Workbook) -> frozenset[str]:
    """The blank forms that she names. Raises ``DamagedError``."""
    sheet = book.sheet(SHEET)
    column = _columns(sheet).get(OWN_FORM) if sheet else None
    if sheet is None or column is None:
        return frozenset()
    return frozenset(filter(None, (plain(sheet.get(at, column)) for at in sheet.filled(2))))


@told_as_damage()
def plan(
    book: Workbook,
    base: Base,
    files: Mapping[str, str],
    forms: frozenset[str],
    lists: frozenset[str],
    own_forms: Mapping[str, OwnForm],
) -> SheetPlan:
    """What she typed, put into the event files. ``files`` are those there are, as text, by event
    id; ``forms`` and ``lists`` the forms and lists of organisations that an event can name, ``own_forms``
    what became of each of ``blanks_named``. Raises ``DamagedError``."""
    sheet = book.sheet(SHEET)
    if sheet is None:
        return SheetPlan({}, {}, {})
    columns = _columns(sheet)
    changed: dict[str, str] = {}
    problems: dict[int, Mapping[str, Statement]] = {}
    rows: dict[int, str] = {}
    kept: dict[str, Row] = {}
    found = [(at, {key: _read(sheet.get(at, index), key) for key, index in columns.items()})
             for at in sheet.filled(2)]  # fmt: skip
    for at, row in sorted(found, key=lambda one: _changes(one[1], base)):
        if not row.get("title"):
            continue
        named = str(row.get(_ID) or "")
        if _is_gone(named, base, files, kept):
            kept[named] = base.rows[named]
            problems[at] = {_ID: say(FileSays.EVENT_FILE_GONE, event=named)}
            continue
        new = named not in files or named in rows.values()
        edits = _edits(row, base.rows.get(named, {}), new=new)
        event = (_taken_in(row, base, files) or _new_id(row, {*files, *changed, *kept})) if new else named
        text = files.get(event) or files.get(named, "")  # a new one has all of the row that it copies
        rows[at] = event
        if not edits:
            continue
        after, wrong = applied(text, event, _with_form(edits, own_forms), new=new)
        wrong |= _wrong_own_form(edits, own_forms)
        wrong = {**checked(after, forms, lists, {*files, *changed}, frozenset(edits)), **wrong}
        if wrong:
            problems[at] = wrong
            if new:
                del rows[at]
        elif after != files.get(event):
            changed[event] = after
    return SheetPlan(changed, problems, rows, kept)


def _is_gone(named: str, base: Base, files: Mapping[str, str], kept: Collection[str]) -> bool:
    """Whether a row is that of an event which has no file that can be read: it was deleted, or somebody is
    at work in it. A second such row is a copy, and a new event."""
    return named in base.rows and named not in files and named not in kept


def _edits(row: Row, written: Row, *, new: bool) -> Row:
    """What a row says otherwise than its event, as last ``written``. A copied row says all anew: what she
    emptied in it, the new event has not."""
    return {
        key: value
        for key, value in row.items()
        if key not in (_ID, PROBLEM) and (value != written.get(key) or (new and value is not None))
    }


def _with_form(edits: Row, own_forms: Mapping[str, OwnForm]) -> Row:
    """Her edits with the form that a blank of hers is in the place of its name."""
    named = own_forms.get(str(edits.get(OWN_FORM)), OwnForm())
    rest = {key: value for key, value in edits.items() if key != OWN_FORM}
    return {**rest, "form": named.form} if named.form else rest


def _wrong_own_form(edits: Row, own_forms: Mapping[str, OwnForm]) -> dict[str, Statement]:
    """What is wrong with ``Eigen formulier``: a blank that is no form, or none and no other form either."""
    if OWN_FORM not in edits:
        return {}
    blank, why = edits[OWN_FORM], None
    if not blank:
        why = None if edits.get("form") else say(FileSays.CHOOSE_FORM_FIRST)
    elif (wrong := own_forms[str(blank)].wrong) is not None:
        why = say(FileSays.OWN_FORM_IS, typed=str(blank), why=wrong)
    return {OWN_FORM: say(FileSays.IN_COLUMN, column=COLUMNS[OWN_FORM][0], why=why)} if why else {}


def draw(
    book: Workbook,
    events: Mapping[str, Event],
    sheet_plan: SheetPlan,
    own_forms: Mapping[str, OwnForm],
    forms: Collection[str] = (),
    lists: Collection[str] = (),
) -> Base:
    """Draws the sheet from the events; rows with a problem keep what she typed, and say it. ``forms`` and
    ``lists`` are what drop-downs offer. Raises ``DamagedError``."""
    sheet = book.sheet(SHEET)
    if sheet is None:
        sheet = book.add_sheet(SHEET)
        _create(sheet)
    columns = list_sheet.with_headers(
        sheet, 1, _columns(sheet), {key: header for key, (header, _) in COLUMNS.items()}
    )
    _renew(sheet, columns)
    places = {event: at for at, event in sheet_plan.rows.items()}
    last = max([1, *sheet_plan.rows, *sheet_plan.problems])
    rows = {event.id: row_of(event, own_forms) for event in events.values()}
    for event in rows:
        if event not in places:
            last += 1
            places[event] = last
    for event, row in rows.items():
        line = ListRow(sheet, places[event], columns)
        for key, cell in {**row, PROBLEM: None}.items():
            line.style(key, _LOOKS[key])
            if line.at not in sheet_plan.problems and _differs(line.get(key), cell, key):
                line.set(key, cell, _LOOKS[key])
    for at in {*places.values(), *sheet_plan.problems}:
        line = ListRow(sheet, at, columns)
        list_sheet.mark(line, sheet_plan.problems.get(at, {}), _LOOKS)
        sheet.fit(at, [(line.text(key), COLUMNS[key][1]) for key in _FITTED])
    table.cover(sheet, SHEET, 1, min(columns.values(), default=1), last)
    for key, words in (("form", forms), ("organisations", lists)):
        theme.offer(sheet, columns[key], _LAST, sorted(words))
    said = {event: {key: _read(cell, key) for key, cell in row.items()} for event, row in rows.items()}
    return Base(rows={**said, **sheet_plan.kept})


def _differs(stands: Content, cell: Content, key: str) -> bool:
    """Whether a cell says something else than it is to say, or a moment as text."""
    return (isinstance(cell, date) and not isinstance(stands, date)) or _read(stands, key) != _read(cell, key)


def _columns(sheet: Worksheet) -> dict[str, int]:
    return columns_in(sheet, 1, {folded(header): key for key, (header, _) in COLUMNS.items()})


def _read(cell: Content, key: str) -> Value | None:
    if key in YES_NO:
        return yes_no(cell) or False
    return plain(cell) or None


def _changes(row: Row, base: Base) -> int:
    """Rows that say what was written come first: a copy of one is then the new one."""
    written = base.rows.get(str(row.get(_ID) or ""), {})
    return sum(row.get(key) != value for key, value in written.items())


def _taken_in(row: Row, base: Base, files: Mapping[str, str]) -> str:
    """The event that this row became before a kill: there, but never yet written in the sheet."""
    for event, text in files.items():
        held = tomlkit.parse(text)
        starts = moment_of(str(row.get("starts") or ""))
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
    moment = moment_of(str(row.get("starts") or ""))
    wanted = f"{words or 'bijeenkomst'}{f'-{moment:%Y-%m-%d}' if moment else ''}"
    number = 1
    while (wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return wanted if number == 1 else f"{wanted}-{number}"


def _create(sheet: Worksheet) -> None:
    headers, widths = zip(*COLUMNS.values(), strict=True)
    list_sheet.lay_out(sheet, headers, widths, frozen=2)
    _on_paper(sheet)
    keys = list(COLUMNS)
    chosen = {**{key: tuple(words) for key, words in CHOICES.items()}, **dict.fromkeys(YES_NO, (YES, NO))}
    for key, words in chosen.items():
        theme.offer(sheet, 1 + keys.index(key), _LAST, words)


#: The last row of a drop-down.
_LAST = 500
#: What a row is made high enough for; the long texts for participants would make it fill the screen.
_FITTED = ("title", "place", "contacts", PROBLEM)


def _on_paper(sheet: Worksheet) -> None:
    theme.paper(sheet, title=SHEET, landscape=True, repeat="1:1", repeat_columns="A:B", pages_wide=4)


#: How former versions printed it: 28 columns on one page.
_FORMER_PAPER = theme.Printed(1, 0.5, frozenset({"1:1"}))
#: The width that former versions gave columns of moments, which showed as "###".
_FORMER_WIDTH_OF_MOMENTS = 17


def _renew(sheet: Worksheet, columns: Mapping[str, int]) -> None:
    """Mends the looks of a former version, where she left them as they were."""
    if theme.printed(sheet) == _FORMER_PAPER:
        theme.forget_paper(sheet)
        _on_paper(sheet)
    for key in ("starts", "ends"):
        theme.widen(sheet, columns[key], (_FORMER_WIDTH_OF_MOMENTS,), MOMENT_WIDTH)


_TEXT = Style(TEXT, border="b", wrap=True)
#: How the cells of each column look.
_LOOKS = {
    **dict.fromkeys(COLUMNS, _TEXT),
    "starts": Style(DATE_TIME, border="b", horizontal="left"),
    "ends": Style(DATE_TIME, border="b", horizontal="left"),
    "deadline": Style(DATE, border="b", horizontal="left"),
    **{key: Style(GENERAL, border="b") for key in COUNTS},
    PROBLEM: WRONG,
}
