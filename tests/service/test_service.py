"""The service as a process of its own: woken by mail, told of new files, alone on its ledger."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mailbot.service.distribution import release
from tests.cli.conftest import in_process
from tests.patience import PATIENCE
from tests.servers.postgresql import PostgreSQL
from tests.service.conftest import Office


class Service:
    """A running `mailbot run`; what it logs goes to a file."""

    def __init__(
        self, office: Office, log: Path, words: tuple[str, ...] = ("mailbot", "run", "--config")
    ) -> None:
        self.office, self.log = office, log
        with log.open("w") as said:
            self.process = subprocess.Popen([sys.executable, "-m", *words, str(office.config)], stderr=said)

    def says(self, text: str) -> None:
        """Waits until it logged a text."""
        until(lambda: text in self.log.read_text(), self.log)

    def end(self) -> None:
        """Ends it as systemd does, which must be no trouble to it."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=PATIENCE) == 0, self.log.read_text()
        assert "Traceback" not in self.log.read_text()


def until(is_so: Callable[[], bool], log: Path) -> None:
    """Waits for something that must come; fails with the log where it does not."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.05)


@contextmanager
def running(office: Office, name: str = "log", *words: str) -> Iterator[Service]:
    """A service, until the block ends; ``words`` start another module in its stead."""
    service = Service(office, office.folder / name, *([words] if words else []))
    try:
        yield service
    finally:
        if service.process.poll() is None:
            service.process.kill()
            service.process.wait()


def outcomes(office: Office) -> dict[str, str]:
    """What `mailbot messages` says beside the running service."""
    listed = in_process("messages", "--json", "--config", str(office.config)).stdout.splitlines()
    return {one["message_id"]: one["outcome"] for one in map(json.loads, listed)}


def answered(office: Office) -> list[str]:
    """Who got an answer, once for each."""
    return [mail["X-Envelope-To"] for mail in office.smtp.mails() if mail["X-Mailbot-Outcome"]]


def test_mail_wakes_it_and_a_faulty_event_file_leaves_the_former_one(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(rest="[worker]\npoll_seconds = 3600")
    event = office.config.parent / "events" / "kis-2026-3.toml"
    good = event.read_text()
    with running(office) as service:
        service.says("first start: 0 messages")
        maes = office.deliver("Maes")  # the next poll comes in an hour: IDLE tells
        until(lambda: outcomes(office).get(maes) == "registered", service.log)

        event.write_text(good.replace("ends = 2035-12-03T17:00:00", "ends = 2035-12-03T11:00:00"))
        office.deliver("Claeys")  # asked of the mail server: a command would refuse the faulty file
        until(lambda: "claeys@damme.example" in answered(office), service.log)
        service.says("former one stays")  # by the cycle after that of Maes, which may have taken Claeys along
        [line] = [line for line in service.log.read_text().splitlines() if "former one stays" in line]
        assert str(event) in line
        assert "ends (" in line

        event.write_text(good + "capacity = 2\n")
        office.deliver("Wouters")  # so that a cycle reads the file before Peeters comes
        service.says("configuration read again")
        peeters = office.deliver("Peeters")
        until(lambda: outcomes(office).get(peeters) == "waitlisted", service.log)
        assert "configuration read again" in service.log.read_text()
        service.end()


def test_a_start_is_a_line_in_the_log_each_time(make_office: Callable[..., Office]) -> None:
    office = make_office()
    ledger = f"ledger sqlite:///{office.folder / 'state' / 'mailbot.db'}, waiting for mail"
    for name in ("first", "again"):
        with running(office, name) as service:
            service.says(ledger)
            service.end()
        lines = [line for line in service.log.read_text().splitlines() if ledger in line]
        assert [line.split(" mailbot ")[1] for line in lines] == [
            f"{release()}: 1 mailbox, 1 event, {ledger}"
        ]


def test_on_postgresql_a_second_service_waits_for_its_lease(
    make_office: Callable[..., Office], postgresql: PostgreSQL
) -> None:
    office = make_office(rest=f'[store]\nurl = "{postgresql.emptied()}"\n[worker]\npoll_seconds = 1')
    config = ("--config", str(office.config))
    office.deliver("Maes")
    assert in_process("run", "--once", *config).returncode == 0
    assert answered(office) == ["maes@damme.example"]
    with running(office, "first") as first, running(office, "second") as second:
        both, told = (first, second), "waiting for the lease"
        until(lambda: any(told in one.log.read_text() for one in both), first.log)
        working, waiting = sorted(both, key=lambda one: told in one.log.read_text())
        office.deliver("Claeys")
        until(lambda: "claeys@damme.example" in answered(office), working.log)
        working.end()
        office.deliver("Peeters")
        until(lambda: "peeters@damme.example" in answered(office), waiting.log)
        waiting.end()
    assert sorted(answered(office)) == [f"{name}@damme.example" for name in ("claeys", "maes", "peeters")]
    people = in_process("registrations", "kis-2026-3", "--json", *config).stdout.splitlines()
    assert [json.loads(line)["nr"] for line in people] == ["INS-0001", "INS-0002", "INS-0003"]
