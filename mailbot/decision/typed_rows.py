"""A row that the secretary types is treated as a mail is: who is in the list already is no second seat.

It becomes a case beside the row. Nothing is guessed: a row typed by hand says little, and the one that
stands there may be a namesake.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from mailbot.decision.finalize import agreeing
from mailbot.decision.new_values import values_of
from mailbot.decision.typed_values import status_of
from mailbot.domain.case import Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.registration import STATUS, Change, Registration, Status
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import Value
from mailbot.matching.addresses import can_be_address
from mailbot.matching.names import (
    describe,
    email_of,
    name_of,
    organisation_of,
    same_letters,
    similar_name,
)
from mailbot.text.normalize import fold

#: In the payload of its case: the answers of the row, as JSON.
TYPED = "typed"
#: In that payload too: the status of the registration when she typed the row.
STOOD = "stood"


def already_here(
    answers: Mapping[str, Value], organisation: str, others: Iterable[Registration], form: Form
) -> list[Registration]:
    """The registrations of one event that a row typed in may be. ``organisation`` is the name in the list
    of the one that it gives, or empty. What can be no address ("jan@") is nobody's."""
    name, email = name_of(answers, form), email_of(answers, form)
    written = fold(organisation_of(answers, form))

    def same_organisation(other: Registration) -> bool:
        if organisation and other.organisation_known:
            return organisation == other.organisation_known
        return bool(written) and written == fold(organisation_of(other.answers, form))

    def same(other: Registration) -> bool:
        if form.per_organisation:
            return same_organisation(other)
        theirs, reach = name_of(other.answers, form), email_of(other.answers, form)
        if can_be_address(email) and email == reach:
            return similar_name(name, theirs)
        words = _words(name) == _words(theirs)
        return bool(name) and (words or same_letters(name, theirs)) and same_organisation(other)

    return [other for other in others if same(other)]


def ask(
    edit: Edit,
    answers: Mapping[str, Value],
    organisation: str,
    found: list[Registration],
    form: Form,
    now: datetime,
) -> Case:
    """The case about a row typed in; the row stays where it is until she decides."""
    first = found[0]
    values = values_of(_changes(first, answers, organisation, form), form)
    others = tuple(
        say(Says.LISTED, nr=r.nr, who=describe(r.answers, form), status=str(r.status)) for r in found
    )
    return Case(
        kind=CaseKind.SAME_PERSON,
        who=describe(answers, form),
        what="",
        says=(
            say(Says.TYPED_ALREADY_HERE, who=describe(answers, form), where=edit.where, others=others),
            *((say(Says.NEW_VALUES, values=values),) if values else ()),
        ),
        choices=(Choice.SAME, Choice.OTHER, Choice.DONE),
        opened=now,
        event=first.event,
        registration=first.nr,
        payload={
            "nr": first.nr,
            TYPED: json.dumps(dict(edit.row), ensure_ascii=False, sort_keys=True),
            STOOD: str(first.status),
        },
        key=f"typed:{first.event}:{first.nr}:{describe(answers, form)}",
    )


def typed_again(case: Case, edit: Edit) -> Edit:
    """The row of a case, as she typed it."""
    return replace(edit, kind=EditKind.NEW_ROW, row=json.loads(case.payload[TYPED]), event=case.event, nr="")


def asked_again(case: Case) -> Case:
    """A case about a row that she typed, as it stands open once her decision is undone: either decision took
    the row off her sheet, so that it is pointed at no more."""
    if TYPED not in case.payload:
        return case
    says = tuple(
        say(Says.TYPED_BEFORE, who=one.facts["who"], others=one.facts["others"])
        if isinstance(one, Statement) and one.code is Says.TYPED_ALREADY_HERE
        else one
        for one in case.says
    )
    return replace(case, says=says)


def typed_status(case: Case, typed: Edit, row: Registration) -> Status | None:
    """The status that the row of a case asks for, as she ``typed`` it; that of the registration where it
    moved since: what was decided about it meanwhile, were it in the same save, is newer."""
    if case.payload.get(STOOD, row.status) != row.status:
        return row.status
    return status_of(typed.row.get(STATUS))


def _changes(
    row: Registration, answers: Mapping[str, Value], organisation: str, form: Form
) -> tuple[Change, ...]:
    """What she typed once more about a registration, as far as it says something else."""
    same: set[str] = set()  # said otherwise, it says nothing new
    if organisation and organisation == row.organisation_known:
        same |= {field.key for field in form.of_kind(FieldKind.ORGANISATION) if row.answers.get(field.key)}
    if _words(name_of(answers, form)) == _words(name_of(row.answers, form)):  # first and last name exchanged
        same |= {field.key for field in form.spoken_names}
    return tuple(
        Change(key, row.answers.get(key), value)
        for key, value in answers.items()
        if row.answers.get(key) != value and key not in same
    )


def _words(name: str) -> list[str]:
    return sorted(fold(name).split())


def completed(
    row: Registration,
    answers: Mapping[str, Value],
    organisation: str,
    typed: Status | None,
    form: Form,
    now: datetime,
) -> tuple[Registration, tuple[Change, ...]]:
    """The registration with what she typed about it once more, and what that changes. ``organisation`` is
    what its organisation is then known as; empty where it is none of the list. ``typed`` is the
    status that she gave; without one, who was out is in again (``typed_status``)."""
    changes = _changes(row, answers, organisation, form)
    new = {change.key: value for change in changes if (value := change.new) is not None}
    status = typed or (row.status if row.status.is_in else Status.REGISTERED)
    if status is not row.status:
        changes = (*changes, Change(STATUS, str(row.status), str(status)))
    keys = {change.key for change in changes}
    after = replace(
        row,
        answers={**row.answers, **new},
        organisation_known=organisation,
        status=status,
        arrived=now if status.is_expected and row.status.is_out else row.arrived,
        removed=None,
        by_hand=row.by_hand | keys,
        unanswered=row.unanswered or bool(keys & {*form.keys_of(FieldKind.EMAIL)}),
        doubts=tuple(problem for problem in row.doubts if problem.field not in answers),
        changed=now,
    )
    return agreeing(after, form) if status is not row.status else after, changes
