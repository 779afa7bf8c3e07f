"""Decisions: what a message, a case, an edit by hand or the passing of time brings about.

Pure: all that is known, and ``now``, are arguments; what must happen is the value returned.
"""

from __future__ import annotations

from datetime import datetime

from mailbot.decision.draft import Draft, Rule, Ruling
from mailbot.decision.limits import limited
from mailbot.decision.record import record
from mailbot.decision.rules import AFTERWARDS, MESSAGE, PEOPLE
from mailbot.model import Arrival, Decision, Known, Submission
from mailbot.settings import Settings


def decide(
    arrival: Arrival,
    submission: Submission,
    known: Known,
    settings: Settings,
    now: datetime,
    ruling: Ruling = Ruling(),  # noqa: B008  frozen, and empty: nobody decided anything yet
) -> Decision:
    """What becomes of one message. ``known`` is read under the lock that the decision is written
    under; ``now`` is aware; ``ruling`` is what the secretary decided about it before. Never
    raises for what a message holds."""
    draft = Draft(arrival, submission, known, settings, now, arrival.message.sender, ruling)
    draft = _asked(MESSAGE, draft)
    draft = _asked(PEOPLE, draft)
    draft = _asked(AFTERWARDS, draft)
    return record(limited(draft))


def _asked(rules: tuple[Rule, ...], draft: Draft) -> Draft:
    """The draft after these rules; the first that settles the message is the last asked."""
    for rule in rules:
        if draft.outcome is not None:
            break
        draft = rule(draft)
    return draft
