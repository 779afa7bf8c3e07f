"""What strangers sent is read in a process of its own, within memory, CPU and time.

A child is forked (``nursery``) when the first document comes, kept warm for the next, killed when one takes
too long, and replaced. A document that kills its child costs its own reading, nothing else.
"""

from __future__ import annotations

import io
import os
import queue
import select
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import Any, Self

from mailbot.sandbox import protocol
from mailbot.sandbox.nursery import NURSERY, Forked

#: Processor time for one document; two cores at work on one scan count double. This is the limit: what
#: is read does not depend on how busy the machine is.
CPU_SECONDS = 40
#: By the clock on the wall, for a child that works no more and gives no answer.
SECONDS = 120.0
MEMORY = 3 << 30  # bytes of address space; reading a photo has been seen to take two of the three

_JOBS_OF_A_CHILD = 500  # then a fresh one: what leaked would count against the next document
_MOST_ANSWER = 64 * 1024 * 1024
_STEP = 1 << 20


class ChildDied(Exception):  # noqa: N818  said of the child, not of the code
    """The child did not answer. ``too_slow``: it was killed because its time was over."""

    def __init__(self, too_slow: bool) -> None:
        super().__init__("out of time" if too_slow else "died")
        self.too_slow = too_slow


class Budget:
    """Processor time that several jobs may take together, ``each`` no more than its part. A job takes
    beforehand what it may use and gives back what it did not, and one for which nothing is left waits
    for those in hand: side by side they never use more than there is."""

    def __init__(self, seconds: float, each: int = CPU_SECONDS) -> None:
        self._left, self._each = seconds, each
        self._running = 0
        self._changed = threading.Condition()

    def take(self, most: int) -> int:
        """Whole seconds for one job: ``most``, or less; none where all were used."""
        with self._changed:
            self._changed.wait_for(lambda: self._left >= 1 or not self._running)
            taken = max(0, min(most, self._each, int(self._left)))
            self._left -= taken
            self._running += 1
        return taken

    def give_back(self, seconds: float) -> None:
        """The job is over: what it did not use; below nothing, what it used besides."""
        with self._changed:
            self._left += seconds
            self._running -= 1
            self._changed.notify_all()


class Pool:
    """A pool of ``children`` processes; safe to use from several threads. ``entry`` names the module
    whose ``run(job, *arguments)`` answers in the child.

    ``modules`` are imported before children are forked, ``first`` gives the job that each does before any
    other.
    One document may take ``cpu_seconds`` of work, ``memory`` bytes and ``seconds`` by the clock.
    Use it as a context manager: leaving it ends the children. ``jobs`` holds how many of each job they
    did, and their processor time in seconds.
    """

    def __init__(
        self,
        entry: str,
        children: int = 2,
        seconds: float = SECONDS,
        cpu_seconds: int = CPU_SECONDS,
        memory: int = MEMORY,
        modules: tuple[str, ...] = (),
        first: Callable[[], tuple[object, ...]] | None = None,
    ) -> None:
        self.size = children
        self.jobs: dict[str, tuple[int, float]] = {}
        self._seconds = seconds
        self._cpu_seconds = cpu_seconds
        self._free: queue.LifoQueue[_Child] = queue.LifoQueue()
        self._children = [_Child(entry, memory, modules, first) for _ in range(children)]
        for child in self._children:
            self._free.put(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the children."""
        for child in self._children:
            child.end()

    def run(
        self, job: str, *arguments: object, seconds: float | None = None, budget: Budget | None = None
    ) -> Any:
        """What the entry point answers to ``job``, which takes its processor time from ``budget``. Raises
        ``ChildDied``, too where nothing is left of that."""
        budget = budget or Budget(self._cpu_seconds)
        allowed = budget.take(self._cpu_seconds)
        used = float(allowed)  # also where the child did not live to tell
        try:
            if not allowed:
                raise ChildDied(too_slow=True)
            used, answer = self._ask(protocol.framed((allowed, job, *arguments)), seconds or self._seconds)
            return answer
        finally:
            count, before = self.jobs.get(job, (0, 0.0))
            self.jobs[job] = (count + 1, before + used)
            budget.give_back(allowed - used)

    def _ask(self, data: list[bytes], seconds: float) -> tuple[float, Any]:
        child = self._free.get()
        try:
            was_warm = child.is_warm
            try:
                return child.do(data, seconds)
            except ChildDied as death:
                # A warm child may have died of something else: the document gets a fresh one.
                if death.too_slow or not was_warm:
                    raise
                return child.do(data, seconds)
        finally:
            self._free.put(child)


class _Child:
    """One process, started when first needed and again after it ended."""

    def __init__(
        self,
        entry: str,
        memory: int,
        modules: tuple[str, ...],
        first: Callable[[], tuple[object, ...]] | None,
    ) -> None:
        self._arguments = (entry, memory, modules)
        self._first = first
        self._process: Forked | None = None
        self._jobs = 0

    @property
    def is_warm(self) -> bool:
        """Whether it has answered before: one that did not is ended at once."""
        return self._process is not None

    def do(self, job: list[bytes], seconds: float) -> tuple[float, Any]:
        """Sends a job and returns the processor time it took, and the answer. Raises ``ChildDied``; the
        process is then gone. Where no child can be had (``OSError``) nothing is said of the job."""
        if self._jobs >= _JOBS_OF_A_CHILD:
            self.end()
        if self._process is None:
            self._process, self._jobs = NURSERY.fork(*self._arguments), 0
        try:
            if self._first and not self._jobs:
                first = protocol.framed((CPU_SECONDS, *self._first()))
                _exchange(self._process, first, time.monotonic() + seconds)
            milliseconds, answer = _exchange(self._process, job, time.monotonic() + seconds)
            used = int(milliseconds) / 1000
        except (ChildDied, OSError, ValueError, TypeError) as error:
            late = isinstance(error, ChildDied) and error.too_slow
            # The limit on CPU ends the child by a signal of its own.
            raise ChildDied(too_slow=self.end() == -signal.SIGXCPU or late) from error
        except BaseException:
            self.end()  # its answer may yet come, and would be taken for that to the next job
            raise
        self._jobs += 1
        return used, answer

    def end(self) -> int:
        """Kills the process if it still runs, and waits for it; returns what it ended with."""
        if self._process is None:
            return 0
        process, self._process = self._process, None
        return NURSERY.end(process)


def _exchange(process: Forked, job: list[bytes], deadline: float) -> Any:
    for large, some in groupby(job, lambda piece: len(piece) > _STEP):
        for piece in some if large else (b"".join(some),):
            _send(process.jobs, piece, deadline)
    read = partial(_receive, process.answers, deadline)
    (size,) = protocol.SIZE.unpack(read(protocol.SIZE.size))
    if size > _MOST_ANSWER:
        raise ChildDied(too_slow=False)
    return protocol.load(read(size)) if size <= _STEP else protocol.taken(read, size)


def _send(pipe: int, data: bytes, deadline: float) -> None:
    rest = memoryview(data)
    while rest:
        _wait(pipe, select.POLLOUT, deadline)
        rest = rest[os.write(pipe, rest[:_STEP]) :]


def _receive(pipe: int, deadline: float, size: int) -> bytes:
    received = io.BytesIO()  # its bytes are taken out without a copy, which joining pieces is
    while size:
        _wait(pipe, select.POLLIN, deadline)
        piece = os.read(pipe, min(size, _STEP))
        if not piece:
            raise ChildDied(too_slow=False)
        received.write(piece)
        size -= len(piece)
    return received.getvalue()


def _wait(pipe: int, for_what: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(pipe, for_what)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise ChildDied(too_slow=True)
