"""One page of figures (`make bench`): how fast, how flat, how much memory, on this machine now.

Everything is measured in one run, the least that it can cost beside it, since a machine is never the same
twice; several rounds, of which the median and the range are printed.
``python -m benchmarks.bench [quick] [PART ...]``, of the ``PARTS`` below; all of them take half an hour.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Self

import sqlalchemy as sa

from benchmarks import floor, installation, ledger, workbook
from benchmarks.throughput import seconds_without_work
from mailbot.config.settings import Settings
from mailbot.config.shipped import shipped
from mailbot.domain.form import read_form
from mailbot.files.drawing import Drawing, DrawingInput
from mailbot.service import timings
from mailbot.service.worker import Worker
from mailbot.storage import Store
from mailbot.storage.schema.tables import mail
from mailbot.storage.serialization import MAIL
from mailbot.transport.mime import render
from mailbot.workbook import Base, write


def shown(values: Sequence[float], form: str = ".2f") -> str:
    """The median, and the range behind it."""
    return f"{median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def burst(mails: int, rounds: int) -> None:
    """So many mails that wait, and the floors on the same servers with the same mails."""
    clock: list[float] = []
    worked: list[float] = []
    read: list[float] = []
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
                begun, before, children = time.perf_counter(), time.process_time(), _worked(worker)
                made = worker.cycle(immediate=True)
                clock.append(time.perf_counter() - begun)
                worked.append(time.process_time() - before)
                read.append(_worked(worker) - children)
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
    print("of it processor time, ms a mail")
    for what, seconds in (
        ("mailbot, its worker", worked),
        ("mailbot, its children", read),
        ("fetch and send", [one.processor for one in least]),
        ("the whole job, a script", [one.processor for one in whole]),
    ):
        print(f"{what:<28}{shown([1000 * one / mails for one in seconds])}")
    print(report)


def _worked(worker: Worker) -> float:
    """Seconds of processor time of the children that read, so far."""
    return sum(seconds for _, seconds in worker.read_in_children.values())


def early(mails: int, rounds: int) -> None:
    """What it gives that children read what is stored while more is fetched: in turns with and without."""
    took: dict[str, list[float]] = {"read while fetched": [], "read afterwards": []}
    with (
        tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as name,
        installation.running(Path(name)) as installed,
        installed.working() as worker,
    ):
        first, reads = 1, worker.decider.read_early
        for _ in range(rounds):
            for what, clock in took.items():
                installed.deliver(first, first + mails)
                first += mails
                # Asked of the worker's own parts: no installation can leave it out.
                worker.intake._stored = reads if what == "read while fetched" else lambda _: None
                begun = time.perf_counter()
                made = worker.cycle(immediate=True)
                clock.append(time.perf_counter() - begun)
                assert made.handled == mails, made.errors
    print(f"\n== {mails} waiting mails, s by the clock")
    for what, clock in took.items():
        print(f"{what:<24} {shown(clock)}")
    with_, without = took.values()
    print(f"times as long afterwards {shown([b / a for a, b in zip(with_, without, strict=True)])}")


def _answers(store: Store, settings: Settings) -> list[bytes]:
    """The mails of the first registration, as they went out."""
    with store.read_transaction() as tx:
        first = sa.select(sa.func.min(mail.c.message)).scalar_subquery()
        rows = tx.execute(sa.select(mail.c.data, mail.c.made_at).where(mail.c.message == first)).all()
        return [render(MAIL.validate_json(row.data), row.made_at, settings.logo) for row in rows]


def latency(mails: int, people: int = 1) -> None:
    """From a mail's delivery to its answer at the SMTP server, with the service running (IDLE), and the
    memory that it takes; where ``people`` are registered there, its workbook is drawn meanwhile."""
    took = []
    with (
        tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as name,
        installation.running(Path(name)) as installed,
    ):
        with installed.working() as worker:
            ledger.fill(worker.store, people - 1, here=True)
        known = len(installed.sink.taken())
        with _service(installed) as service, Memory(service.pid) as memory:
            installed.deliver(1_000_000, 1_000_001)
            _until(lambda: len(installed.sink.taken()) > known)
            time.sleep(3)
            for number in range(1_000_001, 1_000_001 + mails):
                before = len(installed.sink.taken())
                installed.deliver(number, number + 1)
                begun = time.perf_counter()
                _until(lambda before=before: len(installed.sink.taken()) > before)
                took.append(time.perf_counter() - begun)
                time.sleep(1.5)
    print(f"\n== latency by IDLE, {people} at the event, {mails} mails one by one: {shown(took)} s")
    print(memory.told)


def drawing(people: int) -> None:
    """What a child takes that draws so many people, into a new file and with one more of them."""
    form = read_form(shipped("forms") / "kennisplatform.toml")
    layout = workbook.layout_of(form)
    before = write(workbook.state_of(people), layout, None, Base())
    assert before is not None
    data, base = before.data(1, "kis", ""), before.base.to_json()
    del before
    for what, there, count in (("a new file", None, people), ("one more", data, people + 1)):
        wanted = DrawingInput(workbook.state_of(count), layout, "", {1: base} if there else {}, {})
        with Memory(os.getpid()) as memory, Drawing(wanted, there) as made:
            drawn = made.drawn()
            assert drawn is not None
            drawn.data(2)
            time.sleep(0.3)
        most = max(one for pid, one in memory.most.items() if pid != os.getpid())
        print(f"\n== {people} people, {what}: the child at most {most:.0f} MiB, {drawn.worked:.1f} s of work")


def heavy(megabytes: int) -> None:
    """What one large mail takes of all processes together, from its arrival to its answer, beyond what they
    had after a small one."""
    with (
        tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as name,
        installation.running(Path(name)) as installed,
        _service(installed) as service,
    ):
        with Memory(service.pid) as before:
            installed.deliver(1, 2)
            _until(lambda: len(installed.sink.taken()) > 0)
            time.sleep(3)
        large = installation.mail(2, kilobytes=1_000 * megabytes)
        with Memory(service.pid) as during:
            with installed.client() as client:
                client.append("INBOX", large, (), installation.ARRIVED)
            _until(lambda: len(installed.sink.taken()) > 1, 120)
            time.sleep(1)
    size = len(large) / (1 << 20)
    more = during.together - before.together
    print(f"\n== a mail of {size:.1f} MiB: {more / size:.1f} times its size more in all processes together")
    print(f"before: {before.told}\nduring: {during.told}")


class Memory:
    """What a process and all that it started take, looked at until the block ends."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.most: dict[int, float] = {}
        self.together = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def told(self) -> str:
        """A line: MiB at most of each, what it shares with others included, and of all at one moment, where
        that counts once."""
        others = sorted((most for pid, most in self.most.items() if pid != self._pid), reverse=True)
        children = f"the largest of its children {', '.join(f'{most:.0f}' for most in others[:4])}"
        return (
            f"resident at most: the worker {self.most[self._pid]:.0f} MiB, "
            f"{children if others else 'no children'}; all together {self.together:.0f}"
        )

    def _look(self) -> None:
        while not self._over.wait(0.1):
            together = 0.0
            for pid in _family(self._pid):
                with suppress(OSError):  # it ended
                    self.most[pid] = _kilobytes(pid, "status", "VmHWM") / 1024
                    together += _kilobytes(pid, "smaps_rollup", "Pss") / 1024
            self.together = max(self.together, together)


def _family(pid: int) -> list[int]:
    """A process and all that came of it."""
    try:
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        of_it = [child for thread in threads for child in thread.read_text().split()]
    except OSError:
        return []
    return [pid, *(one for child in of_it for one in _family(int(child)))]


def _kilobytes(pid: int, file: str, name: str) -> int:
    lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


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
    """A cycle without mail, with so many mailboxes, and what the service holds open for them."""
    print("\n== mailboxes: ms of processor time of a mail alone, a cycle without; s of it; what is held open")
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
            with _service(installed) as service, Memory(service.pid) as memory:
                connections = _settled(lambda pid=service.pid: _sockets(pid))
                threads = _kilobytes(service.pid, "status", "Threads")
            print(f"{'':>10}   {connections} connections, {threads} threads; {memory.told}", flush=True)


def _settled(value: Callable[[], int]) -> int:
    """A number that grew, and has not changed for five seconds."""
    before, since = 0, time.monotonic()
    while before < 1 or time.monotonic() < since + 5:
        time.sleep(0.5)
        if (now := value()) != before:
            before, since = now, time.monotonic()
    return before


def _sockets(pid: int) -> int:
    """The sockets that a process has open."""
    return sum(one.is_socket() for one in Path(f"/proc/{pid}/fd").iterdir())


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


def start() -> None:
    """`run --once` on an empty inbox."""
    with (
        tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as name,
        installation.running(Path(name)) as installed,
    ):
        print(f"\n== run --once without work: {seconds_without_work(installed):.2f} s, the best of three")


def ledgers(*, quick: bool) -> None:
    """Registrations at events gone by, and at the event at hand."""
    print("\n== size of the ledger")
    for here in (False, True):
        ledger.main((100, 1_000) if quick else ledger.SIZES[: 3 if here else 4], here=here)


def bursts(*, quick: bool) -> None:
    """Waiting mails, against the floors."""
    for mails in (100,) if quick else (500, 1_000):
        burst(mails, 1 if quick else 3)


def workbooks() -> None:
    """A write of the workbook by its size."""
    print("\n== one more person in a workbook: ms of processor time")
    workbook.main()


#: What can be measured, in the order of the page; each is told whether it is to be ``quick``.
PARTS: dict[str, Callable[[bool], None]] = {
    "burst": lambda quick: bursts(quick=quick),
    "early": lambda quick: early(50 if quick else 200, 2 if quick else 5),
    "latency": lambda quick: latency(3 if quick else 20),
    "large": lambda quick: latency(5 if quick else 40, 1_000 if quick else 10_000),
    "drawing": lambda quick: drawing(1_000 if quick else 10_000),
    "heavy": lambda quick: heavy(5 if quick else 23),
    "start": lambda _: start(),
    "ledger": lambda quick: ledgers(quick=quick),
    "folders": lambda quick: folders((100,) if quick else (100, 100_000)),
    "mailboxes": lambda quick: mailboxes((1, 5) if quick else (1, 20, 200)),
    "workbooks": lambda _: workbooks(),
}


def main(parts: Sequence[str], *, quick: bool) -> None:
    """Prints the page, or ``parts`` of it."""
    logging.disable(logging.INFO)
    print(f"{time.strftime('%d %B %Y %H:%M')}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for part in parts or PARTS:
        PARTS[part](quick)


if __name__ == "__main__":
    given = sys.argv[1:]
    if unknown := set(given) - {*PARTS, "quick"}:
        sys.exit(f"no part of it: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}, and quick")
    main([part for part in given if part != "quick"], quick="quick" in given)
