"""The secretary's edits: the difference between what was written and what was found."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from types import MappingProxyType

from mailbot.domain.case import Edit, EditKind
from mailbot.domain.file_says import FileSays
from mailbot.domain.registration import Status
from mailbot.domain.statement import Statement, say
from mailbot.domain.submission import Value
from mailbot.workbook import mailings
from mailbot.workbook.base import Base, HerCells, Row
from mailbot.workbook.case_rows import decided, is_untold, kept_of, without_note
from mailbot.workbook.events import chosen
from mailbot.workbook.layout import (
    ATTENDED,
    CASES,
    CONFIRM,
    INBOX,
    MAILINGS,
    OVERVIEW,
    PARTICIPANTS,
    STATUS,
    Layout,
)
from mailbot.workbook.snapshot import Snapshot, SnapshotRow

#: What an edit calls columns of mailbot's own.
_OF_EDITS = {STATUS: "status", ATTENDED: "", CONFIRM: ""}
_FEW = 3  # rows that may be deleted at once, whatever the size of the sheet


def accident(base: Base, found: Snapshot) -> Statement | None:
    """Why the file cannot be her work; None where it can: damaged, of an unknown write, or more
    than three rows and a tenth of the sheet gone at once."""
    if found.damaged:
        return found.damaged
    if found.number != base.number:
        return say(FileSays.UNKNOWN_VERSION)
    missing = len(_missing(base, found))
    known = len(base.rows)
    if missing > _FEW and missing * 10 >= known:
        return say(FileSays.ROWS_GONE, missing=missing, known=known)
    return None


def merge(base: Base, found: Snapshot, layout: Layout, *, older: bool = False) -> tuple[Edit, ...]:
    """All that she did since that write, rows from top to bottom. An accident gives no edits.

    ``older``: a later write has taken the place of this one, so that the file is a copy of before.
    It may lack edits that were taken in from another copy of the same write; that undoes none of
    them.
    """
    if accident(base, found) is not None:
        return ()
    edits: list[Edit] = []
    editable = {c.key for c in layout.columns if c.field} | {STATUS, ATTENDED, CONFIRM}
    sheet = layout.sheet(PARTICIPANTS)
    for row in found.rows:
        edits += _row_edits(row, base, editable, sheet, older=older)
    edits += [Edit(EditKind.DELETED_ROW, sheet, nr=nr) for nr in _missing(base, found, older=older)]
    edits += _decisions(found, base.cases, layout.sheet(CASES))
    if found.inbox:
        mails = _decisions(found.inbox, base.inbox, layout.sheet(INBOX))
        edits += [replace(one, case=0, message=one.case, who=one.remark, remark="") for one in mails]
    to_many = mailings.rows(base, found, older=older)
    edits += [Edit(EditKind.MAILING, layout.sheet(MAILINGS), mailing=row) for row in to_many]
    wanted = found.wanted_list.casefold()
    if wanted and wanted != base.wanted_list.casefold():
        edits.append(Edit(EditKind.LISTS, layout.sheet(OVERVIEW), key=wanted))
    return tuple(edits)


def untold(base: Base, found: Snapshot) -> bool:
    """Whether rows of Te behandelen or Postvak do not say yet what there is to say of her decisions."""
    return is_untold(found, base.cases) or is_untold(found.inbox or Snapshot(), base.inbox)


def _row_edits(
    row: SnapshotRow, base: Base, editable: Set[str], sheet: str, *, older: bool
) -> Iterator[Edit]:
    """What she did on one row: typed it, put it back, or changed cells of it. Cells of an ``older`` copy
    that say what stood there before an edit that was taken in since are no change."""
    if not row.nr or _typed_anew(row, base):
        said = _said({**_answers(row), **_status(row)})
        answers = {_OF_EDITS.get(key, key): value for key, value in said.items()}
        yield Edit(EditKind.NEW_ROW, sheet, row=answers, at=row.at)
        return
    if row.nr in base.gone:
        if older:
            return
        # what she left empty then is as it was before
        status = {_OF_EDITS[key]: value for key, value in _status(row).items() if value is not None}
        yield Edit(EditKind.NEW_ROW, sheet, nr=row.nr, row=status, at=row.at)
        row = replace(row, values=_said(row.values))
    undone = base.undone.get(row.nr, {})
    written = base.rows.get(row.nr) or base.pending.get(row.nr) or undone
    if row.values is written:
        return
    for key, new in row.values.items():
        overtaken = older and key in undone and new == undone[key]
        if key in editable and new != written.get(key) and not overtaken:
            yield _cell(row, key, written.get(key), new, sheet)


def _decisions(found: Snapshot, offered: Mapping[str, Mapping[str, str]], sheet: str) -> list[Edit]:
    """What she decided on one sheet, as the difference from what was ``offered`` there."""
    edits = []
    for case in found.cases:
        written = offered.get(str(case.id))
        if written is None or not case.choice:
            continue
        if (case.choice, case.event) == (written.get("choice", ""), written.get("event", "")):
            continue
        said = decided(case.choice, written)
        if said is not None:
            choice, nr = said
            edits.append(
                Edit(
                    EditKind.DECISION,
                    sheet,
                    nr,
                    case=case.id,
                    choice=choice,
                    remark=case.remark,
                    event=chosen(case.event),
                    at=case.at,
                )
            )
    return edits


def _said(row: Row) -> dict[str, Value]:
    """A row without what is empty in it."""
    return {key: value for key, value in row.items() if value is not None and value != ""}


def _answers(row: SnapshotRow) -> Row:
    return {key: value for key, value in row.values.items() if not key.startswith("#")}


def _status(row: SnapshotRow) -> Row:
    """The status of a row typed in, which counts from the first moment: what follows in the same sitting may
    mail everybody. Any other word is told once the row has its reference."""
    typed = row.values.get(STATUS)
    return {STATUS: typed} if typed in set(Status) else {}


def _typed_anew(row: SnapshotRow, base: Base) -> bool:
    """Whether a row that nothing came of was changed since: it is taken as a new one."""
    held = base.pending.get(row.nr, {}) if row.nr.startswith("?") else row.values
    return any(held.get(key) != value for key, value in row.values.items() if not key.startswith("#"))


def _cell(row: SnapshotRow, key: str, old: Value | None, new: Value | None, sheet: str) -> Edit:
    kind = {ATTENDED: EditKind.ATTENDED, CONFIRM: EditKind.CONFIRM}.get(key, EditKind.CELL)
    named = _OF_EDITS.get(key, key)
    return Edit(kind, sheet, nr=row.nr, key=named, old=old, new=new, at=row.at)


def _missing(base: Base, found: Snapshot, *, older: bool = False) -> list[str]:
    """The rows that are gone. Those typed into another copy of the same write never stood in an older one."""
    here = {row.nr for row in found.rows}
    stood = base.rows if older else (*base.rows, *base.pending)
    return [nr for nr in stood if nr not in here and not nr.startswith("?")]


def taken(
    base: Base,
    found: Snapshot,
    edits: Sequence[Edit],
    nrs: Sequence[str] = (),
    own: Mapping[str, HerCells] = MappingProxyType({}),
) -> Base:
    """The base once these edits are in the ledger: the same file read again gives none of them. ``own`` is
    what stood in columns of hers in the rows that are gone.

    ``nrs`` are the references that the rows typed in got, in the order of the NEW_ROW edits, ""
    for one that became no registration. To be committed together with the edits.
    """
    rows, pending, undone = _as_read(base, found)
    gone = set(base.gone)
    new = iter([*nrs, *[""] * len(edits)])
    unnamed = itertools.count(1 + len(pending))
    by_place = {row.at: row for row in found.rows}
    for edit in edits:
        if edit.kind is EditKind.DELETED_ROW:
            undone.setdefault(edit.nr, rows.pop(edit.nr, {}))
            pending.pop(edit.nr, None)
            gone.add(edit.nr)
        elif edit.kind is EditKind.NEW_ROW and edit.nr:
            rows[edit.nr] = dict(by_place[edit.at].values)
            gone.discard(edit.nr)
        elif edit.kind is EditKind.NEW_ROW:
            row, none = by_place[edit.at], f"?{next(unnamed)}"
            pending.pop(row.nr, None)
            pending[next(new) or none] = {**_answers(row), **_status(row)}
    repeats: dict[str, list[Row]] = {nr: list(said) for nr, said in base.repeats.items()}
    for nr, said in found.repeats:
        repeats.setdefault(nr, []).append(dict(said))
    return replace(
        base,
        rows=rows,
        pending=pending,
        gone=frozenset(gone),
        cases=_as_found(base.cases, found),
        inbox=_as_found(base.inbox, found.inbox or Snapshot()),
        mailings=mailings.taken(base, found),
        undone=undone,
        own={nr: cells for nr, cells in {**base.own, **own}.items() if nr in gone},
        wanted_list=found.wanted_list,
        repeats=repeats,
        drawn="" if untold(base, found) else base.drawn,
        left={},  # a copy that still is as that write left it does not say all of this
    )


def _as_read(
    base: Base, found: Snapshot
) -> tuple[dict[str, dict[str, Value | None]], dict[str, dict[str, Value | None]], dict[str, Row]]:
    """The rows of a write, and those that wait in it, as they were read since; and as they were written those
    that say something else now."""
    rows = {nr: dict(row) for nr, row in base.rows.items()}
    pending = {nr: dict(row) for nr, row in base.pending.items()}
    undone = dict(base.undone)
    for row in found.rows:
        held = rows.get(row.nr) or pending.get(row.nr)
        if held is None:
            continue
        if row.nr in rows and any(held.get(key) != value for key, value in row.values.items()):
            undone.setdefault(row.nr, dict(held))
        held.update(row.values)
    return rows, pending, undone


def _as_found(written: Mapping[str, Mapping[str, str]], found: Snapshot) -> dict[str, dict[str, str]]:
    """The rows of cases with what she put into them."""
    cases = {key: dict(value) for key, value in written.items()}
    for case in found.cases:
        if (stood := cases.get(str(case.id))) is not None:
            hers = {"choice": case.choice, "remark": case.remark, "event": case.event}
            cases[str(case.id)] = without_note(stood) | hers | kept_of(case.note)
    return cases
