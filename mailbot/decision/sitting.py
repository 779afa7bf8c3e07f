"""What she decided at one sitting, saved at once: in which order it is carried out, and what of it says two
things of the same person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.intents import LEAVING
from mailbot.domain.case import Choice
from mailbot.domain.decision import Decision, Note
from mailbot.domain.places import holds_place
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import Submission

#: Choices after which nobody comes, and those after which nobody does where the mail wants to leave.
_LEAVE = (Choice.WITHDRAW, Choice.EXCUSE)
_AS_ASKED = (Choice.ACCEPT, Choice.AS_COLLEAGUE)


def turn(
    choice: Choice | None,
    row: Registration | None,
    submission: Submission | None,
    settings: Settings,
    now: datetime,
) -> int:
    """When a decision has its turn among the others; ``row`` and ``submission`` are those of its case. Who no
    longer waits for a place, and who only now does, is known before one comes free; and it has come free
    before somebody else is let in. What is taken back comes first of all: it has to find the rows as they
    are."""
    if choice is Choice.UNDO:
        return 0
    if choice is Choice.WAITLIST:
        return 1
    as_asked = choice in _AS_ASKED and submission is not None and submission.intent in LEAVING
    if choice not in _LEAVE and not as_asked:
        return 3
    event = settings.events.get(row.event) if row else None
    has_none = event is not None and not holds_place(row, event, now)
    return 1 if has_none else 2


def decided_about(decision: Decision) -> dict[str, Status]:
    """The rows that a decision is about, by nr, with where it puts them. Who gets a place that came free by
    it is none of them: the decision would hold as well without anybody to wait for that place."""
    return {
        result.after.nr: result.after.status
        for result in decision.results
        if result.after is not None and Note.PROMOTED not in result.notes
    }


def contradicts(decision: Decision, sitting: Mapping[str, Status]) -> str:
    """The nr of a row of which a decision says something else than she decided before at the same
    ``sitting``; empty where it contradicts nothing."""
    about = decided_about(decision).items()
    return next((nr for nr, status in about if sitting.get(nr, status) is not status), "")
