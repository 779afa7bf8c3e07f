"""Sheet Berichten: a row per mail to many that she starts, with its preview and what became of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from mailbot.domain.file_says import FileSays
from mailbot.domain.mailing import (
    MOST,
    Audience,
    Files,
    Mailing,
    MailingChoice,
    MailingRow,
    MailingShown,
    MailingState,
)
from mailbot.domain.message import Address
from mailbot.domain.remark import Remark, RemarkKind
from mailbot.domain.statement import Says, Statement, Told, say
from mailbot.wording import as_told, sheets
from mailbot.workbook import list_sheet, table, theme
from mailbot.workbook.base import Base
from mailbot.workbook.header_row import header_row
from mailbot.workbook.layout import MAILINGS, PARTICIPANTS, SHEETS, Layout, folded
from mailbot.workbook.list_sheet import ListRow
from mailbot.workbook.snapshot import Snapshot, SnapshotMailing
from mailbot.workbook.values import plain, yes_no
from mailbot.xlsx.cell import Content, wrapped_lines
from mailbot.xlsx.cell_names import column_letters
from mailbot.xlsx.package import drop, q
from mailbot.xlsx.styles import TEXT, WHOLE, Style
from mailbot.xlsx.workbook import Workbook
from mailbot.xlsx.worksheet import Worksheet

ID, TO, SUBJECT, WORDS, FILES, CHOICE = "id", "to", "subject", "text", "files", "choice"
NOTE, COUNT, WHO, PREVIEW, SENT = "note", "count", "who", "preview", "sent"
HEADERS = {
    ID: "Nr van het bericht",
    TO: "Aan wie",
    SUBJECT: "Onderwerp",
    WORDS: "Tekst",
    FILES: "Bijlagen",
    CHOICE: "Beslissing",
    NOTE: "Melding",
    COUNT: "Aantal mails",
    WHO: "Wie het krijgt",
    PREVIEW: "Voorbeeld",
    SENT: "Verstuurd",
}
#: The columns that are hers.
HERS = (TO, SUBJECT, WORDS, FILES, CHOICE)
_HINTS = {
    TO: sheets.AUDIENCE_HINT,
    WORDS: sheets.TEXT_HINT,
    FILES: sheets.FILES_HINT,
    PREVIEW: sheets.PREVIEW_HINT,
    CHOICE: sheets.SEND_HINT,
}
_WIDTHS = {
    ID: 9, TO: 18, SUBJECT: 28, WORDS: 44, FILES: 14, CHOICE: 17, NOTE: 30, COUNT: 9, WHO: 36, PREVIEW: 60,
    SENT: 18,
}  # fmt: skip
_TEXT = Style(TEXT, border="b", wrap=True)
_INPUT = Style(TEXT, border="lrtb", fill="FFFDF2", wrap=True)
_STYLES = {
    ID: Style(WHOLE, border="b", horizontal="left"),
    COUNT: Style(WHOLE, border="b", horizontal="left"),
    NOTE: Style(TEXT, border="b", wrap=True, colour="A02020"),
}
#: Rows below the last one that have drop-downs and room to type.
_ROOM = 10
#: So many lines of a mail a row shows.
_MOST_LINES = 12
#: As much as a cell holds (ECMA-376 part 1, 18.18: 32,767), with some to spare.
_CELL = 32_000


def headers(layout: Layout) -> dict[str, str]:
    """The columns of the sheet."""
    return {key: layout.name(text) for key, text in HEADERS.items()}


# ------------------------------------------------------------ reading


def read(sheet: Worksheet, book: Workbook, layout: Layout, found: Snapshot, base: Base) -> Snapshot:
    """Adds the rows to what was found. One without a number, or that repeats another's, is a new one, known
    by the write that it stands in and its place there. A column that she renamed says what it said."""
    wanted = {folded(text): key for key, text in headers(layout).items()}
    header, columns = header_row(sheet, wanted)
    lost = {key: layout.name(text) for key, text in HEADERS.items() if key not in columns}
    if lost:
        back = say(FileSays.SHEET_COLUMN_BACK, sheet=sheet.title, columns=tuple(lost.values()))
        remark = Remark(RemarkKind.COLUMN_BACK, back, (MAILINGS, *lost))
        found = replace(found, mended=(*found.mended, remark))
    if ID not in columns:  # without the numbers nobody can say which row is gone
        return replace(found, mailing_header=header, mailing_columns=columns)
    rows: list[SnapshotMailing] = []
    seen: set[str] = set()
    for at in sheet.filled(header + 1):
        line = ListRow(sheet, at, columns)
        number = line.text(ID)
        known = number in base.mailings and number not in seen
        if known or any(map(line.text, (TO, SUBJECT, WORDS, CHOICE))):
            name = number if known else f"?{at}"
            seen.add(name)
            written = base.mailings.get(name, {})
            hers = {key: _as_typed(line.get(key)) if key in columns else written.get(key, "") for key in HERS}
            copied = number if not known and number in base.mailings else ""
            rows.append(SnapshotMailing(at, name, hers, *_named(hers[TO], book, layout, found), copied))
    return replace(found, mailings=tuple(rows), mailing_header=header, mailing_columns=columns)


def _as_typed(cell: Content) -> str:
    """A text of hers with its lines, as every program ends them."""
    text = cell if isinstance(cell, str) else plain(cell)
    return re.sub(r"\r\n?|_x000D_\n?", "\n", text).strip()


_EMAIL = frozenset({"e-mail", "email", "e-mailadres", "emailadres", "mail", "mailadres"})
_NAME, _FIRST, _LAST = (
    frozenset({"naam", "name"}),
    frozenset({"voornaam"}),
    frozenset({"familienaam", "achternaam"}),
)


class _Named(NamedTuple):
    """Who is meant by the name of a list of hers: addresses, or nrs of rows, or why it lists nobody."""

    listed: tuple[Address, ...] = ()
    marked: tuple[str, ...] = ()
    unlisted: Told = ""


def _named(to: str, book: Workbook, layout: Layout, found: Snapshot) -> _Named:
    """What a sheet or column of hers of that name lists."""
    own = {folded(layout.sheet(name)) for name in SHEETS.values()}
    titles = (one for one in book.names if folded(one) not in own)
    sheet = book.sheet(next((one for one in titles if folded(one) == folded(to)), ""))
    if sheet is not None:
        return _listed(sheet)
    people = book.sheet(layout.sheet(PARTICIPANTS))
    if people is None or not to or folded(to) in set(Audience):
        return _Named()
    return _marked(to, people, found)


def _marked(to: str, people: Worksheet, found: Snapshot) -> _Named:
    """The people that a column of hers of that name says yes to: a note is no yes."""
    hers = (at for at in range(1, people.last_column + 1) if at not in found.columns.values())
    column = next((at for at in hers if folded(plain(people.get(found.header, at))) == folded(to)), 0)
    if not column:
        return _Named()
    marked = tuple(row.nr for row in found.rows if row.nr and yes_no(people.get(row.at, column)) is True)
    return _Named(marked=marked, unlisted="" if marked else say(Says.NOBODY_MARKED, column=to))


def _listed(sheet: Worksheet) -> _Named:
    words = {"email": _EMAIL, "name": _NAME, "first": _FIRST, "last": _LAST}
    header, columns = header_row(sheet, {word: key for key, known in words.items() for word in known})
    if "email" not in columns:
        return _Named(unlisted=say(Says.SHEET_WITHOUT_EMAIL, sheet=sheet.title))
    found: list[Address] = []
    for at in sheet.filled(header + 1):
        line = ListRow(sheet, at, columns)
        email, *names = (" ".join(line.text(key).split()) for key in ("email", "first", "last", "name"))
        name = " ".join(filter(None, names))
        if (email or name) and len(found) <= 2 * MOST:  # who has no address is told to get nothing
            found.append(Address(email.removeprefix("mailto:")[:254], name[:120]))
    reached = any(one.email for one in found)
    return _Named(tuple(found), (), "" if reached else say(Says.SHEET_WITHOUT_ADDRESS, sheet=sheet.title))


# ------------------------------------------------------------ what she did


def rows(base: Base, found: Snapshot, *, older: bool = False) -> tuple[MailingRow, ...]:
    """The rows that differ from what was written there, and those that are gone. Of an ``older`` copy
    new rows count, and that she decided something: what else it says may have been overtaken by what she
    did in another one."""
    if found.mailings is None:
        return ()
    changed = []
    for row in found.mailings:
        written = base.mailings.get(row.name, {})
        overtaken = older and written and row.values[CHOICE] == written.get(CHOICE, "")
        same = all(written.get(key, "") == value for key, value in as_found(row).items())
        if not overtaken and not same:
            changed.append(_changed(row, base, older=older and bool(written)))
    here = {row.name for row in found.mailings}
    gone = [name for name in base.mailings if name not in here and not older]
    changed += [MailingRow(id=_number(name), key=key_of(base, name), gone=True) for name in gone]
    return tuple(changed)


def _changed(row: SnapshotMailing, base: Base, *, older: bool) -> MailingRow:
    """A row as she left it, beside the preview that she saw there."""
    written = base.mailings.get(row.name, {})
    choice = row.values[CHOICE]
    return MailingRow(
        id=_number(row.name),
        key=key_of(base, row.name),
        to=row.values[TO],
        subject=row.values[SUBJECT],
        text=row.values[WORDS],
        files=row.values[FILES],
        choice=choice if choice != written.get(CHOICE, "") else "",
        listed=row.listed,
        marked=row.marked,
        unlisted=row.unlisted,
        preview=written.get("preview", ""),
        shown=tuple(filter(None, written.get("shown", "").split("\n"))),
        copy_of=_number(row.copy_of),
        older=older,
    )


def _number(name: str) -> int:
    """The number of a row; 0 for one that has none yet."""
    return int(name) if name.isdecimal() else 0


def key_of(base: Base, name: str) -> str:
    """What a row typed in is known by until it has a number: the write that it stood in, and its place."""
    return f"{base.number}:{name}" if not name.isdecimal() else ""


def as_found(row: SnapshotMailing) -> dict[str, str]:
    """What of a row makes a difference: her cells, and what the list that they name says."""
    why = row.unlisted.code.value if isinstance(row.unlisted, Statement) else ""
    said = repr((row.listed, row.marked, why))
    return {**row.values, "listed": hashlib.sha256(said.encode()).hexdigest()[:16]}


def taken(base: Base, found: Snapshot) -> dict[str, dict[str, str]]:
    """What the base of a write holds of the rows of Berichten once what she did there is in the ledger."""
    if found.mailings is None:
        return {key: dict(value) for key, value in base.mailings.items()}
    return {row.name: {**base.mailings.get(row.name, {}), **as_found(row)} for row in found.mailings}


# ------------------------------------------------------------ writing


def create(sheet: Worksheet, layout: Layout, title: str) -> None:
    """A new sheet with its headers."""
    columns = headers(layout)
    list_sheet.lay_out(sheet, [*columns.values()], [_WIDTHS[key] for key in columns])
    for index, key in enumerate(columns, start=1):
        if key in _HINTS:
            theme.hint(sheet, f"{column_letters(index)}1", _HINTS[key])
    theme.paper(sheet, title=title, landscape=True, repeat="1:1")


def write(
    sheet: Worksheet, found: Snapshot, shown: Sequence[MailingShown], layout: Layout, base: Base
) -> dict[str, dict[str, str]]:
    """Brings the sheet in line with the mails to many, and gives what stands in their rows."""
    columns = list_sheet.with_headers(sheet, found.mailing_header, found.mailing_columns, headers(layout))
    standing = _standing(found, shown, base)
    wanted = [one for one in shown if standing[one.mailing.id] or not one.mailing.hidden]
    places = _placed(sheet, found, {one.mailing.id: standing[one.mailing.id] for one in wanted})
    written = {}
    for one in wanted:
        line, present = ListRow(sheet, places[one.mailing.id], columns), standing[one.mailing.id]
        cells = _cells(one, layout)
        went = line.get(PREVIEW) is not None and cells[PREVIEW] is None
        _fill(line, cells)
        new = present is None or present.name.startswith("?")
        if new or went or one.mailing.state is not MailingState.SENT:
            _fit_height(line, cells)
        written[str(one.mailing.id)] = _as_written(one, line.at, cells, present)
    last = max([found.mailing_header, *places.values()])
    _room_to_type(sheet, columns, last)
    _drop_downs(sheet, columns, found.mailing_header + 1, last + _ROOM)
    table.cover(sheet, layout.sheet(MAILINGS), found.mailing_header, columns[ID], last)
    return written


def _standing(
    found: Snapshot, shown: Sequence[MailingShown], base: Base
) -> dict[int, SnapshotMailing | None]:
    """The row that each mailing has already: by its number, or by the write in which she typed it in."""
    present = found.mailings or ()
    numbered = {int(row.name): row for row in present if row.name.isdecimal()}
    typed_in = {key_of(base, row.name): row for row in present if not row.name.isdecimal()}
    return {one.mailing.id: numbered.get(one.mailing.id) or typed_in.get(one.mailing.key) for one in shown}


def _fill(line: ListRow, cells: Mapping[str, Content]) -> None:
    """Sets the cells of a row that say something else, and styles them all."""
    for key, content in cells.items():
        if _differs(line.get(key), content):
            line.set(key, content)
        line.style(key, _INPUT if key in HERS else _STYLES.get(key, _TEXT))


def _fit_height(line: ListRow, cells: Mapping[str, Content]) -> None:
    """High enough for what stands in a row, and no higher than that several rows are seen at once: the whole
    mail and all names stand on ``Voorbeelden``."""
    lines = max(
        wrapped_lines(str(cells[key] or ""), _WIDTHS[key]) for key in (WORDS, WHO, PREVIEW, NOTE, SENT)
    )
    line.sheet.height(line.at, 6 + 13 * min(lines, _MOST_LINES))


def _as_written(
    one: MailingShown, at: int, cells: Mapping[str, Content], present: SnapshotMailing | None
) -> dict[str, str]:
    """What the next sitting compares a row with. Preview and addresses count only until it is sent."""
    lists = present or one.mailing
    row = SnapshotMailing(
        at,
        str(one.mailing.id),
        {key: str(cells[key] or "") for key in HERS},
        lists.listed,
        lists.marked,
        lists.unlisted,
    )
    open_still = one.mailing.state is not MailingState.SENT
    return {
        **as_found(row),
        "preview": one.mailing.preview if open_still else "",
        "shown": "\n".join(one.addresses) if open_still else "",
    }


def _room_to_type(sheet: Worksheet, columns: Mapping[str, int], last: int) -> None:
    """Rows below the last one that look like those that she types in."""
    for at in range(last + 1, last + _ROOM + 1):
        for key in HERS:
            if sheet.get(at, columns[key]) is None:
                sheet.style(at, columns[key], _INPUT)


def _differs(cell: Content, content: Content) -> bool:
    if isinstance(content, str) and isinstance(cell, str):
        return _as_typed(cell) != content
    return cell != content


def _placed(
    sheet: Worksheet, found: Snapshot, standing: Mapping[int, SnapshotMailing | None]
) -> dict[int, int]:
    """The row of each. Rows of what the ledger does not hold any more go out; new ones come in below."""
    stands = {number: row.at for number, row in standing.items() if row}
    leave = {row.at for row in found.mailings or ()} - set(stands.values())
    return list_sheet.placed(sheet, found.mailing_header, stands, leave, [*standing])


def _cells(one: MailingShown, layout: Layout) -> dict[str, Content]:
    mailing, sent = one.mailing, one.mailing.state is MailingState.SENT
    notes = (mailing.note, *([] if one.problem is None else [one.problem]))
    cells: dict[str, Content] = {
        ID: mailing.id,
        TO: mailing.to,
        SUBJECT: mailing.subject,
        WORDS: mailing.text,
        FILES: mailing.files,
        CHOICE: None,
        NOTE: " ".join(filter(None, map(as_told, notes))),
        COUNT: mailing.count if sent else len(one.addresses),
        WHO: "\n".join(map(as_told, one.people))[:_CELL],
        PREVIEW: "" if sent else as_told(one.text).strip()[:_CELL],
        SENT: _outcome(mailing, layout),
    }
    return {key: None if cell == "" else cell for key, cell in cells.items()}


def _outcome(mailing: Mailing, layout: Layout) -> str:
    """What became of a mail to many, and when; empty as long as it waits."""
    at = mailing.done.astimezone(layout.zone).isoformat() if mailing.done else ""
    if at and mailing.state is MailingState.SENT:
        return as_told(say(FileSays.MAILING_WENT, at=at, count=mailing.count))
    if at and mailing.state is MailingState.STOPPED:
        return as_told(say(FileSays.MAILING_STOPPED, at=at))
    return ""


def _drop_downs(sheet: Worksheet, columns: Mapping[str, int], first: int, last: int) -> None:
    """What she can choose; those of mailbot's own columns are laid anew."""
    lists = {TO: tuple(Audience), FILES: tuple(Files), CHOICE: tuple(MailingChoice)}
    letters = {key: column_letters(columns[key]) for key in lists}
    for validation in list(sheet.root.iter(q("dataValidation"))):
        if validation.get("type") == "list" and theme.columns_of(validation) <= set(letters.values()):
            drop(validation)
    for key, words in lists.items():
        theme.choices(sheet, f"{letters[key]}{first}:{letters[key]}{last}", words, strict=key == CHOICE)
