"""Reading ahead: while one message is decided, the sandbox reads the next ones, on other cores; while mail is
fetched still, it reads what is stored already.

Decisions stay one by one, in order of arrival. As many messages are read at once as there are children: what
reading may take is counted in processor time, so that one mail that keeps a child busy takes no time from
another's. What ends a process while it is read ends a child, so that
the message that ``service/crash_guard.py`` has noted stays the one to blame for this process.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Generic, Self, TypeVar

from mailbot.storage.messages import Waiting

#: Messages of more bytes are read in their turn.
SMALL = 1 << 20
#: So many messages are read before their turn, and no more bytes of them: what was read waits in memory.
AHEAD = 50
EARLY = 5 * SMALL

_Read = TypeVar("_Read")


class Reading(Generic[_Read]):
    """What gives the reading of a message when called, or raises what reading it raised."""

    def __init__(self, begin: Callable[[], Future[_Read]], *, at_once: bool) -> None:
        self._begin = begin
        self._begun = begin() if at_once else None

    @property
    def is_done(self) -> bool:
        """Whether the reading is there, so that calling it waits for no child."""
        return self._begun is not None and self._begun.done()

    def __call__(self) -> _Read:
        if self._begun is None:
            self._begun = self._begin()
        return self._begun.result()

    def wait(self) -> None:
        """Waits until the reading is there, or the error that it ended with; raises nothing."""
        if self._begun is None:
            self._begun = self._begin()
        self._begun.exception()

    def cancel(self) -> bool:
        """Cancels the reading where no child has begun it; returns whether that is so."""
        return self._begun is None or self._begun.cancel()


def _weight(one: Waiting) -> int:
    """The bytes of a message that is read before its turn."""
    return one.size if one.size <= SMALL else 0


class ReadAhead(Generic[_Read]):
    """Reads messages by ``read``, in threads of its own, so many ``at_once``. To be closed: what is not
    begun by then is never read. It may be used again afterwards."""

    def __init__(self, read: Callable[[Waiting], _Read], at_once: int = 1) -> None:
        self._read = read
        self._at_once = at_once
        self._threads: ThreadPoolExecutor | None = None
        self._early: dict[int, Reading[_Read]] = {}
        self._bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Waits for the messages that are being read, and ends the threads."""
        self._early.clear()
        self._bytes = 0
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None

    def begin(self, stored: Iterable[Waiting]) -> None:
        """Has messages read before their turn, as far as memory allows."""
        for one in stored:
            if one.size <= SMALL and self._bytes + one.size <= EARLY:
                self._bytes += one.size
                self._early[one.id] = self._reading(one)

    def each(self, waiting: Iterable[Waiting]) -> Generator[tuple[Waiting, Reading[_Read]], None, None]:
        """Each message in order, with its reading: to be waited for before the next message is taken. What
        was to be read early and was not begun is read in its turn: who came first is not kept waiting."""
        self._early = {number: one for number, one in self._early.items() if not one.cancel()}
        begun: deque[tuple[Waiting, Reading[_Read]]] = deque()
        weight = 0
        for one in waiting:
            while begun and (len(begun) >= AHEAD or weight + _weight(one) > EARLY):
                weight -= _weight(begun[0][0])
                yield begun.popleft()
            early = one.id in self._early
            begun.append((one, self._early.pop(one.id) if early else self._reading(one)))
            weight += _weight(one)
        while begun:
            yield begun.popleft()

    def _reading(self, one: Waiting) -> Reading[_Read]:
        return Reading(partial(self._submit, one), at_once=one.size <= SMALL)

    def _submit(self, one: Waiting) -> Future[_Read]:
        self._threads = self._threads or ThreadPoolExecutor(self._at_once)
        return self._threads.submit(self._read, one)
