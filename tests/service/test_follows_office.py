"""What a worker does in each of its cycles at an office that lives half a year: what it took in, recorded,
mailed, filed and wrote; and the small parts that say when something is tried again, asked or put off."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from mailbot.config import loader
from mailbot.config.settings import ConfigurationError
from mailbot.service.probe import GIVEN_UP, Probe
from mailbot.service.servers import LONGEST_WAIT, Servers, of_mailbox
from mailbot.service.step_rest import LONG, Rest
from mailbot.service.steps import Cycle, Steps, places
from mailbot.service.troubles import Troubles
from mailbot.service.turns import Turns
from mailbot.service.worker import Worker
from mailbot.storage import Store, health
from mailbot.storage.database import StoreTrouble
from mailbot.storage.hosts import Host
from mailbot.storage.lease import Share
from mailbot.storage.messages import Waiting
from mailbot.storage.schema.tables import metadata
from mailbot.transport.connection import MOST, MailServerTrouble
from mailbot.xlsx.workbook import Workbook
from tests.decision.following import parts
from tests.servers import configuration, dovecot
from tests.servers import smtp as smtp_server
from tests.service.conftest import Office
from tests.storage.test_follows_ledger import told

HELD = parts(Path(__file__).parent / "follows" / "office.txt")
BEGINS = datetime(2025, 11, 3, 8, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
EVENT = "kis-2026-3"
_SETTINGS = """
[secretariat]
address = "an@vereniging.example"
digest = "07:30"
[admin]
address = "it@vereniging.example"
[retention]
keep_mail_days = 60
[workbook]
seconds_between_writes = 0
"""
_MEETING = """
id = "kis-2026-3"
title = "Kennisplatform Intergemeentelijk Samenwerken"
starts = 2025-12-03T14:00:00
ends = 2025-12-03T17:00:00
place = "OC De Kleine Beer, Beernem"
form = "kennisplatform"
deadline = 2025-11-23
capacity = 3
"""
#: Columns that say much of what is drawn, and little of what was done.
_UNSAID = frozenset({"data", "submission", "findings", "cells", "digest", "message_id", "facts"})


class Life:
    """An office, its clock, and what changed since one looked last."""

    def __init__(self, office: Office) -> None:
        self.office, self.now = office, BEGINS
        self.lines: list[str] = []
        self._rows: dict[str, str] = {}
        self._files: dict[str, float] = {}
        self._sent = 0

    def cycle(self, what: str, *later: timedelta, immediate: bool = True) -> None:
        """Lets the worker do one cycle, ``later`` than the last, and tells what came of it."""
        self.now += sum(later, MINUTE)
        settings = loader.load(self.office.config)
        with (
            Store(settings.store_url) as store,
            Worker(settings, store, lambda: self.now, lambda: False) as worker,
        ):
            if not self._rows:
                with store.write_transaction() as tx:
                    health.note(tx, "secret", "a secret of this ledger")
            made = worker.cycle(immediate=immediate)
            if made.events_changed:
                self.lines.append(f"## {what}: the events changed")
                return self.cycle(what, immediate=immediate)
            self.lines.append(
                f"## {what}: {made.handled} handled, {told(made.errors)} {made.put_off or ''}".strip()
            )
            with store.read_transaction() as tx:
                self.lines += self._changed(dict(self._told(tx)))
        self.lines += self._mailed()
        self.lines += self._written()
        return None

    def _told(self, tx: sa.Connection) -> Iterator[tuple[str, str]]:
        for table in metadata.sorted_tables:
            keys = [column.name for column in table.primary_key]
            for row in tx.execute(sa.select(table)).mappings():
                named = f"{table.name} {' '.join(str(row[key]) for key in keys)}"
                if named.startswith(("meta secret", "meta poll:", "meta ledger", "raw ", "attachment ")):
                    continue
                facts = (f"{k} {told(v)}" for k, v in row.items() if k not in keys and k not in _UNSAID)
                yield (
                    named,
                    ", ".join(
                        one for one in facts if not one.endswith((" ", " None", " False", " []", " 0"))
                    ),
                )

    def _changed(self, now: dict[str, str]) -> Iterator[str]:
        for key in sorted({*now, *self._rows}):
            if (before := self._rows.get(key)) == (after := now.get(key)):
                continue
            if before is None or after is None:
                yield f"{'new' if before is None else 'gone'} {key}: {after or ''}".rstrip(": ")
            else:
                old, new = (set(text.split(", ")) for text in (before, after))
                yield f"{key}: {', '.join(sorted(old - new))} → {', '.join(sorted(new - old))}"
        self._rows = now

    def _mailed(self) -> Iterator[str]:
        mails = self.office.smtp.mails()
        for mail in mails[self._sent :]:
            files = [part.get_filename() for part in mail.iter_attachments()]
            more = f" with {files}" if any(files) else ""
            yield f"mail to {mail['X-Envelope-To']}: {mail['Subject']}{more}"
        self._sent = len(mails)

    def _written(self) -> Iterator[str]:
        found = {
            str(one.relative_to(self.office.folder)): one.stat().st_mtime_ns
            for top in ("workbooks", "config/events")
            for one in (self.office.folder / top).rglob("*")
            if one.is_file()
        }
        for name in sorted({*found, *self._files}):
            if found.get(name) != self._files.get(name):
                yield f"file {name}{'' if name in found else ' is gone'}"
        self._files = found

    def folders(self) -> None:
        """What lies in the mailbox."""
        with self.office.dovecot.client(self.office.user) as client:
            for _, _, name in client.list_folders():
                client.select_folder(name, readonly=True)
                flags = client.get_flags(client.search()) if client.search() else {}
                marks = {
                    uid: b" ".join(sorted({*held} - {rb"\Recent"})).decode() for uid, held in flags.items()
                }
                self.lines.append(
                    f"in {name}: {', '.join(f'{uid} {said}'.strip() for uid, said in sorted(marks.items()))}"
                )

    def mail(
        self, name: str, text: str = "", subject: str = "Inschrijving kennisplatform", **more: object
    ) -> None:
        """Somebody mails."""
        self.office.deliver(name, self.now, text, subject=subject, **more)  # type: ignore[arg-type]

    def types(self, file: str, sheet: str, row: int, header: str, text: str) -> None:
        """She types into a workbook."""
        path = self.office.folder / "workbooks" / f"{file}.xlsx"
        book = Workbook.open(path.read_bytes())
        found = book.sheet(sheet)
        assert found is not None
        column = next(i for i in range(1, found.last_column + 1) if found.get(1, i) == header)
        found.set(row, column, text)
        path.write_bytes(book.data())


def _lives(life: Life) -> None:
    smtp = life.office.smtp
    life.cycle("a first cycle")
    for name in ("Maes", "Claeys"):
        life.mail(name)
    life.mail("Vrager", "Dag, is de zaal volgende week vrij?\n\nGroeten\nBart Vrager", subject="Zaal")
    life.cycle("mail comes in")
    life.folders()
    life.cycle("nothing comes in", immediate=False)
    life.mail("Peeters")
    life.mail("Wouters")
    life.mail(
        "Maes",
        "Ik kan er helaas niet bij zijn.\n\nJan Maes",
        subject="Kennisplatform",
        message_id="<m2@x.example>",
    )
    life.cycle("the list fills, and a place comes free", DAY)
    life.types(EVENT, "Deelnemers", 3, "Functie", "Schepen")
    life.types(EVENT, "Deelnemers", 3, "Bevestiging sturen", "ja")
    life.cycle("she corrects a row and has it told")
    life.types("Te behandelen", "Postvak", 2, "Beslissing", "afgehandeld")
    life.cycle("she settles a mail in her inbox")
    life.folders()
    life.types(EVENT, "Berichten", 2, "Onderwerp", "Tot dan")
    life.types(EVENT, "Berichten", 2, "Aan wie", "ingeschreven")
    life.types(EVENT, "Berichten", 2, "Tekst", "Neem uw laptop mee.")
    life.cycle("she writes to many")
    life.types(EVENT, "Berichten", 2, "Beslissing", "versturen")
    life.cycle("she sends it")
    smtp.refuse.add("claeys@damme.example")
    life.mail(
        "Claeys",
        "Naam: Claeys\nVoornaam: Jan\nGemeente/OCMW: Damme\nTelefoon/gsm: 0478 12 34 56\n"
        "E-mail: claeys@damme.example\nIk neem deel: ja\n",
        message_id="<c2@x.example>",
    )
    life.cycle("an address is refused")
    smtp.busy = True
    life.mail("Jacobs")
    life.cycle("the mail server is busy")
    life.cycle("and is left alone", immediate=False)
    smtp.busy = False
    smtp.refuse.clear()
    life.cycle("it is well again", timedelta(hours=1))
    life.mail("Vlaams", "Graag had ik iets gevraagd over het kennisplatform: mag mijn man mee?\n\nEls Vlaams")
    life.cycle("a question waits for her", DAY)
    life.types(EVENT, "Te behandelen", 2, "Beslissing", "afgehandeld")
    life.cycle("she decides what stands first")
    life.types(EVENT, "Te behandelen", 2, "Beslissing", "ongedaan maken")
    life.cycle("she takes it back")
    life.types("bijeenkomsten", "Bijeenkomsten", 2, "Plaats", "Stadhuis, Brugge")
    life.cycle("she moves the meeting")
    life.cycle("a digest is due", DAY)
    life.mail("Laat")
    life.cycle("the deadline is over", 16 * DAY)
    life.cycle("a week before", 3 * DAY)
    life.cycle("the day itself", 7 * DAY)
    life.cycle("the day after", 2 * DAY)
    life.cycle("answers are cleared", 31 * DAY)
    life.cycle("mail is purged", 40 * DAY)
    life.types(EVENT, "Overzicht", 1, "Kennisplatform Intergemeentelijk Samenwerken", "x")
    life.cycle("half a year later", 90 * DAY)


@contextmanager
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _office() -> str:
    with (
        _quiet(),
        TemporaryDirectory() as top,
        dovecot.running() as server,
        smtp_server.running(Path(top) / "smtp") as sink,
    ):
        folder = Path(top) / "office"
        more = 'filed_folder = "Verwerkt"\nreview_folder = "Nakijken"\nsent_folder = "Verzonden"'
        config = configuration.write(
            folder,
            imap_port=server.port,
            smtp_port=sink.port,
            user="in@example.org",
            since=(BEGINS - 90 * DAY).date(),
            mailbox=more,
            rest=_SETTINGS,
        )
        (config.parent / "events" / f"{EVENT}.toml").write_text(_MEETING)
        life = Life(Office(folder, server, sink, "in@example.org", config))
        _lives(life)
        text = "\n".join(life.lines).replace(str(folder), "FOLDER")
    return re.sub(
        r"(?<=INBOX )\d{10}|(?<=uidvalidity )\d{10}", "VALIDITY", re.sub(r"127\.0\.0\.1:\d+", "SERVER", text)
    )


# ------------------------------------------------------------ the small parts


def _waiting(*ids: int) -> list[Waiting]:
    return [Waiting(one, "main", BEGINS, True, 1) for one in ids]


def _turns() -> Iterator[str]:
    turns = Turns()
    for message, sender in ((2, "a"), (3, "a"), (5, "b"), (7, "a")):
        turns.put_off(message, sender)
    yield f"{len(turns)} wait, {sorted(turns.senders)}, {[one in turns for one in (1, 2)]}"
    yield f"who waits {[turns.waits(one) for one in 'abc']}"
    now, later = turns.in_order(_waiting(1, 2, 3, 4, 5, 7))
    yield f"now {[one.id for one in now]}, later {[one.id for one in later]}"
    turns.is_over(2)
    turns.is_over(99)
    yield f"after the first {[one.id for one in turns.in_order(_waiting(1, 3, 5, 7))[1]]}, {len(turns)}"


def _steps() -> Iterator[str]:
    calls: list[str] = []
    steps = Steps(lambda: len(calls) > 3, lambda: calls.append("alive"))
    made = Cycle()

    def fails(error: Exception) -> None:
        with steps.outside(made, type(error).__name__, "a server"):
            raise error

    with _quiet():
        with steps.outside(made, "well"):
            pass
        for error in (
            ConfigurationError("x: wrong", "mend"),
            OSError(28, "No space left"),
            MailServerTrouble("mx", "is\naway", "wait"),
            StoreTrouble("ledger\n away"),
            KeyError("secret"),
        ):
            fails(error)
    yield f"{told(made.errors)}; misconfigured {made.misconfigured}"
    yield f"at {steps.at}; silent {sorted(steps.silent)}"
    yield f"{len(calls)} signs of life, to the end {steps.to_end()}"
    yield places(
        'Traceback\n  File "a.py", line 3, in f\n    raise ValueError("Els")\n  File "b.py"\nValueError: Els'
    )


def _servers() -> Iterator[str]:
    """Whether a server is tried, after failures and waits."""
    with TemporaryDirectory() as folder:
        config = configuration.write(Path(folder), imap_port=1, smtp_port=1, user="x", organisations="# none")
        settings = loader.load(config)
        now = [BEGINS]
        steps = Steps(lambda: False, lambda: None)
        servers = Servers(settings, ("main",), steps, lambda: now[0])
        box = of_mailbox("main")
        failed, fresh = Cycle(errors={box: "away"}), Cycle()
        yield f"never failed {servers.tries(fresh, box, immediate=False)}"
        yield f"failed in it {servers.tries(failed, box, immediate=True)}"
        for failures in range(1, 9):
            servers.wait_longer(box, failed)
            wait = (servers.retry_at[box] - now[0]).total_seconds()
            whole = min(MOST, 2 ** (failures - 1))
            yield f"after {failures} failures it waits as it should: {whole / 2 <= wait <= whole}"
        for name, moment in {
            "at once": BEGINS,
            "just before": servers.retry_at[box] - timedelta(microseconds=1),
            "then": servers.retry_at[box],
            "with a clock set back": servers.retry_at[box] - LONGEST_WAIT - timedelta(microseconds=1),
            "nearly so far": servers.retry_at[box] - LONGEST_WAIT,
        }.items():
            now[0], made = moment, Cycle()
            tried = servers.tries(made, box, immediate=False)
            yield f"{name}: {tried}, left alone {sorted(made.left_alone)}, well {servers.well(made)}"
        now[0] = BEGINS
        made = Cycle()
        yield f"where it must be {servers.tries(made, box, immediate=True)}"
        servers.leave_alone(box, made)
        again = servers.retry_at[box] - BEGINS
        yield f"silent {sorted(steps.silent)}, again after {again}, well {servers.well(made)}"
        servers.wait_longer(box, Cycle())
        yield f"after a success {servers.retry_at}"


def _rests() -> Iterator[str]:
    rest = Rest()
    yield f"never ran {rest.of('x')}, {rest.lasts('x')}"
    for took in (LONG - 0.001, LONG + 0.001, 3.0):
        rest = Rest()
        with rest.after("x"):
            pass
        rest.add("x", took - rest._took["x"])
        yield f"took {took:.3f}: rests {rest.of('x'):.1f}, {rest.lasts('x')}, another {rest.lasts('y')}"


def _probes() -> Iterator[str]:
    well, broken = (
        Probe("mx", lambda: None),
        Probe("mx", lambda: (_ for _ in ()).throw(MailServerTrouble("mx", "is away", "wait"))),
    )
    gate = threading.Event()
    waits = Probe("mx", gate.wait)
    for name, one in {"well": well, "broken": broken, "waits": waits}.items():
        if one is not waits:
            one._thread.join(30)
        said = "nothing"
        try:
            one.result()
        except MailServerTrouble as trouble:
            said = str(trouble)
        yield f"{name}: runs {one.runs()}, says {said}"
    waits._began -= GIVEN_UP
    yield f"given up: runs {waits.runs()}"
    gate.set()


def _troubles() -> Iterator[str]:
    def host(one: str) -> Host:
        return Host(one, f"host-{one}", 7, "1", BEGINS, 0.0, ())

    names = (
        "mailbox main",
        "mailbox second",
        "mailbox gone",
        "inbox list main",
        "sent folder second",
        "smtp",
        "smtp on host-b/7",
        "smtp on host-x/7",
        "disk on host-a/7",
    )
    for leads in (True, False):
        share = Share("a", leads, frozenset({"main"}))
        view = Troubles(("main", "second"), ("main",), share, (host("a"), host("b")))
        for name in names:
            place = "leads" if leads else "follows"
            yield f"{place}: {name}: told as {view.named(name)}, mine {view.is_mine(name)}"


def examples() -> dict[str, str]:
    """The life of an office, and its small parts."""
    small: dict[str, Callable[[], Iterator[str]]] = {
        "turns": _turns,
        "steps": _steps,
        "troubles": _troubles,
        "servers": _servers,
        "rests": _rests,
        "probes": _probes,
    }
    return {"office": _office(), **{name: "\n".join(of()) for name, of in small.items()}}


def test_what_a_worker_does_in_each_cycle() -> None:
    assert examples() == HELD
