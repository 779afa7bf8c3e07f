"""Reading ahead: while one message is decided, the sandbox reads the next, on another core.

Decisions stay one by one, in order of arrival, and reading is one by one as well: one mail that keeps the
sandbox busy takes no time from another's. What ends a process while it is read ends a child, so that
the message that ``service/poison_guard.py`` has noted stays the one to blame for this process.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Generic, TypeVar

from mailbot.storage.messages import Waiting

#: So many messages are read before their turn, and none of more bytes: what was read waits in memory.
AHEAD = 5
SMALL = 1 << 20

_Read = TypeVar("_Read")


class Reading(Generic[_Read]):
    """What gives the reading of a message when called, or raises what reading it raised."""

    def __init__(self, begin: Callable[[], Future[_Read]], *, at_once: bool) -> None:
        self._begin = begin
        self._begun = begin() if at_once else None

    @property
    def is_done(self) -> bool:
        """Whether it is there: nothing waits for a child."""
        return self._begun is not None and self._begun.done()

    def __call__(self) -> _Read:
        if self._begun is None:
            self._begun = self._begin()
        return self._begun.result()

    def wait(self) -> None:
        """Returns once it is there, whatever it is."""
        if self._begun is None:
            self._begun = self._begin()
        self._begun.exception()


def read_ahead(
    waiting: Iterable[Waiting], read: Callable[[Waiting], _Read]
) -> Generator[tuple[Waiting, Reading[_Read]], None, None]:
    """Each message in order, with its reading: to be waited for before the next message is taken.

    ``read`` is called in a thread of its own, for one message at a time. To be closed: what is not
    begun by then is never read.
    """
    thread = ThreadPoolExecutor(1)
    begun: deque[tuple[Waiting, Reading[_Read]]] = deque()
    try:
        for one in waiting:
            begin = partial(thread.submit, read, one)
            begun.append((one, Reading(begin, at_once=one.size <= SMALL)))
            if len(begun) > AHEAD:
                yield begun.popleft()
        while begun:
            yield begun.popleft()
    finally:
        thread.shutdown(cancel_futures=True)
