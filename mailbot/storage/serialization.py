"""Values of the domain as JSON in the ledger, and back."""

from __future__ import annotations

from typing import TypeVar

from pydantic import TypeAdapter

from mailbot.domain.announcement import EventFacts
from mailbot.domain.case import Case
from mailbot.domain.decision import Finding
from mailbot.domain.mail import Mail
from mailbot.domain.mailing import Mailing
from mailbot.domain.registration import Registration
from mailbot.domain.season import EventTotals
from mailbot.domain.settled import Settlement
from mailbot.domain.statement import Statement
from mailbot.domain.submission import Submission

_T = TypeVar("_T")

REGISTRATION = TypeAdapter(Registration)
CASE = TypeAdapter(Case)
MAIL = TypeAdapter(Mail)
MAILING = TypeAdapter(Mailing)
SUBMISSION = TypeAdapter(Submission)
FINDINGS = TypeAdapter(tuple[Finding, ...])
FACTS = TypeAdapter(EventFacts)
SETTLEMENT = TypeAdapter(Settlement)
TOTALS = TypeAdapter(EventTotals)
NRS = TypeAdapter(tuple[str, ...])
STATEMENTS = TypeAdapter(tuple[Statement, ...])


def to_json(adapter: TypeAdapter[_T], noun: _T) -> str:
    """A value as JSON text."""
    return adapter.dump_json(noun, by_alias=True).decode()


def says_to_json(says: tuple[Statement, ...]) -> str:
    """What a line of the log says; empty for nothing, as of most lines."""
    return to_json(STATEMENTS, says) if says else ""


def says_of_json(text: str) -> tuple[Statement, ...]:
    """What the column of a line of the log holds."""
    return STATEMENTS.validate_json(text) if text else ()
