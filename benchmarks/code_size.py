"""How long files, functions and lines of mailbot are, and how many branches its functions have.

    python -m benchmarks.code_size [FOLDER]

FOLDER is a checkout; without it, this one. A branch is an ``if``, a loop, an ``except``, a ``case``, each
part of a comprehension and each further operand of ``and`` and ``or``; a function without any has one.
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_BRANCHES = (ast.If, ast.IfExp, ast.For, ast.While, ast.ExceptHandler, ast.match_case, ast.comprehension)
_OWN = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def _nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function, without those of functions in it."""
    for node in ast.iter_child_nodes(function):
        if not isinstance(node, _OWN):
            yield node
            yield from _nodes(node)


def _branches(function: ast.AST) -> int:
    count = 1
    for node in _nodes(function):
        count += isinstance(node, _BRANCHES)
        if isinstance(node, ast.comprehension):
            count += len(node.ifs)
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
    return count


def _shown(name: str, numbers: Sequence[int]) -> str:
    ninety = sorted(numbers)[int(len(numbers) * 0.9)]
    return f"{name}: median {statistics.median(numbers):.0f}, p90 {ninety}, most {max(numbers)}"


def main(root: Path) -> None:
    """Prints the figures of a checkout."""
    texts = [path.read_text("utf-8") for path in sorted((root / "mailbot").rglob("*.py"))]
    lines = [line for text in texts for line in text.splitlines()]
    written = [line for line in lines if line.strip()]
    comments = sum(line.lstrip().startswith("#") for line in written)
    trees = map(ast.parse, texts)
    functions = [
        node
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    print(f"{len(texts)} files, {len(lines)} lines, {len(functions)} functions")
    print(_shown("lines a file", [text.count("\n") for text in texts]))
    print(_shown("lines a function", [(one.end_lineno or 0) - one.lineno + 1 for one in functions]))
    print(_shown("branches a function", [_branches(one) for one in functions]))
    print(f"characters a line: {statistics.mean(map(len, written)):.1f}")
    print(f"comments per 100 lines: {100 * comments / len(written):.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
