"""The rows of Deelnemers as they came back: which is whose, whatever was done to the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mailbot.domain.form import FieldKind
from mailbot.domain.submission import Value
from mailbot.workbook.base import Base, Row
from mailbot.workbook.layout import CHANGED, NR, RECEIVED, SENDER, Column, Layout, folded
from mailbot.workbook.snapshot import Snapshot, SnapshotRow
from mailbot.workbook.values import plain, read_back
from mailbot.xlsx.worksheet import Worksheet

_WITHIN = 15  # rows in which the headers are looked for
_ACROSS = 200  # columns in which one that lost its header is looked for
_ALIKE = 0.6  # the share of a column's known values that tells it under another header
_Raw = tuple[int, dict[str, Value | None]]


def read(sheet: Worksheet, layout: Layout, base: Base, *, untouched: bool = False) -> Snapshot:
    """The rows as they stand, known by their nr; ``damaged`` where the headers are gone.
    ``untouched``: the sheet is as mailbot left it, so that each row holds what was written."""
    header, columns = _headers(sheet, {folded(column.header): column for column in layout.columns})
    if len(columns) < 2:
        return Snapshot(damaged=f"de kolomtitels van het blad {sheet.title} zijn verdwenen")
    if untouched and NR in columns and not base.pending:
        nrs = ((at, plain_nr(plain(cell))) for at, cell in sheet.column(columns[NR], header + 1))
        rows = tuple(SnapshotRow(at, nr, base.rows[nr]) for at, nr in nrs if nr in base.rows)
        if len(rows) == len(base.rows):
            return Snapshot(header=header, columns=columns, rows=rows)
    mended: list[str] = []
    merged = sheet.covered()
    if any(column in columns.values() for _, column in merged):
        mended.append(f"op het blad {sheet.title} waren cellen samengevoegd; ze zijn weer gesplitst")
    renamed = _renamed(sheet, header, columns, layout, base)
    for key, index in renamed.items():
        columns[key] = index
    by_key = {column.key: column for column in layout.columns}
    raw: list[_Raw] = []
    for at in sheet.filled(header + 1):
        values = {
            key: read_back(sheet.get(at, column), key, by_key[key].kind)
            for key, column in columns.items()
            if not sheet.formula(at, column) and (at, column) not in merged
        }
        if any(value is not None for value in values.values()):
            raw.append((at, values))
    known, extra, twice = _identified(raw, layout, base)
    mended += [f"Nr {nr} stond op meer dan één rij" for nr in twice]
    mended += [f"de kolom {by_key[key].header} had een andere titel gekregen" for key in renamed]
    mended += _overwritten(known, layout, base)
    gone = [column.header for column in layout.columns if column.key not in columns]
    if gone:
        mended.append(f"de kolom {', '.join(gone)} ontbrak en is teruggezet")
    return Snapshot(mended=tuple(mended), header=header, columns=columns, rows=tuple(known), extra=extra)


def _overwritten(rows: Iterable[SnapshotRow], layout: Layout, base: Base) -> list[str]:
    """A line for each column of mailbot's alone in which something else was typed."""
    lines = []
    rows = [row for row in rows if row.nr in base.rows]
    for column in layout.columns:
        if column.key in (RECEIVED, CHANGED, SENDER):
            odd = [
                str(row.at)
                for row in rows
                if column.key in row.values and row.values[column.key] != base.rows[row.nr].get(column.key)
            ]
            if odd:
                where = f"{', '.join(odd[:5])}{' en andere' if odd[5:] else ''}"
                lines.append(f"wat in de kolom {column.header} getypt was, is teruggezet (rij {where})")
    return lines


def _headers(sheet: Worksheet, by_header: Mapping[str, Column]) -> tuple[int, dict[str, int]]:
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


def _renamed(
    sheet: Worksheet, header: int, columns: Mapping[str, int], layout: Layout, base: Base
) -> dict[str, int]:
    """Columns under another header, told by what stands in them: row for row what was written."""
    found: dict[str, int] = {}
    if NR not in columns:
        return found
    written = [
        (at, base.rows[nr])
        for at in sheet.filled(header + 1)
        if (nr := plain_nr(plain(sheet.get(at, columns[NR])))) in base.rows
    ]
    free = [i for i in range(1, min(sheet.last_column, _ACROSS) + 1) if i not in columns.values()]
    for column in layout.columns:
        if column.key in columns:
            continue
        known = [(at, row[column.key]) for at, row in written if row.get(column.key)]
        for index in free if known else ():
            same = sum(read_back(sheet.get(at, index), column.key, column.kind) == v for at, v in known)
            if same >= _ALIKE * len(known) and index not in found.values():
                found[column.key] = index
                break
    return found


def _identified(
    raw: Iterable[_Raw], layout: Layout, base: Base
) -> tuple[list[SnapshotRow], tuple[int, ...], list[str]]:
    """Each row with the nr it is known by: the one it bears, if it is the only one or the most
    alike that bears it; else that of a row that is missing and just like it. Then the rows that
    merely repeat another, and the nrs that stood on several rows."""
    known = {**base.rows, **base.pending}
    bearers: dict[str, list[_Raw]] = {}
    loose: list[_Raw] = []
    for at, values in raw:
        nr = plain_nr(values.get(NR))
        if nr in known:
            bearers.setdefault(nr, []).append((at, values))
        else:
            loose.append((at, values))
    rows: list[SnapshotRow] = []
    extra: list[int] = []
    twice = [nr for nr, candidates in bearers.items() if len(candidates) > 1]
    for nr, candidates in bearers.items():
        candidates.sort(key=lambda candidate: -_alike(candidate[1], known[nr]))
        rows.append(SnapshotRow(candidates[0][0], nr, candidates[0][1]))
        for at, values in candidates[1:]:
            if _alike(values, known[nr]) == 1.0:
                extra.append(at)
            else:
                loose.append((at, values))
    missing = {nr: row for nr, row in known.items() if nr not in bearers}
    alike = {_content(row): nr for nr, row in missing.items()}
    names = _name_keys(layout)
    for at, values in sorted(loose, key=lambda one: one[0]):
        nr = alike.get(_content(values)) or _namesake(values, missing, names)
        own = {key: value for key, value in values.items() if key != NR}
        if nr in missing:
            del missing[nr]
            rows.append(SnapshotRow(at, nr, own))
        elif any(values.get(key) for key in names):
            rows.append(SnapshotRow(at, "", own))
    return sorted(rows, key=lambda row: row.at), tuple(extra), twice


def _content(row: Row) -> frozenset[tuple[str, Value]]:
    """The answers of a row, as what two rows are compared by."""
    return frozenset((key, value) for key, value in row.items() if value and not key.startswith("#"))


def _namesake(values: Row, missing: Mapping[str, Row], names: tuple[str, ...]) -> str:
    """The nr of the one missing row with the same name; empty where there is none, or several."""
    name = [values.get(key) for key in names]
    same = [nr for nr, row in missing.items() if any(name) and [row.get(key) for key in names] == name]
    return same[0] if len(same) == 1 else ""


def plain_nr(value: Value | None) -> str:
    """A reference as typed, in its usual writing."""
    return value.strip().upper() if isinstance(value, str) else ""


def _alike(values: Row, written: Row) -> float:
    """The share of the answers, of those in either, in which two rows agree."""
    one, other = _content(values), _content(written)
    return len(one & other) / len(one | other) if one or other else 0.0


def _name_keys(layout: Layout) -> tuple[str, ...]:
    """The fields of which one is enough for a row typed in to be somebody."""
    if layout.form is None:
        return ()
    kinds = {FieldKind.NAME, FieldKind.ORGANISATION} if layout.form.per_organisation else {FieldKind.NAME}
    return tuple(field.key for field in layout.form.fields if field.kind in kinds)
