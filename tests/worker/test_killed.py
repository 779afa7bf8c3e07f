"""Killed after every step, and run again: nothing lost, nothing twice but in SMTP's own window."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest

from tests.worker.conftest import Office

STEPS = [
    ("after", "mailbot.edge.store.arrivals", "store_raw"),
    ("after", "mailbot.worker", "Worker._keep"),
    ("before", "mailbot.worker", "record"),
    ("after", "mailbot.worker", "record"),
    ("after", "mailbot.worker", "Worker.decide"),
    ("after", "mailbot.desk", "Desk._keep"),
    ("after", "mailbot.edge.workbook_file", "WorkbookFile.write"),
    ("after", "mailbot.edge.store.outgoing", "claim"),
    ("before", "mailbot.edge.outbox", "Outbox.hand"),
    ("after", "mailbot.edge.outbox", "Outbox.hand"),
    ("after", "mailbot.posting", "_mark"),
    ("after", "mailbot.edge.mailbox", "Mailbox.file"),
    ("after", "mailbot.edge.store.arrivals", "filed"),
]


def run(office: Office, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(("when", "module", "name"), STEPS, ids=[f"{step[0]} {step[2]}" for step in STEPS])
def test_killed_and_run_again(make_office: object, when: str, module: str, name: str) -> None:
    office: Office = make_office(mailbox='filed_folder = "Verwerkt"')  # type: ignore[operator]  # a fixture's function
    for person in ("Maes", "Claeys"):
        office.deliver(person)
    config = str(office.config)
    assert run(office, "tests.worker.killed", config, when, module, name).returncode == -signal.SIGKILL

    again = run(office, "mailbot.cli", "run", "--once", "--config", config)
    assert again.returncode == 0, again.stderr
    listed = run(office, "mailbot.cli", "messages", "--json", "--config", config).stdout.splitlines()
    assert [json.loads(line)["outcome"] for line in listed] == ["registered", "registered"]
    people = run(office, "mailbot.cli", "registrations", "kis-2026-3", "--json", "--config", config).stdout
    assert [json.loads(line)["last_name"] for line in people.splitlines()] == ["Maes", "Claeys"]
    sent = [mail["Message-ID"] for mail in office.smtp.mails() if mail["X-Mailbot-Outcome"]]
    assert len(set(sent)) == 2
    assert len(sent) == (3 if (when, name) == ("after", "Outbox.hand") else 2)
    if len(sent) == 3:
        status = json.loads(run(office, "mailbot.cli", "status", "--json", "--config", config).stdout)
        assert status["mails_resent"] >= 1
