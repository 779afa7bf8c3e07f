"""The child's side of the cage: reads one document after another, within limits.

Started by ``cage.py`` as ``python -m mailbot.caged``. A job comes in on standard input, its
answer goes out on what was standard output; when the pipe closes the child ends.
"""

from __future__ import annotations

import os
import resource
from struct import Struct
from typing import Any, BinaryIO

from mailbot import wire

SIZE = Struct("!Q")
MEMORY = 1536 * 1024 * 1024  # address space; OCR's models need about half of it
CPU_SECONDS = 15  # for one document


def main() -> None:
    """Serves jobs until the worker goes away."""
    jobs = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the answers.
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        head = jobs.read(SIZE.size)
        if len(head) < SIZE.size:
            return
        data = jobs.read(SIZE.unpack(head)[0])
        _limit_cpu()
        _answer(answers, wire.dump(_do(*wire.load(data))))


def _do(job: str, *arguments: Any) -> object:
    # Imported here: a child for Word forms never loads the code for Outlook messages.
    if job == "read":
        from mailbot import documents

        return documents.read(*arguments)
    if job == "outlook":
        from mailbot.message import outlook

        data, own_addresses = arguments
        return outlook.parse(data, frozenset(own_addresses))
    raise ValueError(f"no job {job}")


def _limit_cpu() -> None:
    """Counts CPU from here: the limit is for one document, not for the child's life."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _answer(answers: BinaryIO, data: bytes) -> None:
    answers.write(SIZE.pack(len(data)) + data)
    answers.flush()


if __name__ == "__main__":
    main()
