"""Who stays away and is told by no name: a body of which nobody comes, or one of it by their function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mailbot.domain.document import Location, Unit
from mailbot.domain.form import ATTENDS, ROLE, FieldKind, Form
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Answer, Intent, Person, Submission
from mailbot.matching.functions import kind_of
from mailbot.matching.names import name_of


def those_of(body: str, rows: Iterable[Registration]) -> tuple[Registration, ...]:
    """Those of a ``body`` who are to come, or wait for a place or an answer, of some registrations."""
    return tuple(row for row in rows if row.organisation_known == body and not row.status.is_out)


def of_all(
    body: str, intent: Intent, submission: Submission, rows: Sequence[Registration], form: Form
) -> Submission:
    """The mail as one about all of a ``body`` who are on the list, of the ``rows`` at the event; where nobody
    of it is, as one of the body itself."""
    here = those_of(body, rows) or _itself_of(body, rows, form)
    return replace(
        submission,
        intent=intent,
        named=(),
        staying=(),
        substitute=None,
        question="",
        nrs=tuple(row.nr for row in here),
        told=() if here else (_itself(body, form),),
        told_doubts=(),
    )


def _itself_of(body: str, rows: Iterable[Registration], form: Form) -> tuple[Registration, ...]:
    """The row by which a ``body`` said before that nobody of it comes."""
    nameless = (row for row in rows if not (name_of(row.answers, form) or row.text(ROLE)))
    return tuple(row for row in nameless if row.organisation_known == body and row.status.is_out)


def _itself(body: str, form: Form) -> Person:
    fields = form.of_kind(FieldKind.ORGANISATION)[:1]
    return Person(
        {**{field.key: Answer(body, Location().at(Unit.MAIL)) for field in fields}, **_away(form)}, body
    )


def by_office(person: Person, rows: Iterable[Registration], body: str, form: Form) -> Person:
    """Somebody of a ``body`` whom words tell by their function: the one of it with that function on the list
    (``rows``: those at the event), else somebody without a name."""
    kind, body = kind_of(person.text(ROLE)), person.organisation_known or body
    meant = [row for row in those_of(body, rows) if kind and kind_of(row.text(ROLE)) == kind]
    if len(meant) != 1:
        return replace(person, answers={**person.answers, **_away(form)})
    where = Location().at(Unit.REGISTRATION, meant[0].nr)
    known = {key: Answer(value, where) for key, value in meant[0].answers.items()}
    return Person({**known, **_away(form)}, body)


def _away(form: Form) -> dict[str, Answer]:
    return {ATTENDS: Answer(False, Location().at(Unit.SECRETARIAT))} if form.field(ATTENDS) else {}
