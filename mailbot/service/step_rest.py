"""Limits how often a slow step runs: after each run it rests, so that answers come first."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

#: From so many seconds of processor time on a step takes long; it then rests this many times as long.
LONG, TIMES = 0.2, 10


class Rest:
    """How long each step is left alone after its last run."""

    def __init__(self) -> None:
        self._took: dict[str, float] = {}
        self._done: dict[str, float] = {}

    @contextmanager
    def after(self, what: str) -> Iterator[None]:
        """Measures the processor time that the code within takes in this thread."""
        begun = time.thread_time()
        try:
            yield
        finally:
            self._took[what], self._done[what] = time.thread_time() - begun, time.monotonic()

    def add(self, what: str, seconds: float) -> None:
        """Adds processor time that a child took for the last run."""
        self._took[what] = self._took.get(what, 0.0) + seconds

    def of(self, what: str) -> float:
        """How many seconds a step rests; 0 where it ran quickly, or never."""
        took = self._took.get(what, 0.0)
        return TIMES * took if took >= LONG else 0.0

    def lasts(self, what: str) -> bool:
        """Whether it still rests."""
        return time.monotonic() < self._done.get(what, 0.0) + self.of(what)
