"""The unit file, judged by systemd itself."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from mailbot.config.shipped import shipped

UNIT = shipped("systemd") / "mailbot.service"


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


def test_several_instances_run_by_the_unit_that_the_documentation_makes_of_it(tmp_path: Path) -> None:
    said = (Path(__file__).parents[2] / "docs" / "scale.md").read_text()
    (command,) = re.findall(r"(?ms)^sed .*? >/etc/systemd/system/mailbot@\.service$", said)
    shutil.copy(UNIT, tmp_path)
    here = command.replace("/etc/systemd/system/", f"{tmp_path}/")
    subprocess.run(["sh", "-ec", here], check=True, cwd=tmp_path)
    unit = tmp_path / "mailbot@noord.service"
    text = (tmp_path / "mailbot@.service").read_text()
    unit.write_text(text.replace("/opt/mailbot/bin/mailbot", "/bin/true"))
    assert "MAILBOT_CONFIG=/etc/mailbot/%i/mailbot.toml" in text
    assert "StateDirectory=mailbot/%i\n" in text
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], check=False, capture_output=True, text=True
    )
    assert "mailbot@noord" not in verified.stderr
