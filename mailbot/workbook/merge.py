"""What she did: the difference between what was written and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailbot.domain.case import Edit, EditKind
from mailbot.domain.submission import Value
from mailbot.workbook.base import Base
from mailbot.workbook.cases import decided
from mailbot.workbook.events import chosen
from mailbot.workbook.layout import ATTENDED, CASES, CONFIRM, PARTICIPANTS, STATUS, Layout
from mailbot.workbook.snapshot import Snapshot, SnapshotRow

_FEW = 3  # rows that may be deleted at once, whatever the size of the sheet


def accident(base: Base, found: Snapshot) -> str:
    """Why the file cannot be her work (Dutch), or empty: damaged, of an unknown write, or more
    than three rows and a tenth of the sheet gone at once."""
    if found.damaged:
        return found.damaged
    if found.number != base.number:
        return "het bestand hoort bij een andere, onbekende versie"
    missing = len(_missing(base, found))
    known = len(base.rows)
    if missing > _FEW and missing * 10 >= known:
        return f"er zijn {missing} van de {known} rijen in één keer verdwenen"
    return ""


def merge(base: Base, found: Snapshot, layout: Layout) -> tuple[Edit, ...]:
    """All that she did since that write, rows from top to bottom. An accident gives no edits."""
    if accident(base, found):
        return ()
    edits: list[Edit] = []
    editable = {c.key for c in layout.columns if c.field} | {STATUS, ATTENDED, CONFIRM}
    sheet = layout.sheet(PARTICIPANTS)
    for row in found.rows:
        where = f"{sheet}, rij {row.at}"
        if not row.nr:
            answers = {k: v for k, v in row.values.items() if not k.startswith("#") and v not in (None, "")}
            edits.append(Edit(EditKind.NEW_ROW, where, row=answers))
            continue
        written = base.rows.get(row.nr) or base.pending.get(row.nr, {})
        if row.values is written:
            continue
        for key in [k for k in row.values if k in editable]:
            old, new = written.get(key), row.values[key]
            if new != old:
                edits.append(_cell(row, key, old, new, where))
    edits += [Edit(EditKind.DELETED_ROW, sheet, nr=nr) for nr in _missing(base, found)]
    sheet = layout.sheet(CASES)
    for case in found.cases:
        written_case = base.cases.get(str(case.id))
        if written_case is None or not case.choice:
            continue
        if (case.choice, case.event) == (written_case.get("choice", ""), written_case.get("event", "")):
            continue
        choice = decided(case.choice, written_case)
        if choice is not None:
            where = f"{sheet}, rij {case.at}"
            edits.append(
                Edit(
                    EditKind.DECISION,
                    where,
                    case=case.id,
                    choice=choice,
                    remark=case.remark,
                    event=chosen(case.event),
                )
            )
    return tuple(edits)


def _cell(row: SnapshotRow, key: str, old: Value | None, new: Value | None, where: str) -> Edit:
    kind = {ATTENDED: EditKind.ATTENDED, CONFIRM: EditKind.CONFIRM}.get(key, EditKind.CELL)
    named = {STATUS: "status", ATTENDED: "", CONFIRM: ""}.get(key, key)
    return Edit(kind, where, nr=row.nr, key=named, old=old, new=new)


def _missing(base: Base, found: Snapshot) -> list[str]:
    here = {row.nr for row in found.rows}
    return [nr for nr in (*base.rows, *base.pending) if nr not in here and not nr.startswith("?")]


def taken(base: Base, found: Snapshot, edits: Sequence[Edit], nrs: Sequence[str] = ()) -> Base:
    """The base once these edits are in the ledger: the same file read again gives none of them.

    ``nrs`` are the references that the rows typed in got, in the order of the NEW_ROW edits, ""
    for one that became no registration. To be committed together with the edits.
    """
    rows = {nr: dict(row) for nr, row in base.rows.items()}
    pending = {nr: dict(row) for nr, row in base.pending.items()}
    gone = set(base.gone)
    new = iter([*nrs, *[""] * len(edits)])
    unnamed = len(pending)
    by_place = {row.at: row for row in found.rows}
    for row in found.rows:
        if row.nr:
            (rows if row.nr in rows else pending)[row.nr].update(row.values)
    for edit in edits:
        if edit.kind is EditKind.NEW_ROW:
            row = by_place[int(edit.where.rpartition(" ")[2])]
            nr = next(new)
            unnamed += 1
            pending[nr or f"?{unnamed}"] = {k: v for k, v in row.values.items() if not k.startswith("#")}
        elif edit.kind is EditKind.DELETED_ROW:
            rows.pop(edit.nr, None)
            pending.pop(edit.nr, None)
            gone.add(edit.nr)
    cases = {key: dict(value) for key, value in base.cases.items()}
    for case in found.cases:
        if str(case.id) in cases:
            cases[str(case.id)] |= {"choice": case.choice, "remark": case.remark, "event": case.event}
    return replace(base, rows=rows, pending=pending, gone=frozenset(gone), cases=cases)
