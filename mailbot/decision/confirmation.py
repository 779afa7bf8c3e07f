"""The doubted answers of somebody, confirmed by a person who may do that: the same answers without the
doubt."""

from __future__ import annotations

from mailbot.domain.document import Location, Unit
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Answer, Code, Person


def confirmed_person(row: Registration, by: Unit) -> Person:
    """The person of a row with the doubted answers that it holds, confirmed: by themselves (``CONFIRMATION``)
    what was not read surely, by her decision (``SECRETARIAT``) all. What is missing stays missing."""
    doubted = {p.field for p in row.doubts if by is Unit.SECRETARIAT or p.code is Code.UNSURE}
    answers = {key: Answer(value, Location().at(by)) for key, value in row.answers.items() if key in doubted}
    return Person(answers, row.organisation_known)
