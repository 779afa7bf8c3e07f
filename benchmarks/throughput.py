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
from pathlib import Path

from benchmarks import installation
from mailbot.service import timings
from mailbot.storage import queries


def main(mails: int) -> None:
    """Fills the inbox of a worker that has handled one mail, has one cycle handle it, and prints."""
    logging.disable(logging.INFO)
    with (
        tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as folder,
        installation.running(Path(folder)) as installed,
    ):
        with installed.working() as worker:
            installed.deliver(1, mails + 1)
            before, begun = time.process_time(), time.perf_counter()
            with timings.recording() as recorded:
                made = worker.cycle(immediate=True)
            took, worked = time.perf_counter() - begun, time.process_time() - before
            report = recorded.report(worker.read_in_children)
            with worker.store.read_transaction() as tx:
                rows = len(queries.registrations(tx, installation.EVENT)) - 1
        if made.errors:
            print(made.errors)
        answers = len(installed.sink.taken()) - 1
        print(f"{mails} mails of 40 KB: {rows} rows, {answers} mails sent, {took:.1f} s")
        print(f"{rows / took:.0f} registrations a second")
        print(f"{1000 * worked / mails:.1f} ms of processor time a mail in the worker, besides what reads")
        print(report)
        print(f"run --once without work: {seconds_without_work(installed):.2f} s, start-up included")


def seconds_without_work(installed: installation.Installation) -> float:
    """What `mailbot run --once` takes: the best of three, since the machine does other things too."""
    command = [sys.executable, "-m", "mailbot", "run", "--once", "--config", str(installed.config)]
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.perf_counter() - begun)
    return min(took)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
