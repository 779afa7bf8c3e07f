"""A name stands for one thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

MAILBOT = Path(__file__).parents[1] / "mailbot"


def test_no_two_classes_that_modules_share_have_one_name() -> None:
    modules = defaultdict[str, list[str]](list)
    for path in MAILBOT.rglob("*.py"):
        for one in ast.parse(path.read_text("utf-8")).body:
            if isinstance(one, ast.ClassDef) and not one.name.startswith("_"):
                modules[one.name].append(path.relative_to(MAILBOT).as_posix())
    assert {name: files for name, files in modules.items() if len(files) > 1} == {}
