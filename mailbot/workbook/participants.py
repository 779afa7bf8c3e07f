"""Sheet Deelnemers: a row per person, shared with the secretary. Only mailbot's own cells are set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from mailbot.form import Kind
from mailbot.model import EventState, Registration, Status, Value
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
from mailbot.workbook.sheet import Content, Sheet
from mailbot.workbook.styles import DATE, DATE_TIME, GENERAL, TEXT, Style
from mailbot.workbook.values import plain, shown, typed, yes_no

_WITHIN = 15  # rows in which the headers are looked for
_STYLES = {Kind.NUMBER: Style(GENERAL), Kind.DATE: Style(DATE), Kind.LONG_TEXT: Style(TEXT, wrap=True)}
_OWN_STYLES = {RECEIVED: Style(DATE_TIME), CHANGED: Style(DATE_TIME)}


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


def write(sheet: Sheet, found: Found, state: EventState, layout: Layout, base: Base) -> dict[str, Row]:
    """Brings the sheet in line with the ledger; gives the rows as they now stand."""
    styles = sheet.book.styles
    columns = dict(found.columns)
    for column in layout.columns:
        if column.key not in columns:
            columns[column.key] = sheet.last_column + 1
            sheet.set(found.header, columns[column.key], column.header, styles.index(HEADER))
    places = {row.nr: row.at for row in found.rows if row.nr}
    last = max([found.header, *(row.at for row in found.rows)])
    rows: dict[str, Row] = {}
    for registration in state.registrations:
        nr = registration.nr
        if nr in base.gone and registration.status is Status.CANCELLED:
            continue
        at = places.get(nr)
        if at is None:
            last = at = max(last, sheet.last_row) + 1
        for column in layout.columns:
            wanted = _shown(registration, column, layout)
            index = columns[column.key]
            present = sheet.get(at, index)
            if sheet.formula(at, index) or _typed(present, column) != _typed(wanted, column):
                sheet.set(at, index, wanted, styles.index(_style(column)))
            elif present is None:
                sheet.set(at, index, None, styles.index(_style(column)))
        rows[nr] = row_of(registration, layout)
    return rows


def _style(column: Column) -> Style:
    if column.key in _OWN_STYLES:
        return _OWN_STYLES[column.key]
    return _STYLES.get(column.kind, Style(TEXT)) if column.kind else Style(TEXT)


HEADER = Style(bold=True, colour="FFFFFF", fill="2F5573", border="under", wrap=True, vertical="center")


def create(sheet: Sheet, layout: Layout) -> None:
    """A new sheet with its headers."""
    style = sheet.book.styles.index(HEADER)
    for index, column in enumerate(layout.columns, start=1):
        sheet.set(1, index, column.header, style)


__all__ = ["PARTICIPANTS", "create", "read", "row_of", "write"]
