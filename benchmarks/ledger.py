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
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from benchmarks import installation
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
BURST, SINGLES, IDLE = 100, 10, 20
#: How long ago what fills the ledger was sent.
AGO = timedelta(days=60)
_STEP = 2_000
#: What a mail leaves in the ledger, besides its bytes, which are purged after some weeks.
_TABLES = (message, location, registration, mail, mail_registration, log)


@dataclass(frozen=True)
class Cost:
    """Milliseconds of processor time: of a mail in a burst, of one that comes alone, of a cycle without."""

    burst: float
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


def measured(size: int, *, here: bool) -> Cost:
    """What it costs with so many registrations in the ledger."""
    with (
        tempfile.TemporaryDirectory(prefix="mailbot-", ignore_cleanup_errors=True) as folder,
        installation.running(Path(folder)) as installed,
    ):
        with installed.working() as worker:
            fill(worker.store, size - 1, here=here)
            installed.deliver(1_000_000, 1_000_020)
            worker.cycle(immediate=True)
            idle = [cost_of_cycle(worker) for _ in range(IDLE)]
            singles = []
            for number in range(SINGLES):
                installed.deliver(2_000_000 + number, 2_000_001 + number)
                singles.append(cost_of_cycle(worker))
            installed.deliver(3_000_000, 3_000_000 + BURST)
            burst = cost_of_cycle(worker)
        return Cost(burst / BURST, median(singles), median(idle))


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
    """Prints a line for each size."""
    logging.disable(logging.INFO)
    print(f"registrations {'at this event' if here else 'in the ledger'}: ms of processor time")
    print(f"{'':>12}{'a mail of 100':>16}{'a mail alone':>16}{'a cycle without':>18}{'':>8}")
    for size in sizes:
        begun = time.perf_counter()
        cost = measured(size, here=here)
        took = time.perf_counter() - begun
        print(
            f"{size:>12}{cost.burst:>16.1f}{cost.single:>16.1f}{cost.idle:>18.2f}{took:>7.0f} s", flush=True
        )


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "here"]
    main(tuple(map(int, given)) or SIZES, here="here" in sys.argv)
