"""What the ledger holds once the power went: a killed process leaves what it wrote to the kernel."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.power import Power
from mailbot.storage import Store, health

_WRITES = """
import os, signal, sys
from mailbot.storage import Store, health

store = Store(sys.argv[1])
for number, synced in enumerate(sys.argv[2].split()):
    with store.write_transaction(synced=synced == "synced") as tx:
        health.note(tx, f"fact {number}", synced)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not shutil.which("cc"), reason="no C compiler, which builds what notes the writes")
@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("synced", 1),
        ("synced not not", 1),
        ("synced not synced", 3),
        ("not not synced not", 3),
    ],
)
def test_a_power_cut_takes_no_more_than_what_no_later_transaction_synced(
    tmp_path: Path, written: str, held: int
) -> None:
    power = Power.of(tmp_path / "mailbot.db", tmp_path)
    url = f"sqlite:///{power.ledger}"
    Store(url).close()
    ended = subprocess.run(
        [sys.executable, "-c", _WRITES, url, written], env={**os.environ, **power.environment}
    )
    assert ended.returncode == -signal.SIGKILL
    assert (power.cut() > 0) is (held < len(written.split()))
    with Store(url) as store, store.read_transaction() as tx:
        assert sorted(health.facts(tx, "fact ")) == [f"fact {number}" for number in range(held)]
