"""A message and the rules: every rule is asked in turn, until one has settled the message."""

from __future__ import annotations

from datetime import datetime

from mailbot.decision.draft import Draft, Rule, Ruling
from mailbot.decision.limits import limited
from mailbot.decision.rules import AFTERWARDS, MESSAGE, PEOPLE
from mailbot.model import Arrival, Known, Submission
from mailbot.settings import Settings


def judged(
    arrival: Arrival,
    submission: Submission,
    known: Known,
    settings: Settings,
    now: datetime,
    ruling: Ruling,
) -> Draft:
    """The draft of a message after all rules; ``ruling`` is what the secretary decided before."""
    draft = Draft(arrival, submission, known, settings, now, arrival.message.sender, ruling)
    for rules in (MESSAGE, PEOPLE, AFTERWARDS):
        draft = _asked(rules, draft)
    return limited(draft)


def _asked(rules: tuple[Rule, ...], draft: Draft) -> Draft:
    for rule in rules:
        if draft.outcome is not None:
            break
        draft = rule(draft)
    return draft
