"""How many registrations a second: waiting mails of 40 KB with a Word form → rows, workbook, answers.

On a real Dovecot, with an SMTP sink in a process of its own. Prints the rate, and where the time
went. Run: ``python -m benchmarks.throughput [MAILS]``.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from benchmarks import installation
from mailbot import pipeline
from mailbot.config import loader
from mailbot.service import delivery, workbook_sync, worker
from mailbot.service.clock import now
from mailbot.storage import Store, queries
from mailbot.transport import imap, smtp

#: Where time goes: the functions that make up a step. A step within another is not counted twice.
STEPS: dict[str, list[tuple[Any, str]]] = {
    "fetch from IMAP": [(imap.Mailbox, "_since"), (imap, "_bodies")],
    "store raw": [(worker.Worker, "_keep")],
    "wait for what is read ahead": [(Future, "result")],
    "understand": [(pipeline, "understand")],
    "decide, draw mails, record, commit": [(worker.Worker, "decide")],
    "workbook": [(workbook_sync.WorkbookSync, "export_one")],
    "hand over to SMTP": [(smtp.Outbox, "send")],
    "claim, render, mark": [(delivery, "send_due")],
}


class Stopwatch:
    """Seconds by step, each without those of the steps inside it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._inside: list[float] = []

    def timed(self, step: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time counted."""

        def run(*arguments: Any, **named: Any) -> Any:
            begun = time.perf_counter()
            self._inside.append(0.0)
            try:
                return real(*arguments, **named)
            finally:
                took = time.perf_counter() - begun
                self.seconds[step] += took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return run


def main(mails: int) -> None:
    """Handles one mail, so that all that is used is loaded, as in a service that runs; then fills
    the inbox, has one round handle it, and prints."""
    logging.disable(logging.INFO)
    with (
        tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as folder,
        installation.running(Path(folder)) as installed,
    ):
        configured = loader.load(installed.config)
        with (
            Store(configured.store_url) as store,
            worker.Worker(configured, store, now, lambda: False) as working,
        ):
            deliver(installed, 0, 1)
            working.cycle(immediate=True)
            deliver(installed, 1, mails + 1)
            before = time.process_time()
            took, watch = _watched(working)
            worked = time.process_time() - before
            with store.read_transaction() as tx:
                rows = len(queries.registrations(tx, installation.EVENT)) - 1
        answers = len(installed.sink.taken()) - 2
        print(f"{mails} mails of 40 KB: {rows} rows, {answers} mails sent, {took:.1f} s")
        print(f"{rows / took:.0f} registrations a second")
        print(f"{1000 * worked / mails:.1f} ms of processor time a mail in the worker, besides what reads")
        for step, seconds in watch.seconds.most_common():
            print(f"  {step:<36} {seconds:6.2f} s {1000 * seconds / mails:7.2f} ms a mail")
        print(f"run --once without work: {_without_work(installed):.2f} s, start-up included")


def deliver(installed: installation.Installation, first: int, end: int) -> None:
    """Puts the mails of persons ``first`` up to ``end`` into the inbox."""
    with installed.client() as client:
        for number in range(first, end):
            client.append("INBOX", installation.mail(number), (), installation.ARRIVED)


def _watched(working: worker.Worker) -> tuple[float, Stopwatch]:
    """One round: how long it took, and what took how long."""
    watch = Stopwatch()
    for step, functions in STEPS.items():
        for owner, name in functions:
            setattr(owner, name, watch.timed(step, getattr(owner, name)))
    begun = time.perf_counter()
    made = working.cycle(immediate=True)
    took = time.perf_counter() - begun
    watch.seconds["the rest"] = took - sum(watch.seconds.values())
    if made.errors:
        print(made.errors)
    return took, watch


def _without_work(installed: installation.Installation) -> float:
    """The best of three: the machine does other things too."""
    command = [sys.executable, "-m", "mailbot", "run", "--once", "--config", str(installed.config)]
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.perf_counter() - begun)
    return min(took)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
