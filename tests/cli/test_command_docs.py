"""Manual and completions are made from the definitions of the commands."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from mailbot.cli.main import make_parser
from scripts import command_docs


@pytest.fixture
def made(tmp_path: Path) -> Path:
    command_docs.main(tmp_path)
    return tmp_path


def test_the_manual_has_every_command_and_option(made: Path) -> None:
    page = (made / "mailbot.1").read_text().replace("\\-", "-")
    for name, command in command_docs.commands(make_parser()).items():
        assert f".SS {name}\n" in page
        for action in command_docs.options(command):
            assert all(f"\\fB{one}\\fR" in page for one in action.option_strings)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["mailbot", "sta"], ["status"]),
        (["mailbot", "status", "--"], ["--help", "--config", "--verbose", "--json", "--check"]),
        (["mailbot", "--config", "x.toml", "run", "--d"], ["--dry-run"]),
        (["mailbot", "read", "form"], []),
    ],
)
def test_bash_offers_commands_then_options_then_files(
    made: Path, words: list[str], offered: list[str]
) -> None:
    line = " ".join(f"'{word}'" for word in words)
    script = f"""source {made / "mailbot.bash"}
        COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _mailbot; printf '%s\\n' "${{COMPREPLY[@]}}" """
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert sorted(done.stdout.split()) == sorted(offered)


@pytest.mark.skipif(shutil.which("zsh") is None, reason="needs zsh")
def test_zsh_reads_its_completion(made: Path) -> None:
    subprocess.run(["zsh", "-n", made / "_mailbot"], check=True)
