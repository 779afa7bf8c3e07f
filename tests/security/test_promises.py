"""SECURITY.md names for each promise the tests that hold it: here is seen that these exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
#: What a promise may be held by: a folder or file of tests, a test by its name, a module of benchmarks.
NAMED = sorted(set(re.findall(r"`((?:tests/|test_|benchmarks\.)[\w./]+)`", PAGE)))
#: The cell of a row that is held by what the row above names.
SAME = "the same"


def known_names() -> frozenset[str]:
    """The names of all tests, and of the files that they stand in."""
    names = set()
    for file in (ROOT / "tests").rglob("test_*.py"):
        names.add(file.name)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                names.add(node.name)
    return frozenset(names)


KNOWN = known_names()


@pytest.mark.parametrize("name", NAMED)
def test_what_the_page_names_exists(name: str) -> None:
    if name.startswith("tests/"):
        assert (ROOT / name).exists()
    elif name.startswith("benchmarks."):
        module = ROOT / name.replace(".", "/")
        assert module.is_dir() or module.with_suffix(".py").exists()
    else:
        assert name in KNOWN


def held() -> list[tuple[str, str]]:
    """Each promise with its cell of "held by", of every table that has that column, which is the last."""
    rows, in_table = [], False
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            in_table = False
        elif cells[-1] == "held by":
            in_table = True
        elif in_table and not set(cells[-1]) <= {"-", ":"}:
            rows.append((cells[0], cells[-1]))
    return rows


@pytest.mark.parametrize(("promise", "by"), held(), ids=[promise[:60] for promise, _ in held()])
def test_each_promise_names_a_test(promise: str, by: str) -> None:
    assert by == SAME or re.search(r"`(?:tests/|test_)", by), f"nothing holds: {promise}"
