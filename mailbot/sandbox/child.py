"""The nursery, and what its children do: answer one job after another, within limits.

Started by ``nursery.py`` as ``python -m mailbot.sandbox.child``, with a socket to the worker as its standard
input. For each child that the worker asks for it forks; jobs come in and answers go out by the two pipes that
came with that request, and when those close the child ends. When the socket closes the nursery does.
"""

from __future__ import annotations

import ctypes
import gc
import mmap
import os
import resource
import signal
import socket
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from mailbot.sandbox import protocol
from mailbot.sandbox.allocation import give_back_large

_MOST_REQUEST = 1 << 16
#: Of prctl(2).
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Forks children, and ends them, until the worker goes away."""
    with socket.socket(fileno=os.dup(0)) as control:
        # What a library prints must not get anywhere.
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 0)
        # systemd and Ctrl-C signal every process of the group at once; the worker first finishes the message
        # that it handles, and needs its children for it.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        give_back_large()
        while True:
            request, pipes, *_ = socket.recv_fds(control, _MOST_REQUEST, 2)
            if not request:
                return
            what, *arguments = protocol.load(request)
            number = _fork(control, pipes, *arguments) if what == "fork" else _end(*arguments)
            control.send(protocol.NUMBER.pack(number))


def _fork(control: socket.socket, pipes: list[int], entry: str, memory: int, modules: tuple[str, ...]) -> int:
    """The number of a new child, which serves until its pipes close."""
    for module in (entry, *modules):
        import_module(module)
    gc.freeze()  # what is imported stays shared with the children: a collection would write on all of it
    nursery = os.getpid()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            _die_with(nursery)
            control.close()
            serve(entry, memory, *pipes)
            status = 0
        finally:  # whatever it was: nothing of the nursery's is the child's to finish
            os._exit(status)
    for pipe in pipes:
        os.close(pipe)
    return pid


def _die_with(parent: int) -> None:
    """Has the kernel kill this process once its parent is gone: one that hangs does not notice that its pipes
    are closed."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # gone in between
        os._exit(1)


def _end(pid: int) -> int:
    """Kills a child if it still runs, and says what it ended with: a status, or less than nothing for a
    signal."""
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def serve(entry: str, memory: int, incoming: int, outgoing: int) -> None:
    """Serves jobs by the ``run`` of module ``entry`` until the worker goes away.

    Each may take ``memory`` bytes of address space, and says how many seconds of processor time; how
    many milliseconds it took goes before its answer.
    """
    jobs, answers = os.fdopen(incoming, "rb"), os.fdopen(outgoing, "wb")
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    mmap.mmap(-1, mmap.PAGESIZE).close()  # raises where what was imported takes all of that already
    with suppress(OSError):  # where memory runs out the kernel ends this process, not the worker
        Path("/proc/self/oom_score_adj").write_text("1000")
    run = import_module(entry).run
    while True:
        head = jobs.read(protocol.SIZE.size)
        if len(head) < protocol.SIZE.size:
            return
        seconds, job, *arguments = protocol.taken(jobs.read, *protocol.SIZE.unpack(head))
        before = _used()
        # The limit is for one job, not for the child's life.
        resource.setrlimit(resource.RLIMIT_CPU, (int(before) + 1 + seconds, resource.RLIM_INFINITY))
        answer = run(job, *arguments)
        answers.writelines(protocol.framed((int(1000 * (_used() - before)), answer)))
        answers.flush()
        del arguments, answer  # a large mail is not kept until the next one comes


def _used() -> float:
    """The processor time of this process so far, in seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
