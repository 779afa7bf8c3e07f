"""Reads the forms of ``families/`` and prints what came of their answers, by format, kind and language.

    python -m benchmarks.drawn [--folder FOLDER] [--half 0|1] [--only LAYOUT] [--show]

Each is read with its own questions as the form, without its blank as a template. Exits 1 where an answer was
silently wrong, somebody invented, or a blank gave people.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.drawn.compare import Said, same
from benchmarks.forms import CONFIG, NOW
from benchmarks.scores import Score, show
from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.domain.doubt import Reason
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.submission import Code, Submission, SubmissionKind
from mailbot.pipeline.attachments import read_file
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.sandbox import Sandbox

FAMILIES = Path(__file__).parent / "families"
#: Kinds as the author calls them, where a form calls them otherwise.
_KINDS = {
    "full_name": "name",
    "first_name": "name",
    "last_name": "name",
    "town": "text",
    "licence_plate": "plate",
}


@dataclass(frozen=True)
class Read:
    """An answer as it was read; nothing where there is none. ``as_written``: the answer is in doubt and not
    the reading (no valid number, two ticks at one choice)."""

    value: Said = ""
    doubted: bool = False
    as_written: bool = False


class Copy:
    """One filled copy, as it was read, beside what was meant."""

    def __init__(self, family: dict[str, Any], told: dict[str, Any], read: Submission) -> None:
        self._name = f"{family['layout']}/{told['path']}"
        self._questions = {one["id"]: one for one in family["questions"]}
        self._told = told
        self._read = read
        self._all_doubted = read.found is SubmissionKind.PERHAPS
        self._doubts = {(one.person, one.field) for one in read.problems if one.code is not Code.MISSING}
        self._as_written = {
            (one.person, one.field)
            for one in read.problems
            if one.code is Code.INVALID or one.reason is Reason.MANY_CHOICES
        }

    def score(self) -> Score:
        """Every answer of it, each person beside the one who is most like them."""
        score = Score(forms=1, perhaps=self._all_doubted)
        left = list(range(len(self._read.people)))
        for truth in self._told["people"]:
            person = max(left, key=lambda one: self._alike(truth, one), default=None)
            if person is not None:
                left.remove(person)
            for question in self._of_people():
                self._count(score, question, truth.get(question), self._answer(person, question))
        for question in self._of_form():
            self._count(score, question, self._told["shared"].get(question), self._shared(question))
        score.invented += len(left)
        score.said += [f"{self._name}: invented {self._read.people[one].answers}" for one in left]
        return score

    def _of_people(self) -> Iterator[str]:
        of_form = set(self._of_form())
        return (one for one in self._questions if one not in of_form)

    def _of_form(self) -> list[str]:
        own = {question for truth in self._told["people"] for question in truth}
        return [key for key, one in self._questions.items() if one["asked"] == "form" and key not in own]

    def _alike(self, truth: dict[str, Said], person: int) -> int:
        return sum(
            self._is_right(question, said, self._answer(person, question).value)
            for question, said in truth.items()
        )

    def _answer(self, person: int | None, question: str) -> Read:
        if person is None:
            return Read()
        key = f"q_{question}".lower()
        answer = self._read.people[person].answers.get(key)
        doubted = self._all_doubted or (person, key) in self._doubts
        value = answer.value if answer else ""
        said: Said = ("ja" if value else "nee") if isinstance(value, bool) else value
        return Read(said, doubted, (person, key) in self._as_written)

    def _shared(self, question: str) -> Read:
        """What stands with the people to a question that was asked once: the worst of it."""
        read = [self._answer(person, question) for person in range(len(self._read.people))]
        given = [one for one in read if one.value]
        meant = self._told["shared"].get(question)
        wrong = [one for one in given if not (meant and self._is_right(question, meant, one.value))]
        worst = sorted(wrong, key=lambda one: one.doubted) or given or read
        return worst[0] if worst else Read()

    def _is_right(self, question: str, meant: Said, found: Said) -> bool:
        also = self._told.get("also", {}).get(question, meant)
        kind = self._questions[question]["kind"]
        return bool(found) and (same(kind, meant, found) or same(kind, also, found))

    def _count(self, score: Score, question: str, meant: Said | None, found: Read) -> None:
        careful = question in self._told.get("doubt", ())
        if meant is None and (not found.value or careful):
            return
        right = meant is not None and self._is_right(question, meant, found.value)
        value = meant if right else found.value
        doubted = found.doubted or (careful and not found.value)
        score.answer(f"{self._name} {question}", value, meant, doubted=doubted)
        score.invalid += right and found.as_written


def _family(told: Path, sandbox: Sandbox, base: Settings) -> Iterator[tuple[str, Score]]:
    family = json.loads(told.read_text(encoding="utf-8"))
    settings = replace(base, forms={"form": _form(family)})
    for one in family["files"]:
        file = told.parent / one["path"]
        message, readings = read_file(file.name, file.read_bytes(), sandbox, settings)
        read = understand(message, readings, settings, frozenset(), NOW, form="form")
        is_scan = "scan" in file.stem or file.suffix in (".png", ".jpg")
        way = f"scan {file.suffix}" if is_scan else file.suffix
        if one["blank"]:
            people = [f"{told.parent.name}/{file.name}: people in a blank"] if read.people else []
            yield way, Score(blanks=1, blank_people=bool(read.people), said=people)
        else:
            yield way, Copy(family, one, read).score()


def _form(family: dict[str, Any]) -> Form:
    fields = tuple(
        FormField(
            key=f"q_{one['id']}".lower(),
            label=one["label"],
            kind=FieldKind(_KINDS.get(one["kind"], one["kind"])),
            choices=tuple(one.get("choices", ())),
        )
        for one in family["questions"]
    )
    return Form(id="form", title="form", field=fields)


def _half(name: str) -> int:
    return hashlib.sha256(name.encode()).digest()[0] % 2


def main() -> None:
    """Reads and prints."""
    options = argparse.ArgumentParser(description="What is read of forms drawn by somebody else.")
    options.add_argument("--folder", type=Path, default=FAMILIES, help="others, of benchmarks.unseen")
    options.add_argument("--half", type=int, choices=(0, 1), help="only this half of the layouts")
    options.add_argument("--only", default="", help="only layouts with this in their name")
    options.add_argument("--show", action="store_true", help="print what was not read right")
    given = options.parse_args()
    scores: dict[tuple[str, str], Score] = defaultdict(Score)
    with tempfile.TemporaryDirectory() as folder, Sandbox(children=1) as sandbox:
        file = Path(folder) / "mailbot.toml"
        file.write_text(CONFIG, encoding="utf-8")
        base = load(file)
        for told in sorted(given.folder.glob("*/expected.json")):
            name = told.parent.name
            if given.only not in name or given.half not in (None, _half(name)):
                continue
            family = json.loads(told.read_text(encoding="utf-8"))
            for way, score in _family(told, sandbox, base):
                total = "all scans" if way.startswith("scan") else "all digital"
                for key in (("layout", name), ("format", way), ("kind", family["kind"]), ("", total)):
                    scores[key].add(score)
                scores["language", family["lang"]].add(score)
    order = ("layout", "format", "kind", "language", "")
    show(
        "Forms drawn by somebody else",
        ("by", ""),
        dict(sorted(scores.items(), key=lambda item: (order.index(item[0][0]), item[0]))),
    )
    totals = [score for (by, _), score in scores.items() if not by]
    if given.show:
        print(*(line for score in totals for line in score.said), sep="\n")
    print(*(score.doubts for score in totals), sep="\n")
    raise SystemExit(any(one.silent or one.invented or one.blank_people for one in totals))


if __name__ == "__main__":
    main()
