"""How well copies of an adopted form are read: each blank is adopted, its filled-in copies are compared.

    python -m benchmarks.adopted [FOLDER...] [--show] [--only PART]

A FOLDER (tests/extraction/newcomers and benchmarks/blanks unless told, each drawn by an author who had not
seen the adopting code) holds a folder for each form: ``blank.*``, the filled-in ones and ``expected.json``,
which says for each file what stands on it, by the label as printed (``Naam#2`` is the second of that name) or
by the keys of a list of ``fields``. An answer is *doubted* when what was read carries a problem, *missing*
when nothing was read, even where the person is asked for it, *without a field* when adopting found no such
question, *silently wrong* when something else was read and nothing said so, *invented* when something was
read where nothing stood. What adopting leaves out on purpose (the day beside a signature) is not counted.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from rich.console import Console
from rich.table import Table

from benchmarks.forms import CONFIG
from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.domain.document import Location, Part
from mailbot.domain.form import Form
from mailbot.domain.submission import Code, Submission
from mailbot.extraction.adoption import fields_of
from mailbot.extraction.drafting import template_of
from mailbot.extraction.template import Template
from mailbot.pipeline.attachments import read_file
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.sandbox import Sandbox
from mailbot.text.normalize import letters
from mailbot.wording import why_doubted

_COUNTS = ("right", "right, doubted", "wrong, doubted", "silently wrong", "missing", "no field", "invented")
_ALIKE = 80
_YES = frozenset({"ja", "yes", "oui", "wel"})
_NO = frozenset({"nee", "neen", "no", "non", "nein", "niet"})
_HERE = Path(__file__).parent
_FOLDERS = (_HERE.parent / "tests" / "extraction" / "newcomers", _HERE / "blanks")


@dataclass(frozen=True)
class Copy:
    """A filled-in copy, and for each person on it what stands there, by the name of the question."""

    path: Path
    people: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Family:
    """A blank with its copies; ``labels`` says for each name of a question what is printed, ``choices``
    which options it offers where they are told. ``twins`` are the same blank in other formats."""

    name: str
    blank: Path
    copies: Sequence[Copy]
    labels: Mapping[str, str]
    choices: Mapping[str, Sequence[str]]
    twins: Sequence[Path] = ()


def main() -> None:
    """Prints the table; exits 1 where an answer was silently wrong."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", nargs="*", type=Path, default=_FOLDERS)
    options.add_argument("--show", action="store_true", help="print what was not read right")
    options.add_argument("--only", default="", help="only the forms whose name holds this")
    given = options.parse_args()
    total: dict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as scratch, Sandbox() as sandbox:
        (Path(scratch) / "mailbot.toml").write_text(CONFIG, encoding="utf-8")
        settings = load(Path(scratch) / "mailbot.toml")
        for family in (family for folder in given.folder for family in families(folder)):
            if given.only not in family.name:
                continue
            form = adopted(family, sandbox)
            for copy, counts, said in measured(family, form, sandbox, settings):
                total[f"{family.name}"] += counts
                total[f"* {copy.path.stem.partition('-')[2]} {copy.path.suffix}"] += counts
                if given.show:
                    print(*(f"{family.name}/{copy.path.name}: {line}" for line in said), sep="\n")
    _print(total)
    raise SystemExit(1 if any(counts["silently wrong"] for counts in total.values()) else 0)


def families(folder: Path) -> Iterator[Family]:
    """All forms of a folder."""
    for expected in sorted(folder.glob("*/expected.json")):
        here, said = expected.parent, json.loads(expected.read_text(encoding="utf-8"))
        blank, *twins = sorted(here.glob("blank.*"))
        if "fields" in said:
            labels = {field["key"]: field["label"] for field in said["fields"]}
            choices = {field["key"]: field["choices"] for field in said["fields"]}
            copies = [Copy(here / name, copy["people"]) for name, copy in said["filled"].items()]
        else:
            people = [person for copy in said.values() for person in copy]
            labels = {name: name.split("#")[0] for person in people for name in person}
            choices = {}
            copies = [Copy(next(here.glob(f"{name}.*")), copy) for name, copy in said.items()]
        yield Family(here.name, blank, copies, labels, choices, twins)


def adopted(family: Family, sandbox: Sandbox) -> Form:
    """The form that adopting the blank gives, uncorrected."""
    template = _template(family, sandbox)
    fields = tuple(one.field for one in fields_of(template))
    return Form(
        id="adopted", title=family.name, field=fields, blank=tuple(map(str, (family.blank, *family.twins)))
    )


def _template(family: Family, sandbox: Sandbox) -> Template:
    document = sandbox.read(Part(family.blank.name, "", family.blank.read_bytes()), Location())
    return template_of(document.blocks)


def measured(
    family: Family, form: Form, sandbox: Sandbox, settings: Settings
) -> Iterator[tuple[Copy, Counter[str], list[str]]]:
    """Each copy with its counts, and what was not read right, for people to read."""
    keys = _keys(family, form)
    skipped = set(map(letters, _template(family, sandbox).skipped))
    asked = {n: label for n, label in family.labels.items() if n in keys or letters(label) not in skipped}
    family = replace(family, labels=asked)
    settings = replace(settings, forms={form.id: form})
    now = datetime(2026, 11, 16, 9, tzinfo=UTC)
    for copy in family.copies:
        message, readings = read_file(copy.path.name, copy.path.read_bytes(), sandbox, settings)
        read = understand(message, readings, settings, frozenset(), now)
        yield copy, *_compared(copy, read, keys, family)
    for blank in (family.blank, *family.twins):
        message, readings = read_file(blank.name, blank.read_bytes(), sandbox, settings)
        read = understand(message, readings, settings, frozenset(), now)
        if read.people:
            yield Copy(blank, ()), Counter(invented=1), [f"the blank is somebody: {read.people}"]


def _keys(family: Family, form: Form) -> dict[str, str]:
    """Which field of the adopted form each question is: the first of that label that is left, in the order
    of the form; else the one most like it."""
    left = list(form.fields)
    keys: dict[str, str] = {}
    for exact in (True, False):
        for name, label in family.labels.items():
            if name in keys:
                continue
            found = [f for f in left if _is_named(f.label, label, exact=exact)]
            if found:
                keys[name] = found[0].key
                left.remove(found[0])
    return keys


def _is_named(found: str, printed: str, *, exact: bool) -> bool:
    one, other = letters(found), letters(printed)
    bare = letters(found.partition(" (")[0])
    if exact:
        return other in (one, bare)
    return max(fuzz.ratio(one, other), fuzz.ratio(bare, other), fuzz.partial_ratio(one, other)) >= _ALIKE


def _compared(
    copy: Copy, read: Submission, keys: Mapping[str, str], family: Family
) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    said: list[str] = []
    doubts = {(p.person, p.field): why_doubted(p) for p in read.problems if p.code is not Code.MISSING}
    for number, truth in enumerate(copy.people):
        person = read.people[number] if number < len(read.people) else None
        for name in family.labels:
            key, meant = keys.get(name, ""), truth.get(name)
            answer = person.answers.get(key) if person is not None else None
            value = answer.value if answer is not None else None
            doubt = doubts.get((number, key), "")
            kind = _judged(meant, _option(value, family.choices.get(name, ())), key, bool(doubt))
            if kind:
                counts[kind] += 1
            if kind and kind != "right":
                said.append(f"{kind}: {number} {name} ({key}): {value!r} for {meant!r} [{doubt}]")
    for extra in read.people[len(copy.people) :]:
        counts["invented"] += 1
        said.append(f"invented: {extra}")
    return counts, said


def _judged(meant: Any, value: Any, key: str, doubted: bool) -> str:
    if meant in (None, "", []):
        return "" if value in (None, "") else "wrong, doubted" if doubted else "invented"
    if not key:
        return "no field"
    if value in (None, ""):
        return "wrong, doubted" if doubted else "missing"
    if _is_same(meant, value):
        return "right, doubted" if doubted else "right"
    return "wrong, doubted" if doubted else "silently wrong"


def _option(value: Any, choices: Sequence[str]) -> Any:
    """The option that an answer is, where the words behind it are its price or what it means."""
    begun = [c for c in choices if letters(str(value)).startswith(letters(c))]
    return max(begun, key=len) if isinstance(value, str) and begun and "," not in value else value


def _is_same(meant: Any, value: Any) -> bool:
    if isinstance(meant, list):
        parts = [letters(part) for part in str(value).replace("\n", ",").split(",") if part.strip()]
        return sorted(map(_bare, meant)) == sorted(_bare(part) for part in parts) or sorted(
            map(letters, meant)
        ) == sorted(parts)
    if isinstance(value, bool) or isinstance(meant, bool):
        return _truth(meant) is _truth(value)
    return letters(str(meant)) == letters(str(value)) or _bare(str(meant)) == _bare(str(value))


def _bare(option: str) -> str:
    """An option without its price or code: "Theater (10-12 jaar)"."""
    return letters(option.partition(" (")[0])


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    word = letters(str(value).split()[0]) if str(value).strip() else ""
    return True if word in _YES else False if word in _NO else None


def _print(total: Mapping[str, Counter[str]]) -> None:
    table = Table(title="Copies of adopted forms")
    for heading in ("form, or * way", *_COUNTS):
        table.add_column(heading, justify="left" if heading.startswith("form") else "right")
    everything: Counter[str] = Counter()
    for name, counts in sorted(total.items(), key=lambda one: (one[0].startswith("* "), one[0])):
        table.add_row(name, *(str(counts[kind]) for kind in _COUNTS))
        if not name.startswith("* "):
            everything += counts
    table.add_section()
    table.add_row("all", *(str(everything[kind]) for kind in _COUNTS))
    Console(width=130).print(table)


if __name__ == "__main__":
    main()
