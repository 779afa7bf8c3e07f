"""A host that freezes, while another goes on with its work, and wakes: on the real PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from mailbot.files import shared_folder
from mailbot.service import decider, delivery
from mailbot.service.clock import now
from mailbot.storage import health, hosts, queries
from mailbot.transport import smtp
from tests.cli.conftest import in_process
from tests.faults import hasty
from tests.faults.killed import Point
from tests.faults.test_killed_anywhere import EVENT, shown, type_in
from tests.patience import PATIENCE
from tests.servers.postgresql import PostgreSQL
from tests.service.conftest import NOW, Office

#: Where the one host freezes, and how many mails it still sends when it wakes.
POINTS = [
    (Point("before", smtp, smtp._dotted, 1), 1),  # the server waits for what follows DATA
    (Point("before", shared_folder, shared_folder._exchange, 1), 0),  # the new workbook lies beside
]
MORE_POINTS = [
    (Point("after", decider, decider.record, 1), 0),  # decided, not committed
    (Point("after", smtp.Outbox, smtp.Outbox.send, 1), 0),  # sent, not marked; others are claimed
    (Point("after", delivery, delivery._mark, 1), 0),  # between two mails
    (Point("after", shared_folder, shared_folder._exchange, 1), 0),  # the old workbook lies beside
]
#: Where the first mail is under way, or out and not marked: SMTP's own window.
IN_THE_WINDOW = {smtp._dotted, smtp.Outbox.send}


@pytest.mark.parametrize(
    ("point", "sent_late"),
    [*POINTS, *(pytest.param(*point, marks=pytest.mark.long) for point in MORE_POINTS)],
    ids=str,
)
def test_frozen_while_another_goes_on_and_woken(
    make_office: Callable[..., Office],
    postgresql: PostgreSQL,
    monkeypatch: pytest.MonkeyPatch,
    point: Point,
    sent_late: int,
) -> None:
    for name, seconds in hasty.SECONDS.items():
        monkeypatch.setattr(hosts, name, seconds)
    office = make_office(rest=f'[store]\nurl = "{postgresql.emptied()}"')
    office.deliver("Aerts")
    with office.worker(now) as first:
        first.cycle(immediate=True)
    before = len(office.smtp.raw())
    for second, person in enumerate(("Maes", "Claeys"), start=1):
        office.deliver(person, at=NOW + timedelta(seconds=second))
    with frozen(office, point) as process:
        type_in(office)  # in the workbook that the frozen one read, or had read
        assert in_process("run", "--once", "--config", str(office.config)).returncode == 0
        went_on = len(office.smtp.raw())
        os.kill(process.pid, signal.SIGCONT)
        process.wait(timeout=PATIENCE)
        assert len(office.smtp.raw()) - went_on == sent_late
    with office.worker(now) as third:
        assert third.cycle(immediate=True).errors == {}
        with third.store.read_transaction() as tx:
            status = health.status(tx)
            rows = queries.registrations(tx, EVENT)
            outcomes = [one.outcome for one in queries.messages(tx)]
    assert outcomes == ["registered"] * 3
    assert [(row.text("last_name"), row.text("diet")) for row in rows] == [
        ("Aerts", "geen noten"),
        ("Maes", ""),
        ("Claeys", ""),
    ]
    assert shown(office) == [("Aerts", "geen noten", "bus"), ("Maes", None, None), ("Claeys", None, None)]
    assert status["cases_open"] == {}
    sent = Counter(mail["Message-ID"] for mail in office.smtp.mails()[before:])
    assert len(sent) == 4  # to each of the two an answer and an invitation
    assert sum(sent.values()) == 4 + (point.function in IN_THE_WINDOW)
    assert bool(status["mails_resent"]) == (point.function in {*IN_THE_WINDOW, delivery._mark})
    assert not list((office.folder / "workbooks").glob(".*.mailbot*"))


@contextmanager
def frozen(office: Office, point: Point) -> Iterator[subprocess.Popen[bytes]]:
    """A host that froze at a point of its round."""
    command = [sys.executable, "-m", "tests.faults.killed", str(office.config), *point.arguments, "SIGSTOP"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), status
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
