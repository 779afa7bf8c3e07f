"""What the code itself never does, read from its own syntax."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "mailbot"
FILES = sorted(PACKAGE.rglob("*.py"))

#: Modules that run or rebuild code from data, and calls that hand a line to a shell.
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "code", "pty", "xmlrpc"}
#: The worker tells its own children the settings, or what a workbook is to show; what a child answers is data
#: of a closed list.
TO_A_CHILD = {(file, "pickle") for file in ("pipeline/sandbox.py", "pipeline/jobs.py", "files/drawing.py")}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
FORKS = {
    "fork", "forkpty", "posix_spawn", "posix_spawnp", "execv", "execve", "execvp", "execvpe", "spawnv",
    "Process",
}  # fmt: skip
SHELLS = {"system", "popen", "getoutput", "getstatusoutput"}


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    parsed = ((path, ast.parse(path.read_text(encoding="utf-8"))) for path in FILES)
    return tuple((str(path.relative_to(PACKAGE)), tree) for path, tree in parsed)


def test_the_code_is_read_at_all() -> None:
    assert len(FILES) > 100


def test_nothing_evaluates_unpickles_data_or_starts_a_shell() -> None:
    found = []
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found += [(name, alias.name) for alias in node.names if alias.name in FORBIDDEN_MODULES]
            elif isinstance(node, ast.ImportFrom) and node.module in FORBIDDEN_MODULES:
                found.append((name, node.module))
            elif isinstance(node, ast.Call):
                called = node.func
                if isinstance(called, ast.Name) and called.id in FORBIDDEN_CALLS:
                    found.append((name, called.id))
                if isinstance(called, ast.Attribute) and called.attr in SHELLS:
                    found.append((name, called.attr))
                found += [(name, "shell=") for keyword in node.keywords if keyword.arg == "shell"]
    assert set(found) == TO_A_CHILD


def test_a_child_unpickles_what_the_worker_tells_it_alone() -> None:
    calls = [
        (name, node.func.attr)
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "pickle"
    ]
    assert sorted(calls) == [
        ("files/drawing.py", "dumps"),
        ("files/drawing.py", "loads"),
        ("pipeline/jobs.py", "loads"),
        ("pipeline/sandbox.py", "dumps"),
    ]


def test_processes_are_started_in_few_places_and_with_a_list_of_words() -> None:
    starters = {
        name
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "subprocess" in ({a.name for a in node.names} | {getattr(node, "module", "")})
    }
    assert starters <= {"sandbox/nursery.py", "service/self_check/installation.py"}
    forks = {
        name
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in FORKS
        if isinstance(node.value, ast.Name) and node.value.id in ("os", "pty", "multiprocessing")
    }
    assert forks == {"sandbox/child.py"}


@pytest.mark.parametrize(
    "word", ["verify=False", "CERT_NONE", "check_hostname = False", "_create_unverified"]
)
def test_no_certificate_goes_unchecked(word: str) -> None:
    assert [path.name for path in FILES if word in path.read_text(encoding="utf-8")] == []


def test_templates_link_to_nothing_that_is_not_configured() -> None:
    templates = sorted((PACKAGE / "notifications" / "templates").rglob("*.j2"))
    assert len(templates) > 50
    for path in templates:
        text = path.read_text(encoding="utf-8")
        assert "http" not in text.replace("http-equiv", ""), path.name
        assert "|safe" not in text.replace(" ", ""), path.name
        assert "src=" not in text.replace('src="cid:logo@mailbot"', ""), path.name  # travels with the mail
