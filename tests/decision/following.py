"""All that follows from a decision, as lines that a person reads: what a test compares as a whole.

A file in ``follows/`` holds for each example its name and what follows from it. Where a change is meant,
``python -m tests.decision.following`` writes those files anew, and the difference is what is reviewed. Names
of packages or files behind it write those alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from mailbot.config.settings import Settings
from mailbot.decision import decide
from mailbot.domain.announcement import Announcement, EventFacts
from mailbot.domain.case import Case
from mailbot.domain.decision import Decision, DecisionContext, LogLine, Result
from mailbot.domain.mail import Mail
from mailbot.domain.mailing import Mailing
from mailbot.domain.message import Arrival
from mailbot.domain.registration import Registration
from mailbot.domain.statement import Statement
from mailbot.domain.submission import Person, Problem, Submission
from mailbot.notifications import compose
from mailbot.wording import as_told, who_did_it

from .building import form, known, mail, settings

HERE = Path(__file__).parent / "follows"
#: The tests that compare with a file of their name, by package.
TESTS = {
    "decision": ("words", "relations", "forms", "automatic", "cases", "edits", "time", "mailings"),
    "matching": ("names", "subjects"),
    "notifications": ("mails",),
    "message": ("machines", "shapes", "outlook"),
    "extraction": ("mails",),
    "workbook": ("sheets", "desk", "events"),
    "blank_forms": ("forms",),
    "config": ("settings",),
    "sandbox": ("opened",),
    "transport": ("wire",),
    "service": ("office",),
    "storage": ("ledger",),
    "cli": ("commands",),
}

Examples = Mapping[str, Callable[[], str] | str]
Told = TypeVar("Told")


def mails(decision: Decision, arrival: Arrival | None, config: Settings, now: datetime) -> str:
    """The mails that follow from a decision, without their words."""
    return "\n".join(map(_mail, compose(decision, arrival, config, now)))


def _mail(mail: Mail) -> str:
    said = [f"mail {mail.kind} to {mail.to.name} <{mail.to.email}>".replace("  ", " ")]
    said += [f"about {value(mail.nrs)}"] if mail.nrs else []
    said += [
        f"{name} {value(getattr(mail, name))}"
        for name in ("asks", "in_reply_to", "references")
        if getattr(mail, name)
    ]
    said += [f"with {one.name}" for one in mail.attachments]
    said += [f"calendar {mail.calendar_method} {mail.sequence}"] if mail.calendar else []
    said += [f"not before {value(mail.not_before)}"] if mail.not_before else []
    return "; ".join((*said, f"key {mail.key}"))


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


def follows(decision: Decision) -> str:
    """A decision in lines: what is answered, what becomes of each row, the cases, the log."""
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
        said.append(f"said {_person(result.submitted, after)}")
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
    """What a row holds that it did not hold before; of a new one nothing that is so of each."""
    told = []
    for field in fields(after):
        now, was = getattr(after, field.name), getattr(before, field.name) if before else field.default
        if (
            field.name in ("nr", "event", "status", "since", "heard")
            or now == was
            or (before is None and _is_usual(after, field.name))
        ):
            continue
        if field.name == "answers" and before is not None:
            now = {key: value for key, value in now.items() if before.answers.get(key) != value} | {
                key: "gone" for key in before.answers if key not in now
            }
        now = tuple(map(_problem, now)) if field.name == "doubts" else now
        now = tuple(f"{c.key}: {c.old} → {c.new}" for c in now) if field.name == "unsent_changes" else now
        told.append(f"{field.name}={value(now)}")
    return told


def _is_usual(after: Registration, name: str) -> bool:
    if name in ("received", "arrived", "changed"):
        return after.received == after.arrived == after.changed
    return (name == "by_sender" and after.by_sender == frozenset(after.answers)) or name == "message"


def _problem(problem: Problem) -> str:
    return f"{problem.person} {problem.field} {problem.code} {problem.reason} {problem.read}".strip()


def _person(person: Person, after: Registration | None) -> str:
    """What was said, by where it stands; without the answers that the row holds now."""
    by_place: dict[str, list[str]] = {}
    for key, answer in sorted(person.answers.items()):
        held = after is not None and after.answers.get(key) == answer.value
        by_place.setdefault(str(answer.where), []).append(key if held else f"{key}: {answer.value}")
    known = person.organisation_known
    of = f" of {known}" if known and (after is None or after.organisation_known != known) else ""
    return "; ".join(f"in {where or 'no place'} {', '.join(keys)}" for where, keys in by_place.items()) + of


def _case(case: Case) -> str:
    said = [f"case {case.kind}", f"about {case.registration or as_told(case.who)}"]
    if case.event or case.events:
        said.append(f"at {case.event or value(case.events)}")
    said += [f"says {value(case.says)}", f"choices {value(case.choices)}"]
    for name in ("fields", "doubts", "payload"):
        if found := getattr(case, name):
            said.append(f"{name} {value(tuple(map(_problem, found)) if name == 'doubts' else found)}")
    return "; ".join(said)


def _line(line: LogLine) -> str:
    """As people read it, but for what follows what was done, which a case says too."""
    said = [f"log {who_did_it(line)}: {as_told(line.what)}"]
    said += [value(one) for one in (as_told(line.why), line.says, line.registration, line.event) if one]
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


def with_mails(decision: Decision, arrival: Arrival | None, config: Settings, now: datetime) -> str:
    """A decision in lines, and the mails that follow from it."""
    return "\n".join(filter(None, (follows(decision), mails(decision, arrival, config, now))))


def so(
    submission: Submission,
    context: DecisionContext | None = None,
    arrival: Arrival | None = None,
    config: Settings | None = None,
    now: datetime | None = None,
    number: int = 900,
) -> Callable[[], str]:
    """What follows from a mail: of Els to the address of the event, where nothing else is said."""
    came = replace(arrival or mail(name="Els Maes"), id=number)
    config, at = config or settings(), now or came.received
    return lambda: with_mails(decide(came, submission, context or known(), config, at), came, config, at)


def of_thread(*rows: Registration, **more: object) -> DecisionContext:
    """What is known of a mail that answers ours about the first of the rows."""
    nr = rows[0].nr
    facts = {"thread": (nr,), "thread_event": "kis", "answers_mail_about": frozenset({nr}), **more}
    return known(*rows, **facts)


def together(**kinds: Mapping[str, Told]) -> dict[str, Told]:
    """The examples of several kinds, each named by its kind as well."""
    return {
        f"{kind.replace('_', ' ')}: {name}": what for kind, of in kinds.items() for name, what in of.items()
    }


def written(examples: Examples) -> str:
    """The examples with what follows from each, as the file holds them."""
    told = {name: what() if callable(what) else what for name, what in examples.items()}
    return "\n".join(f"# {name}\n{what}\n" for name, what in told.items())


def expected(name: str) -> dict[str, str]:
    """What follows by the file of a test, by example."""
    return parts(HERE / f"{name}.txt")


def parts(file: Path) -> dict[str, str]:
    """What a file holds, by example; nothing where it is not written yet."""
    text = "\n" + file.read_text(encoding="utf-8") if file.exists() else ""
    found = (part.partition("\n") for part in text.split("\n# ")[1:])
    return {head: rest.strip("\n") for head, _, rest in found}


def main(only: Collection[str] = ()) -> None:
    """Writes the files anew, or those of some packages (``decision``) or names (``time``)."""
    if unknown := {*only} - {*TESTS} - {name for names in TESTS.values() for name in names}:
        raise SystemExit(f"following: no package or file is called {', '.join(sorted(unknown))}")
    for package, names in TESTS.items():
        for name in names:
            if only and not {package, name} & {*only}:
                continue
            module = import_module(f"tests.{package}.test_follows_{name}")
            file = Path(str(module.__file__)).parent / "follows" / f"{name}.txt"
            found: Examples = module.examples() if hasattr(module, "examples") else module.EXAMPLES
            file.write_text(written(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
