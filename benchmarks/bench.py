"""One page of figures (`make bench`): how fast, how flat, how much memory, on this machine now.

Everything is measured in one run, the least that it can cost beside it, since a machine is never the same
twice; several rounds, of which the median and the range are printed. ``python -m benchmarks.bench [quick]``.
"""

from __future__ import annotations

import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from benchmarks import floor, installation, ledger
from benchmarks.throughput import seconds_without_work
from mailbot.config.settings import Settings
from mailbot.service import timings
from mailbot.storage import Store
from mailbot.storage.schema.tables import mail
from mailbot.storage.serialization import MAIL
from mailbot.transport.mime import render


def shown(values: Sequence[float], form: str = ".2f") -> str:
    """The median, and the range behind it."""
    return f"{median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def burst(mails: int, rounds: int) -> None:
    """So many mails that wait, and the floors on the same servers with the same mails."""
    clock: list[float] = []
    least: list[floor.Took] = []
    whole: list[floor.Took] = []
    recorded = None
    with (
        tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as name,
        installation.running(Path(name)) as installed,
        installed.working() as worker,
    ):
        answers = _answers(worker.store, worker.settings)
        for turn in range(rounds):
            first = 1 + turn * mails
            installed.deliver(first, first + mails)
            with timings.recording() as recorded:
                begun = time.perf_counter()
                made = worker.cycle(immediate=True)
                clock.append(time.perf_counter() - begun)
            assert made.handled == mails, made.errors
            least.append(floor.fetch_and_send(installed, answers, first + 1))
            whole.append(floor.whole_job(installed, answers, first + 1, Path(name)))
        assert recorded is not None
        report = recorded.report(worker.read_in_children)
    print(f"\n== {mails} waiting mails of 40 KB, each with a Word form")
    print(f"mailbot                  s  {shown(clock)}   {mails / median(clock):.0f} a second")
    print(f"fetch and send           s  {shown([one.clock for one in least])}")
    print(f"the whole job, a script  s  {shown([one.clock for one in whole])}")
    print(f"times fetch and send        {shown([m / f.clock for m, f in zip(clock, least, strict=True)])}")
    print(f"times the script            {shown([m / f.clock for m, f in zip(clock, whole, strict=True)])}")
    print(report)


def _answers(store: Store, settings: Settings) -> list[bytes]:
    """The mails of the first registration, as they went out."""
    with store.read_transaction() as tx:
        first = sa.select(sa.func.min(mail.c.message)).scalar_subquery()
        rows = tx.execute(sa.select(mail.c.data, mail.c.made_at).where(mail.c.message == first)).all()
        return [render(MAIL.validate_json(row.data), row.made_at, settings.logo) for row in rows]


def latency(mails: int) -> None:
    """From a mail's delivery to its answer at the SMTP server, with the service running (IDLE)."""
    took = []
    with (
        tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as name,
        installation.running(Path(name)) as installed,
        _service(installed) as service,
    ):
        installed.deliver(0, 1)
        _until(lambda: len(installed.sink.taken()) >= 1)
        time.sleep(3)
        for number in range(1, mails + 1):
            before = len(installed.sink.taken())
            installed.deliver(number, number + 1)
            begun = time.perf_counter()
            _until(lambda before=before: len(installed.sink.taken()) > before)
            took.append(time.perf_counter() - begun)
            time.sleep(1.5)
        memory = _resident(service.pid)
    print(f"\n== latency by IDLE, {mails} mails one by one: {shown(took)} s")
    print(
        f"resident: the worker {memory[0]:.0f} MiB, its children {', '.join(f'{m:.0f}' for m in memory[1:])}"
    )


@contextmanager
def _service(installed: installation.Installation) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "mailbot", "run", "--config", str(installed.config)]
    service = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield service
    finally:
        service.terminate()
        service.wait(30)


def _until(there: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not there():
        if time.monotonic() > until:
            raise RuntimeError("it did not come")
        time.sleep(0.005)


def _resident(pid: int) -> list[float]:
    """MiB of a process and of its children."""
    of_it = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    page = os.sysconf("SC_PAGE_SIZE")
    return [int(Path(f"/proc/{one}/statm").read_text().split()[1]) * page / 2**20 for one in (pid, *of_it)]


def folders(sizes: Sequence[int]) -> None:
    """A mail alone and a cycle without mail, with so many old messages in the folder."""
    print("\n== messages in the folder: ms of processor time of a mail alone, a cycle without; s of it")
    for size in sizes:
        with (
            tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as name,
            installation.running(Path(name)) as installed,
        ):
            with installed.client() as client:
                old = b"From: a@b.example\r\nSubject: oud\r\n\r\noud\r\n"
                for _ in range(size):
                    client.append("INBOX", old, (), installation.ARRIVED.replace(year=2024))
            print(f"{size:>10}   {_alone(installed)}", flush=True)


def mailboxes(counts: Sequence[int]) -> None:
    """A cycle without mail, with so many mailboxes."""
    print("\n== mailboxes: a mail alone, a cycle without")
    for count in counts:
        with (
            tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as name,
            installation.running(Path(name)) as installed,
        ):
            with installed.config.open("a") as file:
                file.writelines(
                    f'[[mailbox]]\nname = "box{number}"\nhost = "127.0.0.1"\nport = {installed.imap.port}\n'
                    f'security = "none"\nuser = "box{number}@example.org"\npassword_file = "secrets/imap"\n'
                    f'since = 2025-01-01\naddress = "Post <box{number}@example.org>"\n'
                    for number in range(count - 1)
                )
            print(f"{count:>10}   {_alone(installed)}", flush=True)


def _alone(installed: installation.Installation) -> str:
    single, idle, clock = [], [], []
    with installed.working() as worker:
        for number in range(1, 6):
            installed.deliver(number, number + 1)
            single.append(ledger.cost_of_cycle(worker))
            begun = time.perf_counter()
            idle.append(ledger.cost_of_cycle(worker))
            clock.append(time.perf_counter() - begun)
    return f"{shown(single, '.1f')}   {shown(idle, '.1f')}   {shown(clock)}"


def main(*, quick: bool) -> None:
    """Prints the page."""
    logging.disable(logging.INFO)
    print(f"{time.strftime('%d %B %Y %H:%M')}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for mails in (100,) if quick else (500, 1_000):
        burst(mails, 1 if quick else 3)
    latency(3 if quick else 20)
    with (
        tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as name,
        installation.running(Path(name)) as installed,
    ):
        print(f"\n== run --once without work: {seconds_without_work(installed):.2f} s, the best of three")
    print("\n== size of the ledger")
    for here in (False, True):
        ledger.main((100, 1_000) if quick else ledger.SIZES[: 3 if here else 4], here=here)
    folders((100,) if quick else (100, 100_000))
    mailboxes((1, 5) if quick else (1, 20, 200))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n== this process at most {peak:.0f} MiB; workbooks by size: python -m benchmarks.workbook")


if __name__ == "__main__":
    main(quick="quick" in sys.argv)
