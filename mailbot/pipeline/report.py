"""A submission as the JSON object that ``mailbot read --json`` prints for a file."""

from __future__ import annotations

from typing import Any

from mailbot.domain.noticed import Noticed
from mailbot.domain.statement import say
from mailbot.domain.submission import Person, Submission, SubmissionKind
from mailbot.wording import as_told, why_doubted

_MACROS = say(Noticed.MACROS_NOT_RUN)


def as_json(file: str, submission: Submission) -> dict[str, Any]:
    """The object for one file: ``file`` as given, outcome, event, people, problems, sources."""
    people, problems = submission.people, submission.problems
    perhaps = submission.found is SubmissionKind.PERHAPS
    if submission.told and submission.found is SubmissionKind.NO_FORM:
        people, problems = submission.told, submission.told_doubts
    return {
        "file": file,
        "outcome": (SubmissionKind.FORM if people and not perhaps else submission.found).value,
        "event": _event(submission),
        "people": [_person(person) for person in people],
        "problems": [
            {
                "person": p.person,
                "field": p.field,
                "code": p.code.value,
                "reason": p.reason.value,
                "text": why_doubted(p),
                "read": p.read,
            }
            for p in problems
        ],
        "sources": [
            {
                "person": index,
                "field": key,
                "where": str(answer.where),
                "reader": as_told(answer.reader),
                "beat": [*map(as_told, answer.beat)],
            }
            for index, person in enumerate(people)
            for key, answer in person.answers.items()
        ],
        "notes": [*map(as_told, (*submission.notes, *([_MACROS] if submission.macros else [])))],
    }


def _event(submission: Submission) -> str | None:
    """The event that all clues agree on, None where they name none, or several."""
    event_ids = {clue.event for clue in submission.clues}
    somebody = submission.found is SubmissionKind.FORM or submission.told
    return event_ids.pop() or None if somebody and len(event_ids) == 1 else None


def _person(person: Person) -> dict[str, Any]:
    answers: dict[str, Any] = person.values
    return {**answers, "organisation_known": person.organisation_known or None}
