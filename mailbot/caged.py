"""The child's side of the cage: reads one document after another, within limits.

Started by ``cage.py`` as ``python -m mailbot.caged MEMORY CPU_SECONDS``. A job comes in on
standard input, its answer goes out on what was standard output; when the pipe closes the child
ends.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from struct import Struct
from typing import Any, BinaryIO

from mailbot import wire

SIZE = Struct("!Q")


def main(memory: int, cpu_seconds: int) -> None:
    """Serves jobs until the worker goes away, each within ``memory`` bytes of address space and
    ``cpu_seconds`` of its own."""
    jobs = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the answers.
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    # systemd and Ctrl-C tell every process at once; the worker still needs the message in hand.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):  # where memory runs out the kernel ends this process, not the worker
        Path("/proc/self/oom_score_adj").write_text("1000")
    while True:
        head = jobs.read(SIZE.size)
        if len(head) < SIZE.size:
            return
        data = jobs.read(SIZE.unpack(head)[0])
        _limit_cpu(cpu_seconds)
        _answer(answers, wire.dump(_do(*wire.load(data))))


def _do(job: str, *arguments: Any) -> object:
    # Imported here: a child for Word forms never loads the code for Outlook messages.
    if job == "parse":
        from mailbot import message

        raw, own_addresses, authserv_id = arguments
        return message.parse(raw, frozenset(own_addresses), authserv_id)
    if job == "read":
        from mailbot import documents

        return documents.read(*arguments)
    if job == "outlook":
        from mailbot.message import outlook

        data, own_addresses = arguments
        return outlook.parse(data, frozenset(own_addresses))
    if job == "winmail":
        from mailbot.message import tnef

        return tuple(tnef.parts(*arguments))
    raise ValueError(f"no job {job}")


def _limit_cpu(seconds: int) -> None:
    """Counts CPU from here: the limit is for one document, not for the child's life."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _answer(answers: BinaryIO, data: bytes) -> None:
    answers.write(SIZE.pack(len(data)) + data)
    answers.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
