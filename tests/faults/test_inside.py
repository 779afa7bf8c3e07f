"""Trouble inside: a mail that makes the code raise, or the process end, holds nobody up."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest

from mailbot.service.daemon import now
from mailbot.service.decider import Decider
from mailbot.service.passed_time import PassedTime
from mailbot.service.workbook_sync import WorkbookSync
from mailbot.storage import health, queries
from tests.faults.killed import Point
from tests.faults.test_killed_anywhere import killed
from tests.patience import PATIENCE
from tests.service.conftest import NOW, Office

EVENT = "kis-2026-3"


def test_a_mail_that_ends_the_process_comes_last_and_is_shelved_when_it_ended_five(office: Office) -> None:
    office.deliver("Gif")
    for _ in range(2):  # once may be a power cut: who came first keeps their place
        killed(office, Point("before", Decider, Decider.decide_one, 1))
    office.deliver("Maes", at=NOW + timedelta(seconds=1))
    killed(office, Point("before", Decider, Decider.decide_one, 2))  # Maes goes before it
    assert office.smtp.mails_to("maes@damme.example")
    for _ in range(2):
        killed(office, Point("before", Decider, Decider.decide_one, 1))
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            status = health.status(tx)
            rows = [row.text("last_name") for row in queries.registrations(tx, EVENT)]
            cases = [case.kind for case in queries.open_cases(tx, "")]
    assert rows == ["Maes"]
    assert cases == ["kon niet verwerkt worden"]
    assert "the process ended" in str(status["shelved"])


def test_a_shelved_mail_is_taken_up_again_by_retry(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    message_id = office.deliver("Gif")

    def raises(*_: object, **__: object) -> object:
        raise MemoryError

    with monkeypatch.context() as patched, office.worker(now) as worker:
        patched.setattr("mailbot.service.decider.decide", raises)
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            assert "MemoryError" in str(health.status(tx)["shelved"])
    command = [sys.executable, "-m", "mailbot", "retry", message_id, "--config", str(office.config)]
    assert subprocess.run(command, timeout=PATIENCE).returncode == 0
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            assert [row.text("last_name") for row in queries.registrations(tx, EVENT)] == ["Gif"]
            assert health.status(tx)["shelved"] == []


def test_a_defect_in_one_step_stops_no_other_and_its_words_stay_out_of_the_log(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def raises(*_: object, **__: object) -> object:
        raise KeyError("Jan Peeters")

    office.deliver("Maes")
    monkeypatch.setattr(WorkbookSync, "import_one", raises)
    monkeypatch.setattr(PassedTime, "decide", raises)
    with office.worker(now) as worker:
        made = worker.cycle(immediate=True)
        with worker.store.read_transaction() as tx:
            troubles = {what: text for what, text, _ in health.troubles(tx)}
    assert office.smtp.mails_to("maes@damme.example")
    assert f"workbook {EVENT}" in made.errors
    assert troubles == made.errors
    assert set(troubles.values()) == {"mailbot fails here (KeyError), the log says where"}
    assert "in raises" in caplog.text
    assert "Peeters" not in caplog.text
