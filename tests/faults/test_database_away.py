"""PostgreSQL that goes away: its network, its process, its disk."""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailbot.service.clock import now
from mailbot.storage import queries
from mailbot.storage.schema import tables
from mailbot.transport.smtp import Outbox, SendResult
from tests.cli.conftest import in_process
from tests.faults.test_hosts_together import HASTY, held, host
from tests.faults.test_killed_anywhere import EVENT
from tests.servers import postgresql as servers
from tests.servers import proxy
from tests.servers.postgresql import PostgreSQL
from tests.service.conftest import NOW, Office
from tests.service.test_service import Service, answered, running, until


def both_answered(office: Office, second: Office, names: tuple[str, str], at: int, log: Path) -> None:
    """Mails into both mailboxes, until each has its answer and that is marked as sent: a host that goes in
    between leaves it to the other, which sends it again."""
    office.deliver(names[0], at=NOW + timedelta(seconds=at))
    second.deliver(names[1], at=NOW + timedelta(seconds=at + 1))
    wanted = {f"{name.lower()}@damme.example" for name in names}
    until(lambda: wanted <= set(answered(office)), log)
    until(lambda: mails_waiting(office) == 0, log)


def mails_waiting(office: Office) -> int:
    """The mails that wait or are in hand, as `mailbot status` counts them."""
    said = in_process("status", "--json", "--config", str(office.config)).stdout
    return int(json.loads(said)["mails_waiting"])


def each_has_one(office: Office, one: Service, other: Service) -> bool:
    """Whether both hosts live, and each has a mailbox."""
    holds = {process: jobs - {"the lead"} for process, jobs in held(office).items()}
    return sorted(map(len, holds.values())) == [1, 1] and {one.process.pid, other.process.pid} == set(holds)


def everyone_once(office: Office, *names: str) -> None:
    """Each has one row, and one answer."""
    assert Counter(answered(office)) == Counter(f"{name.lower()}@damme.example" for name in names)
    with office.worker(now) as worker, worker.store.read_transaction() as tx:
        rows = queries.registrations(tx, EVENT)
    assert sorted(row.text("last_name") for row in rows) == sorted(names)


@pytest.mark.long  # what a transaction in hand comes to is in tests/storage/test_hosts.py
def test_a_host_whose_network_is_swallowed_is_replaced_and_comes_back(
    make_office: Callable[..., Office], postgresql: PostgreSQL
) -> None:
    url = postgresql.emptied()
    office = make_office(rest=f'[store]\nurl = "{url}"\n[worker]\npoll_seconds = 1')
    second = office.second_mailbox()
    cut_off, reached = host(office, "cut off"), host(office, "reached")
    with proxy.network(postgresql.listens_at) as network:
        through = postgresql.by_way_of(network.port, url)
        cut_off.config.write_text(cut_off.config.read_text().replace(url, through))
        with running(cut_off, "log one", *HASTY) as one, running(reached, "log two", *HASTY) as two:
            until(lambda: each_has_one(office, one, two), two.log)
            both_answered(office, second, ("Maes", "Claeys"), 1, two.log)
            network.goes()
            both_answered(office, second, ("Peeters", "Aerts"), 3, two.log)
            assert set(held(office)) == {two.process.pid}
            network.comes_back()
            until(lambda: each_has_one(office, one, two), one.log)
            both_answered(office, second, ("Willems", "Jacobs"), 5, one.log)
            one.end()
            two.end()
    everyone_once(office, "Maes", "Claeys", "Peeters", "Aerts", "Willems", "Jacobs")


def test_hosts_go_on_after_postgresql_was_killed_and_started_again(
    make_office: Callable[..., Office], postgresql: PostgreSQL
) -> None:
    office = make_office(rest=f'[store]\nurl = "{postgresql.emptied()}"\n[worker]\npoll_seconds = 1')
    second = office.second_mailbox()
    first, other = host(office, "one"), host(office, "two")
    with running(first, "log one", *HASTY) as one, running(other, "log two", *HASTY) as two:
        until(lambda: each_has_one(office, one, two), two.log)
        office.deliver("Maes", at=NOW + timedelta(seconds=1))
        second.deliver("Claeys", at=NOW + timedelta(seconds=2))
        until(lambda: len(answered(office)) > 0, two.log)  # in the midst of it
        postgresql.stop()
        postgresql.start()
        both_answered(office, second, ("Peeters", "Aerts"), 3, two.log)
        until(lambda: each_has_one(office, one, two), two.log)
        until(lambda: len(set(answered(office))) == 4, two.log)
        one.end()
        two.end()
    with office.worker(now) as worker, worker.store.read_transaction() as tx:
        assert sorted(row.text("last_name") for row in queries.registrations(tx, EVENT)) == [
            "Aerts",
            "Claeys",
            "Maes",
            "Peeters",
        ]
    assert_counted(office)


def test_marks_of_mails_outlive_postgresql_that_ends_between_two(
    make_office: Callable[..., Office], postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office(rest=f'[store]\nurl = "{postgresql.emptied()}"')
    office.deliver("Maes")
    office.deliver("Claeys", at=NOW + timedelta(seconds=1))
    send, tries = Outbox.send, count(1)

    def send_and_end(outbox: Outbox, sender: str, recipient: str, raw: bytes) -> SendResult:
        result = send(outbox, sender, recipient, raw)
        if next(tries) == 3:  # the server has taken it, and its mark is not written
            postgresql.stop()
        return result

    monkeypatch.setattr(Outbox, "send", send_and_end)
    with office.worker(now) as worker:
        assert worker.cycle(immediate=True).errors
        postgresql.start()
        worker.cycle(immediate=True)  # connections of before may still have to be found dead
        assert worker.cycle(immediate=True).errors == {}
    sent = Counter(mail["Message-ID"] for mail in office.smtp.mails())
    assert list(sent.values()) == [1, 1, 2, 1], "only the one in hand goes again"
    assert_counted(office)


def assert_counted(office: Office) -> None:
    """No mail arrived more often than it is said to have been sent again."""
    arrived = Counter(mail["Message-ID"] for mail in office.smtp.mails())
    with office.worker(now) as worker, worker.store.read_transaction() as tx:
        rows = tx.execute(sa.select(tables.mail.c.message_id, tables.mail.c.resent)).all()
    counted = {row.message_id: row.resent for row in rows}
    assert counted.keys() == arrived.keys()
    assert all(times <= 1 + counted[which] for which, times in arrived.items())


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 80 MB of its own."""
    folder = Path(tempfile.mkdtemp(prefix="mailbot-disk-"))
    folder.chmod(0o711)  # PostgreSQL's own user goes through
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=80m", "none", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("a small file system can be mounted by root alone")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
        folder.rmdir()


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Leaves nothing of the room there."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    yield
    ballast.unlink()


def large(name: str) -> bytes:
    """A mail with a form and a megabyte that nothing packs."""
    mail = EmailMessage()
    mail["From"] = f"{name.lower()}@damme.example"
    mail["To"] = "inschrijvingen@example.org"
    mail["Subject"] = "Inschrijving kennisplatform"
    mail["Message-ID"] = f"<{name.lower()}@damme.example>"
    mail.set_content(
        f"Naam: {name}\nVoornaam: Jan\nGemeente/OCMW: Damme\nE-mail: {name.lower()}@damme.example\n"
        "Ik neem deel: ja\n"
    )
    data = random.Random(1).randbytes(1 << 20)
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename="foto.bin")
    return mail.as_bytes()


def test_a_full_disk_under_postgresql_loses_and_repeats_nothing(
    make_office: Callable[..., Office], small_disk: Path
) -> None:
    with servers.running(small_disk) as cluster:
        office = make_office(rest=f'[store]\nurl = "{cluster.database()}"')
        office.deliver("Maes")
        with office.worker(now) as worker:
            assert worker.cycle(immediate=True).errors == {}
            office.dovecot.deliver(office.user, large("Claeys"), received=NOW + timedelta(seconds=1))
            office.deliver("Peeters", at=NOW + timedelta(seconds=2))
            with full(small_disk):
                errors = worker.cycle(immediate=True).errors
                assert errors, "it cannot have worked"
                assert all("\n" not in text for text in errors.values())
            if not cluster.runs():  # it gives up where it cannot write its log
                cluster.start()
            worker.cycle(immediate=True)  # connections of before may still have to be found dead
            assert worker.cycle(immediate=True).errors == {}
        everyone_once(office, "Maes", "Claeys", "Peeters")
