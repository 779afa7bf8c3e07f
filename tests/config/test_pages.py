"""What CONTRIBUTING.md and ARCHITECTURE.md name exists: files, modules, and the names in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("CONTRIBUTING.md", "ARCHITECTURE.md")
#: `decision/rules/deadline.py`, `transport/imap`, `domain/form.KIND_TRAITS`; below ``mailbot/`` or the root.
_PATH = re.compile(r"(?:\.?[\w-]+/)+(?:[\w-]+(?:\.\w+)?)?")
#: `KIND_TRAITS`, `_WORDS`.
_CONSTANT = re.compile(r"_?[A-Z][A-Z_]{2,}")
_SOURCES = [path.read_text("utf-8") for top in ("mailbot", "tests") for path in (ROOT / top).rglob("*.py")]


def quoted(page: str) -> list[str]:
    """What stands between backticks, without what is indented as a block of commands."""
    text = (ROOT / page).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("    "))
    return sorted(set(re.findall(r"`([^`\n]+)`", "\n".join(lines))))


def exists(path: str) -> bool:
    """Whether a file, package or module is there, and what is named in it behind a dot."""
    for top in (ROOT / "mailbot", ROOT):
        found = top / path
        if found.exists() or found.with_name(f"{found.name}.py").exists():
            return True
        module, _, name = path.rpartition(".")
        for file in (top / f"{module}.py", top / module / "__init__.py"):
            if module and file.is_file() and re.search(rf"\b{name}\b", file.read_text("utf-8")):
                return True
    # in the description of a package: what stands in it
    return any(any((ROOT / "mailbot").rglob(one)) for one in (path.rstrip("/"), f"{path}.py"))


PATHS = [(page, one) for page in PAGES for one in quoted(page) if _PATH.fullmatch(one) and "<" not in one]
CONSTANTS = [one for one in quoted("CONTRIBUTING.md") if _CONSTANT.fullmatch(one)]


@pytest.mark.parametrize(("page", "path"), PATHS)
def test_a_path_that_a_page_names_exists(page: str, path: str) -> None:
    assert exists(path)


@pytest.mark.parametrize("name", CONSTANTS)
def test_a_table_that_a_recipe_names_exists(name: str) -> None:
    assert any(re.search(rf"^\s*{name}\b[^\n]*=", source, re.M) for source in _SOURCES)


def test_a_path_that_is_not_there_is_seen() -> None:
    assert len(PATHS) > 100
    assert not exists("decision/rules/nothing_like_it.py")
    assert not exists("domain/form.NOTHING_LIKE_IT")
