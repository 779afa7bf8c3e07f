"""Several hosts on one PostgreSQL: registrations in several mailboxes, while hosts die and one freezes.

Prints what was lost or doubled (which must be nothing), what was sent again, the processor time a mail, and
the most connections and memory that a host had.
Run: ``python -m benchmarks.hosts [HOSTS [MAILBOXES [MAILS [KILLED]]]]``; with any killed, one freezes too.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from benchmarks import installation, sink
from benchmarks.installation import EVENT
from mailbot.storage import Store
from mailbot.storage.schema.tables import host, lease, mail, message, registration
from tests.servers import configuration, dovecot, postgresql

#: Seconds after which it gives up, and those that one host is frozen: longer than any is waited for.
LONGEST, FROZEN = 3600.0, 120.0
_MAILBOX = """
[[mailbox]]
name = "box{0}"
host = "127.0.0.1"
port = {1}
security = "none"
user = "box{0}@example.org"
password_file = "secrets/imap"
since = 2025-01-01
address = "box{0}@example.org"
"""


@dataclass(frozen=True)
class Site:
    """All that runs besides the hosts, and the configuration that each copies."""

    folder: Path
    config: Path
    imap: dovecot.Dovecot
    taken: sink.Sink
    database: postgresql.PostgreSQL
    store: Store
    boxes: int

    def deliver(self, first: int, end: int) -> None:
        """Puts the mails of persons into the mailboxes in turn."""
        for box in range(self.boxes):
            with self.imap.client(f"box{box}@example.org") as client:
                for number in range(first, end):
                    if number % self.boxes == box:
                        client.append(
                            "INBOX", installation.mail(number, kilobytes=14), (), installation.ARRIVED
                        )

    def host(self, number: int) -> Path:
        """The configuration of a host, with a state of its own and the common workbooks."""
        folder = self.folder / f"host{number}"
        file = folder / "config" / "mailbot.toml"
        if not folder.exists():
            shutil.copytree(self.config.parent, folder / "config")
            file.write_text(file.read_text().replace('"../workbooks"', f'"{self.folder / "workbooks"}"'))
        return file

    def log(self, number: int) -> Path:
        """What a host logs."""
        return self.folder / f"log{number}"

    def start(self, number: int) -> subprocess.Popen[bytes]:
        """A service on a host."""
        with self.log(number).open("a") as log:
            command = [sys.executable, "-m", "mailbot", "run", "--config", str(self.host(number))]
            return subprocess.Popen(command, stderr=log)

    def counted(self, *statement: sa.Select[tuple[int]]) -> list[int]:
        """What statements that count give."""
        with self.store.read_transaction() as tx:
            return [tx.scalar(one) or 0 for one in statement]

    def wait(self, statement: sa.Select[tuple[int]], wanted: int) -> None:
        """Until a statement that counts gives as many."""
        end = time.monotonic() + LONGEST
        while self.counted(statement)[0] < wanted:
            if time.monotonic() > end:
                raise TimeoutError(str(self.counted(statement, _MADE, SENT, MAILS)))
            time.sleep(0.5)

    def settle(self, mails: int) -> None:
        """Until so many are decided and all is sent."""
        self.wait(DECIDED, mails)
        self.wait(SENT, self.counted(MAILS)[0])


_COUNT = sa.func.count()
DECIDED = sa.select(_COUNT).where(message.c.state == "decided")
_MADE = sa.select(_COUNT).select_from(registration)
MAILS = sa.select(_COUNT).select_from(mail)
SENT = sa.select(_COUNT).where(mail.c.state == "sent")
#: Of the host that has most of them: each is named as its process is.
_SESSIONS = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'mailbot %'"
    " GROUP BY application_name ORDER BY 1 DESC LIMIT 1"
)
_HELD = sa.select(sa.func.count(sa.distinct(lease.c.host)))


class Watch(threading.Thread):
    """Looks at hosts every second. ``most`` are the connections to IMAP and to PostgreSQL, threads, and MiB
    of memory (without children) of the one that had most of them."""

    def __init__(self, site: Site, running: Sequence[subprocess.Popen[bytes]]) -> None:
        super().__init__(daemon=True)
        self._site, self._running = site, running
        self._end = threading.Event()
        self.most: Counter[str] = Counter()

    def run(self) -> None:
        """Looks until the end."""
        while not self._end.wait(1.0):
            with self._site.store.read_transaction() as tx:
                self.most |= Counter({"to PostgreSQL": tx.scalar(_SESSIONS) or 0})
            for one in self._running:
                with suppress(OSError):  # it may have ended
                    self.most |= self._of(Path(f"/proc/{one.pid}"))

    def _of(self, process: Path) -> Counter[str]:
        port = f":{self._site.imap.port:04X}"
        lines = (line.split() for line in (process / "net/tcp").read_text().splitlines()[1:])
        there = {f"socket:[{words[9]}]" for words in lines if words[2].endswith(port)}
        facts = dict(
            line.split(":", 1) for line in (process / "status").read_text().splitlines() if ":" in line
        )
        return Counter(
            {
                "to IMAP": sum(str(file.readlink()) in there for file in (process / "fd").iterdir()),
                "threads": int(facts["Threads"]),
                "MiB": int(facts["VmHWM"].split()[0]) >> 10,
            }
        )

    def end(self) -> str:
        """Ends it; what it saw."""
        self._end.set()
        self.join()
        return ", ".join(f"{number} {what}" for what, number in self.most.items())


def main(hosts: int = 3, boxes: int = 6, mails: int = 300, killed: int = 0) -> int:
    """Runs it once, and prints a page; 1 where anything was lost or doubled."""
    with prepared(boxes) as site:
        return _run(site, hosts, mails, killed)


@contextmanager
def prepared(boxes: int) -> Iterator[Site]:
    """All that hosts work on, with so many mailboxes."""
    with ExitStack() as opened:
        made = tempfile.TemporaryDirectory(prefix="mailbot-hosts-", ignore_cleanup_errors=True)
        folder = Path(opened.enter_context(made))
        imap = opened.enter_context(dovecot.running())
        taken = opened.enter_context(sink.running(folder))
        database = opened.enter_context(postgresql.running())
        url = database.database()
        more = "".join(_MAILBOX.format(box, imap.port) for box in range(1, boxes))
        rest = f'[limits]\nanswers_per_hour = 1000000\n[store]\nurl = "{url}"\n[worker]\npoll_seconds = 2\n'
        config = configuration.write(
            folder,
            imap_port=imap.port,
            smtp_port=taken.port,
            user="box0@example.org",
            since=date(2025, 1, 1),
            rest=rest + more,
        )
        (config.parent / "events" / f"{EVENT}.toml").write_text(configuration.meeting(EVENT))
        yield Site(folder, config, imap, taken, database, opened.enter_context(Store(url)), boxes)


def _run(site: Site, hosts: int, mails: int, killed: int) -> int:
    running = [site.start(number) for number in range(hosts)]
    watch = Watch(site, running)
    watch.start()
    try:
        site.wait(_HELD, min(hosts, site.boxes))
        began, before = time.monotonic(), site.database.processor_time()
        site.deliver(0, mails)
        frozen = running[killed] if killed else None
        for number, victim in enumerate(running[:killed], start=1):
            site.wait(DECIDED, mails * number // (killed + 2))
            os.kill(victim.pid, signal.SIGKILL)
        if frozen:
            site.wait(DECIDED, mails * (killed + 1) // (killed + 2))
            os.kill(frozen.pid, signal.SIGSTOP)
            time.sleep(FROZEN)
            os.kill(frozen.pid, signal.SIGCONT)
        site.settle(mails)
        seconds = time.monotonic() - began
        most, of_database = watch.end(), site.database.processor_time() - before
        for one in running:
            os.kill(one.pid, signal.SIGTERM)
        cpu = 0.0
        for one in running:
            _, _, used = os.wait4(one.pid, 0)
            one.returncode = 0  # it is waited for already
            cpu += used.ru_utime + used.ru_stime
    finally:
        for one in running:
            if one.returncode is None:
                one.kill()
    made, sent = site.counted(_MADE, MAILS)
    distinct = site.counted(sa.select(sa.func.count(sa.distinct(registration.c.email))))[0]
    left = site.counted(sa.select(_COUNT).select_from(host))[0]
    resent = site.counted(sa.select(sa.func.sum(mail.c.resent)))[0]
    by_id = Counter(number for number, _ in site.taken.taken())
    say = (
        f"{hosts} hosts ({killed} killed, {int(bool(killed))} frozen), {site.boxes} mailboxes, {mails} mails"
    )
    print(say)
    print(f"  rows {made}, people {distinct}, mails {sent}, arrived {len(by_id)}, hosts left over {left}")
    print(f"  arrived twice {sum(number > 1 for number in by_id.values())}, counted as sent again {resent}")
    print(
        f"  {1000 * cpu / mails:.0f} ms of processor time a mail in the hosts, {seconds:.0f} s in all,",
        end=" ",
    )
    print(f"{mails / seconds:.1f} a second at a load of {os.getloadavg()[1]:.0f}")
    print(f"  at most, of one host: {most}; {1000 * of_database / mails:.1f} ms a mail in PostgreSQL")
    return int(made != mails or distinct != mails or len(by_id) != sent)


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
