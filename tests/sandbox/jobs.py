"""Jobs that children of a pool do in its tests: none of them reads anything, each takes milliseconds."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from pathlib import Path

_first: list[str] = []


def run(job: str, *given: object) -> object:
    """What the entry point of a child answers to a job."""
    match job, given:
        case "back", _:
            return given
        case "first", (word,):
            _first.append(str(word))
            return None
        case "firsts", _:
            return tuple(_first)
        case "imported", (module,):
            return str(module) in sys.modules
        case "pid", _:
            return os.getpid()
        case "limits", _:
            used = resource.getrusage(resource.RUSAGE_SELF)
            return (
                resource.getrlimit(resource.RLIMIT_AS),
                resource.getrlimit(resource.RLIMIT_CPU)[0] - int(used.ru_utime + used.ru_stime),
                resource.getrlimit(resource.RLIMIT_CORE),
                tuple(signal.getsignal(one) is signal.SIG_IGN for one in (signal.SIGTERM, signal.SIGINT)),
            )
        case "work", (milliseconds,):
            before = time.process_time()
            while 1000 * (time.process_time() - before) < int(str(milliseconds)):
                pass
            return None
        case "sleep", (seconds,):
            time.sleep(int(str(seconds)))
            return None
        case "end", (file, status):
            with Path(str(file)).open("a") as tried:
                tried.write("x")
            os._exit(int(str(status)))
        case "stop", _:
            os.kill(os.getpid(), signal.SIGSTOP)
            return None
        case "bytes", (size,):
            return bytes(int(str(size)))
        case "travels not", _:
            return object()
    raise ValueError(job)
