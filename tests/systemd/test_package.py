"""The scripts of the Debian package: each is shell that parses, and names what systemd/ makes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = [
    *(ROOT / "scripts" / name for name in ("make-deb", "try-roots", "try-unit")),
    *sorted((ROOT / "packaging").iterdir()),
]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_each_script_parses_and_can_be_run(script: Path) -> None:
    assert script.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", script], check=True)


def test_a_purge_keeps_what_people_wrote(tmp_path: Path) -> None:
    text = (ROOT / "packaging/postrm").read_text()
    for folder in ("/etc/mailbot", "/var/lib/mailbot", "/srv/mailbot"):
        text = text.replace(folder, f"{tmp_path}{folder}")
    for folder in ("etc/mailbot/secrets", "var/lib/mailbot", "srv/mailbot/workbooks"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "var/lib/mailbot/mailbot.db").write_text("inschrijvingen")
    done = subprocess.run(["sh", "-c", text, "postrm", "purge"], check=True, capture_output=True, text=True)
    assert (tmp_path / "var/lib/mailbot/mailbot.db").exists()
    assert not (tmp_path / "srv/mailbot").exists()
    assert (tmp_path / "srv").exists()
    assert done.stdout == f"mailbot: kept: {tmp_path}/var/lib/mailbot\n"
