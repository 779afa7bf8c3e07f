"""Values of the domain as JSON in the ledger, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

import sqlalchemy as sa
from pydantic import BeforeValidator, TypeAdapter

from mailbot.domain.announcement import EventFacts
from mailbot.domain.case import Case
from mailbot.domain.decision import Finding, LogLine
from mailbot.domain.document import NOWHERE
from mailbot.domain.mail import Mail
from mailbot.domain.mailing import Mailing
from mailbot.domain.registration import Registration
from mailbot.domain.season import EventTotals
from mailbot.domain.settled import Settlement
from mailbot.domain.statement import Statement, Told
from mailbot.domain.submission import Source, Submission, SubmissionKind, Value

_T = TypeVar("_T")


def _moment_of_before(text: str) -> str:
    """A day, or a day and an hour, as a ledger of before shows it ("27/11/2026 14:00"), in ISO 8601."""
    day, _, hour = text.partition(" ")
    iso = "-".join(reversed(day.split("/")))
    return f"{iso}T{hour}" if hour else iso


#: How a value of an event file is read that a ledger of before holds as people read it, by its key.
_OF_BEFORE: Mapping[str, Callable[[str], object]] = {
    "starts": _moment_of_before,
    "ends": _moment_of_before,
    "deadline": _moment_of_before,
    "late": {"beoordelen": "review", "wachtlijst": "waitlist", "weigeren": "refuse"}.__getitem__,
    "capacity": int,
    "per_organisation": int,
    "cancelled": "ja".__eq__,
}


def _with_values(stored: object) -> object:
    """Facts of an event with values in ``seen``; a ledger of before holds them in ``noted``, as people read
    them, with empty text for none."""
    if not isinstance(stored, dict) or not stored.get("noted"):
        return stored
    noted = stored["noted"].items()
    return {**stored, "seen": {key: _OF_BEFORE.get(key, str)(text) for key, text in noted if text}}


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An ``Answer`` without how it was found."""

    value: Value
    where: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class GivenPerson:
    """A ``Person`` with what was answered alone."""

    answers: Mapping[str, GivenAnswer] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Value]:
        """The answers without their sources."""
        return {key: answer.value for key, answer in self.answers.items()}


@dataclass(frozen=True, slots=True)
class GivenForm:
    """A ``Submission`` as far as its people answered something: how each answer was found is most of what
    the ledger holds of one, and takes ten times as long to read."""

    found: SubmissionKind
    people: tuple[GivenPerson, ...] = ()


REGISTRATION = TypeAdapter(Registration)
CASE = TypeAdapter(Case)
MAIL = TypeAdapter(Mail)
MAILING = TypeAdapter(Mailing)
SUBMISSION = TypeAdapter(Submission)
GIVEN_FORM = TypeAdapter(GivenForm)
FINDINGS = TypeAdapter(tuple[Finding, ...])
FACTS = TypeAdapter(Annotated[EventFacts, BeforeValidator(_with_values)])
SETTLEMENT = TypeAdapter(Settlement)
TOTALS = TypeAdapter(EventTotals)
NRS = TypeAdapter(tuple[str, ...])
STATEMENTS = TypeAdapter(tuple[Statement, ...])


def to_json(adapter: TypeAdapter[_T], noun: _T) -> str:
    """A value as JSON text."""
    return adapter.dump_json(noun, by_alias=True).decode()


def log_columns(line: LogLine) -> dict[str, str]:
    """What a line of the log tells, by column. A statement stands as JSON, what was done before what follows
    it; a text, as every line had of before, in a column of its own."""
    says = line.says if isinstance(line.what, str) else (line.what, *line.says)
    because = () if isinstance(line.why, str) else (line.why,)
    return {
        "who": line.who,
        "what": line.what if isinstance(line.what, str) else "",
        "why": line.why if isinstance(line.why, str) else "",
        "says": to_json(STATEMENTS, says) if says else "",
        "because": to_json(STATEMENTS, because) if because else "",
    }


def log_line(row: sa.Row[Any]) -> LogLine:
    """A line of the log by its columns."""
    says = STATEMENTS.validate_json(row.says) if row.says else ()
    because = STATEMENTS.validate_json(row.because) if row.because else ()
    what: Told = row.what
    if not row.what and says:
        what, *rest = says
        says = tuple(rest)
    why = because[0] if because else row.why
    return LogLine(row.who, what, why, row.registration, row.event, row.message, says)
