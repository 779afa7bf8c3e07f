"""The name of the distribution, and what lies beside it after a careless upgrade."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from mailbot.service.distribution import FORMER, NAME, both_installed
from tests.cli.conftest import in_process
from tests.storage.samples import settings_in

ROOT = Path(__file__).parents[2]


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after the wheel was installed over 0.1.0: the metadata of both where Python looks."""
    for name, version in ((FORMER, "0.1.0"), (NAME, "0.2.0")):
        info = tmp_path / "site" / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    monkeypatch.syspath_prepend(tmp_path / "site")


def test_both_distributions_are_told_in_one_line_with_the_mend(both: None) -> None:
    said = both_installed()
    assert "uninstall both" in said
    assert "\n" not in said


def test_check_and_run_say_that_both_are_installed(
    both: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = str(settings_in(tmp_path / "config").file)
    checked = in_process("check", "--config", config)
    assert checked.returncode == 2
    assert both_installed() in checked.stdout
    in_process("run", "--once", "--config", config)
    assert both_installed() in caplog.text


def test_the_distribution_is_kept_from_indexes_and_named_nowhere_as_one_to_install_from_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["name"] == NAME
    assert "Private :: Do Not Upload" in project["classifiers"]
    named = re.compile(
        r"(?:pip|pipx|uv)\s+(?:pip\s+)?install\b[^\n`]*?[\s\"']mailbot(?:-registrations)?(?:[\[\s\"'`=]|$)",
        re.M,
    )
    files = [ROOT / "README.md", ROOT / "Makefile"]
    for folder, kind in (
        ("docs", "*.md"),
        ("mailbot", "**/*.py"),
        ("mailbot", "**/*.toml"),
        ("systemd", "*"),
        ("config", "**/*.toml"),
    ):
        files += [path for path in (ROOT / folder).glob(kind) if path.is_file()]
    assert [str(path) for path in files if named.search(path.read_text(encoding="utf-8"))] == []
