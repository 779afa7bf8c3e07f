"""The message in hand, for the process that comes after the one that it ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.service.crash_guard import CrashGuard, Suspect


def _next(path: Path, *handled: int) -> Suspect | None:
    """The suspect of a new process, which then ends while it handles the last of these."""
    guard = CrashGuard(path)
    for number in handled:
        guard.take(number)
    return guard.suspect


def test_a_message_that_ends_processes_in_a_row_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "state" / "hand"
    found = [_next(path, 7) for _ in range(4)]
    assert found == [None, Suspect(7, 1), Suspect(7, 2), Suspect(7, 3)]


def test_another_message_in_hand_is_counted_anew(tmp_path: Path) -> None:
    path = tmp_path / "hand"
    assert [_next(path, 7), _next(path, 7), _next(path, 7, 8)] == [None, Suspect(7, 1), Suspect(7, 2)]
    assert [_next(path, 7), _next(path)] == [Suspect(8, 1), Suspect(7, 1)]


def test_what_was_put_down_is_no_suspect(tmp_path: Path) -> None:
    guard = CrashGuard(tmp_path / "hand")
    guard.take(7)
    guard.put_down()
    guard.put_down()
    assert _next(tmp_path / "hand") is None


@pytest.mark.parametrize("left", ["", "7", "zeven 1", "7 1 1"])
def test_a_file_that_was_not_written_whole_names_nobody(tmp_path: Path, left: str) -> None:
    (tmp_path / "hand").write_text(left)
    assert _next(tmp_path / "hand") is None


def test_a_message_in_hand_leaves_no_file_open(tmp_path: Path) -> None:
    before = len([*Path("/proc/self/fd").iterdir()])
    _next(tmp_path / "hand", *range(50))
    assert len([*Path("/proc/self/fd").iterdir()]) <= before + 1
