"""Every test of the ledger runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.storage import Store
from tests.servers import postgresql as server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of its own."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/state/mailbot.db"
    cluster: server.PostgreSQL = request.getfixturevalue("postgresql")
    return cluster.emptied()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An open ledger."""
    with Store(url) as opened:
        yield opened
