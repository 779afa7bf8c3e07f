"""What the documents print as a command is one, with options that it has."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.bench import PARTS
from mailbot.cli.main import make_parser

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
_CODE = re.compile(r"```\w*\n(.*?)```|`([^`]+)`", re.DOTALL)
#: The same, with what is indented as a block.
_ALL_CODE = re.compile(_CODE.pattern + r"|((?:^    .*\n)+)", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"(?<![\w.=\[-])mailbot ([a-z]+)((?: [^|&;>#`\n]*)?)")


def options() -> dict[str, set[str]]:
    """The options of each command, and words that begin one of its own ("form adopt")."""
    (commands,) = (a for a in make_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return {name: {*one._option_string_actions} for name, one in commands.choices.items()}


def printed(document: Path) -> Iterator[tuple[str, list[str]]]:
    """The commands of a document: their name, and the options behind it."""
    for block, span in _CODE.findall(document.read_text()):
        for name, rest in _COMMAND.findall((block or span).replace("\\\n", " ")):
            yield name, re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.name)
def test_commands_are_known_with_their_options(document: Path) -> None:
    known = options()
    for name, given in printed(document):
        if given or name in known:  # prose in an example of a log line has neither
            assert name in known, f"mailbot {name}"
            assert set(given) <= known[name], f"mailbot {name} {given}"


#: A program or library that is installed, and none of ours.
_OF_OTHERS = {"pip", "pytest", "venv"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.name)
def test_modules_and_targets_of_make_are_there(document: Path) -> None:
    code = "\n".join("".join(found) for found in _ALL_CODE.findall(document.read_text()))
    for module in set(re.findall(r"python3? -m ([\w.]+)", code)) - _OF_OTHERS:
        path = ROOT / module.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file(), module
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"^(?:\s*)make ([a-z-]+)", code, re.MULTILINE)) <= {*targets}
    parts = {name for some in re.findall(r'PARTS="?([\w ]+)"?', code) for name in some.split()}
    assert parts <= {*PARTS, "quick"}


def test_most_commands_stand_in_a_document() -> None:
    named = {name for document in DOCUMENTS for name, _ in printed(document)}
    assert {"run", "check", "login", "status", "init", "backup", "restore"} <= named
