"""What becomes of mail and documents from strangers: they must crash nothing, hang nothing,
register nobody and draw no answer.

    python -m benchmarks.strangers FOLDER [--seconds N] [--show]

takes every file under FOLDER through the whole way of a message, against an installation with
one open event of each shipped form: a mail as it is, any other file both as `mailbot read` takes
it and as the attachment of a mail. Prints what raised, what took longer than N seconds (90), who
was registered, what was answered or put before the secretary, and the slowest; exits 1 where
something raised, hung or registered somebody. Says on standard error how far it is; interrupted
or terminated, it prints what was seen until then.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from benchmarks.forms import CONFIG
from mailbot.blank_forms import lines
from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.config.shipped import shipped
from mailbot.domain.document import ParsedDocument
from mailbot.domain.message import Message
from mailbot.pipeline.attachments import read_file, read_mail
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.sandbox import Documents, Sandbox
from mailbot.service.worker import Worker
from mailbot.storage import Store, messages
from mailbot.storage.messages import MailPlace
from mailbot.storage.schema import tables

#: Files that are a mail already.
_MAILS = (".eml", ".mail", ".mbox")


@dataclass
class Seen:
    """What was seen of all files; lists are (file, what)."""

    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    raised: list[tuple[str, str]] = field(default_factory=list)
    hung: list[tuple[str, str]] = field(default_factory=list)
    registered: list[tuple[str, str]] = field(default_factory=list)
    answered: list[tuple[str, str]] = field(default_factory=list)
    cases: list[tuple[str, str]] = field(default_factory=list)
    seconds: list[tuple[float, str]] = field(default_factory=list)


def main() -> None:
    """Prints what was seen; exits 1 when anything raised, hung or was registered."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--seconds", type=float, default=90, help="what counts as a hang")
    arguments.add_argument("--show", action="store_true", help="each file that drew an answer or a case")
    given = arguments.parse_args()
    files = sorted(path for path in given.folder.rglob("*") if path.is_file())
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    seen = Seen()
    with installation() as (settings, worker):
        try:
            run(files, settings, worker, given.seconds, seen)
        except KeyboardInterrupt:
            print(f"stopped before the end: {len(files)} files were given")
    report(seen, show=given.show)
    raise SystemExit(bool(seen.raised or seen.hung or seen.registered))


def configured(folder: Path) -> Settings:
    """The settings of an installation in ``folder``, with one open event of each shipped form."""
    config = folder / "config"
    (config / "events").mkdir(parents=True)
    (folder / "state").mkdir()
    (config / "mailbot.toml").write_text(CONFIG)
    soon = datetime.now(UTC).date() + timedelta(days=30)
    for form in sorted(shipped("forms").glob("*.toml")):
        (config / "events" / f"{form.stem}.toml").write_text(
            f'id = "{form.stem}-1"\ntitle = "Overleg {form.stem}"\nform = "{form.stem}"\n'
            f"starts = {soon}T14:00:00\n"
        )
    return load(config / "mailbot.toml")


@contextmanager
def installation() -> Iterator[tuple[Settings, Worker]]:
    """Such an installation, and its worker."""
    with tempfile.TemporaryDirectory() as folder:
        settings = configured(Path(folder))
        with Store(settings.store_url) as store:
            worker = Worker(settings, store, lambda: datetime.now(UTC), lambda: False)
            try:
                yield settings, worker
            finally:
                worker.close()


def run(files: list[Path], settings: Settings, worker: Worker, limit: float, seen: Seen) -> None:
    """Takes each file through and notes in ``seen`` what became of it; ``limit`` is in seconds."""
    blanks = (lines(event, settings.form_of(event), settings) for event in settings.events.values())
    blank_lines = frozenset[str]().union(*blanks)
    with Sandbox() as sandbox:
        for path in files:
            data, name, started = path.read_bytes(), str(path), time.perf_counter()
            seen.files += 1
            try:
                message, readings = read_file(path.name, data, sandbox, settings)
                understand(message, readings, settings, blank_lines, datetime.now(UTC))
                as_it_is = path.suffix.lower() in _MAILS
                mail = data if as_it_is else _wrapped(path.name, data)
                _decide(mail, name, worker, partial(read_mail, mail, sandbox, settings), seen)
            except Exception:  # what strangers sent made it raise: that is what is looked for
                seen.raised.append((name, traceback.format_exc()))
            took = time.perf_counter() - started
            seen.seconds.append((took, name))
            if took > limit:
                seen.hung.append((name, f"{took:.1f} s"))
            if seen.files % 50 == 0 or took > limit:
                print(f"{seen.files} of {len(files)}, {took:.1f} s  {name}", file=sys.stderr, flush=True)


Reading = Callable[[], tuple[Message, tuple[ParsedDocument, ...]]]


def _decide(data: bytes, name: str, worker: Worker, read: Reading, seen: Seen) -> None:
    """One message as ``read`` gives it, from the raw bytes to what the ledger then holds of it."""
    now = datetime.now(UTC)
    with worker.store.write_transaction() as tx:
        place = MailPlace("main", "INBOX", 1, seen.files)
        number = messages.store_raw(tx, place, data, now, len(data), whole=True, now=now)
        assert number is not None
        waiting = messages.of_id(tx, number)
        assert waiting is not None
    message, readings = read()
    with worker.store.write_transaction() as tx:
        worker.decider.decide_one(tx, waiting, (message, Documents.of(readings), None))
    with worker.store.read_transaction() as tx:
        row = tx.execute(sa.select(tables.message).where(tables.message.c.id == number)).one()
        rows = tx.scalars(
            sa.select(tables.registration.c.data).where(tables.registration.c.message == number)
        )
        mails = tx.scalars(sa.select(tables.mail.c.data).where(tables.mail.c.message == number))
        cases = tx.scalars(sa.select(tables.case.c.data).where(tables.case.c.message == number))
        seen.outcomes[row.outcome or row.state] += 1
        seen.registered += [(name, data) for data in rows]
        seen.answered += [(name, f"{row.outcome}: {data}") for data in mails]
        seen.cases += [(name, data) for data in cases]


def _wrapped(name: str, data: bytes) -> bytes:
    """A mail that brings a file, in words that say nothing of a registration."""
    mail = EmailMessage()
    mail["From"] = "Els Maes <els.maes@vreemd.example>"
    mail["To"] = "inschrijvingen@vereniging.example"
    mail["Subject"] = "document"
    mail["Message-ID"] = f"<{abs(hash((name, data)))}@vreemd.example>"
    mail.set_content("Dag, als bijlage het document.\n")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def report(seen: Seen, *, show: bool) -> None:
    """Prints what was seen."""
    times = sorted(took for took, _ in seen.seconds) or [0.0]
    print(f"{seen.files} files, {sum(times):.0f} s")
    print(f"median {times[len(times) // 2] * 1000:.0f} ms, 99 % under {times[len(times) * 99 // 100]:.2f} s")
    print("outcomes: " + ", ".join(f"{outcome} {count}" for outcome, count in seen.outcomes.most_common()))
    for title, found in (("raised", seen.raised), ("hung", seen.hung), ("registered", seen.registered)):
        print(f"{title}: {len(found)}")
        for name, what in found:
            print(f"  {name}\n    {what}")
    for title, found in (("answered", seen.answered), ("put before the secretary", seen.cases)):
        print(f"{title}: {len(found)}")
        for name, what in found if show else ():
            print(f"  {name}\n    {what[:600]}")
    print("slowest:")
    for took, name in sorted(seen.seconds, reverse=True)[:10]:
        print(f"  {took:.2f} s  {name}")


if __name__ == "__main__":
    main()
