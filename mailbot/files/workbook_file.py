"""A workbook on disk: read, and replaced beside and renamed, never written in place.

A write goes: (1) the cells of the new file are committed in the ledger, which gives them a
number; (2) the new file, bearing that number, is written beside the old one; (3) the two change
places in one step; (4) the displaced file is compared with what was read before (1): what she
saved in between is taken in like any edit. A kill before (3) leaves the old file with its own
number, a kill after it leaves the displaced file, which is looked at in the next cycle.
"""

from __future__ import annotations

import glob
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from mailbot import workbook
from mailbot.domain.case import Edit, EditKind
from mailbot.domain.decision import EventState
from mailbot.domain.file_says import FileSays
from mailbot.domain.remark import Remark, RemarkKind
from mailbot.domain.statement import Statement, say
from mailbot.files.day_copy import DayCopy, as_found
from mailbot.files.defect import told_as_defect
from mailbot.files.drawing import (
    CPU_SECONDS,
    BaseOf,
    Drawing,
    DrawingInput,
    Drawn,
    EditedError,
    event_of,
    foreign,
    is_older,
    look,
)
from mailbot.files.lock_files import lock, locks
from mailbot.files.shared_folder import (
    beside,
    is_plain,
    plain_files,
    put,
    regular,
    stamp_of,
    subfolder,
    write_new,
)
from mailbot.sandbox.pool import ChildDied
from mailbot.workbook import Base, DamagedError, Layout, Snapshot, her_cells
from mailbot.workbook.base import HerCells
from mailbot.workbook.case_rows import REMARK
from mailbot.workbook.still_named import Erased, places

#: What a replacement of a file is done within.
Held = Callable[[], AbstractContextManager[None]]

VERSIONS = 10
#: Where they lie, beside the workbook.
_VERSIONS = "versies"
#: Why a write waits whose time was over.
TOO_SLOW = say(FileSays.WRITING_TOO_SLOW)
_SAVED = say(FileSays.WORKBOOK_JUST_SAVED)


@dataclass(frozen=True)
class ImportedEdits:
    """What the secretary did since the last write. ``edits`` are to be decided and ``base`` kept in one
    transaction. ``remarks`` are for her. ``restored``: the file was put back to an earlier
    version, or is gone, and must be written whatever the ledger says; ``older``: it is a copy from before the
    last write, and must be written too. ``renamed``: she wrote in Postvak whom a mail is about, so its
    previews must be drawn again; ``untold``: rows must say what did not come of her decisions. ``own`` is
    what stood in columns of hers in the rows that she deleted."""

    number: int
    edits: tuple[Edit, ...] = ()
    remarks: tuple[Remark, ...] = ()
    restored: bool = False
    older: bool = False
    renamed: bool = False
    untold: bool = False
    before: Base = field(default_factory=Base)
    found: Snapshot = field(default_factory=Snapshot)
    own: Mapping[str, HerCells] = field(default_factory=dict)

    @property
    def says_other(self) -> bool:
        """Whether the file is to say something else than it does, whatever the ledger says."""
        return bool(self.edits) or self.older or self.renamed or self.untold

    def base(self, nrs: Sequence[str]) -> str:
        """The cells of that write with the edits in them; ``nrs`` are the references that the
        rows typed in got, in order, "" for one that became no registration."""
        return workbook.taken(self.before, self.found, self.edits, nrs, self.own).to_json()


@dataclass(frozen=True, slots=True)
class Wrote:
    """What became of a write: ``why`` it waits; None where it does not.
    ``late`` is True where she saved something meanwhile: take in and write again. ``worked`` are the seconds
    of processor time that a child took; ``remarks`` are for her."""

    why: Statement | None = None
    late: bool = False
    worked: float = 0.0
    remarks: tuple[Remark, ...] = ()

    @property
    def done(self) -> bool:
        """Whether the file shows all of it."""
        return self.why is None


class WorkbookFile:
    """The file of one event's workbook, or of the shared ``Te behandelen.xlsx``. ``writer`` tells the
    processes of several hosts apart, whose new files may lie beside it: one that was frozen, and wakes when
    another went on, must not put that one's file in place. A file is replaced within ``held``, which raises
    where it is another's to do so now."""

    def __init__(
        self, path: Path, layout: Layout, ledger: str = "", writer: str = "", held: Held = nullcontext
    ) -> None:
        self.path, self.layout, self.ledger = path, layout, ledger
        self._any_beside = f".{glob.escape(path.name)}.mailbot*"
        self._beside = beside(path, writer)
        self._held = held
        self._seen: tuple[int, ...] = ()
        self._mended: tuple[int, ...] = ()
        self.copy = DayCopy(path, layout.zone)
        self._told: set[str] = set()
        #: By message, whom each mail of Postvak is about, as she left it when the file was last read.
        self.whom: dict[int, str] = {}

    # ------------------------------------------------------------ locks

    def lock(self, now: datetime) -> Statement | None:
        """What keeps the file from being written, as ``lock`` says of its path."""
        return lock(self.path, now)

    def left_over(self, now: datetime) -> tuple[Remark, ...]:
        """A remark about the first lock file that was left over, where there is one."""
        old = [file.name for file, old in locks(self.path, now) if old]
        return tuple(
            Remark(RemarkKind.LOCK_LEFT, say(FileSays.LOCK_LEFT, name=name), (name,)) for name in old[:1]
        )

    # ------------------------------------------------------------ reading

    def import_edits(self, base_of: BaseOf, now: datetime) -> ImportedEdits | None:
        """What she did since mailbot wrote; None where there is nothing to take in.

        Raises ``OSError`` where the file cannot be read.
        """
        self._finish(base_of)
        stamp = stamp_of(self.path)  # before it is read: what she saves in between makes another
        if stamp and stamp == self._seen:
            return None
        data = self._read()
        if data is None:
            return self._gone(base_of, now)
        found, base = look(data, base_of, self.layout, self.ledger)
        why = workbook.accident(base, found)
        if why is not None:
            return self._accident(data, why, base_of, now)
        older = is_older(base, base_of)
        edits = workbook.merge(base, found, self.layout, older=older)
        own = self._own_of({one.nr for one in edits if one.kind is EditKind.DELETED_ROW}, base_of)
        self._keep_version(data, now)
        remarks = self._remarks(found, data, stamp, now)
        self._seen = () if edits else stamp
        rows = found.inbox.cases if found.inbox else ()
        self.whom = {case.id: case.remark for case in rows}
        renamed = any(
            base.inbox.get(str(one), {}).get(REMARK, said) != said for one, said in self.whom.items()
        )
        untold = workbook.untold(base, found)
        taken = ImportedEdits(base.number, edits, remarks, False, older, renamed, untold, base, found, own)
        return taken if taken.says_other or remarks else None

    def _own_of(self, nrs: set[str], base_of: BaseOf) -> dict[str, HerCells]:
        """What stood in columns of hers in these rows, which are gone, as the newest versions have them."""
        own: dict[str, HerCells] = {}
        for version in sorted(self._versions(), reverse=True):
            if not nrs - own.keys():
                break
            found, _ = look(regular(version) or b"", base_of, self.layout, self.ledger)
            own |= her_cells.of_rows(found, self.layout, nrs - own.keys())
        return own

    def _remarks(
        self, found: Snapshot, data: bytes, stamp: tuple[int, ...], now: datetime
    ) -> tuple[Remark, ...]:
        """What she is to be told of a file that was read, each once. Where something in it is to be put
        right, it is kept beside as it was found."""
        mended = found.mended if stamp != self._mended else ()
        if mended:
            write_new(as_found(self.path, now, self.layout.zone), data, self.path)
            self._mended = stamp
        new = [one for one in (*found.remarks, *self.left_over(now)) if one.key not in self._told]
        self._told.update(one.key for one in new)
        in_file = partial(say, FileSays.IN_FILE, file=self.path.name)
        return tuple(replace(one, says=in_file(what=one.says)) for one in (*mended, *new))

    def nrs(self, base_of: BaseOf) -> tuple[frozenset[str], frozenset[str]] | None:
        """The references of the rows that the file shows (those that she took out since it was last
        read among them), and of those she took out before; None where it cannot be said yet. Raises
        ``OSError``."""
        data = self._read()
        if data is None:
            return None
        found, base = look(data, base_of, self.layout, self.ledger)
        if workbook.accident(base, found) is not None or not base.tidy:
            return None
        named = (*(row.nr for row in found.rows), *base.rows, *base.pending)
        # A row that she typed and that waits for her decision is no registration yet: its name is ours.
        return frozenset(one for one in named if one and not one.startswith("?")), base.gone

    def still_named(self, erased: Erased, base_of: BaseOf) -> tuple[Statement, ...]:
        """Where cells of hers name somebody. Raises ``OSError``."""
        data = self._read()
        if data is None:
            return ()
        found, _ = look(data, base_of, self.layout, self.ledger)
        return places(found, self.layout, erased)

    def _known(self, data: bytes, base_of: BaseOf) -> bool:
        """Whether the ledger has the write that a file came from; after a restore it may not."""
        marks = workbook.marks_of(data)
        cells = base_of(marks.number) if marks.number is not None else None
        if cells is None:
            return False
        base = Base.from_json(marks.number or 0, cells)
        return not foreign(marks, base, event_of(self.layout), self.ledger)

    def _last_version(self, base_of: BaseOf) -> bytes | None:
        """The newest kept version whose write is in the ledger."""
        former = (regular(version) for version in sorted(self._versions(), reverse=True))
        return next((version for version in former if version and self._known(version, base_of)), None)

    def _gone(self, base_of: BaseOf, now: datetime) -> ImportedEdits | None:
        """What to import where the file is not there: it was never written, or was taken away. Her own
        content is in the kept versions."""
        if self.lock(now):
            return None  # programs that save take the old file away first
        last = self._last_version(base_of)
        if last is None:
            return ImportedEdits(0, restored=True)
        write_new(self._beside, last, self.path)
        with self._held():
            self._beside.replace(self.path)
        remark = Remark(RemarkKind.NOT_THERE, say(FileSays.WORKBOOK_BACK, file=self.path.name))
        return ImportedEdits(0, remarks=(remark,), restored=True)

    def _accident(self, data: bytes, why: Statement, base_of: BaseOf, now: datetime) -> ImportedEdits | None:
        if self.lock(now):
            return None  # she is still at it: looked at once it is closed
        kept = as_found(self.path, now, self.layout.zone)
        write_new(kept, data, self.path)
        last = self._last_version(base_of)
        if last is not None:
            write_new(self._beside, last, self.path)
        with self._held():
            if last is None:
                self.path.unlink()
            else:
                self._beside.replace(self.path)
        repaired = say(FileSays.WORKBOOK_REPAIRED, file=self.path.name, why=why, kept=kept.name)
        remark = Remark(RemarkKind.REPAIRED, repaired, (kept.name, workbook.digest(data)))
        return ImportedEdits(0, remarks=(remark,), restored=True)

    def _finish(self, base_of: BaseOf) -> None:
        """After a kill the file beside is the new one, whole or not and not yet in place, or the one
        displaced. Each process that was killed, or froze, may have left one."""
        found = sorted(self.path.parent.glob(self._any_beside))
        if found:
            with self._held():
                for path in found:
                    self._finish_one(path, base_of)

    def _finish_one(self, path: Path, base_of: BaseOf) -> None:
        if not is_plain(path):
            path.unlink(missing_ok=True)  # we make no links or pipes: somebody put it there
            return
        left, here = regular(path) or b"", self._read()
        number = workbook.number_of(here) if here is not None else None
        cells = base_of(number) if number is not None else None
        ours = cells is not None and number is not None and number > (workbook.number_of(left) or 0)
        whole = not workbook.read(left, self.layout, Base()).damaged
        if whole and ours and cells and Base.from_json(number or 0, cells).source != workbook.digest(left):
            path.replace(self.path)  # saved just before it was displaced: hers goes first
        else:
            path.unlink()

    # ------------------------------------------------------------ writing

    def write(
        self,
        state: EventState,
        base_of: BaseOf,
        keep: Callable[[str, int], int],
        now: datetime,
        links: Mapping[int, str] | None = None,
    ) -> Wrote:
        """Brings the file in line with ``state``: ``begin`` and ``finish`` in one."""
        with self.begin(state, base_of, links) as drawing:
            return self.finish(drawing, keep, now)

    def begin(
        self,
        state: EventState,
        base_of: BaseOf,
        links: Mapping[int, str] | None = None,
        then: Callable[[], None] = lambda: None,
    ) -> Drawing:
        """Begins to draw the file that shows ``state``, and changes nothing yet; ``then`` as ``Drawing``
        has it.

        Raises ``OSError`` where the file cannot be read.
        """
        data = self._read()
        return Drawing(
            DrawingInput(state, self.layout, self.ledger, self._bases(data, base_of), links or {}), data, then
        )

    def finish(self, drawing: Drawing, keep: Callable[[str, int], int], now: datetime) -> Wrote:
        """Puts what was drawn in the file's place, unless that changed since. ``keep`` commits the cells of
        the new file, told with the number of the one that it follows, and gives its own. Nothing changed
        means nothing written.

        Raises ``OSError`` where the folder cannot be written, or no child be had to draw.
        """
        try:
            made = drawing.drawn()
        except EditedError:
            self._seen = ()
            return Wrote(say(FileSays.READ_FIRST), late=True)
        except DamagedError as error:
            return Wrote(error.why, late=True)
        except OSError:
            raise  # no process could be had for it
        except Exception as error:  # noqa: BLE001  a defect of ours costs this workbook its write, and nothing else
            return _unwritten(error)
        try:
            wrote = self._put(drawing.data, made, keep, now)
        except DamagedError as error:
            return Wrote(error.why, late=True)
        except ChildDied as death:
            return _unwritten(death)
        return replace(wrote, worked=made.worked if made else 0.0)

    @staticmethod
    def _bases(data: bytes | None, base_of: BaseOf) -> dict[int, str]:
        """The cells of the write that a file came from, and of the one after it, where there are any."""
        number = workbook.number_of(data) if data is not None else None
        found = {one: base_of(one) for one in (number, number + 1)} if number is not None else {}
        return {one: cells for one, cells in found.items() if cells is not None}

    def _put(
        self, data: bytes | None, made: Drawn | None, keep: Callable[[str, int], int], now: datetime
    ) -> Wrote:
        """Puts a drawn file in place of ``data``. Raises ``DamagedError``."""
        locked = self.lock(now)
        if made is None:
            return Wrote(remarks=() if locked else self.copy.put_away(now))
        if locked is not None:
            remarks = self.copy.show(made.drawn, partial(made.data, 0), self._beside, now)
            return Wrote(locked, remarks=remarks)
        if self._read() != data:  # it took its time to be drawn
            self._seen = ()
            return Wrote(_SAVED, late=True)
        number = keep(made.cells, workbook.number_of(data or b"") or 0)
        write_new(self._beside, made.data(number), self.path)
        with self._held():
            in_place = put(self._beside, self.path, data)
        if not in_place:
            self._seen = ()
            return Wrote(_SAVED, late=True)
        if data is not None:
            self._keep_version(data, now)
        self._seen = stamp_of(self.path)
        return Wrote(remarks=self.copy.put_away(now))

    # ------------------------------------------------------------ versions

    def _versions(self) -> list[Path]:
        return list(plain_files(self.path.parent, _VERSIONS, f"{self.path.stem} *.xlsx"))

    def _keep_version(self, data: bytes, now: datetime) -> None:
        versions = sorted(self._versions())
        if versions and regular(versions[-1]) == data:
            return
        folder = subfolder(self.path.parent, _VERSIONS)
        write_new(folder / f"{self.path.stem} {now:%Y%m%d-%H%M%S-%f}.xlsx", data, self.path)
        for old in sorted(self._versions())[:-VERSIONS]:
            old.unlink()

    def forget(self) -> None:
        """Deletes the versions, dated copies and files as found that lie around it: for erasing a
        person's data. The workbook itself follows the ledger."""
        around = self.path.parent
        for pattern in ("stand *", "zoals gevonden *"):
            for copy in around.glob(f"{self.path.stem} {pattern}.xlsx"):
                copy.unlink()
        for version in self._versions():
            version.unlink()

    def _read(self) -> bytes | None:
        return regular(self.path)


def _unwritten(error: Exception) -> Wrote:
    """The result of a write that failed; one that ran out of time rests as long as one that took all of
    it."""
    if isinstance(error, ChildDied) and error.too_slow:
        return Wrote(TOO_SLOW, worked=CPU_SECONDS)
    return Wrote(told_as_defect(say(FileSays.WORKBOOK_NOT_WRITTEN)))
