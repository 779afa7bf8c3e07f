"""Log lines for people, for programs and for the journal."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailbot.service.log_format import JsonFormatter, TextFormatter, to_journal, use
from tests.patience import PATIENCE
from tests.storage.samples import settings_in


def record(level: int = logging.WARNING, text: str = "mailbox main: weg\nen nog") -> logging.LogRecord:
    return logging.LogRecord("mailbot.service", level, "x.py", 1, "%s", (text,), None)


def test_under_the_journal_each_line_carries_the_priority() -> None:
    lines = TextFormatter(journal=True).format(record(logging.ERROR)).splitlines()
    assert lines == ["<3>ERROR mailbot.service: mailbox main: weg", "<3>en nog"]
    assert TextFormatter(journal=True).format(record(logging.INFO)).startswith("<6>INFO ")
    assert TextFormatter(journal=True).format(record(logging.CRITICAL)).startswith("<2>")
    assert "<" not in TextFormatter(journal=False).format(record())


def test_json_is_one_object_a_line_with_the_traceback_in_it() -> None:
    try:
        raise ValueError("kapot")
    except ValueError:
        failed = record()
        failed.exc_info = sys.exc_info()
    line = JsonFormatter(journal=False).format(failed)
    assert "\n" not in line
    said = json.loads(line)
    assert list(said) == ["time", "level", "logger", "message", "error"]
    assert (said["level"], said["message"]) == ("warning", "mailbox main: weg\nen nog")
    assert "kapot" in said["error"]
    assert JsonFormatter(journal=True).format(failed).startswith("<4>{")


def test_the_journal_is_known_by_device_and_inode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "log").open("w") as stream:
        found = os.fstat(stream.fileno())
        monkeypatch.setenv("JOURNAL_STREAM", f"{found.st_dev}:{found.st_ino}")
        assert to_journal(stream)
        monkeypatch.setenv("JOURNAL_STREAM", f"{found.st_dev}:{found.st_ino + 1}")
        assert not to_journal(stream)
    assert not to_journal(io.StringIO())


def test_run_writes_json_where_that_is_configured(tmp_path: Path) -> None:
    file = settings_in(tmp_path / "config").file
    file.write_text(file.read_text() + '[log]\nformat = "json"\n')
    command = [sys.executable, "-m", "mailbot", "run", "--once", "--config", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert any("127.0.0.1:993" in line["message"] for line in lines)


@pytest.mark.parametrize(("form", "begins"), [("text", "20"), ("json", "{")])
def test_each_handler_of_a_stream_writes_in_the_form_that_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str, begins: str
) -> None:
    told = io.StringIO()
    stream, file = logging.StreamHandler(told), logging.FileHandler(tmp_path / "log")
    monkeypatch.setattr(logging.getLogger(), "handlers", [stream, file])
    use(form, told)
    stream.handle(record())
    file.close()
    assert told.getvalue().startswith(begins)
    assert ("WARNING mailbot.service: " in told.getvalue()) is (form == "text")
    assert file.formatter is None, "a file is not ours"
