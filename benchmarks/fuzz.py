"""Mangled mails, documents and workbooks, and hostile answers, until the time is over.

    python -m benchmarks.fuzz [--seconds N] [--folder FOLDER] [--seed N]

mangles the files of the tests, or those under FOLDER, and hands them to what reads them; now and
then it registers people whose every answer is hostile, whose letters are then made and whose workbook
is written and read again. Prints how many tries each took and every way it raised, once; exits 1
where anything did. What took more than ten seconds of processor time counts as raised.
"""

from __future__ import annotations

import argparse
import random
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from openpyxl import load_workbook

from benchmarks.strangers import installation
from mailbot import documents, message, workbook
from mailbot.config.settings import Settings
from mailbot.domain.document import Location, Part
from mailbot.message import outlook
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.sandbox import Documents
from mailbot.service.workbook_sync import WorkbookSync
from mailbot.service.worker import Worker
from mailbot.storage import messages
from mailbot.storage.messages import MailPlace
from mailbot.storage.schema import tables
from mailbot.storage.serialization import MAIL
from mailbot.transport.mime import render
from tests.fuzz.hostile import LETTERS, SEEDS, mangled

Target = Callable[[random.Random], object]

_OWN = frozenset({"inschrijvingen@vereniging.example"})
_SLOW = 10  # seconds of work
_PIECES = [
    "=1+1", "@SUM(A1)", "-2", "\r\nBcc: a@evil.example", "<script>", "{{ 7*7 }}", "{% raw %}", "../x", "\x00",
    "\x0b", "\ufffe", "_x000D_", "\u202e", "]]>", "&amp;", "é" * 500, "ja", "nee", "☒", "☐", "INS-0001",
    "1/1/2026", "0478 12 34 56", "Damme", "Naam: ", "\t", "'", '"', ",", ";", "🙂", "ß", "Jan", "van den",
    "\u00ad", "a@b",
]  # fmt: skip


def main() -> None:
    """Prints tries and findings."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--folder", type=Path, help="files to mangle in place of those of the tests")
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    signal.signal(signal.SIGPROF, _too_slow)
    rng, tries, found = random.Random(given.seed), Counter[str](), dict[str, str]()
    with installation() as (settings, worker):
        targets = list(_targets(given.folder, settings, worker))
        _understood(random.Random(0), settings)  # compiles the lexicons, which counts for no try
        end = time.monotonic() + given.seconds
        while time.monotonic() < end:
            name, target = targets[-1] if rng.random() < 0.02 else rng.choice(targets[:-1])
            tries[name] += 1
            signal.setitimer(signal.ITIMER_PROF, _SLOW)
            try:
                target(rng)
            except Exception as error:  # whatever it raised is what is looked for
                place = traceback.extract_tb(error.__traceback__)[-1]
                found.setdefault(f"{name}: {type(error).__name__} {place.name}", traceback.format_exc())
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
    for name, count in sorted(tries.items()):
        print(f"{name}: {count} tries")
    print(f"raised in {len(found)} ways")
    for what, trace in found.items():
        print(f"--- {what}\n{trace}")
    raise SystemExit(bool(found))


def _targets(folder: Path | None, settings: Settings, worker: Worker) -> Iterator[tuple[str, Target]]:
    files = dict(SEEDS)
    letters = list(LETTERS)
    if folder:
        paths = [
            path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size < 200_000
        ]
        letters = [path.read_bytes() for path in paths if path.suffix == ".eml"] or letters
        files = {path.name: path.read_bytes() for path in paths if path.suffix != ".eml"} or files
    layout = workbook.layout(next(iter(settings.events.values())), settings)

    def a_document(rng: random.Random) -> object:
        name = rng.choice(sorted(files))
        return documents.read(Part(name, "", mangled(files[name], rng.randrange(2**32))), Location())

    def a_workbook(rng: random.Random) -> object:
        data = mangled(files.get("sheet.xlsx", SEEDS["sheet.xlsx"]), rng.randrange(2**32))
        return workbook.accident(workbook.Base(), workbook.read(data, layout, workbook.Base()))

    def an_outlook_mail(rng: random.Random) -> object:
        data = mangled(files.get("form.doc", SEEDS["form.doc"]), rng.randrange(2**32))
        return outlook.parse(data, _OWN), outlook.winmail(
            b"\x78\x9f\x3e\x22" + data[: rng.randrange(500)], _OWN
        )

    yield "mail", lambda rng: message.parse(mangled(rng.choice(letters), rng.randrange(2**32)), _OWN, "mx")
    yield "document", a_document
    yield "workbook", a_workbook
    yield "msg", an_outlook_mail
    yield "words", lambda rng: _understood(rng, settings)
    yield "whole way", lambda rng: _whole_way(rng, worker)


def _letter(rng: random.Random) -> bytes:
    """A registration with a person or two, every answer hostile."""
    lines = [f"From: {_words(rng, 2)!r} <e{rng.randrange(50)}@damme.example>", f"Subject: {_words(rng, 2)!r}"]
    lines += [f"Message-ID: <{rng.random()}@damme.example>", "Content-Type: text/plain; charset=utf-8", ""]
    for _ in range(rng.randint(1, 2)):
        lines += [
            f"Naam: {_words(rng, 1)}",
            f"Voornaam: {_words(rng, 1)}",
            f"Gemeente/OCMW: {_words(rng, 1)}",
        ]
        lines += [f"E-mail: {rng.choice(['e@damme.example', _words(rng, 1)])}", f"Functie: {_words(rng, 3)}"]
        lines += [
            f"Ik neem deel: {rng.choice(['ja', 'nee', _words(rng, 1)])}",
            f"Opmerkingen: {_words(rng, 4)}",
            "",
        ]
    return "\n".join(lines).encode("utf-8", "replace")


def _words(rng: random.Random, most: int) -> str:
    return " ".join(rng.choice(_PIECES) for _ in range(rng.randint(1, most)))


def _understood(rng: random.Random, settings: Settings) -> object:
    read = message.parse(_letter(rng), _OWN, "")
    return understand(read, (), settings, frozenset(), datetime.now(UTC))


def _whole_way(rng: random.Random, worker: Worker) -> None:
    """A hostile registration decided and recorded, its letters made, now and then its workbook
    written, and read again by another program."""
    now, data = datetime.now(UTC), _letter(rng)
    with worker.store.write_transaction() as tx:
        place = MailPlace("main", "INBOX", 1, rng.randrange(2**48))
        number = messages.store_raw(tx, place, data, now, len(data), whole=True, now=now)
        waiting = messages.of_id(tx, number) if number else None
    if waiting is None:
        return
    with worker.store.write_transaction() as tx:
        read = (message.parse(data, worker.settings.own_addresses), Documents.of(()), None)
        worker.decider.decide_one(tx, waiting, read)
    with worker.store.read_transaction() as tx:
        letters = tx.scalars(sa.select(tables.mail.c.data).where(tables.mail.c.message == waiting.id)).all()
    for letter in letters:
        with suppress(ValueError):  # no address that mail can go to: `posting` gives such a mail up
            head = render(MAIL.validate_json(letter), now).partition(b"\r\n\r\n")[0]
            assert b"\nbcc:" not in head.lower(), "an answer added a header"
    if rng.random() < 0.05:
        desk = WorkbookSync(worker.settings, worker.store)
        for event in desk.due(now, immediate=True):
            if why := desk.export_one(event, now):
                raise AssertionError(why)
        for path in worker.settings.workbook_dir.glob("*.xlsx"):
            _without_their_formulas(path)


def _without_their_formulas(path: Path) -> None:
    for sheet in load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and str(cell.value) in _PIECES:
                    raise AssertionError(f"a formula in {sheet.title} {cell.coordinate}")


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"more than {_SLOW} seconds of processor time")


if __name__ == "__main__":
    main()
