"""Forms by other hands: a folder a family, each with its questions and what its copies say.

    python -m benchmarks.others FOLDER [--show] [--half 0|1]

A family is a folder with ``blank.*``, ``filled-*.*`` and ``expected.json`` (``fields`` as a form definition
has them, ``filled`` by file name with its ``people``). Each is read with its own questions as the form,
without its blank as a template. What was never looked at while the reading was changed says most: the
families fall in two halves by their name, so that one can be kept for the end. Nothing of it is part of
this repository.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.forms import CONFIG, NOW
from benchmarks.scores import Score, show
from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.domain.submission import Code, Submission
from mailbot.pipeline.attachments import read_file
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.sandbox import Sandbox

_KEYS = ("key", "label", "kind", "required", "choices")


def main() -> None:
    """Prints a line a family and a format; exits 1 where an answer was silently wrong or somebody invented,
    or a blank gave people."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--show", action="store_true", help="print what was not read right")
    options.add_argument("--half", type=int, choices=(0, 1), help="only this half of the families")
    given = options.parse_args()
    scores: dict[str, Score] = defaultdict(Score)
    formats: dict[str, Score] = defaultdict(Score)
    seconds: list[float] = []
    with Sandbox(children=1) as sandbox:
        for told in sorted(given.folder.glob("*/expected.json")):
            name = told.parent.name
            if given.half is None or _half(name) == given.half:
                for suffix, score in _family(told, sandbox, seconds):
                    scores[name].add(score)
                    formats[suffix].add(score)
    whole = Score()
    for score in scores.values():
        whole.add(score)
    show(
        "Answers per family and format",
        ("family or format",),
        {(name,): score for name, score in {**scores, **dict(sorted(formats.items())), "all": whole}.items()},
    )
    if given.show:
        print(*whole.said, sep="\n")
    print(whole.doubts)
    if seconds:
        print(f"understanding one: {1000 * statistics.median(seconds):.1f} ms of processor time (median)")
    raise SystemExit(1 if whole.silent or whole.invented or whole.blank_people else 0)


def _half(name: str) -> int:
    return int(hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest(), 16) % 2


def _family(told: Path, sandbox: Sandbox, seconds: list[float]) -> Iterator[tuple[str, Score]]:
    """The score of each document, with its format."""
    facts = json.loads(told.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(Path(folder), facts["fields"])
        for file in sorted(told.parent.iterdir()):
            wanted = facts["filled"].get(file.name, {}).get("people", [])
            if file == told or not (wanted or file.name.startswith("blank")):
                continue
            message, readings = read_file(file.name, file.read_bytes(), sandbox, settings)
            started = time.process_time()
            read = understand(message, readings, settings, frozenset(), NOW, form="form")
            seconds.append(time.process_time() - started)
            score = Score()
            _count(score, f"{told.parent.name}/{file.name}", wanted, read)
            yield file.suffix, score


def _settings(root: Path, fields: list[dict[str, Any]]) -> Settings:
    lines = ['id = "form"', 'title = "form"']
    for field in fields:
        lines.append("[[field]]")
        values = ((key, field.get(key)) for key in _KEYS)
        lines += [f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in values if v not in (None, [])]
    for name, text in (("forms/form.toml", "\n".join(lines)), ("config/mailbot.toml", CONFIG)):
        (root / name).parent.mkdir()
        (root / name).write_text(text, encoding="utf-8")
    return load(root / "config/mailbot.toml")


def _count(score: Score, name: str, wanted: list[dict[str, Any]], read: Submission) -> None:
    people = [{key: a.value for key, a in person.answers.items()} for person in read.people]
    doubted = {(p.person, p.field) for p in read.problems if p.code is not Code.MISSING}
    invalid = {(p.person, p.field) for p in read.problems if p.code is Code.INVALID}
    perhaps = read.found == "perhaps"
    if not wanted:
        score.blanks += 1
        score.blank_people += bool(people)
        score.said += [f"{name}: {one}" for one in people]
        return
    score.forms += 1
    score.perhaps += perhaps
    left = list(range(len(people)))
    for truth in wanted:
        at = max(left, key=lambda n: _alike(truth, people[n]), default=None)
        if at is not None:
            left.remove(at)
        found = people[at] if at is not None else {}
        for key in truth.keys() | found.keys():
            meant, said = _plain(truth.get(key)), _plain(found.get(key))
            doubt = perhaps or (at, key) in doubted
            if not (meant or said):
                continue
            score.invalid += meant == said and (at, key) in invalid
            score.answer(f"{name} {key}", said, meant, doubted=doubt)
    score.invented += len(left)
    score.said += [f"{name}: nobody is {people[n]}" for n in left]


def _alike(truth: dict[str, Any], found: dict[str, Any]) -> int:
    return sum(_plain(truth.get(key)) == _plain(value) for key, value in found.items())


def _plain(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return " ".join(text.split()).casefold()


if __name__ == "__main__":
    main()
