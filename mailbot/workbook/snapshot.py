"""What stands in a workbook that came back from the secretary's hands."""

from __future__ import annotations

from dataclasses import dataclass, field

from mailbot.workbook.base import Row
from mailbot.xlsx.workbook import Workbook


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """A row of Deelnemers. ``nr`` is empty for one that mailbot does not know. ``values`` leaves
    out the columns that could not be read."""

    at: int
    nr: str
    values: Row


@dataclass(frozen=True, slots=True)
class SnapshotCase:
    """A row of Te behandelen, with what she put into it."""

    at: int
    id: int
    choice: str
    remark: str
    event: str


@dataclass(frozen=True)
class Snapshot:
    """A file as it was found.

    ``number`` is the write it came from. ``damaged`` says in Dutch why nothing can be taken from
    it, or is empty. ``remarks`` are lines to tell her of what was odd (Dutch), ``mended`` those of
    what the next write puts right. ``header`` is the row of the headers of Deelnemers and
    ``columns`` the column of each key found; ``extra`` are rows that repeat another, and go;
    ``repeats`` says, with the nr, what those of them said that is not what the other says.
    ``case_extra`` are rows of cases that repeat another, and go.
    ``inbox`` has as its cases the rows of Postvak, by message.
    ``source`` is a digest of the file and ``book`` the file itself, opened, for the write that
    may follow.
    """

    number: int | None = None
    damaged: str = ""
    remarks: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    header: int = 1
    columns: dict[str, int] = field(default_factory=dict)
    rows: tuple[SnapshotRow, ...] = ()
    extra: tuple[int, ...] = ()
    repeats: tuple[tuple[str, Row], ...] = ()
    cases: tuple[SnapshotCase, ...] = ()
    case_extra: tuple[int, ...] = ()
    case_header: int = 1
    case_columns: dict[str, int] = field(default_factory=dict)
    inbox: Snapshot | None = None
    source: str = ""
    book: Workbook | None = field(default=None, repr=False, compare=False)
