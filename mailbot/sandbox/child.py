"""The child's side of the sandbox: answers one job after another, within limits.

Started by ``pool.py`` as ``python -m mailbot.sandbox.child ENTRY MEMORY``. A job comes in on
standard input, its answer goes out on what was standard output; when the pipe closes the child
ends.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from mailbot.sandbox import protocol


def main(entry: str, memory: int) -> None:
    """Serves jobs by the ``run`` of module ``entry`` until the worker goes away.

    Each may take ``memory`` bytes of address space, and says how many seconds of processor time; how
    many milliseconds it took goes before its answer.
    """
    jobs = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the answers.
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    # systemd and Ctrl-C signal every process of the group at once; the worker first finishes the message
    # that it handles, and needs this child for it.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):  # where memory runs out the kernel ends this process, not the worker
        Path("/proc/self/oom_score_adj").write_text("1000")
    run = import_module(entry).run
    while True:
        head = jobs.read(protocol.SIZE.size)
        if len(head) < protocol.SIZE.size:
            return
        seconds, job, *arguments = protocol.load(jobs.read(protocol.SIZE.unpack(head)[0]))
        before = _used()
        # The limit is for one job, not for the child's life.
        resource.setrlimit(resource.RLIMIT_CPU, (int(before) + 1 + seconds, resource.RLIM_INFINITY))
        answer = run(job, *arguments)
        _answer(answers, protocol.dump((int(1000 * (_used() - before)), answer)))


def _used() -> float:
    """The processor time of this process so far, in seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _answer(answers: BinaryIO, data: bytes) -> None:
    answers.write(protocol.SIZE.pack(len(data)) + data)
    answers.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
