"""Who runs, and who waits."""

from __future__ import annotations

from pathlib import Path

from mailbot.storage import Store
from mailbot.storage.lease import Lease


def test_one_service_runs_at_a_time(url: str, tmp_path: Path) -> None:
    with Store(url) as one, Store(url) as other:
        first, second = Lease(one, tmp_path), Lease(other, tmp_path)
        assert first.take()
        assert first.take()
        assert not second.take()
        first.release()
        assert second.take()
        second.release()
