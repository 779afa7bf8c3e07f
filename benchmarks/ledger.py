"""What a mail and an idle cycle cost, as the ledger grows.

Fills a ledger with registrations of events gone by (and of the event at hand, with ``here``), as mails
leave them, and has real cycles handle mail on Dovecot. Prints processor time, since other work on the
machine stretches the clock. Run: ``python -m benchmarks.ledger [here] [SIZE ...]``.
"""

from __future__ import annotations

import logging
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from benchmarks import installation
from mailbot.service import timings
from mailbot.service.worker import Worker
from mailbot.storage import Store
from mailbot.storage.schema.tables import (
    location,
    log,
    mail,
    mail_registration,
    message,
    meta,
    registration,
)

SIZES = (100, 1_000, 10_000, 100_000)
#: Registrations at each event gone by.
AN_EVENT = 500
BURST, SINGLES, IDLE, TURNS = 30, 2, 3, 6
#: How long ago what fills the ledger was sent.
AGO = timedelta(days=60)
_STEP = 2_000
#: What a mail leaves in the ledger, besides its bytes, which are purged after some weeks.
_TABLES = (message, location, registration, mail, mail_registration, log)


@dataclass(frozen=True)
class Cost:
    """Milliseconds of processor time: of a mail in a burst, of it without what workbooks take, which are
    written at an interval of their own, of one that comes alone, of a cycle without."""

    burst: float
    without: float
    single: float
    idle: float


def fill(store: Store, count: int, *, here: bool) -> None:
    """Copies what the first mail left in the ledger ``count`` times, each with a person of its own;
    ``here``: at the event at hand, else at events gone by, whose files are gone."""
    with store.read_transaction() as tx:
        first = {
            table.name: [dict(row) for row in tx.execute(sa.select(table)).mappings()] for table in _TABLES
        }
    for start in range(0, count, _STEP):
        rows: dict[str, list[dict[str, object]]] = {name: [] for name in first}
        for number in range(start, min(start + _STEP, count)):
            event = installation.EVENT if here else f"voorbij{number // AN_EVENT}"
            for name, held in first.items():
                rows[name] += [_copied(name, row, number + 2, event, len(first["mail"])) for row in held]
        with store.write_transaction() as tx:
            for table in _TABLES:
                tx.execute(sa.insert(table), rows[table.name])
    with store.write_transaction() as tx:
        tx.execute(sa.update(meta).where(meta.c.key == "next_nr").values(value=str(count + 2)))


def _copied(table: str, row: dict[str, object], number: int, event: str, mails: int) -> dict[str, object]:
    name, nr = installation.letters(number), f"INS-{number:04d}"
    town, other = "brugge.example", f"stad{number % 300}.example"

    def renamed(value: object) -> object:
        if not isinstance(value, str):
            return value
        for old, new in (
            ("INS-0001", nr),
            (f"jan0@{town}", f"jan.{name}@{other}"),
            (f"<0@{town}>", f"<{number}.oud@{other}>"),
            ("Peetersa", f"Peeters{name}"),
            ("peetersa", f"peeters{name}"),
            (f'"{installation.EVENT}"', f'"{event}"'),
            ("brugge.example", other),
            ("Brugge", f"Stad{number % 300}"),
        ):
            value = value.replace(old, new)
        return value

    copied = {key: renamed(value) for key, value in row.items()}
    match table:
        case "message":
            copied |= {"id": number, "event": event, "digest": f"{number}"}
        case "location":
            copied |= {"uidvalidity": 1, "uid": number, "message": number, "filed": "-"}
        case "registration":
            copied |= {"number": number, "event": event, "message": number}
        case "mail":
            given = row["id"]
            assert isinstance(given, int)
            copied |= {"id": number * mails + given, "event": event, "message": number}
            copied |= {"key": f"{copied['key']}/{number}", "message_id": f"<{number}.{given}@oud.example>"}
            made = row["made_at"]
            assert isinstance(made, datetime)
            copied |= {"state": "sent", "sent_at": made - AGO}  # limits count the last hour
        case "mail_registration":
            given = row["mail"]
            assert isinstance(given, int)
            copied |= {"mail": number * mails + given, "calendar_uid": f"{number}@oud.example"}
        case "log":
            copied |= {"event": event, "message": number}
            del copied["id"]
    return copied


@contextmanager
def filled(size: int, *, here: bool) -> Iterator[tuple[installation.Installation, Worker]]:
    """An installation with so many registrations in its ledger, whose workbooks are drawn."""
    with (
        tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as folder,
        installation.running(Path(folder)) as installed,
        installed.working() as worker,
    ):
        fill(worker.store, size - 1, here=here)
        installed.deliver(1_000_000, 1_000_020)
        worker.cycle(immediate=True)
        yield installed, worker


def measured(installed: installation.Installation, worker: Worker, turn: int) -> Cost:
    """What it costs, in one turn."""
    first = 2_000_000 + 1_000 * turn
    idle = [cost_of_cycle(worker) for _ in range(IDLE)]
    singles = []
    for number in range(first, first + SINGLES):
        installed.deliver(number, number + 1)
        singles.append(_without_workbooks(worker)[1])
    installed.deliver(first + SINGLES, first + SINGLES + BURST)
    burst, without = _without_workbooks(worker)
    return Cost(burst / BURST, without / BURST, median(singles), median(idle))


def _without_workbooks(worker: Worker) -> tuple[float, float]:
    """The cost of a cycle, and that without its workbooks: whether they are due hangs on how long all before
    took by the clock."""
    with timings.recording() as recorded:
        whole = cost_of_cycle(worker)
    return whole, whole - 1000 * recorded.worked["write workbooks"]


def cost_of_cycle(worker: Worker) -> float:
    """Milliseconds of processor time of one cycle."""
    begun = _processor_time()
    made = worker.cycle(immediate=False)
    assert not made.errors, made.errors
    return 1000 * (_processor_time() - begun)


def _processor_time() -> float:
    """Of this process; the children that read have no part in the ledger."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(sizes: tuple[int, ...], *, here: bool) -> None:
    """Prints a line for each size. They are measured in turns, so that what else the machine does meanwhile
    stretches all of them."""
    logging.disable(logging.INFO)
    print(f"registrations {'at this event' if here else 'in the ledger'}: ms of processor time, medians")
    print(f"{'':>12}{'a mail of 30':>16}{'no workbooks':>16}{'a mail alone':>16}{'a cycle without':>18}")
    with ExitStack() as open_:
        all_ = {size: open_.enter_context(filled(size, here=here)) for size in sizes}
        costs: dict[int, list[Cost]] = {size: [] for size in sizes}
        for turn in range(TURNS):
            for size in sizes:
                costs[size].append(measured(*all_[size], turn))
    for size, of_it in costs.items():
        burst, without, single, idle = (median(one) for one in zip(*map(astuple, of_it), strict=True))
        print(f"{size:>12}{burst:>16.1f}{without:>16.1f}{single:>16.1f}{idle:>18.2f}", flush=True)


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "here"]
    main(tuple(map(int, given)) or SIZES, here="here" in sys.argv)
