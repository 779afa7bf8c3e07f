"""Where the children come from: one process, which has imported what they need and forks them.

Importing what reads a mail takes a second of processor time. Here it is paid once for all pools of the
worker, and for each child after it a fork of some milliseconds. The nursery itself never sees anything of a
stranger's: jobs and answers go by pipes between worker and child.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from mailbot.sandbox import protocol

#: Seconds after which a nursery that gives no answer is taken for dead; importing takes one or two.
_PATIENCE = 120.0


class NurseryDied(OSError):  # noqa: N818  said of the process, not of the code
    """The nursery gave no answer; the next child is forked from a new one."""


@dataclass(frozen=True, slots=True)
class Forked:
    """A child: the ends of its pipes, not blocking, and its number in the nursery ``of`` which it is."""

    jobs: int
    answers: int
    pid: int
    of: subprocess.Popen[bytes]


class Nursery:
    """Started when the first child is needed, and again where it died; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def fork(self, entry: str, memory: int, modules: tuple[str, ...]) -> Forked:
        """A child that serves jobs by the ``run`` of module ``entry`` within ``memory`` bytes of address
        space, with ``modules`` imported. Raises ``NurseryDied``, and ``OSError`` where no pipe or process can
        be had."""
        with self._lock:
            try:
                return self._forked(entry, memory, modules)
            except NurseryDied:  # of something before, such as the kernel where memory ran out
                return self._forked(entry, memory, modules)

    def _forked(self, entry: str, memory: int, modules: tuple[str, ...]) -> Forked:
        if self._process is None or self._process.poll() is not None:
            self._start()
        assert self._process
        with ExitStack() as ours, ExitStack() as theirs:
            theirs_jobs, jobs = _pipe(theirs, ours)
            answers, theirs_answers = _pipe(ours, theirs)
            pid = self._ask(("fork", entry, memory, modules), (theirs_jobs, theirs_answers))
            os.set_blocking(jobs, False)
            os.set_blocking(answers, False)
            ours.pop_all()
            return Forked(jobs, answers, pid, self._process)

    def end(self, child: Forked) -> int:
        """Kills a child if it still runs, and waits for it; what it ended with, as ``Popen.returncode``.
        One whose nursery is gone ended with that: its number may be another's by now."""
        os.close(child.jobs)
        os.close(child.answers)
        with self._lock:
            if child.of is not self._process:
                return 0
            with suppress(NurseryDied):
                return self._ask(("end", child.pid))
            return 0

    def close(self) -> None:
        """Ends the nursery, and with it its children, whatever they do."""
        if self._process and self._control:
            self._process.kill()
            self._process.wait()
            self._control.close()
        self._process = self._control = None

    def _start(self) -> None:
        self.close()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(_PATIENCE)
        # It sees the modules that the worker sees, and none of its environment: no secrets there.
        environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"}
        with theirs, ExitStack() as unless_started:
            unless_started.callback(ours.close)
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "mailbot.sandbox.child"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                cwd="/",
            )
            unless_started.pop_all()
        self._control = ours

    def _ask(self, request: tuple[object, ...], pipes: tuple[int, ...] = ()) -> int:
        assert self._control
        try:
            socket.send_fds(self._control, [protocol.dump(request)], pipes)
            answer = self._control.recv(protocol.NUMBER.size)
        except OSError:
            answer = b""
        if not answer:
            self.close()
            raise NurseryDied("the nursery of children gave no answer")
        (number,) = protocol.NUMBER.unpack(answer)
        return int(number)


def _pipe(reads: ExitStack, writes: ExitStack) -> tuple[int, int]:
    """A pipe, its ends closed by who reads and who writes."""
    reading, writing = os.pipe()
    reads.callback(os.close, reading)
    writes.callback(os.close, writing)
    return reading, writing


#: The nursery of this process, whatever pools it has.
NURSERY = Nursery()
atexit.register(NURSERY.close)
