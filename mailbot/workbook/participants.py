"""Sheet Deelnemers: a row per person, shared with the secretary. Only mailbot's own cells are set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from openpyxl.utils.cell import get_column_letter

from mailbot.form import Kind
from mailbot.model import EventState, Registration, Status, Value
from mailbot.workbook import look, moving, table
from mailbot.workbook.base import Base, Row
from mailbot.workbook.found import Found, FoundRow
from mailbot.workbook.layout import (
    ATTENDED,
    CHANGED,
    CONFIRM,
    NR,
    PARTICIPANTS,
    RECEIVED,
    SENDER,
    STATUS,
    Column,
    Layout,
    folded,
)
from mailbot.workbook.package import fragment
from mailbot.workbook.references import Move
from mailbot.workbook.sheet import Content, Sheet
from mailbot.workbook.styles import DATE, DATE_TIME, GENERAL, TEXT, Style
from mailbot.workbook.values import NO, YES, plain, shown, typed, yes_no

_WITHIN = 15  # rows in which the headers are looked for
_TEXT = Style(TEXT, border="b")
_WRAPPED = (Kind.TEXT, Kind.ORGANISATION, Kind.NAME, Kind.LONG_TEXT, Kind.CHOICE)
_STYLES = {
    Kind.NUMBER: Style(GENERAL, border="b"),
    Kind.DATE: Style(DATE, border="b", horizontal="left"),
    **dict.fromkeys(_WRAPPED, Style(TEXT, border="b", wrap=True)),
}
_OWN_STYLES = {
    RECEIVED: Style(DATE_TIME, border="b", horizontal="left"),
    CHANGED: Style(DATE_TIME, border="b", horizontal="left"),
}


# ---------------------------------------------------------------- what should stand there


def row_of(registration: Registration, layout: Layout) -> dict[str, Value | None]:
    """A registration as the row that stands for it, as it would be read back."""
    row: dict[str, Value | None] = {}
    for column in layout.columns:
        row[column.key] = _typed(_shown(registration, column, layout), column)
    return row


def _shown(registration: Registration, column: Column, layout: Layout) -> Content:
    own: Mapping[str, Content] = {
        NR: registration.nr,
        STATUS: registration.status.value,
        RECEIVED: _local(registration.received, layout),
        CHANGED: _local(registration.changed, layout),
        SENDER: registration.sender or None,
        ATTENDED: None if registration.attended is None else shown(registration.attended, Kind.YES_NO),
        CONFIRM: None,
    }
    if column.key in own:
        return own[column.key]
    return shown(registration.answers.get(column.key), column.kind)


def _typed(content: Content, column: Column) -> Value | None:
    if column.key in (ATTENDED, CONFIRM):
        return yes_no(content)
    if column.key == STATUS:
        word = plain(content)
        return next((s.value for s in Status if s.value.casefold() == word.casefold()), word or None)
    if column.field is None:
        return plain(content) or None
    return typed(content, column.kind)


def _local(moment: datetime, layout: Layout) -> datetime:
    return moment.astimezone(layout.zone).replace(tzinfo=None, second=0, microsecond=0)


# ---------------------------------------------------------------- what stands there


def read(sheet: Sheet, layout: Layout, base: Base) -> Found:
    """The rows as they stand, known by their nr; ``damaged`` where the headers are gone."""
    by_header = {folded(column.header): column for column in layout.columns}
    header, columns = _headers(sheet, by_header)
    if len(columns) < 2:
        return Found(damaged=f"de kolomtitels van het blad {sheet.title} zijn verdwenen")
    kinds = {column.key: column for column in layout.columns}
    raw: list[tuple[int, dict[str, Value | None]]] = []
    for at in range(header + 1, sheet.last_row + 1):
        values = {
            key: _typed(sheet.get(at, column), kinds[key])
            for key, column in columns.items()
            if not sheet.formula(at, column)
        }
        if any(value is not None for value in values.values()):
            raw.append((at, values))
    rows, remarks = _identified(raw, layout, base)
    gone = [column.header for column in layout.columns if column.key not in columns]
    if gone:
        remarks.append(f"de kolom {', '.join(gone)} ontbrak en is teruggezet")
    return Found(remarks=tuple(remarks), header=header, columns=columns, rows=tuple(rows))


def _headers(sheet: Sheet, by_header: Mapping[str, Column]) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (1, {})
    for at in range(1, min(sheet.last_row, _WITHIN) + 1):
        columns: dict[str, int] = {}
        for index in range(1, sheet.last_column + 1):
            column = by_header.get(folded(plain(sheet.get(at, index))))
            if column and column.key not in columns:
                columns[column.key] = index
        if len(columns) > len(best[1]):
            best = at, columns
    return best


def _identified(
    raw: Iterable[tuple[int, dict[str, Value | None]]], layout: Layout, base: Base
) -> tuple[list[FoundRow], list[str]]:
    """Each row with the nr it is known by: the one it bears, if it is the only one or the most
    alike that bears it; else that of a row typed in before, or of a missing row just like it."""
    remarks: list[str] = []
    known = {**base.rows, **base.pending}
    bearers: dict[str, list[tuple[int, dict[str, Value | None]]]] = {}
    loose: list[tuple[int, dict[str, Value | None]]] = []
    for at, values in raw:
        nr = plain_nr(values.get(NR))
        if nr in known:
            bearers.setdefault(nr, []).append((at, values))
        else:
            loose.append((at, values))
    rows: list[FoundRow] = []
    for nr, candidates in bearers.items():
        candidates.sort(key=lambda candidate: -_alike(candidate[1], known[nr]))
        rows.append(FoundRow(candidates[0][0], nr, candidates[0][1]))
        if len(candidates) > 1:
            remarks.append(f"Nr {nr} stond op meer dan één rij")
            loose += candidates[1:]
    missing = {nr: row for nr, row in known.items() if nr not in bearers}
    for at, values in sorted(loose):
        match = max(missing, key=lambda nr: _alike(values, missing[nr]), default=None)
        if match is not None and _alike(values, missing[match]) >= _SAME:
            missing.pop(match)
            rows.append(FoundRow(at, match, {k: v for k, v in values.items() if k != NR}))
        elif any(values.get(key) for key in _name_keys(layout)):
            rows.append(FoundRow(at, "", {k: v for k, v in values.items() if k != NR}))
    return sorted(rows, key=lambda row: row.at), remarks


_SAME = 0.99


def plain_nr(value: Value | None) -> str:
    """A reference as typed, in its usual writing."""
    return value.strip().upper() if isinstance(value, str) else ""


def _alike(values: Row, written: Row) -> float:
    """The share of the answers, of those in either, in which two rows agree."""
    keys = {k for k in (*values, *written) if not k.startswith("#") and (values.get(k) or written.get(k))}
    return sum(values.get(k) == written.get(k) for k in keys) / len(keys) if keys else 0.0


def _name_keys(layout: Layout) -> tuple[str, ...]:
    """The fields of which one is enough for a row typed in to be somebody."""
    if layout.form is None:
        return ()
    kinds = {Kind.NAME, Kind.ORGANISATION} if layout.form.per_organisation else {Kind.NAME}
    return tuple(field.key for field in layout.form.fields if field.kind in kinds)


# ---------------------------------------------------------------- putting it there


def write(
    sheet: Sheet, found: Found, state: EventState, layout: Layout, base: Base
) -> tuple[dict[str, Row], dict[str, int]]:
    """Brings the sheet in line with the ledger; gives the rows as they now stand, and the columns."""
    columns = _restored(sheet, found, layout)
    shown = [r for r in state.registrations if not (r.nr in base.gone and r.status is Status.CANCELLED)]
    known = {row.nr for row in found.rows}
    places = _placed(sheet, found, shown)
    styles = {column.key: sheet.book.styles.index(_style(column)) for column in layout.columns}
    rows: dict[str, Row] = {}
    for registration in shown:
        at = places[registration.nr]
        rows[registration.nr] = row_of(registration, layout)
        for column in layout.columns:
            index = columns[column.key]
            wanted = _shown(registration, column, layout)
            if sheet.formula(at, index) or _typed(sheet.get(at, index), column) != _typed(wanted, column):
                sheet.set(at, index, wanted, styles[column.key])
            elif wanted is None:
                sheet.style(at, index, styles[column.key])
        if registration.nr not in known:
            texts = [
                (registration.text(c.key), _WIDTHS[c.kind]) for c in layout.columns if c.kind in _WRAPPED
            ]
            sheet.fit(at, texts)
    last = max([found.header, *places.values(), *(row.at for row in found.rows if not row.nr)])
    table.cover(sheet, layout.sheet(PARTICIPANTS), found.header, columns[NR], last)
    return rows, columns


def _restored(sheet: Sheet, found: Found, layout: Layout) -> dict[str, int]:
    """The place of each column; those that are gone come back behind the others."""
    columns = dict(found.columns)
    for column in layout.columns:
        if column.key not in columns:
            columns[column.key] = sheet.last_column + 1
            sheet.set(found.header, columns[column.key], column.header, sheet.book.styles.index(look.HEADER))
    return columns


def _placed(sheet: Sheet, found: Found, shown: Sequence[Registration]) -> dict[str, int]:
    """The row of each registration: where it stands, or a new one right below the list. Rows of
    registrations that the ledger no longer holds go out."""
    wanted = {registration.nr for registration in shown}
    gone = Move(gone=frozenset(row.at for row in found.rows if row.nr and row.nr not in wanted))
    if gone.gone:
        moving.move_rows(sheet, gone)
    rows = [(row.nr, gone.row(row.at) or 0) for row in found.rows if row.at not in gone.gone]
    places = {nr: at for nr, at in rows if nr}
    new = [registration.nr for registration in shown if registration.nr not in places]
    last = max([found.header, *(at for _, at in rows)])
    if new and last > found.header:
        moving.move_rows(sheet, Move(after=last, count=len(new)))
    return {**places, **{nr: at for at, nr in enumerate(new, start=last + 1)}}


def _style(column: Column) -> Style:
    if column.key in _OWN_STYLES:
        return _OWN_STYLES[column.key]
    return _STYLES.get(column.kind, _TEXT) if column.kind else _TEXT


_WIDTHS = {
    Kind.NAME: 16, Kind.ORGANISATION: 20, Kind.EMAIL: 28, Kind.PHONE: 15, Kind.YES_NO: 9,
    Kind.NUMBER: 11, Kind.DATE: 11, Kind.LONG_TEXT: 32, Kind.CHOICE: 16, Kind.TEXT: 20,
}  # fmt: skip
_OWN_WIDTHS = {NR: 10, STATUS: 15, RECEIVED: 15.5, CHANGED: 15.5, SENDER: 26, ATTENDED: 10, CONFIRM: 12}
#: Calm colours, by status: (fill, letters).
COLOURS = {
    Status.REGISTERED: ("E4F1E4", "2B6132"),
    Status.WAITLISTED: ("FCF0D4", "7D5A0E"),
    Status.EXCUSED: ("E3EAF3", "3F5874"),
    Status.CANCELLED: ("EEEEEE", "6B6B6B"),
    Status.LATE: ("F9E3DD", "8F3A26"),
    Status.INCOMPLETE: ("FFF7CF", "6E5B00"),
}


def create(sheet: Sheet, layout: Layout, title: str) -> None:
    """A new sheet: headers, widths, drop-downs, colours, print settings."""
    header = sheet.book.styles.index(look.HEADER)
    for index, column in enumerate(layout.columns, start=1):
        sheet.set(1, index, column.header, header)
        deep = f"{get_column_letter(index)}2:{get_column_letter(index)}{look.DEEP}"
        if column.key == STATUS:
            look.choices(sheet, deep, [status.value for status in Status])
            rules = {f'${deep[0]}2="{s.value}"': colour for s, colour in COLOURS.items()}
            look.colours(sheet, deep, rules)
        elif column.key == CONFIRM:
            look.choices(sheet, deep, [YES])
        elif column.key == ATTENDED or column.kind is Kind.YES_NO:
            look.choices(sheet, deep, [YES, NO])
        elif column.field and column.field.choices and not any("," in c for c in column.field.choices):
            look.choices(sheet, deep, column.field.choices)
        elif column.key == CHANGED:
            letter = get_column_letter(index)
            recent = {f'AND(${letter}2<>"",${letter}2>=TODAY()-1)': ("D6E6F4", "1F4E79")}
            look.colours(sheet, f"A2:A{look.DEEP} {deep}", recent)
    widths = [_OWN_WIDTHS.get(column.key) or _WIDTHS[column.kind or Kind.TEXT] for column in layout.columns]
    look.columns(sheet, widths)
    sheet.height(1, 34)
    names = sum(1 for c in layout.columns[:4] if c.key in (NR, STATUS) or c.kind is Kind.NAME)
    look.view(sheet, freeze_rows=1, freeze_columns=names)
    look.paper(sheet, title=title, landscape=True, repeat="1:1")
    whole = f"A2:{get_column_letter(len(layout.columns))}{look.DEEP}"
    sheet.put(
        fragment(f'<ignoredErrors><ignoredError sqref="{whole}" numberStoredAsText="1"/></ignoredErrors>')
    )
