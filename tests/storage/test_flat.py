"""No statement of a cycle, or of a mail, walks a table that grows with the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from benchmarks import installation
from benchmarks.ledger import fill

#: What grows with every mail. The others hold a row for each event, or for what stands open.
GROWING = frozenset(
    ("message", "raw", "location", "registration", "mail", "mail_registration", "attachment", "log", "case_")
)


@pytest.fixture
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that runs meanwhile, with its values."""
    found: list[tuple[str, Any]] = []

    def heard(_c: object, _u: object, statement: str, values: Any, _x: object, many: bool) -> None:
        if not many:
            found.append((statement, values))

    sa.event.listen(sa.Engine, "before_cursor_execute", heard)
    yield found
    sa.event.remove(sa.Engine, "before_cursor_execute", heard)


def test_no_statement_of_a_cycle_walks_what_grows(tmp_path: Path, statements: list[tuple[str, Any]]) -> None:
    with installation.running(tmp_path) as installed, installed.working() as worker:
        fill(worker.store, 300, here=False)
        statements.clear()
        installed.deliver(1_000_000, 1_000_003)
        assert worker.cycle(immediate=True).handled == 3
        assert not worker.cycle(immediate=False).errors
    ledger = sqlite3.connect(str(worker.store.url.database))
    walked = {
        f"{statement}: {step}"
        for statement, values in statements
        if statement.startswith(("SELECT", "UPDATE", "DELETE"))
        for *_, step in ledger.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        if step.startswith("SCAN") and step.split()[1] in GROWING
    }
    assert len(statements) > 50
    assert not walked
