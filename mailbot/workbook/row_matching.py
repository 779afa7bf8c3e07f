"""The rows of Deelnemers as they came back: which is whose, whatever was done to the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from mailbot.domain.form import FieldKind
from mailbot.domain.registration import Status
from mailbot.domain.remark import Remark, RemarkKind
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Value
from mailbot.workbook.base import Base, Row
from mailbot.workbook.header_row import header_row
from mailbot.workbook.layout import (
    CHANGED,
    NR,
    PARTICIPANTS,
    RECEIVED,
    SENDER,
    STATUS,
    Column,
    Layout,
    folded,
)
from mailbot.workbook.snapshot import Snapshot, SnapshotRow
from mailbot.workbook.values import plain, read_back
from mailbot.xlsx.worksheet import Worksheet

_ACROSS = 200  # columns in which one that lost its header is looked for
_ALIKE = 0.6  # the share of a column's known values that tells it under another header
_MOST = 0.5  # the share of all answers in which a row without its nr agrees with a missing one
_CELLS = 3  # and in how many at the least
_Raw = tuple[int, dict[str, Value | None]]


def read(sheet: Worksheet, layout: Layout, base: Base, *, untouched: bool = False) -> Snapshot:
    """The rows as they stand, known by their nr; ``damaged`` where the headers are gone.
    ``untouched``: the sheet is as mailbot left it, so that each row holds what was written."""
    header, columns = header_row(sheet, {folded(column.header): column.key for column in layout.columns})
    if len(columns) < 2:
        return Snapshot(damaged=say(Says.HEADERS_GONE, sheet=sheet.title))
    if untouched and len(columns) == len(layout.columns) and not base.pending:
        nrs = ((at, plain_nr(plain(cell))) for at, cell in sheet.column(columns[NR], header + 1))
        rows = tuple(SnapshotRow(at, nr, base.rows[nr]) for at, nr in nrs if nr in base.rows)
        if len(rows) == len(base.rows):
            return Snapshot(header=header, columns=columns, rows=rows)
    mended: list[Remark] = []
    merged = sheet.covered()
    if any(column in columns.values() for _, column in merged):
        split = say(Says.CELLS_SPLIT, sheet=sheet.title)
        mended.append(Remark(RemarkKind.CELLS_SPLIT, split, (PARTICIPANTS,)))
    by_key = {column.key: column for column in layout.columns}
    renamed = _nr_column(sheet, header, columns, base)
    columns |= renamed
    names = _name_keys(layout)
    matched = _identified(_raw(sheet, header, columns, by_key, merged), base, names)
    # Which row is whose tells which column is whose: the rows come first, then what was retitled.
    retitled = _renamed(sheet, header, columns, matched.rows, layout, base)
    if retitled:
        columns |= retitled
        matched = _identified(_raw(sheet, header, columns, by_key, merged), base, names)
    # What mailbot wrote itself, for a form that asked otherwise, she renamed nothing of.
    former_form = set(map(folded, base.headers)) - {folded(column.header) for column in layout.columns}
    mended += matched.told
    mended += [
        Remark(
            RemarkKind.COLUMN_RETITLED,
            say(Says.COLUMN_RETITLED, column=by_key[key].header),
            (PARTICIPANTS, key),
        )
        for key, index in {**renamed, **retitled}.items()
        if not _is_former(plain(sheet.get(header, index)), by_key[key])
        and folded(plain(sheet.get(header, index))) not in former_form
    ]
    mended += _overwritten(matched.rows, layout, base)
    stood = {key for row in base.rows.values() for key in row}  # a new question of the form is no accident
    gone = {c.key: c.header for c in layout.columns if c.key not in columns and c.key in stood}
    if gone:
        back = say(Says.COLUMN_BACK, columns=tuple(gone.values()))
        mended.append(Remark(RemarkKind.COLUMN_BACK, back, (PARTICIPANTS, *gone)))
    return Snapshot(
        mended=tuple(mended),
        header=header,
        columns=columns,
        rows=tuple(matched.rows),
        extra=tuple(matched.extra),
        repeats=tuple(matched.repeats),
    )


def _raw(
    sheet: Worksheet,
    header: int,
    columns: Mapping[str, int],
    by_key: Mapping[str, Column],
    merged: Set[tuple[int, int]],
) -> list[_Raw]:
    """The rows that hold anything under mailbot's headers; a formula, or a cell hidden by a merged
    one, says nothing."""
    raw: list[_Raw] = []
    for at in sheet.filled(header + 1):
        values = {
            key: read_back(sheet.get(at, column), key, by_key[key].kind)
            for key, column in columns.items()
            if not sheet.formula(at, column) and (at, column) not in merged
        }
        if any(value is not None for value in values.values()):
            raw.append((at, values))
    return raw


def _overwritten(rows: Iterable[SnapshotRow], layout: Layout, base: Base) -> list[Remark]:
    """A remark for each column of mailbot's alone in which something else was typed."""
    remarks = []
    rows = [row for row in rows if row.nr in base.rows]
    for column in layout.columns:
        if column.key in (RECEIVED, CHANGED, SENDER):
            odd = [
                str(row.at)
                for row in rows
                if column.key in row.values and row.values[column.key] != base.rows[row.nr].get(column.key)
            ]
            if odd:
                more = say(Says.AND_OTHER_ROWS) if odd[5:] else ""
                over = say(Says.TYPED_OVER, column=column.header, rows=tuple(odd[:5]), more=more)
                remarks.append(Remark(RemarkKind.OVERWRITTEN, over, (column.key, *odd)))
    return remarks


def _nr_column(sheet: Worksheet, header: int, columns: Mapping[str, int], base: Base) -> dict[str, int]:
    """The column of references where it lost its header, told by the references that stand in it."""
    if NR in columns or not base.rows:
        return {}
    for index in (i for i in range(1, min(sheet.last_column, _ACROSS) + 1) if i not in columns.values()):
        nrs = {plain_nr(plain(cell)) for _, cell in sheet.column(index, header + 1)}
        if len(nrs & base.rows.keys()) >= _ALIKE * len(base.rows):
            return {NR: index}
    return {}


def _is_former(header: str, column: Column) -> bool:
    """Whether a question was called so before: the form calls it otherwise now, and she renamed nothing."""
    names = column.field.aliases if column.field else ()
    return folded(header) in map(folded, names)


def _renamed(
    sheet: Worksheet,
    header: int,
    columns: Mapping[str, int],
    rows: Iterable[SnapshotRow],
    layout: Layout,
    base: Base,
) -> dict[str, int]:
    """Columns under another header, told by what stands in them: row for row what was written; where that is
    nothing, by the name that the form had for it before."""
    found: dict[str, int] = {}
    written = [(row.at, base.rows[row.nr]) for row in rows if row.nr in base.rows]
    free = [i for i in range(1, min(sheet.last_column, _ACROSS) + 1) if i not in columns.values()]
    for column in layout.columns:
        if column.key in columns or column.key == NR:
            continue
        known = [(at, row[column.key]) for at, row in written if row.get(column.key)]
        if not known:
            empty = (i for i in free if not any(value for _, value in sheet.column(i, header + 1)))
            former = [i for i in empty if _is_former(plain(sheet.get(header, i)), column)]
            if former and former[0] not in found.values():
                found[column.key] = former[0]
        for index in free if known else ():
            same = sum(read_back(sheet.get(at, index), column.key, column.kind) == v for at, v in known)
            if same >= _ALIKE * len(known) and index not in found.values():
                found[column.key] = index
                break
    return found


@dataclass
class _Matched:
    """Which row is whose: ``rows`` by their place, ``extra`` those that repeat another one, ``repeats``
    what those say where it is not what the row that stays says, ``told`` the remarks about it."""

    rows: list[SnapshotRow] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)
    repeats: list[tuple[str, Row]] = field(default_factory=list)
    told: list[Remark] = field(default_factory=list)


def _identified(raw: Iterable[_Raw], base: Base, names: tuple[str, ...]) -> _Matched:
    """Each row with the nr it is known by, "" for a new one.

    First the nr that it bears; then, for rows without one of ours, the row that is missing and
    most like it. What is left repeats a row that stands there, or is somebody new.
    """
    matched = _Matched()
    known = {**base.undone, **base.rows, **base.pending}
    loose: list[_Raw] = []
    bearers: dict[str, list[_Raw]] = {}
    for at, values in raw:
        nr = plain_nr(values.get(NR))
        if nr not in known or (nr in base.gone and not _same_name(values, known[nr], names)):
            loose.append((at, values))
        elif _taken_before(nr, values, base):
            matched.extra.append(at)
        else:
            bearers.setdefault(nr, []).append((at, values))
    for nr, candidates in bearers.items():
        loose += _one_of(nr, candidates, known[nr], names, matched)
    missing = {nr: row for nr, row in known.items() if nr not in bearers}
    by_place = sorted(loose, key=lambda one: one[0])
    found = _most_alike(by_place, missing, base.gone, names)
    here = {_content(row.values): row for row in matched.rows}
    here |= {_content(v): SnapshotRow(at, found[at], v) for at, v in raw if at in found}
    for at, values in by_place:
        own = {key: value for key, value in values.items() if key != NR}
        if at in found:
            matched.rows.append(SnapshotRow(at, found[at], own))
        elif not any(values.get(key) for key in names):
            continue
        elif (first := here.get(_content(values))) is not None and not _brings_back(values, first.values):
            matched.extra.append(at)
            repeated = say(Says.ROW_REPEATED, at=at, first=first.at)
            matched.told.append(Remark(RemarkKind.ROW_REPEATED, repeated, (at, first.at)))
        else:
            matched.rows.append(SnapshotRow(at, "", own))
            here[_content(values)] = matched.rows[-1]
    matched.rows.sort(key=lambda row: row.at)
    return matched


def _brings_back(typed: Row, stands: Row) -> bool:
    """Whether a row that says what another says was typed for somebody who does not take part (too late,
    excused, ...), and is no copy of that row: she may mean that they come after all."""
    said = stands.get(STATUS)
    return said in set(Status) and not Status(said).is_in and typed.get(STATUS) != said


def _taken_before(nr: str, values: Row, base: Base) -> bool:
    """Whether a row is one that was set aside as a repetition when this file was read before."""
    return any(_content(row) == _content(values) for row in base.repeats.get(nr, ()))


def _one_of(
    nr: str, candidates: list[_Raw], written: Row, names: tuple[str, ...], matched: _Matched
) -> list[_Raw]:
    """Which of the rows that bear one nr is that registration; gives those that are somebody else.

    Of rows with the same name the one that she changed counts: a row that says what was written
    says nothing new.
    """
    if len(candidates) == 1:
        at, values = candidates[0]
        matched.rows.append(SnapshotRow(at, nr, values))
        return []
    candidates.sort(key=lambda candidate: -_alike(candidate[1], written))
    same = [one for one in candidates if _same_name(one[1], written, names)] or candidates[:1]
    changed = [one for one in same if _alike(one[1], written) < 1.0]
    at, values = (changed or same)[0]
    matched.rows.append(SnapshotRow(at, nr, values))
    dropped = [one for one in same if one[0] != at]
    matched.extra += [row for row, _ in dropped]
    matched.repeats += [(nr, said) for _, said in dropped if _content(said) != _content(values)]
    others = tuple(str(row) for row, _ in dropped)
    repeated = say(
        Says.NR_REPEATED,
        nr=nr,
        which=say(Says.NR_COUNTS_HERE, at=at, others=others) if others else "",
        changed=say(Says.NR_CHANGED_TWICE) if len(changed) > 1 else "",
    )
    facts = (nr, at, *(row for row, _ in dropped), len(changed))
    matched.told.append(Remark(RemarkKind.NR_REPEATED, repeated, facts))
    return [one for one in candidates if one not in same]


def _most_alike(
    loose: Sequence[_Raw], missing: Mapping[str, Row], gone: Set[str], names: tuple[str, ...]
) -> dict[int, str]:
    """The rows, by place, that are a missing one under no nr: just like it, of the same name, or
    agreeing with it in most that both say. The surest come first. One of the rows that she took out
    before (``gone``) must be just like it."""
    found: dict[int, str] = {}
    left = dict(missing)
    exact: dict[frozenset[tuple[str, Value]], list[str]] = {}
    for nr, row in missing.items():
        exact.setdefault(_content(row), []).append(nr)
    for at, values in loose:
        nrs = exact.get(_content(values))
        if nrs:
            found[at] = nrs.pop(0)
            del left[found[at]]
    left = {nr: row for nr, row in left.items() if nr not in gone}
    for at, values in loose:
        nr = "" if at in found else _namesake(values, left, names)
        if nr:
            found[at] = nr
            del left[nr]
    pairs = [
        (score, at, nr)
        for at, values in loose
        if at not in found
        for nr, row in left.items()
        if (score := _alike(values, row)) >= _MOST and len(_content(values) & _content(row)) >= _CELLS
    ]
    for _, at, nr in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if at not in found and nr in left:
            found[at] = nr
            del left[nr]
    return found


def adopted(found: Snapshot, ledger: Iterable[tuple[str, Row]], asked: Sequence[Row]) -> Snapshot:
    """What was found, with the rows that nothing came of when they were typed looked at again: one that
    became a registration since takes its nr, and one that says nothing beyond another registration goes.
    ``ledger`` are the registrations as rows, with their nr, taken only where there is any such row; ``asked``
    those that a case is open about: they stay."""
    if not any(row.nr.startswith("?") for row in found.rows):
        return found
    held = {row.nr for row in found.rows}
    contents = {nr: _content(row) for nr, row in ledger}
    open_ones = [_content(row) for row in asked]
    rows, extra = [], list(found.extra)
    for row in found.rows:
        said = _content(row.values)
        if not row.nr.startswith("?") or said in open_ones:
            rows.append(row)
            continue
        nr = next((nr for nr, content in contents.items() if content == said and nr not in held), "")
        if nr:
            held.add(nr)
            rows.append(replace(row, nr=nr))
        elif said and any(said <= content for content in contents.values()):
            extra.append(row.at)
        else:
            rows.append(row)
    return replace(found, rows=tuple(rows), extra=tuple(extra))


def _content(row: Row) -> frozenset[tuple[str, Value]]:
    """The answers of a row, as what two rows are compared by."""
    return frozenset((key, value) for key, value in row.items() if value and not key.startswith("#"))


def _same_name(values: Row, written: Row, names: tuple[str, ...]) -> bool:
    return [values.get(key) for key in names] == [written.get(key) for key in names]


def _namesake(values: Row, missing: Mapping[str, Row], names: tuple[str, ...]) -> str:
    """The nr of the one missing row with the same name; empty where there is none, or several."""
    named = any(values.get(key) for key in names)
    same = [nr for nr, row in missing.items() if named and _same_name(values, row, names)]
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
