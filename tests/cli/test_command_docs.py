"""Manual and completions are made from the definitions of the commands."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from mailbot.cli import main
from mailbot.cli.main import make_parser
from scripts import command_docs
from tests.patience import PATIENCE


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


def test_help_explains_all_that_is_taken_and_its_examples_are_right() -> None:
    parser = make_parser()
    known = command_docs.commands(parser)
    assert set(main._EXAMPLES) <= set(known)
    for examples in main._EXAMPLES.values():
        for words in examples:
            parser.parse_args(words.split(" >")[0].split())
    for name, command in known.items():
        assert f"\n    {name} " in parser.format_help()
        assert [one.dest for one in command_docs.options(command) if not one.help] == []
    assert "positional" not in parser.format_help()


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


def _terminals() -> bool:
    """Whether this machine gives terminals: a root without /dev/pts does not."""
    try:
        for end in os.openpty():
            os.close(end)
    except OSError:
        return False
    return True


#: A terminal of zsh's own, in which what is typed is completed by Tab as for a person.
ZSH = """
zmodload zsh/zpty
zpty -b shell TERM=dumb zsh -f
zpty -w shell 'PS1=">" LISTMAX=0; fpath=({folder} $fpath); autoload -Uz compinit; compinit -u -D'
zpty -w shell 'zstyle ":completion:*" menu no; bindkey "^I" complete-word'
zpty -w shell 'echo rea''dy'
zpty -r shell line '*ready*>*'
zpty -w -n shell {words}$'\\t'
zpty -w -n shell $'\\C-a: <\\C-e>\\n'
zpty -w shell 'echo en''ded'
zpty -r shell line '*ended*'
print -r -- $line
"""


@pytest.mark.skipif(shutil.which("zsh") is None or not _terminals(), reason="needs zsh and a terminal")
@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("mailbot stat", "mailbot status"),
        ("mailbot --config x.toml regi", "mailbot --config x.toml registrations"),
        ("mailbot status --che", "mailbot status --check"),
        ("mailbot run --dry", "mailbot run --dry-run"),
    ],
)
def test_zsh_completes_commands_and_options(made: Path, words: str, completed: str) -> None:
    done = subprocess.run(
        ["zsh", "-f", "-c", ZSH.format(folder=made, words=shlex.quote(words))],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert completed in done.stdout, done
