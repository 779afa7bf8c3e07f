"""A form that counts more people than it names: those without a name have no place, so the number is
doubted."""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.doubt import Reason
from mailbot.domain.form import FormField
from mailbot.domain.saw import Saw
from mailbot.domain.submission import Code, Problem
from mailbot.extraction.subjects import asks_how_many_people

NAME = "personen zonder naam"

_NUMBER = re.compile(r"\d{1,9}")


def unnamed_people(draft: DecisionDraft) -> DecisionDraft:
    """Doubts a number of people that is larger than the number of names. The doubt is ambiguous, so that a
    "ja" does not settle it: it tells neither whether the number includes who registers, nor the names. A
    number that she let stand before is not doubted again."""
    asked = [field for field in draft.form.fields if asks_how_many_people(field)]
    if draft.form.per_organisation or not asked:
        return draft
    doubted = 0
    entries = []
    for entry in draft.entries:
        problems = [_problem(entry, field) for field in asked if _is_open(entry, field, len(draft.entries))]
        doubted += len(problems)
        entries.append(replace(entry, problems=(*entry.problems, *problems)))
    return replace(draft, entries=tuple(entries)).saw(NAME, Saw.QUESTIONS_LEFT_OPEN, count=doubted)


def _problem(entry: Entry, field: FormField) -> Problem:
    said = entry.person.text(field.key)
    return Problem(entry.index, field.key, Code.AMBIGUOUS, Reason.UNNAMED_PEOPLE, said)


def _is_open(entry: Entry, field: FormField, named: int) -> bool:
    """Whether this form gives such a number, and neither she nor an earlier mail settled it."""
    said = entry.person.text(field.key)
    numbers = _NUMBER.findall(said)
    if len(numbers) != 1 or int(numbers[0]) <= max(named, 1):
        return False
    if any(problem.field == field.key for problem in entry.problems):
        return False
    before = entry.current
    if before is None or before.text(field.key) != said:
        return True
    return any(problem.field == field.key for problem in before.doubts)
