"""The copy beside a workbook that is open (``<name> stand <date>.xlsx``): it shows the newest state until
that can be written. What she typed in it counts nowhere, so a copy that she saved is never written over or
deleted."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from zoneinfo import ZoneInfo

from mailbot.domain.file_says import FileSays
from mailbot.domain.remark import Remark, RemarkKind
from mailbot.domain.statement import say
from mailbot.files.lock_files import lock
from mailbot.files.shared_folder import is_plain, regular, write_new
from mailbot.workbook import digest

#: Between the name of a copy and its digest, in what is kept of it.
_BESIDE = "/"


def as_found(path: Path, now: datetime, zone: ZoneInfo) -> Path:
    """Where a file that she saved, and that is to be replaced, is kept beside a workbook: no other that was
    found in the same second is written over."""
    first = f"{path.stem} zoals gevonden {now.astimezone(zone):%Y%m%d-%H%M%S}"
    names = chain((first,), (f"{first} ({again})" for again in count(2)))
    places = (path.with_name(f"{name}.xlsx") for name in names)
    return next(place for place in places if not os.path.lexists(place))


class DayCopy:
    """The copy beside the workbook at ``path``, one at a time. ``written`` says which it is and what stood in
    it, and survives a restart with the ledger; empty for none."""

    def __init__(self, path: Path, zone: ZoneInfo) -> None:
        self._path, self._zone = path, zone
        self._drawn = ""
        self.written = ""

    def show(self, drawn: str, data: Callable[[], bytes], beside: Path, now: datetime) -> tuple[Remark, ...]:
        """Writes the copy of today, by way of a hidden file at the place ``beside``, unless it shows
        what was ``drawn`` or she has it open. Gives a remark about work of hers that lay in its place."""
        copy = self._path.with_name(f"{self._path.stem} stand {now.astimezone(self._zone):%Y-%m-%d}.xlsx")
        if drawn == self._drawn or lock(copy, now):
            return ()
        remarks = self._put_away(now, copy)
        hidden, content = beside.with_name(f".{copy.name}.mailbot"), data()
        write_new(hidden, content, self._path)
        hidden.replace(copy)
        self._drawn, self.written = drawn, f"{copy.name}{_BESIDE}{digest(content)}"
        return remarks

    def put_away(self, now: datetime) -> tuple[Remark, ...]:
        """Deletes the copy once the workbook shows the ledger; one that she saved is kept, and told."""
        return self._put_away(now)

    def _put_away(self, now: datetime, *others: Path) -> tuple[Remark, ...]:
        name, _, content = self.written.partition(_BESIDE)
        former = (self._path.with_name(name),) if name else ()
        remarks: list[Remark] = []
        for copy in dict.fromkeys((*former, *others)):
            if not is_plain(copy) or lock(copy, now):
                continue
            data = regular(copy) or b""
            if copy in former and digest(data) == content:
                copy.unlink()
            else:
                remarks.append(self._kept(copy, data, now))
        if not any(map(is_plain, former)):
            self._drawn = self.written = ""
        return tuple(remarks)

    def _kept(self, copy: Path, data: bytes, now: datetime) -> Remark:
        kept = as_found(self._path, now, self._zone)
        copy.replace(kept)
        told = say(FileSays.COPY_KEPT, file=copy.name, kept=kept.name, workbook=self._path.name)
        return Remark(RemarkKind.REPAIRED, told, (kept.name, digest(data)))
