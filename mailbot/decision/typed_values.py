"""What the secretary types in cells, as the values it is; and what may be a slip of her hand in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.domain.case import TYPED_AT, TYPED_ROW, Case, CaseKind, Choice, Edit
from mailbot.domain.doubt import Doubt
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.organisation import Organisations
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import Code, Problem, Value
from mailbot.matching import addresses, organisations
from mailbot.matching.names import describe, whole_address
from mailbot.text.lexicon import of_cell


def answers_of_row(edit: Edit, form: Form) -> dict[str, Value]:
    """The answers in a row that she typed, without what is empty or no question of the form."""
    return {
        key: converted(value, key, form)
        for key, value in edit.row.items()
        if form.field(key) is not None and value not in ("", None)
    }


def converted(value: Value, key: str, form: Form) -> Value:
    """A cell as the answer it is: "ja" and "neen" of a yes/no field as such, an address without a
    blank beside its @."""
    field = form.field(key)
    if field is not None and field.kind is FieldKind.EMAIL and isinstance(value, str):
        return whole_address(value)
    if field is not None and field.kind is FieldKind.YES_NO:
        said = yes_or_no(value)
        return value if said is None else said
    return value


def yes_or_no(value: Value | None) -> bool | None:
    """A cell as a yes or a no; None where it says neither."""
    if isinstance(value, bool):
        return value
    return of_cell(value or "")


def status_of(value: Value | None) -> Status | None:
    """The status that a cell names, None for any other word."""
    said = str(value or "").strip().casefold()
    return next((status for status in Status if status.value.casefold() == said), None)


def checked(
    row: Registration,
    edit: Edit,
    typed_in: Iterable[FormField],
    form: Form,
    settings: Settings,
    now: datetime,
) -> tuple[Registration, tuple[Case, ...]]:
    """The row with what may be wrong with an address or organisation among the fields that she ``typed_in``,
    and the cases that tell her: each is closed as soon as she mends the cell. Nothing is corrected by
    itself."""
    cases: list[Case] = []
    for field in (field for field in typed_in if field.kind in _SLIPS):
        typed = row.answers.get(field.key)
        if not isinstance(typed, str) or not (why := _SLIPS[field.kind](typed, settings.organisations)):
            continue
        problem = Problem(0, field.key, Code.UNSURE, why.reason, typed, why.detail)
        case = Case(
            CaseKind.DOUBT,
            describe(row.answers, form) or row.nr,
            "",
            (Choice.ACCEPT, Choice.DONE),
            now,
            row.event,
            registration=row.nr,
            fields=(field.key,),
            doubts=(problem,),
            payload={TYPED_AT: edit.sheet, **({TYPED_ROW: str(edit.at)} if edit.at else {})},
            key=f"{_KEYS[field.kind]}:{row.event}:{row.nr}:{typed}",
        )
        cases.append(case)
        kept = tuple(one for one in row.doubts if one.field != field.key)
        row = replace(row, doubts=(*kept, problem))
    return row, tuple(cases)


#: What may be a slip of her hand, and what tells why.
_SLIPS: dict[FieldKind, Callable[[str, Organisations], Doubt | None]] = {
    FieldKind.EMAIL: addresses.doubt_about,
    FieldKind.ORGANISATION: organisations.doubt_about,
}
#: What the keys of their cases begin with.
_KEYS = {FieldKind.EMAIL: "address", FieldKind.ORGANISATION: "organisation"}
