"""`mailbot run --once --dry-run`: all is said, nothing is done."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from mailbot.service.clock import now
from tests.cli.conftest import in_process
from tests.service.conftest import NOW, Office


def on_disk(folder: Path) -> dict[str, tuple[str, int]]:
    """Content and time of every file of the installation; SQLite's own two beside it come and go."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in files
        if not path.name.endswith(("-wal", "-shm"))
    }


def in_mailbox(office: Office) -> dict[str, dict[int, tuple[bytes, ...]]]:
    """Every folder's messages with their flags."""
    found: dict[str, dict[int, tuple[bytes, ...]]] = {}
    with office.dovecot.client(office.user) as client:
        for _, _, folder in client.list_folders():
            client.select_folder(folder, readonly=True)
            uids = client.search("ALL")
            found[folder] = client.get_flags(uids) if uids else {}
    return found


def test_a_dry_run_says_what_a_run_would_do_and_touches_nothing(make_office: object) -> None:
    office: Office = make_office(mailbox='filed_folder = "Verwerkt"\nsent_folder = "Verzonden"')  # type: ignore[operator]  # a fixture's function
    office.deliver("Maes")
    config = ("--config", str(office.config))
    first = in_process("run", "--once", "--dry-run", *config)
    assert (first.returncode, first.stderr) == (0, "")
    assert sorted(path.name for path in office.folder.iterdir()) == ["config", "smtp"]

    with office.worker(now) as worker:
        assert worker.cycle(immediate=True).errors == {}
    office.deliver("Claeys", at=NOW + timedelta(seconds=1))
    office.deliver(
        "Vrager", at=NOW + timedelta(seconds=2), text="Dag, is de zaal vrij?\n\nGroeten", subject="Zaal"
    )
    disk, mailbox, sent = on_disk(office.folder), in_mailbox(office), len(office.smtp.raw())
    told = in_process("run", "--once", "--dry-run", *config)
    assert (told.returncode, told.stderr) == (0, "")
    assert on_disk(office.folder) == disk
    assert in_mailbox(office) == mailbox
    assert len(office.smtp.raw()) == sent
    lines = told.stdout.splitlines()
    assert [line for line in lines if "maes" in line.lower()] == []
    assert any("claeys@damme.example" in line and "registered" in line for line in lines)
    assert any("vrager@damme.example" in line and "no-form" in line for line in lines)
    assert any(line.endswith("kis-2026-3.xlsx") for line in lines)
    assert sum("would send" in line for line in lines) == 2

    assert in_process("run", "--once", *config).returncode == 0
    assert len(office.smtp.raw()) == sent + 2
    nothing = in_process("run", "--once", "--dry-run", *config)
    assert (nothing.returncode, nothing.stdout) == (0, "nothing to do\n")


def test_a_dry_run_on_a_ledger_of_another_mailbot_says_so_and_changes_nothing(office: Office) -> None:
    with office.worker(now) as worker:
        worker.cycle(immediate=True)
        ledger = Path(worker.settings.store_url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(ledger, isolation_level=None)) as other:
        other.execute("UPDATE alembic_version SET version_num = '0000'")
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = on_disk(office.folder)
    told = in_process("run", "--once", "--dry-run", "--config", str(office.config))
    assert told.returncode == 1
    (line,) = told.stderr.splitlines()
    assert "at revision 0000" in line
    assert "`mailbot status` brings it up to date" in line
    assert on_disk(office.folder) == before
