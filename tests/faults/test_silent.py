"""Mail servers that take a connection and say nothing: they keep one cycle waiting, and no other mailbox."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from mailbot.service import delivery, filing, intake, servers, steps
from mailbot.service.clock import now
from mailbot.storage import outbox
from mailbot.transport.connection import MailServerTrouble
from mailbot.transport.imap import Mailbox
from tests.patience import PATIENCE
from tests.servers.proxy import Proxy
from tests.service.conftest import NOW, Office


@pytest.fixture
def timeouts(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets how long an IMAP server is waited for; any failure that takes a tenth of a second is a silence."""
    monkeypatch.setattr(steps, "SLOW", 0.1)

    def set_to(seconds: float) -> None:
        for key in ("CONNECT_TIMEOUT", "READ_TIMEOUT"):
            monkeypatch.setattr(f"mailbot.transport.imap.connection.{key}", seconds)

    return set_to


def test_servers_that_fall_silent_together_are_all_asked_beside_the_next_cycles(
    make_office: Callable[..., Office], imap_proxy: Proxy, timeouts: Callable[[float], None]
) -> None:
    office = make_office(imap_port=imap_proxy.port)
    office.second_mailbox()
    both = {"mailbox main", "mailbox second"}
    with socket.create_server(("127.0.0.1", 0)) as silent:
        text = office.config.read_text()
        port = f"port = {silent.getsockname()[1]}"
        office.config.write_text(text.replace(f"port = {office.dovecot.port}", port))
        clock = [NOW]
        with office.worker(lambda: clock[0]) as one:
            imap_proxy.mute = True
            timeouts(1.0)
            assert one.cycle(immediate=False).errors.keys() == both
            timeouts(2 * PATIENCE)  # who waited for one of them now would wait long
            clock[0] += timedelta(minutes=6)
            began = time.monotonic()
            made = one.cycle(immediate=False)
            assert made.errors == {}
            assert made.left_alone == both
            assert time.monotonic() - began < PATIENCE


def test_mailboxes_on_a_silent_server_do_not_wait_for_it_in_turn(
    make_office: Callable[..., Office],
    imap_proxy: Proxy,
    timeouts: Callable[[float], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (intake, servers):
        monkeypatch.setattr(module, "AT_ONCE", 1)
    office = make_office(imap_port=imap_proxy.port)
    second = office.second_mailbox()
    text = office.config.read_text()
    office.config.write_text(text.replace(f"port = {office.dovecot.port}", f"port = {imap_proxy.port}"))
    second.deliver("Claeys")
    clock = [NOW]
    with office.worker(lambda: clock[0]) as one:
        imap_proxy.mute = True
        timeouts(1.0)
        made = one.cycle(immediate=False)
        assert made.errors.keys() == {"mailbox main"}
        assert made.left_alone == {"mailbox second"}
        imap_proxy.mute = False
        timeouts(PATIENCE)
        handled, until = 0, time.monotonic() + PATIENCE
        while not handled and time.monotonic() < until:
            clock[0] += timedelta(minutes=6)
            handled = one.cycle(immediate=False).handled
            assert len([probe for probe in one._servers._probes.values() if probe.runs()]) <= 1
        assert handled == 1


def test_a_server_that_falls_silent_while_mail_is_filed_is_not_asked_again_before_it_is_polled(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "SLOW", -1.0)
    asked = []

    def silent(*_: object) -> None:
        asked.append(1)
        raise MailServerTrouble("imap.example.org:993", "gives no answer in time", "it is tried again")

    clock = [now()]
    with office.worker(lambda: clock[0]) as one:
        monkeypatch.setattr(filing, "file", silent)
        assert one.cycle(immediate=False).errors.keys() == {"mailbox main"}
        assert one.cycle(immediate=False, woken=()).errors == {}
        assert len(asked) == 1, "another mailbox woke it"
        monkeypatch.undo()
        until = time.monotonic() + PATIENCE
        while one._steps.silent and time.monotonic() < until:
            clock[0] += timedelta(minutes=6)
            made = one.cycle(immediate=False)
        assert (made.errors, made.left_alone) == ({}, set())


def test_a_sent_folder_that_takes_nothing_keeps_no_copy_from_the_others(
    make_office: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office(mailbox='sent_folder = "Verzonden"')
    second = office.second_mailbox()
    with office.config.open("a") as file:
        file.write('sent_folder = "Verzonden"\n')
    office.deliver("Maes")
    second.deliver("Claeys", at=NOW + timedelta(seconds=1))
    append = Mailbox.append_sent

    def full(mailbox: Mailbox, *given: object) -> None:
        if mailbox.mailbox.name == "main":
            raise MailServerTrouble("imap.example.org:993", "answers NO (over quota)", "it is tried again")
        append(mailbox, *given)  # type: ignore[arg-type]  # passed on as they are

    monkeypatch.setattr(Mailbox, "append_sent", full)
    monkeypatch.setattr(delivery, "COPIES", 1)
    with office.worker() as one:
        assert one.cycle(immediate=True).errors.keys() == {"sent folder main"}
        one.cycle(immediate=True)
        with one.store.read_transaction() as tx:
            left = [copy.mail.sender.email for copy in outbox.to_copy(tx, 10)]
    assert left == ["inschrijvingen@example.org"] * 2, "the answer and the invitation of Maes"
    with office.dovecot.client(second.user) as client:
        assert client.folder_status("Verzonden", ["MESSAGES"])[b"MESSAGES"] == 2
