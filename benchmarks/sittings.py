"""Random sittings at one workbook, between mails and power cuts: python -m benchmarks.sittings [COUNT]

The secretary of tests/workbook/test_desk_by_chance.py at length: corrections, own columns and sheets, rows
typed, deleted and sorted, mails to many written, sent and copied in Berichten, a share of the files saved by
LibreOffice. After each, ledger and workbook must agree, nothing of hers be gone, no letter go out unasked or
twice, and no file be one that Excel repairs. Ends with what broke it, made small.
"""

from __future__ import annotations

import sys
import time

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.workbook.test_desk_by_chance import ByChance

_A_TIME, _STEPS = 5, 15


def main(wanted: int) -> int:
    """Runs until so many sittings held; raises what broke one."""
    started = time.monotonic()
    chosen = settings(
        max_examples=_A_TIME,
        stateful_step_count=_STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    while ByChance.sittings < wanted:
        run_state_machine_as_test(ByChance, settings=chosen)
        sys.stderr.write(f"{ByChance.sittings} held, {ByChance.by_libreoffice} by LibreOffice\n")
    sys.stdout.write(
        f"{ByChance.sittings} sittings held, {ByChance.by_libreoffice} of them saved by LibreOffice, "
        f"{time.monotonic() - started:.0f} s\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
