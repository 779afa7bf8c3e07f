"""What was read from a workbook that the secretary may have edited since it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mailbot.domain.message import Address
from mailbot.domain.remark import Remark
from mailbot.domain.statement import Statement, Told
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
    """A row of Te behandelen or Postvak, with what she put into it, and what it is to say of that where it is
    no decision."""

    at: int
    id: int
    choice: str
    remark: str
    event: str
    note: Told = ""


@dataclass(frozen=True, slots=True)
class StrayDecision:
    """A decision in a row of no case: ``key`` has the number and the words that she typed, ``why`` is what
    that row is to say of it, and ``is_told`` whether it does since the last write."""

    at: int
    key: str
    why: Statement
    is_told: bool


@dataclass(frozen=True, slots=True)
class SnapshotMailing:
    """A row of Berichten: ``name`` is its number, or "?7" for one that has none in row 7, or repeats the
    number of another, which it is a ``copy_of``. ``values`` are her cells by key; ``listed``, ``marked`` and
    ``unlisted`` what the sheet or column says that she names."""

    at: int
    name: str
    values: Mapping[str, str]
    listed: tuple[Address, ...] = ()
    marked: tuple[str, ...] = ()
    unlisted: Told = ""
    copy_of: str = ""


@dataclass(frozen=True)
class Snapshot:
    """A file as it was found.

    ``number`` is the write it came from. ``damaged`` says why nothing can be taken from
    it, or is empty. ``remarks`` tell her what was odd, ``mended`` what the next write puts right.
    ``header`` is the row of the headers of Deelnemers and
    ``columns`` the column of each key found; ``extra`` are rows that repeat another, and go;
    ``repeats`` says, with the nr, what those of them said that is not what the other says.
    ``case_extra`` are rows of cases that repeat another, and go; ``case_strays`` are rows of hers in which
    she decided something about no case of that sheet.
    ``inbox`` has as its cases the rows of Postvak, by message; ``mailings`` are those of Berichten, None
    where that sheet is not there.
    ``wanted_list`` is the list that she asks for in Overzicht.
    ``source`` is a digest of the file and ``book`` the file itself, opened, for the write that
    may follow.
    """

    number: int | None = None
    damaged: Statement | None = None
    remarks: tuple[Remark, ...] = ()
    mended: tuple[Remark, ...] = ()
    header: int = 1
    columns: dict[str, int] = field(default_factory=dict)
    rows: tuple[SnapshotRow, ...] = ()
    extra: tuple[int, ...] = ()
    repeats: tuple[tuple[str, Row], ...] = ()
    cases: tuple[SnapshotCase, ...] = ()
    case_extra: tuple[int, ...] = ()
    case_strays: tuple[StrayDecision, ...] = ()
    case_header: int = 1
    case_columns: dict[str, int] = field(default_factory=dict)
    inbox: Snapshot | None = None
    wanted_list: str = ""
    mailings: tuple[SnapshotMailing, ...] | None = None
    mailing_header: int = 1
    mailing_columns: dict[str, int] = field(default_factory=dict)
    source: str = ""
    book: Workbook | None = field(default=None, repr=False, compare=False)
