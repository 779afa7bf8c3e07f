"""The unit file, judged by systemd itself."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mailbot.config.shipped import shipped

UNIT = shipped("systemd") / "mailbot.service"
DEPLOY = Path(__file__).parents[2] / "deploy"


def test_the_service_is_hardened_to_1_5_or_less() -> None:
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", UNIT],
        check=True,
        capture_output=True,
        text=True,
    )
    exposure = re.search(r"exposure level for mailbot\.service: ([0-9.]+)", judged.stdout)
    assert exposure
    assert float(exposure[1]) <= 1.5


def test_systemd_understands_every_line(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/opt/mailbot/bin/mailbot", "/bin/true"))
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], check=False, capture_output=True, text=True
    )
    assert "mailbot.service" not in verified.stderr


def test_every_setting_has_its_reason_above_it() -> None:
    explained = False
    for line in UNIT.read_text().splitlines():
        if line.startswith(("#", "[")):
            explained = True
        elif not line:
            explained = False
        else:
            assert explained, f"say why: {line}"


def test_the_folders_that_the_unit_may_write_are_made_for_it() -> None:
    (writable,) = re.findall(r"(?m)^ReadWritePaths=(.*)$", UNIT.read_text())
    made = (shipped("systemd") / "mailbot.tmpfiles").read_text()
    for folder in writable.split():
        assert re.search(rf"(?m)^d {re.escape(folder.lstrip('-'))}[ /]", made), folder
    assert "/etc/mailbot/forms" in writable, "what is made of a blank of the secretary's is kept there"


def test_the_unit_of_several_instances_is_the_one_unit_with_folders_of_their_own(tmp_path: Path) -> None:
    text = (DEPLOY / "mailbot@.service").read_text()
    own = UNIT.read_text().replace("/etc/mailbot/", "/etc/mailbot/%i/")
    assert text == re.sub(r"(?m)Directory=mailbot$", "Directory=mailbot/%i", own)
    unit = tmp_path / "mailbot@noord.service"
    unit.write_text(text.replace("/opt/mailbot/bin/mailbot", "/bin/true"))
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], check=False, capture_output=True, text=True
    )
    assert "mailbot@noord" not in verified.stderr


@pytest.mark.skipif(shutil.which("docker-compose") is None, reason="docker-compose is not installed")
def test_compose_understands_every_line() -> None:
    command = ["docker-compose", "--file", DEPLOY / "compose.yaml", "config", "--quiet"]
    assert subprocess.run(command, capture_output=True, text=True).stderr == ""
