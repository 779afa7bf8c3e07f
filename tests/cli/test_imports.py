"""Imports inside functions: only of what a start was measured to need the time of."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import mailbot

ROOT = Path(mailbot.__file__).parent

#: What costs a start of the service more than 20 ms, or a child that reads one document 10 ms, by module and
#: all below it (``python -X importtime``). A command imports what it needs when it is given (``cli``).
HEAVY = (
    "alembic", "psycopg", "rich", "reportlab", "pdfplumber", "pikepdf", "pypdfium2", "rapidocr", "cv2",
    "numpy", "sqlalchemy.dialects", "olefile", "PIL", "cryptography", "openpyxl",
    "mailbot.extraction.values.phone",
    "mailbot.message", "mailbot.notifications", "mailbot.blank_forms", "mailbot.documents",
    "mailbot.pipeline.answered_case", "mailbot.pipeline.attachments", "mailbot.pipeline.in_place",
    "mailbot.pipeline.interpret",
    "mailbot.pipeline.offered_change", "mailbot.intent.follow_up",
    "mailbot.service.previews", "mailbot.storage", "mailbot.service.worker",
)  # fmt: skip


def inner_imports() -> Iterator[tuple[str, str]]:
    """Each module that a function imports, with the file and line."""
    for file in sorted(ROOT.rglob("*.py")):
        for function in ast.walk(ast.parse(file.read_text())):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for node in ast.walk(function):
                where = f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
                if isinstance(node, ast.ImportFrom) and node.module:
                    names = [f"{node.module}.{one.name}" for one in node.names]
                    yield from ((where, name) for name in names)
                elif isinstance(node, ast.Import):
                    yield from ((where, one.name) for one in node.names)


def test_a_function_imports_only_what_is_heavy() -> None:
    light = [
        (where, name)
        for where, name in inner_imports()
        if not where.startswith("cli/")
        and not any(name == heavy or name.startswith(f"{heavy}.") for heavy in HEAVY)
    ]
    assert light == []


def test_the_service_starts_without_what_only_postgresql_needs() -> None:
    loaded = "import sys, mailbot.service.daemon; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert "mailbot.storage.decisions" in modules.stdout.split()
    assert "sqlalchemy.dialects.postgresql" not in modules.stdout.split()
