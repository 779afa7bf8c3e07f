"""All that follows from a decision, as lines that a person reads: what a test compares as a whole.

A file in ``follows/`` holds for each example its name and what follows from it. Where a change is meant,
``python -m tests.decision.following`` writes those files anew, and the difference is what is reviewed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from importlib import import_module
from pathlib import Path

from mailbot.domain.announcement import Announcement, EventFacts
from mailbot.domain.case import Case
from mailbot.domain.decision import Decision, LogLine, Result
from mailbot.domain.mailing import Mailing
from mailbot.domain.registration import Registration
from mailbot.domain.statement import Statement
from mailbot.domain.submission import Person, Problem

from .building import form

HERE = Path(__file__).parent / "follows"
#: The tests that compare with a file of their name.
TESTS = ("words", "relations", "forms", "automatic", "cases", "edits", "time", "mailings")

Examples = Mapping[str, Callable[[], str]]


def value(one: object) -> str:
    """A fact as text."""
    if isinstance(one, Statement):
        said = ", ".join(f"{name}={value(fact)}" for name, fact in one.facts.items())
        return f"{one.code}({said})"
    if isinstance(one, tuple | list):
        return "[" + ", ".join(map(value, one)) + "]"
    if isinstance(one, frozenset | set):
        return "{" + ", ".join(sorted(map(value, one))) + "}"
    if isinstance(one, Mapping):
        return "{" + ", ".join(f"{key}: {value(one[key])}" for key in sorted(one)) + "}"
    if isinstance(one, datetime):
        return f"{one:%d/%m %H:%M:%S}"
    return " / ".join(str(one).splitlines())


def follows(decision: Decision | None) -> str:
    """A decision in lines: what is answered, what becomes of each row, the cases, the log."""
    if decision is None:
        return "nothing"
    return "\n".join(
        (
            _answer(decision),
            *map(_result, decision.results),
            *map(_case, decision.cases),
            *([f"closes {value(decision.closes)}"] if decision.closes else []),
            *map(_line, decision.log),
            *map(_mailing, decision.mailings),
            *([announced(decision.announce)] if decision.announce else []),
            *([_facts(decision.facts)] if decision.facts else []),
        )
    )


_FLAGS = (
    "no_data", "last_answer", "tell_secretariat", "destroy", "proven", "by_hand", "receipt", "stays",
)  # fmt: skip
_FACTS = ("asks", "question", "remark", "unread", "corrects")


def _answer(decision: Decision) -> str:
    said = [str(decision.outcome), f"at {decision.event or 'no event'}"]
    if decision.answer:
        said.append("answered" if decision.to_sender else "others hear of it")
    said += [name.replace("_", " ") for name in _FLAGS if getattr(decision, name)]
    said += [f"{name} {value(getattr(decision, name))}" for name in _FACTS if getattr(decision, name)]
    if decision.answered_to is not None:
        said.append(f"to {decision.answered_to.email}")
    return ", ".join(said)


def _result(result: Result) -> str:
    before, after = result.before, result.after
    row = after or before
    said = [f"- {row.nr if row else 'nobody'}: {result.outcome}"]
    if after is not None:
        said.append(f"{before.status} → {after.status}" if before else f"new, {after.status}")
        said += _row(after, before)
    for name in ("notes", "reason", "remark", "problems", "changes"):
        if found := getattr(result, name):
            told = map(_problem, found) if name == "problems" else found
            told = (f"{c.key}: {c.old} → {c.new}" for c in found) if name == "changes" else told
            said.append(f"{name} {value(tuple(told) if isinstance(found, tuple) else found)}")
    if result.submitted is not None and result.submitted.answers:
        said.append(f"said {_person(result.submitted)}")
    if not result.mail:
        said.append("no mail")
    for address in sorted({*result.visible, *result.held}):
        seen, held = (_keys(of.get(address, frozenset())) for of in (result.visible, result.held))
        shown = f"{address} is shown {seen}"
        said.append(shown if seen == held else f"{shown}, of before {held}")
    return "; ".join(said)


def _keys(keys: frozenset[str]) -> str:
    every = {field.key for field in form("kennisplatform").fields}
    return (
        "all" if keys == every else f"all but {value(every - keys)}" if len(every - keys) < 3 else value(keys)
    )


def _row(after: Registration, before: Registration | None) -> list[str]:
    """What a row holds that it did not hold before."""
    told = []
    for field in fields(after):
        now, was = getattr(after, field.name), getattr(before, field.name) if before else field.default
        if field.name not in ("nr", "event", "status") and now != was:
            now = tuple(map(_problem, now)) if field.name == "doubts" else now
            now = tuple(f"{c.key}: {c.old} → {c.new}" for c in now) if field.name == "unsent_changes" else now
            told.append(f"{field.name}={value(now)}")
    return told


def _problem(problem: Problem) -> str:
    return f"{problem.person} {problem.field} {problem.code} {problem.reason} {problem.read}".strip()


def _person(person: Person) -> str:
    said = {key: f"{answer.value} ({answer.where})" for key, answer in person.answers.items()}
    return value(said) + (f" of {person.organisation_known}" if person.organisation_known else "")


def _case(case: Case) -> str:
    said = [f"case {case.kind}", f"about {case.registration or case.who}"]
    if case.event or case.events:
        said.append(f"at {case.event or value(case.events)}")
    said += [f"says {value(case.says)}", f"choices {value(case.choices)}"]
    for name in ("fields", "doubts", "payload"):
        if found := getattr(case, name):
            said.append(f"{name} {value(tuple(map(_problem, found)) if name == 'doubts' else found)}")
    return "; ".join(said)


def _line(line: LogLine) -> str:
    said = [f"log {line.who}: {value(line.what)}"]
    said += [value(one) for one in (line.why, line.says, line.registration, line.event) if one]
    return "; ".join(said)


def _mailing(mailing: Mailing) -> str:
    facts = ((field, getattr(mailing, field.name)) for field in fields(mailing))
    said = [f"{field.name}={value(now)}" for field, now in facts if now and now != field.default]
    return "row of Berichten: " + ", ".join(said)


def announced(announce: Announcement) -> str:
    said = []
    for field in fields(announce):
        if (now := getattr(announce, field.name)) and now != field.default:
            now = tuple(one.nr for one in now) if field.name == "to" else now
            said.append(f"{field.name}={_facts(now) if isinstance(now, EventFacts) else value(now)}")
    return "mail to many: " + ", ".join(said)


def _facts(facts: EventFacts) -> str:
    told = (facts.title, facts.starts, facts.ends, facts.place, facts.cancelled, facts.times)
    return f"people know: {', '.join(map(str, told))}"


def written(examples: Examples) -> str:
    """The examples with what follows from each, as the file holds them."""
    return "\n".join(f"# {name}\n{what()}\n" for name, what in examples.items())


def expected(name: str) -> dict[str, str]:
    """What follows by the file of a test, by example."""
    text = "\n" + (HERE / f"{name}.txt").read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in text.split("\n# ")[1:])
    return {head: rest.strip("\n") for head, _, rest in parts}


def main() -> None:
    """Writes the files anew."""
    for name in TESTS:
        module = import_module(f"tests.decision.test_follows_{name}")
        (HERE / f"{name}.txt").write_text(written(module.EXAMPLES), encoding="utf-8")


if __name__ == "__main__":
    main()
