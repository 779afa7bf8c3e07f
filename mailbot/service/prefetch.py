"""Reading ahead: while one message is decided, the sandbox reads the next, on another core.

Decisions stay one by one, in order of arrival, and reading is one by one as well: one mail that keeps the
sandbox busy takes no time from another's. What ends a process while it is read ends a child, so that
the message that ``service/poison_guard.py`` has noted stays the one to blame for this process.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from mailbot.storage.messages import Waiting

#: So many messages are read before their turn, and none of more bytes: what was read waits in memory.
AHEAD = 5
SMALL = 1 << 20

_Read = TypeVar("_Read")


def read_ahead(
    waiting: Iterable[Waiting], read: Callable[[Waiting], _Read]
) -> Generator[tuple[Waiting, Callable[[], _Read]], None, None]:
    """Each message in order, with what gives its reading, or raises what ``read`` raised: to be asked
    for before the next message is taken.

    ``read`` is called in a thread of its own, for one message at a time. To be closed: what is not
    begun by then is never read.
    """
    thread = ThreadPoolExecutor(1)

    def in_turn(one: Waiting) -> _Read:
        return thread.submit(read, one).result()

    begun: deque[tuple[Waiting, Callable[[], _Read]]] = deque()
    try:
        for one in waiting:
            begun.append(
                (one, partial(in_turn, one) if one.size > SMALL else thread.submit(read, one).result)
            )
            if len(begun) > AHEAD:
                yield begun.popleft()
        while begun:
            yield begun.popleft()
    finally:
        thread.shutdown(cancel_futures=True)
