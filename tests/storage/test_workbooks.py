"""What the ledger knows of the workbooks."""

from __future__ import annotations

from datetime import timedelta

from mailbot.storage import Store, workbooks
from tests.storage.samples import EVENT, NOW


def test_a_change_during_a_write_leaves_the_workbook_behind(store: Store) -> None:
    with store.write_transaction() as tx:
        workbooks.mark_behind(tx, [EVENT], NOW)
        [before] = workbooks.behind(tx)
        workbooks.mark_behind(tx, [EVENT], NOW + timedelta(seconds=1))
        workbooks.written(tx, EVENT, before.wanted, NOW)
        [after] = workbooks.behind(tx)
        assert after.wanted == before.wanted + 1
        workbooks.written(tx, EVENT, after.wanted, NOW)
        assert workbooks.behind(tx) == []
        assert workbooks.last_written(tx, EVENT) == NOW


def test_behind_since_is_the_first_change_that_was_not_written(store: Store) -> None:
    with store.write_transaction() as tx:
        for seconds in (0, 5):
            workbooks.mark_behind(tx, [EVENT, ""], NOW + timedelta(seconds=seconds))
        workbooks.waits(tx, EVENT, "open")
        assert [(one.event, one.since, one.waits) for one in workbooks.behind(tx)] == [
            ("", NOW, ""),
            (EVENT, NOW, "open"),
        ]


def test_after_a_restore_no_write_gets_a_number_that_the_lost_ledger_gave(store: Store) -> None:
    with store.write_transaction() as tx:
        workbooks.keep_base(tx, EVENT, "in the backup", 0)
        workbooks.skip_numbers(tx)  # a ledger that goes on from here, beside one that went on for weeks
        lost = 1 + 60 * 24 * 60
        assert workbooks.keep_base(tx, EVENT, "restored", 1) > lost


def test_the_cells_of_the_last_writes_are_kept_by_number(store: Store) -> None:
    with store.write_transaction() as tx:
        numbers = [workbooks.keep_base(tx, EVENT, f"cells {i}", i - 1) for i in range(1, workbooks.BASES + 2)]
        assert numbers == list(range(1, workbooks.BASES + 2))
        assert workbooks.base(tx, EVENT, 1) is None
        assert workbooks.base(tx, EVENT, 2) == "cells 2"
        workbooks.replace_base(tx, EVENT, 2, "with her edits")
        assert workbooks.base(tx, EVENT, 2) == "with her edits"
        assert workbooks.base(tx, "other", 2) is None
