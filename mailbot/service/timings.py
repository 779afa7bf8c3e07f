"""Where the time of a cycle goes: `mailbot run --once --timings` prints it.

A stage is a ``with stage(name)`` around the code of it, in the worker's thread. Where nobody records, it
costs next to nothing.
"""

from __future__ import annotations

import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path


class Timings:
    """What was recorded: for each stage how often it ran, its processor time and its waiting time, in seconds
    and without the stages within it."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.worked: defaultdict[str, float] = defaultdict(float)
        self.waited: defaultdict[str, float] = defaultdict(float)
        self._within: list[list[float]] = []
        self._begun = time.perf_counter()
        self._of_process = time.process_time()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Counts what runs within it under this name."""
        clock, work = time.perf_counter(), time.thread_time()
        self._within.append([0.0, 0.0])
        try:
            yield
        finally:
            took, worked = time.perf_counter() - clock, time.thread_time() - work
            within = self._within.pop()
            self.calls[name] += 1
            self.worked[name] += worked - within[1]
            self.waited[name] += took - worked - (within[0] - within[1])
            if self._within:
                self._within[-1][0] += took
                self._within[-1][1] += worked

    def longest_first(self) -> list[str]:
        """The stages, the slowest first."""
        return sorted(self.calls, key=lambda name: -self.worked[name] - self.waited[name])

    def report(self, children: Mapping[str, tuple[int, float]]) -> str:
        """A table for people; ``children`` are the jobs of the reading children: how many, and seconds."""
        lines = [f"{'stage':<26}{'calls':>8}{'processor s':>14}{'waiting s':>12}"]
        lines += [
            f"{name:<26}{self.calls[name]:>8}{self.worked[name]:>14.3f}{self.waited[name]:>12.3f}"
            for name in self.longest_first()
        ]
        worked, took = time.process_time() - self._of_process, time.perf_counter() - self._begun
        rest = worked - sum(self.worked.values())
        lines.append(f"{'the rest of the worker':<26}{'':>8}{rest:>14.3f}")
        lines += [
            f"{f'child: {job}':<26}{count:>8}{seconds:>14.3f}"
            for job, (count, seconds) in sorted(children.items())
        ]
        of_children = sum(seconds for _, seconds in children.values())
        lines.append(
            f"{took:.2f} s in all; processor: worker {worked:.2f} s, children {of_children:.2f} s; "
            f"the worker's memory at most {most_memory():.0f} MiB"
        )
        return "\n".join(lines)


def most_memory() -> float:
    """MiB that this process had resident at most. The kernel's ``ru_maxrss`` begins with what the process had
    that started this one: a small one of a large parent would seem large."""
    with suppress(OSError):  # no such file: another system than Linux
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


#: The records under way: as with a log, whoever runs says where they go.
_recording: list[Timings] = []


@contextmanager
def recording() -> Iterator[Timings]:
    """Records the stages that run within it."""
    made = Timings()
    _recording.append(made)
    try:
        yield made
    finally:
        _recording.remove(made)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Names what runs within it, for whoever records."""
    if not _recording:
        yield
        return
    with _recording[-1].stage(name):
        yield
