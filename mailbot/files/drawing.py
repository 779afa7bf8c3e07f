"""The drawing of a workbook: in the worker for a few rows, in a child of its own for many.

10,000 people take half a gigabyte and some seconds; a child gives the memory back when it ends, and what a
worker once took stays with it. The child is told in a pickle what to draw: it reads no mail of a stranger's
before. It answers text and bytes.
"""

from __future__ import annotations

import pickle
import threading
import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from mailbot import workbook
from mailbot.domain.decision import EventState
from mailbot.domain.file_says import FileSays
from mailbot.domain.statement import Statement, say
from mailbot.sandbox.pool import ChildDied, Pool
from mailbot.workbook import Base, DamagedError, Layout, Marks, Snapshot, WrittenWorkbook

#: People from which on a child draws: fewer cost less than telling it.
MANY = 1_000
#: Seconds for one drawing: of processor time, and by the clock on a machine that has much else to do. The
#: cycle waits for it, whose connections are cut after 600 seconds without a sign of life.
CPU_SECONDS, SECONDS = 300, 500.0
#: What the workbook of no event says in place of one; no id of an event begins so.
NO_EVENT = "*"
#: Finds the cells of a write by its number; None for an unknown one.
BaseOf = Callable[[int], str | None]


class EditedError(Exception):
    """The file holds edits that are to be taken in first."""


@dataclass(frozen=True, slots=True)
class DrawingInput:
    """All that a drawing depends on besides the file that stands there. ``bases`` are, by number, the cells
    of the write that this came from and of the one after that, as far as there are."""

    state: EventState
    layout: Layout
    ledger: str
    bases: Mapping[int, str]
    links: Mapping[int, str]

    def on(self, data: bytes | None) -> WrittenWorkbook | None:
        """The file that is to replace ``data`` (None for no file); None where nothing changed. Raises
        ``EditedError`` and ``DamagedError``."""
        found, base = None, Base()
        if data is not None:
            found, base = look(data, self.bases.get, self.layout, self.ledger)
            older = is_older(base, self.bases.get)
            edits = workbook.merge(base, found, self.layout, older=older)
            if edits or workbook.accident(base, found) is not None:
                raise EditedError
        return workbook.write(self.state, self.layout, found, base, self.links)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file to be: its ``cells`` for the ledger, whose number ``data`` then puts into its bytes (raises
    ``DamagedError`` and ``ChildDied``); ``drawn`` is what it shows, ``worked`` the seconds of processor time
    that a child took."""

    cells: str
    drawn: str
    data: Callable[[int], bytes]
    worked: float = 0.0


class Drawing:
    """A file that is being drawn over ``data``, by ``DrawingInput.on``: that of a few people at once,
    that of many in a child, beside what else the worker does. ``then`` is called, from another thread,
    when that one stands. Where a child dies of it, it is drawn here. To be closed: a child that is
    still at it ends with its job."""

    def __init__(
        self, wanted: DrawingInput, data: bytes | None, then: Callable[[], None] = lambda: None
    ) -> None:
        self.data = data
        self._drawn: Future[Drawn | None] = Future()
        self._over = threading.Event()
        if len(wanted.state.registrations) < MANY:
            self._keep(partial(_here, wanted, data))
        else:
            at_it = threading.Thread(target=self._beside, args=(wanted, then), name="drawing", daemon=True)
            at_it.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Drops the drawing, and ends the child that works on it."""
        self._over.set()

    def stands(self, seconds: float = 0.0) -> bool:
        """Whether it is finished; waits for that no longer than ``seconds``."""
        return not wait((self._drawn,), seconds).not_done

    def drawn(self) -> Drawn | None:
        """What was drawn, once it is; None where nothing changed. Raises ``EditedError``, ``DamagedError``,
        ``ChildDied`` where its time was over (here it would take as long), and what a defect of ours
        raises."""
        return self._drawn.result()

    def _beside(self, wanted: DrawingInput, then: Callable[[], None]) -> None:
        with Pool(__name__, children=1, seconds=SECONDS, cpu_seconds=CPU_SECONDS) as pool:
            self._keep(partial(_in_child, pool, wanted, self.data))
            then()
            self._over.wait()

    def _keep(self, draw: Callable[[], Drawn | None]) -> None:
        try:
            self._drawn.set_result(draw())
        except Exception as error:  # noqa: BLE001  for whoever asks what was drawn
            self._drawn.set_exception(error)


def _here(wanted: DrawingInput, data: bytes | None) -> Drawn | None:
    written = wanted.on(data)
    if written is None:
        return None
    pack = partial(written.data, event=event_of(wanted.layout), ledger=wanted.ledger)
    return Drawn(written.base.to_json(), written.base.drawn, pack)


def _in_child(pool: Pool, wanted: DrawingInput, data: bytes | None) -> Drawn | None:
    try:
        what, *told = pool.run("draw", zlib.compress(pickle.dumps(wanted), 1), data)
    except ChildDied as death:
        if death.too_slow:
            raise
        return _here(wanted, data)
    if what == "edited":
        raise EditedError
    if what == "damaged":
        raise DamagedError(FileSays(*told))
    if what == "same":
        return None

    def pack(number: int) -> bytes:
        packed = pool.run("pack", number, event_of(wanted.layout), wanted.ledger)
        if not isinstance(packed, bytes):
            raise DamagedError(FileSays(str(packed)))
        return packed

    cells, drawn = told
    return Drawn(cells, drawn, pack, pool.jobs["draw"][1])


#: In a child: what it has drawn, until it is packed.
_held: list[WrittenWorkbook] = []


def run(job: str, *arguments: Any) -> object:
    """The answer of a child to one job, for ``Pool``."""
    try:
        if job == "pack":
            return _held[-1].data(*arguments)
        told, data = arguments
        written = pickle.loads(zlib.decompress(told)).on(data)  # noqa: S301  of the worker, to a child that reads no mail
    except EditedError:
        return ("edited",)
    except DamagedError as error:
        return ("damaged", str(error.why.code)) if job == "draw" else str(error.why.code)
    if written is None:
        return ("same",)
    _held[:] = [written]
    return ("drawn", written.base.to_json(), written.base.drawn)


def look(data: bytes, base_of: BaseOf, layout: Layout, ledger: str) -> tuple[Snapshot, Base]:
    """What stands in a file, and the cells of the write that it came from."""
    marks = workbook.marks_of(data)
    cells = base_of(marks.number) if marks.number is not None else None
    known = marks.number is not None and cells is not None
    base = Base.from_json(marks.number or 0, cells) if known and cells else Base()
    why = foreign(marks, base, event_of(layout), ledger)
    if why:
        return Snapshot(damaged=why), Base()
    return workbook.read(data, layout, base), base


def event_of(layout: Layout) -> str:
    """The event that a workbook names as its own."""
    return layout.event.id if layout.event else NO_EVENT


def is_older(base: Base, base_of: BaseOf) -> bool:
    """Whether a later write than this one was made."""
    return base.number > 0 and base_of(base.number + 1) is not None


def foreign(marks: Marks, base: Base, event: str, ledger: str) -> Statement | None:
    """Why a file is none of this event's workbook in this ledger; None where it is one. Numbers of writes say
    nothing across events and installations. Where ``base``, the write of its number, is of a version
    that did not mark files yet, it is taken at its number."""
    if marks.event is None and marks.ledger is None and not base.marked:
        return None
    if marks.event != event:
        named = marks.event and marks.event[0] != NO_EVENT
        of = say(FileSays.EVENT_IN_PARENTHESES, event=marks.event or "") if named else ""
        return say(FileSays.OF_ANOTHER_EVENT, event=of)
    if (marks.ledger or "") != ledger:
        return say(FileSays.OF_ANOTHER_INSTALLATION)
    return None
