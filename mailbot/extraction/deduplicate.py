"""People from several forms in one message, nobody twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailbot.domain.submission import Code, Person, Problem
from mailbot.text.normalize import letters

Found = tuple[tuple[Person, ...], tuple[Problem, ...]]


def merged(forms: Sequence[Found]) -> tuple[tuple[Person, ...], tuple[Problem, ...]]:
    """All people, numbered through, with their problems. Who stands in two forms (the same form
    as docx and as pdf) with nothing that contradicts is one person."""
    people: list[Person] = []
    problems: list[list[Problem]] = []
    for its_people, its_problems in forms:
        before = len(people)
        for index, person in enumerate(its_people):
            own = [problem for problem in its_problems if problem.person == index]
            twin = next((i for i in range(before) if _are_one(people[i], person)), None)
            if twin is None:
                people.append(person)
                problems.append(own)
            else:
                people[twin], problems[twin] = _together(people[twin], problems[twin], person, own)
    numbered = tuple(replace(p, person=index) for index, own in enumerate(problems) for p in own)
    return tuple(people), numbered


def _are_one(person: Person, another: Person) -> bool:
    one, other = person.answers, another.answers
    shared = one.keys() & other.keys()
    agreed = [key for key in shared if letters(str(one[key].value)) == letters(str(other[key].value))]
    same = len(agreed) == len(shared) and len(agreed) >= min(2, len(one), len(other))
    return same and person.event == another.event


def _together(
    one: Person, doubts: list[Problem], other: Person, others: list[Problem]
) -> tuple[Person, list[Problem]]:
    """One person from two; a doubt stands where neither form is certain."""
    answers = {**other.answers, **one.answers}
    certain = {key for key in other.answers if all(problem.field != key for problem in others)}
    certain |= {key for key in one.answers if all(problem.field != key for problem in doubts)}
    kept = {p.field: p for p in (*others, *doubts) if p.field not in certain}
    missing = {key for key, problem in kept.items() if problem.code is Code.MISSING and key in answers}
    left = [problem for key, problem in kept.items() if key not in missing]
    organisation = one.organisation_known or other.organisation_known
    return Person(answers, organisation, one.event), left
