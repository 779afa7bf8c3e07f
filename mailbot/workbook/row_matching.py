"""The rows of Deelnemers as they came back: which is whose, whatever was done to the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from mailbot.domain.file_says import FileSays
from mailbot.domain.form import FieldKind
from mailbot.domain.registration import Status
from mailbot.domain.remark import Remark, RemarkKind
from mailbot.domain.statement import say
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
        return Snapshot(damaged=say(FileSays.HEADERS_GONE, sheet=sheet.title))
    if untouched and len(columns) == len(layout.columns) and not base.pending:
        nrs = ((at, plain_nr(plain(cell))) for at, cell in sheet.column(columns[NR], header + 1))
        rows = tuple(SnapshotRow(at, nr, base.rows[nr]) for at, nr in nrs if nr in base.rows)
        if len(rows) == len(base.rows):
            return Snapshot(header=header, columns=columns, rows=rows)
    found = _Found(sheet, layout, base, header, columns)
    mended = found.split()
    renamed = found.nr_column()
    columns |= renamed
    matched = found.matched()
    # Which row is whose tells which column is whose: the rows come first, then what was retitled.
    retitled = found.retitled(matched.rows)
    if retitled:
        columns |= retitled
        matched = found.matched()
    mended += matched.told
    mended += found.told_of(renamed | retitled)
    mended += _overwritten(matched.rows, layout, base)
    mended += found.columns_back()
    return Snapshot(
        mended=tuple(mended),
        header=header,
        columns=columns,
        rows=tuple(matched.rows),
        extra=tuple(matched.extra),
        repeats=tuple(matched.repeats),
    )


class _Found:
    """The sheet as it was found: the row of its headers, and the column of each key that is known so far."""

    def __init__(
        self, sheet: Worksheet, layout: Layout, base: Base, header: int, columns: Mapping[str, int]
    ) -> None:
        self._sheet, self._layout, self._base = sheet, layout, base
        self._header, self._columns = header, columns
        self._merged = sheet.covered()
        self._by_key = {column.key: column for column in layout.columns}

    def split(self) -> list[Remark]:
        """A remark where merged cells hide some of mailbot's columns."""
        if not any(column in self._columns.values() for _, column in self._merged):
            return []
        split = say(FileSays.CELLS_SPLIT, sheet=self._sheet.title)
        return [Remark(RemarkKind.CELLS_SPLIT, split, (PARTICIPANTS,))]

    def matched(self) -> _Matched:
        """The rows that hold anything under mailbot's headers, each with the nr it is known by; a formula, or
        a cell hidden by a merged one, says nothing."""
        sheet, raw = self._sheet, list[_Raw]()
        for at in sheet.filled(self._header + 1):
            values = {
                key: read_back(sheet.get(at, column), key, self._by_key[key].kind)
                for key, column in self._columns.items()
                if not sheet.formula(at, column) and (at, column) not in self._merged
            }
            if any(value is not None for value in values.values()):
                raw.append((at, values))
        return _identified(raw, self._base, _name_keys(self._layout))

    def _free(self) -> list[int]:
        """The columns that are not known."""
        across = range(1, min(self._sheet.last_column, _ACROSS) + 1)
        return [at for at in across if at not in self._columns.values()]

    def nr_column(self) -> dict[str, int]:
        """The column of references where it lost its header, told by the references that stand in it."""
        rows = self._base.rows
        if NR in self._columns or not rows:
            return {}
        for at in self._free():
            nrs = {plain_nr(plain(cell)) for _, cell in self._sheet.column(at, self._header + 1)}
            if len(nrs & rows.keys()) >= _ALIKE * len(rows):
                return {NR: at}
        return {}

    def retitled(self, rows: Iterable[SnapshotRow]) -> dict[str, int]:
        """Columns under another header, told by what stands in them: row for row what was written; where that
        is nothing, by the name that the form had for it before."""
        written = [(row.at, self._base.rows[row.nr]) for row in rows if row.nr in self._base.rows]
        free = self._free()
        found: dict[str, int] = {}
        for column in self._layout.columns:
            if column.key in self._columns or column.key == NR:
                continue
            known = [(at, row[column.key]) for at, row in written if row.get(column.key)]
            at = next((at for at in free if self._is_column(at, column, known)), 0)
            if at:
                found[column.key] = at
                free.remove(at)
        return found

    def _is_column(self, at: int, column: Column, known: Sequence[tuple[int, Value | None]]) -> bool:
        """Whether a column under another header holds what is ``known`` to have been written, by row; where
        that is nothing, whether it is empty and the form called it so before."""
        if known:
            cells = ((self._sheet.get(row, at), value) for row, value in known)
            same = sum(read_back(cell, column.key, column.kind) == value for cell, value in cells)
            return same >= _ALIKE * len(known)
        said = plain(self._sheet.get(self._header, at))
        return _is_former(said, column) and not any(v for _, v in self._sheet.column(at, self._header + 1))

    def told_of(self, retitled: Mapping[str, int]) -> Iterator[Remark]:
        """A remark for each column that she gave another header. Of those that mailbot wrote itself, for a
        form that asked otherwise, she renamed nothing."""
        ours = set(map(folded, self._base.headers)) - {folded(c.header) for c in self._layout.columns}
        for key, at in retitled.items():
            said, column = plain(self._sheet.get(self._header, at)), self._by_key[key]
            if not _is_former(said, column) and folded(said) not in ours:
                told = say(FileSays.COLUMN_RETITLED, column=column.header)
                yield Remark(RemarkKind.COLUMN_RETITLED, told, (PARTICIPANTS, key))

    def columns_back(self) -> list[Remark]:
        """A remark where columns are gone, which come back; a new question of the form is no accident."""
        stood = {key for row in self._base.rows.values() for key in row}
        gone = {key: c.header for key, c in self._by_key.items() if key not in self._columns and key in stood}
        if not gone:
            return []
        back = say(FileSays.COLUMN_BACK, columns=tuple(gone.values()))
        return [Remark(RemarkKind.COLUMN_BACK, back, (PARTICIPANTS, *gone))]


def _is_former(header: str, column: Column) -> bool:
    """Whether a question was called so before: the form calls it otherwise now, and she renamed nothing."""
    names = column.field.aliases if column.field else ()
    return folded(header) in map(folded, names)


def _overwritten(rows: Iterable[SnapshotRow], layout: Layout, base: Base) -> Iterator[Remark]:
    """A remark for each column of mailbot's alone in which something else was typed."""
    written = [(row, base.rows[row.nr]) for row in rows if row.nr in base.rows]
    for column in layout.columns:
        key = column.key
        if key in (RECEIVED, CHANGED, SENDER):
            odd = [
                str(row.at) for row, wrote in written if row.values.get(key, wrote.get(key)) != wrote.get(key)
            ]
            if odd:
                more = say(FileSays.AND_OTHER_ROWS) if odd[5:] else ""
                over = say(FileSays.TYPED_OVER, column=column.header, rows=tuple(odd[:5]), more=more)
                yield Remark(RemarkKind.OVERWRITTEN, over, (key, *odd))


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
    bearers, loose = _by_nr(raw, known, base, names, matched)
    for nr, candidates in bearers.items():
        loose += _one_of(nr, candidates, known[nr], names, matched)
    missing = {nr: row for nr, row in known.items() if nr not in bearers}
    by_place = sorted(loose, key=lambda one: one[0])
    found = _most_alike(by_place, missing, base.gone, names)
    _placed(by_place, found, names, matched)
    matched.rows.sort(key=lambda row: row.at)
    return matched


def _placed(
    loose: Sequence[_Raw], found: Mapping[int, str], names: tuple[str, ...], matched: _Matched
) -> None:
    """Adds the rows without an nr of ours from top to bottom: as the one that each is like (``found``), as a
    repetition of a row that stands there, or as somebody new."""
    here = {_content(row.values): row for row in matched.rows}
    here |= {_content(values): SnapshotRow(at, found[at], values) for at, values in loose if at in found}
    for at, values in loose:
        if at not in found and not any(values.get(key) for key in names):
            continue
        first = None if at in found else here.get(_content(values))
        if first is not None and not _brings_back(values, first.values):
            matched.extra.append(at)
            repeated = say(FileSays.ROW_REPEATED, at=at, first=first.at)
            matched.told.append(Remark(RemarkKind.ROW_REPEATED, repeated, (at, first.at)))
            continue
        own = {key: value for key, value in values.items() if key != NR}
        matched.rows.append(SnapshotRow(at, found.get(at, ""), own))
        if at not in found:
            here[_content(values)] = matched.rows[-1]


def _by_nr(
    raw: Iterable[_Raw], known: Mapping[str, Row], base: Base, names: tuple[str, ...], matched: _Matched
) -> tuple[dict[str, list[_Raw]], list[_Raw]]:
    """The rows by the nr of ours that they bear, and those that bear none. A row of a name that she took out
    before bears it only if it has that name; one that was set aside as a repetition is so again."""
    loose: list[_Raw] = []
    bearers: dict[str, list[_Raw]] = {}
    for at, values in raw:
        nr = plain_nr(values.get(NR))
        if nr not in known or (nr in base.gone and not _same_name(values, known[nr], names)):
            loose.append((at, values))
        elif any(_content(row) == _content(values) for row in base.repeats.get(nr, ())):
            matched.extra.append(at)
        else:
            bearers.setdefault(nr, []).append((at, values))
    return bearers, loose


def _brings_back(typed: Row, stands: Row) -> bool:
    """Whether a row that says what another says was typed for somebody who does not take part (too late,
    excused, ...), and is no copy of that row: she may mean that they come after all."""
    said = stands.get(STATUS)
    return said in set(Status) and not Status(said).is_in and typed.get(STATUS) != said


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
    matched.told.append(_nr_repeated(nr, at, [row for row, _ in dropped], len(changed)))
    return [one for one in candidates if one not in same]


def _nr_repeated(nr: str, at: int, dropped: Sequence[int], changed: int) -> Remark:
    """A remark that several rows bear one nr: which row counts, and how many of them she changed."""
    others = tuple(map(str, dropped))
    repeated = say(
        FileSays.NR_REPEATED,
        nr=nr,
        which=say(FileSays.NR_COUNTS_HERE, at=at, others=others) if others else "",
        changed=say(FileSays.NR_CHANGED_TWICE) if changed > 1 else "",
    )
    return Remark(RemarkKind.NR_REPEATED, repeated, (nr, at, *dropped, changed))


def _most_alike(
    loose: Sequence[_Raw], missing: Mapping[str, Row], gone: Set[str], names: tuple[str, ...]
) -> dict[int, str]:
    """The rows, by place, that are a missing one under no nr: just like it, of the same name, or
    agreeing with it in most that both say. The surest come first. One of the rows that she took out
    before (``gone``) must be just like it."""
    found = _just_like(loose, missing)
    for alike in (_namesakes, _agreeing):
        taken = gone | set(found.values())
        left = {nr: row for nr, row in missing.items() if nr not in taken}
        found |= alike([(at, values) for at, values in loose if at not in found], left, names)
    return found


def _just_like(loose: Sequence[_Raw], missing: Mapping[str, Row]) -> dict[int, str]:
    """The rows that say what a missing one said."""
    exact: dict[frozenset[tuple[str, Value]], list[str]] = {}
    for nr, row in missing.items():
        exact.setdefault(_content(row), []).append(nr)
    said = ((at, exact.get(_content(values))) for at, values in loose)
    return {at: nrs.pop(0) for at, nrs in said if nrs}


def _namesakes(loose: Sequence[_Raw], missing: Mapping[str, Row], names: tuple[str, ...]) -> dict[int, str]:
    """The rows of the same name as the one missing row that has it."""
    left, found = dict(missing), dict[int, str]()
    for at, values in loose:
        named = any(values.get(key) for key in names)
        same = [nr for nr, row in left.items() if named and _same_name(values, row, names)]
        if len(same) == 1:
            found[at] = same[0]
            del left[same[0]]
    return found


def _agreeing(loose: Sequence[_Raw], missing: Mapping[str, Row], _names: tuple[str, ...]) -> dict[int, str]:
    """The rows that agree with a missing one in most that both say, the most alike first."""
    pairs = [
        (score, at, nr)
        for at, values in loose
        for nr, row in missing.items()
        if (score := _alike(values, row)) >= _MOST and len(_content(values) & _content(row)) >= _CELLS
    ]
    found: dict[int, str] = {}
    for _, at, nr in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if at not in found and nr not in found.values():
            found[at] = nr
    return found


def adopted(
    found: Snapshot, ledger: Iterable[tuple[str, Row]], *, asked: Iterable[Row], same: Iterable[Row]
) -> Snapshot:
    """What was found, with the rows that nothing came of when they were typed looked at again: one that
    became a registration since takes its nr, and one that says nothing beyond another registration goes, as
    does one that she said to be the same person (``same``), whatever that registration kept of it.
    ``ledger`` are the registrations as rows, with their nr, taken only where there is any such row; ``asked``
    those that a case is open about: they stay."""
    if not any(row.nr.startswith("?") for row in found.rows):
        return found
    held = {row.nr for row in found.rows}
    contents = {nr: _content(row) for nr, row in ledger}
    open_ones, same_ones = list(map(_content, asked)), list(map(_content, same))
    rows, extra = [], list(found.extra)
    for row in found.rows:
        said = _content(row.values)
        looked_at = row.nr.startswith("?") and said not in open_ones
        if looked_at:
            nr = next((nr for nr, content in contents.items() if content == said and nr not in held), "")
            repeats = said in same_ones or any(said <= content for content in contents.values())
            if not nr and said and repeats:
                extra.append(row.at)
                continue
            held.add(nr)
            row = replace(row, nr=nr or row.nr)
        rows.append(row)
    return replace(found, rows=tuple(rows), extra=tuple(extra))


def _content(row: Row) -> frozenset[tuple[str, Value]]:
    """The answers of a row, as what two rows are compared by."""
    return frozenset((key, value) for key, value in row.items() if value and not key.startswith("#"))


def _same_name(values: Row, written: Row, names: tuple[str, ...]) -> bool:
    return [values.get(key) for key in names] == [written.get(key) for key in names]


def plain_nr(value: Value | None) -> str:
    """A reference as typed, in its usual writing ("ins-0003 ": "INS-0003"); empty for what is no text."""
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
