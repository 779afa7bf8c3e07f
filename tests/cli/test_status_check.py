"""`mailbot status --check`: one line for who watches by machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.cli import well
from mailbot.config import loader
from mailbot.storage import Store, health
from tests.cli.conftest import Run
from tests.storage.samples import arrive, message


def note(config: Path, round_ended: datetime, *troubles: tuple[str, datetime]) -> None:
    settings = loader.load(config)
    with Store(settings.store_url) as store, store.write_transaction() as tx:
        health.note(tx, health.ROUND, round_ended.isoformat())
        for box in settings.mailboxes:
            health.note(tx, f"poll:{box.name}", round_ended.isoformat())
        for what, since in troubles:
            health.note_trouble(tx, what, "nothing listens there", since)


def checked(mailbot: Run) -> tuple[int, str]:
    done = mailbot("status", "--check")
    assert (done.stdout.count("\n"), done.stderr) == (1, "")
    return done.returncode, done.stdout


@pytest.fixture
def now() -> datetime:
    """The moment at which a test runs: the command holds the last round against its own clock, and a whole
    run of the suite takes longer than a round may stay out."""
    return datetime.now(UTC)


def test_all_well_is_0(mailbot: Run, config: Path, now: datetime) -> None:
    note(config, now)
    status, line = checked(mailbot)
    assert status == 0
    assert line.startswith("well: last round ")


@pytest.mark.parametrize(("lasts", "status", "word"), [(1, 1, "will mend itself"), (45, 2, "needs a person")])
def test_a_trouble_is_given_half_an_hour(
    mailbot: Run, config: Path, now: datetime, lasts: int, status: int, word: str
) -> None:
    note(config, now, ("mailbox main", now - timedelta(minutes=lasts)))
    assert checked(mailbot) == (status, f"{word}: mailbox main: nothing listens there\n")


def test_a_service_that_stands_still_needs_a_person(mailbot: Run, config: Path, now: datetime) -> None:
    note(config, now - timedelta(hours=1))
    status, line = checked(mailbot)
    assert status == 2
    assert "mailbot is stopped, or hangs" in line


def test_one_that_never_ran_needs_a_person(mailbot: Run) -> None:
    status, line = checked(mailbot)
    assert (status, "no round has ended yet" in line) == (2, True)


def test_a_ledger_that_cannot_be_opened_needs_a_person(mailbot: Run, config: Path) -> None:
    ledger = Path(loader.load(config).store_url.removeprefix("sqlite:///"))
    ledger.parent.mkdir(parents=True, exist_ok=True)
    ledger.write_text("geen databank, al heet het zo" * 100)
    status, line = checked(mailbot)
    assert (status, "ledger" in line) == (2, True)


def test_a_poll_that_stays_out_and_a_workbook_left_open_mend_themselves(config: Path, now: datetime) -> None:
    settings = loader.load(config)
    long_ago = (now - timedelta(hours=13)).isoformat()
    status = {
        "last_round": now.isoformat(), "last_good_poll": {}, "shelved": [], "last_reckoning": [],
        "workbooks_waiting": [{"event": "kis", "since": long_ago, "why": "open"}],
    }  # fmt: skip
    worst, line = well.judge(status, [], settings, now)
    assert worst == well.MENDS_ITSELF
    assert "last good poll never" in line
    assert "workbook kis waits" in line


def test_a_shelved_message_needs_a_person_and_comes_first(mailbot: Run, config: Path, now: datetime) -> None:
    from mailbot.storage import messages

    note(config, now, ("smtp", now))
    with Store(loader.load(config).store_url) as store, store.write_transaction() as tx:
        arrival = arrive(tx, message())
        for _ in range(3):
            messages.failed(tx, arrival.id, "ValueError: kapot")
    status, line = checked(mailbot)
    assert status == 2
    assert line.index("is shelved") < line.index("smtp")
