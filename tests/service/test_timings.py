"""`mailbot run --once --timings`: where the time goes."""

from __future__ import annotations

import re
import subprocess
import sys
import time

from mailbot.service.timings import Timings, recording, stage
from tests.cli.conftest import in_process
from tests.service.conftest import Office


def test_a_run_tells_its_stages_and_those_of_its_children(office: Office) -> None:
    office.deliver("Maes")
    office.deliver("Claeys")
    told = in_process("run", "--once", "--timings", "--config", str(office.config))
    assert told.returncode == 0, told.stderr
    rows = {line[:26].strip(): line[26:].split() for line in told.stdout.splitlines()}
    for name in (
        "fetch",
        "store",
        "understand",
        "decide",
        "draw mails",
        "record",
        "hand over",
        "child: whole",
    ):
        assert int(rows[name][0]) >= 1, name
    assert rows["understand"][0] == rows["decide"][0] == "2"
    assert rows["hand over"][0] == "4"
    assert "children" in told.stdout.splitlines()[-1]


def test_a_stage_within_another_is_counted_once() -> None:
    made, begun = Timings(), time.perf_counter()
    with made.stage("outer"), made.stage("inner"):
        time.sleep(0.2)
    took = time.perf_counter() - begun
    assert made.calls == {"outer": 1, "inner": 1}
    assert made.waited["inner"] > 0.19
    assert sum(made.waited.values()) + sum(made.worked.values()) <= took


def test_stages_are_kept_only_while_somebody_records() -> None:
    with stage("before"):
        pass
    with recording() as made, stage("within"):
        pass
    with stage("after"):
        pass
    assert set(made.calls) == {"within"}


def test_the_memory_of_who_started_the_worker_is_not_told_as_its_own() -> None:
    large = bytearray(b"x" * (300 << 20))  # resident here when the other one is started
    told = subprocess.run(
        [sys.executable, "-c", "from mailbot.service.timings import Timings; print(Timings().report({}))"],
        capture_output=True,
        text=True,
        check=True,
    )
    del large
    found = re.search(r"memory at most (\d+) MiB", told.stdout)
    assert found and 1 < int(found[1]) < 200


def test_a_stage_is_counted_as_often_as_it_ran() -> None:
    made = Timings()
    for _ in range(3):
        with made.stage("again"):
            pass
    assert made.calls == {"again": 3}
