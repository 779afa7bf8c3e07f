"""A round that hangs for real: the watchdog falls silent, whoever looks is told, and what can go on does."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.config.loader import load
from mailbot.service import daemon
from mailbot.storage import Store, health
from mailbot.storage.lease import Lease
from tests.cli.conftest import in_process
from tests.patience import PATIENCE
from tests.servers.proxy import Proxy
from tests.service.conftest import NOW, Office
from tests.service.test_service import until

EVENT = "kis-2026-3"
GRIET = "griet@example.org"
REST = f'[worker]\npoll_seconds = 1\nidle = false\n[secretariat]\naddress = "{GRIET}"\ndigest = ""\n'


class Systemd:
    """Counts the service's signs of life."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self.address, self.signs = str(path), 0
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(self.address)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while told := self._socket.recv(100):
                if told == b"WATCHDOG=1":
                    self.signs += 1

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@contextmanager
def impatient(office: Office) -> Iterator[tuple[subprocess.Popen[bytes], Systemd, Path]]:
    """The running service, what it tells systemd, and its log."""
    log, systemd = office.folder / "log", Systemd(office.folder / "notify")
    with log.open("a") as said:
        service = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.impatient", str(office.config)],
            env={**os.environ, "NOTIFY_SOCKET": systemd.address},
            stderr=said,
        )
    try:
        yield service, systemd, log
    finally:
        service.kill()
        service.wait()
        systemd.close()


def answers(office: Office) -> Counter[str]:
    """Who got an answer, and how many."""
    return Counter(mail["X-Envelope-To"] for mail in office.smtp.mails() if mail["X-Mailbot-Outcome"])


def status(office: Office) -> str:
    return in_process("status", "--config", str(office.config)).stdout


@pytest.mark.long
def test_a_file_system_that_hangs_silences_the_watchdog_and_is_told_once_over_restarts(
    make_office: Callable[..., Office],
) -> None:
    office = make_office(rest=REST)
    hangs = office.folder / "workbooks" / f"{EVENT}.xlsx hangs"
    office.deliver("Maes")
    with impatient(office) as (service, systemd, log):
        until(lambda: bool(answers(office)) and "last round ended: 2" in status(office), log)
        hangs.touch()  # who reads the workbook waits for ever
        office.deliver("Claeys", at=NOW + timedelta(seconds=1))
        until(lambda: f"at workbook {EVENT}: connections are cut" in log.read_text(), log)
        signs = systemd.signs
        until(lambda: bool(office.smtp.mails_to(GRIET)), log)
        assert systemd.signs == signs
        assert f"trouble, rounds: none ends, the last step begun is workbook {EVENT}" in status(office)
        service.send_signal(signal.SIGABRT)  # as systemd does then
        service.wait()
    restarted = log.read_text().count("no sign of life")
    with impatient(office) as (service, systemd, log):
        until(lambda: log.read_text().count("no sign of life") > restarted + 6, log)
        hangs.unlink()
        until(lambda: "claeys@damme.example" in answers(office), log)
        until(lambda: "trouble" not in status(office), log)
        service.send_signal(signal.SIGTERM)
        assert service.wait(PATIENCE) == 0
    told = [str(mail.get_body(("plain",))) for mail in office.smtp.mails_to(GRIET)]
    assert len([text for text in told if "stil en verwerkt geen mail" in text]) == 1
    assert all(mail["Message-ID"] for mail in office.smtp.mails_to(GRIET))
    assert answers(office) == {"maes@damme.example": 1, "claeys@damme.example": 1}


def test_a_mail_server_that_neither_answers_nor_closes_is_cut_and_the_other_mailbox_goes_on(
    make_office: Callable[..., Office], imap_proxy: Proxy
) -> None:
    office = make_office(imap_port=imap_proxy.port, rest=REST)
    second = office.second_mailbox()
    with impatient(office) as (service, _, log):
        until(lambda: "last round ended: 2" in status(office), log)
        imap_proxy.mute = True
        office.deliver("Maes")
        second.deliver("Claeys", at=NOW + timedelta(seconds=1))
        until(lambda: "claeys@damme.example" in answers(office), log)
        assert "no sign of life" in log.read_text()
        until(lambda: "trouble, mailbox main: 127.0.0.1" in status(office), log)  # at the end of the round
        imap_proxy.mute = False
        until(lambda: "maes@damme.example" in answers(office), log)
        until(lambda: "trouble" not in status(office), log)
        assert service.poll() is None
    assert answers(office) == {"maes@damme.example": 1, "claeys@damme.example": 1}


@pytest.mark.parametrize("way", ["in", "out"])
def test_a_server_that_once_kept_a_cycle_waiting_is_asked_beside_the_next_ones(
    make_office: Callable[..., Office],
    imap_proxy: Proxy,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    office = make_office(imap_port=imap_proxy.port, rest=REST)
    second = office.second_mailbox()
    server, module = "mailbox main", "imap.connection"
    if way == "out":  # nothing but a port that takes connections and says nothing
        server = module = "smtp"
        silent = socket.create_server(("127.0.0.1", 0))
        text = office.config.read_text()
        office.config.write_text(
            text.replace(f"port = {office.smtp.port}", f"port = {silent.getsockname()[1]}")
        )
    office.deliver("Maes")
    clock = [NOW]
    for key in ("CONNECT_TIMEOUT", "READ_TIMEOUT"):  # long enough for the server that does answer
        monkeypatch.setattr(f"mailbot.transport.{module}.{key}", 5.0)
    monkeypatch.setattr("mailbot.service.steps.SLOW", 0.5)
    with office.worker(lambda: clock[0]) as worker:
        imap_proxy.mute = way == "in"
        assert server in worker.cycle(immediate=False).errors
        for key in ("CONNECT_TIMEOUT", "READ_TIMEOUT"):  # who waited for it now would wait long
            monkeypatch.setattr(f"mailbot.transport.{module}.{key}", 60.0)
        second.deliver("Claeys", at=NOW + timedelta(seconds=1))
        clock[0] += timedelta(minutes=6)
        made = worker.cycle(immediate=False)
        assert made.left_alone == {server}
        assert made.errors == {}
        assert made.handled == 1
        with worker.store.read_transaction() as tx:
            assert server in str(health.status(tx)["troubles"])  # still told
        imap_proxy.mute = False
        monkeypatch.setattr("mailbot.service.probe.GIVEN_UP", 0.0)  # what it was asked while mute is lost
        clock[0] += timedelta(minutes=6)
        made = worker.cycle(immediate=False)
        assert "still gives no answer" in made.errors[server]
        monkeypatch.setattr("mailbot.service.probe.GIVEN_UP", 60.0)
        if way == "out":
            silent.close()
            return
        patience = time.monotonic() + PATIENCE
        while made.left_alone | made.errors.keys() and time.monotonic() < patience:
            clock[0] += timedelta(minutes=6)
            made = worker.cycle(immediate=False)
        assert made.errors == {}
    assert answers(office) == {"maes@damme.example": 1, "claeys@damme.example": 1}


@pytest.mark.long
def test_a_clock_that_is_set_back_by_a_day_does_not_put_the_polls_to_sleep_for_a_day(
    make_office: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office(rest="[worker]\npoll_seconds = 60\nidle = false\n")
    monkeypatch.setattr(daemon, "SIGN_OF_LIFE", 0.5)
    settings, stop, log = load(office.config), threading.Event(), office.folder / "no log"
    log.touch()
    with Store(settings.store_url) as store:
        lease = Lease(store, settings.state_dir)
        service = daemon.Service(settings, store, lease, stop)
        running = threading.Thread(target=service.run)
        running.start()
        try:
            until(lambda: "last round ended: 2" in status(office), log)
            for job in service._scheduler.get_jobs():  # as the scheduler stands once the clock was set back
                job.modify(next_run_time=daemon.now() + timedelta(days=1))
            office.deliver("Maes")
            until(lambda: "maes@damme.example" in answers(office), log)
        finally:
            stop.set()
            running.join()
            lease.release()
