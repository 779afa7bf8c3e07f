"""How well forms are read: right, doubted, missing and silently wrong answers, and milliseconds.

    python -m benchmarks.forms [--seed N] [--no-scans] [--show]

makes the corpus of ``corpus.py`` anew, reads each document as `mailbot read` does and prints a
table per kind. An answer is *doubted* when it carries a problem, *missing* when nothing was read
where something stood, and *silently wrong* when something else was read and nothing said so:
that column must be zero.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import corpus
from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.domain.submission import Submission
from mailbot.pipeline.attachments import read_file
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.sandbox import Sandbox

CONFIG = """
[[mailbox]]
name = "main"
host = "localhost"
security = "none"
since = 2020-01-01
address = "inschrijvingen@vereniging.example"
[smtp]
host = "localhost"
security = "none"
"""

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


@dataclass
class KindCounts:
    """The counts of one kind of document, and how long each took. ``scores.Score`` counts other things:
    what a doubt was worth, and people invented."""

    files: int = 0
    answers: int = 0
    right: int = 0
    doubted: int = 0
    missing: int = 0
    wrong: int = 0
    not_as_expected: int = 0
    milliseconds: list[float] = field(default_factory=list)


def main() -> None:
    """Prints the table; exits 1 when an answer was silently wrong."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--no-scans", action="store_true")
    options.add_argument("--show", action="store_true", help="print what was not read right")
    given = options.parse_args()
    scores: dict[str, KindCounts] = defaultdict(KindCounts)
    with tempfile.TemporaryDirectory() as folder, Sandbox(children=1) as sandbox:
        root = Path(folder)
        (root / "documents").mkdir()
        samples = corpus.make(root / "documents", given.seed, scans=not given.no_scans)
        settings = _settings(root)
        for warm in samples[:3]:
            read_file(warm.path.name, warm.path.read_bytes(), sandbox, settings)
        for sample in samples:
            data = sample.path.read_bytes()
            started = time.perf_counter()
            message, readings = read_file(sample.path.name, data, sandbox, settings)
            read = understand(message, readings, settings, frozenset(), NOW)
            score = scores[sample.kind]
            score.milliseconds.append((time.perf_counter() - started) * 1000)
            for line in _count(score, sample, read):
                if given.show:
                    print(f"{sample.path.name} ({sample.kind}): {line}")
    _print(scores)
    raise SystemExit(1 if any(score.wrong for score in scores.values()) else 0)


def _settings(root: Path) -> Settings:
    (root / "forms").mkdir()
    (root / "config").mkdir()
    lines = [f'id = "{corpus.STUDY_DAY.id}"', f'title = "{corpus.STUDY_DAY.title}"']
    for each in corpus.STUDY_DAY.fields:
        facts = each.model_dump(mode="json", exclude_defaults=True)
        lines += ["[[field]]", *(f"{key} = {_toml(value)}" for key, value in facts.items())]
    (root / "forms" / "studiedag.toml").write_text("\n".join(lines), encoding="utf-8")
    file = root / "config" / "mailbot.toml"
    file.write_text(CONFIG, encoding="utf-8")
    return load(file)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return f'"{value}"'


def _count(score: KindCounts, sample: corpus.Sample, read: Submission) -> list[str]:
    """Adds one document to the score; gives what was not right, for people to read."""
    said: list[str] = []
    score.files += 1
    if read.found != sample.outcome:
        score.not_as_expected += 1
        said.append(f"{read.found} instead of {sample.outcome}")
    doubts = {(problem.person, problem.field) for problem in read.problems}
    if len(read.people) != len(sample.people):
        said.append(f"{len(read.people)} people instead of {len(sample.people)}")
    for n, truth in enumerate(sample.people):
        answers = read.people[n].answers if n < len(read.people) else {}
        for key in truth.keys() | answers.keys():
            meant = truth.get(key)
            found = answers[key].value if key in answers else None
            score.answers += 1
            if found == meant:
                score.right += 1
                continue
            if (n, key) in doubts and found is not None:
                score.doubted += 1
            elif found is None:
                score.missing += 1
            else:
                score.wrong += 1
            doubted = " (doubted)" if (n, key) in doubts else ""
            said.append(f"person {n}, {key}: {found!r} instead of {meant!r}{doubted}")
    for n in range(len(sample.people), len(read.people)):
        score.wrong += 1
        said.append(f"person {n} came out of nowhere: {read.people[n]}")
    return said


def _print(scores: dict[str, KindCounts]) -> None:
    table = Table(title="Answers per kind of document")
    for heading in (
        "kind",
        "files",
        "answers",
        "right %",
        "doubted",
        "missing",
        "silently wrong",
        "outcome off",
        "ms median",
    ):
        table.add_column(heading, justify="left" if heading == "kind" else "right")
    total = KindCounts()
    for kind, score in sorted(scores.items()):
        table.add_row(kind, *_row(score))
        for name in ("files", "answers", "right", "doubted", "missing", "wrong", "not_as_expected"):
            setattr(total, name, getattr(total, name) + getattr(score, name))
        total.milliseconds.extend(score.milliseconds)
    table.add_section()
    table.add_row("all", *_row(total))
    Console(width=130).print(table)


def _row(score: KindCounts) -> list[str]:
    share = f"{100 * score.right / score.answers:.1f}" if score.answers else ""
    counts = (score.doubted, score.missing, score.wrong, score.not_as_expected)
    return [
        str(score.files),
        str(score.answers),
        share,
        *map(str, counts),
        f"{statistics.median(score.milliseconds):.1f}",
    ]


if __name__ == "__main__":
    main()
